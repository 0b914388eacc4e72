"""Writes an official paper as a Word document (DOCX) that an office can edit, in the typefaces of GB/T 9704.

Typefaces are named, not embedded: the office's own 仿宋, 楷体, 黑体 and 小标宋 set it. Same paper, same bytes.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from .official import NameList, NoticeTier, OfficialPaper
from .words import speaker

if TYPE_CHECKING:
    from docx.document import Document as Paper
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section
    from docx.styles.style import ParagraphStyle
    from docx.table import _Cell, _Row

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest day that a zip file can carry; a clock has no place here
LINE = 28.95  # points: 22 lines fill the 225 mm of the type area
CHARACTER = 16.0  # points: size 3
ACROSS = 442.2  # points: the 156 mm of the type area
RED = RGBColor(0xD7, 0x00, 0x0F)
FACES = {
    "zh": {"text": "仿宋", "kai": "楷体", "bold": "黑体", "title": "方正小标宋简体"},
    "en": {"text": "Times New Roman", "kai": "Times New Roman", "bold": "Arial", "title": "Times New Roman"},
}
TAGS = {"zh": "zh-CN", "en": "en"}
CENTRE, RIGHT, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT


def to_docx(paper: OfficialPaper) -> bytes:
    """Return a paper as a document for editing, each annex on pages of its own."""
    found = Document()
    faces = FACES[paper.frame.lang]
    _styles(found, faces)
    _page(found, paper)
    _properties(found, paper)
    _head(found, paper)
    _body(found, paper)
    for one in paper.lists:
        _annex(found, one, paper)
    return _fixed(found)


# ---- the page


def _styles(found: Paper, faces: dict[str, str]) -> None:
    _style(found, "Normal", faces["text"], CHARACTER, indent=2)
    _style(found, "Title", faces["title"], 22 if faces is FACES["zh"] else 18, align=CENTRE, line=36)
    _style(found, "Heading 1", faces["bold"], CHARACTER, indent=2)
    _style(found, "Heading 2", faces["kai"], CHARACTER, indent=2)


def _style(
    found: Paper, name: str, face: str, size: float, indent: int = 0, align: WD_ALIGN_PARAGRAPH | None = None,
    line: float = LINE,
) -> None:  # fmt: skip
    """Set a style anew: of what the library's own template says nothing is left."""
    style: ParagraphStyle = found.styles[name]
    assert style.type == WD_STYLE_TYPE.PARAGRAPH
    for part in (style.element.pPr, style.element.rPr):
        if part is not None:
            style.element.remove(part)
    style.font.name, style.font.size = face, Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), face)
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.font.bold = False
    _part(style.element.rPr, "w:spacing", before="w:sz").set(
        qn("w:val"), "-4"
    )  # 28 characters of size 3 in a line of 156 mm
    _part(style.element.rPr, "w:lang").set(qn("w:eastAsia"), "zh-CN")
    layout = style.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    layout.first_line_indent = Pt(indent * CHARACTER)
    layout.keep_with_next = name.startswith("Heading")
    layout.alignment = align


def _page(found: Paper, paper: OfficialPaper) -> None:
    """Set A4 with the margins of the standard, its 22 lines to a page, and page numbers on the outer side."""
    section = found.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance, section.header_distance = Mm(22), Mm(14)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = _part(section._sectPr, "w:docGrid")
    for key, value in (("type", "lines"), ("linePitch", str(int(LINE * 20)))):
        grid.set(qn(f"w:{key}"), value)
    settings = found.settings
    settings.odd_and_even_pages_header_footer = True
    _part(settings.element, "w:mirrorMargins", before="w:proofState")
    _margins_of(section, paper)


def _margins_of(section: Section, paper: OfficialPaper) -> None:
    for footer, side in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
        _number(footer.paragraphs[0], side)
    for header in (section.header, section.even_page_header):
        line = _plain(header.paragraphs[0], RIGHT)
        line.add_run(paper.frame.sample).font.size = Pt(10.5)


