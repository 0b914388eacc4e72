"""Fills the placeholders `{…}` of a rule's sentence with values of a case, as data; words are added later, by language."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction

from ..core.numbers import plain
from ..core.unknown import Unknown
from ..evidence.model import Row
from ..expressions.evaluate import compile_expr
from ..round.scope import CaseScope
from ..standard.model import Rule

PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
NOT_KNOWN = "?"
"""What stands in a sentence's data for a value that is not known."""
Filled = tuple[tuple[str, str], ...]
Sentence = Callable[[CaseScope, Row], Filled]


def placeholders(rule: Rule) -> tuple[str, ...]:
    """Return the texts inside `{…}` of both languages, each once, in order."""
    return tuple(dict.fromkeys(PLACEHOLDER.findall(rule.say.zh) + PLACEHOLDER.findall(rule.say.en)))


def compile_say(rule: Rule) -> Sentence:
    """Return a function that fills the placeholders: `row.COLUMN` from the row, expressions from the case."""
    expressions = {text: compile_expr(expr) for text, expr in rule.say_values}

    def fill(scope: CaseScope, row: Row) -> Filled:
        return tuple(
            (text, _text(row.get(text[4:], NOT_KNOWN) if text.startswith("row.") else _value(text, scope)))
            for text in names
        )

    def _value(text: str, scope: CaseScope) -> object:
        return expressions[text](scope) if text in expressions else NOT_KNOWN

    names = placeholders(rule)
    return fill


def _text(value: object) -> str:
    if isinstance(value, Unknown):
        return NOT_KNOWN
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Fraction):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def sentence(template: str, filled: Filled, label: Callable[[str, str], str]) -> str:
    """Return the sentence with its values; `label(placeholder, value)` turns a code into its printed label."""
    values = dict(filled)
    return PLACEHOLDER.sub(lambda found: label(found[1], values.get(found[1], NOT_KNOWN)), template)
