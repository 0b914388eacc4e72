"""Proves that a method is whole: under one name stand its schema branch, its page with cases and its sentences."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.assessment.packs import item_of, make_pack, read

from meihao.assessment.explain.sentences import item_sentence
from meihao.assessment.explain.vocabulary import Words
from meihao.assessment.results import Item
from meihao.methods.menu import MEASURES, SCORES
from meihao.standard.checking.scores import check_scores
from meihao.standard.describe import scribe_of, tell
from meihao.standard.model import Pack, leaves

ROOT = Path(__file__).parents[2]
KEYS = [*MEASURES, *SCORES]


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
    zh, en = (item_sentence(item, criterion, Words.of(pack, lang)) for lang in ("zh", "en"))
    return zh, en
