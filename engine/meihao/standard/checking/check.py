"""Runs everything that `meihao check` refuses or doubts in a pack: sums, names, bands, ranges, burden, tiers and texts."""

from __future__ import annotations

from ...core.problems import Problems, sort_by_place
from ..model import Pack
from .fields import check_fields
from .names import check_names
from .points import check_points
from .scores import check_scores
from .text import check_text
from .tiers import check_tiers

CHECKS = (check_points, check_names, check_scores, check_fields, check_tiers, check_text)


def check_pack(pack: Pack) -> Problems:
    """Return the problems of a pack that was read without errors, in the order of their places."""
    return sort_by_place(tuple(problem for check in CHECKS for problem in check(pack)))
