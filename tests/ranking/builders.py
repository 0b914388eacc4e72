"""A small pack, rounds and assessments made by hand: what the tests of this folder rank."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Literal

from msgspec.structs import replace

from meihao.assessment.results import Assessment, Finding, NodeScore, State, Verdict
from meihao.core.numbers import Number
from meihao.core.problems import Problems
from meihao.core.text import Label
from meihao.ranking import RankedList, Ranking, TierResult, rank
from meihao.round.model import Correction, Region, Round
from meihao.standard.model import (
    Basis,
    Ceiling,
    Grade,
    Group,
    KindOfUnit,
    Node,
    Pack,
    Profile,
    Seats,
    TieKey,
    Tier,
)

KINDS = ("village", "community", "compound")
TIES = (TieKey("higher", "percent_of", "dimension.satisfaction"), TieKey("fewer", "findings", "major"))


def tier(
    name: str = "ten",
    places: int = 10,
    requires: str = "qualified",
    seats: Sequence[Seats] = (),
    ceilings: Sequence[Ceiling] = (),
    lists: Sequence[str] = (),
    pending: str = "",
    confirmed_by: str = "",
) -> Tier:
    words = Label(pending)
    return Tier(name, Label(name), requires, places, tuple(seats), tuple(ceilings), confirmed_by, tuple(lists), words)


def by_county(
    allot: Literal["largest_remainder", "dhondt"] = "largest_remainder",
    proportion: Literal["passed", "applicants", "households"] = "passed",
    at_least: int = 0,
    at_most: int | None = None,
    unused: Literal["to_the_list", "empty"] = "empty",
    each: int = 0,
    level: str = "county",
) -> Seats:
    return Seats(level, allot, proportion, at_least, at_most, unused, each)


def profile(
    *tiers: Tier,
    still_tied: Literal["lot", "committee", "shared"] = "lot",
    by: Literal["total", "base", "percent"] = "total",
    ties: Sequence[TieKey] = (),
    reserve: int = 3,
    nested: bool = True,
    lists: Sequence[str] = ("rural", "urban"),
) -> Profile:
    basis = Basis("ours")
    return Profile("p", Label("p"), tuple(lists), by, tuple(ties), still_tied, tiers, reserve, basis, nested)


def standard(kind: str, points: int = 100) -> Node:
    parts = (Node(f"{kind}.satisfaction", Label("满意"), 20, ()), Node(f"{kind}.party", Label("党建"), 80, ()))
    return Node(kind, Label(kind), points, parts)


def pack(one: Profile, display_places: int = 2, points: tuple[int, int, int] = (100, 100, 100)) -> Pack:
    return Pack(
        id="pack",
        title=Label("pack"),
        edition="1",
        status="draft",
        issued_by="",
        notice=Label(""),
        kinds=tuple(KindOfUnit(k, Label(k)) for k in KINDS),
        groups=(
            Group("rural", Label("村社区"), ("village", "community")),
            Group("urban", Label("小区"), ("compound",)),
        ),
        fields=(),
        standards=tuple((k, standard(k, n)) for k, n in zip(KINDS, points, strict=True)),
        rules=(),
        relations=(),
        processes=(),
        waivers=(),
        bonuses=(),
        profiles=(one,),
        default_profile=one.id,
        grades=(Grade("qualified", Label("达标"), ()), Grade("model", Label("示范"), ())),
        pass_grade="qualified",
        item_places=2,
        display_places=display_places,
        base=100,
        bonus_at_most=10,
        when_closed_zero=True,
        burden=None,
        digest="sha256:pack",
    )


def unit(
    code: str,
    total: Number | str,
    region: str = "A",
    kind: str = "village",
    state: State = "passed",
    grade: str = "model",
    satisfaction: Number | None = 10,
    major: int = 0,
    possible: Number | None = None,
) -> Assessment:
    """An assessment by its figures; `satisfaction` is points of 20, None where the dimension does not apply."""
    points = Fraction(total)
    high = points if possible is None else possible
    given = 0 if satisfaction is None else satisfaction
    node = NodeScore(f"{kind}.satisfaction", given, given, 20, 0 if satisfaction is None else 20, given, given)
    findings = tuple(Finding(f"checks.{n}", "fired", "major", "none", "", ()) for n in range(major))
    deciding = (("line", "grades.qualified.base"),) if state != "passed" else ()
    verdict = Verdict(state, deciding)
    return Assessment(
        unit=code, kind=kind, name=f"示例{code}", region=region, stage="verified", reference_date="2026-06-30",
        closed=True, pack="pack", edition="1", pack_digest="sha256:pack", items=(), nodes=(node,), adjustments=(), bonuses=(),
        base_lo=points, base_hi=high, bonus_lo=0, bonus_hi=0, total_lo=points, total_hi=high, findings=findings,
        lines=(), grade=grade, best_grade=grade, verdict=verdict, verdict_without_waivers=verdict,
    )  # fmt: skip


def county(code: str, parent: str = "", applicants: int = 0, households: int = 0, level: str = "county") -> Region:
    return Region(code, f"{code}县", level, parent, applicants, households)


def correction(
    unit_: str, tier_: str, action: Literal["remove", "add", "confirm"], reason: str = "异议成立"
) -> Correction:
    return Correction(unit_, tier_, action, "评定委员会", date(2026, 7, 20), reason)


def a_round(*regions: Region, seed: str | None = None, corrections: Sequence[Correction] = ()) -> Round:
    empty = Round("r", Label("r"), date(2026, 6, 30), True, "verified", lot_seed=seed)
    return replace(empty, regions=regions, corrections=tuple(corrections))


def ranked(one: Profile, round_: Round, units: Sequence[Assessment]) -> Ranking:
    """Rank, expecting no error."""
    ranking, problems = rank(pack(one), round_, units)
    assert ranking is not None, [p.text("en") for p in problems]
    return ranking


def rural(one: Profile, round_: Round, units: Sequence[Assessment]) -> RankedList:
    return ranked(one, round_, units).ranked("rural")


def first_tier(one: Profile, round_: Round, units: Sequence[Assessment]) -> TierResult:
    return rural(one, round_, units).tiers[0]


def codes(result: TierResult) -> list[str]:
    return [place.unit for place in result.members]


def problem_codes(problems: Problems) -> list[str]:
    return [problem.code for problem in problems]
