"""Judges a case again as if some items were earned, to show what they would really change.

An earned item has its full mark and nothing else changes: caps, weights, reweighting, lines, rules and grades run again
as they did. Facts stay as they are, so a condition or veto that reads them still bars. Every figure is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from msgspec.structs import replace

from ..assessment.assess import assess
from ..assessment.infer.program import Conclude
from ..assessment.infer.reference import conclude as reference
from ..assessment.items import Holds
from ..assessment.plan import Plan
from ..assessment.results import Assessment, Item
from ..core.numbers import round_half_up
from ..methods.marks import Reason
from ..ranking.candidates import candidate
from ..ranking.results import RankedList, Ranking, list_of
from ..round.model import Case
from ..round.scope import CaseScope
from ..standard.model import Criterion, Pack
from .results import Gain, Gains, Reached

UNEARNABLE = ("not_applicable", "exempt")


def assess_earned(plan: Plan, case: Case, earned: Collection[str], conclude: Conclude = reference) -> Assessment:
    """Judge a unit as `assess` does, with some items at their full marks."""
    items = tuple((name, _full(plan.criteria[name]) if name in earned else judge) for name, judge in plan.items)
    return assess(replace(plan, items=items), case, conclude)


def _full(criterion: Criterion) -> Callable[[CaseScope, Holds], Item]:
    item = Item(criterion.id, "met", criterion.points, criterion.points, criterion.points, Reason("earned"))
    return lambda scope, holds: item


def open_items(own: Assessment) -> tuple[Item, ...]:
    """Return the items that lack points, in the order of the standard."""
    return tuple(item for item in own.items if item.lo < item.points and item.outcome not in UNEARNABLE)


Place = Callable[[Assessment], int]
"""What gives a unit judged again its rank; 0 where it has none."""


def unplaced(after: Assessment) -> int:
    """Give no rank: the unit is not ranked."""
    return 0


def gains_of(plan: Plan, case: Case, own: Assessment, conclude: Conclude = reference, place: Place = unplaced) -> Gains:
    """Return what the open items would bring; of equal gains the larger item first, then the order of the standard."""

    def reached(after: Assessment) -> Reached:
        return Reached(after, place(after))

    each = [_gain(item, reached(assess_earned(plan, case, (item.id,), conclude)), own) for item in open_items(own)]
    each.sort(key=lambda gain: (-gain.more, -(gain.item.points - gain.item.lo)))
    order = [gain.item.id for gain in each]
    everything = assess_earned(plan, case, order, conclude)
    enough, lifted = _enough(plan, case, own, order, conclude)
    return Gains(tuple(each), enough, reached(lifted), reached(everything), reached(own))


def _gain(item: Item, after: Reached, own: Assessment) -> Gain:
    return Gain(item, after, after.judged.total_lo - own.total_lo)


def _enough(
    plan: Plan, case: Case, own: Assessment, order: Sequence[str], conclude: Conclude
) -> tuple[int, Assessment]:
    """Return the smallest number of the first items that lifts the unit, found by judging again for each number."""
    before = level(own, plan.pack)
    for number, after in _together(plan, case, order, conclude):
        if level(after, plan.pack) > before:
            return number, after
    return 0, own


def _together(plan: Plan, case: Case, order: Sequence[str], conclude: Conclude) -> Iterator[tuple[int, Assessment]]:
    for number in range(1, len(order) + 1):
        yield number, assess_earned(plan, case, order[:number], conclude)


def level(one: Assessment, pack: Pack) -> int:
    """Return how high a unit stands: 0 where it has not passed, else its grade counted from the lowest, from 1."""
    if one.verdict.state != "passed":
        return 0
    return 1 + [grade.id for grade in pack.grades].index(one.grade) if one.grade else 1


def place_of(after: Assessment, pack: Pack, ranking: Ranking, one: RankedList) -> int:
    """Return the rank that a unit judged again would have among the passed ones of its list; 0 where it has none."""
    if after.verdict.state != "passed":
        return 0
    figure = round_half_up(candidate(after, pack).figure(ranking.by), ranking.figure_places)
    return 1 + sum(other.figure > figure for other in one.units if other.unit != after.unit)


def places_in(ranking: Ranking | None, pack: Pack, unit: str) -> Place:
    """Return what gives a unit its rank on the list where it stands; no rank where it was not ranked."""
    own = None if ranking is None else list_of(ranking, unit)
    if ranking is None or own is None:
        return unplaced
    return lambda after: place_of(after, pack, ranking, own)
