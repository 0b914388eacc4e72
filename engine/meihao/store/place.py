"""Knows where things stand in a round folder, and puts files there whole and never over another."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import get_ident

from ..core.canonical import digest_bytes
from ..core.files import file_name, write_whole
from ..evidence.files import EVIDENCE, ROUND

LONG_AGO = 86_400  # seconds: whoever was writing a day ago writes no more
LEFT = re.compile(
    r"\.{1,2}(?:[0-9]{4,}\.evidence\.yaml|[0-9a-f]{16}-.+)"  # a submission or a document, as we name them
    r"(?:\.[0-9]+-[0-9]+\.new|(?:\.[0-9]+-[0-9]+\.new)?\.[0-9a-f]{12}\.tmp)"  # while it was being written
)
CALENDAR, DOCUMENTS = "calendar.yaml", "documents"  # beside the round file and the evidence


def unit_folder(round_folder: Path, code: str) -> Path:
    """Return the folder of a unit; a code that no file system takes ends in a digest, so that units stay apart."""
    return round_folder / EVIDENCE / file_name(code, DOCUMENTS)


def of_whole_round(file: Path, evidence: Sequence[Path]) -> bool:
    """Say whether a round's file stands in the round's folder, and the evidence is all that folder holds and nothing else."""
    return file.name == ROUND and [path.resolve() for path in evidence] == [(file.parent / EVIDENCE).resolve()]


def document_name(name: str, data: bytes) -> str:
    """Return the name under which a document is kept: the start of its digest, and its own name, which may bear it already."""
    start = f"{digest_bytes(data)[7:23]}-"
    base = re.split(r"[/\\]", name)[-1].removeprefix(start)
    stem, dot, end = base.rpartition(".")
    return start + (f"{file_name(stem)}.{file_name(end)}" if dot and stem else file_name(base))


def put_document(folder: Path, name: str, data: bytes) -> Path:
    """Put a document into a unit's folder under its content's digest and return its place. Raises OSError."""
    path = folder / DOCUMENTS / document_name(name, data)
    if not path.exists():
        write_whole(path, data)
    return path


def put_new(path: Path, data: bytes) -> None:
    """Put a file at a place that is free, whole or not at all. Raises FileExistsError where it is taken, and OSError.

    The new name is given in one step that fails where the name is there: a hard link, or on Windows a rename.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}.new")
    write_whole(temporary, data)
    try:
        _give_name(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def sweep(folder: Path, written: Path) -> None:
    """Remove from a unit's folder what killed writers left: files of our own names, a day older than the one just written.

    Their age is told by the disk that holds both. What cannot be removed stays: nobody ever reads it.
    """
    for place in (folder, folder / DOCUMENTS):
        with suppress(OSError):
            latest = written.stat().st_mtime - LONG_AGO
            for file in filter(lambda one: LEFT.fullmatch(one.name), tuple(place.iterdir())):
                if not file.is_symlink() and file.is_file() and file.stat().st_mtime < latest:
                    file.unlink()


def _give_name(temporary: Path, path: Path) -> None:
    if os.name == "nt":  # pragma: no cover
        temporary.rename(path)  # fails there where the name is taken
        return
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, such as that of a memory stick
        _rename_under_lock(temporary, path)


def _rename_under_lock(temporary: Path, path: Path) -> None:
    """Rename, where nobody else who asks first is doing the same; the lock ends with the process."""
    import fcntl  # late: not on Windows

    handle = os.open(path.parent, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network drives know no locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        if path.exists():
            raise FileExistsError(path)
        temporary.rename(path)
    finally:
        os.close(handle)
