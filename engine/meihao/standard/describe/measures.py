"""Says a measure in words: what is counted, of what, and in which time."""

from __future__ import annotations

from typing import assert_never

from ...core.numbers import Number, plain
from ...core.text import Label
from ...expressions.tree import Arithmetic, Constant, Days, Expr, Extreme, FieldValue, Rows
from ..model import (
    AgainstMean,
    ChangeFrom,
    CohortMeasure,
    CountRows,
    FieldMeasure,
    Index,
    Measure,
    Per,
    Percent,
    PercentOfLog,
    PercentOfRows,
    RankInRound,
    Sample,
    WhenZero,
)
from .scribe import Scribe

PERIODS = {
    "month": ("月", "months"),
    "quarter": ("季度", "quarters"),
    "half_year": ("半年", "half-years"),
    "year": ("年", "years"),
}


def measure_text(measure: Measure, say: Scribe) -> str:
    """Return what a measure counts, as a phrase without a full stop."""
    match measure:
        case FieldMeasure(value=value):
            return say.words(value)
        case Percent(part=part, whole=whole):
            a, b = say.words(part), say.words(whole)
            return say.pick(f"{a}占{b}的百分比", f"{a} as a percentage of {b}") + _zero(measure.when_zero, say)
        case PercentOfRows():
            return _percent_of_rows(measure, say) + _zero(measure.when_zero, say)
        case PercentOfLog():
            return _percent_of_log(measure, say) + _zero(measure.when_zero, say)
        case CountRows():
            return _count_rows(measure, say)
        case Per(per=per, count=count, of=of):
            a, b, n = say.words(count), say.words(of), say.amount(per)
            return say.pick(f"每{n}{b}的{a}", f"{a} per {n} of {b}") + _zero(measure.when_zero, say)
        case ChangeFrom():
            return _change(measure, say) + _zero(measure.when_zero, say)
        case RankInRound() | AgainstMean() | Index():
            return _cohort(measure, say)
        case _:  # pragma: no cover
            assert_never(measure)


def is_percent(measure: Measure | None, say: Scribe) -> bool:
    """Say whether a measure is a percentage, so that its edges carry the sign and its steps are percentage points."""
    match measure:
        case Percent() | PercentOfRows() | PercentOfLog():
            return True
        case ChangeFrom(unit=unit) | RankInRound(unit=unit) | AgainstMean(unit=unit):
            return unit == "percent"
        case FieldMeasure(value=FieldValue(field=name)):
            return name in say.fields and say.fields[name].type == "percent"
        case _:
            return False


def unit_of(measure: Measure | None, say: Scribe) -> str:
    """Return the sign after a value of a measure: %, 处, 个季度."""
    return "%" if is_percent(measure, say) else counter(measure, say)


def counter(measure: Measure | None, say: Scribe) -> str:
    """Return the word after a number of steps of a measure: 处, 个百分点; in English nothing where the pack gives no English."""
    if is_percent(measure, say):
        return say.pick("个百分点", " percentage points")
    match measure:
        case CountRows(each=str(period)):
            zh, en = PERIODS[period]
            return say.pick("个" + zh if zh != "年" else zh, f" {en}")
        case CountRows(table=table, distinct=str(column)):
            return _counter_of_rows(table, column, say)
        case CountRows(table=table):
            return _counter_of_rows(table, None, say)
        case FieldMeasure(value=value) | Per(count=value) | ChangeFrom(now=value) | AgainstMean(value=value):
            return _counter_of(value, say)
        case _:
            return ""


def _counter_of(value: Expr, say: Scribe) -> str:
    """Return the unit of a value; that of a sum, a difference, a maximum or a minimum where its parts share one."""
    match value:
        case FieldValue(field=name) if name in say.fields:
            return _counter_word(say.fields[name].measured_in, say)
        case Rows(function="count", table=table, column=column):
            return _counter_of_rows(table, column, say)
        case Days():
            return say.pick("天", " days")
        case Arithmetic(op="+" | "-", left=left, right=right):
            units = {_counter_of(part, say) for part in (left, right) if not isinstance(part, Constant)}
        case Extreme(parts=parts):
            units = {_counter_of(part, say) for part in parts if not isinstance(part, Constant)}
        case _:
            return ""
    return units.pop() if len(units) == 1 else ""


def _counter_of_rows(table: str, distinct: str | None, say: Scribe) -> str:
    """Return what a table counts in, row by row, or the word for different values of one of its columns."""
    if distinct is not None:
        return say.pick("个", " different values")
    field = say.fields.get(table)
    return _counter_word(field.measured_in if field else Label(""), say) or say.pick("行", " rows")


def _counter_word(unit: Label, say: Scribe) -> str:
    return say.pick(unit.zh, f" {unit.en}" if unit.en else "")


def sample_text(sample: Sample, say: Scribe) -> str:
    """Return the least size of a sample and what happens below it."""
    size, least = say.words(sample.size), say.words(sample.at_least)
    if isinstance(sample.at_least, Constant):
        least = say.amount(sample.at_least, _counter_of(sample.size, say))
    below = _undecided(say) if sample.otherwise == "unknown" else say.pick("得", "") + say.points(sample.otherwise)
    return say.pick(
        f"样本（{size}）不少于{least}，不足的{below}",
        f"the sample ({size}) must be at least {least}; if it is smaller: {below}",
    )


def _undecided(say: Scribe) -> str:
    return say.pick("待定", "undetermined")


