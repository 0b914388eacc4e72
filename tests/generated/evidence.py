"""A seed and a pack -> rounds with their units: observations by all roles, contradictions, gaps, documents."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from meihao.core.numbers import simplest
from meihao.core.problems import Source
from meihao.core.text import Label
from meihao.evidence.model import Document, Observation, Row, Scalar, UnitEvidence, Value
from meihao.round.cases import make_cases
from meihao.round.model import Case, Grant, Region, RegisterReceipt, Round, Stage
from meihao.standard.model import Column, Field, Pack, Role

from .criteria import DOCUMENTS
from .words import DATES, REGIONS, TEXTS

DAY = date(2026, 6, 30)
OTHERS: tuple[Role, ...] = ("registry", "inspector", "county", "township", "applicant")
STAGES: tuple[Stage, ...] = ("self", "verified", "verified", "verified")
LOGGED = 4  # dates of a log row run on


class Session(Struct, frozen=True):
    """A round with the units that are judged together in it."""

    round: Round
    units: tuple[UnitEvidence, ...]
    children: Mapping[str, tuple[Mapping[str, str], ...]] | None
    whole: bool = True

    def cases(self, pack: Pack) -> tuple[Case, ...]:
        return make_cases(pack, self.round, self.units, self.whole, self.children)


def make_sessions(number: int, pack: Pack, units: int, at_once: int = 25) -> Iterator[Session]:
    """Yield rounds that together hold so many units; stage, deadline and reference date differ from one to the next."""
    seed = random.Random(number)
    for start in range(0, units, at_once):
        codes = [f"U{n}" for n in range(start, min(start + at_once, units))]
        yield make_session(seed, pack, codes)


def make_session(
    seed: random.Random, pack: Pack, codes: Sequence[str], closed: bool | None = None, gaps: float | None = None
) -> Session:
    """Return one round; `closed` and `gaps` (how often a fact is missing) are left to chance where they are not given."""
    day = None if seed.random() < 0.1 else DAY
    shut = seed.random() < 0.4 if closed is None else closed
    found = tuple(make_unit(seed, pack, code, gaps) for code in codes)
    grants = tuple(_grant(pack, code) for code in codes if pack.waivers and seed.random() < 0.15)
    round_ = Round(
        "round", Label("一轮"), day, shut, seed.choice(STAGES), grants=grants,
        registers=tuple(_receipts(seed, pack)), regions=tuple(Region(code, code, "county") for code in REGIONS),
    )  # fmt: skip
    children = None if seed.random() < 0.5 else {code: _children(seed) for code in codes if seed.random() < 0.7}
    return Session(round_, found, children, whole=seed.random() < 0.9)


def _grant(pack: Pack, code: str) -> Grant:
    return Grant(code, pack.waivers[0].id, "委员会", DAY - timedelta(days=90), DAY, "批复", "理由")


def _receipts(seed: random.Random, pack: Pack) -> Iterator[RegisterReceipt]:
    """Yield what came in of each register: mostly all of it, now and then too early, in part or for one region."""
    for register in pack.registers:
        if seed.random() < 0.8:
            as_of = DAY - timedelta(days=seed.choice((0, 0, 0, 1)))
            regions = REGIONS[:1] if seed.random() < 0.2 else ()
            yield RegisterReceipt(register.id, seed.random() < 0.9, as_of, DAY, "部门", regions)


def _children(seed: random.Random) -> tuple[Mapping[str, str], ...]:
    verdicts = ("passed", "failed", "undetermined")
    return tuple({"code": f"C{n}", "verdict": seed.choice(verdicts)} for n in range(seed.randint(0, 3)))


def make_unit(seed: random.Random, pack: Pack, code: str, gaps: float | None = None) -> UnitEvidence:
    """Return what was handed in about one unit."""
    kind = seed.choice(pack.kinds).id
    often = seed.choice((0, 0.05, 0.05, 0.3)) if gaps is None else gaps
    seen: list[Observation] = []
    for field in pack.fields:
        if kind in field.kinds and seed.random() >= often:
            seen += observe(seed, field)
    documents = tuple(d for title in DOCUMENTS if seed.random() < 0.85 for d in _documents(seed, title, code))
    return UnitEvidence(code, kind, f"单位{code}", seed.choice((*REGIONS, *REGIONS, "")), tuple(seen), documents)


def observe(seed: random.Random, field: Field) -> list[Observation]:
    """Return the records of one field: by whom it is provided, now and then by others too, alike or not."""
    roles: list[Role] = [field.provided_by]
    if seed.random() < 0.25:
        roles.append(seed.choice(OTHERS))
    found: list[Observation] = []
    for role in roles:
        count = seed.choice((1, 1, 2, 3, 4)) if role == "inspector" else seed.choice((1, 1, 1, 1, 2))
        value = make_value(seed, field)
        for n in range(count):
            if seed.random() < 0.2:
                value = make_value(seed, field)
            day = None if seed.random() < 0.1 else DAY - timedelta(days=seed.choice((0, 1, 30)))
            found.append(
                Observation(field.id, value, f"{role}{n}", role, day, Source("unit.yaml", line=len(found) + 1))
            )
    return found


def make_value(seed: random.Random, field: Field) -> Value:
    """Return a value that the field admits."""
    if field.type == "table":
        rows = seed.choice((0, 1, 2, 3, 5, 8))
        return tuple(_row(seed, field.columns) for _ in range(rows))
    return _scalar(seed, field)


def _row(seed: random.Random, columns: Sequence[Column]) -> Row:
    if sum(column.type == "date" for column in columns) >= LOGGED:
        return _log(seed, columns)
    return {column.id: _scalar(seed, column) for column in columns if seed.random() < 0.96}


def _log(seed: random.Random, columns: Sequence[Column]) -> Row:
    """Return a log's row: mostly step after step, sometimes out of order or unfinished."""
    row: dict[str, Scalar] = {}
    day = DAY - timedelta(days=seed.choice((5, 20, 45, 200, 365, 366)))
    for column in columns:
        if seed.random() < 0.08:
            continue
        if column.type == "date":
            day += timedelta(days=seed.choice((0, 1, 5, 10, 15, -3)))
        row[column.id] = day if column.type == "date" else _scalar(seed, column)
    return row


