"""Reads a PDF on standard input and answers one question about it. It runs as a process of its own, under limits.

A PDF can make the reading library fail, hang or eat memory: here that costs nothing but this process. Whatever it raises ends
it, and the parent says that it broke off.
"""

from __future__ import annotations

import hashlib
import io
import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from ..reports.pdf import ATTACHMENT
from ..reports.seal import first_part
from .child import limit

MOST_ATTACHED = 64 << 20
MOST_FILES = 20
_OWN = ("/Pages", "/AcroForm", "/DSS", "/Extensions", "/Version", "/Perms", "/Metadata")  # what a signature may add
_PAGE = ("/Parent", "/Annots")
Answer = Mapping[str, Any]


def main() -> None:
    """Answer the question that the first argument asks."""
    limit()
    sys.stdout.buffer.write(answer(sys.argv[1], sys.stdin.buffer.read()))


def answer(question: str, data: bytes) -> bytes:
    """Return the packed answer to a question about a file."""
    logging.disable(logging.CRITICAL)  # a damaged file makes the libraries talk without end
    return msgspec.msgpack.encode(QUESTIONS[question](data))


def opened(data: bytes) -> Answer:
    """Return language, identifier, files inside, count of signatures, and what later additions changed."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        return {"refused": "encrypted"}
    root = reader.root_object
    files = list(_files(reader))
    return {
        "lang": str(root.get("/Lang", "")),
        "identifier": _identifier(reader),
        "files": files,
        "signatures": _signatures(reader),
        "added": list(_changed(data, reader)),
    }


def _identifier(reader: PdfReader) -> str:
    found = reader.trailer.get("/ID")
    first = found[0] if isinstance(found, ArrayObject) and found else b""
    raw = getattr(first, "original_bytes", first)
    return bytes(raw).hex() if isinstance(raw, bytes) else ""


def _files(reader: PdfReader) -> Iterator[tuple[str, str, bytes]]:
    """Yield (name, description, data) of each file inside; the data of `result.json` alone."""
    for number, one in enumerate(reader.attachment_list):
        if number >= MOST_FILES:
            return
        name = str(one.alternative_name or one.name)
        data = one.content if name == ATTACHMENT else b""
        if len(data) > MOST_ATTACHED:
            raise MemoryError(f"{len(data)} bytes attached")
        yield name[:200], str(one.description or "")[:200], data


def _signatures(reader: PdfReader) -> int:
    fields = reader.get_fields() or {}
    return sum(field.get("/FT") == "/Sig" and "/V" in field for field in fields.values())


def _changed(data: bytes, reader: PdfReader) -> Iterator[str]:
    """Yield what the file, as it is now, has otherwise than its first part: `catalog`, or the number of a page."""
    first = first_part(data)
    if not first or len(first) == len(data):
        return
    before = PdfReader(io.BytesIO(first))
    if _print_of(before.root_object, _OWN) != _print_of(reader.root_object, _OWN):
        yield "catalog"
    for number in range(max(len(before.pages), len(reader.pages))):
        old, new = (_page(one, number) for one in (before, reader))
        if old != new:
            yield str(number + 1)


def _page(reader: PdfReader, number: int) -> str:
    """Return a fingerprint of a page and of every mark on it that can be seen."""
    if number >= len(reader.pages):
        return ""
    page = reader.pages[number]
    marks = [one.get_object() for one in page.get("/Annots", ())]
    seen = [_print_of(mark, ("/Parent", "/P")) for mark in marks if not _unseen_signature(mark)]
    return "|".join([_print_of(page, _PAGE), *seen])


def _unseen_signature(mark: Any) -> bool:
    """Say whether a mark is the field of a signature that takes no room on the page."""
    box = [float(side) for side in mark.get("/Rect", ())]
    return mark.get("/FT") == "/Sig" and len(box) == 4 and (box[0] == box[2] or box[1] == box[3])


def _print_of(thing: Any, without: tuple[str, ...]) -> str:
    """Return a fingerprint of an object and of everything it refers to, pages and parents apart."""
    found = hashlib.sha256()
    seen: dict[tuple[int, int], int] = {}
    left: list[Any] = [thing]
    while left:
        one = left.pop()
        if isinstance(one, IndirectObject):
            key = (one.idnum, one.generation)
            if key in seen:
                found.update(b"see %d" % seen[key])
                continue
            seen[key] = len(seen)
            one = one.get_object()
            if isinstance(one, DictionaryObject) and one.get("/Type") == "/Page":
                continue  # pages are looked at one by one
        left += _parts(one, without, found.update)
    return found.hexdigest()


def _parts(one: Any, without: tuple[str, ...], note: Callable[[bytes], None]) -> list[Any]:
    """Note an object and return what it consists of, last first."""
    if isinstance(one, StreamObject):
        note(one._data if isinstance(one._data, bytes) else b"")  # the bytes as they stand in the file
    if isinstance(one, DictionaryObject):
        names = sorted(name for name in one if name not in without and name not in ("/Parent", "/P", "/Pg"))
        note(f"<{names}>".encode("utf-8", "replace"))
        return [one.raw_get(name) for name in reversed(names)]
    if isinstance(one, ArrayObject):
        note(b"[%d]" % len(one))
        return list(reversed(list(list.__iter__(one))))
    note(repr(one).encode("utf-8", "replace"))
    return []


def texts(data: bytes) -> list[str]:
    """Return the text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def signed(data: bytes) -> Answer:
    """Return who signed, and whether each signature fits the file."""
    from .signatures import read_signatures  # late: an extra of its own

    return {"signatures": read_signatures(data)}


QUESTIONS: Mapping[str, Callable[[bytes], object]] = {"opened": opened, "texts": texts, "signed": signed}

if __name__ == "__main__":
    main()
