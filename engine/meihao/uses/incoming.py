"""Reads the bytes of a file that was handed in, or says why it cannot be taken in: missing, locked, empty, or no workbook."""

from __future__ import annotations

from pathlib import Path

from ..core.files import NamedFile as NamedFile
from ..core.files import read_file, reason
from ..core.problems import Message, Problem, Problems, Source
from ..evidence.files import NO_SUCH_FILE, NOT_READABLE, UNKNOWN_FORMAT
from ..evidence.xlsx_guard import MOST_BYTES
from ..forms import bundle

EMPTY_FILE = Message(
    "W029", "error", "{name}是空的，一个字节也没有", "{name} is empty (0 bytes)",
    "多半没有传完，再传一次", "it was probably cut off in transit: send it again",
)  # fmt: skip
A_FOLDER = Message(
    "W032", "error", "{path}是文件夹", "{path} is a folder",
    "写明里面的文件，如{path}/*.xlsx", "name the files in it, such as {path}/*.xlsx",
)  # fmt: skip
LOCK_FILE = Message(
    "W037", "error", "{name}是表格软件打开表时留下的标记，里面没有内容",
    "{name} is a lock file that a spreadsheet program leaves "
    "while a workbook is open; it holds no values",
    "先存盘、关掉那份表，再交{real}", "save and close the workbook, then hand in {real}",
)  # fmt: skip
OTHER_PROGRAM = Message(
    "W038", "error", "{name}是{end}格式，收不了", "{name} is a {end} file, which cannot be imported",
    "用表格软件打开，另存为“Excel工作簿（.xlsx）”再交",
    "open it in a spreadsheet program and save it as “Excel workbook (.xlsx)”",
)  # fmt: skip
BOOKS = (".xlsx", ".csv")
UNITS = (".yaml", ".yml", ".json")
LOCK = "~$"  # begins the name of what a spreadsheet program leaves beside a workbook that is open
OTHER_PROGRAMS = (".xls", ".xlsm", ".xlsb", ".et", ".ett", ".ods", ".numbers")


def path_of(file: Path | NamedFile) -> Path:
    """Return the path by which a file is named in what is said of it; an upload lies nowhere."""
    return file if isinstance(file, Path) else Path(file.name)


def read_bytes(file: Path | NamedFile) -> tuple[bytes, Problems]:
    """Return the content of a file that is of a known form and not too large."""
    path = path_of(file)
    problem = _not_there(file) if isinstance(file, Path) else None
    if (problem := problem or _not_by_name(path)) is not None:
        return b"", (problem,)
    most = bundle.MOST_BYTES if path.suffix.lower() == ".zip" else MOST_BYTES
    try:
        data = read_file(file, most + 1) if isinstance(file, Path) else file.data
    except OSError as failure:
        return b"", (NOT_READABLE.at(Source(str(path)), path=path, why=reason(failure)),)
    return data, () if data else (EMPTY_FILE.at(Source(str(path)), name=path.name),)


def _not_there(path: Path) -> Problem | None:
    """Return why there is no file to take in at a path; a lock is told by its name, there or not."""
    if path.is_dir():
        return A_FOLDER.at(Source(str(path)), path=path)
    if path.exists() or path.name.startswith(LOCK):
        return None
    return NO_SUCH_FILE.at(Source(str(path)), path=path)


def _not_by_name(path: Path) -> Problem | None:
    """Return why a file cannot be taken in by its name alone: a lock, another program's, of no known form."""
    at, end = Source(str(path)), path.suffix.lower()
    if path.name.startswith(LOCK):
        return LOCK_FILE.at(at, name=path.name, real=path.name.removeprefix(LOCK))
    if end in OTHER_PROGRAMS:
        return OTHER_PROGRAM.at(at, name=path.name, end=end)
    return None if end in (*BOOKS, *UNITS, ".zip") else UNKNOWN_FORMAT.at(at, name=path.name)
