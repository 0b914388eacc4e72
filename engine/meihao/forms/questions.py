"""Lays an applicant's form out as questions, a page a dimension, each with the documents that belong to it."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from ..core.by_identity import kept
from ..core.label import Label, Lang
from ..core.problems import Problem, Problems, Source
from ..evidence.typed import DOCUMENTS, NAMES, UNIT, Path, TypedDocument
from ..standard.model import DocumentWanted, Pack
from .asked import OTHER, OTHER_TITLE, Asked, WantedDocument, pages, wanted_by_page

QUESTION = Label("第{n}题", "question {n}")


class QuestionPage(Struct, frozen=True):
    """The questions of a dimension, and the documents that must be there for its points."""

    id: str
    title: Label
    lines: tuple[Asked, ...]
    documents: tuple[WantedDocument, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return what is asked: fields, then documents."""
        return (*((line.id,) for line in self.lines), *((DOCUMENTS, one.title.zh) for one in self.documents))


@kept
def question_pages(pack: Pack, kind: str) -> tuple[QuestionPage, ...]:
    """Return the pages of a kind in the standard's order. A document is asked for once, where it is first wanted."""
    lines = {page.id: page.lines for page in pages(pack, kind, "applicant")}
    wanted = wanted_by_page(pack, kind)
    titles = {child.id: child.title for child in pack.standard(kind).children} | {OTHER: OTHER_TITLE}
    found = (
        QuestionPage(name, title, lines.get(name, ()), tuple(d for d in wanted.get(name, ()) if not d.optional))
        for name, title in titles.items()
    )
    return tuple(page for page in found if page.paths)


def days_wanted(wants: tuple[DocumentWanted, ...]) -> dict[str, bool]:
    """Return which days of a document decide whether it serves, by the words of a typed document."""
    return {"date": any(w.valid_for for w in wants), "valid_to": any(w.valid_on_reference for w in wants)}


class QuestionPlaces:
    """Gives every answer a place that a person finds, and finds the answer again that a problem is about."""

    def __init__(self, asked: tuple[QuestionPage, ...], lang: Lang) -> None:
        self._paths: dict[Source, Path] = {}
        self._own: dict[Path, Source] = {(UNIT, word): Source(cell=label.title[lang]) for word, label in NAMES.items()}
        self._columns: dict[str, tuple[str, dict[str, int]]] = {}
        for page in asked:
            for number, line in enumerate(page.lines, 1):
                said = QUESTION[lang].format(n=number)
                self._own[line.id,] = Source(sheet=page.title[lang], cell=said)
                columns = {column.id: n for n, column in enumerate(line.columns, 1)}
                self._columns[line.id] = line.title[lang], columns
            for one in page.documents:
                self._own[DOCUMENTS, one.title.zh] = Source(sheet=page.title[lang], cell=one.title[lang])

    def __call__(self, path: Path) -> Source:
        """Return the place of an answer."""
        place = self._own.get(path) or self._inner(path)
        self._paths[place] = path
        return place

    def _inner(self, path: Path) -> Source:
        """Return the place of a cell, of a day of a document, and of what nobody asks."""
        first, *rest = path
        if document := self._own.get(path[:2]):
            return replace(document, column=list(TypedDocument.__struct_fields__).index(str(path[2])) + 1)
        if first in self._columns and len(rest) == 2:
            title, columns = self._columns[str(first)]
            return Source(sheet=title, row=int(rest[0]) + 1, column=columns.get(str(rest[1]), 0))
        return Source(sheet=str(first), cell=".".join(str(part) for part in rest) or str(first))

    def by_path(self, problems: Problems) -> dict[Path, Problems]:
        """Return problems by the answers that they are about."""
        found: dict[Path, Problems] = {}
        for problem in problems:
            path = self._paths.get(problem.source, ())
            found[path] = (*found.get(path, ()), problem)
        return found


def told_at_answer(problem: Problem, lang: Lang) -> str:
    """Return a problem as it is said beside the answer: with the words that stand at a cell, without a place."""
    return replace(problem, source=Source()).text(lang)
