"""Reads a unit's evidence from YAML or JSON; every value knows its place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from ..core.calendar import parse_date
from ..core.files import read_file
from ..core.problems import Problem, Problems, errors, sort_by_place
from ..core.text import Label, hints, is_nobody, normal
from ..standard.model import Column, Field, Pack
from ..standard.model.parts import titles_of_documents
from ..text_in.shape import check_shape
from ..text_in.yaml_reader import YamlDocument as Text
from ..text_in.yaml_reader import read_yaml
from . import messages as m
from .contradictions import Latest, at_door, parts_above_wholes
from .model import Document, Observation, Received, UnitEvidence, Value
from .papers import days_disagree, near_titles, number_of, wanted_titles
from .values import read_table, read_value

DAY = Column("date", Label("日期", "date"), "date")


class _Reading(Struct, frozen=True):
    text: Text
    fields: Mapping[str, Field]
    kind: str
    kind_title: Label
    received: Received | None
    titles: Mapping[str, str]
    wanted: Collection[str]
    latest: Latest | None = None


def read_unit_file(path: Path, pack: Pack, latest: Latest | None = None) -> tuple[UnitEvidence | None, Problems]:
    """Return a unit's evidence; None where an error makes it unusable. Raises OSError."""
    return read_unit_bytes(read_file(path), str(path), pack, latest)


def read_unit_bytes(
    data: bytes, file: str, pack: Pack, latest: Latest | None = None
) -> tuple[UnitEvidence | None, Problems]:
    """Return what the bytes of a file of one unit say; None where an error makes it unusable."""
    text, problems = read_yaml(data, file)
    if text is None or errors(problems):
        return None, problems
    return read_unit(text, pack, latest)


def read_unit(text: Text, pack: Pack, latest: Latest | None = None) -> tuple[UnitEvidence | None, Problems]:
    """Read one unit from a document that was read strictly; dates later than `latest` are said unless they may be.

    What was stored has been asked when it came in: its contradictions are not looked for again.
    """
    if problems := check_shape(text, "evidence"):
        return None, problems
    data: Any = text.data
    kinds = {kind.id: kind.title for kind in pack.kinds}
    kind = data["unit"]["kind"]
    if kind not in kinds:
        return None, (m.UNKNOWN_KIND.at(text.at(("unit", "kind")), kind=kind, **hints(kind, kinds)),)
    fields = {field.id: field for field in pack.fields}
    listed = bool(data.get("documents"))
    titles = titles_of_documents(pack, kind) if listed else {}
    received = received_of(data)
    wanted = wanted_titles(pack, kind) if listed and not received else {}
    reading = _Reading(text, fields, kind, kinds[kind], received, titles, wanted, None if received else latest)
    observations, problems = _observations(reading, data["observations"])
    documents, more = _documents(reading, data.get("documents", ()))
    unit = data["unit"]
    names = (normal(unit["code"]), kind, normal(unit["name"]), unit.get("region", ""))
    evidence = UnitEvidence(*names, observations, documents, text.at(("unit",)))
    above = () if received else parts_above_wholes((evidence,), pack)
    problems = sort_by_place((*problems, *more, *above))
    return (None if errors(problems) else evidence), problems


def received_of(data: Any) -> Received | None:
    """Return how a submission came in; None for evidence that was not stored by the program. The shape has been checked."""
    if (r := data.get("received")) is None:
        return None
    reason, file, sha256, decision = (r.get(key, "") for key in ("reason", "file", "sha256", "decision"))
    return Received(parse_date(r["date"]) or date.min, r["by"], reason, file, sha256, r["number"], decision)


def _observations(reading: _Reading, records: Any) -> tuple[tuple[Observation, ...], Problems]:
    seen: list[Observation] = []
    problems: list[Problem] = []
    latest = at_door(reading.latest)
    for number, record in enumerate(records):
        reasons = record.get("reasons", {})
        if latest and "date" in record:
            problems += latest.check(parse_date(record["date"]), DAY, reading.text.at(("observations", number, "date")))
        if record["role"] == "inspector" and is_nobody(record["by"]):
            problems.append(
                m.NO_INSPECTOR.at(reading.text.at(("observations", number, "by")), observer=record["by"][:40])
            )
        for name, raw in record["facts"].items():
            path = ("observations", number, "facts", name)
            value, found = _value(reading, name, raw, path)
            problems += found
            if value is not None:
                day, as_of = (parse_date(record[key]) if key in record else None for key in ("date", "as_of"))
                who, at, why = normal(record["by"]), reading.text.at(path), reasons.get(name, "")
                seen.append(Observation(name, value, who, record["role"], day, at, why, reading.received, as_of))
    return tuple(seen), tuple(problems)


def _value(reading: _Reading, name: str, raw: Any, path: tuple[str | int, ...]) -> tuple[Value | None, Problems]:
    field = reading.fields.get(name)
    if field is None:
        known = [f.id for f in reading.fields.values() if reading.kind in f.kinds]
        return None, (m.UNKNOWN_FIELD.at(reading.text.at_key(path), field=name, **hints(name, known)),)
    if reading.kind not in field.kinds:
        return None, (m.NOT_ASKED.at(reading.text.at_key(path), kind=reading.kind_title, label=field.title),)
    if field.type == "table" and isinstance(raw, list):
        places = {(i, c): reading.text.at((*path, i, c)) for i, row in enumerate(raw) for c in row}
        stored = reading.received is not None
        return read_table(raw, field, reading.text.at(path), places, reading.latest, stored)
    return read_value(raw, field, reading.text.at(path), reading.latest)


def _documents(reading: _Reading, records: Any) -> tuple[tuple[Document, ...], Problems]:
    documents = []
    problems: list[Problem] = []
    for number, record in enumerate(records):
        path: tuple[str | int, ...] = ("documents", number)
        for i, name in enumerate(record.get("proves", ())):
            if name not in reading.fields:
                at = reading.text.at((*path, "proves", i))
                problems.append(m.UNKNOWN_FIELD.at(at, field=name, **hints(name, reading.fields)))
        document, found = _document(record, path, reading)
        documents.append(document)
        problems += found
    problems += near_titles(documents, reading.wanted)
    return tuple(documents), tuple(problems)


def _document(record: Any, path: tuple[str | int, ...], reading: _Reading) -> tuple[Document, Problems]:
    days = {key: parse_date(record[key]) if key in record else None for key in ("date", "valid_to")}
    title, at = normal(record["title"]), reading.text.at(path)
    number, problems = number_of(normal(record.get("number", "")), reading.text.at((*path, "number")))
    texts = (reading.titles.get(title, title), number, normal(record.get("issuer", "")))
    proves, sha256 = tuple(record.get("proves", ())), record.get("sha256", "")
    document = Document(*texts, days["date"], days["valid_to"], proves, sha256, at, reading.received)
    if reading.received is not None:
        return document, ()
    latest = at_door(reading.latest)
    late = latest.check(document.day, DAY, reading.text.at((*path, "date"))) if latest else ()
    return document, (*problems, *days_disagree(document, reading.text.at((*path, "valid_to"))), *late)
