"""One item's reason -> one plain sentence: value, threshold, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from msgspec import Struct

from ...core.numbers import plain
from ...core.problems import Lang
from ...core.statistics import wilson
from ...core.text import Label
from ...core.unknown import Why
from ...standard.expressions.tree import FieldValue
from ...standard.model import (
    AgainstMean,
    Basis,
    ChangeFrom,
    Combine,
    Criterion,
    FieldMeasure,
    Measure,
    Pack,
    Percent,
    PercentOfLog,
    PercentOfRows,
    RankInRound,
    leaves,
    nodes,
)
from ...standard.parts import wanted_of
from ..results import Datum, Item, Marks, Reason
from .words import BUILT_IN, CAUSE, EDGE, ORIGIN, OUTCOME

PERCENTS = (Percent, PercentOfLog, PercentOfRows)
RULES = ("checks", "vetoes", "eligibility")
KEEP = 8  # packs and languages whose words are kept


class Printed(Struct, frozen=True):
    """What is said of a criterion whatever it earned; `unit` is the sign after its measure: "%" or nothing."""

    title: str
    unit: str
    basis: str
    remedy: str


class Words(Struct, frozen=True):
    """The labels of a pack in one language: fields, columns, criteria, rules by their ids, documents by `document:` and
    their Chinese title; what is said of every criterion, and of a field whose register has not come in (`awaited`)."""

    lang: Lang
    labels: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]
    criteria: Mapping[str, Printed]
    outcomes: Mapping[str, str]
    edges: Mapping[str, str]
    awaited: Mapping[str, str]

    @classmethod
    def of(cls, pack: Pack, lang: Lang) -> Words:
        labels = {node.id: node.title[lang] for _, root in pack.standards for node in nodes(root)}
        labels.update({name: label[lang] for name, label in BUILT_IN.items()})
        options: dict[str, dict[str, str]] = {}
        for field in pack.fields:
            labels[field.id] = field.title[lang]
            options[field.id] = _options(field.options, lang)
            for column in field.columns:
                labels[f"{field.id}.{column.id}"] = f"{field.title[lang]}·{column.title[lang]}"
                options[f"{field.id}.{column.id}"] = _options(column.options, lang)
        criteria = [criterion for _, root in pack.standards for criterion in leaves(root)]
        labels.update({c.id: c.title[lang] for c in criteria})
        labels.update({f"looks.{c.id}": _short_title(c, lang) for c in criteria if c.looks})
        labels.update({rule.id: rule.title[lang] for rule in pack.rules})
        labels.update({f"relations.{r.id}": r.title[lang] for r in pack.relations})
        labels.update(
            {f"document:{w.title.zh}": w.title[lang] for kind, _ in pack.standards for w in wanted_of(pack, kind)}
        )
        percents = frozenset(f.id for f in pack.fields if f.type == "percent")
        outcomes, edges = ({code: label[lang] for code, label in table.items()} for table in (OUTCOME, EDGE))
        printed = {c.id: _printed(c, percents, lang) for c in criteria}
        return cls(lang, labels, options, printed, outcomes, edges, _awaited(pack, lang))

    def name(self, subject: str) -> str:
        """Return the label of a field, column, item, rule or document; parts of an item carry its name."""
        known = (self.labels.get(key) for key in (subject, subject.partition("#")[0], f"document:{subject}"))
        return next(filter(None, known), subject.removeprefix("document:"))

    def option(self, field: str, code: str) -> str:
        return self.options.get(field, {}).get(code, code)

    def truth(self, code: str) -> str:
        """Return 是 or 否, yes or no for `true` or `false`."""
        return self.pick("是", "yes") if code == "true" else self.pick("否", "no")

    def pick(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en


_KEPT: dict[tuple[int, Lang], tuple[Pack, Words]] = {}


def words_of(pack: Pack, lang: Lang) -> Words:
    """Return the words of a pack, made at their first use; a pack is known by its identity, which is kept with its words."""
    known = _KEPT.get((id(pack), lang))
    if known is None:
        if len(_KEPT) >= KEEP:
            _KEPT.clear()
        known = _KEPT[id(pack), lang] = (pack, Words.of(pack, lang))
    return known[1]


def _short_title(criterion: Criterion, lang: Lang) -> str:
    zh, en = (
        f"“{criterion.title.zh}”检查员不足{criterion.looks}名",
        f"“{criterion.title['en']}”: an inspector is wanted",
    )
    return zh if lang == "zh" else en


def been_there(been: Iterable[str], words: Words) -> str:
    """Return who has looked, and that the next inspector is wanted."""
    names = tuple(been)
    who = words.pick("、", ", ").join(names)
    zh = f"{who}已看，尚待第{len(names) + 1}名检查员"
    return words.pick(zh, f"{who} {'has' if len(names) == 1 else 'have'} looked; inspector {len(names) + 1} is awaited")


def _looks(say: _Say) -> str:
    been = say.values.get("been")
    other = tuple(why for why in say.whys if why.cause != "awaiting_inspector")
    text = say.pick(f"须{say.n('wanted')}名检查员各看一遍：", f"{say.n('wanted')} inspectors look, each alone: ")
    text += been_there(map(str, been) if isinstance(been, tuple) else (), say.words)
    return text + (say.pick("；", "; ") + unknown_sentence(other, say.words, late=False) if other else "")


def _awaited(pack: Pack, lang: Lang) -> dict[str, str]:
    """Return the sentence of every field that is kept in a register: which one is awaited, and from whom."""
    registers = {register.id: register for register in pack.registers}
    said = {"zh": "尚待{title}核实（由{keeper}提供）", "en": "the {title} is awaited (from {keeper})"}[lang]
    return {
        field.id: said.format(
            title=registers[field.register].title[lang], keeper=registers[field.register].kept_by[lang]
        )
        for field in pack.fields
        if field.register
    }


def _options(options: tuple[tuple[str, Label], ...], lang: Lang) -> dict[str, str]:
    return {code: label[lang] for code, label in options}


def _printed(criterion: Criterion, percents: frozenset[str], lang: Lang) -> Printed:
    unit = "%" if in_percent(criterion.measure, percents) else ""
    return Printed(criterion.title[lang], unit, _basis(criterion.basis, lang), criterion.remedy[lang])


def _basis(basis: Basis, lang: Lang) -> str:
    """Return where a criterion comes from, its quotation, and what of it is ours."""
    parts = [ORIGIN[basis.origin][lang]]
    if basis.quote:
        parts.append(f"“{basis.quote}”")
    if basis.source:
        parts.append(basis.source)
    if basis.ours.zh:
        parts.append({"zh": "本项目所拟：", "en": "ours: "}[lang] + basis.ours[lang])
    return ("；" if lang == "zh" else "; ").join(parts)


_INNER = str.maketrans("“”《》", "‘’〈〉")


def why_text(why: Why, words: Words) -> str:
    if why.subject == "when_zero":
        return words.pick("分母为0，无法计算", "the denominator is 0")
    if why.cause == "missing_fact" and why.subject in words.awaited:
        return words.awaited[why.subject]
    inner = words.name(why.subject).translate(_INNER)
    if why.cause == "numbers_disagree" and why.subject.partition(".")[0] in RULES:
        return words.pick(f"“{inner}”没有核对上", f"the check “{inner}” failed")
    return CAUSE[why.cause][words.lang].format(subject=inner)


def unknown_sentence(whys: tuple[Why, ...], words: Words, late: bool) -> str:
    """Return what is missing; after the deadline it says that it was not handed in (截止未提供)."""
    listed = words.pick("；", "; ").join(dict.fromkeys(why_text(why, words) for why in whys))
    if not late:
        return listed
    return words.pick(f"截止未提供：{listed}，计0分", f"not handed in before the deadline: {listed}; counts 0")


def item_sentence(item: Item, criterion: Criterion, words: Words) -> str:
    """Return why the item earned what it earned."""
    unit = words.criteria[criterion.id].unit
    text = marks_sentence(item.reason, item.parts, item.whys, item.late, criterion, words, unit)
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
        f"（样本{size}份，95%区间{ends[0]}—{ends[1]}%）", f" (sample of {size}, 95% interval {ends[0]} to {ends[1]}%)"
    )
    line = item.reason.get("target") or item.reason.get("full_at")
    if isinstance(line, int | Fraction) and low < line < high:
        edge = plain(line)
        text += words.pick(
            f"，满分线{edge}%在区间内，差别可能只是抽样造成的", f"; the line of {edge}% lies inside: chance may decide"
        )
    return text


def in_percent(measure: Measure | None, percents: frozenset[str]) -> bool:
    """Say whether a measure is a percent, so that its value is printed with the sign and its steps are percentage points."""
    match measure:
        case FieldMeasure(FieldValue(name)):
            return name in percents
        case ChangeFrom() | AgainstMean() | RankInRound():
            return measure.unit == "percent"
        case _:
            return isinstance(measure, PERCENTS)


def marks_sentence(
    reason: Reason,
    parts: tuple[Marks, ...],
    whys: tuple[Why, ...],
    late: bool,
    criterion: Criterion,
    words: Words,
    unit: str,
) -> str:
    maker = _MAKERS.get(reason.code)
    if maker is None:
        return unknown_sentence(whys, words, late)
    return maker(_Say(dict(reason.values), parts, whys, late, criterion, words, unit))


class _Say(Struct, frozen=True, gc=False):
    values: Mapping[str, Datum]
    parts: tuple[Marks, ...]
    whys: tuple[Why, ...]
    late: bool
    criterion: Criterion
    words: Words
    unit: str

    def n(self, name: str, unit: bool = False) -> str:
        return number(self.values.get(name)) + (self.unit if unit else "")

    def pick(self, zh: str, en: str) -> str:
        return self.words.pick(zh, en)


def number(value: Datum) -> str:
    if type(value) is int:  # the commonest value
        return str(value)
    return plain(value, 2) if isinstance(value, int | Fraction) and not isinstance(value, bool) else str(value)


def _edges(say: _Say, edges: Datum) -> str:
    pairs = edges if isinstance(edges, tuple) else ()
    shown = [say.words.edges[str(e[0])] + number(e[1]) + say.unit for e in pairs if isinstance(e, tuple)]
    return say.pick("且", " and ").join(shown) or say.pick("其余情形", "otherwise")


def _edges_met(say: _Say) -> str:
    value, line = say.n("value", True), _edges(say, say.values["edges"])
    return say.pick(f"{value}，达到{line}", f"{value}, reaches {line}")


def _edges_missed(say: _Say) -> str:
    value, line = say.n("value", True), _edges(say, say.values["edges"])
    return say.pick(f"{value}，未达到{line}", f"{value}, short of {line}")


def _band(say: _Say) -> str:
    value, line = say.n("value", True), _edges(say, say.values["edges"])
    return say.pick(f"{value}，属于“{line}”一档", f"{value}, in the band {line}")


def _linear(say: _Say) -> str:
    text = say.pick(f"{say.n('value', True)}，按比例计分", f"{say.n('value', True)}, pro rata")
    best = say.pick(f"（满分线{say.n('full_at', True)}）", f" (full at {say.n('full_at', True)})")
    return text + best


def _class(say: _Say) -> str:
    field = say.criterion.asks[0] if say.criterion.asks else ""
    code = str(say.values["class"])
    label = next((say.words.option(f, code) for f in say.criterion.asks if code in say.words.options.get(f, {})), code)
    return say.pick(f"{say.words.name(field)}：{label}", f"{say.words.name(field)}: {label}")


def _steps(say: _Say) -> str:
    """Return how much one step is: 1个百分点, or the bare number."""
    each = say.n("for_each")
    if not say.unit:
        return each
    return say.pick(f"{each}个百分点", f"{each} percentage point{'' if each == '1' else 's'}")


def _each(steps: str) -> str:
    return "each" if steps == "1" else f"for each {steps}"


def _per_item(say: _Say) -> str:
    value, steps = say.n("value", True), _steps(say)
    return say.pick(f"计{value}，每{steps}得{say.n('each')}分", f"counts {value}; {say.n('each')} {_each(steps)}")


def _deduct(say: _Say) -> str:
    value, steps, lost = say.n("value", True), _steps(say), say.n("lost")
    return say.pick(
        f"计{value}，每{steps}扣{say.n('lose')}分，共扣{lost}分",
        f"counts {value}; loses {say.n('lose')} {_each(steps)}, {lost} in all",
    )


def _from_target(say: _Say) -> str:
    below = say.values.get("side") == "below"
    word = say.pick("每低" if below else "每高", "below" if below else "above")
    value, target, steps = say.n("value", True), say.n("target", True), _steps(say)
    text = say.pick(
        f"{value}，目标{target}，{word}{steps}扣{say.n('lose')}分",
        f"{value}, target {target}; loses {say.n('lose')} for each {steps} {word}",
    )
    if "not_beyond" in say.values:
        limit, side = say.n("not_beyond", True), say.pick("低于" if below else "高于", word)
        text += say.pick(f"，{side}{limit}不得分", f", nothing {side} {limit}")
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
        return say.pick("各种方式都不具备", "none of the routes holds")
    return say.pick(f"按“{part.title['zh']}”计分", f"by “{part.title['en']}”")


def _all_of(say: _Say) -> str:
    score = say.criterion.score
    parts = score.parts if isinstance(score, Combine) else ()
    short = [p.title[say.words.lang] for p, m in zip(parts, say.parts, strict=False) if m.reason.code in _LACKING]
    text = say.pick(f"{say.n('of')}项中{say.n('held')}项达到", f"{say.n('held')} of {say.n('of')} met")
    return text + (say.pick("，未达到：" + "、".join(short), "; not met: " + ", ".join(short)) if short else "")


_LACKING = ("no", "edges_missed", "no_band", "late")
Maker = Callable[[_Say], str]
_MAKERS: Mapping[str, Maker] = {
    "yes": lambda say: say.pick("条件成立", "the condition holds"),
    "no": lambda say: say.pick("条件不成立", "the condition does not hold"),
    "edges_met": _edges_met,
    "edges_missed": _edges_missed,
    "class": _class,
    "band": _band,
    "no_band": lambda say: say.pick(f"{say.n('value', True)}，不在任何一档", f"{say.n('value', True)}, in no band"),
    "linear": _linear,
    "per_item": _per_item,
    "per_item_open": _per_item,
    "deduct": _deduct,
    "from_target": _from_target,
    "checklist": _checklist,
    "discretion": lambda say: say.pick(
        f"检查员评{say.n('value')}分（{say.n('from')}至{say.n('to')}分）",
        f"the inspector gave {say.n('value')} ({say.n('from')} to {say.n('to')})",
    ),
    "any_of": _route,
    "best_of": _route,
    "all_of": _all_of,
    "sum": _all_of,
    "exempt": lambda say: say.pick("符合免检条件，计满分", "exempt: full marks"),
    "not_applicable": lambda say: {
        "full": say.pick("不适用，按满分计", "not applicable: full marks"),
        "zero": say.pick("不适用，计0分", "not applicable: 0"),
        "reweight": say.pick("不适用，不计入，其余各项折算", "not applicable: left out, the rest reweighted"),
    }[str(say.values["policy"])],
    "sample_too_small": lambda say: say.pick(
        f"样本{say.n('size')}份，少于{say.n('at_least')}份",
        f"sample of {say.n('size')}, fewer than {say.n('at_least')}",
    ),
    "zero_when": lambda say: say.pick("出现计0分的情形", "a condition sets this item to 0"),
    "zeroed": lambda say: say.pick(
        f"因“{say.words.name(str(say.values['rule']))}”计0分",
        f"set to 0 by “{say.words.name(str(say.values['rule']))}”",
    ),
    "looks": _looks,
    "held": lambda say: say.pick("待核：", "held: ") + unknown_sentence(say.whys, say.words, late=False),
    "part_not_applicable": lambda say: say.pick("不适用", "not applicable"),
    "error": lambda say: say.pick(f"计分出错：{say.values['what']}", f"scoring failed: {say.values['what']}"),
}
