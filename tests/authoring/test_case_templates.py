"""Proves the cases that are written for an author to complete: for every method of the menu, and into the files of a standard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.assessment.packs import item_of, make_pack, read
from tests.calling import Cli
from tests.methods.test_menu import examples

import meihao
from meihao.authoring.case_templates import OPEN, cases_to_complete
from meihao.authoring.coverage import outcomes_wanted
from meihao.core.numbers import exact, parse_exact
from meihao.core.problems import LANGS, Lang, Problem, sort_by_place
from meihao.methods.menu import MEASURES, SCORES
from meihao.standard.describe import scribe_of
from meihao.standard.model import Pack, leaves

FACTS_LEFT_OPEN = {
    "percent_of_rows": "rows of a table",
    "percent_of_log": "rows of a log",
    "count_rows": "rows of a table",
    "per": "two figures of which only the quotient is known",
    "change_from": "two figures of which only the difference is known",
    "field": "its page computes with two fields",
    "per_item": "its page counts rows",
    "any_of": "conditions of more than one fact",
    "best_of": "parts with scores of their own",
    "sum": "parts with scores of their own",
    "all_of": "parts with scores of their own",
}
"""The pages whose example asks for facts that no method can invert, each with its reason."""

COUNT = "x: {type: count, range: [0, 100]}"
ANSWERS = "{x: {type: yes_no}, y: {type: yes_no}}"


def cases_for(pack: Pack, lang: Lang = "zh", lacking: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Return the cases to complete of the one criterion of a pack."""
    (criterion,) = leaves(pack.standard("place"))
    wanted = lacking or outcomes_wanted(criterion)
    lines = cases_to_complete(pack, "place", criterion, wanted, scribe_of(pack, lang))
    found: list[dict[str, Any]] = read("\n".join(["cases:", *lines]))["cases"]
    return found


def of_score(score: str, fields: str = COUNT) -> Pack:
    """Return a pack whose one criterion measures the count x, or asks for two answers where `fields` are these."""
    asks = "[x], measure: {field: x}" if fields == COUNT else "[x, y]"
    return make_pack(f"[{{id: c, points: 4, asks: {asks}, score: {score}}}]", fields)


def judged(pack: Pack, case: dict[str, Any]) -> dict[str, str]:
    """Return outcome and points of a case, as text."""
    facts = {name: parse_exact(str(v)) if isinstance(v, float) else v for name, v in case["given"].items()}
    measured = case.get("context", {}).get("measure")
    cohort = {} if measured is None else {"place.d.c": parse_exact(str(measured))}
    item = item_of(pack, facts, cohort=cohort)
    return {"outcome": item.outcome, **({"points": exact(item.lo)} if item.lo == item.hi else {})}


def stated(case: dict[str, Any]) -> dict[str, str]:
    return {key: str(value) for key, value in case["expect"].items() if value not in (OPEN.zh, OPEN["en"])}


def ready(case: dict[str, Any]) -> bool:
    return OPEN.zh not in case["given"].values()


@pytest.mark.parametrize("key", [*MEASURES, *SCORES])
def test_every_method_has_cases_to_complete_and_what_they_state_is_what_is_judged(key: str) -> None:
    for pack, _ in examples(key):
        (criterion,) = leaves(pack.standard("place"))
        cases = cases_for(pack)
        assert {case["expect"].get("outcome") for case in cases} >= set(outcomes_wanted(criterion))
        assert len(cases) == len(cases_for(pack, "en"))
        filled = [case for case in cases if ready(case) and case["expect"].get("outcome") != "unknown"]
        assert bool(filled) == (key not in FACTS_LEFT_OPEN)
        for case in filled:
            assert stated(case).items() <= judged(pack, case).items(), case
        assert judged(pack, cases[-1])["outcome"] == "unknown"


