"""Runs `compare OLD NEW`, which says what changed between two rankings, and names the facts behind it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..assessment.to_json import draft_part
from ..core.canonical import Json, pretty
from ..core.files import read_file
from ..core.problems import Lang, Message, Problems, Source
from ..ranking.answers import answers
from ..ranking.behind import NO_DETAILS, behind, check_details
from ..ranking.compare import compare
from ..ranking.details import titles
from ..reports.write import NAMES
from ..standard.draft import draft_mark
from ..uses.publish import DETAILS
from .compare_pages import book_of, page, to_json
from .desk import BAD_INPUT, FAILURES, OK, Stop, read_pack, stop_on_errors
from .printing import say_problems, under

NOT_A_RANKING = Message(
    "C016", "error", "{path}不是排名结果", "{path} is not a ranking result",
    "用meihao rank --format json的输出，或meihao rank --to写出的文件夹",
    "use the output of meihao rank --format json, or a folder that meihao rank --to wrote",
)  # fmt: skip


def compare_command(words: argparse.Namespace) -> int:
    """Say what changed between two rankings: who lost a place to whom and why, and which facts brought it about."""
    old, new = (_read(_ranking_file(path), words.lang) for path in (words.old, words.new))
    changes, problems = compare(old, new)
    stop_on_errors(problems, words.lang)
    before, after = _details(words, old, new)
    causes = behind(before, after) if before and after else {}
    found = answers(old["body"], new["body"], changes, causes)
    known = before if before else _words_of_our_pack(new["body"], words.lang)
    book = book_of(known, after, (str(old["body"].get("profile")), str(new["body"].get("profile"))))
    errors = max(_errors(old["body"]), _errors(new["body"]))
    if words.format == "json":
        drafts = draft_part(errors, "pack_errors")
        sys.stdout.write(pretty({**to_json(found, book, (old["digest"], new["digest"])), **drafts}))
    else:
        print(under(draft_mark(errors)[words.lang], "\n".join(page(found, book, words.lang))))
    return FAILURES if found.answers or found.count() else OK


def _errors(body: Mapping[str, Json]) -> int:
    """Return how many errors the standard had that a ranking was made by."""
    found = body.get("pack_errors", 0)
    return found if isinstance(found, int) else 0


def _ranking_file(path: Path) -> Path:
    """Return the ranking in a folder that `rank --to` wrote; a file is itself."""
    inside = (path / f"{name}.json" for name in NAMES["list"].values())
    return next((file for file in inside if file.is_file()), path) if path.is_dir() else path


def _read(path: Path, lang: Lang) -> Any:
    problem: Problems = (NOT_A_RANKING.at(Source(str(path)), path=path),)
    try:
        found = json.loads(read_file(path))
    except (OSError, ValueError, RecursionError):
        stop_on_errors(problem, lang)
        raise Stop(BAD_INPUT) from None
    if not isinstance(found, dict) or "body" not in found:
        stop_on_errors(problem, lang)
    return found


def _words_of_our_pack(body: Mapping[str, Json], lang: Lang) -> Mapping[str, Json]:
    """Return the words of the built-in pack where a ranking without details is of that one; else ids stand for themselves."""
    pack = read_pack(None, lang)  # words only: nothing is judged by it
    return {"titles": titles(pack)} if pack.id == body.get("pack") else {}


def _details(words: argparse.Namespace, old: Any, new: Any) -> tuple[Mapping[str, Json], Mapping[str, Json]]:
    """Return what stands behind both rankings; nothing where one has no details beside it."""
    found: list[Mapping[str, Json]] = []
    for path, ranking in ((words.old, old), (words.new, new)):
        folder = path if path.is_dir() else path.parent
        beside = next((folder / name for name in DETAILS.values() if (folder / name).is_file()), None)
        if beside is None:
            say_problems((NO_DETAILS.at(Source(str(path)), path=path),), words.lang)
            return {}, {}
        one = _read(beside, words.lang)
        stop_on_errors(check_details(one, ranking["digest"], str(beside)), words.lang)
        found.append(one["body"])
    return found[0], found[1]
