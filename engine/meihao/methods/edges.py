"""Says how a value lies to an edge: 以上/以下 include the number, 超过/不足 exclude it."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from ..core.numbers import Number
from ..core.text import Label
from ..expressions.tree import Expr

if TYPE_CHECKING:
    from ..text_in.yaml_value import YamlValue
    from .reader import PackReader

Edge = Literal["at_least", "at_most", "more_than", "less_than"]
Edges = tuple[tuple[Edge, Expr], ...]
EDGES: Mapping[Edge, Label] = {
    "at_least": Label("不低于", "at least "),
    "at_most": Label("不高于", "at most "),
    "more_than": Label("超过", "more than "),
    "less_than": Label("低于", "less than "),
}
INSIDE: Mapping[Edge, Callable[[Number, Number], bool]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "more_than": operator.gt,
    "less_than": operator.lt,
}


def read_edges(written: YamlValue, reader: PackReader) -> Edges:
    """Read the edges that are written, in the order of the menu."""
    return tuple((edge, reader.value(written[edge])) for edge in EDGES if edge in written)


def all_inside(edges: Iterable[tuple[Edge, Number]], value: Number) -> bool:
    """Say whether a number is inside every edge. (A loop: `all` of a generator takes twice as long.)

    >>> all_inside([("at_least", 30)], 30), all_inside([("at_least", 30), ("less_than", 30)], 30)
    (True, False)
    """
    for edge, limit in edges:  # noqa: SIM110
        if not INSIDE[edge](value, limit):
            return False
    return True
