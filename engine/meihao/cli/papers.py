"""Runs `report --blank score|inspection` and `report --protocol`: sheets to fill in by hand, and records of inspections."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..assessment.to_json import to_json
from ..core.files import file_name, remove_abandoned
from ..core.problems import Message, Problem, Source
from ..core.text import hints
from ..pipeline import Judged
from ..reports.blank import blank_sheet, disputed_sheet
from ..reports.pdf import pdf_missing
from ..reports.press import press
from ..reports.protocol import protocol
from ..reports.write import Format, write_report
from ..standard.model import Pack
from ..uses.answer import answer
from ..uses.look import theme_for
from ..uses.report import chosen_units
from ..uses.session import Session, made_by
from .another_look import NOTHING_AGAIN
from .assess import judge
from .desk import OK, open_desk, result_of, stop_on_errors
from .documents import exit_code
from .printing import progress, say_problems

NO_EVIDENCE = Message(
    "P025", "error", "没有写证据文件或文件夹", "no evidence file or folder is named",
    "写上证据；要空白表的写--blank score或--blank inspection", "name the evidence; for blank sheets say --blank",
)  # fmt: skip
NO_KIND = Message(
    "P026", "error", "标准里没有单位类别“{kind}”", "the pack has no kind of unit “{kind}”", "{near_zh}", "{near_en}"
)
NAMES = {"score": {"zh": "自评表", "en": "score-sheet"}, "inspection": {"zh": "核查表", "en": "inspection-sheet"}}
DISPUTED = {"zh": "复查表", "en": "another-look-sheet"}
PROTOCOL = {"zh": "核查记录", "en": "inspection-record"}


ONLY_INSPECTION = Message(
    "W133", "error", "--disputed要和--blank inspection、证据一起写", "--disputed goes with --blank inspection and with evidence",
    "写成：report 批次文件夹/evidence --round 批次文件夹 --blank inspection --disputed",
    "write: report ROUND/evidence --round ROUND --blank inspection --disputed",
)  # fmt: skip


def papers_command(words: argparse.Namespace) -> int:
    """Write the sheets or records asked for. 1 where one could not be made as asked, 2 where nothing to read is named."""
    if words.disputed and (words.blank != "inspection" or not words.evidence):
        stop_on_errors((ONLY_INSPECTION.at(Source()),), words.lang)
    if words.disputed:
        return _disputed(words)
    if words.blank:
        return _blank(words)
    if not words.evidence:
        stop_on_errors((NO_EVIDENCE.at(Source()),), words.lang)
    return _protocols(words)


def _blank(words: argparse.Namespace) -> int:
    desk = open_desk(words)
    pack, (theme, problems) = desk.pack, result_of(answer(theme_for, desk), desk.lang)
    missing = () if words.format == "html" else pdf_missing()
    form: Format = "html" if missing or words.format == "html" else "pdf"
    paths: list[Path] = []
    said: list[Problem] = [*problems, *missing]
    remove_abandoned(words.to)
    for kind in _kinds(words, pack):
        report = blank_sheet(words.blank, pack, kind, words.lang)
        name = f"{NAMES[words.blank][words.lang]}-{kind}"
        made, found = write_report(report, {}, words.to, file_name(name), form, theme)
        paths += made
        said += found
    return _told(paths, said, words)


def _disputed(words: argparse.Namespace) -> int:
    """Write for each unit the sheet of what another inspector must look at, to be filled in blind."""
    desk = open_desk(words)
    judged = judge(words, desk).units
    theme, problems = result_of(answer(theme_for, desk), desk.lang)
    missing = () if words.format == "html" else pdf_missing()
    form: Format = "html" if missing or words.format == "html" else "pdf"
    paths: list[Path] = []
    said: list[Problem] = [*problems, *missing]
    for one in result_of(answer(chosen_units, judged, words.unit or (), words.all), desk.lang):
        report = disputed_sheet(desk.pack, one.case, desk.lang)
        if report is None:
            continue
        name = file_name(f"{one.case.code}-{DISPUTED[desk.lang]}")
        written, found = write_report(report, {}, words.to, name, form, theme)
        paths += written
        said += found
    if not paths:
        said.append(NOTHING_AGAIN.at(Source()))
        say_problems(tuple(said), desk.lang)
        return OK
    return _told(paths, said, words)


def _kinds(words: argparse.Namespace, pack: Pack) -> tuple[str, ...]:
    """Return the kinds wanted, all where none is named; stops at one that the pack has not."""
    known = [kind for kind, _ in pack.standards]
    strangers = [kind for kind in words.kind or () if kind not in known]
    stop_on_errors(tuple(NO_KIND.at(Source(), kind=kind, **hints(kind, known)) for kind in strangers), words.lang)
    return tuple(kind for kind in known if not words.kind or kind in words.kind)


def _protocols(words: argparse.Namespace) -> int:
    desk = open_desk(words)
    judgement = judge(words, desk)
    theme, problems = result_of(answer(theme_for, desk), desk.lang)
    missing = () if words.format == "html" else pdf_missing()
    form: Format = "html" if missing or words.format == "html" else "pdf"
    made = made_by(judgement.engine) | (press() if form == "pdf" else {})
    paths: list[Path] = []
    said: list[Problem] = [*problems, *missing]
    remove_abandoned(words.to)
    for one in _with_evidence(
        result_of(answer(chosen_units, judgement.units, words.unit or (), words.all), desk.lang), desk
    ):
        assert one.evidence is not None
        report = protocol(desk.pack, desk.round, one.evidence, one.case, one.assessment, desk.lang, made)
        name = file_name(f"{one.case.code}-{PROTOCOL[desk.lang]}")
        written, found = write_report(report, to_json(one.assessment, made), words.to, name, form, theme)
        paths += written
        said += found
    return _told(paths, said, words)


def _with_evidence(chosen: Sequence[Judged], desk: Session) -> Iterator[Judged]:
    label = "写核查记录" if desk.lang == "zh" else "writing"
    yield from progress([one for one in chosen if one.evidence is not None], len(chosen), label)


def _told(paths: Sequence[Path], said: Sequence[Problem], words: argparse.Namespace) -> int:
    say_problems(tuple(said), words.lang)
    for path in paths:
        print(path)
    return exit_code(paths, tuple(said), words.format)
