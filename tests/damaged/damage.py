"""Damages bytes as the dice say, and tells in a word what was done. The same dice give the same damage."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from random import Random

WORDS: Sequence[str] = (
    *("", "null", "~", "yes", "-1", "0", "NaN", "1e999", "0x1F", "1_000", "99999999999999999999", "0.1.2", "２０", "８５％"),
    *("85%", "0.85", "420户", "1,234", "是", "√", "无", "/", "—", "=1+1", "=HYPERLINK(\"http://x\")", "@x", "2026-02-30"),
    *("9999-12-31", "0001-01-01", "2425-11-23", "45000", "../../etc/passwd", "C-1", "V-0001", "\u202e倒", "\x1b[31m", "a" * 5000),
    *("[[[[[[", "{a: {b: {c: ", "}", "]", "!!python/object:os.system x", "&a [*a]", "<<: *a", "|", ">", "- - - -", "%TAG", "🏘"),
    *("A1:XFD1048576", "XFD1048576", "#REF!", "&#0;", "<a>", "]]>", "\ufeff", "\u200b", "'", '"', ":", ",", ";", "\t", "\r\n"),
)  # fmt: skip
Damage = Callable[[bytes, Random], bytes]
_NUMBER = re.compile(rb"[0-9]+(?:\.[0-9]+)?")
_WORD = re.compile(rb"[^\s:,\[\]{}\"'<>=/]+")
_QUOTED = re.compile(rb'"[^"<>]{0,80}"')
_FILLED = re.compile(rb'<c r="[JK][0-9]+"[^<>]*><v>[^<]*</v>')  # columns of values in a form
_VALUE = re.compile(rb"<v>[^<]*</v>")
_TAG = re.compile(rb"<[a-zA-Z][^<>]*>")


# ---- any bytes


def flip(data: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(data) or 1)
    return data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]


def cut_short(data: bytes, dice: Random) -> bytes:
    return data[: dice.randrange(len(data) or 1)]


def take_out(data: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(data) or 1)
    return data[:at] + data[at + dice.randrange(1, 200) :]


def repeat(data: bytes, dice: Random) -> bytes:
    at, size = dice.randrange(len(data) or 1), dice.choice((1, 10, 100, 1000))
    return data[:at] + data[at : at + size] * dice.choice((2, 3, 50, 2000)) + data[at:]


# ---- texts


def _replaced(pattern: re.Pattern[bytes], data: bytes, dice: Random, new: Callable[[bytes], bytes]) -> bytes:
    places = list(pattern.finditer(data))
    if not places:
        return flip(data, dice)
    found = dice.choice(places)
    return data[: found.start()] + new(found[0]) + data[found.end() :]


def other_word(data: bytes, dice: Random) -> bytes:
    return _replaced(_WORD, data, dice, lambda _: dice.choice(WORDS).encode())


def other_number(data: bytes, dice: Random) -> bytes:
    return _replaced(_NUMBER, data, dice, lambda _: dice.choice(WORDS).encode())


def full_width(data: bytes, dice: Random) -> bytes:
    wide = bytes.maketrans(b"", b"")
    return _replaced(
        _NUMBER, data, dice, lambda old: "".join(chr(ord(c) + 0xFEE0) for c in old.translate(wide).decode()).encode()
    )


def put_in(data: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + dice.choice(WORDS).encode() + data[at:]


def _lines(change: Callable[[list[bytes], int, Random], None]) -> Damage:
    def damage(data: bytes, dice: Random) -> bytes:
        lines = data.split(b"\n")
        change(lines, dice.randrange(len(lines)), dice)
        return b"\n".join(lines)

    damage.__name__ = change.__name__.strip("_")
    return damage


def _drop_line(lines: list[bytes], at: int, dice: Random) -> None:
    del lines[at]


def _double_line(lines: list[bytes], at: int, dice: Random) -> None:
    lines.insert(dice.randrange(len(lines)), lines[at])


def _many_lines(lines: list[bytes], at: int, dice: Random) -> None:
    lines[at:at] = [lines[at]] * dice.choice((30, 3000))


def _indent(lines: list[bytes], at: int, dice: Random) -> None:
    lines[at] = dice.choice((b"  ", b" ", b"\t", "\u3000".encode(), b"    ")) + lines[at]


def _swap(lines: list[bytes], at: int, dice: Random) -> None:
    other = dice.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]


def other_encoding(data: bytes, dice: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(dice.choice(("gb18030", "utf-16", "utf-8-sig", "utf-32", "big5hkscs")), "replace")


def deep(data: bytes, dice: Random) -> bytes:
    opening = dice.choice((b"[", b"{a: ", b"- ", b'{"a":', b"("))
    return put_at(data, dice, opening * dice.choice((20, 300, 20_000)))


def put_at(data: bytes, dice: Random, what: bytes) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + what + data[at:]


BYTES: Sequence[Damage] = (flip, cut_short, take_out, repeat)
TEXT: Sequence[Damage] = (
    *BYTES, other_word, other_word, other_number, other_number, full_width, put_in, other_encoding, deep,
    _lines(_drop_line), _lines(_double_line), _lines(_many_lines), _lines(_indent), _lines(_swap),
)  # fmt: skip


# ---- XML parts and archives


def other_attribute(data: bytes, dice: Random) -> bytes:
    return _replaced(_QUOTED, data, dice, lambda _: b'"' + dice.choice(WORDS).encode("utf-8") + b'"')


def double_tag(data: bytes, dice: Random) -> bytes:
    return _replaced(_TAG, data, dice, lambda tag: tag * dice.choice((2, 300)))


def drop_tag(data: bytes, dice: Random) -> bytes:
    return _replaced(_TAG, data, dice, lambda _: b"")


def doctype(data: bytes, dice: Random) -> bytes:
    return b'<!DOCTYPE a [<!ENTITY b "c">]>' + data


def whole_sheet(data: bytes, dice: Random) -> bytes:
    area = dice.choice(
        (
            b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>',
            b'<dataValidations count="1"><dataValidation type="list" sqref="A1:XFD1048576"/></dataValidations>',
            b'<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
        )
    )
    return data.replace(b"</sheetData>", b"</sheetData>" + area, 1)


def typed_over(data: bytes, dice: Random) -> bytes:
    """Put another number or another of the book's texts into a cell that was filled in."""
    return _replaced(
        _FILLED, data, dice, lambda cell: _VALUE.sub(b"<v>%d</v>" % dice.choice((0, 1, 2, 3, 7, 40, 60, 500)), cell)
    )


