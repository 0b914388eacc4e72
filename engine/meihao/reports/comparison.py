"""Charts the items on which a unit's own word and the verified facts lead to different points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from ..assessment.results import Assessment, Item
from ..core.numbers import Number, fixed
from ..core.problems import Lang
from .figures import percent
from .model import Dumbbell, DumbbellRow, ItemRow
from .words import speaker

ROWS_AT_MOST = 12
FAR = 10  # percent points of a full mark: beyond it a row is marked


class _Pair(Struct, frozen=True):
    row: ItemRow
    told: Item
    seen: Item

    @property
    def more(self) -> Number:
        """Return what verification gave more; less than 0 where the unit's own word promised more."""
        return self.seen.lo - self.told.lo


def dumbbell(
    told: Assessment | None, seen: Assessment, rows: Mapping[str, ItemRow], places: int, lang: Lang
) -> Dumbbell | None:
    """Return the chart, widest difference first; None without a self-assessment or where no item can be compared.

    An item can be compared where both readings settled its points; what waits for inspectors cannot.
    """
    if told is None:
        return None
    own = {item.id: item for item in told.items}
    pairs = [_Pair(rows[i.id], own[i.id], i) for i in seen.items if i.id in own and _settled(i) and _settled(own[i.id])]
    if not pairs:
        return None
    apart = sorted((pair for pair in pairs if pair.more), key=lambda pair: -size(pair.more))
    return Dumbbell(
        tuple(_row(pair, places) for pair in apart[:ROWS_AT_MOST]),
        len(apart) - len(apart[:ROWS_AT_MOST]),
        _caption(pairs, apart, places, lang),
    )


def _settled(item: Item) -> bool:
    return item.lo == item.hi and item.outcome not in ("not_applicable", "error")


def _row(pair: _Pair, places: int) -> DumbbellRow:
    told, seen = percent(pair.told.lo, pair.told.points), percent(pair.seen.lo, pair.seen.points)
    return DumbbellRow(
        pair.row.number,
        pair.row.title,
        fixed(pair.told.lo, places),
        fixed(pair.seen.lo, places),
        signed(pair.more, places),
        told,
        seen,
        min(told, seen),
        max(told, seen),
        abs(told - seen) > FAR,
    )


def size(value: Number) -> Number:
    return value if value >= 0 else -value


def signed(value: Number, places: int) -> str:
    """Return a difference with its sign.

    >>> signed(2, 1), signed(-2, 1), signed(0, 1)
    ('+2.0', '−2.0', '0.0')
    """
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{fixed(size(value), places)}"


def _caption(pairs: Sequence[_Pair], apart: Sequence[_Pair], places: int, lang: Lang) -> str:
    told, seen = fixed(sum(p.told.lo for p in pairs), places), fixed(sum(p.seen.lo for p in pairs), places)
    t = speaker(lang)
    differ = t("some_differ", n=len(apart)) if apart else t("all_agree")
    return t("items_compared", n=len(pairs), differ=differ, told=told, seen=seen)
