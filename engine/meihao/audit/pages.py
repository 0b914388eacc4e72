"""Sets the pages of a published PDF again and says whether they are those that the result gives here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher
from itertools import zip_longest

from msgspec import Struct

from ..core.canonical import Json
from ..core.problems import Lang
from ..core.text import Label
from ..core.version import __version__
from ..reports.clean import clean
from ..reports.fonts import SERIF_STACK
from ..reports.model import Report, UnitReport
from ..reports.official import OfficialPaper
from ..reports.press import pdf_toolchain_versions, typst_toolchain_versions
from ..reports.render import Theme
from ..reports.seal import first_part
from ..reports.write import pdf_of, set_by_typst
from .child import ask
from .model import Check, Difference, OpenedFile

PAGES = Label("重新排版", "typeset again")
LINES_SHOWN = 40
SHOWN_AT_MOST = 200
AROUND = 12
Paper = tuple[Report, Mapping[str, bytes]]  # a document and the pictures that it names
Way = Callable[[Lang], Paper]


class MadeAgain(Struct, frozen=True):
    """The same result, made again. `papers` has, by template, the ways in which its pages may have been set: mostly one."""

    result: Mapping[str, Json]
    papers: Mapping[str, tuple[Way, ...]]


def pages_left(why: Label) -> Check:
    """Return that the pages were not compared, and why."""
    return Check("pages", "not_checked", PAGES, why)


def check_pages(document: OpenedFile, made: MadeAgain, theme: Theme, photos: bool) -> Check:
    """Compare the pages with those that the same result gives here; `photos` says whether those of the appendix were given."""
    ways = made.papers.get(template_of(document), ())
    found = pages_left(Label("这种页面本程序不会重做", "this program does not typeset this kind of page again"))
    for way in ways:
        found = _against(way(lang_of(document)), document, made, theme, photos)
        if found.state != "fails":
            return found
    return found


def lang_of(document: OpenedFile) -> Lang:
    """Return the language of a PDF's pages."""
    return "en" if document.sheets and document.sheets.lang.startswith("en") else "zh"


def template_of(document: OpenedFile) -> str:
    """Return which of our documents a PDF says it is."""
    return document.sheets.attached[0].description.partition(" ")[0] if document.sheets else ""


def _against(paper: Paper, document: OpenedFile, made: MadeAgain, theme: Theme, photos: bool) -> Check:
    report, pictures = paper
    pdf, problems = pdf_of(report, made.result, theme, pictures)
    if not pdf:
        first = problems[0]
        zh, en = f"这里排不出来：{first.message_zh}", f"they cannot be typeset here: {first.message_en}"
        return pages_left(Label(zh, en))
    part = first_part(document.data)
    if part == pdf:
        return Check("pages", "holds", PAGES, Label("逐字节相同", "the same, byte for byte"))
    return _by_text(part or document.data, pdf, _versions(made, report), _hint(report, photos))


def _hint(report: Report, photos: bool) -> Label:
    """Return what a unit's report shows of others, and what is easily forgotten."""
    if not isinstance(report, UnitReport):
        return Label("")
    zh, en = "；批次里的报告要给全批证据", "; a report in a round needs the evidence of the whole round"
    if photos:
        return Label(zh, en)
    return Label(f"{zh}，附有照片的要用--photos给出照片", f"{en}, one with photos needs them (--photos)")


def _versions(made: MadeAgain, report: Report) -> Label | None:
    """Return in what the program that set the pages differs from the one here; None where it does not."""
    if isinstance(report, OfficialPaper) and report.text_font != SERIF_STACK:
        return Label("用了本机的仿宋", "the machine's own 仿宋 was used")
    here = {
        "version": __version__,
        **(typst_toolchain_versions() if set_by_typst(made.result) else pdf_toolchain_versions()),
    }
    stated = made.result.get("made_by")
    there = dict(stated) if isinstance(stated, Mapping) else {}
    other = [
        f"{name} {clean(str(there.get(name, '?')))} → {value}"
        for name, value in here.items()
        if there.get(name) != value
    ]
    return Label("、".join(other), ", ".join(other)) if other else None


def _by_text(published: bytes, pdf: bytes, other: Label | None, hint: Label) -> Check:
    """Return what the texts of the pages say, the bytes being different."""
    old, new = ask("texts", published), ask("texts", pdf)
    if isinstance(old, Label) or isinstance(new, Label):
        return _failed(Label("不同，页面文字也读不出来", "different, and the text of the pages cannot be read"))
    same = _bare(old) == _bare(new)
    found = () if same else tuple(_lines(old, new))
    if other is None and same:
        return _failed(
            Label(
                "文字相同，文件却不同：不是原件", "the text is the same but the file differs: this is not the original"
            )
        )
    if other is None:
        zh = f"文字不同：文件不是原件，或者给出的证据不是当时的{hint.zh}"
        en = f"the text differs: this is not the original, or the evidence given is not the evidence of that time{hint['en']}"
        return _failed(Label(zh, en), found)
    if same:
        zh = f"各页文字相同；图形和版面没有比较，因为排版程序不同（{other.zh}）"
        en = f"the text of every page is the same; drawings and layout were not compared, as the versions differ ({other['en']})"
        return Check("pages", "holds", PAGES, Label(zh, en))
    zh = f"文字不同；排版程序也不同（{other.zh}），换同样的版本再核对{hint.zh}"
    en = f"the text differs; so do the versions ({other['en']}): use the same ones to be sure{hint['en']}"
    return _failed(Label(zh, en), found)


def _failed(said: Label, found: tuple[Difference, ...] = ()) -> Check:
    return Check("pages", "fails", PAGES, said, found)


def _bare(pages: list[str]) -> str:
    return re.sub(r"\s+", "", "".join(pages))


def _lines(old: list[str], new: list[str]) -> Iterator[Difference]:
    """Yield the lines that differ, page by page, as many as people read."""
    left = LINES_SHOWN
    for number, (was, now) in enumerate(zip_longest(old, new, fillvalue=""), 1):
        before, after = was.splitlines(), now.splitlines()
        for tag, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
            if tag != "equal" and left:
                left -= 1
                where = Label(f"第{number}页", f"page {number}")
                yield Difference(where, *_apart(clean(" ".join(before[a:b])), clean(" ".join(after[c:d]))))


def _apart(was: str, now: str) -> tuple[Label, Label]:
    """Return two texts without what both begin and end with, but for a little to find the place by.

    >>> [one.zh for one in _apart("1.1　业主大会会议和活动台账　3.00 / 5.00", "1.1　业主大会会议和活动台账　4.00 / 5.00")]
    ['…业主大会会议和活动台账　3.00 / 5.00', '…业主大会会议和活动台账　4.00 / 5.00']
    """
    first = _alike(was, now)
    last = _alike(was[first:][::-1], now[first:][::-1])
    return _part(was, first, last), _part(now, first, last)


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _part(text: str, first: int, last: int) -> Label:
    start, end = max(first - AROUND, 0), min(len(text) - last + AROUND, len(text))
    cut = text[start:end][:SHOWN_AT_MOST]
    shown = ("…" if start else "") + cut + ("…" if start + len(cut) < len(text) else "")
    return Label(shown) if shown else Label("（没有）", "(nothing)")
