"""Defines a pack: one whole edition of a standard, frozen, with its digest."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from ...core.numbers import Number
from ...core.problems import Source
from ...core.text import Label
from ...expressions.fields import Field, Register
from ...expressions.tree import Expr
from ...methods.process import Process
from .criteria import Node
from .rules import Bonus, Relation, Rule, Waiver
from .tiers import Profile


class KindOfUnit(Struct, frozen=True):
    id: str
    title: Label


class Group(Struct, frozen=True):
    """Kinds ranked on one list."""

    id: str
    title: Label
    kinds: tuple[str, ...]


class GradeLine(Struct, frozen=True):
    """`of` is base, total, every_dimension or dimension.ID; the threshold is points, or percent of full marks."""

    id: str
    of: str
    at_least: Expr
    percent: bool


class Grade(Struct, frozen=True):
    id: str
    title: Label
    lines: tuple[GradeLine, ...]


class Burden(Struct, frozen=True):
    """The most that a standard may ask of one unit."""

    fields: int
    files: int
    minutes: int


class Dress(Struct, frozen=True):
    """How a pack's documents look: its main colour `#rrggbb` and pictures by their path in the pack; "" for the built-in look."""

    colour: str = ""
    seal: str = ""
    logo: str = ""


class Pack(Struct, frozen=True):
    """Everything a judgement needs from the standard. `grades` run from the lowest up; `standards` has one root per kind.

    `errors` counts what `check` refuses in it: above 0 only where its author judges by a draft.
    """

    id: str
    title: Label
    edition: str
    status: Literal["draft", "trial", "in_force"]
    issued_by: str
    notice: Label
    kinds: tuple[KindOfUnit, ...]
    groups: tuple[Group, ...]
    fields: tuple[Field, ...]
    standards: tuple[tuple[str, Node], ...]
    rules: tuple[Rule, ...]
    relations: tuple[Relation, ...]
    processes: tuple[Process, ...]
    waivers: tuple[Waiver, ...]
    bonuses: tuple[Bonus, ...]
    profiles: tuple[Profile, ...]
    default_profile: str
    grades: tuple[Grade, ...]
    pass_grade: str
    item_places: int
    display_places: int
    base: Number
    bonus_at_most: Number
    when_closed_zero: bool
    burden: Burden | None
    digest: str
    source: Source = Source()
    dress: Dress = Dress()
    registers: tuple[Register, ...] = ()
    errors: int = 0

    def standard(self, kind: str) -> Node:
        """Return the root of a kind. Raises KeyError for a kind that the pack has not."""
        return dict(self.standards)[kind]

    def field(self, name: str) -> Field:
        """Return a field. Raises KeyError."""
        return next(f for f in self.fields if f.id == name)
