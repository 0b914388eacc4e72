"""Says in one plain sentence why an item earned what it earned: the value, the threshold, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from msgspec import Struct

from ...core.numbers import plain
from ...core.statistics import wilson
from ...core.unknown import Why
from ...methods.marks import LATE, OPEN, Datum, Marks, Reason
from ...methods.telling import Telling, figure
from ...standard.model import Criterion
from ..results import Item
from .vocabulary import PackLabels
from .words import CAUSE

UNSAID = (LATE.code, OPEN.code)
RULES = ("checks", "vetoes", "eligibility")


def been_there(been: Iterable[str], words: PackLabels) -> str:
    """Return who has looked, and that the next inspector is wanted."""
    names = tuple(been)
    who = words.pick("、", ", ").join(names)
    zh = f"{who}已看，尚待第{len(names) + 1}名检查员"
    return words.pick(
        zh, f"{who} {'has' if len(names) == 1 else 'have'} looked; inspector {len(names) + 1} has yet to look"
    )


def _looks(say: _Say) -> str:
    been = say.values.get("been")
    other = tuple(why for why in say.whys if why.cause != "awaiting_inspector")
    text = say.pick(
        f"须{say.n('wanted')}名检查员各看一遍：", f"must be seen by {say.n('wanted')} inspectors independently: "
    )
    text += been_there(map(str, been) if isinstance(been, tuple) else (), say.words)
    return text + (say.pick("；", "; ") + unknown_sentence(other, say.words, late=False) if other else "")


_INNER = str.maketrans("“”《》", "‘’〈〉")


def why_text(why: Why, words: PackLabels) -> str:
    if why.subject == "when_zero":
        return words.pick("分母为0，无法计算", "cannot be computed: the denominator is 0")
    if why.cause == "missing_fact" and why.subject in words.awaited:
        return words.awaited[why.subject]
    inner = words.name(why.subject).translate(_INNER)
    if why.cause == "numbers_disagree" and why.subject.partition(".")[0] in RULES:
        return words.pick(f"“{inner}”没有核对上", f"the check “{inner}” failed")
    if why.looks and why.looks[0]:
        number = why.looks[0] + 1
        return words.pick(f"“{inner}”尚待第{number}名检查员", f"inspector {number} has yet to look at “{inner}”")
    return CAUSE[why.cause][words.lang].format(subject=inner)


def unknown_sentence(whys: tuple[Why, ...], words: PackLabels, late: bool) -> str:
    """Return what is missing; after the deadline it says that it was not handed in (截止未提供)."""
    listed = words.pick("；", "; ").join(dict.fromkeys(why_text(why, words) for why in whys))
    if not late:
        return listed
    return words.pick(f"截止未提供：{listed}，计0分", f"not handed in before the deadline: {listed}; scores 0")


def item_sentence(item: Item, criterion: Criterion, words: PackLabels) -> str:
    """Return why the item earned what it earned."""
    text = marks_sentence(item.reason, item.parts, item.whys, item.late, criterion, words)
    if criterion.sample is not None:
        text += _interval(item, words)
    if item.outcome == "unknown" and item.whys and item.reason.code not in ("open", "held", "looks"):
        return text + words.pick("；", "; ") + unknown_sentence(item.whys, words, late=False)
    return text


def _interval(item: Item, words: PackLabels) -> str:
    """Return a survey's sample and Wilson interval; it warns where the line of full marks lies inside."""
    if item.of is None or item.of[1] <= 0 or not 0 <= item.of[0] <= item.of[1]:
        return ""
    low, high = wilson(*item.of)
    size, ends = plain(item.of[1], 1), (plain(low), plain(high))
    text = words.pick(
        f"（样本{size}份，95%区间{ends[0]}—{ends[1]}%）", f" (sample of {size}; 95% interval {ends[0]} to {ends[1]}%)"
    )
    line = item.reason.get("target") or item.reason.get("full_at")
    if isinstance(line, int | Fraction) and low < line < high:
        edge = plain(line)
        text += words.pick(
            f"，满分线{edge}%在区间内，差别可能只是抽样造成的",
            f"; full marks need {edge}%, which lies within it: the difference may be chance",
        )
    return text


def marks_sentence(
    reason: Reason,
    parts: tuple[Marks, ...],
    whys: tuple[Why, ...],
    late: bool,
    criterion: Criterion,
    words: PackLabels,
) -> str:
    """Return the sentence of a reason, with the units of the criterion's measure."""
    if reason.code in UNSAID:
        return unknown_sentence(whys, words, late)
    if (general := _GENERAL.get(reason.code)) is not None:
        return general(_Say(dict(reason.values), whys, words))
    field = criterion.measure.field() if criterion.measure else ""
    printed = words.criteria[criterion.id]
    return criterion.score.explain(Telling(reason.code, dict(reason.values), parts, field, printed, words))


class _Say(Struct, frozen=True, gc=False):
    """What is at hand for a sentence that belongs to no method."""

    values: Mapping[str, Datum]
    whys: tuple[Why, ...]
    words: PackLabels

    def n(self, name: str) -> str:
        """Return a figure of the reason as a bare number."""
        return figure(self.values.get(name))

    def pick(self, zh: str, en: str) -> str:
        return self.words.pick(zh, en)


Maker = Callable[[_Say], str]
_GENERAL: Mapping[str, Maker] = {
    "exempt": lambda say: say.pick("符合免检条件，计满分", "exempt, so full marks"),
    "not_applicable": lambda say: {
        "full": say.pick("不适用，按满分计", "not applicable, so full marks"),
        "zero": say.pick("不适用，计0分", "not applicable: scores 0"),
        "reweight": say.pick(
            "不适用，不计入，其余各项折算", "not applicable: left out, and the other items are reweighted"
        ),
    }[str(say.values["policy"])],
    "sample_too_small": lambda say: say.pick(
        f"样本{say.n('size')}份，不足{say.n('at_least')}份",
        f"a sample of {say.n('size')}, fewer than the {say.n('at_least')} required",
    ),
    "zero_when": lambda say: say.pick("有规定计0分的情形，本项计0分", "scores 0, because a condition for 0 is met"),
    "zeroed": lambda say: say.pick(
        f"因“{say.words.name(str(say.values['rule']))}”计0分",
        f"set to 0 by “{say.words.name(str(say.values['rule']))}”",
    ),
    "looks": _looks,
    "held": lambda say: say.pick("待核：", "held for checking: ") + unknown_sentence(say.whys, say.words, late=False),
    "error": lambda say: say.pick(f"计分出错：{say.values['what']}", f"scoring failed: {say.values['what']}"),
}
