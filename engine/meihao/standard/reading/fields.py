"""Reads `criteria/fields*.yaml` into the fields, by id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...core.numbers import Number
from ...core.problems import Source
from ...core.text import Label, hints
from ...methods import messages as unfit
from ...methods.reader import PackReader
from ...text_in.yaml_value import YamlValue
from .. import messages as says
from ..model import NUMERIC, Column, Field
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


def read_fields(files: Sequence[YamlValue], reader: PackReader) -> Mapping[str, Field]:
    """Return every field of the pack in written order."""
    seen: dict[str, Source] = {}
    fields: dict[str, Field] = {}
    for file in files:
        for name, written in file["fields"].items():
            reader.new_id(name, written.key_source, seen)
            fields.setdefault(name, _field(name, written, reader))
    for file in files:
        for name, written in file["fields"].items():
            if "at_most" in written and fields[name].type in NUMERIC:
                _check_whole(fields[name], written["at_most"], fields, reader)
    return fields


def _check_whole(part: Field, written: YamlValue, fields: Mapping[str, Field], reader: PackReader) -> None:
    """Note a field that is said to be part of what it cannot be compared with, or of what its units are not asked."""
    name = reader.known(unfit.UNKNOWN_FIELD, "field", written, [f for f in fields if f != part.id])
    whole = fields.get(name)
    if whole is None or whole is part:
        return
    if (part.type, part.measured_in.zh) != (whole.type, whole.measured_in.zh):
        reader.say(says.PARTS_UNLIKE, written.source, part=part.id, whole=name)
    for kind in part.kinds:
        if kind not in whole.kinds:
            reader.say(unfit.FIELD_NOT_ASKED_OF_KIND, written.source, field=name, kind=kind)


def _field(name: str, written: YamlValue, reader: PackReader) -> Field:
    _check_keys(written, reader)
    range_ = _range(written, reader)
    return Field(
        id=name,
        title=written.label(),
        type=written.text("type"),  # type: ignore[arg-type]  # one of the schema's enum
        kinds=kinds(written, reader),
        provided_by=written.text("provided_by"),  # type: ignore[arg-type]  # one of the schema's enum
        measured_in=written.label("measured_in"),
        options=_options(name, written, reader),
        range=range_,
        columns=_columns(written, reader),
        rows_at_most=written.whole("rows_at_most"),
        minutes=written.whole("minutes"),
        tolerance=written.number("tolerance") if "tolerance" in written else None,
        when_absent_empty="when_absent" in written,
        register=_register(written, reader),
        sensitive=written.flag("sensitive"),
        necessity=written.text("necessity"),
        help=written.label("help"),
        example=_example(written, range_, reader),
        at_most=written.text("at_most"),
        unique_rows=written.flag("unique_rows"),
        may_lie_ahead=written.flag("may_lie_ahead"),
        source=written.key_source,
    )


def _register(written: YamlValue, reader: PackReader) -> str:
    """Read the register that a table is kept in, noting one that pack.yaml does not name."""
    if (register := written.get("register")) is None:
        return ""
    return reader.known(says.UNKNOWN_REGISTER, "register", register, reader.names.registers)


def _check_keys(written: YamlValue, reader: PackReader) -> None:
    """Note keys that mean nothing for the type (`options` of a number, `range` of a text), and English without Chinese."""
    type_ = written.text("type")
    for key, types in _ONLY_FOR.items():
        if key in written and type_ not in types:
            reader.say(says.ONLY_FOR_TYPE, written[key].key_source, type=type_, key=key)
    for key in ("help", "measured_in"):
        if f"{key}_en" in written and key not in written:
            reader.say(says.ENGLISH_ALONE, written[f"{key}_en"].key_source, key=key)


def _options(name: str, written: YamlValue, reader: PackReader) -> tuple[tuple[str, Label], ...]:
    """Read the options of a choice with their English; one without reads in English as its code."""
    if (options := written.get("options")) is None:
        return ()
    for code, option in options.items():
        if code in ("by", "otherwise"):
            reader.say(unfit.RESERVED_ID, option.key_source, id=code)
    english = _english(name, written, tuple(code for code, _ in options.items()), reader)
    return tuple(
        (code, Label(option.as_text(), english.get(code) or code.replace("_", " "))) for code, option in options.items()
    )


def _english(name: str, written: YamlValue, codes: tuple[str, ...], reader: PackReader) -> Mapping[str, str]:
    """Return the English of options by code, noting codes that are no options."""
    english = written.get("options_en")
    given = {} if english is None else dict(english.items())
    for code, label in given.items():
        if code not in codes:
            reader.say(unfit.UNKNOWN_OPTION, label.key_source, field=name, value=code, **hints(code, codes))
    return {code: label.as_text() for code, label in given.items()}


def _range(written: YamlValue, reader: PackReader) -> tuple[Number, Number] | None:
    if "range" not in written:
        return None
    low, high = (entry.as_number() for entry in written.each("range"))
    if low > high:
        reader.say(
            says.RANGE_REVERSED,
            written["range"].source,
            low=written.each("range")[0].data,
            high=written.each("range")[1].data,
        )
    return low, high


def _example(written: YamlValue, range_: tuple[Number, Number] | None, reader: PackReader) -> Number | str | None:
    """Read an example, noting one that the field itself would refuse."""
    type_ = written.text("type")
    if (example := written.get("example")) is None or type_ not in _ONLY_FOR["example"]:
        return None
    of_text = isinstance(example.data, str)
    value = example.as_text() if of_text else example.as_number()
    fits = isinstance(value, str) or range_ is None or range_[0] <= value <= range_[1]
    whole = type_ != "count" or isinstance(value, int)
    if of_text != (type_ == "text") or not fits or not whole:
        reader.say(says.EXAMPLE_UNFIT, example.source, value=example.data)
    return value


def _columns(written: YamlValue, reader: PackReader) -> tuple[Column, ...]:
    if (columns := written.get("columns")) is None:
        return ()
    return tuple(_column(name, column, reader) for name, column in columns.items())


def _column(name: str, written: YamlValue, reader: PackReader) -> Column:
    reader.new_id(name, written.key_source, {})
    _check_keys(written, reader)
    return Column(
        name,
        written.label(),
        written.text("type"),  # type: ignore[arg-type]  # one of the schema's enum
        written.label("measured_in"),
        _options(name, written, reader),
        _range(written, reader),
        written.flag("may_lie_ahead"),
    )
