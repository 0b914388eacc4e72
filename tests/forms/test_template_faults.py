"""Proves, as an office program computes it, that a form never calls filled what the import will refuse."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from meihao.forms.layout import CLERK_FIRST_ROW, CLERK_HEADING_ROW, UNITS, column
from meihao.standard.model import Field, Pack

from .import_books import fill_clerk, fill_lines, fill_rows, good, handed, template, unit_book
from .template_books import line, opened, saved

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="no LibreOffice on this machine")
KIND = "compound"
BAD: Mapping[str, tuple[object, ...]] = {
    "count": ("14间", 2.5, -1, 10**9),
    "money": ("三万", -5),
    "percent": ("一半", 1.5),
    "yes_no": ("部分", 7),
    "choice": ("没有这一项",),
    "text": (7,),
    "date": ("昨天",),
}


def mine(pack: Pack) -> dict[str, Field]:
    """Return one field of each type that an applicant fills in, without ledgers."""
    own = [f for f in pack.fields if KIND in f.kinds and f.provided_by == "applicant" and f.type != "table"]
    return {f.type: f for f in reversed(own)}


def computed(book: Any, folder: Path, name: str) -> Any:
    """Return a workbook as the office program computes it."""
    (folder / f"{name}.xlsx").write_bytes(saved(book))
    command = [str(OFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += [
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(folder / f"{name}.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return opened((folder / "out" / f"{name}.xlsx").read_bytes(), values=True)


def state_of(book: Any, field: str) -> str:
    page, row = line(book, field)
    return str(page.cell(row, column("state")).value)


def cases(pack: Pack) -> list[dict[str, object]]:
    """Return rounds of wrong values, one for each field at a time."""
    fields = mine(pack)
    longest = max(len(BAD[kind]) for kind in fields)
    return [{f.id: BAD[kind][n] for kind, f in fields.items() if n < len(BAD[kind])} for n in range(longest)]


def test_a_line_with_a_wrong_value_is_never_called_filled(default_pack: Pack, tmp_path: Path) -> None:
    for number, values in enumerate(cases(default_pack)):
        book = template(default_pack, KIND, "unit")
        fill_lines(book, values)
        after = computed(book, tmp_path, f"wrong{number}")
        assert {field: state_of(after, field) for field in values} == dict.fromkeys(values, "！ 请核对")


def test_a_line_with_a_right_value_is_called_filled(default_pack: Pack, tmp_path: Path) -> None:
    values = {f.id: 0.5 if f.type == "percent" else good(f) for f in mine(default_pack).values()}
    book = template(default_pack, KIND, "unit")
    fill_lines(book, values)
    after = computed(book, tmp_path, "right")
    assert {field: state_of(after, field) for field in values} == dict.fromkeys(values, "√ 已填")


def test_a_ledger_with_a_wrong_cell_is_never_called_filled(default_pack: Pack, tmp_path: Path) -> None:
    table = next(
        f for f in default_pack.fields
        if f.type == "table" and KIND in f.kinds and f.provided_by == "applicant" and any(c.type == "date" for c in f.columns)
    )  # fmt: skip
    row = [date(2026, 3, 1) if c.type == "date" else good(_as_field(c)) for c in table.columns]
    wrong = ["昨天" if c.type == "date" else cell for c, cell in zip(table.columns, row, strict=True)]
    said = []
    for name, rows in (("right", [row]), ("wrong", [row, wrong])):
        book = unit_book(default_pack, KIND, "C-1", "某小区", {})
        fill_rows(book, table.title.zh, rows)
        said.append(state_of(computed(book, tmp_path, name), table.id))
    assert said == ["√ 已填1行", "！ 请核对"]
    book = unit_book(default_pack, KIND, "C-1", "某小区", {table.id: "3行"})
    assert state_of(computed(book, tmp_path, "number"), table.id) == "！ 请核对"


def _as_field(one: Any) -> Field:
    return Field(one.id, one.title, one.type, (), "applicant", one.measured_in, one.options, one.range)


def test_a_clerks_row_with_a_wrong_value_is_never_called_complete(default_pack: Pack, tmp_path: Path) -> None:
    asked = [f for f in default_pack.fields if KIND in f.kinds and f.provided_by == "applicant"]
    values = {f.id: 0.5 if f.type == "percent" else good(f) for f in asked}
    fields = mine(default_pack)
    rows = [("C-0", "好小区", values)]
    for kind, field in fields.items():
        rows += [(f"C-{kind}-{n}", "错小区", {**values, field.id: bad}) for n, bad in enumerate(BAD[kind])]
    book = template(default_pack, KIND, "clerk")
    fill_clerk(book, rows, KIND)
    page = computed(book, tmp_path, "clerk")[UNITS.zh]
    state = next(c.column for c in page[CLERK_HEADING_ROW] if c.value == "状态")
    said = [page.cell(CLERK_FIRST_ROW + n, state).value for n in range(len(rows))]
    assert said == ["√ 填完"] + ["！ 请核对"] * (len(rows) - 1)
    assert set(handed(book, default_pack).refused) == {code for code, _, _ in rows[1:]}
