"""Proves that a page on a screen says what the PDF says, and that it fits a phone 320 points wide."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.reports.paper_pages import bare, printed, texts

from meihao.reports.model import Report
from meihao.reports.render import built_in_templates, render

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FOLDED = ".content .list .cards tr:not(:has([open])) .c-more"  # what opens with the name of a unit
HIDDEN = {".foot.running", ".content td:empty", FOLDED}  # the name again, and cells that hold nothing
KINDS = ("passed", "undetermined", "list", "summary", "notice", "protocol", "score", "inspection")


class _Words(HTMLParser):
    """The text of a page that is shown, and the heads of its tables."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []
        self.heads: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "text" and dict(attrs).get("stroke"):
            self._inside.append("halo")  # the white edge of a label, which is written once more over it
        elif tag not in ("meta", "br", "col", "img", "path", "rect", "polygon", "ellipse"):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "text" and self._inside[-1] == "halo":
            self._inside.pop()
        elif tag in self._inside:
            while self._inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if {"style", "title", "halo"} & set(self._inside):
            return
        self.shown.append(data)
        if "thead" in self._inside:
            self.heads.append(data)


def page_of(report: Report) -> str:
    page, problems = render(report, report.frame.lang)
    assert not problems
    return page


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_and_the_pdf_have_the_same_words(
    kind: str, documents: Mapping[str, Report], caplog: pytest.LogCaptureFixture
) -> None:
    report = documents[kind]
    words = _Words()
    words.feed(page_of(report))
    pages = texts(printed(report))
    assert not caplog.messages  # the press takes every rule of the style sheet
    ours, theirs = Counter(bare("".join(words.shown))), Counter("".join(pages))
    frame = report.frame
    assert not ours - theirs - Counter(bare(frame.running + frame.foot))  # official papers print neither
    edge = "".join((frame.running, frame.foot, frame.sample, *words.heads, "第页，共页page0123456789of0123456789—|○"))
    assert not (theirs - ours).keys() - set(bare(edge))  # what the PDF repeats on every page
    body = "".join(pages)
    assert len(body) > 300
    assert sum((theirs - ours).values()) <= len(bare(edge)) * len(pages)


def test_a_screen_hides_nothing_but_the_name_at_the_foot_and_empty_cells() -> None:
    style = "".join(file.read_text(encoding="utf-8") for file in sorted(built_in_templates().glob("*.css")))
    hidden = re.findall(r"([^{};]+)\{[^{}]*display:\s*none", style)
    assert {selector.strip() for selector in hidden} == HIDDEN
    assert "visibility: hidden" not in style


def test_a_page_asks_for_the_width_of_the_screen_and_runs_no_script(documents: Mapping[str, Report]) -> None:
    for report in documents.values():
        page = page_of(report)
        assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page
        assert "<script" not in page


def test_every_cell_of_a_list_on_a_phone_says_what_it_is(documents: Mapping[str, Report]) -> None:
    page = page_of(documents["list"])
    rows = re.findall(r"<tbody>(.*?)</tbody>", page, re.S)
    cells = [cell for row in rows for cell in re.findall(r"<td[^>]*>", row)]
    assert len(cells) > 1000
    assert all("data-label=" in cell or "key-cell" in cell for cell in cells)


def test_a_unit_of_a_list_is_one_card_that_opens_with_its_name(documents: Mapping[str, Report]) -> None:
    page = page_of(documents["list"])
    tables = re.findall(r'<table class="[^"]*cards">.*?</table>', page, re.S)
    rows = [row for one in tables for row in re.findall(r"<tr><td.*?</tr>", one, re.S)]
    assert len(rows) > 300
    for row in rows:
        roles = re.findall(r'<td class="[^"]*c-(\w+)"', row)
        assert (roles.count("name"), roles.count("fig"), roles.count("note")) == (1, 1, 1), row
        assert row.count('<details class="fold">') == 1, "without a script, and on paper nothing is folded"
        assert "more" in roles


@pytest.mark.skipif(CHROMIUM is None, reason="no browser to measure with")
def test_a_long_list_takes_half_of_the_phone_that_it_takes_unfolded(
    documents: Mapping[str, Report], tmp_path: Path
) -> None:
    page = page_of(documents["list"])
    folded, open_ = (
        int(measured(one, "Height", 390, tmp_path)) for one in (page, page.replace('class="fold"', 'class="fold" open'))
    )
    assert folded < open_ * 2 / 3


def measured(page: str, what: str, width: int, folder: Path) -> str:
    """Return the height or the width of a page in a frame as wide as a phone."""
    assert CHROMIUM is not None
    inside = html.escape(re.sub(r"<meta http-equiv[^>]*>", "", page))
    frame = f"<iframe id='f' width='{width}' height='800' style='border:0' srcdoc='{inside}'></iframe>"
    script = f"document.title = document.getElementById('f').contentDocument.documentElement.scroll{what}"
    (folder / "page.html").write_text(f"{frame}<script>onload = () => {{ {script} }}</script>", encoding="utf-8")
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={folder / 'user'}")
    words = (CHROMIUM, *flags, "--dump-dom", (folder / "page.html").as_uri())
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=True)
    found = re.search(r"<title>(\d+)</title>", done.stdout)
    return found[1] if found else ""


@pytest.mark.skipif(CHROMIUM is None, reason="no browser to measure with")
@pytest.mark.parametrize("width", [320, 390])
def test_no_page_is_wider_than_a_phone(width: int, documents: Mapping[str, Report], tmp_path: Path) -> None:
    for kind, report in documents.items():
        assert measured(page_of(report), "Width", width, tmp_path) == str(width), kind
