"""Runs `report --blank score|inspection` and `report --protocol`: sheets to fill in by hand, and records of inspections."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..core.problems import Message, Source
from ..uses.answer import Answer
from ..uses.papers import PaperRequest, write_blank_sheets, write_inspection_records, write_sheets_for_another_look
from .desk import check_day, open_desk, result_of, stop_on_errors
from .documents import exit_code
from .printing import watch

NO_EVIDENCE = Message(
    "P025", "error", "没有写证据文件或文件夹", "no evidence file or folder is named",
    "写上证据；要空白表的写--blank score或--blank inspection", "name the evidence; for blank sheets say --blank",
)  # fmt: skip
ONLY_INSPECTION = Message(
    "W133", "error", "--disputed要和--blank inspection、证据一起写", "--disputed goes with --blank inspection and with evidence",
    "写成：report 批次文件夹/evidence --round 批次文件夹 --blank inspection --disputed",
    "write: report ROUND/evidence --round ROUND --blank inspection --disputed",
)  # fmt: skip


def papers_command(words: argparse.Namespace) -> int:
    """Write the sheets or records asked for. 1 where one could not be made as asked, 2 where nothing to read is named."""
    if words.disputed and (words.blank != "inspection" or not words.evidence):
        stop_on_errors((ONLY_INSPECTION.at(Source()),), words.lang)
    if not words.blank and not words.evidence:
        stop_on_errors((NO_EVIDENCE.at(Source()),), words.lang)
    answered = _papers(words)
    paths = result_of(answered, words.lang)
    for path in paths:
        print(path)
    return exit_code(paths, answered[1], words.format)


def _papers(words: argparse.Namespace) -> Answer[tuple[Path, ...]]:
    desk = open_desk(words)
    asked = PaperRequest(
        words.to, tuple(words.unit or ()), words.all, tuple(words.kind or ()), words.format or "pdf"
    )  # fmt: skip
    if words.blank and not words.disputed:
        return write_blank_sheets(desk, words.blank, asked)
    check_day(words, desk)
    make = write_sheets_for_another_look if words.disputed else write_inspection_records
    return make(desk, words.evidence, asked, watch(desk.lang))
