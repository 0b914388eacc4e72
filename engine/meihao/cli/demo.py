"""Runs `demo`: an invented round, from files to printed lists, in one go. At the end it names the next three commands."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ..assessment.explain.words import VERDICT
from ..pipeline import Judged
from ..uses.demo import make_demo
from ..uses.session import Opening, Session
from .desk import OK, our_cache, result_of
from .phrases.demo import DEMO
from .printing import table, under, watch
from .rank import ranking_page
from .speaker import speaker


def demo_command(words: argparse.Namespace) -> int:
    """Write an invented round, judge it, rank it, and write results, reports and lists into `build/demo/`."""
    folder: Path = words.to
    asked = Opening(words.pack, None, None, words.lang, words.engine, words.draft, our_cache())
    demo = result_of(make_demo(asked, folder, watch(words.lang)), words.lang)
    units = demo.ranked.judgement.units
    print(_summary(units, demo.session))
    print(ranking_page(demo.ranked.ranking, demo.session, rows=5))
    print()
    print(speaker(words.lang, DEMO)("written_to", folder=folder))
    print("\n".join(f"  {path.relative_to(folder)}" for path in demo.files))
    print(_next_steps(units, folder, demo.session))
    return OK


def _summary(judged: Sequence[Judged], desk: Session) -> str:
    say = speaker(desk.lang, DEMO)
    counts: Counter[tuple[str, str]] = Counter((one.case.kind, one.assessment.verdict.state) for one in judged)
    states = ("passed", "failed", "undetermined")
    head = [say("kind"), say("units_head"), *(VERDICT[state][desk.lang] for state in states)]
    rows = [
        [
            kind.title[desk.lang],
            str(sum(counts[kind.id, s] for s in states)),
            *(str(counts[kind.id, s]) for s in states),
        ]
        for kind in desk.pack.kinds
    ]
    title = f"{desk.round.title[desk.lang]}  {desk.pack.title[desk.lang]} {desk.pack.edition}"
    return under(desk.draft, f"{title}\n{desk.pack.notice[desk.lang]}\n\n{table([head, *rows], right=(1, 2, 3, 4))}\n")


def _next_steps(judged: Sequence[Judged], folder: Path, desk: Session) -> str:
    say = speaker(desk.lang, DEMO)
    open_ = next((one for one in judged if one.assessment.verdict.state == "undetermined"), judged[0])
    code, where = open_.case.code, folder / "round"
    below = next((i.id for i in open_.assessment.items if i.outcome == "unknown"), open_.assessment.items[0].id)
    evidence = f"{where}/evidence/{code}.evidence.yaml"
    return "\n".join(
        [
            "",
            say("what_next"),
            f"  ./meihao explain {code} {evidence} --round {where} --criterion {below}",
            f"  ./meihao rank {where}/evidence --round {where} --profile by_level",
            "  ./meihao check",
            f"  ./meihao serve --demo    {say('in_a_browser')}",
        ]
    )
