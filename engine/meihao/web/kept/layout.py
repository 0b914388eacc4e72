"""Names what stands in a served folder."""

from __future__ import annotations

from pathlib import Path

DATABASE, DOCUMENTS = "meihao.sqlite3", "documents"
ADDRESS = "database.url"  # says where the database is that stands in the place of the file
PEOPLE = ":people"  # the stream of the journal that tells of accounts; every other one is a round


def document_name(digest: str) -> str:
    """Return the name of the file of a document, within a served folder."""
    return f"{DOCUMENTS}/{digest[:2]}/{digest}"


def document_file(folder: Path, digest: str) -> Path:
    """Return the file of a document."""
    return folder / document_name(digest)
