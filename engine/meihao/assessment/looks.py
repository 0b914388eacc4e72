"""Decides which facts a criterion may use after how many inspectors have looked, and who still has to look.

One inspector's record never settles an item that the standard wants two to look at: until the second has been, the item does
not know the field. It is nobody's omission, so it stays open after the deadline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..core.unknown import Unknown, Why
from ..methods.marks import Reason
from ..round.merge import inspectors
from ..round.model import Fact
from ..round.scope import CaseScope
from ..standard.model import Criterion, Field, Process
from ..standard.model.parts import fields_looked_at
from .results import Finding, Item

PREFIX = "looks."


class Short(Struct, frozen=True):
    """Why an item waits, for each field that too few inspectors have looked at, and those who have looked at one of them."""

    whys: tuple[Why, ...] = ()
    been: tuple[str, ...] = ()


ENOUGH = Short()
Looker = Callable[[CaseScope], Short]


def compile_looks(criterion: Criterion, fields: Mapping[str, Field], processes: Sequence[Process]) -> Looker:
    """Return a reader of what a criterion is short of."""
    names = fields_looked_at(criterion, fields, {process.id: process for process in processes})

    def read(scope: CaseScope) -> Short:
        seen = {name: inspectors(scope.case.facts.get(name)) for name in names}
        short = tuple(name for name in names if len(seen[name]) < criterion.looks)
        whys = tuple(Why("awaiting_inspector", name, looks=(len(seen[name]), criterion.looks)) for name in short)
        return Short(whys, tuple(dict.fromkeys(one for name in short for one in seen[name]))) if short else ENOUGH

    return read if criterion.looks else lambda scope: ENOUGH


def without(scope: CaseScope, short: Short, name: str) -> CaseScope:
    """Return the scope of one criterion in which the fields that it is short of, and its measures across units, are unknown."""
    open_ = {why.subject: Fact(Unknown((why,))) for why in short.whys}
    case = scope.case
    # Means and places across units were made with the same record: they are not known either.
    cohort = case.cohort and {
        key: Unknown(short.whys) if key.partition("#")[0] == name else value for key, value in case.cohort.items()
    }
    return replace(scope, case=replace(case, facts={**case.facts, **open_}, cohort=cohort))


def with_looks(item: Item, short: Short, looks: int) -> Item:
    """Return an open item with who has looked as its reason."""
    if item.reason.code != "open" or not short.been:
        return item
    return replace(item, reason=Reason("looks", (("wanted", looks), ("been", short.been))))


def looks_wanted(
    lookers: Iterable[tuple[str, Looker]], scope: CaseScope, items: Mapping[str, Item]
) -> Iterator[Finding]:
    """Yield a finding for every open item that some inspectors have looked at, but too few: one row for each who has."""
    for name, read in lookers:
        short = read(scope)
        if short.been and items[name].outcome == "unknown":
            rows = tuple((("been", one),) for one in short.been)
            yield Finding(PREFIX + name, "flagged", "minor", "none", name, rows, short.whys)
