"""Proves that rules and items come after what they read, in written order where nothing is read, and that circles are found."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.standard.tiny_pack import tiny

from meihao.standard.model import Criterion, Node, Rule, leaves
from meihao.standard.model.order import circle, item_order, strata
from meihao.standard.model.reads import findings_of, items_of


def rules(reads: dict[str, tuple[str, ...]]) -> tuple[Rule, ...]:
    """Return rules by name, each reading the findings of others."""
    pattern = tiny().rules[0]

    return tuple(replace(pattern, id=name, reads=names) for name, names in reads.items())


def names(layers: tuple[tuple[Rule, ...], ...]) -> list[list[str]]:
    return [[rule.id for rule in layer] for layer in layers]


def test_rules_that_read_nothing_are_one_layer_in_written_order() -> None:
    assert names(strata(rules({"b": (), "a": (), "c": ()}))) == [["b", "a", "c"]]


def test_a_rule_stands_one_layer_above_the_deepest_that_it_reads() -> None:
    assert names(strata(rules({"d": ("c", "a"), "c": ("b",), "b": ("a",), "a": ()}))) == [["a"], ["b"], ["c"], ["d"]]


def test_findings_of_rules_elsewhere_count_as_known() -> None:
    assert names(strata(rules({"a": ("earlier",)}))) == [["a"]]
    assert strata(()) == ()


def test_a_circle_is_named_in_the_order_of_reading() -> None:
    found = circle(rules({"a": ("b",), "b": ("c",), "c": ("a",), "d": ()}))
    assert sorted(rule.id for rule in found) == ["a", "b", "c"]


def test_a_rule_that_reads_itself_is_a_circle() -> None:
    assert [rule.id for rule in circle(rules({"a": ("a",)}))] == ["a"]


def test_strata_of_a_circle_raise() -> None:
    with pytest.raises(ValueError, match="cycle"):
        strata(rules({"a": ("b",), "b": ("a",)}))


def test_items_keep_the_written_order_where_nothing_is_read() -> None:
    root = tiny().standard("community")
    assert item_order(root) == tuple(leaves(root))


def test_an_item_comes_after_the_items_that_it_reads() -> None:
    root = tiny().standard("village")
    late = next(leaf for leaf in leaves(root) if leaf.id == "village.satisfaction.impression")
    services, satisfaction = root.children
    assert isinstance(services, Node)
    clinic, *others = services.children
    assert isinstance(clinic, Criterion)
    moved = replace(services, children=(replace(clinic, reads=(late.id,)), *others))
    order = [item.id for item in item_order(replace(root, children=(moved, satisfaction)))]
    assert order.index(late.id) < order.index(clinic.id) < order.index("village.satisfaction.routes")
    assert sorted(order) == sorted(leaf.id for leaf in leaves(root))


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 30), max_size=3), max_size=8))
def test_every_rule_comes_after_all_that_it_reads(wanted: list[list[int]]) -> None:
    reads = {f"r{n}": tuple(f"r{m % n}" for m in several) if n else () for n, several in enumerate(wanted)}
    layers = strata(rules(reads))
    depth = {rule.id: level for level, layer in enumerate(layers) for rule in layer}
    assert all(depth[other] < depth[name] for name, others in reads.items() for other in others)
    assert sorted(depth) == sorted(reads)


def test_the_loader_notes_what_every_item_and_rule_reads() -> None:
    pack = tiny()
    items = [leaf for _, root in pack.standards for leaf in leaves(root)]
    assert [item.reads for item in items] == [items_of(item) for item in items]
    assert [rule.reads for rule in pack.rules] == [findings_of(rule) for rule in pack.rules]
    assert any(item.reads for item in items)
    assert any(rule.reads for rule in pack.rules)
