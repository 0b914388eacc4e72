"""Shows a unit in its round: tier, rank and reason, and the dots of all candidates."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from ..assessment.results import Assessment
from ..core.numbers import Number, fixed
from ..core.problems import Lang
from ..ranking.results import RankedList, Ranking, Standing, list_of
from ..round.model import Round
from ..standard.model import Pack
from .charts import PlotDot, dot_plot
from .figures import gap, span
from .model import DotPlot
from .places import Sayer, waits_text, why_place
from .unit_items import Peers
from .words import speaker


class StandingShown(Struct, frozen=True):
    """Tier and rank in words, sentences that say why, and the plot."""

    tier: str
    rank: str
    why: tuple[str, ...] = ()
    plot: DotPlot | None = None


def standing(
    pack: Pack, round_: Round, own: Assessment, peers: Peers, ranking: Ranking | None, lang: Lang
) -> StandingShown:
    """Return where a unit stands; without a ranking only the plot of its peers."""
    one = list_of(ranking, own.unit) if ranking else None
    if ranking is None or one is None:
        return StandingShown("—", speaker(lang)("not_ranked"), (), _peer_plot(pack, own, peers, lang))
    say = Sayer.of(ranking, pack, round_, lang)
    plot = _list_plot(own, one, say, lang)
    for unit in one.units:
        if unit.unit == own.unit:
            return _placed(unit, one, say, plot)
    for waiting in one.waiting:
        if waiting.unit == own.unit:
            best = say.t("best_rank_open", rank=waiting.best_rank)
            return StandingShown(say.t("undetermined"), best, (), plot)
    return StandingShown("—", say.t("not_passed_not_ranked"), (), plot)


def _placed(unit: Standing, one: RankedList, say: Sayer, plot: DotPlot | None) -> StandingShown:
    rank = say.t("rank_of", rank=unit.rank, n=len(one.units))
    held = [(t, p) for t in one.tiers for p in t.members if p.unit == unit.unit]
    waits = tuple(waits_text(seats, say) for t in one.tiers for seats in t.open if unit.unit in seats.units)
    tier = say.tiers[held[-1][0].tier] if held else say.t("no_tier")
    why = tuple(f"{say.tiers[t.tier]}{say.t('colon')}{why_place(p, say)}" for t, p in held[-1:])
    return StandingShown(tier, rank, (*why, *waits, *_to_next(unit, one, len(held), say)), plot)


def _to_next(unit: Standing, one: RankedList, held: int, say: Sayer) -> tuple[str, ...]:
    """Return how far the last place of the next inner tier is."""
    inner = one.tiers[held:]
    if not inner or not inner[0].members:
        return ()
    last = min(inner[0].members, key=lambda place: place.figure)
    missing, tier = gap(unit.figure, last.figure, say.places), say.tiers[inner[0].tier]
    if not missing:
        return ()
    return (say.t("below_last_place", tier=tier, last=last.name, missing=missing),)


def _list_plot(own: Assessment, one: RankedList, say: Sayer, lang: Lang) -> DotPlot | None:
    everyone = [
        *((s.unit, PlotDot(s.figure, "passed")) for s in one.units),
        *((w.unit, PlotDot(w.figure, "undetermined")) for w in one.waiting),
        *((f.unit, PlotDot(f.figure, "failed")) for f in one.failed),
    ]
    mine = dict(everyone)[own.unit]
    lowest = [(say.tiers[t.tier], min(p.figure for p in t.members)) for t in one.tiers if t.members]
    lines = [(say.t("last_of_tier", tier=tier, figure=say.number(f)), f) for tier, f in lowest]
    return dot_plot([c for _, c in everyone], mine, _merged(lines), say.figure(), lang, say.number(mine.figure))


def _merged(lines: Sequence[tuple[str, Number]]) -> list[tuple[str, Number]]:
    """Return lines on one figure as one line with both names."""
    found: dict[Number, list[str]] = {}
    for label, value in lines:
        found.setdefault(value, []).append(label)
    return [(" / ".join(labels), value) for value, labels in found.items()]


def _peer_plot(pack: Pack, own: Assessment, peers: Peers, lang: Lang) -> DotPlot | None:
    places = pack.display_places
    candidates = [PlotDot(a.base_lo, a.verdict.state) for a in peers.assessments]
    grades = {grade.id: grade.title[lang] for grade in pack.grades}
    needed = [(line.grade, line.at_least) for line in own.lines if line.figure == "base" and line.at_least is not None]
    lines = [(f"{grades[grade]} {fixed(at, places)}", at) for grade, at in needed]
    mine = PlotDot(own.base_lo, own.verdict.state)
    return dot_plot(candidates, mine, lines, speaker(lang)("base"), lang, span(own.base_lo, own.base_hi, places))
