"""Saves a workbook to bytes, without a file on the disk and without the clock: the same workbook gives the same bytes.

Imported late, by whoever has a workbook of openpyxl already.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter


def saved(book: Any) -> bytes:
    """Return the bytes of a workbook; what it says of its own dates stays as it is."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        _Writer(book, _Parts(archive)).write_data()
    return stream.getvalue()


class _Parts:
    """Takes the parts of a workbook, all of them as of the first day that an archive knows."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def writestr(self, name: str, content: bytes | str) -> None:
        self._archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)

    def namelist(self) -> list[str]:
        return self._archive.namelist()


class _Writer(ExcelWriter):  # type: ignore[misc]  # untyped
    """Writes each sheet to memory, where openpyxl takes a temporary file that a killed process would leave behind."""

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        stream = io.BytesIO()
        writer = WorksheetWriter(ws, stream)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], stream.getvalue())
        self.manifest.append(ws)
