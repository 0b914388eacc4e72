"""Proves that the phrases of reports are whole: each key is used, and takes the same values in both languages and on its page."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

import pytest

import meihao
from meihao.core.text import Label
from meihao.reports.paper_words import PAPER_WORDS
from meihao.reports.phrases.joints import JOINTS
from meihao.reports.phrases.official import OFFICIAL
from meihao.reports.phrases.ranking import RANKING

REPORTS = Path(meihao.__file__).parent / "reports"
PHRASES: Mapping[str, Label] = {**JOINTS, **RANKING, **OFFICIAL}
COUNTED_APART = {"names_more", "awaited_more"}  # zh says how many there are in all, en how many more
GATHERED = ("places", "lists", "unit_place", "summary", "decision", "notice", "paper_parts")


def _asked(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _calls(page: str) -> Iterator[tuple[str, set[str]]]:
    """Yield each key that a page says, with the values that it gives."""
    for node in ast.walk(ast.parse((REPORTS / f"{page}.py").read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and ast.unparse(node.func).rpartition(".")[2] in ("t", "speaker(lang)")
            and node.args
        ):
            said = node.args[0]
            keys = (said.body, said.orelse) if isinstance(said, ast.IfExp) else (said,)
            for key in keys:
                if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value in PHRASES:
                    yield key.value, {word.arg or "" for word in node.keywords}


def _literal(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def inline(text: str) -> list[str]:
    """Return the sentences that stand inline in two languages: pick(zh, en), or chosen by language with `if`."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "pick":
            found.append(ast.unparse(node))
        if isinstance(node, ast.IfExp) and _literal(node.body) and _literal(node.orelse):
            found += (
                [ast.unparse(node)] if "lang ==" in ast.unparse(node.test) or ast.unparse(node.test) == "zh" else []
            )
    return found


@pytest.mark.parametrize("key", sorted(PHRASES))
def test_both_languages_take_the_same_values(key: str) -> None:
    zh, en = _asked(PHRASES[key].zh), _asked(PHRASES[key]["en"])
    assert (zh | en == {"all", "more"}) if key in COUNTED_APART else zh == en


@pytest.mark.parametrize("page", GATHERED)
def test_a_page_gives_each_phrase_its_values_and_no_others(page: str) -> None:
    for key, given in _calls(page):
        assert given == _asked(PHRASES[key].zh) | _asked(PHRASES[key]["en"]), key


def test_every_phrase_is_used() -> None:
    pages = "".join(path.read_text("utf-8") for path in REPORTS.glob("*.py"))
    assert [key for key in PHRASES if f'"{key}"' not in pages] == []


def test_no_key_stands_in_two_parts_of_the_catalogue() -> None:
    parts = (PAPER_WORDS, JOINTS, RANKING, OFFICIAL)
    keys = [key for part in parts for key in part]
    assert len(keys) == len(set(keys))
    own = (REPORTS / "words.py").read_text("utf-8")
    assert [key for key in keys if f'    "{key}": Label(' in own] == []


@pytest.mark.parametrize("page", GATHERED)
def test_no_sentence_stands_inline(page: str) -> None:
    assert inline((REPORTS / f"{page}.py").read_text("utf-8")) == []


@pytest.mark.parametrize(
    "text", ['say.pick("是", "yes")', '"是" if lang == "zh" else "yes"', 'f"{n}个" if zh else f"{n}"']
)
def test_a_sentence_put_inline_is_found(text: str) -> None:
    assert inline(text)
