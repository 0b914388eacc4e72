"""Prints an explained unit or item on the terminal."""

from __future__ import annotations

from ..assessment.explain.sums import ExplainedLine
from ..assessment.explain.unit import Explained, ExplainedItem, first_lines
from ..assessment.explain.words import OUTCOME
from ..core.problems import Lang
from ..uses.session import Session
from .phrases.unit import UNIT
from .printing import table
from .speaker import speaker

SHOWN = 3
ADJUSTED = "±"
MARK = {
    "met": "●",
    "partly_met": "◐",
    "not_met": "○",
    "unknown": "?",
    "not_applicable": "–",
    "exempt": "★",
    "error": "!",
}


def unit_page(e: Explained, desk: Session) -> str:
    """Return a unit's result: the verdict and the deciding line first, then every item."""
    say = speaker(desk.lang, UNIT)
    verdict, points = first_lines(e, desk.lang)
    lines = [f"{e.name}  {e.unit}  {e.kind}", verdict]
    lines += [f"  · {text}" for text in e.deciding[:SHOWN]]
    if len(e.deciding) > SHOWN:
        lines.append(say("more_lines", more=len(e.deciding) - SHOWN))
    lines.append(points)
    sums = _sum_rows(e, desk)
    lines += ["", table(sums, right=(2, 3))]
    if e.findings:
        lines += ["", say("findings")]
        lines += [f"  {state}  {title}: {text}" for state, title, text in e.findings]
    lines += ["", "  ".join(f"{MARK[code]} {label}" for code, label in _legend(desk.lang))]
    if any(row[0] == ADJUSTED for row in sums):
        lines.append(f"{ADJUSTED} {say('adjustment')}")
    return "\n".join(lines)


def _sum_rows(e: Explained, desk: Session) -> list[list[str]]:
    """Return the sum from the items to the total: what stands below a ▌ adds up to it; the base has the dimensions too."""
    say = speaker(desk.lang, UNIT)
    rows = [["", say("criterion"), say("points"), say("full"), say("why")]]
    for d in e.dimensions:
        rows.append(["▌", d.title, d.points, d.full, d.note])
        rows += [[MARK[i.outcome_code], i.title, i.points, i.full, i.reason] for i in d.items]
        rows += _line_rows(d.lines)
    rows += [["▌", say("base"), e.base, e.full, ""], *_line_rows(e.base_lines)]
    rows += [["▌", say("bonus"), e.bonus, "", ""]]
    rows += [["+", bonus.title, bonus.points, "", bonus.note] for bonus in e.bonuses]
    return [*rows, *_line_rows(e.bonus_lines), ["▌", say("total"), e.total, "", ""], *_line_rows(e.total_lines)]


def _line_rows(lines: tuple[ExplainedLine, ...]) -> list[list[str]]:
    return [[ADJUSTED, line.label, line.points, "", line.text] for line in lines]


def _legend(lang: Lang) -> list[tuple[str, str]]:
    return [(code, label[lang]) for code, label in OUTCOME.items()]


def item_page(item: ExplainedItem, e: Explained, desk: Session) -> str:
    """Return one screen that answers “why not full points”."""
    say = speaker(desk.lang, UNIT)
    rows = [
        (say("unit"), f"{e.name}  {e.unit}"),
        (say("criterion"), f"{item.title}  ({item.id})"),
        (say("outcome"), f"{item.outcome}  {item.points} / {item.full}"),
        (say("why"), item.reason),
        *((say("missing"), text) for text in item.missing),
        *((say("remedy"), text) for text in (item.remedy,) if text),
        *((say("clause"), text) for text in (item.clause,) if text),
        (say("basis"), item.basis),
    ]
    lines = [f"{name}: {text}" for name, text in rows]
    if item.evidence:
        head = [say("evidence"), say("value"), say("observer"), say("date"), say("place")]
        lines += ["", table([head, *([v.label, v.value, v.observer, v.day, str(v.source)] for v in item.evidence)])]
    return "\n".join(lines)
