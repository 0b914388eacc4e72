"""Tells the whole story on one screen: pack, round and evidence become cases, assessments and a ranking, without printing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from .assessment.assess import assess
from .assessment.infer.program import Conclude
from .assessment.plan import plan_of
from .assessment.results import Assessment
from .core.problems import Problems, errors, sort_by_place
from .core.watch import Watch, unwatched
from .evidence.model import UnitEvidence
from .round.cases import Children, make_cases
from .round.model import Case, Round
from .round.read import check_units
from .standard.model import Pack

if TYPE_CHECKING:
    from .store.home import Home


class Judged(Struct, frozen=True):
    """One unit with its case, so that an explanation can name the evidence; and what was handed in, for a second reading."""

    case: Case
    assessment: Assessment
    evidence: UnitEvidence | None = None


def judge_units(
    pack: Pack,
    round_: Round,
    units: Sequence[UnitEvidence],
    conclude: Conclude,
    whole_round: bool,
    children: Children | None = None,
    watch: Watch = unwatched,
    before: Mapping[str, Judged] = MappingProxyType({}),
) -> Iterator[Judged]:
    """Judge units one by one; the cases are made, and their context frozen, before the first judgement.

    `before` are units by code as they were judged by the same pack and engine: one whose case is the same is not judged again.
    """
    cases = make_cases(pack, round_, units, whole_round, children)
    for unit, case in watch(zip(units, cases, strict=True), len(units), "judging"):
        known = before.get(case.code)
        if known is not None and known.case == case:
            yield Judged(known.case, known.assessment, unit)
        else:
            yield Judged(case, assess(plan_of(pack, case.kind), case, conclude), unit)


def read_units(
    paths: Sequence[Path], pack: Pack, round_: Round, watch: Watch = unwatched
) -> tuple[tuple[UnitEvidence, ...], Problems]:
    """Read evidence files and folders; nothing is used unless everything is readable and agrees with roster and ledger."""
    from .evidence.contradictions import AFTER_REFERENCE, Latest
    from .evidence.files import read_all

    latest = Latest(round_.reference_date, AFTER_REFERENCE) if round_.reference_date else None
    found, problems = read_all(paths, pack, latest, watch)
    return _agreed(round_, found, problems, _settled(paths, found, pack, round_))


def read_home(
    home: Home, pack: Pack, round_: Round, watch: Watch = unwatched
) -> tuple[tuple[UnitEvidence, ...], Problems]:
    """Read all that a round has received in its home; nothing is used unless everything agrees with roster and ledger."""
    from .evidence.contradictions import AFTER_REFERENCE, Latest
    from .store.settle import settle

    latest = Latest(round_.reference_date, AFTER_REFERENCE) if round_.reference_date else None
    found, problems = home.read(pack, latest, watch)
    return _agreed(round_, found, problems, settle(home, found, pack, round_))


def _agreed(
    round_: Round,
    found: tuple[UnitEvidence, ...],
    problems: Problems,
    settled: tuple[tuple[UnitEvidence, ...], Problems],
) -> tuple[tuple[UnitEvidence, ...], Problems]:
    units, more = settled
    everything = sort_by_place((*problems, *check_units(round_, found), *more))
    return (() if errors(everything) else tuple(sorted(units, key=lambda u: u.code))), everything


def _settled(
    paths: Sequence[Path], units: tuple[UnitEvidence, ...], pack: Pack, round_: Round
) -> tuple[tuple[UnitEvidence, ...], Problems]:
    """Return the units as roster and ledger name them; units assessed alone have neither."""
    if not round_.source.file:
        return units, ()
    from .store.settle import settle_paths  # late: a unit alone starts without the store

    return settle_paths(paths, units, pack, round_)
