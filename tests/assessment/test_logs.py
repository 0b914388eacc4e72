"""Proves the logs: what counts as closed, in order and in time, what is left out."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from tests.assessment.packs import DAY, item_of, make_pack

from meihao.assessment.results import Item
from meihao.core.numbers import Number
from meihao.core.text import Label
from meihao.core.unknown import Why
from meihao.methods.measures.percent_of_log import in_order
from meihao.standard.model import Basis, Process

LOOP = Process("loop", Label("三步"), "jobs", ("got", "sent", "done"), (("done", "sent"),), Basis("ours"))
FIELDS = "jobs: {type: table, columns: {code: {type: text}, got: {type: date}, sent: {type: date}, done: {type: date}}}"
RULES = "processes: {loop: {log: jobs, steps: [got, sent, done], back: [{from: done, to: sent}]}}"
ZERO = "when_zero: not_applicable"


def job(got: str = "", sent: str = "", done: str = "") -> dict[str, date]:
    days = {"got": got, "sent": sent, "done": done}
    return {step: date.fromisoformat(f"2026-{day}") for step, day in days.items() if day}


def judged(more: str, *jobs: dict[str, date], **case: Any) -> Item:
    measure = f"{{percent_of_log: loop, {ZERO}{', ' if more else ''}{more}}}"
    score = "{linear: [{value: 0, points: 0}, {value: 100, points: 10}]}"
    pack = make_pack(f"[{{id: c, points: 10, asks: [jobs], measure: {measure}, score: {score}}}]", FIELDS, RULES)
    return item_of(pack, {"jobs": jobs}, **case)


def percent(more: str, *jobs: dict[str, date], **case: Any) -> Number | str | None:
    return judged(more, *jobs, **case).measured


def test_logs_with_every_step_in_order_are_closed() -> None:
    good, turned, short = job("03-01", "03-02", "03-05"), job("03-02", "03-01", "03-05"), job("03-01", "03-02")
    assert percent("", good, turned, short) == Fraction(100, 3)
    assert percent("", good) == 100
    assert percent("", turned, short) == 0


def test_several_steps_on_one_day_are_allowed_unless_refused() -> None:
    same = job("03-01", "03-01", "03-01")
    assert percent("", same) == 100
    assert percent("same_day: allowed", same) == 100
    assert percent("same_day: refused", same) == 0
    assert percent("same_day: refused", job("03-01", "03-02", "03-03")) == 100


@pytest.mark.parametrize(("done", "expected"), [("03-16", 100), ("03-17", 0)])
def test_the_last_day_of_a_deadline_counts(done: str, expected: int) -> None:
    assert percent("deadlines: [{start: got, end: done, at_most: 15 days}]", job("03-01", "03-02", done)) == expected


def test_with_deadlines_alone_the_steps_between_are_not_asked() -> None:
    only = "deadlines: [{start: got, end: done, at_most: 15 days}], only_deadlines: true"
    assert percent(only, job("03-01", "", "03-16")) == 100
    assert percent(only, job("03-05", "", "03-01")) == 0
    assert percent(only, job("03-01", "03-02")) == 0
    assert percent(only, job("", "03-02", "03-03")) == 0


@pytest.mark.parametrize(
    ("got", "counted"), [(date(2026, 6, 30), True), (date(2025, 7, 1), True), (date(2025, 6, 30), False)]
)
def test_only_logs_started_in_the_window_count(got: date, counted: bool) -> None:
    item = judged("started_within: 1 year", {"got": got, "sent": got, "done": got})
    assert item.outcome == ("met" if counted else "not_applicable")


@pytest.mark.parametrize(("got", "counted"), [("05-31", True), ("06-01", False), ("06-30", False)])
def test_logs_too_young_to_be_closed_are_left_out(got: str, counted: bool) -> None:
    item = judged("leave_out_if_started_within: 30 days", job(got))
    assert item.outcome == ("not_met" if counted else "not_applicable")


def test_a_log_without_its_first_date_counts_as_not_closed() -> None:
    assert percent("started_within: 1 year", job("03-01", "03-02", "03-03"), job("", "03-02", "03-03")) == 50


def test_windows_need_the_reference_date_and_plain_order_does_not() -> None:
    waiting = judged("started_within: 1 year", job("03-01", "03-02", "03-03"), on=None)
    assert waiting.whys == (Why("needs_round", "reference_date"),)
    assert percent("", job("03-01", "03-02", "03-03"), on=None) == 100


def test_an_absent_log_is_unknown_and_an_empty_one_has_nothing_to_close() -> None:
    pack = make_pack(
        f"[{{id: c, points: 10, asks: [jobs], measure: {{percent_of_log: loop, {ZERO}}}, score: {{yes_no: {{at_least: 1}}}}}}]",
        FIELDS, RULES,
    )  # fmt: skip
    assert item_of(pack, {}).whys == (Why("missing_fact", "jobs", owed=True),)
    assert item_of(pack, {"jobs": ()}).outcome == "not_applicable"


def test_dates_in_order_are_those_that_sorting_leaves_alone() -> None:
    days = [date(2026, 3, day) for day in (1, 2, 3)]
    for got, sent, done in product(days, repeat=3):
        row = {"got": got, "sent": sent, "done": done}
        assert in_order(LOOP, row, "allowed") == ([got, sent, done] == sorted([got, sent, done]))
        assert in_order(LOOP, row, "refused") == ([got, sent, done] == days)
    assert DAY.year == 2026
