"""Keeps the state from which lists were made as JSON, says what came in since, and lays out the round as it was then."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from ..core.canonical import Json, digest, digest_bytes, pretty
from ..core.files import read_file, write_whole
from ..core.label import Label
from ..core.read_back import Misread, read_json, shaped
from ..evidence.files import EVIDENCE
from ..evidence.model import UnitEvidence
from .folder import FolderHome
from .home import OWN_TEXTS, Home
from .ledger import LEDGER, Receipt

SCHEMA_VERSION, KIND = "1", "state"
MOST = 64 << 20
_ALTERED = Label("收件台账不是当时的那一份", "the ledger of receipts is not the one of that time")
_ANOTHER_KIND = Label("是另一种文件", "it is another kind of file")
_CHANGED = Label("内容与校验值不符，被改动过", "its content does not match its digest: it was altered")
_OUTSIDE = Label("列有批次文件夹以外的文件", "it lists files outside the round's folder")
_CUT = Label("收件台账比当时短", "the ledger of receipts is shorter than at that time")


class State(Struct, frozen=True):
    """What a ranking was made from: so many receipts, the last of that digest and day; other evidence; the round's own files.

    `ranking` is the digest of the ranking that this stands behind.
    """

    ranking: str
    receipts: int
    head: str
    on: str
    loose: Mapping[str, str]
    files: Mapping[str, str]


class KeptState(Struct, frozen=True):
    """A state as it is kept; `digest` is of the body."""

    schema_version: str
    kind: str
    body: State
    digest: str


class Since(Struct, frozen=True):
    """What is not as it was: submissions that came since, by unit; files of the round; other evidence; an altered ledger."""

    submissions: Mapping[str, int]
    files: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    broken: Label | None = None

    def __bool__(self) -> bool:
        return bool(self.submissions or self.files or self.loose or self.broken)


def state_of(home: Home, units: Sequence[UnitEvidence], ranking: str) -> State | None:
    """Return the state of a round in which these units were judged; None where it has changed since. Raises OSError."""
    lines = _lines(home)
    judged = {unit.code: len(unit.receipts) for unit in units if unit.receipts}
    # Submissions may come in while units are judged; their lines are the last, and no part of this state.
    lines = lines[: sum(judged.values())]
    receipts = [msgspec.json.decode(line, type=Receipt) for line in lines]
    if Counter(one.unit for one in receipts) != judged:
        return None
    files = {name: text for name in OWN_TEXTS if (text := _text(home, name)) is not None}
    head, on = (_digest(lines[-1]), receipts[-1].on) if lines else ("", "")
    return State(ranking, len(lines), head, on, dict(_loose(home)), files)


def to_json(state: State) -> bytes:
    """Return a state as it is kept beside the lists."""
    body: Json = msgspec.to_builtins(state)
    return pretty({"schema_version": SCHEMA_VERSION, "kind": KIND, "body": body, "digest": digest(body)}).encode()


def read_state(data: bytes) -> State | Misread:
    """Return a state that was kept; a Misread says why it is none, and where the text breaks off."""
    found = read_json(data)
    if isinstance(found, Misread):
        return found
    if not isinstance(found, Mapping) or found.get("kind") != KIND:
        return Misread(_ANOTHER_KIND)
    if (version := found.get("schema_version")) != SCHEMA_VERSION:
        shown = str(version)[:20]
        return Misread(Label(f"写法版本{shown}，本程序不懂", f"schema_version {shown} is not known here"))
    kept = shaped(found, KeptState)
    if isinstance(kept, Misread):
        return kept
    if kept.digest != digest(found["body"]):
        return Misread(_CHANGED)
    # `lay_out` joins these names to a folder: none may lead out of it.
    plain = all(Path(name).name == name for name in kept.body.loose) and set(kept.body.files) <= set(OWN_TEXTS)
    return kept.body if plain else Misread(_OUTSIDE)


def since(state: State, home: Home) -> Since:
    """Return what is not as it was in a round. Raises OSError."""
    lines = _lines(home)
    later = Counter(_unit(line) for line in lines[state.receipts :])
    files = tuple(name for name in OWN_TEXTS if _text(home, name) != state.files.get(name))
    now = dict(_loose(home))
    loose = tuple(sorted(name for name in {*now, *state.loose} if now.get(name) != state.loose.get(name)))
    return Since(dict(sorted(later.items())), files, loose, _broken(state, lines))


def lay_out(state: State, home: Home, folder: Path) -> None:
    """Lay a round out in a folder as it was then; what is gone since is left out, and reading says so. Raises OSError."""
    for name, text in state.files.items():
        write_whole(folder / name, text.encode())
    lines = _lines(home)[: state.receipts]
    if lines:
        write_whole(folder / LEDGER, b"".join(line + b"\n" for line in lines))
    (folder / EVIDENCE).mkdir(parents=True, exist_ok=True)
    for one in (msgspec.json.decode(line, type=Receipt) for line in lines):
        _copy(home.submission(one.unit, one.number), FolderHome(folder).place_of(one.unit, one.number))
    there = home.loose()
    for name in state.loose:
        _copy(read_file(there[name]) if name in there else None, folder / EVIDENCE / name)


def _copy(data: bytes | None, path: Path) -> None:
    if data is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)  # for this run only: nothing to lose in a crash


def _lines(home: Home) -> list[bytes]:
    try:
        return (home.ledger().lines.added(0, 0) or b"").splitlines()
    except FileNotFoundError:
        return []


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def _unit(line: bytes) -> str:
    try:
        return msgspec.json.decode(line, type=Receipt).unit
    except msgspec.MsgspecError:
        return "?"


def _broken(state: State, lines: Sequence[bytes]) -> Label | None:
    if len(lines) < state.receipts:
        return _CUT
    return _ALTERED if state.receipts and _digest(lines[state.receipts - 1]) != state.head else None


def _text(home: Home, name: str) -> str | None:
    kept = home.text(name)
    return kept.data.decode("utf-8", "replace") if kept else None


def _loose(home: Home) -> Iterator[tuple[str, str]]:
    """Yield the name and the digest of the evidence of a round that is no submission."""
    for name, path in home.loose().items():
        yield name, digest_bytes(read_file(path))
