"""Records what came of one file that was handed in, also as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from ..core.canonical import Json
from ..core.label import Label
from ..forms.cell_errors import CellError
from ..forms.read_book import Handed
from ..store.accept import Stored


class TakenIn(Struct, frozen=True):
    """What came of one file: what was handed in, its errors, what was stored, where the errors were written."""

    path: Path
    handed: Handed
    errors: tuple[CellError, ...]
    stored: Mapping[str, Stored]
    written: Path | None = None
    files_left: tuple[str, ...] = ()
    rows_left: tuple[str, ...] = ()
    unread: bool = False
    book: bytes = b""  # until its errors are written into it
    book_name: str = ""

    @property
    def book_path(self) -> Path:
        """The path of the workbook; one that came in an archive is taken to lie beside it."""
        return self.path.with_name(self.book_name) if self.book_name else self.path

    @property
    def faulty(self) -> bool:
        """Whether something of the file could not be taken in."""
        return any(error.severity == "error" for error in self.errors)

    def to_json(self) -> Mapping[str, Json]:
        units = [
            {"code": u.code, "kind": u.kind, "name": u.name, "values": len(u.observations), "documents": len(u.documents),
             "stored": self.stored[u.code].number if u.code in self.stored else None,
             "corrections": _corrections(self.stored.get(u.code))}
            for u in self.handed.units
        ]  # fmt: skip
        return {
            "file": str(self.path),
            "units": units,
            "refused": list(self.handed.refused),
            "errors": [error.to_json() for error in self.errors],
            "written": str(self.written) if self.written else None,
            "unmatched": {"files": list(self.files_left), "rows": list(self.rows_left)},
        }


def _corrections(stored: Stored | None) -> Json:
    found = stored.corrections if stored else ()
    return [{"field": c.field, "title": _both(c.label), "old": _both(c.old), "new": _both(c.new)} for c in found]


def _both(label: Label) -> Json:
    return {"zh": label.zh, "en": label["en"]}
