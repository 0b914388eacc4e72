"""Lays out the sheets that people fill in by hand: the score sheet, and the inspection sheets by dimension.

From the pack alone: no unit, no round, no result, so nothing is embedded in the PDF, and the sheet says so.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Literal

from msgspec.structs import replace

from ..core.label import YES_NO
from ..core.numbers import plain
from ..core.problems import Lang
from ..core.text import Label
from ..methods.sample import sample_text
from ..round.merge import to_look_again
from ..round.model import Case
from ..standard.describe import Scribe, bonus_text, document_text, grade_text, scribe_of, tell
from ..standard.draft import draft_mark
from ..standard.model import Bonus, Criterion, Field, Node, Pack, Process, Rule, leaves
from ..standard.model.parts import documents_of, fields_judged, with_parts
from ..standard.model.reads import fields_of
from .clean import cleaned
from .frame import FOOT_AT_MOST, fitting, standard_text
from .full_marks import mark_rows
from .model import Frame, Pair, Report
from .papers import Gate, InspectionSheet, LookBlock, LookRow, ScoreBlock, ScoreRow, ScoreSheet
from .phrases.sheets import CHECKED_BY, TICKED
from .words import capital, speaker

Sheet = Literal["score", "inspection"]


def blank_sheet(sheet: Sheet, pack: Pack, kind: str, lang: Lang) -> Report:
    """Return a blank sheet of a kind. Raises KeyError for a kind that the pack has not."""
    return score_sheet(pack, kind, lang) if sheet == "score" else inspection_sheet(pack, kind, lang)


def score_sheet(pack: Pack, kind: str, lang: Lang) -> ScoreSheet:
    """Return the score sheet of a kind: every criterion in order, how it is scored in words, columns to fill in."""
    say, root = scribe_of(pack, lang), pack.standard(kind)
    report = ScoreSheet(
        frame=_frame("score_sheet", pack, kind, lang),
        heading=_heading("score_sheet", pack, kind, lang),
        blocks=tuple(_score_block(str(n), node, say) for n, node in enumerate(_dimensions(root), 1)),
        full=plain(root.points),
        bonus=tuple(_bonus_row(bonus, say) for bonus in pack.bonuses if kind in bonus.kinds),
        bonus_most=plain(pack.bonus_at_most),
        gates=tuple(_gate(rule, say) for rule in pack.rules if rule.family in TICKED and kind in rule.kinds),
        grades=tuple(grade_text(grade, {n.id: n.title[lang] for n in _dimensions(root)}, say) for grade in pack.grades),
    )
    return cleaned(report, lang)


def _frame(key: str, pack: Pack, kind: str, lang: Lang) -> Frame:
    """Return the frame of a blank sheet: no day and no digest of a result, the standard's own digest in their place."""
    title = _heading(key, pack, kind, lang)
    return Frame(
        lang=lang, title=title, standard=standard_text(pack, lang), round="", notice=pack.notice[lang], sample="", running=title,
        day="", digest=pack.digest, colophon=(), foot=fitting(pack.notice[lang], FOOT_AT_MOST), issued_by=pack.issued_by,
        draft=draft_mark(pack.errors)[lang],
    )  # fmt: skip


def _heading(key: str, pack: Pack, kind: str, lang: Lang) -> str:
    name = next(k.title[lang] for k in pack.kinds if k.id == kind)
    t = speaker(lang)
    return t("sheet_of_kind", kind=name, sheet=t(key))


def _dimensions(root: Node) -> tuple[Node, ...]:
    return tuple(child for child in root.children if isinstance(child, Node))


def _score_block(number: str, node: Node, say: Scribe) -> ScoreBlock:
    rows = tuple(_score_row(f"{number}.{n}", item, say) for n, item in enumerate(leaves(node), 1))
    return ScoreBlock(number, node.title[say.lang], plain(node.points), rows, mark_rows(node, say))


def _score_row(number: str, item: Criterion, say: Scribe) -> ScoreRow:
    told = tell(item, say)
    documents = tuple(document_text(want, say) for want in documents_of(item))
    return ScoreRow(
        number, item.title[say.lang], plain(item.points), told.measure, told.score, told.conditions, documents
    )


def _bonus_row(bonus: Bonus, say: Scribe) -> ScoreRow:
    documents = tuple(document_text(want, say) for want in bonus.evidence)
    text = (bonus_text(bonus, say),)
    return ScoreRow("+", bonus.title[say.lang], plain(bonus.at_most), "", text, (), documents)


def _gate(rule: Rule, say: Scribe) -> Gate:
    good, bad = TICKED[rule.family]
    return Gate(rule.title[say.lang], (good[say.lang], bad[say.lang]))


# ---- inspection


def disputed_sheet(pack: Pack, case: Case, lang: Lang) -> InspectionSheet | None:
    """Return the inspection sheet of what another inspector must look at, as blind as any; None where there is nothing."""
    whole = inspection_sheet(pack, case.kind, lang, to_look_again(case.facts))
    return replace(whole, unit=Pair(case.code, case.name)) if whole.blocks else None


