"""What the tests of templates share: packs changed in one point, a sample unit, and workbooks opened as other programs do."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from meihao.core.problems import errors
from meihao.evidence.model import UnitEvidence
from meihao.evidence.unit_file import read_unit_file
from meihao.expressions.tree import Constant
from meihao.forms.layout import FIRST_ROW, LINES, column
from meihao.methods.scores.discretion import Discretion
from meihao.standard.model import Criterion, Field, Node, Pack, Role, leaves

KINDS = ("village", "community", "compound")
ROLES: tuple[Role, ...] = ("applicant", "inspector", "township", "county", "registry")
openpyxl = pytest.importorskip("openpyxl")


def opened(data: bytes, values: bool = False) -> Any:
    """Return a workbook as openpyxl reads it; with `values`, what formulas gave when it was written."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def lines(book: Any) -> Iterator[tuple[str, Any, int]]:
    """Yield (field, sheet, row) of every line of the dimensions' sheets."""
    heading = tuple(cell.label.zh for cell in LINES), tuple(cell.label.en for cell in LINES)
    for page in book:
        found = tuple(cell.value for cell in page[FIRST_ROW - 1][: len(LINES)])
        if found[:3] in (heading[0][:3], heading[1][:3]):
            for row in range(FIRST_ROW, page.max_row + 1):
                if page.cell(row, 1).value:
                    yield page.cell(row, 1).value, page, row


def line(book: Any, field: str) -> tuple[Any, int]:
    return next((page, row) for name, page, row in lines(book) if name == field)


def text(book: Any, field: str, word: str) -> Any:
    page, row = line(book, field)
    return page.cell(row, column(word)).value


def rule_of(page: Any, place: str) -> Any:
    """Return the validation of a cell."""
    return next(rule for rule in page.data_validations.dataValidation if place in rule.sqref)


def with_field(pack: Pack, name: str, change: Callable[[Field], Field]) -> Pack:
    return replace(pack, fields=tuple(change(f) if f.id == name else f for f in pack.fields))


def with_discretion(pack: Pack, kind: str) -> tuple[Pack, str]:
    """Return a pack in which a criterion that reads one number of the inspector's is a judgement, and that field."""
    own = {f.id for f in pack.fields if f.provided_by == "inspector" and f.type == "count"}
    item = next(i for i in leaves(pack.standard(kind)) if len(i.asks) == 1 and i.asks[0] in own and i.measure)
    judged = replace(item, score=Discretion(Constant(0), Constant(5)))
    roots = tuple((k, _swapped(root, item, judged) if k == kind else root) for k, root in pack.standards)
    return replace(pack, standards=roots), item.asks[0]


def _swapped(node: Node, old: Criterion, new: Criterion) -> Node:
    children = tuple(
        _swapped(child, old, new) if isinstance(child, Node) else new if child is old else child
        for child in node.children
    )
    return replace(node, children=children)


def sample_unit(folder: Path, pack: Pack, code: str) -> UnitEvidence:
    unit, problems = read_unit_file(folder / "evidence" / f"{code}.evidence.yaml", pack)
    assert unit is not None
    assert not errors(problems)
    return unit
