"""Runs `rank`: it prints a round's lists by tier or writes them as files, with the details behind them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from ..core.numbers import fixed
from ..core.text import Label
from ..pipeline import Judged
from ..ranking.results import Place, RankedList, Ranking, TierResult
from ..ranking.words import SEAT, WAITS
from ..reports.places import Sayer, counted, further_in, lead_text
from ..uses.export import ranking_as_json
from ..uses.publish import publish
from ..uses.rank import rank_round
from ..uses.session import Session
from .desk import OK, check_day, open_desk, result_of
from .printing import chooser, several, table, under, watch

BY = {"total": Label("总分", "total"), "base": Label("基础分", "base"), "percent": Label("得分率", "percent")}


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
    say = chooser(desk.lang)
    shown = say("、", ", ").join(names[:20]) + (" …" if len(names) > 20 else "")
    return ["", say(f"未交材料{len(names)}个：", f"{several(len(names), 'unit')} handed in nothing: ") + shown]


def ranking_page(ranking: Ranking, desk: Session, rows: int = 12) -> str:
    """Return every list: its tiers, who has a place and why, who comes next, who waits."""
    say = chooser(desk.lang)
    profile = next(p for p in desk.pack.profiles if p.id == ranking.profile)
    sayer = Sayer.of(ranking, desk.pack, desk.round, desk.lang)
    lines = [under(desk.draft, f"{desk.round.title[desk.lang]}  {profile.title[desk.lang]}")]
    for ranked in ranking.lists:
        group = next(g.title[desk.lang] for g in desk.pack.groups if g.id == ranked.id)
        counts = say(
            f"通过{len(ranked.units)}个，待定{len(ranked.waiting)}个，未通过{len(ranked.failed)}个",
            f"{len(ranked.units)} passed, {len(ranked.waiting)} undetermined, {len(ranked.failed)} failed",
        )
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
    say = chooser(desk.lang)
    taken = say(f"名额{tier.places}，定", f"{tier.places} places, ") + counted(tier, inside, sayer)
    head = [
        say("名次", "rank"),
        say("单位", "unit"),
        say("地区", "region"),
        BY[ranking.by][desk.lang],
        say("名额", "seat"),
        say("入选依据", "why"),
    ]
    body = [_place(place, ranking, desk, sayer) for place in tier.members[:rows]]
    lines = ["", f"◆ {_tier_title(tier.tier, ranking, desk)}  {taken}"]
    if body:
        lines.append(table([head, *body], right=(0, 3)))
    if len(tier.members) > rows:
        lines.append(say(f"…… 另有{len(tier.members) - rows}个", f"… and {len(tier.members) - rows} more"))
    for seats in tier.open:
        waits = WAITS[seats.waits_for][desk.lang]
        codes = say("、", ", ").join(seats.units)
        lines.append(say(f"{seats.seats}个名额{waits}：", f"{several(seats.seats, 'place')}, {waits}: ") + codes)
    if tier.reserve:
        names = [f"{r.order}. {r.name}" for r in tier.reserve]
        lines.append(say("递补：", "reserve: ") + "  ".join(names))
    return lines


def _place(place: Place, ranking: Ranking, desk: Session, sayer: Sayer) -> list[str]:
    say = chooser(desk.lang)
    regions = {region.code: region.name for region in desk.round.regions}
    figure = fixed(place.figure, ranking.figure_places)
    why = lead_text(place, sayer) or say("名额未满", "places left")
    flag = say(" ⚑末位决定", " ⚑ last step") if place.by_last_step else ""
    seat = SEAT[place.seat][desk.lang] + (f" {regions.get(place.seat_region, '')}" if place.seat_region else "")
    return [str(place.rank), place.name, regions.get(place.region, place.region), figure, seat, why + flag]


def _waiting(ranked: RankedList, ranking: Ranking, desk: Session) -> list[str]:
    if not ranked.waiting:
        return []
    say = chooser(desk.lang)
    places = ranking.figure_places
    head = [say("待定", "undetermined"), say("现有", "has"), say("最多", "at most"), say("最好名次", "best rank")]
    rows = [[w.name, fixed(w.figure, places), fixed(w.possible, places), str(w.best_rank)] for w in ranked.waiting]
    return ["", table([head, *rows], right=(1, 2, 3))]
