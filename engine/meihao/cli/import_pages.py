"""Prints how the import of a file came out, then every error with its place, then what was corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..core.problems import Lang
from ..forms.cell_errors import SEVERITIES, CellError
from ..forms.messages import COPY_DIFFERS, NOT_WRITABLE_BOOK, TOO_BIG_TO_WRITE
from ..forms.summary import headline
from ..uses.taken_in import TakenIn
from .phrases.intake import INTAKE
from .printing import table
from .speaker import speaker

MOST_NOTICES = 20
_LISTED_ONLY = (TOO_BIG_TO_WRITE.code, NOT_WRITABLE_BOOK.code, COPY_DIFFERS.code)


def page(outcome: TakenIn, stored: bool, lang: Lang) -> str:
    """Return the page of one file; `stored` says whether a round takes it in."""
    say = speaker(lang, INTAKE)
    lines = [str(outcome.path), headline(outcome.errors, lang)]
    wrong = [error for error in outcome.errors if error.severity != "notice"]
    notices = [error for error in outcome.errors if error.severity == "notice"]
    if wrong:
        lines += ["", _table(wrong, outcome, lang)]
    if notices:
        lines += ["", *(f"  · {_at(error, outcome, lang)}{error.text(lang)}" for error in notices[:MOST_NOTICES])]
        if len(notices) > MOST_NOTICES:
            lines.append(say("more_lines", more=len(notices) - MOST_NOTICES))
    if not outcome.unread:  # a file that could not be read at all holds no units to speak of
        lines += ["", *_units(outcome, stored, lang), *_corrected(outcome, lang), *_written(outcome, lang)]
    return "\n".join(lines)


def _table(wrong: Sequence[CellError], outcome: TakenIn, lang: Lang) -> str:
    """Return the errors as a table, without a column that says nothing of any of them. The sentence names item and value."""
    say = speaker(lang, INTAKE)
    heads = [say("severity"), say("cell"), say("unit_or_row"), say("fault")]
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
    say = speaker(lang, INTAKE)
    lines = []
    whole, refused = outcome.handed.units, outcome.handed.refused
    if not stored:
        lines.append(say("storable", n=len(whole), codes=_some([unit.code for unit in whole], lang)))
    else:
        new = [f"{code}#{one.number}" for code, one in outcome.stored.items() if one.number]
        lines.append(say("stored", n=len(new), codes=_some(new, lang)))
    if refused:
        lines.append(say("not_stored", n=len(refused), codes=_some(refused, lang)))
    if outcome.files_left or outcome.rows_left:
        lines.append(say("unmatched", files=len(outcome.files_left), rows=len(outcome.rows_left)))
    return lines


def _corrected(outcome: TakenIn, lang: Lang) -> Iterator[str]:
    """Yield what the stored submissions took the place of."""
    say = speaker(lang, INTAKE)
    found = [(code, one) for code, stored in outcome.stored.items() for one in stored.corrections]
    for code, one in found[:MOST_NOTICES]:
        yield say("corrected", code=code, change=f"{one.label[lang]}  {one.old[lang]} → {one.new[lang]}")
    if len(found) > MOST_NOTICES:
        yield say("more_corrected", more=len(found) - MOST_NOTICES)


def _written(outcome: TakenIn, lang: Lang) -> Iterator[str]:
    """Yield where the errors stand, and what comes next."""
    say, found, written = speaker(lang, INTAKE), {error.severity for error in outcome.errors}, outcome.written
    if written is None:
        if any(error.rule in _LISTED_ONLY for error in outcome.errors):
            yield say("keep_errors")
        return
    if "error" in found:
        yield say("errors_written", path=written)
        yield say("correct_there")
    elif "warning" in found:
        yield say("warnings_written", path=written)
    else:
        yield say("cleaned", path=written)


def _some(names: Sequence[str], lang: Lang) -> str:
    say = speaker(lang, INTAKE)
    shown = say("listing").join(names[:8])
    return f"{say('colon')}{shown}{' …' if len(names) > 8 else ''}" if names else ""
