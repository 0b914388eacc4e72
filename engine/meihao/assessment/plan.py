"""Compiles a pack for one kind of unit, in the order in which a judgement runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from ..core.by_identity import kept
from ..core.text import normal
from ..round.scope import CaseScope
from ..standard.model import Criterion, Node, Pack, leaves
from ..standard.model.order import item_order, strata
from ..standard.model.parts import documents_of
from .bonus import BonusJudge, compile_bonus
from .items import Holds, compile_item
from .looks import Looker, compile_looks
from .marks import Books
from .results import Item
from .rules import CompiledRules, compile_rules


class Plan(Struct, frozen=True):
    """One kind's compiled standard. `items` run in an order in which what an item reads comes first."""

    pack: Pack
    kind: str
    root: Node
    criteria: Mapping[str, Criterion]
    items: tuple[tuple[str, Callable[[CaseScope, Holds], Item]], ...]
    before: CompiledRules
    after: CompiledRules
    bonuses: tuple[BonusJudge, ...]
    owed_tables: frozenset[str]
    asked_by: Mapping[str, tuple[str, ...]]
    looks: tuple[tuple[str, Looker], ...] = ()


def compile_plan(pack: Pack, kind: str) -> Plan:
    """Return the plan of a kind. Raises KeyError for a kind that the pack has not."""
    root = pack.standard(kind)
    criteria = {c.id: c for c in leaves(root)}
    books = Books.of(pack)
    grades = tuple(grade.id for grade in pack.grades)
    layers = strata(pack.rules)
    before, after = (
        compile_rules([[r for r in layer if r.before_points is early] for layer in layers], kind, grades)
        for early in (True, False)
    )
    return Plan(
        pack, kind, root, criteria,
        tuple((c.id, compile_item(c, books, pack.item_places)) for c in item_order(root)),
        before, after,
        tuple(compile_bonus(bonus) for bonus in pack.bonuses if kind in bonus.kinds),
        frozenset(f.id for f in pack.fields if f.type == "table" and f.provided_by == "applicant"),
        _asked_by(criteria.values()),
        tuple((c.id, compile_looks(c, books.fields, books.processes)) for c in criteria.values() if c.looks),
    )  # fmt: skip


@kept
def plan_of(pack: Pack, kind: str) -> Plan:
    """Return the plan of a kind, compiled at its first use. Raises KeyError for a kind that the pack has not."""
    return compile_plan(pack, kind)


def _asked_by(criteria: Iterable[Criterion]) -> Mapping[str, tuple[str, ...]]:
    asked: dict[str, tuple[str, ...]] = {}
    for criterion in criteria:
        wanted = [f"document:{normal(d.title.zh)}" for d in documents_of(criterion)]
        for subject in (*criterion.asks, *wanted):
            asked[subject] = (*asked.get(subject, ()), criterion.id)
    return asked
