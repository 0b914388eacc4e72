"""Reads one YAML file into plain data in which every value knows its place, and notes all problems.

Only what every YAML reader understands alike is accepted: text, true/false, null, whole and decimal numbers, lists and
mappings with text keys. `docs/errors/yaml.md` explains each refusal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from ..core.problems import Problems, Source, sort_by_place
from ..core.text import half_width
from . import yaml_messages as says
from .pyyaml import events, yaml
from .yaml_scalars import SUSPECT, digits, key_is_text, quoted, resolve, short
from .yaml_syntax import Complaint, Place, block_sign, diagnose, missing_colon
from .yaml_text import UnreadableFromHere, YamlLimits, YamlNotes, decode, has_control, is_chinese, tabs_outside

__all__ = ["Path", "Plain", "YamlDocument", "YamlLimits", "read_yaml"]

Path = tuple[str | int, ...]
Plain = dict[str, "Plain"] | list["Plain"] | str | int | Decimal | bool | None


class _SlowParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """PyYAML's own parser, for machines without libyaml."""

    def __init__(self, text: str) -> None:
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)

    def get_event(self) -> object:
        try:
            return super().get_event()  # type: ignore[no-untyped-call]  # PyYAML has no types for it
        except ValueError as wrong:  # an escape beyond Unicode
            mark = self.get_mark()
            raise yaml.scanner.ScannerError("while scanning a quoted scalar", mark, str(wrong), mark) from wrong


try:
    from yaml._yaml import CParser

    _Parser: Callable[[str], Any] = CParser
except ImportError:  # PyYAML was built without libyaml
    _Parser = _SlowParser


class YamlDocument(Struct, frozen=True):
    """What a file says, and where it says it (lines and columns from 1)."""

    file: str
    data: Plain
    places: Mapping[Path, tuple[int, int]]
    key_places: Mapping[Path, tuple[int, int]]

    def at(self, path: Path) -> Source:
        """Return the place of a value, or of the nearest enclosing value that is there."""
        return self._nearest(path, self.places)

    def at_key(self, path: Path) -> Source:
        """Return the place of a key, or of the nearest value around it."""
        found = self.key_places.get(path)
        return self.at(path) if found is None else Source(self.file, line=found[0], column=found[1])

    def _nearest(self, path: Path, places: Mapping[Path, tuple[int, int]]) -> Source:
        while path and path not in places:
            path = path[:-1]
        line, column = places.get(path, (1, 1))
        return Source(self.file, line=line, column=column)


def read_yaml(data: bytes | str, file: str, limits: YamlLimits = YamlLimits()) -> tuple[YamlDocument | None, Problems]:  # noqa: B008
    """Return the document and its problems in the order of their places.

    The document is None where reading had to stop; a value that was refused is in it as text. Never raises for bad input.

    >>> document, problems = read_yaml("名称: 甲村\\n得分: 9.50\\n", "a.yaml")
    >>> document.data, str(document.at(("得分",)))
    ({'名称': '甲村', '得分': Decimal('9.50')}, 'a.yaml:2:5')
    >>> print(read_yaml("开放: no\\n", "a.yaml")[1][0].text())
    a.yaml:1:5 Y030 “no”含义不明：有的软件读成真或假，有的读成文字（文字写成"no"，真假写成true或false）
    """
    notes = YamlNotes(file, limits)
    try:
        text = decode(data, notes)
        builder = _Builder(notes, (*text.split("\n"), ""), _Parser(text))
        builder.build()
    except UnreadableFromHere:
        return None, sort_by_place(tuple(notes.problems))
    document = YamlDocument(file, builder.root, builder.places, builder.key_places)
    return document, sort_by_place(tuple(notes.problems))


class _Map(Struct):
    """A mapping being filled; `key` is the one whose value comes next."""

    box: dict[str, Plain]
    path: Path
    flow: bool
    key: str | None = None


