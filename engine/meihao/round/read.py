"""Reads round.yaml; names are checked against the pack."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..core.by_identity import Same
from ..core.calendar import parse_date
from ..core.files import FileText, read_file
from ..core.problems import Problem, Problems, errors, sort_by_place
from ..core.text import Label, hints
from ..evidence import messages as m
from ..evidence.model import UnitEvidence
from ..standard.model import Pack, Role
from ..text_in.shape import shaped_text
from ..text_in.yaml_reader import YamlDocument
from .decisions import check_decisions, read_decisions
from .model import Correction, Due, Grant, Region, Round, Stage
from .phases import check_phases, read_phases
from .registers import check_receipts, read_receipts


def lone_round(on: date | None, stage: Stage = "self", closed: bool = False) -> Round:
    """Return the round of a unit that is assessed alone: `--on DATE`, or none."""
    return Round("", Label("单独评定", "assessed alone"), on, closed, stage)


def read_round_file(path: Path, pack: Pack) -> tuple[Round | None, Problems]:
    """Return the round; None where an error makes it unusable. Raises OSError."""
    return read_round_text(FileText(path, read_file(path)), pack)


def read_round_text(kept: FileText, pack: Pack) -> tuple[Round | None, Problems]:
    """Return the round of a text; None where an error makes it unusable. One that did not change is not read again."""
    return _read(kept, Same(pack))


@lru_cache(maxsize=4)
def _read(kept: FileText, known: Same) -> tuple[Round | None, Problems]:
    pack: Any = known.whole
    text, problems = shaped_text(kept, "round")
    if text is None:
        return None, problems
    round_ = _round(text)
    checked = (
        *_check_names(round_, pack, text),
        *_check_grants(round_, pack),
        *check_decisions(round_.decisions),
        *check_receipts(round_, pack),
        *check_phases(round_.phases),
    )
    problems = sort_by_place(checked)
    return (None if errors(problems) else round_), problems


def _round(text: YamlDocument) -> Round:
    data: Any = text.data
    return Round(
        id=data["round"],
        title=Label(data.get("title", data["round"]), data.get("title_en", "")),
        reference_date=_day(data["reference_date"]),
        closed=data["closed"],
        stage=data["stage"],
        profile=data.get("profile", ""),
        lot_seed=data.get("lot_seed"),
        regions=tuple(_region(text, i, r) for i, r in enumerate(data.get("regions", ()))),
        grants=tuple(_grant(text, i, w) for i, w in enumerate(data.get("waivers", ()))),
        corrections=tuple(_correction(text, i, c) for i, c in enumerate(data.get("corrections", ()))),
        titles=tuple(sorted(data.get("titles", {}).items())),
        sample_data=data.get("sample_data", False),
        registers=read_receipts(text),
        due=tuple(_due(text, role, d) for role, d in data.get("due", {}).items()),
        phases=read_phases(text),
        decisions=read_decisions(text, data.get("decisions", ())),
        source=text.at(()),
    )


def _day(text: str | None) -> date | None:
    return parse_date(text) if text else None


def _region(text: YamlDocument, number: int, r: Any) -> Region:
    numbers = (r.get("applicants", 0), r.get("households", 0))
    return Region(r["code"], r["name"], r["level"], r.get("parent", ""), *numbers, text.at(("regions", number)))


def _grant(text: YamlDocument, number: int, w: Any) -> Grant:
    days = [_day(w[key]) or date.min for key in ("granted_on", "until")]
    names = (w["unit"], w["waiver"], w["granted_by"])
    return Grant(*names, days[0], days[1], w["document"], w["reason"], text.at(("waivers", number)))


def _correction(text: YamlDocument, number: int, c: Any) -> Correction:
    day = _day(c["date"]) or date.min
    return Correction(c["unit"], c["tier"], c["action"], c["by"], day, c["reason"], text.at(("corrections", number)))


def _due(text: YamlDocument, role: Role, d: Any) -> Due:
    at = text.at(("due", role))
    return (
        Due(role, _day(d), source=at)
        if isinstance(d, str)
        else Due(role, None, d["working_days"], _day(d["after"]), at)
    )


def _check_names(round_: Round, pack: Pack, text: YamlDocument) -> list[Problem]:
    problems = []
    profiles = [profile.id for profile in pack.profiles]
    if round_.profile and round_.profile not in profiles:
        at = text.at(("profile",))
        problems.append(m.UNKNOWN_PROFILE.at(at, profile=round_.profile, **hints(round_.profile, profiles)))
    codes = dict.fromkeys(region.code for region in round_.regions)
    for region in round_.regions:
        if region.parent and region.parent not in codes:
            near = hints(region.parent, codes)
            problems.append(m.UNKNOWN_PARENT.at(region.source, code=region.code, parent=region.parent, **near))
    return problems


def _check_grants(round_: Round, pack: Pack) -> list[Problem]:
    problems = []
    waivers = {waiver.id: waiver for waiver in pack.waivers}
    for grant in round_.grants:
        waiver = waivers.get(grant.waiver)
        if waiver is None:
            problems.append(m.UNKNOWN_WAIVER.at(grant.source, waiver=grant.waiver, **hints(grant.waiver, waivers)))
        elif waiver.for_at_most and grant.until > waiver.for_at_most.after(grant.granted_on):
            limit = Label(waiver.for_at_most.zh(), str(waiver.for_at_most))
            problems.append(m.GRANT_TOO_LONG.at(grant.source, start=grant.granted_on, until=grant.until, limit=limit))
    return problems


def check_units(round_: Round, units: tuple[UnitEvidence, ...]) -> Problems:
    """Return what does not fit between a round and its units: regions, double codes, late records, grants for nobody."""
    problems: list[Problem] = []
    codes = dict.fromkeys(region.code for region in round_.regions)
    first: dict[str, UnitEvidence] = {}
    meant: dict[str, dict[str, str]] = {}
    for unit in units:
        if unit.code in first:
            problems.append(m.TWO_UNITS.at(unit.source, code=unit.code, other=first[unit.code].source))
        first.setdefault(unit.code, unit)
        if unit.region and codes and unit.region not in codes:
            if unit.region not in meant:
                meant[unit.region] = hints(unit.region, codes)
            problems.append(m.UNKNOWN_REGION.at(unit.source, region=unit.region, **meant[unit.region]))
        problems += (*_late_records(round_, unit), *_foretold(unit))
    for grant in round_.grants:
        if grant.unit not in first:
            problems.append(m.GRANT_FOR_NOBODY.at(grant.source, unit=grant.unit))
    return sort_by_place(tuple(problems))


def _late_records(round_: Round, unit: UnitEvidence) -> list[Problem]:
    if round_.reference_date is None:
        return []
    last = round_.reference_date
    late = {(o.observer, o.day, o.as_of): o for o in reversed(unit.observations) if o.holds_of and o.holds_of > last}
    return [
        m.DATE_AFTER_REFERENCE.at(o.source, observer=o.observer, day=o.holds_of, reference=last) for o in late.values()
    ]


def _foretold(unit: UnitEvidence) -> list[Problem]:
    """Return a problem for each record that speaks of a day later than the one on which it was made."""
    early = {
        (o.observer, o.day, o.as_of): o for o in reversed(unit.observations) if o.day and o.as_of and o.as_of > o.day
    }
    return [m.FORETOLD.at(o.source, observer=o.observer, day=o.day, as_of=o.as_of) for o in early.values()]
