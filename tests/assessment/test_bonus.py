"""Proves step 9: per matter the highest level, inner caps, the outer cap, the window; and that bonus stays out of the base."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.assessment.packs import judge, make_pack, rows

from meihao.assessment.results import BonusItem
from meihao.core.numbers import Number
from meihao.core.unknown import Why
from meihao.evidence.model import Document
from meihao.standard.model import Pack

FIELDS = """
paired: {type: yes_no}
seen: {type: yes_no, provided_by: inspector}
h:
  type: table
  columns:
    matter: {type: text}
    level: {type: choice, options: {national: 国家级, province: 省级, city: 市级, none: 无}}
    day: {type: date}
    sort: {type: text}
"""
HONOURS = """{id: honours, at_most: 8, rows: h, matter: matter, level: level,
points: {national: 5, province: 3, city: 1}, dated: day, look_back: 3 years, where: sort == "a"}"""
PAIRED = "{id: paired, at_most: 2, when: paired, points: 3, evidence: [{document: 协议}]}"
PAPER = Document("协议")


def bonus_pack(*lines: str, at_most: int = 10) -> Pack:
    criterion = "[{id: c, points: 5, asks: [paired], score: {yes_no: paired}}]"
    return make_pack(criterion, FIELDS, f"bonus: [{', '.join(lines)}]", bonus=at_most)


def honour(matter: str = "甲", level: str = "national", day: str = "2026-01-01", sort: str = "a") -> dict[str, Any]:
    return {"matter": matter, "level": level, "day": date.fromisoformat(day), "sort": sort}


def honours(*given: dict[str, Any], **case: Any) -> BonusItem:
    return judge(bonus_pack(HONOURS), {"h": rows(*given)}, **case).bonuses[0]


def spread(item: BonusItem) -> tuple[Number, Number]:
    return item.lo, item.hi


@pytest.mark.parametrize(("level", "points"), [("national", 5), ("province", 3), ("city", 1), ("none", 0)])
def test_a_level_earns_its_points(level: str, points: int) -> None:
    assert spread(honours(honour(level=level))) == (points, points)


def test_of_one_matter_only_the_highest_level_counts_and_matters_add_up() -> None:
    both = honours(honour("甲", "city"), honour("甲", "national"), honour("乙", "city"))
    assert spread(both) == (6, 6)
    assert both.matters == (("乙", "city", 1), ("甲", "national", 5))
    assert spread(honours(honour("甲"), honour("甲 ", "city"))) == (5, 5)


def test_the_inner_and_the_outer_cap() -> None:
    assert spread(honours(honour("甲"), honour("乙"))) == (8, 8)
    everything = judge(
        bonus_pack(HONOURS, PAIRED, at_most=9),
        {"h": rows(honour("甲"), honour("乙")), "paired": True},
        documents=[PAPER],
    )
    assert [b.lo for b in everything.bonuses] == [8, 2]
    assert (everything.bonus_lo, everything.bonus_hi, everything.base_lo, everything.total_lo) == (9, 9, 5, 14)


@pytest.mark.parametrize(
    ("day", "points"), [("2026-06-30", 5), ("2023-07-01", 5), ("2023-06-30", 0), ("2026-07-01", 0)]
)
def test_the_window_holds_its_last_day_and_not_the_same_day_three_years_before(day: str, points: int) -> None:
    assert honours(honour(day=day)).lo == points


def test_rows_of_another_sort_do_not_count() -> None:
    assert spread(honours(honour(sort="b"))) == (0, 0)


def test_a_row_without_its_level_may_turn_out_to_be_the_highest() -> None:
    item = honours(honour("乙", "city"), {k: v for k, v in honour().items() if k != "level"})
    assert (spread(item), item.whys) == ((1, 6), (Why("missing_fact", "h.level"),))


def test_a_row_without_its_matter_may_be_new_or_counted_already() -> None:
    nameless = {k: v for k, v in honour("甲", "city").items() if k != "matter"}
    item = honours(honour("甲"), nameless)
    assert (spread(item), item.whys) == ((5, 6), (Why("missing_fact", "h.matter"),))


def test_a_row_without_its_day_or_its_sort_may_count() -> None:
    for key in ("day", "sort"):
        item = honours({k: v for k, v in honour().items() if k != key})
        assert (spread(item), item.whys) == ((0, 5), (Why("missing_fact", f"h.{key}"),))


def test_a_row_that_may_count_in_a_matter_that_counts_already_adds_the_difference() -> None:
    undated = {k: v for k, v in honour("甲", "national").items() if k != "day"}
    assert spread(honours(honour("甲", "province"), undated)) == (3, 5)
    assert spread(honours(honour("甲", "national"), undated)) == (5, 5)


def test_a_row_that_cannot_count_may_lack_everything_else() -> None:
    assert spread(honours({"sort": "b"}, {"day": date(2000, 1, 1)})) == (0, 0)


def test_an_absent_table_leaves_everything_open_and_an_empty_one_nothing() -> None:
    absent = judge(bonus_pack(HONOURS)).bonuses[0]
    assert (spread(absent), absent.whys) == ((0, 8), (Why("missing_fact", "h", owed=True),))
    assert spread(honours()) == (0, 0)


def test_without_a_reference_date_a_window_waits() -> None:
    item = honours(honour(), on=None)
    assert (spread(item), item.whys) == ((0, 5), (Why("needs_round", "reference_date"),))


def test_every_row_counts_where_no_window_and_no_test_are_written() -> None:
    plain = "{id: p, at_most: 8, rows: h, matter: matter, level: level, points: {national: 5, city: 1}}"
    facts = {"h": rows(honour(day="1999-01-01", sort="b"))}
    assert spread(judge(bonus_pack(plain), facts, on=None).bonuses[0]) == (5, 5)


# by condition


@pytest.mark.parametrize(("paired", "points"), [(True, (2, 2)), (False, (0, 0)), (None, (0, 2))])
def test_a_condition_earns_its_points_under_its_cap(paired: bool | None, points: tuple[int, int]) -> None:
    facts = {} if paired is None else {"paired": paired}
    assert spread(judge(bonus_pack(PAIRED), facts, documents=[PAPER]).bonuses[0]) == points


def test_a_missing_document_leaves_the_bonus_open_and_names_everything() -> None:
    item = judge(bonus_pack(PAIRED), {"paired": True}).bonuses[0]
    assert (spread(item), item.whys) == ((0, 2), (Why("missing_document", "协议", owed=True),))
    both = judge(bonus_pack(PAIRED)).bonuses[0]
    assert {why.cause for why in both.whys} == {"missing_document", "missing_fact"}
    assert spread(judge(bonus_pack(PAIRED), {"paired": False}).bonuses[0]) == (0, 0)


def test_after_the_deadline_what_was_not_handed_in_earns_no_bonus() -> None:
    assert spread(judge(bonus_pack(PAIRED), {"paired": True}, closed=True).bonuses[0]) == (0, 0)
    assert spread(judge(bonus_pack(PAIRED), {}, closed=True, documents=[PAPER]).bonuses[0]) == (0, 0)
    assert spread(judge(bonus_pack(HONOURS), closed=True).bonuses[0]) == (0, 0)
    undated = {k: v for k, v in honour("乙").items() if k != "day"}
    assert spread(honours(honour("甲", "province"), undated, closed=True)) == (3, 3)


def test_after_the_deadline_what_an_inspector_owes_stays_open() -> None:
    seen = "{id: s, at_most: 2, when: seen, points: 2, evidence: [{document: 协议}]}"
    assert spread(judge(bonus_pack(seen), closed=True, documents=[PAPER]).bonuses[0]) == (0, 2)
    assert spread(judge(bonus_pack(seen), closed=True).bonuses[0]) == (0, 2)


def test_bonus_is_never_in_a_node_and_needs_no_criterion() -> None:
    assessment = judge(bonus_pack(PAIRED), {"paired": True}, documents=[PAPER])
    assert [node.lo for node in assessment.nodes] == [5, 5]
    assert (assessment.base_lo, assessment.total_lo) == (5, 7)


def test_a_bonus_may_read_items() -> None:
    full = '{id: f, at_most: 2, when: \'outcome("place.d.c") == "met"\', points: 2}'
    assert judge(bonus_pack(full), {"paired": True}).bonus_lo == 2
    assert judge(bonus_pack(full), {"paired": False}).bonus_hi == 0
