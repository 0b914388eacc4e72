"""Clerks of a county or township see what was declared beside the cell where they confirm it, and hand in only the latter."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from meihao.core.problems import Source
from meihao.evidence.model import Observation, UnitEvidence
from meihao.forms.layout import CLERK_FIRST_ROW, CLERK_HEADING_ROW, CLERK_ID_ROW, MARK, UNITS
from meihao.forms.template import write_template
from meihao.standard.model import Pack, Role

from .import_books import fill_clerk, handed
from .template_books import opened

DAY = date(2026, 5, 1)
GREY = "FFEDEDED"


def unit(code: str, households: int | None) -> UnitEvidence:
    seen = (
        Observation("households", households, f"示例村{code}", "applicant", DAY, Source()) if households else None,
        Observation("public.untidy_spots", 3, "检查员甲", "inspector", DAY, Source()),
    )
    return UnitEvidence(code, "village", f"示例村{code}", "", tuple(one for one in seen if one))


def clerk_book(pack: Pack, role: Role, lang: Any = "zh") -> Any:
    units = (unit("V-1", 420), unit("V-2", None))
    return opened(write_template(pack, "village", role, "clerk", prefill=units, lang=lang))


def columns(page: Any) -> dict[str, int]:
    return {cell.value: cell.column for cell in page[CLERK_ID_ROW] if cell.value}


@pytest.mark.parametrize("role", ["county", "township"])
@pytest.mark.parametrize(
    ("lang", "heading", "shown"), [("zh", "申报：", "420户"), ("en", "Declared: ", "420 households")]
)
def test_who_verifies_sees_what_was_declared_in_grey_and_cannot_write_there(
    default_pack: Pack, role: Role, lang: Any, heading: str, shown: str
) -> None:
    page = clerk_book(default_pack, role, lang)[UNITS.zh if lang == "zh" else UNITS["en"]]
    places = columns(page)
    place = places["households.declared"]
    assert places["households"] == place + 1, "it stands beside the cell to fill in"
    assert [name for name in places if name.endswith(".declared")] == ["households.declared"], "only what was declared"
    assert page.cell(CLERK_HEADING_ROW, place).value.startswith(heading)
    beside = [page.cell(row, place) for row in (CLERK_FIRST_ROW, CLERK_FIRST_ROW + 1)]
    assert [cell.value or "" for cell in beside] == [shown, ""]
    assert {(cell.protection.locked, cell.fill.fgColor.rgb) for cell in beside} == {(True, GREY)}
    assert page.cell(CLERK_FIRST_ROW, place + 1).value is None, "it is not theirs until they write a value"


@pytest.mark.parametrize("role", ["applicant", "inspector"])
def test_nobody_else_sees_it(default_pack: Pack, role: Role) -> None:
    page = clerk_book(default_pack, role)[UNITS.zh]
    assert not [name for name in columns(page) if name.endswith(".declared")]


@pytest.mark.parametrize("edition", ["this", "another"])
def test_what_was_only_shown_is_not_handed_in(default_pack: Pack, edition: str) -> None:
    book = clerk_book(default_pack, "county")
    fill_clerk(book, [("V-1", "示例村V-1", {"households": 418, "observer": "赵工"})], "村")
    if edition == "another":
        mark = next(row[1] for row in book[MARK].iter_rows() if row[0].value == "template_digest")
        mark.value = "sha256:0"
    result = handed(book, default_pack)
    seen = [(one.code, o.field, o.role, o.value) for one in result.units for o in one.observations]
    assert seen == [("V-1", "households", "county", 418)]
    assert [problem.code for problem in result.problems] == (["W020"] if edition == "another" else [])


def test_a_row_that_is_left_empty_was_filled_in_by_nobody(default_pack: Pack) -> None:
    assert handed(clerk_book(default_pack, "county"), default_pack).problems == ()


@pytest.mark.parametrize("kind", ["village", "community", "compound"])
def test_a_printed_page_never_parts_a_field_from_what_was_declared(default_pack: Pack, kind: str) -> None:
    asked = [f for f in default_pack.fields if kind in f.kinds and f.provided_by == "applicant" and f.type == "count"]
    seen = tuple(Observation(f.id, 3, "某单位", "applicant", DAY, Source()) for f in asked)
    units = (UnitEvidence("A-1", kind, "某单位", "", seen),)
    page = opened(write_template(default_pack, kind, "township", "clerk", prefill=units))[UNITS.zh]
    begins = {one.id for one in page.col_breaks.brk}  # a page ends behind these columns
    for name, place in columns(page).items():
        if name.endswith(".declared"):
            assert place not in begins, name
    assert begins
