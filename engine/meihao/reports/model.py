"""Defines what a document says, as plain data: every number is already text, apart from the whole percents of charts.

Made by `unit`, `lists` and `charts`; read by templates and sheets. Nothing here judges, scores or computes.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import Struct

from ..core.problems import Lang

Tone = Literal["good", "part", "bad", "open", "off"]


class Mark(Struct, frozen=True):
    """A state for the eye and for the ear: a sign, a word, and a tone that colour may add but never carries alone."""

    code: str
    sign: str
    label: str
    tone: Tone


class Pair(Struct, frozen=True):
    """A labelled value, with a note below it."""

    label: str
    value: str
    note: str = ""


class CheckedRule(Struct, frozen=True):
    """A condition or veto that was checked: its state, and what was found."""

    title: str
    mark: Mark
    said: tuple[str, ...] = ()


class LineRow(Struct, frozen=True):
    """A line of a grade: what is asked, what is there, what is missing; `gaps` are empty where it holds."""

    grade: str
    asked: str
    now: str
    gaps: tuple[str, ...]
    mark: Mark


class ItemRow(Struct, frozen=True):
    """A criterion's line. `percent` of its full mark is certain, `possible` the most; `more` counts unprinted evidence.

    `source` names what the item was judged from in a few words; `evidence` has every value with who, when and where.
    """

    id: str
    number: str
    title: str
    mark: Mark
    points: str
    full: str
    percent: int
    possible: int
    reason: str
    basis: str
    clause: str
    source: str
    evidence: tuple[str, ...]
    more: int
    rest: str
    open_points: str


class SumRow(Struct, frozen=True):
    """A line of a sum that is no item (a shared cap, a reweighting): its name, its points with their sign, why."""

    label: str
    points: str
    text: str


class Total(Struct, frozen=True):
    """A sum: `lines` stand above it, and with what it is the sum of they add up to its points."""

    label: str
    points: str
    full: str
    lines: tuple[SumRow, ...]


class DimensionRow(Struct, frozen=True):
    """A dimension against its peers: `mean_percent` and `line_percent` (of the pass line) are -1 where there is none.

    Its items and its `lines` add up to its points.
    """

    number: str
    title: str
    points: str
    full: str
    percent: int
    possible: int
    mean: str
    mean_percent: int
    line_percent: int
    note: str
    mark: Mark
    items: tuple[ItemRow, ...]
    lines: tuple[SumRow, ...]


class Advice(Struct, frozen=True):
    """What would earn the rest of one item: `open_points` lie within it; `gain` is what the total really gains.

    `gain`, the `total` after it and what it changes (`then`: verdict, grade, place) come from judging the unit again with
    the item earned; they are empty where that was not possible.
    """

    number: str
    item: str
    title: str
    what: str
    open_points: str
    mark: Mark
    gain: str = ""
    total: str = ""
    then: str = ""


class DumbbellRow(Struct, frozen=True):
    """An item on which self-assessment and verification differ; percents of its full mark, `far` beyond ten points."""

    number: str
    title: str
    told: str
    seen: str
    difference: str
    told_percent: int
    seen_percent: int
    low: int
    high: int
    far: bool


class Dumbbell(Struct, frozen=True):
    """Self-assessment against verification; `more` rows are not printed, `caption` says how many items were compared."""

    rows: tuple[DumbbellRow, ...]
    more: int
    caption: str


class QrCode(Struct, frozen=True):
    """A QR code of so many squares a side, a path for each row; `alt` is the text that it holds."""

    side: str
    rows: tuple[str, ...]
    alt: str


class Shot(Struct, frozen=True):
    """A photo of the appendix: `url` names the re-encoded bytes, `digest` the file that was handed in."""

    url: str
    number: str
    title: str
    note: str
    digest: str


class RadarLabel(Struct, frozen=True):
    x: str
    y: str
    anchor: str
    names: tuple[str, ...]
    value: str


class Radar(Struct, frozen=True):
    """Coordinates as text. `mean` is empty without peers; `alt` says in words what the shape shows."""

    shape: str
    mean: str
    rings: tuple[str, ...]
    spokes: tuple[tuple[str, str], ...]
    dots: str
    labels: tuple[RadarLabel, ...]
    alt: str


class Tick(Struct, frozen=True):
    """A mark on an axis: where, what it says, and on which row its words stand."""

    x: str
    label: str
    y: str = ""
    anchor: str = "start"
    top: str = "0"


class ChartBand(Struct, frozen=True):
    """What a line opens up to the next one: its left and right edge, its upper edge, how dark it is from 0 to 1."""

    left: str
    right: str
    top: str
    shade: str


class DotPlot(Struct, frozen=True):
    """All candidates on one axis. `paths` are (state, piles): round, hollow or crossed dots for each state."""

    height: str
    base: str
    paths: tuple[tuple[str, tuple[str, ...]], ...]
    axis: tuple[Tick, ...]
    lines: tuple[Tick, ...]
    bands: tuple[ChartBand, ...]
    here: Tick | None
    caption: str
    alt: str


class Frame(Struct, frozen=True):
    """What every document carries: language, titles, notice, the mark of sample data, digests, the fixed date.

    `running` and `foot` are the name and the notice cut to what the foot of a page holds on one line. `draft` is the mark of
    a standard that has errors: it stands on every page, whatever the templates are.
    """

    lang: Lang
    title: str
    standard: str
    round: str
    notice: str
    sample: str
    running: str
    day: str
    digest: str
    colophon: tuple[Pair, ...]
    foot: str = ""
    issued_by: str = ""
    draft: str = ""


class Report(Struct, frozen=True):
    """A document: what stands on every page of it; `template` is the file that lays it out."""

    frame: Frame
    template: ClassVar[str] = ""


class UnitReport(Report, frozen=True):
    """One unit: the verdict and its deciding line first, then every item, then what would earn the rest."""

    template: ClassVar[str] = "unit.html"
    name: str
    facts: tuple[str, ...]
    verdict: Mark
    grade: str
    deciding: tuple[str, ...]
    cells: tuple[Pair, ...]
    next_line: str
    why_place: tuple[str, ...]
    checks: tuple[CheckedRule, ...]
    dimensions: tuple[DimensionRow, ...]
    radar: Radar | None
    peers: str
    lines: tuple[LineRow, ...]
    position: DotPlot | None
    outcomes: tuple[tuple[Mark, int], ...]
    files: tuple[str, ...]
    findings: tuple[CheckedRule, ...]
    bonus: tuple[Pair, ...]
    base_sum: Total
    bonus_sum: Total
    total_sum: Total
    first: tuple[CheckedRule, ...]
    advice: tuple[Advice, ...]
    outlook: tuple[str, ...]
    rescored: bool
    comparison: Dumbbell | None
    steps: tuple[Pair, ...]
    qr: QrCode | None
    shots: tuple[Shot, ...]


class PlaceRow(Struct, frozen=True):
    """A line of a list. `flag` marks a place that only the last step decided."""

    rank: str
    code: str
    name: str
    kind: str
    region: str
    figure: str
    grade: str
    why: str
    flag: str = ""


class Table(Struct, frozen=True):
    """A titled table of texts. `numeric` names columns of figures; `more` counts rows beyond the cap.

    `card` says what each column of a table of units is on a phone, where a unit is a card: see `macros.html`.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    note: str = ""
    more: int = 0
    card: tuple[str, ...] = ()


