"""Finds which decision lets something into a closed round, for which units, and from when until when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from ..core.calendar import parse_date
from ..core.problems import Message, Problem, Source
from ..core.text import Label

if TYPE_CHECKING:
    from ..text_in.yaml_reader import YamlDocument

TWO_DECISIONS = Message(
    "W102", "error", "决定编号“{id}”用了两次（另一处：{other}）", "the decision “{id}” stands twice (also at {other})",
    "一个决定一个编号", "give each decision an id of its own",
)  # fmt: skip
NEVER_IN_FORCE = Message(
    "W103", "error", "决定“{id}”的期限{until}早于作出日期{on}", "the decision “{id}” ends on {until}, before it was made on {on}",
    "核对两个日期", "check both dates",
)  # fmt: skip
Kind = Literal["grace", "correction", "objection"]
KINDS: dict[Kind, Label] = {
    "grace": Label("宽限", "grace"),
    "correction": Label("更正", "correction"),
    "objection": Label("异议", "objection"),
}


class Decision(Struct, frozen=True):
    """A named decision that lets units hand in after the deadline; no `units` means all. Both days are included."""

    id: str
    kind: Kind
    units: tuple[str, ...]
    by: str
    on: date
    until: date
    reason: str
    source: Source = Source()

    def covers(self, unit: str) -> bool:
        return not self.units or unit in self.units

    def in_force(self, day: date) -> bool:
        return self.on <= day <= self.until


def read_decisions(text: YamlDocument, data: Any) -> tuple[Decision, ...]:
    """Return the decisions of a round file whose shape has been checked."""
    return tuple(_decision(d, text.at(("decisions", i))) for i, d in enumerate(data))


def _decision(d: Any, at: Source) -> Decision:
    units = () if d["units"] == "all" else tuple(d["units"])
    days = [parse_date(d[key]) or date.min for key in ("date", "until")]
    return Decision(d["id"], d["kind"], units, d["by"], days[0], days[1], d["reason"], at)


def check_decisions(decisions: Sequence[Decision]) -> Iterator[Problem]:
    """Yield what is wrong with decisions: an id used twice, a last day before the first."""
    first: dict[str, Decision] = {}
    for one in decisions:
        before = first.setdefault(one.id, one)
        if before is not one:
            yield TWO_DECISIONS.at(one.source, id=one.id, other=before.source)
        if one.until < one.on:
            yield NEVER_IN_FORCE.at(one.source, id=one.id, on=one.on, until=one.until)
