"""Lays an invented round out as it stood on a day: what was handed in by then, as submissions with their receipts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..core.problems import Lang
from ..evidence.files import EVIDENCE
from ..evidence.model import Received
from ..evidence.submissions import NUMBERED, digest_of, sealed
from ..standard.model import ROLES, Field, Pack
from ..store.ledger import LEDGER, Receipt, chained
from ..store.write import HEAD, received_lines
from .evidence import Facts, InventedPaper, InventedRecord, InventedUnit, evidence_lines
from .invent import SampleFile, applicants, invent_units, roster_of
from .recipe import Recipe
from .round_file import day_in, round_text

SETTLED = ("objections: none", "objections: settled")
"""What the decision of naming says of objections, as the recipe has it and where one was upheld."""


class InventedSubmission(Struct, frozen=True):
    """What one role hands in about a unit on one day."""

    unit: InventedUnit
    day: date
    role: str
    records: tuple[InventedRecord, ...]
    papers: tuple[InventedPaper, ...] = ()
    reason: str = ""
    decision: str = ""

    @property
    def by(self) -> str:
        return "、".join(dict.fromkeys(record.by for record in self.records))


def stage_day(recipe: Recipe, stage: str) -> date | None:
    """Return the day as of which a stage shows the round; None where the recipe knows no such stage."""
    days = recipe.get("stages", {})
    return day_in(days[stage]) if stage in days else None


def round_as_of(pack: Pack, recipe: Recipe, on: date, lang: Lang = "zh") -> Iterator[SampleFile]:
    """Yield every file of the sample round as it stood at the end of a day."""
    units = invent_units(pack, recipe)
    yield SampleFile("round.yaml", round_text(pack, recipe, applicants(units), on))
    yield roster_of(units)
    yield from _papers_by(recipe, on, lang)
    yield from _evidence_by(pack, recipe, units, on)


def _papers_by(recipe: Recipe, on: date, lang: Lang) -> Iterator[SampleFile]:
    """Yield the calendar, and the official papers that were issued by a day."""
    if "calendar" in recipe:
        yield SampleFile("calendar.yaml", recipe["calendar"])
    for word in ("notice", "decision"):
        text = recipe.get(word, {}).get(lang, "")
        if text and on >= _issued(text):
            yield SampleFile(f"{word}.yaml", text.replace(*SETTLED) if "objection" in recipe else text)


def _issued(text: str) -> date:
    """Return the day of which a paper is dated."""
    line = next(line for line in text.splitlines() if line.startswith("dated:"))
    return day_in(line.partition(":")[2].strip(' "'))


def _evidence_by(pack: Pack, recipe: Recipe, units: Sequence[InventedUnit], on: date) -> Iterator[SampleFile]:
    """Yield the submissions that came in by a day, in the order of their receipts, and at last the ledger."""
    fields = {field.id: field for field in pack.fields}
    came = [one for unit in units for one in _submissions(recipe, unit, fields) if one.day <= on]
    came.sort(key=lambda one: (one.day, one.unit.code, tuple(ROLES).index(one.role)))
    number: dict[str, int] = {}
    digest: dict[str, str] = {}
    receipts = []
    for one in came:
        code, by = one.unit.code, one.by
        number[code] = number.get(code, 0) + 1
        text = sealed("".join(_lines(one, number[code], digest.get(code, ""))))
        digest[code] = digest_of(text)
        receipts.append(Receipt(0, code, number[code], one.day.isoformat(), by, digest[code], ""))
        yield SampleFile(f"{EVIDENCE}/{code}/{NUMBERED.format(number[code])}", text.decode())
    if receipts:
        yield SampleFile(LEDGER, "".join(line.decode() + "\n" for line in chained(receipts)))


def _lines(one: InventedSubmission, number: int, after: str) -> Iterator[str]:
    received = Received(one.day, one.by, one.reason, number=number, decision=one.decision)
    yield HEAD
    for line in (*evidence_lines(one.unit, one.records, one.papers), *received_lines(received, after)):
        yield f"{line}\n"


# ---- who handed in what when


def _submissions(recipe: Recipe, unit: InventedUnit, fields: Mapping[str, Field]) -> Iterator[InventedSubmission]:
    """Yield what is handed in about a unit: each role on its day, and what came later on the reference date."""
    last = day_in(recipe["reference_date"])
    then, later = zip(*(_divided(record, last, fields) for record in unit.records), strict=True)
    own = next((record for record in unit.records if record.role == "applicant"), unit.records[0])
    for (day, role), records in _by_role(then):
        papers = tuple(p for p in unit.papers if p.day <= day) if role == own.role else ()
        yield InventedSubmission(unit, day, role, records, papers)
    missing = tuple(paper for paper in unit.papers if paper.day > own.day)
    completed = {role: records for (_, role), records in _by_role(later) if any(one.facts for one in records)}
    if missing:
        completed.setdefault(own.role, (replace(own, day=last, facts={}),))
    for role, records in completed.items():
        yield InventedSubmission(unit, last, role, records, missing if role == own.role else (), recipe["completed"])
    if recipe.get("objection", {}).get("unit") == unit.code:
        yield _corrected(recipe["objection"], unit, last)


def _by_role(records: Iterable[InventedRecord]) -> Iterator[tuple[tuple[date, str], tuple[InventedRecord, ...]]]:
    """Yield the records of each role, which come in together."""
    for key, found in groupby(records, key=lambda record: (record.day, record.role)):
        yield key, tuple(found)


def _divided(record: InventedRecord, last: date, fields: Mapping[str, Field]) -> tuple[InventedRecord, InventedRecord]:
    """Return what a record could say on its day, and what it says on the last one of registers that went on since."""
    then = {name: _by_then(value, fields[name], record.day) for name, value in record.facts.items()}
    later = {name: value for name, value in record.facts.items() if then[name] != value}
    known: Facts = {name: value for name, value in then.items() if value is not None}
    return replace(record, facts=known), replace(record, facts=later, day=last)


def _by_then(value: Any, field: Field, day: date) -> Any:
    """Return a value without what had not happened by a day; None where nothing of it had."""
    if isinstance(value, date):
        return value if value <= day or field.may_lie_ahead else None
    if not isinstance(value, list):
        return value
    past = [column.id for column in field.columns if column.type == "date" and not column.may_lie_ahead]
    return [row for row in value if all(row[name] <= day for name in past if name in row)]


def _corrected(spec: Mapping[str, Any], unit: InventedUnit, last: date) -> InventedSubmission:
    """Return the correction that an objection leads to."""
    day = day_in(spec["received"])
    by = next(record.by for record in unit.records if record.role == spec["role"])
    record = InventedRecord(by, spec["role"], day, spec["facts"], last)
    return InventedSubmission(unit, day, spec["role"], (record,), (), spec["reason"], spec["id"])
