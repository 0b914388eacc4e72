"""Opens a published file and returns the results in it, or the problem why there are none."""

from __future__ import annotations

from ..core.problems import Problems, Source
from ..core.read_back import MOST
from ..core.text import Label
from ..reports.pdf import ATTACHMENT
from .child import ask
from .messages import BAD_JSON, BAD_PDF, NEITHER, NO_RESULT, TOO_BIG
from .model import Attached, OpenedFile, Sheets
from .read_json import read_records

PDF_HEAD = b"%PDF-"
ENCRYPTED = Label("已加密", "it is encrypted")


def open_document(data: bytes, name: str) -> tuple[OpenedFile | None, Problems]:
    """Return the opened file; None with the problem where nothing in it can be checked. Never raises for what is in it."""
    if len(data) > MOST:
        return None, (TOO_BIG.at(Source(name), size=len(data), limit=MOST),)
    if data.startswith(PDF_HEAD):
        return _open_pdf(data, name)
    if data.lstrip()[:1] not in (b"{", b"["):
        return None, (NEITHER.at(Source(name)),)
    return _with_records(data, data, name, None)


def _open_pdf(data: bytes, name: str) -> tuple[OpenedFile | None, Problems]:
    answer = ask("opened", data)
    if isinstance(answer, Label) or "refused" in answer:
        how = answer if isinstance(answer, Label) else ENCRYPTED
        return None, (BAD_PDF.at(Source(name), zh=how.zh, en=how.en),)
    attached = tuple(Attached(*one) for one in answer["files"])
    own = next((one for one in attached if one.name == ATTACHMENT), None)
    if own is None:
        return None, (NO_RESULT.at(Source(name)),)
    added = tuple(answer["added"])
    sheets = Sheets(answer["lang"], answer["identifier"], attached, answer["signatures"], added)
    return _with_records(data, own.data, name, sheets)


def _with_records(data: bytes, text: bytes, name: str, sheets: Sheets | None) -> tuple[OpenedFile | None, Problems]:
    records, even, wrong = read_records(text)
    if wrong:
        return None, (BAD_JSON.at(Source(name), zh=wrong.zh, en=wrong.en),)
    return OpenedFile(name, data, records, even, sheets), ()
