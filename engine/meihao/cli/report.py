"""Runs `report EVIDENCE…`: one document for each unit."""

from __future__ import annotations

import argparse

from ..uses.report import Reporting, report
from .desk import BAD_INPUT, check_day, open_desk
from .documents import exit_code
from .printing import say_problems, watch


def report_command(words: argparse.Namespace) -> int:
    """Judge, rank where there is a round, and write the reports asked for. 1 where one could not be made as asked."""
    if words.blank or words.protocol or words.disputed or not words.evidence:
        from .papers import papers_command  # late: most reports are of another kind

        return papers_command(words)
    desk = open_desk(words)
    check_day(words, desk)
    asked = Reporting(
        words.to, tuple(words.unit or ()), words.all, words.format or "pdf", words.photos, words.backend,
        words.jobs if words.all else None,
    )  # fmt: skip
    paths, problems = report(desk, words.evidence, asked, watch(desk.lang))
    say_problems(problems, desk.lang)
    if paths is None:
        return BAD_INPUT
    for path in paths:
        print(path)
    return exit_code(paths, problems, words.format)