class _List(Struct):
    box: list[Plain]
    path: Path


_BEFORE_HASH = re.compile(r"\S(?=[ \t]+#[^\s#])")
_GLUED = re.compile(r"""[]}"'|>0-9+-]#""")
_TAIL = r"[ \t]+(#.*)"
_ESCAPE = r"\\[^0abvfexuU]|(\\.)"
_OPENS = (events.MappingStartEvent, events.SequenceStartEvent)
_CLOSES = (events.MappingEndEvent, events.SequenceEndEvent)


class _Builder:
    """Plain data and places, growing with each event of the parser."""

    __slots__ = (
        *(
            "documents",
            "frame",
            "glued",
            "good_keys",
            "key_places",
            "lines",
            "most_digits",
            "most_values",
            "next_event",
            "notes",
            "places",
            "root",
            "spans",
        ),
        *("stack", "swallowed", "tabs"),
    )

    def __init__(self, notes: YamlNotes, lines: tuple[str, ...], parser: Any) -> None:
        self.notes, self.lines, self.next_event = notes, lines, parser.get_event
        self.places: dict[Path, tuple[int, int]] = {}
        self.key_places: dict[Path, tuple[int, int]] = {}
        self.root: Plain = None
        self.frame: _Map | _List | None = None
        self.stack: list[_Map | _List | None] = []
        self.documents = 0
        self.good_keys: set[str] = set()
        self.most_digits, self.most_values = notes.limits.digits, notes.limits.values
        self.spans: list[tuple[Place, Place]] = []
        self.swallowed = frozenset(n for n, line in enumerate(lines) if "#" in line and _may_swallow(line))
        self.glued = frozenset(n for n, line in enumerate(lines) if "#" in line and _GLUED.search(line))
        self.tabs = any("\t" in line for line in lines)

    def build(self) -> None:
        """Read all events; what stops the parser becomes a problem."""
        steps: dict[type, Callable[[Any], None]] = {
            events.ScalarEvent: self.scalar,
            events.AliasEvent: self.alias,
            events.DocumentStartEvent: self.document,
            **dict.fromkeys(_OPENS, self.open),
            **dict.fromkeys(_CLOSES, self.close),
        }
        try:
            while (event := self.next_event()) is not None:
                if step := steps.get(type(event)):
                    step(event)
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
        if not self.documents:
            raise self.notes.stop(says.EMPTY_FILE, (0, 0))
        if self.tabs:
            self._refuse_tabs()

    # -- events

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise self.notes.stop(says.SEVERAL_DOCUMENTS, _of(event.start_mark))

    def scalar(self, event: Any) -> None:
        frame, mark, text = self.frame, event.start_mark, event.value
        if type(frame) is _Map and frame.key is None:
            self._key(frame, event, mark)
            return
        value: Plain = text
        if (event.anchor is not None or event.tag is not None) and self._decorated(event):
            pass
        elif event.style:
            self._written(event)
        elif not text:
            value = None
            self._empty(frame, mark)
        else:
            value = self._plain(text, event, mark)
        self._put(value, mark)

    def open(self, event: Any) -> None:
        frame, mark = self.frame, event.start_mark
        self._decorated(event)
        self._check_depth(len(self.stack) + 1, mark)
        if type(frame) is _Map and frame.key is None:
            self._skip_pair(mark)
            return
        self.stack.append(frame)
        if type(event) is events.MappingStartEvent:
            entries: dict[str, Plain] = {}
            self.frame = _Map(entries, self._put(entries, mark), bool(event.flow_style))
        else:
            items: list[Plain] = []
            self.frame = _List(items, self._put(items, mark))

    def close(self, event: Any) -> None:
        self.frame = self.stack.pop()
        end = event.end_mark
        if end.line in self.glued and re.match(r"[]}]#", self.lines[end.line][max(end.column - 1, 0) : end.column + 1]):
            self.notes.add(says.GLUED_COMMENT, _of(end))

    def alias(self, event: Any) -> None:
        frame, mark = self.frame, event.start_mark
        self.notes.add(says.ALIAS, _of(mark), text=short(f"*{event.anchor}"))
        if type(frame) is _Map and frame.key is None:
            frame.key = f"*{event.anchor}"
        else:
            self._put(None, mark)

    # -- the parts of an event

    def _put(self, value: Plain, mark: Any) -> Path:
        """Put a value where it belongs, note its place and return its path."""
        frame = self.frame
        path: Path = ()
        if type(frame) is _Map:
            key = frame.key or ""
            path = (*frame.path, key)
            frame.box[key] = value
            frame.key = None
        elif type(frame) is _List:
            path = (*frame.path, len(frame.box))
            frame.box.append(value)
        else:
            self.root = value
        self.places[path] = (mark.line + 1, mark.column + 1)
        if len(self.places) > self.most_values:
            raise self.notes.stop(says.TOO_MANY_VALUES, _of(mark), limit=self.most_values)
        return path

    def _key(self, frame: _Map, event: Any, mark: Any) -> None:
        key = frame.key = event.value
        path = (*frame.path, key)
        if (event.anchor is not None or event.tag is not None) and self._decorated(event):
            pass
        elif event.style or key not in self.good_keys:
            self._check_key(key, event)
        if key in frame.box:
            line, first = mark.line + 1, self.key_places[path][0]
            self.notes.add(says.DUPLICATE, _of(mark), key=short(key), line=line, first=first)
        else:
            self.key_places[path] = (mark.line + 1, mark.column + 1)

    def _check_key(self, key: str, event: Any) -> None:
        place, plain = _of(event.start_mark), not event.style
        if not plain:
            self._written(event)
        if not key:
            self.notes.add(says.KEY_EMPTY, place)
        elif key != key.strip():
            self.notes.add(says.KEY_BLANKS, place, key=short(key))
        elif plain and key == "<<":
            self.notes.add(says.MERGE, place)
        elif plain and not key_is_text(key):
            self.notes.add(says.KEY_AMBIGUOUS, place, text=short(key), quoted=quoted(short(key)))
        elif plain:
            self.good_keys.add(key)

    def _decorated(self, event: Any) -> bool:
        """Refuse an anchor and a tag; return whether there was one."""
        if event.anchor is None and event.tag is None:
            return False
        if event.anchor is not None:
            self.notes.add(says.ANCHOR, _of(event.start_mark), text=short(f"&{event.anchor}"))
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.notes.add(says.TAG, _of(event.start_mark), text=short(tag))
        return True

    def _written(self, event: Any) -> None:
        """Check a quoted or a block text."""
        start, end, style = event.start_mark, event.end_mark, event.style
        if len(event.value) > self.notes.limits.text:
            self._too_long(event.value, start)
        if self.tabs:
            self.spans.append((_of(start), _of(end)))
        if style in "|>":
            rest = self.lines[start.line][start.column :]
            if not event.value or (start.line in self.glued and re.match(r"[|>][-+0-9]*#", rest)):
                message, place, values = block_sign(rest, _of(start))
                self.notes.add(message, place, **values)
        elif end.line in self.glued and self.lines[end.line][end.column : end.column + 1] == "#":
            self.notes.add(says.GLUED_COMMENT, _of(end))
        if has_control(event.value):
            escape = next((m for m in re.compile(_ESCAPE).finditer(self.lines[start.line], start.column) if m[1]), None)
            self.notes.add(says.BACKSLASH, (start.line, escape.start() if escape else start.column))

    def _plain(self, text: str, event: Any, start: Any) -> Plain:
        value, message = resolve(text, self.most_digits) if text[0] in SUSPECT else (text, None)
        end = event.end_mark
        if len(text) > self.notes.limits.text:
            self._too_long(text, start)
        if message is not None:
            seen = short(text)
            values = {"quoted": quoted(seen), "half": half_width(seen), "size": digits(text)}
            self.notes.add(message, _of(start), text=seen, limit=self.notes.limits.digits, **values)
        elif self.frame is None and (found := missing_colon(self.lines[start.line], start.line)):
            self.notes.add(found[0], found[1], **found[2])
        if end.line in self.swallowed and any(map(is_chinese, text)):
            tail = re.compile(_TAIL).match(self.lines[end.line], end.column)
            if tail:
                self.notes.add(says.SWALLOWED, (end.line, tail.start(1)), text=short(tail[1]))
        if "\n" in text or " -" in text:
            self._folded(start.line + 1, end.line + 1)
        return value

    def _folded(self, first: int, end: int) -> None:
        for number in range(first, end):
            if self.lines[number].lstrip().startswith("-"):
                self.notes.add(says.FOLDED_DASH, (number, self.lines[number].index("-")))

    def _too_long(self, text: str, mark: Any) -> None:
        self.notes.add(says.TOO_LONG, _of(mark), size=len(text), limit=self.notes.limits.text)

    def _empty(self, frame: _Map | _List | None, mark: Any) -> None:
        """Say why there is no value: nothing written, a comma in a text, or a colon without its space."""
        before = self.lines[mark.line][: mark.column].rstrip()
        if type(frame) is not _Map or not frame.flow or not frame.key or not before.endswith(frame.key):
            self.notes.add(says.EMPTY, (mark.line, len(before)))
            return
        found = missing_colon(frame.key, mark.line)
        if found is None:
            place = (mark.line, len(before) - len(frame.key))
            self.notes.add(says.COMMA, place, key=short(frame.key))
        else:
            column = len(before) - len(frame.key) + found[1][1]
            self.notes.add(found[0], (mark.line, column), **found[2])

    def _skip_pair(self, mark: Any) -> None:
        """Refuse a list or a mapping as a key, and pass over it and its value."""
        line, column = self.lines[mark.line], max(mark.column - 1, 0)
        holder = re.match(r"\{\{.*?(?:\}\}|$)", line[column:])
        if holder:
            self.notes.add(says.PLACEHOLDER, (mark.line, column), quoted=quoted(short(holder[0])))
        else:
            self.notes.add(says.KEY_NOT_TEXT, _of(mark))
        self._skip(1)
        self._skip(0)

    def _skip(self, depth: int) -> None:
        """Pass over events until the node that is open, or the next one, is complete."""
        while True:
            event = self.next_event()
            self._check_depth(len(self.stack) + depth, event.start_mark)
            depth += (type(event) in _OPENS) - (type(event) in _CLOSES)
            if depth == 0:
                return

    def _check_depth(self, depth: int, mark: Any) -> None:
        if depth > self.notes.limits.depth:
            raise self.notes.stop(says.TOO_DEEP, _of(mark), limit=self.notes.limits.depth)

    # -- after the last event

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        noticed = error.problem_mark or error.context_mark
        began = error.context_mark or noticed
        words = "; ".join(part for part in (error.context, error.problem) if part)
        message, place, values = diagnose(Complaint(words, _of(noticed), _of(began), self.lines))
        raise self.notes.stop(message, place, **values) from error

    def _refuse_tabs(self) -> None:
        """Refuse tabs outside quoted and block texts and comments; PyYAML's two parsers differ about them."""
        for place in tabs_outside(self.lines, self.spans):
            self.notes.add(says.TAB, place)


def _may_swallow(line: str) -> bool:
    """Say whether a `#` after a blank may have been meant as text: one that follows a word and heads another."""
    ends = (found[0] for found in _BEFORE_HASH.finditer(line))
    return any(is_chinese(sign) or sign in "）”》〕%" or (sign.isascii() and sign.isalnum()) for sign in ends)


def _of(mark: Any) -> Place:
    return mark.line, mark.column
