"""Prints the state of a round or of one unit on the terminal, or as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..core.problems import Lang
from ..standard.model import ROLES
from ..store.read import Entry
from ..store.standing_words import (
    counts_text,
    day_text,
    deadline_text,
    due_text,
    lacks_text,
    missing_by_state,
    pressing_text,
)  # fmt: skip
from ..store.status import Board, RegionState, Tally, UnitState, tally
from ..uses.session import Session
from .printing import chooser, several, table, width

CELLS, ROWS, WIDE = 10, 12, 60


def bar(counted: Tally) -> str:
    """Return progress by shape and figure; the last cell is filled only where nothing is missing.

    >>> bar(Tally(5, 8)), bar(Tally(8, 8))
    ('██████····  62%', '██████████ 100%')
    """
    filled = CELLS * counted.given // counted.wanted if counted.wanted else 0
    return f"{'█' * filled}{'·' * (CELLS - filled)} {counted.percent():3}%"


def board_page(board: Board, desk: Session, rows: int = ROWS) -> str:
    """Return one screen: the roles with their deadlines, the regions, and the most urgent units."""
    say = chooser(desk.lang)
    lines = [f"{desk.round.title[desk.lang]}  {day_text(board, desk.lang)}  {counts_text(board, desk.lang)}"]
    if board.ledger:
        lines.append(say(f"收件台账：{board.ledger}", f"ledger of receipts: {board.ledger}"))
    lines += ["", _roles(board, desk.lang)] if board.roles else []
    lines += ["", _regions(board.regions, desk.lang)] if board.regions else []
    waiting = [unit for unit in board.units if not unit.complete()]
    if waiting:
        lines += ["", _urgent(waiting[:rows], board, desk)]
    if len(waiting) > rows:
        more = len(waiting) - rows
        lines.append(say(f"…… 另有{more}个未齐，--format csv列出全部", f"… and {more} more; --format csv lists all"))
    if not board.units:
        lines += ["", say("还没有收到任何单位。发表用meihao template，收表用meihao import 文件 --round 批次文件夹",
                          "nothing has come in yet: send forms out with meihao template, take them in with "
                          "meihao import FILES --round FOLDER")]  # fmt: skip
    return "\n".join(lines)


def _roles(board: Board, lang: Lang) -> str:
    say = chooser(lang)
    head = [
        say("谁", "who"),
        say("进度", "progress"),
        say("已有项", "given"),
        say("应有项", "wanted"),
        say("期限", "due"),
    ]
    body = [
        [ROLES[role][lang], bar(counted), str(counted.given), str(counted.wanted), due_text(board, role, lang)]
        for role, counted in board.roles
    ]
    return table([head, *body], right=(2, 3))


def _regions(regions: Sequence[RegionState], lang: Lang) -> str:
    say = chooser(lang)
    head = [
        say("地区", "region"),
        say("收到", "received"),
        say("齐全", "complete"),
        say("逾期", "overdue"),
        say("进度", "progress"),
    ]
    body = [
        [
            one.name or say("未写地区", "no region"),
            f"{one.units}/{one.expected}" if one.expected else str(one.units),
            str(one.complete),
            str(one.overdue),
            bar(one.tally),
        ]
        for one in regions
    ]
    return table([head, *body], right=(1, 2, 3))


def _urgent(units: Sequence[UnitState], board: Board, desk: Session) -> str:
    say = chooser(desk.lang)
    head = [say("最急", "urgent"), say("名称", "name"), say("地区", "region"), say("进度", "progress")]
    head += [say("谁的期限", "whose deadline"), say("缺什么", "missing")]
    names = {region.code: region.name for region in board.regions}
    rows = [
        [
            unit.code,
            unit.name,
            names.get(unit.region, unit.region),
            bar(tally(unit.needs)),
            pressing_text(board, unit, desk.lang),
            short(lacks_text(board, unit, desk.lang), WIDE),
        ]
        for unit in units
    ]
    return table([head, *rows])


def short(text: str, columns: int) -> str:
    """Return a text cut to so many columns.

    >>> short("申报单位3项", 8)
    '申报单…'
    """
    if width(text) <= columns:
        return text
    while width(text) >= columns:
        text = text[:-1]
    return f"{text}…"


def unit_page(board: Board, unit: UnitState, entries: Sequence[Entry], desk: Session) -> str:
    """Return one unit: by role what is missing, then every submission with what it corrected."""
    say = chooser(desk.lang)
    counted = tally(unit.needs)
    lines = [f"{unit.name}  {unit.code}  {bar(counted)}  {counted.given}/{counted.wanted}"]
    lines += [say(f"！{name}收到以后被改动过", f"! {name} was changed after receipt") for name in unit.altered]
    for role in ROLES:
        if needs := unit.of(role):
            mine = tally(needs)
            due = deadline_text(board.deadline(unit, role), desk.lang)
            day = board.deadlines.get(role)
            lines += [
                "",
                "  ".join(
                    [
                        ROLES[role][desk.lang],
                        bar(mine),
                        f"{mine.given}/{mine.wanted}",
                        *([str(day)] if day else []),
                        due,
                    ]
                ),
            ]
            lines += [f"  {state}{say('：', ': ')}{text}" for state, text in missing_by_state(needs, desk.lang)]
    lines += ["", say("收件记录", "submissions")]
    lines += [line for entry in entries for line in _entry(entry, desk.lang)]
    if not entries:
        none = say("  未交材料", "  nothing handed in") if unit.silent else ""
        lines.append(none or say("  散放的文件，没有收件记录", "  a loose file, no record of receipt"))
    return "\n".join(lines)


def _entry(entry: Entry, lang: Lang) -> list[str]:
    say = chooser(lang)
    r = entry.received
    papers = several(entry.documents, "document")
    documents = say(f"，{entry.documents}份材料", f", {papers}") if entry.documents else ""
    values = say(f"{entry.values}个值", several(entry.values, "value"))
    head = f"{say(f'第{r.number}份', f'no. {r.number}')}  {r.on}  {r.by}  {values}"
    reason = say(f"  理由：{r.reason}", f"  reason: {r.reason}") if r.reason else ""
    reason += say(f"  凭决定{r.decision}", f"  by decision {r.decision}") if r.decision else ""
    lines = [f"  {head}{documents}{f'  {r.file}' if r.file else ''}{reason}"]
    return lines + [f"      {one.label[lang]}  {one.old[lang]} → {one.new[lang]}" for one in entry.corrections]


def csv_rows(board: Board, desk: Session, only: UnitState | None = None) -> list[list[str]]:
    """Return one row for each unit and role that is asked for anything, heads first."""
    say = chooser(desk.lang)
    names = {region.code: region.name for region in board.regions}
    heads = [
        ("地区", "region"),
        ("编号", "code"),
        ("名称", "name"),
        ("谁", "who"),
        ("已有", "given"),
        ("应有", "wanted"),
    ]
    heads += [
        ("期限", "due"),
        ("状态", "state"),
        ("缺什么", "missing"),
        ("最后收件", "last received"),
        ("被改动", "altered"),
    ]
    rows = [[say(*head) for head in heads]]
    for unit in (only,) if only else board.units:
        for role in ROLES:
            if needs := unit.of(role):
                due: date | str = board.deadlines.get(role, "")
                mine = tally(needs)
                lacks = say("；", "; ").join(
                    f"{state}{say('：', ': ')}{text}" for state, text in missing_by_state(needs, desk.lang)
                )
                state = deadline_text(board.deadline(unit, role), desk.lang)
                last = f"{unit.last.number} {unit.last.on} {unit.last.by}" if unit.last else ""
                who = [names.get(unit.region, unit.region), unit.code, unit.name, ROLES[role][desk.lang]]
                figures = [str(mine.given), str(mine.wanted), str(due), state, lacks, last, " ".join(unit.altered)]
                rows.append([*who, *figures])
    return rows
