"""Proves that a method is whole: under one name stand its schema branch, its page with cases and its sentences."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.assessment.packs import item_of, make_pack, read

from meihao.assessment.explain.sentences import item_sentence
from meihao.assessment.explain.sums import LABELS
from meihao.assessment.explain.vocabulary import PackLabels
from meihao.assessment.results import Item
from meihao.methods.aggregate import Share
from meihao.methods.menu import AGGREGATES, MEASURES, SCORES, Aggregate
from meihao.methods.scribe import Scribe
from meihao.standard.checking.scores import check_scores
from meihao.standard.describe import scribe_of, tell
from meihao.standard.model import Node, Pack, leaves

ROOT = Path(__file__).parents[2]
KEYS = [*MEASURES, *SCORES]
ZH = Scribe("zh", {}, {}, {})
SHARES = (Share("a", 8, 8, 10, 3, True), Share("b", 1, 1, 5, 1, True))
"""The example of docs/order-of-effects."""


def compose_schema() -> ModuleType:
    spec = importlib.util.spec_from_file_location("compose_schema", ROOT / "scripts" / "compose_schema.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_schema_for_editors_is_composed_of_the_branches_beside_the_methods() -> None:
    composer = compose_schema()
    text = composer.SCHEMA.read_text(encoding="utf-8")
    assert composer.composed(text) == text, "make schema writes it anew"


def test_a_key_without_a_branch_stops_the_composing() -> None:
    composer = compose_schema()
    with pytest.raises(KeyError, match="halve"):
        composer.branches({"halve": SCORES["deduct"]})


@pytest.mark.parametrize("key", KEYS)
def test_a_method_stands_in_the_module_of_its_name(key: str) -> None:
    method = {**MEASURES, **SCORES}[key]
    place = method.__module__.rpartition(".")[2]
    assert place == (key if len(method.keys) == 1 else "combine")


@pytest.mark.parametrize(("key", "way"), AGGREGATES.items())
def test_a_way_of_combining_stands_in_the_module_of_its_name_with_its_line_and_its_rows_in_the_documents(
    key: str, way: Aggregate
) -> None:
    assert type(way).__module__ == f"meihao.methods.aggregates.{key}"
    assert (LABELS[way.line], way.adds_up) == (way.line_label, not way.describe(20, [("甲", 3)], ZH))
    for lang in ("", ".zh"):
        page, language = (
            (ROOT / "docs" / f"{name}{lang}.md").read_text(encoding="utf-8")
            for name in ("order-of-effects", "language")
        )
        (row,) = re.findall(rf"^\| `{key}`.*\|$", page, re.MULTILINE)
        full, earned = map(int, re.findall(r"(?:full marks |满分)(\d+).*?[=＝] ?(\d+)", row)[0])
        assert way.combine(SHARES, full, 15, 2)[1] == (earned, earned)
        assert f"`aggregate: {'|'.join(AGGREGATES)}`" in language


def test_a_node_without_a_word_on_combining_is_a_sum_and_what_does_not_apply_is_made_up_for() -> None:
    pack = make_pack("[{id: c, points: 4, asks: [x], score: {yes_no: x}}]", "x: {type: yes_no}")
    (node,) = pack.standard("place").children
    assert isinstance(node, Node)
    way = node.aggregate
    assert way == AGGREGATES["sum"]
    assert way.combine(SHARES[:1], 15, 10, 2) == ((8, 8), (12, 12))


@pytest.mark.parametrize("key", KEYS)
def test_the_lists_of_the_documents_name_every_method(key: str) -> None:
    assert f"[`{key}`]({key}.md)" in (ROOT / "docs" / "methods" / "README.md").read_text(encoding="utf-8")
    assert key in (ROOT / "docs" / "language.md").read_text(encoding="utf-8")


def examples(key: str) -> Iterator[tuple[Pack, list[Any]]]:
    """Yield the pack of each example on a method's page, with its cases: what an author copies to begin with."""
    text = (ROOT / "docs" / "methods" / f"{key}.md").read_text(encoding="utf-8")
    for block in text.split("```yaml\n")[1:]:
        given = read(block.partition("```")[0])
        rules = str({"processes": given["processes"]}) if "processes" in given else "{}"
        yield make_pack(str([given["criterion"]]), str(given["fields"]), rules), given["cases"]


@pytest.mark.parametrize("key", KEYS)
def test_the_example_of_a_page_is_checked_told_and_explained_in_both_languages(key: str) -> None:
    for pack, cases in examples(key):
        assert check_scores(pack) == ()
        (criterion,) = leaves(pack.standard("place"))
        zh, en = (tell(criterion, scribe_of(pack, lang)) for lang in ("zh", "en"))
        assert all("分" in line or line[0] in "①②③" for line in zh.score)
        assert len(zh.score) == len(en.score)
        for case in cases:
            if "context" not in case and "documents" not in case:
                told = sentences(item_of(pack, case["given"]), pack)
                assert all(told)
                assert told[0] != told[1]


def sentences(item: Item, pack: Pack) -> tuple[str, str]:
    (criterion,) = leaves(pack.standard("place"))
    zh, en = (item_sentence(item, criterion, PackLabels.of(pack, lang)) for lang in ("zh", "en"))
    return zh, en