class TierBlock(Struct, frozen=True):
    """A tier of a list: seats, those who hold them and why, seats that wait, the reserve, the arithmetic of regions."""

    title: str
    counts: str
    places: tuple[PlaceRow, ...]
    more: int
    waits: tuple[str, ...]
    notes: tuple[str, ...]
    reserve: Table | None
    regions: Table | None
    departures: Table | None


class ListBlock(Struct, frozen=True):
    """One list: a group of kinds."""

    title: str
    counts: str
    tiers: tuple[TierBlock, ...]
    standings: Table
    waiting: Table | None
    failed: Table | None


class RankedListReport(Report, frozen=True):
    """The committee's list: every tier with seats and reasons, then all units in order, those waiting, those failed."""

    template: ClassVar[str] = "ranked_list.html"
    profile: str
    rule: str
    cells: tuple[Pair, ...]
    lists: tuple[ListBlock, ...]
    pending: tuple[str, ...]


class Bar(Struct, frozen=True):
    """A bar of a chart: parts from the left, each a tone and whole percents; `figure` and `note` say it in numbers."""

    label: str
    parts: tuple[tuple[str, int], ...]
    figure: str
    note: str = ""


class SummaryReport(Report, frozen=True):
    """A round on one page of pictures, for those who lead it."""

    template: ClassVar[str] = "summary.html"
    cells: tuple[Pair, ...]
    regions: tuple[Bar, ...]
    regions_note: str
    tiers: tuple[Bar, ...]
    tiers_note: str
    plots: tuple[tuple[str, DotPlot], ...]
    weakest: tuple[Bar, ...]
    burden: tuple[Bar, ...]
    contested: tuple[Pair, ...]
    contested_more: int
