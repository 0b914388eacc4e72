"""The starter standard is what it says: sizes, totals, lines, English throughout, a basis for every threshold, no warnings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from meihao.core.text import Label
from meihao.reports.frame import FOOT_AT_MOST, fitting
from meihao.standard.checking.check import check_pack
from meihao.standard.model import Criterion, Node, Pack, leaves
from meihao.standard.model.reads import records
from meihao.text_in.yaml_reader import read_yaml
from meihao.text_in.yaml_value import YamlValue

ROOT = Path(__file__).parent.parent

SIZES = {
    "village": (27, (15, 18, 25, 15, 12, 10, 5)),
    "community": (29, (15, 28, 15, 14, 12, 10, 6)),
    "compound": (25, (18, 17, 20, 17, 14, 8, 6)),
}


def criteria(pack: Pack) -> Iterator[Criterion]:
    for _, root in pack.standards:
        yield from leaves(root)


@pytest.mark.parametrize("kind", sorted(SIZES))
def test_a_standard_has_its_criteria_and_its_seven_dimensions(default_pack: Pack, kind: str) -> None:
    root = default_pack.standard(kind)
    count, points = SIZES[kind]
    assert len(list(leaves(root))) == count
    assert tuple(child.points for child in root.children) == points
    assert root.points == sum(points) == default_pack.base == 100
    assert all(isinstance(child, Node) for child in root.children)


def test_grades_and_bonus_are_as_announced(default_pack: Pack) -> None:
    shown = {g.id: [(line.of, line.percent, line.at_least.value) for line in g.lines] for g in default_pack.grades}  # type: ignore[union-attr]
    assert shown == {
        "qualified": [("base", False, 80), ("every_dimension", True, 60)],
        "model": [("base", False, 90), ("every_dimension", True, 80)],
    }
    assert default_pack.bonus_at_most == 10
    assert default_pack.pass_grade == "qualified"


def test_every_text_has_its_english(default_pack: Pack) -> None:
    labels = [record for record in records(default_pack) if isinstance(record, Label) and record.zh]
    assert len(labels) > 500
    assert [label for label in labels if not label.en or re.search("[一-龥]", label.en)] == []


def test_every_option_has_english_of_its_own() -> None:
    for path in sorted((ROOT / "criteria").glob("fields*.yaml")):
        document, _ = read_yaml(path.read_bytes(), path.name)
        assert document is not None
        for name, field in YamlValue(document, document.data)["fields"].items():
            columns = field["columns"].items() if "columns" in field else ()
            for title, asked in ((name, field), *((f"{name}.{c}", column) for c, column in columns)):
                if "options" in asked:
                    codes = {key: [code for code, _ in asked[key].items()] for key in ("options", "options_en")}
                    assert codes["options"] == codes["options_en"], title


def test_every_criterion_says_where_it_comes_from_and_how_to_earn_the_rest(default_pack: Pack) -> None:
    for c in criteria(default_pack):
        assert c.basis.origin in ("article", "public_sheet", "law", "ours", "committee")
        assert c.basis.quote or c.basis.origin != "article", c.id
        assert c.basis.source or c.basis.origin not in ("public_sheet", "law"), c.id
        assert c.remedy.zh, c.id
        assert c.checked_by, c.id


def test_the_pack_says_that_it_is_a_starter_standard(default_pack: Pack) -> None:
    assert "起步标准" in default_pack.notice.zh
    assert default_pack.status == "draft"
    assert default_pack.issued_by == ""


def test_the_static_check_has_nothing_to_say(default_pack: Pack) -> None:
    assert [p.text() for p in check_pack(default_pack)] == []


def test_what_the_standard_says_of_itself_fits_the_foot_of_a_page(default_pack: Pack) -> None:
    assert [fitting(text, FOOT_AT_MOST) for text in (default_pack.notice.zh, default_pack.notice["en"])] == [
        default_pack.notice.zh,
        default_pack.notice["en"],
    ]
