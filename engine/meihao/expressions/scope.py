"""Defines what a compiled expression is given (the scope of one unit, a row) and what it gives (a value or an unknown)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal, Protocol

from ..core.numbers import Number
from ..core.text import normal
from ..core.unknown import Unknown, Why
from .tree import Scalar

Row = Mapping[str, Scalar]
Value = Scalar | tuple[Row, ...]
NO_ROW: Row = {}


class Scope(Protocol):
    """What an expression may ask of the unit before it. A field or table that nobody gave answers with an Unknown.

    Of a table that is unknown as a whole some rows may be known (`known_rows`): a register that has not come in whole.
    """

    @property
    def reference_date(self) -> date | None: ...
    @property
    def stage(self) -> str: ...
    def fact(self, field: str, /) -> Value | Unknown: ...
    def table(self, field: str, /) -> tuple[Row, ...] | Unknown: ...
    def known_rows(self, field: str, /) -> tuple[Row, ...]: ...
    def item(self, function: Literal["points", "outcome"], item: str, /) -> Number | str | Unknown: ...
    def finding(self, rule: str, /) -> bool | Unknown: ...


class Compiled(Protocol):
    """An expression ready to run; `row` only where the expression is the `where` of a table."""

    def __call__(self, scope: Scope, row: Row = NO_ROW, /) -> Scalar | Unknown: ...


class CompiledBounds(Protocol):
    """The least and the greatest possible count and why they differ; Unknown where the table itself is unknown."""

    def __call__(self, scope: Scope, row: Row = NO_ROW, /) -> tuple[int, int, tuple[Why, ...]] | Unknown: ...


Numeric = Callable[[Scope, Row], Number | Unknown]
Truth = Callable[[Scope, Row], bool | Unknown]
Textual = Callable[[Scope, Row], str | Unknown]
Dated = Callable[[Scope, Row], date | Unknown]


def missing(subject: str) -> Unknown:
    """Return the unknown of a fact that nobody gave."""
    return Unknown((Why("missing_fact", subject),))


def compared(value: Scalar) -> Scalar:
    """Return a value in the form in which it is compared: text in NFC, without surrounding blanks."""
    if not isinstance(value, str):
        return value
    return value.strip() if value.isascii() else normal(value)
