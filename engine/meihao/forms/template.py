"""Writes the workbook that a kind and a role fill in. The same input gives the same bytes."""

from __future__ import annotations

from datetime import date

from ..core.label import Lang
from ..evidence.model import UnitEvidence
from ..round.model import Round
from ..round.roster import Enrolled
from ..standard.model import Pack, Role
from .asked import template_digest as template_digest
from .clerk_book import write_clerk_book
from .form import make_form
from .layout import FormKind
from .unit_book import write_unit_book


def write_template(
    pack: Pack, kind: str, role: Role = "applicant", form: FormKind = "unit", round_: Round | None = None, unit: str = "",
    prefill: tuple[UnitEvidence, ...] = (), lang: Lang = "zh", on: date | None = None,
    enrolled: tuple[Enrolled, ...] = (),
) -> bytes:  # fmt: skip
    """Return a template. Raises KeyError for a kind that the pack has not.

    `unit` is a code, "" where the cover asks for it. `prefill` is last evidence: of the unit for a unit's form, of every
    unit that shall have a row for a clerk's. `on` is the day on which documents must still be valid, by default the
    round's reference date. `enrolled` are the units of the round's roster, offered wherever a code is asked for.
    """
    made = make_form(pack, kind, role, form, round_, lang, on, enrolled)
    if form == "clerk":
        return write_clerk_book(made, prefill)
    known = next((one for one in prefill if one.code == unit), None)
    return write_unit_book(made, known or UnitEvidence(unit, kind, "", "", ()))
