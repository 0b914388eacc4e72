"""How far long work is: a stage that reads, judges or ranks passes its items through a watch, and prints nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, Protocol, TypeVar

Stage = Literal["inventing", "reading", "counting", "judging", "ordering", "placing", "filling", "recording", "writing"]
T = TypeVar("T")


class Watch(Protocol):
    """Passes the items of a stage on, one by one; of `total` items it may show how many have gone by."""

    def __call__(self, items: Iterable[T], total: int, stage: Stage, /) -> Iterator[T]: ...


def unwatched(items: Iterable[T], total: int, stage: Stage, /) -> Iterator[T]:
    """Pass the items on and show nothing."""
    return iter(items)
