"""Proves what a missing or expired document does: the item waits for it, in a choice of routes only that route does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest
from tests.assessment.packs import DAY, Facts, causes, item_of, make_pack

from meihao.assessment.results import Item
from meihao.core.unknown import Why
from meihao.evidence.model import Document

FIELDS = "{p: {type: yes_no}, q: {type: yes_no}, o: {type: yes_no, provided_by: inspector}, x: {type: number}}"
PAPER = Document("合同")


def backed(
    evidence: str, *papers: Document, facts: Facts | None = None, on: date | None = DAY, closed: bool = False
) -> Item:
    text = f"[{{id: c, points: 5, asks: [p], score: {{yes_no: p}}, evidence: [{evidence}]}}]"
    return item_of(
        make_pack(text, FIELDS), {"p": True} if facts is None else facts, documents=papers, on=on, closed=closed
    )


def test_a_document_that_is_there_backs_the_item_and_a_missing_one_leaves_it_open() -> None:
    assert backed("{document: 合同}", PAPER).outcome == "met"
    item = backed("{document: 合同}")
    assert (item.outcome, item.lo, item.hi) == ("unknown", 0, 5)
    assert item.whys == (Why("missing_document", "合同", owed=True),)


def test_titles_agree_after_nfc_and_without_blanks() -> None:
    assert backed("{document: 合同é}", Document(" 合同é ")).outcome == "met"


def test_an_optional_document_is_never_missed() -> None:
    assert backed("{document: 照片, optional: true}").outcome == "met"


def test_every_missing_document_and_fact_is_named() -> None:
    item = backed("{document: 合同}, {document: 照片}", facts={})
    assert causes(item) == {("missing_fact", "p"), ("missing_document", "合同"), ("missing_document", "照片")}


@pytest.mark.parametrize(
    ("valid_to", "cause"),
    [("2026-06-30", None), ("2026-07-01", None), ("2026-06-29", "expired_document"), ("", "missing_document")],
)
def test_a_document_is_valid_to_its_last_day(valid_to: str, cause: str | None) -> None:
    paper = Document("合同", valid_to=date.fromisoformat(valid_to) if valid_to else None)
    item = backed("{document: 合同, valid_on: reference_date}", paper)
    assert causes(item) == ({(cause, "合同")} if cause else set())


@pytest.mark.parametrize(
    ("day", "cause"),
    [
        ("2026-06-30", None),
        ("2024-07-01", None),
        ("2024-06-30", "expired_document"),
        ("2026-07-01", "missing_document"),
        ("", "missing_document"),
    ],
)
def test_a_document_serves_two_years_from_its_day(day: str, cause: str | None) -> None:
    paper = Document("合同", day=date.fromisoformat(day) if day else None)
    item = backed("{document: 合同, valid_for: 2 years}", paper)
    assert causes(item) == ({(cause, "合同")} if cause else set())


def test_a_document_dated_after_the_reference_date_does_not_serve_yet() -> None:
    paper = Document("合同", day=date(2026, 7, 1), valid_to=date(2027, 1, 1))
    assert causes(backed("{document: 合同, valid_on: reference_date}", paper)) == {("missing_document", "合同")}


def test_one_good_document_of_several_is_enough() -> None:
    old, new = (Document("合同", valid_to=date(year, 12, 31)) for year in (2020, 2026))
    for papers in ((old, new), (new, old)):
        assert backed("{document: 合同, valid_on: reference_date}", *papers).outcome == "met"
    assert causes(backed("{document: 合同, valid_on: reference_date}", old, old)) == {("expired_document", "合同")}


def test_an_expired_document_is_named_before_an_undated_one_in_any_order() -> None:
    expired, undated = Document("合同", valid_to=date(2020, 1, 1)), Document("合同")
    for papers in ((expired, undated), (undated, expired)):
        found = backed("{document: 合同, valid_on: reference_date}", *papers)
        assert causes(found) == {("expired_document", "合同")}


def test_validity_needs_the_reference_date_and_mere_presence_does_not() -> None:
    assert causes(backed("{document: 合同, valid_for: 2 years}", PAPER, on=None)) == {("needs_round", "reference_date")}
    assert backed("{document: 合同}", PAPER, on=None).outcome == "met"


@pytest.mark.parametrize("papers", [(), (Document("合同", valid_to=date(2020, 1, 1)),)])
def test_after_the_deadline_what_was_not_handed_in_counts_0(papers: Sequence[Document]) -> None:
    item = backed("{document: 合同, valid_on: reference_date}", *papers, closed=True)
    assert (item.outcome, item.lo, item.hi, item.late) == ("not_met", 0, 0, True)
    without_a_day = backed("{document: 合同, valid_on: reference_date}", PAPER, closed=True, on=None)
    assert (without_a_day.outcome, without_a_day.hi) == ("unknown", 5)


ROUTES = "any_of: [{title: 甲, when: p, evidence: [{document: 合同}]}, {title: 乙, when: q, points: 3}]"


def routed(facts: Facts, *papers: Document, closed: bool = False, score: str = ROUTES, asks: str = "p, q") -> Item:
    return item_of(
        make_pack(f"[{{id: c, points: 5, asks: [{asks}], score: {{{score}}}}}]", FIELDS),
        facts,
        documents=papers,
        closed=closed,
    )


@pytest.mark.parametrize(
    ("facts", "papers", "bounds"),
    [
        ({"p": True, "q": True}, (), (3, 5)),
        ({"p": True, "q": True}, (PAPER,), (5, 5)),
        ({"p": True, "q": False}, (), (0, 5)),
        ({"p": False, "q": True}, (), (3, 3)),
        ({"p": False, "q": False}, (), (0, 0)),
        ({"q": True}, (), (3, 5)),
    ],
)
def test_a_missing_document_leaves_only_its_own_route_open(
    facts: Facts, papers: Sequence[Document], bounds: tuple[int, int]
) -> None:
    item = routed(facts, *papers)
    assert (item.lo, item.hi) == bounds


@pytest.mark.parametrize(("worth", "rest"), [("1", "4"), ("0.5", "4.5")])
def test_a_missing_document_leaves_a_part_of_one_point_or_less_open_too(worth: str, rest: str) -> None:
    first = f"{{title: 甲, points: {worth}, when: p, evidence: [{{document: 合同}}]}}"
    score = f"sum: [{first}, {{title: 乙, points: {rest}, when: q}}]"
    missing = routed({"p": True, "q": True}, score=score)
    assert (missing.lo, missing.hi, causes(missing)) == (Fraction(rest), 5, {("missing_document", "合同")})
    backed_up = routed({"p": True, "q": True}, PAPER, score=score)
    assert (backed_up.lo, backed_up.hi) == (5, 5)
    in_vain = routed({"p": False, "q": True}, score=score)
    assert (in_vain.lo, in_vain.hi) == (Fraction(rest), Fraction(rest))


def test_a_route_names_its_missing_facts_beside_its_missing_document() -> None:
    assert causes(routed({"q": False})) == {("missing_fact", "p"), ("missing_document", "合同")}


def test_after_the_deadline_only_the_route_that_lacks_its_document_counts_0() -> None:
    item = routed({"p": True, "q": True}, closed=True)
    assert (item.outcome, item.lo, item.hi, item.late) == ("partly_met", 3, 3, True)


def test_a_route_that_also_waits_for_an_inspector_stays_open_after_the_deadline() -> None:
    score = "any_of: [{title: 甲, when: o, evidence: [{document: 合同}]}, {title: 乙, when: q, points: 3}]"
    item = routed({"q": True}, closed=True, score=score, asks="o, q")
    assert (item.lo, item.hi) == (3, 5)
    assert causes(item) == {("awaiting_inspector", "o"), ("missing_document", "合同")}
