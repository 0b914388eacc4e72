"""Orders what a unit can still do for its points, the least effort first, and tells it apart from what others must do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from ..assessment.explain.so_far import of_others
from ..assessment.explain.unit import Explained, ExplainedItem
from ..assessment.results import Assessment, Item
from ..core.numbers import Number
from ..standard.model import Field, Pack
from .earned import open_items

Effort = Literal["answer", "document", "work"]
"""What a step asks of a unit: to answer a question, to have a document at hand, or that something on the ground changes."""
EFFORTS: tuple[Effort, ...] = ("answer", "document", "work")


class Step(Struct, frozen=True):
    """One item that lacks points, and what its unit would have to do for them."""

    item: ExplainedItem
    effort: Effort


class Steps(Struct, frozen=True):
    """What a unit can do itself, the least effort first, and the items that only others can settle."""

    own: tuple[Step, ...]
    of_others: tuple[ExplainedItem, ...]

    @property
    def by_effort(self) -> tuple[tuple[Effort, tuple[ExplainedItem, ...]], ...]:
        """The unit's own steps by what they ask of it."""
        found = ((effort, tuple(step.item for step in self.own if step.effort == effort)) for effort in EFFORTS)
        return tuple((effort, items) for effort, items in found if items)


def steps_of(own: Assessment, explained: Explained, pack: Pack) -> Steps:
    """Return the steps of a unit: questions by the minutes that they take, then documents by their number, then work.

    How dear work is nobody can read from a standard: what lacks more points counts as more of it.
    """
    said = {item.id: item for dimension in explained.dimensions for item in dimension.items}
    fields = {field.id: field for field in pack.fields}
    rated = [(_effort(item, fields), item) for item in open_items(own)]
    mine = sorted(
        ((effort, item) for effort, item in rated if effort),
        key=lambda one: (EFFORTS.index(one[0]), _size(one[0], one[1], fields)),
    )
    return Steps(
        tuple(Step(said[item.id], effort) for effort, item in mine),
        tuple(said[item.id] for effort, item in rated if not effort),
    )


def _effort(item: Item, fields: Mapping[str, Field]) -> Effort | None:
    """Return what an item asks of its unit; None where only others can settle it."""
    if item.hi < item.points or not item.whys:
        return "work"
    mine = [why for why in item.whys if not of_others(why, fields)]
    if not mine:
        return None
    return "document" if any(why.cause in ("missing_document", "expired_document") for why in mine) else "answer"


def _size(effort: Effort, item: Item, fields: Mapping[str, Field]) -> Number:
    if effort == "work":
        return item.points - item.lo
    if effort == "document":
        return len(item.whys)
    return sum(fields[why.subject].minutes for why in item.whys if why.subject in fields)
