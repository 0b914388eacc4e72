"""Prepares the committee's ranked list as plain data, in one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..assessment.explain.sentences import why_text
from ..assessment.explain.vocabulary import PackLabels
from ..core.canonical import Json, digest
from ..core.numbers import plain
from ..core.problems import Lang
from ..ranking.results import Place, RankedList, Ranking, TierResult, Waiting, units_of
from ..ranking.to_json import to_json
from ..round.model import Round
from ..standard.model import Pack
from .clean import cleaned
from .frame import frame
from .model import (
    Frame,
    ListBlock,
    Pair,
    PlaceRow,
    RankedListReport,
    Table,
    TierBlock,
)
from .phrases.ranking import ACTION
from .places import Sayer, ahead_text, counted, further_in, waits_text, why_place
from .words import capital, speaker

ROWS_AT_MOST = 1000  # of one table on paper; the workbook has them all
CAUSES_AT_MOST = 6


class ListDesk:
    """What the pages of a ranking read; made once."""

    def __init__(self, ranking: Ranking, pack: Pack, round_: Round, lang: Lang) -> None:
        self.ranking, self.pack, self.round, self.lang = ranking, pack, round_, lang
        self.say = Sayer.of(ranking, pack, round_, lang)
        self.words = PackLabels.of(pack, lang)
        self.t = speaker(lang)
        self.kinds = {kind.id: kind.title[lang] for kind in pack.kinds}
        self.grades = {grade.id: grade.title[lang] for grade in pack.grades}
        self.groups = {group.id: group.title[lang] for group in pack.groups}
        units = [u for one in ranking.lists for u in units_of(one)]
        self.kind_of = {u.unit: u.kind for u in units}
        self.profile = next(p for p in pack.profiles if p.id == ranking.profile)

    def heads(self, *keys: str) -> tuple[str, ...]:
        return tuple(capital(self.t(key)) for key in keys)


def ranked_list(
    ranking: Ranking,
    pack: Pack,
    round_: Round,
    lang: Lang,
    made_by: Mapping[str, Json] | None = None,
    most: int = ROWS_AT_MOST,
) -> RankedListReport:
    """Return the committee's list: every tier with seats and reasons, then all units, those waiting and those failed."""
    desk = ListDesk(ranking, pack, round_, lang)
    report = RankedListReport(
        frame=list_frame("ranked_list", desk, made_by or {}),
        profile=desk.profile.title[lang],
        rule=_rule(desk),
        cells=_cells(desk),
        lists=tuple(_list_block(one, desk, most) for one in ranking.lists),
        pending=pending_lines(desk),
    )
    return cleaned(report, lang)


def list_frame(key: str, desk: ListDesk, made_by: Mapping[str, Json]) -> Frame:
    body = to_json(desk.ranking)["body"]
    return frame(key, desk.round.title[desk.lang], desk.pack, desk.round, desk.lang, digest(body), made_by)


def _rule(desk: ListDesk) -> str:
    """Return how units are ordered, from the first figure to the last step."""
    by = desk.say.figure()
    names = ("" if tie.figure not in ("percent_of", "findings") else f"({tie.argument})" for tie in desk.profile.ties)
    ties = [desk.say.step(f"{tie.figure}{inner}") for tie, inner in zip(desk.profile.ties, names, strict=True)]
    first = {"higher": "higher_first", "fewer": "fewer_first"}
    steps = [desk.t(first[tie.direction], name=name) for name, tie in zip(ties, desk.profile.ties, strict=True)]
    last = {"lot": "last_lot", "committee": "last_committee", "shared": "last_shared"}[desk.ranking.still_tied]
    seed = desk.t("lot_seed", seed=desk.ranking.lot_seed) if desk.ranking.lot_seed else ""
    return desk.t("how_ordered", by=by, steps=desk.t("listing").join(steps), last=desk.t(last), seed=seed)


