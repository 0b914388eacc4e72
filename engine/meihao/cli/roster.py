"""Runs `roster DIR [FILE]`: it checks a round's roster from a workbook and stores it, or writes an empty workbook to fill in."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from ..core.files import reason, write_whole
from ..core.problems import Message, Problem, Problems, Source
from ..evidence.files import NO_SUCH_FILE, NOT_READABLE
from ..round.roster import ROSTER, Enrolled, Roster, read_roster, roster_text
from ..store.ledger import Ledger
from ..uses.messages import NOT_WRITABLE
from ..uses.session import Session
from .desk import OK, open_desk, stop_on_errors
from .printing import chooser, several

IN_USE = Message(
    "W115", "error", "{unit}已经交过{count}份材料，新名册却{what_zh}",
    "{unit} has handed in {count} times, and the new roster {what_en}",
    "名册里保留这个单位；要退出评定，由委员会在corrections里移出",
    "keep the unit on the roster; to leave it out of the lists, the committee removes it under `corrections`",
)  # fmt: skip


def roster_command(words: argparse.Namespace) -> int:
    """Write the roster of a round from a file, or a workbook to fill in; else say what the roster holds."""
    words.round, words.on, words.engine, words.draft = words.folder, None, "reference", False
    desk = open_desk(words)
    home = words.folder if words.folder.is_dir() else words.folder.parent
    say = chooser(desk.lang)
    try:
        old, problems = read_roster(home, desk.pack, desk.round)
        if words.file is not None:
            return _write(home, words.file, old, desk)
        stop_on_errors(problems, desk.lang)
        units = tuple(old.units.values()) if old else ()
        if words.blank is not None:
            from ..forms.roster_book import write_roster_book  # late: takes a library of workbooks

            write_whole(words.blank, write_roster_book(desk.pack, desk.round, units, desk.lang))
            print(words.blank)
            return OK
    except OSError as failure:
        _stop(failure, words.blank or home / ROSTER, desk)
    print(say(f"单位名册有{len(units)}个单位", f"the roster has {several(len(units), 'unit')}"))
    return OK


def _write(home: Path, file: Path, old: Roster | None, desk: Session) -> int:
    """Put a checked roster in the place of the old one, and say what changed."""
    from ..forms.roster_book import read_roster_book  # late, as above

    if not file.is_file():
        stop_on_errors((NO_SUCH_FILE.at(Source(str(file)), path=file),), desk.lang)
    try:
        units, problems = read_roster_book(file, desk.pack, desk.round)
    except OSError as failure:
        units, problems = (), (NOT_READABLE.at(Source(str(file)), path=file, why=reason(failure)),)
    stop_on_errors(problems, desk.lang)
    ledger = Ledger(home)
    stop_on_errors((*ledger.read(), *_in_use(old, units, ledger)), desk.lang)
    write_whole(home / ROSTER, roster_text(units).encode())
    before = old.units if old else {}
    added = sum(one.code not in before for one in units)
    changed = sum(one.code in before and _told(before[one.code]) != _told(one) for one in units)
    gone = len(set(before) - {one.code for one in units})
    say = chooser(desk.lang)
    print(say(f"{home / ROSTER}：{len(units)}个单位，新增{added}个，改动{changed}个，去掉{gone}个",
              f"{home / ROSTER}: {several(len(units), 'unit')}, {added} new, {changed} changed, {gone} gone"))  # fmt: skip
    return OK


def _told(one: Enrolled) -> tuple[str, str, str]:
    return one.kind, one.name, one.region


def _in_use(old: Roster | None, units: Sequence[Enrolled], ledger: Ledger) -> Problems:
    """Return a problem for every unit that handed in and that the new roster leaves out or calls another kind."""
    new = {one.code: one for one in units}
    found: list[Problem] = []
    for code, receipts in ledger.of.items():
        before = old.units.get(code) if old else None
        if code in new and (before is None or before.kind == new[code].kind):
            continue
        at = new[code].source if code in new else Source(str(ledger.path))
        what = ("改了它的类别", "gives it another kind") if code in new else ("没有它", "leaves it out")
        found.append(IN_USE.at(at, unit=code, count=len(receipts), what_zh=what[0], what_en=what[1]))
    return tuple(found)


def _stop(failure: OSError, path: Path, desk: Session) -> None:
    stop_on_errors((NOT_WRITABLE.at(Source(str(path)), path=path, why=reason(failure)),), desk.lang)
