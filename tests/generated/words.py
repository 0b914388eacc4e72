"""A seed -> fields of a pack, and expressions over them: the vocabulary of generated packs."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

Data = dict[str, object]
Fields = Mapping[str, Data]

ROLES = ("registry", "inspector", "county", "township", "applicant", "applicant", "applicant")
OUTCOMES = ("met", "partly_met", "not_met", "unknown", "not_applicable", "exempt")
TEXTS = ("甲", "乙", "丙")
DATES = ("2024-02-29", "2025-06-30", "2025-07-01", "2026-01-01", "2026-06-30")
REGIONS = ("5101", "5102")
STEPS = ("collected", "sent", "handled", "answered")
NUMERIC = ("count", "number", "percent", "money")
_RANGES: Mapping[str, Sequence[tuple[int, int]]] = {
    "count": ((0, 12), (1, 30), (0, 60)),
    "number": ((-5, 20), (0, 10), (1, 8)),
    "percent": ((0, 100),),
    "money": ((0, 500),),
}
_SHARED = ("c1", "x1", "p1", "y1", "y2", "k1", "r1", "log1", "h1", "g1")
_NAMES: Mapping[str, str] = {
    "c1": "count", "c2": "count", "c3": "count", "x1": "number", "part.x2": "number", "p1": "percent", "p2": "percent",
    "m1": "money", "y1": "yes_no", "y2": "yes_no", "y3": "yes_no", "part.y4": "yes_no", "k1": "choice", "k2": "choice",
    "t1": "text", "d1": "date", "d2": "date", "r1": "table", "part.r2": "table",
}  # fmt: skip


def make_fields(seed: random.Random, kinds: Sequence[str]) -> dict[str, Data]:
    """Return the fields of a pack: every type, all roles, some asked of one kind only."""
    fields = {name: _field(seed, name, type_, kinds) for name, type_ in _NAMES.items()}
    for name in ("g1", "g2"):
        fields[name] = {**_field(seed, name, "number", kinds), "provided_by": "inspector", "range": [0, 12]}
    steps = {step: {"title": f"步骤{n}", "type": "date"} for n, step in enumerate(STEPS)}
    fields["log1"] = {**_table(seed, "log1", kinds), "columns": {**steps, "code": {"title": "编号", "type": "text"}}}
    honours: Data = {
        "matter": {"title": "事项", "type": "text"},
        "level": {
            "title": "级别",
            "type": "choice",
            "options": {"national": "国家级", "city": "市级", "county": "县级"},
        },
        "issued": {"title": "日期", "type": "date"},
    }
    fields["h1"] = {**_table(seed, "h1", kinds), "columns": honours}
    return fields


def _field(seed: random.Random, name: str, type_: str, kinds: Sequence[str]) -> Data:
    if type_ == "table":
        return _table(seed, name, kinds)
    about = list(kinds) if name in _SHARED or seed.random() < 0.8 else [seed.choice(kinds)]
    field: Data = {"title": f"字段{name}", "type": type_, "kinds": about, "provided_by": seed.choice(ROLES)}
    if type_ in NUMERIC:
        field["range"] = list(seed.choice(_RANGES[type_]))
        if seed.random() < 0.5:
            field["tolerance"] = seed.choice((0, 1, Fraction(5, 2)))
    if type_ == "choice":
        field["options"] = {code: f"选项{code}" for code in ("one", "two", "three", "four")[: seed.randint(2, 4)]}
    return field


def _table(seed: random.Random, name: str, kinds: Sequence[str]) -> Data:
    role = seed.choice(ROLES)
    columns: Data = {
        "sort": {"title": "类别", "type": "choice", "options": {"good": "好", "fair": "中", "bad": "差"}},
        "day": {"title": "日期", "type": "date"},
        "size": {"title": "数量", "type": "count", "range": [0, 9]},
        "ok": {"title": "合格", "type": "yes_no"},
        "name": {"title": "名称", "type": "text"},
    }
    register = f"register{seed.randint(1, 2)}"
    absent = {"when_absent": "empty", "register": register} if role == "registry" and seed.random() < 0.5 else {}
    table: Data = {"title": f"表{name}", "type": "table", "kinds": list(kinds), "provided_by": role, "rows_at_most": 20}
    return {**table, "columns": columns, **absent}


class Words:
    """Makes expressions about some kinds of units, and remembers which fields they read."""

    def __init__(
        self,
        seed: random.Random,
        fields: Fields,
        kinds: Sequence[str],
        items: Sequence[str] = (),
        rules: Sequence[str] = (),
    ) -> None:
        self.seed, self.kinds, self.items, self.rules = seed, tuple(kinds), tuple(items), tuple(rules)
        self.fields = {name: f for name, f in fields.items() if set(kinds) <= set(f["kinds"])}  # type: ignore[call-overload]  # a list of kinds
        self.used: set[str] = set()

    def read(self, name: str) -> str:
        """Note a field as read, and return its name."""
        self.used.add(name)
        return name

    def some(self, *types: str) -> str:
        """Return a field of one of these types; every kind has one of each that is asked for."""
        names = [
            name for name, f in self.fields.items() if f["type"] in types and name not in ("h1", "log1", "g1", "g2")
        ]
        return self.read(self.seed.choice(names))

    def has(self, type_: str) -> bool:
        return any(f["type"] == type_ for f in self.fields.values())

    def options(self, name: str) -> list[str]:
        """Return the option codes of a choice field."""
        options = self.fields[name]["options"]
        assert isinstance(options, dict)
        return list(options)

    def span(self, name: str) -> tuple[int, int]:
        """Return the range of a numeric field."""
        ends = self.fields[name]["range"]
        assert isinstance(ends, list)
        return ends[0], ends[1]

    def constant(self, high: int = 20) -> str:
        return self.seed.choice((str(self.seed.randint(0, high)), str(self.seed.randint(0, high)) + ".5"))

    def number(self, depth: int = 2) -> str:
        """Return a numeric expression that reads at least one fact."""
        if depth == 0 or self.seed.random() < 0.45:
            return self.some(*NUMERIC)
        return self.seed.choice(self._numbers())(depth - 1)

    def _numbers(self) -> list[Callable[[int], str]]:
        seed = self.seed
        found: list[Callable[[int], str]] = [
            lambda d: f"({self.number(d)} {seed.choice('+-*')} {self.number(d)})",
            lambda d: f"({self.number(d)} {seed.choice('+-*')} {self.constant()})",
            lambda d: f"{self.number(d)} / {self.some(*NUMERIC) if seed.random() < 0.5 else '4'}",
            lambda d: f"{seed.choice(('min', 'max'))}({self.number(d)}, {self.constant()}, {self.number(d)})",
            lambda d: f"{seed.choice(('abs', 'ceil', 'floor'))}({self.number(d)})",
            lambda d: f"count({self.some('table')}{self._where()})",
            lambda d: f"count({self.some('table')}.{seed.choice(('name', 'sort', 'day'))}{self._where()})",
            lambda d: f"sum({self.some('table')}.size{self._where()})",
        ]
        if self.has("date"):
            found.append(lambda d: f"days({self.some('date')}, reference_date)")
        if self.items:
            found.append(lambda d: f'points("{seed.choice(self.items)}")')
        return found

    def _where(self) -> str:
        return f", where={self.row()}" if self.seed.random() < 0.6 else ""

    def row(self, depth: int = 1) -> str:
        """Return a test of the rows of `r1` or `part.r2`."""
        seed = self.seed
        tests = [
            "ok", "not ok", f'sort == "{seed.choice(("good", "bad"))}"', 'sort in ("good", "fair")',
            f"size >= {seed.randint(0, 9)}", f'day >= "{seed.choice(DATES)}"', f'name != "{seed.choice(TEXTS)}"',
            "day <= reference_date",
        ]  # fmt: skip
        if seed.random() < 0.15:
            return f"size < unit.{self.some(*NUMERIC)}"
        if depth and seed.random() < 0.3:
            return f"({self.row(0)} {seed.choice(('and', 'or'))} {self.row(0)})"
        return seed.choice(tests)

    def truth(self, depth: int = 2) -> str:
        """Return a condition."""
        if depth and self.seed.random() < 0.5:
            parts = [self.truth(depth - 1) for _ in range(self.seed.randint(1, 3))]
            if len(parts) == 1:
                return f"not {parts[0]}" if self.seed.random() < 0.7 else f"not not {parts[0]}"
            return "(" + self.seed.choice((" and ", " or ")).join(parts) + ")"
        return self.seed.choice(self._truths())()

    def _truths(self) -> list[Callable[[], str]]:
        seed = self.seed
        found: list[Callable[[], str]] = [
            lambda: self.some("yes_no"),
            lambda: f"{self.some('yes_no')} == {seed.choice(('true', 'false'))}",
            self._compared,
            self._compared,
            lambda: f"{self.constant(5)} <= {self.number(1)} < {self.constant(40)}",
            self._chosen,
            lambda: f"any_row({self.some('table')}{self._where()})",
            lambda: f'stage == "{seed.choice(("self", "verified"))}"',
            lambda: f'region == "{seed.choice(REGIONS)}"',
            lambda: f'count(children, where=verdict == "passed") >= {seed.randint(0, 2)}',
        ]
        if self.has("date"):
            found.append(lambda: f'{self.some("date")} {seed.choice(("<", ">="))} "{seed.choice(DATES)}"')
        if self.has("text"):
            found.append(lambda: f'{self.some("text")} == "{seed.choice(TEXTS)}"')
        if self.items:
            found += [self._outcome, lambda: f'points("{seed.choice(self.items)}") >= {seed.randint(0, 6)}']
        if self.rules:
            found += [lambda: f'finding("{seed.choice(self.rules)}")'] * 5
        return found

    def _compared(self) -> str:
        name = self.some(*NUMERIC)
        low, high = self.span(name)
        left = name if self.seed.random() < 0.6 else f"({name} + {self.number(1)}) / 2"
        return f"{left} {self.seed.choice(('<', '<=', '>', '>=', '==', '!='))} {max(0, self.seed.randint(low, high))}"

    def _chosen(self) -> str:
        name = self.some("choice")
        codes = self.options(name)
        if self.seed.random() < 0.5:
            return f'{name} == "{self.seed.choice(codes)}"'
        listed = ", ".join(f'"{code}"' for code in self.seed.sample(codes, k=self.seed.randint(1, len(codes))))
        return f"{name} {self.seed.choice(('in', 'not in'))} ({listed})"

    def _outcome(self) -> str:
        codes = ", ".join(f'"{code}"' for code in self.seed.sample(OUTCOMES, k=2))
        return f'outcome("{self.seed.choice(self.items)}") in ({codes})'
