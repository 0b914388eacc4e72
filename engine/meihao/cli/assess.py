"""Runs `assess EVIDENCE…` and `explain UNIT`, which judge units and say why, on the terminal or as JSON or CSV."""

from __future__ import annotations

import argparse
import sys

from ..pipeline import Judged
from ..uses.export import results_as_json
from ..uses.judge import Judgement, criterion_of, explain, unit_of
from ..uses.judge import judge as judge_evidence
from ..uses.session import Session
from .desk import FAILURES, OK, check_day, open_desk, result_of, write_csv
from .phrases.unit import UNIT
from .printing import table, under, watch
from .speaker import speaker

HEADS = ("code", "name", "kind", "base", "bonus", "total", "verdict", "decided_by")


def judge(words: argparse.Namespace, desk: Session) -> Judgement:
    """Judge every unit of the evidence that is named; stops on bad input before anything is judged."""
    check_day(words, desk)
    return result_of(judge_evidence(desk, words.evidence, watch(desk.lang)), desk.lang)


def assess_command(words: argparse.Namespace) -> int:
    desk = open_desk(words)
    judgement = judge(words, desk)
    units = judgement.units
    if words.format == "json":
        sys.stdout.write(results_as_json(judgement))
    elif words.format == "csv":
        write_csv(_rows(units, desk), desk)
    elif len(units) == 1:
        from .pages import unit_page  # late, like every explanation: JSON needs none

        print(under(desk.draft, unit_page(explain(desk, units[0]), desk)))
    else:
        print(under(desk.draft, table(_rows(units, desk), right=(3, 4, 5))))
    return OK if all(one.assessment.verdict.state == "passed" for one in units) else FAILURES


def explain_command(words: argparse.Namespace) -> int:
    from .pages import item_page, unit_page

    desk = open_desk(words)
    one = result_of(unit_of(judge(words, desk), words.unit), desk.lang)
    explained = explain(desk, one)
    if words.criterion is None:
        page = unit_page(explained, desk)
    else:
        page = item_page(result_of(criterion_of(explained, words.criterion), desk.lang), explained, desk)
    print(under(desk.draft, page))
    return OK


def _rows(judged: tuple[Judged, ...], desk: Session) -> list[list[str]]:
    from ..assessment.explain.unit import explain_unit

    rows = [[*map(speaker(desk.lang, UNIT), HEADS)]]
    for one in judged:
        e = explain_unit(one.assessment, desk.pack, desk.lang)
        rows.append(
            [e.unit, e.name, e.kind, e.base, e.bonus, e.total, e.verdict, e.so_far or next(iter(e.deciding), "")]
        )
    return rows
