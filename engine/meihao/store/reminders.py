"""Words what the units of a region still owe, as a message that is pasted into a chat group; it names roles, never persons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from ..core.problems import Lang
from ..core.text import Label
from ..round.model import Region
from .standing_words import day_text, lacks_text, pressing_text
from .status import Board, UnitState, regions_around

MOST = 60  # characters of what one unit lacks: the page of the unit has the rest
HEAD = Label("【{region}】{day}，还有{n}个单位没有交齐：", "{region}, {day}: {n} still owe something:")
LINE = Label("{n}. {name}（{code}）：{due}；{lacks}", "{n}. {name} ({code}): {due}; {lacks}")


class Reminder(Struct, frozen=True):
    """A region and its units that still owe something, the most urgent first."""

    code: str
    name: str
    units: tuple[UnitState, ...]


def reminders(units: Sequence[UnitState], regions: Sequence[Region], places: Mapping[str, str]) -> tuple[Reminder, ...]:
    """Return what is to be reminded of in each region: its own units and those below, by code.

    `places` are the regions of units by their codes. Of regions with the same units only the inmost is given.
    """
    return tuple(sorted(_inmost(_all(units, regions, places)), key=lambda one: one.code))


def reminder_text(board: Board, one: Reminder, lang: Lang) -> str:
    """Return the message of a region, a line a unit: whose deadline presses, and what is lacking."""
    head = HEAD[lang].format(region=one.name, day=day_text(board, lang), n=len(one.units))
    return "\n".join((head, *(_line(board, n, unit, lang) for n, unit in enumerate(one.units, 1))))


def _line(board: Board, n: int, unit: UnitState, lang: Lang) -> str:
    lacks = lacks_text(board, unit, lang)
    lacks = f"{lacks[: MOST - 1]}…" if len(lacks) > MOST else lacks
    due = pressing_text(board, unit, lang)
    return LINE[lang].format(n=n, name=unit.name, code=unit.code, due=due, lacks=lacks)


def _all(units: Sequence[UnitState], regions: Sequence[Region], places: Mapping[str, str]) -> Iterator[Reminder]:
    known = {region.code: region for region in regions}
    found: dict[str, list[UnitState]] = {}
    for unit in units:
        if not unit.complete():
            for code in regions_around(places.get(unit.code, unit.region), known):
                found.setdefault(code, []).append(unit)
    yield from (Reminder(code, known[code].name, tuple(found[code])) for code in found if code in known)


def _inmost(several: Iterator[Reminder]) -> Iterator[Reminder]:
    seen: dict[tuple[str, ...], Reminder] = {}
    for one in several:  # a region comes before the one around it
        seen.setdefault(tuple(unit.code for unit in one.units), one)
    yield from seen.values()
