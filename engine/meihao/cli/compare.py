"""`compare OLD NEW`: what changed between two rankings, and the facts behind it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..core.problems import Lang, Message, Problems, Source
from ..core.text import Label
from ..ranking.behind import NO_DETAILS, Brought, Cause, behind, check_details
from ..ranking.compare import Change, What, compare
from ..reports.write import NAMES
from .desk import BAD_INPUT, FAILURES, OK, Stop, stop_on_errors
from .printing import chooser, say_problems
from .rank import DETAILS
from .status_pages import ROLE

NOT_A_RANKING = Message(
    "C016", "error", "{path}不是排名结果", "{path} is no ranking result",
    "用meihao rank --format json的输出，或meihao rank --to写出的文件夹",
    "use the output of meihao rank --format json, or a folder that meihao rank --to wrote",
)  # fmt: skip
WHAT: Mapping[What, Label] = {
    "setting": Label("设定", "setting"),
    "list": Label("榜单", "list"),
    "state": Label("结论", "state"),
    "figure": Label("分数", "figure"),
    "key": Label("同分比较", "tie key"),
    "rank": Label("名次", "rank"),
    "grade": Label("等次", "grade"),
    "reason": Label("依据", "reason"),
    "tier": Label("档次", "tier"),
    "open": Label("未定名额", "open seat"),
    "seats": Label("名额", "seats"),
}
CONTEXT = Label("全批的比较值", "value across the round")
RULE = Label("规则", "rule")


def compare_command(words: argparse.Namespace) -> int:
    """Say what changed between two rankings: which figure, which line, who moved, and which facts brought it about."""
    old, new = (_read(_ranking_file(path), words.lang) for path in (words.old, words.new))
    changes, problems = compare(old, new)
    stop_on_errors(problems, words.lang)
    causes = _causes(words, old, new)
    for line in _page(changes, causes, words.lang):
        print(line)
    say = chooser(words.lang)
    print(say(f"共{len(changes)}处变化", f"{len(changes)} changes"))
    return FAILURES if changes or causes else OK


def _ranking_file(path: Path) -> Path:
    """Return the ranking in a folder that `rank --to` wrote; a file is itself."""
    inside = (path / f"{name}.json" for name in NAMES["list"].values())
    return next((file for file in inside if file.is_file()), path) if path.is_dir() else path


def _read(path: Path, lang: Lang) -> Any:
    problem: Problems = (NOT_A_RANKING.at(Source(str(path)), path=path),)
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        stop_on_errors(problem, lang)
        raise Stop(BAD_INPUT) from None
    if not isinstance(found, dict) or "body" not in found:
        stop_on_errors(problem, lang)
    return found


def _causes(words: argparse.Namespace, old: Any, new: Any) -> Mapping[str, tuple[Cause, ...]]:
    """Return what stands behind the changes, where both rankings have their details beside them."""
    found = []
    for path, ranking in ((words.old, old), (words.new, new)):
        folder = path if path.is_dir() else path.parent
        beside = next((folder / name for name in DETAILS.values() if (folder / name).is_file()), None)
        if beside is None:
            say_problems((NO_DETAILS.at(Source(str(path)), path=path),), words.lang)
            return {}
        one = _read(beside, words.lang)
        stop_on_errors(check_details(one, ranking["digest"], str(beside)), words.lang)
        found.append(one["body"])
    return behind(found[0], found[1])


def _page(changes: Sequence[Change], causes: Mapping[str, tuple[Cause, ...]], lang: Lang) -> Iterator[str]:
    """Yield every change, and after the last of a unit what stands behind it; then the units whose place did not move."""
    last = {change.subject: n for n, change in enumerate(changes)}
    for n, change in enumerate(changes):
        place = f"{change.subject} {change.where}".strip()
        yield f"{place}  {WHAT[change.what][lang]}: {change.before or '—'} → {change.after or '—'}"
        if last[change.subject] == n:
            yield from _lines(causes.get(change.subject, ()), lang)
    for unit in causes:
        if unit not in last:
            yield unit + chooser(lang)("  名次和分数没有变", "  rank and figure did not change")
            yield from _lines(causes[unit], lang)


def _lines(causes: Sequence[Cause], lang: Lang, deep: int = 1) -> Iterator[str]:
    for cause in causes:
        kind = {"context": CONTEXT, "rule": RULE}.get(cause.what)
        title = f"{kind[lang]} {cause.title[lang]}" if kind else cause.title[lang]
        name = f"（{cause.id}）" if cause.what == "item" else ""
        yield f"{'    ' * deep}{title}{name}  {cause.before[lang]} → {cause.after[lang]}"
        yield from (f"{'    ' * deep}  ← {_source(one, lang)}" for one in cause.brought)
        yield from _lines(cause.causes, lang, deep + 1)


def _source(one: Brought, lang: Lang) -> str:
    """Return where a value comes from: the file, who saw it, who handed it in, why."""
    say = chooser(lang)
    role = next((label[lang] for known, label in ROLE.items() if known == one.role), "")
    parts = [one.file, f"{one.observer}（{role}）" if role else one.observer]
    if one.number:
        parts.append(say(f"{one.date} {one.by}交", f"handed in by {one.by} on {one.date}"))
    parts += [say(f"原文件{one.original}", f"from {one.original}")] if one.original else []
    parts += [say(f"理由：{one.reason}", f"reason: {one.reason}")] if one.reason else []
    return say("，", ", ").join(part for part in parts if part)
