"""Proves, on rankings written by hand, what a unit is told that lost or took a place: the reason, from or to whom, and that the
page and the JSON of `compare` say the same."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from tests.ranking.by_hand import record

from meihao.cli.compare_pages import page
from meihao.core.problems import Lang
from meihao.core.text import Label
from meihao.ranking.answers import Answer, RankingComparison, answers
from meihao.ranking.behind import Cause
from meihao.ranking.compare import compare
from meihao.ranking.compare_json import to_json
from meihao.ranking.compare_words import Book

BOOK = Book(
    {
        "list": {"v": Label("村", "villages")},
        "tier": {"p.ten": Label("十", "top ten"), "p.all": Label("千", "all")},
        "grade": {"model": Label("示范", "model"), "basic": Label("达标", "basic")},
        "dimension": {"village.party": Label("党建", "party")},
    },
    ("p", "p"),
)


def line(unit: str, figure: str, rank: int, grade: str = "model") -> dict[str, Any]:
    keys = [{"name": "percent_of(dimension.party)", "value": figure}]
    return {
        "unit": unit,
        "name": f"{unit}村",
        "kind": "village",
        "figure": figure,
        "rank": rank,
        "grade": grade,
        "keys": keys,
    }


def member(unit: str, region: str = "", seat: str = "list") -> dict[str, Any]:
    return {"unit": unit, "name": f"{unit}村", "seat": seat, "seat_region": region}


def tier(name: str, *members: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {"tier": name, "members": list(members), "open": [], "regions": [], "departures": [], "reserve": [], **parts}


def body(units: list[dict[str, Any]], *tiers: dict[str, Any], **parts: Any) -> dict[str, Any]:
    settings = dict.fromkeys(
        ("round", "profile", "pack", "edition", "pack_digest", "stage", "reference_date", "by", "still_tied", "lot_seed"), "p"
    )  # fmt: skip
    one = {"id": "v", "units": units, "waiting": [], "failed": [], "tiers": list(tiers), **parts}
    return {**settings, "figure_places": 2, "outside": [], "lists": [one]}


def told(old: dict[str, Any], new: dict[str, Any]) -> RankingComparison:
    was, now = record(old), record(new)
    return answers(was, now, compare(was, now), {})


def of(unit: str, old: dict[str, Any], new: dict[str, Any]) -> Answer:
    return next(answer for answer in told(old, new).answers if answer.unit == unit)


OLD = body([line("A", "95", 1), line("B", "90", 2), line("C", "88", 3)], tier("all", member("A"), member("B"), member("C")),
           tier("ten", member("A"), member("B", "07", "proportional")))  # fmt: skip


def changed(how: str) -> dict[str, Any]:
    """Return the ranking after B lost its place among the ten."""
    new = copy.deepcopy(OLD)
    one = new["lists"][0]
    everyone, ten = one["tiers"]
    ten["members"][1] = member("C", "07", "proportional")
    match how:
        case "figure":
            one["units"][1:] = [line("C", "88", 2), line("B", "85", 3)]
        case "others":
            one["units"][1:] = [line("C", "91", 2), line("B", "90", 3)]
        case "grade":
            one["units"][1] = line("B", "90", 2, "basic")
        case "state":
            one["failed"] = [{**one["units"].pop(1), "deciding": [["veto", "vetoes.fire"]]}]
            one["units"][1] = line("C", "88", 2)
            everyone["members"].pop(1)
        case "committee":
            ten["departures"] = [{"unit": "B", "action": "remove", "by": "李某", "reason": "公示期间查实"}]
        case "outer":
            everyone["departures"] = [{"unit": "B", "action": "remove", "by": "李某", "reason": "公示期间查实"}]
            everyone["members"].pop(1)
        case "gone":
            one["units"].pop(1)
            everyone["members"].pop(1)
        case "tied":
            ten["members"].pop()
            ten["open"] = [{"units": ["B", "C"], "seats": 1, "waits_for": "lot"}]
        case "no_tier":
            one["tiers"].pop()
    return new


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("figure", "失去“十”的名额：本单位分数由90变为85；名额现归C村（C，88，第2名）"),
        ("others", "失去“十”的名额：本单位分数没有降（90），是别的单位变了；名额现归C村（C，88 → 91，第2名）"),
        ("grade", "失去“十”的名额：等次由示范变为达标；名额现归C村（C，88，第3名）"),
        ("state", "失去“十”的名额：现在未通过；名额现归C村（C，88，第2名）"),
        ("committee", "失去“十”的名额：李某移出，理由：公示期间查实；名额现归C村（C，88，第3名）"),
        ("tied", "失去“十”的名额：同分，名额未定"),
        ("no_tier", "失去“十”的名额：只有一份排名有这一档"),
        ("settings", "失去“十”的名额：单位的分数没有变，是设定、名额或委员会的决定变了；名额现归C村（C，88，第3名）"),
    ],
)
def test_a_unit_that_lost_its_place_is_told_why_and_who_has_it(how: str, said: str) -> None:
    new = changed(how)
    answer = of("B", OLD, new)
    assert answer.places[0].why == how
    lines = list(page(told(OLD, new), BOOK, "zh"))
    assert lines[lines.index("B村（B）") + 1] == f"  {said}"


def test_who_took_the_place_is_told_whose_it_was() -> None:
    lines = list(page(told(OLD, changed("others")), BOOK, "en"))
    at = lines.index("C村 (C)")
    assert lines[at + 1] == (
        "  took a place in “top ten” (regional seat): its figure went from 88 to 91; it was with B村 (B, 90, rank 3)"
    )
    assert "  tie key (percent of party): 88 → 91" in lines


def test_a_place_goes_to_those_of_the_same_region_where_there_are_any() -> None:
    new = changed("others")
    new["lists"][0]["units"].append(line("D", "80", 4))
    new["lists"][0]["tiers"][1]["members"].append(member("D", "09", "floor"))
    assert [rival.unit for rival in of("B", OLD, new).places[0].rivals] == ["C"]


def test_the_reserve_number_is_told() -> None:
    new = changed("figure")
    new["lists"][0]["tiers"][1]["reserve"] = [{"order": 2, "unit": "B"}]
    assert any(text.endswith("；现为递补第2") for text in page(told(OLD, new), BOOK, "zh"))


def test_a_seat_of_another_sort_is_no_lost_place() -> None:
    new = copy.deepcopy(OLD)
    new["lists"][0]["tiers"][1]["members"][1]["seat"] = "floor"
    assert "  “十”的名额由地区名额改为地区保底" in page(told(OLD, new), BOOK, "zh")


def test_lost_places_come_first_and_who_only_shifted_last_on_one_line() -> None:
    new = changed("others")
    one = new["lists"][0]
    one["units"][0] = {**one["units"][0], "rank": 4}
    found = told(OLD, new)
    assert [answer.unit for answer in found.answers] == ["B", "C", "A"]
    assert list(page(found, BOOK, "zh"))[-2:] == [
        "别的单位变了，名次跟着变的：A村（A） 1 → 4",
        f"共{found.count()}处变化，3个单位：1个失去名额，1个取得名额",
    ]


def test_who_failed_has_no_rank_or_grade_to_compare() -> None:
    lines = list(page(told(OLD, changed("state")), BOOK, "zh"))
    mine = lines[lines.index("B村（B）") + 1 : lines.index("C村（C）")]
    assert [text for text in mine if "名额" not in text] == ["  结论：通过 → 未通过", "  依据：— → veto: vetoes.fire"]


def test_whom_the_committee_removes_from_an_outer_tier_is_told_so_of_the_inner_one() -> None:
    places = of("B", OLD, changed("outer")).places
    assert [(place.tier, place.why, place.by) for place in places] == [
        ("ten", "committee", "李某"),
        ("all", "committee", "李某"),
    ]


def test_a_unit_that_is_no_more_in_the_round_is_said_to_be_gone() -> None:
    assert "  失去“十”的名额：不在新的排名里；名额现归C村（C，88，第3名）" in page(
        told(OLD, changed("gone")), BOOK, "zh"
    )


@pytest.mark.parametrize(
    "how", ["figure", "others", "grade", "state", "committee", "outer", "gone", "tied", "no_tier", "settings"]
)
def test_every_change_is_counted_once_and_stands_in_the_json(how: str) -> None:
    """Another reading: what `compare` lists."""
    new = changed(how)
    changes = compare(record(OLD), record(new))
    found = told(OLD, new)
    assert found.count() == len(changes)
    document: Any = to_json(found, BOOK, ("a", "b"))
    assert (document["kind"], document["changes"], document["old"]) == ("comparison", len(changes), "a")
    rows = [(c["what"], c["subject"], c["where"]) for unit in document["units"] for c in unit["changes"]]
    rows += [("tier", unit["unit"], p["tier"]) for unit in document["units"] for p in unit["places"]]
    rows += [(c["what"], c["subject"], c["where"]) for part in ("settings", "seats") for c in document[part]]
    assert sorted(rows) == sorted((c.what, c.subject, c.where) for c in changes)
    text = "\n".join(page(found, BOOK, "zh"))
    assert all(place["text"]["zh"] in text for unit in document["units"] for place in unit["places"])


def test_the_same_ranking_twice_says_so() -> None:
    assert list(page(told(OLD, OLD), BOOK, "zh")) == ["共0处变化"]
    assert list(page(told(OLD, OLD), BOOK, "en")) == ["0 changes"]


@pytest.mark.parametrize(
    ("lang", "now", "state"),
    [("zh", "失去“千”的名额：现在未通过", "结论：通过 → 未通过"),
     ("en", "lost its place in “all”: it is now failed", "state: passed → failed")],
)  # fmt: skip
def test_a_unit_that_no_longer_passes_reads_so_in_both_languages(lang: Lang, now: str, state: str) -> None:
    lines = [text.strip() for text in page(told(OLD, changed("state")), BOOK, lang)]
    assert {now, state} <= set(lines)


def test_without_details_an_id_stands_for_itself() -> None:
    assert any("失去“ten”的名额" in text for text in page(told(OLD, changed("figure")), Book({}), "zh"))


def removed(unit: str, reason: str) -> list[dict[str, str]]:
    return [{"unit": unit, "action": "remove", "by": "李某", "reason": reason}]


def test_the_reason_of_the_tier_itself_comes_before_that_of_the_tier_around_it() -> None:
    new = changed("outer")
    everyone, ten = new["lists"][0]["tiers"]
    everyone["departures"], ten["departures"] = removed("B", "全榜的理由"), removed("B", "本档的理由")
    assert [(one.tier, one.reason) for one in of("B", OLD, new).places] == [
        ("ten", "本档的理由"),
        ("all", "全榜的理由"),
    ]


def test_a_removal_from_an_inner_tier_is_no_reason_for_the_loss_of_the_outer_one() -> None:
    """The committee took B off the ten; off the whole list it is because it failed."""
    new = changed("state")
    new["lists"][0]["tiers"][1]["departures"] = removed("B", "公示期间查实")
    assert [(one.tier, one.why, one.reason) for one in of("B", OLD, new).places] == [
        ("ten", "committee", "公示期间查实"),
        ("all", "state", ""),
    ]


def test_a_removal_on_another_list_is_no_reason() -> None:
    new = changed("figure")
    other = {
        "id": "w",
        "units": [],
        "waiting": [],
        "failed": [],
        "tiers": [tier("ten", departures=removed("B", "别榜"))],
    }
    new["lists"].append(other)
    assert [(one.list, one.tier, one.why) for one in of("B", OLD, new).places] == [("v", "ten", "figure")]


def test_who_is_put_into_the_outer_tier_by_the_committee_took_the_inner_one_by_itself() -> None:
    new = changed("others")
    added = [{"unit": "C", "action": "add", "by": "李某", "reason": "增补"}]
    new["lists"][0]["tiers"][0]["departures"] = added
    assert [(one.tier, one.why, one.by) for one in of("C", OLD, new).places] == [("ten", "figure", "")]
    new["lists"][0]["tiers"][1]["departures"] = added
    assert [(one.tier, one.why, one.by) for one in of("C", OLD, new).places] == [("ten", "committee", "李某")]


def test_a_removal_does_not_explain_a_place_taken_nor_an_addition_one_lost() -> None:
    new = changed("figure")
    new["lists"][0]["tiers"][1]["departures"] = [
        {"unit": "B", "action": "add", "by": "李某", "reason": "x"},
        {"unit": "C", "action": "remove", "by": "李某", "reason": "x"},
    ]
    assert [one.why for one in of("B", OLD, new).places] == ["figure"]
    assert [one.why for one in of("C", OLD, new).places] == ["others"]


def test_the_order_in_which_units_are_answered() -> None:
    """Lost places, places taken, other states, other figures, what else moved, and last who has causes alone; then the code."""
    old = body([line(name, "90", 1) for name in "ABCDEF"], tier("ten", member("F"), member("E")))
    new = copy.deepcopy(old)
    one = new["lists"][0]
    one["tiers"][0]["members"] = [member("D"), member("E")]
    one["units"][1] = line("B", "91", 1)
    one["units"][0] = line("A", "90", 2)
    one["failed"] = [{**one["units"].pop(2), "deciding": [["veto", "v"]]}]
    changes = compare(record(old), record(new))
    cause = Cause("rule", "vetoes.x", Label("x"), Label("a"), Label("b"))
    found = answers(record(old), record(new), changes, {"E": (cause,)})
    assert [answer.unit for answer in found.answers] == ["F", "D", "C", "B", "A", "E"]
    assert found.answers[-1].causes == (cause,)


def test_a_tie_explains_a_place_taken_too() -> None:
    """Before the draw the seat waited for B and C; now B has it."""
    new = copy.deepcopy(OLD)
    assert [one.why for one in of("B", changed("tied"), new).places] == ["tied"]


def test_an_equal_figure_is_no_reason_and_a_rival_that_changed_is() -> None:
    new = changed("settings")
    new["lists"][0]["units"][2] = line("C", "88", 3, "basic")
    assert [one.why for one in of("B", OLD, new).places] == ["others"]
    new = changed("settings")
    new["lists"][0]["tiers"][1]["departures"] = removed("C", "查实")
    assert [one.why for one in of("B", OLD, new).places] == ["others"]
