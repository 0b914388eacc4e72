"""A pack's folder in; its files with their bytes, sorted by path, and the digest that names the edition, out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from ..core.canonical import digest
from ..core.problems import Problem, Problems, Source, sort_by_place
from . import messages as says

FILES_AT_MOST = 2000
BYTES_AT_MOST = 8_000_000
SEALED = "sealed.yaml"
_FOLDERS = ("criteria", "rules", "reports/templates")


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
    for count, path in enumerate(_paths(folder)):
        if count == FILES_AT_MOST:
            problems.append(says.TOO_MANY_FILES.at(Source(str(folder)), limit=FILES_AT_MOST))
            break
        name = path.relative_to(folder).as_posix()
        data = _read(path, folder)
        if isinstance(data, str):
            problems.append(says.UNREADABLE.at(Source(_printable(name)), reason=data))
        elif _printable(name) == name:
            files.append((name, data))
        else:
            problems.append(says.STRAY_FILE.at(Source(_printable(name))))
    sealed = _read(folder / SEALED, folder) if (folder / SEALED).is_file() else None
    if isinstance(sealed, str):
        problems.append(says.UNREADABLE.at(Source(SEALED), reason=sealed))
    return PackFiles(tuple(sorted(files)), sealed if isinstance(sealed, bytes) else None), sort_by_place(
        tuple(problems)
    )


def _paths(folder: Path) -> Iterator[Path]:
    yield folder / "pack.yaml"
    for name in _FOLDERS:
        for path in (folder / name).rglob("*"):
            hidden = any(part.startswith((".", "~")) for part in path.relative_to(folder).parts)
            if not hidden and not path.name.endswith("~") and (path.is_file() or path.is_symlink()):
                yield path


def _read(path: Path, folder: Path) -> bytes | str:
    """Return the bytes of a file inside the folder, or the reason why not."""
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve()):
            return "outside the pack"
        if path.stat().st_size > BYTES_AT_MOST:
            return f"> {BYTES_AT_MOST} bytes"
        return path.read_bytes()
    except OSError as wrong:
        return wrong.strerror or type(wrong).__name__
    except RuntimeError:  # a circle of links, before Python 3.13
        return "a circle of links"


def _printable(name: str) -> str:
    """Return a file name that can be printed and hashed; one that is not Unicode gets marks in place of its bytes."""
    return name.encode("utf-8", "replace").decode("utf-8")
