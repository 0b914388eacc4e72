"""A pack's folder in; the Pack out, from a cache where the same bytes were read before, so that YAML and schemas rest.

A cache file is ours to trust only so far: it must carry the digest of its own bytes, belong to this user, and hold nothing
but records of the model. Anything else is ignored and built anew.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import ModuleType

from msgspec import Struct

from .. import __version__
from ..core import calendar, problems, text
from ..core.canonical import digest
from ..core.files import write_whole
from ..core.problems import Problem, Problems, errors
from .expressions import tree
from .folder import PackFiles, pack_files
from .model import Pack, criteria, fields, measures, pack, rules, scores, tiers

_MAGIC = b"meihao pack 1\n"
_MODULES: tuple[ModuleType, ...] = (
    calendar, problems, text, tree, criteria, fields, measures, pack, rules, scores, tiers
)  # fmt: skip
_ADMITTED = {
    (kind.__module__, kind.__qualname__): kind
    for module in _MODULES
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Struct)
} | {("fractions", "Fraction"): Fraction, ("datetime", "date"): date}
_BROKEN = (
    pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError, LookupError, ImportError, ArithmeticError,
    MemoryError,
)  # fmt: skip  # what unpickling of odd bytes can raise
BYTES_AT_MOST = 64_000_000


def cached_pack(folder: Path, cache_dir: Path | None) -> tuple[Pack | None, Problems]:
    """Return what `load_pack` returns, reading YAML only where these files were not read before.

    The problems of a cached pack are its warnings. `cache_dir` None means no cache; one that cannot be written is no error.
    """
    files, problems = pack_files(folder)
    if errors(problems):
        return None, problems
    place = None if cache_dir is None else cache_dir / "packs" / f"{_key(files)}.pickle"
    if place is not None and (found := _read(place)) is not None:
        return found[0], (*problems, *found[1])
    from .load import load_files  # late: brings in YAML and jsonschema, which a cached pack does not need

    pack_, more = load_files(files)
    if place is not None and pack_ is not None:
        _write(place, pack_, more)
    return pack_, (*problems, *more)


def cache_folder(environment: dict[str, str], home: Path) -> Path:
    """Return where compiled packs are kept: $MEIHAO_CACHE, else the user's cache folder."""
    if own := environment.get("MEIHAO_CACHE"):
        return Path(own)
    shared = environment.get("XDG_CACHE_HOME", "")
    return (Path(shared) if shared.startswith("/") else home / ".cache") / "meihao"


def _key(files: PackFiles) -> str:
    """Return a name for these files as read by this very loader."""
    return digest([files.digest(), __version__, *_loader()]).removeprefix("sha256:")


def _loader() -> list[str]:
    """Return what tells one state of the loader's source from another: names, sizes and times of its files."""
    here = os.path.dirname(__file__)
    return sorted(_states(here) + _states(os.path.join(os.path.dirname(here), "core")))


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


def _read(place: Path) -> tuple[Pack, Problems] | None:
    """Return what a cache file holds; None where it is absent, foreign, cut short or altered."""
    try:
        state = place.stat()
        if state.st_size > BYTES_AT_MOST or (hasattr(os, "getuid") and state.st_uid != os.getuid()):
            return None
        data = place.read_bytes()
    except OSError:
        return None
    head = len(_MAGIC) + 32
    if not data.startswith(_MAGIC) or hashlib.sha256(data[head:]).digest() != data[len(_MAGIC) : head]:
        return None
    try:
        found = _Unpickler(io.BytesIO(data[head:])).load()
    except _BROKEN:
        return None
    return found if _is_ours(found) else None


def _is_ours(found: object) -> bool:
    if not isinstance(found, tuple) or len(found) != 2:
        return False
    held, warnings = found
    return isinstance(held, Pack) and isinstance(warnings, tuple) and all(isinstance(p, Problem) for p in warnings)


def _write(place: Path, held: Pack, warnings: Problems) -> None:
    body = pickle.dumps((held, warnings), protocol=5)
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(place, _MAGIC + hashlib.sha256(body).digest() + body)
    except OSError:
        return  # no room, no right to write: the pack is read again next time
