"""Makes cases that are ready to be judged from pack, round and evidence: merged facts, relations, grants and context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..evidence.model import UnitEvidence
from ..standard.model import Field, Pack
from ..standard.model.parts import looks_of
from .context import with_context
from .merge import held, merge_facts
from .model import Case, Grant, Hit, Round
from .registers import whole_registers
from .relations import find_hits

Children = Mapping[str, tuple[Mapping[str, str], ...]]


def make_cases(
    pack: Pack, round_: Round, units: Sequence[UnitEvidence], whole_round: bool, children: Children | None = None
) -> tuple[Case, ...]:
    """Return one case a unit. Without the whole round, cohort values stay `needs_round`."""
    hits, lifted = find_hits(pack, units), waived(pack, round_)
    fields = {kind.id: [field for field in pack.fields if kind.id in field.kinds] for kind in pack.kinds}
    looks = {kind.id: looks_of(pack, kind.id) for kind in pack.kinds}
    registers = whole_registers(round_, (unit.region for unit in units))
    cases = tuple(
        _case(
            round_, unit, fields[unit.kind], looks[unit.kind], hits.get(unit.code, ()), lifted.get(unit.code, ()),
            registers[unit.region], children,
        )
        for unit in units
    )  # fmt: skip
    return with_context(pack, cases) if whole_round else cases


def _case(
    round_: Round, unit: UnitEvidence, fields: Sequence[Field], looks: Mapping[str, int], hits: tuple[Hit, ...],
    lifted: tuple[str, ...], registers: tuple[str, ...], children: Children | None,
) -> Case:  # fmt: skip
    found = hits if round_.stage == "verified" else ()
    return Case(
        code=unit.code,
        kind=unit.kind,
        name=unit.name,
        region=unit.region,
        stage=round_.stage,
        closed=round_.closed,
        reference_date=round_.reference_date,
        facts=held(merge_facts(fields, unit.observations, round_.stage, registers), found, looks),
        documents=unit.documents,
        children=None if children is None else children.get(unit.code, ()),
        hits=found,
        waived=lifted,
        registers=registers,
    )


def waived(pack: Pack, round_: Round) -> Mapping[str, tuple[str, ...]]:
    """Return the rules and grade lines that valid grants lift on the reference date (dates inclusive), by unit."""
    by_id = {waiver.id: waiver for waiver in pack.waivers}
    lifted: dict[str, set[str]] = {}
    for grant in round_.grants:
        if grant.waiver in by_id and _in_force(grant, round_):
            lifted.setdefault(grant.unit, set()).update(by_id[grant.waiver].of)
    return {unit: tuple(sorted(targets)) for unit, targets in lifted.items()}


def _in_force(grant: Grant, round_: Round) -> bool:
    return round_.reference_date is not None and grant.granted_on <= round_.reference_date <= grant.until
