"""Says a bonus, a grade or a wanted document in words."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label
from ...methods.scribe import Scribe
from ..model import Bonus, DocumentWanted, Grade, GradeLine, Rule
from ..model.rules import EffectName, RowTest

FIGURES: Mapping[str, Label] = {
    "base": Label("基础分", "the base"),
    "total": Label("总分", "the total"),
    "every_dimension": Label("每个维度", "every dimension"),
}

CONSEQUENCES: Mapping[EffectName, Label] = {
    "ineligible": Label("不符合基本条件，不能参评", "the basic condition is not met and the unit cannot take part"),
    "veto": Label("一票否决", "the unit is vetoed"),
    "cap_grade": Label("等次最高为“{target}”", "the grade is at most “{target}”"),
    "zero_item": Label("“{target}”计0分", "“{target}” scores 0"),
    "hold_item": Label("“{target}”先待核", "“{target}” is held until it is checked"),
    "none": Label("提请核实", "it is noted for checking"),
}


def rule_text(rule: Rule, grades: Mapping[str, str], say: Scribe) -> str:
    """Return a rule as a sentence: when it applies and what follows. `grades` are titles by id."""
    target = grades.get(rule.effect.target) or say.labels.get(rule.effect.target, rule.effect.target)
    then = CONSEQUENCES[rule.effect.name][say.lang].format(target=target)
    if rule.waivable:
        then += say.pick("（可以申请豁免）", " (it may be waived)")
    if isinstance(rule.when, RowTest):
        when = _rows_found(rule.when, say)
        return say.pick(f"{when}，{then}。", f"Where {when}, {then}.")
    return say.pick(f"{say.words(rule.when)}的，{then}。", f"Where {say.words(rule.when)}, {then}.")


def _rows_found(test: RowTest, say: Scribe) -> str:
    table, where = say.field(test.table), say.words(test.where, test.table) if test.where is not None else ""
    if say.lang == "zh":
        time = f"评定日前{test.look_back.zh()}内" if test.look_back else ""
        return f"{time}“{table}”中有{f'{where}的' if where else ''}记录"
    time = f" of the {test.look_back} before the reference date" if test.look_back else ""
    return f"“{table}” holds a record{time}{f' where {where}' if where else ''}"


def bonus_text(bonus: Bonus, say: Scribe) -> str:
    """Return how a bonus is earned, as a sentence."""
    most = say.pick(f"最多{say.points(bonus.at_most)}。", f"at most {say.points(bonus.at_most)}.")
    if bonus.rows is None:
        when = say.words(bonus.when) if bonus.when is not None else bonus.title[say.lang]
        return say.pick(f"{when}，加{say.points(bonus.points)}；{most}", f"{when}: {say.points(bonus.points)}; {most}")
    levels = [(say.option(f"{bonus.rows}.{bonus.level}", code), say.points(points)) for code, points in bonus.by_level]
    given = say.joined([say.pick(f"{name}{points}", f"{name} {points}") for name, points in levels])
    table = say.field(bonus.rows)
    where = say.words(bonus.where, bonus.rows) if bonus.where is not None else ""
    length = bonus.look_back
    if say.lang == "zh":
        time = f"评定日前{length.zh()}内" if length else ""
        return f"{time}“{table}”中{f'{where}的' if where else '的'}每个事项按最高级别计一次：{given}；{most}"
    time = f" within {length} before the reference date" if length else ""
    return f"Rows of “{table}”{f' where {where}' if where else ''}{time}, each matter once at its highest level: {given}; {most}"


def grade_text(grade: Grade, dimensions: Mapping[str, str], say: Scribe) -> str:
    """Return what a grade asks: 达标：基础分不低于80分，每个维度不低于60%. `dimensions` are titles by id."""
    lines = [_line(line, dimensions, say) for line in grade.lines]
    return say.pick(f"{grade.title.zh}：{'，'.join(lines)}。", f"{grade.title['en']}: {', '.join(lines)}.")


def _line(line: GradeLine, dimensions: Mapping[str, str], say: Scribe) -> str:
    of = line.of.removeprefix("dimension.")
    figure = FIGURES[of][say.lang] if of in FIGURES else dimensions.get(of, of)
    least = say.amount(line.at_least, "%") if line.percent else say.points(line.at_least)
    return say.pick(f"{figure}不低于{least}", f"{figure} at least {least}")


def document_text(want: DocumentWanted, say: Scribe) -> str:
    """Return a document's title with what is asked of its dates."""
    asked = []
    if want.valid_on_reference:
        asked.append(say.pick("评定日有效", "valid on the reference date"))
    if want.valid_for:
        asked.append(say.pick(f"{want.valid_for.zh()}内", f"of the last {want.valid_for}"))
    if want.optional:
        asked.append(say.pick("有就交", "if there is one"))
    said = say.pick("，", ", ").join(asked)
    return want.title[say.lang] + (say.pick(f"（{said}）", f" ({said})") if said else "")
