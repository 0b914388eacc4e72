"""What tests of documents share: the sample round's ranking, and one unit of each verdict."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

import pytest
from tests.reports import paper_pages
from tests.reports.of_unit import report_of

from meihao.assessment.results import Assessment
from meihao.core.problems import Lang
from meihao.pipeline import Judged
from meihao.ranking import Ranking, rank
from meihao.reports.blank import inspection_sheet, score_sheet
from meihao.reports.lists import ranked_list
from meihao.reports.model import Report, UnitReport
from meihao.reports.notice import notice
from meihao.reports.protocol import protocol
from meihao.reports.summary import summary
from meihao.round.model import Round
from meihao.standard.model import Pack

MADE_BY = {"program": "meihao", "version": "0", "engine": "reference"}
STATES = ("passed", "failed", "undetermined")


@pytest.fixture(scope="session", autouse=True)
def shelf(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Name the folder in which pages are kept that many tests look at: one for all processes of a run."""
    own = tmp_path_factory.getbasetemp()
    paper_pages.SHELF[:] = [own.parent if "PYTEST_XDIST_WORKER" in os.environ else own]


@pytest.fixture(scope="session")
def peers(sample: Sequence[Judged]) -> Sequence[Assessment]:
    return tuple(one.assessment for one in sample)


@pytest.fixture(scope="session")
def ranking(default_pack: Pack, sample_round: Round, peers: Sequence[Assessment]) -> Ranking:
    found, problems = rank(default_pack, sample_round, peers)
    assert found is not None, "\n".join(p.text() for p in problems)
    return found


@pytest.fixture(scope="session")
def by_state(sample: Sequence[Judged]) -> Mapping[str, Judged]:
    """One unit of each verdict; the failed one is vetoed where the round has a vetoed one."""
    vetoed = [one for one in sample if ("veto" in {kind for kind, _ in one.assessment.verdict.deciding})]
    first = {state: next(one for one in sample if one.assessment.verdict.state == state) for state in STATES}
    return {**first, "failed": vetoed[0] if vetoed else first["failed"]}


@pytest.fixture(scope="session")
def reports(
    default_pack: Pack,
    sample_round: Round,
    peers: Sequence[Assessment],
    ranking: Ranking,
    by_state: Mapping[str, Judged],
) -> Mapping[tuple[str, Lang], UnitReport]:
    """The report of one unit of each verdict, in both languages."""
    languages: tuple[Lang, ...] = ("zh", "en")
    return {
        (state, lang): report_of(
            default_pack,
            sample_round,
            one.assessment,
            one.case,
            peers,
            ranking,
            lang,
            dict(MADE_BY),
            evidence=one.evidence,
        )
        for state, one in by_state.items()
        for lang in languages
    }


@pytest.fixture(scope="session")
def documents(
    default_pack: Pack, sample_round: Round, ranking: Ranking, peers: Sequence[Assessment], by_state: Mapping[str, Judged],
    reports: Mapping[tuple[str, Lang], UnitReport],
) -> Mapping[str, Report]:  # fmt: skip
    """One document of each kind."""
    one = by_state["undetermined"]
    assert one.evidence is not None
    return {
        "passed": reports["passed", "en"],
        "undetermined": reports["undetermined", "zh"],
        "list": ranked_list(ranking, default_pack, sample_round, "zh"),
        "summary": summary(ranking, peers, default_pack, sample_round, "zh"),
        "notice": notice(ranking, default_pack, sample_round, "zh"),
        "protocol": protocol(default_pack, sample_round, one.evidence, one.case, one.assessment, "zh"),
        "score": score_sheet(default_pack, "village", "zh"),
        "inspection": inspection_sheet(default_pack, "compound", "en"),
    }
