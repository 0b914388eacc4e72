"""Holds what the commands that write documents share: which units, which look, how a report is made, and the exit code."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..assessment.results import Assessment
from ..core.problems import Lang, Message, Problems, Source, errors
from ..core.text import hints
from ..pipeline import Judged
from ..ranking.results import Ranking
from ..reports.model import Shot, UnitReport
from ..reports.render import Theme, dressed, theme_of
from ..reports.unit import unit_report
from ..reports.write import Format
from ..standard.model import Pack
from ..standard.resources import default_pack
from ..uses.judge import NO_UNIT
from ..uses.session import Session
from .desk import FAILURES, OK, stop_on_errors

WHICH_UNIT = Message(
    "C020", "error", "证据里有{n}个单位，没有说给谁出报告",
    "the evidence holds {n} units, and you did not say whose report you want",
    "用--unit指明编号，可写多个；或用--all", "name one or more codes with --unit, or use --all",
)  # fmt: skip


def exit_code(paths: Sequence[Path], problems: Problems, wanted: Format | None) -> int:
    """Return 1 where something failed, or a file is not of the form that was asked for."""
    as_asked = wanted is None or all(path.suffix == f".{wanted}" for path in paths)
    return OK if as_asked and not errors(problems) else FAILURES


def chosen_units(words: argparse.Namespace, judged: tuple[Judged, ...], desk: Session) -> tuple[Judged, ...]:
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


def paper_of(
    one: Judged, peers: Sequence[Assessment], ranking: Ranking | None, desk: Session, made: Mapping[str, str],
    shots: tuple[Shot, ...] = (),
) -> UnitReport:  # fmt: skip
    """Return the report of one unit; `verify` makes it by the same words."""
    return unit_report(
        desk.pack, desk.round, one.assessment, one.case, peers, ranking, desk.lang, made,
        evidence=one.evidence, shots=shots,
    )  # fmt: skip


def theme_for(pack: Pack, folder: Path | None, lang: Lang) -> tuple[Theme, Problems]:
    """Return the look of a pack's documents, with the problems of its pictures. Stops where its templates changed meanwhile."""
    where = folder or default_pack()
    theme, changed = theme_of(where, pack.digest)
    stop_on_errors(changed, lang)
    return dressed(theme, pack.dress, where)
