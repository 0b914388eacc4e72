"""Defines what is asked, one fact for each field; criteria, rules and templates share these words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from ..core.calendar import Duration
from ..core.numbers import Number
from ..core.problems import Source
from ..core.text import Label

FieldType = Literal["count", "number", "percent", "money", "yes_no", "choice", "text", "date", "table"]
Role = Literal["registry", "inspector", "county", "township", "applicant"]
ROLES: Mapping[Role, Label] = {
    "applicant": Label("申报单位", "applicant"),
    "township": Label("镇街", "township"),
    "county": Label("县区", "county"),
    "inspector": Label("检查员", "inspector"),
    "registry": Label("登记部门", "registry"),
}
NUMERIC: tuple[FieldType, ...] = ("count", "number", "percent", "money")


class Column(Struct, frozen=True):
    """A column of a table field; `options` are (code, label) pairs of a choice; `measured_in` is the unit of a number."""

    id: str
    title: Label
    type: FieldType
    measured_in: Label = Label("")
    options: tuple[tuple[str, Label], ...] = ()
    range: tuple[Number, Number] | None = None
    may_lie_ahead: bool = False


class Field(Struct, frozen=True):
    """A fact that is asked once. `range` is inclusive and mandatory for numeric types; `minutes` is the burden.

    `example` is what forms show as one: a number within the range, or a text. `register` is the register whose receipt
    says that a unit without rows has none (`when_absent_empty`). `at_most` names the field of which this one is a part.
    `may_lie_ahead`: a day to come, such as the end of validity; other dates are of what has happened.
    """

    id: str
    title: Label
    type: FieldType
    kinds: tuple[str, ...]
    provided_by: Role
    measured_in: Label = Label("")
    options: tuple[tuple[str, Label], ...] = ()
    range: tuple[Number, Number] | None = None
    columns: tuple[Column, ...] = ()
    rows_at_most: int = 0
    minutes: int = 0
    tolerance: Number | None = None
    when_absent_empty: bool = False
    register: str = ""
    sensitive: bool = False
    necessity: str = ""
    help: Label = Label("")
    example: Number | str | None = None
    at_most: str = ""
    unique_rows: bool = False
    may_lie_ahead: bool = False
    source: Source = Source()

    def column(self, name: str) -> Column | None:
        return next((c for c in self.columns if c.id == name), None)


class Register(Struct, frozen=True):
    """A register that somebody else keeps; it counts as empty only where the round holds its keeper's receipt."""

    id: str
    title: Label
    kept_by: Label
    source: Source = Source()


class DocumentWanted(Struct, frozen=True):
    """A document that must back an item; `valid_on_reference` asks validity on the reference date (inclusive).

    Its Chinese title is its name: by it evidence is matched.
    """

    title: Label
    valid_on_reference: bool = False
    valid_for: Duration | None = None
    optional: bool = False


class Basis(Struct, frozen=True):
    """Where a threshold comes from; `ours` names the part that is this project's proposal."""

    origin: Literal["article", "public_sheet", "law", "ours", "committee"]
    quote: str = ""
    source: str = ""
    ours: Label = Label("")
    note: str = ""
