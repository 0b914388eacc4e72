"""Words errors the same way for a cell, for the terminal and for JSON."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from ..core.canonical import Json
from ..core.label import Label, Lang
from ..core.problems import Problem, Problems, Severity
from ..standard.model import Pack, leaves
from .spots import Plans, spot

SEVERITIES: Mapping[Severity, Label] = {
    "error": Label("错误", "error"),
    "warning": Label("提醒", "warning"),
    "notice": Label("提示", "notice"),  # most of all what was corrected by itself
}


class CellError(Struct, frozen=True):
    """One problem at its cell. `cell` and `sheet` are "" for what concerns a file.

    `clause` names the clauses of the criteria that ask the field; a criterion without one is named itself.
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
    known = clauses(pack, kind)
    return tuple(_cell_error(problem, plans, known) for problem in problems)


def _cell_error(problem: Problem, plans: Plans, known: Mapping[str, tuple[Label, ...]]) -> CellError:
    at, here = problem.source, spot(problem.source, plans)
    asking = tuple(dict.fromkeys(label for name in here.fields for label in known.get(name, ())))
    clause = Label("、".join(one.zh for one in asking), ", ".join(one["en"] for one in asking))
    return CellError(
        at.file, at.sheet, at.cell, at.row or at.line, at.column, here.unit, here.key, here.label, here.value,
        problem.severity, problem.code, clause,
        problem.message_zh, problem.message_en, problem.hint_zh, problem.hint_en,
    )  # fmt: skip


def clauses(pack: Pack, kind: str = "") -> dict[str, tuple[Label, ...]]:
    """Return by field the clauses of the criteria that ask it, of one kind of unit or of all."""
    found: dict[str, dict[Label, None]] = {}
    for _, root in [one for one in pack.standards if one[0] == kind] or pack.standards:
        for item in leaves(root):
            for name in item.asks:
                found.setdefault(name, {})[Label(item.clause) if item.clause else item.title] = None
    return {name: tuple(labels) for name, labels in found.items()}
