"""A citizen's check on random packs and units: every printed column is added up from what is printed, nothing else.

Read from the JSON, the terminal page and the HTML of the report (the PDF is set from the same record). Items and lines are
their dimension, dimensions and lines the base, entries and lines the bonus, base and bonus the total; for both columns.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any, get_args

import pytest
from msgspec.structs import replace
from tests.reports.of_unit import report_of

from meihao.assessment.assess import assess
from meihao.assessment.explain.unit import explain_unit
from meihao.assessment.plan import plan_of
from meihao.assessment.results import AdjustmentKind, Assessment
from meihao.assessment.to_json import to_json
from meihao.cli.pages import unit_page
from meihao.core.problems import LANGS, Lang
from meihao.core.text import Label
from meihao.reports.render import render
from meihao.round.model import Round
from meihao.standard.model import Pack
from meihao.uses.session import Session

from .evidence import make_session
from .packs import load, make_pack

PACKS = range(501, 541)
CODES = tuple(f"U{n}" for n in range(6))
Pair = tuple[Fraction, Fraction]
Rows = list[list[str]]
RARE = {
    "may_not_apply",
    "nothing_applies",
    "bonus_documents",
}  # worked out by hand in tests/assessment/test_adjustments.py
SIGNS = tuple("●◐○?–★!+±▌")


def judged(number: int) -> tuple[Pack, list[Assessment]]:
    """Return a generated pack, printed with fewer places than it scores with now and then, and its judged units."""
    pack = load(make_pack(number))
    seed = random.Random(number)
    if seed.random() < 0.3:
        pack = replace(pack, display_places=seed.randint(0, pack.item_places))
    session = make_session(seed, pack, CODES)
    return pack, [assess(plan_of(pack, case.kind), case) for case in session.cases(pack)]


def test_every_sum_of_the_json_adds_up_exactly_and_every_kind_of_line_occurs() -> None:
    kinds: Counter[str] = Counter()
    for number in PACKS:
        for a in judged(number)[1]:
            body = json.loads(json.dumps(to_json(a, {})))["body"]
            kinds.update(line["kind"] for line in _all_lines(body))
            _check_json(body)
    assert set(get_args(AdjustmentKind)) - RARE <= set(kinds), kinds


def _all_lines(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*body["adjustments"], *(line for bonus in body["bonuses"] for line in bonus["adjustments"])]


def _check_json(body: Mapping[str, Any]) -> None:
    under: dict[str, list[Pair]] = {}
    for one in (*body["items"], *body["nodes"]):
        under.setdefault(one["id"].rpartition(".")[0], []).append(_exact(one))
    for line in body["adjustments"]:
        under.setdefault(line["node"], []).append(_exact(line))
    root = body["unit"]["kind"]
    for node in body["nodes"]:
        whole = body["base"] if node["id"] == root else node
        assert _sum(under[node["id"]]) == _exact(whole), node["id"]
    bonuses = [_exact(bonus) for bonus in body["bonuses"]]
    assert _sum([*bonuses, *under.get("bonus", ())]) == _exact(body["bonus"])
    assert _sum([_exact(body["base"]), _exact(body["bonus"])]) == _exact(body["total"])
    for bonus in (b for b in body["bonuses"] if b["matters"]):
        matters = [(Fraction(m["points"]), Fraction(m["points"])) for m in bonus["matters"]]
        assert _sum([*matters, *map(_exact, bonus["adjustments"])]) == _exact(bonus)


def _exact(one: Mapping[str, str]) -> Pair:
    return Fraction(one["lo"]), Fraction(one["hi"])


def _sum(parts: Sequence[Pair]) -> Pair:
    return sum((p[0] for p in parts), Fraction(0)), sum((p[1] for p in parts), Fraction(0))


@pytest.mark.parametrize("lang", LANGS)
def test_every_column_of_the_terminal_page_adds_up(lang: Lang) -> None:
    for number in PACKS:
        pack, units = judged(number)
        desk = Session(pack, _round(units[0]), lang, "reference", False)
        for a in units:
            explained = explain_unit(a, pack, lang)
            found = [re.split(r" {2,}", line) for line in unit_page(explained, desk).splitlines()]
            rows = [(row[0], row[2]) for row in found if row[0] in SIGNS and len(row) > 2 and row[2][-1].isdigit()]
            _check_page(rows, len(explained.dimensions))
            assert len(rows) >= len(a.items) + len(explained.dimensions) + 3


@pytest.mark.parametrize("lang", LANGS)
def test_every_column_of_the_report_adds_up(lang: Lang) -> None:
    for number in PACKS[::4]:
        pack, units = judged(number)
        for a in units[:3]:
            html, problems = render(report_of(pack, _round(a), a, lang=lang), lang)
            assert not problems
            page = Tables(html)
            base, bonus, total = _check_dimensions(page.rows("dims"), page.cell)
            _check_items(page.rows("items"), page.rows("dims"))
            entries = page.rows("bonus")
            if entries:
                assert _sum([_read(row[-1]) for row in entries[:-1]]) == _read(entries[-1][-1]) == bonus
            else:
                assert bonus == (Fraction(0), Fraction(0))
            assert base[0] <= base[1]
            assert total[0] <= total[1]


def _check_dimensions(rows: Rows, cell: str) -> tuple[Pair, Pair, Pair]:
    """Check the table of dimensions: they and the lines below are the base. Bonus and total stand above, in the cell of the
    total; where a line is needed between them, they stand in the table too."""
    totals = [at for at, row in enumerate(rows) if row[0] == "sum-total"]
    base, *more = (_read(rows[at][-1]) for at in totals)
    assert _sum([_read(row[-1]) for row in rows[: totals[0]]]) == base
    total, shown_base, bonus = map(_read, re.findall(r"[-0-9.—]+", cell))
    assert shown_base == base
    assert more in ([], [bonus, total])
    lines = rows[totals[1] + 1 : totals[2]] if more else []
    assert _sum([base, bonus, *(_read(row[-1]) for row in lines)]) == total
    return base, bonus, total


def _check_items(rows: Rows, dimensions: Rows) -> None:
    """Check the table of items: those below a dimension's row and their lines are its points, here and in the other table."""
    heads = [at for at, row in enumerate(rows) if row[0] == "dimension"]
    for at, end, other in zip(heads, [*heads[1:], len(rows)], dimensions, strict=False):
        assert _sum([_read(_points(row)) for row in rows[at + 1 : end]]) == _read(_points(rows[at])) == _read(other[-1])


