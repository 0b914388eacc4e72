"""Keeps drafts in the database of a served folder, and the files given with them beside it, by their digests."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from ...core.files import read_file, write_whole
from ...store.drafts import Draft
from .databases import writing
from .keep import as_system_errors
from .layout import document_file
from .models import DraftRow, PaperRow


class DatabaseDrafts(Struct, frozen=True):
    """The drafts of a round in the database of a served folder, which `place` is."""

    place: Path
    alias: str
    code: str

    def draft(self, unit: str) -> Draft | None:
        with as_system_errors():
            rows = DraftRow.objects.using(self.alias).filter(round_id=self.code, unit=unit)
            data = rows.values_list("data", flat=True).first()
        return None if data is None else msgspec.json.decode(bytes(data), type=Draft)

    def put_draft(self, draft: Draft) -> bool:
        told = {"version": draft.version, "data": msgspec.json.encode(draft)}
        key = {"round_id": self.code, "unit": draft.unit}
        with as_system_errors(), writing(self.alias):
            rows = DraftRow.objects.using(self.alias)
            if draft.version > 1:
                return bool(rows.filter(**key, version=draft.version - 1).update(**told))
            if rows.filter(**key).exists():
                return False
            rows.create(**key, **told)
        return True

    def drop_draft(self, unit: str, version: int) -> None:
        with as_system_errors():
            rows = DraftRow.objects.using(self.alias)
            rows.filter(round_id=self.code, unit=unit, version__lte=version).delete()

    def put_paper(self, data: bytes) -> str:
        digest = sha256(data).hexdigest()
        file = document_file(self.place, digest)
        if not file.exists():
            write_whole(file, data, private=True)
        with as_system_errors():
            PaperRow.objects.using(self.alias).get_or_create(digest=digest)
        return digest

    def paper(self, sha256: str) -> bytes:
        return read_file(document_file(self.place, sha256))
