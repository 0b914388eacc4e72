"""What a round's roster says of the units that get a form: code, name, kind and region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from ..core.files import reason
from ..core.problems import Message, Problem, Problems, Source
from ..core.text import hints
from ..evidence.files import NOT_READABLE
from ..evidence.model import UnitEvidence
from ..forms.form import Form
from ..round.roster import ROSTER, Enrolled, Roster, read_roster
from ..standard.model import ROLES, Pack
from ..store import messages as m
from ..store.settle import unlike_roster
from .answer import Notes
from .session import Session

LEFT_OUT = Message(
    "W131", "warning", "{role}以前报过{unit}的这些项，这份表里没有，没有带上：{titles_zh}",
    "the {role} gave these of {unit} before; this form has no place for them, so they are not in it: {titles_en}",
    "以前报的仍然有效；要改，用申报单位的表或另交证据", "what was given still stands; to change it, hand in evidence of its own",
)  # fmt: skip


def roster_of(notes: Notes, session: Session) -> Roster | None:
    """Return the roster of the round that is open; None where there is none. Refused where it cannot be read."""
    if (home := session.home) is None:
        return None
    try:
        roster, problems = read_roster(home.text(ROSTER), session.pack, session.round)
    except OSError as failure:
        roster, problems = (
            None,
            (NOT_READABLE.at(Source(str(home.place)), path=home.place / ROSTER, why=reason(failure)),),
        )
    notes.add(problems)
    return roster


def kind_on(notes: Notes, roster: Roster | None, named: Sequence[str]) -> str | None:
    """Return the one kind of the named units, by code or name; None where it cannot be told. Refused for a stranger."""
    found = _found(roster, named)
    strangers = [word for word in named if roster is not None and word not in found]
    known = roster.units if roster else {}
    notes.add(tuple(m.NOT_ON_ROSTER.at(Source(), unit=word, **hints(word, known)) for word in strangers))
    kinds = {one.kind for one in found.values()}
    return next(iter(kinds)) if len(kinds) == 1 else None


def as_enrolled(
    notes: Notes, roster: Roster | None, units: Iterable[UnitEvidence], pack: Pack
) -> tuple[UnitEvidence, ...]:
    """Return units as the roster has them. Refused for a code that is not on it, and for another kind."""
    if roster is None:
        return tuple(units)
    known = _found(roster, [unit.code for unit in units if unit.code])
    found, problems = [], list[Problem]()
    for unit in units:
        one = known.get(unit.code)
        if one is None:
            problems += unlike_roster(roster, unit, pack) if unit.code else ()
            found.append(unit)
            continue
        named = replace(unit, code=one.code, name=one.name, region=one.region or unit.region)
        problems += unlike_roster(roster, named, pack, m.OTHER_ON_ROSTER)
        found.append(named)
    notes.add(tuple(problems))
    return tuple(found)


def all_enrolled(roster: Roster, kind: str, last: Sequence[UnitEvidence]) -> tuple[UnitEvidence, ...]:
    """Return every unit of a kind on the roster, in its order, with what it handed in before."""
    before = {unit.code: unit for unit in last}
    return tuple(
        before.get(one.code, UnitEvidence(one.code, kind, one.name, one.region, ()))
        for one in roster.units.values()
        if one.kind == kind
    )


def _found(roster: Roster | None, named: Sequence[str]) -> Mapping[str, Enrolled]:
    """Return the units that are named by code or by a name that only one of them has."""
    if roster is None:
        return {}
    names: dict[str, list[Enrolled]] = {}
    for one in roster.units.values():
        names.setdefault(one.name, []).append(one)
    said = {
        word: roster.units.get(word) or next(iter(names[word]), None)
        for word in named
        if word in names or word in roster.units
    }
    return {word: one for word, one in said.items() if one and (word == one.code or len(names[one.name]) == 1)}


def left_out(form: Form, unit: UnitEvidence) -> Problems:
    """Return what a role gave before and its form of today has no place for; an inspector's form takes over nothing."""
    if form.role == "inspector":
        return ()
    asked = {line.id for page in form.pages for line in page.lines}
    titles = {field.id: field.title for field in form.pack.fields}
    lost = dict.fromkeys(o.field for o in unit.observations if o.role == form.role and o.field not in asked)
    labels = [titles[name] for name in lost if name in titles]
    if not labels:
        return ()
    said = {"titles_zh": "、".join(one.zh for one in labels), "titles_en": "; ".join(one["en"] for one in labels)}
    return (LEFT_OUT.at(Source(), unit=unit.code, role=ROLES[form.role], **said),)
