"""Runs `compare OLD NEW`, which says what changed between two rankings, and names the facts behind it."""

from __future__ import annotations

import argparse
import sys

from ..standard.draft import draft_mark
from ..uses.compare import Comparing, compare_rankings
from ..uses.export import comparison_as_json
from .compare_pages import page
from .desk import FAILURES, OK, our_cache, result_of
from .printing import under


def compare_command(words: argparse.Namespace) -> int:
    """Say what changed between two rankings: who lost a place to whom and why, and which facts brought it about."""
    compared = result_of(compare_rankings(Comparing(words.old, words.new, our_cache())), words.lang)
    found = compared.changes
    if words.format == "json":
        sys.stdout.write(comparison_as_json(compared))
    else:
        print(under(draft_mark(compared.errors)[words.lang], "\n".join(page(found, compared.book, words.lang))))
    return FAILURES if found.answers or found.count() else OK
