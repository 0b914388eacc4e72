"""Proves what the check lets pass: guarded denominators, bands of whole numbers, every measure and score of the menus."""

from __future__ import annotations

import pytest
from tests.standard.tiny_pack import changed, load_and_check, tiny

from meihao.standard.checking.fields import burden_of
from meihao.standard.checking.messages import HALF_WIDTH
from meihao.standard.checking.text import check_text
from meihao.standard.model import Burden, Pack

COMMUNITY = "criteria/community/satisfaction.yaml"
MEASURE = "    measure: {percent: survey.satisfied, of: survey.answered, when_zero: unknown}\n"
SCORE = """      bands:
        - {at_least: 90, points: 10}
        - {at_least: 60, less_than: 90, points: 6}
        - {otherwise: 0}
"""
ASKS = "asks: [survey.answered, survey.satisfied]"


def said(asks: str, measure: str = "", score: str = "", extra: str = "") -> list[str]:
    """Return the codes for the community's one criterion with another measure and score."""
    files = changed(COMMUNITY, ASKS, f"asks: [{asks}]")
    files = changed(COMMUNITY, MEASURE, f"    measure: {measure}\n" if measure else "", files)
    files = changed(COMMUNITY, SCORE, f"      {score}\n" if score else SCORE, files)
    files = changed(COMMUNITY, "    basis", f"{extra}    basis", files)
    _, problems = load_and_check(files)
    return [problem.code for problem in problems]


BOTH = "survey.answered, survey.satisfied"
PERCENT = "{percent: survey.satisfied, of: survey.answered}"


@pytest.mark.parametrize(
    "guard",
    [
        "survey.answered > 0",
        "survey.answered >= 1",
        "survey.answered != 0",
        "0 < survey.answered",
        "1 <= survey.answered <= 90",
        "survey.answered == 5",
        "survey.satisfied < 9 and survey.answered > 0",
    ],
)
def test_a_guard_excludes_0(guard: str) -> None:
    assert said(BOTH, PERCENT, extra=f"    applies_when: {guard}\n") == []


@pytest.mark.parametrize(
    "guard",
    ["survey.answered >= 0", "survey.answered < 9", "survey.satisfied > 0", "survey.answered > 0 or survey.satisfied > 1",
     "survey.answered != 3", "survey.answered > -1"],
)  # fmt: skip
def test_a_loose_guard_does_not(guard: str) -> None:
    assert said(BOTH, PERCENT, extra=f"    applies_when: {guard}\n") == ["S133"]


def test_a_range_excludes_0() -> None:
    assert said("survey.satisfied, households", "{percent: survey.satisfied, of: households}") == []


@pytest.mark.parametrize(
    ("measure", "guard", "wanted"),
    [
        ("{percent_of_rows: tickets, where: 'closed > opened'}", "count(tickets) > 0", []),
        ("{percent_of_rows: tickets, where: 'closed > opened'}", "any_row(tickets)", []),
        ("{percent_of_rows: tickets, where: 'closed > opened'}", "count(tickets) >= 0", ["S133"]),
        (
            "{percent_of_rows: tickets, where: 'closed > opened', among: 'handled > opened'}",
            "count(tickets, where=handled > opened) > 0",
            [],
        ),
        (
            "{percent_of_rows: tickets, where: 'closed > opened', among: 'handled > opened'}",
            "count(tickets) > 0",
            ["S133"],
        ),
        ("{percent_of_log: closed_loop}", "count(tickets) > 0", ["S133"]),
    ],
)
def test_tables_may_be_empty_unless_guarded(measure: str, guard: str, wanted: list[str]) -> None:
    assert said("tickets", measure, extra=f"    applies_when: {guard}\n") == wanted


@pytest.mark.parametrize(
    ("asks", "measure"),
    [
        ("tickets", "{count_rows: tickets, where: 'closed > opened', dated: opened, look_back: 1 year}"),
        ("tickets", "{count_rows: tickets, dated: opened, each: month}"),
        ("tickets", "{count_rows: tickets, distinct: code}"),
        ("survey.answered, survey.satisfied", "{change_from: survey.answered, now: survey.satisfied, as: number}"),
        ("survey.answered, households", "{change_from: households, now: survey.answered}"),
        (
            "survey.answered",
            "{rank_in_round: survey.answered, within: region, small_group: {fewer_than: 5, otherwise: 50}}",
        ),
        ("survey.answered", "{against_mean: survey.answered, as: percent}"),
        ("survey.answered", "{index: survey.answered, better: low, small_group: {fewer_than: 3}}"),
        (
            "tickets",
            "{percent_of_log: closed_loop, deadlines: [{start: opened, end: closed, at_most: 15 days}], when_zero: 0}",
        ),
    ],
)
def test_every_measure_goes_with_bands(asks: str, measure: str) -> None:
    assert said(asks, measure) == []


def test_each_wants_to_know_the_date_column() -> None:
    assert said("tickets", "{count_rows: tickets, each: month}") == ["S042"]


