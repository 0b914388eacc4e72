"""Reads `score:` into one of the closed menu. Combinators hold parts, and parts hold scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from ...core.text import hints
from ...expressions.tree import Expr
from ...text_in.spot import Spot
from .. import messages as says
from ..model import (
    Band,
    Bands,
    CheckItem,
    Checklist,
    Choice,
    Combine,
    Deduct,
    DeductFromTarget,
    Discretion,
    Edge,
    Linear,
    Measure,
    Part,
    PerItem,
    Score,
    YesNo,
)
from .desk import Desk
from .measures import read_measure, read_sample
from .values import documents, expression, maybe, maybe_value, value

EDGES: tuple[Edge, ...] = ("at_least", "at_most", "more_than", "less_than")


def read_score(spot: Spot, measure: Spot | None, desk: Desk) -> Score:
    """Read a score; `measure` is the measure beside it, which some scores need and others do not take."""
    name, inner = next(iter(spot.items()))
    conditional = name in _COMBINATORS or name == "checklist" or (name == "yes_no" and isinstance(inner.data, str))
    if conditional and measure is not None:
        desk.say(says.NEEDS_NO_MEASURE, measure.key_source, score=name)
    if not conditional and measure is None:
        desk.say(says.NEEDS_MEASURE, inner.key_source, score=name)
    if name == "choice":
        return _choice(inner, measure, desk)
    return _MENU[name](inner, desk)


def _edges(spot: Spot, desk: Desk) -> tuple[tuple[Edge, Expr], ...]:
    return tuple((edge, value(spot[edge], desk)) for edge in EDGES if edge in spot)


def _yes_no(spot: Spot, desk: Desk) -> Score:
    if isinstance(spot.data, str):
        return YesNo(when=expression(spot, desk, "truth"))
    return YesNo(edges=_edges(spot, desk))


def _choice(spot: Spot, measure: Spot | None, desk: Desk) -> Score:
    """Read points by class; the classes are those of the choice field that the measure names."""
    field = None if measure is None or "field" not in measure else desk.book.fields.get(measure.text("field"))
    if field is not None and field.type == "choice":
        codes = tuple(code for code, _ in field.options)
        for code, inner in spot.items():
            if code not in codes:
                desk.say(says.UNKNOWN_OPTION, inner.key_source, field=field.id, value=code, **hints(code, codes))
    return Choice(tuple((code, value(inner, desk)) for code, inner in spot.items()))


def _bands(spot: Spot, desk: Desk) -> Score:
    return Bands(tuple(_band(row, desk) for row in spot.entries()))


def _band(spot: Spot, desk: Desk) -> Band:
    return Band(_edges(spot, desk), value(spot["otherwise" if "otherwise" in spot else "points"], desk))


def _linear(spot: Spot, desk: Desk) -> Score:
    return Linear(tuple((value(row["value"], desk), value(row["points"], desk)) for row in spot.entries()))


def _per_item(spot: Spot, desk: Desk) -> Score:
    points, for_each = value(spot["points"], desk), value(spot["for_each"], desk)
    step = spot.text("step") or None
    return PerItem(points, for_each, step, maybe_value(spot, "at_most", desk))  # type: ignore[arg-type]  # schema's enum


def _deduct(spot: Spot, desk: Desk) -> Score:
    lose, for_each = value(spot["lose"], desk), value(spot["for_each"], desk)
    step = spot.text("step") or None
    return Deduct(lose, for_each, step, maybe_value(spot, "at_most", desk))  # type: ignore[arg-type]  # schema's enum


def _deduct_from_target(spot: Spot, desk: Desk) -> Score:
    return DeductFromTarget(
        value(spot["target"], desk),
        value(spot["lose"], desk),
        value(spot["for_each"], desk),
        spot.text("step"),  # type: ignore[arg-type]  # one of the schema's enum
        spot.text("side", "below"),  # type: ignore[arg-type]  # one of the schema's enum
        maybe_value(spot, "base", desk),
        maybe_value(spot, "gain", desk),
        maybe_value(spot, "gain_at_most", desk),
        maybe_value(spot, "not_beyond", desk),
    )


def _checklist(spot: Spot, desk: Desk) -> Score:
    items = tuple(CheckItem(entry.label(), expression(entry["when"], desk, "truth")) for entry in spot.each("items"))
    lookup = () if "lookup" not in spot else tuple((int(k), value(v, desk)) for k, v in spot["lookup"].items())
    return Checklist(items, lookup, maybe_value(spot, "each", desk), maybe_value(spot, "lose", desk))


def _discretion(spot: Spot, desk: Desk) -> Score:
    return Discretion(value(spot["from"], desk), value(spot["to"], desk))


def read_part(spot: Spot, desk: Desk) -> Part:
    """Read a route or part: a condition, or a measure with a score."""
    measure = spot.get("measure")
    return Part(
        spot.label(),
        maybe_value(spot, "points", desk),
        maybe(spot, "when", desk, "truth"),
        read_part_measure(measure, desk),
        read_sample(measure, desk),
        read_score(spot["score"], measure, desk) if "score" in spot else None,
        documents(spot),
    )


def read_part_measure(spot: Spot | None, desk: Desk) -> Measure | None:
    return None if spot is None else read_measure(spot, desk)


def _combine(how: Literal["any_of", "best_of", "all_of", "sum"]) -> Callable[[Spot, Desk], Score]:
    def read(spot: Spot, desk: Desk) -> Score:
        entries = spot.each("parts") if isinstance(spot.data, dict) else spot.entries()
        otherwise = spot.text("otherwise", "zero")
        if how == "sum":
            for entry in entries:
                if "points" not in entry:
                    desk.say(says.PART_POINTS, entry.source)
        return Combine(how, tuple(read_part(entry, desk) for entry in entries), otherwise)  # type: ignore[arg-type]  # enum

    return read


_COMBINATORS: Mapping[str, Callable[[Spot, Desk], Score]] = {
    "any_of": _combine("any_of"),
    "best_of": _combine("best_of"),
    "all_of": _combine("all_of"),
    "sum": _combine("sum"),
}
_MENU: Mapping[str, Callable[[Spot, Desk], Score]] = {
    "yes_no": _yes_no,
    "bands": _bands,
    "linear": _linear,
    "per_item": _per_item,
    "deduct": _deduct,
    "deduct_from_target": _deduct_from_target,
    "checklist": _checklist,
    "discretion": _discretion,
    **_COMBINATORS,
}
