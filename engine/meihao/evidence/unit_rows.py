"""Reads sheets with a row for each unit, or for each fact of one; each line knows its unit, observer and date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from unicodedata import is_normalized

from msgspec import Struct

from ..core.problems import Problem, Problems, Source
from ..core.text import Label, hints, is_nobody, plain_code
from ..standard.model import ROLES, Field, KindOfUnit, Pack, Role
from . import messages as m
from .columns import CODE, IDS, MOST_PROBLEMS, Heading, Headings, RowNotes, Sheet, data_rows, key, take_word

WHO = {"observer": ("填报人", "记录人", "observer", "by"), "role": ("身份", "role")}
WIDE = {
    "code": CODE,
    "kind": ("类别", "单位类别", "类型", "kind"),
    "name": ("名称", "单位名称", "name"),
    "region": ("地区", "地区代码", "region"),
    **WHO,
    "date": ("日期", "记录日期", "填报日期", "date"),
    "as_of": ("截至日期", "数据截至", "截至", "as_of", "as of"),
}
_ALSO: Mapping[Role, tuple[str, ...]] = {  # how else people write a role
    "applicant": ("申报", "自评"),
    "township": ("乡镇", "街道"),
    "county": ("县", "区县", "县级", "县（市、区）"),
    "inspector": ("核查员", "评审员"),
    "registry": ("登记", "登记数据", "台账系统"),
}
ROLE_WORDS: Mapping[Role, tuple[str, ...]] = {role: (role, ROLES[role].zh, *also) for role, also in _ALSO.items()}
TOLD = ("kind", "name", "region")
CODE_LIMIT = 100


class UnitRow(Struct, frozen=True):
    """One row: whose it is, and which cells of it are where. What the row does not say is "" or None."""

    sheet: Sheet
    headings: Headings
    row: int
    code: str
    kind: str
    name: str
    region: str
    observer: str
    role: Role
    day: date | None
    as_of: date | None = None

    def at(self, word: str) -> Source:
        heading = self.headings.of(word)
        return self.sheet.at(self.row, heading.number if heading else 1)


class Head(Struct, frozen=True):
    """What a unit is, gathered from all its rows."""

    code: str
    kind: str
    kind_title: Label
    name: str
    region: str
    source: Source

    def asked(self, fields: Iterable[Field]) -> tuple[Field, ...]:
        return tuple(f for f in fields if self.kind in f.kinds)


Said = dict[str, UnitRow]  # by word the first line of a unit that says it


def read_lines(sheet: Sheet, headings: Headings, most: int = MOST_PROBLEMS) -> tuple[tuple[UnitRow, ...], Problems]:
    """Return a line for every row that is not blank and names its unit."""
    notes = RowNotes(most)
    lines = []
    fixed = headings.by_word()
    for row in data_rows(sheet, headings):
        line, problems = read_line(sheet, headings, row, fixed)
        notes.add(problems)
        if line is not None:
            lines.append(line)
        if notes.over and notes.full(sheet.at(row, 1)):
            break
    return tuple(lines), tuple(notes.problems)


def read_line(
    sheet: Sheet, headings: Headings, row: int, fixed: Mapping[str, Heading] | None = None
) -> tuple[UnitRow | None, Problems]:
    """Return what a row says about its unit and its observer; None without a code. `fixed` are its headings by their word."""
    fixed = fixed or headings.by_word()
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    for word in ("code", "kind", "name", "region", "observer"):
        texts[word], found = _word(sheet, row, fixed.get(word))
        problems += found
    role, found = _role(sheet, row, fixed.get("role"))
    days: dict[str, date | None] = {}
    for word in ("date", "as_of"):
        said, more = take_word(sheet, row, fixed.get(word), "date")
        days[word] = said if isinstance(said, date) else None
        problems += more
    problems += found
    if not 0 < len(texts["code"]) <= CODE_LIMIT and (code := fixed.get("code")):
        problems += _code(texts, sheet.at(row, code.number), code, problems)
    if not texts["code"] or role is None:
        return None, tuple(problems)
    return UnitRow(sheet, headings, row, **texts, role=role, day=days["date"], as_of=days["as_of"]), tuple(problems)


def _code(texts: Mapping[str, str], at: Source, code: Heading, said: Sequence[Problem]) -> Problems:
    """Return what is wrong with the code of a row: it is too long, or missing where nothing else was said."""
    if len(texts["code"]) > CODE_LIMIT:
        return (m.TOO_LONG.at(at, label=code.title, length=len(texts["code"]), limit=CODE_LIMIT),)
    if texts["code"] or said:
        return ()
    return (m.MISSING_CELL.at(at, unit=f"“{texts['name']}”" if texts["name"] else "", label=code.title),)


def _word(sheet: Sheet, row: int, heading: Heading | None) -> tuple[str, Problems]:
    """Return the text of a fixed column, "" where there is none; a plain text needs no second look."""
    if heading is None:
        return "", ()
    value = sheet.value(row, heading.number)
    plain = type(value) is str and value.isalnum() and len(value) <= CODE_LIMIT and is_normalized("NFC", value)
    as_is = plain and (heading.word not in IDS or plain_code(str(value)) == value)
    if as_is and (row, heading.number) not in sheet.formulas:
        return str(value), ()
    read, problems = take_word(sheet, row, heading)
    return (read if isinstance(read, str) else ""), problems


def _role(sheet: Sheet, row: int, heading: Heading | None) -> tuple[Role | None, Problems]:
    if heading is None:
        return sheet.role, ()
    text, problems = take_word(sheet, row, heading)
    if not isinstance(text, str):
        return (None if problems else sheet.role), problems
    at, said = sheet.at(row, heading.number), key(text)
    for role, words in ROLE_WORDS.items():
        if said in map(key, words):
            return role, (*problems, *_corrected(at, heading.title, text, said))
    known = [word for words in ROLE_WORDS.values() for word in words]
    return None, (*problems, m.UNKNOWN_ROLE.at(at, role=text[:40], **hints(text[:40], known)))


def _corrected(at: Source, title: str, given: str, read: str) -> Problems:
    return () if given == read else (m.TIDIED.at(at, label=Label(title), value=given[:40], read=read),)


def gather_heads(lines: Iterable[UnitRow], pack: Pack, most: int = MOST_PROBLEMS) -> tuple[dict[str, Head], Problems]:
    """Return the units of all lines by code; what two lines say differently, or none says, is a problem."""
    notes = RowNotes(most)
    kinds = {key(word): kind for kind in pack.kinds for word in (kind.id, kind.title.zh, kind.title["en"])}
    codes: dict[str, UnitRow] = {}
    said: dict[str, Said] = {}
    for line in lines:
        if codes.setdefault(line.code, line) is line:
            said[line.code] = {word: line for word in TOLD if getattr(line, word)}
            continue
        for word in TOLD:
            notes.add(_differs(said[line.code], line, word))
        if notes.over and notes.full(line.at("code")):
            break
    heads = {}
    for code, line in codes.items():
        head, problems = _head(code, line, said[code], kinds)
        notes.add(problems)
        if head is not None:
            heads[code] = head
        if notes.over and notes.full(line.at("code")):
            break
    return heads, tuple(notes.problems)


def _differs(first: Said, line: UnitRow, word: str) -> Problems:
    said = getattr(line, word)
    if not said:
        return ()
    before = first.setdefault(word, line)
    if getattr(before, word) == said:
        return ()
    title = WIDE[word][0]
    values = {"unit": line.code, "label": Label(title, word), "one": said[:40], "two": getattr(before, word)[:40]}
    return (m.UNIT_DIFFERS.at(line.at(word), other=before.at(word), **values),)


def _head(
    code: str, line: UnitRow, first: Said, kinds: Mapping[str, KindOfUnit]
) -> tuple[Head | None, tuple[Problem, ...]]:
    problems: list[Problem] = []
    for word in ("kind", "name"):
        if word in first:
            continue
        if not take_word(line.sheet, line.row, line.headings.of(word))[1]:  # else it was said when the line was read
            problems.append(m.MISSING_CELL.at(line.at(word), unit=code, label=Label(WIDE[word][0], word)))
    if "kind" not in first or "name" not in first:
        return None, tuple(problems)
    given = first["kind"]
    kind = kinds.get(given.kind) or kinds.get(key(given.kind))
    if kind is None:
        known = [word for kind in dict.fromkeys(kinds.values()) for word in (kind.id, kind.title.zh)]
        return None, (m.UNKNOWN_KIND.at(given.at("kind"), kind=given.kind[:40], **hints(given.kind[:40], known)),)
    region = first["region"].region if "region" in first else ""
    notes = () if given.kind in (kind.id, kind.title.zh, kind.title["en"]) else _kind_corrected(given, kind)
    return Head(code, kind.id, kind.title, first["name"].name, region, line.at("code")), notes


def _kind_corrected(given: UnitRow, kind: KindOfUnit) -> Problems:
    return _corrected(given.at("kind"), WIDE["kind"][0], given.kind, kind.title.zh)


def who(line: UnitRow, head: Head, at: Source | None = None) -> tuple[str, Problems]:
    """Return the observer of a line, "" where nobody is named: the unit itself where an applicant's row names nobody.

    `at` is where the observer is asked for, if not in the line.
    """
    if line.role == "inspector" and line.observer and is_nobody(line.observer):
        return "", (m.NO_INSPECTOR.at(at or line.at("observer"), observer=line.observer[:40]),)
    if line.observer or line.role == "applicant":
        return line.observer or head.name, ()
    return "", (m.NO_OBSERVER.at(at or line.at("role"), role=ROLES[line.role]),)
