"""An unknown says why, each reason once, and is neither true nor false."""

from __future__ import annotations

import pytest

from meihao.core.unknown import Unknown, Why, merge

ONE, TWO = Why("missing_fact", "a"), Why("awaiting_inspector", "b", looks=(1, 2))


def test_reasons_of_several_unknowns_stand_sorted_and_once() -> None:
    assert merge(Unknown((ONE,)), Unknown((TWO, ONE))) == Unknown((TWO, ONE))
    unsorted = Unknown((ONE, TWO))
    assert merge(unsorted) is unsorted


def test_nobody_owes_what_is_missing_unless_it_is_said() -> None:
    assert Why("missing_fact", "a", owed=False, looks=()) == ONE
    assert Why("missing_fact", "a", owed=True) != ONE


def test_an_unknown_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError, match="neither"):
        bool(Unknown((ONE,)))
