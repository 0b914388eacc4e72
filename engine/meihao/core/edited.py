"""Copies the files of a set that somebody changed by hand, before the next set takes their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from .canonical import digest_bytes
from .files import keep_permissions, read_file, write_whole

EDITABLE = (".docx", ".xlsx")  # what offices go on writing in


def keep_edited(
    folder: Path, new: Mapping[str, str], before: Mapping[str, str], word: str
) -> Iterator[tuple[Path, Path]]:
    """Copy every file that the new set takes the place of and that is not as the set before left it; yield both paths.

    `new` and `before` are digests by name. A copy that is there already is not made twice, and never overwritten.
    """
    for name in sorted(new):
        path = folder / name
        if not path.name.endswith(EDITABLE) or path.is_symlink() or not path.is_file():
            continue
        data = read_file(path)
        if digest_bytes(data) in (before.get(name), new[name]):
            continue
        copy = _free(path, word, data)
        if not copy.exists():
            write_whole(copy, data)
            keep_permissions(path, copy, private=False)
        yield path, copy


def _free(path: Path, word: str, data: bytes) -> Path:
    """Return the name of a copy: the first that nothing has, or that holds the same already."""
    names = (path.with_name(f"{path.stem}.{word}{number or ''}{path.suffix}") for number in (0, *range(2, 10_000)))
    return next(one for one in names if not one.exists() or (one.is_file() and read_file(one) == data))
