"""Read a standard as people read it: every criterion and rule in words, with what it asks and an example of each outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..assessment.explain.vocabulary import words_of
from ..authoring.cases import CaseResult, run_cases
from ..core.numbers import plain
from ..standard.checking.fields import burden_of
from ..standard.describe import Scribe, Told, bonus_text, document_text, grade_text, rule_text, scribe_of, tell
from ..standard.model import ROLES, Burden, Criterion, Node, Pack, Role, Rule, leaves
from ..standard.model.parts import documents_of
from ..standard.model.reads import fields_of
from ..standard.resources import default_pack
from .session import Session

GOOD, BAD = ("met", "exempt"), ("not_met", "partly_met")


class Examples(Struct, frozen=True):
    """The names of one case that earns full marks and of one that does not, "" where the cases hold none."""

    good: str = ""
    bad: str = ""


class FieldToldOf(Struct, frozen=True):
    """A field that a criterion reads: its title, who provides it, and how many minutes it takes (0: not estimated)."""

    id: str
    title: str
    role: Role
    role_title: str
    minutes: int


class CriterionInWords(Struct, frozen=True):
    """A criterion as people read it. `number` counts as the score sheet does."""

    id: str
    number: str
    title: str
    points: str
    clause: str
    told: Told
    documents: tuple[str, ...]
    fields: tuple[FieldToldOf, ...]
    basis: str
    remedy: str
    examples: Examples


class DimensionInWords(Struct, frozen=True):
    """A dimension with its full mark and its criteria in written order."""

    id: str
    number: str
    title: str
    points: str
    criteria: tuple[CriterionInWords, ...]


class RuleInWords(Struct, frozen=True):
    """A rule or a bonus: its title and the sentence."""

    id: str
    title: str
    text: str
    documents: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


class StandardInWords(Struct, frozen=True):
    """The standard of one kind of unit in one language. `fields` are the titles of all that is asked, by id."""

    kind: str
    title: str
    full: str
    dimensions: tuple[DimensionInWords, ...]
    rules: Mapping[str, tuple[RuleInWords, ...]]
    bonuses: tuple[RuleInWords, ...]
    grades: tuple[str, ...]
    burden: Burden
    fields: Mapping[str, str]

    def where(self, field: str) -> StandardInWords:
        """Return the same standard with only the criteria, rules and bonuses that read a field."""
        kept = (
            replace(one, criteria=tuple(item for item in one.criteria if field in {f.id for f in item.fields}))
            for one in self.dimensions
        )
        rules = {family: tuple(rule for rule in found if field in rule.fields) for family, found in self.rules.items()}
        return replace(
            self,
            dimensions=tuple(one for one in kept if one.criteria),
            rules={family: found for family, found in rules.items() if found},
            bonuses=tuple(bonus for bonus in self.bonuses if field in bonus.fields),
        )


def examples_of(session: Session) -> Mapping[str, Examples]:
    """Return the examples of every criterion of a standard by its address, from the cases that hold."""
    results, _ = run_cases(session.pack, session.standard or default_pack())
    by_subject: dict[str, list[CaseResult]] = {}
    for result in results:
        if result.ok:
            by_subject.setdefault(result.subject, []).append(result)
    return {subject: Examples(_first(found, GOOD), _first(found, BAD)) for subject, found in by_subject.items()}


def _first(found: Sequence[CaseResult], outcomes: Sequence[str]) -> str:
    """Return the name of the first case with the first of these outcomes that any case has."""
    return next((one.name for outcome in outcomes for one in found if one.outcome == outcome), "")


def standard_in_words(session: Session, kind: str, examples: Mapping[str, Examples] | None = None) -> StandardInWords:
    """Return the standard of a kind in the language of the session. Raises KeyError for a kind that the pack has not."""
    pack, lang = session.pack, session.lang
    root, say = pack.standard(kind), scribe_of(pack, lang)
    dimensions = tuple(child for child in root.children if isinstance(child, Node))
    titles = {node.id: node.title[lang] for node in dimensions}
    shown = examples or {}
    return StandardInWords(
        kind=kind,
        title=next(one.title[lang] for one in pack.kinds if one.id == kind),
        full=plain(root.points),
        dimensions=tuple(_dimension(str(n), node, pack, say, shown) for n, node in enumerate(dimensions, 1)),
        rules=_rules(pack, kind, say),
        bonuses=tuple(_bonuses(pack, kind, say)),
        grades=tuple(grade_text(grade, titles, say) for grade in pack.grades),
        burden=burden_of(pack, kind),
        fields={field.id: field.title[lang] for field in pack.fields if kind in field.kinds},
    )


def _dimension(number: str, node: Node, pack: Pack, say: Scribe, examples: Mapping[str, Examples]) -> DimensionInWords:
    criteria = (
        _criterion(f"{number}.{n}", item, pack, say, examples.get(item.id, Examples()))
        for n, item in enumerate(leaves(node), 1)
    )
    return DimensionInWords(node.id, number, node.title[say.lang], plain(node.points), tuple(criteria))


def _criterion(number: str, item: Criterion, pack: Pack, say: Scribe, examples: Examples) -> CriterionInWords:
    printed = words_of(pack, say.lang).criteria[item.id]
    documents = tuple(document_text(want, say) for want in documents_of(item))
    return CriterionInWords(
        item.id, number, item.title[say.lang], plain(item.points), item.clause, tell(item, say), documents,
        tuple(_fields(item, say)), printed.basis, printed.remedy, examples,
    )  # fmt: skip


def _fields(item: Criterion, say: Scribe) -> Iterator[FieldToldOf]:
    """Yield what a criterion reads, in the order in which the standard asks."""
    names = {*item.asks, *fields_of(item, say.processes)}
    for field in (one for name, one in say.fields.items() if name in names):
        role = field.provided_by
        yield FieldToldOf(field.id, field.title[say.lang], role, ROLES[role][say.lang], field.minutes)


def _rules(pack: Pack, kind: str, say: Scribe) -> Mapping[str, tuple[RuleInWords, ...]]:
    """Return the rules of a kind by family, in written order."""
    grades = {grade.id: grade.title[say.lang] for grade in pack.grades}
    found: dict[str, tuple[RuleInWords, ...]] = {}
    for rule in pack.rules:
        if kind in rule.kinds:
            found[rule.family] = (*found.get(rule.family, ()), _rule(rule, grades, say))
    return found


def _rule(rule: Rule, grades: Mapping[str, str], say: Scribe) -> RuleInWords:
    text = rule_text(rule, grades, say)
    return RuleInWords(rule.id, rule.title[say.lang], text, fields=fields_of(rule, say.processes))


def _bonuses(pack: Pack, kind: str, say: Scribe) -> Iterator[RuleInWords]:
    for bonus in pack.bonuses:
        if kind in bonus.kinds:
            documents = tuple(document_text(want, say) for want in bonus.evidence)
            read = fields_of(bonus, say.processes)
            yield RuleInWords(bonus.id, bonus.title[say.lang], bonus_text(bonus, say), documents, read)
