"""Runs `verify FILE`, which checks a published file from its digests to its pages, and `sign FILE`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from ..audit.checks import Standard, day_of
from ..audit.messages import NOT_READ
from ..audit.model import Audit, Check, Document
from ..audit.opened import open_document
from ..audit.pages import Paper
from ..audit.remade import Again, MadeBy
from ..audit.to_json import to_json
from ..audit.verify import verify
from ..core.canonical import pretty
from ..core.files import read_file, reason, write_whole
from ..core.problems import Lang, Source
from ..pipeline import Judged
from ..ranking.rank import rank
from ..reports.messages import NOT_WRITTEN
from ..reports.photos import album, read_photos
from ..reports.protocol import protocol
from ..standard.checking.edition import read_seals
from ..standard.resources import default_pack
from ..uses.answer import answer
from ..uses.session import Session
from .as_of import as_of
from .desk import BAD_INPUT, MISMATCH, OK, Stop, open_desk, result_of, stop_on_errors
from .printing import chooser, table, under

SHOWN = 12
WIDEST = 48
SIGN = {"holds": "✓", "fails": "×", "not_checked": "–"}
PASSWORD = "MEIHAO_KEY_PASSWORD"


def verify_command(words: argparse.Namespace) -> int:
    """Open, check, make again, compare. 4 where something does not hold, 0 where all that could be checked does."""
    document = _open(words.file, words)
    words.on = day_of(document.records[0])
    with as_of(words, document) as state:
        desk = open_desk(words)
        standard = Standard(desk.pack, read_seals(words.pack or default_pack())[0], words.pack is not None)
        audits = verify(document, standard, _again(words, desk), state)
    if words.format == "json":
        sys.stdout.write(pretty(to_json(document, audits)))
    else:
        print(under(desk.draft, _page(document, audits, words)))
    return MISMATCH if any(audit.count("fails") for audit in audits) else OK


def _open(path: Path, words: argparse.Namespace) -> Document:
    document, problems = open_document(_bytes(path, words), str(path))
    stop_on_errors(problems, words.lang)
    if document is None:
        raise Stop(BAD_INPUT)
    return document


def _bytes(path: Path, words: argparse.Namespace) -> bytes:
    try:
        return read_file(path)
    except OSError as refused:
        stop_on_errors((NOT_READ.at(Source(str(path)), path=path, why=reason(refused)),), words.lang)
        raise Stop(BAD_INPUT) from None


def _again(words: argparse.Namespace, desk: Session) -> Again | None:
    """Judge the evidence that was named; None where none was. A round brings its own."""
    if words.round and not words.evidence:
        folder = words.round if words.round.is_dir() else words.round.parent
        words.evidence = [folder / "evidence"] if (folder / "evidence").is_dir() else []
    if not words.evidence:
        return None
    from ..uses.look import theme_for
    from ..uses.report import paper_of
    from .assess import judge  # late: without evidence nothing is judged

    judged = judge(words, desk).units
    by_code = {one.case.code: one for one in judged}
    peers = [one.assessment for one in judged]
    ranking = rank(desk.pack, desk.round, peers)[0] if desk.whole_round else None
    photos = _photos(judged, words)

    def unit(code: str, made: MadeBy, lang: Lang) -> Paper:
        pictured, _ = album(by_code[code].case, photos)
        report = paper_of(by_code[code], peers, ranking, replace(desk, lang=lang), made, pictured.shots)
        return report, pictured.pictures

    def record(code: str, made: MadeBy, lang: Lang) -> Paper:
        one = by_code[code]
        assert one.evidence is not None  # it was read a moment ago
        return protocol(desk.pack, desk.round, one.evidence, one.case, one.assessment, lang, made), {}

    theme, _ = result_of(answer(theme_for, desk), desk.lang)
    cases = {one.case.code: one.case for one in judged}
    papers = {"unit": unit, "protocol": record}
    return Again(desk.round, cases, {one.unit: one for one in peers}, papers, theme, bool(photos))


def _photos(judged: Sequence[Judged], words: argparse.Namespace) -> Mapping[str, bytes]:
    if words.photos is None:
        return {}
    try:
        words.photos.stat()
        return read_photos(words.photos, [one.case for one in judged])
    except OSError as refused:
        why = reason(refused)
        stop_on_errors((NOT_READ.at(Source(str(words.photos)), path=words.photos, why=why),), words.lang)
        raise Stop(BAD_INPUT) from None


def _page(document: Document, audits: tuple[Audit, ...], words: argparse.Namespace) -> str:
    """Return what was found: every check of one result; of many results those that do not hold."""
    shown = audits if len(audits) == 1 else tuple(audit for audit in audits if audit.count("fails"))[:SHOWN]
    lines = [document.name]
    for audit in shown:
        lines += ["", *_audit(audit, words)]
    return "\n".join([*lines, "", _conclusion(audits, words)])


def _audit(audit: Audit, words: argparse.Namespace) -> list[str]:
    lang, say = words.lang, chooser(words.lang)
    names = {
        "holds": say("相符", "holds"),
        "fails": say("不符", "does not hold"),
        "not_checked": say("未核对", "not checked"),
    }
    head = ["", say("核对", "check"), say("结果", "result"), say("说明", "why")]
    rows = [[SIGN[c.state], c.title[lang], names[c.state], c.said[lang]] for c in audit.checks]
    lines = [audit.subject[lang], table([head, *rows])]
    for check in audit.checks:
        lines += _differences(check, words)
    return lines


def _differences(check: Check, words: argparse.Namespace) -> list[str]:
    if not check.differences:
        return []
    lang, say = words.lang, chooser(words.lang)
    head = [say("何处", "where"), say("文件上", "in the file"), say("现在", "now")]
    rows = [[short(part[lang]) for part in (d.where, d.was, d.now)] for d in check.differences[:SHOWN]]
    more = len(check.differences) - SHOWN
    lines = ["", table([head, *rows])]
    return [*lines, say(f"…… 另有{more}处", f"… and {more} more")] if more > 0 else lines


def short(text: str) -> str:
    """Return as much of a text as a column shows.

    >>> short("短"), short("长" * 60)[-3:]
    ('短', '长长…')
    """
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def _conclusion(audits: tuple[Audit, ...], words: argparse.Namespace) -> str:
    say = chooser(words.lang)
    holds, fails, left = (sum(a.count(state) for a in audits) for state in ("holds", "fails", "not_checked"))
    results = say(f"{len(audits)}份结果：", f"{len(audits)} results: ") if len(audits) > 1 else ""
    counts = say(
        f"{holds}项相符，{fails}项不符，{left}项未核对。",
        f"holds: {holds}, does not hold: {fails}, not checked: {left}. ",
    )
    note = say(
        "校验值只能发现误改；有人存心改写，要靠证据重新评定，或您信得过的签名。",
        "A digest reveals accidental changes only. Against forgery you need the evidence, or a signature that you trust.",
    )
    return f"{results}{counts}{note}"


def sign_command(words: argparse.Namespace) -> int:
    """Check a PDF, sign it with the user's key, and write it under another name."""
    from ..audit.signatures import no_pdf, not_to_sign, sign

    stop_on_errors(no_pdf(_bytes(words.file, words), str(words.file)), words.lang)
    document = _open(words.file, words)
    stop_on_errors(not_to_sign(document), words.lang)
    signed, problems = sign(document.data, _bytes(words.key, words), _password())
    stop_on_errors(problems, words.lang)
    to = words.to or words.file.with_name(f"{words.file.stem}.signed.pdf")
    try:
        write_whole(to, signed)
    except OSError as refused:
        stop_on_errors((NOT_WRITTEN.at(Source(str(to)), path=to, why=reason(refused)),), words.lang)
    print(to)
    return OK


def _password() -> bytes:
    """Return the key's password from the environment or a terminal; never from the command line, where others see it."""
    if PASSWORD in os.environ:
        return os.environ[PASSWORD].encode()
    if not sys.stdin.isatty():
        return b""
    from getpass import getpass

    return getpass("密钥密码 password of the key: ").encode()
