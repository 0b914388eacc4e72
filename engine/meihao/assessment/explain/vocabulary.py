"""Holds the words of a pack in one language; the sentences about its judgements are made of them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from ...core.by_identity import kept
from ...core.label import NO, YES
from ...core.problems import Lang
from ...core.text import Label, with_unit
from ...methods.scribe import Scribe
from ...methods.units import unit_of, unit_of_field
from ...standard.describe import scribe_of
from ...standard.model import Basis, Criterion, Measure, Pack, leaves, nodes
from ...standard.model.parts import wanted_of
from .words import BUILT_IN, ORIGIN, OUTCOME


class Printed(Struct, frozen=True):
    """What is said of a criterion whatever it earned.

    `unit` stands after its values (处, %), `step` after the steps that points are counted by (处, 个百分点); `measured` is
    the label of what is measured, `holds` and `fails` say whether the condition of a yes-no score holds.
    """

    title: str
    unit: str
    step: str
    measured: str
    holds: str
    fails: str
    basis: str
    remedy: str


class PackLabels(Struct, frozen=True):
    """The labels of a pack in one language: fields, columns, criteria, rules by their ids, documents by `document:` and
    their Chinese title; the `units` after values of fields; what is said of every criterion, and of a field whose register
    has not come in (`awaited`)."""

    lang: Lang
    labels: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]
    units: Mapping[str, str]
    criteria: Mapping[str, Printed]
    outcomes: Mapping[str, str]
    awaited: Mapping[str, str]

    @classmethod
    def of(cls, pack: Pack, lang: Lang) -> PackLabels:
        labels = {node.id: node.title[lang] for _, root in pack.standards for node in nodes(root)}
        labels.update({name: label[lang] for name, label in BUILT_IN.items()})
        options: dict[str, dict[str, str]] = {}
        for field in pack.fields:
            labels[field.id] = field.title[lang]
            options[field.id] = _options(field.options, lang)
            for column in field.columns:
                labels[f"{field.id}.{column.id}"] = f"{field.title[lang]}·{column.title[lang]}"
                options[f"{field.id}.{column.id}"] = _options(column.options, lang)
        criteria = [criterion for _, root in pack.standards for criterion in leaves(root)]
        labels.update({c.id: c.title[lang] for c in criteria})
        labels.update({f"looks.{c.id}": _short_title(c, lang) for c in criteria if c.looks})
        labels.update({rule.id: rule.title[lang] for rule in pack.rules})
        labels.update({f"relations.{r.id}": r.title[lang] for r in pack.relations})
        labels.update(
            {f"document:{w.title.zh}": w.title[lang] for kind, _ in pack.standards for w in wanted_of(pack, kind)}
        )
        outcomes = {code: label[lang] for code, label in OUTCOME.items()}
        scribe = scribe_of(pack, lang)
        printed = {c.id: _printed(c, scribe) for c in criteria}
        units = {f.id: unit_of_field(f, scribe) for f in pack.fields if f.type != "table"}
        return cls(lang, labels, options, units, printed, outcomes, _awaited(pack, lang))

    def name(self, subject: str) -> str:
        """Return the label of a field, column, item, rule or document; parts of an item carry its name."""
        known = (self.labels.get(key) for key in (subject, subject.partition("#")[0], f"document:{subject}"))
        return next(filter(None, known), subject.removeprefix("document:"))

    def option(self, field: str, code: str) -> str:
        return self.options.get(field, {}).get(code, code)

    def amount(self, field: str, number: str) -> str:
        """Return a number of a field with its unit: 3处, 1 spot, 91%."""
        return with_unit(number, self.units.get(field, ""))

    def truth(self, code: str) -> str:
        """Return 是 or 否, yes or no for `true` or `false`."""
        return (YES if code == "true" else NO)[self.lang]

    def pick(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en


@kept
def words_of(pack: Pack, lang: Lang) -> PackLabels:
    """Return the words of a pack, made at their first use."""
    return PackLabels.of(pack, lang)


def _short_title(criterion: Criterion, lang: Lang) -> str:
    zh, en = (
        f"“{criterion.title.zh}”检查员不足{criterion.looks}名",
        f"“{criterion.title['en']}”: another inspector is needed",
    )
    return zh if lang == "zh" else en


def _awaited(pack: Pack, lang: Lang) -> dict[str, str]:
    """Return the sentence of every field that is kept in a register: which one is awaited, and from whom."""
    registers = {register.id: register for register in pack.registers}
    said = {"zh": "尚待{title}核实（由{keeper}提供）", "en": "the {title} is awaited (from {keeper})"}[lang]
    return {
        field.id: said.format(
            title=registers[field.register].title[lang], keeper=registers[field.register].kept_by[lang]
        )
        for field in pack.fields
        if field.register
    }


def _options(options: tuple[tuple[str, Label], ...], lang: Lang) -> dict[str, str]:
    return {code: label[lang] for code, label in options}


def _printed(criterion: Criterion, say: Scribe) -> Printed:
    lang, measure = say.lang, criterion.measure
    unit, step, measured = "", "", ""
    if measure is not None:
        unit, step = unit_of(measure, say), measure.counter(say)
        measured = _named(measure, say)
    answers = criterion.score.answers(say)
    basis, remedy = _basis(criterion.basis, lang), criterion.remedy[lang]
    return Printed(criterion.title[lang], unit, step, measured, *answers, basis, remedy)


def _named(measure: Measure, say: Scribe) -> str:
    """Return what a measure measures: the title of its field, or its words."""
    field = measure.field()
    return say.fields[field].title[say.lang] if field in say.fields else measure.text(say)


def _basis(basis: Basis, lang: Lang) -> str:
    """Return where a criterion comes from, its quotation, and what of it is ours."""
    parts = [ORIGIN[basis.origin][lang]]
    if basis.quote:
        parts.append(f"“{basis.quote}”")
    if basis.source:
        parts.append(basis.source)
    if basis.ours.zh:
        parts.append({"zh": "本项目所拟：", "en": "proposed by this project: "}[lang] + basis.ours[lang])
    return ("；" if lang == "zh" else "; ").join(parts)
