"""Reads units from a path: a YAML or JSON file of one unit, a table (CSV, XLSX) of many, or a folder of such files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from ..core.files import reason
from ..core.problems import Message, Problems, Source, errors, sort_by_place
from ..core.watch import Watch, unwatched
from ..standard.model import Pack
from .contradictions import Latest
from .model import UnitEvidence

if TYPE_CHECKING:
    from .tables import Opened

NO_SUCH_FILE = Message("E040", "error", "找不到文件{path}", "there is no file {path}", "核对路径", "check the path")
NOT_READABLE = Message(
    "E041",
    "error",
    "读不了{path}：{why}",
    "{path} cannot be read: {why}",
    "核对权限，或另存一份",
    "check permissions, or save a copy",
)
UNKNOWN_FORMAT = Message(
    "E042", "error", "不认识{name}这种文件", "{name} is of no known format",
    "证据用.yaml、.json、.csv或.xlsx", "hand in .yaml, .json, .csv or .xlsx",
)  # fmt: skip
NOTHING_HERE = Message(
    "E043", "error", "{path}里没有证据文件", "{path} holds no evidence files",
    "证据文件名为*.evidence.yaml，或.csv、.xlsx", "evidence files are named *.evidence.yaml, or end in .csv or .xlsx",
)  # fmt: skip
NOT_READ = Message(
    "W080", "warning", "没有读{name}：它在单位的文件夹里，又不是收件",
    "{name} was not read: it lies in a unit's folder and is no submission",
    "放到上一层的文件夹，或用meihao import收进来", "move it one folder up, or hand it in with meihao import",
)  # fmt: skip
ROUND_FOLDER = Message(
    "E044", "error", "{path}是批次文件夹，证据在它的{inside}里", "{path} is a round folder: its evidence lies in {inside}",
    "写{path}/{inside}", "name {path}/{inside}",
)  # fmt: skip
ROUND, EVIDENCE = "round.yaml", "evidence"  # the two parts of a round's folder that judging needs
_UNIT = (".yaml", ".yml", ".json")
_TABLE = (".csv", ".xlsx")


Read = tuple[tuple[UnitEvidence, ...], Problems]


class _Door(Struct, frozen=True):
    """What every file is read with; CSVs of documents gather in `lists` until the units are known."""

    pack: Pack
    latest: Latest | None
    watch: Watch = unwatched
    lists: list[Opened] = field(default_factory=list)


def read_evidence(path: Path, pack: Pack, latest: Latest | None = None, watch: Watch = unwatched) -> Read:
    """Return the units of a file or folder. Never raises for what a user hands in."""
    return read_all((path,), pack, latest, watch)


def read_all(paths: Iterable[Path], pack: Pack, latest: Latest | None = None, watch: Watch = unwatched) -> Read:
    """Return the units of files and folders; a CSV of documents adds to the units of the others. Never raises."""
    door = _Door(pack, latest, watch)
    results = [_read(path, door) for path in paths]
    units = tuple(unit for found, _ in results for unit in found)
    problems = [p for _, said in results for p in said]
    for opened in door.lists:
        units, more = _with_documents(units, opened, pack, whole=not errors(tuple(problems)))
        problems += more
    return units, sort_by_place(tuple(problems))


def _with_documents(units: tuple[UnitEvidence, ...], opened: Opened, pack: Pack, whole: bool) -> Read:
    """Return the units with the documents that a CSV lists. Unless all others are `whole`, its units may be among the rest."""
    from .messages import ONLY_DOCUMENTS, UNLISTED_UNIT  # late: few hand in such a table
    from .tables import read_opened

    listed, problems = read_opened(opened, pack, known=units)
    if not whole:
        problems = tuple(p for p in problems if p.code not in (UNLISTED_UNIT.code, ONLY_DOCUMENTS.code))
    more = {unit.code: unit.documents for unit in listed}
    return tuple(replace(u, documents=(*u.documents, *more.get(u.code, ()))) for u in units), problems


def _read(path: Path, door: _Door) -> Read:
    try:
        if path.is_dir():
            return _read_folder(path, door)
        if not path.exists():
            return (), (NO_SUCH_FILE.at(Source(str(path)), path=path),)
        return _read_file(path, door)
    except OSError as failure:
        return (), (NOT_READABLE.at(Source(str(path)), path=path, why=reason(failure)),)


def _read_folder(folder: Path, door: _Door) -> Read:
    """Read a folder: a unit's own folder of numbered submissions, or files and such folders."""
    from .submissions import numbered  # late: tables need no YAML

    if numbered(folder):
        return _read_unit_folder(folder, door.pack)
    inside = sorted(folder.iterdir())
    files = [p for p in inside if _holds_evidence(p)]
    folders = [p for p in inside if p.is_dir() and not p.name.startswith(".")]
    units_folders = {p: None for p in folders if numbered(p)}
    if not files and not units_folders:
        round_folder = (folder / ROUND).is_file() and (folder / EVIDENCE).is_dir()
        said = ROUND_FOLDER if round_folder else NOTHING_HERE
        return (), (said.at(Source(str(folder)), path=folder, inside=EVIDENCE),)
    parts = door.watch((*files, *units_folders), len(files) + len(units_folders), "reading")
    results = [_read_unit_folder(one, door.pack) if one in units_folders else _read_file(one, door) for one in parts]
    results += [((), _left_out(one)) for one in folders if one not in units_folders]
    units = tuple(unit for found, _ in results for unit in found)
    return units, tuple(p for _, problems in results for p in problems)


def loose_evidence(folder: Path) -> tuple[Path, ...]:
    """Return the files of a folder that are read as evidence, those in units' folders left out. Raises OSError."""
    return tuple(p for p in sorted(folder.iterdir()) if _holds_evidence(p)) if folder.is_dir() else ()


def _holds_evidence(path: Path) -> bool:
    return path.suffix in _TABLE or path.name.endswith((".evidence.yaml", ".evidence.json"))


def _left_out(folder: Path) -> Problems:
    """Return a warning for each file of a folder that looks like evidence and is not read."""
    from .submissions import NAME  # late, as above

    strays = sorted(p for p in folder.iterdir() if _holds_evidence(p) and not NAME.fullmatch(p.name))
    return tuple(NOT_READ.at(Source(str(file)), name=file.name) for file in strays)


def _read_unit_folder(folder: Path, pack: Pack) -> Read:
    from .submissions import merged, read_submissions  # late, as above

    submissions, problems = read_submissions(folder, pack)
    return ((merged(submissions),) if submissions else ()), (*problems, *_left_out(folder))


def _read_file(path: Path, door: _Door) -> Read:
    """Return the units of a file; a CSV of documents has none of its own and is kept for later."""
    suffix = path.suffix.lower()
    if suffix in _UNIT:
        from .unit_file import read_unit_file

        unit, problems = read_unit_file(path, door.pack, door.latest)
        return ((unit,) if unit else ()), problems
    if suffix in _TABLE:
        from .tables import open_table_file, read_opened

        opened = open_table_file(path, door.latest)
        if opened.of_documents():
            door.lists.append(opened)
            return (), ()
        return read_opened(opened, door.pack)
    return (), (UNKNOWN_FORMAT.at(Source(str(path)), name=path.name),)