def _cells(desk: ListDesk) -> tuple[Pair, ...]:
    return tuple(
        Pair(capital(desk.groups[one.id]), str(len(one.units) + len(one.waiting) + len(one.failed)), _counts(one, desk))
        for one in desk.ranking.lists
    )


def _counts(one: RankedList, desk: ListDesk) -> str:
    return desk.t("list_counts", passed=len(one.units), waiting=len(one.waiting), failed=len(one.failed))


def pending_lines(desk: ListDesk) -> tuple[str, ...]:
    colon = desk.t("colon")
    return tuple(f"{desk.say.tiers[p.tier]}{colon}{p.pending[desk.lang]}" for p in desk.ranking.pending)


def _list_block(one: RankedList, desk: ListDesk, most: int) -> ListBlock:
    return ListBlock(
        title=capital(desk.groups[one.id]),
        counts=_counts(one, desk),
        tiers=tuple(_tier_block(n, one, desk, most) for n in reversed(range(len(one.tiers)))),
        standings=_standings(one, desk, most),
        waiting=_waiting(one.waiting, desk, most),
        failed=_failed(one, desk, most),
    )


def own_members(one: RankedList, n: int, nested: bool) -> tuple[Place, ...]:
    """Return the members of a tier that hold no place further in: each unit is listed once."""
    inside = further_in(one, n, nested)
    return tuple(p for p in one.tiers[n].members if p.unit not in inside)


def _tier_block(n: int, one: RankedList, desk: ListDesk, most: int) -> TierBlock:
    tier = one.tiers[n]
    own = own_members(one, n, desk.profile.nested)
    rows = tuple(_place_row(place, desk) for place in own[:most])
    return TierBlock(
        title=capital(desk.say.tiers[tier.tier]),
        counts=_tier_counts(tier, len(tier.members) - len(own), desk),
        places=rows,
        more=len(own) - len(rows),
        waits=tuple(waits_text(seats, desk.say) for seats in tier.open),
        notes=_notes(tier, desk),
        reserve=_reserve(tier, desk),
        regions=_regions(tier, desk),
        departures=_departures(tier, desk),
    )


def _tier_counts(tier: TierResult, inside: int, desk: ListDesk) -> str:
    waiting, taken = sum(seats.seats for seats in tier.open), counted(tier, inside, desk.say)
    parts = (
        desk.t("tier_places", n=tier.places), desk.t("tier_taken", units=taken),
        desk.t("tier_waiting", n=waiting) if waiting else "", desk.t("tier_empty", n=tier.unfilled),
    )  # fmt: skip
    return desk.t("tier_between").join(part for part in parts if part)


def _place_row(place: Place, desk: ListDesk) -> PlaceRow:
    return PlaceRow(
        rank=str(place.rank), code=place.unit, name=place.name, kind=desk.kinds[desk.kind_of[place.unit]],
        region=desk.say.region(place.region), figure=desk.say.number(place.figure),
        grade=desk.grades.get(place.grade, place.grade), why=why_place(place, desk.say),
        flag="※" if place.by_last_step else "",
    )  # fmt: skip


def _notes(tier: TierResult, desk: ListDesk) -> tuple[str, ...]:
    notes = [] if tier.members else [desk.t("nobody")]
    if tier.confirmed_by == "committee":
        notes.append(desk.t("tier_to_confirm"))
    if not tier.settled:
        notes.append(desk.t("tier_may_change"))
    if any(place.by_last_step for place in tier.members):
        notes.append(desk.t("flag_note"))
    return tuple(notes)


def _reserve(tier: TierResult, desk: ListDesk) -> Table | None:
    rows = tuple(
        (str(r.order), r.name, r.unit, desk.say.region(r.region), desk.say.number(r.figure)) for r in tier.reserve
    )
    heads = desk.heads("no", "name", "code", "region", "figure")
    card = ("no", "name", "more", "note", "fig")
    return Table(desk.t("reserve"), heads, rows, (4,), card=card) if rows else None


