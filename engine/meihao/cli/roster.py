"""Runs `roster DIR [FILE]`: it checks a round's roster from a workbook and stores it, or writes an empty workbook to fill in."""

from __future__ import annotations

import argparse

from ..uses.roster import StoredRoster, enrolled_units, store_roster, write_roster_form
from .desk import OK, open_desk, result_of
from .printing import chooser, several


def roster_command(words: argparse.Namespace) -> int:
    """Write the roster of a round from a file, or a workbook to fill in; else say what the roster holds."""
    words.round, words.on, words.engine, words.draft = words.folder, None, "reference", False
    desk = open_desk(words)
    say = chooser(desk.lang)
    if words.file is not None:
        print(say(*_changed(result_of(store_roster(desk, words.file), desk.lang))))
    elif words.blank is not None:
        print(result_of(write_roster_form(desk, words.blank), desk.lang))
    else:
        count = len(result_of(enrolled_units(desk), desk.lang))
        print(say(f"单位名册有{count}个单位", f"the roster has {several(count, 'unit')}"))
    return OK


def _changed(roster: StoredRoster) -> tuple[str, str]:
    path, count = roster.path, len(roster.units)
    return (
        f"{path}：{count}个单位，新增{roster.added}个，改动{roster.changed}个，去掉{roster.gone}个",
        f"{path}: {several(count, 'unit')}, {roster.added} new, {roster.changed} changed, {roster.gone} gone",
    )