def inspection_sheet(pack: Pack, kind: str, lang: Lang, only: Container[str] | None = None) -> InspectionSheet:
    """Return the inspection sheets of a kind: what to look at by dimension, for one inspector, blind; `only` these fields."""
    say, root = scribe_of(pack, lang), pack.standard(kind)
    key = "inspection_sheet" if only is None else "another_look_sheet"
    report = InspectionSheet(
        frame=_frame(key, pack, kind, lang),
        heading=_heading(key, pack, kind, lang),
        blocks=tuple(_look_blocks(pack, kind, root, say, only)),
    )
    return cleaned(report, lang)


def _look_blocks(pack: Pack, kind: str, root: Node, say: Scribe, only: Container[str] | None) -> Iterator[LookBlock]:
    """Yield a block a dimension, then what only rules read. A field that several dimensions read is looked at in the first."""
    processes = {process.id: process for process in pack.processes}
    third = any(relation.use == "third_inspector" and kind in relation.kinds for relation in pack.relations)
    left = {field.id: field for field in pack.fields if kind in field.kinds and (only is None or field.id in only)}
    dimensions = _dimensions(root)
    for n, node in enumerate(dimensions, 1):
        items = tuple(leaves(node))
        names = dict.fromkeys(name for item in items for name in _fields_read(item, processes))
        fields = [left.pop(name) for name in names if name in left]
        judged = {name for item in items for name in fields_judged(item, processes)}
        if only is not None and not fields:
            continue
        numbered = [(f"{n}.{i}", item) for i, item in enumerate(items, 1)]
        served = [(number, item) for number, item in numbered if only is None or _reads(item, fields, processes)]
        items = tuple(item for _, item in served)
        yield LookBlock(
            str(n), node.title[say.lang], tuple(_served(number, item, say) for number, item in served),
            _look_rows(fields, judged, third, say), tuple(_samples(items, say)),
            tuple(dict.fromkeys(document_text(want, say) for item in items for want in documents_of(item))),
        )  # fmt: skip
    if rest := [field for field in left.values() if field.provided_by == "inspector" or only is not None]:
        title = speaker(say.lang)("other_matters")
        yield LookBlock(str(len(dimensions) + 1), title, (), _look_rows(rest, set(), third, say), (), ())


def _reads(item: Criterion, fields: Iterable[Field], processes: Mapping[str, Process]) -> bool:
    return not {field.id for field in fields}.isdisjoint(_fields_read(item, processes))


def _look_rows(fields: Iterable[Field], judged: Container[str], third: bool, say: Scribe) -> tuple[LookRow, ...]:
    ordered = sorted(filter(_looked_at, fields), key=_own_first)
    return tuple(_look_row(field, field.id in judged, third, say) for field in ordered)


def _fields_read(item: Criterion, processes: Mapping[str, Process]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*item.asks, *fields_of(item, processes))))


def _own_first(field: Field) -> tuple[bool, bool]:
    return (field.provided_by != "inspector", field.type == "table")


def _looked_at(field: Field) -> bool:
    """Say whether inspectors look at a field: their own, what the applicant declares, and every ledger."""
    return field.provided_by in ("inspector", "applicant") or field.type == "table"


def _served(number: str, item: Criterion, say: Scribe) -> Pair:
    ways = (CHECKED_BY.get(way, Label(way))[say.lang] for way in item.checked_by)
    return Pair(number, item.title[say.lang], speaker(say.lang)("listing").join(ways))


def _look_row(field: Field, judged: bool, third: bool, say: Scribe) -> LookRow:
    t, hints, unit = speaker(say.lang), [field.help[say.lang]], field.measured_in[say.lang]
    if third and field.tolerance is not None:
        apart = t("side_by_side", left=plain(field.tolerance), right=unit).rstrip()
        hints.append(t("third_inspector", apart=apart))
    own = field.provided_by == "inspector"
    title, hint = field.title[say.lang], t("between_sentences").join(hint for hint in hints if hint)
    return LookRow(title, hint, unit, _boxes(field, say), own, judged)


def _boxes(field: Field, say: Scribe) -> tuple[str, ...]:
    """Return what is to be ticked; none where something is written."""
    match field.type:
        case "yes_no":
            return tuple(word[say.lang] for word in YES_NO)
        case "choice":
            return tuple(say.option(field.id, code) for code, _ in field.options)
        case "table":
            t = speaker(say.lang)
            return (t("rows_checked"), t("rows_wrong"))
        case _:
            return ()


def _samples(items: tuple[Criterion, ...], say: Scribe) -> Iterator[str]:
    """Yield the least samples of a dimension, those of parts too, each once."""
    found = (part.sample for item in items for part in with_parts(item) if part.sample is not None)
    stop = speaker(say.lang)("stop")
    yield from dict.fromkeys(capital(sample_text(sample, say)) + stop for sample in found)
