"""Proves the cases of a pack: what each expects is compared with what is judged, nothing unreadable is skipped, gaps are named."""
# ruff: noqa: E501  (cases stand whole on their lines)

from __future__ import annotations

from pathlib import Path

import pytest

from meihao.authoring.cases import CaseResult, run_cases
from meihao.authoring.coverage import missing_cases
from meihao.core.problems import Problems
from meihao.standard.cache import cached_pack
from meihao.standard.model import Pack


def pack_of(folder: Path) -> Pack:
    read = cached_pack(folder, None)
    pack, problems = read.pack, read.said
    assert pack is not None, [p.text() for p in problems]
    return pack


def ran(
    folder: Path, *cases: str, file: str = "criteria/place/d.cases.yaml"
) -> tuple[tuple[CaseResult, ...], Problems]:
    (folder / file).write_text("cases:\n" + "".join(f"  - {case}\n" for case in cases), encoding="utf-8")
    return run_cases(pack_of(folder), folder)


def one(folder: Path, case: str, file: str = "criteria/place/d.cases.yaml") -> CaseResult:
    results, problems = ran(folder, case, file=file)
    assert not problems, [p.text() for p in problems]
    return results[0]


@pytest.mark.parametrize(
    "case",
    [
        "{name: 三户, criterion: homes, given: {homes: 3}, expect: {outcome: met, points: 4}}",
        "{name: 一户, criterion: homes, given: {homes: 1}, expect: {outcome: partly_met, points: 1.33}}",
        "{name: 全名, criterion: place.d.homes, given: {homes: 0}, expect: {outcome: not_met, points: 0}}",
        "{name: 没填, criterion: homes, given: {}, expect: {outcome: unknown, lo: 0, hi: 4, missing: [homes]}}",
        "{name: 截止, criterion: homes, given: {}, closed: true, expect: {outcome: not_met, points: 0}}",
        "{name: 有批复, criterion: org, given: {org: true}, expect: {outcome: met, points: 3}}",
        "{name: 登记未到, criterion: org, given: {org: false}, awaited: [log], expect: {lo: 0, hi: 1, missing: [log]}}",
        "{name: 登记已到, criterion: org, given: {org: false}, expect: {points: 0}}",
        "{name: 没有材料, criterion: org, given: {org: true}, documents: none, expect: {lo: 0, hi: 3}}",
        "{name: 只交批复, criterion: org, given: {org: true}, documents: [批复], expect: {points: 3}}",
        "{name: 只交别的, criterion: org, given: {org: true}, documents: [别的], expect: {outcome: unknown}}",
        "{name: 登记有, criterion: org, given: {org: false, log: [{ok: true}]}, expect: {points: 1}}",
        "{name: 登记空, criterion: org, given: {org: false}, expect: {points: 0}}",
        "{name: 缺格, criterion: org, given: {org: false, log: [{}]}, expect: {outcome: unknown, missing: [log]}}",
        "{name: 第一名, criterion: rank, given: {homes: 3}, context: {measure: 1}, expect: {outcome: met, points: 2}}",
        "{name: 单独评, criterion: rank, given: {homes: 3}, expect: {outcome: unknown, missing: [place.d.rank]}}",
        "{name: 第一名缺材料, criterion: rank, given: {homes: 3}, documents: none, context: {measure: 1}, expect: {outcome: unknown, lo: 0, hi: 2}}",
        "{name: 两项都好, criterion: both, given: {homes: 3, org: true}, expect: {outcome: met, points: 1}}",
        "{name: 一项不好, criterion: both, given: {homes: 2, org: true}, expect: {outcome: not_met}}",
        "{name: 一项不知, criterion: both, given: {org: true}, expect: {outcome: unknown, missing: [homes]}}",
    ],
)
def test_a_case_that_is_right_holds(folder: Path, case: str) -> None:
    result = one(folder, case)
    assert (result.ok, result.got) == (True, result.expected)


