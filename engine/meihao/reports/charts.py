"""Calculates the coordinates of a radar chart and of a dot plot, as text; templates only place them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from textwrap import wrap

from msgspec import Struct

from ..core.numbers import Number
from ..core.problems import Lang
from .model import ChartBand, DimensionRow, DotPlot, Radar, RadarLabel, Tick
from .words import speaker

CENTRE, RADIUS = (120.0, 98.0), 62.0
LABEL_AT_MOST, WORDS_AT_MOST = 6, 12  # characters of a line of a label, in Chinese and in English
WIDTH, STEP, HIGH = 500.0, 5.0, 12  # of the dot plot: units across, one dot's room, dots in the highest pile
SHADE = 0.06  # how much darker the band above each further line is
STATES = ("passed", "undetermined", "failed")


def radar(rows: Sequence[DimensionRow], lang: Lang) -> Radar | None:
    """Return the radar of at least three dimensions, None for fewer."""
    if len(rows) < 3:
        return None
    angles = [2 * math.pi * n / len(rows) for n in range(len(rows))]
    own = [_at(angle, row.percent) for angle, row in zip(angles, rows, strict=True)]
    peers = all(row.mean_percent >= 0 for row in rows)
    mean = [_at(angle, row.mean_percent) for angle, row in zip(angles, rows, strict=True)] if peers else []
    rings = tuple(_line([_at(angle, level) for angle in angles]) for level in (25, 50, 75, 100))
    labels = tuple(_label(angle, row, lang) for angle, row in zip(angles, rows, strict=True))
    dots = " ".join(f"M{_n(x)} {_n(y)}h0" for x, y in own)
    spokes = tuple((_n(x), _n(y)) for x, y in (_at(angle, 100) for angle in angles))
    return Radar(_line(own), _line(mean), rings, spokes, dots, labels, _radar_alt(rows, lang))


def _at(angle: float, percent: int) -> tuple[float, float]:
    reach = RADIUS * percent / 100
    return CENTRE[0] + reach * math.sin(angle), CENTRE[1] - reach * math.cos(angle)


def _label(angle: float, row: DimensionRow, lang: Lang) -> RadarLabel:
    across, up = math.sin(angle), math.cos(angle)
    anchor = "middle" if abs(across) < 0.3 else "start" if across > 0 else "end"
    x = CENTRE[0] + (RADIUS + 7) * across
    y = CENTRE[1] - (RADIUS + 13) * up + (4 if up < 0 else -2)
    names = _short_lines(row.title, lang) or ("",)
    return RadarLabel(_n(x), _n(y - (10 if up > 0.9 else 5) * (len(names) - 1)), anchor, names, f"{row.percent}%")


def _short_lines(title: str, lang: Lang) -> tuple[str, ...]:
    """Return a title in a few short lines.

    >>> _short_lines("快速响应与智慧治理", "zh"), _short_lines("Order and environment", "en")
    (('快速响应与', '智慧治理'), ('Order and', 'environment'))
    """
    if lang == "en":
        return tuple(wrap(title, WORDS_AT_MOST, max_lines=2, placeholder="…", break_long_words=False))
    if len(title) <= LABEL_AT_MOST:
        return (title,)
    cut = min(-(-len(title) // 2), LABEL_AT_MOST)
    rest = title[cut:]
    return title[:cut], rest if len(rest) <= LABEL_AT_MOST else rest[: LABEL_AT_MOST - 1] + "…"


def _radar_alt(rows: Sequence[DimensionRow], lang: Lang) -> str:
    t = speaker(lang)
    return t("dimensions") + t("colon") + t("clauses").join(f"{row.title} {row.percent}%" for row in rows)


def _line(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(value: float) -> str:
    return f"{value + 0.0:.2f}"


class PlotDot(Struct, frozen=True):
    """A dot: its figure and the state of its unit."""

    figure: Number
    state: str


def dot_plot(
    candidates: Sequence[PlotDot],
    own: PlotDot | None,
    lines: Sequence[tuple[str, Number]],
    figure: str,
    lang: Lang,
    own_text: str,
) -> DotPlot | None:
    """Return all candidates as piled dots, with the lines of tiers or grades; None where the unit stands alone.

    `own` is the one that the arrow shows; without it there is none.
    """
    if len(candidates) < 2:
        return None
    scale = _Scale.of([c.figure for c in candidates] + [value for _, value in lines])
    piles = _piles(candidates, scale)
    each = max(1, -(-max(sum(pile.values()) for pile in piles.values()) // HIGH))
    tops = {slot: sum(-(-n // each) for n in pile.values()) for slot, pile in piles.items()}
    base = 26.0 + STEP * max(max(tops.values()), 4) + 9 * max(len(lines) - 1, 0)
    paths = tuple((state, _dots(piles, state, each, base)) for state in STATES)
    here = _here(own, scale, tops, base, lang, own_text) if own else None
    over = _lines(lines, scale)
    caption, alt = _caption(candidates, each, figure, lines, lang, own_text)
    return DotPlot(_n(base + 16), _n(base), paths, scale.axis(), over, _bands(over), here, caption, alt)


class _Scale(Struct, frozen=True):
    low: int
    high: int

    @classmethod
    def of(cls, figures: Sequence[Number]) -> _Scale:
        """Return an axis of whole tens around the figures, at least twenty long."""
        low = math.floor(min(figures)) // 10 * 10
        high = -(-math.ceil(max(figures)) // 10) * 10
        return cls(low if high - low >= 20 else high - 20, high)

    def slot(self, value: Number) -> int:
        slots = int(WIDTH / STEP)
        return min(slots - 1, max(0, math.floor((value - self.low) * slots / (self.high - self.low))))

    def x(self, value: Number) -> float:
        return float((value - self.low) * int(WIDTH)) / (self.high - self.low)

    def axis(self) -> tuple[Tick, ...]:
        step = 10 if self.high - self.low <= 100 else 20
        return tuple(Tick(_n(self.x(v)), str(v)) for v in range(self.low, self.high + 1, step))


Piles = Mapping[int, Mapping[str, int]]


def _piles(candidates: Sequence[PlotDot], scale: _Scale) -> Piles:
    found: dict[int, Counter[str]] = {}
    for one in candidates:
        found.setdefault(scale.slot(one.figure), Counter())[one.state] += 1
    return found


def _dots(piles: Piles, state: str, each: int, base: float) -> tuple[str, ...]:
    """Return a path for each pile: passed units are points, undetermined ones diamonds, failed ones crosses."""
    marks = {
        "passed": "h0",
        "undetermined": "m-1.5 0l1.5-1.5 1.5 1.5-1.5 1.5z",
        "failed": "m-1.2-1.2l2.4 2.4m0-2.4l-2.4 2.4",
    }
    parts: list[str] = []
    for slot, pile in sorted(piles.items()):
        below = sum(-(-pile.get(s, 0) // each) for s in STATES[: STATES.index(state)])
        own = range(-(-pile.get(state, 0) // each))
        points = [(STEP * (slot + 0.5), base - STEP * (below + n + 0.5) - 1) for n in own]
        parts.append("".join(f"M{_n(x)} {_n(y)}{marks[state]}" for x, y in points))
    return tuple(part for part in parts if part)


def _here(own: PlotDot, scale: _Scale, tops: Mapping[int, int], base: float, lang: Lang, text: str) -> Tick:
    slot = scale.slot(own.figure)
    x, y = STEP * (slot + 0.5), base - STEP * max(tops.get(near, 0) for near in range(slot - 8, slot + 9)) - 4
    anchor = "end" if x > WIDTH * 0.8 else "start" if x < WIDTH * 0.2 else "middle"
    return Tick(_n(x), speaker(lang)("here") + f" {text}", _n(y), anchor)


def _lines(lines: Sequence[tuple[str, Number]], scale: _Scale) -> tuple[Tick, ...]:
    """Return lines with their words on rows of their own, the highest on top: words cross no line and no other words."""
    ordered = sorted(lines, key=lambda line: -line[1])
    return tuple(
        Tick(_n(x), label, _n(8 + 9.0 * n), "end" if x > WIDTH * 0.5 else "start", _n(2 + 9.0 * n))
        for n, (label, value) in enumerate(ordered)
        for x in (scale.x(value),)
    )


def _bands(lines: Sequence[Tick]) -> tuple[ChartBand, ...]:
    """Return what each line opens, up to the next line or the end of the axis; the higher the darker."""
    edges = [*((line.x, line.top) for line in reversed(lines)), (_n(WIDTH), "")]
    return tuple(
        ChartBand(left, right, top, _n(SHADE * number))
        for number, ((left, top), (right, _)) in enumerate(pairwise(edges), 1)
    )


def _caption(
    candidates: Sequence[PlotDot], each: int, figure: str, lines: Sequence[tuple[str, Number]], lang: Lang, own: str
) -> tuple[str, str]:
    t, states = speaker(lang), Counter(c.state for c in candidates)
    dots = t("one_dot_some_units", n=each) if each > 1 else t("one_dot_one_unit")
    caption = t(
        "dots_explained", n=len(candidates), dots=dots, figure=figure, passed=states["passed"],
        undetermined=states["undetermined"], failed=states["failed"],
    )  # fmt: skip
    here = (t("here_is", figure=own),) if own else ()
    return caption, t("clauses").join((*here, caption, *(label for label, _ in lines)))
