"""Reads the small parts that every file shares: expressions, numbers by class, documents and bases."""

from __future__ import annotations

from ...core.problems import Source
from ...core.text import hints
from ...expressions.parse import parse
from ...expressions.tree import Constant, Expr, FieldValue, Kind, Lookup, Setting
from ...expressions.walk import REGION, fields_read
from ...text_in.yaml_value import YamlValue
from .. import messages as says
from ..model import Basis, DocumentWanted, Field
from .reader import PackReader
from .scope import names_at

NOTHING = Constant(0)  # stands where an expression could not be read; a pack with errors is never handed out


def expression(written: YamlValue, reader: PackReader, expect: Kind | None, table: Field | None = None) -> Expr:
    """Read an expression; inside `where` the columns of `table` are known too. Its fields must be asked of the kinds at hand."""
    if not isinstance(written.data, str):
        raise TypeError(f"the schema promised an expression at {written.source}")
    return parsed(written.data, written.source, reader, expect, table) or NOTHING


def parsed(
    text: str, source: Source, reader: PackReader, expect: Kind | None, table: Field | None = None
) -> Expr | None:
    """Return the tree of an expression's text, or None with its problems noted."""
    found, problems = parse(text, source, names_at(reader, table), expect)
    reader.found.extend(problems)
    if found is not None:
        for name in fields_read(found):
            if name in reader.names.fields:
                reader.check_kinds(reader.names.fields[name], source)
    return found


def maybe(
    written: YamlValue, key: str, reader: PackReader, expect: Kind | None, table: Field | None = None
) -> Expr | None:
    """Read the expression at a key that may be absent."""
    return None if (found := written.get(key)) is None else expression(found, reader, expect, table)


def where(written: YamlValue, key: str, reader: PackReader, table: Field | None) -> Expr | None:
    """Read the test of a table's rows; left unread where the table itself is a mistake."""
    return None if table is None else maybe(written, key, reader, "truth", table)


def value(written: YamlValue, reader: PackReader) -> Expr:
    """Read a number, an expression that gives one, or a lookup by class."""
    if isinstance(written.data, dict):
        return _lookup(written, reader)
    if isinstance(written.data, str):
        return expression(written, reader, "number")
    return Constant(written.as_number())


def maybe_value(written: YamlValue, key: str, reader: PackReader) -> Expr | None:
    return None if (found := written.get(key)) is None else value(found, reader)


def _lookup(written: YamlValue, reader: PackReader) -> Expr:
    by = written["by"]
    name = by.as_text()
    classes = reader.classes(name, by.source)
    cases = tuple((key, value(inner, reader)) for key, inner in written.items() if key not in ("by", "otherwise"))
    otherwise = maybe_value(written, "otherwise", reader)
    _check_classes(written, reader, name, classes, [key for key, _ in cases])
    subject: Expr = Setting("stage") if name == "stage" else FieldValue(REGION if name == "region" else name)
    return Lookup(subject, cases, otherwise)


def _check_classes(
    written: YamlValue, reader: PackReader, name: str, classes: tuple[str, ...] | None, keys: list[str]
) -> None:
    """Note classes that do not exist, and classes without a value where there is no `otherwise`."""
    open_ended = classes is None and name == "region"
    if classes is not None:
        for key in keys:
            if key not in classes:
                reader.say(says.UNKNOWN_CLASS, written[key].key_source, by=name, value=key, **hints(key, classes))
    if "otherwise" not in written and (open_ended or classes is not None):
        missing = [] if classes is None else [option for option in classes if option not in keys]
        if missing or open_ended:
            reader.say(says.CLASS_MISSING, written.source, by=name, missing="、".join(missing) or "otherwise")


def documents(written: YamlValue, key: str = "evidence") -> tuple[DocumentWanted, ...]:
    return tuple(document(entry) for entry in written.each(key))


def document(written: YamlValue) -> DocumentWanted:
    return DocumentWanted(
        written.label("document"), "valid_on" in written, written.duration("valid_for"), written.flag("optional")
    )


def basis(written: YamlValue) -> Basis:
    found = written["basis"]
    return Basis(
        found.text("from"),  # type: ignore[arg-type]  # one of the schema's enum
        found.text("quote"),
        found.text("source"),
        found.label("ours"),
        found.text("note"),
    )


def kinds(written: YamlValue, reader: PackReader) -> tuple[str, ...]:
    """Read `kinds:` and note those that the pack has not."""
    return tuple(reader.known(says.UNKNOWN_KIND, "kind", entry, reader.names.kinds) for entry in written.each("kinds"))
