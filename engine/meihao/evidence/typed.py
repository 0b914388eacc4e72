"""Reads what a person typed about one unit, a text an answer, by the rules of a cell; writes evidence as it would be typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from ..core.label import NO, YES
from ..core.numbers import plain
from ..core.problems import Problem, Problems, Source, errors
from ..core.text import Label, hints, normal
from ..standard.model import Column, Field, FieldType, Pack
from . import messages as m
from .contradictions import Latest, at_door, parts_above_wholes
from .model import Document, Observation, Scalar, UnitEvidence, Value
from .papers import days_disagree
from .values import read_scalar, read_table, read_value

Path = tuple[str | int, ...]
"""What a text answers: a field `(FIELD,)`, a cell `(FIELD, ROW, COLUMN)` with rows from 0, a document `("documents", TITLE)`, a
day of one `("documents", TITLE, "date")`, or what the unit is called, `("unit", "name")`."""
Places = Callable[[Path], Source]
Answered = str | tuple[Mapping[str, str], ...]
"""A text, or the entries of a table as texts."""
DOCUMENTS, UNIT = "documents", "unit"
NAMES = {"name": Column("name", Label("名称", "name"), "text"), "code": Column("code", Label("编号", "code"), "text")}
DAYS = {
    "date": Column("date", Label("出具日期", "date"), "date"),
    "valid_to": Column("valid_to", Label("有效期至", "valid to"), "date", may_lie_ahead=True),
}


class TypedDocument(Struct, frozen=True):
    """A document that is at hand, with its days as typed."""

    date: str = ""
    valid_to: str = ""


class TypedUnit(Struct, frozen=True):
    """What was typed about a unit: a text a field, for a table a text a cell (no rows: there are none), documents by title.

    What is empty was not answered.
    """

    kind: str
    answers: Mapping[str, str | tuple[Mapping[str, str], ...]] = {}
    documents: Mapping[str, TypedDocument] = {}
    code: str = ""
    name: str = ""


def read_typed(
    typed: TypedUnit, pack: Pack, asked: Sequence[str], observer: str, places: Places, latest: Latest | None = None
) -> tuple[UnitEvidence, Problems]:
    """Return the unit's evidence with every problem at its place. An answer with an error is left out whole."""
    fields = {field.id: field for field in pack.fields if field.id in asked}
    seen: list[Observation] = []
    problems: list[Problem] = []
    for name, raw in typed.answers.items():
        if not raw and isinstance(raw, str):
            continue
        at = places((name,))
        if name not in fields:
            problems.append(m.UNKNOWN_FIELD.at(at, field=name[:60], **hints(name[:60], fields)))
            continue
        value, found = _value(raw, fields[name], at, places, latest)
        problems += found
        if value is not None and not errors(found):
            seen.append(Observation(name, value, observer, "applicant", None, at))
    documents, more = _documents(typed.documents, places, at_door(latest))
    names, said = _names(typed, places)
    unit = UnitEvidence(names["code"], typed.kind, names["name"], "", tuple(seen), documents)
    unit, above = _without_contradictions(unit, pack)
    return unit, (*said, *problems, *more, *above)


def _names(typed: TypedUnit, places: Places) -> tuple[dict[str, str], Problems]:
    """Return the unit's name and code, "" where none was given."""
    names: dict[str, str] = dict.fromkeys(NAMES, "")
    problems: list[Problem] = []
    for word, column in NAMES.items():
        if text := getattr(typed, word):
            read, found = read_scalar(text, column, places((UNIT, word)))
            names[word] = read if isinstance(read, str) else ""
            problems += found
    return names, tuple(problems)


def _value(
    raw: str | tuple[Mapping[str, str], ...], field: Field, at: Source, places: Places, latest: Latest | None
) -> tuple[Value | None, Problems]:
    if isinstance(raw, str) or field.type != "table":
        return read_value(raw, field, at, latest)
    rows = [{name: cell for name, cell in row.items() if cell} for row in raw]
    found = {(n, name): places((field.id, n, name)) for n, row in enumerate(rows) for name in row}
    return read_table(rows, field, at, found, latest)


def _documents(
    typed: Mapping[str, TypedDocument], places: Places, latest: Latest | None
) -> tuple[tuple[Document, ...], Problems]:
    documents: list[Document] = []
    problems: list[Problem] = []
    for title, one in typed.items():
        days: dict[str, Scalar | None] = dict.fromkeys(DAYS)
        said: list[Problem] = []
        for word, column in DAYS.items():
            if text := getattr(one, word):
                days[word], found = read_scalar(text, column, places((DOCUMENTS, title, word)), latest)
                said += found
        issued, until = (day if isinstance(day, date) else None for day in days.values())
        document = Document(normal(title), day=issued, valid_to=until, source=places((DOCUMENTS, title)))
        said += days_disagree(document, places((DOCUMENTS, title, "valid_to")))
        problems += said
        if not errors(tuple(said)):
            documents.append(document)
    return tuple(documents), tuple(problems)


def _without_contradictions(unit: UnitEvidence, pack: Pack) -> tuple[UnitEvidence, Problems]:
    """Return the unit without the parts that are above their wholes."""
    above = tuple(parts_above_wholes((unit,), pack))
    wrong = {problem.source for problem in above}
    kept = tuple(seen for seen in unit.observations if seen.source not in wrong)
    return replace(unit, observations=kept), above


def as_typed(unit: UnitEvidence, pack: Pack, asked: Sequence[str]) -> TypedUnit:
    """Return what a person would type to hand in the applicant's own values of a unit; read again it gives the same."""
    fields = {field.id: field for field in pack.fields if field.id in asked}
    own = [seen for seen in unit.observations if seen.role == "applicant" and seen.field in fields]
    answers = {seen.field: _typed_value(seen.value, fields[seen.field]) for seen in own}
    documents = {one.title: TypedDocument(_typed(one.day), _typed(one.valid_to)) for one in unit.documents}
    return TypedUnit(unit.kind, answers, documents, unit.code, unit.name)


def _typed_value(value: Value, field: Field) -> str | tuple[Mapping[str, str], ...]:
    if not isinstance(value, tuple):
        return _typed(value, field.type)
    types = {column.id: column.type for column in field.columns}
    return tuple({name: _typed(cell, types[name]) for name, cell in row.items()} for row in value)


def _typed(value: Scalar | None, kind: FieldType = "text") -> str:
    """Return a value as a person types it, the same in both languages.

    >>> _typed(True), _typed(85, "percent"), _typed(date(2026, 2, 3)), _typed("hill"), _typed(None)
    ('是', '85%', '2026-02-03', 'hill', '')
    """
    match value:
        case None:
            return ""
        case bool():
            return (YES if value else NO).zh
        case str():
            return value
        case date():
            return value.isoformat()
        case _:
            return plain(value) + ("%" if kind == "percent" else "")
