"""Collects everything that a person reads about one unit, in one language and as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import partial

from msgspec import Struct

from ...core.numbers import Number, fixed, plain
from ...core.problems import Lang, Source
from ...core.text import with_unit
from ...evidence.model import Observation
from ...round.model import Case
from ...standard.model import Criterion, Node, Pack, leaves, nodes
from ..results import Assessment, Finding, Item
from ..say import NOT_KNOWN, sentence
from .sentences import been_there, item_sentence, why_text
from .so_far import awaits, so_far
from .sums import ExplainedBonus, ExplainedLine, explained_bonuses, lines_of, pairs, rounding_line, span
from .vocabulary import PackLabels, words_of
from .words import EFFECT, NOT_YET, VERDICT

RELATION_FIGURES = ("a.value", "b.value", "tolerance")  # of two inspectors, in the unit of their field


class Evidence(Struct, frozen=True):
    """One observation behind an item: what, the value in words, who, when, where in the file."""

    label: str
    value: str
    observer: str
    day: str
    source: Source


class ExplainedItem(Struct, frozen=True):
    """One criterion for people: `points` reads `2.50` or `0—5` where it is open."""

    id: str
    title: str
    outcome: str
    outcome_code: str
    points: str
    full: str
    reason: str
    clause: str
    basis: str
    remedy: str
    evidence: tuple[Evidence, ...]
    missing: tuple[str, ...]


class ExplainedDimension(Struct, frozen=True):
    """A dimension with its items; they and its `lines` add up to its points."""

    id: str
    title: str
    points: str
    full: str
    note: str
    items: tuple[ExplainedItem, ...]
    lines: tuple[ExplainedLine, ...]


class Explained(Struct, frozen=True):
    """A unit's judgement in words: verdict with the deciding line first, then dimensions, items, findings.

    `so_far` says, after the verdict, what a pass still waits for where the unit itself owes nothing.

    Dimensions and `base_lines` add up to the base, bonus entries and `bonus_lines` to the bonus; base, bonus and
    `total_lines` to the total.
    """

    unit: str
    name: str
    kind: str
    verdict: str
    deciding: tuple[str, ...]
    grade: str
    base: str
    bonus: str
    total: str
    dimensions: tuple[ExplainedDimension, ...]
    findings: tuple[tuple[str, str, str], ...]
    full: str
    base_lines: tuple[ExplainedLine, ...]
    bonuses: tuple[ExplainedBonus, ...]
    bonus_lines: tuple[ExplainedLine, ...]
    total_lines: tuple[ExplainedLine, ...]
    so_far: str = ""


def explain_unit(
    assessment: Assessment, pack: Pack, lang: Lang, case: Case | None = None, words: PackLabels | None = None
) -> Explained:
    """Return the explanation; with the case, every item names its evidence and where it stands.

    `words` are the pack's in this language; left out, those of the packs explained last are at hand.
    """
    words = words or words_of(pack, lang)
    root = pack.standard(assessment.kind)
    items = {item.id: item for item in assessment.items}
    places = pack.display_places
    dimensions = tuple(
        _dimension(node, assessment, items, words, places, case) for node in root.children if isinstance(node, Node)
    )
    kind = next(k.title[lang] for k in pack.kinds if k.id == assessment.kind)
    grade = next(
        (g.title[lang] for g in pack.grades if g.id == assessment.grade), words.pick("未达等次", "below every grade")
    )
    a, titles = assessment, {bonus.id: bonus.title[lang] for bonus in pack.bonuses}
    bonuses, bonus_lines = explained_bonuses(a, titles, words, places)
    base, bonus, total = (a.base_lo, a.base_hi), (a.bonus_lo, a.bonus_hi), (a.total_lo, a.total_hi)
    return Explained(
        unit=a.unit, name=a.name, kind=kind, verdict=VERDICT[a.verdict.state][lang],
        deciding=_deciding(a, pack, words),
        grade=grade, base=span(*base, places), bonus=span(*bonus, places), total=span(*total, places),
        dimensions=dimensions, findings=tuple(_finding(finding, pack, words) for finding in a.findings),
        full=fixed(root.points, places), base_lines=_base_lines(root, a, words, places),
        bonuses=bonuses, bonus_lines=bonus_lines, total_lines=rounding_line([base, bonus], total, words, places),
        so_far=so_far(a, pack, words),
    )  # fmt: skip


def first_lines(e: Explained, lang: Lang) -> tuple[str, str]:
    """Return what stands first of a unit: the verdict with its grade or what it still waits for, and the points."""
    zh = lang == "zh"
    verdict = f"{e.verdict}{'，' if zh else '; '}{e.so_far}" if e.so_far else f"{e.verdict}  {e.grade}"
    base, bonus, total = ("基础分", "加分", "总分") if zh else ("base", "bonus", "total")
    return f"{'结论' if zh else 'verdict'}: {verdict}", f"{base} {e.base}  {bonus} {e.bonus}  {total} {e.total}"


def _deciding(assessment: Assessment, pack: Pack, words: PackLabels) -> tuple[str, ...]:
    """Return what decided the verdict, line by line; rules that wait for one register share a line."""
    waiting = {
        finding.rule: [words.awaited[why.subject] for why in finding.whys]
        for finding in assessment.findings
        if finding.state == "flagged" and all(awaits(why, words.awaited) for why in finding.whys)
    }
    lines = [
        waiting[name] if name in waiting else [deciding_text(kind, name, assessment, pack, words)]
        for kind, name in assessment.verdict.deciding
    ]
    return tuple(dict.fromkeys(text for several in lines for text in several))


def _dimension(
    node: Node, assessment: Assessment, items: Mapping[str, Item], words: PackLabels, places: int, case: Case | None
) -> ExplainedDimension:
    score = assessment.node(node.id)
    explained = tuple(explain_item(items[c.id], c, words, places, case) for c in leaves(node))
    note = "" if score.applicable else words.pick("整个维度不适用", "the whole dimension does not apply")
    inner = {one.id for one in nodes(node)}
    own = [line for line in assessment.adjustments if line.node in inner]
    parts = pairs((*(items[c.id] for c in leaves(node)), *own))
    rounded = rounding_line(parts, (score.lo, score.hi), words, places)
    lines = (*lines_of(own, node.id, words, places), *rounded)
    return ExplainedDimension(
        node.id,
        node.title[words.lang],
        span(score.lo, score.hi, places),
        fixed(node.points, places),
        note,
        explained,
        lines,
    )


def _base_lines(root: Node, assessment: Assessment, words: PackLabels, places: int) -> tuple[ExplainedLine, ...]:
    own = [line for line in assessment.adjustments if line.node == root.id]
    dimensions = [assessment.node(child.id) for child in root.children if isinstance(child, Node)]
    parts = pairs((*dimensions, *own))
    rounded = rounding_line(parts, (assessment.base_lo, assessment.base_hi), words, places)
    return (*lines_of(own, root.id, words, places), *rounded)


def explain_item(item: Item, criterion: Criterion, words: PackLabels, places: int, case: Case | None) -> ExplainedItem:
    """Return one criterion's row: outcome, points of maximum, reason, clause, evidence, what would earn the rest."""
    printed = words.criteria[criterion.id]
    return ExplainedItem(
        item.id, printed.title, words.outcomes[item.outcome], item.outcome,
        span(item.lo, item.hi, places), fixed(item.points, places),
        item_sentence(item, criterion, words), criterion.clause, printed.basis,
        printed.remedy if item.lo < item.points else "",
        _evidence(criterion, case, words) if case else (),
        tuple(dict.fromkeys(why_text(why, words) for why in item.whys)) if item.whys else (),
    )  # fmt: skip


