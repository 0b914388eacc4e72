"""Keeps a copy of a served folder in one file, and lays it out again; whole or not at all, also while the folder is served.

The file is an archive: the database as of one moment, every document that it names, and a list of their digests.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import msgspec

from ...core.canonical import Json, pretty
from ...core.files import is_free, new_folder, reason, sync_folder
from ...core.label import Label
from ...core.problems import Problem, Source
from ...core.version import __version__
from ..messages import BACKUP_FAILED, DUMP_IT, NO_DATABASE, NOT_A_BACKUP, NOT_RESTORED, TAKEN
from ..phrases.keeping import KEEPING
from .layout import ADDRESS, DATABASE, DOCUMENTS, document_file, document_name

LIST = "manifest.json"
MOST = 64 << 20  # bytes of the list
_OURS = re.compile(rf"{re.escape(DATABASE)}|{DOCUMENTS}/([0-9a-f]{{2}})/\1[0-9a-f]{{62}}")
_CUT, _CHANGED = KEEPING["cut"], KEEPING["changed"]
Digests = Mapping[str, str]


class DamagedBackup(Exception):  # a damaged file; the caller says so
    """What is wrong with a backup, in words."""

    def __init__(self, why: Label) -> None:
        super().__init__(why.en)
        self.why = why


def back_up(folder: Path, file: Path) -> Path | Problem:
    """Write a copy of a served folder to a file that does not exist yet, and return the file; or why there is none."""
    if (folder / ADDRESS).is_file():
        return DUMP_IT.at(Source(str(folder)), path=folder, address=(folder / ADDRESS).read_text("utf-8").strip())
    if not (folder / DATABASE).is_file():
        return NO_DATABASE.at(Source(str(folder)), path=folder, name=DATABASE)
    if file.exists():
        return TAKEN.at(Source(str(file)), path=file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=file.parent, prefix=f".{file.name}.", suffix=".tmp") as stage:
            snapshot, archive = Path(stage, DATABASE), Path(stage, "backup.zip")
            _snapshot(folder / DATABASE, snapshot)
            _pack(archive, {DATABASE: snapshot, **dict(_documents(folder, snapshot))})
            os.replace(archive, file)
            sync_folder(file.parent)
    except OSError as failure:
        return BACKUP_FAILED.at(Source(str(folder)), path=file, why=reason(failure))
    except sqlite3.Error as failure:
        return BACKUP_FAILED.at(Source(str(folder)), path=file, why=Label(str(failure)))
    return file


def restore(file: Path, folder: Path) -> Path | Problem:
    """Lay a copy out as a folder that does not exist yet or is empty, and return the folder; or why that cannot be done."""
    if not is_free(folder):
        return TAKEN.at(Source(str(folder)), path=folder)
    try:
        with zipfile.ZipFile(file) as archive, new_folder(folder, 0o700) as stage:
            _unpack(archive, stage)
            _sound(stage / DATABASE)
    except OSError as failure:
        return NOT_RESTORED.at(Source(str(file)), path=folder, why=reason(failure))
    except DamagedBackup as unfit:
        return NOT_A_BACKUP.at(Source(str(file)), why=unfit.why)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError):
        return NOT_A_BACKUP.at(Source(str(file)), why=_CUT)
    return folder


def _snapshot(database: Path, to: Path) -> None:
    """Copy a database as of one moment, whoever writes meanwhile. Raises sqlite3.Error."""
    with closing(sqlite3.connect(database, timeout=20)) as source, closing(sqlite3.connect(to)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it


def _documents(folder: Path, snapshot: Path) -> Iterator[tuple[str, Path]]:
    """Yield the documents that a database names, those of drafts too; they are only ever added, so they are all there."""
    with closing(sqlite3.connect(snapshot)) as database:
        for (digest,) in database.execute("SELECT digest FROM document UNION SELECT digest FROM paper ORDER BY digest"):
            yield document_name(digest), document_file(folder, digest)


def _pack(archive: Path, files: Mapping[str, Path]) -> None:
    """Write an archive of files and of their digests, and have it on the disk. Raises OSError."""
    digests: dict[str, str] = {}
    with archive.open("xb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as packed:
            for name, path in files.items():
                with path.open("rb") as source, packed.open(name, "w", force_zip64=True) as target:
                    digests[name] = _copied(source, target)
            told: Json = {"schema_version": "1", "kind": "backup", "version": __version__, "files": digests}
            packed.writestr(LIST, pretty(told))
        stream.flush()
        os.fsync(stream.fileno())


def _unpack(archive: zipfile.ZipFile, folder: Path) -> None:
    """Lay an archive out, every file of which is compared with the list. Raises OSError and DamagedBackup."""
    digests = _list(archive)
    if sorted(archive.namelist()) != sorted([*digests, LIST]) or DATABASE not in digests:
        raise DamagedBackup(_CHANGED)
    for name, digest in digests.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as source, path.open("xb") as target:
            if _copied(source, target) != digest:
                raise DamagedBackup(_CHANGED)
            target.flush()
            os.fsync(target.fileno())


def _list(archive: zipfile.ZipFile) -> Digests:
    """Return the digests of an archive's files, all of which have names that a backup gives. Raises DamagedBackup."""
    try:
        with archive.open(LIST) as stream:
            told = msgspec.json.decode(stream.read(MOST), type=dict[str, object])
        digests = msgspec.convert(told["files"], dict[str, str])
    except (KeyError, msgspec.MsgspecError) as refused:
        raise DamagedBackup(_CUT) from refused
    if not all(_OURS.fullmatch(name) for name in digests):
        raise DamagedBackup(_CHANGED)
    return digests


def _copied(source: IO[bytes], target: IO[bytes]) -> str:
    """Copy a stream and return the digest of what went through."""
    digest = hashlib.sha256()
    while part := source.read(1 << 20):
        digest.update(part)
        target.write(part)
    return digest.hexdigest()


def _sound(database: Path) -> None:
    """Raise DamagedBackup where a database is not whole by its own account."""
    try:
        with closing(sqlite3.connect(database)) as opened:
            (said,) = opened.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as refused:
        raise DamagedBackup(_CHANGED) from refused
    if said != "ok":
        raise DamagedBackup(_CHANGED)
