"""Prepares the record of a unit's inspection: who saw what and when, side by side.

Every value of every observer stands there, whoever was believed; what differs from what was taken is marked. Values of
fields that the pack calls sensitive are not printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from ..assessment.explain.sentences import been_there, why_text
from ..assessment.explain.unit import explain_unit
from ..assessment.explain.vocabulary import PackLabels
from ..assessment.results import Assessment
from ..assessment.to_json import body_digest
from ..core.canonical import Json
from ..core.numbers import plain
from ..core.problems import Lang
from ..core.text import with_unit
from ..core.unknown import Unknown, Why
from ..evidence.model import Document, Observation, UnitEvidence
from ..round.merge import inspectors, same
from ..round.model import Case, Fact, Round
from ..standard.model import NUMERIC, ROLES, Field, Node, Pack, Role, leaves
from ..standard.model.parts import fields_judged
from ..standard.model.reads import fields_of
from .clean import cleaned
from .frame import frame
from .model import Mark, Pair, Tone
from .papers import FactBlock, FactRow, Paper, Protocol, Said, Seen
from .phrases.every_page import STAGE
from .phrases.record import AGREEMENT
from .places import region_names
from .words import mark_of_state, speaker

COLUMNS_AT_MOST = 3
PAPERS_AT_MOST = 200
FINDINGS_AT_MOST = 60
AGREEMENT_SIGNS: Mapping[str, tuple[str, Tone]] = {
    "agree": ("＝", "good"),
    "differ": ("≠", "bad"),
    "open": ("?", "open"),
    "single": ("·", "off"),
}


class _Desk(Struct, frozen=True):
    pack: Pack
    evidence: UnitEvidence
    case: Case
    words: PackLabels
    inspectors: tuple[str, ...]
    judged: frozenset[str]
    lang: Lang

    def t(self, key: str, **values: object) -> str:
        return speaker(self.lang)(key, **values)

    def seen(self, field: str, role: Role | None = None) -> tuple[Observation, ...]:
        found = (o for o in self.evidence.observations if o.field == field and (role is None or o.role == role))
        return tuple(sorted(found, key=lambda o: (o.day.isoformat() if o.day else "", o.observer)))


def protocol(
    pack: Pack,
    round_: Round,
    evidence: UnitEvidence,
    case: Case,
    assessment: Assessment,
    lang: Lang,
    made_by: Mapping[str, Json] | None = None,
) -> Protocol:
    """Return the record of a unit's inspection."""
    words, inspectors = PackLabels.of(pack, lang), _inspectors(evidence)
    case = _with_checks(case, assessment, pack)
    desk = _Desk(pack, evidence, case, words, inspectors, _discretionary(pack, case.kind), lang)
    blocks = tuple(_blocks(desk))
    report = Protocol(
        frame=frame("protocol", case.name, pack, round_, lang, body_digest(assessment), made_by or {}),
        heading=desk.t("protocol"),
        name=case.name,
        facts=tuple(_facts(round_, desk)),
        inspectors=(heads := tuple(_columns(inspectors, desk))),
        width=str(len(heads) + 4),
        counts=_counts(blocks, desk),
        blocks=blocks,
        papers=tuple(_paper(document, desk) for document in evidence.documents[:PAPERS_AT_MOST]),
        more_papers=max(len(evidence.documents) - PAPERS_AT_MOST, 0),
        findings=tuple(_findings(assessment, desk))[:FINDINGS_AT_MOST],
        reasons=tuple(_reasons(desk)),
    )
    return cleaned(report, lang)


def _with_checks(case: Case, assessment: Assessment, pack: Pack) -> Case:
    """Return the case whose facts say, too, which values no point is given for because a check holds each item that asks them."""
    rules, processes = {rule.id: rule for rule in pack.rules}, {process.id: process for process in pack.processes}
    checks = [f for f in assessment.findings if f.effect == "hold_item" and f.state in ("fired", "flagged")]
    free = {item.id for item in leaves(pack.standard(case.kind))} - {check.target for check in checks}
    used = {name for item in leaves(pack.standard(case.kind)) if item.id in free for name in item.asks}
    facts = dict(case.facts)
    for check in checks:
        for name in fields_of(rules[check.rule], processes):
            fact = facts.get(name)
            if fact and name not in used and not isinstance(fact.value, Unknown):
                facts[name] = replace(fact, held=(*fact.held, Why("numbers_disagree", check.rule)))
    return replace(case, facts=facts)


