"""Defines what follows from facts and items: rules that add findings, relations, processes, waivers and bonus."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from ...core.calendar import Duration
from ...core.numbers import Number
from ...core.problems import Source
from ...core.text import Label
from ...expressions.fields import Basis, DocumentWanted
from ...expressions.tree import Expr

EffectName = Literal["ineligible", "veto", "cap_grade", "zero_item", "hold_item", "none"]
RuleFamily = Literal["eligibility", "vetoes", "checks"]


class RowTest(Struct, frozen=True):
    """`any_row: TABLE, where: TEST, dated: COLUMN, look_back: 1 year`: a row in the window passes the test."""

    table: str
    where: Expr | None = None
    dated: str | None = None
    look_back: Duration | None = None


class Effect(Struct, frozen=True):
    """What a fired rule does; `target` is the grade or the item it acts on."""

    name: EffectName
    target: str = ""


class Rule(Struct, frozen=True):
    """A rule only adds a finding. `id` is `family.name`; `before_points` is its pass, decided by what it reads and does.

    `reads` are the rules whose findings it builds on. `say_values` are the parsed `{…}` expressions of its sentences, by
    their text; `{row.COLUMN}` needs none.
    """

    id: str
    family: RuleFamily
    title: Label
    kinds: tuple[str, ...]
    when: Expr | RowTest
    effect: Effect
    severity: Literal["minor", "major"]
    unknown: Literal["flag", "quiet"]
    say: Label
    basis: Basis
    waivable: bool = False
    remedy: Label = Label("")
    before_points: bool = False
    say_values: tuple[tuple[str, Expr], ...] = ()
    reads: tuple[str, ...] = ()
    source: Source = Source()


class Relation(Struct, frozen=True):
    """A shipped comparison between observations or documents, switched on by `use`; holds every item that asks the field."""

    id: str
    use: Literal["third_inspector", "same_number", "same_content"]
    title: Label
    kinds: tuple[str, ...]
    severity: Literal["minor", "major"]
    say: Label
    basis: Basis
    source: Source = Source()


class Waiver(Struct, frozen=True):
    """What may be waived, by whom, for how long; the grant itself stands in the round."""

    id: str
    title: Label
    of: tuple[str, ...]
    by: str
    for_at_most: Duration | None
    needs: DocumentWanted | None
    basis: Basis
    source: Source = Source()


class Bonus(Struct, frozen=True):
    """Bonus points: rows of a table (per matter the highest level), or a condition; `at_most` is the inner cap."""

    id: str
    title: Label
    kinds: tuple[str, ...]
    basis: Basis
    at_most: Number
    when: Expr | None = None
    points: Number = 0
    rows: str | None = None
    matter: str = ""
    level: str = ""
    by_level: tuple[tuple[str, Number], ...] = ()
    where: Expr | None = None
    dated: str | None = None
    look_back: Duration | None = None
    evidence: tuple[DocumentWanted, ...] = ()
    source: Source = Source()
