"""Proves that documents and pages say what they said when somebody last read them: a sentence turned round fails here.

`make goldens` writes the texts in said/ anew: read the difference. Digests stand as #, long lists by their first and last rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.reports.of_unit import report_of
from tests.reports.said import said, says_as_kept
from tests.reports.test_unit_comparison import judged_otherwise

from meihao.assessment.explain.unit import explain_unit
from meihao.assessment.infer.reference import conclude
from meihao.assessment.results import Assessment
from meihao.cli.pages import item_page, unit_page
from meihao.cli.rank import ranking_page
from meihao.core.problems import Lang, Source, errors
from meihao.pipeline import Judged, judge_units
from meihao.ranking import Ranking
from meihao.reports import write
from meihao.reports.blank import inspection_sheet, score_sheet
from meihao.reports.messages import NO_PANGO
from meihao.reports.model import Report
from meihao.reports.protocol import protocol
from meihao.reports.render import render
from meihao.reports.summary import summary
from meihao.round.model import Round
from meihao.standard.model import Pack
from meihao.uses.session import Session

LANGS: tuple[Lang, ...] = ("zh", "en")
UNITS = ("passed", "failed", "vetoed", "undetermined", "disputed", "self", "alone", "draft")
PAPERS = ("record", "summary", "score", "inspection")
LISTS = {
    "list": ("排名名单", "ranked-list"),
    "notice": ("公示名单", "public-notice"),
    "decision": ("命名决定", "decision"),
}
TERMINAL = (
    "terminal-passed", "terminal-vetoed", "terminal-undetermined", "terminal-self", "terminal-item", "terminal-ranking",
)  # fmt: skip
Chosen = Mapping[str, Judged]
Make = Callable[[str, Lang], str]


@pytest.fixture(scope="module")
def chosen(default_pack: Pack, sample_round: Round, sample: Sequence[Judged]) -> Chosen:
    """A unit of each kind of verdict, the first of the sample."""
    vetoed = [one for one in sample if "veto" in {kind for kind, _ in one.assessment.verdict.deciding}]
    in_state = {
        state: next(o for o in sample if o.assessment.verdict.state == state and o not in vetoed)
        for state in ("passed", "failed", "undetermined")
    }
    disputed = judged_otherwise(in_state["failed"], default_pack, sample_round)
    enough = next(one for one in vetoed if one.assessment.grade)  # by points, were it not for the veto
    assert in_state["passed"].evidence is not None
    alone = replace(sample_round, stage="self", registers=())
    (own,) = judge_units(default_pack, alone, [in_state["passed"].evidence], conclude, whole_round=False)
    return {**in_state, "vetoed": enough, "disputed": disputed, "self": own}


@pytest.fixture(scope="module")
def lists(
    default_pack: Pack, sample_round: Round, ranking: Ranking, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[Lang, Path]:
    """For each language a folder with the lists of the closed round, its pages as HTML."""
    folders: dict[Lang, Path] = {}
    for lang in LANGS:
        folders[lang] = tmp_path_factory.mktemp(lang)
        (folders[lang] / "decision.yaml").write_text("objections: none\n", encoding="utf-8")
        closed = replace(sample_round, closed=True, source=Source(str(folders[lang] / "round.yaml")))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(write, "pdf_missing", lambda: (NO_PANGO.at(Source(), why="read, not printed"),))
            _, problems = write.write_ranking(ranking, default_pack, closed, folders[lang], lang)
        assert not errors(problems)
    return folders


@pytest.fixture(scope="module")
def make(
    default_pack: Pack, sample_round: Round, chosen: Chosen, peers: Sequence[Assessment], ranking: Ranking,
    lists: Mapping[Lang, Path],
) -> Make:  # fmt: skip
    """Return what a document of a name says in a language."""

    def unit(name: str, lang: Lang) -> Report:
        pack = replace(default_pack, errors=2) if name == "draft" else default_pack
        one = chosen["undetermined" if name in ("alone", "draft") else name]
        around: tuple[Sequence[Assessment], Ranking | None] = (
            ((), None) if name in ("alone", "self") else (peers, ranking)
        )
        round_ = replace(sample_round, stage="self", registers=()) if name == "self" else sample_round
        return report_of(pack, round_, one.assessment, one.case, *around, lang, evidence=one.evidence)

    def paper(name: str, lang: Lang) -> Report:
        if name == "record":
            one = chosen["disputed"]
            assert one.evidence is not None
            return protocol(default_pack, sample_round, one.evidence, one.case, one.assessment, lang)
        if name == "summary":
            return summary(ranking, peers, default_pack, sample_round, lang)
        if name == "score":
            return score_sheet(default_pack, "village", lang)
        return inspection_sheet(default_pack, "compound", lang)

    def terminal(name: str, lang: Lang) -> str:
        desk = Session(default_pack, sample_round, lang, "reference", whole_round=True)
        what = name.removeprefix("terminal-")
        if what == "ranking":
            return ranking_page(ranking, desk, rows=3)
        one = chosen["undetermined" if what == "item" else what]
        explained = explain_unit(one.assessment, default_pack, lang, one.case)
        if what != "item":
            return unit_page(explained, desk)
        open_ = next(i for d in explained.dimensions for i in d.items if i.outcome_code == "unknown")
        return item_page(open_, explained, desk)

    def text(name: str, lang: Lang) -> str:
        if name in TERMINAL:
            return terminal(name, lang) + "\n"
        if name in LISTS:
            return said((lists[lang] / f"{LISTS[name][LANGS.index(lang)]}.html").read_text("utf-8"))
        page, problems = render(unit(name, lang) if name in UNITS else paper(name, lang), lang)
        assert not problems
        return said(page)

    return text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", [*UNITS, *PAPERS, *LISTS, *TERMINAL])
def test_a_document_says_what_it_said(name: str, lang: Lang, make: Make) -> None:
    says_as_kept(f"{name}.{lang}", make(name, lang))
