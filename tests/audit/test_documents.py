"""Proves that verify makes every kind of document again, in both languages and by both programs, and finds altered pages."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from msgspec.structs import replace
from tests.audit.published import Published
from tests.audit.test_verify import ALONE, PDF, altered, checks, states

from meihao.assessment.to_json import to_json
from meihao.audit import pages, remade
from meihao.audit.checks import Standard
from meihao.audit.pages import Paper
from meihao.audit.remade import Again
from meihao.core.canonical import Json, digest
from meihao.core.problems import Lang
from meihao.core.text import Label
from meihao.pipeline import Judged
from meihao.ranking import Ranking
from meihao.ranking.details import details
from meihao.ranking.to_json import to_json as ranking_json
from meihao.reports.notice import notice
from meihao.reports.pdf import pdf_missing
from meihao.reports.press import typst_toolchain_versions
from meihao.reports.publication import publication_of
from meihao.reports.seal import seal
from meihao.reports.summary import summary
from meihao.reports.typst_press import typst_missing
from meihao.reports.write import pdf_of, published
from meihao.standard.model import Pack

LANGS: tuple[Lang, ...] = ("zh", "en")
HOLDS = dict.fromkeys(PDF, "holds")
needs_pango = pytest.mark.skipif(bool(pdf_missing()), reason="Pango is missing on this machine")
needs_typst = pytest.mark.skipif(bool(typst_missing()), reason="Typst is not installed")


def of_unit(template: str, lang: Lang, one: Judged, again: Again, made: Mapping[str, str]) -> bytes:
    """Return a document of a unit as it goes out."""
    report, _ = again.unit_papers[template](one.case.code, made, lang)
    pdf, problems = pdf_of(report, to_json(one.assessment, dict(made)))
    assert pdf, problems
    return pdf


@needs_pango
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("template", ["unit", "protocol"])
def test_a_report_and_a_record_of_inspection_hold_in_both_languages(
    template: str, lang: Lang, one: Judged, standard: Standard, again: Again, made_by: dict[str, str]
) -> None:
    found = checks(of_unit(template, lang, one, again, made_by), standard, again)
    assert {name: check.state for name, check in found.items()} == HOLDS
    assert found["pages"].said.zh == "逐字节相同"


@needs_typst
@pytest.mark.parametrize("lang", LANGS)
def test_a_report_set_by_typst_holds_in_both_languages(
    lang: Lang, one: Judged, standard: Standard, again: Again, made_by: dict[str, str]
) -> None:
    made = {"program": "meihao", "version": made_by["version"], "engine": "reference", **typst_toolchain_versions()}
    found = checks(of_unit("unit", lang, one, again, made), standard, again)
    assert found["pages"].said.zh == "逐字节相同"


@needs_pango
@pytest.mark.parametrize("lang", LANGS)
def test_the_page_of_a_round_holds_in_both_languages(
    lang: Lang, ranking: Ranking, default_pack: Pack, standard: Standard, again: Again, made_by: dict[str, str]
) -> None:
    page = summary(ranking, again.assessments.values(), default_pack, again.round, lang, made_by)
    assert states(pdf_of(page, ranking_json(ranking, made_by))[0], standard, again) == HOLDS


def test_the_result_of_an_english_notice_holds_too(
    ranking: Ranking, default_pack: Pack, standard: Standard, again: Again, made_by: dict[str, str]
) -> None:
    public = notice(ranking, default_pack, again.round, "en", made_by)
    found = states(published(public, ranking_json(ranking, made_by)), standard, again)
    assert found == {"seal": "holds", "pack": "not_checked", "body": "holds"}


@needs_pango
def test_a_record_of_inspection_with_another_value_on_its_pages_is_found(
    one: Judged, standard: Standard, again: Again, made_by: dict[str, str]
) -> None:
    """The forger sets another page around the honest result, and seals the file anew."""
    report, _ = again.unit_papers["protocol"](one.case.code, made_by, "zh")
    bad, _ = pdf_of(replace(report, name="冒名小区"), to_json(one.assessment, made_by))
    assert "fails" not in states(bad, standard).values()
    found = checks(bad, standard, again)["pages"]
    assert found.state == "fails"
    assert any("冒名小区" in d.was.zh for d in found.differences)


@needs_pango
def test_a_kind_of_pages_that_is_not_known_here_is_not_checked(
    one: Judged, standard: Standard, again: Again, made_by: dict[str, str]
) -> None:
    known: dict[str, remade.UnitPaper] = {"unit": again.unit_papers["unit"]}
    found = states(of_unit("protocol", "zh", one, again, made_by), standard, replace(again, unit_papers=known))
    assert (found["body"], found["pages"]) == ("holds", "not_checked")


# ---- what stands behind a ranking ------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def behind(default_pack: Pack, again: Again, ranking: Ranking) -> dict[str, Json]:
    judged = [(again.cases[code], assessment) for code, assessment in again.assessments.items()]
    return details(default_pack, judged, str(ranking_json(ranking)["digest"]))


def test_the_details_behind_a_ranking_hold_and_have_no_seal(
    behind: dict[str, Json], standard: Standard, again: Again
) -> None:
    assert states(behind, standard, again) == {name: "holds" for name in ALONE if name != "seal"}
    assert "2026" in checks(behind, standard)["pack"].said.zh


def test_a_fact_altered_in_the_details_is_named_with_its_unit(
    behind: dict[str, Json], one: Judged, standard: Standard, again: Again
) -> None:
    def change(record: dict[str, Json]) -> None:
        facts = record["body"]["units"][one.case.code]["facts"]  # type: ignore[call-overload,index]  # plain JSON
        facts["households"]["value"] = {"zh": "7户", "en": "7"}  # type: ignore[call-overload,index]  # plain JSON

    bad = altered(behind, change)
    found = checks({**bad, "digest": digest(bad["body"])}, standard, again)["body"]
    assert [(d.where, d.was) for d in found.differences] == [
        (Label(f"单位 · {one.case.code} · 填报 · 总户数 · 值", f"unit · {one.case.code} · fact · Households · value"),
         Label("7户", "7"))
    ]  # fmt: skip


# ---- versions and typefaces ------------------------------------------------------------------------------------------


@needs_typst
def test_pages_by_typst_are_asked_for_the_versions_of_typst(
    one: Judged, standard: Standard, again: Again, made_by: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes of other versions stand in as bytes that differ in a place where no text is."""
    made = {"program": "meihao", "version": made_by["version"], "engine": "reference", **typst_toolchain_versions()}
    honest = of_unit("unit", "zh", one, again, made)
    elsewhere = seal(honest.replace(b"%\x80\x80\x80\x80", b"%\x80\x80\x80\x81", 1))
    assert elsewhere != honest
    same = checks(elsewhere, standard, again)["pages"]
    assert (same.state, same.said.zh) == ("fails", "文字相同，文件却不同：不是原件")
    monkeypatch.setattr(pages, "pdf_toolchain_versions", lambda: {"weasyprint": "0.1"})
    assert checks(elsewhere, standard, again)["pages"].state == "fails"
    monkeypatch.setattr(pages, "typst_toolchain_versions", lambda: {**typst_toolchain_versions(), "typst": "0.1"})
    other = checks(elsewhere, standard, again)["pages"]
    assert other.state == "holds"
    assert f"typst {typst_toolchain_versions()['typst']} → 0.1" in other.said["en"]
    assert "weasyprint" not in other.said["en"]


