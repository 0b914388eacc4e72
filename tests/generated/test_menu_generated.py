"""Proves that the generator of packs writes every method of the menu, and one that it has never heard of by its schema branch."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from meihao.methods.menu import MEASURES, SCORES

from . import criteria
from .branches import from_branch
from .criteria import Wish, Writer
from .packs import load, make_pack
from .words import Data, Words, make_fields


def keys_of(data: object) -> Iterator[str]:
    """Yield the key of every measure and every score, at any depth."""
    for name, inner in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        if name in ("measure", "score"):
            yield from (key for key in inner if key in (MEASURES if name == "measure" else SCORES))
        yield from keys_of(inner)


def test_every_method_of_the_menu_is_generated() -> None:
    found = {key for number in range(40) for key in keys_of(dict(make_pack(number)))}
    assert found >= {*MEASURES, *SCORES}


@pytest.mark.parametrize("key", ["per_item", "deduct", "deduct_from_target", "linear", "discretion"])
def test_a_method_without_a_generator_is_written_by_its_branch(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(criteria, "WRITTEN_HERE", tuple(name for name in criteria.WRITTEN_HERE if name != key))
    asked: list[str] = []

    def noted(name: str, words: Words) -> Data:
        asked.append(name)
        return from_branch(name, words)

    monkeypatch.setattr(criteria, "from_branch", noted)
    assert all(load(make_pack(number)) for number in range(6))
    unwritten = {*MEASURES, *SCORES} - {*criteria.WRITTEN_HERE}  # a method that was just added is among them
    assert key in asked
    assert {*asked} <= unwritten


def test_what_a_branch_does_not_tell_is_said_by_name() -> None:
    seed = random.Random(1)
    writer = Writer(seed, make_fields(seed, ("place",)), "place", Wish(), 0)
    with pytest.raises(LookupError, match="count_rows"):
        from_branch("count_rows", writer.words)
    written: Data = from_branch("per", writer.words)
    assert {"per", "count", "of"} <= set(written)
