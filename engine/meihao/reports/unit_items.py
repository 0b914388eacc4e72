"""Arranges an explained unit in rows: dimensions with their items, and the lines of grades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from msgspec import Struct

from ..assessment.explain.sums import ExplainedLine
from ..assessment.explain.unit import Evidence, ExplainedDimension, ExplainedItem
from ..assessment.results import Assessment, Item, LineResult, NodeScore
from ..core.numbers import Number, fixed
from ..core.problems import Lang, Source
from ..standard.model import Pack
from .figures import gap, mean, percent, span, texts
from .model import DimensionRow, ItemRow, LineRow, SumRow
from .words import capital, mark_of_outcome, mark_of_state, speaker

EVIDENCE_AT_MOST = 12


class Files(Struct, frozen=True):
    """The files that a unit's evidence came from; `[2]` stands for the second."""

    paths: tuple[str, ...]

    @classmethod
    def of(cls, dimensions: Sequence[ExplainedDimension]) -> Files:
        sources = (e.source for d in dimensions for i in d.items for e in i.evidence)
        return cls(tuple(dict.fromkeys(source.file for source in sources if source.file)))

    def names(self) -> tuple[str, ...]:
        """Return the name of each file without its folders; with the last folder where two have the same name."""
        names = [PurePath(path).name for path in self.paths]
        return tuple(
            name if names.count(name) == 1 else "/".join(PurePath(path).parts[-2:])
            for name, path in zip(names, self.paths, strict=True)
        )

    def short(self, source: Source) -> str:
        """Return `[2]14:9` for a place in the second file."""
        return f"[{self.paths.index(source.file) + 1}]{source.place}" if source.file in self.paths else source.place


class Peers(Struct, frozen=True):
    """The assessments of a unit's kind in its round, the unit's own among them; none where it was judged alone."""

    assessments: tuple[Assessment, ...]
    places: int

    def mean_of(self, node: str) -> Number | None:
        scores = [n.lo for a in self.assessments for n in a.nodes if n.id == node and n.applicable]
        return mean(scores) if len(self.assessments) > 1 and scores else None


def dimension_rows(
    explained: Sequence[ExplainedDimension], own: Assessment, peers: Peers, pack: Pack, files: Files, lang: Lang
) -> tuple[DimensionRow, ...]:
    """Return every dimension with every item of it."""
    items = {item.id: item for item in own.items}
    lines = {line.figure: line.at_least for line in own.lines if line.grade == pack.pass_grade}
    rows = []
    for number, one in enumerate(explained, 1):
        node, average = own.node(one.id), peers.mean_of(one.id)
        line = lines.get(one.id)
        inner = tuple(
            _item_row(f"{number}.{n}", e, items[e.id], files, lang, peers.places) for n, e in enumerate(one.items, 1)
        )
        rows.append(
            DimensionRow(
                number=str(number), title=one.title, points=one.points, full=one.full,
                percent=percent(node.lo, node.points), possible=percent(node.hi, node.points),
                mean="" if average is None else texts([average], peers.places)[0],
                mean_percent=-1 if average is None else percent(average, node.points),
                line_percent=-1 if line is None else percent(line, node.points),
                note=one.note, mark=mark_of_state(_state(node, line), lang), items=inner,
                lines=sum_rows(one.lines),
            )
        )  # fmt: skip
    return tuple(rows)


def sum_rows(lines: Sequence[ExplainedLine]) -> tuple[SumRow, ...]:
    """Return the lines of a sum."""
    return tuple(SumRow(capital(line.label), line.points, line.text) for line in lines)


def _state(node: NodeScore, line: Number | None) -> str:
    if line is None:
        return "holds" if node.lo == node.points else "open" if node.lo < node.hi else "note"
    return "holds" if node.lo >= line else "open" if node.hi >= line else "fails"


def _item_row(number: str, e: ExplainedItem, item: Item, files: Files, lang: Lang, places: int) -> ItemRow:
    shown = e.evidence[:EVIDENCE_AT_MOST]
    return ItemRow(
        id=e.id, number=number, title=e.title, mark=mark_of_outcome(item.outcome, lang), points=e.points, full=e.full,
        percent=percent(item.lo, item.points), possible=percent(item.hi, item.points), reason=e.reason, basis=e.basis,
        clause=e.clause, source=_source(e.evidence, lang), evidence=_evidence(shown, files, lang),
        more=len(e.evidence) - len(shown), rest=e.remedy, open_points=_open(item, places),
    )  # fmt: skip


def _open(item: Item, places: int) -> str:
    """Return the points that the item could still earn; "" where there are none or it does not apply."""
    return "" if item.outcome in ("not_applicable", "exempt") else gap(item.lo, item.points, places)


def _source(evidence: Sequence[Evidence], lang: Lang) -> str:
    """Return the names of what an item was judged from, the first and how many there are."""
    names = tuple(dict.fromkeys(one.label for one in evidence))
    if len(names) < 2:
        return "".join(names)
    return speaker(lang)("source_and_more", first=names[0], all=len(names), more=len(names) - 1)


def _evidence(shown: Sequence[Evidence], files: Files, lang: Lang) -> tuple[str, ...]:
    """Return one text for each observer and day: who, when, and each value with its place."""
    t = speaker(lang)
    colon, comma = t("colon"), t("listing")
    grouped: dict[str, list[str]] = {}
    for one in shown:
        origin = f"{one.observer} {one.day}".strip()
        grouped.setdefault(origin, []).append(f"{one.label} {one.value} {files.short(one.source)}".strip())
    return tuple(
        f"{origin}{colon}{comma.join(values)}" if origin else comma.join(values) for origin, values in grouped.items()
    )


def line_rows(own: Assessment, pack: Pack, titles: Mapping[str, str], lang: Lang) -> tuple[LineRow, ...]:
    """Return the lines of every grade: one row for each line on a total, one for all lines on dimensions together."""
    t, rows = speaker(lang), list[LineRow]()
    for grade in pack.grades:
        mine = [line for line in own.lines if line.grade == grade.id]
        for line in (one for one in mine if one.figure not in titles):
            name = t(line.figure)
            needed = "?" if line.at_least is None else fixed(line.at_least, pack.display_places)
            now = span(line.lo, line.hi, pack.display_places)
            lacking = "" if line.at_least is None else gap(line.lo, line.at_least, pack.display_places)
            missing = (t("side_by_side", left=name, right=lacking),) if lacking else ()
            mark = "waived" if line.waived else "holds" if line.holds else "fails" if line.fails else "open"
            rows.append(LineRow(grade.title[lang], f"{name} ≥ {needed}", now, missing, mark_of_state(mark, lang)))
        inner = [one for one in mine if one.figure in titles]
        rows += [_dimension_lines(grade.title[lang], inner, titles, lang, pack.display_places)] if inner else []
    return tuple(rows)


def _dimension_lines(
    grade: str, lines: Sequence[LineResult], titles: Mapping[str, str], lang: Lang, places: int
) -> LineRow:
    short = [line for line in lines if not line.holds]
    asked = speaker(lang)("dimensions_each", n=len(lines))
    now = f"{len(lines) - len(short)}/{len(lines)}"
    missing = tuple(_short(line, titles, places, lang) for line in short)
    state = "holds" if not short else "fails" if any(line.fails for line in short) else "open"
    return LineRow(grade, asked, now, missing, mark_of_state(state, lang))


def _short(line: LineResult, titles: Mapping[str, str], places: int, lang: Lang) -> str:
    missing = "?" if line.at_least is None else gap(line.lo, line.at_least, places)
    return speaker(lang)("side_by_side", left=titles[line.figure], right=missing)