@pytest.mark.parametrize(
    ("score", "told"),
    [
        ("{yes_no: {at_least: 3, less_than: 9}}", "2-0 3=4 8=4 9-0"),
        ("{bands: [{at_least: 8, points: 4}, {at_least: 5, points: 2}, {otherwise: 0}]}", "4-0 5? 7? 8=4"),
        ("{linear: [{value: 0, points: 0}, {value: 50, points: 2}, {value: 90, points: 4}]}", "0-0 50? 90=4"),
        ("{per_item: {points: 1, for_each: 2, step: floor, at_most: 3}}", "0-0 2? 6? 填=4"),
        ("{per_item: {points: 1.5, for_each: 1}}", "0-0 1? 3=4"),
        ("{deduct: {lose: 1.5, for_each: 2, step: floor}}", "0=4 2? 6-0"),
        ("{deduct_from_target: {target: 90, lose: 1, for_each: 10, step: floor, not_beyond: 60}}", "50-0 60? 80? 90=4"),
        ("{deduct_from_target: {target: 20, side: above, base: 3, lose: 1, for_each: 10, step: floor, gain: 1}}", "10=4 20? 30? 50-0"),  # noqa: E501  (a row stands whole)
    ],
)  # fmt: skip
def test_a_case_stands_at_each_edge_and_beside_it_where_the_points_jump(score: str, told: str) -> None:
    pack = of_score(score)
    signs = {"met": "=4", "not_met": "-0", None: "?"}
    cases = cases_for(pack)[:-1]
    assert " ".join(f"{case['given']['x']}{signs[case['expect'].get('outcome')]}" for case in cases) == told
    assert all(stated(case).items() <= judged(pack, case).items() for case in cases if ready(case))


def test_what_is_not_a_count_is_tried_a_tenth_beside_its_edge_and_never_outside_its_range() -> None:
    assert [case["given"].get("x") for case in cases_for(of_score("{yes_no: {at_least: 100}}"))] == [99, 100, None]
    pack = make_pack(
        "[{id: c, points: 4, asks: [x], measure: {field: x}, score: {yes_no: {at_least: 85}}}]",
        "x: {type: percent, range: [0, 85]}",
    )
    assert [case["given"].get("x") for case in cases_for(pack)] == [84.9, 85, None]


def test_conditions_are_tried_by_their_facts_where_each_is_one_fact() -> None:
    items = "{title: 甲, when: x}, {title: 乙, when: not y}"
    pack = of_score(f"{{checklist: {{items: [{items}], each: 2}}}}", ANSWERS)
    assert [(case["given"], case["expect"]) for case in cases_for(pack)[:-1]] == [
        ({"x": True, "y": False}, {"outcome": "met", "points": 4}),
        ({"x": False, "y": False}, {"points": "填"}),
        ({"x": False, "y": True}, {"outcome": "not_met", "points": 0}),
    ]
    told = cases_for(of_score("{yes_no: x and y}", ANSWERS))
    assert [case["given"] for case in told] == [{"x": "填", "y": "填"}] * 2 + [{}]
    opposed = cases_for(of_score(f"{{all_of: [{items}, {{title: 丙, when: y}}]}}", ANSWERS))
    assert opposed[0]["given"] == {"x": "填", "y": "填"}, "y cannot both hold and fail"


def test_edges_that_are_looked_up_are_tried_in_the_first_class() -> None:
    fields = "{x: {type: count, range: [0, 9]}, k: {type: choice, options: {a: 甲, b: 乙}}}"
    pack = make_pack(
        "[{id: c, points: 4, asks: [x, k], measure: {field: x}, score: {yes_no: {at_least: {by: k, a: 3, b: 5}}}}]",
        fields,
    )
    cases = cases_for(pack)
    assert [(case["name"], case["given"]) for case in cases] == [
        ("2（甲），0分", {"x": 2, "k": "a"}), ("3（甲），满分", {"x": 3, "k": "a"}), ("什么也没有交，待定", {}),
    ]  # fmt: skip
    assert all(stated(case).items() <= judged(pack, case).items() for case in cases)


def test_a_percentage_of_two_fields_is_tried_in_whole_numbers() -> None:
    pack = make_pack(
        "[{id: c, points: 4, asks: [x, k], measure: {percent: x, of: k, when_zero: unknown}, score: {yes_no: {at_least: 85}}}]",
        "{x: {type: count}, k: {type: count}}",
    )
    cases = cases_for(pack)
    assert [case["given"] for case in cases] == [{"x": 849, "k": 1000}, {"x": 85, "k": 100}, {}]
    assert all(stated(case).items() <= judged(pack, case).items() for case in cases)


def test_edges_that_are_computed_leave_the_cases_open() -> None:
    pack = make_pack(
        "[{id: c, points: 4, asks: [x, k], measure: {field: x}, score: {yes_no: {at_least: k / 2}}}]",
        "{x: {type: count, range: [0, 9]}, k: {type: count, range: [0, 9]}}",
    )
    assert [case["name"] for case in cases_for(pack, "en")] == [
        "FILL_IN: full marks", "FILL_IN: no points", "nothing is given: undetermined",
    ]  # fmt: skip


