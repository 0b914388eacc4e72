"""Sets a unit's report as PDF/A-3a with Typst: the same words and drawings, many times as fast, and without Pango.

The template is ours and holds no data; the report reaches it as a JSON file in memory, so a text is never read as code.
Typst sees these files in memory, the bundled fonts and the folder of our templates; no package is asked for.
"""

from __future__ import annotations

import base64
import html
import io
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from PIL import Image

from ..core.problems import Lang, Problems, Source
from . import messages
from .look import Look
from .model import UnitReport
from .pdf import Stamp, font_folder
from .photos import picture_type
from .render import built_in_templates, macros
from .seal import seal, with_identifier
from .words import PHRASES, speaker

TEMPLATE = "unit.typ"
STANDARD = "a-3a"
UNSETTLED = "did not converge"  # what Typst warns of where the pages of its last try are not those of the one before
FAMILIES = "Noto Sans SC, Noto Sans SC Rare"  # as the font files name themselves; drawings ask for them by name
_SIZE = re.compile(r' (?:width|height)="[^"]*"')  # the template gives the size
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


class Drawing(Struct, frozen=True):
    """A drawing of the page as a file of its own, and the words for those who do not see it."""

    svg: str
    alt: str


class Drawings(Struct, frozen=True):
    """The drawings of a unit's report, in the order of their rows."""

    radar: Drawing | None
    position: Drawing | None
    qr: Drawing | None
    bullets: tuple[Drawing, ...]
    dumbbells: tuple[Drawing, ...]


class Given(Struct, frozen=True):
    """All that the template reads: `day` is year, month and day; `pictures` are drawings that hold one each."""

    report: UnitReport
    words: Mapping[str, str]
    look: Look
    drawings: Drawings
    day: tuple[int, int, int]
    pictures: Mapping[str, str]
    seal: str
    logo: str
    result: str
    description: str


@cache
def _compiler() -> tuple[Any, bytes, str]:
    """Return Typst with our fonts, and the template, loaded once in a process; or why there is none."""
    try:
        import typst  # late: an extra of ours
    except ImportError as missing:
        return None, b"", str(missing)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())])
    root = str(built_in_templates())
    compiler = typst.Compiler(
        root=root, font_paths=fonts, ignore_system_fonts=True, package_path=root, package_cache_path=root
    )
    return compiler, (Path(root) / TEMPLATE).read_bytes(), ""


def typst_missing() -> Problems:
    """Return why Typst sets no PDF on this machine, nothing where it does."""
    _, _, why = _compiler()
    return (messages.NO_TYPST.at(Source(), why=why),) if why else ()


def typst_pdf(
    report: UnitReport, result: str, stamp: Stamp, look: Look, pictures: Mapping[str, bytes]
) -> tuple[bytes, Problems]:
    """Return the PDF of a report that is fit to print, with its result inside; b"" with the problem where there is none."""
    compiler, template, why = _compiler()
    if why:
        return b"", typst_missing()
    shown = {url: _picture(data) for url, data in pictures.items()}
    given = msgspec.json.encode(_given(report, result, stamp, look, shown))
    pdf, why = _set(compiler, {"main.typ": template, "data.json": given}, stamp)
    if why:
        return b"", (messages.PDF_FAILED.at(Source(), title=stamp.digest[:18], why=why[:200]),)
    return seal(with_identifier(pdf, stamp.identifier())), ()


def _set(compiler: Any, files: Mapping[str, bytes], stamp: Stamp) -> tuple[bytes, str]:
    """Return the PDF, or why there is none: a fault, or pages that never settle, whose numbers would be wrong."""
    try:
        pdf, said = compiler.compile_with_warnings(
            files, format="pdf", pdf_standards=STANDARD, timestamp=stamp.moment()
        )
    except RuntimeError as wrong:  # what Typst raises
        return b"", str(wrong)
    unsettled = [one.message for one in said if UNSETTLED in one.message]
    return (b"", unsettled[0]) if unsettled else (pdf, "")


def _given(report: UnitReport, result: str, stamp: Stamp, look: Look, pictures: Mapping[str, str]) -> Given:
    lang = report.frame.lang
    day = stamp.moment()
    return Given(
        report=report,
        words={key: label[lang] for key, label in PHRASES.items()},
        look=look,
        drawings=drawings_of(report, look, lang),
        day=(day.year, day.month, day.day),
        pictures=pictures,
        seal=pictures.get(look.seal, ""),
        logo=pictures.get(look.logo, ""),
        result=result,
        description=stamp.description(),
    )


def _picture(data: bytes) -> str:
    """Return a picture as a drawing that holds it: what Typst is given in memory are texts."""
    with Image.open(io.BytesIO(data)) as picture:
        wide, high = picture.size
    inner = f"data:{picture_type(data)};base64,{base64.b64encode(data).decode()}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}">'
    return f'{head}<image width="{wide}" height="{high}" href="{inner}"/></svg>'


def drawings_of(report: UnitReport, look: Look, lang: Lang) -> Drawings:
    """Return the drawings of the page, made by the page's own macros."""
    t = speaker(lang)
    m = macros({"r": report, "t": t, "sans": FAMILIES, "look": look})
    compared = report.comparison.rows if report.comparison else ()
    return Drawings(
        radar=_drawing(m.radar(report.radar)) if report.radar else None,
        position=_drawing(m.dots(report.position)) if report.position else None,
        qr=_drawing(m.qr_code(report.qr)) if report.qr else None,
        bullets=tuple(_drawing(m.bullet(row, t)) for row in report.dimensions),
        dumbbells=tuple(_drawing(m.dumbbell(row, t)) for row in compared),
    )


def _drawing(markup: object) -> Drawing:
    """Return an inline drawing of a page as one that stands alone, without what the page wraps around it."""
    text = str(markup)
    text = text[text.index("<svg ") : text.rindex("</svg>") + len("</svg>")]
    titled = _TITLE.search(text)
    tag, end, rest = text.partition(">")
    own = _SIZE.sub("", tag).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return Drawing(own + end + rest, html.unescape(titled[1]) if titled else "")
