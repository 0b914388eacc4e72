"""`template --disputed`: what inspectors see differently, or too few have seen, goes blind to another one and comes back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from tests.calling import Cli

from meihao.forms.layout import COVER, ITEMS, LINES
from meihao.pipeline import read_units
from meihao.round.cases import make_cases
from meihao.round.merge import to_look_again
from meihao.round.model import Case
from meihao.round.read import read_round_file
from meihao.standard.model import Pack

from .import_books import fill_cover, fill_lines, template
from .template_books import lines, opened, saved

SAME, APART, ONE_SAW = "parking.spots", "green.spots", "property.faults"  # each wants two looks
APART_VALUES = (111, 155)  # further apart than any tolerance, and found nowhere else in a form


@pytest.fixture
def inspected(hand_in: Cli, default_pack: Pack, round_: Path, tmp_path: Path) -> Path:
    """A round in which two inspectors have looked at a compound: one item agrees, one does not, one was seen by one alone."""
    looks = {"检查员甲": {SAME: 2, APART: APART_VALUES[0], ONE_SAW: 1}, "检查员乙": {SAME: 3, APART: APART_VALUES[1]}}
    for name, values in looks.items():
        look(hand_in, template(default_pack, "compound", "unit", "inspector"), name, values, round_, tmp_path)
    return round_


def look(hand_in: Cli, book: object, name: str, values: Mapping[str, object], round_: Path, folder: Path) -> None:
    fill_cover(book, unit="C-1", name="某小区", observer=name, date="2026-06-10")
    fill_lines(book, values)
    path = folder / f"{name}.xlsx"
    path.write_bytes(saved(book))
    code, out, err = hand_in(path, "--round", round_, "--on", "2026-06-12")
    assert code == 0, out + err


def case_of(pack: Pack, folder: Path) -> Case:
    round_, _ = read_round_file(folder / "round.yaml", pack)
    assert round_ is not None
    units, _ = read_units([folder / "evidence"], pack, round_)
    return make_cases(pack, round_, units, whole_round=False)[0]


def test_what_wants_another_look_is_disputed_or_seen_by_too_few(default_pack: Pack, inspected: Path) -> None:
    assert set(to_look_again(case_of(default_pack, inspected).facts)) == {APART, ONE_SAW}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_form_asks_for_those_alone_and_shows_no_value(cli: Cli, inspected: Path, tmp_path: Path, lang: str) -> None:
    words = ("--lang", lang, "template", "--round", inspected, "--role", "inspector", "--disputed")
    code, out, _ = cli(*words, "--to", tmp_path / "again")
    assert (code, [Path(one).name for one in out.split()]) == (0, ["compound-inspector-C-1-again.xlsx"])
    book = opened(Path(out.strip()).read_bytes(), values=True)
    assert {name for name, _, _ in lines(book)} == {APART, ONE_SAW}
    every = [str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row if cell is not None]
    held = [
        cell for cell in every if any(re.search(rf"(?<![0-9a-f]){value}(?![0-9a-f])", cell) for value in APART_VALUES)
    ]
    assert held == []
    cover = " ".join(
        str(cell) for row in book[COVER.zh if lang == "zh" else COVER["en"]].iter_rows(values_only=True) for cell in row
    )
    for name in ("检查员甲", "检查员乙"):
        assert name in cover, "whoever has looked leaves it to another one"
    items = book[ITEMS.zh if lang == "zh" else ITEMS["en"]]
    place = next(n for n, one in enumerate(LINES) if one.id == "value")
    assert [items.cell(row, place + 1).value for _, _, row in lines(book)] == [None, None]


def test_what_the_third_one_saw_is_taken_in_and_settles_it(
    cli: Cli, hand_in: Cli, default_pack: Pack, inspected: Path, tmp_path: Path
) -> None:
    words = ("template", "--round", inspected, "--role", "inspector", "--disputed", "--to", tmp_path / "again.xlsx")
    assert cli(*words)[0] == 0
    book = opened((tmp_path / "again.xlsx").read_bytes())
    look(hand_in, book, "检查员丙", {APART: 140, ONE_SAW: 2}, inspected, tmp_path)
    case = case_of(default_pack, inspected)
    assert case.facts[APART].value == 140, "the middle one of 111, 140 and 155"
    assert case.facts[ONE_SAW].value == Fraction(3, 2), "the mean of 1 and 2"
    assert case.facts[SAME].value == Fraction(5, 2), "what was agreed before still stands: the mean of 2 and 3"
    assert not to_look_again(case.facts)
    code, out, err = cli(*words)
    assert (code, out) == (0, "")
    assert "W132" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--round", "ROUND"), "W134"),
        (("--role", "inspector"), "W134"),
        (("--role", "inspector", "--round", "ROUND", "--form", "clerk"), "W134"),
        (("--role", "inspector", "--round", "ROUND", "--unit", "C-9"), "evidence C013"),
    ],
)
def test_it_says_what_it_needs(cli: Cli, inspected: Path, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    given = (inspected if word == "ROUND" else word for word in words)
    code, out, err = cli("template", "--disputed", *given, "--to", tmp_path / "again")
    assert (code, out) == (2, "")
    assert said in err
    assert not (tmp_path / "again").exists()
