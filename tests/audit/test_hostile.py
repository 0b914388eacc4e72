"""Proves that no file, however broken or hostile, brings verify down: each is refused in words, in bounded time."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path
from typing import Any

import pytest
from tests.audit.flips import unseen
from tests.audit.published import Published

from meihao.audit.checks import Standard
from meihao.audit.opened import open_document
from meihao.audit.verify import verify
from meihao.core.canonical import digest, pretty
from meihao.reports.pdf import Stamp, pdf_missing, to_pdf
from meihao.reports.seal import first_part, holds, seal

FLIPS = 200
DIGEST = "sha256:" + "5" * 64


def refused(data: bytes) -> str:
    """Return the code of the one problem that opening a file ends in."""
    document, problems = open_document(data, "a")
    assert document is None
    (problem,) = problems
    assert problem.severity == "error"
    return problem.code


@pytest.fixture(scope="module")
def pikepdf() -> Any:
    return pytest.importorskip("pikepdf")


def saved(pdf: Any, **how: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


# ---- PDFs ------------------------------------------------------------------------------------------------------------


def test_a_foreign_pdf_has_no_result(pikepdf: Any) -> None:
    foreign = pikepdf.new()
    foreign.add_blank_page()
    assert refused(saved(foreign)) == "V004"


def test_a_report_without_its_result_has_none(pikepdf: Any, out: Published) -> None:
    with pikepdf.open(io.BytesIO(out.notice_pdf)) as pdf:
        del pdf.attachments["result.json"]
        assert refused(saved(pdf)) == "V004"


def test_a_second_attachment_is_named(pikepdf: Any, out: Published, standard: Standard) -> None:
    with pikepdf.open(io.BytesIO(out.notice_pdf)) as pdf:
        pdf.attachments["more.json"] = pikepdf.AttachedFileSpec(pdf, b"{}", filename="more.json")
        document, _ = open_document(saved(pdf), "a")
    assert document is not None
    (audit,) = verify(document, standard)
    found = {check.id: check for check in audit.checks}
    assert found["embedded"].state == "fails"
    assert "more.json" in found["embedded"].said.zh


def test_a_huge_attachment_costs_no_more_than_the_limits(pikepdf: Any, out: Published) -> None:
    with pikepdf.open(io.BytesIO(out.notice_pdf)) as pdf:
        pdf.attachments["result.json"] = pikepdf.AttachedFileSpec(pdf, b" " * (300 << 20), filename="result.json")
        bomb = saved(pdf)
    assert len(bomb) < 2 << 20
    start = time.monotonic()
    assert refused(bomb) == "V003"
    assert time.monotonic() - start < 90


def test_an_encrypted_pdf_is_not_read(pikepdf: Any, out: Published) -> None:
    with pikepdf.open(io.BytesIO(out.notice_pdf)) as pdf:
        locked = saved(pdf, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert refused(locked) == "V003"


def test_a_pdf_cut_short_is_refused_or_not_the_original(out: Published, standard: Standard) -> None:
    for length in (20, len(out.notice_pdf) // 2, len(out.notice_pdf) - 10):
        document, problems = open_document(out.notice_pdf[:length], "a")
        assert problems or (document and any(audit.count("fails") for audit in verify(document, standard)))


@pytest.mark.parametrize("data", [b"", b"%PDF", b"PK\x03\x04", b"code,name\n", b"\xff\xfe{}"])
def test_what_is_neither_pdf_nor_json_is_said_so(data: bytes) -> None:
    assert refused(data) == "V002"


def test_a_file_beyond_any_report_is_not_opened() -> None:
    assert refused(b"{" + b" " * (64 << 20)) == "V005"


# ---- JSON ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "[1]",
        "{}",
        '{"digest": "sha256:1", "body": {}}',
        '{"digest": "sha256:1", "body": {"unit": {"code": 1}, "round": {}, "pack": {}}}',
        '{"digest": "a", "digest": "b", "body": {}}',
        '{"digest": "a", "body": {"x": 1.5}}',
        '{"digest": "a", "body": NaN}',
        '{"digest": "a", "body": Infinity}',
        '{"digest": "a", "body": ' + "9" * 5000 + "}",
        '{"digest": "a", "body": "\\ud800"}',
        '{"digest": "a", "schema_version": "9", "kind": "x", "body": {}}',
        "[" * 100_000,
        '{"a":' * 5_000 + "1" + "}" * 5_000,
    ],
    ids=lambda text: text[:24],
)
def test_json_that_is_no_result_of_ours_is_refused(text: str) -> None:
    assert refused(text.encode()) == "V006"


@pytest.mark.parametrize("kind", ["unit", "ranking"])
def test_a_result_of_a_wrong_shape_is_refused_with_the_place(out: Published, kind: str) -> None:
    whole: dict[str, Any] = json.loads(pretty(getattr(out, kind)))
    assert open_document(pretty(whole).encode(), "a")[1] == ()
    del whole["body"]["round"]
    _, (problem,) = open_document(pretty(whole).encode(), "a")
    assert problem.code == "V006"
    assert "body里缺少“round”" in problem.message_zh
    assert "“round” is missing at body" in problem.message_en


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"notice": "nobody"}, "notice must be a list, not text"),
        ({"notice": [{"tier": "甲", "name": "乙"}]}, "“region” is missing at notice[0]"),
        ({"notice": [{"tier": "甲", "name": "乙", "region": 3}]}, "notice[0].region must be text, not a whole number"),
        ({"notice": None}, "notice must be a list, not null"),
        ({"schema_version": "2"}, "schema_version 2 is not known here"),
    ],
)
def test_a_notice_of_a_wrong_shape_or_version_is_refused_with_the_place(
    out: Published, change: dict[str, Any], why: str
) -> None:
    whole: dict[str, Any] = json.loads(pretty(out.notice))
    assert open_document(pretty(whole).encode(), "a")[1] == ()
    _, (problem,) = open_document(pretty({**whole, **change}).encode(), "a")
    assert problem.code == "V006"
    assert why in problem.message_en


def test_one_wrong_result_of_many_is_told(out: Published) -> None:
    bad = {**out.unit, "body": {}}
    assert refused(pretty([out.unit, bad]).encode()) == "V006"


def test_a_kind_of_a_later_version_is_opened_for_its_digest_alone(standard: Standard) -> None:
    body = {"pack": 7}
    later: dict[str, Any] = {"schema_version": "1", "kind": "poster", "digest": digest(body), "body": body}
    document, _ = open_document(pretty(later).encode(), "a")
    assert document is not None
    (audit,) = verify(document, standard)
    assert [(check.id, check.state) for check in audit.checks] == [
        ("digest", "holds"), ("pack", "not_checked"), ("body", "not_checked"),
    ]  # fmt: skip
    assert "unknown kind" in audit.checks[1].said.en


def test_json_that_is_no_utf8_is_refused() -> None:
    assert refused('{"名": 1}'.encode("gb18030")) == "V006"


# ---- the seal of a PDF -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(out: Published) -> bytes:
    """A small PDF with an honest result inside: quick to read again and again."""
    data, problems = to_pdf(
        "<h1>示例小区</h1><p>98.50</p>", pretty(out.unit).encode(), Stamp("", str(out.unit["digest"]))
    )
    assert not problems
    return data


def test_a_seal_holds_until_any_byte_changes(small: bytes) -> None:
    assert holds(small)
    assert seal(small) == small
    for place in range(0, len(small), len(small) // 97):
        part = first_part(small[:place] + bytes([small[place] ^ 32]) + small[place + 1 :])
        assert not holds(part)


def test_what_is_added_later_is_no_part_of_the_sealed_file(small: bytes) -> None:
    assert first_part(small + b"more") == small
    assert first_part(b"no end") == b""
    assert holds(b"no end") is None
    assert seal(b"no end") == b"no end"


def test_200_changed_bytes_of_a_report_are_noticed(small: bytes, standard: Standard) -> None:
    met, missed = unseen(small, standard, FLIPS, seed=1)
    assert sum(met.values()) == FLIPS
    assert not missed
    assert not met["nothing said"]


def test_200_changed_bytes_of_a_result_are_noticed_or_change_nothing(out: Published, standard: Standard) -> None:
    met, missed = unseen(pretty(out.unit).encode(), standard, FLIPS, seed=2)
    assert sum(met.values()) == FLIPS
    assert not missed


def test_changed_bytes_of_a_whole_report_are_noticed(out: Published, standard: Standard) -> None:
    met, missed = unseen(out.unit_pdf, standard, 10, seed=3)
    assert not missed
    assert not met["nothing said"]


def test_a_pdf_can_be_sealed_on_this_machine(tmp_path: Path) -> None:
    if pdf_missing():
        pytest.skip("Pango is missing on this machine")
    data, _ = to_pdf("<h1>甲</h1>", b"{}", Stamp("", DIGEST))
    assert holds(data)
