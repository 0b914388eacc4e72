"""Refuses dangerous workbooks, and finds what a spreadsheet reader does not tell: errors, formulas, merges, percents.

Nothing here unpacks more than it must: sizes are checked before and while reading. Imports nothing of ours, because the
child process starts with it.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any, Literal
from xml.parsers import expat

from .xlsx_facts import SheetFacts, Where
from .xlsx_scan import scan

MOST_BYTES = 20 << 20
MOST_UNPACKED = 100 << 20
MOST_ENTRIES = 2_000
MOST_RATIO = 100
SMALL = 1 << 20
MOST_ROWS = 100_000
MOST_COLUMNS = 2_000
MOST_BOX = 1_000_000
MOST_CELLS = 1_000_000
MOST_SHEETS = 200
MOST_MERGES = 20_000
MOST_TEXT = 10_000_000
MOST_DEPTH = 100
NEAR = 1 << 18  # larger parts are not asked how deep they are nested: it would take long, and no reader recurses
WORKBOOKS = tuple(
    f"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}.main+xml" for kind in ("sheet", "template")
)
_CHUNK = 1 << 16
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_QUOTED = re.compile(r'"[^"]*"|\\.')

UNREADABLE = (  # what zipfile, zlib and expat raise for damaged parts; LookupError: an encoding nobody knows
    *(zipfile.BadZipFile, zlib.error, expat.ExpatError),
    *(EOFError, NotImplementedError, RuntimeError, LookupError, ValueError, OSError, struct.error),
)

Reason = Literal["not_xlsx", "unsafe", "macros", "links", "entities", "broken", "too_big", "far_cell", "no_calamine"]


class WorkbookRefused(Exception):
    """A workbook that must not be read: the reason, and the values of its message."""

    def __init__(self, reason: Reason, **values: str | int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


def open_package(data: bytes) -> zipfile.ZipFile:
    """Return the archive of a workbook whose list of parts is harmless. Raises Refused."""
    if len(data) > MOST_BYTES:
        raise WorkbookRefused("too_big", what_zh="字节数", what_en="bytes", size=len(data), limit=MOST_BYTES)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise WorkbookRefused(
            "not_xlsx", what_zh="，而是旧的.xls或加了密码", what_en=" but an old .xls or has a password"
        )
    if not data.startswith(b"PK"):
        raise WorkbookRefused("not_xlsx", what_zh="", what_en="")
    if data.count(b"PK\x01\x02") > MOST_ENTRIES:
        raise WorkbookRefused("unsafe", what_zh=f"超过{MOST_ENTRIES}个文件", what_en=f"more than {MOST_ENTRIES} parts")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except UNREADABLE as wrong:
        raise WorkbookRefused("broken", what="zip") from wrong
    _check_parts(archive.infolist())
    return archive


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    lower = [name.lower() for name in names]
    if "xl/workbook.xml" not in lower:
        raise WorkbookRefused("not_xlsx", what_zh="", what_en="")
    if any("vbaproject" in name for name in lower):
        raise WorkbookRefused("macros")
    if any(name.startswith("xl/externallinks/") for name in lower):
        raise WorkbookRefused("links")
    if len(set(lower)) < len(lower):
        raise WorkbookRefused("unsafe", what_zh="有同名文件", what_en="two parts have one name")
    if strange := next((n for n in names if n.startswith("/") or "\\" in n or ":" in n or ".." in n.split("/")), ""):
        raise WorkbookRefused("unsafe", what_zh=f"路径{strange[:60]}", what_en=f"the path {strange[:60]}")
    if any(part.flag_bits & 1 for part in parts):
        raise WorkbookRefused("not_xlsx", what_zh="，或加了密码", what_en=" or has a password")
    _check_sizes(parts)


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    if total > MOST_UNPACKED:
        size = f"{total >> 20} MB"
        raise WorkbookRefused("unsafe", what_zh=f"解开后有{size}", what_en=f"unpacks to {size}")
    for part in parts:
        if part.file_size > SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            ratio = part.file_size // max(part.compress_size, 1)
            raise WorkbookRefused(
                "unsafe", what_zh=f"{part.filename}压缩了{ratio}倍", what_en=f"{part.filename} shrank {ratio} times"
            )


def inspect(archive: zipfile.ZipFile) -> dict[str, SheetFacts]:
    """Return what every sheet, by its name, says beside its values; every XML part is parsed. Raises Refused."""
    ids = _Sheets()
    targets: dict[str, str] = {}
    percents = _Percents()
    kinds = _Kinds()
    handlers: dict[str, Callable[[str, dict[str, str]], None]] = {
        "[content_types].xml": kinds.start,
        "xl/workbook.xml": ids.start,
        "xl/_rels/workbook.xml.rels": lambda name, given: targets.update(_target(name, given)),
        "xl/styles.xml": percents.start,
    }
    parts = {name.lower(): name for name in archive.namelist() if name.lower().endswith((".xml", ".rels"))}
    for lower, name in parts.items():
        if not lower.startswith("xl/worksheets/"):
            _parse(archive, name, handlers.get(lower))
    kinds.check()
    found: dict[str, SheetFacts] = {}
    styles = percents.styles()
    if len(ids.found) > MOST_SHEETS:
        raise WorkbookRefused("too_big", what_zh="工作表数", what_en="sheets", size=len(ids.found), limit=MOST_SHEETS)
    parsed: set[str] = set()
    for title, reference in ids.found:
        part = parts.get(targets.get(reference, "").lower())
        if part and part.lower().startswith("xl/worksheets/"):
            plain = scan(_unpacked(archive, part), styles, MOST_BOX, MOST_CELLS)
            found[title] = plain or _read_sheet(archive, part, title, styles)
            if plain is None or archive.getinfo(part).file_size >= NEAR:
                parsed.add(part)
            _check_total(found)
    for lower, name in parts.items():
        if lower.startswith("xl/worksheets/") and name not in parsed:
            _parse(archive, name)
    return found


def _check_total(found: dict[str, SheetFacts]) -> None:
    """Refuse a workbook whose sheets are big together; a reader lays each out as a full rectangle."""
    cells = sum(facts.cells for facts in found.values())
    if cells > MOST_CELLS:
        raise WorkbookRefused("too_big", what_zh="格数", what_en="cells", size=cells, limit=MOST_CELLS)
    boxes = sum(facts.rows * facts.columns for facts in found.values())
    if boxes > 2 * MOST_BOX:
        raise WorkbookRefused(
            "too_big", what_zh="各表行乘列", what_en="rows times columns", size=boxes, limit=2 * MOST_BOX
        )


class Box:
    """What the sheets of a workbook take when they are laid out as full rectangles; counted one by one."""

    def __init__(self) -> None:
        self.size = 0

    def fits(self, grid: list[list[Any]]) -> list[list[Any]]:
        """Return a sheet that was laid out. Raises Refused where all together are too large."""
        self.size += len(grid) * max((len(row) for row in grid), default=0)
        if self.size > 2 * MOST_BOX:
            raise WorkbookRefused(
                "too_big", what_zh="各表行乘列", what_en="rows times columns", size=self.size, limit=2 * MOST_BOX
            )
        return grid


class _Kinds:
    """Collects what kind of part the workbook says to be; Excel opens none whose list of kinds does not name it."""

    def __init__(self) -> None:
        self.own = self.default = ""

    def start(self, name: str, given: dict[str, str]) -> None:
        kind = given.get("ContentType", "")
        if name == "Override" and given.get("PartName", "").lower() == "/xl/workbook.xml":
            self.own = kind
        elif name == "Default" and given.get("Extension", "").lower() == "xml":
            self.default = kind

    def check(self) -> None:
        """Refuse a workbook with macros under another name, and one that is of no kind of workbook."""
        kind = self.own or self.default
        if "macroenabled" in kind.lower():
            raise WorkbookRefused("macros")
        if kind not in WORKBOOKS:
            raise WorkbookRefused("broken", what="[Content_Types].xml")


def _target(name: str, given: dict[str, str]) -> Iterator[tuple[str, str]]:
    if name == "Relationship" and "Id" in given:
        yield given["Id"], posixpath.normpath(posixpath.join("/xl", given.get("Target", ""))).lstrip("/")


class _Sheets:
    """Collects (name, relation id) of the sheets of a workbook."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "sheet":
            reference = next((value for k, value in given.items() if k == "id" or k.endswith(":id")), "")
            self.found.append((given.get("name", ""), reference))