def _day(seen: Observation, words: PackLabels) -> str:
    """Return when something was recorded, and the day that it holds of where that is another one."""
    day = seen.day.isoformat() if seen.day else ""
    return day + words.pick(f"（截至{seen.as_of}）", f" (as of {seen.as_of})") if seen.as_of else day


def _evidence(criterion: Criterion, case: Case, words: PackLabels) -> tuple[Evidence, ...]:
    rows = []
    for field in criterion.asks:
        fact = case.facts.get(field)
        for seen in fact.sources if fact else ():
            value = (
                with_unit(str(len(seen.value)), words.pick("行", " rows"))
                if isinstance(seen.value, tuple)
                else _value(field, seen.value, words)
            )
            rows.append(Evidence(words.name(field), value, seen.observer, _day(seen, words), seen.source))
    wanted = {d.title.zh for d in criterion.evidence}
    rows += [
        Evidence(
            words.name(d.title),
            d.number or d.sha256[:12],
            d.issuer,
            d.day.isoformat() if d.day else "",
            d.source,
        )
        for d in case.documents
        if d.title in wanted
    ]
    return tuple(rows)


def _value(field: str, value: object, words: PackLabels) -> str:
    if isinstance(value, bool):
        return words.truth("true" if value else "false")
    if isinstance(value, int | Fraction):
        return words.amount(field, plain(value))
    return words.option(field, str(value))