def _inspectors(evidence: UnitEvidence) -> tuple[str, ...]:
    """Return the inspectors in the order of their first day, then as they stand in the evidence."""
    first: dict[str, str] = {}
    for seen in evidence.observations:
        if seen.role == "inspector":
            day = seen.day.isoformat() if seen.day else "~"
            first[seen.observer] = min(first.get(seen.observer, "~"), day)
    return tuple(sorted(first, key=first.__getitem__))


def _columns(inspectors: Sequence[str], desk: _Desk) -> Iterator[str]:
    """Yield the heads of the inspectors' columns; beyond three they share the last."""
    yield from inspectors[: COLUMNS_AT_MOST - 1]
    rest = inspectors[COLUMNS_AT_MOST - 1 :]
    if rest:
        yield desk.t("listing").join(rest)
    if not inspectors:
        yield ROLES["inspector"][desk.lang]


def _facts(round_: Round, desk: _Desk) -> Iterator[Pair]:
    case = desk.case
    regions = region_names(round_.regions, desk.lang)
    days = sorted(o.day for o in desk.evidence.observations if o.role == "inspector" and o.day)
    span = str(days[0]) if days and days[0] == days[-1] else f"{days[0]}—{days[-1]}" if days else "—"
    kind = next(k.title[desk.lang] for k in desk.pack.kinds if k.id == case.kind)
    yield Pair(desk.t("code"), case.code)
    yield Pair(desk.t("kind"), kind)
    if case.region:
        yield Pair(desk.t("region"), regions.get(case.region, case.region))
    yield Pair(desk.t("stage"), STAGE[round_.stage][desk.lang])
    yield Pair(desk.t("reference_day"), str(case.reference_date or "—"))
    yield Pair(desk.t("look_day"), span)


def _counts(blocks: Sequence[FactBlock], desk: _Desk) -> tuple[Pair, ...]:
    """Return how many facts were recorded, and how many of them agree, differ, are open, or were seen by one only."""
    marks = [row.mark.code for block in blocks for row in block.rows]
    total = Pair(desk.t("facts_counted"), str(len(marks)))
    return (
        total,
        *(
            Pair(f"{sign} {AGREEMENT[code][desk.lang]}", str(marks.count(code)))
            for code, (sign, _) in AGREEMENT_SIGNS.items()
        ),
    )


def _blocks(desk: _Desk) -> Iterator[FactBlock]:
    """Yield the recorded facts by dimension, each in the first dimension that reads it; then those that none reads."""
    processes = {process.id: process for process in desk.pack.processes}
    recorded = {o.field for o in desk.evidence.observations}
    fields = {field.id: field for field in desk.pack.fields if field.id in recorded}
    for node in desk.pack.standard(desk.case.kind).children:
        if isinstance(node, Node):
            read = dict.fromkeys(name for item in leaves(node) for name in (*item.asks, *fields_of(item, processes)))
            mine = [fields.pop(name) for name in read if name in fields]
            if mine:
                yield FactBlock(node.title[desk.lang], tuple(_row(field, desk) for field in mine))
    if fields:
        rest = tuple(_row(field, desk) for field in fields.values())
        yield FactBlock(desk.t("other_matters"), rest)


def _row(field: Field, desk: _Desk) -> FactRow:
    fact = desk.case.facts[field.id]
    by_inspector = {
        name: [o for o in desk.seen(field.id, "inspector") if o.observer == name] for name in desk.inspectors
    }
    heads = max(1, min(len(desk.inspectors), COLUMNS_AT_MOST))
    columns: list[list[Seen]] = [[] for _ in range(heads)]
    for n, name in enumerate(desk.inspectors):
        columns[min(n, heads - 1)] += _told(
            by_inspector[name][-1:], field, fact, desk, named=n >= heads - 1 < len(desk.inspectors) - 1
        )
    others = [o for o in desk.seen(field.id) if o.role != "inspector"]
    unit = field.measured_in[desk.lang]
    title = field.title[desk.lang] + (desk.t("in_brackets", text=unit) if unit else "")
    return FactRow(
        title, tuple(_told(others, field, fact, desk, named=True)), tuple(tuple(c) for c in columns),
        _taken(field, fact, desk), _mark(field, fact, desk),
    )  # fmt: skip


def _told(seen: Iterable[Observation], field: Field, fact: Fact, desk: _Desk, named: bool) -> list[Seen]:
    """Return what was recorded, in words; `named` says by whom, where the head of the column does not."""
    return [
        Seen(
            _value(field, one.value, desk),
            one.observer + desk.t("in_brackets", text=ROLES[one.role][desk.lang]) if named else "",
            one.day.isoformat() if one.day else "",
            not (isinstance(fact.value, Unknown) or fact.held or same(one.value, fact.value)),
        )
        for one in seen
    ]


