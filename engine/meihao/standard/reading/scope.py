"""Lists the names that an expression of a pack may use."""

from __future__ import annotations

from ...expressions.names import Names
from ..model import Field
from .reader import PackReader


def names_at(reader: PackReader, table: Field | None = None) -> Names:
    """Return the names for an expression; inside `where` the columns of `table` come first.

    Every field is among them: one that is not asked of the kind at hand gets a message of its own.
    """
    names = reader.names
    return Names(names.fields, table, frozenset(names.items), frozenset(names.rules), names.children)