def deciding_text(kind: str, name: str, assessment: Assessment, pack: Pack, words: PackLabels) -> str:
    """Return one deciding line in words: the figure, the threshold, or the rule that settled it."""
    if kind == "line":
        grade, _, line = name.partition(".")
        result = next(r for r in assessment.lines if r.grade == grade and r.line == line)
        return _line_text(result.figure, result.lo, result.hi, result.at_least, pack, words)
    if kind == "nothing_applicable":
        return words.pick("没有任何适用的指标", "no criterion applies")
    if kind == "error":
        return words.pick(f"“{words.name(name)}”计分出错", f"“{words.name(name)}” could not be scored")
    effect = next(f.effect for f in assessment.findings if f.rule == name)
    label = (NOT_YET if kind == "flagged" else EFFECT)[effect][words.lang]
    return words.pick(f"{label}：{words.name(name)}", f"{label}: {words.name(name)}")


def _line_text(figure: str, low: Number, high: Number, at_least: Number | None, pack: Pack, words: PackLabels) -> str:
    places = pack.display_places
    names = {"base": words.pick("基础分", "base"), "total": words.pick("总分", "total")}
    dimension = next(
        (n.title[words.lang] for _, root in pack.standards for n in root.children if n.id == figure), figure
    )
    name = names.get(figure, dimension)
    shown = span(low, high, places)
    if at_least is None:
        return words.pick(f"{name}{shown}，分数线未定", f"{name} {shown}, the line is not known yet")
    state = words.pick("达到", "reaches") if low >= at_least else words.pick("不足", "below")
    if low < at_least <= high:
        state = words.pick("能否达到未定，线为", "open against")
    needed = fixed(at_least, places)
    return words.pick(f"{name}{shown}，{state}{needed}", f"{name} {shown} {state} {needed}")


def _looked(finding: Finding, words: PackLabels) -> str:
    """Return who has looked at an item that more inspectors must look at."""
    return been_there(tuple(value for row in finding.rows for _, value in row if value), words)


def _finding(finding: Finding, pack: Pack, words: PackLabels) -> tuple[str, str, str]:
    """Return (state, title, sentence) of a finding."""
    states = {
        "fired": words.pick("发现", "found"),
        "flagged": words.pick("待核实", "to verify"),
        "waived": words.pick("已豁免", "waived"),
    }
    if finding.rule.startswith("looks."):
        return states[finding.state], words.name(finding.rule), _looked(finding, words)
    name = finding.rule.partition(".")[2]
    rule = next((r for r in pack.rules if r.id == finding.rule), None)
    relation = next((r for r in pack.relations if f"relations.{r.id}" == finding.rule), None)
    template = rule.say[words.lang] if rule else relation.say[words.lang] if relation else name
    tables = [rule.when.table] if rule and hasattr(rule.when, "table") else []

    def label(field: str, placeholder: str, value: str) -> str:
        if value == NOT_KNOWN:
            return words.pick("不详" if placeholder.startswith("row.") else "若干", "not known")
        if field and placeholder in RELATION_FIGURES:
            return words.amount(field, value)
        if placeholder.startswith("row.") and tables:
            shown = words.option(f"{tables[0]}.{placeholder[4:]}", value)
        else:
            shown = words.name(value) if placeholder == "field" else words.option(placeholder, value)
        return words.truth(value) if value in ("true", "false") else shown

    said = words.pick("；", "; ").join(
        sentence(template, row, partial(label, dict(row).get("field", ""))) for row in finding.rows
    )
    return (
        states[finding.state],
        words.name(finding.rule),
        said or words.pick("；", "; ").join(why_text(w, words) for w in finding.whys),
    )
