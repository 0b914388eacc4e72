"""A seed and a vocabulary -> criteria of every measure, score, combinator and modifier, as data for YAML."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial

from msgspec import Struct

from meihao.methods.menu import MEASURES, SCORES

from .branches import from_branch
from .words import NUMERIC, REGIONS, STEPS, Data, Fields, Words

DOCUMENTS = ("会议记录", "验收报告", "资质证书", "公示材料")
WINDOWS = ("1 year", "6 months", "90 days", "2 years")
WRITTEN_HERE = (
    "field", "percent", "percent_of_rows", "percent_of_log", "count_rows", "per", "change_from", "rank_in_round",
    "against_mean", "index", "yes_no", "choice", "bands", "linear", "per_item", "deduct", "deduct_from_target", "checklist",
    "discretion", "any_of", "best_of", "all_of", "sum",
)  # fmt: skip
"""Methods with a generator of their own here; any other on the menu is written by its branch of the schema."""
WHEN_ZERO = ("unknown", "not_applicable", 0, 50)


class Wish(Struct, frozen=True):
    """What a generated pack may hold; the laws leave out what they do not speak of."""

    cohort: bool = True  # measures across units
    quiet: bool = True  # rules that say nothing of what they do not know
    loose: bool = True  # items beyond their full mark or below 0
    faults: bool = True  # a step of 0, which makes an item `error`
    shared: bool = True  # relations between documents of several units
    caps: bool = True  # ceilings of points that several items share
    kinds: int = 2


class Measured(Struct, frozen=True):
    """A measure as data, and between which numbers it mostly lies."""

    data: Data
    low: int
    high: int


class Writer:
    """Writes the criteria of one kind."""

    def __init__(self, seed: random.Random, fields: Fields, kind: str, wish: Wish, places: int) -> None:
        self.seed, self.fields, self.kind, self.wish = seed, fields, kind, wish
        self.marks = (1, 2, 3, 4, 5, 6, 8, Fraction(5, 2) if places else 10)
        self.items: list[str] = []
        self.faults = wish.faults
        self.words = self._words()

    def _words(self) -> Words:
        return Words(self.seed, self.fields, (self.kind,), self.items)

    def criterion(self, dimension: str, group: str, number: int) -> Data:
        """Return a criterion that asks exactly what it reads."""
        seed, self.words = self.seed, self._words()
        name = f"item{number}"
        points = seed.choice(self.marks)
        loose = [key for key in ("uncapped", "unfloored") if self.wish.loose and seed.random() < 0.15]
        self.faults = self.wish.faults and not loose
        entry: Data = {"id": name, "title": f"指标{number}", "points": points, **self.scored(points, depth=2)}
        for key, chance in (("applies_when", 0.2), ("exempt_when", 0.1), ("zero_when", 0.1)):
            if seed.random() < chance:
                entry[key] = self.words.truth()
        if seed.random() < 0.5:
            entry["not_applicable"] = seed.choice(("full", "reweight", "zero"))
        entry |= dict.fromkeys(loose, True)
        if seed.random() < 0.4 and any(
            self.words.fields[name]["provided_by"] == "inspector" for name in self.words.used
        ):
            entry["looks"] = seed.choice((2, 2, 3))
        if seed.random() < 0.3:
            entry["evidence"] = self.documents()
        if seed.random() < 0.3:
            entry["weight"] = seed.choice((1, 2, Fraction(1, 2)))
        self.items.append(".".join(part for part in (self.kind, dimension, group, name) if part))
        return {**entry, "asks": sorted(self.words.used), "basis": {"from": "ours"}}

    def documents(self) -> list[Data]:
        return [self._document(title) for title in self.seed.sample(DOCUMENTS, k=self.seed.choice((1, 1, 2)))]

    def _document(self, title: str) -> Data:
        found: Data = {"document": title}
        if self.seed.random() < 0.4:
            found["valid_on"] = "reference_date"
        if self.seed.random() < 0.3:
            found["valid_for"] = self.seed.choice(WINDOWS)
        if self.seed.random() < 0.2:
            found["optional"] = True
        return found

    def scored(self, points: object, depth: int) -> Data:
        """Return a measure with its score, or a score that needs none."""
        roll = self.seed.random()
        if depth and roll < 0.2:
            return {"score": self._combined(points, depth)}
        if roll < 0.3:
            return {"score": {"yes_no": self.words.truth()}}
        if roll < 0.4:
            return {"score": {"checklist": self._checklist(points)}}
        if roll < 0.47:
            name = self.words.some("choice")
            marks = [points, *(self._some_of(points) for _ in self.words.options(name)[1:])]
            self.seed.shuffle(marks)
            choice = dict(zip(self.words.options(name), marks, strict=True))
            return {"measure": {"field": name}, "score": {"choice": choice}}
        if roll < 0.52:
            return {"measure": {"field": self.words.read("g1")}, "score": {"discretion": {"from": 0, "to": points}}}
        measured = self.measure()
        return {"measure": self._sampled(measured.data), "score": self.score(measured, points)}

    def _some_of(self, points: object) -> object:
        """Return fewer points than these, or as many."""
        assert isinstance(points, int | Fraction)
        return points * Fraction(self.seed.choice((0, 1, 2, 3, 4)), 4)

    def _value(self, base: object) -> object:
        """Return a number, now and then by class or by formula."""
        roll = self.seed.random()
        if roll > 0.16:
            return base
        if roll < 0.04:
            return {"by": "region", REGIONS[0]: base, "otherwise": 1}
        if roll < 0.07:
            return {"by": "stage", "self": base, "verified": self.seed.randint(1, 5)}
        if roll < 0.12:
            name = self.words.some("choice")
            return {"by": name, self.words.options(name)[0]: base, "otherwise": 2}
        return f"max({self.seed.randint(1, 5)}, {self.words.some(*NUMERIC)} / 2)"

    def _combined(self, points: object, depth: int) -> Data:
        how = self.seed.choice(("any_of", "best_of", "all_of", "all_of", "sum"))
        marks = self._split(points) if how == "sum" else [None] * self.seed.randint(1, 3)
        parts = [self._part(number, mark, points, depth - 1) for number, mark in enumerate(marks)]
        if how == "all_of" and self.seed.random() < 0.7:
            return {how: {"parts": parts, "otherwise": self.seed.choice(("zero", "lowest"))}}
        return {how: parts}

    def _split(self, points: object) -> list[object]:
        assert isinstance(points, int | Fraction)
        first = points / Fraction(4)
        return [first, points - first] if self.seed.random() < 0.5 else [first, first, points - 2 * first]

    def _part(self, number: int, mark: object, full: object, depth: int) -> Data:
        part: Data = {"title": f"途径{number + 1}"}
        if mark is None and self.seed.random() < 0.3:
            mark = full
        if mark is not None:
            part["points"] = mark
        mark = full if mark is None else mark
        part |= {"when": self.words.truth(1)} if self.seed.random() < 0.4 else self.scored(mark, depth)
        return {**part, "evidence": self.documents()} if self.seed.random() < 0.2 else part

    def _checklist(self, points: object) -> Data:
        assert isinstance(points, int | Fraction)
        count = self.seed.choice((2, 4))
        items: list[Data] = [{"title": f"事项{n}", "when": self.words.truth(1)} for n in range(count)]
        how = self.seed.choice(("lookup", "each", "lose"))
        if how == "lookup":
            return {"items": items, how: {str(count): points, "1": self._some_of(points)}}
        return {"items": items, how: self._value(Fraction(points) / count)}

    def _sampled(self, measure: Data) -> Data:
        if self.seed.random() > 0.12:
            return measure
        sample: Data = {"size": self.words.some("count"), "at_least": self._value(self.seed.randint(1, 10))}
        if self.seed.random() < 0.6:
            sample["otherwise"] = self.seed.choice(("unknown", 0, 1))
        return {**measure, "sample": sample}

    # measures

    def measure(self) -> Measured:
        """Return a measure of the closed menu."""
        across = [self._rank, self._mean, self._index] if self.wish.cohort else []
        added = [partial(self._by_its_branch, key) for key in MEASURES if key not in WRITTEN_HERE]
        ways: list[Callable[[], Measured]] = [*self._alone(), *across, *added]
        return self.seed.choice(ways)()

    def _by_its_branch(self, key: str) -> Measured:
        return Measured(from_branch(key, self.words), 0, 100)

    def _alone(self) -> Sequence[Callable[[], Measured]]:
        return (
            self._field, self._field, self._percent, self._percent_of_rows, self._log, self._count_rows, self._count_rows,
            self._per, self._change,
        )  # fmt: skip

    def _field(self) -> Measured:
        if self.seed.random() < 0.4:
            return Measured({"field": self.words.number()}, 0, 20)
        name = self.words.some(*NUMERIC)
        return Measured({"field": name}, *self.words.span(name))

    def _percent(self) -> Measured:
        part, whole = self.words.some("count"), self.words.some("count", "number")
        return Measured({"percent": part, "of": whole, "when_zero": self.seed.choice(WHEN_ZERO)}, 0, 150)

    def _percent_of_rows(self) -> Measured:
        data: Data = {"percent_of_rows": self.words.some("table"), "where": self.words.row()}
        if self.seed.random() < 0.5:
            data["among"] = self.words.row()
        return Measured({**data, "when_zero": self.seed.choice(WHEN_ZERO)}, 0, 100)

    def _log(self) -> Measured:
        self.words.read("log1")
        data: Data = {"percent_of_log": "process1", "when_zero": self.seed.choice(WHEN_ZERO)}
        extra: Mapping[str, object] = {
            "started_within": "1 year",
            "leave_out_if_started_within": "30 days",
            "same_day": self.seed.choice(("allowed", "refused")),
            "deadlines": [{"start": STEPS[0], "end": self.seed.choice(STEPS[1:]), "at_most": "15 days"}],
        }
        data |= {key: value for key, value in extra.items() if self.seed.random() < 0.4}
        if "deadlines" in data and self.seed.random() < 0.5:
            data["only_deadlines"] = True
        return Measured(data, 0, 100)

    def _count_rows(self) -> Measured:
        data: Data = {"count_rows": self.words.some("table")}
        if self.seed.random() < 0.6:
            data["where"] = self.words.row()
        how = self.seed.choice(("", "distinct", "each", ""))
        if how == "each":
            data |= {"each": self.seed.choice(("month", "quarter", "half_year", "year")), "dated": "day"}
        if how == "distinct":
            data["distinct"] = self.seed.choice(("name", "sort", "size"))
        if self.seed.random() < 0.4:
            data |= {"dated": "day", "look_back": self.seed.choice(WINDOWS)}
        return Measured(data, 0, 6)

    def _per(self) -> Measured:
        part, whole = self.words.some("count"), self.words.some("count")
        return Measured(
            {"per": self._value(10), "count": part, "of": whole, "when_zero": self.seed.choice(WHEN_ZERO)}, 0, 20
        )

    def _change(self) -> Measured:
        way = self.seed.choice(("percent", "number"))
        before, now = self.words.some(*NUMERIC), self.words.number(1)
        data: Data = {"change_from": before, "now": now, "as": way, "when_zero": self.seed.choice(WHEN_ZERO)}
        return Measured(data, -40, 40)

    def _across(self, data: Data) -> Data:
        if self.seed.random() < 0.4:
            data["within"] = "region" if self.seed.random() < 0.5 else self.words.some("choice")
        if self.seed.random() < 0.5:
            data["small_group"] = {
                "fewer_than": self.seed.choice((1, 2, 5)),
                "otherwise": self.seed.choice(("unknown", 0, 60)),
            }
        return data

    def _rank(self) -> Measured:
        data: Data = {"rank_in_round": self.words.number(1), "first": self.seed.choice(("highest", "lowest"))}
        return Measured(self._across({**data, "as": self.seed.choice(("place", "percent"))}), 0, 30)

    def _mean(self) -> Measured:
        way = self.seed.choice(("difference", "percent"))
        data = self._across({"against_mean": self.words.number(1), "as": way})
        return Measured(data, -20, 20) if way == "difference" else Measured(data, 0, 200)

    def _index(self) -> Measured:
        return Measured(
            self._across({"index": self.words.number(1), "better": self.seed.choice(("high", "low"))}), 0, 100
        )

    # scores

    def score(self, measured: Measured, points: object) -> Data:
        """Return a score that turns somewhere in the measure's range."""
        make: Mapping[str, Callable[[Measured, object], object]] = {
            "yes_no": self._edges,
            "bands": self._bands,
            "linear": self._linear,
            "per_item": self._per_item,
            "deduct": self._deduct,
            "deduct_from_target": self._from_target,
        }
        added = tuple(key for key in SCORES if key not in WRITTEN_HERE)
        name = self.seed.choice((*make, *added))
        return from_branch(name, self.words) if name in added else {name: make[name](measured, points)}

    def _marks(self, measured: Measured, count: int) -> list[int]:
        return sorted(self.seed.sample(range(measured.low, measured.high + 1), k=count))

    def _edges(self, measured: Measured, points: object) -> Data:
        low, high = self._marks(measured, 2)
        ends = [(("at_least", "more_than"), low), (("at_most", "less_than"), high)]
        chosen = self.seed.choice((ends, ends[:1], ends[1:]))
        return {self.seed.choice(names): self._value(at) for names, at in chosen}

    def _bands(self, measured: Measured, points: object) -> list[Data]:
        edges = self._marks(measured, 3)
        down = self.seed.random() < 0.5
        edge = self.seed.choice(("at_least", "more_than") if down else ("at_most", "less_than"))
        rows = [self._band(edge, at, n, points) for n, at in enumerate(reversed(edges) if down else edges)]
        if self.seed.random() < 0.2:
            rows.insert(0, {"more_than": edges[0], "at_most": edges[1], "points": self._some_of(points)})
        return [*rows, {"otherwise": self._some_of(points)}] if self.seed.random() < 0.8 else rows

    def _band(self, edge: str, at: int, number: int, points: object) -> Data:
        return {edge: self._value(at), "points": self._value(self._some_of(points)) if number else points}

    def _linear(self, measured: Measured, points: object) -> list[Data]:
        values = self._marks(measured, self.seed.choice((2, 3)))
        marks = [self._some_of(points) for _ in values[1:]] + [points]
        if self.seed.random() < 0.3:
            marks.reverse()
        return [{"value": v, "points": m} for v, m in zip(values, marks, strict=True)]

    def _step(self) -> str:
        return self.seed.choice(("floor", "ceil", "prorata"))

    def _each(self) -> object:
        """Return how many make a step; with faults wished for, a fact that may be 0."""
        if self.faults and self.seed.random() < 0.08:
            return self.words.some("count")
        return self.seed.choice((1, 2, 5, Fraction(3, 2)))

    def _per_item(self, measured: Measured, points: object) -> Data:
        data: Data = {
            "points": self._value(self.seed.choice((1, Fraction(1, 2)))),
            "for_each": self._each(),
            "step": self._step(),
        }
        return {**data, "at_most": self._value(points)} if self.seed.random() < 0.5 else data

    def _deduct(self, measured: Measured, points: object) -> Data:
        data: Data = {
            "lose": self._value(self.seed.choice((1, Fraction(1, 2)))),
            "for_each": self._each(),
            "step": self._step(),
        }
        return {**data, "at_most": self._some_of(points)} if self.seed.random() < 0.5 else data

    def _from_target(self, measured: Measured, points: object) -> Data:
        beyond, target = self._marks(measured, 2)
        below = self.seed.random() < 0.6
        if not below:
            beyond, target = target, beyond
        data: Data = {"target": target, "lose": 1, "for_each": self._each(), "step": self._step()}
        extra: Mapping[str, object] = {
            "base": self._some_of(points), "gain": Fraction(1, 2), "gain_at_most": self._some_of(points), "not_beyond": beyond,
        }  # fmt: skip
        data |= {key: value for key, value in extra.items() if self.seed.random() < 0.5}
        return {**data, "side": "below" if below else "above"}
