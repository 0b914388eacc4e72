"""Reads a unit's numbered submissions as they came in, and the one state that they leave. Altered files are named.

Every file ends in the digest of its own lines, and names in `received.after` the digest of the file before it. Line ends do
not count, as version control and editors change them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..core.by_identity import Same
from ..core.files import read_file
from ..core.problems import Message, Problem, Problems, Source, errors, sort_by_place
from ..core.text import normal, person
from ..standard.model import Pack
from ..text_in.yaml_reader import read_yaml
from .model import Document, Observation, Received, UnitEvidence
from .unit_file import read_unit, received_of

ALTERED = Message(
    "W064", "error", "收件{file}收到以后被改动过", "the submission {file} was changed after it was received",
    "从备份恢复这个文件；没有备份，就移走该单位的文件夹，重新导入",
    "restore it from a backup; without one, move the unit's folder away and import again",
)  # fmt: skip
GONE = Message(
    "W065", "error", "缺少第{number}份收件", "submission {number} is missing",
    "从备份恢复；收件只增不减", "restore it from a backup: submissions are never removed",
)  # fmt: skip
MISPLACED = Message(
    "W066", "error", "这份收件是{found}，却放在{wanted}的位置", "this submission is {found} but stands in the place of {wanted}",
    "文件名和文件夹不要改动；放回原处", "file and folder names stay as they are: put it back",
)  # fmt: skip
UNRECORDED = Message(
    "W067", "error", "{file}没有收件记录", "{file} has no record of its receipt",
    "编号的文件由程序写；自己的证据换个文件名，放在evidence文件夹里",
    "numbered files are written by the program: name your own differently and put it into the evidence folder",
)  # fmt: skip
NUMBERED = "{:04}.evidence.yaml"
NAME = re.compile(r"([0-9]{4,6})\.evidence\.yaml")
_LAST_LINE = re.compile(rb'  digest: "[0-9a-f]{64}"\n\Z')
UNITS_KEPT = 4096  # what this many units handed in is kept as it was read
Key = tuple[str, str, str]


class StoredText(Struct, frozen=True):
    """A submission as it is kept: its number, the place by which messages name it, its bytes."""

    number: int
    path: Path
    data: bytes


class Submission(Struct, frozen=True):
    """One file of a unit: what was handed in, how it came, and the digest by which the next one knows it."""

    path: Path
    received: Received
    unit: UnitEvidence
    digest: str


def numbered(folder: Path) -> tuple[Path, ...]:
    """Return the submissions that a folder holds, by their numbers. Raises OSError."""
    found = [(int(name[1]), path) for path in folder.iterdir() if (name := NAME.fullmatch(path.name))]
    return tuple(path for _, path in sorted(found))


def stored_in(folder: Path) -> Iterator[StoredText]:
    """Yield the submissions in a folder as they are kept, by their numbers. Raises OSError."""
    for path in numbered(folder):
        yield StoredText(_number(path), path, read_file(path))


def sealed(body: str) -> bytes:
    """Return a file's bytes: its lines, which end inside `received`, and the digest of them."""
    data = body.encode()
    return data + b'  digest: "' + hashlib.sha256(data).hexdigest().encode() + b'"\n'


def digest_of(data: bytes) -> str:
    """Return the digest of a file, whatever its line ends."""
    return hashlib.sha256(_lines(data)).hexdigest()


