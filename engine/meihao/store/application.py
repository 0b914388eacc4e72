"""Reads which states a unit's application has, and who may lead it from one to another: `application.yaml`, a table of data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from ..core.text import Label
from ..standard.model import Role
from ..text_in.shape import read_shaped

Verb = Literal["submit", "withdraw", "accept", "return_item", "correct"]
TABLE = Path(__file__).with_name("application.yaml")
BEGUN, HANDED_IN = (
    "draft",
    "submitted",
)  # of a unit that handed in nothing, and of one that did so before steps were kept


class ApplicationState(Struct, frozen=True):
    """A state of an application: what everybody calls it, what reviewers call it, and whose turn it is ("": nobody's)."""

    id: str
    public: Label
    inner: Label
    waits_for: Role | Literal[""]


class Move(Struct, frozen=True):
    """A step that a role may take from some states; `to` is "" where the state stays, `reason` says that one is wanted."""

    verb: Verb
    by: Role
    starts: tuple[str, ...]
    to: str
    reason: bool


class Transitions(Struct, frozen=True):
    """The whole table."""

    states: Mapping[str, ApplicationState]
    moves: tuple[Move, ...]

    def move(self, verb: Verb, by: Role, state: str) -> Move | None:
        """Return the move by which a role does something in a state; None where it may not."""
        return next((one for one in self.moves if (one.verb, one.by) == (verb, by) and state in one.starts), None)

    def starts(self, verb: Verb, by: Role) -> tuple[str, ...]:
        """Return the states in which a role may do something."""
        return tuple(state for one in self.moves if (one.verb, one.by) == (verb, by) for state in one.starts)


@cache
def transitions() -> Transitions:
    """Return the table; it is ours, and one with a fault in it is an error of ours."""
    text, problems = read_shaped(TABLE, "application")
    if text is None:
        raise ValueError("; ".join(problem.text("en") for problem in problems))
    data: Any = text.data
    table = Transitions({one["id"]: _state(one) for one in data["states"]}, tuple(map(_move, data["moves"])))
    if faults := faults_of(table):
        raise ValueError("; ".join(faults))
    return table


def faults_of(table: Transitions) -> Sequence[str]:
    """Return what is wrong with a table: states that are named and not there, or that nothing leads to; two moves for one."""
    named = {state for one in table.moves for state in (*one.starts, *([one.to] if one.to else []))}
    reached = {BEGUN, *(one.to for one in table.moves)}
    ways = [(one.verb, one.by, state) for one in table.moves for state in one.starts]
    return [
        *(f"no state {state}" for state in sorted(named - table.states.keys())),
        *(f"nothing leads to {state}" for state in sorted(table.states.keys() - reached)),
        *(f"twice: {way}" for way in sorted({way for way in ways if ways.count(way) > 1})),
    ]


def _state(data: Any) -> ApplicationState:
    public, inner = (Label(data[key], data[f"{key}_en"]) for key in ("public", "inner"))
    return ApplicationState(data["id"], public, inner, data.get("waits_for", ""))


def _move(data: Any) -> Move:
    return Move(data["verb"], data["by"], tuple(data["from"]), data.get("to", ""), data.get("reason", False))
