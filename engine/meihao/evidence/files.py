"""A path -> units: a YAML or JSON file of one unit, a table (CSV, XLSX) of many, or a folder of such files."""

from __future__ import annotations

from pathlib import Path

from ..core.problems import Message, Problems, Source, sort_by_place
from ..standard.model import Pack
from .model import UnitEvidence

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
_UNIT = (".yaml", ".yml", ".json")
_TABLE = (".csv", ".xlsx")


def read_evidence(path: Path, pack: Pack) -> tuple[tuple[UnitEvidence, ...], Problems]:
    """Return the units of a file or folder. Never raises for what a user hands in."""
    try:
        if path.is_dir():
            return _read_folder(path, pack)
        if not path.is_file():
            return (), (NO_SUCH_FILE.at(Source(str(path)), path=path),)
        return _read_file(path, pack)
    except OSError as failure:
        return (), (NOT_READABLE.at(Source(str(path)), path=path, why=failure.strerror or failure),)


def _read_folder(folder: Path, pack: Pack) -> tuple[tuple[UnitEvidence, ...], Problems]:
    files = sorted(
        p for p in folder.iterdir() if p.suffix in _TABLE or p.name.endswith((".evidence.yaml", ".evidence.json"))
    )
    if not files:
        return (), (NOTHING_HERE.at(Source(str(folder)), path=folder),)
    results = [_read_file(file, pack) for file in files]
    units = tuple(unit for found, _ in results for unit in found)
    return units, sort_by_place(tuple(p for _, problems in results for p in problems))


def _read_file(path: Path, pack: Pack) -> tuple[tuple[UnitEvidence, ...], Problems]:
    suffix = path.suffix.lower()
    if suffix in _UNIT:
        from .unit_file import read_unit_file

        unit, problems = read_unit_file(path, pack)
        return ((unit,) if unit else ()), problems
    if suffix in _TABLE:
        from .tables import read_table_file

        return read_table_file(path, pack)
    return (), (UNKNOWN_FORMAT.at(Source(str(path)), name=path.name),)
