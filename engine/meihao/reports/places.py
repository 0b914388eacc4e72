"""Says in sentences why a unit has its place, what put it before the next one, and whom it waits for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

from msgspec import Struct

from ..core.numbers import Number, fixed
from ..core.problems import Lang
from ..core.text import Label
from ..ranking.results import OpenSeats, Place, RankedList, Ranking, Standing, TierResult, units_of
from ..round.model import Region, Round
from ..standard.model import Node, Pack
from .phrases.ranking import FIGURE, SEVERITY, STEP, WAITS
from .words import speaker


class Sayer(Struct, frozen=True):
    """What the sentences of a ranking need: names of units, regions, tiers, dimensions, in one language."""

    lang: Lang
    by: str
    places: int
    units: Mapping[str, str]
    ranks: Mapping[str, int]
    regions: Mapping[str, str]
    tiers: Mapping[str, str]
    dimensions: Mapping[str, str]

    @classmethod
    def of(cls, ranking: Ranking, pack: Pack, round_: Round, lang: Lang) -> Sayer:
        profile = next(p for p in pack.profiles if p.id == ranking.profile)
        units = {s.unit: s.name for one in ranking.lists for s in units_of(one)}
        ranks = {s.unit: s.rank for one in ranking.lists for s in one.units}
        inner = [node for _, root in pack.standards for node in root.children if isinstance(node, Node)]
        dimensions = {node.id: node.title[lang] for node in reversed(inner)}
        short = {name.rpartition(".")[2]: title for name, title in dimensions.items()}
        regions = region_names(round_.regions, lang)
        tiers = {tier.id: tier.title[lang] for tier in profile.tiers}
        return cls(lang, ranking.by, ranking.figure_places, units, ranks, regions, tiers, short | dimensions)

    def t(self, key: str, **values: object) -> str:
        return speaker(self.lang)(key, **values)

    def number(self, value: Number) -> str:
        return fixed(value, self.places)

    def figure(self) -> str:
        return FIGURE[self.by][self.lang]

    def unit(self, code: str) -> str:
        return self.units.get(code) or code

    def region(self, code: str) -> str:
        return self.regions.get(code) or code

    def step(self, name: str) -> str:
        """Return a step of the order in words: `figure`, a tie key, lot or committee."""
        if name == "figure":
            return self.figure()
        if name in STEP:
            return STEP[name][self.lang]
        if name.startswith("percent_of("):
            dimension = self.dimensions.get(name[11:-1].removeprefix("dimension."), name[11:-1])
            return self.t("percent_of", dimension=dimension)
        if name.startswith("findings("):
            return SEVERITY.get(name[9:-1], Label(name))[self.lang]
        return FIGURE.get(name, Label(name))[self.lang]

    def names(self, codes: tuple[str, ...], most: int = 4) -> str:
        shown = self.t("listing").join(self.unit(code) for code in codes[:most])
        more = self.t("names_more", all=len(codes), more=len(codes) - most)
        return shown + (more if len(codes) > most else "")

    def ranked(self, codes: tuple[str, ...]) -> str:
        """Return passed units that stand together, with the rank of the first."""
        rank = self.ranks[codes[0]]
        return self.t("names_with_rank", rank=rank, names=self.names(codes))


def region_names(regions: Sequence[Region], lang: Lang) -> dict[str, str]:
    """Return for each region its name with those around it, so that a township names its county.

    Left out is what is around all the innermost ones: in a round of one county the county says nothing.
    """
    known = {region.code: region for region in regions}
    around = {code: _around(code, known) for code in known}
    outer = {region.parent for region in regions}
    shared = set(known).intersection(*(chain[1:] for code, chain in around.items() if code not in outer))
    t, names = speaker(lang), dict[str, str]()
    for code, chain in around.items():
        shown = [known[one].name for one in chain if one == code or one not in shared]
        names[code] = reduce(lambda inner, outer: t("region_in", inner=inner, outer=outer), shown)
    return names


def _around(code: str, known: Mapping[str, Region]) -> tuple[str, ...]:
    """Return a region and those around it, the nearest first."""
    chain = [code]
    while (parent := known[chain[-1]].parent) in known and parent not in chain:
        chain.append(parent)
    return tuple(chain)


def seat_text(place: Place, say: Sayer) -> str:
    """Return whose seat it is."""
    region = say.region(place.seat_region) if place.seat_region else ""
    return {
        "proportional": say.t("seat_of", region=region),
        "floor": say.t("seat_floor", region=region),
        "list": say.t("seat_passed_on", region=region) if region else say.t("seat_by_rank"),
        "committee": say.t("seat_by_committee"),
    }[place.seat]


def lead_text(place: Place, say: Sayer) -> str:
    """Return what the place has over the next in line, "" where nobody is next."""
    if not place.next or not place.decided_by:
        return ""
    heirs = say.ranked(place.next)
    if place.decided_by == "seat":
        return say.t("heirs_without_seat", heirs=heirs)
    if place.decided_by == "figure" and place.distance is not None:
        lead = say.number(place.distance)
        return say.t("leads_by", figure=say.figure(), heirs=heirs, lead=lead)
    step = say.step(place.decided_by)
    if place.decided_by in STEP:
        return say.t("level_decided", heirs=heirs, step=step)
    return say.t("level_ahead", heirs=heirs, step=step)


def why_place(place: Place, say: Sayer) -> str:
    """Return one sentence: the seat, and what it has over the next."""
    parts = [seat_text(place, say), lead_text(place, say)]
    if place.confirmed_by:
        parts.append(say.t("confirmed", by=place.confirmed_by))
    return say.t("clauses").join(part for part in parts if part)


def counted(tier: TierResult, inside: int, say: Sayer) -> str:
    """Return how many units a tier has, those who hold a place further in among them: the same words on every page."""
    n = len(tier.members)
    if not inside:
        return say.t("one_unit" if n == 1 else "many_units", n=n)
    return say.t("units_with_inner", n=n, inside=inside)


def further_in(one: RankedList, n: int, nested: bool) -> frozenset[str]:
    """Return the members of a tier that hold a place further in, too; none where tiers do not nest."""
    inside = frozenset(p.unit for t in one.tiers[n + 1 :] for p in t.members) if nested else frozenset()
    return inside & {p.unit for p in one.tiers[n].members}


def waits_text(seats: OpenSeats, say: Sayer) -> str:
    waits = WAITS[seats.waits_for][say.lang]
    names = say.names(seats.units, 12)
    return say.t("places_wait", n=seats.seats, waits=waits, names=names)


def ahead_text(standing: Standing, tied: bool, say: Sayer) -> str:
    """Return the step that puts a unit before the next line, or that it is `tied` with others and nothing does."""
    if standing.ahead_by:
        return say.step(standing.ahead_by)
    return say.t("level_with_others") if tied else ""
