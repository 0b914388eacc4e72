"""Prepares the summary of a round: one page of pictures, in one language.

Where units pass and where not, which places are taken, which criteria cost most, what the round asks of a unit, and which
places hang on a tie, on a hair's breadth or on facts still open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

from msgspec import Struct

from ..assessment.explain.sentences import why_text
from ..assessment.explain.vocabulary import PackLabels
from ..assessment.results import Assessment, Item
from ..core.canonical import Json, digest
from ..core.numbers import Number, divide
from ..core.problems import Lang
from ..ranking.results import RankedList, Ranking, TierResult, Waiting
from ..ranking.to_json import to_json
from ..round.model import Region, Round
from ..standard.checking.fields import burden_of
from ..standard.model import Pack, leaves
from .charts import PlotDot, dot_plot
from .clean import cleaned
from .figures import percent
from .frame import fitting, fitting_ends, frame
from .model import Bar, DotPlot, Pair, SummaryReport
from .phrases.summary import COUNTED
from .places import Sayer, further_in, waits_text
from .words import capital, speaker

REGIONS_AT_MOST, WEAKEST_AT_MOST, LINES_AT_MOST = 8, 7, 6  # lines of contested places: the page stays one page
NAME_WIDE, LINE_WIDE = 14, 88  # what a county's name and a line of a contested place hold; a 汉字 counts two
FEW_REGIONS, LINES_OF_FEW = 6, 7  # where the bars of regions are few, there is room for more lines
CLIMBERS_AT_MOST = 4  # undetermined units of a tier that are named
AWAITED_WIDE = {"zh": 30, "en": 44}  # of what one of them awaits
STATES = ("passed", "undetermined", "failed")
TONES = {"passed": "good", "undetermined": "open", "failed": "bad"}


class _Desk(Struct, frozen=True):
    pack: Pack
    round: Round
    ranking: Ranking
    judged: tuple[Assessment, ...]
    say: Sayer

    @property
    def lang(self) -> Lang:
        return self.say.lang

    def group(self, name: str) -> str:
        return next(capital(group.title[self.lang]) for group in self.pack.groups if group.id == name)


def summary(
    ranking: Ranking,
    assessments: Iterable[Assessment],
    pack: Pack,
    round_: Round,
    lang: Lang = "zh",
    made_by: Mapping[str, Json] | None = None,
) -> SummaryReport:
    """Return the page of a round. `assessments` are those that the ranking was made of; their order is irrelevant."""
    judged = tuple(sorted(assessments, key=lambda one: one.unit))
    desk = _Desk(pack, round_, ranking, judged, Sayer.of(ranking, pack, round_, lang))
    title = round_.title[lang]
    regions = _regions(desk)
    contested = tuple(_contested(desk))
    shown = _that_fit(contested, LINES_AT_MOST if len(regions) > FEW_REGIONS else LINES_OF_FEW)
    report = SummaryReport(
        frame=frame("summary", title, pack, round_, lang, digest(to_json(ranking)["body"]), made_by or {}),
        cells=_cells(desk),
        regions=regions[:REGIONS_AT_MOST],
        regions_note=_left_out(len(regions) - REGIONS_AT_MOST, desk),
        tiers=tuple(_tier(one, tier, desk) for one in ranking.lists for tier in reversed(one.tiers)),
        tiers_note=_nested_note(desk),
        plots=tuple(_plots(desk)),
        weakest=_weakest(desk),
        burden=tuple(_burden(desk)),
        contested=shown,
        contested_more=len(contested) - len(shown),
    )
    return cleaned(report, lang)


def _left_out(n: int, desk: _Desk) -> str:
    return desk.say.t("regions_more", n=n) if n > 0 else ""


def _cells(desk: _Desk) -> tuple[Pair, ...]:
    """Return how many units there are and how they stand, and for each kind how many of it passed."""
    t, counts = speaker(desk.lang), Counter[str](one.verdict.state for one in desk.judged)
    n = len(desk.judged)
    kinds = [(kind.title[desk.lang], [one for one in desk.judged if one.kind == kind.id]) for kind in desk.pack.kinds]
    each = "　".join(f"{title} {len(units)}" for title, units in kinds if units)
    rest = (Pair(COUNTED[state][desk.lang], str(counts[state]), f"{percent(counts[state], n)}%") for state in STATES)
    return (Pair(t("count_units"), str(n), each), *rest)


def _regions(desk: _Desk) -> tuple[Bar, ...]:
    """Return the states of the units of each county (else of their own region), in the order of the round."""
    known = {region.code: region for region in desk.round.regions}
    counts: dict[str, Counter[str]] = {}
    for one in desk.judged:
        counts.setdefault(_county(one.region, known), Counter())[one.verdict.state] += 1
    order = [*(code for code in known if code in counts), *sorted(set(counts) - set(known))]
    return tuple(_region(known[code].name if code in known else code or "—", counts[code]) for code in order)


def _county(code: str, known: Mapping[str, Region]) -> str:
    """Return the county around a region, the region itself where it is in none."""
    here, steps = code, 0
    while here in known and steps < len(known):
        if known[here].level == "county":
            return here
        here, steps = known[here].parent, steps + 1
    return code


def _region(name: str, counts: Counter[str]) -> Bar:
    n = sum(counts.values())
    ends = [percent(sum(counts[state] for state in STATES[: end + 1]), n) for end in range(len(STATES))]
    parts = tuple((TONES[state], end - start) for state, start, end in zip(STATES, (0, *ends), ends, strict=False))
    return Bar(fitting_ends(name, NAME_WIDE), parts, f"{percent(counts['passed'], n)}%", f"{counts['passed']} / {n}")


def _tier(one: RankedList, tier: TierResult, desk: _Desk) -> Bar:
    taken, waiting = len(tier.members), sum(seats.seats for seats in tier.open)
    places = max(tier.places, taken + waiting)
    parts = (("good", percent(taken, places)), ("open", percent(waiting, places)))
    label = f"{desk.group(one.id)}　{desk.say.tiers[tier.tier]}"
    return Bar(label, parts, f"{taken} / {tier.places}")


def _nested_note(desk: _Desk) -> str:
    """Return that a tier counts those of the tier above, where it does."""
    nested = next(p.nested for p in desk.pack.profiles if p.id == desk.ranking.profile)
    inside = any(further_in(one, n, nested) for one in desk.ranking.lists for n in range(len(one.tiers)))
    return desk.say.t("tiers_nest") if inside else ""


def _plots(desk: _Desk) -> Iterator[tuple[str, DotPlot]]:
    for one in desk.ranking.lists:
        dots = [
            *(PlotDot(unit.figure, "passed") for unit in one.units),
            *(PlotDot(unit.figure, "undetermined") for unit in one.waiting),
            *(PlotDot(unit.figure, "failed") for unit in one.failed),
        ]
        lowest = [(desk.say.tiers[t.tier], min(p.figure for p in t.members)) for t in one.tiers if t.members]
        lines = [(f"{tier} {desk.say.number(figure)}", figure) for tier, figure in lowest]
        plot = dot_plot(dots, None, lines, desk.say.figure(), desk.lang, "")
        if plot:
            yield desk.group(one.id), plot


class _Cost(Struct, frozen=True):
    """What a criterion costs the units that it applies to: their mean share of its full mark."""

    title: str
    kind: str
    got: Number
    full: Number
    units: int


def _weakest(desk: _Desk) -> tuple[Bar, ...]:
    """Return the criteria with the smallest mean share of their full marks, among the points certainly earned."""
    costs = sorted(_costs(desk), key=lambda cost: divide(cost.got, cost.full) if cost.full else 1)
    return tuple(_cost(cost, desk) for cost in costs[:WEAKEST_AT_MOST] if cost.got < cost.full)


def _costs(desk: _Desk) -> Iterator[_Cost]:
    for kind in desk.pack.kinds:
        found: dict[str, list[Item]] = {}
        for one in desk.judged:
            if one.kind == kind.id:
                for item in one.items:
                    if item.outcome not in ("not_applicable", "exempt"):
                        found.setdefault(item.id, []).append(item)
        for criterion in leaves(desk.pack.standard(kind.id)):
            items = found.get(criterion.id, [])
            if items:
                got, full = sum(item.lo for item in items), sum(item.points for item in items)
                yield _Cost(criterion.title[desk.lang], kind.title[desk.lang], got, full, len(items))


def _cost(cost: _Cost, desk: _Desk) -> Bar:
    share = percent(cost.got, cost.full)
    return Bar(f"{cost.kind}　{cost.title}", (("part", share),), f"{share}%", str(cost.units))


def _burden(desk: _Desk) -> Iterator[Bar]:
    """Yield what one unit of each kind is asked to hand in, against the most that the pack allows."""
    t, most = speaker(desk.lang), desk.pack.burden
    for kind in desk.pack.kinds:
        found = burden_of(desk.pack, kind.id)
        for name, word in (("minutes", "minutes"), ("fields", "fields"), ("files", "file_count")):
            asked, limit = getattr(found, name), getattr(most, name) if most else 0
            figure = f"{asked} / {limit}" if limit else str(asked)
            yield Bar(f"{kind.title[desk.lang]}　{t(word)}", (("good", percent(asked, limit or asked)),), figure)


def _contested(desk: _Desk) -> Iterator[Pair]:
    """Yield the places that may still go another way: tied ones, those who may climb in, those decided last or narrowly.

    The inner tiers of all lists come first.
    """
    tiers = [(depth, one, tier) for one in desk.ranking.lists for depth, tier in enumerate(reversed(one.tiers))]
    tiers.sort(key=lambda found: found[0])
    labels = [f"{desk.group(one.id)}　{desk.say.tiers[tier.tier]}" for _, one, tier in tiers]
    said = (
        *((n, waits_text(seats, desk.say)) for n, (_, _, tier) in enumerate(tiers) for seats in tier.open),
        *((n, _by_lot(tier, desk)) for n, (_, _, tier) in enumerate(tiers)),
        *((n, _climbers(one, tier, desk)) for n, (_, one, tier) in enumerate(tiers)),
        *((n, _last(tier, desk)) for n, (_, _, tier) in enumerate(tiers)),
    )
    yield from (Pair(labels[n], fitting(text, 2 * LINE_WIDE - 6)) for n, text in said if text)


def _that_fit(rows: tuple[Pair, ...], most: int) -> tuple[Pair, ...]:
    """Return the first rows, of one line or two, that the page holds."""
    ends = accumulate(1 + (fitting(row.value, LINE_WIDE) != row.value) for row in rows)
    return rows[: sum(end <= most for end in ends)]


def _by_lot(tier: TierResult, desk: _Desk) -> str:
    codes = tuple(place.unit for place in tier.members if place.by_last_step)
    names = desk.say.names(codes)
    return desk.say.t("decided_by_last_step", names=names) if codes else ""


def _last(tier: TierResult, desk: _Desk) -> str:
    """Return the narrowest lead over the next in line, where a tier is full."""
    near = [p for p in tier.members if p.next and p.distance is not None and p.distance >= 0 and p.decided_by != "seat"]
    if not near:
        return ""
    place = min(near, key=lambda p: (p.distance or 0, p.unit))
    lead, heirs = desk.say.number(place.distance or 0), desk.say.names(place.next)
    return desk.say.t("narrowest_lead", lead=lead, name=place.name, heirs=heirs)


def _climbers(one: RankedList, tier: TierResult, desk: _Desk) -> str:
    """Return the undetermined units that this is the best tier for, what each awaits, and whom they could put out."""
    units = [unit for unit in one.waiting if _best_tier(unit, one, desk) == tier.tier]
    if not units:
        return ""
    shown = [unit.name + desk.say.t("in_brackets", text=_awaited(unit, desk)) for unit in units]
    names = desk.say.t("listing").join(shown[:CLIMBERS_AT_MOST])
    more = len(units) - CLIMBERS_AT_MOST
    names += desk.say.t("names_more", all=len(units), more=more) if more > 0 else ""
    if not _full(tier):
        return desk.say.t("may_enter", names=names)
    last = min(tier.members, key=lambda place: (place.figure, -place.rank)).name
    return desk.say.t("may_put_out", last=last, names=names)


def _full(tier: TierResult) -> bool:
    return bool(tier.members) and len(tier.members) >= tier.places


def _best_tier(unit: Waiting, one: RankedList, desk: _Desk) -> str:
    """Return the innermost tier that an undetermined unit may still reach, "" where it reaches none."""
    grades = {"": -1, **{grade.id: n for n, grade in enumerate(desk.pack.grades)}}
    for tier in reversed(one.tiers):
        high = not _full(tier) or unit.possible >= min(place.figure for place in tier.members)
        if high and grades[unit.best_grade] >= grades[tier.requires]:
            return tier.tier
    return ""


def _awaited(unit: Waiting, desk: _Desk) -> str:
    """Return what a unit awaits: the first of it, and how much more."""
    words = PackLabels.of(desk.pack, desk.lang)
    said = list(dict.fromkeys(why_text(why, words) for why in unit.whys))
    more = desk.say.t("awaited_more", all=len(said), more=len(said) - 1) if len(said) > 1 else ""
    return fitting(said[0], AWAITED_WIDE[desk.lang]) + more if said else desk.say.t("undetermined")