def _points(row: Sequence[str]) -> str:
    """Return the cell of points, the last but one."""
    return row[-2]


class Tables(HTMLParser):
    """The tables of a page by their class: for each row of a body its class, then its texts; and the cell of the total."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: dict[str, Rows] = {}
        self._rows: Rows = []
        self._inside = ""
        self._cell = 0
        self.cell = ""
        self.feed(html)

    def rows(self, table: str) -> Rows:
        return self.tables.get(table, [])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = dict(attrs).get("class") or ""
        if tag == "section":
            self._cell = 1 if kind == "cells" else 0
        elif self._cell and tag == "div":
            self._cell += 1
        elif tag == "table":
            self._rows = self.tables.setdefault(kind, [])
        elif tag == "tr":
            self._rows.append([kind])
        elif tag in ("td", "th"):
            self._inside = tag
            if self._rows:
                self._rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._inside = ""
        elif tag == "thead":
            self._rows.clear()

    def handle_data(self, data: str) -> None:
        if self._cell == 2:  # the first cell: the total, and what it is made of
            self.cell += f" {data}"
        if self._inside and self._rows:
            self._rows[-1][-1] += data


def _check_page(rows: Sequence[tuple[str, str]], dimensions: int) -> None:
    """Check rows of (sign, points): below each ▌ stand its parts; the base is made of the dimensions too."""
    sums: list[tuple[Pair, list[Pair]]] = []
    for sign, points in rows:
        if sign == "▌":
            sums.append((_read(points), []))
        else:
            sums[-1][1].append(_read(points))
    heads, ((base, lines), (bonus, entries), (total, last)) = sums[:dimensions], sums[dimensions:]
    for head, parts in heads:
        assert _sum(parts) == head
    assert _sum([*(head for head, _ in heads), *lines]) == base
    assert _sum(entries) == bonus
    assert _sum([base, bonus, *last]) == total


def _read(points: str) -> Pair:
    """Return the columns of `2.50 / 5.00`, `0.00—5.00`, `+1.00`, `0.00至-2.00` or `0.00 to -2.00`."""
    ends = [Fraction(end) for end in re.split(r"—|至| to ", points.partition(" / ")[0].strip())]
    return ends[0], ends[-1]


def _round(a: Assessment) -> Round:
    day = date.fromisoformat(a.reference_date) if a.reference_date else None
    return Round("r", Label("批次", "round"), day, a.closed, "self" if a.stage == "self" else "verified")


def test_a_column_that_does_not_add_up_would_be_seen() -> None:
    rows = [("▌", "3.00"), ("●", "2.00"), ("±", "+1.00"), ("▌", "3.00"), ("▌", "0.00"), ("▌", "3.00")]
    _check_page(rows, 1)
    for at in range(len(rows)):
        wrong = [*rows[:at], (rows[at][0], "9.00"), *rows[at + 1 :]]
        with pytest.raises(AssertionError):
            _check_page(wrong, 1)
