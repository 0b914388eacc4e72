"""Proves whose a clerk's rows are where they do not say: those of the role that the form was made for."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from meihao.forms.layout import UNITS
from meihao.forms.read_book import read_handed
from meihao.forms.template import write_template
from meihao.standard.cache import cached_pack
from meihao.standard.model import Pack, Role

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def pack() -> Pack:
    found = cached_pack(ROOT, None).pack
    assert found
    return found


def filled(pack: Pack, role: Role) -> bytes:
    """Return a clerk's form of a role with one row that names an observer and one figure, and no role."""
    book = openpyxl.load_workbook(io.BytesIO(write_template(pack, "compound", role, "clerk")))
    sheet = book[UNITS.zh]
    ids = {str(cell.value): cell.column for cell in sheet[3] if cell.value}
    titles = {str(cell.value): cell.column for cell in sheet[4] if cell.value}
    for title, value in (("编号", "C-1"), ("名称", "某小区"), ("类别", "小区"), ("填报人", "赵工")):
        column = next((c for t, c in titles.items() if title in t), None)
        if column:
            sheet.cell(5, column, value)
    sheet.cell(5, ids["buildings.total"], 12)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("role", ["applicant", "inspector"])
def test_a_row_that_names_no_role_is_of_the_form_s_role(pack: Pack, role: Role) -> None:
    handed = read_handed(filled(pack, role), "a.xlsx", pack)
    seen = [(o.role, o.observer, o.value) for unit in handed.units for o in unit.observations]
    assert seen == [(role, "赵工", 12)], [p.message_zh for p in handed.problems]
