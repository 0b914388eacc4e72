"""Proves that verify says of every published file what holds, and of every tampered one what does not, and never more."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

import pytest
from msgspec.structs import replace
from tests.audit.published import Published

from meihao.assessment.to_json import to_json
from meihao.audit import pages
from meihao.audit.checks import Standard
from meihao.audit.model import Check, OpenedFile
from meihao.audit.opened import open_document
from meihao.audit.remade import Again
from meihao.audit.verify import verify
from meihao.core.canonical import Json, digest, pretty
from meihao.core.seal import sealed
from meihao.pipeline import Judged
from meihao.ranking import Ranking
from meihao.reports.seal import seal
from meihao.reports.write import pdf_of
from meihao.standard.checking.edition import Seal

ALONE = ("digest", "seal", "pack", "body")
PDF = ("file", "embedded", *ALONE, "pages")


def opened(data: bytes) -> OpenedFile:
    document, problems = open_document(data, "a")
    assert document is not None, [p.text() for p in problems]
    return document


def checks(data: bytes | Mapping[str, Json], standard: Standard, again: Again | None = None) -> dict[str, Check]:
    """Return the checks of a file with one result, by name."""
    document = opened(data if isinstance(data, bytes) else pretty(data).encode())
    (audit,) = verify(document, standard, again)
    assert len({check.id for check in audit.checks}) == len(audit.checks)
    return {check.id: check for check in audit.checks}


def states(data: bytes | Mapping[str, Json], standard: Standard, again: Again | None = None) -> dict[str, str]:
    return {name: check.state for name, check in checks(data, standard, again).items()}


def altered(record: Mapping[str, Json], change: Any) -> dict[str, Any]:
    """Return a copy of a record that `change` has altered in place."""
    copy = json.loads(pretty(record))
    change(copy)
    return dict(copy)


def forged(record: Mapping[str, Json], change: Any) -> dict[str, Any]:
    """Return an altered record whose digest and seal were computed anew, as a forger would."""
    copy = altered(record, change)
    return sealed({**copy, "digest": digest(copy["body"])})


def raise_first_item(record: dict[str, Any]) -> None:
    item = next(item for item in record["body"]["items"] if item["outcome"] == "not_met")
    item["lo"] = item["hi"] = item["points"]


# ---- what holds ------------------------------------------------------------------------------------------------------


def test_of_an_honest_report_everything_holds_byte_for_byte(out: Published, standard: Standard, again: Again) -> None:
    found = checks(out.unit_pdf, standard, again)
    assert {name: check.state for name, check in found.items()} == dict.fromkeys(PDF, "holds")
    assert found["pages"].said.zh == "逐字节相同"


def test_of_an_honest_list_and_notice_everything_holds(out: Published, standard: Standard, again: Again) -> None:
    assert states(out.ranking_pdf, standard, again) == dict.fromkeys(PDF, "holds")
    of_notice = {name: "holds" for name in PDF if name != "digest"}
    assert states(out.notice_pdf, standard, again) == {**of_notice, "pack": "not_checked"}


def test_of_honest_json_everything_holds(out: Published, standard: Standard, again: Again) -> None:
    for record in (out.unit, out.ranking):
        assert states(record, standard, again) == dict.fromkeys(ALONE, "holds")
    assert states(out.notice, standard, again) == {"seal": "holds", "pack": "not_checked", "body": "holds"}


def test_without_evidence_nothing_fails_and_what_was_not_checked_is_said(out: Published, standard: Standard) -> None:
    found = checks(out.unit_pdf, standard)
    assert {name for name, check in found.items() if check.state == "not_checked"} == {"body", "pages"}
    assert not [check for check in found.values() if check.state == "fails"]
    assert "没有给出证据" in found["body"].said.zh
    assert "no evidence" in found["body"].said.en


def test_a_list_of_results_is_checked_one_by_one(out: Published, standard: Standard) -> None:
    bad = altered(out.unit, raise_first_item)
    audits = verify(opened(pretty([out.unit, bad]).encode()), standard)
    assert [audit.count("fails") for audit in audits] == [0, 1]


def test_json_written_in_another_way_says_the_same(out: Published, standard: Standard) -> None:
    compact = json.dumps(out.unit, ensure_ascii=True).encode()
    assert states(compact, standard) == states(out.unit, standard)


# ---- what does not ---------------------------------------------------------------------------------------------------


def test_points_altered_by_hand_do_not_fit_the_digest(one: Judged, standard: Standard, again: Again) -> None:
    found = checks(altered(failing(one, again), raise_first_item), standard, again)
    assert found["digest"].state == found["body"].state == "fails"


def failing(one: Judged, again: Again) -> dict[str, Json]:
    """Return the published result of a unit with an item that is not met."""
    units = again.assessments.values()
    unit = next(a for a in units if any(i.outcome == "not_met" for i in a.items))
    return to_json(unit, {"program": "meihao"})


def test_a_forged_result_with_new_digests_is_found_by_the_evidence_alone(
    one: Judged, standard: Standard, again: Again
) -> None:
    honest = failing(one, again)
    bad = forged(honest, raise_first_item)
    assert "fails" not in states(bad, standard).values()
    found = checks(bad, standard, again)
    assert found["body"].state == "fails"
    first = found["body"].differences[0]
    item = next(i for i in bad["body"]["items"] if i["outcome"] == "not_met")
    titles = {c.id: c.title for _, root in standard.pack.standards for c in leaves_of(root)}
    assert titles[item["id"]].zh in first.where.zh
    assert titles[item["id"]]["en"] in first.where["en"]
    assert (first.was.zh, first.now.zh) == (item["points"], "0")


def leaves_of(root: Any) -> Any:
    from meihao.standard.model import leaves

    return leaves(root)


def test_who_made_it_cannot_be_rewritten_unnoticed(out: Published, standard: Standard) -> None:
    found = states(altered(out.unit, lambda record: record["made_by"].update(engine="other")), standard)
    assert found["seal"] == "fails"
    assert found["digest"] == "holds"


def test_a_name_put_on_a_notice_is_named(out: Published, standard: Standard, again: Again) -> None:
    copy = altered(out.notice, lambda record: record["notice"][0].update(name="冒名村"))
    found = checks(sealed(copy), standard, again)
    assert found["body"].state == "fails"
    assert "冒名村" in {d.was.zh for d in found["body"].differences}


def test_another_figure_in_a_ranking_is_named_with_its_unit(out: Published, standard: Standard, again: Again) -> None:
    def change(record: dict[str, Any]) -> None:
        record["body"]["lists"][0]["units"][0]["figure"] = "100"

    unit = json.loads(pretty(out.ranking))["body"]["lists"][0]["units"][0]["unit"]
    found = checks(forged(out.ranking, change), standard, again)["body"]
    assert [(unit in d.where.zh, d.was.zh) for d in found.differences] == [(True, "100")]


def test_pages_that_say_something_else_than_the_result_are_found(
    out: Published, one: Judged, standard: Standard, again: Again, made_by: dict[str, str]
) -> None:
    """The forger sets other pages around the honest result, and seals the file anew."""
    report, _ = again.unit_papers["unit"](one.case.code, made_by, "zh")
    bad, _ = pdf_of(replace(report, name="冒名小区"), out.unit)
    assert "fails" not in states(bad, standard).values()
    found = checks(bad, standard, again)
    assert found["body"].state == "holds"
    assert found["pages"].state == "fails"
    assert any("冒名小区" in d.was.zh for d in found["pages"].differences)


def test_a_changed_byte_of_a_pdf_breaks_its_seal(out: Published, standard: Standard) -> None:
    at = len(out.unit_pdf) // 3
    changed = out.unit_pdf[:at] + bytes([out.unit_pdf[at] ^ 1]) + out.unit_pdf[at + 1 :]
    _, problems = open_document(changed, "a")
    assert problems or checks(changed, standard)["file"].state == "fails"


def test_a_pdf_without_end_mark_or_seal_is_not_the_original(out: Published, standard: Standard) -> None:
    bare = out.notice_pdf.replace(b"startxref\n", b"startxref\r")
    assert checks(bare, standard)["file"].state == "fails"


def test_something_added_to_a_pdf_that_is_no_signature_fails(out: Published, standard: Standard) -> None:
    found = states(out.notice_pdf + b"% a note\n", standard)
    signature = "fails" if find_spec("pyhanko") else "not_checked"  # without the extra nothing is said of signatures
    assert (found["file"], found["added"], found["signature"]) == ("holds", "holds", signature)


# ---- the standard and the evidence -----------------------------------------------------------------------------------


def test_another_standard_is_said_and_nothing_is_judged_by_it(out: Published, standard: Standard, again: Again) -> None:
    other = replace(standard, pack=replace(standard.pack, digest="sha256:" + "0" * 64), named=True)
    found = states(out.unit_pdf, other, again)
    assert (found["pack"], found["body"], found["pages"]) == ("fails", "not_checked", "not_checked")


def test_a_city_s_own_standard_must_be_named(out: Published, standard: Standard) -> None:
    city = forged(out.unit, lambda record: record["body"]["pack"].update(id="city", digest="sha256:1"))
    assert checks(city, standard)["pack"].state == "not_checked"
    assert "--pack" in checks(city, standard)["pack"].said.en
    assert checks(city, replace(standard, named=True))["pack"].state == "fails"


def test_a_sealed_edition_is_known_though_the_folder_holds_another(out: Published, standard: Standard) -> None:
    old = forged(out.unit, lambda record: record["body"]["pack"].update(edition="2025", digest="sha256:1"))
    seals = (Seal("2025", "sha256:1"), Seal(standard.pack.edition, standard.pack.digest))
    assert checks(old, replace(standard, seals=seals, named=True))["pack"].state == "not_checked"
    assert "已封存" in checks(out.unit, replace(standard, seals=seals))["pack"].said.zh


def test_changed_evidence_gives_another_result_and_every_difference(
    out: Published, one: Judged, standard: Standard, again: Again
) -> None:
    now = replace(one.assessment, total_lo=1, total_hi=2)
    other = replace(again, assessments={**again.assessments, now.unit: now})
    found = checks(out.unit_pdf, standard, other)
    assert {(d.where.zh, d.now.zh) for d in found["body"].differences} == {
        ("总分 · 得分", "1"),
        ("总分 · 最高可得", "2"),
    }
    assert found["pages"].state == "not_checked"


def test_evidence_without_the_unit_fails(out: Published, one: Judged, standard: Standard, again: Again) -> None:
    rest = {code: a for code, a in again.assessments.items() if code != one.case.code}
    assert states(out.unit, standard, replace(again, assessments=rest))["body"] == "fails"


def test_with_other_versions_the_texts_of_the_pages_are_compared(
    out: Published, ranking: Ranking, standard: Standard, again: Again, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes of other versions stand in as bytes that differ in a place where no text is."""
    elsewhere = seal(out.notice_pdf.replace(b"%\xf0\x9f\x96\xa4", b"%\xf0\x9f\x96\xa5"))
    assert elsewhere != out.notice_pdf
    same = checks(elsewhere, standard, again)["pages"]
    assert (same.state, same.differences) == ("fails", ())
    assert "文字相同" in same.said.zh
    monkeypatch.setattr(pages, "pdf_toolchain_versions", lambda: {"weasyprint": "0.1"})
    other = checks(elsewhere, standard, again)["pages"]
    assert other.state == "holds"
    assert "没有比较" in other.said.zh
    assert "0.1" in other.said.en


def test_on_a_machine_without_pango_the_pages_are_not_compared(
    out: Published, standard: Standard, again: Again, monkeypatch: pytest.MonkeyPatch
) -> None:
    from meihao.reports import pdf

    monkeypatch.setattr(pdf, "_press", lambda: (None, "cannot load library 'libpango-1.0-0'"))
    found = states(out.notice_pdf, standard, again)
    assert (found["body"], found["pages"]) == ("holds", "not_checked")