def strict(data: bytes, dice: Random) -> bytes:
    return data.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    )


XML: Sequence[Damage] = (
    *TEXT,
    other_attribute,
    other_attribute,
    other_attribute,
    double_tag,
    drop_tag,
    doctype,
    whole_sheet,
)


def in_archive(data: bytes, dice: Random) -> tuple[bytes, str]:
    """Damage a part of an archive, or the list of its parts, or its bytes."""
    if dice.random() < 0.1:
        damage = dice.choice(BYTES)
        return damage(data, dice), damage.__name__
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name, other = dice.choice(sorted(parts)), dice.choice(sorted(parts))
    how = dice.choice(
        ("inside",) * 12 + ("typed over",) * 6 + ("all strict", "dropped", "emptied", "renamed", "exchanged")
    )
    if how == "inside" and parts[name].startswith(b"PK"):
        parts[name], said = in_archive(parts[name], dice)
        return packed(parts), f"{name}: {said}"
    if how == "inside":
        damage = dice.choice(XML if name.endswith((".xml", ".rels", ".vml")) else TEXT)
        parts[name], how = damage(parts[name], dice), damage.__name__
    elif how == "typed over" and (sheets := sorted(n for n, part in parts.items() if _FILLED.search(part))):
        name = dice.choice(sheets)
        parts[name] = typed_over(parts[name], dice)
    elif how == "all strict":
        parts = {name: strict(content, dice) for name, content in parts.items()}
    elif how == "dropped":
        del parts[name]
    elif how == "emptied":
        parts[name] = b""
    elif how in ("renamed", "typed over"):
        parts[dice.choice(WORDS)[:100].replace("\x00", "") + name] = parts.pop(name)
    else:
        parts[name], parts[other] = parts[other], parts[name]
    return packed(parts), f"{name}: {how}"


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name or "_"), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def in_text(data: bytes, dice: Random) -> tuple[bytes, str]:
    """Damage a text once, twice or three times."""
    said = []
    for _ in range(dice.choice((1, 1, 2, 3))):
        damage = dice.choice(TEXT)
        data = damage(data, dice)
        said.append(damage.__name__)
    return data, ", ".join(said)
