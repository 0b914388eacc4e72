"""Puts a digest over all bytes of a PDF into the place that PDF has for it.

The second identifier of a PDF (`/ID`) stands for its content as last written. Ours is the SHA-256 of the whole file, with the
32 signs of the identifier itself read as zeros, cut to 128 bits. It shows accidents, not forgers: anyone can compute it.
"""

from __future__ import annotations

import hashlib
import re

_END = re.compile(rb"startxref\n(\d{1,10})\n%%EOF\n")
_ENDING = re.compile(rb"/ID ?\[\([^()]{1,64}\)\([^()]{1,64}\)\](?=>>\nstartxref\n\d{1,10}\n%%EOF\n?\Z)")
_IDENTIFIERS = re.compile(rb"/ID \[.{2,80}? \(([0-9a-f]{32})\)\]", re.DOTALL)
_REACH = 4096
_ZEROS = b"0" * 32


def seal(pdf: bytes) -> bytes:
    """Return the PDF with its seal; a file that has no place for one comes back as it is."""
    place = _place(pdf)
    return pdf if place is None else pdf[: place[0]] + _seal_at(pdf, place) + pdf[place[1] :]


def with_identifier(pdf: bytes, identifier: bytes) -> bytes:
    """Return a PDF whose last lines name this identifier and have room for a seal; nothing before them moves."""
    named = b"/ID [<" + identifier.hex().encode() + b"> (" + _ZEROS + b")]"
    return _ENDING.sub(lambda _: named, pdf.rstrip(b"\n") + b"\n")


def first_part(pdf: bytes) -> bytes:
    """Return the file as it was first written, without what was added later; b"" where it has no end mark."""
    found = _END.search(pdf)
    return pdf[: found.end()] if found else b""


def holds(part: bytes) -> bool | None:
    """Say whether a first part is as it was written; None where it carries no seal of ours."""
    place = _place(part)
    return None if place is None else part[place[0] : place[1]] == _seal_at(part, place)


def _place(pdf: bytes) -> tuple[int, int] | None:
    """Return where the seal stands: in the cross-reference that the end mark points at."""
    end = _END.search(pdf)
    if end is None:
        return None
    at = int(end[1])
    near = min(at + _REACH, end.start())
    found = _IDENTIFIERS.search(pdf, at, near) or _IDENTIFIERS.search(pdf, max(near, end.start() - _REACH), end.start())
    return found.span(1) if found else None


def _seal_at(pdf: bytes, place: tuple[int, int]) -> bytes:
    rest = hashlib.sha256(pdf[: place[0]] + _ZEROS + pdf[place[1] :])
    return rest.hexdigest()[:32].encode()
