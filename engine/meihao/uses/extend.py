"""Let a unit hand in after the deadline: a named decision is added to the round's own text, which is otherwise left as it is."""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from ..core.calendar import parse_date
from ..core.files import FileText, reason
from ..core.problems import Message, Source
from ..core.text import quoted
from ..evidence.files import ROUND
from ..round.decisions import KINDS, Kind
from ..round.read import read_round_text
from ..store.messages import NOT_STORED
from .answer import Answer, Notes, answer
from .fill_in import UnitApplication, application
from .hand_in import REASON_WANTED, By
from .session import Session

NO_NUMBER = Message(
    "W167", "error", "没有写决定的编号，或这个编号已经用过", "the decision has no number, or one that was used before",
    "写文号，如 某委〔2026〕7号", "give its number, such as 某委〔2026〕7号",
)  # fmt: skip
NO_LAST_DAY = Message(
    "W168", "error", "没有写补交的最后一天，或早于今天", "the last day is missing, or lies before today",
    "写成2026-05-20", "write it like 2026-05-20",
)  # fmt: skip
BY_HAND = Message(
    "W169", "error", "round.yaml的写法特别，程序加不进去", "round.yaml is written in a way that the program cannot add to",
    "由管批次的人在decisions里写上", "whoever keeps the round adds it under `decisions`",
)  # fmt: skip
_TOP = re.compile(rb"^[A-Za-z_]")
_ITEM = re.compile(rb"^( *)- ")


class Extension(Struct, frozen=True):
    """A decision that lets one unit in: its number, what it lets in, the last day, why, and who decided."""

    id: str
    kind: Kind
    until: str
    why: str


def extend(session: Session, unit: str, asked: Extension, by: By) -> Answer[str]:
    """Add a decision for a unit to the round, from today on, and return its number. The journal tells of the new text."""
    return answer(_extended, session, unit, asked, by)


def _extended(notes: Notes, session: Session, unit: str, asked: Extension, by: By) -> str:
    found, name, day = application(notes, session, unit, by.on), asked.id.strip(), parse_date(asked.until.strip())
    if not asked.why.strip():
        notes.stop(REASON_WANTED.at(Source()))
    if not name or asked.kind not in KINDS or name in {one.id for one in found.session.round.decisions}:
        notes.stop(NO_NUMBER.at(Source()))
    if day is None or day < by.on:
        notes.stop(NO_LAST_DAY.at(Source()))
    line = _line(replace(asked, id=name), unit, day, by)
    try:
        _put(notes, found, line)
    except OSError as failure:
        notes.stop(NOT_STORED.at(Source(ROUND), path=found.home.place, why=reason(failure)))
    return name


def _line(asked: Extension, unit: str, until: date, by: By) -> str:
    told = f"kind: {asked.kind}, units: [{quoted(unit)}], by: {quoted(by.who)}, date: {by.on}, until: {until}"
    return f"{{id: {quoted(asked.id)}, {told}, reason: {quoted(asked.why.strip())}}}"


def _put(notes: Notes, found: UnitApplication, line: str) -> None:
    """Put a decision into the round's text, in one turn. Refused where anything else would be read otherwise. Raises OSError."""
    home, pack, before = found.home, found.session.pack, found.session.round
    with home.turn(home.ledger()) as said:
        notes.add(said)
        text = home.text(ROUND)
        assert text is not None  # the round was opened
        data = with_decision(text.data, line)
        after, _ = read_round_text(FileText(text.path, data), pack)
        if after is None or len(after.decisions) != len(before.decisions) + 1 or after.id != before.id:
            notes.stop(BY_HAND.at(Source(ROUND)))
        home.put_text(ROUND, data)


def with_decision(data: bytes, line: str) -> bytes:
    r"""Return a round's text with one more decision, after the others; nothing else of it changes.

    >>> with_decision(b"round: r\ndecisions:\n  - {id: A}\n# end\nclosed: true\n", "{id: B}").decode().splitlines()
    ['round: r', 'decisions:', '  - {id: A}', '  - {id: B}', '# end', 'closed: true']
    """
    lines = data.rstrip(b"\n").split(b"\n")
    start = next((n for n, one in enumerate(lines) if one.startswith(b"decisions:")), None)
    if start is None:
        return b"\n".join((*lines, b"decisions:", b"  - " + line.encode(), b""))
    if lines[start].partition(b":")[2].split(b"#")[0].strip() in (b"[]", b""):
        lines[start] = lines[start].replace(b"[]", b"").rstrip()
    end = next((n for n in range(start + 1, len(lines)) if _TOP.match(lines[n])), len(lines))
    items = [n for n in range(start + 1, end) if _ITEM.match(lines[n])]
    indent = _indent(lines[items[0]]) if items else b"  "
    after = next((n for n in range(end - 1, start, -1) if lines[n].strip() and not lines[n].startswith(b"#")), start)
    return b"\n".join((*lines[: after + 1], indent + b"- " + line.encode(), *lines[after + 1 :], b""))


def _indent(line: bytes) -> bytes:
    found = _ITEM.match(line)
    return found[1] if found else b"  "
