"""Proves, on details written by hand, what is named behind a changed figure: facts and documents below their item, rules, and
values across the round where nothing of the unit itself changed."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from tests.ranking.by_hand import details_of

from meihao.core.text import Label
from meihao.evidence.shown import apart, shown
from meihao.ranking.behind import Brought, Cause, explain_changes

from .round_folder import PACK, rows

FROM = {"by": "村委会", "role": "applicant", "date": "2026-05-20", "file": "V-1/0001.evidence.yaml"}
FIRST = {**FROM, "received": {"number": 1, "date": "2026-05-20", "by": "王某", "reason": "", "file": "a.xlsx"}}
SECOND = {
    **FROM,
    "file": "V-1/0002.evidence.yaml",
    "received": {"number": 2, "date": "2026-06-01", "by": "李某", "reason": "漏数", "file": "b.xlsx"},
}
PAPER = {"title": "合同", "number": "1号", "file": "V-1/0001.evidence.yaml", "received": FIRST["received"]}
PARTS = {"issuer": "", "date": "2025-01-01", "valid_to": "2027-01-01", "sha256": ""}
BODY: dict[str, Any] = {
    "items": {
        "a.fees": {"title": {"zh": "收缴率", "en": "fees"}, "asks": ["paid"], "documents": ["合同"]},
        "a.visits": {"title": "走访", "asks": ["visits"], "documents": []},
    },
    "fields": {
        "paid": {"title": {"zh": "已收", "en": "paid"}, "columns": {}},
        "visits": {"title": "走访台账", "columns": {"day": "日期", "who": "谁"}},
    },
    "rules": {"vetoes.fire": {"zh": "火灾", "en": "fire"}},
    "units": {
        "V-1": {
            "name": "某村",
            "items": {
                "a.fees": {"lo": "5", "hi": "5", "outcome": "met"},
                "a.visits": {"lo": "2", "hi": "2", "outcome": "met"},
            },
            "facts": {
                "paid": {"value": "90元", "from": [FIRST]},
                "visits": {
                    "value": {"zh": "1行", "en": "1 rows"},
                    "rows": [{"day": "2026-01-01", "who": "甲"}],
                    "from": [FIRST],
                },
            },
            "documents": [{**PAPER, "parts": PARTS}],
            "findings": {},
            "context": {"a.rank": "3"},
        }
    },
}


def changed(**parts: Any) -> tuple[Cause, ...]:
    """Return what is named when parts of the unit are put in the place of the old ones."""
    new = copy.deepcopy(BODY)
    new["units"]["V-1"] |= parts
    return explain_changes(details_of(BODY), details_of(new)).get("V-1", ())


def items(**points: tuple[str, str]) -> dict[str, Any]:
    old: dict[str, Any] = BODY["units"]["V-1"]["items"]
    return {**old, **{f"a.{name}": {"lo": low, "hi": high, "outcome": "x"} for name, (low, high) in points.items()}}


def facts(**values: Any) -> dict[str, Any]:
    return {**BODY["units"]["V-1"]["facts"], **values}


def test_nothing_changed_nothing_named() -> None:
    assert explain_changes(details_of(BODY), details_of(copy.deepcopy(BODY))) == {}


def test_a_field_stands_below_the_item_that_asks_it_with_the_submission_that_brought_it() -> None:
    (item,) = changed(items=items(fees=("3", "3")), facts=facts(paid={"value": "80元", "from": [SECOND]}))
    assert (item.what, item.id, item.before.zh, item.after.zh) == ("item", "a.fees", "5", "3")
    (fact,) = item.causes
    assert (fact.title, fact.before.zh, fact.after.zh) == (Label("已收", "paid"), "90元", "80元")
    how = ("2026-06-01", "李某", "漏数", "b.xlsx")
    assert fact.brought == (Brought("V-1/0002.evidence.yaml", "村委会", "applicant", 2, *how),)


def test_a_second_inspector_is_named_alone_where_the_first_said_the_same_before() -> None:
    (fact,) = changed(facts=facts(paid={"value": "85元", "from": [FIRST, SECOND]}))
    assert [one.number for one in fact.brought] == [2]


def test_an_open_item_shows_both_ends_and_an_unsettled_fact_is_said() -> None:
    (item,) = changed(items=items(fees=("0", "5")), facts=facts(paid={"value": None, "from": [FIRST, SECOND]}))
    assert (item.after, item.causes[0].after) == (Label("0—5（未定）", "0—5 (open)"), Label("待核", "unsettled"))


def test_of_a_register_the_cell_is_named() -> None:
    (fact,) = changed(
        facts=facts(visits={"value": "1行", "rows": [{"day": "2026-01-02", "who": "甲"}], "from": [SECOND]})
    )
    assert (fact.before.zh, fact.after.zh) == ("第1行“日期”2026-01-01", "第1行“日期”2026-01-02")


def test_a_fact_that_went_away_or_came_is_named() -> None:
    (fact,) = changed(facts={"visits": BODY["units"]["V-1"]["facts"]["visits"]})
    assert (fact.id, fact.before.zh, fact.after.zh, fact.brought) == ("paid", "90元", "没有填", ())


@pytest.mark.parametrize(
    ("documents", "before", "after"),
    [
        ([], "有", "没有"),
        ([{**PAPER, "parts": {**PARTS, "valid_to": "2026-01-01"}}], "2027-01-01", "2026-01-01"),
        ([{**PAPER, "parts": {**PARTS, "issuer": "某公司"}}], "没有", "某公司"),
    ],
)
def test_a_document_stands_below_the_item_that_wants_it(documents: list[Any], before: str, after: str) -> None:
    (item,) = changed(items=items(fees=("0", "0")), documents=documents)
    assert [(c.what, c.before.zh, c.after.zh) for c in item.causes] == [("document", before, after)]


def test_a_document_that_came_names_the_submission_and_one_that_went_none() -> None:
    paper = {**PAPER, "number": "2号", "parts": PARTS, "file": SECOND["file"], "received": SECOND["received"]}
    (came,) = changed(documents=[*BODY["units"]["V-1"]["documents"], paper])
    assert (came.what, came.title.zh, came.before.zh, came.after.zh) == ("document", "《合同》2号", "没有", "有")
    assert came.title["en"] == "“合同” 2号"  # the pack has no English for it
    assert [(one.number, one.by, one.reason) for one in came.brought] == [(2, "李某", "漏数")]
    (went,) = changed(documents=[])
    assert (went.before.zh, went.after.zh, went.brought) == ("有", "没有", ())


def test_every_part_of_a_document_that_changed_is_named_and_no_other() -> None:
    parts = {**PARTS, "date": "2025-02-01", "valid_to": "2028-01-01", "sha256": "0123456789abcdef"}
    found = changed(documents=[{**PAPER, "parts": parts}])
    assert [(one.title.zh, one.before.zh, one.after.zh) for one in found] == [
        ("《合同》1号日期", "2025-01-01", "2025-02-01"),
        ("《合同》1号有效期至", "2027-01-01", "2028-01-01"),
        ("《合同》1号内容", "没有", "0123456789ab"),
    ]
    assert all(one.brought[0].number == 1 for one in found)
    assert changed(documents=[{**PAPER, "parts": PARTS, "file": "V-1/0002.evidence.yaml"}]) == ()


def test_a_document_without_a_number_is_titled_without_one_in_the_readers_language() -> None:
    new = copy.deepcopy(BODY)
    new["titles"] = {"document": {"合同": {"zh": "合同", "en": "contract"}}}
    new["units"]["V-1"]["documents"] = [{**PAPER, "number": "", "parts": PARTS}]
    titles = [one.title for one in explain_changes(details_of(BODY), details_of(new))["V-1"]]
    assert titles == [Label("《合同》", "“contract”"), Label("《合同》1号", "“contract” 1号")]


def test_a_rule_that_fired_is_named() -> None:
    (rule,) = changed(findings={"vetoes.fire": "fired"})
    assert (rule.what, rule.title, rule.before.zh, rule.after.zh) == ("rule", Label("火灾", "fire"), "没有", "发现")


def test_a_value_across_the_round_is_named_where_nothing_of_the_unit_changed() -> None:
    item, context = changed(items=items(visits=("1", "1")), context={"a.rank": "5"})
    assert (item.causes, context.what, context.before.zh, context.after.zh) == ((), "context", "3", "5")


def test_a_unit_that_is_new_has_nothing_behind_it() -> None:
    new = copy.deepcopy(BODY)
    new["units"]["V-2"] = new["units"]["V-1"]
    assert explain_changes(details_of(BODY), details_of(new)) == {}


def test_values_in_words() -> None:
    fields = {field.id: field for field in PACK.fields}
    texts = {
        name: shown(value, fields[name]).zh for name, value in (("square", True), ("terrain", "hill"), ("visited", 85))
    }
    assert texts == {"square": "是", "terrain": "丘陵", "visited": "85%"}
    assert [w.zh for w in apart(rows(1, 2, 3), rows(1, 5, 6), fields["grids"])] == [
        "第2行“户数”2户",
        "第2行“户数”5户（另有1格）",
    ]
    assert [w["en"] for w in apart(rows(1), rows(1, 2), fields["grids"])] == ["1 row", "2 rows"]
