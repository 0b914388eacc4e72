"""Runs `new pack DIR` and `new round DIR --on DATE`, which start a folder, and `new cases DIR`, which adds what a standard lacks.

None of them overwrites anything.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date

from ..authoring.case_templates import OPEN
from ..core.problems import Message, Source
from ..standard.model import Pack
from ..uses.new import in_the_way, new_round, new_standard
from ..uses.new_cases import new_cases
from .desk import BAD_INPUT, OK, Stop, given_day, our_cache, result_of, stop_on_errors
from .phrases.new import NEW
from .speaker import speaker

NO_DATE = Message(
    "C021", "error", "新批次要写评定日", "a new round must have a reference date",
    "写meihao new round {path} --on 2026-06-30，日期换成自己的，以后可在round.yaml里改",
    "write meihao new round {path} --on 2026-06-30 with your own date; you can change it later in round.yaml",
)  # fmt: skip


def new_command(words: argparse.Namespace) -> int:
    """Make the folder whole or not at all; or add cases to complete."""
    if words.what == "cases":
        return _cases(words)
    stop_on_errors(in_the_way(words.folder), words.lang)
    if words.what == "pack":
        made = new_standard(words.folder, words.pack, our_cache())
    else:
        made = new_round(words.folder, _reference_date(words), words.pack, our_cache())
    pack = result_of(made, words.lang)
    print(speaker(words.lang, NEW)("folder_ready", folder=words.folder))
    print("\n".join(f"  {line}" for line in _next_steps(words, pack)))
    return OK


def _cases(words: argparse.Namespace) -> int:
    """Add cases to a standard and print where they are to be completed."""
    say = speaker(words.lang, NEW)
    added = result_of(new_cases(words.folder, words.criterion or "", words.lang, our_cache()), words.lang)
    for path, criteria in added.files:
        print(f"{path}{say('colon')}{say('listing').join(criteria)}")
    if added.files:
        print(
            f"{say('complete_cases', open=OPEN[words.lang])}\n  ./meihao check {words.folder}\n  ./meihao test {words.folder}"
        )
    return OK


def _reference_date(words: argparse.Namespace) -> date:
    """Return the day that `--on` names: a round is judged as of a day that somebody chose, never as of today."""
    if (day := given_day(words)) is None:
        stop_on_errors((NO_DATE.at(Source(), path=words.folder),), words.lang)
        raise Stop(BAD_INPUT)
    return day


def _next_steps(words: argparse.Namespace, pack: Pack) -> Iterator[str]:
    """Yield the commands that go on from here, each with what it is for."""
    say, folder = speaker(words.lang, NEW), words.folder
    if words.what == "pack":
        yield f"./meihao check {folder}"
        return
    own = f" --pack {words.pack}" if words.pack else ""
    steps = (
        (f"roster {folder} --blank {say('roster_file')}.xlsx{own}", say("make_roster")),
        (f"roster {folder} {say('roster_file')}.xlsx{own}", say("take_roster")),
        (f"template --kind {pack.kinds[0].id} --round {folder}{own}", say("make_forms")),
        (f"import {say('filled_form')}.xlsx --round {folder}{own}", say("take_forms")),
        (f"status {folder}{own}", say("see_status")),
    )
    yield from (f"./meihao {command}    # {what}" for command, what in steps)
    yield say("where_dates_stand", folder=folder)
