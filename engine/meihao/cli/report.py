"""`report EVIDENCE…`: one document for each unit; and the lists of a ranking as files."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from ..assessment.infer.engines import engine
from ..assessment.to_json import to_json
from ..core.problems import Lang, Message, Problem, Problems, Source, errors
from ..core.text import hints
from ..pipeline import Judged
from ..ranking.rank import rank
from ..ranking.results import Ranking
from ..reports.pdf import pdf_missing
from ..reports.render import theme_of
from ..reports.unit import unit_report
from ..reports.write import Format, file_name, write_ranking, write_report
from ..round.model import Round
from ..standard.model import Pack
from ..standard.resources import default_pack
from .assess import NO_UNIT, judge
from .desk import FAILURES, OK, Desk, made_by, open_desk, stop_on_errors
from .printing import progress, say_problems

WHICH_UNIT = Message(
    "C020", "error", "证据里有{n}个单位，没有说给谁出报告", "the evidence holds {n} units; whose report is wanted?",
    "用--unit指明编号（可写多个），或用--all", "name codes with --unit, or say --all",
)  # fmt: skip


def report_command(words: argparse.Namespace) -> int:
    """Judge, rank where there is a round, and write the reports asked for. 1 where one could not be made as asked."""
    desk = open_desk(words)
    _, judged = judge(words, desk)
    chosen = _chosen(words, judged, desk)
    ranking = _ranking(desk, judged)
    paths, problems = _unit_reports(chosen, judged, ranking, desk, words.to, words.pack, words.format or "pdf")
    say_problems(problems, desk.lang)
    for path in paths:
        print(path)
    as_asked = words.format is None or all(path.suffix == f".{words.format}" for path in paths)
    return OK if as_asked and not errors(problems) else FAILURES


def _chosen(words: argparse.Namespace, judged: tuple[Judged, ...], desk: Desk) -> tuple[Judged, ...]:
    """Return the units whose reports are wanted; stops where that is not clear."""
    if words.all or (not words.unit and len(judged) == 1):
        return judged
    if not words.unit:
        stop_on_errors((WHICH_UNIT.at(Source(), n=len(judged)),), desk.lang)
    known = [one.case.code for one in judged]
    names = [name for one in judged for name in (one.case.code, one.case.name)]
    strangers = [unit for unit in words.unit if unit not in names]
    stop_on_errors(tuple(NO_UNIT.at(Source(), unit=unit, **hints(unit, known)) for unit in strangers), desk.lang)
    return tuple(one for one in judged if one.case.code in words.unit or one.case.name in words.unit)


def _ranking(desk: Desk, judged: tuple[Judged, ...]) -> Ranking | None:
    """Return the ranking of a whole round; where it cannot be made the reports come without rank, and problems say why."""
    if not desk.whole_round:
        return None
    ranking, problems = rank(desk.pack, desk.round, [one.assessment for one in judged])
    say_problems(problems, desk.lang)
    return ranking


def write_unit_reports(
    chosen: Sequence[Judged], judged: Sequence[Judged], ranking: Ranking | None, desk: Desk, folder: Path,
    pack_folder: Path | None = None,
) -> tuple[Path, ...]:  # fmt: skip
    """Write the reports of the chosen units, PDF where the machine can, and return the files. Stops where one fails."""
    paths, problems = _unit_reports(chosen, judged, ranking, desk, folder, pack_folder, "pdf")
    stop_on_errors(problems, desk.lang)
    return paths


def _unit_reports(
    chosen: Sequence[Judged], judged: Sequence[Judged], ranking: Ranking | None, desk: Desk, folder: Path,
    pack_folder: Path | None, wanted: Format,
) -> tuple[tuple[Path, ...], Problems]:  # fmt: skip
    theme, made = theme_of(pack_folder or default_pack()), made_by(engine(desk.engine)[0])
    missing = pdf_missing() if wanted == "pdf" else ()
    peers = [one.assessment for one in judged]
    paths: list[Path] = []
    problems: list[Problem] = list(missing)
    for one in progress(chosen, len(chosen), "写报告" if desk.lang == "zh" else "writing"):
        report = unit_report(desk.pack, desk.round, one.assessment, one.case, peers, ranking, desk.lang, made)
        name, result = file_name(one.case.code), to_json(one.assessment, made)
        written, said = write_report(report, result, folder, name, "html" if missing else wanted, theme)
        paths += written
        problems += (_of_unit(problem, one) for problem in said)
    return tuple(paths), tuple(problems)


def _of_unit(problem: Problem, one: Judged) -> Problem:
    """Return a problem that says whose report it is about."""
    return replace(problem, source=Source(one.case.code)) if problem.source == Source() else problem


def write_lists(
    ranking: Ranking, pack: Pack, round_: Round, folder: Path, lang: Lang, engine: str = "",
    pack_folder: Path | None = None,
) -> tuple[Path, ...]:  # fmt: skip
    """Write the ranked list and the public notice into a folder and return the files. Stops where one cannot be written."""
    theme = theme_of(pack_folder or default_pack())
    paths, problems = write_ranking(ranking, pack, round_, folder, lang, made_by(engine) if engine else None, theme)
    stop_on_errors(problems, lang)
    return paths
