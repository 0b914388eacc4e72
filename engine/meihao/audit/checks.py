"""Checks what a published file alone can show: its digests, its parts, its edition and its signatures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from ..assessment.published import AssessmentFile
from ..core.calendar import parse_date
from ..core.canonical import digest
from ..core.seal import seal_of
from ..core.text import Label
from ..ranking.details_file import DetailsFile
from ..ranking.published import RankingFile
from ..reports.clean import clean
from ..reports.pdf import ATTACHMENT, Stamp
from ..reports.seal import first_part, holds
from ..standard.checking.edition import Seal
from ..standard.model import Pack
from .model import Check, Kind, OpenedFile, Record, Sheets, State

FILE = Label("文件", "file")
ADDED = Label("后加的内容", "added later")
EMBEDDED = Label("所附结果", "embedded result")
DIGEST = Label("结果校验值", "digest of the result")
SEAL = Label("记录校验值", "seal of the record")
PACK = Label("标准", "standard")
_SEALED: tuple[Kind, ...] = ("unit", "ranking", "notice")  # details are read by the program alone, beside their ranking


class Standard(Struct, frozen=True):
    """The pack to check against, its sealed editions, and whether the user named it or it is the built-in one."""

    pack: Pack
    seals: tuple[Seal, ...] = ()
    named: bool = False


def check_file(document: OpenedFile) -> Iterator[Check]:
    """Yield what can be said of a PDF as a file; nothing for JSON."""
    if document.sheets is None:
        return
    part = first_part(document.data)
    said = {
        True: Label("写成以后，原有部分没有一个字节变过", "no byte of the original file has changed"),
        False: Label("写成以后被改过", "it was changed after it was written"),
        None: Label(
            "没有自带的校验值，不是原件，例如被别的程序另存过",
            "it carries no seal of its own: this is not the original; another program may have saved it",
        ),
    }
    state = holds(part)
    yield Check("file", "holds" if state else "fails", FILE, said[state])
    if part and (more := len(document.data) - len(part)):
        yield _added(more, document.sheets)
    yield _embedded(document, document.sheets)


def _added(more: int, sheets: Sheets) -> Check:
    if not sheets.added:
        zh, en = (
            f"后来加了{more}字节，各页和所附结果都没有变",
            f"{more} bytes were added later; no page and no embedded file changed",
        )
        return Check("added", "holds", ADDED, Label(zh, en))
    pages = ", ".join(sheets.added)
    said = Label(f"后来加的内容改动了页面或目录：{pages}", f"the added content changes pages or the catalog: {pages}")
    return Check("added", "fails", ADDED, said)


def _embedded(document: OpenedFile, sheets: Sheets) -> Check:
    names = [one.name for one in sheets.attached]
    if names != [ATTACHMENT]:
        shown = ", ".join(clean(name) for name in names)
        zh, en = f"应当只附一个{ATTACHMENT}，现有：{shown}", f"exactly one {ATTACHMENT} is expected; found: {shown}"
        return Check("embedded", "fails", EMBEDDED, Label(zh, en))
    stated = str(document.records[0].data["digest"])
    fits = len(document.records) == 1 and document.even and sheets.attached[0].description.endswith(stated)
    if fits and sheets.identifier == _identifier(stated):
        said = Label("只附一个，PDF的标识与它一致", "there is exactly one, and it matches the PDF's identifier")
        return Check("embedded", "holds", EMBEDDED, said)
    said = Label("与PDF的标识或说明不一致", "it does not match the PDF's identifier or description")
    return Check("embedded", "fails", EMBEDDED, said)


def _identifier(stated: str) -> str:
    try:
        return Stamp("", stated).identifier().hex()
    except ValueError:
        return "?"


def check_record(record: Record) -> Iterator[Check]:
    """Yield whether the digests inside a record are those of its content."""
    data = record.data
    if "body" in data:
        yield _fits("digest", DIGEST, str(data["digest"]), digest(data["body"]))
    if "seal" in data or record.kind in _SEALED:
        yield _fits("seal", SEAL, str(data.get("seal", "")), seal_of(data))


def _fits(name: str, title: Label, stated: str, found: str) -> Check:
    if stated == found:
        return Check(name, "holds", title, Label(f"与内容相符：{short(found)}", f"matches the content: {short(found)}"))
    zh = f"与内容不符：写着{short(stated)}，应为{short(found)}"
    en = f"does not match the content: it says {short(stated)}, the content gives {short(found)}"
    return Check(name, "fails", title, Label(zh, en))


def short(value: str) -> str:
    """Return a digest as far as people compare it.

    >>> short("sha256:0123456789abcdef0123")
    'sha256:0123456789abcdef…'
    """
    return clean(value[:23]) + "…" if len(value) > 23 else clean(value)


def check_pack(record: Record, standard: Standard) -> Check:
    """Return whether the standard here is the one by which the result was made."""
    named = pack_of(record)
    if named is None and record.kind == "state":
        return Check("pack", "not_checked", PACK, Label("数据状态不涉及标准", "a state of the data names no standard"))
    if named is None and record.kind == "other":
        why = Label("不认识的文件，没有核对标准", "the standard of an unknown kind of document was not checked")
        return Check("pack", "not_checked", PACK, why)
    if named is None:
        zh, en = (
            "公示名单不写标准的校验值，要重排才知道",
            "a notice does not state the standard's digest; only ranking again shows it",
        )
        return Check("pack", "not_checked", PACK, Label(zh, en))
    name, edition, stated = named
    if stated == standard.pack.digest:
        return Check("pack", "holds", PACK, _known(standard, edition or standard.pack.edition))
    there = [part for part in (f"{name} {edition}".strip(), short(stated)) if part]
    state, why = _other(name, edition, stated, standard)
    zh, en = f"结果所用：{'，'.join(there)}；{why.zh}", f"the result was made by {', '.join(there)}; {why.en}"
    return Check("pack", state, PACK, Label(zh, en))


def _known(standard: Standard, edition: str) -> Label:
    sealed = any((seal.edition, seal.digest) == (edition, standard.pack.digest) for seal in standard.seals)
    mark = (
        Label("这一版已封存", "this edition is sealed")
        if sealed
        else Label("这一版没有封存", "this edition is not sealed")
    )
    zh = f"{standard.pack.title.zh} {edition}，{short(standard.pack.digest)}，{mark.zh}"
    return Label(zh, f"{standard.pack.title['en']} {edition}, {short(standard.pack.digest)}; {mark.en}")


def _other(name: str, edition: str, stated: str, standard: Standard) -> tuple[State, Label]:
    """Return what it means that the result was made by another standard than the one here."""
    if any((seal.edition, seal.digest) == (edition, stated) for seal in standard.seals):
        return "not_checked", Label(
            "这是封存过的另一版，用--pack指明那一版的文件夹",
            "a sealed edition, but not the one here: name its folder with --pack",
        )
    if not standard.named and name != standard.pack.id:
        return "not_checked", Label("不是内置标准，用--pack指明", "not the built-in standard: name it with --pack")
    here = f"{standard.pack.id} {standard.pack.edition}"
    digest_here = short(standard.pack.digest)
    if here == f"{name} {edition}":
        zh, en = "，版号相同，内容改过", ": the same edition, altered"
    else:
        zh, en = "", ""
    return "fails", Label(f"这里的标准是{here}，{digest_here}{zh}", f"the standard here is {here}, {digest_here}{en}")


def pack_of(record: Record) -> tuple[str, str, str] | None:
    """Return id, edition and digest of the standard that a result names; None where it names none."""
    match record.file:
        case AssessmentFile(body=body):
            parts = (body.pack.id, body.pack.edition, body.pack.digest)
        case RankingFile(body=body):
            parts = (body.pack, body.edition, body.pack_digest)
        case DetailsFile(body=body):
            parts = ("", "", body.pack_digest)
        case _:
            return None
    name, edition, stated = map(clean, parts)
    return (name, edition, stated) if stated else None


def day_of(record: Record) -> date | None:
    """Return the reference date that a unit's result names; None where it names none."""
    return parse_date(record.file.body.round.reference_date) if isinstance(record.file, AssessmentFile) else None
