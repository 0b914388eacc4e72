"""`assess EVIDENCE…` and `explain UNIT`: judge units and say why, on the terminal, as JSON or CSV."""

from __future__ import annotations

import argparse
import csv
import io
import sys

from ..assessment.explain.unit import Explained, ExplainedItem, explain_unit
from ..assessment.explain.words import OUTCOME
from ..assessment.to_json import to_json
from ..core.canonical import pretty
from ..core.problems import Lang, Message, Source
from ..core.text import hints
from ..pipeline import Judged, judge_units, read_units
from .desk import BAD_INPUT, FAILURES, OK, Desk, Stop, choose_engine, made_by, open_desk, stop_on_errors
from .printing import chooser, progress, table

NO_UNIT = Message(
    "C013", "error", "证据里没有单位“{unit}”", "there is no evidence of the unit “{unit}”", "{near_zh}", "{near_en}"
)
NO_CRITERION = Message(
    "C014", "error", "没有指标“{criterion}”", "there is no criterion “{criterion}”", "{near_zh}", "{near_en}"
)
HEADS: dict[Lang, list[str]] = {
    "zh": ["编号", "名称", "类别", "基础分", "总分", "结论", "依据"],
    "en": ["code", "name", "kind", "base", "total", "verdict", "why"],
}
SHOWN = 3
MARK = {
    "met": "●",
    "partly_met": "◐",
    "not_met": "○",
    "unknown": "?",
    "not_applicable": "–",
    "exempt": "★",
    "error": "!",
}


def judge(words: argparse.Namespace, desk: Desk) -> tuple[str, tuple[Judged, ...]]:
    """Read the evidence and judge every unit; stops on bad input before anything is judged."""
    units, problems = read_units(words.evidence, desk.pack, desk.round)
    stop_on_errors(problems, desk.lang)
    name, conclude = choose_engine(desk)
    judged = judge_units(desk.pack, desk.round, units, conclude, desk.whole_round)
    label = "评定" if desk.lang == "zh" else "judging"
    return name, tuple(progress(judged, len(units), label))


def assess_command(words: argparse.Namespace) -> int:
    desk = open_desk(words)
    name, judged = judge(words, desk)
    if words.format == "json":
        results = [to_json(one.assessment, made_by(name)) for one in judged]
        sys.stdout.write(pretty(results[0] if len(results) == 1 else results))
    elif words.format == "csv":
        sys.stdout.write(_csv(judged, desk))
    elif len(judged) == 1:
        print(unit_page(explain_unit(judged[0].assessment, desk.pack, desk.lang, judged[0].case), desk))
    else:
        print(table(_rows(judged, desk), right=(3, 4)))
    return OK if all(one.assessment.verdict.state == "passed" for one in judged) else FAILURES


def explain_command(words: argparse.Namespace) -> int:
    desk = open_desk(words)
    _, judged = judge(words, desk)
    found = [one for one in judged if words.unit in (one.case.code, one.case.name)]
    if not found:
        known = [one.case.code for one in judged]
        stop_on_errors((NO_UNIT.at(Source(), unit=words.unit, **hints(words.unit, known)),), desk.lang)
    explained = explain_unit(found[0].assessment, desk.pack, desk.lang, found[0].case)
    if words.criterion is None:
        print(unit_page(explained, desk))
        return OK
    print(item_page(_find(explained, words.criterion, desk), explained, desk))
    return OK


def _find(explained: Explained, name: str, desk: Desk) -> ExplainedItem:
    """Return an item by its address or the end of it."""
    items = [item for dimension in explained.dimensions for item in dimension.items]
    for item in items:
        if item.id == name or item.id.endswith(f".{name}"):
            return item
    known = [item.id if "." in name else item.id.rpartition(".")[2] for item in items]
    stop_on_errors((NO_CRITERION.at(Source(), criterion=name, **hints(name, known)),), desk.lang)
    raise Stop(BAD_INPUT)


def _rows(judged: tuple[Judged, ...], desk: Desk) -> list[list[str]]:
    rows = [HEADS[desk.lang]]
    for one in judged:
        e = explain_unit(one.assessment, desk.pack, desk.lang)
        rows.append([e.unit, e.name, e.kind, e.base, e.total, e.verdict, e.deciding[0] if e.deciding else ""])
    return rows


def _csv(judged: tuple[Judged, ...], desk: Desk) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(_rows(judged, desk))
    return "\ufeff" + out.getvalue()


def unit_page(e: Explained, desk: Desk) -> str:
    """Return a unit's result: the verdict and the deciding line first, then every item."""
    say = chooser(desk.lang)
    lines = [f"{e.name}  {e.unit}  {e.kind}", f"{say('结论', 'verdict')}: {e.verdict}  {e.grade}"]
    lines += [f"  · {text}" for text in e.deciding[:SHOWN]]
    if len(e.deciding) > SHOWN:
        lines.append(say(f"  · 另有{len(e.deciding) - SHOWN}条", f"  · and {len(e.deciding) - SHOWN} more"))
    lines.append(
        f"{say('基础分', 'base')} {e.base}  {say('加分', 'bonus')} {e.bonus}  {say('总分', 'total')} {e.total}"
    )
    rows = [["", say("指标", "criterion"), say("得分", "points"), say("满分", "of"), say("为什么", "why")]]
    for d in e.dimensions:
        rows.append(["▌", d.title, d.points, d.full, d.note])
        rows += [[MARK[i.outcome_code], i.title, i.points, i.full, i.reason] for i in d.items]
    lines += ["", table(rows, right=(2, 3))]
    if e.findings:
        lines += ["", say("检查发现", "findings")]
        lines += [f"  {state}  {title}: {text}" for state, title, text in e.findings]
    lines += ["", "  ".join(f"{MARK[code]} {label}" for code, label in _legend(desk.lang))]
    return "\n".join(lines)


def _legend(lang: Lang) -> list[tuple[str, str]]:
    return [(code, label[lang]) for code, label in OUTCOME.items()]


def item_page(item: ExplainedItem, e: Explained, desk: Desk) -> str:
    """Return one screen that answers “why not full points”."""
    say = chooser(desk.lang)
    rows = [
        (say("单位", "unit"), f"{e.name}  {e.unit}"),
        (say("指标", "criterion"), f"{item.title}  ({item.id})"),
        (say("结果", "outcome"), f"{item.outcome}  {item.points} / {item.full}"),
        (say("为什么", "why"), item.reason),
        *((say("缺什么", "missing"), text) for text in item.missing),
        *((say("怎样补齐", "to earn the rest"), text) for text in (item.remedy,) if text),
        *((say("条款", "clause"), text) for text in (item.clause,) if text),
        (say("依据", "basis"), item.basis),
    ]
    lines = [f"{name}: {text}" for name, text in rows]
    if item.evidence:
        head = [
            say("证据", "evidence"),
            say("内容", "value"),
            say("来自", "from"),
            say("日期", "date"),
            say("位置", "place"),
        ]
        lines += ["", table([head, *([v.label, v.value, v.observer, v.day, v.source] for v in item.evidence)])]
    return "\n".join(lines)
