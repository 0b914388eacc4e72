"""What is typed counts like the same values in a file, mistakes are told as at a cell, and nothing typed is lost on the way."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

import meihao
from meihao.assessment.to_json import body_digest
from meihao.core.canonical import Json
from meihao.evidence.model import Scalar, UnitEvidence, Value
from meihao.evidence.typed import as_typed
from meihao.pipeline import Judged
from meihao.standard.model import Pack
from meihao.uses import try_files
from meihao.uses.session import Session
from meihao.uses.try_files import kept_answers, read_answers, tried_form, tried_report
from meihao.uses.try_out import Tried, TypedDocument, TypedUnit, try_out

DAY = date(2026, 6, 30)


@pytest.fixture(scope="module")
def desk() -> Session:
    session, problems = meihao.open_session(meihao.Opening(on=DAY))
    assert session is not None, problems
    return session


def asked(pack: Pack, kind: str) -> list[str]:
    return [f.id for f in pack.fields if f.provided_by == "applicant" and kind in f.kinds]


def tried(desk: Session, typed: TypedUnit) -> Tried:
    found, problems = try_out(desk, typed)
    assert found is not None, problems
    return found


def codes(found: Tried) -> dict[tuple[str | int, ...], list[str]]:
    return {path: [problem.code for problem in problems] for path, problems in found.said.items()}


# ---- the same as a file


def plain_value(value: Value) -> Json:
    def cell(one: Scalar) -> Json:
        return one.isoformat() if isinstance(one, date) else one if isinstance(one, str | bool | int) else float(one)  # type: ignore[return-value]  # a file of JSON may hold one

    return [{k: cell(v) for k, v in row.items()} for row in value] if isinstance(value, tuple) else cell(value)


def write_evidence(unit: UnitEvidence, file: Path) -> None:
    facts = {seen.field: plain_value(seen.value) for seen in unit.observations}
    documents = [
        {key: day.isoformat() for key, day in (("date", one.day), ("valid_to", one.valid_to)) if day}
        | {"title": one.title}
        for one in unit.documents
    ]
    head = {"code": unit.code, "kind": unit.kind, "name": unit.name}
    record = {"by": "填报人", "role": "applicant", "facts": facts}
    file.write_text(json.dumps({"unit": head, "observations": [record], "documents": documents}, ensure_ascii=False))


@pytest.mark.parametrize("kind", ["village", "community", "compound"])
def test_what_is_typed_is_judged_like_a_file_of_the_same_values(
    kind: str, desk: Session, sample: Sequence[Judged], tmp_path: Path
) -> None:
    units = [one.evidence for one in sample if one.case.kind == kind and one.evidence][::9]
    assert len(units) > 5
    for number, unit in enumerate(units):
        own = [seen for seen in unit.observations if seen.role == "applicant"]
        unit = replace(unit, observations=tuple(own), region="")
        file = tmp_path / f"{number}.evidence.json"
        write_evidence(unit, file)
        judgement, problems = meihao.judge(desk, [file])
        assert judgement is not None, problems
        found = tried(desk, as_typed(unit, desk.pack, asked(desk.pack, kind)))
        assert body_digest(found.judged.assessment) == body_digest(judgement.units[0].assessment)
        explained = meihao.explain(desk, judgement.units[0])
        assert (found.explained.verdict, found.explained.so_far) == (explained.verdict, explained.so_far)
        assert [i.reason for d in found.explained.dimensions for i in d.items] == [
            i.reason for d in explained.dimensions for i in d.items
        ]


def test_what_was_handed_in_is_the_same_after_it_was_typed_again(desk: Session, sample: Sequence[Judged]) -> None:
    for one in sample[::11]:
        assert one.evidence is not None
        typed = as_typed(one.evidence, desk.pack, asked(desk.pack, one.case.kind))
        again = as_typed(tried(desk, typed).evidence, desk.pack, asked(desk.pack, one.case.kind))
        assert again == typed


# ---- each answer is checked


def test_answers_are_normalised_and_said_as_at_a_cell(desk: Session) -> None:
    typed = TypedUnit("compound", {"buildings.total": "１４ 栋", "green.rate": " 32 % ", "owners.filed": "√"})
    found = tried(desk, typed)
    assert {seen.field: seen.value for seen in found.evidence.observations} == {
        "buildings.total": 14, "green.rate": 32, "owners.filed": True,
    }  # fmt: skip
    assert {code for codes_ in codes(found).values() for code in codes_} == {"E018", "E095"}
    assert "已自动更正" in found.said["buildings.total",][0].message_zh


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("buildings.total", "很多", "E001"),
        ("buildings.total", "501", "E003"),
        ("buildings.total", "0", "E003"),
        ("buildings.total", "1.5", "E002"),
        ("green.rate", "0.3", "E004"),
        ("households", "5亩", "W130"),
        ("owners.filed", "也许", "E007"),
        ("party_org.state", "nothing", "E005"),
        ("lifts", "三台", "E010"),
    ],
)
def test_an_answer_that_is_wrong_is_told_and_left_out(desk: Session, field: str, text: str, code: str) -> None:
    found = tried(desk, TypedUnit("compound", {field: text}))
    (problem,) = found.said[field,]
    assert problem.severity == "error"
    assert problem.code == code, problem
    assert not found.evidence.observations


def test_the_edges_of_a_range_are_inside(desk: Session) -> None:
    for text in ("1", "500"):
        assert not tried(desk, TypedUnit("compound", {"buildings.total": text})).said


def test_a_part_above_its_whole_names_the_other_question(desk: Session) -> None:
    typed = TypedUnit("compound", {"buildings.total": "12", "buildings.with_head": "13"})
    found = tried(desk, typed)
    (problem,) = found.said["buildings.with_head",]
    assert problem.code == "E116"
    assert "（第5题）" in problem.message_zh
    assert [seen.field for seen in found.evidence.observations] == ["buildings.total"]
    equal = replace(typed, answers={**typed.answers, "buildings.with_head": "12"})
    assert not tried(desk, equal).said


def test_rows_are_checked_cell_by_cell_and_a_register_with_a_mistake_is_left_out_whole(desk: Session) -> None:
    good = {"device": "A1", "valid_to": "2027-2-3"}
    columns = [column.id for column in desk.pack.field("lifts").columns]
    good = dict(zip(columns, ("A1", "2027-2-3", "某公司"), strict=True))
    found = tried(desk, TypedUnit("compound", {"lifts": (good, {**good, columns[1]: "明年"})}))
    assert codes(found) == {("lifts", 0, columns[1]): ["E018"], ("lifts", 1, columns[1]): ["E006"]}
    assert not found.evidence.observations
    twice = tried(desk, TypedUnit("compound", {"lifts": (good, good)}))
    assert [problem.code for problems in twice.said.values() for problem in problems if problem.severity == "error"]


def test_none_at_all_is_an_answer_and_no_answer_is_none(desk: Session) -> None:
    none, silent = tried(desk, TypedUnit("compound", {"lifts": ()})), tried(desk, TypedUnit("compound"))
    assert [(seen.field, seen.value) for seen in none.evidence.observations] == [("lifts", ())]
    assert not silent.evidence.observations
    assert none.judged.assessment.item("compound.property.lifts") != silent.judged.assessment.item(
        "compound.property.lifts"
    )


def test_documents_are_at_hand_or_not_and_their_days_are_checked(desk: Session) -> None:
    title = "业主大会会议记录"
    ok = TypedUnit("compound", {}, {title: TypedDocument("2026-2-3", "2027年1月1日")})
    assert [(one.title, one.day, one.valid_to) for one in tried(desk, ok).evidence.documents] == [
        (title, date(2026, 2, 3), date(2027, 1, 1))
    ]
    for wrong, code in ((TypedDocument("2月"), "E006"), (TypedDocument("2026-02-03", "2026-02-02"), "E113")):
        found = tried(desk, TypedUnit("compound", {}, {title: wrong}))
        assert code in [problem.code for problems in found.said.values() for problem in problems]
        assert not found.evidence.documents


def test_a_kind_that_there_is_not_and_a_field_that_nobody_asks_are_told(desk: Session) -> None:
    found, problems = try_out(desk, TypedUnit("castle"))
    assert found is None
    assert [problem.code for problem in problems] == ["W005"]
    assert codes(tried(desk, TypedUnit("village", {"lifts": ()}))) == {("lifts",): ["E013"]}
    assert tried(desk, TypedUnit("小区")).judged.case.kind == "compound"


def test_a_name_that_is_too_long_is_told(desk: Session) -> None:
    found = tried(desk, TypedUnit("village", name="村" * 2001))
    assert list(found.said) == [("unit", "name")]
    assert found.judged.case.name == "村"


# ---- what would earn the rest


def test_steps_cost_more_and_more_and_leave_out_what_only_others_can_do(
    desk: Session, sample: Sequence[Judged]
) -> None:
    order = ["answer", "document", "work"]
    seen: set[str] = set()
    for one in sample[::7]:
        assert one.evidence is not None
        found = tried(desk, as_typed(one.evidence, desk.pack, asked(desk.pack, one.case.kind)))
        efforts = [step.effort for step in found.steps.own]
        assert efforts == sorted(efforts, key=order.index)
        seen |= set(efforts)
        own = {step.item.id for step in found.steps.own}
        others = {item.id for item in found.steps.of_others}
        lacking = {
            item.id for item in found.judged.assessment.items
            if item.lo < item.points and item.outcome not in ("not_applicable", "exempt")
        }  # fmt: skip
        assert own | others == lacking
        assert not own & others
    assert seen == set(order)


# ---- files to take along


@pytest.fixture
def some(desk: Session, sample: Sequence[Judged]) -> TypedUnit:
    unit = next(one.evidence for one in sample if one.case.kind == "compound" and one.evidence)
    return as_typed(unit, desk.pack, asked(desk.pack, "compound"))


def test_a_kept_file_gives_back_every_text_even_what_is_wrong(desk: Session, some: TypedUnit) -> None:
    typed = replace(some, answers={**some.answers, "households": "很多<script>", "lifts": ({"device": "\u202e"},)})
    again, problems = read_answers(desk, kept_answers(desk, typed), "a.json")
    assert (again, problems) == (typed, ())


@pytest.mark.parametrize("named", [True, False])
def test_the_form_is_filled_in_and_can_be_continued_from(desk: Session, some: TypedUnit, named: bool) -> None:
    typed = some if named else replace(some, code="", name="")
    found = tried(desk, typed)
    book = tried_form(desk, found)
    assert book.name.endswith(".xlsx")
    again, problems = read_answers(desk, book.data, book.name)
    assert again is not None, problems
    assert {k: v for k, v in again.answers.items() if v} == {k: v for k, v in typed.answers.items() if v}
    assert (again.code, again.name) == (typed.code, typed.name)
    assert set(again.documents) == set(typed.documents)
    assert body_digest(tried(desk, again).judged.assessment) == body_digest(found.judged.assessment)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "B020"),
        (b"[]", "B020"),
        (b"{" * 100_000, "B020"),
        (b"[" * 100_000, "B020"),
        (b'{"meihao": "self-check", "version": 2}', "B020"),
        (b"\xff\xfe{", "B020"),
        (b" " * 8_000_001, "B020"),
        (b"PK\x03\x04nothing", "E065"),
    ],
)
def test_a_file_that_is_another_is_refused_in_words(desk: Session, data: bytes, code: str) -> None:
    found, problems = read_answers(desk, data, "some.json")
    assert found is None
    assert problems[0].code == code, problems[0].text()
    assert problems[0].hint_zh


def test_what_another_edition_asked_is_told_and_left_out(desk: Session) -> None:
    kept = json.loads(kept_answers(desk, TypedUnit("village", {"households": "420"})))
    kept["answers"]["moon.phase"] = "full"
    kept["documents"]["月相证明"] = {"date": "", "valid_to": ""}
    found, problems = read_answers(desk, json.dumps(kept).encode(), "old.json")
    assert found is not None
    assert dict(found.answers) == {"households": "420"}
    assert not found.documents
    assert [problem.code for problem in problems] == ["W022", "W022"]


def test_the_report_is_that_of_a_self_check(desk: Session, some: TypedUnit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(try_files, "chosen_press", lambda wanted, theme: ({}, ()))  # a PDF takes seconds to set
    given, problems = tried_report(desk, tried(desk, replace(some, name="a/b<script>")))
    assert given is not None, problems
    page = given.data.decode()
    assert given.name.startswith("自评报告-a_b_script_-")
    assert page.startswith("<!DOCTYPE")
    assert "自评" in page
    assert "a/b&lt;script&gt;" in page
