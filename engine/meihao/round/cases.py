"""Pack, round and evidence -> cases ready to be judged: merged facts, relations, grants, context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..evidence.model import UnitEvidence
from ..standard.model import Pack
from .context import with_context
from .merge import merge_facts
from .model import Case, Grant, Hit, Round
from .registers import whole_registers
from .relations import find_hits

Children = Mapping[str, tuple[Mapping[str, str], ...]]


def make_cases(
    pack: Pack, round_: Round, units: Sequence[UnitEvidence], whole_round: bool, children: Children | None = None
) -> tuple[Case, ...]:
    """Return one case a unit. Without the whole round, cohort values stay `needs_round`."""
    hits = find_hits(pack, units)
    cases = tuple(_case(pack, round_, unit, hits.get(unit.code, ()), children) for unit in units)
    return with_context(pack, cases) if whole_round else cases


def _case(pack: Pack, round_: Round, unit: UnitEvidence, hits: tuple[Hit, ...], children: Children | None) -> Case:
    fields = [field for field in pack.fields if unit.kind in field.kinds]
    registers = whole_registers(round_, unit.region)
    return Case(
        code=unit.code,
        kind=unit.kind,
        name=unit.name,
        region=unit.region,
        stage=round_.stage,
        closed=round_.closed,
        reference_date=round_.reference_date,
        facts=merge_facts(fields, unit.observations, round_.stage, registers),
        documents=unit.documents,
        children=None if children is None else children.get(unit.code, ()),
        hits=hits if round_.stage == "verified" else (),
        waived=waived(pack, round_, unit.code),
        registers=registers,
    )


def waived(pack: Pack, round_: Round, code: str) -> tuple[str, ...]:
    """Return the rules and grade lines that valid grants lift for a unit on the reference date (dates inclusive)."""
    by_id = {waiver.id: waiver for waiver in pack.waivers}
    lifted = {
        target
        for grant in round_.grants
        if grant.unit == code and grant.waiver in by_id and _in_force(grant, round_)
        for target in by_id[grant.waiver].of
    }
    return tuple(sorted(lifted))


def _in_force(grant: Grant, round_: Round) -> bool:
    return round_.reference_date is not None and grant.granted_on <= round_.reference_date <= grant.until
