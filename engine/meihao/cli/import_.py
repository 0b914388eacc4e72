"""Runs `import FILES…`: it stores whole units from filled workbooks and reports every error at its cell."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ..core.problems import Source
from ..forms import messages as m
from ..standard.draft import draft_mark
from ..uses.error_copy import write_errors
from ..uses.take_in import Intake, TakingIn, open_intake, take_in, taken_in_as_json
from ..uses.taken_in import TakenIn
from .desk import BAD_INPUT, FAILURES, OK, given_day, open_desk, result_of, stop_on_errors
from .import_pages import page
from .phrases.standing import STANDING
from .printing import say_problems, under, watch
from .speaker import speaker


def import_command(words: argparse.Namespace) -> int:
    """Read every file, write errors back, store whole units. 0 no error, 1 some, 2 a file could not be read at all."""
    intake = _intake(words)
    done: list[TakenIn] = []
    try:
        for path in words.files:
            done.append(take_in(intake, path, watch(words.lang))[0])
            done[-1], _ = write_errors(intake, done[-1], words.to, words.in_place)
    finally:  # also when interrupted: what was stored must be said
        _tell(done, words, intake)
    if any(taken.unread for taken in done):
        return BAD_INPUT
    return FAILURES if any(taken.faulty for taken in done) else OK


def _intake(words: argparse.Namespace) -> Intake:
    words.engine = "reference"
    desk = open_desk(words)
    if words.to is not None and len(words.files) > 1:
        stop_on_errors((m.ONE_FILE.at(Source()),), words.lang)
    asked = TakingIn(given_day(words) or date.today(), words.reason or "", words.decision or "")
    return result_of(open_intake(desk, asked), desk.lang)


def _tell(done: Sequence[TakenIn], words: argparse.Namespace, intake: Intake) -> None:
    """Print what came of the files, and which were not finished."""
    left: Sequence[Path] = words.files[len(done) :]
    if words.format == "json":
        sys.stdout.write(taken_in_as_json(intake, done, left))
    else:
        pages = "\n\n".join(page(taken, intake.door is not None, words.lang) for taken in done)
        print(under(draft_mark(intake.session.pack.errors)[words.lang], pages))
        if intake.door and (head := intake.door.ledger.short_head()) != "0":
            print(speaker(words.lang, STANDING)("ledger", head=head))
    say_problems(tuple(m.NOT_FINISHED.at(Source(str(path)), path=path) for path in left), words.lang)
