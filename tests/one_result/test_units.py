"""A unit on the terminal, as CSV and as JSON: every figure is parsed and compared with its assessment."""

from __future__ import annotations

import csv
import io
import json
import re
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

import pytest

from meihao.assessment.explain.sums import span
from meihao.assessment.explain.unit import explain_unit
from meihao.assessment.explain.words import VERDICT
from meihao.assessment.results import Assessment
from meihao.assessment.to_json import body_digest
from meihao.cli import assess
from meihao.cli.pages import item_page, unit_page
from meihao.core.numbers import fixed
from meihao.pipeline import Judged
from meihao.standard.model import Pack, leaves
from meihao.uses.judge import Judgement
from meihao.uses.session import Session

PARTS = ("base", "bonus", "total")
Told = Callable[[str], str]
FIGURE = r"-?\d+\.\d\d(?:—-?\d+\.\d\d)?"


def items(a: Assessment, pack: Pack) -> Iterator[tuple[str, str, str]]:
    """Yield title, points and full marks of every item as the result has them."""
    titles = {criterion.id: criterion.title.zh for criterion in leaves(pack.standard(a.kind))}
    for item in a.items:
        places = pack.display_places
        yield titles[item.id], span(item.lo, item.hi, places), fixed(item.points, places)


def test_the_terminal_prints_every_item_and_sum_of_the_result(
    default_pack: Pack, desk: Session, some: Sequence[Judged]
) -> None:
    for one in some:
        a, page = one.assessment, unit_page(explain_unit(one.assessment, default_pack, "zh", one.case), desk)
        row = re.compile(rf"^[●◐○?–★!]\s+(\S.*?)\s+({FIGURE})\s+({FIGURE})(?:\s|$)", re.MULTILINE)
        assert [m.groups() for m in row.finditer(page)] == list(items(a, default_pack)), a.unit
        head = re.search(rf"^基础分 ({FIGURE})\s+加分 ({FIGURE})\s+总分 ({FIGURE})$", page, re.MULTILINE)
        assert head is not None
        assert list(head.groups()) == sums(a, default_pack.display_places)


def test_the_verdict_on_the_terminal_always_says_the_state(
    default_pack: Pack, desk: Session, some: Sequence[Judged]
) -> None:
    waiting = 0
    for one in some:
        explained = explain_unit(one.assessment, default_pack, "zh", one.case)
        verdict = unit_page(explained, desk).splitlines()[1]
        waiting += bool(explained.so_far)
        assert verdict.startswith(f"结论: {VERDICT[one.assessment.verdict.state]['zh']}"), one.assessment.unit
        assert explained.so_far in verdict
    assert waiting


def test_the_page_of_one_item_prints_its_points(default_pack: Pack, some: Sequence[Judged], desk: Session) -> None:
    for one in some:
        explained = explain_unit(one.assessment, default_pack, "zh", one.case)
        pages = [item_page(item, explained, desk) for dimension in explained.dimensions for item in dimension.items]
        found = [re.search(rf"^结果: .*  ({FIGURE}) / ({FIGURE})$", page, re.MULTILINE) for page in pages]
        printed = [match.groups() for match in found if match]
        assert printed == [(points, full) for _, points, full in items(one.assessment, default_pack)], (
            one.assessment.unit
        )


@pytest.fixture
def told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], desk: Session, some: Sequence[Judged]
) -> Told:
    """Return what `assess` prints of some units in a form."""
    monkeypatch.setattr(assess, "open_desk", lambda words: desk)
    monkeypatch.setattr(assess, "judge", lambda words, desk: Judgement("reference", tuple(some)))

    def call(form: str) -> str:
        assess.assess_command(Namespace(format=form))
        return capsys.readouterr().out

    return call


def sums(a: Assessment, places: int) -> list[str]:
    pairs = ((a.base_lo, a.base_hi), (a.bonus_lo, a.bonus_hi), (a.total_lo, a.total_hi))
    return [span(*pair, places) for pair in pairs]


def test_tables_of_units_hold_their_sums(told: Told, default_pack: Pack, some: Sequence[Judged]) -> None:
    wanted = [[one.assessment.unit, *sums(one.assessment, default_pack.display_places)] for one in some]
    assert [[row[0], *row[3:6]] for row in list(csv.reader(io.StringIO(told("csv"))))[1:]] == wanted
    rows = [re.split(r"\s{2,}", line) for line in told("table").splitlines()[2:]]
    assert [[row[0], *row[3:6]] for row in rows] == wanted


def test_the_json_of_units_is_the_result(told: Told, some: Sequence[Judged]) -> None:
    for read, one in zip(json.loads(told("json")), some, strict=True):
        a, body = one.assessment, read["body"]
        assert read["digest"] == body_digest(a)
        figures = {f"{part}_{side}": getattr(a, f"{part}_{side}") for part in PARTS for side in ("lo", "hi")}
        assert {name: Fraction(body[part][side]) for name in figures for part, side in [name.split("_")]} == figures
        for key, found in (("items", a.items), ("nodes", a.nodes), ("bonuses", a.bonuses)):
            assert [exact_pair(entry) for entry in body[key]] == [(part.id, part.lo, part.hi) for part in found]
        assert [entry["at_least"] and Fraction(entry["at_least"]) for entry in body["lines"]] == [
            line.at_least for line in a.lines
        ]


def exact_pair(entry: Mapping[str, str]) -> tuple[str, Fraction, Fraction]:
    return entry["id"], Fraction(entry["lo"]), Fraction(entry["hi"])
