"""Proves that the same data as YAML, CSV, XLSX with registers on sheets of their own, and the long form are read alike."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from meihao.core.problems import Source, errors
from meihao.core.text import is_nobody, normal, person, plain_code
from meihao.evidence.files import read_evidence
from meihao.evidence.model import Document, UnitEvidence
from meihao.evidence.unit_file import read_unit_file
from meihao.standard.model import Field

from .small_pack import FIELDS, PACK, Cells, read, said, workbook

ROLES = ("applicant", "township", "county", "inspector", "registry")
Row = dict[str, object]
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
# words that mean something in a sheet are no names here: none, errors of formulas
NAMES = TEXT.filter(lambda text: text == normal(text) and text not in ("无", "[]") and text[0] != "#")
CODES = NAMES.filter(lambda text: text == plain_code(text))
PLAIN = [f for f in FIELDS if f.type != "table" and not f.id.startswith("twin")]


class Record(Struct, frozen=True):
    """What one observer handed in about a unit; the first field's reason stands beside its value."""

    observer: str
    role: str
    day: date | None
    facts: dict[str, object]
    reason: str
    grids: list[Row] | None


class Unit(Struct, frozen=True):
    code: str
    kind: str
    name: str
    region: str
    records: list[Record]
    documents: list[dict[str, str]]


def decimals(low: int, high: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(low, high, places=3, allow_nan=False, allow_infinity=False)


def values(field: Field) -> st.SearchStrategy[object]:
    if field.type == "percent":
        return st.one_of(st.just(0), st.integers(1, 100), st.decimals(1, 100, places=4))
    if field.type == "choice":
        return st.sampled_from([word for code, label in field.options for word in (code, label.zh, label["en"])])
    if field.range:
        low, high = (int(edge) for edge in field.range)
        return st.integers(low, high) if field.type == "count" else decimals(low, high)
    return {"yes_no": st.booleans(), "date": st.dates(date(1990, 1, 1), date(2030, 1, 1))}.get(field.type, NAMES)


ROWS = st.fixed_dictionaries(
    {"code": CODES},
    optional={
        "households": st.integers(0, 2000),
        "staffed": st.booleans(),
        "since": st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    },
)


@st.composite
def records(draw: st.DrawFn, kind: str, observer: str, tables: bool) -> Record:
    asked = [f for f in PLAIN if kind in f.kinds]
    facts = draw(st.fixed_dictionaries({}, optional={f.id: values(f) for f in asked}))
    grids: list[Row] | None = None
    if kind != "compound":
        lists = st.lists(ROWS, max_size=3 if tables else 0)
        grids = draw(st.one_of(st.none(), lists))
    reason = draw(st.one_of(st.just(""), NAMES)) if "looks.tidy" in facts else ""
    day = draw(st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2026, 12, 31))))
    return Record(observer, draw(st.sampled_from(ROLES)), day, facts, reason, grids)


@st.composite
def units(draw: st.DrawFn, tables: bool) -> list[Unit]:
    codes = draw(st.lists(CODES, min_size=1, max_size=3, unique_by=str.casefold))
    found = []
    for code in codes:
        kind = draw(st.sampled_from(["village", "community", "compound"]))
        observers = draw(
            st.lists(NAMES.filter(lambda name: not is_nobody(name)), min_size=1, max_size=2, unique_by=person)
        )
        documents = draw(st.lists(documents_of(), max_size=2)) if tables else []
        given = [draw(records(kind, observer, tables)) for observer in observers]
        found.append(Unit(code, kind, draw(NAMES), draw(st.sampled_from(["", "0512"])), given, documents))
    return found


@st.composite
def documents_of(draw: st.DrawFn) -> dict[str, str]:
    day = st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(date.isoformat)
    optional = {"number": NAMES, "issuer": NAMES, "date": day, "valid_to": day, "sha256": st.just("ab" * 32)}
    found = draw(st.fixed_dictionaries({"title": NAMES}, optional={**optional, "proves": st.just("households")}))
    if "valid_to" in found and found.get("date", "") > found["valid_to"]:  # such a document is refused
        found["date"], found["valid_to"] = found["valid_to"], found["date"]
    return found


