"""Templates opened and saved again by a real office program: nothing is lost, and formulas give what we wrote beside them."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from meihao.core.problems import errors
from meihao.evidence.model import UnitEvidence
from meihao.evidence.xlsx_file import read_xlsx
from meihao.forms.layout import COVER, LISTS, MARK
from meihao.forms.read_book import read_handed
from meihao.forms.template import write_template
from meihao.standard.model import ROLES, Pack, Role

from .import_books import fill_clerk, fill_cover, fill_lines, good, handed, template
from .template_books import KINDS, opened, sample_unit, saved, with_discretion

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="no LibreOffice on this machine")
DAY = date(2026, 6, 30)


@pytest.fixture(scope="module")
def unit(default_pack: Pack, sample_folder: Path) -> UnitEvidence:
    return sample_unit(sample_folder, default_pack, "C-0007")


@pytest.fixture(scope="module")
def books(default_pack: Pack, unit: UnitEvidence) -> dict[str, bytes]:
    """One of each form, empty and filled."""
    village = UnitEvidence("V-1", "village", "示例村", "", ())
    return {
        "empty": write_template(default_pack, "village"),
        "filled": write_template(default_pack, "compound", unit=unit.code, prefill=(unit,), on=DAY),
        "english": write_template(default_pack, "compound", unit=unit.code, prefill=(unit,), on=DAY, lang="en"),
        "inspector": write_template(with_discretion(default_pack, "compound")[0], "compound", "inspector"),
        "clerk": write_template(default_pack, "compound", form="clerk", prefill=(unit,), on=DAY),
        "clerks": write_template(default_pack, "village", form="clerk", prefill=(village,)),
    }


EVERY = [(kind, role, form) for kind in KINDS for role in ROLES for form in ("unit", "clerk")]


@pytest.fixture(scope="module")
def answered(default_pack: Pack) -> dict[str, bytes]:
    """Every template of every role, with an answer in every field and a line in every ledger but one."""
    return {f"{kind}-{role}-{form}": _answered(default_pack, kind, role, form) for kind, role, form in EVERY}


def _answered(pack: Pack, kind: str, role: Role, form: str) -> bytes:
    book = template(pack, kind, form, role)
    values = {field.id: good(field) for field in pack.fields if kind in field.kinds}
    if form == "clerk":
        people = {"observer": "填报人甲", "role": ROLES[role].zh} if role != "applicant" else {}
        fill_clerk(book, [(f"0{n}", f"示例{n}", {**values, **people}) for n in (1, 2)], kind)
    else:
        fill_cover(book, unit="01", name="示例单位", observer="检查员甲", date=DAY)
        fill_lines(book, values)
    return saved(book)


@pytest.fixture(scope="module")
def resaved(
    books: dict[str, bytes], answered: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    """The same books after the office program, in one call of it; what formulas give was taken out before, so that it
    had to compute it."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "in").mkdir()
    for name, data in (books | answered).items():
        (folder / "in" / f"{name}.xlsx").write_bytes(saved(opened(data)))
    command = [str(OFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder)]
    command += [str(path) for path in sorted((folder / "in").iterdir())]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {name: (folder / f"{name}.xlsx").read_bytes() for name in (*books, *answered)}


NAMES = ("empty", "filled", "english", "inspector", "clerk", "clerks")


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_reads_the_same_and_every_formula_gives_what_we_wrote(
    books: dict[str, bytes], resaved: dict[str, bytes], name: str
) -> None:
    before, after = (opened(one[name], values=True) for one in (books, resaved))
    assert before.sheetnames == after.sheetnames
    for page in before:
        for row in page.iter_rows():
            for cell in row:
                assert (after[page.title][cell.coordinate].value or "") == (cell.value or ""), (
                    page.title,
                    cell.coordinate,
                )


@pytest.mark.parametrize("name", NAMES)
def test_what_our_reader_reads_is_the_same(books: dict[str, bytes], resaved: dict[str, bytes], name: str) -> None:
    (before, _), (after, problems) = (read_xlsx(one[name], "a.xlsx") for one in (books, resaved))
    assert not problems
    for one, two in zip(before, after, strict=True):
        assert (one.name, one.hidden, one.percents) == (two.name, two.hidden, two.percents)
        assert one.rows == two.rows


@pytest.mark.parametrize("name", NAMES)
def test_locks_validations_filters_and_print_titles_are_kept(
    books: dict[str, bytes], resaved: dict[str, bytes], name: str
) -> None:
    before, after = (opened(one[name]) for one in (books, resaved))
    for page in (one for one in before if one.sheet_state == "visible"):
        other = after[page.title]
        assert other.protection.sheet
        assert (other.protection.sort, other.protection.autoFilter) == (
            page.protection.sort,
            page.protection.autoFilter,
        )
        assert (other.auto_filter.ref, other.print_title_rows) == (page.auto_filter.ref, page.print_title_rows)
        assert (other.page_setup.orientation, other.page_setup.paperSize) == (
            page.page_setup.orientation, page.page_setup.paperSize,
        )  # fmt: skip
        assert _rules(other) == _rules(page)
        for row in page.iter_rows():
            for cell in row:
                assert other[cell.coordinate].protection.locked == cell.protection.locked, (page.title, cell.coordinate)


def _rules(page: Any) -> list[tuple[object, ...]]:
    """Return the validations by their first cell: of long columns the program keeps about a thousand rows."""
    return sorted(
        (str(rule.sqref).split(":")[0], rule.type, rule.formula1, rule.formula2 or "0", rule.error or "",
         rule.errorStyle or "stop", rule.prompt or "")
        for rule in page.data_validations.dataValidation
    )  # fmt: skip


def test_hidden_sheets_stay_hidden_and_the_cover_stays_first(resaved: dict[str, bytes]) -> None:
    book = opened(resaved["filled"])
    assert book.sheetnames[0] == COVER.zh
    assert [book[name].sheet_state != "visible" for name in (MARK, LISTS)] == [True, True]


@pytest.mark.parametrize("name", ["filled", "english", "clerk"])
def test_the_import_loses_nothing_after_the_office_program(
    resaved: dict[str, bytes], books: dict[str, bytes], default_pack: Pack, unit: UnitEvidence, name: str
) -> None:
    before, after = (read_handed(one[name], "a.xlsx", default_pack) for one in (books, resaved))
    assert not errors(after.problems)
    assert after.units == before.units
    own = {seen.field: seen.value for seen in unit.observations if seen.role == "applicant"}
    assert {seen.field: seen.value for seen in after.units[0].observations} == own


@pytest.mark.parametrize("name", ["-".join(one) for one in EVERY])
def test_every_template_filled_in_and_saved_again_says_the_same(
    resaved: dict[str, bytes], answered: dict[str, bytes], default_pack: Pack, name: str
) -> None:
    before, after = (handed(one[name], default_pack) for one in (answered, resaved))
    assert not errors(after.problems)
    assert after.units == before.units
    kind, role, _ = name.split("-")
    asked = {f.id for f in default_pack.fields if kind in f.kinds and f.provided_by == role}
    for unit in after.units:
        assert asked <= {seen.field for seen in unit.observations if seen.role == role}