class _Percents:
    """Collects the cell styles whose number format shows a percentage."""

    def __init__(self) -> None:
        self.formats = {"9", "10"}
        self.used: list[str] = []
        self.inside = False

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "numFmt" and "%" in _QUOTED.sub("", given.get("formatCode", "")):
            self.formats.add(given.get("numFmtId", ""))
        elif name == "cellXfs":
            self.inside = True
        elif name in ("cellStyleXfs", "cellStyles", "dxfs"):
            self.inside = False
        elif name == "xf" and self.inside:
            self.used.append(given.get("numFmtId", ""))

    def styles(self) -> frozenset[str]:
        return frozenset(str(n) for n, used in enumerate(self.used) if used in self.formats)


class _Cells:
    """Follows the cells of one sheet; a later cell closes the one before it."""

    def __init__(self, parser: expat.XMLParserType, title: str, percents: frozenset[str]) -> None:
        self.parser, self.title, self.percents = parser, title, percents
        self.facts = SheetFacts()
        self.row = self.column = 0
        self.kind = ""
        self.formula = False
        self.text: list[str] = []

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "c":
            self.close()
            self._cell(given)
        elif name == "row":
            self.close()
            self.row, self.column = _whole(given.get("r", ""), self.row + 1), 0
        elif name == "f":
            self.formula = True
        elif name == "v" and (self.formula or self.kind == "e"):
            self.parser.CharacterDataHandler = self.text.append
        elif name == "mergeCell":
            self._merge(given.get("ref", ""))

    def _cell(self, given: dict[str, str]) -> None:
        if "r" in given:
            self.row, self.column = _place(given["r"])
        else:
            self.column += 1
        self.kind = given.get("t", "n")
        facts = self.facts
        facts.cells += 1
        facts.rows, facts.columns = max(facts.rows, self.row), max(facts.columns, self.column)
        if self.row > MOST_ROWS or self.column > MOST_COLUMNS or self.row * self.column > MOST_BOX:
            raise WorkbookRefused("far_cell", sheet=self.title, row=self.row, column=self.column)
        if facts.cells > MOST_CELLS:
            raise WorkbookRefused("too_big", what_zh="格数", what_en="cells", size=facts.cells, limit=MOST_CELLS)
        if self.kind == "n" and given.get("s", "0") in self.percents:
            facts.percents.append((self.row, self.column))

    def close(self) -> None:
        """Note what the cell that ends here was."""
        if not self.formula and self.kind != "e":
            return
        self.parser.CharacterDataHandler = None
        value, place = "".join(self.text).strip(), (self.row, self.column)
        if self.kind == "e":
            self.facts.errors[place] = value or "#VALUE!"
        elif value or self.kind == "str":
            self.facts.formulas.append(place)
        else:
            self.facts.uncomputed.append(place)
        self.text.clear()
        self.formula, self.kind = False, ""

    def _merge(self, text: str) -> None:
        first, _, last = text.partition(":")
        self.facts.merged.append((*_place(first), *_place(last or first)))
        if len(self.facts.merged) > MOST_MERGES:
            size = len(self.facts.merged)
            raise WorkbookRefused(
                "too_big", what_zh="合并单元格数", what_en="merged areas", size=size, limit=MOST_MERGES
            )


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else otherwise


