"""Reads `score:` into one of the closed menu. Combinators hold parts, and parts hold scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from ...core.text import hints
from ...expressions.tree import Expr
from ...text_in.yaml_value import YamlValue
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
from .measures import read_measure, read_sample
from .reader import PackReader
from .values import documents, expression, maybe, maybe_value, value

EDGES: tuple[Edge, ...] = ("at_least", "at_most", "more_than", "less_than")


def read_score(written: YamlValue, measure: YamlValue | None, reader: PackReader) -> Score:
    """Read a score; `measure` is the measure beside it, which some scores need and others do not take."""
    name, inner = next(iter(written.items()))
    conditional = name in _COMBINATORS or name == "checklist" or (name == "yes_no" and isinstance(inner.data, str))
    if conditional and measure is not None:
        reader.say(says.NEEDS_NO_MEASURE, measure.key_source, score=name)
    if not conditional and measure is None:
        reader.say(says.NEEDS_MEASURE, inner.key_source, score=name)
    if name == "choice":
        return _choice(inner, measure, reader)
    return _MENU[name](inner, reader)


def _edges(written: YamlValue, reader: PackReader) -> tuple[tuple[Edge, Expr], ...]:
    return tuple((edge, value(written[edge], reader)) for edge in EDGES if edge in written)


def _yes_no(written: YamlValue, reader: PackReader) -> Score:
    if isinstance(written.data, str):
        return YesNo(when=expression(written, reader, "truth"))
    return YesNo(edges=_edges(written, reader))


def _choice(written: YamlValue, measure: YamlValue | None, reader: PackReader) -> Score:
    """Read points by class; the classes are those of the choice field that the measure names."""
    field = None if measure is None or "field" not in measure else reader.names.fields.get(measure.text("field"))
    if field is not None and field.type == "choice":
        codes = tuple(code for code, _ in field.options)
        for code, inner in written.items():
            if code not in codes:
                reader.say(says.UNKNOWN_OPTION, inner.key_source, field=field.id, value=code, **hints(code, codes))
    return Choice(tuple((code, value(inner, reader)) for code, inner in written.items()))


def _bands(written: YamlValue, reader: PackReader) -> Score:
    return Bands(tuple(_band(row, reader) for row in written.entries()))


def _band(written: YamlValue, reader: PackReader) -> Band:
    return Band(_edges(written, reader), value(written["otherwise" if "otherwise" in written else "points"], reader))


def _linear(written: YamlValue, reader: PackReader) -> Score:
    return Linear(tuple((value(row["value"], reader), value(row["points"], reader)) for row in written.entries()))


def _per_item(written: YamlValue, reader: PackReader) -> Score:
    points, for_each = value(written["points"], reader), value(written["for_each"], reader)
    step = written.text("step") or None
    return PerItem(points, for_each, step, maybe_value(written, "at_most", reader))  # type: ignore[arg-type]  # schema's enum


def _deduct(written: YamlValue, reader: PackReader) -> Score:
    lose, for_each = value(written["lose"], reader), value(written["for_each"], reader)
    step = written.text("step") or None
    return Deduct(lose, for_each, step, maybe_value(written, "at_most", reader))  # type: ignore[arg-type]  # schema's enum


def _deduct_from_target(written: YamlValue, reader: PackReader) -> Score:
    return DeductFromTarget(
        value(written["target"], reader),
        value(written["lose"], reader),
        value(written["for_each"], reader),
        written.text("step"),  # type: ignore[arg-type]  # one of the schema's enum
        written.text("side", "below"),  # type: ignore[arg-type]  # one of the schema's enum
        maybe_value(written, "base", reader),
        maybe_value(written, "gain", reader),
        maybe_value(written, "gain_at_most", reader),
        maybe_value(written, "not_beyond", reader),
    )


def _checklist(written: YamlValue, reader: PackReader) -> Score:
    items = tuple(
        CheckItem(entry.label(), expression(entry["when"], reader, "truth")) for entry in written.each("items")
    )
    lookup = () if "lookup" not in written else tuple((int(k), value(v, reader)) for k, v in written["lookup"].items())
    return Checklist(items, lookup, maybe_value(written, "each", reader), maybe_value(written, "lose", reader))


def _discretion(written: YamlValue, reader: PackReader) -> Score:
    return Discretion(value(written["from"], reader), value(written["to"], reader))


def read_part(written: YamlValue, reader: PackReader) -> Part:
    """Read a route or part: a condition, or a measure with a score."""
    measure = written.get("measure")
    return Part(
        written.label(),
        maybe_value(written, "points", reader),
        maybe(written, "when", reader, "truth"),
        read_part_measure(measure, reader),
        read_sample(measure, reader),
        read_score(written["score"], measure, reader) if "score" in written else None,
        documents(written),
    )


def read_part_measure(written: YamlValue | None, reader: PackReader) -> Measure | None:
    return None if written is None else read_measure(written, reader)


def _combine(how: Literal["any_of", "best_of", "all_of", "sum"]) -> Callable[[YamlValue, PackReader], Score]:
    def read(written: YamlValue, reader: PackReader) -> Score:
        entries = written.each("parts") if isinstance(written.data, dict) else written.entries()
        otherwise = written.text("otherwise", "zero")
        if how == "sum":
            for entry in entries:
                if "points" not in entry:
                    reader.say(says.PART_POINTS, entry.source)
        return Combine(how, tuple(read_part(entry, reader) for entry in entries), otherwise)  # type: ignore[arg-type]  # enum

    return read


_COMBINATORS: Mapping[str, Callable[[YamlValue, PackReader], Score]] = {
    "any_of": _combine("any_of"),
    "best_of": _combine("best_of"),
    "all_of": _combine("all_of"),
    "sum": _combine("sum"),
}
_MENU: Mapping[str, Callable[[YamlValue, PackReader], Score]] = {
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
