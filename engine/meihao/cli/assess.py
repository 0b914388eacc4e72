"""`assess EVIDENCE…` and `explain UNIT`: judge units and say why, on the terminal, as JSON or CSV."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ..assessment.to_json import to_json
from ..core.canonical import pretty
from ..core.problems import Lang, Message, Problems, Source
from ..core.text import hints
from ..evidence.model import UnitEvidence
from ..pipeline import Judged, judge_units, read_units
from .desk import (
    BAD_INPUT,
    FAILURES,
    OK,
    Desk,
    Stop,
    check_day,
    choose_engine,
    made_by,
    open_desk,
    stop_on_errors,
    write_csv,
)
from .printing import table, under, watch

if TYPE_CHECKING:
    from ..assessment.explain.unit import Explained, ExplainedItem

NO_UNIT = Message(
    "C013", "error", "证据里没有单位“{unit}”", "the evidence holds no unit “{unit}”", "{near_zh}", "{near_en}"
)
NO_CRITERION = Message(
    "C014", "error", "没有指标“{criterion}”", "there is no criterion “{criterion}”", "{near_zh}", "{near_en}"
)
HEADS: dict[Lang, list[str]] = {
    "zh": ["编号", "名称", "类别", "基础分", "加分", "总分", "结论", "依据"],
    "en": ["code", "name", "kind", "base", "bonus", "total", "verdict", "why"],
}


def judge(
    words: argparse.Namespace, desk: Desk, check: Callable[[Sequence[UnitEvidence]], Problems] = lambda units: ()
) -> tuple[str, tuple[Judged, ...]]:
    """Read the evidence and judge every unit; stops on bad input before anything is judged.

    `check` says what else is wrong, given the units that came in.
    """
    check_day(words, desk)
    units, problems = read_units(words.evidence, desk.pack, desk.round, watch(desk.lang))
    stop_on_errors(problems, desk.lang)
    stop_on_errors(check(units), desk.lang)
    name, conclude = choose_engine(desk)
    return name, tuple(judge_units(desk.pack, desk.round, units, conclude, desk.whole_round, watch=watch(desk.lang)))


def assess_command(words: argparse.Namespace) -> int:
    desk = open_desk(words)
    name, judged = judge(words, desk)
    if words.format == "json":
        results = [to_json(one.assessment, made_by(name)) for one in judged]
        sys.stdout.write(pretty(results[0] if len(results) == 1 else results))
    elif words.format == "csv":
        write_csv(_rows(judged, desk), desk)
    elif len(judged) == 1:
        from .pages import unit_page  # late, like every explanation: JSON needs none

        print(under(desk.draft, unit_page(_explained(judged[0], desk), desk)))
    else:
        print(under(desk.draft, table(_rows(judged, desk), right=(3, 4, 5))))
    return OK if all(one.assessment.verdict.state == "passed" for one in judged) else FAILURES


def explain_command(words: argparse.Namespace) -> int:
    from .pages import item_page, unit_page

    desk = open_desk(words)
    _, judged = judge(words, desk)
    found = [one for one in judged if words.unit in (one.case.code, one.case.name)]
    if not found:
        known = [one.case.code for one in judged]
        stop_on_errors((NO_UNIT.at(Source(), unit=words.unit, **hints(words.unit, known)),), desk.lang)
    explained = _explained(found[0], desk)
    if words.criterion is None:
        print(under(desk.draft, unit_page(explained, desk)))
        return OK
    print(under(desk.draft, item_page(_find(explained, words.criterion, desk), explained, desk)))
    return OK


def _explained(one: Judged, desk: Desk) -> Explained:
    from ..assessment.explain.unit import explain_unit

    return explain_unit(one.assessment, desk.pack, desk.lang, one.case)


def _find(explained: Explained, name: str, desk: Desk) -> ExplainedItem:
    """Return an item by its address or the end of it."""
    items = [item for dimension in explained.dimensions for item in dimension.items]
    for item in items:
        if item.id == name or item.id.endswith(f".{name}"):
            return item
    known = [item.id if "." in name else item.id.rpartition(".")[2] for item in items]
    stop_on_errors((NO_CRITERION.at(Source(), criterion=name, **hints(name, known)),), desk.lang)
    raise Stop(BAD_INPUT)


def _rows(judged: tuple[Judged, ...], desk: Desk) -> list[list[str]]:
    from ..assessment.explain.unit import explain_unit

    rows = [HEADS[desk.lang]]
    for one in judged:
        e = explain_unit(one.assessment, desk.pack, desk.lang)
        rows.append(
            [e.unit, e.name, e.kind, e.base, e.bonus, e.total, e.verdict, e.so_far or next(iter(e.deciding), "")]
        )
    return rows
