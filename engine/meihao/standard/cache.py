"""Loads a pack and its problems from a cache if the very same bytes were read before, and otherwise from its folder.

A cache file is ours to trust only so far: it must carry the digest of its own name and bytes, belong to this user, hold
nothing but records of the model, and a pack of the very digest that was asked for. Anything else is ignored and built anew.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sys
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import ModuleType

from msgspec import Struct
from msgspec.structs import replace

from ..core import calendar, problems, text
from ..core.canonical import digest, digest_bytes
from ..core.files import write_whole
from ..core.problems import Problem, Problems, errors
from ..core.version import __version__
from ..expressions import fields, tree
from ..methods import cohort, process, sample
from ..methods.menu import AGGREGATES, MEASURES, SCORES
from ..methods.method import Part
from .folder import PackFiles, pack_files
from .model import Pack, criteria, pack, rules, tiers

_MAGIC = b"meihao pack 2\n"
_LOADING = ("core", "text_in", "expressions", "methods", "standard")
"""The rooms whose source decides what is made of a pack\'s files."""
_MODULES: tuple[ModuleType, ...] = (
    calendar, problems, text, tree, fields, process, criteria, pack, rules, tiers
)  # fmt: skip
_MENUS = (*MEASURES.values(), *SCORES.values(), *map(type, AGGREGATES.values()))
_METHODS = (sample, cohort, *(sys.modules[one.__module__] for one in _MENUS))
_ADMITTED = {
    (kind.__module__, kind.__qualname__): kind
    for module in (*_MODULES, *_METHODS)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Struct)
    if module in _MODULES or kind.__module__ == module.__name__  # what a method only imports is no record of a pack
} | {(Part.__module__, "Part"): Part, ("fractions", "Fraction"): Fraction, ("datetime", "date"): date}
_BROKEN = (
    pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError, LookupError, ImportError, ArithmeticError,
    MemoryError,
)  # fmt: skip  # what unpickling of odd bytes can raise
BYTES_AT_MOST = 64_000_000


class Loaded(Struct, frozen=True):
    """What the files of a pack give.

    `said` are the problems of reading them, errors where there is no pack. `faults` are the errors for which nothing is
    judged by it: of what it says, and of a published edition that was changed.
    """

    pack: Pack | None
    said: Problems = ()
    faults: Problems = ()


def cached_pack(folder: Path, cache_dir: Path | None) -> Loaded:
    """Return a pack with what loading and checking say of it, reading YAML only where these files were not read before.

    `cache_dir` None means no cache; one that cannot be written is not an error.
    """
    files, problems = pack_files(folder)
    if errors(problems):
        return Loaded(None, problems)
    state = files.digest()
    key = _key(state, files)
    place = None if cache_dir is None else cache_dir / "packs" / f"{key}.pickle"
    found = None if place is None else _read(place, key, state)
    if found is None:
        found = _load(files)
        if place is not None and found.pack is not None:
            _write(place, key, found)
    return replace(found, said=(*problems, *found.said)) if problems else found


def _load(files: PackFiles) -> Loaded:
    from .checking.check import check_pack
    from .checking.edition import check_seals
    from .load import load_files  # late: brings in YAML and jsonschema, which a cached pack does not need

    pack_, said = load_files(files)
    if pack_ is None:
        return Loaded(None, said)
    return Loaded(pack_, said, errors((*check_pack(pack_), *check_seals(pack_, files))))


def cache_folder(environment: Mapping[str, str], home: str) -> Path | None:
    """Return where compiled packs are kept: $MEIHAO_CACHE, else the user's cache folder; None for a user without a home.

    >>> cache_folder({"XDG_CACHE_HOME": "relative"}, "/home/u")
    PosixPath('/home/u/.cache/meihao')
    """
    if own := environment.get("MEIHAO_CACHE"):
        return Path(own)
    shared = environment.get("XDG_CACHE_HOME", "")
    if os.path.isabs(shared):
        return Path(shared) / "meihao"
    return Path(home) / ".cache" / "meihao" if os.path.isabs(home) else None


def _key(state: str, files: PackFiles) -> str:
    """Return a name for these files, the seals among them, as read by this very loader."""
    sealed = "" if files.sealed is None else digest_bytes(files.sealed)
    return digest([state, sealed, __version__, *_loader()]).removeprefix("sha256:")


def _loader() -> list[str]:
    """Return what tells one state of the loader's source from another: names, sizes and times of its files."""
    engine = os.path.dirname(os.path.dirname(__file__))
    return sorted(state for room in _LOADING for state in _states(os.path.join(engine, room)))


def _states(folder: str) -> list[str]:
    found: list[str] = []
    for entry in os.scandir(folder):
        if entry.name.endswith((".py", ".json")):
            state = entry.stat()
            found.append(f"{entry.path} {state.st_size} {state.st_mtime_ns}")
        elif entry.is_dir() and entry.name != "__pycache__":
            found += _states(entry.path)
    return found


class _Unpickler(pickle.Unpickler):
    """Admits records of the model and the few exact types inside them; nothing else can even be named."""

    def find_class(self, module: str, name: str) -> type:
        if (found := _ADMITTED.get((module, name))) is None:
            raise pickle.UnpicklingError(f"{module}.{name} does not belong in a pack")
        return found


def _read(place: Path, key: str, wanted: str) -> Loaded | None:
    """Return what a cache file holds; None where it is absent, foreign, cut short, altered or of another pack."""
    try:
        state = place.stat()
        if state.st_size > BYTES_AT_MOST or (hasattr(os, "getuid") and state.st_uid != os.getuid()):
            return None
        data = place.read_bytes()
    except OSError:
        return None
    head = len(_MAGIC) + 32
    if not data.startswith(_MAGIC) or _proof(key, data[head:]) != data[len(_MAGIC) : head]:
        return None
    try:
        found = _Unpickler(io.BytesIO(data[head:])).load()
    except _BROKEN:
        return None
    return Loaded(*found) if _is_ours(found, wanted) else None


def _is_ours(found: object, wanted: str) -> bool:
    if not isinstance(found, tuple) or len(found) != 3:
        return False
    held, *said = found
    told = (one if isinstance(one, tuple) else (None,) for one in said)
    return (
        isinstance(held, Pack) and held.digest == wanted and all(isinstance(p, Problem) for each in told for p in each)
    )


def _proof(key: str, body: bytes) -> bytes:
    """Return the digest of a file's name and content together: under another name the same content proves nothing."""
    return hashlib.sha256(key.encode() + body).digest()


def _write(place: Path, key: str, held: Loaded) -> None:
    body = pickle.dumps((held.pack, held.said, held.faults), protocol=5)
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(place, _MAGIC + _proof(key, body) + body)
    except OSError:
        return  # no room, no right to write: the pack is read again next time
