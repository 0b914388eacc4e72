"""Runs `template`, which writes the workbooks that units, clerks and inspectors fill in."""

from __future__ import annotations

import argparse
from datetime import date

from ..core.problems import errors
from ..uses.forms import FormRequest, write_forms
from .desk import BAD_INPUT, OK, open_desk
from .printing import say_problems, watch


def template_command(words: argparse.Namespace) -> int:
    """Write a workbook for each unit, or one for a clerk, and name the files. Nothing is written where anything is wrong."""
    words.engine = "reference"  # nothing is judged here
    desk = open_desk(words)
    asked = FormRequest(
        words.to, date.today(), words.kind or "", tuple(words.unit or ()), words.role, words.form, words.prefill, words.disputed
    )  # fmt: skip
    paths, problems = write_forms(desk, asked, watch(desk.lang))
    say_problems(problems, desk.lang)
    for path in paths or ():
        print(path)
    return BAD_INPUT if paths is None or errors(problems) else OK