def _zero(when: WhenZero, say: Scribe) -> str:
    """Return what a denominator of 0 gives, "" where nothing is said."""
    if when is None:
        return ""
    if isinstance(when, Number):
        given = say.pick(f"按{plain(when)}计", f"it counts as {plain(when)}")
    else:
        given = (
            say.pick("不适用", "it is not applicable")
            if when == "not_applicable"
            else say.pick("待定", "it is undetermined")
        )
    return say.pick(f"（分母为0时{given}）", f" (if the denominator is 0, {given})")


def _percent_of_rows(measure: PercentOfRows, say: Scribe) -> str:
    table, where = say.field(measure.table), say.words(measure.where, measure.table)
    among = say.words(measure.among, measure.table) if measure.among else ""
    if say.lang == "zh":
        return f"“{table}”里{f'{among}的记录中' if among else ''}，{where}的记录占的百分比"
    return f"of the rows of “{table}”{f' where {among}' if among else ''}, the percentage where {where}"


def _percent_of_log(measure: PercentOfLog, say: Scribe) -> str:
    """Return the share of logs that kept order and deadlines, and which logs count."""
    process = say.processes[measure.process]
    limits = [_deadline(process.log, d.start, d.end, say.length(d.at_most), say) for d in measure.deadlines]
    order = [] if measure.only_deadlines else [_order(measure, say)]
    kept = say.pick("，且", ", and ").join([*order, *limits])
    window = _window(measure, say)
    name, log = process.title[say.lang], say.field(process.log)
    if say.lang == "zh":
        return f"“{log}”里（{window}）{kept}的记录占的百分比" if window else f"“{log}”里{kept}的记录占的百分比"
    return f"of the entries of “{log}” ({name}){f', {window}' if window else ''}, the percentage with {kept}"


def _order(measure: PercentOfLog, say: Scribe) -> str:
    strict = measure.same_day == "refused"
    zh = "各步齐全、逐日在后" if strict else "各步齐全、先后不乱"
    return say.pick(zh, "every step done, each on a later day" if strict else "every step done in order")


def _deadline(log: str, start: str, end: str, most: str, say: Scribe) -> str:
    first, last = say.column(log, start), say.column(log, end)
    return say.pick(f"从{first}到{last}不超过{most}", f"at most {most} from {first} to {last}")


def _window(measure: PercentOfLog, say: Scribe) -> str:
    parts = []
    if measure.started_within:
        length = say.length(measure.started_within)
        parts.append(say.pick(f"评定日前{length}内开始的", f"begun within {length} before the reference date"))
    if measure.leave_out_if_started_within:
        length = say.length(measure.leave_out_if_started_within)
        parts.append(say.pick(f"最近{length}内开始的不计", f"those of the last {length} left out"))
    return say.pick("，", ", ").join(parts)


def _count_rows(measure: CountRows, say: Scribe) -> str:
    table = say.field(measure.table)
    where = say.words(measure.where, measure.table) if measure.where else ""
    zh, en = _counted(measure, say)
    when_zh = f"评定日前{measure.look_back.zh()}内" if measure.look_back else ""
    when_en = f" within {measure.look_back} before the reference date" if measure.look_back else ""
    if say.lang == "zh":
        return f"{when_zh}“{table}”中{f'{where}的' if where else ''}{zh}"
    return f"{en} of “{table}”{f' where {where}' if where else ''}{when_en}"


def _counted(measure: CountRows, say: Scribe) -> tuple[str, str]:
    if measure.each:
        zh, en = PERIODS[measure.each]
        return f"记录所在的{zh}数", f"the number of {en} with rows"
    if measure.distinct:
        column = say.column(measure.table, measure.distinct)
        return f"不同{column}数", f"the number of different values of {column}"
    return "记录条数", "the number of rows"


def _change(measure: ChangeFrom, say: Scribe) -> str:
    before, now = say.words(measure.before), say.words(measure.now)
    if measure.unit == "percent":
        return say.pick(f"{now}比{before}上升的百分比", f"the rise of {now} over {before} in percent")
    return say.pick(f"{now}比{before}增加的数", f"the increase of {now} over {before}")


def _cohort(measure: CohortMeasure, say: Scribe) -> str:
    value = say.words(measure.value)
    group = _group(measure.within, say)
    match measure:
        case RankInRound(first=first, unit=unit):
            zh = f"{value}在{group}中由{'高到低' if first == 'highest' else '低到高'}的名次" + (
                "百分比" if unit == "percent" else ""
            )
            en = f"the place of {value} among {group}, {first} first" + (
                ", as a percentage" if unit == "percent" else ""
            )
        case AgainstMean(unit=unit):
            zh = f"{value}{'占' if unit == 'percent' else '减'}{group}平均值" + (
                "的百分比" if unit == "percent" else "的差"
            )
            en = f"{value} {'as a percentage of' if unit == 'percent' else 'less'} the mean of {group}"
        case Index(better=better):
            top, bottom = ("最高", "最低") if better == "high" else ("最低", "最高")
            zh = f"{value}在{group}中的指数（{top}的100，{bottom}的0）"
            en = f"the index of {value} among {group} (100 for the {better}est, 0 for the other end)"
        case _:  # pragma: no cover
            assert_never(measure)
    return say.pick(zh, en) + _small(measure, say)


def _group(within: str | None, say: Scribe) -> str:
    if within is None:
        return say.pick("本批次同类单位", "the units of the kind in the round")
    of = say.pick("所在地区", "region") if within == "region" else say.field(within)
    return say.pick(f"本批次{of}相同的同类单位", f"the units of the kind in the round with the same {of}")


def _small(measure: CohortMeasure, say: Scribe) -> str:
    small = measure.small
    given = _undecided(say) if small.otherwise == "unknown" else say.pick("按", "counts as ") + plain(small.otherwise)
    return say.pick(f"（不足{small.fewer_than}个的{given}）", f" (with fewer than {small.fewer_than} units: {given})")