def _lines(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def _untouched(data: bytes) -> bool:
    lines = _lines(data)
    end = _LAST_LINE.search(lines)
    return end is not None and sealed(lines[: end.start()].decode("utf-8", "replace")) == lines


def read_submissions(folder: Path, pack: Pack) -> tuple[tuple[Submission, ...], Problems]:
    """Return the submissions of one unit in its folder, oldest first, and what is wrong with them. Raises OSError."""
    return submissions_of(stored_in(folder), pack)


def submissions_of(stored: Iterable[StoredText], pack: Pack) -> tuple[tuple[Submission, ...], Problems]:
    """Return the submissions of one unit, which are given by their numbers, and what is wrong with them.

    The same bytes at the same places are read once by a standard: a server asks for them with every page.
    """
    return _read(tuple(stored), Same(pack))


@lru_cache(maxsize=UNITS_KEPT)
def _read(stored: tuple[StoredText, ...], known: Same) -> tuple[tuple[Submission, ...], Problems]:
    pack: Any = known.whole
    found: list[Submission] = []
    problems: list[Problem] = []
    before = ""
    expected = 1
    for one in stored:
        problems += (GONE.at(Source(str(one.path)), number=n) for n in range(expected, one.number))
        whole, said, digest = _read_one(one, pack, before if expected == one.number else "")
        problems += said
        if whole is not None:
            problems += _misplaced(whole, found)
            found.append(whole)
        before, expected = digest, one.number + 1
    return tuple(found), sort_by_place(tuple(problems))


def _number(path: Path) -> int:
    return int(path.name.partition(".")[0])


def _read_one(kept: StoredText, pack: Pack, before: str) -> tuple[Submission | None, Problems, str]:
    """Return a submission, what is wrong with it, and its digest. `before` is the digest of the one before it."""
    path, data = kept.path, kept.data
    digest = digest_of(data)
    text, problems = read_yaml(data, str(path))
    if text is None or errors(problems):
        return None, problems, digest
    unit, more = read_unit(text, pack)
    problems = (*problems, *more)
    if unit is None:
        return None, problems, digest
    record: Any = text.data
    received = received_of(record)
    if received is None:
        return None, (*problems, UNRECORDED.at(Source(str(path)), file=path.name)), digest
    if not _untouched(data):
        problems = (*problems, ALTERED.at(Source(str(path)), file=path.name))
    if before and record["received"].get("after", "") != before:
        earlier = path.with_name(NUMBERED.format(kept.number - 1))
        problems = (*problems, ALTERED.at(Source(str(earlier)), file=earlier.name))
    return Submission(path, received, unit, digest), problems, digest


def _misplaced(one: Submission, before: Sequence[Submission]) -> Iterator[Problem]:
    """Yield a problem where a file was renamed, or is another unit's."""
    number, at = one.received.number, Source(str(one.path))
    if number != _number(one.path):
        yield MISPLACED.at(at, found=NUMBERED.format(number), wanted=one.path.name)
    if before and before[0].unit.code != one.unit.code:
        yield MISPLACED.at(at, found=one.unit.code, wanted=before[0].unit.code)


def altered(problems: Iterable[Problem]) -> tuple[str, ...]:
    """Return the files that problems say were changed after they were received."""
    return tuple(dict.fromkeys(p.source.file for p in problems if p.code == ALTERED.code))


def merged(submissions: Sequence[Submission]) -> UnitEvidence:
    """Return the state after all submissions: of a field and role the latest counts, of a document likewise.

    Inspectors alone are kept apart by person: two of them look independently.

    What one submission says several times (on several days) stays together.
    """
    last = submissions[-1].unit
    seen: dict[Key, list[Observation]] = {}
    documents: dict[tuple[str, str], list[Document]] = {}
    for one in submissions:
        seen |= by_key(one.unit.observations)
        documents |= {
            key: completed(mine, documents.get(key, ())) for key, mine in by_title(one.unit.documents).items()
        }
    observations = tuple(o for several in seen.values() for o in several)
    region = next((s.unit.region for s in reversed(submissions) if s.unit.region), "")
    return replace(
        last,
        region=region,
        observations=observations,
        documents=tuple(d for several in documents.values() for d in several),
        receipts=receipts_of(submissions),
        let_in=tuple(one.received for one in submissions if one.received.decision),
    )


def receipts_of(submissions: Iterable[Submission]) -> tuple[tuple[int, str], ...]:
    """Return the number and the digest of each submission."""
    return tuple((one.received.number, one.digest) for one in submissions)


def by_key(observations: Iterable[Observation]) -> dict[Key, list[Observation]]:
    """Return the observations by what a later submission replaces: field and role, and of inspectors the person."""
    found: dict[Key, list[Observation]] = {}
    for one in observations:
        whose = person(one.observer) if one.role == "inspector" else ""
        found.setdefault((one.field, one.role, whose), []).append(one)
    return found


def by_title(documents: Iterable[Document]) -> dict[tuple[str, str], list[Document]]:
    """Return the documents by what a later submission replaces: title and number."""
    found: dict[tuple[str, str], list[Document]] = {}
    for one in documents:
        found.setdefault((normal(one.title), normal(one.number)), []).append(one)
    return found


def completed(new: Sequence[Document], old: Sequence[Document]) -> list[Document]:
    """Return the new documents; what one leaves empty is taken from the old one of the same title and number."""
    if len(new) != 1 or len(old) != 1:
        return list(new)
    n, o = new[0], old[0]
    texts = {"issuer": n.issuer or o.issuer, "sha256": n.sha256 or o.sha256, "proves": n.proves or o.proves}
    return [replace(n, day=n.day or o.day, valid_to=n.valid_to or o.valid_to, **texts)]
