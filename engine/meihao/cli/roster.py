"""Runs `roster DIR [FILE]`: it checks a round's roster from a workbook and stores it, or writes an empty workbook to fill in."""

from __future__ import annotations

import argparse

from ..uses.roster import enrolled_units, store_roster, write_roster_form
from .desk import OK, open_desk, result_of
from .phrases.roster import ROSTER
from .speaker import speaker


def roster_command(words: argparse.Namespace) -> int:
    """Write the roster of a round from a file, or a workbook to fill in; else say what the roster holds."""
    words.round, words.on, words.engine, words.draft = words.folder, None, "reference", False
    desk = open_desk(words)
    say = speaker(desk.lang, ROSTER)
    if words.file is not None:
        now = result_of(store_roster(desk, words.file), desk.lang)
        print(
            say("roster_stored", path=now.path, n=len(now.units), added=now.added, changed=now.changed, gone=now.gone)
        )
    elif words.blank is not None:
        print(result_of(write_roster_form(desk, words.blank), desk.lang))
    else:
        print(say("roster_has", n=len(result_of(enrolled_units(desk), desk.lang))))
    return OK
