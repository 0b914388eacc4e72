"""Reads `criteria/fields*.yaml` into the fields, by id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...core.numbers import Number
from ...core.problems import Source
from ...core.text import Label, hints
from ...text_in.spot import Spot
from .. import messages as says
from ..model import NUMERIC, Column, Field
from .desk import Desk
from .values import kinds

_ONLY_FOR: Mapping[str, tuple[str, ...]] = {
    "range": NUMERIC,
    "tolerance": NUMERIC,
    "example": (*NUMERIC, "text"),
    "options": ("choice",),
    "options_en": ("choice",),
    "columns": ("table",),
    "rows_at_most": ("table",),
    "when_absent": ("table",),
    "register": ("table",),
    "unique_rows": ("table",),
    "at_most": NUMERIC,
    "may_lie_ahead": ("date",),
}


def read_fields(files: Sequence[Spot], desk: Desk) -> Mapping[str, Field]:
    """Return every field of the pack in written order."""
    seen: dict[str, Source] = {}
    fields: dict[str, Field] = {}
    for file in files:
        for name, spot in file["fields"].items():
            desk.new_id(name, spot.key_source, seen)
            fields.setdefault(name, _field(name, spot, desk))
    for file in files:
        for name, spot in file["fields"].items():
            if "at_most" in spot and fields[name].type in NUMERIC:
                _check_whole(fields[name], spot["at_most"], fields, desk)
    return fields


def _check_whole(part: Field, spot: Spot, fields: Mapping[str, Field], desk: Desk) -> None:
    """Note a field that is said to be part of what it cannot be compared with, or of what its units are not asked."""
    name = desk.known(says.UNKNOWN_FIELD, "field", spot, [f for f in fields if f != part.id])
    whole = fields.get(name)
    if whole is None or whole is part:
        return
    if (part.type, part.measured_in.zh) != (whole.type, whole.measured_in.zh):
        desk.say(says.PARTS_UNLIKE, spot.source, part=part.id, whole=name)
    for kind in part.kinds:
        if kind not in whole.kinds:
            desk.say(says.FIELD_NOT_ASKED_OF_KIND, spot.source, field=name, kind=kind)


def _field(name: str, spot: Spot, desk: Desk) -> Field:
    _check_keys(spot, desk)
    range_ = _range(spot, desk)
    return Field(
        id=name,
        title=spot.label(),
        type=spot.text("type"),  # type: ignore[arg-type]  # one of the schema's enum
        kinds=kinds(spot, desk),
        provided_by=spot.text("provided_by"),  # type: ignore[arg-type]  # one of the schema's enum
        measured_in=spot.label("measured_in"),
        options=_options(name, spot, desk),
        range=range_,
        columns=_columns(spot, desk),
        rows_at_most=spot.whole("rows_at_most"),
        minutes=spot.whole("minutes"),
        tolerance=spot.number("tolerance") if "tolerance" in spot else None,
        when_absent_empty="when_absent" in spot,
        register=_register(spot, desk),
        sensitive=spot.flag("sensitive"),
        necessity=spot.text("necessity"),
        help=spot.label("help"),
        example=_example(spot, range_, desk),
        at_most=spot.text("at_most"),
        unique_rows=spot.flag("unique_rows"),
        may_lie_ahead=spot.flag("may_lie_ahead"),
        source=spot.key_source,
    )


def _register(spot: Spot, desk: Desk) -> str:
    """Read the register that a table is kept in, noting one that pack.yaml does not name."""
    if (register := spot.get("register")) is None:
        return ""
    return desk.known(says.UNKNOWN_REGISTER, "register", register, desk.book.registers)


def _check_keys(spot: Spot, desk: Desk) -> None:
    """Note keys that mean nothing for the type (`options` of a number, `range` of a text), and English without Chinese."""
    type_ = spot.text("type")
    for key, types in _ONLY_FOR.items():
        if key in spot and type_ not in types:
            desk.say(says.ONLY_FOR_TYPE, spot[key].key_source, type=type_, key=key)
    for key in ("help", "measured_in"):
        if f"{key}_en" in spot and key not in spot:
            desk.say(says.ENGLISH_ALONE, spot[f"{key}_en"].key_source, key=key)


def _options(name: str, spot: Spot, desk: Desk) -> tuple[tuple[str, Label], ...]:
    """Read the options of a choice with their English; one without reads in English as its code."""
    if (options := spot.get("options")) is None:
        return ()
    for code, option in options.items():
        if code in ("by", "otherwise"):
            desk.say(says.RESERVED_ID, option.key_source, id=code)
    english = _english(name, spot, tuple(code for code, _ in options.items()), desk)
    return tuple(
        (code, Label(option.as_text(), english.get(code) or code.replace("_", " "))) for code, option in options.items()
    )


def _english(name: str, spot: Spot, codes: tuple[str, ...], desk: Desk) -> Mapping[str, str]:
    """Return the English of options by code, noting codes that are no options."""
    english = spot.get("options_en")
    given = {} if english is None else dict(english.items())
    for code, label in given.items():
        if code not in codes:
            desk.say(says.UNKNOWN_OPTION, label.key_source, field=name, value=code, **hints(code, codes))
    return {code: label.as_text() for code, label in given.items()}


def _range(spot: Spot, desk: Desk) -> tuple[Number, Number] | None:
    if "range" not in spot:
        return None
    low, high = (entry.as_number() for entry in spot.each("range"))
    if low > high:
        desk.say(
            says.RANGE_REVERSED, spot["range"].source, low=spot.each("range")[0].data, high=spot.each("range")[1].data
        )
    return low, high


def _example(spot: Spot, range_: tuple[Number, Number] | None, desk: Desk) -> Number | str | None:
    """Read an example, noting one that the field itself would refuse."""
    type_ = spot.text("type")
    if (example := spot.get("example")) is None or type_ not in _ONLY_FOR["example"]:
        return None
    of_text = isinstance(example.data, str)
    value = example.as_text() if of_text else example.as_number()
    fits = isinstance(value, str) or range_ is None or range_[0] <= value <= range_[1]
    whole = type_ != "count" or isinstance(value, int)
    if of_text != (type_ == "text") or not fits or not whole:
        desk.say(says.EXAMPLE_UNFIT, example.source, value=example.data)
    return value


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
        spot.label("measured_in"),
        _options(name, spot, desk),
        _range(spot, desk),
        spot.flag("may_lie_ahead"),
    )
