"""Finds out from which template a workbook comes, and what must be said of that."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from ..core.problems import Problems, Source
from ..evidence.columns import Sheet
from ..standard.model import ROLES, Pack, Role
from . import messages as m
from .asked import template_digest
from .layout import MARK, MARK_KEYS, FormKind
from .spots import text_of

SHORT = 12  # hexadecimal digits of a digest that people compare


class HiddenMarks(Struct, frozen=True):
    """What the hidden sheet says; "" where it does not."""

    form: str = ""
    version: str = ""
    kind: str = ""
    role: str = ""
    pack: str = ""
    edition: str = ""
    pack_digest: str = ""
    template_digest: str = ""
    round: str = ""
    unit: str = ""
    lang: str = ""


def read_marks(sheets: Sequence[Sheet]) -> HiddenMarks | None:
    """Return the marks of a template; None for a workbook that was not made by one."""
    mark = next((sheet for sheet in sheets if sheet.name == MARK), None)
    if mark is None:
        return None
    said = {text_of(row[0]): text_of(row[1]) for row in mark.rows if len(row) > 1}
    return HiddenMarks(*(said.get(key, "") for key in MARK_KEYS))


def role_of(marks: HiddenMarks | None) -> Role:
    return next((role for role in ROLES if marks and role == marks.role), "applicant")


def known_digest(marks: HiddenMarks, pack: Pack) -> str:
    """Return the digest that the form has today; "" where the pack has no such form."""
    form: FormKind = "clerk" if marks.form == "clerk" else "unit"
    if marks.kind not in dict(pack.standards):
        return ""
    return template_digest(pack, marks.kind, role_of(marks), form)


def same_form(marks: HiddenMarks | None, pack: Pack) -> bool:
    """Say whether a workbook asks exactly what is asked today."""
    return marks is not None and marks.pack == pack.id and known_digest(marks, pack) == marks.template_digest


def said_of_marks(marks: HiddenMarks | None, pack: Pack, file: str) -> Problems:
    """Return what must be said of the template: that it is another edition's, or another standard's."""
    if marks is None or same_form(marks, pack):
        return ()
    if marks.pack != pack.id:
        return (m.OTHER_PACK.at(Source(file), old=marks.pack[:60], new=pack.id),)
    digests = {"old_digest": short(marks.template_digest), "new_digest": short(known_digest(marks, pack))}
    return (m.OTHER_EDITION.at(Source(file), old=marks.edition[:60], new=pack.edition, **digests),)


def short(digest: str) -> str:
    return digest.removeprefix("sha256:")[:SHORT] or "—"
