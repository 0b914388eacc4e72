"""Puts files that belong together into their folder in one step: whoever looks finds the set before or the set after.

They are made in a folder beside, under a lock. A new folder appears by one rename; one that holds nothing but the set before
is exchanged for it. In a folder that holds other files too those stay where they are: the finished set is given the name
`.ready`, and if it is cut short while its files take their places, the next run brings that to its end.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from .canonical import digest_bytes
from .edited import keep_edited
from .files import keep_permissions, read_file, remove_abandoned, sync_folder, write_whole
from .locks import abandoned, held

RECORD = ".meihao-set.json"
UNFINISHED = "unfinished"
_STAGE = re.compile(rf"\.(.*)\.(?:[0-9a-f]{{12}}\.tmp|{UNFINISHED})")


class KeptAside(Struct, frozen=True):
    """How an edited file is kept beside the one that takes its place: by which word in its name, and who is told of both."""

    word: str
    tell: Callable[[Path, Path], None]


@contextmanager
def output_set(folder: Path, resumable: bool = False, kept: KeptAside | None = None) -> Iterator[Path]:
    """Yield an empty folder to write into; when the block ends its files stand in `folder`, and only then. Raises OSError.

    What somebody edited in the set before is kept beside, and `kept` is told. After an exception nothing has changed. What a
    killed block left is removed by the next one; with `resumable` the next one finds it and goes on.
    """
    target = folder if folder.name not in ("", "..") and not folder.is_symlink() else Path(os.path.realpath(folder))
    beside = _beside(target)
    try:
        _refuse_other_than_folder(target)
        beside.mkdir(parents=True, exist_ok=True)
        with ExitStack() as until_done:
            with held(beside):
                _finish(beside, target)
                stage = until_done.enter_context(_stage(beside, target, resumable))
                _sweep(beside, target, stage)
            try:
                yield stage
                _put(stage, target, beside, kept)
            except BaseException:
                if not resumable:
                    shutil.rmtree(stage, ignore_errors=True)
                raise
    except OSError as refused:
        if refused.filename is not None:
            refused.filename = str(in_place(Path(os.fsdecode(refused.filename))))
        raise


def in_place(path: Path) -> Path:
    """Return the path that a file of a set will have, for one that is being made.

    >>> in_place(Path("a/.lists.0123456789ab.tmp/b.pdf")).as_posix(), in_place(Path("a/..0123456789ab.tmp/b.pdf")).as_posix()
    ('a/lists/b.pdf', 'a/b.pdf')
    """
    return Path(*(_name_in_place(part) for part in path.parts))


def _name_in_place(part: str) -> str:
    stage = _STAGE.fullmatch(part)
    return stage[1] if stage else part


def _beside(target: Path) -> Path:
    """Return where the set is made: next to its folder; within it where that is a disk of its own, or the one above is closed."""
    alone = os.path.ismount(target) or (target.is_dir() and not os.access(target.parent, os.R_OK | os.W_OK))
    return target if alone else target.parent


def _name(beside: Path, target: Path) -> str:
    return "" if beside == target else target.name


def _new_name(name: str, kind: str) -> str:
    return f".{name}.{os.urandom(6).hex()}.{kind}"


def _refuse_other_than_folder(target: Path) -> None:
    place = target.absolute()
    if not next(there for there in (place, *place.parents) if there.exists()).is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "not a folder", str(target))
    if target.is_dir() and not os.access(target, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, "permission denied", str(target))


@contextmanager
def _stage(beside: Path, target: Path, resumable: bool) -> Iterator[Path]:
    """Yield a new folder under a lock; where work can be resumed, the one that a killed process left."""
    if resumable:
        stage = beside / f".{_name(beside, target)}.{UNFINISHED}"
        stage.mkdir(exist_ok=True)
        with held(stage, wait=False) as free:
            if free is not False and _is_mine(stage):
                yield stage
                return
    stage = beside / _new_name(_name(beside, target), "tmp")
    stage.mkdir()
    with held(stage):
        yield stage


def _left(beside: Path, target: Path) -> Iterator[tuple[str, Path]]:
    """Yield what earlier runs of this user left beside a folder, by kind: `tmp`, `ready`, `old`."""
    pattern = re.compile(rf"\.{re.escape(_name(beside, target))}\.[0-9a-f]{{12}}\.(tmp|ready|old)")
    for path in sorted(beside.iterdir()):
        if (kind := pattern.fullmatch(path.name)) and not path.is_symlink() and path.is_dir() and _is_mine(path):
            yield kind[1], path


def _is_mine(path: Path) -> bool:
    return not hasattr(os, "getuid") or path.stat().st_uid == os.getuid()


def _finish(beside: Path, target: Path) -> None:
    """Bring to its end what a killed run had begun to put in place."""
    for kind, path in _left(beside, target):
        if kind == "ready":
            _move_in(path, target)
        elif kind == "old" and target.exists():
            _clear(path, target)
        elif kind == "old":
            os.rename(path, target)


def _sweep(beside: Path, target: Path, stage: Path) -> None:
    """Remove what killed writers left unfinished; whoever is still writing has a lock on it."""
    now = stage.stat().st_mtime
    for kind, path in _left(beside, target):
        if kind == "tmp" and path != stage and abandoned(path, now):
            shutil.rmtree(path, ignore_errors=True)
    for folder in (target, stage):
        remove_abandoned(folder)


def _put(stage: Path, target: Path, beside: Path, kept: KeptAside | None) -> None:
    """Put a finished set in its place; what was edited in it before is copied first."""
    files = {path.relative_to(stage).as_posix(): path for path in _files(stage)}
    digests = {name: digest_bytes(path.read_bytes()) for name, path in sorted(files.items()) if name != RECORD}
    write_whole(stage / RECORD, msgspec.json.encode(digests))
    with held(beside):
        if kept:
            for path, copy in keep_edited(target, digests, read_record(target), kept.word):
                kept.tell(path, copy)
        if not target.exists():
            os.rename(stage, target)
        elif beside != target and _is_own(target, stage):
            _exchange(stage, target)
        else:
            _join(stage, target)
        sync_folder(beside)


def read_record(folder: Path) -> Mapping[str, str]:
    """Return the digest of each file of the set that a folder holds; nothing where there is none, or it cannot be read."""
    try:
        return msgspec.json.decode(read_file(folder / RECORD), type=dict[str, str])
    except (OSError, msgspec.MsgspecError):
        return {}


def _files(folder: Path) -> Iterator[Path]:
    for inside, _, names in os.walk(folder):
        yield from (Path(inside) / name for name in names)


def _is_own(target: Path, stage: Path) -> bool:
    """Say whether a folder can be exchanged: nothing is in it but the set before and what the new one replaces."""
    with suppress(OSError):  # nor are we: whoever stands in a folder should see what comes
        if Path.cwd().is_relative_to(os.path.realpath(target)):
            return False
    one, other = target.stat(), stage.stat()
    if (one.st_uid, one.st_gid) != (other.st_uid, other.st_gid):
        return False
    before = read_record(target)
    for inside, folders, names in os.walk(target):
        here = Path(inside)
        if (not names and not folders and here != target) or any((here / name).is_symlink() for name in folders):
            return False
        if not all(_is_ours(here / name, target, stage, before) for name in names):
            return False
    return True


def _is_ours(path: Path, folder: Path, new: Path, before: Mapping[str, str]) -> bool:
    """Say whether a file in a folder is of a set: of the new one by its name, of the one before if nobody changed it."""
    name = path.relative_to(folder).as_posix()
    if path.is_symlink():
        return False
    return name == RECORD or (new / name).is_file() or _unchanged(path, before.get(name, ""))


def _unchanged(path: Path, digest: str) -> bool:
    with suppress(OSError):
        return bool(digest) and digest_bytes(read_file(path)) == digest
    return False


def _keep_modes(stage: Path, target: Path) -> None:
    """Give every file the permissions of the one whose place it takes; one that is not for everybody stays so."""
    for_all = stage.stat().st_mode & stat.S_IRWXO
    for path in _files(stage):
        private = for_all != 0 and not path.stat().st_mode & stat.S_IRWXO
        keep_permissions(target / path.relative_to(stage), path, private)


def _exchange(stage: Path, target: Path) -> None:
    _keep_modes(stage, target)
    shutil.copystat(target, stage)
    old = stage.with_name(_new_name(target.name, "old"))
    os.rename(target, old)
    try:
        os.rename(stage, target)
    except BaseException:
        os.rename(old, target)
        raise
    _clear(old, target)


def _clear(old: Path, target: Path) -> None:
    """Remove a set that another has taken the place of; what somebody put there meanwhile moves to the new folder."""
    before = read_record(old)
    for inside, _, names in os.walk(old, topdown=False):
        for path in (Path(inside) / name for name in names if Path(inside, name) != old / RECORD):
            place = target / path.relative_to(old)
            if _is_ours(path, old, target, before):
                path.unlink()
            elif not os.path.lexists(place):
                place.parent.mkdir(parents=True, exist_ok=True)
                os.rename(path, place)
        with suppress(OSError):
            os.rmdir(inside)
    (old / RECORD).unlink(missing_ok=True)
    with suppress(OSError):
        os.rmdir(old)


def _join(stage: Path, target: Path) -> None:
    """Put a set among files of others: from the rename on it counts, and the next run brings it to its end if this one cannot."""
    for path in _files(stage):
        if (place := target / path.relative_to(stage)).is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder", str(place))
    _keep_modes(stage, target)
    ready = stage.with_name(_new_name(target.name if stage.parent == target.parent else "", "ready"))
    os.rename(stage, ready)
    _move_in(ready, target)


def _move_in(ready: Path, target: Path) -> None:
    """Move a finished set into a folder, its record last; what was of the set before, unchanged, and is no more, goes."""
    new, before = read_record(ready), read_record(target)
    for name in (*new, RECORD):
        if (ready / name).exists():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            if name == RECORD:
                _remove_former(target, new, before)
            os.replace(ready / name, target / name)
    shutil.rmtree(ready, ignore_errors=True)


def _remove_former(target: Path, new: Mapping[str, str], before: Mapping[str, str]) -> None:
    for name in before.keys() - new.keys():
        inside = Path(os.path.realpath(target / name)).is_relative_to(os.path.realpath(target))
        if inside and not (target / name).is_symlink() and _unchanged(target / name, before[name]):
            (target / name).unlink()
