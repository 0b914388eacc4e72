"""Proves that no page ends with a heading: it stands on the page of what it is about."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from html.parser import HTMLParser

import pytest
from tests.reports.paper_pages import bare, printed, texts

from meihao.reports.blank import inspection_sheet
from meihao.reports.model import Report
from meihao.reports.render import render
from meihao.standard.model import Pack


class _Headings(HTMLParser):
    """The headings of a page, and what stands between a heading and its table."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("h2", "h3"):
            self._inside = True
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in ("h2", "h3")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data


@pytest.mark.parametrize("kind", ["passed", "undetermined", "list", "protocol", "notice", "score", "inspection"])
def test_a_heading_never_leaves_what_it_is_about(kind: str, documents: Mapping[str, Report]) -> None:
    report = documents[kind]
    page, _ = render(report, report.frame.lang)
    headings = _Headings()
    headings.feed(page)
    heads = {bare(head) for head in headings.found if head.strip()}
    assert heads
    for number, text in enumerate(texts(printed(report)), 1):
        frame = report.frame
        edge = re.compile(rf"第{number}页，共[0-9]+页|page{number}of[0-9]+|—{number}—")
        left = edge.sub("", text)
        for words in (frame.running, frame.foot, frame.sample):
            left = left.replace(bare(words), "") if words else left
        assert not [head for head in heads if left.endswith(head)], number


@pytest.mark.parametrize("kind", ["village", "community", "compound"])
def test_what_a_part_of_an_inspection_serves_stands_whole_above_its_table(default_pack: Pack, kind: str) -> None:
    report = inspection_sheet(default_pack, kind, "zh")
    page, _ = render(report, "zh")
    parts = [
        bare(html.unescape(re.sub(r"<[^>]+>", "", part)))
        for part in re.findall(r'<p class="serves">(.*?)</p>', page, re.S)
    ]
    pages = texts(printed(report))
    assert len(parts) > 5
    for part in parts:
        assert any(part in text for text in pages), part
