"""Decides by the receipts of a round which registers count as whole for a unit, and says what does not fit in a receipt.

A register that nobody sent is not an empty register: only where its keeper handed in the whole of it, as of the reference
date or later, does a unit without rows have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from ..core.calendar import parse_date
from ..core.problems import Problem
from ..core.text import hints
from ..evidence import messages as m
from ..standard.model import Pack
from ..text_in.yaml_reader import YamlDocument
from .model import RegisterReceipt, Round


def read_receipts(text: YamlDocument) -> tuple[RegisterReceipt, ...]:
    """Return the receipts of a round file whose shape has been checked."""
    data: Any = text.data
    return tuple(_receipt(text, number, given) for number, given in enumerate(data.get("registers", ())))


def _receipt(text: YamlDocument, number: int, given: Any) -> RegisterReceipt:
    days = [parse_date(given[key]) or date.min for key in ("as_of", "received")]
    regions = tuple(given.get("regions", ()))
    at = text.at(("registers", number))
    return RegisterReceipt(given["register"], given["whole"], days[0], days[1], given["by"], regions, at)


def check_receipts(round_: Round, pack: Pack) -> Iterator[Problem]:
    """Yield receipts for registers or regions that nobody knows, with days the wrong way round, or too old to count."""
    known = {register.id: register.title for register in pack.registers}
    codes = dict.fromkeys(region.code for region in round_.regions)
    for receipt in round_.registers:
        if receipt.register not in known:
            near = hints(receipt.register, known)
            yield m.UNKNOWN_REGISTER.at(receipt.source, register=receipt.register, **near)
        for region in receipt.regions:
            if region not in codes:
                yield m.UNKNOWN_REGION.at(receipt.source, region=region, **hints(region, codes))
        if receipt.received < receipt.as_of:
            yield m.RECEIVED_TOO_EARLY.at(receipt.source, received=receipt.received, as_of=receipt.as_of)
        if round_.reference_date and receipt.as_of < round_.reference_date:
            days = {"as_of": receipt.as_of, "reference": round_.reference_date}
            yield m.REGISTER_TOO_OLD.at(receipt.source, register=known.get(receipt.register, ""), **days)
        if not receipt.whole:
            yield m.REGISTER_NOT_WHOLE.at(receipt.source, register=known.get(receipt.register, ""))


def whole_registers(round_: Round, regions: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return for each region the registers that came in whole for its units, sorted."""
    counted = [
        (one.register, frozenset(one.regions)) for one in round_.registers if _counts(one, round_.reference_date)
    ]
    parents = {one.code: one.parent for one in round_.regions} if counted else {}
    found: dict[str, tuple[str, ...]] = {}
    for region in dict.fromkeys(regions):
        around = frozenset(_around(region, parents))
        found[region] = tuple(sorted({register for register, covered in counted if not covered or around & covered}))
    return found


def _counts(receipt: RegisterReceipt, reference: date | None) -> bool:
    return receipt.whole and reference is not None and receipt.as_of >= reference


def _around(code: str, parents: Mapping[str, str]) -> Iterator[str]:
    """Yield a region and every region around it, each once."""
    # A circle of parents is a problem of the ranking; here it must only come to an end.
    seen: set[str] = set()
    while code and code not in seen:
        seen.add(code)
        yield code
        code = parents.get(code, "")
