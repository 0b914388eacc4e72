"""A round file becomes a round with nothing lost; names that nobody knows and days that cannot be are told at their place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.assessment.packs import make_pack

from meihao.core.problems import Source
from meihao.core.text import Label
from meihao.evidence.model import Observation, UnitEvidence
from meihao.round.decisions import Decision
from meihao.round.model import Correction, Due, Grant, Region, RegisterReceipt, Round
from meihao.round.phases import RoundPhase
from meihao.round.read import check_units, lone_round, read_round_file
from meihao.standard.model import Basis, Profile

FULL = """round: r1
title: 第一批
title_en: First
reference_date: 2026-06-30
closed: true
stage: self
sample_data: true
lot_seed: seed
regions:
  - {code: A, name: 甲, level: county}
  - {code: A1, name: 甲一, level: township, parent: A, applicants: 3, households: 90}
waivers:
  - {unit: U, waiver: late, granted_by: 委员会, granted_on: 2026-01-01, until: 2027-01-01, document: 文1, reason: 灾后}
corrections:
  - {unit: U, tier: ten, action: remove, by: 李四, date: 2026-07-01, reason: 群众反映}
titles: {V: ten, U: hundred}
due:
  applicant: 2026-10-11
  township: {working_days: 2, after: 2026-09-30}
registers:
  - {register: register, whole: true, as_of: 2026-06-30, received: 2026-07-02, by: 登记部门, regions: [A]}
phases:
  - {phase: apply, from: 2026-05-01, until: 2026-05-31}
  - {phase: notice, from: 2026-06-01}
decisions:
  - {id: 宽限1号, kind: grace, units: [U], by: 委员会, date: 2026-07-01, until: 2026-07-09, reason: 停电}
  - {id: 异议1号, kind: objection, units: all, by: 委员会, date: 2026-07-01, until: 2026-07-09, reason: 成立}
