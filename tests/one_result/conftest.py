"""What tests of the one result share: the ranking of the sample round, some of its units, and all that is written of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from meihao.core.problems import Source, errors
from meihao.pipeline import Judged
from meihao.ranking import Ranking, rank
from meihao.reports import write
from meihao.reports.messages import NO_PANGO
from meihao.round.model import Round
from meihao.standard.model import Pack
from meihao.uses.session import Session

EVERY = 40


@pytest.fixture(scope="session")
def some(sample: Sequence[Judged]) -> Sequence[Judged]:
    """Return every fortieth unit of the sample, and four that are undetermined."""
    open_ = [one for one in sample if one.assessment.verdict.state == "undetermined"]
    return [*sample[::EVERY], *open_[:4]]


@pytest.fixture(scope="session")
def ranking(default_pack: Pack, sample_round: Round, sample: Sequence[Judged]) -> Ranking:
    found, problems = rank(default_pack, sample_round, [one.assessment for one in sample])
    assert found is not None, problems
    return found


@pytest.fixture(scope="session")
def desk(default_pack: Pack, sample_round: Round) -> Session:
    return Session(default_pack, sample_round, "zh", "reference", whole_round=True)


@pytest.fixture(scope="session")
def written(
    default_pack: Pack, sample_round: Round, ranking: Ranking, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return a folder with all that `rank --to` writes of a closed round with a decision, its pages as HTML."""
    folder = tmp_path_factory.mktemp("written")
    (folder / "decision.yaml").write_text("objections: none\n", encoding="utf-8")
    closed = replace(sample_round, closed=True, source=Source(str(folder / "round.yaml")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(write, "pdf_missing", lambda: (NO_PANGO.at(Source(), why="pages are read, not printed"),))
        _, problems = write.write_ranking(ranking, default_pack, closed, folder, "zh")
    assert not errors(problems)
    return folder
