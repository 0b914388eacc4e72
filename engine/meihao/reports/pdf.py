"""Writes a page and its machine-readable result as PDF/A-3a; with the same fonts and libraries the bytes are the same.

Tagged, with language, bookmarks and the bundled fonts only; the result is embedded once; dates come from the round and
the identifier from the digest, never from a clock. Without Pango there is no PDF: a problem says so, HTML still works.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from msgspec import Struct

from ..core.limits import memory_left
from ..core.problems import Problems, Source
from ..standard.resources import default_pack
from . import messages
from .clean import UNPRINTED, every_text, texts_of
from .fonts import font_faces_css, missing_characters, unprintable
from .model import Report
from .seal import seal

R = TypeVar("R", bound=Report)
NO_DAY = "1970-01-01"  # what a document without a reference date carries
ATTACHMENT = "result.json"
ROOM = 400 << 20  # with less, Pango's own threads end the process where Python would raise
_FAULTS = (RecursionError, ValueError, OverflowError, IndexError, KeyError, TypeError, AttributeError, AssertionError)


def font_folder() -> Path:
    return default_pack() / "reports" / "fonts"


@cache
def _press() -> tuple[Any, str]:
    """Return WeasyPrint's parts, loaded once in a process, or why there are none. Raises MemoryError in too narrow a limit."""
    left = memory_left()
    if left is not None and left < ROOM:
        raise MemoryError("Pango would end the process")
    try:
        import weasyprint  # late: loads Pango
        from weasyprint.text.fonts import FontConfiguration

        from .fetcher import deny_all, fonts_only, pictures_only
    except (ImportError, OSError) as missing:
        return None, str(missing).strip().splitlines()[0]
    logging.getLogger("weasyprint").addHandler(logging.NullHandler())
    config = FontConfiguration()
    folder = font_folder()
    css = weasyprint.CSS(string=font_faces_css(folder), url_fetcher=fonts_only(folder), font_config=config)
    return (weasyprint, config, css, deny_all, pictures_only), ""


def pdf_missing() -> Problems:
    """Return why no PDF can be made on this machine, nothing where one can."""
    _, why = _press()
    return (messages.NO_PANGO.at(Source(), why=why),) if why else ()


def printable(report: R) -> tuple[R, Problems]:
    """Return the report with 〓 for each character that no bundled font prints, and a warning for each such field."""
    folder = font_folder()
    texts = texts_of(report)
    unprinted = frozenset(unprintable("".join(text for _, text in texts), folder))
    if not unprinted:
        return report, ()
    table = str.maketrans(dict.fromkeys(unprinted, UNPRINTED))
    return every_text(report, lambda text: text.translate(table)), missing_characters(texts, folder)


class Stamp(Struct, frozen=True):
    """What makes a PDF the same everywhere: the day and digest of its result; `kind` names the document inside it."""

    day: str
    digest: str
    kind: str = ""

    def moment(self) -> datetime:
        return datetime.fromisoformat(self.day or NO_DAY).replace(tzinfo=UTC)

    def description(self) -> str:
        return f"{self.kind} {self.digest}".strip()

    def identifier(self) -> bytes:
        return bytes.fromhex(self.digest.rpartition(":")[2][:32] or "00" * 16)


def to_pdf(
    html: str, result: bytes, stamp: Stamp, pictures: Mapping[str, bytes] = MappingProxyType({})
) -> tuple[bytes, Problems]:
    """Return the PDF of a page with its result embedded; b"" with the problem where it cannot be made.

    Of addresses the page may name those of `pictures` only, by the hash of their bytes.
    """
    press, why = _press()
    if press is None:
        return b"", (messages.NO_PANGO.at(Source(), why=why),)
    weasyprint, config, css, deny_all, pictures_only = press
    moment = stamp.moment()
    attached = weasyprint.Attachment(
        string=result, name=ATTACHMENT, description=stamp.description(), created=moment, modified=moment, relationship="Source",
        url_fetcher=deny_all(),
    )  # fmt: skip
    page = weasyprint.HTML(string=html, url_fetcher=pictures_only(pictures), base_url="")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open
            pdf: bytes = page.write_pdf(
                stylesheets=[css],
                font_config=config,
                attachments=[attached] if result else [],
                pdf_variant="pdf/a-3a",
                pdf_tags=True,
                pdf_identifier=stamp.identifier(),
                finisher=_finish,
            )
    except _FAULTS as fault:
        return b"", (
            messages.PDF_FAILED.at(Source(), title=stamp.digest[:18], why=f"{type(fault).__name__} {fault}"[:200]),
        )
    return seal(pdf), ()


def _finish(document: Any, pdf: Any) -> None:
    """List the embedded result once (WeasyPrint names an associated file twice), and say what each head of a table is for."""
    files = pdf.catalog.get("AF")
    if files is not None:
        pdf.catalog["AF"] = type(files)(dict.fromkeys(files))
    _scope(pdf)


def _scope(pdf: Any) -> None:
    """Give the heads of tables their scope, which WeasyPrint leaves out: those of a row in the body, else of a column."""
    elements: list[Any] = [part for part in pdf.objects if isinstance(part, dict) and "S" in part]
    parts = {element.reference: element for element in elements}
    for part in parts.values():
        if part["S"] == "/TH" and "A" in part:
            row = parts.get(part["P"], {})
            body = parts.get(row.get("P"), {}).get("S") == "/TBody"
            part["A"]["Scope"] = "/Row" if body else "/Column"
