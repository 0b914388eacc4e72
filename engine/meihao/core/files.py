"""Reads files that really are files and writes them whole or not at all (temporary file, fsync, rename, fsync of the folder)."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from .canonical import digest_bytes
from .label import Label
from .locks import abandoned, lock

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]|^[. ]+|[. ]+$')
_WRITING = re.compile(r"\..+\.[0-9a-f]{12}\.tmp")  # a file while `write_whole` is at it
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")


def file_name(text: str, *taken: str) -> str:
    """Return a name that every file system takes; one that had to be changed ends in a digest, so that names stay apart.

    `taken` are names, in lower case, that something else has in that folder.

    >>> file_name("V-0007"), file_name("../a")[:3]
    ('V-0007', '_a-')
    """
    fit = _UNFIT.sub("_", text)[:60]
    if fit == text and fit and not _RESERVED.match(fit) and fit.lower() not in taken:
        return fit
    return f"{re.sub('_+', '_', fit) or '_'}-{digest_bytes(text.encode('utf-8', 'replace'))[7:15]}"


_WHY = {
    errno.ENOENT: Label("没有这个文件或文件夹", "there is no such file or folder"),
    errno.EACCES: Label("没有权限", "permission denied"),
    errno.EPERM: Label("没有权限", "permission denied"),
    errno.EROFS: Label("磁盘只读", "the disk is read-only"),
    errno.ENOSPC: Label("磁盘满了", "the disk is full"),
    errno.EISDIR: Label("这是文件夹", "it is a folder"),
    errno.ENOTDIR: Label("路径里有一段是文件，不是文件夹", "a part of the path is a file, not a folder"),
    errno.EEXIST: Label("已经有了", "it is already there"),
    errno.ENAMETOOLONG: Label("名称太长", "the name is too long"),
    errno.ELOOP: Label("链接绕成了圈", "the links run in a circle"),
    errno.EIO: Label("磁盘读写出错", "the disk failed"),
}
KNOWN = tuple(_WHY)


class FileText(Struct, frozen=True):
    """A text that is kept, as bytes, and the place by which messages name it."""

    path: Path
    data: bytes


class NamedFile(Struct, frozen=True):
    """A file that somebody gave, or is given: its name, as they call it, and its bytes. It lies on no disk."""

    name: str
    data: bytes


class NotAFile(OSError):
    """What a path names is a pipe, a device or a socket: reading it might never end."""


def read_file(path: Path | str, most: int = -1) -> bytes:
    """Return the bytes of an ordinary file, at most so many. Raises OSError, for a pipe or a device at once."""
    with open(path, "rb", opener=_at_once) as stream:
        state = os.fstat(stream.fileno())
        if not stat.S_ISREG(state.st_mode):
            raise NotAFile(errno.EINVAL, "no ordinary file", str(path))
        expected = state.st_size + 1  # reading sets aside as much as it is asked for, a limit of 64 MB as well
        if 0 <= most <= expected:
            return stream.read(most)
        data = stream.read(expected)
        return data if len(data) < expected else data + stream.read(most if most < 0 else most - len(data))


def file_text(path: Path) -> FileText | None:
    """Return the text of a file; None where there is none. Raises OSError."""
    return FileText(path, read_file(path)) if path.is_file() else None


def is_free(place: Path) -> bool:
    """Say whether nothing, or an empty folder, stands at a place where something is to be put. Raises OSError."""
    if place.is_symlink():
        return False
    return not place.exists() or (place.is_dir() and not any(place.iterdir()))


def _at_once(path: str, flags: int) -> int:
    """Open without waiting for somebody to write at the other end."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def reason(failure: OSError) -> Label:
    """Return why the system refused, in words; in the system's own where we have none.

    >>> reason(FileNotFoundError(errno.ENOENT, "No such file or directory")).zh
    '没有这个文件或文件夹'
    """
    if isinstance(failure, NotAFile) or failure.errno == errno.ENXIO:  # ENXIO: a socket cannot even be opened
        return Label("这是管道、设备或套接字，不是文件", "it is a pipe, a device or a socket, not a file")
    return _WHY.get(failure.errno or 0) or Label(failure.strerror or str(failure))


def write_whole(path: Path, data: bytes, private: bool = False) -> None:
    """Put `data` at `path` so that a reader, or a crash at any moment, sees the old file or the new one. Raises OSError.

    Who may read it is what the user's umask says, and for a `private` file nobody beyond owner and group; a file that is
    there keeps its permissions.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    name = path.parent / f".{path.name}.{os.urandom(6).hex()}.tmp"
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        handle = os.open(name, flags, 0o660 if private else 0o666)
        with os.fdopen(handle, "wb") as stream:
            lock(handle)
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        keep_permissions(path, name, private)
        os.replace(name, path)
    except BaseException as failure:
        with suppress(OSError):  # where it could not be made, as when its name is too long, it cannot be removed either
            name.unlink()
        if isinstance(failure, OSError) and failure.filename is not None:
            failure.filename = str(path)  # what the user named, not our temporary file
        raise
    sync_folder(path.parent)


def keep_permissions(path: Path, name: Path, private: bool) -> None:
    """Give a new file the permissions of the one whose place it takes; a private one none for others."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return
    os.chmod(name, mode & 0o770 if private else mode)


def remove_abandoned(folder: Path) -> None:
    """Remove what killed writers left in a folder. What cannot be removed stays: nobody reads it."""
    with suppress(OSError):
        now = folder.stat().st_mtime
        for path in tuple(folder.iterdir()):
            if _WRITING.fullmatch(path.name) and path.is_file() and not path.is_symlink() and abandoned(path, now):
                path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Have a folder's names written to the disk, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def new_folder(place: Path, mode: int = 0o777) -> Iterator[Path]:
    """Yield an empty folder that becomes `place`, where nothing or an empty folder stands, when the block ends. Raises OSError.

    Where the block fails nothing is left.
    """
    stage = place.parent / f".{place.name}.{os.urandom(6).hex()}.tmp"
    try:
        stage.mkdir(mode, parents=True)
        yield stage
        if place.is_dir():
            place.rmdir()
        stage.rename(place)
        sync_folder(place.parent)
    finally:
        from shutil import rmtree  # late: few commands make a folder, and all of them start with this module

        rmtree(stage, ignore_errors=True)
