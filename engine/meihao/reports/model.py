"""What a document says, as plain data: every number already text, and the few whole percents that charts need.

Made by `unit`, `lists` and `charts`; read by templates and sheets. Nothing here judges, scores or computes.
"""

from __future__ import annotations

from typing import Literal

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


class Check(Struct, frozen=True):
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
    """A criterion's line. `percent` of its full mark is certain, `possible` the most; `more` counts unprinted evidence."""

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
    evidence: tuple[str, ...]
    more: int
    rest: str
    open_points: str


class DimensionRow(Struct, frozen=True):
    """A dimension against its peers: `mean_percent` and `line_percent` (of the pass line) are -1 where there is none."""

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


class Advice(Struct, frozen=True):
    """What would earn the rest of one item: `open_points` lie within the item, before any reweighting."""

    number: str
    item: str
    title: str
    what: str
    open_points: str
    mark: Mark


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


class DotPlot(Struct, frozen=True):
    """All candidates on one axis. `paths` are (state, d): one path of round, hollow or crossed dots for each state."""

    height: str
    base: str
    paths: tuple[tuple[str, str], ...]
    axis: tuple[Tick, ...]
    lines: tuple[Tick, ...]
    here: Tick | None
    caption: str
    alt: str


class Frame(Struct, frozen=True):
    """What every document carries: language, titles, notice, the mark of sample data, digests, the fixed date."""

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


class UnitReport(Struct, frozen=True):
    """One unit: the verdict and its deciding line first, then every item, then what would earn the rest."""

    frame: Frame
    name: str
    facts: tuple[str, ...]
    verdict: Mark
    grade: str
    deciding: tuple[str, ...]
    cells: tuple[Pair, ...]
    next_line: str
    why_place: tuple[str, ...]
    checks: tuple[Check, ...]
    dimensions: tuple[DimensionRow, ...]
    radar: Radar | None
    peers: str
    lines: tuple[LineRow, ...]
    position: DotPlot | None
    outcomes: tuple[tuple[Mark, int], ...]
    files: tuple[str, ...]
    findings: tuple[Check, ...]
    bonus: tuple[Pair, ...]
    first: tuple[Check, ...]
    advice: tuple[Advice, ...]
    steps: tuple[Pair, ...]


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
    """A titled table of texts. `numeric` names columns of figures; `more` counts rows beyond the cap."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    note: str = ""
    more: int = 0


class TierBlock(Struct, frozen=True):
    """A tier of a list: seats, those who hold them and why, seats that wait, the reserve, the arithmetic of regions."""

    title: str
    counts: str
    inner: str
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


class RankedListReport(Struct, frozen=True):
    frame: Frame
    profile: str
    rule: str
    cells: tuple[Pair, ...]
    lists: tuple[ListBlock, ...]
    pending: tuple[str, ...]


class NoticeTier(Struct, frozen=True):
    """A tier of the public notice; a row holds a name and a region, nothing else."""

    title: str
    counts: str
    rows: tuple[tuple[str, str], ...]
    more: int
    note: str


class NoticeReport(Struct, frozen=True):
    """The public notice (公示名单): names, regions and tiers only."""

    frame: Frame
    opening: str
    lists: tuple[tuple[str, tuple[NoticeTier, ...]], ...]
    pending: tuple[str, ...]


Report = UnitReport | RankedListReport | NoticeReport
