"""Finds the compiled method of a score. The type checker says here what a new method still lacks."""

from __future__ import annotations

from typing import assert_never

from ...core.numbers import Number
from ...standard.model import (
    Bands,
    Checklist,
    Choice,
    Combine,
    Deduct,
    DeductFromTarget,
    Discretion,
    Linear,
    PerItem,
    Score,
    YesNo,
)
from .bands import compile_bands
from .checklist import compile_checklist
from .choice import compile_choice
from .combine import PartJudge, compile_combine
from .common import Scorer
from .deduct import compile_deduct
from .deduct_from_target import compile_deduct_from_target
from .discretion import compile_discretion
from .linear import compile_linear
from .per_item import compile_per_item
from .yes_no import compile_yes_no


def compile_score(score: Score, full: Number, parts: tuple[tuple[Number, PartJudge], ...] = ()) -> Scorer:
    """Return the scorer of a method for a full mark; `parts` are given for combinators only."""
    match score:
        case YesNo():
            return compile_yes_no(score, full)
        case Choice():
            return compile_choice(score, full)
        case Bands():
            return compile_bands(score, full)
        case Linear():
            return compile_linear(score, full)
        case PerItem():
            return compile_per_item(score, full)
        case Deduct():
            return compile_deduct(score, full)
        case DeductFromTarget():
            return compile_deduct_from_target(score, full)
        case Checklist():
            return compile_checklist(score, full)
        case Discretion():
            return compile_discretion(score, full)
        case Combine():
            return compile_combine(score, full, parts)
        case _:  # pragma: no cover
            assert_never(score)
