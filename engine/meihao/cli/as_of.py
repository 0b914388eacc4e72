"""Lets `verify` check what was published earlier: it finds the state that was used and lays out the round's folder as it was."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr
from io import TextIOBase
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from ..audit.messages import NO_STATE, NOT_READ, STATE_OF_ANOTHER
from ..audit.model import Check, Document, Record
from ..core.files import read_file, reason
from ..core.problems import Source
from ..core.text import Label
from ..evidence.files import EVIDENCE, ROUND
from ..store.place import of_whole_round
from ..store.state import MOST, Since, State, lay_out, read_state, since
from ..uses.publish import STATE
from .desk import BAD_INPUT, Stop, stop_on_errors

TITLE = Label("数据状态", "state of the data")
SHOWN = 8


@contextmanager
def as_of(words: argparse.Namespace, document: Document) -> Iterator[tuple[Check, ...]]:
    """Have a command work on the round as it was when a file was published, where that is kept; yield what is to say of it."""
    state, home = _state(words, document.records[0]), _home(words)
    if state is None or home is None:
        yield ()
        return
    later = since(state, home)
    if not later or later.broken or later.loose:
        yield (_unchanged(state) if not later else _lost(later),)
        return
    with TemporaryDirectory() as folder:
        place = Path(folder) / (home.resolve().name or ROUND)
        lay_out(state, home, place)
        words.round, words.evidence = place, [place / EVIDENCE]
        with redirect_stderr(_Named(sys.stderr, str(place), str(home))):
            yield (_restored(state, later),)


class _Named(TextIOBase):
    """A stream that calls the folder of then by the name of the round's own."""

    def __init__(self, stream: TextIO, place: str, home: str) -> None:
        self._stream, self._place, self._home = stream, place, home

    def write(self, text: str) -> int:
        return self._stream.write(text.replace(self._place, self._home))

    def isatty(self) -> bool:
        return self._stream.isatty()

    def flush(self) -> None:
        self._stream.flush()


def _home(words: argparse.Namespace) -> Path | None:
    """Return the folder of a round that is judged by all of its own evidence; None where other evidence was named."""
    if words.round is None:
        return None
    file: Path = words.round / ROUND if words.round.is_dir() else words.round
    return file.parent if file.is_file() and of_whole_round(file, words.evidence or [file.parent / EVIDENCE]) else None


def _state(words: argparse.Namespace, record: Record) -> State | None:
    """Return the state that was named with `--state`, or lies beside the file and is of the same ranking."""
    behind = _ranking_of(record)
    if words.state is None:
        beside = (_read(words.file.parent / name) for name in STATE.values())
        return next((one for one in beside if one and one.ranking == behind), None)
    try:
        state = read_state(read_file(words.state, MOST))
    except OSError as refused:
        stop_on_errors((NOT_READ.at(Source(str(words.state)), path=words.state, why=reason(refused)),), words.lang)
        raise Stop(BAD_INPUT) from None
    at = Source(str(words.state))
    if state is None:
        stop_on_errors((NO_STATE.at(at, path=words.state),), words.lang)
    elif behind and state.ranking != behind:
        stop_on_errors((STATE_OF_ANOTHER.at(at, path=words.state),), words.lang)
    return state


def _ranking_of(record: Record) -> str:
    """Return the digest of the ranking that a published file is, or is made from; "" for the result of one unit."""
    body = record.data.get("body")
    if record.kind == "details":
        return str(body.get("ranking")) if isinstance(body, Mapping) else ""
    return str(record.data["digest"]) if record.kind in ("ranking", "notice") else ""


def _read(path: Path) -> State | None:
    try:
        return read_state(read_file(path, MOST))
    except OSError:
        return None


def _counted(state: State) -> Label:
    if not state.receipts:
        return Label("没有收件", "no receipts")
    return Label(f"收件{state.receipts}份，最后一份{state.on}", f"{state.receipts} receipts, the last of {state.on}")


def _unchanged(state: State) -> Check:
    there = _counted(state)
    said = Label(f"与公布时相同：{there.zh}", f"as it was at publication: {there.en}")
    return Check("state", "holds", TITLE, said)


def _restored(state: State, later: Since) -> Check:
    there = _counted(state)
    units = [Label(f"{unit}（{n}份）", f"{unit} ({n})") for unit, n in later.submissions.items()]
    what = [*units[:SHOWN], *([_more(len(units) - SHOWN)] if len(units) > SHOWN else []), *map(Label, later.files)]
    zh, en = "、".join(one.zh for one in what), ", ".join(one["en"] for one in what)
    said = Label(
        f"按公布时的数据核对：{there.zh}；此后补正：{zh}",
        f"checked as of publication: {there.en}; corrected since then: {en}",
    )
    return Check("state", "holds", TITLE, said)


def _more(number: int) -> Label:
    return Label(f"另有{number}个单位", f"{number} more units")


def _lost(later: Since) -> Check:
    """Return why the state of then is not there any more; what follows is then checked by the evidence as it is."""
    if later.broken:
        zh, en = later.broken.zh, later.broken["en"]
        return Check("state", "fails", TITLE, Label(f"{zh}，还原不了公布时的数据", f"{en}: what was then is lost"))
    names = later.loose[:SHOWN]
    zh, en = "、".join(names), ", ".join(names)
    said = Label(
        f"还原不了公布时的数据：{zh}改动过，又不是收件；以下按现在的证据核对",
        f"what was then is lost: {en} changed and is no submission; what follows is by the evidence as it is now",
    )
    return Check("state", "not_checked", TITLE, said)
