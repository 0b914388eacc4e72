"""One byte of a published file changed at random, many times: verify says so, or nothing that people read has changed.

Used by the suite (200 flips) and by `make flips` (10,000). Where the system can fork, each flip is read in a fork of this
process under the limits of the real reader, which is the same code without the start of Python.
"""

from __future__ import annotations

import os
import random
import signal
import warnings
from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from msgspec import Struct

from meihao.audit import child, opened, pdf_child
from meihao.audit import verify as audit
from meihao.audit.checks import Standard
from meihao.audit.opened import open_document
from meihao.core.text import Label

DEAD = Label("中断", "broke off")
Flip = tuple[int, int]  # a place, and by what the byte there is changed
Seen = tuple[Counter[str], list[int]]


def drawn(size: int, count: int, seed: int) -> list[Flip]:
    """Return where to flip a file of so many bytes, and by what: the same for a seed on every machine."""
    draw = random.Random(seed)
    return [(draw.randrange(size), draw.randrange(1, 256)) for _ in range(count)]


def flipped(data: bytes, flip: Flip) -> bytes:
    """Return data with one byte changed to another."""
    place, change = flip
    return data[:place] + bytes([data[place] ^ change]) + data[place + 1 :]


def asked_in_a_fork(question: str, data: bytes) -> Any:
    """Answer as `meihao.audit.child.ask` does, from a fork."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # on forks beside threads: the child touches none
        pid = os.fork()
    if not pid:
        os.close(reading)
        _answer(question, data, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(pid, 0)
    return DEAD if status else msgspec.msgpack.decode(answer)


def _answer(question: str, data: bytes, writing: int) -> None:
    """Write the answer and end the fork, whatever happens."""
    code = 1
    try:
        child.limit()
        signal.alarm(child.SECONDS * 2)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(pdf_child.answer(question, data))
        code = 0
    finally:
        os._exit(code)


class Flipper(Struct, frozen=True):
    """Flips bytes of a file that says `whole`, one after the other: how each was met, and the places of those that changed
    something and were not said. Several processes can have one each."""

    data: bytes
    standard: Standard
    whole: Any

    def __call__(self, flips: Sequence[Flip]) -> Seen:
        met: Counter[str] = Counter()
        missed: list[int] = []
        with pytest.MonkeyPatch.context() as patch:
            if hasattr(os, "fork"):
                patch.setattr(opened, "ask", asked_in_a_fork)
                patch.setattr(audit, "ask", asked_in_a_fork)
            for flip in flips:
                changed = flipped(self.data, flip)
                how = said(changed, self.standard)
                met[how] += 1
                if how == "nothing said" and content(changed) != self.whole:
                    missed.append(flip[0])
        return met, missed


def flipper(data: bytes, standard: Standard) -> Flipper:
    """Return what flips an honest file."""
    assert said(data, standard) == "nothing said", "the file as it is must hold"
    return Flipper(data, standard, content(data))


def unseen(data: bytes, standard: Standard, count: int, seed: int) -> Seen:
    """Return how each flip was met, and the places of those that changed something and were not said."""
    return flipper(data, standard)(drawn(len(data), count, seed))


def said(data: bytes, standard: Standard) -> str:
    """Return what verify says of a file: which check fails first, or the code of the problem."""
    document, problems = open_document(data, "a")
    if document is None:
        return problems[0].code
    failed = [check.id for one in audit.verify(document, standard) for check in one.checks if check.state == "fails"]
    return failed[0] if failed else "nothing said"


def content(data: bytes) -> Any:
    """Return what people and programs read in a file: its results, and the text of its pages."""
    document, _ = open_document(data, "a")
    if document is None:
        return None
    texts = pdf_child.texts(data) if document.sheets else []
    return [one.data for one in document.records], texts
