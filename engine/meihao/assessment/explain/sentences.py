"""Says in one plain sentence why an item earned what it earned: the value, the threshold, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from msgspec import Struct

from ...core.numbers import Number, plain
from ...core.statistics import wilson
from ...core.text import with_unit
from ...core.unknown import Why
from ...expressions.tree import FieldValue
from ...standard.model import Combine, Criterion, Deduct, FieldMeasure, PerItem, Step
from ..results import Datum, Item, Marks, Reason
from .vocabulary import Printed, Words
from .words import CAUSE

RULES = ("checks", "vetoes", "eligibility")


def been_there(been: Iterable[str], words: Words) -> str:
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


def why_text(why: Why, words: Words) -> str:
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


def unknown_sentence(whys: tuple[Why, ...], words: Words, late: bool) -> str:
    """Return what is missing; after the deadline it says that it was not handed in (截止未提供)."""
    listed = words.pick("；", "; ").join(dict.fromkeys(why_text(why, words) for why in whys))
    if not late:
        return listed
    return words.pick(f"截止未提供：{listed}，计0分", f"not handed in before the deadline: {listed}; scores 0")


def item_sentence(item: Item, criterion: Criterion, words: Words) -> str:
    """Return why the item earned what it earned."""
    text = marks_sentence(item.reason, item.parts, item.whys, item.late, criterion, words)
    if criterion.sample is not None:
        text += _interval(item, words)
    if item.outcome == "unknown" and item.whys and item.reason.code not in ("open", "held", "looks"):
        return text + words.pick("；", "; ") + unknown_sentence(item.whys, words, late=False)
    return text


def _interval(item: Item, words: Words) -> str:
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
    words: Words,
) -> str:
    """Return the sentence of a reason, with the units of the criterion's measure."""
    maker = _MAKERS.get(reason.code)
    if maker is None:
        return unknown_sentence(whys, words, late)
    return maker(_Say(dict(reason.values), parts, whys, late, criterion, words))


class _Say(Struct, frozen=True, gc=False):
    values: Mapping[str, Datum]
    parts: tuple[Marks, ...]
    whys: tuple[Why, ...]
    late: bool
    criterion: Criterion
    words: Words

    @property
    def printed(self) -> Printed:
        return self.words.criteria[self.criterion.id]

    def n(self, name: str) -> str:
        """Return a figure of the reason as a bare number."""
        return number(self.values.get(name))

    def measured(self, name: str) -> str:
        """Return a figure of the reason with the unit of the measure: 91%, 3处, 1 spot."""
        return with_unit(self.n(name), self.printed.unit)

    def points(self, name: str) -> str:
        """Return a figure of the reason as points."""
        text = self.n(name)
        return self.pick(f"{text}分", f"{text} point{'' if text == '1' else 's'}")

    def pick(self, zh: str, en: str) -> str:
        return self.words.pick(zh, en)


def number(value: Datum) -> str:
    if type(value) is int:  # the commonest value
        return str(value)
    return plain(value, 2) if isinstance(value, int | Fraction) and not isinstance(value, bool) else str(value)


def _edges(say: _Say, edges: Datum) -> str:
    pairs = edges if isinstance(edges, tuple) else ()
    unit = say.printed.unit
    shown = [say.words.edges[str(e[0])] + with_unit(number(e[1]), unit) for e in pairs if isinstance(e, tuple)]
    return say.pick("且", " and ").join(shown)


def _edges_met(say: _Say) -> str:
    value, line = say.measured("value"), _edges(say, say.values["edges"])
    return say.pick(f"{value}，达到“{line}”", f"{value}; meets “{line}”")


def _edges_missed(say: _Say) -> str:
    value, line = say.measured("value"), _edges(say, say.values["edges"])
    return say.pick(f"{value}，未达到“{line}”", f"{value}; does not meet “{line}”")


def _band(say: _Say) -> str:
    value, line = say.measured("value"), _edges(say, say.values["edges"])
    if not line:
        return say.pick(f"{value}，按其余情形计分", f"{value}; in none of the named bands")
    return say.pick(f"{value}，属于“{line}”一档", f"{value}; in the band “{line}”")


def _linear(say: _Say) -> str:
    value, best = say.measured("value"), say.measured("full_at")
    return say.pick(f"{value}，按比例计分（满分线{best}）", f"{value}; scored in proportion (full marks at {best})")


def _class(say: _Say) -> str:
    """Return the class that was found, after the name of the field that it was read from."""
    code, measure = str(say.values["class"]), say.criterion.measure
    read = measure.value if isinstance(measure, FieldMeasure) else None
    label = say.words.option(read.field, code) if isinstance(read, FieldValue) else code
    return say.pick(f"{say.printed.measured}：{label}", f"{say.printed.measured}: {label}")


def _step(say: _Say) -> str:
    """Return how much one step is: 处, 2户, 1个百分点; in English 1 spot, 2 percentage points."""
    each, unit = say.n("for_each"), say.printed.step
    return unit if say.words.lang == "zh" and each == "1" and unit else with_unit(each, unit)


