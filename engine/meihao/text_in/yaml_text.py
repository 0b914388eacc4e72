"""Turns the bytes of a YAML file into text that a parser may see, or says why not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate

from msgspec import Struct, field

from ..core.problems import Message, Problem, Source
from . import yaml_messages as says
from .yaml_syntax import Place


class YamlLimits(Struct, frozen=True):
    """How much of everything one file may hold; depth is checked before a deep file can harm the parser."""

    size: int = 4 << 20
    depth: int = 40
    values: int = 500_000
    text: int = 65_536
    digits: int = 18
    problems: int = 200


class UnreadableFromHere(Exception):
    """Nothing after this place can be read."""


class YamlNotes(Struct):
    """The problems found so far."""

    file: str
    limits: YamlLimits
    problems: list[Problem] = field(default_factory=list)

    def add(self, message: Message, place: Place, **values: object) -> None:
        source = Source(self.file, line=place[0] + 1, column=place[1] + 1)
        if len(self.problems) >= self.limits.problems:
            self.problems.append(says.TOO_MANY_PROBLEMS.at(source, limit=self.limits.problems))
            raise UnreadableFromHere
        self.problems.append(message.at(source, **values))

    def stop(self, message: Message, place: Place, **values: object) -> UnreadableFromHere:
        self.add(message, place, **values)
        return UnreadableFromHere()


# Patterns as texts: `re` compiles them only where a file holds something that cannot be printed.
_CONTROL = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\ud800-\\udfff\\ufffe\\uffff"
_FORBIDDEN = f"[{_CONTROL}\\x85\\u2028\\u2029\\ufeff\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069]"
_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#.*)?\n)*%")


def decode(data: bytes | str, notes: YamlNotes) -> str:
    """Return the text with plain line ends and no byte order mark; stops where it cannot be YAML."""
    if len(data) > notes.limits.size:
        raise notes.stop(says.TOO_LARGE, (0, 0), size=len(data), limit=notes.limits.size)
    text = data if isinstance(data, str) else _utf8(data, notes)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    _refuse_characters(text, notes)
    if found := _DIRECTIVE.match(text):
        raise notes.stop(says.DIRECTIVE, _place(text, found.end() - 1))
    return text


def _utf8(data: bytes, notes: YamlNotes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]:
        raise notes.stop(says.UTF16, (0, 0))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        before = data[: wrong.start].decode("utf-8").removeprefix("\ufeff")
        raise notes.stop(_encoding(data), _place(before, len(before))) from wrong


def _encoding(data: bytes) -> Message:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return says.NOT_UTF8
    return says.GB18030


def _refuse_characters(text: str, notes: YamlNotes) -> None:
    if _printable(text):
        return
    found = None
    for found in re.finditer(_FORBIDDEN, text):
        code = f"U+{ord(found[0]):04X}"
        message = says.CONTROL if has_control(found[0]) else says.INVISIBLE
        notes.add(message, _place(text, found.start()), code=code, escape=f"\\u{ord(found[0]):04X}")
    if found:
        raise UnreadableFromHere


def has_control(text: str) -> bool:
    """Say whether a text holds a character that only an escape can write."""
    return not _printable(text) and re.search(f"[{_CONTROL}]", text) is not None


def _printable(text: str) -> bool:
    """Say whether all but the line ends can be printed: then no character is a control or invisible."""
    return text.replace("\n", "").isprintable()


def is_chinese(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff"


def _place(text: str, index: int) -> Place:
    return text.count("\n", 0, index), index - text.rfind("\n", 0, index) - 1


_COMMENT = r"(?:^|(?<=[ \t]))#.*"


def tabs_outside(lines: tuple[str, ...], spans: Iterable[tuple[Place, Place]]) -> tuple[Place, ...]:
    """Return the first tab of each line that stands neither in one of the texts (`spans`, in order) nor in a comment."""
    starts = tuple(accumulate((len(line) + 1 for line in lines), initial=0))
    text, pieces, done = "\n".join(lines), [], 0
    for start, end in spans:
        left, right = starts[start[0]] + start[1], starts[end[0]] + end[1]
        pieces += [text[done:left], re.sub(r"[^\n]", "x", text[left:right])]
        done = right
    outside = "".join((*pieces, text[done:])).split("\n")
    columns = ((number, re.sub(_COMMENT, "", line).find("\t")) for number, line in enumerate(outside))
    return tuple((number, column) for number, column in columns if column >= 0)
