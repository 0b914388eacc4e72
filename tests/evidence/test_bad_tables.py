"""Proves that bad tables are refused at the right place, with the code that was written down by hand and frozen words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from meihao.core.problems import errors

from .bad_tables import BAD, Bad
from .small_pack import read, said

WORDS = Path(__file__).with_name("bad_tables.txt")


def answers(bad: Bad, folder: Path) -> tuple[list[str], list[str], int]:
    units, problems = read(folder, bad.file, bad.data)
    places = [f"{p.source} {p.code}".replace(f"{folder}/{bad.file}", "") for p in problems]
    words = [line for pair in zip(said(problems, folder), said(problems, folder, "en"), strict=True) for line in pair]
    assert bool(errors(problems)) == (not units)
    return places, words, len(units)


@pytest.mark.parametrize("bad", BAD, ids=[bad.name for bad in BAD])
def test_a_bad_table_is_answered_at_its_place(bad: Bad, tmp_path: Path) -> None:
    places, _, units = answers(bad, tmp_path)
    assert places == list(bad.answers)
    assert units == bad.units


def test_the_words_are_frozen(tmp_path: Path) -> None:
    blocks = [f"# {bad.name}\n" + "\n".join(answers(bad, tmp_path)[1]) + "\n" for bad in BAD]
    if os.environ.get("MEIHAO_REWRITE_GOLDENS"):
        WORDS.write_text("\n".join(blocks), encoding="utf-8")
    assert "\n".join(blocks) == WORDS.read_text(encoding="utf-8")


def test_names_are_given_once_and_there_are_many() -> None:
    assert len({bad.name for bad in BAD}) == len(BAD) >= 40
