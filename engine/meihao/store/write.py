"""Writes one submission of a unit as evidence YAML that reads back to the same values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from ..core.numbers import Number, exact
from ..core.problems import Source
from ..core.text import quoted
from ..evidence.model import Document, Observation, Received, Scalar, UnitEvidence, Value
from ..evidence.submissions import sealed
from ..standard.model import Column, Field, Pack

HEAD = "# 收件：由程序写入，不要改动；要更正，请再交一份。A submission as it came in: to correct it, hand in another.\n"


def submission_bytes(unit: UnitEvidence, received: Received, after: str, pack: Pack) -> bytes:
    """Return a submission's file; `after` is the digest of the one before it, "" for the first."""
    fields = {field.id: field for field in pack.fields}
    return sealed("".join(f"{line}\n" for line in _lines(unit, received, after, fields)))


def unit_bytes(unit: UnitEvidence, pack: Pack) -> bytes:
    """Return a unit's evidence as a file that can be taken in: a submission before it came in."""
    return "".join(f"{line}\n" for line in _unit_lines(unit, {field.id: field for field in pack.fields})).encode()


def _lines(unit: UnitEvidence, received: Received, after: str, fields: Mapping[str, Field]) -> Iterator[str]:
    yield HEAD.rstrip("\n")
    yield from _unit_lines(unit, fields)
    yield from received_lines(received, after)


def _unit_lines(unit: UnitEvidence, fields: Mapping[str, Field]) -> Iterator[str]:
    region = f", region: {quoted(unit.region)}" if unit.region else ""
    name = unit.name or unit.code
    yield f"unit: {{code: {quoted(unit.code)}, kind: {unit.kind}, name: {quoted(name)}{region}}}"
    yield "observations:" if unit.observations else "observations: []"
    for record in _records(unit.observations):
        yield from _record(record, fields)
    yield "documents:" if unit.documents else "documents: []"
    for document in unit.documents:
        yield f"  - {{{', '.join(f'{key}: {value}' for key, value in _document(document))}}}"


def received_lines(received: Received, after: str) -> Iterator[str]:
    """Yield how a submission came in, the last part of its file."""
    yield "received:"
    yield f"  number: {received.number}"
    yield f"  date: {received.on.isoformat()}"
    texts = {
        "by": received.by,
        "reason": received.reason,
        "decision": received.decision,
        "file": received.file,
        "sha256": received.sha256,
        "after": after,
    }
    yield from (f"  {key}: {quoted(text)}" for key, text in texts.items() if text)


def _records(observations: Iterable[Observation]) -> list[list[Observation]]:
    """Return the observations by record: of one observer, role and days, each field once."""
    records: dict[tuple[str, str, date | None, date | None, int], list[Observation]] = {}
    times: dict[tuple[str, str, date | None, date | None, str], int] = {}
    for one in observations:
        who = (one.observer, one.role, one.day, one.as_of)
        again = times.get((*who, one.field), 0)
        times[(*who, one.field)] = again + 1
        records.setdefault((*who, again), []).append(one)
    return list(records.values())


def _record(record: list[Observation], fields: Mapping[str, Field]) -> Iterator[str]:
    first = record[0]
    yield f"  - by: {quoted(first.observer)}"
    yield f"    role: {first.role}"
    if first.day:
        yield f"    date: {first.day.isoformat()}"
    if first.as_of:
        yield f"    as_of: {first.as_of.isoformat()}"
    yield "    facts:"
    for one in record:
        yield from _fact(one, fields[one.field])
    if any(one.reason for one in record):
        yield "    reasons:"
        yield from (f"      {one.field}: {quoted(one.reason)}" for one in record if one.reason)


def _fact(observation: Observation, field: Field) -> Iterator[str]:
    if not isinstance(observation.value, tuple):
        yield f"      {observation.field}: {_value(observation.value, field)}{_place(observation.source)}"
        return
    yield f"      {observation.field}:{'' if observation.value else ' []'}{_place(observation.source)}"
    columns = {column.id: column for column in field.columns}
    for row in observation.value:
        cells = ", ".join(f"{name}: {_value(value, columns[name])}" for name, value in row.items())
        yield f"        - {{{cells}}}"


def _place(source: Source) -> str:
    """Return a remark that keeps where in the original file a value stood."""
    place = (
        f"{source.sheet}!{source.cell}" if source.cell else f"第{source.row}行 row {source.row}" if source.row else ""
    )
    return "  # " + "".join(c if c.isprintable() else " " for c in place) if place else ""


def _value(value: Value | Scalar, field: Field | Column) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return quoted(value)
        case date():
            return value.isoformat()
        case tuple():  # pragma: no cover  # a table holds no tables
            raise TypeError(field.id)
        case _:
            return _number(value, field)


def _number(value: Number, field: Field | Column) -> str:
    """Return a number as it is read back; below one percent the sign says which percent is meant."""
    text = exact(value)
    return quoted(f"{text}%") if field.type == "percent" and 0 < value < 1 else text


def _document(d: Document) -> Iterator[tuple[str, str]]:
    yield "title", quoted(d.title)
    yield from ((key, quoted(text)) for key, text in (("number", d.number), ("issuer", d.issuer)) if text)
    yield from ((key, day.isoformat()) for key, day in (("date", d.day), ("valid_to", d.valid_to)) if day)
    if d.proves:
        yield "proves", f"[{', '.join(d.proves)}]"
    if d.sha256:
        yield "sha256", quoted(d.sha256)
