"""Expression text in, frozen tree out, with every name resolved and every kind checked; or the problems of the text.

Python's own `ast` reads the text as a syntax tree; nothing of it is ever run. Signs are looked at first, because Python
would fold look-alike letters, join neighbouring texts and warn about odd numbers on its own.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice

from ...core.calendar import parse_date
from ...core.numbers import Number, simplest
from ...core.problems import Message, Problem, Problems, Source
from . import messages
from .calls import read_call
from .names import Names
from .reading import Read, Reader, check_kind, mistake, snippet, text_of
from .signs import INSTEAD, Token, shown, sign_problems, tokens
from .tree import Expr, Kind

LENGTH, LEVELS, PARTS, SHOWN_AT_ONCE = 2000, 60, 500, 8


def parse(text: str, source: Source, scope: Names, expect: Kind | None = None) -> tuple[Expr | None, Problems]:
    """Return the tree, or None and why not. `source` is the place of the text's first character."""