def _scalar(seed: random.Random, of: Field | Column) -> Scalar:
    match of.type:
        case "yes_no":
            return seed.random() < 0.6
        case "choice":
            return seed.choice(of.options)[0]
        case "text":
            return seed.choice(TEXTS)
        case "date":
            return date.fromisoformat(seed.choice(DATES)) + timedelta(days=seed.choice((-1, 0, 0, 1)))
        case _:
            low, high = of.range or (0, 10)
            parts = 1 if of.type == "count" else seed.choice((1, 1, 2, 4, 3))
            return simplest(Fraction(seed.randint(int(low) * parts, int(high) * parts), parts))


def _documents(seed: random.Random, title: str, code: str) -> Iterator[Document]:
    """Yield a document that is valid, expired or without dates; numbers and contents are now and then another unit's too."""
    for n in range(seed.choice((1, 1, 2))):
        mark = seed.choice(("A", "B")) if seed.random() < 0.06 else f"{code}-{title}-{n}"
        content = seed.choice(("a", "b")) if seed.random() < 0.06 else f"{code}-{title}-{n}"
        day = None if seed.random() < 0.1 else DAY - timedelta(days=seed.choice((-1, 0, 10, 100, 400)))
        until = None if seed.random() < 0.1 else DAY + timedelta(days=seed.choice((-1, 0, 300, 300, 300)))
        proves = ("c1",) if seed.random() < 0.3 else ()
        yield Document(title, mark, "镇", day, until, proves, content)


def valid_document(title: str, code: str) -> Document:
    """Return a document that backs every item that wants its title."""
    return Document(title, f"{code}-{title}-valid", "镇", DAY, DAY + timedelta(days=30), (), f"{code}-{title}-valid")


def with_value(unit: UnitEvidence, field: Field, value: Value) -> UnitEvidence:
    """Return the unit with one field seen once, by the role that provides it, and by nobody else."""
    rest = tuple(o for o in unit.observations if o.field != field.id)
    seen = Observation(field.id, value, "one", field.provided_by, DAY, Source("unit.yaml", line=1))
    return replace(unit, observations=(*rest, seen))