"""
LITTLE = "round: r\nreference_date: 2026-06-30\nclosed: false\nstage: verified\n"
RULES = "{checks: [{id: r, when: n > 1, waivable: true}], waivers: [{id: late, of: [checks.r], for_at_most: 1 year}]}"
FIELDS = """
n: {type: count}
rows: {type: table, provided_by: registry, when_absent: empty, columns: {n: {type: count}}}
"""
PACK = make_pack("- {id: c, points: 1, asks: [rows], score: {yes_no: any_row(rows)}}", FIELDS, RULES)
DAY = date(2026, 6, 30)


def read(folder: Path, text: str) -> tuple[Round | None, list[str]]:
    path = folder / "round.yaml"
    path.write_text(text, encoding="utf-8")
    round_, problems = read_round_file(path, PACK)
    return round_, [f"{problem.source.line} {problem.code}" for problem in problems]


def test_nothing_of_a_round_file_is_lost(tmp_path: Path) -> None:
    def at(line: int, column: int = 5) -> Source:
        return Source(str(tmp_path / "round.yaml"), line=line, column=column)

    round_, problems = read(tmp_path, FULL)
    assert problems == []
    grace = Decision("宽限1号", "grace", ("U",), "委员会", date(2026, 7, 1), date(2026, 7, 9), "停电", at(26))
    assert round_ == Round(
        "r1", Label("第一批", "First"), DAY, closed=True, stage="self", lot_seed="seed", sample_data=True,
        regions=(Region("A", "甲", "county", source=at(10)), Region("A1", "甲一", "township", "A", 3, 90, at(11))),
        grants=(Grant("U", "late", "委员会", date(2026, 1, 1), date(2027, 1, 1), "文1", "灾后", at(13)),),
        corrections=(Correction("U", "ten", "remove", "李四", date(2026, 7, 1), "群众反映", at(15)),),
        titles=(("U", "hundred"), ("V", "ten")),
        due=(
            Due("applicant", date(2026, 10, 11), source=at(18, 14)),
            Due("township", None, 2, date(2026, 9, 30), at(19, 13)),
        ),
        phases=(
            RoundPhase("apply", date(2026, 5, 1), date(2026, 5, 31), at(23)),
            RoundPhase("notice", date(2026, 6, 1), source=at(24)),
        ),
        registers=(RegisterReceipt("register", True, DAY, date(2026, 7, 2), "登记部门", ("A",), at(21)),),
        decisions=(grace, replace(grace, id="异议1号", kind="objection", units=(), reason="成立", source=at(27))),
        source=at(1, 1),
    )  # fmt: skip


def test_a_round_file_that_says_little_leaves_the_rest_open(tmp_path: Path) -> None:
    source = Source(str(tmp_path / "round.yaml"), line=1, column=1)
    open_, closed = (Round("r", Label("r"), DAY, one, "verified", source=source) for one in (False, True))
    assert read(tmp_path, LITTLE) == (open_, [])
    assert read(tmp_path, LITTLE.replace("closed: false", "closed: true")) == (closed, [])


def test_a_unit_assessed_alone_has_a_round_without_name() -> None:
    label = Label("单独评定", "assessed alone")
    assert lone_round(None) == Round("", label, None, closed=False, stage="self")
    assert lone_round(DAY, "verified", closed=True) == Round("", label, DAY, closed=True, stage="verified")


@pytest.mark.parametrize(
    ("was", "becomes", "problem"),
    [
        ("parent: A,", "parent: B,", "11 E033"),
        ("waiver: late", "waiver: never", "13 E030"),
        ("until: 2027-01-01", "until: 2027-01-02", "13 E031"),
        ("register: register", "register: other", "21 E100"),
        ("until: 2026-07-09, reason: 停电", "until: 2026-06-30, reason: 停电", "26 W103"),
        ("id: 异议1号", "id: 宽限1号", "27 W102"),
        ("until: 2026-05-31", "until: 2026-05-30", "24 W122"),
        ("closed: true", "closed: true\nprofile: never", "6 E032"),
    ],
)
def test_what_does_not_fit_is_told_at_its_place(was: str, becomes: str, problem: str, tmp_path: Path) -> None:
    assert read(tmp_path, FULL.replace(was, becomes)) == (None, [problem])


def test_what_is_only_doubtful_leaves_the_round_usable(tmp_path: Path) -> None:
    round_, problems = read(tmp_path, FULL.replace("whole: true", "whole: false"))
    assert round_ is not None
    assert problems == ["21 E103"]


def test_a_profile_of_the_standard_may_be_named(tmp_path: Path) -> None:
    path = tmp_path / "round.yaml"
    path.write_text(f"{LITTLE}profile: p\n", encoding="utf-8")
    profile = Profile("p", Label("p"), (), "total", (), "shared", (), 0, Basis("ours"))
    round_, problems = read_round_file(path, replace(PACK, profiles=(profile,)))
    assert (round_ is not None and round_.profile, problems) == ("p", ())


# ---- the units of a round


def unit(code: str, region: str = "", *observations: Observation, line: int = 1) -> UnitEvidence:
    return UnitEvidence(code, "place", code, region, observations, source=Source("u", line=line))


def seen(day: date | None, as_of: date | None = None, observer: str = "甲", line: int = 1) -> Observation:
    return Observation("n", 1, observer, "applicant", day, Source("u", line=line), as_of=as_of)


def told(round_: Round, *units: UnitEvidence) -> list[str]:
    return [f"{problem.source.line} {problem.code}" for problem in check_units(round_, units)]


def test_a_unit_that_comes_twice_is_told_where_the_first_stands() -> None:
    (problem,) = check_units(lone_round(DAY), (unit("A"), unit("B", line=2), unit("A", line=3)))
    assert problem.text() == "u:3:0 E016 单位编号A出现两次，另一处在u:1:0（改正编号，或合并成一份）"


def test_a_region_is_only_strange_where_the_round_has_regions_and_the_unit_names_one() -> None:
    known = replace(lone_round(DAY), regions=(Region("N", "北", "county"),))
    assert told(known, unit("A", "N"), unit("B"), unit("C", "S", line=3), unit("D", "S", line=4)) == [
        "3 E017",
        "4 E017",
    ]
    assert told(lone_round(DAY), unit("A", "S")) == []


@pytest.mark.parametrize(
    ("day", "as_of", "codes"),
    [
        (date(2026, 6, 30), None, []),
        (date(2026, 7, 1), None, ["1 E022"]),
        (date(2026, 7, 1), date(2026, 6, 30), []),
        (date(2026, 7, 1), date(2026, 7, 1), ["1 E022"]),
        (date(2026, 6, 1), date(2026, 6, 1), []),
        (date(2026, 6, 1), date(2026, 6, 2), ["1 W101"]),
        (None, date(2026, 6, 1), []),
        (None, None, []),
    ],
)
def test_a_record_speaks_of_no_day_after_the_reference_date_nor_after_its_own(
    day: date | None, as_of: date | None, codes: list[str]
) -> None:
    assert told(lone_round(DAY), unit("A", "", seen(day, as_of))) == codes


def test_records_of_one_day_and_person_are_told_once_at_the_first() -> None:
    late, early = date(2026, 7, 2), date(2026, 6, 1)
    records = [seen(late), seen(late, line=2), seen(late, observer="乙", line=3), seen(early, date(2026, 6, 2), line=4)]
    assert told(lone_round(DAY), unit("A", "", *records, seen(early, date(2026, 6, 2), line=5))) == [
        "1 E022", "3 E022", "4 W101",
    ]  # fmt: skip
    assert told(lone_round(None), unit("A", "", seen(late))) == []


def test_a_grant_for_a_unit_that_handed_nothing_in_is_told() -> None:
    grant = Grant("A", "late", "委员会", DAY, DAY, "", "", Source("r", line=7))
    round_ = replace(lone_round(DAY), grants=(grant, replace(grant, unit="B", source=Source("r", line=8))))
    assert told(round_, unit("B")) == ["7 E034"]
