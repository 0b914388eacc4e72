"""Says a criterion in words: what is measured, how many points are given for what, and when it does not apply."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgspec import Struct

from ...core.numbers import Number
from ...core.text import one_of
from ...expressions.tree import Constant, Expr, FieldValue
from ..model import (
    Bands,
    Checklist,
    Choice,
    Combine,
    Criterion,
    Deduct,
    DeductFromTarget,
    Discretion,
    FieldMeasure,
    Linear,
    Measure,
    Part,
    PerItem,
    Score,
    Step,
    YesNo,
)
from .measures import counter, is_percent, measure_text, sample_text, unit_of
from .scribe import Scribe

STEPS: dict[Step, tuple[str, str]] = {
    "floor": ("不足{0}的不计", "less than {0} does not count"),
    "ceil": ("不足{0}的按{0}计", "less than {0} counts as {1}"),
    "prorata": ("不足{0}的按比例计", "less than {0} counts in proportion"),
}
BULLETS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class Told(Struct, frozen=True):
    """A criterion in words: `measure` ("" where the score asks facts directly), `score` line by line, `conditions`."""

    measure: str
    score: tuple[str, ...]
    conditions: tuple[str, ...]


def tell(criterion: Criterion, say: Scribe) -> Told:
    """Return a criterion in words; every line is a sentence with its full stop."""
    measure = _sentence(measure_text(criterion.measure, say), say) if criterion.measure else ""
    first, *rest = score_lines(criterion.score, criterion.measure, criterion.points, say, criterion.unfloored)
    head = first[:1].upper() + first[1:] + say.pick("：", ":") if rest else _sentence(first, say)
    lines = (head, *(_sentence(line, say) for line in rest))
    return Told(measure, lines, tuple(_sentence(line, say) for line in _conditions(criterion, say)))


def _sentence(text: str, say: Scribe) -> str:
    return text[:1].upper() + text[1:] + say.pick("。", ".")


def score_lines(
    score: Score, measure: Measure | None, full: Number, say: Scribe, unfloored: bool = False
) -> tuple[str, ...]:
    """Return how a score gives its points, in lines without full stops; the first line stands alone."""
    unit = unit_of(measure, say)
    match score:
        case YesNo():
            return (_yes_no(score, unit, full, say),)
        case Choice():
            return (_choice(score, measure, say),)
        case Bands():
            return (_bands(score, unit, say),)
        case Linear():
            return (_linear(score, unit, say),)
        case PerItem():
            return (_per_item(score, measure, say),)
        case Deduct():
            return (_deduct(score, measure, full, say),)
        case DeductFromTarget():
            return (_from_target(score, measure, unit, full, say, unfloored),)
        case Checklist():
            return _checklist(score, full, say)
        case Discretion(low=low, high=high):
            a, b = say.amount(low), say.points(high)
            zh, en = f"检查员在{a}至{b}之间评定，须写明理由", f"the inspector gives {a} to {b}, with a written reason"
            return (say.pick(zh, en),)
        case Combine():
            return _combine(score, full, say)
        case _:  # pragma: no cover
            assert_never(score)


def _yes_no(score: YesNo, unit: str, full: Number, say: Scribe) -> str:
    asked = [say.words(score.when)] if score.when is not None else []
    if score.edges:
        asked.append(say.edges(score.edges, unit))
    held, points = say.pick("，且", ", and ").join(asked), say.points(full)
    return say.pick(f"{held}，得{points}；否则得0分", f"{held}: {points}; otherwise 0 points")


def _choice(score: Choice, measure: Measure | None, say: Scribe) -> str:
    field = measure.value.field if isinstance(measure, FieldMeasure) and isinstance(measure.value, FieldValue) else ""
    rows = [(say.option(field, code), say.points(points)) for code, points in score.points]
    return say.joined([say.pick(f"“{name}”得{points}", f"{name}: {points}") for name, points in rows])


def _bands(score: Bands, unit: str, say: Scribe) -> str:
    parts = []
    for row in score.rows:
        points = say.points(row.points)
        if row.edges:
            edges = say.edges(row.edges, unit)
            parts.append(say.pick(f"{edges}的得{points}", f"{edges}: {points}"))
        else:
            parts.append(say.pick(f"其余得{points}", f"otherwise: {points}"))
    return say.joined(parts)


def _linear(score: Linear, unit: str, say: Scribe) -> str:
    rows = [(say.amount(value, unit), say.points(points)) for value, points in score.anchors]
    (low, least), *between, (high, most) = rows
    zero = say.amount(score.anchors[0][0]) == "0"  # of what cannot be less
    parts = [say.pick(f"{low}{'' if zero else '及以下'}得{least}", f"{low}{'' if zero else ' or less'}: {least}")]
    parts += [say.pick(f"{value}得{points}", f"{value}: {points}") for value, points in between]
    parts.append(say.pick(f"{high}及以上得{most}", f"{high} or more: {most}"))
    return say.joined([*parts, say.pick("其间按比例", "in proportion between")])


def _steps(for_each: Expr, measure: Measure | None, say: Scribe) -> str:
    """Return `1处`, `10个百分点`: how much makes a step."""
    number, unit = say.amount(for_each), counter(measure, say)
    if number != "1" or say.lang == "zh":
        return number + unit
    return one_of(unit.strip()) or "one"


def _one_by_one(step: str) -> str:
    """Return a step without the number of a single thing: 每处, 每10处.

    >>> _one_by_one("1处"), _one_by_one("1个百分点"), _one_by_one("10处"), _one_by_one("1")
    ('处', '个百分点', '10处', '1')
    """
    return step[1:] if step[:1] == "1" and step[1:] and not step[1].isdigit() and step[1] not in "./" else step


def _floor_said(step: Step | None, measure: Measure | None, for_each: Expr, say: Scribe) -> str:
    """Return how parts of a step count; nothing where whole things are counted one by one."""
    one = isinstance(for_each, Constant) and for_each.value == 1
    whole = one and not is_percent(measure, say) and step == "floor"
    if whole or step is None:
        return ""
    unit = counter(measure, say)
    size = (
        say.amount(for_each, unit)
        if unit
        else say.pick(f"一档（{say.amount(for_each)}）", f"a step of {say.amount(for_each)}")
    )
    return say.pick(*STEPS[step]).format(size, say.amount(for_each))


def _per_item(score: PerItem, measure: Measure | None, say: Scribe) -> str:
    step, points = _one_by_one(_steps(score.for_each, measure, say)), say.points(score.points)
    most = say.points(score.at_most) if score.at_most is not None else ""
    return say.joined([
        say.pick(f"每{step}得{points}", f"{points} for each {step}"),
        _floor_said(score.step, measure, score.for_each, say),
        say.pick(f"最多得{most}", f"at most {most}") if most else "",
    ])  # fmt: skip


def _deduct(score: Deduct, measure: Measure | None, full: Number, say: Scribe) -> str:
    step, lose = _one_by_one(_steps(score.for_each, measure, say)), say.points(score.lose)
    most = say.points(score.at_most) if score.at_most is not None else ""
    return say.joined([
        say.pick(f"满分{say.points(full)}，每{step}扣{lose}", f"from {say.points(full)}, {lose} off for each {step}"),
        _floor_said(score.step, measure, score.for_each, say),
        say.pick(f"最多扣{most}", f"at most {most} off") if most else "",
    ])  # fmt: skip


def _from_target(
    score: DeductFromTarget, measure: Measure | None, unit: str, full: Number, say: Scribe, unfloored: bool
) -> str:
    below = score.side == "below"
    target, base = say.amount(score.target, unit), say.points(full if score.base is None else score.base)
    step, lose = _steps(score.for_each, measure, say), say.points(score.lose)
    side = say.pick("低" if below else "高", "below" if below else "above")
    there = say.pick(
        f"{target}及以{'上' if below else '下'}得{base}", f"{target} or {'more' if below else 'less'}: {base}"
    )
    less = say.pick(f"每{side}{step}扣{lose}", f"{lose} off for each {step} {side}")
    end = "" if unfloored else say.pick("扣完为止", "down to 0 points")
    more = (_gain(score, step, say), _floor_said(score.step, measure, score.for_each, say), _limit(score, unit, say))
    return say.joined([there, less, *more, end])


def _gain(score: DeductFromTarget, step: str, say: Scribe) -> str:
    if score.gain is None:
        return ""
    points = say.points(score.gain)
    side = ("高", "above") if score.side == "below" else ("低", "below")
    text = say.pick(f"每{side[0]}{step}加{points}", f"{points} more for each {step} {side[1]}")
    if score.gain_at_most is None:
        return text
    most = say.points(score.gain_at_most)
    return text + say.pick(f"，最多加{most}", f", at most {most} more")


def _limit(score: DeductFromTarget, unit: str, say: Scribe) -> str:
    if score.not_beyond is None:
        return ""
    limit = say.amount(score.not_beyond, unit)
    below = score.side == "below"
    return say.pick(f"{'低于' if below else '高于'}{limit}得0分", f"{'below' if below else 'above'} {limit}: 0 points")


def _checklist(score: Checklist, full: Number, say: Scribe) -> tuple[str, ...]:
    n = len(score.items)
    if score.lookup:
        rows = [(k, say.points(points)) for k, points in sorted(score.lookup, key=lambda row: -row[0])]
        parts = [say.pick(f"{k}项得{points}", f"{k} earn {points}") for k, points in rows]
        least = min(k for k, _ in score.lookup)
        how = say.joined(
            [*parts, say.pick(f"不到{least}项得0分", f"fewer than {least} earn 0 points") if least > 0 else ""]
        )
    elif score.each is not None:
        how = say.pick(f"每有1项得{say.points(score.each)}", f"each earns {say.points(score.each)}")
    else:
        lose = say.points(score.lose) if score.lose is not None else ""
        zh = f"满分{say.points(full)}，每缺1项扣{lose}，扣完为止"
        how = say.pick(zh, f"from {say.points(full)}, {lose} off for each that is missing, down to 0 points")
    first = say.pick(f"共{n}项，{how}", f"{n} things are checked; {how}")
    return (
        first,
        *(f"{_bullet(i)} {_titled(item.title[say.lang], item.when, say)}" for i, item in enumerate(score.items)),
    )


def _bullet(n: int) -> str:
    return BULLETS[n] if n < len(BULLETS) else f"({n + 1})"


def _titled(title: str, when: Expr, say: Scribe) -> str:
    """Return a title with its condition; a bare yes-no fact adds nothing to it but its own label."""
    words = say.words(when)
    return title if words.strip("“”") == title else say.pick(f"{title}：{words}", f"{title}: {words}")


HOW = {
    "any_of": (
        "下列方式，符合哪种按哪种计分，几种都符合的取最高分",
        "any of these ways; if several apply, the highest counts",
    ),
    "best_of": ("下列各项，取得分最高的一项", "the best of these counts"),
    "sum": ("下列各项分别计分，相加", "these are scored one by one and added up"),
}


def _combine(score: Combine, full: Number, say: Scribe) -> tuple[str, ...]:
    points = say.points(full)
    if score.how == "all_of":
        rest = (
            ("取最低一项的得分", "the lowest of them counts") if score.otherwise == "lowest" else ("得0分", "0 points")
        )
        zh = f"下列各项都得满分的得{points}，有一项不到的{rest[0]}"
        first = say.pick(zh, f"full marks in each of these earn {points}; otherwise {rest[1]}")
    else:
        first = say.pick(*HOW[score.how])
    parts = (f"{_bullet(n)} {_part(part, full, say)}" for n, part in enumerate(score.parts))
    return (first, *parts)


def _part(part: Part, full: Number, say: Scribe) -> str:
    """Return a part on one line: its title, what it asks, and its points."""
    mark = full if part.points is None else _number(part.points, full)
    title = part.title[say.lang]
    if part.when is not None:
        points = say.points(part.points if part.points is not None else full)
        return say.pick(f"{_titled(title, part.when, say)}，得{points}", f"{_titled(title, part.when, say)}, {points}")
    if part.score is None:
        return title
    pieces = [measure_text(part.measure, say)] if part.measure is not None else []
    pieces += [_inside(line) for line in score_lines(part.score, part.measure, mark, say)]
    pieces += [sample_text(part.sample, say)] if part.sample is not None else []
    return say.pick(f"{title}：", f"{title}: ") + say.joined(pieces)


def _inside(line: str) -> str:
    """Return a line of a score within a part: its number in brackets, so that numbers of two depths differ."""
    return f"({BULLETS.index(line[0]) + 1}){line[1:]}" if line[:1] in BULLETS else line


def _number(points: Expr, full: Number) -> Number:
    """Return the full mark of a part where it is a plain number; a lookup speaks for itself in the lines."""
    return points.value if isinstance(points, Constant) and isinstance(points.value, Number) else full


NOT_APPLICABLE = {
    "full": ("得满分", "it earns full marks"),
    "zero": ("得0分", "it earns 0 points"),
    "reweight": ("不计入，其余各项按比例折算", "it is left out and the other items are reweighted"),
}


def _conditions(criterion: Criterion, say: Scribe) -> Iterator[str]:
    if criterion.looks:
        number = criterion.looks
        yield say.pick(
            f"须由{number}名检查员分别查看，不足{number}名的待定",
            f"{number} inspectors must look independently; with fewer, the item is undetermined",
        )
    if criterion.sample is not None:
        yield sample_text(criterion.sample, say)
    if criterion.applies_when is not None:
        when, then = say.words(criterion.applies_when), say.pick(*NOT_APPLICABLE[criterion.not_applicable])
        yield say.pick(f"只在“{_inner(when)}”时适用，不适用的{then}", f"applies only where {when}; otherwise {then}")
    if criterion.exempt_when is not None:
        when = say.words(criterion.exempt_when)
        yield say.pick(f"{when}的免检，得满分", f"exempt, with full marks, where {when}")
    if criterion.zero_when is not None:
        when = say.words(criterion.zero_when)
        yield say.pick(f"{when}的，本项得0分", f"earns 0 points where {when}")
    if criterion.uncapped:
        yield say.pick("得分可以超过满分", "may earn more than full marks")
    if criterion.unfloored:
        yield say.pick("得分可以低于0分", "may fall below 0 points")


def _inner(text: str) -> str:
    return text.translate(str.maketrans("“”", "‘’"))