def _number(line: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """Write `— 1 —`, one character from the outer edge."""
    _plain(line, side)
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(14)
    for piece in ("— ", None, " —"):
        run = line.add_run(piece or "")
        run.font.size = Pt(14)
        if piece is None:
            for kind in ("begin", "", "end"):
                part = OxmlElement("w:fldChar" if kind else "w:instrText")
                if kind:
                    part.set(qn("w:fldCharType"), kind)
                else:
                    part.text = "PAGE"
                run._r.append(part)


def _plain(line: Paragraph, side: WD_ALIGN_PARAGRAPH) -> Paragraph:
    line.style = "Normal"
    line.alignment = side
    line.paragraph_format.first_line_indent = Pt(0)
    return line


def _properties(found: Paper, paper: OfficialPaper) -> None:
    day = datetime.fromisoformat(paper.frame.day or "1980-01-01")
    core = found.core_properties
    core.title, core.author, core.last_modified_by = paper.frame.title, paper.issuer, ""
    core.comments, core.keywords, core.identifier = "", "", paper.frame.digest
    core.created = core.modified = day
    core.revision, core.language = 1, TAGS[paper.frame.lang]


# ---- what stands on it


def _head(found: Paper, paper: OfficialPaper) -> None:
    t, faces = speaker(paper.frame.lang), FACES[paper.frame.lang]
    if paper.draft:
        _face(_plain(found.add_paragraph(paper.draft), LEFT), faces["bold"])
    issuer = paper.issuer or t("issuer_blank")
    line = _plain(found.add_paragraph(issuer), CENTRE)
    size = min(48.0, ACROSS / max(1, len(issuer)) * (0.94 if paper.frame.lang == "zh" else 1.5))
    _face(line, faces["title"], size)
    line.runs[0].font.color.rgb = RED
    line.paragraph_format.space_before = Mm(20)
    line.paragraph_format.line_spacing = Pt(size * 1.3)
    number = _plain(found.add_paragraph(paper.number or t("number_blank")), CENTRE)
    number.paragraph_format.space_before, number.paragraph_format.space_after = Pt(LINE), Pt(2 * LINE)
    _rule(number)
    for text in paper.heading:
        found.add_paragraph(text, "Title")
    found.paragraphs[-1].paragraph_format.space_after = Pt(LINE)


def _face(line: Paragraph, face: str, size: float = CHARACTER) -> None:
    for run in line.runs:
        run.font.name, run.font.size = face, Pt(size)
        fonts = run._r.get_or_add_rPr().find(qn("w:rFonts"))
        assert fonts is not None  # the face was just named
        fonts.set(qn("w:eastAsia"), face)


def _rule(line: Paragraph) -> None:
    """Draw the red rule below a line."""
    edge = _part(_part(line._p.get_or_add_pPr(), "w:pBdr", before="w:spacing"), "w:bottom")
    for key, value in (("val", "single"), ("sz", "12"), ("space", "8"), ("color", str(RED))):
        edge.set(qn(f"w:{key}"), value)


def _body(found: Paper, paper: OfficialPaper) -> None:
    if paper.addressed:
        _plain(found.add_paragraph(paper.addressed), LEFT)
    for one in paper.body:
        line = found.add_paragraph(one.text, ("Normal", "Heading 1", "Heading 2")[one.level])
    line.paragraph_format.keep_with_next = True
    _named_annexes(found, paper)
    for n, text in enumerate((paper.signed or speaker(paper.frame.lang)("signed_blank"), paper.dated)):
        line = _plain(found.add_paragraph(text), CENTRE)
        line.paragraph_format.left_indent = Pt(ACROSS - float(paper.closing) * CHARACTER)
        line.paragraph_format.space_before = Pt(0 if n else 2 * LINE)
        line.paragraph_format.keep_with_next = not n or bool(paper.notes)
    for note in paper.notes:
        found.add_paragraph(note)


def _named_annexes(found: Paper, paper: OfficialPaper) -> None:
    """Write 附件：1. … below the body; a second line of a name begins below the name."""
    t = speaker(paper.frame.lang)
    many = len(paper.annexes) > 1
    word = (t("annexes") if many else t("annex")) + t("colon")
    before, number = 3 * CHARACTER if paper.frame.lang == "zh" else 4.5 * CHARACTER, 0.8 * CHARACTER * many
    for n, text in enumerate(paper.annexes):
        line = found.add_paragraph(f"{word}{text}" if not n else text)
        line.paragraph_format.left_indent = Pt(2 * CHARACTER + before + number)
        line.paragraph_format.first_line_indent = Pt(-number if n else -before - number)
        line.paragraph_format.space_before = Pt(0 if n else LINE)
        line.paragraph_format.keep_with_next = True


def _annex(found: Paper, one: NameList, paper: OfficialPaper) -> None:
    mark = _plain(found.add_paragraph(one.mark), LEFT)
    _face(mark, FACES[paper.frame.lang]["bold"])
    mark.paragraph_format.page_break_before = True
    title = found.add_paragraph(one.title, "Title")
    title.paragraph_format.space_before = Pt(LINE)
    order = _plain(found.add_paragraph(one.note), CENTRE)
    _face(order, FACES[paper.frame.lang]["kai"], 14)
    for tier in one.tiers:
        _tier(found, tier, paper)


def _tier(found: Paper, tier: NoticeTier, paper: OfficialPaper) -> None:
    t = speaker(paper.frame.lang)
    counts = t("in_brackets", text=tier.counts)
    found.add_paragraph(f"{tier.number}{tier.title}{counts}", "Heading 1")
    table = found.add_table(1, 3, "Table Grid")
    table.autofit = False
    widths = (Mm(22), Mm(78), Mm(56))
    _cells(table.rows[0], (t("no"), t("name"), t("region")), FACES[paper.frame.lang]["bold"])
    _part(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    for n, (name, region) in enumerate(tier.rows, 1):
        _cells(table.add_row(), (str(n), name, region))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    for text in (t("continued", n=tier.more) + t("stop") if tier.more else "", tier.note):
        if text:
            found.add_paragraph(text)


def _cells(row: _Row, texts: tuple[str, ...], face: str = "") -> None:
    _part(row._tr.get_or_add_trPr(), "w:cantSplit")
    for cell, text in zip(row.cells, texts, strict=True):
        _cell(cell, text, face)


def _cell(cell: _Cell, text: str, face: str) -> None:
    line = _plain(cell.paragraphs[0], CENTRE)
    line.paragraph_format.line_spacing = Pt(20)
    line.add_run(text).font.size = Pt(12)
    if face:
        _face(line, face, 12)


# ---- the file


def _part(parent: BaseOxmlElement, name: str, before: str = "") -> BaseOxmlElement:
    """Add an element to another, in front of the first of a name where the order matters."""
    part = OxmlElement(name)
    place = parent.find(qn(before)) if before else None
    if place is None:
        parent.append(part)
    else:
        place.addprevious(part)
    return part


def _fixed(found: Paper) -> bytes:
    """Return the file with one day on every part of the zip, so that the same paper gives the same bytes."""
    made, out = io.BytesIO(), io.BytesIO()
    found.save(made)
    with zipfile.ZipFile(made) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in given.namelist():
            kept.writestr(zipfile.ZipInfo(name, EPOCH), given.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
