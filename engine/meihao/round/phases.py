"""Reads the phases of a round, each from a day to a day, and finds what is wrong: gaps, overlaps, another order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from ..core.calendar import parse_date
from ..core.problems import Message, Problem, Source
from ..core.text import Label

if TYPE_CHECKING:
    from ..text_in.yaml_reader import YamlDocument

Phase = Literal["apply", "review", "inspect", "judge", "notice", "objection", "named"]
PhaseNow = Literal["any", "before", Phase]
"""The phase of a day: `any` where a round has no phases, `before` the first of them."""
PHASES: Mapping[str, Label] = {
    "apply": Label("申报", "application"),
    "review": Label("审核", "review"),
    "inspect": Label("核查", "inspection"),
    "judge": Label("评定", "judging"),
    "notice": Label("公示", "public notice"),
    "objection": Label("异议", "objections"),
    "named": Label("命名", "naming"),
}
"""The phases in their order, in words."""
MOMENTS: Mapping[str, Label] = {
    "any": Label("没有分阶段", "without phases"),
    "before": Label("各阶段以前", "before the phases"),
    **PHASES,
}
"""What the phase of a day may be, in words."""

PHASE_GAP = Message(
    "W122", "error", "“{before}”到{until}为止，“{phase}”从{start}起，中间有几天哪个阶段都不是",
    "“{before}” ends on {until} and “{phase}” begins on {start}: the days between are in no phase",
    "前一个阶段到后一个的前一天为止，两天都算", "let the one end on the day before the other begins; both days are included",
)  # fmt: skip
PHASE_OVERLAP = Message(
    "W123", "error", "“{before}”到{until}为止，“{phase}”却从{start}起，两个阶段重叠",
    "“{before}” ends on {until}, yet “{phase}” begins on {start}: both at once",
    "前一个阶段到后一个的前一天为止，两天都算", "let the one end on the day before the other begins; both days are included",
)  # fmt: skip
PHASE_ORDER = Message(
    "W124", "error", "“{phase}”排在“{before}”后面，次序不对", "“{phase}” comes after “{before}”, which is the wrong order",
    "照这个次序：{order}；没有的阶段可以不写", "the order is {order}; phases may be left out",
)  # fmt: skip
PHASE_TWICE = Message(
    "W125", "error", "“{phase}”写了两次（另一处：{other}）", "“{phase}” stands twice (also at {other})",
    "一个阶段只写一次，要延长就改日期", "write a phase once; to make it longer, change its days",
)  # fmt: skip
PHASE_DAYS = Message(
    "W126", "error", "“{phase}”从{start}起，却到{until}为止", "“{phase}” begins on {start}, yet ends on {until}",
    "核对两个日期", "check both dates",
)  # fmt: skip
PHASE_ENDLESS = Message(
    "W127", "error", "“{before}”没有写到哪天为止，后面还有“{phase}”", "“{before}” has no last day, yet “{phase}” follows it",
    "写上until；只有最后一个阶段可以不写", "give its `until`; only the last phase may go without",
)  # fmt: skip


class RoundPhase(Struct, frozen=True):
    """A phase of a round, from a day until a day, both included; without `until` it goes on."""

    phase: Phase
    start: date
    until: date | None = None
    source: Source = Source()


def read_phases(text: YamlDocument) -> tuple[RoundPhase, ...]:
    """Return the phases of a round file whose shape has been checked."""
    data: Any = text.data
    return tuple(_phase(one, text.at(("phases", i))) for i, one in enumerate(data.get("phases", ())))


def _phase(one: Any, at: Source) -> RoundPhase:
    until = parse_date(one["until"]) if "until" in one else None
    return RoundPhase(one["phase"], parse_date(one["from"]) or date.min, until, at)


def phase_on(phases: Sequence[RoundPhase], day: date) -> PhaseNow:
    """Return the phase of a day, the last one after its last day too."""
    begun = [one.phase for one in phases if one.start <= day]
    return begun[-1] if begun else "before" if phases else "any"


def check_phases(phases: Sequence[RoundPhase]) -> Iterator[Problem]:
    """Yield what is wrong with phases: one that stands twice or ends before it begins, and pairs that do not join."""
    first: dict[str, RoundPhase] = {}
    for one in phases:
        before = first.setdefault(one.phase, one)
        if before is not one:
            yield PHASE_TWICE.at(one.source, phase=PHASES[one.phase], other=before.source)
        if one.until and one.until < one.start:
            yield PHASE_DAYS.at(one.source, phase=PHASES[one.phase], start=one.start, until=one.until)
    for before, one in pairwise(phases):
        yield from _not_joined(before, one)


def _not_joined(before: RoundPhase, one: RoundPhase) -> Iterator[Problem]:
    """Yield why a phase does not follow the one before it."""
    names, order = {"before": PHASES[before.phase], "phase": PHASES[one.phase]}, list(PHASES)
    if order.index(one.phase) < order.index(before.phase):
        told = Label("、".join(said.zh for said in PHASES.values()), ", ".join(said.en for said in PHASES.values()))
        yield PHASE_ORDER.at(one.source, order=told, **names)
    elif one.phase == before.phase or (before.until and before.until < before.start):
        return
    elif before.until is None:
        yield PHASE_ENDLESS.at(before.source, **names)
    elif one.start != before.until + timedelta(days=1):
        message = PHASE_OVERLAP if one.start <= before.until else PHASE_GAP
        yield message.at(one.source, until=before.until, start=one.start, **names)
