"""The tiny pack, whole or with something changed, for tests of loading and checking."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from meihao.core.problems import Problems
from meihao.standard.checking.check import check_pack
from meihao.standard.folder import PackFiles, pack_files
from meihao.standard.load import load_files
from meihao.standard.model import Pack

TINY = Path(__file__).parent / "packs" / "tiny"
BAD = Path(__file__).parent / "bad_packs"


@cache
def tiny_files() -> Mapping[str, bytes]:
    """Return the files of the tiny pack by path."""
    return dict(pack_files(TINY)[0].files)


def load(files: Mapping[str, bytes]) -> tuple[Pack | None, Problems]:
    return load_files(PackFiles(tuple(sorted(files.items()))))


def changed(file: str, old: str, new: str, files: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """Return the files with one text replaced where it first stands; the text must be there."""
    before = dict(tiny_files() if files is None else files)
    text = before[file].decode()
    assert old in text, f"{old!r} is not in {file}"
    return {**before, file: text.replace(old, new, 1).encode()}


def load_and_check(files: Mapping[str, bytes]) -> tuple[Pack | None, Problems]:
    """Return the pack, and what loading and checking say of it."""
    pack, problems = load(files)
    return pack, problems + (check_pack(pack) if pack else ())


def tiny() -> Pack:
    """Return the tiny pack."""
    pack, problems = load_and_check(tiny_files())
    assert pack is not None
    assert not problems
    return pack