def _place(text: str) -> Where:
    if not (found := _REFERENCE.match(text.replace("$", ""))):
        raise WorkbookRefused("broken", what=f"cell {text[:20]}")
    column = 0
    for sign in found[1]:
        column = column * 26 + ord(sign) - 64
    return int(found[2]), column


def _unpacked(archive: zipfile.ZipFile, part: str) -> bytearray:
    """Return a part whole; the archive's own list has said that it is not too large, and zipfile holds it to that."""
    whole = bytearray()
    try:
        with archive.open(part) as stream:
            while piece := stream.read(_CHUNK):  # in one go it would take twice the memory, and longer
                whole += piece
        return whole
    except UNREADABLE as wrong:
        raise WorkbookRefused("broken", what=part) from wrong


def _read_sheet(archive: zipfile.ZipFile, part: str, title: str, percents: frozenset[str]) -> SheetFacts:
    cells: list[_Cells] = []

    def begin(parser: expat.XMLParserType) -> Callable[[str, dict[str, str]], None]:
        cells.append(_Cells(parser, title, percents))
        return cells[0].start

    _parse(archive, part, begin=begin)
    cells[0].close()
    return cells[0].facts


def _parse(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[[str, dict[str, str]], None] | None = None,
    begin: Callable[[expat.XMLParserType], Callable[[str, dict[str, str]], None]] | None = None,
) -> None:
    """Parse one part in pieces; `start` gets local names and attributes. A DOCTYPE is refused where it begins."""

    def refuse(*_: object) -> None:
        raise WorkbookRefused("entities", part=part)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    handler = begin(parser) if begin else start
    if archive.getinfo(part).file_size < NEAR:
        _watch_depth(parser, part, handler)
    elif handler is not None:
        use = handler
        parser.StartElementHandler = lambda name, given: use(name.rpartition(":")[2], given)
    try:
        with archive.open(part) as stream:
            while piece := stream.read(_CHUNK):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
    except UNREADABLE as wrong:
        raise WorkbookRefused("broken", what=part) from wrong


def _watch_depth(parser: expat.XMLParserType, part: str, use: Callable[[str, dict[str, str]], None] | None) -> None:
    """Refuse a part that is nested deeper than any that a program writes; `use` sees every element too."""
    depth = 0

    def start(name: str, given: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise WorkbookRefused("broken", what=f"{part}: {MOST_DEPTH}")
        if use is not None:
            use(name.rpartition(":")[2], given)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
