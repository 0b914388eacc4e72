"""Keeps what was made of a large record, such as a standard, for as long as it is asked for again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

KEEP = 8  # what was made last; one server asks for two languages of three kinds
Whole = TypeVar("Whole")
Part = TypeVar("Part")
Made = TypeVar("Made")


class Same:
    """A large record as a key: equal to itself alone. It is kept with the key, so that no other takes its identity."""

    __slots__ = ("whole",)

    def __init__(self, whole: object) -> None:
        self.whole = whole

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.whole is other.whole

    def __hash__(self) -> int:
        return id(self.whole)


def kept(make: Callable[[Whole, Part], Made]) -> Callable[[Whole, Part], Made]:
    """Return a function that makes the same of the same record once.

    A record is known by its identity, since comparing two standards takes longer than most of what is made of them; it is
    kept beside what was made, so that no other record can take its identity meanwhile.

    >>> make = kept(lambda whole, part: [*whole, part])
    >>> one, other = ["a"], ["a"]
    >>> make(one, "b") is make(one, "b"), make(one, "b") is make(other, "b")
    (True, False)
    """
    found: dict[tuple[int, Part], tuple[Whole, Made]] = {}

    @wraps(make)
    def once(whole: Whole, part: Part) -> Made:
        known = found.get((id(whole), part))
        if known is None:
            if len(found) >= KEEP:
                found.clear()
            known = found[id(whole), part] = (whole, make(whole, part))
        return known[1]

    return once
