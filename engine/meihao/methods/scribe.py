"""Holds the labels and small phrases of a pack in one language; sentences about its criteria are made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from ..core.calendar import Duration
from ..core.numbers import Number, plain
from ..core.problems import Lang
from ..core.text import with_unit
from ..expressions.describe import describe, labels_of
from ..expressions.fields import Field
from ..expressions.tree import Constant, Expr, Lookup
from .edges import EDGES, Edge
from .process import Process


class Scribe(Struct, frozen=True):
    """What sentences about a pack need: its labels by id, its fields and its processes, in one language."""

    lang: Lang
    labels: Mapping[str, str]
    fields: Mapping[str, Field]
    processes: Mapping[str, Process]

    def pick(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def joined(self, parts: Sequence[str]) -> str:
        """Return parts of one sentence with the stop between them."""
        return self.pick("；", "; ").join(part for part in parts if part)

    def words(self, expr: Expr, table: str = "") -> str:
        """Return an expression in words; one that is a lookup stands as its cases."""
        if isinstance(expr, Lookup):
            return self.amount(expr)
        known = labels_of({}, self.lang)
        return describe(expr, lambda name: self.labels.get(name) or known(name), self.lang, table)

    def amount(self, expr: Expr, unit: str = "") -> str:
        """Return a number with its unit; a lookup names the classes, those of one value together."""
        if isinstance(expr, Constant) and isinstance(expr.value, Number):
            return with_unit(plain(expr.value), unit)
        if not isinstance(expr, Lookup):
            return self.pick(f"（{self.words(expr)}）", f"({self.words(expr)})") + unit
        classes: dict[str, list[str]] = {}
        key = getattr(expr.by, "field", "") or getattr(expr.by, "name", "")
        for code, value in expr.cases:
            classes.setdefault(self.amount(value, unit), []).append(self.option(key, code))
        cases = [self.pick("、", ", ").join(names) + self.pick("", " ") + value for value, names in classes.items()]
        if expr.otherwise is not None:
            cases.append(self.pick("其他", "otherwise ") + self.amount(expr.otherwise, unit))
        return self.pick(f"（{'，'.join(cases)}）", f"({', '.join(cases)})")

    def points(self, value: Expr | Number) -> str:
        """Return an amount of points, with the word."""
        text = plain(value) if isinstance(value, Number) else self.amount(value)
        return self.pick(f"{text}分", f"{text} point{'' if text == '1' else 's'}")

    def edges(self, edges: Sequence[tuple[Edge, Expr]], unit: str) -> str:
        """Return every edge of a row: 不低于30、低于50."""
        parts = [EDGES[edge][self.lang] + self.amount(value, unit) for edge, value in edges]
        return self.pick("且", " and ").join(parts)

    def option(self, field: str, code: str) -> str:
        return self.labels.get(f"{field}={code}") or code.replace("_", " ")

    def column(self, table: str, column: str) -> str:
        return self.labels.get(f"{table}.{column}", column)

    def field(self, name: str) -> str:
        return self.labels.get(name, name)

    def length(self, duration: Duration) -> str:
        return self.pick(duration.zh(), str(duration))