def _value(field: Field, value: object, desk: _Desk) -> str:
    if field.sensitive:
        return desk.t("not_printed")
    if isinstance(value, tuple):
        return with_unit(str(len(value)), desk.t("rows"))
    if isinstance(value, bool):
        return desk.words.truth("true" if value else "false")
    if isinstance(value, int | Fraction):
        return plain(value) + ("%" if field.type == "percent" else "")
    return desk.words.option(field.id, str(value))


def _settled(fact: Fact) -> bool:
    """Say whether a value was taken: it is known, and nothing holds it."""
    return not isinstance(fact.value, Unknown) and not fact.held


def _taken(field: Field, fact: Fact, desk: _Desk) -> str:
    """Return the value that was taken, and how it came from several inspectors' values."""
    whys = fact.value.whys if isinstance(fact.value, Unknown) else fact.held
    if whys:
        return desk.t("clauses").join(dict.fromkeys(_open_text(why, fact, desk) for why in whys))
    assert not isinstance(fact.value, Unknown)
    text = _value(field, fact.value, desk)
    inspectors = {o.observer for o in fact.sources if o.role == "inspector"}
    if field.type not in NUMERIC or field.sensitive or _all_same(fact.sources) or len(inspectors) < 2:
        return text
    how = desk.t("mean_of_two" if len(inspectors) == 2 else "median")
    return text + desk.t("in_brackets", text=how)


def _open_text(why: Why, fact: Fact, desk: _Desk) -> str:
    """Return why no value was taken, in the words of the unit's report; of a look that is wanted, who has been."""
    been = inspectors(fact)
    return been_there(been, desk.words) if why.cause == "awaiting_inspector" and been else why_text(why, desk.words)


def _all_same(seen: Sequence[Observation]) -> bool:
    return all(same(one.value, seen[0].value) for one in seen)


def _mark(field: Field, fact: Fact, desk: _Desk) -> Mark:
    """Return whether the latest records of all observers agree."""
    latest = {(o.role, o.observer): o for o in desk.seen(field.id)}
    seen = tuple(latest.values())
    code = "open" if not _settled(fact) else "single" if len(seen) < 2 else "agree" if _all_same(seen) else "differ"
    sign, tone = AGREEMENT_SIGNS[code]
    return Mark(code, sign, AGREEMENT[code][desk.lang], tone)


def _paper(document: Document, desk: _Desk) -> Paper:
    proves = desk.t("listing").join(desk.words.name(field) for field in document.proves)
    return Paper(
        desk.words.name(document.title), desk.t("comma").join(part for part in (document.number, document.issuer) if part),
        str(document.day or ""), str(document.valid_to or ""), proves, document.sha256[:12],
    )  # fmt: skip


def _findings(assessment: Assessment, desk: _Desk) -> Iterator[Pair]:
    """Yield what was found, with its state as a word; sentences about sensitive facts are left to the unit's own report."""
    secret = {field.id for field in desk.pack.fields if field.sensitive}
    processes = {process.id: process for process in desk.pack.processes}
    rules = {rule.id: rule for rule in desk.pack.rules}
    marks = {"fired": "note", "flagged": "flagged", "waived": "waived"}
    explained = explain_unit(assessment, desk.pack, desk.lang, desk.case)
    for finding, (_, title, said) in zip(assessment.findings, explained.findings, strict=True):
        rule = rules.get(finding.rule)
        hidden = rule is not None and bool(secret & set(fields_of(rule, processes)))
        mark = mark_of_state(marks[finding.state], desk.lang)
        yield Pair(title, desk.t("not_printed") if hidden else said, f"{mark.sign} {mark.label}")


def _discretionary(pack: Pack, kind: str) -> frozenset[str]:
    """Return the fields that carry an inspector's judgement, which wants a reason."""
    processes = {process.id: process for process in pack.processes}
    return frozenset(name for item in leaves(pack.standard(kind)) for name in fields_judged(item, processes))


def _reasons(desk: _Desk) -> Iterator[Said]:
    """Yield the reason of every value that has one; a value of judgement without a reason is shown as such."""
    fields = {field.id: field for field in desk.pack.fields}
    for one in desk.evidence.observations:
        wanted = one.field in desk.judged and one.role == "inspector"
        if (one.reason or wanted) and one.field in fields and not fields[one.field].sensitive:
            field = fields[one.field]
            reason = one.reason or desk.t("no_reason_given")
            yield Said(field.title[desk.lang], _value(field, one.value, desk), one.observer, reason)
