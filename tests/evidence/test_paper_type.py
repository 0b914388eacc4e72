"""Documents are told by their content: what people scan, photograph and write is taken in, nothing else, whatever its name."""

from __future__ import annotations

import io
import zipfile

import pytest

from meihao.evidence.paper_type import MOST_PAPER, paper_faults, paper_name, paper_type


def archive(*names: str, size: int = 1) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, b"0" * size)
    return stream.getvalue()


GOOD = {
    "a.pdf": b"%PDF-1.4", "a.jpg": b"\xff\xd8\xff\xe0", "a.png": b"\x89PNG\r\n\x1a\n0", "a.docx": archive("word/document.xml"),
    "a.xlsx": archive("xl/workbook.xml"), "a.ofd": archive("OFD.xml"), "a.doc": b"\xd0\xcf\x11\xe0\xa1",
}  # fmt: skip
BAD = {
    "page": b"<html><script>alert(1)</script>", "picture": b"<svg xmlns='http://www.w3.org/2000/svg'>", "program": b"MZ\x90",
    "archive": archive("a.pdf"), "bomb": archive("word/document.xml", size=30_000_000), "cut": archive("OFD.xml")[:40],
    "empty": b"", "text": "说明".encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_what_offices_use_is_known_by_its_content(name: str) -> None:
    assert paper_type(GOOD[name]) == name[1:]
    assert not paper_faults("x.exe", GOOD[name])
    assert paper_name("批复", "x.exe", GOOD[name]) == f"批复{name[1:]}"


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_document_is_refused_whatever_its_name(name: str) -> None:
    assert [problem.code for problem in paper_faults("批复.pdf", BAD[name])] == ["W163"]


def test_old_offices_keep_the_ending_that_tells_them_apart() -> None:
    assert [paper_name("表", name, GOOD["a.doc"]) for name in ("a.xls", "a.WPS", "a.html", "a")] == [
        "表.xls", "表.wps", "表.doc", "表.doc",
    ]  # fmt: skip


@pytest.mark.parametrize(("size", "codes"), [(MOST_PAPER, []), (MOST_PAPER + 1, ["W164"])])
def test_a_document_has_a_most(size: int, codes: list[str]) -> None:
    assert [problem.code for problem in paper_faults("a.pdf", b"%PDF-" + bytes(size - 5))] == codes
