"""Scores `deduct_from_target`: base points at the target, fewer on the wrong side, more on the right one with `gain`."""

from __future__ import annotations

from ...core.numbers import Number
from ...core.unknown import Unknown
from ...expressions.tree import Expr
from ...round.scope import CaseScope
from ...standard.model import DeductFromTarget
from ..measured import Measured, _number, numbers
from ..results import Marks
from .common import Scorer, certain, open_marks, steps

_OPTIONAL = ("base", "gain", "gain_at_most", "not_beyond")


def compile_deduct_from_target(score: DeductFromTarget, full: Number) -> Scorer:
    extra: tuple[tuple[str, Expr], ...] = tuple((n, e) for n in _OPTIONAL if (e := getattr(score, n)) is not None)
    read = numbers((score.target, score.lose, score.for_each, *(e for _, e in extra)))

    def judge(scope: CaseScope, measured: Measured) -> Marks:
        given = read(scope)
        if isinstance(given, Unknown):
            return open_marks(given.whys, 0, full, scope)
        target, lose, for_each = given[:3]
        more = dict(zip((n for n, _ in extra), given[3:], strict=True))
        value = _number(measured.value)  # type: ignore[arg-type]  # unknown and not applicable never reach a method
        earned = _earned(score, value, target, lose, for_each, {"base": full, **more})
        shown = (("value", value), ("target", target), ("lose", lose), ("for_each", for_each), ("side", score.side))
        return certain(earned, "from_target", *shown, *more.items())

    return judge


def _earned(
    score: DeductFromTarget, value: Number, target: Number, lose: Number, for_each: Number, more: dict[str, Number]
) -> Number:
    beyond = value - target if score.side == "below" else target - value
    limit = more.get("not_beyond")
    if limit is not None and (value < limit if score.side == "below" else value > limit):
        return 0
    if beyond < 0:
        return more["base"] - lose * steps(-beyond, for_each, score.step)
    gained = more.get("gain", 0) * steps(beyond, for_each, score.step)
    return more["base"] + (min(gained, more["gain_at_most"]) if "gain_at_most" in more else gained)
