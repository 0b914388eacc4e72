"""Phases follow one another without gap or overlap; the day alone decides which is on, both its days included."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from tests.assessment.packs import make_pack

from meihao.core.files import FileText
from meihao.round.model import Round
from meihao.round.phases import PHASES, Phase, PhaseNow
from meihao.round.read import lone_round, read_round_text

HEAD = "round: r\nreference_date: 2026-06-30\nclosed: false\nstage: verified\nphases:\n"
PACK = make_pack("- {id: c, points: 1, asks: [n], score: {yes_no: n > 1}}", "n: {type: count}")
APPLY, REVIEW = "{phase: apply, from: 2026-05-01, until: 2026-05-29}", "{phase: review, from: 2026-05-30}"


def read(*phases: str) -> tuple[Round | None, list[str]]:
    text = HEAD + "".join(f"  - {one}\n" for one in phases)
    round_, problems = read_round_text(FileText(Path("round.yaml"), text.encode()), PACK)
    return round_, [problem.text(lang) for problem in problems for lang in ("zh", "en")]


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        ("2026-04-30", "before"), ("2026-05-01", "apply"), ("2026-05-29", "apply"), ("2026-05-30", "notice"),
        ("2026-06-10", "notice"), ("2026-06-11", "notice"),
    ],
)  # fmt: skip
def test_a_phase_has_both_its_days_and_the_last_one_stays(day: str, phase: PhaseNow) -> None:
    round_, said = read(APPLY, "{phase: notice, from: 2026-05-30, until: 2026-06-10}")
    assert not said
    assert round_
    assert round_.phase_on(date.fromisoformat(day)) == phase


def test_a_round_without_phases_is_in_any() -> None:
    assert lone_round(None).phase_on(date(2026, 5, 1)) == "any"


def test_the_phases_have_names_in_their_order() -> None:
    assert tuple(PHASES) == get_args(Phase)


SAID = """
round.yaml:7:5 W122 “申报”到2026-05-29为止，“审核”从2026-05-31起，中间有几天哪个阶段都不是（
round.yaml:7:5 W122 “application” ends on 2026-05-29 and “review” begins on 2026-05-31: the days between are in no phase
round.yaml:7:5 W123 “申报”到2026-05-29为止，“审核”却从2026-05-29起，两个阶段重叠（
round.yaml:7:5 W123 “application” ends on 2026-05-29, yet “review” begins on 2026-05-29: both at once (
round.yaml:7:5 W124 “申报”排在“审核”后面，次序不对（照这个次序：申报、审核、核查、评定、公示、异议、命名；
round.yaml:7:5 W124 “application” comes after “review”, which is the wrong order (the order is application, review,
round.yaml:7:5 W125 “申报”写了两次（另一处：round.yaml:6:5）
round.yaml:7:5 W125 “application” stands twice (also at round.yaml:6:5)
round.yaml:6:5 W126 “申报”从2026-05-01起，却到2026-04-30为止（
round.yaml:6:5 W126 “application” begins on 2026-05-01, yet ends on 2026-04-30 (
round.yaml:6:5 W127 “申报”没有写到哪天为止，后面还有“审核”（
round.yaml:6:5 W127 “application” has no last day, yet “review” follows it (
"""
FAULTY = {
    "W122": (APPLY, "{phase: review, from: 2026-05-31}"),
    "W123": (APPLY, "{phase: review, from: 2026-05-29}"),
    "W124": (REVIEW, APPLY),
    "W125": (APPLY, "{phase: apply, from: 2026-05-30}"),
    "W126": ("{phase: apply, from: 2026-05-01, until: 2026-04-30}",),
    "W127": ("{phase: apply, from: 2026-05-01}", REVIEW),
}


@pytest.mark.parametrize("code", FAULTY)
def test_phases_that_do_not_join_are_told_once_at_their_line(code: str) -> None:
    round_, told = read(*FAULTY[code])
    said = [line for line in SAID.splitlines() if f" {code} " in line]
    assert round_ is None
    assert len(told) == len(said)
    assert all(one.startswith(start) for one, start in zip(told, said, strict=True)), told


@pytest.mark.parametrize(
    "days", ["from: 2026-05-01, until: 2026-05-01", "from: 2026-05-01, until: 2026-05-29", "from: 2026-05-01"]
)
def test_a_phase_of_one_day_or_without_a_last_one_is_good(days: str) -> None:
    assert read(f"{{phase: judge, {days}}}")[1] == []


def test_a_phase_that_nobody_knows_is_refused_where_it_stands() -> None:
    assert read("{phase: aply, from: 2026-05-01}")[1][0].startswith("round.yaml:6:")
