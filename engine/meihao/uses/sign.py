"""Sign a PDF with one's own key, if it is as it was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from ..core.files import reason, write_whole
from ..core.problems import Source
from ..reports.messages import NOT_WRITTEN
from .answer import Answer, Notes, answer
from .verify import bytes_of, open_published


class Signing(Struct, frozen=True):
    """Which PDF is signed with which key (PKCS#12); `to` is where the signed one goes (None: beside it, as `.signed.pdf`)."""

    file: Path
    key: Path
    to: Path | None = None


def no_password() -> bytes:
    """Return the password of a key that has none."""
    return b""


def sign(asked: Signing, password: Callable[[], bytes] = no_password) -> Answer[Path]:
    """Check a PDF, sign it and return where it was written. Refused where it was changed, or the key cannot be opened.

    `password` gives the key's; it is asked once the PDF may be signed and the key has been read.
    """
    return answer(_signed, asked, password)


def _signed(notes: Notes, asked: Signing, password: Callable[[], bytes]) -> Path:
    from ..audit import signatures  # late: pyHanko is an extra, and heavy

    notes.add(signatures.no_pdf(bytes_of(notes, asked.file), str(asked.file)))
    document = open_published(notes, asked.file)
    notes.add(signatures.not_to_sign(document))
    signed, problems = signatures.sign(document.data, bytes_of(notes, asked.key), password())
    notes.add(problems)
    to = asked.to or asked.file.with_name(f"{asked.file.stem}.signed.pdf")
    try:
        write_whole(to, signed)
    except OSError as refused:
        notes.stop(NOT_WRITTEN.at(Source(str(to)), path=to, why=reason(refused)))
    return to
