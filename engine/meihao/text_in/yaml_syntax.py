"""Turns the complaint of the YAML parser into a problem in the author's terms, with its place and a fix."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from ..core.problems import Message
from . import yaml_messages as says
from .yaml_scalars import quoted, short

Place = tuple[int, int]  # line and column, both from 0
Finding = tuple[Message, Place, dict[str, object]]

_COLON_WITHOUT_SPACE = r"[^\s:：]:(?=[^\s:/])"


class Complaint(Struct, frozen=True):
    """What a YAML parser says: its words, where it noticed, and where the thing that it was reading began."""

    words: str
    noticed: Place
    began: Place
    lines: tuple[str, ...]

    def line(self, place: Place) -> str:
        return self.lines[place[0]] if place[0] < len(self.lines) else ""

    def sign(self, place: Place) -> str:
        return self.line(place)[place[1] : place[1] + 1]


def diagnose(complaint: Complaint) -> Finding:
    """Return message, place and values; the words of both PyYAML parsers lead to the same answer."""
    for words, find in _BY_WORDS:
        if re.search(words, complaint.words):
            return find(complaint)
    return _other(complaint)


def missing_colon(line: str, number: int) -> Finding | None:
    """Return what is wrong with the first colon of a line that has no proper one, if there is any colon."""
    full, tight = line.find("："), re.search(_COLON_WITHOUT_SPACE, line)
    if full >= 0 and not (tight and tight.start() < full):
        return says.FULL_COLON, (number, full), {"text": short(line)}
    return (says.NO_SPACE, (number, tight.start() + 1), {"text": short(line)}) if tight else None


def _start(complaint: Complaint) -> Finding:
    place, line = complaint.noticed, complaint.line(complaint.noticed)
    sign = complaint.sign(place)
    if sign == "\t" or "tab character" in complaint.words:
        return says.TAB, (place[0], line.index("\t")), {}
    return says.RESERVED, place, {"sign": sign, "quoted": quoted(_rest(line[place[1] :]))}


def _rest(text: str) -> str:
    """Return the rest of a line without its comment."""
    return re.split(r"\s#", text, maxsplit=1)[0].strip()


def _second_colon(complaint: Complaint) -> Finding:
    number, column = complaint.noticed
    line = complaint.line(complaint.noticed)
    first = re.search(r":\s+", line[:column])
    if first:
        value = _rest(line[first.end() :])
        return says.SECOND_COLON, complaint.noticed, {"quoted": quoted(short(value))}
    above = next((n for n in range(number - 1, -1, -1) if complaint.lines[n].strip()), None)
    if above is not None and ": " not in complaint.lines[above]:
        found = missing_colon(complaint.lines[above], above)
        if found:
            return found
    return says.INDENT, (number, len(line) - len(line.lstrip())), {}


def _no_colon(complaint: Complaint) -> Finding:
    number, column = complaint.began
    line = complaint.lines[number]
    return missing_colon(line, number) or (says.NO_COLON, complaint.began, {"text": short(line[column:])})


def _block_sign(complaint: Complaint) -> Finding:
    number, column = complaint.began
    rest = complaint.lines[number][column:]
    return block_sign(rest, complaint.began)


def block_sign(rest: str, place: Place) -> Finding:
    """Return what is wrong with the head of a block text, given the rest of its line."""
    glued = re.match(r"[|>][-+0-9]*(?=#)", rest)
    if glued:
        return says.GLUED_COMMENT, (place[0], place[1] + glued.end()), {}
    return says.BLOCK_SIGN, place, {"sign": rest[:1], "quoted": quoted(short(_rest(rest)))}


def _open_quote(complaint: Complaint) -> Finding:
    return says.OPEN_QUOTE, complaint.began, {"sign": complaint.sign(complaint.began)}


def _backslash(complaint: Complaint) -> Finding:
    number, column = complaint.noticed
    return says.BACKSLASH, (number, complaint.lines[number].rindex("\\", 0, column + 1)), {}


def _open_bracket(complaint: Complaint) -> Finding:
    sign, (line, column) = complaint.sign(complaint.began), complaint.noticed
    closing = "]" if "sequence" in complaint.words else "}"
    return (
        says.OPEN_BRACKET,
        complaint.began,
        {"sign": sign, "closing": closing, "line": line + 1, "column": column + 1},
    )


def _level(complaint: Complaint) -> Finding:
    line, column = complaint.line(complaint.noticed), complaint.noticed[1]
    if complaint.sign(complaint.noticed) == ":":
        return says.KEY_EMPTY, complaint.noticed, {}
    before = line[:column].strip()
    if before and before.strip("- "):
        return says.AFTER_VALUE, complaint.noticed, {"text": short(line[column:])}
    return says.INDENT, complaint.noticed, {}


def _top(complaint: Complaint) -> Finding:
    above = complaint.lines[: complaint.noticed[0]]
    if complaint.sign(complaint.noticed) == ":":
        return says.NO_SPACE, complaint.noticed, {"text": short(complaint.line(complaint.noticed))}
    if any(line.startswith("...") for line in above):
        return says.SEVERAL_DOCUMENTS, complaint.noticed, {}
    return _level(complaint)


def _content(complaint: Complaint) -> Finding:
    sign = complaint.sign(complaint.noticed)
    if sign and sign in ",]}:?":
        return says.STRAY_SIGN, complaint.noticed, {"sign": sign}
    return _never_closed(complaint) or _other(complaint)


def _never_closed(complaint: Complaint) -> Finding | None:
    """Return the last bracket that nothing closes, where a file ends inside it."""
    (line, column), depth = complaint.noticed, 0
    read = [*complaint.lines[:line], complaint.line(complaint.noticed)[:column]]
    if any(text.strip() for text in (complaint.line(complaint.noticed)[column:], *complaint.lines[line + 1 :])):
        return None
    for number, at, sign in (
        (n, at, read[n][at]) for n in reversed(range(len(read))) for at in reversed(range(len(read[n])))
    ):
        depth += (sign in "]}") - (sign in "[{")
        if depth < 0:
            values = {"sign": sign, "closing": "]" if sign == "[" else "}", "line": line + 1, "column": column + 1}
            return says.OPEN_BRACKET, (number, at), dict[str, object](values)
    return None


def _dash(complaint: Complaint) -> Finding:
    rest = _rest(complaint.line(complaint.noticed)[complaint.noticed[1] :])
    return says.DASH, complaint.noticed, {"quoted": quoted(short(rest))}


def _decoration(message: Message) -> Callable[[Complaint], Finding]:
    def find(complaint: Complaint) -> Finding:
        rest = complaint.line(complaint.began)[complaint.began[1] :]
        return message, complaint.began, {"text": short(_rest(rest))}

    return find


def _other(complaint: Complaint) -> Finding:
    return says.SYNTAX, complaint.noticed, {"detail": complaint.words}


_BY_WORDS: tuple[tuple[str, Callable[[Complaint], Finding]], ...] = (
    ("scanning an anchor", _decoration(says.ANCHOR)),
    ("scanning an alias", _decoration(says.ALIAS)),
    ("scanning a tag|parsing a tag|undefined tag handle", _decoration(says.TAG)),
    ("tab character|cannot start any token", _start),
    ("mapping values are not allowed", _second_colon),
    ("could not find expected ':'", _no_colon),
    ("scanning a block scalar", _block_sign),
    ("unexpected end of stream|unexpected document", _open_quote),
    ("quoted scalar", _backslash),
    ("parsing a flow (?:sequence|mapping)", _open_bracket),
    ("expected '?<document start>'?", _top),
    ("parsing a block (?:mapping|collection)", _level),
    ("expected (?:the )?node content|mapping keys are not allowed", _content),
    ("sequence entries are not allowed", _dash),
)
