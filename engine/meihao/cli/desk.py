"""Holds what commands share: words to what a use case asks for, problems to the terminal, exit codes, tables to stdout."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from ..core.calendar import parse_date
from ..core.problems import Lang, Message, Problems, Source, errors
from ..core.visible import csv_text
from ..standard.cache import cache_folder
from ..standard.model import Pack
from ..uses.answer import Answer
from ..uses.session import Opening, Session, open_session, other_day, read_standard
from .phrases.common import COMMON
from .printing import say_problems, with_column

T = TypeVar("T")
OK, FAILURES, BAD_INPUT, OUR_BUG, MISMATCH = 0, 1, 2, 3, 4
BAD_DATE = Message(
    "C010", "error", "--on应为日期，现为“{value}”", "--on must be a date, not “{value}”",
    "写成2026-06-30的样子，年份在1900—2100之间", "write it like 2026-06-30, a year from 1900 to 2100",
)  # fmt: skip


class Stop(Exception):  # not an error of ours: a user's mistake, already said
    """Ends a command with an exit code; the problems have been printed."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def our_cache() -> Path | None:
    """Return where this user's compiled packs are kept; None where there is no such place."""
    return cache_folder(os.environ, os.path.expanduser("~"))


def stop_on_errors(problems: Problems, lang: Lang) -> None:
    """Print problems; stop with code 2 where one is an error."""
    say_problems(problems, lang)
    if errors(problems):
        raise Stop(BAD_INPUT)


def result_of(answered: Answer[T], lang: Lang) -> T:
    """Print what a use case has to say and return its result. Stops with code 2 where it has none."""
    result, problems = answered
    say_problems(problems, lang)
    if result is None:
        raise Stop(BAD_INPUT)
    return result


def read_pack(folder: Path | None, lang: Lang) -> Pack:
    """Return a pack for its words and files: it may have errors, and nothing is judged by it. Stops where it cannot be read."""
    loaded = result_of(read_standard(folder, our_cache()), lang)
    assert loaded.pack is not None  # one that cannot be read has stopped the command
    return loaded.pack


def open_desk(words: argparse.Namespace) -> Session:
    """Open what the words of a command name: `--pack`, `--round` or `--on`, `--engine`, `--draft`."""
    asked = Opening(
        words.pack, words.round, given_day(words), words.lang, words.engine, words.draft, our_cache()
    )  # fmt: skip
    return result_of(open_session(asked), words.lang)


def given_day(words: argparse.Namespace) -> date | None:
    """Return the day that `--on` names, None without it. Stops on what is no date."""
    if words.on is None:
        return None
    day = parse_date(words.on)
    if day is None:
        stop_on_errors((BAD_DATE.at(Source(), value=words.on),), words.lang)
    return day


def check_day(words: argparse.Namespace, desk: Session) -> None:
    """Say that a round is judged as of its own day where another one is named beside it."""
    say_problems(other_day(desk, given_day(words)), desk.lang)


def write_csv(rows: Sequence[Sequence[str]], desk: Session) -> None:
    """Write a table of data to stdout as CSV; every row of a draft says that it is one."""
    sys.stdout.write(csv_text(with_column(rows, COMMON["draft"][desk.lang], desk.draft)))
