"""Runs `rank`: it prints a round's lists by tier or writes them as files, with the details behind them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from ..assessment.explain.words import VERDICT
from ..core.numbers import fixed
from ..pipeline import Judged
from ..ranking.results import Place, RankedList, Ranking, TierResult
from ..ranking.words import SEAT, WAITS
from ..reports.places import Sayer, counted, further_in, lead_text
from ..uses.export import ranking_as_json
from ..uses.publish import publish
from ..uses.rank import rank_round
from ..uses.session import Session
from .desk import OK, check_day, open_desk, result_of
from .phrases.ranking import RANKING
from .printing import table, under, watch
from .speaker import speaker


def rank_command(words: argparse.Namespace) -> int:
    """Judge a round, rank it, and print or write the lists."""
    desk = open_desk(words)
    check_day(words, desk)
    ranked = result_of(rank_round(desk, words.evidence, words.profile, watch(desk.lang)), desk.lang)
    if words.to:
        for path in result_of(publish(desk, ranked, words.evidence, words.to), desk.lang):
            print(path)
    elif words.format == "json":
        sys.stdout.write(ranking_as_json(ranked))
    else:
        print("\n".join([ranking_page(ranked.ranking, desk), *_silent(ranked.judgement.units, desk)]))
    return OK


def _silent(judged: Sequence[Judged], desk: Session) -> list[str]:
    """Return the line of the units that handed in nothing; they are judged as they stand and never left out."""
    names = [f"{one.case.name} ({one.case.code})" for one in judged if one.evidence and one.evidence.silent()]
    if not names:
        return []
    say = speaker(desk.lang, RANKING)
    shown = say("listing").join(names[:20]) + (" …" if len(names) > 20 else "")
    return ["", say("silent", n=len(names), names=shown)]


def ranking_page(ranking: Ranking, desk: Session, rows: int = 12) -> str:
    """Return every list: its tiers, who has a place and why, who comes next, who waits."""
    say = speaker(desk.lang, RANKING)
    profile = next(p for p in desk.pack.profiles if p.id == ranking.profile)
    sayer = Sayer.of(ranking, desk.pack, desk.round, desk.lang)
    lines = [under(desk.draft, f"{desk.round.title[desk.lang]}  {profile.title[desk.lang]}")]
    for ranked in ranking.lists:
        group = next(g.title[desk.lang] for g in desk.pack.groups if g.id == ranked.id)
        counts = say("counts", passed=len(ranked.units), undetermined=len(ranked.waiting), failed=len(ranked.failed))
        lines += ["", f"■ {group}  {counts}"]
        for n in reversed(range(len(ranked.tiers) if ranked.units or ranked.waiting else 0)):
            inside = len(further_in(ranked, n, profile.nested))
            lines += _tier(ranked.tiers[n], inside, ranking, desk, sayer, rows)
        lines += _waiting(ranked, ranking, desk)
    lines += [f"{_tier_title(p.tier, ranking, desk)}: {p.pending[desk.lang]}" for p in ranking.pending]
    return "\n".join(lines)


def _tier_title(name: str, ranking: Ranking, desk: Session) -> str:
    profile = next(p for p in desk.pack.profiles if p.id == ranking.profile)
    return next(t.title[desk.lang] for t in profile.tiers if t.id == name)


def _tier(tier: TierResult, inside: int, ranking: Ranking, desk: Session, sayer: Sayer, rows: int) -> list[str]:
    say = speaker(desk.lang, RANKING)
    taken = say("places_taken", places=tier.places, taken=counted(tier, inside, sayer))
    head = [say("rank"), say("unit"), say("region"), say(ranking.by), say("seat"), say("chosen_for")]
    body = [_place(place, ranking, desk, sayer) for place in tier.members[:rows]]
    lines = ["", f"◆ {_tier_title(tier.tier, ranking, desk)}  {taken}"]
    if body:
        lines.append(table([head, *body], right=(0, 3)))
    if len(tier.members) > rows:
        lines.append(say("more_members", more=len(tier.members) - rows))
    for seats in tier.open:
        waits = WAITS[seats.waits_for][desk.lang]
        lines.append(say("open_places", n=seats.seats, waits=waits, codes=say("listing").join(seats.units)))
    if tier.reserve:
        lines.append(say("reserve", names="  ".join(f"{r.order}. {r.name}" for r in tier.reserve)))
    return lines


def _place(place: Place, ranking: Ranking, desk: Session, sayer: Sayer) -> list[str]:
    say = speaker(desk.lang, RANKING)
    regions = {region.code: region.name for region in desk.round.regions}
    figure = fixed(place.figure, ranking.figure_places)
    why = lead_text(place, sayer) or say("places_left")
    flag = say("last_step") if place.by_last_step else ""
    seat = SEAT[place.seat][desk.lang] + (f" {regions.get(place.seat_region, '')}" if place.seat_region else "")
    return [str(place.rank), place.name, regions.get(place.region, place.region), figure, seat, why + flag]


def _waiting(ranked: RankedList, ranking: Ranking, desk: Session) -> list[str]:
    if not ranked.waiting:
        return []
    say = speaker(desk.lang, RANKING)
    places = ranking.figure_places
    head = [VERDICT["undetermined"][desk.lang], say("has"), say("at_most"), say("best_rank")]
    rows = [[w.name, fixed(w.figure, places), fixed(w.possible, places), str(w.best_rank)] for w in ranked.waiting]
    return ["", table([head, *rows], right=(1, 2, 3))]