@pytest.mark.parametrize(
    ("asks", "measure", "score"),
    [
        ("tickets", "{count_rows: tickets}", "per_item: {points: 1, for_each: 1, at_most: 10}"),
        ("tickets", "{count_rows: tickets}", "deduct: {lose: 2, for_each: 1}"),
        ("survey.answered", "{field: survey.answered}", "yes_no: {at_least: 30, at_most: '100 - 1'}"),
        ("survey.answered", "", "yes_no: survey.answered > 30"),
        ("survey.answered", "", "checklist: {lose: 5, items: [{title: 甲, when: survey.answered > 3}]}"),
        ("survey.answered", "", "checklist: {lookup: {'1': 10}, items: [{title: 甲, when: survey.answered > 3}]}"),
        ("survey.answered", "", "all_of: {parts: [{title: 甲, when: survey.answered > 3}], otherwise: lowest}"),
        ("survey.answered", "", "best_of: [{title: 甲, when: survey.answered > 3}]"),
        (
            "survey.answered",
            "",
            "sum: [{title: 甲, points: 4, when: survey.answered > 3}, {title: 乙, points: 6, "
            "measure: {field: survey.answered}, score: {linear: [{value: 0, points: 0}, {value: 9, points: 6}]}}]",
        ),
    ],
)
def test_every_score_is_read(asks: str, measure: str, score: str) -> None:
    assert said(asks, measure, score) == []


def test_a_percent_needs_a_step_even_for_each_1() -> None:
    assert said(BOTH, PERCENT[:-1] + ", when_zero: 0}", "per_item: {points: 1, for_each: 1}") == ["S125"]


@pytest.mark.parametrize(
    ("bands", "wanted"),
    [
        ("[{at_least: 3, points: 10}, {at_most: 2, points: 0}]", []),
        ("[{at_least: 4, points: 10}, {at_most: 2, points: 0}]", ["S120"]),
        ("[{more_than: 2, less_than: 4, points: 10}, {at_least: 4, points: 5}, {at_most: 2, points: 0}]", []),
        ("[{more_than: 2, less_than: 3, points: 10}, {otherwise: 0}]", ["S122"]),
        ("[{at_least: 1001, points: 10}, {otherwise: 0}]", ["S122"]),
        ("[{at_least: 1000, points: 10}, {otherwise: 0}]", []),
        ("[{at_least: 5, at_most: 3, points: 10}, {otherwise: 0}]", ["S122"]),
        ("[{otherwise: 10}, {at_least: 1, points: 5}]", ["S122"]),
    ],
)
def test_bands_of_a_count_are_tried_on_whole_numbers(bands: str, wanted: list[str]) -> None:
    """A ticket log holds 0 to 1000 rows: between 2 and 3 there is nothing to miss."""
    assert said("tickets", "{count_rows: tickets}", f"bands: {bands}") == wanted


def test_bands_are_tried_class_by_class() -> None:
    village = "criteria/village/services.yaml"
    old = "{at_least: 70, points: 0.5}"
    rows = "{at_least: {by: terrain, plain: 70, hill: 95}, points: 0.5}"
    files = changed(village, old, rows)
    files = changed(village, "        asks: [tickets]", "        asks: [tickets, terrain]", files)
    _, problems = load_and_check(files)
    assert [problem.code for problem in problems] == ["S122"]


def test_edges_that_follow_from_facts_are_left_alone() -> None:
    score = "bands: [{at_least: 'survey.satisfied / 2', points: 10}]"
    assert said(BOTH, "{field: survey.answered}", score) == []


def test_burden_counts_what_the_unit_itself_hands_in() -> None:
    """Village: households 1, clinic 2, grids 5, honours 3 minutes; 批复文件 and 巡诊记录. Community: honours alone."""
    assert burden_of(tiny(), "village") == Burden(4, 2, 11)
    assert burden_of(tiny(), "community") == Burden(1, 0, 3)


def test_a_necessity_allows_photos() -> None:
    files = changed("criteria/village/services.yaml", "{document: 批复文件", "{document: 门头照片")
    files = changed(
        "criteria/fields.yaml", "    title_en: clinic\n", "    title_en: clinic\n    necessity: 门头须可辨认\n", files
    )
    assert load_and_check(files)[1] == ()


def titled(text: str) -> Pack:
    pack, _ = load_and_check(changed("pack.yaml", "title: 小标准", f'title: "{text}"'))
    assert pack is not None
    return pack


@pytest.mark.parametrize("text", ["村,社区", "村(社区)", "好;坏", "时间:三天", "是吗?", "甲,“乙”"])
def test_half_width_signs_next_to_chinese_are_doubted(text: str) -> None:
    assert HALF_WIDTH.code in [problem.code for problem in check_text(titled(text))]


@pytest.mark.parametrize("text", ["村，社区", "3:1", "a, b", "30-50户", "GB/T 50378标准", "比1.5大", "见 pack.yaml"])
def test_signs_among_letters_and_digits_are_fine(text: str) -> None:
    assert check_text(titled(text)) == ()


@pytest.mark.parametrize("text", ["共 3户", "3 户", "90% 以上"])
def test_a_space_between_digit_and_chinese_is_doubted(text: str) -> None:
    assert [problem.code for problem in check_text(titled(text))] == ["S171"]


def test_quotations_stay_as_they_were_printed() -> None:
    files = changed("criteria/village/services.yaml", "quote: 以30-50户为单元", 'quote: "以 30户,50户为单元"')
    assert load_and_check(files)[1] == ()
