"""Reads the small parts that every file shares: expressions, numbers by class, documents and bases."""

from __future__ import annotations

from ...core.problems import Source
from ...core.text import hints
from ...expressions.parse import parse
from ...expressions.tree import Constant, Expr, FieldValue, Kind, Lookup, Setting
from ...expressions.walk import REGION, fields_read
from ...text_in.spot import Spot
from .. import messages as says
from ..model import Basis, DocumentWanted, Field
from .desk import Desk
from .scope import names_at

NOTHING = Constant(0)  # stands where an expression could not be read; a pack with errors is never handed out


def expression(spot: Spot, desk: Desk, expect: Kind | None, table: Field | None = None) -> Expr:
    """Read an expression; inside `where` the columns of `table` are known too. Every field must be asked of the desk's kinds."""
    if not isinstance(spot.data, str):
        raise TypeError(f"the schema promised an expression at {spot.source}")
    return parsed(spot.data, spot.source, desk, expect, table) or NOTHING


def parsed(text: str, source: Source, desk: Desk, expect: Kind | None, table: Field | None = None) -> Expr | None:
    """Return the tree of an expression's text, or None with its problems noted."""
    found, problems = parse(text, source, names_at(desk, table), expect)
    desk.found.extend(problems)
    if found is not None:
        for name in fields_read(found):
            if name in desk.book.fields:
                desk.check_kinds(desk.book.fields[name], source)
    return found


def maybe(spot: Spot, key: str, desk: Desk, expect: Kind | None, table: Field | None = None) -> Expr | None:
    """Read the expression at a key that may be absent."""
    return None if (found := spot.get(key)) is None else expression(found, desk, expect, table)


def where(spot: Spot, key: str, desk: Desk, table: Field | None) -> Expr | None:
    """Read the test of a table's rows; left unread where the table itself is a mistake."""
    return None if table is None else maybe(spot, key, desk, "truth", table)


def value(spot: Spot, desk: Desk) -> Expr:
    """Read a number, an expression that gives one, or a lookup by class."""
    if isinstance(spot.data, dict):
        return _lookup(spot, desk)
    if isinstance(spot.data, str):
        return expression(spot, desk, "number")
    return Constant(spot.as_number())


def maybe_value(spot: Spot, key: str, desk: Desk) -> Expr | None:
    return None if (found := spot.get(key)) is None else value(found, desk)


def _lookup(spot: Spot, desk: Desk) -> Expr:
    by = spot["by"]
    name = by.as_text()
    classes = desk.classes(name, by.source)
    cases = tuple((key, value(inner, desk)) for key, inner in spot.items() if key not in ("by", "otherwise"))
    otherwise = maybe_value(spot, "otherwise", desk)
    _check_classes(spot, desk, name, classes, [key for key, _ in cases])
    subject: Expr = Setting("stage") if name == "stage" else FieldValue(REGION if name == "region" else name)
    return Lookup(subject, cases, otherwise)


def _check_classes(spot: Spot, desk: Desk, name: str, classes: tuple[str, ...] | None, keys: list[str]) -> None:
    """Note classes that do not exist, and classes without a value where there is no `otherwise`."""
    open_ended = classes is None and name == "region"
    if classes is not None:
        for key in keys:
            if key not in classes:
                desk.say(says.UNKNOWN_CLASS, spot[key].key_source, by=name, value=key, **hints(key, classes))
    if "otherwise" not in spot and (open_ended or classes is not None):
        missing = [] if classes is None else [option for option in classes if option not in keys]
        if missing or open_ended:
            desk.say(says.CLASS_MISSING, spot.source, by=name, missing="、".join(missing) or "otherwise")


def documents(spot: Spot, key: str = "evidence") -> tuple[DocumentWanted, ...]:
    return tuple(document(entry) for entry in spot.each(key))


def document(spot: Spot) -> DocumentWanted:
    return DocumentWanted(spot.label("document"), "valid_on" in spot, spot.duration("valid_for"), spot.flag("optional"))


def basis(spot: Spot) -> Basis:
    found = spot["basis"]
    return Basis(
        found.text("from"),  # type: ignore[arg-type]  # one of the schema's enum
        found.text("quote"),
        found.text("source"),
        found.label("ours"),
        found.text("note"),
    )


def kinds(spot: Spot, desk: Desk) -> tuple[str, ...]:
    """Read `kinds:` and note those that the pack has not."""
    return tuple(desk.known(says.UNKNOWN_KIND, "kind", entry, desk.book.kinds) for entry in spot.each("kinds"))
