"""Decides whether a round takes in what a unit brings, by which decision, and as of which day it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from ..core.problems import Problem, Problems, Source
from ..core.text import Label, hints, normal
from ..evidence.model import Received, UnitEvidence
from ..evidence.submissions import by_key
from ..round.decisions import KINDS, Decision
from ..round.model import Round
from ..round.roster import Roster
from ..standard.model import Pack
from . import messages as m
from .changes import ValueChange
from .home import Home


def named_decision(round_: Round, name: str) -> tuple[Decision | None, Problems]:
    """Return the decision of a round that somebody names; None where none is named."""
    found = next((one for one in round_.decisions if one.id == normal(name)), None)
    if found or not name:
        return found, ()
    near = hints(name, [one.id for one in round_.decisions])
    return None, (m.UNKNOWN_DECISION.at(round_.source, decision=name[:60], **near),)


def refused_today(round_: Round, decision: Decision | None, received: Received) -> Problems:
    """Return why a round takes in nothing on the day of a receipt: it is closed, or the decision is not in force."""
    at = Source(received.file)
    if decision is None:
        open_ = [one.id for one in round_.decisions if one.in_force(received.on)]
        known = {"known_zh": "、".join(open_) or "没有", "known_en": ", ".join(open_) or "none"}
        return (m.CLOSED.at(at, day=received.on, **known),) if round_.closed else ()
    if decision.in_force(received.on):
        return ()
    days = {"on": decision.on, "until": decision.until, "day": received.on}
    return (m.NOT_IN_FORCE.at(at, decision=decision.id, **days),)


def undecided(home: Home, unit: UnitEvidence, round_: Round) -> Iterator[Problem]:
    """Yield each receipt of a unit that the round's decisions, as they stand now, would not have let in."""
    decisions = {one.id: one for one in round_.decisions}
    for received in unit.let_in:
        if (what := _not_let_in(received, unit.code, decisions.get(received.decision))) is not None:
            path = home.place_of(unit.code, received.number)
            names = {"unit": unit.code, "number": received.number, "decision": received.decision}
            yield m.DECISION_GONE.at(Source(str(path)), what=what, **names)


def _not_let_in(received: Received, unit: str, decision: Decision | None) -> Label | None:
    if decision is None:
        return Label("round.yaml里已经没有这个决定", "round.yaml no longer holds it")
    if not decision.covers(unit):
        return Label("这个决定现在不包括这个单位", "it no longer covers this unit")
    if decision.in_force(received.on):
        return None
    return Label(f"这个决定的期限现在不含{received.on}", f"{received.on} is no longer within its days")


def strangers(round_: Round, roster: Roster) -> Iterator[Problem]:
    """Yield each unit that a decision names and the roster does not know."""
    for decision in round_.decisions:
        for code in decision.units:
            if code not in roster.units:
                yield m.DECIDED_FOR_NOBODY.at(
                    decision.source, decision=decision.id, unit=code, **hints(code, roster.units)
                )


def not_covered(decision: Decision | None, unit: UnitEvidence) -> Problems:
    """Return why a decision lets nothing in from a unit: it is made for others."""
    if decision is None or decision.covers(unit.code):
        return ()
    return (m.NOT_COVERED.at(unit.source, decision=decision.id, unit=unit.code),)


def not_allowed(
    decision: Decision | None, old: UnitEvidence | None, new: UnitEvidence, changed: tuple[ValueChange, ...], pack: Pack
) -> Iterator[Problem]:
    """Yield what goes beyond the kind of a decision: grace only fills in, a correction only changes, an objection does both."""
    if decision is None or decision.kind == "objection":
        return
    names = {"decision": decision.id, "kind": KINDS[decision.kind]}
    if decision.kind == "grace":
        for change in changed:
            yield m.GRACE_CHANGES.at(change.source, label=change.label, old=change.old, new=change.new, **names)
        return
    titles = {field.id: field.title for field in pack.fields}
    known = by_key(old.observations) if old else {}
    for key, mine in by_key(new.observations).items():
        if key not in known:
            yield m.CORRECTION_ADDS.at(mine[0].source, label=titles[mine[0].field], **names)
    papers = {normal(document.title) for document in old.documents} if old else set()
    for document in new.documents:
        if normal(document.title) not in papers:
            yield m.CORRECTION_ADDS.at(document.source, label=f"《{document.title}》", **names)


def as_of_reference(unit: UnitEvidence, decision: Decision | None, reference: date | None) -> UnitEvidence:
    """Return a unit whose records of after the reference date hold of that date, where a correction or an objection is decided.

    Such a decision is about the state on the reference date; grace is not: there the day must be given.
    """
    if decision is None or decision.kind == "grace" or reference is None:
        return unit
    seen = tuple(
        replace(o, as_of=reference) if o.as_of is None and o.day and o.day > reference else o for o in unit.observations
    )
    return replace(unit, observations=seen)