@pytest.mark.parametrize(
    ("case", "expected", "got"),
    [
        (
            "{name: 名, criterion: homes, given: {homes: 3}, expect: {outcome: met, points: 3}}",
            "outcome=met, points=3",
            "outcome=met, points=4",
        ),
        ("{name: 名, criterion: homes, given: {}, expect: {points: 0}}", "points=0", "points=0—4"),
        ("{name: 名, criterion: homes, given: {homes: 1}, expect: {hi: 1.34}}", "hi=1.34", "hi=1.33"),
        ("{name: 名, criterion: org, given: {}, expect: {missing: []}}", "missing=", "missing=org"),
    ],
)
def test_a_case_that_is_wrong_says_what_came(folder: Path, case: str, expected: str, got: str) -> None:
    result = one(folder, case)
    assert (result.ok, result.expected, result.got) == (False, expected, got)
    assert result.source.line == 2


def test_a_case_knows_its_subject_and_its_outcome(folder: Path) -> None:
    result = one(folder, "{name: 三户, criterion: homes, given: {homes: 3}, expect: {points: 4}}")
    assert (result.subject, result.name, result.outcome) == ("place.d.homes", "三户", "met")


RULES = "rules/checks.cases.yaml"


@pytest.mark.parametrize(("given", "expect"), [("{homes: 51}", "fired"), ("{homes: 50}", "quiet"), ("{}", "flagged")])
def test_cases_of_rules_expect_fired_flagged_or_quiet(folder: Path, given: str, expect: str) -> None:
    case = f"{{name: 名, rule: checks.many, kind: place, given: {given}, expect: {expect}}}"
    assert one(folder, case, RULES).ok
    wrong = case.replace(f"expect: {expect}", f"expect: {'quiet' if expect == 'fired' else 'fired'}")
    assert not one(folder, wrong, RULES).ok


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("{name: 名, criterion: home, given: {homes: 3}, expect: {points: 4}}", "T001"),
        ("{name: 名, criterion: homes, given: {home: 3}, expect: {points: 4}}", "E"),
        ("{name: 名, criterion: org, given: {org: false}, awaited: [logs], expect: {points: 0}}", "E100"),
        ("{name: 名, criterion: homes, given: {homes: many}, expect: {points: 4}}", "E"),
        ("{name: 名, criterion: homes, given: {homes: 101}, expect: {points: 4}}", "E"),
    ],
)
def test_a_case_that_cannot_be_read_is_a_problem_and_no_skip(folder: Path, case: str, code: str) -> None:
    results, problems = ran(folder, case)
    assert results == ()
    assert [p.code[: len(code)] for p in problems if p.severity == "error"] == [code]


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("{name: 名, rule: checks.manny, kind: place, given: {}, expect: quiet}", "T002"),
        ("{name: 名, rule: checks.many, kind: other, given: {}, expect: quiet}", "T003"),
        ("{name: 名, rule: checks.many, kind: place, given: {home: 1}, expect: quiet}", "E"),
    ],
)
def test_a_rule_case_that_cannot_be_read_is_a_problem_too(folder: Path, case: str, code: str) -> None:
    results, problems = ran(folder, case, file=RULES)
    assert results == ()
    assert [p.code[: len(code)] for p in problems if p.severity == "error"] == [code]


def test_files_of_the_wrong_shape_and_broken_yaml_are_problems(folder: Path) -> None:
    (folder / "criteria/place/d.cases.yaml").write_text("cases: [{name: n}]\n", encoding="utf-8")
    (folder / RULES).write_text("cases: [\n", encoding="utf-8")
    results, problems = run_cases(pack_of(folder), folder)
    assert results == ()
    assert {p.source.file for p in problems} == {"criteria/place/d.cases.yaml", RULES}


def test_every_outcome_that_no_case_shows_is_named(folder: Path) -> None:
    results, _ = ran(folder, "{name: 名, criterion: homes, given: {homes: 3}, expect: {points: 4}}")
    gaps = [p for p in missing_cases(pack_of(folder), results) if "place.d.homes" in p.message_zh]
    assert len(gaps) == 2
    more = "{name: 名, criterion: homes, given: {homes: 0}, expect: {points: 0}}"
    (folder / "criteria/place/d.cases.yaml").unlink()
    results, _ = ran(folder, "{name: 名, criterion: homes, given: {}, expect: {hi: 4}}", more)
    gaps = [p for p in missing_cases(pack_of(folder), results) if "checks.many" in p.message_zh]
    assert len(gaps) == 3


def test_the_cases_of_the_default_pack_hold(default_pack: Pack, root: Path) -> None:
    results, problems = run_cases(default_pack, root)
    assert not problems
    assert len(results) > 500
    assert [r.name for r in results if not r.ok] == []
