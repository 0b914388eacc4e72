"""Tells what a document is by its content, whatever its name says: what people scan, photograph and write, and nothing else."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePath

from ..core.problems import Message, Problems, Source

NO_PAPER = Message(
    "W163", "error", "{name}不是能收的材料", "{name} is no kind of document that is taken in",
    "交PDF、OFD，照片（.jpg、.png），或Word、Excel、WPS文件；压缩包解开再交",
    "hand in a PDF or OFD, a photo (.jpg, .png), or a Word, Excel or WPS file; unpack archives first",
)  # fmt: skip
PAPER_TOO_LARGE = Message(
    "W164", "error", "{name}太大，一份材料最多{most}", "{name} is too large: a document has at most {most}",
    "照片缩小，扫描件降低分辨率", "make photos smaller, scan with fewer dots",
)  # fmt: skip
MOST_PAPER = 50 << 20
MOST_UNPACKED, MOST_RATIO = 500 << 20, 200
_BEGINS = ((b"%PDF-", ".pdf"), (b"\xff\xd8\xff", ".jpg"), (b"\x89PNG\r\n\x1a\n", ".png"), (b"\xd0\xcf\x11\xe0", ".doc"))
_OFFICE = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx", "OFD.xml": ".ofd"}
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    LookupError,
    ValueError,
    OSError,
)


def paper_type(data: bytes) -> str:
    """Return the ending that a document's content calls for; "" for what is none.

    >>> paper_type(b"%PDF-1.7"), paper_type(b"<html>"), paper_type(b"MZ")
    ('.pdf', '', '')
    """
    found = next((end for begin, end in _BEGINS if data.startswith(begin)), "")
    return found or (_office(data) if data.startswith(b"PK\x03\x04") else "")


def paper_name(title: str, name: str, data: bytes) -> str:
    """Return the name under which a document is kept: its title, with the ending that its content or an old office calls for."""
    end, said = paper_type(data), PurePath(name).suffix.lower()
    return title + (said if end == ".doc" and said in (".xls", ".ppt", ".wps", ".et") else end)


def paper_faults(name: str, data: bytes) -> Problems:
    """Return why a file cannot be taken in as a document."""
    if len(data) > MOST_PAPER:
        return (PAPER_TOO_LARGE.at(Source(), name=name[-60:], most=f"{MOST_PAPER >> 20} MB"),)
    return () if paper_type(data) else (NO_PAPER.at(Source(), name=name[-60:]),)


def _office(data: bytes) -> str:
    """Return the ending of an office document or an OFD, which are archives; "" for another one, or one packed too tightly."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except _BROKEN:
        return ""
    unpacked = sum(one.file_size for one in entries)
    if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(len(data), 1):
        return ""
    names = {one.filename for one in entries}
    return next((end for inner, end in _OFFICE.items() if inner in names), "")