REST: Mapping[Step | None, tuple[str, str]] = {
    "floor": ("（不足{}的不计）", " (less than {} does not count)"),
    "ceil": ("（不足{0}的按{0}计）", " (less than {0} counts as {0})"),
}


def _each(say: _Say) -> str:
    """Return the step after `for each`: spot, 2 households; `each` where it is one of something without a name."""
    step = _step(say)
    return "each" if step == "1" else f"for each {step.removeprefix('1 ')}"


def _rest(say: _Say) -> str:
    """Return what became of the part of a step that was left over, where there is one."""
    value, each, score = say.values.get("value"), say.values.get("for_each"), say.criterion.score
    if not isinstance(score, PerItem | Deduct) or not isinstance(value, Number) or not isinstance(each, Number):
        return ""
    if each == 0 or Fraction(value) % Fraction(each) == 0 or score.step not in REST:
        return ""
    return say.pick(*REST[score.step]).format(with_unit(say.n("for_each"), say.printed.step))


def _per_item(say: _Say) -> str:
    value, points = say.measured("value"), say.points("each")
    text = say.pick(f"计{value}，每{_step(say)}得{points}", f"counts {value}; {points} {_each(say)}")
    return text + _rest(say)


def _deduct(say: _Say) -> str:
    value, each, lost = say.measured("value"), say.points("lose"), say.points("lost")
    return say.pick(
        f"计{value}，每{_step(say)}扣{each}，共扣{lost}",
        f"counts {value}; loses {each} {_each(say)}, {lost} in all",
    ) + _rest(say)


def _from_target(say: _Say) -> str:
    below = say.values.get("side") == "below"
    word = say.pick("每低" if below else "每高", "below" if below else "above")
    value, target, lose = say.measured("value"), say.measured("target"), say.points("lose")
    step = with_unit(say.n("for_each"), say.printed.step)
    text = say.pick(
        f"{value}，目标{target}，{word}{step}扣{lose}",
        f"{value}; target {target}; loses {lose} for each {step.removeprefix('1 ')} {word} it",
    )
    if "not_beyond" in say.values:
        limit = say.measured("not_beyond")
        text += say.pick(f"，{'低于' if below else '高于'}{limit}不得分", f"; no points {word} {limit}")
    return text


def _checklist(say: _Say) -> str:
    held, of, possible = say.n("held"), say.n("of"), say.n("possible")
    items = getattr(say.criterion.score, "items", ())
    lacking = [i.title[say.words.lang] for i, part in zip(items, say.parts, strict=False) if part.hi == 0]
    text = say.pick(f"{of}项中具备{held}项", f"{held} of {of} in place")
    if possible != held:
        text += say.pick(f"，另有{int(possible) - int(held)}项待定", f", {int(possible) - int(held)} still open")
    if lacking:
        text += say.pick("，缺：" + "、".join(lacking), "; lacking: " + ", ".join(lacking))
    return text


def _route(say: _Say) -> str:
    score, best = say.criterion.score, say.values["best"]
    assert isinstance(score, Combine)
    assert isinstance(best, int)
    part, marks = score.parts[best], say.parts[best]
    if marks.hi == 0 and marks.lo == 0:
        return say.pick("各种方式都不具备", "none of the routes applies")
    return say.pick(f"按“{part.title['zh']}”计分", f"scored as “{part.title['en']}”")


def _all_of(say: _Say) -> str:
    score = say.criterion.score
    parts = score.parts if isinstance(score, Combine) else ()
    short = [p.title[say.words.lang] for p, m in zip(parts, say.parts, strict=False) if m.reason.code in _LACKING]
    text = say.pick(f"{say.n('of')}项中{say.n('held')}项达到", f"{say.n('held')} of {say.n('of')} met")
    return text + (say.pick("，未达到：" + "、".join(short), "; not met: " + ", ".join(short)) if short else "")


_LACKING = ("no", "edges_missed", "no_band", "late")
Maker = Callable[[_Say], str]
_MAKERS: Mapping[str, Maker] = {
    "yes": lambda say: say.printed.holds,
    "no": lambda say: say.printed.fails,
    "edges_met": _edges_met,
    "edges_missed": _edges_missed,
    "class": _class,
    "band": _band,
    "no_band": lambda say: say.pick(
        f"{say.measured('value')}，不在任何一档", f"{say.measured('value')}; in none of the bands"
    ),
    "linear": _linear,
    "per_item": _per_item,
    "per_item_open": _per_item,
    "deduct": _deduct,
    "from_target": _from_target,
    "checklist": _checklist,
    "discretion": lambda say: say.pick(
        f"检查员评{say.n('value')}分（可评{say.n('from')}至{say.n('to')}分）",
        f"the inspector gave {say.points('value')} (possible: {say.n('from')} to {say.n('to')})",
    ),
    "any_of": _route,
    "best_of": _route,
    "all_of": _all_of,
    "sum": _all_of,
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
    "part_not_applicable": lambda say: say.pick("不适用", "not applicable"),
    "error": lambda say: say.pick(f"计分出错：{say.values['what']}", f"scoring failed: {say.values['what']}"),
}
