"""A template with a unit's values, handed in as it is or after an office program, is that unit's evidence again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from meihao.core.problems import errors
from meihao.evidence.model import UnitEvidence, Value
from meihao.forms.layout import COVER, COVER_INPUTS, COVER_VALUE_COLUMN, column
from meihao.forms.read_book import read_handed
from meihao.forms.summary import CORRECTIONS
from meihao.forms.template import write_template
from meihao.standard.model import Pack

from .template_books import line, opened, sample_unit, saved, with_discretion

DAY = date(2026, 6, 30)


def facts(unit: UnitEvidence) -> Mapping[str, Value]:
    return {seen.field: seen.value for seen in unit.observations if seen.role == "applicant"}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", ["V-0001", "V-0013", "Q-0002", "C-0007", "C-0013"])
def test_what_is_put_in_comes_out(default_pack: Pack, sample_folder: Path, code: str, lang: Any) -> None:
    unit = sample_unit(sample_folder, default_pack, code)
    data = write_template(default_pack, unit.kind, unit=code, prefill=(unit,), lang=lang, on=DAY)
    handed = read_handed(data, "a.xlsx", default_pack)
    assert not handed.problems, "nothing to mend, nothing corrected"
    (again,) = handed.units
    assert (again.code, again.kind, again.name, again.region) == (unit.code, unit.kind, unit.name, unit.region)
    assert facts(again) == facts(unit)
    held = {(d.title, d.number, d.issuer, d.day, d.valid_to, d.proves, d.sha256) for d in unit.documents}
    assert {(d.title, d.number, d.issuer, d.day, d.valid_to, d.proves, d.sha256) for d in again.documents} <= held


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_clerks_rows_come_out_as_their_units(default_pack: Pack, sample_folder: Path, lang: Any) -> None:
    units = tuple(sample_unit(sample_folder, default_pack, f"V-{number:04}") for number in range(1, 6))
    data = write_template(default_pack, "village", form="clerk", prefill=units, lang=lang, on=DAY)
    handed = read_handed(data, "a.xlsx", default_pack)
    assert not [p for p in handed.problems if p.code in CORRECTIONS]
    assert not errors(handed.problems)
    assert [facts(unit) for unit in handed.units] == [facts(unit) for unit in units]


def test_an_inspectors_value_comes_with_its_day_and_its_reason(default_pack: Pack) -> None:
    pack, field = with_discretion(default_pack, "compound")
    book = opened(write_template(pack, "compound", "inspector", unit="C-1"))
    cover = {
        cell.id: row for row in range(1, 60) for cell in COVER_INPUTS if book[COVER.zh].cell(row, 1).value == cell.id
    }
    for word, value in (("name", "示例小区"), ("observer", "李四")):
        book[COVER.zh].cell(cover[word], COVER_VALUE_COLUMN).value = value
    page, row = line(book, field)
    for word, given in (("value", 3), ("date", date(2026, 6, 1)), ("reason", "看了三处，都符合")):
        page.cell(row, column(word)).value = given
    handed = read_handed(saved(book), "a.xlsx", pack)
    assert not errors(handed.problems)
    (seen,) = handed.units[0].observations
    assert (seen.field, seen.value, seen.observer, seen.role) == (field, 3, "李四", "inspector")
    assert (seen.day, seen.reason) == (date(2026, 6, 1), "看了三处，都符合")
