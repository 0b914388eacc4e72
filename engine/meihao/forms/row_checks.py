"""Makes one short formula a row that counts the wrong cells of a clerk's sheet, and the hidden sheet of what each may hold."""

from __future__ import annotations

from collections.abc import Sequence

from .asked import Asked
from .faults import edges, words
from .layout import CHECKS
from .style import StyledWorkbook, letters

KIND, LOW, HIGH, WHOLE, WORDS = 1, 2, 3, 4, 5  # rows of the hidden sheet; words stand from the last on
NUMBER, CHOICE, TEXT = "n", "c", "t"


class RowChecks:
    """Keeps the hidden sheet, whose columns stand below those of the clerk's sheet from `first` (counted from 1) on."""

    def __init__(self, book: StyledWorkbook, columns: Sequence[Asked], first: int) -> None:
        self.first, self.last = first, first + len(columns) - 1
        page, deepest = book.page(CHECKS), WORDS
        for number, asked in enumerate(columns, first - 1):
            page.write_string(KIND - 1, number, _kind(asked))
            if _kind(asked) == NUMBER:
                for row, edge in ((LOW, edges(asked)[0]), (HIGH, edges(asked)[1]), (WHOLE, int(asked.type == "count"))):
                    page.write_number(row - 1, number, edge)
            for row, word in enumerate(words(asked, book.lang) if _kind(asked) == CHOICE else (), WORDS):
                page.write_string(row - 1, number, word)
                deepest = max(deepest, row)
        page.very_hidden()
        page.protect()
        self.deepest = deepest

    def wrong(self, row: int) -> str:
        """Return the formula that counts the filled cells of a row which will be refused."""
        one = f"${letters(self.first - 1)}{row}:${letters(self.last - 1)}{row}"
        said = f'(TRIM({one})<>"")'
        fraction = f'ISNUMBER(FIND(".",{one}&""))'
        inside = (
            f"ISNUMBER({one})*({one}>={self._row(LOW)})*({one}<={self._row(HIGH)})*(1-{self._row(WHOLE)}*{fraction})"
        )
        numbers = f'SUMPRODUCT({said}*({self._row(KIND)}="{NUMBER}")*(1-{inside}))'
        texts = f'SUMPRODUCT(ISNUMBER({one})*({self._row(KIND)}="{TEXT}"))'
        chosen = f'SUMPRODUCT({said}*({self._row(KIND)}="{CHOICE}"))'
        known = f"SUMPRODUCT({said}*(TRIM({one})={self._row(WORDS, self.deepest)}))"
        return f"{numbers}+{texts}+{chosen}-{known}"

    def _row(self, first: int, last: int = 0) -> str:
        return f"{CHECKS}!${letters(self.first - 1)}${first}:${letters(self.last - 1)}${last or first}"


def _kind(asked: Asked) -> str:
    match asked.type:
        case "yes_no" | "choice" | "table":
            return CHOICE
        case "text":
            return TEXT
        case _:
            return NUMBER
