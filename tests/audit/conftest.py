"""What tests of verify share: the sample round judged again, and one report, one list and one notice made of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.audit.published import Published
from tests.reports.of_unit import report_of

from meihao import __version__
from meihao.assessment.infer.reference import conclude
from meihao.assessment.results import Assessment
from meihao.assessment.to_json import to_json
from meihao.audit.checks import Standard
from meihao.audit.pages import Paper
from meihao.audit.remade import Again, MadeBy
from meihao.core.canonical import pretty
from meihao.core.problems import Lang, errors
from meihao.pipeline import Judged, judge_units, read_units
from meihao.ranking import Ranking, rank
from meihao.ranking.to_json import to_json as ranking_json
from meihao.reports.lists import ranked_list
from meihao.reports.notice import notice
from meihao.reports.pdf import pdf_missing
from meihao.reports.press import pdf_toolchain_versions
from meihao.reports.protocol import protocol
from meihao.reports.publication import publication_of
from meihao.reports.render import BUILT_IN
from meihao.reports.write import pdf_of, published
from meihao.round.model import Round
from meihao.round.read import read_round_file
from meihao.sample.invent import invent
from meihao.sample.recipe import read_recipe
from meihao.standard.model import Pack

MADE_BY = {"program": "meihao", "version": __version__, "engine": "reference"}


@pytest.fixture(scope="session")
def sample_folder(default_pack: Pack, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample round with an eighth of its units: whatever is verified is judged and set again each time."""
    folder = tmp_path_factory.mktemp("small")
    recipe = (root / "examples" / "demo" / "recipe.yaml").read_text("utf-8")
    small = re.sub(r"count: (\d+)", lambda found: f"count: {int(found[1]) // 8}", recipe)
    (folder / "recipe.yaml").write_text(small, "utf-8")
    for file in invent(default_pack, read_recipe(folder)):
        (folder / file.path).parent.mkdir(exist_ok=True)
        (folder / file.path).write_text(file.text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def sample_round(default_pack: Pack, sample_folder: Path) -> Round:
    round_, problems = read_round_file(sample_folder / "round.yaml", default_pack)
    assert round_ is not None, problems
    return round_


@pytest.fixture(scope="session")
def sample(default_pack: Pack, sample_round: Round, sample_folder: Path) -> Sequence[Judged]:
    """The small round, judged by the reference engine.

    All three are made here: a fixture of the whole suite keeps what it was first made of, whoever asks for it later.
    """
    units, problems = read_units([sample_folder / "evidence"], default_pack, sample_round)
    assert not errors(problems)
    return tuple(judge_units(default_pack, sample_round, units, conclude, whole_round=True))


@pytest.fixture(scope="session")
def made_by() -> dict[str, str]:
    return {**MADE_BY, **pdf_toolchain_versions()}


@pytest.fixture(scope="session")
def standard(default_pack: Pack) -> Standard:
    return Standard(default_pack)


@pytest.fixture(scope="session")
def peers(sample: Sequence[Judged]) -> tuple[Assessment, ...]:
    return tuple(one.assessment for one in sample)


@pytest.fixture(scope="session")
def ranking(default_pack: Pack, sample_round: Round, peers: Sequence[Assessment]) -> Ranking:
    found, problems = rank(default_pack, sample_round, peers)
    assert found is not None, "\n".join(p.text() for p in problems)
    return found


@pytest.fixture(scope="session")
def one(sample: Sequence[Judged]) -> Judged:
    """The first unit of the sample that passed."""
    return next(one for one in sample if one.assessment.verdict.state == "passed")


@pytest.fixture(scope="session")
def again(
    default_pack: Pack, sample_round: Round, sample: Sequence[Judged], peers: Sequence[Assessment], ranking: Ranking
) -> Again:
    by_code = {one.case.code: one for one in sample}

    def unit_paper(code: str, made: MadeBy, lang: Lang) -> Paper:
        unit = by_code[code]
        return report_of(
            default_pack, sample_round, unit.assessment, unit.case, peers, ranking, lang, made, evidence=unit.evidence
        ), {}  # fmt: skip

    def record(code: str, made: MadeBy, lang: Lang) -> Paper:
        unit = by_code[code]
        assert unit.evidence is not None
        return protocol(default_pack, sample_round, unit.evidence, unit.case, unit.assessment, lang, made), {}

    cases = {code: unit.case for code, unit in by_code.items()}
    papers = {"unit": unit_paper, "protocol": record}
    return Again(sample_round, cases, {a.unit: a for a in peers}, papers, BUILT_IN)


@pytest.fixture(scope="session")
def out(
    default_pack: Pack, sample_round: Round, one: Judged, again: Again, ranking: Ranking, made_by: dict[str, str]
) -> Published:
    """One file of each kind; skips where no PDF can be made."""
    if pdf_missing():
        pytest.skip("Pango is missing on this machine")
    unit, listed = to_json(one.assessment, made_by), ranking_json(ranking, made_by)
    public = notice(ranking, default_pack, sample_round, "zh", made_by, publication_of(sample_round)[0])
    told = published(public, listed)
    pages = (
        pdf_of(again.unit_papers["unit"](one.case.code, made_by, "zh")[0], unit),
        pdf_of(ranked_list(ranking, default_pack, sample_round, "en", made_by), listed),
        pdf_of(public, told),
    )
    unit_pdf, ranking_pdf, notice_pdf = (pdf for pdf, _ in pages)
    return Published(unit, unit_pdf, listed, ranking_pdf, told, notice_pdf)


@pytest.fixture
def result_file(one: Judged, made_by: dict[str, str], tmp_path: Path) -> Path:
    path = tmp_path / "result.json"
    path.write_text(pretty(to_json(one.assessment, made_by)), encoding="utf-8")
    return path
