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
    phases_text,
    pressing_text,
)  # fmt: skip
from ..store.status import Board, RegionState, Tally, UnitState, tally
from ..uses.session import Session
from .phrases.standing import STANDING
from .printing import table, width
from .speaker import speaker

CELLS, ROWS, WIDE = 10, 12, 60
CSV_HEADS = (
    *("region", "code", "name", "who", "given_of_role", "wanted_of_role"),
    *("due", "state", "missing", "last_received", "altered"),
)


def bar(counted: Tally) -> str:
    """Return progress by shape and figure; the last cell is filled only where nothing is missing.

    >>> bar(Tally(5, 8)), bar(Tally(8, 8))
    ('██████····  62%', '██████████ 100%')
    """
    filled = CELLS * counted.given // counted.wanted if counted.wanted else 0
    return f"{'█' * filled}{'·' * (CELLS - filled)} {counted.percent():3}%"


def board_page(board: Board, desk: Session, rows: int = ROWS) -> str:
    """Return one screen: the roles with their deadlines, the regions, and the most urgent units."""
    say = speaker(desk.lang, STANDING)
    lines = [f"{desk.round.title[desk.lang]}  {day_text(board, desk.lang)}  {counts_text(board, desk.lang)}"]
    if desk.round.phases:
        lines.append(phases_text(desk.round.phases, board.on, desk.lang))
    if board.ledger:
        lines.append(say("ledger", head=board.ledger))
    lines += ["", _roles(board, desk.lang)] if board.roles else []
    lines += ["", _regions(board.regions, desk.lang)] if board.regions else []
    waiting = [unit for unit in board.units if not unit.complete()]
    if waiting:
        lines += ["", _urgent(waiting[:rows], board, desk)]
    if len(waiting) > rows:
        lines.append(say("more_waiting", more=len(waiting) - rows))
    if not board.units:
        lines += ["", say("nothing_yet")]
    return "\n".join(lines)


def _roles(board: Board, lang: Lang) -> str:
    say = speaker(lang, STANDING)
    head = [say("who"), say("progress"), say("given"), say("wanted"), say("due")]
    body = [
        [ROLES[role][lang], bar(counted), str(counted.given), str(counted.wanted), due_text(board, role, lang)]
        for role, counted in board.roles
    ]
    return table([head, *body], right=(2, 3))


def _regions(regions: Sequence[RegionState], lang: Lang) -> str:
    say = speaker(lang, STANDING)
    head = [say("region"), say("received"), say("complete"), say("overdue"), say("progress")]
    body = [
        [
            one.name or say("no_region"),
            f"{one.units}/{one.expected}" if one.expected else str(one.units),
            str(one.complete),
            str(one.overdue),
            bar(one.tally),
        ]
        for one in regions
    ]
    return table([head, *body], right=(1, 2, 3))


def _urgent(units: Sequence[UnitState], board: Board, desk: Session) -> str:
    say = speaker(desk.lang, STANDING)
    head = [say("urgent"), say("name"), say("region"), say("progress"), say("whose_deadline"), say("missing")]
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
    say = speaker(desk.lang, STANDING)
    counted = tally(unit.needs)
    lines = [f"{unit.name}  {unit.code}  {bar(counted)}  {counted.given}/{counted.wanted}"]
    lines += [say("changed_after_receipt", name=name) for name in unit.altered]
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
            lines += [f"  {state}{say('colon')}{text}" for state, text in missing_by_state(needs, desk.lang)]
    lines += ["", say("submissions")]
    lines += [line for entry in entries for line in _entry(entry, desk.lang)]
    if not entries:
        lines.append(say("handed_in_nothing" if unit.silent else "loose_file"))
    return "\n".join(lines)


def _entry(entry: Entry, lang: Lang) -> list[str]:
    say = speaker(lang, STANDING)
    r = entry.received
    parts = [say("submission", number=r.number, on=r.on, by=r.by, values=entry.values)]
    parts += [say("with_documents", n=entry.documents)] if entry.documents else []
    parts += [f"  {r.file}"] if r.file else []
    parts += [say("for_reason", reason=r.reason)] if r.reason else []
    parts += [say("by_decision", decision=r.decision)] if r.decision else []
    lines = ["".join(parts)]
    return lines + [f"      {one.label[lang]}  {one.old[lang]} → {one.new[lang]}" for one in entry.corrections]


def csv_rows(board: Board, desk: Session, only: UnitState | None = None) -> list[list[str]]:
    """Return one row for each unit and role that is asked for anything, heads first."""
    say = speaker(desk.lang, STANDING)
    names = {region.code: region.name for region in board.regions}
    rows = [[*map(say, CSV_HEADS)]]
    for unit in (only,) if only else board.units:
        for role in ROLES:
            if needs := unit.of(role):
                due: date | str = board.deadlines.get(role, "")
                mine = tally(needs)
                lacks = say("clauses").join(
                    f"{state}{say('colon')}{text}" for state, text in missing_by_state(needs, desk.lang)
                )
                state = deadline_text(board.deadline(unit, role), desk.lang)
                last = f"{unit.last.number} {unit.last.on} {unit.last.by}" if unit.last else ""
                who = [names.get(unit.region, unit.region), unit.code, unit.name, ROLES[role][desk.lang]]
                figures = [str(mine.given), str(mine.wanted), str(due), state, lacks, last, " ".join(unit.altered)]
                rows.append([*who, *figures])
    return rows
