"""The report of a unit as `meihao report` makes it: judged again for its advice, then laid out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from meihao.advice.again import judge_again
from meihao.assessment.results import Assessment
from meihao.core.canonical import Json
from meihao.core.problems import Lang
from meihao.evidence.model import UnitEvidence
from meihao.ranking import Ranking
from meihao.reports.model import Shot, UnitReport
from meihao.reports.unit import unit_report
from meihao.round.model import Case, Round
from meihao.standard.model import Pack


def report_of(
    pack: Pack, round_: Round, own: Assessment, case: Case | None = None, peers: Sequence[Assessment] = (),
    ranking: Ranking | None = None, lang: Lang = "zh", made_by: Mapping[str, Json] | None = None, *,
    evidence: UnitEvidence | None = None, shots: tuple[Shot, ...] = (),
) -> UnitReport:  # fmt: skip
    """Return the report of a unit with its advice; without its case it has none."""
    again = judge_again(pack, own, case, evidence, ranking)
    return unit_report(pack, round_, own, case, peers, ranking, lang, made_by, again=again, shots=shots)
