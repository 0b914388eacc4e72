"""Prints how the import of a file came out, then every error with its place, then what was corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..core.problems import Lang
from ..forms.cell_errors import SEVERITIES, CellError
from ..forms.messages import COPY_DIFFERS, NOT_WRITABLE_BOOK, TOO_BIG_TO_WRITE
from ..forms.summary import headline
from ..uses.taken_in import TakenIn
from .printing import chooser, several, table

MOST_NOTICES = 20
_LISTED_ONLY = (TOO_BIG_TO_WRITE.code, NOT_WRITABLE_BOOK.code, COPY_DIFFERS.code)


def page(outcome: TakenIn, stored: bool, lang: Lang) -> str:
    """Return the page of one file; `stored` says whether a round takes it in."""
    say = chooser(lang)
    lines = [str(outcome.path), headline(outcome.errors, lang)]
    wrong = [error for error in outcome.errors if error.severity != "notice"]
    notices = [error for error in outcome.errors if error.severity == "notice"]
    if wrong:
        lines += ["", _table(wrong, outcome, lang)]
    if notices:
        lines += ["", *(f"  · {_at(error, outcome, lang)}{error.text(lang)}" for error in notices[:MOST_NOTICES])]
        if len(notices) > MOST_NOTICES:
            lines.append(say(f"  · 另有{len(notices) - MOST_NOTICES}条", f"  · and {len(notices) - MOST_NOTICES} more"))
    if not outcome.unread:  # a file that could not be read at all holds no units to speak of
        lines += ["", *_units(outcome, stored, lang), *_corrected(outcome, lang), *_written(outcome, lang)]
    return "\n".join(lines)


def _table(wrong: Sequence[CellError], outcome: TakenIn, lang: Lang) -> str:
    """Return the errors as a table, without a column that says nothing of any of them. The sentence names item and value."""
    say = chooser(lang)
    heads = [
        say("程度", "severity"),
        say("位置", "place"),
        say("单位或行", "unit or row"),
        say("问题", "what is wrong"),
    ]
    rows = [
        (SEVERITIES[one.severity][lang], one.where(str(outcome.path), lang), one.unit or one.row_key, one.text(lang))
        for one in wrong
    ]
    kept = [n for n in range(len(heads)) if any(row[n] for row in rows)]
    return table([[row[n] for n in kept] for row in (heads, *rows)])


def _at(error: CellError, outcome: TakenIn, lang: Lang) -> str:
    place = error.where(str(outcome.path), lang)
    return f"{place} " if place else ""


def _units(outcome: TakenIn, stored: bool, lang: Lang) -> Sequence[str]:
    """Return what was stored, or would be, unit by unit in few lines."""
    say = chooser(lang)
    lines = []
    whole, refused = outcome.handed.units, outcome.handed.refused
    if not stored:
        codes, can = _some([unit.code for unit in whole], lang), several(len(whole), "unit")
        lines.append(say(f"可以收下{len(whole)}个单位{codes}（没有写--round，只检查，没有存）",
                         f"{can} can be stored{codes} (no --round: checked only, nothing stored)"))  # fmt: skip
    else:
        new = [f"{code}#{one.number}" for code, one in outcome.stored.items() if one.number]
        names = _some(new, lang)
        lines.append(say(f"存入{len(new)}个单位{names}", f"stored {several(len(new), 'unit')}{names}"))
    if refused:
        names, many = _some(refused, lang), several(len(refused), "unit")
        lines.append(
            say(f"有错误、整个没有收的单位{len(refused)}个{names}", f"not stored at all, for errors: {many}{names}")
        )
    if outcome.files_left or outcome.rows_left:
        files, rows = len(outcome.files_left), len(outcome.rows_left)
        left = f"{several(files, 'file')}, {several(rows, 'line')} of the list"
        lines.append(say(f"对不上的材料：文件{files}个，清单{rows}行", f"unmatched: {left}"))
    return lines


def _corrected(outcome: TakenIn, lang: Lang) -> Iterator[str]:
    """Yield what the stored submissions took the place of."""
    say = chooser(lang)
    found = [(code, one) for code, stored in outcome.stored.items() for one in stored.corrections]
    for code, one in found[:MOST_NOTICES]:
        values = f"{one.label[lang]}  {one.old[lang]} → {one.new[lang]}"
        yield say(f"  更正 {code} {values}", f"  corrected {code} {values}")
    if len(found) > MOST_NOTICES:
        more = len(found) - MOST_NOTICES
        yield say(f"  另有{more}处更正", f"  and {several(more, 'correction')} more")


def _written(outcome: TakenIn, lang: Lang) -> Iterator[str]:
    """Yield where the errors stand, and what comes next."""
    say, found, written = chooser(lang), {error.severity for error in outcome.errors}, outcome.written
    if written is None:
        if any(error.rule in _LISTED_ONLY for error in outcome.errors):
            yield say("要把错误存成文件，同一条命令加--format json > 错误.json",
                      "to keep the errors in a file, add --format json > errors.json to the same command")  # fmt: skip
        return
    if "error" in found:
        yield say(f"错误已写在{written}", f"errors are written into {written}")
        yield say("改好这一份，存盘，再导入它", "correct them there, save, and import that file")
    elif "warning" in found:
        yield say(f"没有错误，提醒写在{written}", f"no errors; the warnings are in {written}")
    else:
        yield say(f"没有错误了：{written}里的错误信息已清掉", f"no errors left: {written} was cleaned of them")


def _some(names: Sequence[str], lang: Lang) -> str:
    say = chooser(lang)
    shown = say("、", ", ").join(names[:8])
    return f"{say('：', ': ')}{shown}{' …' if len(names) > 8 else ''}" if names else ""
