"""Prepares what stands on every page of a document: titles, notice, the mark of sample data, and the colophon."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from itertools import accumulate

from msgspec.structs import replace

from ..core.canonical import Json
from ..core.problems import Lang
from ..round.model import Round
from ..standard.draft import draft_mark, errors_of
from ..standard.model import Pack
from .model import Frame, Pair
from .phrases.every_page import STAGE, STATUS
from .words import speaker

RUNNING_AT_MOST, FOOT_AT_MOST = 38, 66  # of name and notice at the foot of a page; a 汉字 is as wide as two letters


def frame(
    key: str, title: str, pack: Pack, round_: Round, lang: Lang, digest: str, made_by: Mapping[str, Json]
) -> Frame:
    """Return the frame of a document: `key` names the kind of document, `title` what it is about."""
    t = speaker(lang)
    standard = standard_text(pack, lang)
    return Frame(
        lang=lang,
        title=f"{title[:120]} {t(key)}".strip(),
        standard=standard,
        round=round_.title[lang],
        notice=pack.notice[lang],
        sample=t("sample") if round_.sample_data else "",
        running=fitting(title, RUNNING_AT_MOST),
        day=str(round_.reference_date or ""),
        digest=digest,
        colophon=_colophon(standard, pack, round_, lang, digest, made_by),
        foot=fitting(pack.notice[lang], FOOT_AT_MOST),
        issued_by=pack.issued_by,
        draft=draft_mark(pack.errors)[lang],
    )


def standard_text(pack: Pack, lang: Lang) -> str:
    """Return a standard with its edition and what it is: a draft, on trial, in force. One with errors is a draft."""
    t, status = speaker(lang), STATUS["draft" if pack.errors else pack.status][lang]
    if pack.errors:
        status = t("with_errors", status=status, errors=errors_of(pack.errors)[lang])
    return f"{pack.title[lang]} {pack.edition}{t('in_brackets', text=status)}"


def fitting(text: str, most: int) -> str:
    """Return a text cut to a width, where a 汉字 counts two and a letter one.

    >>> fitting("望江村", 6), fitting("望江村民小组", 8), fitting("Wangjiang", 9)
    ('望江村', '望江村…', 'Wangjiang')
    """
    return text if sum(_widths(text)) <= most else _start(text, most - 2) + "…"


def fitting_ends(text: str, most: int) -> str:
    """Return a text cut to a width in its middle: names of one kind differ at their ends.

    >>> fitting_ends("望江县", 14), fitting_ends("某某苗族布依族自治县", 14), fitting_ends("Wangjiang County", 14)
    ('望江县', '某某苗…自治县', 'Wangji…County')
    """
    if sum(_widths(text)) <= most:
        return text
    half = (most - 2) // 2
    return f"{_start(text, half)}…{_start(text[::-1], half)[::-1]}"


def _start(text: str, most: int) -> str:
    return text[: sum(end <= most for end in accumulate(_widths(text)))]


def _widths(text: str) -> list[int]:
    return [2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text]


def _colophon(
    standard: str, pack: Pack, round_: Round, lang: Lang, digest: str, made_by: Mapping[str, Json]
) -> tuple[Pair, ...]:
    t, engine = speaker(lang), str(made_by.get("engine", ""))
    program = " ".join(str(made_by[key]) for key in ("program", "version") if key in made_by)
    pairs = (
        Pair(t("digest_of_result"), spaced(digest)),
        Pair(t("digest_of_standard"), spaced(pack.digest)),
        Pair(t("standard"), standard),
        Pair(t("issued_by"), pack.issued_by),
        Pair(t("round_and_day"), round_text(round_, lang)),
        Pair(t("judged_by"), t("program_and_engine", program=program, engine=engine) if engine else program),
        Pair(t("set_by"), _press_text(made_by)),
    )
    return tuple(pair for pair in pairs if pair.value)


def _press_text(made_by: Mapping[str, Json]) -> str:
    """Return what set the pages: with the same versions and fonts the same result gives the same bytes."""
    names = (("WeasyPrint", "weasyprint"), ("Pango", "pango"), ("HarfBuzz", "harfbuzz"), ("Typst", "typst"))
    return " · ".join(f"{name} {made_by[key]}" for name, key in names if key in made_by)


def round_text(round_: Round, lang: Lang) -> str:
    """Return the round with its stage, its day, and whether it is closed."""
    t = speaker(lang)
    closed = t("round_closed" if round_.closed else "round_open")
    parts = (round_.title[lang], STAGE[round_.stage][lang], str(round_.reference_date or ""), closed)
    return t("comma").join(part for part in parts if part)


def spaced(digest: str) -> str:
    """Return a digest in groups of eight, so that people can compare it.

    >>> spaced("sha256:0123456789abcdef")
    'sha256 01234567 89abcdef'
    """
    name, _, value = digest.rpartition(":")
    groups = " ".join(value[n : n + 8] for n in range(0, len(value), 8))
    return f"{name} {groups}".strip()


def with_more(one: Frame, *pairs: Pair) -> Frame:
    """Return the frame with more lines in its colophon."""
    return replace(one, colophon=(*one.colophon, *(pair for pair in pairs if pair.value)))
