"""Holds what the sentence about one unit's points is made of: the values of its reason, with labels and units at hand."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Protocol

from msgspec import Struct

from ..core.numbers import plain
from ..core.problems import Lang
from ..core.text import with_unit
from .edges import EDGES
from .marks import Datum, Marks


class Phrases(Protocol):
    """What is said of a criterion whatever it earned; `unit` stands after values, `step` after steps."""

    @property
    def unit(self) -> str: ...
    @property
    def step(self) -> str: ...
    @property
    def measured(self) -> str: ...
    @property
    def holds(self) -> str: ...
    @property
    def fails(self) -> str: ...


class Labels(Protocol):
    """The labels of a pack in one language."""

    @property
    def lang(self) -> Lang: ...
    def option(self, field: str, code: str, /) -> str: ...


class Telling(Struct, frozen=True, gc=False):
    """A reason's code, values and parts, and the words at hand; `field` was scored as it stands, "" where a measure computes."""

    code: str
    values: Mapping[str, Datum]
    parts: tuple[Marks, ...]
    field: str
    printed: Phrases
    labels: Labels

    @property
    def lang(self) -> Lang:
        return self.labels.lang

    def n(self, name: str) -> str:
        """Return a figure of the reason as a bare number."""
        return figure(self.values.get(name))

    def measured(self, name: str) -> str:
        """Return a figure of the reason with the unit of the measure: 91%, 3处, 1 spot."""
        return with_unit(self.n(name), self.printed.unit)

    def points(self, name: str) -> str:
        """Return a figure of the reason as points."""
        text = self.n(name)
        return self.pick(f"{text}分", f"{text} point{'' if text == '1' else 's'}")

    def edges(self) -> str:
        """Return the edges of the reason: 不低于30%且低于50%; "" where there are none."""
        found = self.values["edges"]
        pairs = found if isinstance(found, tuple) else ()
        shown = [
            EDGES[e[0]][self.lang] + with_unit(figure(e[1]), self.printed.unit)  # type: ignore[index]  # an Edge, as it was compiled
            for e in pairs
            if isinstance(e, tuple)
        ]
        return self.pick("且", " and ").join(shown)

    def pick(self, zh: str, en: str) -> str:
        return zh if self.labels.lang == "zh" else en


def figure(value: Datum) -> str:
    """Return a number of a reason as it is printed, with two places at most."""
    if type(value) is int:  # the commonest value
        return str(value)
    return plain(value, 2) if isinstance(value, int | Fraction) and not isinstance(value, bool) else str(value)
