"""Shows a case as expressions see it: facts, settings, tables, and the items and findings known so far."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from ..core.numbers import Number
from ..core.unknown import OWED, Unknown, Why
from ..evidence.model import Row, Value
from .model import Case

NO_CHILDREN = Unknown((Why("needs_round", "children"),))


class CaseScope(Struct):
    """What closures read while one unit is judged. It lives for one judgement; items and findings are added as they come."""

    case: Case
    late_is_zero: bool = False
    owed_tables: frozenset[str] = frozenset()
    items: dict[str, tuple[Number | Unknown, str | Unknown]] = field(default_factory=dict)
    findings: dict[str, bool | Unknown] = field(default_factory=dict)

    @property
    def reference_date(self) -> date | None:
        return self.case.reference_date

    @property
    def stage(self) -> str:
        return self.case.stage

    def fact(self, name: str) -> Value | Unknown:
        if (known := self.case.facts.get(name)) is not None:
            return known.value
        if name == "unit.region":
            return self.case.region or Unknown((Why("missing_fact", name),))
        return Unknown((Why("missing_fact", name),))

    def table(self, name: str) -> tuple[Row, ...] | Unknown:
        if name == "children":
            return NO_CHILDREN if self.case.children is None else self.case.children
        value = self.fact(name)
        return value if isinstance(value, tuple | Unknown) else ()

    def known_rows(self, name: str) -> tuple[Row, ...]:
        """Return the rows that are known of a register that has not come in whole."""
        known = self.case.facts.get(name)
        return known.known if known is not None else ()

    def item(self, function: str, name: str) -> Number | str | Unknown:
        points, outcome = self.items.get(name, (Unknown((Why("missing_fact", name),)),) * 2)
        return points if function == "points" else outcome

    def finding(self, name: str) -> bool | Unknown:
        return self.findings.get(name, False)

    def owes(self, why: Why) -> bool:
        """Say whether the applicant owes what is missing: a fact, a document, or a cell of a table of its own."""
        return why.cause in OWED and (why.owed or why.subject.rpartition(".")[0] in self.owed_tables)

    def settled(self) -> CaseScope:
        """Return the scope of what takes, bars, caps or adds: a value that is held for checking is not known to it.

        It shares the items that come in while the unit is judged; its findings are its own.
        """
        held = {name: replace(fact, value=Unknown(fact.held)) for name, fact in self.case.facts.items() if fact.held}
        if not held:
            return self
        case = replace(self.case, facts={**self.case.facts, **held})
        return replace(self, case=case, findings=dict(self.findings))

    def cohort_value(self, key: str) -> Number | Unknown:
        """Return a value that was found once for the round; unknown for a unit judged alone, or by another round."""
        known = None if self.case.cohort is None else self.case.cohort.get(key)
        return Unknown((Why("needs_round", key),)) if known is None else known

    def is_late(self, whys: Iterable[Why]) -> bool:
        """Say whether the deadline has passed for everything that is missing, because the applicant owes all of it."""
        return self.late_is_zero and all(self.owes(why) for why in whys)