@needs_pango
def test_a_notice_that_asks_for_fangsong_holds_whether_the_machine_had_it_or_not(
    out: Published, ranking: Ranking, default_pack: Pack, standard: Standard, again: Again, made_by: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    asked = replace(publication_of(again.round)[0], typeface="fangsong")
    monkeypatch.setattr(remade, "publication_of", lambda _: (asked, ()))
    assert checks(out.notice_pdf, standard, again)["pages"].said.zh == "逐字节相同"  # the serif stood in
    own = notice(ranking, default_pack, again.round, "zh", made_by, asked)
    elsewhere = seal(pdf_of(own, out.notice)[0].replace(b"%\xf0\x9f\x96\xa4", b"%\xf0\x9f\x96\xa5"))
    found = checks(elsewhere, standard, again)["pages"]
    assert found.state == "holds"
    assert "用了本机的仿宋" in found.said.zh


# ---- what may explain another result ---------------------------------------------------------------------------------


def test_a_result_of_another_round_is_told_from_one_of_other_facts(
    out: Published, one: Judged, standard: Standard, again: Again
) -> None:
    def now(**changed: object) -> str:
        other = replace(one.assessment, total_lo=1, **changed)
        found = checks(out.unit, standard, replace(again, assessments={**again.assessments, other.unit: other}))
        assert found["body"].state == "fails"
        return found["body"].said.zh

    assert "--round" in now(stage="self")
    assert "全批" in now(context_digest="sha256:1")
    assert now().endswith("处不同")


def test_pages_of_other_evidence_are_not_called_forged(
    out: Published, one: Judged, standard: Standard, again: Again
) -> None:
    """The result is the same; what the pages say of the evidence is not: either may have been altered."""

    def unit(code: str, made: Mapping[str, str], lang: Lang) -> Paper:
        report, pictures = again.unit_papers["unit"](code, made, lang)
        return replace(report, name="改名小区"), pictures

    found = checks(out.unit_pdf, standard, replace(again, unit_papers={"unit": unit}))["pages"]
    assert found.state == "fails"
    assert "或者给出的证据不是当时的" in found.said.zh
    assert "or the evidence given is not the evidence of that time" in found.said["en"]
