"""Runs `verify FILE`, which checks a published file from its digests to its pages, and `sign FILE`."""

from __future__ import annotations

import argparse
import os
import sys

from ..audit.model import Audit, Check
from ..audit.words import CHECK_HEADS, DIFFERENCE_HEADS, SIGNS, STATES, conclusion, more
from ..uses.export import audits_as_json
from ..uses.session import Opening
from ..uses.sign import Signing, sign
from ..uses.verify import Verified, Verifying, verify
from .desk import MISMATCH, OK, our_cache, result_of
from .phrases.verify import VERIFY
from .printing import table, under, watch

SHOWN = 12
WIDEST = 48
PASSWORD = "MEIHAO_KEY_PASSWORD"


def verify_command(words: argparse.Namespace) -> int:
    """Open, check, make again, compare. 4 where something does not hold, 0 where all that could be checked does."""
    opening = Opening(
        words.pack, words.round, lang=words.lang, engine=words.engine, draft=words.draft, cache=our_cache()
    )
    asked = Verifying(words.file, opening, tuple(words.evidence or ()), words.photos, words.state)
    found = result_of(verify(asked, watch(words.lang)), words.lang)
    if words.format == "json":
        sys.stdout.write(audits_as_json(found))
    else:
        print(under(found.draft, _page(found, words)))
    return MISMATCH if found.count("fails") else OK


def _page(found: Verified, words: argparse.Namespace) -> str:
    """Return what was found: every check of one result; of many results those that do not hold."""
    audits = found.audits
    shown = audits if len(audits) == 1 else tuple(audit for audit in audits if audit.count("fails"))[:SHOWN]
    lines = [found.document.name]
    for audit in shown:
        lines += ["", *_audit(audit, words)]
    return "\n".join([*lines, "", conclusion(audits)[words.lang]])


def _audit(audit: Audit, words: argparse.Namespace) -> list[str]:
    lang = words.lang
    head = ["", *(label[lang] for label in CHECK_HEADS)]
    rows = [[SIGNS[c.state], c.title[lang], STATES[c.state][lang], c.said[lang]] for c in audit.checks]
    lines = [audit.subject[lang], table([head, *rows])]
    for check in audit.checks:
        lines += _differences(check, words)
    return lines


def _differences(check: Check, words: argparse.Namespace) -> list[str]:
    if not check.differences:
        return []
    lang = words.lang
    head = [label[lang] for label in DIFFERENCE_HEADS]
    rows = [[short(part[lang]) for part in (d.where, d.was, d.now)] for d in check.differences[:SHOWN]]
    left = len(check.differences) - SHOWN
    lines = ["", table([head, *rows])]
    return [*lines, more(left)[lang]] if left > 0 else lines


def short(text: str) -> str:
    """Return as much of a text as a column shows.

    >>> short("短"), short("长" * 60)[-3:]
    ('短', '长长…')
    """
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def sign_command(words: argparse.Namespace) -> int:
    """Check a PDF, sign it with the user's key, and write it under another name."""
    print(result_of(sign(Signing(words.file, words.key, words.to), _password), words.lang))
    return OK


def _password() -> bytes:
    """Return the key's password from the environment or a terminal; never from the command line, where others see it."""
    if PASSWORD in os.environ:
        return os.environ[PASSWORD].encode()
    if not sys.stdin.isatty():
        return b""
    from getpass import getpass

    asked = VERIFY["password"]
    return getpass(f"{asked.zh} {asked['en']}: ").encode()
