"""What tests of printed papers share: the text and the places of letters on the pages of a PDF, its fonts and attachments."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path
from typing import Any

import pytest

from meihao.core.canonical import pretty
from meihao.core.files import write_whole
from meihao.reports import pdf as press
from meihao.reports.model import Report
from meihao.reports.render import render, template_of
from meihao.reports.write import pdf_of

MM = 25.4 / 72  # of a point
SHELF: list[Path] = []
"""The folder of this run that all its processes share; conftest.py sets it."""


def printed(report: Report, result: dict[str, Any] | None = None, anew: bool = False) -> bytes:
    """The PDF of a report; the test is skipped on a machine that makes none.

    Setting a page takes seconds, and many tests look at the same one: it is set once a run, whichever process asks for it
    first, and kept under the digest of all that decides its bytes. `anew` sets it again.
    """
    if press.pdf_missing():
        pytest.skip("Pango is missing on this machine")
    shown, _ = press.printable(report)
    html, _ = render(shown, report.frame.lang)
    kept = _kept(f"{html}\n{pretty(result or {})}\n{report.frame.day} {report.frame.digest} {template_of(report)}")
    if kept.is_file() and not anew:
        return kept.read_bytes()
    data, problems = pdf_of(report, result or {})
    assert not [p for p in problems if p.severity == "error"]
    kept.parent.mkdir(exist_ok=True)
    write_whole(kept, data)
    return data


def _kept(what: str) -> Path:
    """Return where a page of this run is kept."""
    return SHELF[0] / "pages" / f"{hashlib.sha256(what.encode()).hexdigest()}.pdf"


def pages(data: bytes) -> list[Any]:
    """The text pages of a PDF."""
    pdfium = pytest.importorskip("pypdfium2")
    return [page.get_textpage() for page in pdfium.PdfDocument(data)]


def texts(data: bytes) -> list[str]:
    """The text of each page, bare of blanks and hyphens."""
    return [bare(page.get_text_range()) for page in pages(data)]


def bare(text: str) -> str:
    """A text without blanks and hyphens, so that it reads on over line ends."""
    return re.sub(r"[\s\ufffe\x02-]", "", text)


def letters(page: Any) -> list[tuple[str, float, float]]:
    """Each letter with its left edge from the left and its base from the top of an A4 page, in mm."""
    text = page.get_text_range()
    boxes = ((letter, page.get_charbox(n)) for n, letter in enumerate(text) if letter.strip())
    return [(letter, left * MM, 297 - bottom * MM) for letter, (left, bottom, _, _) in boxes]


def sizes(page: Any) -> list[tuple[str, float]]:
    """Each letter with the size of its type in points, of a page that counts in 96ths of an inch."""
    raw = pytest.importorskip("pypdfium2.raw")
    text = enumerate(page.get_text_range())
    return [(letter, raw.FPDFText_GetFontSize(page, n) * 0.75) for n, letter in text if letter.strip()]


def rows_of(page: Any) -> dict[float, list[tuple[str, float]]]:
    """The lines of a page by their base: each letter with its left edge."""
    rows: dict[float, list[tuple[str, float]]] = {}
    for letter, x, y in letters(page):
        key = next((k for k in rows if abs(k - y) < 2.5), y)
        rows.setdefault(key, []).append((letter, x))
    return rows


def fonts_and_files(data: bytes) -> tuple[set[str], list[str]]:
    """The names of the fonts inside a PDF, and of what is attached to it."""
    pikepdf = pytest.importorskip("pikepdf")
    with pikepdf.open(io.BytesIO(data)) as document:
        found = (
            str(o.get("/FontName")) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/FontName" in o
        )
        return {name.rpartition("+")[2].strip("/") for name in found}, list(document.attachments)
