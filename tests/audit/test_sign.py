"""Proves that a signature is put on and read back, that what it covers is said, and that nobody is called trustworthy."""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import pytest
from tests.audit.published import Published

from meihao.audit.checks import Standard
from meihao.audit.model import Check
from meihao.audit.opened import open_document
from meihao.audit.signatures import not_to_sign, sign
from meihao.audit.verify import verify
from meihao.cli.main import run

PASSWORD = b"p"


def key_file() -> bytes:
    """Return a key with a certificate that it signed itself, as PKCS#12."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import pkcs12

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "示例委员会")])
    now = datetime.datetime.now(datetime.UTC)
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(1).not_valid_before(now - datetime.timedelta(days=1))
    built = built.not_valid_after(now + datetime.timedelta(days=9))
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    certificate = built.add_extension(usage, critical=True).sign(key, hashes.SHA256())
    locked = serialization.BestAvailableEncryption(PASSWORD)
    return pkcs12.serialize_key_and_certificates(b"x", key, certificate, None, locked)


@pytest.fixture(scope="module")
def key() -> bytes:
    pytest.importorskip("pyhanko")
    return key_file()


@pytest.fixture(scope="module")
def signed(out: Published, key: bytes) -> bytes:
    data, problems = sign(out.notice_pdf, key, PASSWORD)
    assert not problems
    return data


def checks(data: bytes, standard: Standard) -> dict[str, Check]:
    document, problems = open_document(data, "a")
    assert document is not None, [p.text() for p in problems]
    (audit,) = verify(document, standard)
    return {check.id: check for check in audit.checks}


def test_a_signed_report_says_who_signed_what_and_leaves_trust_to_the_reader(signed: bytes, standard: Standard) -> None:
    found = checks(signed, standard)
    assert [found[name].state for name in ("file", "added", "signature")] == ["holds"] * 3
    assert "示例委员会" in found["signature"].said.zh
    assert "盖住整个文件" in found["signature"].said.zh
    assert "是否可信请自行判断" in found["signature"].said.zh
    assert "for you to judge" in found["signature"].said.en
    assert "valid" not in found["signature"].said.en


def test_a_changed_byte_below_the_signature_breaks_it(signed: bytes, standard: Standard) -> None:
    changed = signed.replace(b"%\xf0\x9f\x96\xa4", b"%\xf0\x9f\x96\xa5", 1)
    found = checks(changed, standard)
    assert (found["file"].state, found["signature"].state) == ("fails", "fails")


def test_something_added_after_the_signature_is_not_covered(signed: bytes, standard: Standard) -> None:
    found = checks(rewritten(signed), standard)
    assert found["signature"].state == "fails"
    assert "不是整个文件" in found["signature"].said.zh
    assert found["added"].state == "fails"


def test_a_page_rewritten_and_then_signed_is_found(out: Published, key: bytes, standard: Standard) -> None:
    """A forger's own signature does not hide that the pages are others than those first written."""
    data, problems = sign(rewritten(out.notice_pdf), key, PASSWORD)
    assert not problems
    found = checks(data, standard)
    assert (found["signature"].state, found["added"].state) == ("holds", "fails")


def rewritten(data: bytes) -> bytes:
    """Return a PDF with a change to its first page added at the end."""
    from pypdf import PdfWriter
    from pypdf.generic import NameObject, NumberObject

    writer = PdfWriter(io.BytesIO(data), incremental=True)
    writer.pages[0][NameObject("/Rotate")] = NumberObject(90)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_without_pyhanko_a_signature_is_not_checked_and_said_so(
    signed: bytes, standard: Standard, monkeypatch: pytest.MonkeyPatch
) -> None:
    from meihao.audit import verify as audit

    monkeypatch.setattr(audit, "ask", lambda question, data: {"signatures": None})
    found = checks(signed, standard)["signature"]
    assert found.state == "not_checked"
    assert "pyHanko" in found.said.zh


def test_a_wrong_password_or_key_is_a_problem(out: Published, key: bytes) -> None:
    for bad, password in ((key, b"wrong"), (b"no key", PASSWORD), (key, b"")):
        data, problems = sign(out.notice_pdf, bad, password)
        assert (data, [p.code for p in problems]) == (b"", ["V011"])


def test_only_an_untouched_report_is_signed_and_only_once(out: Published, signed: bytes) -> None:
    changed = out.notice_pdf.replace(b"%\xf0\x9f\x96\xa4", b"%\xf0\x9f\x96\xa5", 1)
    for data in (changed, signed):
        document, _ = open_document(data, "a")
        assert document is not None
        assert [p.code for p in not_to_sign(document)] == ["V012"]
    honest, _ = open_document(out.notice_pdf, "a")
    assert honest is not None
    assert not not_to_sign(honest)


@pytest.mark.parametrize("text", ["# 说明\n", "{}\n", ""])
def test_what_is_no_pdf_is_told_to_be_none(text: str, tmp_path: Path, capsys: Any) -> None:
    file, keys = tmp_path / "README.md", tmp_path / "key.p12"
    file.write_text(text, encoding="utf-8")
    keys.write_bytes(b"")
    assert run(["sign", str(file), "--key", str(keys)]) == 2
    assert capsys.readouterr().err.startswith(f"{file} V013 ")


def test_sign_writes_beside_the_report_with_the_password_from_the_environment(
    out: Published, key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    report, keys = tmp_path / "a.pdf", tmp_path / "key.p12"
    report.write_bytes(out.notice_pdf)
    keys.write_bytes(key)
    monkeypatch.setenv("MEIHAO_KEY_PASSWORD", PASSWORD.decode())
    assert run(["sign", str(report), "--key", str(keys)]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "a.signed.pdf")
    assert report.read_bytes() == out.notice_pdf
    assert run(["sign", str(report), "--key", str(tmp_path / "none.p12")]) == 2
    assert "V001" in capsys.readouterr().err
