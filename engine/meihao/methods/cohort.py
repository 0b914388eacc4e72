"""Holds what measures across units share: in which group they compare, and what a group that is too small gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, Protocol

from msgspec import Struct

from ..core.numbers import Number, plain
from ..core.unknown import Unknown, Why
from ..expressions.tree import Expr
from . import messages as says
from .marks import JudgingScope
from .measured import Measured, Measurer
from .sample import undecided, unknown_or_number

if TYPE_CHECKING:
    from ..text_in.yaml_value import YamlValue
    from .reader import PackReader
    from .scribe import Scribe

Values = Mapping[str, Number | Unknown]


class SmallGroup(Struct, frozen=True):
    """What a cohort measure gives where the group has fewer than `fewer_than` known values."""

    fewer_than: int = 2
    otherwise: Literal["unknown"] | Number = "unknown"


class AcrossUnits(Protocol):
    """A measure that is found once for a round, among the units of a group."""

    @property
    def value(self) -> Expr: ...
    @property
    def within(self) -> str | None: ...
    @property
    def small(self) -> SmallGroup: ...

    def of_group(self, values: Mapping[str, Number], key: str) -> Values:
        """Return the measure of every unit of a group that is large enough; `key` is what it is known by."""


def read_within(written: YamlValue, reader: PackReader) -> str | None:
    """Read the class within which units compare; None means all of the kind."""
    if (found := written.get("within")) is None:
        return None
    name = found.as_text()
    if name == "stage":
        reader.say(says.NOT_A_CLASS, found.source, field=name)
    else:
        reader.classes(name, found.source)
    return name


def read_small(written: YamlValue) -> SmallGroup:
    """Read `small_group:`."""
    if (found := written.get("small_group")) is None:
        return SmallGroup()
    return SmallGroup(found.whole("fewer_than"), unknown_or_number(found, "otherwise"))


def class_read(within: str | None) -> tuple[str, ...]:
    """Return the field of the class within which units compare; none where it is their region."""
    return () if within is None or within == "region" else (within,)


def look_up(key: str) -> Measurer:
    """Return the reader of a value that was found once for the round; unknown for a unit judged alone."""

    def read(scope: JudgingScope) -> Measured:
        return Measured(scope.cohort_value(key))

    return read


def within_group(measure: AcrossUnits, values: Mapping[str, Number], key: str) -> Values:
    """Return the measure of every unit of a group."""
    if len(values) >= measure.small.fewer_than:
        return measure.of_group(values, key)
    few = measure.small.otherwise
    fallback: Number | Unknown = Unknown((Why("sample_too_small", key),)) if few == "unknown" else few
    return dict.fromkeys(values, fallback)


def group_text(measure: AcrossUnits, say: Scribe) -> str:
    """Return which units are compared."""
    if measure.within is None:
        return say.pick("本批次同类单位", "the units of the kind in the round")
    of = say.pick("所在地区", "region") if measure.within == "region" else say.field(measure.within)
    return say.pick(f"本批次{of}相同的同类单位", f"the units of the kind in the round with the same {of}")


def small_text(measure: AcrossUnits, say: Scribe) -> str:
    """Return what too small a group gives."""
    small = measure.small
    given = undecided(say) if small.otherwise == "unknown" else say.pick("按", "counts as ") + plain(small.otherwise)
    return say.pick(f"（不足{small.fewer_than}个的{given}）", f" (with fewer than {small.fewer_than} units: {given})")
