"""Knows the form of the self-check: how answers are named on a page, read from what a page sends, and shown again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..core.label import YES_NO
from ..core.problems import LANGS, Lang, Problems
from ..core.text import Label
from ..evidence.typed import DAYS, DOCUMENTS, Path, TypedDocument, TypedUnit
from ..forms import say
from ..forms.asked import Asked, WantedDocument
from ..forms.questions import QuestionPage, days_wanted, told_at_answer
from ..uses.try_out import Tried

MOST_ROWS = 30  # entries of a register that a page shows as inputs; what a workbook brought beyond stays as it is
MOST_RADIOS = 6
KEYBOARDS = {"count": "numeric", "number": "decimal", "money": "decimal", "percent": "decimal"}
Said = tuple[tuple[str, bool], ...]
"""Sentences beside an answer, each with whether it is an error."""


class Blank(Struct, frozen=True):
    """An input: its name, what was typed, what may be chosen, and what is said of it."""

    name: str
    label: str
    typed: str
    options: tuple[tuple[str, str], ...]
    unit: str
    hint: str
    keyboard: str
    said: Said

    @property
    def wrong(self) -> bool:
        return any(error for _, error in self.said)


class Entries(Struct, frozen=True):
    """The entries of a table as inputs; `count` entries where they are too many to show. `none`: there are said to be none."""

    rows: tuple[tuple[Blank, ...], ...]
    count: int
    none: bool


class ShownQuestion(Struct, frozen=True):
    """A question with its input, or with the inputs of its entries."""

    number: int
    blank: Blank
    purposes: str
    register: Entries | None = None

    @property
    def radios(self) -> bool:
        return 0 < len(self.blank.options) <= MOST_RADIOS

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """The inputs of the answer."""
        return (self.blank, *(cell for row in (self.register.rows if self.register else ()) for cell in row))


class ShownDocument(Struct, frozen=True):
    """A document that may be at hand, with the days that decide whether it serves."""

    name: str
    title: str
    demands: str
    ticked: bool
    days: tuple[Blank, ...]
    said: Said

    @property
    def blanks(self) -> tuple[Blank | ShownDocument, ...]:
        """The inputs of the answer."""
        return (self, *self.days)


class ShownPage(Struct, frozen=True):
    """One page of questions as it is shown."""

    id: str
    title: str
    questions: tuple[ShownQuestion, ...]
    documents: tuple[ShownDocument, ...]

    @property
    def wrong(self) -> tuple[tuple[str, str], ...]:
        """Return the errors of the page, each with the name of its input."""
        return tuple((blank.name, text) for blank in self.blanks for text, error in blank.said if error)

    @property
    def blanks(self) -> tuple[Blank | ShownDocument, ...]:
        """Every input of which something may be said."""
        asked: tuple[ShownQuestion | ShownDocument, ...] = (*self.questions, *self.documents)
        return tuple(blank for one in asked for blank in one.blanks)


def name_of(path: Path) -> str:
    """Return the name of an answer's input, which is its address on the page as well; blanks have no place in one.

    >>> name_of(("lifts", 0, "valid_to"))
    'lifts:0:valid_to'
    """
    return ":".join(str(part) for part in path).replace(" ", "_")


# ---- from a page


def typed_on(posted: Any, sheet: QuestionPage, before: TypedUnit) -> TypedUnit:
    """Return what was typed before with what a page sends in its place. What the page did not show stays."""
    answers, documents = dict(before.answers), dict(before.documents)
    for line in sheet.lines:
        name = name_of((line.id,))
        said: str | tuple[Mapping[str, str], ...] | None = posted.get(name)
        if line.type == "table":
            said = rows_sent(posted, line) if f"{name}:rows" in posted else answers.get(line.id)
        if said is not None:
            answers[line.id] = said
        if said == "" or (said is None and line.type == "table"):
            answers.pop(line.id, None)
    for one in sheet.documents:
        title = one.title.zh
        name = name_of((DOCUMENTS, title))
        documents.pop(title, None)
        if name in posted:
            documents[title] = TypedDocument(*(posted.get(f"{name}:{word}", "") for word in DAYS))
    return replace(before, answers=answers, documents=documents)


def rows_sent(posted: Any, line: Asked) -> tuple[Mapping[str, str], ...] | None:
    """Return the entries of a register; () where there are said to be none, None where nothing is said."""
    name = name_of((line.id,))
    count = posted.get(f"{name}:rows", "")
    most = min(int(count), MOST_ROWS + 1) if count.isascii() and count.isdigit() else 0
    rows = ({c.id: posted.get(f"{name}:{n}:{c.id}", "") for c in line.columns} for n in range(most))
    filled = tuple({key: text for key, text in row.items() if text.strip()} for row in rows)
    kept = tuple(row for row in filled if row)
    return kept or (() if f"{name}:none" in posted else None)


# ---- to a page


class Shower(Struct, frozen=True):
    """Shows what was typed with what was found, in one language. `more` is the register that gets an empty entry."""

    tried: Tried
    typed: TypedUnit
    lang: Lang
    words: Mapping[str, Label]
    more: str = ""

    def sheet(self, page: QuestionPage) -> ShownPage:
        """Return a page of questions."""
        questions = tuple(self.question(number, line) for number, line in enumerate(page.lines, 1))
        return ShownPage(page.id, page.title[self.lang], questions, tuple(map(self._document, page.documents)))

    def answered(self, page: QuestionPage) -> int:
        """Return how many questions of a page have an answer."""
        return sum(line.id in self.typed.answers for line in page.lines)

    def wrong(self, page: QuestionPage) -> int:
        """Return how many answers of a page must be corrected."""
        own = {line.id for line in page.lines} | {one.title.zh for one in page.documents}
        return sum(
            any(problem.severity == "error" for problem in problems) and (set(path[:2]) & own != set())
            for path, problems in self.tried.said.items()
        )

    def said(self, path: Path) -> Said:
        found: Problems = self.tried.said.get(path, ())
        return tuple((told_at_answer(problem, self.lang), problem.severity == "error") for problem in found)

    def value(self, line: Asked) -> str:
        """Return an answer as it was read, else as it was typed; "" where there is none."""
        seen = next((one for one in self.tried.evidence.observations if one.field == line.id), None)
        typed = self.typed.answers.get(line.id, "")
        if isinstance(typed, tuple):
            return self._word("entries").format(n=len(typed)) if typed else self._word("none_at_all")
        return say.value(line, seen.value, self.lang) if seen and not isinstance(seen.value, tuple) else typed

    def days(self, one: WantedDocument) -> str:
        """Return the days of a document that is at hand."""
        typed = self.typed.documents[one.title.zh]
        said = ((word, getattr(typed, word)) for word in DAYS)
        return self._word("comma").join(
            self._word("day_of").format(what=self._word(word), day=day) for word, day in said if day
        )

    def _word(self, key: str) -> str:
        return self.words[key][self.lang]

    def question(self, number: int, line: Asked) -> ShownQuestion:
        """Return a question with its input, or with the inputs of its entries."""
        typed = self.typed.answers.get(line.id, "")
        blank = self._blank(line, (line.id,), typed if isinstance(typed, str) else "")
        purposes = say.purposes(line.purposes, self.lang)
        register = self._register(line, typed) if line.type == "table" else None
        return ShownQuestion(number, blank, purposes, register)

    def _register(self, line: Asked, typed: str | tuple[Mapping[str, str], ...]) -> Entries:
        given = typed if isinstance(typed, tuple) else ()
        if len(given) > MOST_ROWS:
            return Entries((), len(given), False)
        more = not given or (line.id == self.more and len(given) < MOST_ROWS)
        rows = tuple(
            tuple(self._blank(c, (line.id, n, c.id), row.get(c.id, "")) for c in line.columns)
            for n, row in enumerate((*given, *(({},) if more else ())))
        )
        return Entries(rows, len(given), isinstance(typed, tuple) and not given)

    def _blank(self, asked: Asked, path: Path, typed: str) -> Blank:
        codes = dict(asked.options) or ({word.zh: word for word in YES_NO} if asked.type == "yes_no" else {})
        options = tuple((code, label[self.lang]) for code, label in codes.items())
        chosen = next((c for c, label in codes.items() if typed in (c, *(label[one] for one in LANGS))), typed)
        unit = "" if asked.type == "percent" else asked.measured_in[self.lang]
        return Blank(
            name_of(path), asked.title[self.lang], chosen, options, unit, self._hint(asked, len(path) > 1),
            KEYBOARDS.get(asked.type, ""), self.said(path),
        )  # fmt: skip

    def _hint(self, asked: Asked, inner: bool) -> str:
        """Return what may be answered where an input does not show it; beside an entry there is room for little."""
        if inner and asked.type == "date":
            return self._word("day_hint").format(day=say.example(asked)[self.lang])
        if inner or asked.type in ("yes_no", "choice", "table"):
            return asked.help[self.lang]
        shown = say.example(asked)[self.lang]
        such = (
            self._word("for_example").format(example=shown) if shown and asked.type not in ("date", "percent") else ""
        )
        return Label("；", "; ")[self.lang].join(
            part for part in (say.told(asked, self.lang).rstrip("."), such) if part
        )

    def _document(self, one: WantedDocument) -> ShownDocument:
        path: Path = (DOCUMENTS, one.title.zh)
        typed = self.typed.documents.get(one.title.zh)
        asked = days_wanted(one.wants)
        days = tuple(
            self._blank(Asked(word, column.title, "date"), (*path, word), getattr(typed, word) if typed else "")
            for word, column in DAYS.items()
            if asked[word] or (typed and getattr(typed, word))
        )
        return ShownDocument(
            name_of(path),
            one.title[self.lang],
            say.demands(one.wants, self.lang),
            typed is not None,
            days,
            self.said(path),
        )
