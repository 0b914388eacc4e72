"""The starter standard is what it says: sizes, totals, lines, English throughout, a basis for every threshold, no warnings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from meihao.core.text import Label
from meihao.standard.check import check_pack
from meihao.standard.model import Combine, Criterion, Node, Pack, leaves

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


def labels(pack: Pack) -> Iterator[tuple[str, Label]]:
    yield from (("pack", pack.title), ("notice", pack.notice))
    for group in (pack.kinds, pack.groups, pack.grades, pack.profiles):
        yield from ((one.id, one.title) for one in group)
    for field in pack.fields:
        yield field.id, field.title
        yield from ((f"{field.id}.{column.id}", column.title) for column in field.columns)
    for _, root in pack.standards:
        yield from ((child.id, child.title) for child in root.children)
    for c in criteria(pack):
        yield from ((c.id, c.title), (f"{c.id} remedy", c.remedy))
        if isinstance(c.score, Combine):
            yield from ((f"{c.id} part", part.title) for part in c.score.parts)
    for rule in pack.rules:
        yield from ((rule.id, rule.title), (f"{rule.id} say", rule.say))
    for other in (pack.relations, pack.waivers, pack.bonuses, pack.processes):
        yield from ((one.id, one.title) for one in other)
    yield from ((f"{p.id}.{t.id}", t.title) for p in pack.profiles for t in p.tiers)


def test_every_text_has_its_english(default_pack: Pack) -> None:
    assert [name for name, label in labels(default_pack) if label.zh and not label.en] == []


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