def test_only_what_a_criterion_lacks_is_written() -> None:
    pack = of_score("{bands: [{at_least: 8, points: 4}, {at_least: 5, points: 2}, {otherwise: 0}]}")
    assert [case["expect"]["outcome"] for case in cases_for(pack, lacking=("met",))] == ["met"]
    assert [case["expect"]["outcome"] for case in cases_for(pack, lacking=("unknown",))] == ["unknown"]


# ---- into the files of a standard


OWN = "cases:  # 手写的\n  - {name: 有, criterion: org, given: {org: true}, expect: {outcome: met, points: 3}}\n"
ANSWERED = (
    ("true", "[]"), ("false", "[{ok: true}]", "1"), ("false", "[]"),  # 组织
    ("3", "true", "[]"), ("0", "true", "[]"),  # 户数和组织
)  # fmt: skip
"""What the author of the small standard writes into the open places, case by case."""


def said(folder: Path) -> list[Problem]:
    """Return what `check` and `test` say of the cases of the kind `place`."""
    checked, tested = meihao.check_standard(folder)[0], meihao.run_standard_cases(folder)[0]
    assert checked is not None
    assert tested is not None
    found = sort_by_place((*checked.problems, *tested.problems))
    return [problem for problem in found if problem.source.file.startswith("criteria/place/")]


@pytest.mark.parametrize("lang", LANGS)
def test_what_a_standard_lacks_is_added_and_its_cases_hold_once_filled_in(folder: Path, lang: Lang) -> None:
    path = folder / "criteria" / "place" / "d.cases.yaml"
    path.write_text(OWN, encoding="utf-8")
    added, problems = meihao.new_cases(folder, "place.d.homes", lang)
    assert (added, problems) == (meihao.CasesAdded(((path, ("place.d.homes",)),)), ())
    assert path.read_text(encoding="utf-8").startswith(OWN)
    assert OPEN[lang] not in path.read_text(encoding="utf-8"), "a line between two anchors leaves nothing open"
    tested, _ = meihao.run_standard_cases(folder)
    assert tested is not None
    assert [result.outcome for result in tested.results] == ["met", "not_met", "met", "unknown"]
    assert all(result.ok for result in tested.results)
    assert {problem.code for problem in said(folder) if problem.source.line < 14} == set(), "of the criterion itself"


def test_open_places_are_named_by_check_until_they_are_filled_in(folder: Path) -> None:
    path = folder / "criteria" / "place" / "d.cases.yaml"
    path.unlink(missing_ok=True)
    added, _ = meihao.new_cases(folder)
    assert added is not None
    assert added.files[0] == (path, ("place.d.homes", "place.d.org", "place.d.rank", "place.d.both"))
    before = path.read_text(encoding="utf-8")
    assert before.startswith("cases:\n  # ---- 户数 ----\n")
    assert "S010" in {problem.code for problem in said(folder)}
    assert meihao.new_cases(folder)[0] is None, "what is open is completed first"
    assert path.read_text(encoding="utf-8") == before
    first, *pieces = before.split("填")
    answers = [answer for case in ANSWERED for answer in case]
    path.write_text(first + "".join(a + b for a, b in zip(answers, pieces, strict=True)), encoding="utf-8")
    assert [problem.code for problem in said(folder)] == []


def test_a_file_that_is_no_list_at_the_left_edge_of_two_blanks_stays_as_it_is(folder: Path) -> None:
    path = folder / "criteria" / "place" / "d.cases.yaml"
    path.write_text("cases: []\n", encoding="utf-8")
    added, (problem,) = meihao.new_cases(folder)
    assert (added, problem.code, path.read_text(encoding="utf-8")) == (None, "C053", "cases: []\n")


def test_a_criterion_that_is_not_there_and_one_that_lacks_nothing(folder: Path, default_pack: Pack) -> None:
    assert meihao.new_cases(folder, "home")[1][-1].code == "C014"
    whole = Path(meihao.__file__).parents[2]
    assert meihao.new_cases(whole, "village.environment.sewage")[1][-1].code == "C052"


def test_the_command_names_each_file_that_grew_and_what_to_do_next(folder: Path, cli: Cli) -> None:
    code, out, err = cli("--lang", "en", "new", "cases", folder, "--criterion", "place.d.rank")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        f"{folder / 'criteria' / 'place' / 'd.cases.yaml'}: place.d.rank",
        "replace each FILL_IN by a fact, or by points worked out from the clause, then run:",
        f"  ./meihao check {folder}", f"  ./meihao test {folder}",
    ]  # fmt: skip
    assert cli("--lang", "en", "new", "cases", folder, "--criterion", "place.d.rank")[:2] == (0, "")
    assert cli("new", "cases", folder, "--criterion", "renk")[0] == 2
