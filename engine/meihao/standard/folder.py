"""Reads the files of a pack's folder, sorted by path, and the digest that names the edition."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from ..core.canonical import digest
from ..core.files import read_file, reason
from ..core.label import Label
from ..core.problems import Problem, Problems, Source, sort_by_place
from . import messages as says

FILES_AT_MOST = 2000
BYTES_AT_MOST = 8_000_000
SEALED = "sealed.yaml"
TEMPLATES = "reports/templates"
_FOLDERS = ("criteria", "rules", TEMPLATES)


class PackFiles(Struct, frozen=True):
    """What a pack consists of: (path within the folder, bytes). `sealed.yaml` stands apart, as it holds digests of the rest."""

    files: tuple[tuple[str, bytes], ...]
    sealed: bytes | None = None

    def digest(self) -> str:
        """Return the digest of the pack: of the sorted list of paths and the digests of their bytes."""
        return digest([[path, hashlib.sha256(data).hexdigest()] for path, data in self.files])


def pack_files(folder: Path) -> tuple[PackFiles, Problems]:
    """Return `pack.yaml` and everything below criteria/, rules/ and reports/templates/."""
    if not (folder / "pack.yaml").is_file():
        return PackFiles(()), (says.NO_PACK.at(Source(str(folder)), folder=folder),)
    problems: list[Problem] = []
    files: list[tuple[str, bytes]] = []
    for count, (name, linked) in enumerate(_names(folder)):
        if count == FILES_AT_MOST:
            problems.append(says.TOO_MANY_FILES.at(Source(str(folder)), limit=FILES_AT_MOST))
            break
        if linked and name.startswith(f"{TEMPLATES}/"):
            problems.append(says.LINKED_TEMPLATE.at(Source(_printable(name))))
            continue
        data = _read(folder, name, linked)
        if isinstance(data, Label) and not linked and os.path.isdir(f"{folder}/{name}"):
            problems.append(says.UNREADABLE_FOLDER.at(Source(_printable(name))))
        elif isinstance(data, Label):
            problems.append(says.UNREADABLE.at(Source(_printable(name)), reason=data))
        elif _printable(name) == name:
            files.append((name, data))
        else:
            problems.append(says.STRAY_FILE.at(Source(_printable(name))))
    sealed = _read(folder, SEALED, linked=True) if (folder / SEALED).is_file() else None
    if isinstance(sealed, Label):
        problems.append(says.UNREADABLE.at(Source(SEALED), reason=sealed))
    return PackFiles(tuple(sorted(files)), sealed if isinstance(sealed, bytes) else None), sort_by_place(
        tuple(problems)
    )


def templates_in(files: PackFiles) -> dict[str, bytes]:
    """Return the templates among a pack's files by their path below reports/templates/: what was digested, nothing else."""
    head = f"{TEMPLATES}/"
    return {path.removeprefix(head): data for path, data in files.files if path.startswith(head)}


def templates_of(folder: Path) -> dict[str, bytes]:
    """Return the templates that ship with us, taken as a pack's own are: regular files, none of them hidden."""
    names = [name for name, linked in _below(f"{folder}/", TEMPLATES, False) if not linked]
    read = ((name.removeprefix(f"{TEMPLATES}/"), _read(folder, name, False)) for name in names)
    return {name: data for name, data in read if isinstance(data, bytes)}


def _names(folder: Path) -> Iterator[tuple[str, bool]]:
    """Yield each file's path within the folder, and whether a link may lie on the way to it."""
    yield "pack.yaml", True
    for name in _FOLDERS:
        yield from _below(f"{folder}/", name, any(map(os.path.islink, (folder / name, (folder / name).parent))))


def _below(root: str, name: str, linked: bool) -> Iterator[tuple[str, bool]]:
    """Yield the files below a folder, hidden ones and leftovers of editors passed over. Links to folders are not followed."""
    try:
        entries = list(os.scandir(root + name))
    except (FileNotFoundError, NotADirectoryError):
        return  # a file that is needed is missed later
    except OSError:
        yield name, False  # a folder in place of a file: it is there and not for us
        return
    for entry in entries:
        inner = f"{name}/{entry.name}"
        if entry.name.startswith((".", "~")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(root, inner, linked)
        elif not entry.name.endswith("~"):
            yield inner, linked or entry.is_symlink()


def _read(folder: Path, name: str, linked: bool) -> bytes | Label:
    """Return the bytes of a file inside the folder, or the reason why not."""
    path = f"{folder}/{name}"
    try:
        if linked and not Path(path).resolve(strict=True).is_relative_to(folder.resolve()):
            return Label("在标准的文件夹外面", "outside the pack")
        data = read_file(path, BYTES_AT_MOST + 1)
        return Label(f"超过{BYTES_AT_MOST}字节", f"over {BYTES_AT_MOST} bytes") if len(data) > BYTES_AT_MOST else data
    except OSError as wrong:
        return reason(wrong)
    except RuntimeError:  # a circle of links, before Python 3.13
        return Label("链接绕成了圈", "a circle of links")


def _printable(name: str) -> str:
    """Return a file name that can be printed and hashed; one that is not Unicode gets marks in place of its bytes."""
    return name.encode("utf-8", "replace").decode("utf-8")
