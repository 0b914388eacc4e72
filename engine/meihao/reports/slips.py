"""Lays out the slips of the intake: what a unit gets when it handed in, and when items were returned to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct

from ..core.problems import Lang
from ..round.model import Round
from ..standard.model import Pack
from .clean import cleaned
from .frame import frame
from .model import Frame, Pair, Report
from .words import speaker

Rows = Sequence[tuple[str, ...]]


class IntakeSlip(Report, frozen=True):
    """A slip of one page: facts, a table of what was handed in or returned, and what to do."""

    template: ClassVar[str] = "slip.html"
    heading: str
    name: str
    facts: tuple[Pair, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    closing: str


class Taken(Struct, frozen=True):
    """What a receipt says of a submission: which, when, from whom, how many values, its digest, and the ledger's head."""

    unit: str
    number: int
    day: str
    by: str
    values: int
    state: str
    seal: str
    ledger: str


def receipt(pack: Pack, round_: Round, lang: Lang, name: str, told: Taken, documents: Rows) -> IntakeSlip:
    """Return the receipt of a submission; of each document title, file and digest are printed."""
    t = speaker(lang)
    facts = (
        (t("slip_unit"), told.unit), (t("slip_number"), str(told.number)), (t("slip_day"), told.day), (t("slip_by"), told.by),
        (t("slip_values"), str(told.values)), (t("slip_state"), told.state), (t("slip_seal"), told.seal),
        (t("slip_ledger"), told.ledger),
    )  # fmt: skip
    heads = (t("slip_document"), t("slip_file"), t("slip_digest"))
    texts = (name, t("receipt"), t("receipt_closing"))
    return _slip(frame("receipt", name, pack, round_, lang, told.seal, {}), texts, facts, heads, documents)


def return_slip(
    pack: Pack, round_: Round, lang: Lang, name: str, unit: str, by: str, digest: str, items: Rows
) -> IntakeSlip:
    """Return the slip of what was returned; of each item title, reason, clause and last day are printed."""
    t = speaker(lang)
    facts = ((t("slip_unit"), unit), (t("slip_returned_by"), by))
    heads = (t("slip_item"), t("slip_why"), t("slip_clause"), t("slip_until"))
    texts = (name, t("return_slip"), t("return_slip_closing"))
    return _slip(frame("return_slip", name, pack, round_, lang, digest, {}), texts, facts, heads, items)


def _slip(
    head: Frame, texts: tuple[str, str, str], facts: Sequence[tuple[str, str]], heads: tuple[str, ...], rows: Rows
) -> IntakeSlip:
    name, heading, closing = texts
    pairs = tuple(Pair(label, value) for label, value in facts)
    return cleaned(IntakeSlip(head, heading, name, pairs, heads, tuple(rows), closing), head.lang)