def _regions(tier: TierResult, desk: ListDesk) -> Table | None:
    heads = desk.t("seat_heads").split()
    rows = tuple(
        (
            desk.say.region(r.region), str(r.weight), plain(r.share, 2), str(r.floor),
            "—" if r.at_most is None else str(r.at_most), str(r.seats), str(r.members),
        )
        for r in tier.regions
    )  # fmt: skip
    return Table(desk.t("seats"), tuple(heads), rows, (1, 2, 3, 4, 5, 6)) if rows else None


def _departures(tier: TierResult, desk: ListDesk) -> Table | None:
    heads = desk.t("departure_heads").split()
    rows = tuple(
        (desk.say.unit(d.unit), ACTION[d.action][desk.lang], d.by, d.day, d.reason, desk.say.names(d.instead))
        for d in tier.departures
    )
    return Table(desk.t("departures"), tuple(heads), rows) if rows else None


def _standings(one: RankedList, desk: ListDesk, most: int) -> Table:
    heads = desk.heads("rank", "name", "code", "region", "figure", "base", "bonus", "grade", "ahead")
    tied = {code for codes in one.ties for code in codes}
    rows = tuple(
        (
            str(s.rank), s.name, s.unit, desk.say.region(s.region), desk.say.number(s.figure), desk.say.number(s.base),
            desk.say.number(s.bonus), desk.grades.get(s.grade, s.grade), ahead_text(s, s.unit in tied, desk.say),
        )
        for s in one.units[:most]
    )  # fmt: skip
    card = ("no", "name", "more", "note", "fig", "more", "more", "said", "more")
    return Table(desk.t("standings"), heads, rows, (4, 5, 6), more=len(one.units) - len(rows), card=card)


def _waiting(waiting: Sequence[Waiting], desk: ListDesk, most: int) -> Table | None:
    heads = desk.heads("name", "code", "region", "has", "most", "best_rank", "lacks")
    rows = tuple(
        (
            w.name, w.unit, desk.say.region(w.region), desk.say.number(w.figure), desk.say.number(w.possible),
            str(w.best_rank), _lacks(w, desk),
        )
        for w in waiting[:most]
    )  # fmt: skip
    card = ("name", "more", "note", "fig", "said", "more", "more")
    return Table(desk.t("waiting"), heads, rows, (3, 4, 5), more=len(waiting) - len(rows), card=card) if rows else None


def _lacks(one: Waiting, desk: ListDesk) -> str:
    said = list(dict.fromkeys(why_text(why, desk.words) for why in one.whys))
    more = len(said) - CAUSES_AT_MOST
    rest = [desk.t("more_evidence", n=more)] if more > 0 else []
    return desk.t("clauses").join(said[:CAUSES_AT_MOST] + rest)


def _failed(one: RankedList, desk: ListDesk, most: int) -> Table | None:
    heads = desk.heads("name", "code", "region", "figure", "deciding")
    rows = tuple(
        (f.name, f.unit, desk.say.region(f.region), desk.say.number(f.figure), _deciding(f.deciding, desk))
        for f in one.failed[:most]
    )
    card = ("name", "more", "note", "fig", "more")
    return Table(desk.t("failed"), heads, rows, (3,), more=len(one.failed) - len(rows), card=card) if rows else None


def _deciding(deciding: Sequence[tuple[str, str]], desk: ListDesk) -> str:
    """Return the deciding rules by name, and the lines of each grade together; the unit's own report has the figures."""
    said = [desk.words.name(name) for kind, name in deciding if kind != "line"]
    lines: dict[str, list[str]] = {}
    for name in (name for kind, name in deciding if kind == "line"):
        grade, _, line = name.partition(".")
        figure = line.rpartition(".")[2]
        lines.setdefault(grade, []).append(desk.say.dimensions.get(figure) or desk.say.step(figure))
    for grade, short in lines.items():
        title = desk.grades[grade]
        said.append(desk.t("below_lines", grade=title, lines=desk.t("listing").join(short)))
    return desk.t("clauses").join(said)
