"""Keeps what became of a unit's application: a step for each act, only ever added; the last ones say what is open."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec
from msgspec import Struct

from ..core.problems import Problem, Source
from ..standard.model import Role
from . import messages as m
from .application import BEGUN, HANDED_IN, ApplicationState, Verb, transitions

STEPS = "steps.jsonl"


class FormItem(Struct, frozen=True):
    """One thing that a unit hands in: a field by its id, or a document by its title."""

    what: Literal["field", "document"]
    id: str


class ApplicationStep(Struct, frozen=True, omit_defaults=True):
    """An act on a unit's application: its how-manyeth, what, by whom in which role, when by the server's clock, to which state.

    `item` is what was returned or corrected, `clause` the clause behind it, `until` the last day to complete it; `submission`
    is the number of what was handed in by it.
    """

    unit: str
    number: int
    verb: Verb
    role: Role
    who: str
    at: str
    state: str
    item: FormItem | None = None
    reason: str = ""
    clause: str = ""
    until: str = ""
    submission: int = 0


def bytes_of(step: ApplicationStep) -> bytes:
    """Return a step as it is kept, a line."""
    return msgspec.json.encode(step)


def digest_of_step(step: ApplicationStep) -> str:
    """Return the digest by which the journal knows a step."""
    return hashlib.sha256(bytes_of(step)).hexdigest()


def read_steps(data: bytes) -> tuple[ApplicationStep, ...]:
    """Return the steps of lines. What is no step is given as one of no unit, which `faults` tells of."""
    return tuple(_step(line) for line in data.splitlines())


def _step(line: bytes) -> ApplicationStep:
    try:
        return msgspec.json.decode(line, type=ApplicationStep)
    except msgspec.MsgspecError:
        return ApplicationStep("", 0, "submit", "applicant", "", "", "")


def faults(steps: Sequence[ApplicationStep]) -> Iterator[Problem]:
    """Yield a problem at each step that does not follow the one of its unit before it, or leads nowhere."""
    last: dict[str, int] = {}
    for row, one in enumerate(steps, 1):
        if one.number != last.get(one.unit, 0) + 1 or one.state not in transitions().states:
            yield m.STEP_BROKEN.at(Source(STEPS, row=row))
        last[one.unit] = one.number


def state_of(steps: Sequence[ApplicationStep], handed_in: bool) -> ApplicationState:
    """Return the state that a unit's steps lead to; without any, whether it handed something in says so."""
    found = steps[-1].state if steps else HANDED_IN if handed_in else BEGUN
    return transitions().states[found]


def returned(steps: Sequence[ApplicationStep]) -> tuple[ApplicationStep, ...]:
    """Return the returns that a unit must still answer, the last of each item: they stay open until it hands in again.

    Who withdraws has the whole form open again.
    """
    last = max((n for n, one in enumerate(steps) if one.verb in ("submit", "withdraw")), default=-1)
    since = {one.item: one for one in steps[last + 1 :] if one.verb == "return_item" and one.item}
    return tuple(since.values())


def by_unit(steps: Iterable[ApplicationStep]) -> dict[str, tuple[ApplicationStep, ...]]:
    """Return steps by unit, in their order."""
    found: dict[str, list[ApplicationStep]] = {}
    for one in steps:
        found.setdefault(one.unit, []).append(one)
    return {unit: tuple(several) for unit, several in found.items()}
