"""What is printed is the result: the figures on the terminal and in the report of a unit are parsed and compared with it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

import pytest

from meihao.assessment.explain.sums import span
from meihao.assessment.explain.unit import explain_unit
from meihao.assessment.results import Assessment
from meihao.cli.desk import Desk
from meihao.cli.pages import unit_page
from meihao.core.numbers import fixed
from meihao.pipeline import Judged
from meihao.reports.render import render
from meihao.reports.unit import unit_report
from meihao.round.model import Round
from meihao.standard.model import Pack, leaves

EVERY = 40
FIGURE = r"-?\d+\.\d\d(?:—-?\d+\.\d\d)?"


@pytest.fixture(scope="module")
def some(sample: Sequence[Judged]) -> Sequence[Judged]:
    """Return every fortieth unit of the sample, and four that are undetermined."""
    open_ = [one for one in sample if one.assessment.verdict.state == "undetermined"]
    return [*sample[::EVERY], *open_[:4]]


def items(a: Assessment, pack: Pack) -> Iterator[tuple[str, str, str]]:
    """Yield title, points and full marks of every item as the result has them."""
    titles = {criterion.id: criterion.title.zh for criterion in leaves(pack.standard(a.kind))}
    for item in a.items:
        places = pack.display_places
        yield titles[item.id], span(item.lo, item.hi, places), fixed(item.points, places)


def test_the_terminal_prints_every_item_and_sum_of_the_result(
    default_pack: Pack, sample_round: Round, some: Sequence[Judged]
) -> None:
    desk = Desk(default_pack, sample_round, "zh", "reference", whole_round=True)
    for one in some:
        a, page = one.assessment, unit_page(explain_unit(one.assessment, default_pack, "zh", one.case), desk)
        row = re.compile(rf"^[●◐○?–★!]\s+(\S.*?)\s+({FIGURE})\s+({FIGURE})(?:\s|$)", re.MULTILINE)
        assert [m.groups() for m in row.finditer(page)] == list(items(a, default_pack)), a.unit
        sums = re.search(rf"^基础分 ({FIGURE})\s+加分 ({FIGURE})\s+总分 ({FIGURE})$", page, re.MULTILINE)
        assert sums is not None
        pairs = ((a.base_lo, a.base_hi), (a.bonus_lo, a.bonus_hi), (a.total_lo, a.total_hi))
        assert sums.groups() == tuple(span(*pair, default_pack.display_places) for pair in pairs)


def test_the_report_prints_every_item_and_dimension_of_the_result(
    default_pack: Pack, sample_round: Round, some: Sequence[Judged]
) -> None:
    for one in some:
        a = one.assessment
        page, problems = render(unit_report(default_pack, sample_round, a, one.case, evidence=one.evidence), "zh")
        assert not problems
        table = page[page.index('<table class="items">') :].partition("</table>")[0]
        rows = [
            re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)
        ]
        printed = [(bare(cells[0]), bare(cells[3])) for cells in rows if len(cells) == 5]
        wanted = list(items(a, default_pack))
        assert [points for _, points in printed] == [f"{points}/{full}" for _, points, full in wanted], a.unit
        for (title, _), (name, _, _) in zip(printed, wanted, strict=True):
            assert name.replace(" ", "") in title, a.unit
        places = default_pack.display_places
        sums = [bare(cells[1]) for cells in rows if len(cells) == 3 and "/" in cells[1]]
        nodes = {node.id: node for node in a.nodes}
        dimensions = [nodes[child.id] for child in default_pack.standard(a.kind).children]
        assert sums == [f"{span(n.lo, n.hi, places)}/{fixed(n.points, places)}" for n in dimensions], a.unit
        for pair in ((a.base_lo, a.base_hi), (a.total_lo, a.total_hi)):
            assert span(*pair, places) in page


def bare(cell: str) -> str:
    """Return the text of a cell without tags and blanks."""
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]+>", "", cell)))
