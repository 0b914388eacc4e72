"""Words errors the same way for a cell, for the terminal and for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from ..core.canonical import Json
from ..core.label import YES_NO, Label, Lang
from ..core.problems import Problem, Problems, Severity
from ..evidence.messages import NOT_AN_OPTION, NOT_YES_NO
from ..standard.model import Column, Field, Pack, leaves
from .spots import Plans, spot

SEVERITIES: Mapping[Severity, Label] = {
    "error": Label("错误", "error"),
    "warning": Label("提醒", "warning"),
    "notice": Label("提示", "notice"),  # most of all what was corrected by itself
}

_CHOSEN = ("yes_no", "choice")


class CellError(Struct, frozen=True):
    """One problem at its cell. `cell` and `sheet` are "" for what concerns a file.

    `clause` names the clauses of the criteria that ask the field; a criterion without one is named itself. `choices` are
    what may stand in the cell, where that is what is wrong with it.
    """

    file: str
    sheet: str
    cell: str
    row: int
    column: int
    unit: str
    row_key: str
    label: Label
    value: str
    severity: Severity
    rule: str
    clause: Label
    zh: str
    en: str
    fix_zh: str = ""
    fix_en: str = ""
    choices: tuple[Label, ...] = ()

    def message(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en

    def fix(self, lang: Lang) -> str:
        return self.fix_zh if lang == "zh" else self.fix_en

    def text(self, lang: Lang) -> str:
        """Return the sentence that stands in the comment, in the column of errors and on the terminal.

        >>> CellError("", "", "", 0, 0, "", "", Label(""), "", "error", "E002", Label(""), "应为整数", "", "填个数").text("zh")
        'E002 应为整数（填个数）'
        """
        fix = self.fix(lang)
        closing = (f"（{fix}）" if lang == "zh" else f" ({fix})") if fix else ""
        return f"{self.rule} {self.message(lang)}{closing}"

    def place(self) -> str:
        """Return `sheet!cell`, or what is known of the place."""
        if self.cell:
            return f"{self.sheet}!{self.cell}"
        return self.sheet or (f"{self.row}" if self.row else "")

    def where(self, file: str, lang: Lang) -> str:
        """Return the cell, the row of a CSV, or the file where that is another one than `file`, such as a submission."""
        if self.cell or self.sheet:
            return self.place()
        if self.file and not self.file.startswith(file):
            return self.file
        said = f"第{self.row}行" if lang == "zh" else f"row {self.row}"
        return said if self.row else ""

    def to_json(self) -> Mapping[str, Json]:
        return {
            "file": self.file,
            "sheet": self.sheet,
            "cell": self.cell,
            "row": self.row,
            "unit": self.unit,
            "row_key": self.row_key,
            "label": {"zh": self.label.zh, "en": self.label["en"]},
            "value": self.value,
            "severity": self.severity,
            "rule": self.rule,
            "clause": {"zh": self.clause.zh, "en": self.clause["en"]},
            "message": {"zh": self.zh, "en": self.en},
            "fix": {"zh": self.fix_zh, "en": self.fix_en},
        }


def cell_errors(problems: Problems, plans: Plans, pack: Pack, kind: str = "") -> tuple[CellError, ...]:
    """Return every problem as it is told at its cell, in the order given; with clauses of a kind where it is known."""
    known, fields = clauses(pack, kind), {field.id: field for field in pack.fields}
    return tuple(_cell_error(problem, plans, known, fields) for problem in problems)


def by_cell(errors: Iterable[CellError]) -> tuple[tuple[CellError, ...], ...]:
    """Return errors, those of one cell together, the cells in the order of their first."""
    found: dict[object, list[CellError]] = {}
    for number, error in enumerate(errors):
        found.setdefault((error.sheet, error.cell) if error.cell else number, []).append(error)
    return tuple(map(tuple, found.values()))


def _cell_error(
    problem: Problem, plans: Plans, known: Mapping[str, tuple[Label, ...]], fields: Mapping[str, Field]
) -> CellError:
    at, here = problem.source, spot(problem.source, plans)
    asking = tuple(dict.fromkeys(label for name in here.fields for label in known.get(name, ())))
    clause = Label("、".join(one.zh for one in asking), ", ".join(one["en"] for one in asking))
    return CellError(
        at.file, at.sheet, at.cell, at.row or at.line, at.column, here.unit, here.key, here.label, here.value,
        problem.severity, problem.code, clause,
        problem.message_zh, problem.message_en, problem.hint_zh, problem.hint_en,
        _choices(problem, [fields[name] for name in here.fields], here.label),
    )  # fmt: skip


def _choices(problem: Problem, asked: Sequence[Field], label: Label) -> tuple[Label, ...]:
    """Return what may stand in a cell whose value is no choice of its field, or of its column in a register."""
    if problem.code not in (NOT_AN_OPTION.code, NOT_YES_NO.code) or len(asked) != 1:
        return ()
    parts: tuple[Field | Column, ...] = (asked[0], *asked[0].columns)
    meant = [part for part in parts if part.type in _CHOSEN]
    found = meant if len(meant) == 1 else [part for part in meant if label.zh.startswith(part.title.zh)]
    if len(found) != 1:
        return ()
    return YES_NO if found[0].type == "yes_no" else tuple(choice for _, choice in found[0].options)


def clauses(pack: Pack, kind: str = "") -> dict[str, tuple[Label, ...]]:
    """Return by field the clauses of the criteria that ask it, of one kind of unit or of all."""
    found: dict[str, dict[Label, None]] = {}
    for _, root in [one for one in pack.standards if one[0] == kind] or pack.standards:
        for item in leaves(root):
            for name in item.asks:
                found.setdefault(name, {})[Label(item.clause) if item.clause else item.title] = None
    return {name: tuple(labels) for name, labels in found.items()}
