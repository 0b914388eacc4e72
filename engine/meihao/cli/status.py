"""Runs `status DIR`: what a round has received, what is missing and by whom, and how much time is left."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from ..uses.session import Session
from ..uses.standing import RoundStanding, round_standing, standing_as_json, unit_standing
from .desk import BAD_INPUT, FAILURES, OK, given_day, open_desk, result_of, write_csv
from .printing import under, watch
from .status_pages import board_page, csv_rows, unit_page


def status_command(words: argparse.Namespace) -> int:
    """Print the state of a round. 0 where everything is there, 1 where something is missing, 2 where files are faulty."""
    on = given_day(words) or date.today()
    words.round, words.engine = words.folder, "reference"
    desk = open_desk(words)
    standing = result_of(round_standing(desk, on, watch(desk.lang)), desk.lang)
    _print(words, standing, desk)
    if standing.faulty:
        return BAD_INPUT
    return OK if standing.board.complete() else FAILURES


def _print(words: argparse.Namespace, standing: RoundStanding, desk: Session) -> None:
    """Print the round, or the one unit that is named with what it owes and every submission."""
    board = standing.board
    one = None if words.unit is None else result_of(unit_standing(desk, standing, words.unit), desk.lang)
    if words.format == "json":
        sys.stdout.write(standing_as_json(desk, standing, one))
    elif words.format == "csv":
        write_csv(csv_rows(board, desk, one.unit if one else None), desk)
    else:
        page = unit_page(board, one.unit, one.submissions, desk) if one else board_page(board, desk)
        print(under(desk.draft, page))
