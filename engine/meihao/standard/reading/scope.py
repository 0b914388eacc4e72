"""Lists the names that an expression at a desk may use."""

from __future__ import annotations

from ...expressions.names import Names
from ..model import Field
from .desk import Desk


def names_at(desk: Desk, table: Field | None = None) -> Names:
    """Return the names for an expression; inside `where` the columns of `table` come first.

    Every field is among them: one that is not asked of the kind at hand gets a message of its own.
    """
    book = desk.book
    return Names(book.fields, table, frozenset(book.items), frozenset(book.rules), book.children)
