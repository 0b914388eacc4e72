"""Checks what the parts of a pack say of each other: all that is read is asked, nothing reads itself, waivers name real lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from ...core.problems import Problem, Problems, Source
from .. import messages as says
from ..model import Bonus, Criterion, Grade, Pack, Rule, leaves
from ..model.order import circle, strata
from ..model.reads import findings_of, items_of

_BEFORE = ("zero_item", "hold_item")


def check_links(pack: Pack) -> Problems:
    """Return every problem between the parts of a pack. The rules' passes are still unmarked."""
    return (
        *(problem for _, root in pack.standards for item in leaves(root) for problem in _check_item(item)),
        *(problem for _, root in pack.standards for problem in _check_circle(tuple(leaves(root)))),
        *(problem for rule in pack.rules for problem in _check_items_read(items_of(rule), rule.kinds, rule.source)),
        *(problem for bonus in pack.bonuses for problem in _check_bonus(bonus)),
        *_check_circle(pack.rules),
    )


def _check_item(item: Criterion) -> Iterator[Problem]:
    yield from _check_findings(item, item.source)
    yield from _check_items_read(item.reads, (item.id.partition(".")[0],), item.source)


def _check_bonus(bonus: Bonus) -> Iterator[Problem]:
    yield from _check_findings(bonus, bonus.source)
    yield from _check_items_read(items_of(bonus), bonus.kinds, bonus.source)


def _check_findings(record: object, source: Source) -> Iterator[Problem]:
    for rule in findings_of(record):
        yield says.FINDING_IN_ITEM.at(source, rule=rule)


def _check_items_read(names: Sequence[str], kinds: Sequence[str], source: Source) -> Iterator[Problem]:
    for name in names:
        for kind in kinds:
            if name.partition(".")[0] != kind:
                yield says.ITEM_OF_OTHER_KIND.at(source, item=name, kind=kind)


def _check_circle(members: Sequence[Criterion | Rule]) -> Iterator[Problem]:
    """Yield the circle at the place of its first member, naming the place of the next."""
    found = circle(members)
    if found:
        first, second = found[0], found[1 % len(found)]
        path = " → ".join(member.id for member in (*found, first))
        yield says.CIRCLE.at(first.source, path=path, other=second.source)


def mark_passes(rules: Sequence[Rule]) -> tuple[tuple[Rule, ...], Problems]:
    """Return the rules in the order of reading, each with its pass; a rule that acts before points may not read after them."""
    before: dict[str, bool] = {}
    marked, problems = [], []
    for layer in strata(rules):
        for rule in layer:
            late = (*items_of(rule), *(name for name in rule.reads if not before.get(name, False)))
            if rule.effect.name in _BEFORE and late:
                problems.append(says.EARLY_RULE_READS_LATE.at(rule.source, rule=rule.id, what=late[0]))
            before[rule.id] = rule.effect.name in _BEFORE or (rule.effect.name == "none" and not late)
            marked.append(replace(rule, before_points=before[rule.id]))
    return tuple(marked), tuple(problems)


def line_addresses(grade: Grade, dimensions: Sequence[str]) -> tuple[str, ...]:
    """Return what a waiver may name of a grade: each line, and each dimension of an `every_dimension` line.

    A line's address is `grades.GRADE.OF`; `every_dimension` is waived dimension by dimension.
    """
    found = []
    for line in grade.lines:
        ends = [f"every_dimension.{name}" for name in dimensions] if line.of == "every_dimension" else [line.of]
        found += [f"grades.{grade.id}.{end}" for end in ends]
    return tuple(found)


def waivable(
    rules: Sequence[Rule], grades: Sequence[Grade], dimensions: Mapping[str, Sequence[str]]
) -> dict[str, bool]:
    """Return every address that a waiver may name, and whether it may be waived. `dimensions` are the names by kind."""
    names = tuple(dict.fromkeys(name for several in dimensions.values() for name in several))
    lines = {address: True for grade in grades for address in line_addresses(grade, names)}
    return {rule.id: rule.waivable for rule in rules} | lines
