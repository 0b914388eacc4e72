"""Proves that every sentence of a report stands in phrases/, once, in both languages, with the values that its pages give it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.catalogues import HAN, asked, catalogues, inline, written_once

import meihao
from meihao.core.text import Label
from meihao.reports.words import PHRASES

REPORTS = Path(meihao.__file__).parent / "reports"
TEMPLATES = Path(__file__).parents[2] / "reports" / "templates"
PARTS = catalogues(REPORTS)
NO_PAGES = (
    "__init__",
    "messages",
    "titles",
    "clean",
)  # a catalogue of problems; where a title may end; what can be printed
PAGES = tuple(path.stem for path in sorted(REPORTS.glob("*.py")) if path.stem not in NO_PAGES)
COUNTED_APART = {"names_more", "awaited_more", "source_and_more"}  # zh says how many there are in all, en how many more
TYPEFACES = ("FACES", "FAMILIES", "KAI_FAMILIES")
IN_TEMPLATES = {  # a template is part of its standard's digest
    "blank_score.html": ["满分"],
    "report.css": ["第", "页", "共", "页"],
    "unit.typ": ["第", "页", "共", "页"],
}
Call = tuple[str, set[str]]


def _calls(page: str) -> Iterator[Call]:
    """Yield each key that a page says, with the values that it gives."""
    for node in ast.walk(ast.parse((REPORTS / f"{page}.py").read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args and _says(ast.unparse(node.func)):
            said = node.args[0]
            for key in (said.body, said.orelse) if isinstance(said, ast.IfExp) else (said,):
                if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value in PHRASES:
                    yield key.value, {word.arg or "" for word in node.keywords}


def _says(called: str) -> bool:
    return called == "t" or called.endswith(".t") or called.startswith("speaker(")


def _calls_of_templates() -> Iterator[Call]:
    for path in TEMPLATES.glob("*.html"):
        for key, values in re.findall(r"\bt\(\"(\w+)\"((?:, \w+=[\w.]+)*)\)", path.read_text("utf-8")):
            yield key, set(re.findall(r"(\w+)=", values))


@pytest.mark.parametrize("key", sorted(PHRASES))
def test_both_languages_take_the_same_values(key: str) -> None:
    zh, en = asked(PHRASES[key].zh), asked(PHRASES[key]["en"])
    assert (zh ^ en == {"all", "more"}) if key in COUNTED_APART else zh == en


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.stem)
def test_every_phrase_is_written_in_both_languages(part: Path) -> None:
    assert "Label(" in part.read_text("utf-8")
    assert written_once(part) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_gives_each_phrase_its_values_and_no_others(page: str) -> None:
    for key, given in _calls(page):
        assert given == asked(PHRASES[key].zh) | asked(PHRASES[key]["en"]), key


def test_templates_know_every_key_and_give_it_its_values() -> None:
    calls = list(_calls_of_templates())
    assert len(calls) > 100
    assert [(key, given) for key, given in calls if given != asked(PHRASES.get(key, Label("{}?")).zh)] == []


def test_every_phrase_is_used() -> None:
    pages = "".join(path.read_text("utf-8") for path in (*REPORTS.glob("*.py"), *TEMPLATES.glob("*.html")))
    assert [key for key in PHRASES if f'"{key}"' not in pages] == []


def test_no_key_stands_in_two_parts_of_the_catalogue() -> None:
    keys = [key for part in PARTS for key in re.findall(r'^    "(\w+)": Label\(', _catalogue(part), re.MULTILINE)]
    assert sorted(keys) == sorted(PHRASES)


def _catalogue(part: Path) -> str:
    """Return the table of a part that has its name; the tables beside it are chosen from by a code, not by a key."""
    return part.read_text("utf-8").partition(f"{part.stem.upper()}: Mapping")[2].partition("\n}\n")[0]


@pytest.mark.parametrize("page", PAGES)
def test_no_sentence_stands_in_a_page(page: str) -> None:
    assert inline((REPORTS / f"{page}.py").read_text("utf-8"), TYPEFACES) == []


@pytest.mark.parametrize(
    "text",
    [
        'say.pick("是", "yes")',
        'chooser(lang)("是", f"{n} yes")',
        '"是" if lang == "zh" else "yes"',
        'f"{n}; " if zh else between',
        '("；", "：") if self.lang == "zh" else ("; ", ": ")',
        'HIDDEN = Label("不印", "not printed")',
        'def f(n):\n    "一"\n    return f"第{n}名"',
    ],
)
def test_a_sentence_put_into_a_page_is_found(text: str) -> None:
    assert inline(text)


@pytest.mark.parametrize("text", ['def f():\n    "返回甲"', 'Message("P001", "甲", "a")', 'FACES = {"zh": "仿宋"}'])
def test_what_is_no_word_of_a_page_is_not(text: str) -> None:
    assert inline(text, TYPEFACES) == []


def test_templates_hold_no_words_but_these() -> None:
    words = {path.name: HAN.findall(path.read_text("utf-8")) for path in TEMPLATES.iterdir()}
    assert {name: found for name, found in words.items() if found} == IN_TEMPLATES