# ---- the same units in every form


def yaml_text(unit: Unit) -> str:
    """Return JSON, which is YAML too; decimals are written as they stand."""
    named = {"code": unit.code, "kind": unit.kind, "name": unit.name} | ({"region": unit.region} if unit.region else {})
    observations = []
    for record in unit.records:
        one: dict[str, object] = {"by": record.observer, "role": record.role, "facts": facts_of(record)}
        one |= {"date": record.day.isoformat()} if record.day else {}
        one |= {"reasons": {"looks.tidy": record.reason}} if record.reason else {}
        observations.append(one)
    documents = [{**d, **({"proves": [d["proves"]]} if "proves" in d else {})} for d in unit.documents]
    return dump({"unit": named, "observations": observations, "documents": documents})


def facts_of(record: Record) -> dict[str, object]:
    return {**record.facts, **({"grids": record.grids} if record.grids is not None else {})}


def dump(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k, ensure_ascii=False)}: {dump(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(dump, value)) + "]"
    if isinstance(value, date):
        return json.dumps(value.isoformat())
    return f"{value:f}" if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


HEAD = ["编号", "kind", "名称", "region", "填报人", "role", "日期"]


def head_of(unit: Unit, record: Record) -> list[object]:
    return [unit.code, unit.kind, unit.name, unit.region, record.observer, record.role, record.day]


def wide(units: list[Unit], empty_only: bool = False) -> Iterator[list[object]]:
    """Yield the wide form: titles where they are unique, ids elsewhere; `无` for an empty register."""
    ids = [f.id for f in PLAIN]
    titles = ["总户数（户）", *ids[1:]]
    yield [*HEAD, *titles, "环境整洁评分（理由）", "微网格台账"]
    for unit in units:
        for record in unit.records:
            none = "无" if record.grids == [] else None
            yield [*head_of(unit, record), *(record.facts.get(i) for i in ids), record.reason or None, none]


def grids(units: list[Unit]) -> Iterator[list[object]]:
    yield ["单位", "observer", "身份", "网格编号", "households", "配有网格员", "since"]
    for unit in units:
        for record in unit.records:
            for row in record.grids or ():
                cells = (row.get(c) for c in ("code", "households", "staffed", "since"))
                yield [unit.code, record.observer, record.role, *cells]


def material(units: list[Unit]) -> Iterator[list[object]]:
    names = ("title", "number", "issuer", "date", "valid_to", "proves", "sha256")
    yield ["编号", "材料名称", "文号", "出具单位", "日期", "有效期至", "证明", "摘要"]
    for unit in units:
        for document in unit.documents:
            yield [unit.code, *(document.get(name) for name in names)]


def long(units: list[Unit]) -> Iterator[list[object]]:
    """Yield the long form; what a unit is stands in a first row of its own without a value."""
    yield ["单位", "字段", "行", "值", "记录人", "身份", "日期", "理由", "类别", "名称", "地区"]
    for unit in units:
        yield [unit.code, None, None, None, None, None, None, None, unit.kind, unit.name, unit.region]
        for record in unit.records:
            who: list[object] = [record.observer, record.role, record.day]
            for name, value in record.facts.items():
                reason = record.reason if name == "looks.tidy" else None
                yield [unit.code, name, None, value, *who, reason]
            if record.grids == []:
                yield [unit.code, "微网格台账", None, "无", *who]
            for number, row in enumerate(record.grids or (), 1):
                for column, value in row.items():
                    yield [unit.code, f"grids.{column}", number, value, *who]


def csv_bytes(rows: Cells, encoding: str = "utf-8-sig") -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([["" if c is None else text_of(c) for c in row] for row in rows])
    return stream.getvalue().encode(encoding)


def text_of(cell: object) -> str:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


# ---- what must be equal


def alike(unit: UnitEvidence) -> UnitEvidence:
    """Return a unit without places, its observations in one order."""
    seen = [replace(o, place=Source()) for o in unit.observations]
    documents = tuple(replace(d, source=Source()) for d in unit.documents)
    ordered = tuple(sorted(seen, key=lambda o: (o.observer, o.role, o.field)))
    return replace(unit, source=Source(), documents=documents, observations=ordered)


def from_yaml(units: list[Unit], folder: Path) -> dict[str, UnitEvidence]:
    found = {}
    for unit in units:
        path = folder / "unit.yaml"
        path.write_text(yaml_text(unit), encoding="utf-8")
        evidence, problems = read_unit_file(path, PACK)
        assert evidence is not None, said(problems, folder)
        found[evidence.code] = alike(evidence)
    return found


def from_table(name: str, data: bytes, folder: Path) -> dict[str, UnitEvidence]:
    found, problems = read(folder, name, data)
    assert not errors(problems), said(problems, folder)
    return {unit.code: alike(unit) for unit in found}


FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(units(tables=True))
def test_workbooks_wide_and_long_say_what_yaml_says(given: list[Unit]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        expected = from_yaml(given, folder)
        sheets: dict[str, Cells] = {
            "单位": list(wide(given)),
            "微网格台账": list(grids(given)),
            "材料": list(material(given)),
        }
        assert from_table("wide.xlsx", workbook(sheets), folder) == expected
        sheets = {"事实": list(long(given)), "documents": list(material(given))}
        assert from_table("long.xlsx", workbook(sheets), folder) == expected


@FEW
@given(units(tables=False))
def test_csv_wide_and_long_say_what_yaml_says(given: list[Unit]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        expected = from_yaml(given, folder)
        assert from_table("wide.csv", csv_bytes(list(wide(given))), folder) == expected
        assert from_table("long.csv", csv_bytes(list(long(given))), folder) == expected


@FEW
@given(units(tables=True))
def test_a_csv_of_documents_beside_the_units_says_what_yaml_says(given: list[Unit]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, forms = Path(name) / "yaml", Path(name) / "csv"
        folder.mkdir()
        expected = from_yaml(given, folder)
        for table, rows in (("units.csv", long(given)), ("材料.csv", material(given))):
            forms.mkdir(exist_ok=True)
            (forms / table).write_bytes(csv_bytes(list(rows)))
        found, problems = read_evidence(forms, PACK)
        assert not errors(problems), said(problems, forms)
        assert {unit.code: alike(unit) for unit in found} == expected


@FEW
@given(units(tables=True))
def test_a_csv_in_long_form_holds_registers_as_well(given: list[Unit]) -> None:
    bare = [replace(unit, documents=[]) for unit in given]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        assert from_table("long.csv", csv_bytes(list(long(bare))), folder) == from_yaml(bare, folder)


def test_every_form_gives_these_values_and_documents(tmp_path: Path) -> None:
    record = Record(
        "赵工", "inspector", date(2026, 5, 20), {"households": 320, "income": Decimal("12.50"), "square": True},
        "", [{"code": "01", "households": 12, "staffed": False}],
    )  # fmt: skip
    unit = Unit(
        "0512",
        "village",
        "青禾村",
        "07",
        [record],
        [{"title": "章程", "number": "川〔2026〕1号", "proves": "households"}],
    )
    sheets: dict[str, Cells] = {
        "单位": list(wide([unit])),
        "微网格台账": list(grids([unit])),
        "材料": list(material([unit])),
    }
    found = from_table("one.xlsx", workbook(sheets), tmp_path)["0512"]
    assert (found.kind, found.name, found.region) == ("village", "青禾村", "07")
    seen = {o.field: o.value for o in found.observations}
    rows = ({"code": "01", "households": 12, "staffed": False},)
    assert seen == {"households": 320, "income": Fraction(25, 2), "square": True, "grids": rows}
    assert {(o.observer, o.role, o.day) for o in found.observations} == {("赵工", "inspector", date(2026, 5, 20))}
    assert found.documents == (Document("章程", "川〔2026〕1号", proves=("households",)),)
