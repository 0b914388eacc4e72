"""What `import` prints of a file: how it came out first, then every error with its place, then what was corrected."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.problems import Lang
from ..forms.cell_errors import SEVERITIES, CellError
from ..forms.summary import headline
from .printing import chooser, table

if TYPE_CHECKING:
    from .import_ import Outcome

MOST_NOTICES = 20


def page(outcome: Outcome, folder: Path | None, lang: Lang) -> str:
    """Return the page of one file."""
    say = chooser(lang)
    lines = [str(outcome.path), headline(outcome.errors, lang)]
    wrong = [error for error in outcome.errors if error.severity != "notice"]
    notices = [error for error in outcome.errors if error.severity == "notice"]
    if wrong:
        lines += ["", table([_heads(lang), *(_row(error, lang) for error in wrong)])]
    if notices:
        lines += ["", *(_notice(error, lang) for error in notices[:MOST_NOTICES])]
        if len(notices) > MOST_NOTICES:
            lines.append(say(f"  · 另有{len(notices) - MOST_NOTICES}条", f"  · and {len(notices) - MOST_NOTICES} more"))
    lines += ["", *_units(outcome, folder, lang)]
    if outcome.written is not None:
        lines.append(say(f"错误已写在{outcome.written}", f"errors are written into {outcome.written}"))
    return "\n".join(lines)


def _heads(lang: Lang) -> Sequence[str]:
    say = chooser(lang)
    return [say("程度", "severity"), say("位置", "place"), say("单位或行", "unit or row"), say("填报项", "item"),
            say("现在的值", "value"), say("问题", "what is wrong"), say("条款", "clause")]  # fmt: skip


def _row(error: CellError, lang: Lang) -> Sequence[str]:
    row = error.unit or error.row_key
    return [SEVERITIES[error.severity][lang], error.place(), row, error.label[lang], error.value[:30],
            error.text(lang), error.clause[lang]]  # fmt: skip


def _notice(error: CellError, lang: Lang) -> str:
    return f"  · {error.place()} {error.text(lang)}".replace("  · \x20", "  · ")


def _units(outcome: Outcome, folder: Path | None, lang: Lang) -> Sequence[str]:
    """Return what was stored, or would be, unit by unit in few lines."""
    say = chooser(lang)
    lines = []
    whole, refused = outcome.handed.units, outcome.handed.refused
    if folder is None:
        codes = _some([unit.code for unit in whole])
        lines.append(say(f"可以收下{len(whole)}个单位{codes}（没有写--round，只检查，没有存）",
                         f"{len(whole)} units can be stored{codes} (no --round: checked only, nothing stored)"))  # fmt: skip
    else:
        new = [f"{code}#{number}" for code, number in outcome.stored.items() if number]
        lines.append(say(f"存入{len(new)}个单位{_some(new)}", f"stored {len(new)} units{_some(new)}"))
    if refused:
        lines.append(say(f"有错误、整个没有收的单位{len(refused)}个{_some(refused)}",
                         f"{len(refused)} units have errors and were not stored at all{_some(refused)}"))  # fmt: skip
    if outcome.files_left or outcome.rows_left:
        files, rows = len(outcome.files_left), len(outcome.rows_left)
        lines.append(
            say(f"对不上的材料：文件{files}个，清单{rows}行", f"unmatched: {files} files, {rows} lines of the list")
        )
    return lines


def _some(names: Sequence[str]) -> str:
    return f"：{'、'.join(names[:8])}{' …' if len(names) > 8 else ''}" if names else ""
