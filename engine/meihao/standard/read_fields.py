"""`criteria/fields*.yaml` in; the fields, by id, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..core.numbers import Number
from ..core.problems import Source
from . import messages as says
from .desk import Desk
from .model import NUMERIC, Column, Field
from .read_values import kinds
from .spot import Spot

_ONLY_FOR: Mapping[str, tuple[str, ...]] = {
    "range": NUMERIC,
    "tolerance": NUMERIC,
    "options": ("choice",),
    "columns": ("table",),
    "rows_at_most": ("table",),
    "when_absent": ("table",),
}


def read_fields(files: Sequence[Spot], desk: Desk) -> Mapping[str, Field]:
    """Return every field of the pack in written order."""
    seen: dict[str, Source] = {}
    fields: dict[str, Field] = {}
    for file in files:
        for name, spot in file["fields"].items():
            desk.new_id(name, spot.key_source, seen)
            fields.setdefault(name, _field(name, spot, desk))
    return fields


def _field(name: str, spot: Spot, desk: Desk) -> Field:
    _check_keys(spot, desk)
    return Field(
        id=name,
        title=spot.label(),
        type=spot.text("type"),  # type: ignore[arg-type]  # one of the schema's enum
        kinds=kinds(spot, desk),
        provided_by=spot.text("provided_by"),  # type: ignore[arg-type]  # one of the schema's enum
        measured_in=spot.text("measured_in"),
        options=_options(spot, desk),
        range=_range(spot, desk),
        columns=_columns(spot, desk),
        rows_at_most=spot.whole("rows_at_most"),
        minutes=spot.whole("minutes"),
        tolerance=spot.number("tolerance") if "tolerance" in spot else None,
        when_absent_empty="when_absent" in spot,
        sensitive=spot.flag("sensitive"),
        necessity=spot.text("necessity"),
        help=spot.label("help"),
        source=spot.key_source,
    )


def _check_keys(spot: Spot, desk: Desk) -> None:
    """Note keys that mean nothing for the type: `options` of a number, `range` of a text."""
    type_ = spot.text("type")
    for key, types in _ONLY_FOR.items():
        if key in spot and type_ not in types:
            desk.say(says.ONLY_FOR_TYPE, spot[key].key_source, type=type_, key=key)


def _options(spot: Spot, desk: Desk) -> tuple[tuple[str, str], ...]:
    if (options := spot.get("options")) is None:
        return ()
    for code, option in options.items():
        if code in ("by", "otherwise"):
            desk.say(says.RESERVED_ID, option.key_source, id=code)
    return tuple((code, option.as_text()) for code, option in options.items())


def _range(spot: Spot, desk: Desk) -> tuple[Number, Number] | None:
    if "range" not in spot:
        return None
    low, high = (entry.as_number() for entry in spot.each("range"))
    if low > high:
        desk.say(
            says.RANGE_REVERSED, spot["range"].source, low=spot.each("range")[0].data, high=spot.each("range")[1].data
        )
    return low, high


def _columns(spot: Spot, desk: Desk) -> tuple[Column, ...]:
    if (columns := spot.get("columns")) is None:
        return ()
    return tuple(_column(name, column, desk) for name, column in columns.items())


def _column(name: str, spot: Spot, desk: Desk) -> Column:
    desk.new_id(name, spot.key_source, {})
    _check_keys(spot, desk)
    return Column(
        name,
        spot.label(),
        spot.text("type"),  # type: ignore[arg-type]  # one of the schema's enum
        spot.text("measured_in"),
        _options(spot, desk),
        _range(spot, desk),
    )
