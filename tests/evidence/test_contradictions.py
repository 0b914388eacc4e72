"""What contradicts itself is said where it comes in: parts above wholes, rows twice, totals among rows, days to come."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from meihao.assessment.assess import assess
from meihao.assessment.plan import compile_plan
from meihao.core.problems import Problems, Source
from meihao.evidence.contradictions import AFTER_REFERENCE, Latest, is_total
from meihao.evidence.files import read_evidence
from meihao.evidence.model import Observation, UnitEvidence
from meihao.round.cases import make_cases
from meihao.round.read import lone_round
from meihao.standard.model import Pack

from .small_pack import FIELDS, pack

ON = Latest(date(2026, 6, 1))
VILLAGE = """unit: {{code: "001", kind: village, name: 甲村}}
observations:
{records}
documents: []
"""
PARTS = pack(
    tuple(
        replace(f, at_most="households")
        if f.id == "village.shops"
        else replace(f, unique_rows=True, columns=(*f.columns[:3], replace(f.columns[3], may_lie_ahead=False)))
        if f.id == "grids"
        else replace(f, may_lie_ahead=True)
        if f.id == "opened"
        else f
        for f in FIELDS
    )
)
Read = tuple[tuple[UnitEvidence, ...], Problems]


def record(by: str = "村委会", role: str = "applicant", day: str = "2026-05-01", **facts: str) -> str:
    told = ", ".join(f"{name.replace('__', '.')}: {value}" for name, value in facts.items())
    return f"  - {{by: {by}, role: {role}, date: {day}, facts: {{{told}}}}}"


def village(folder: Path, *records: str, standard: Pack = PARTS, latest: Latest | None = ON) -> Read:
    path = folder / "a.evidence.yaml"
    path.write_text(VILLAGE.format(records="\n".join(records)), "utf-8")
    return read_evidence(path, standard, latest)


def table(folder: Path, text: str, standard: Pack = PARTS, latest: Latest | None = ON) -> Read:
    path = folder / "a.csv"
    path.write_text(text, "utf-8")
    return read_evidence(path, standard, latest)


def told(problems: Problems, folder: Path) -> list[str]:
    return [p.text().replace(f"{folder}/", "") for p in problems]


def codes(read: Read) -> list[str]:
    return [p.code for p in read[1]]


# ---- parts and wholes


def test_a_part_above_its_whole_is_refused_with_both_places(tmp_path: Path) -> None:
    units, problems = village(tmp_path, record(households="60", village__shops="62"))
    assert units == ()
    assert told(problems, tmp_path) == [
        "a.evidence.yaml:3:89 E116 “商铺数”为62，大于“总户数”的60户（第3行第70列）"
        "（核对这两个数：前一个是后一个的一部分）"
    ]


@pytest.mark.parametrize("shops", ["59", "60"])
def test_a_part_up_to_its_whole_is_taken(tmp_path: Path, shops: str) -> None:
    assert codes(village(tmp_path, record(households="60", village__shops=shops))) == []


def test_what_two_people_or_two_days_say_is_left_to_the_rules(tmp_path: Path) -> None:
    mine = record(households="60")
    for other in (
        record(by="镇街", role="township", village__shops="62"),
        record(by="会计", village__shops="62"),
        record(day="2026-05-02", village__shops="62"),
    ):
        units, problems = village(tmp_path, mine, other)
        assert (len(units), problems) == (1, ())


def test_a_table_of_units_names_the_cell_of_the_part(tmp_path: Path) -> None:
    units, problems = table(tmp_path, "编号,类别,名称,总户数,商铺数\n001,村,甲村,60,62\n002,村,乙村,60,60\n")
    assert units == ()
    assert [(p.code, p.source.row, p.source.column) for p in problems] == [("E116", 2, 5)]


def test_the_long_form_is_looked_at_alike(tmp_path: Path) -> None:
    text = "单位,字段,值,类别,名称\n001,总户数,60,村,甲村\n001,商铺数,62\n"
    assert codes(table(tmp_path, text)) == ["E116"]


# ---- rows


GRID = "{code: g1, households: 10, since: 2020-01-01}"


def test_the_same_row_again_is_told_once_with_the_first_place(tmp_path: Path) -> None:
    units, problems = village(tmp_path, record(grids=f"[{', '.join([GRID] * 30)}]"))
    assert units == ()
    assert [p.code for p in problems] == ["E118"]
    assert "共29行" in problems[0].text()


def test_without_the_key_equal_rows_are_a_warning(tmp_path: Path) -> None:
    units, problems = village(tmp_path, record(grids=f"[{GRID}, {GRID}]"), standard=pack())
    assert (len(units), [(p.code, p.severity) for p in problems]) == (1, [("E119", "warning")])


def test_rows_that_differ_in_one_cell_are_two(tmp_path: Path) -> None:
    other = GRID.replace("10", "11")
    assert codes(village(tmp_path, record(grids=f"[{GRID}, {other}]"))) == []


def test_equal_rows_of_two_units_are_no_matter(tmp_path: Path) -> None:
    head = "单位,字段,行,值,类别,名称\n001,总户数,,60,村,甲村\n002,总户数,,60,村,乙村\n"
    rows = "".join(f"{code},grids.code,1,g1\n" for code in ("001", "002"))
    assert codes(table(tmp_path, head + rows)) == []


@pytest.mark.parametrize(
    "text", ["合计", "小计", "总计", " 合 计 ", "合计：", "本页小计", "Total", "Sub-total", "grand total"]
)
def test_a_word_for_a_sum_is_one(text: str) -> None:
    assert is_total(text)


@pytest.mark.parametrize("text", ["总计划", "会计", "合计公司", "1", "summer", ""])
def test_other_words_are_none(text: str) -> None:
    assert not is_total(text)


def test_a_row_of_totals_among_the_entries_is_refused_at_its_cell(tmp_path: Path) -> None:
    units, problems = village(tmp_path, record(grids="[{code: g1, households: 10}, {code: 合计, households: 10}]"))
    assert units == ()
    assert told(problems, tmp_path) == [
        "a.evidence.yaml:3:101 E117 “微网格台账”的这一行是“合计”，不是一条记录（删去合计行；程序自己会加）"
    ]


# ---- days to come


def test_a_day_after_the_day_of_handing_in_is_refused_at_its_cell(tmp_path: Path) -> None:
    units, problems = village(tmp_path, record(grids="[{code: g1, since: 2026-06-02}]"))
    assert units == ()
    assert told(problems, tmp_path) == [
        "a.evidence.yaml:3:84 E121 “设立日期”为2026-06-02，晚于交表的日子2026-06-01（核对日期；还没有做的不要填）"
    ]
    assert codes(village(tmp_path, record(grids="[{code: g1, since: 2026-06-01}]"))) == []


def test_a_day_that_may_lie_ahead_is_taken(tmp_path: Path) -> None:
    assert codes(village(tmp_path, record(opened="2026-12-31"))) == []


def test_a_record_of_a_day_to_come_is_refused(tmp_path: Path) -> None:
    assert codes(village(tmp_path, record(day="2026-06-02", households="60"))) == ["E121"]
    assert codes(table(tmp_path, "编号,类别,名称,日期,总户数\n001,村,甲村,2026-06-02,60\n")) == ["E121"]


def test_a_document_of_a_day_to_come_is_refused_and_its_end_may_lie_ahead(tmp_path: Path) -> None:
    units = "编号,类别,名称,总户数\n001,村,甲村,60\n"
    papers = "编号,材料名称,日期,有效期至\n001,章程,{day},2027-01-01\n"
    (tmp_path / "units.csv").write_text(units, "utf-8")
    for day, expected in (("2026-06-01", []), ("2026-06-02", ["E121"])):
        (tmp_path / "材料.csv").write_text(papers.format(day=day), "utf-8")
        assert codes(read_evidence(tmp_path, PARTS, ON)) == expected


def test_against_the_reference_date_a_day_to_come_is_a_warning(tmp_path: Path) -> None:
    reference = Latest(date(2026, 6, 1), AFTER_REFERENCE)
    units, problems = village(tmp_path, record(grids="[{code: g1, since: 2026-06-02}]"), latest=reference)
    assert (len(units), [(p.code, p.severity) for p in problems]) == (1, [("E122", "warning")])


def test_what_is_stored_is_not_asked_again(tmp_path: Path) -> None:
    stored = 'received: {number: 1, date: 2026-05-20, by: 甲, digest: "' + "0" * 64 + '"}\n'
    path = tmp_path / "a.evidence.yaml"
    rows = f"[{GRID}, {GRID}, {{code: 合计}}, {{code: g2, since: 2026-06-02}}]"
    facts = record(day="2026-06-02", households="60", village__shops="62", grids=rows)
    papers = "documents:\n  - {title: 章程, number: 无, date: 2026-06-02, valid_to: 2026-01-01}\n"
    text = VILLAGE.format(records=facts).replace("documents: []\n", papers)
    path.write_text(text, "utf-8")
    assert {"E111", "E113", "E116", "E117", "E118", "E121"} <= set(codes(read_evidence(path, PARTS, ON)))
    path.write_text(text + stored, "utf-8")
    units, problems = read_evidence(path, PARTS, ON)
    assert (len(units), problems) == (1, ())
    assert units[0].documents[0].number == ""


# ---- a file that breaks off


WHOLE = "单位,字段,行,值,记录人,类别,名称\n001,总户数,,60,甲,村,甲村\n001,商铺数,,20,甲,,"


@pytest.mark.parametrize("lost", range(2, 9))
def test_a_table_cut_off_in_its_last_row_is_told(tmp_path: Path, lost: int) -> None:
    assert "E123" in codes(table(tmp_path, WHOLE[:-lost]))


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_whole_table_is_whole_with_or_without_a_last_line_end(tmp_path: Path, end: str) -> None:
    assert codes(table(tmp_path, WHOLE + end)) == []
    assert codes(table(tmp_path, WHOLE.rstrip(",") + "\n")) == []


# ---- the default pack


def test_every_part_of_the_default_pack_is_held_where_two_roles_disagree(default_pack: Pack) -> None:
    """What one person says of both is refused at the door; of what two say, a rule of the pack must hold the item."""
    parts = {field.id: field.at_most for field in default_pack.fields if field.at_most}
    asked = [(f.id, kind) for f in default_pack.fields if f.at_most for kind in f.kinds]
    assert len(asked) == 25
    for part, kind in asked:
        found = held(default_pack, kind, {**dict.fromkeys(parts, 0), **dict.fromkeys(parts.values(), 10)})
        assert found == set(), kind
        above = {**dict.fromkeys(parts, 0), **dict.fromkeys(parts.values(), 10), part: 11}
        assert held(default_pack, kind, above) != set(), part


def held(standard: Pack, kind: str, facts: dict[str, int]) -> set[str]:
    """Return the checks that fire for a unit of which one inspector saw the parts and another the wholes."""
    wholes = {field.at_most for field in standard.fields}
    mine = {f.id for f in standard.fields if kind in f.kinds}
    seen = [
        Observation(name, value, "乙" if name in wholes else "甲", "inspector", ON.day, Source())
        for name, value in facts.items()
        if name in mine
    ]
    unit = UnitEvidence("1", kind, "甲", "", tuple(seen))
    case = make_cases(standard, lone_round(ON.day, "verified"), [unit], whole_round=False)[0]
    judged = assess(compile_plan(standard, kind), case)
    return {f.rule for f in judged.findings if f.state == "fired" and f.rule.startswith("checks.")}


def test_the_tables_of_the_default_pack_hold_no_row_twice(default_pack: Pack) -> None:
    assert {f.id for f in default_pack.fields if f.type == "table" and not f.unique_rows} == set()
