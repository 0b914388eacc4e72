"""Prints the lines of a sum in words and figures, so that each column can be added up by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from ...core.numbers import Number, fixed, scaled
from ...core.text import Label
from ...methods.marks import Datum
from ...methods.menu import AGGREGATES
from ..adjustments import ALL_BONUSES
from ..results import Adjustment, AdjustmentKind, Assessment, BonusItem, Item, NodeScore
from .vocabulary import PackLabels

NAMED_AT_MOST = 4
LABELS: Mapping[AdjustmentKind, Label] = {
    "zeroed": Label("清零", "set to 0"),
    "shared_gain": Label("共用上限", "shared cap"),
    "shared_loss": Label("共扣上限", "shared cap of losses"),
    **{way.line: way.line_label for way in AGGREGATES.values()},
    "may_not_apply": Label("适用与否未定", "may not apply"),
    "nothing_applies": Label("没有适用的指标", "nothing applies"),
    "open_matters": Label("待核实", "to be verified"),
    "matters_cap": Label("本项上限", "cap of the entry"),
    "bonus_documents": Label("缺证明材料", "document missing"),
    "bonus_cap": Label("加分上限", "bonus cap"),
}
ROUNDING = Label("尾差", "rounding")
Pair = tuple[Number, Number]
Part = Item | NodeScore | BonusItem | Adjustment


class ExplainedLine(Struct, frozen=True):
    """A line of a sum that is no item: its name, its points with their sign, and why."""

    label: str
    points: str
    text: str


class ExplainedBonus(Struct, frozen=True):
    """A bonus entry: its points, and the matters and limits that they come from."""

    title: str
    points: str
    note: str


def span(low: Number, high: Number, places: int) -> str:
    """Return `2.50`, or `0.00—5.00` where points are still open."""
    return fixed(low, places) if low == high else f"{fixed(low, places)}—{fixed(high, places)}"


def signed(low: Number, high: Number, places: int, words: PackLabels) -> str:
    """Return what a line adds, `-1.00`, or `0.00至+2.00` where its columns differ."""
    shown = [("+" if value > 0 else "") + fixed(value, places) for value in (low, high)]
    return shown[0] if low == high else words.pick("至", " to ").join(shown)


def lines_of(adjustments: Iterable[Adjustment], own: str, words: PackLabels, places: int) -> tuple[ExplainedLine, ...]:
    """Return the lines in words; those of a group inside the node `own` name the group."""
    return tuple(_line(one, own, words, places) for one in adjustments)


def _line(adjustment: Adjustment, own: str, words: PackLabels, places: int) -> ExplainedLine:
    label = LABELS[adjustment.kind][words.lang]
    if adjustment.node != own:
        label = words.pick(f"{label}（{words.name(adjustment.node)}）", f"{label} ({words.name(adjustment.node)})")
    return ExplainedLine(
        label,
        signed(adjustment.lo, adjustment.hi, places, words),
        _TEXTS[adjustment.kind](_Say(dict(adjustment.values), words, places)),
    )


def pairs(parts: Iterable[Part]) -> list[Pair]:
    """Return the points of each part of a sum."""
    return [(one.lo, one.hi) for one in parts]


def rounding_line(parts: Sequence[Pair], whole: Pair, words: PackLabels, places: int) -> tuple[ExplainedLine, ...]:
    """Return the line that is needed where figures are printed with fewer places than they are kept with; often none."""
    low, high = (scaled(whole[side], places) - sum([scaled(part[side], places) for part in parts]) for side in (0, 1))
    if not low and not high:
        return ()
    text = words.pick("各数印出时四舍五入", "each figure is rounded where it is printed")
    unit = Fraction(1, 10**places)
    return (ExplainedLine(ROUNDING[words.lang], signed(low * unit, high * unit, places, words), text),)


def bonus_note(bonus: BonusItem, words: PackLabels, places: int) -> str:
    """Return the matters of an entry and its inner lines, each with its points."""
    matters = [f"{matter} {fixed(points, places)}" for matter, _, points in bonus.matters]
    inner = [f"{line.text} {line.points}" for line in lines_of(bonus.adjustments, bonus.id, words, places)]
    return words.pick("；", "; ").join((*matters, *inner))


def explained_bonuses(
    assessment: Assessment, titles: Mapping[str, str], words: PackLabels, places: int
) -> tuple[tuple[ExplainedBonus, ...], tuple[ExplainedLine, ...]]:
    """Return the entries that earn or may earn, and the lines that lead from them to the bonus."""
    shown = [bonus for bonus in assessment.bonuses if bonus.hi]
    entries = tuple(ExplainedBonus(titles[b.id], span(b.lo, b.hi, places), bonus_note(b, words, places)) for b in shown)
    own = [line for line in assessment.adjustments if line.node == ALL_BONUSES]
    rounded = rounding_line(pairs((*shown, *own)), (assessment.bonus_lo, assessment.bonus_hi), words, places)
    return entries, (*lines_of(own, ALL_BONUSES, words, places), *rounded)


class _Say(Struct, frozen=True, gc=False):
    values: Mapping[str, Datum]
    words: PackLabels
    places: int

    def points(self, name: str) -> str:
        value = self.values[name]
        assert isinstance(value, int | Fraction)
        return fixed(value, self.places)

    def name(self, key: str) -> str:
        return f"“{self.words.name(str(self.values[key]))}”"

    def span(self, name: str) -> str:
        low, high = self.points(f"{name}_lo"), self.points(f"{name}_hi")
        return low if low == high else self.pick(f"（{low}—{high}）", f"({low}—{high})")

    def names(self) -> str:
        """Return the names of what is meant, the first few of many."""
        of = self.values["of"]
        assert isinstance(of, tuple)
        shown = [f"“{self.words.name(str(one))}”" for one in of[:NAMED_AT_MOST]]
        if len(of) == len(shown):
            return self.pick("".join(shown), ", ".join(shown))
        return self.pick(f"{''.join(shown)}等{len(of)}项", f"{', '.join(shown)} and {len(of) - len(shown)} more")

    def pick(self, zh: str, en: str) -> str:
        return self.words.pick(zh, en)


def _zeroed(say: _Say) -> str:
    had = say.span("before")
    item = say.pick(f"{say.name('item')}原得{had}", f"{say.name('item')} had {had}")
    if say.values["rule"]:
        return say.pick(f"{item}，因{say.name('rule')}计0分", f"{item}; set to 0 by {say.name('rule')}")
    if say.values["late"]:
        return say.pick(
            f"{item}，截止时未排除计0分的情形", f"{item}; a condition that sets it to 0 was not excluded in time"
        )
    return say.pick(f"{item}，出现计0分的情形", f"{item}; a condition sets it to 0")


_TEXTS: Mapping[AdjustmentKind, Callable[[_Say], str]] = {
    "zeroed": _zeroed,
    "shared_gain": lambda say: say.pick(
        f"{say.names()}合计最高{say.points('at_most')}分，超出的不计",
        f"{say.names()}: at most {say.points('at_most')} together",
    ),
    "shared_loss": lambda say: say.pick(
        f"{say.names()}合计最多扣{say.points('at_most')}分，多扣的加回",
        f"{say.names()}: at most {say.points('at_most')} lost together, the rest is given back",
    ),
    **{way.line: way.explain for way in AGGREGATES.values()},
    "may_not_apply": lambda say: say.pick(
        f"{say.names()}是否适用未定，按最不利和最有利的情形计",
        f"whether {say.names()} applies is open: the least and the most of all cases",
    ),
    "nothing_applies": lambda say: say.pick(
        "没有适用的指标，0分至满分都有可能", "no criterion applies: anything from 0 to full marks is possible"
    ),
    "open_matters": lambda say: say.pick("待核实的事项", "matters to be verified"),
    "matters_cap": lambda say: say.pick(
        f"本项最高{say.points('at_most')}分，超出的不计", f"at most {say.points('at_most')} for this entry"
    ),
    "bonus_documents": lambda say: say.pick("缺证明材料，未计", "a document is missing, not counted"),
    "bonus_cap": lambda say: say.pick(
        f"加分合计最高{say.points('at_most')}分，超出的不计", f"at most {say.points('at_most')} of bonus in all"
    ),
}
