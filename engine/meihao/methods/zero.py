"""Says what a denominator of 0 means: how it is written, checked, judged and said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..core.numbers import Number, plain
from ..core.unknown import Unknown, Why
from ..expressions.tree import And, Comparison, Constant, Expr, Rows
from .measured import NOT_APPLICABLE, Measured
from .spans import Fields, span

if TYPE_CHECKING:
    from ..text_in.yaml_value import YamlValue
    from .scribe import Scribe

WhenZero = Literal["unknown", "not_applicable"] | Number | None


def read_when_zero(written: YamlValue) -> WhenZero:
    """Read `when_zero:`; None where nothing is said."""
    found = written.get("when_zero")
    if found is None:
        return None
    if found.data in ("unknown", "not_applicable"):
        return found.as_text()  # type: ignore[return-value]  # one of the two
    return found.as_number()


def may_be_zero(denominator: Expr, applies_when: Expr | None, fields: Fields) -> bool:
    """Say whether a denominator may be 0: its fields' ranges do not exclude it, nor does the criterion's `applies_when`."""
    return not (span(denominator, fields).excludes_zero() or _guarded(denominator, applies_when))


def _guarded(denominator: Expr, applies_when: Expr | None) -> bool:
    """Say whether `applies_when` holds only where the denominator is above 0."""
    if applies_when is None:
        return False
    if isinstance(applies_when, And):
        return any(_guarded(denominator, part) for part in applies_when.parts)
    if isinstance(denominator, Rows) and applies_when == Rows("any_row", denominator.table, None, denominator.where):
        return True
    return isinstance(applies_when, Comparison) and _above_zero(applies_when, denominator)


def _above_zero(test: Comparison, denominator: Expr) -> bool:
    """Say whether a comparison (`households >= 30`, `0 < households`) excludes 0."""
    sides = (test.first, *(side for _, side in test.rest))
    for left, (sign, right) in zip(sides, test.rest, strict=False):
        if left == denominator and _lower_bound(sign, right):
            return True
        flipped = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "!=": "!="}.get(sign, sign)
        if right == denominator and _lower_bound(flipped, left):
            return True
    return False


def _lower_bound(sign: str, bound: Expr) -> bool:
    if not isinstance(bound, Constant) or isinstance(bound.value, bool) or not isinstance(bound.value, int):
        return False
    return {">": bound.value >= 0, ">=": bound.value > 0, "==": bound.value != 0, "!=": bound.value == 0}.get(
        sign, False
    )


def measured_at_zero(when_zero: WhenZero) -> Measured:
    """Return what a denominator of 0 means; nobody owes a fact there."""
    if when_zero == "not_applicable":
        return Measured(NOT_APPLICABLE)
    if isinstance(when_zero, Number):
        return Measured(when_zero)
    return Measured(Unknown((Why("missing_fact", "when_zero"),)))


def zero_text(when: WhenZero, say: Scribe) -> str:
    """Return what a denominator of 0 gives, "" where nothing is said."""
    if when is None:
        return ""
    if isinstance(when, Number):
        given = say.pick(f"按{plain(when)}计", f"it counts as {plain(when)}")
    else:
        given = (
            say.pick("不适用", "it is not applicable")
            if when == "not_applicable"
            else say.pick("待定", "it is undetermined")
        )
    return say.pick(f"（分母为0时{given}）", f" (if the denominator is 0, {given})")
