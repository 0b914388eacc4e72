"""Runs `demo`: an invented round, from files to printed lists, in one go. At the end it names the next three commands."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..assessment.explain.words import VERDICT
from ..pipeline import Judged
from ..round.phases import PHASES
from ..store.standing_words import LEDGER
from ..uses.demo import InventedRound, make_demo, make_stage
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
    if words.stage:
        return _stage(words, asked)
    demo = result_of(make_demo(asked, folder, watch(words.lang)), words.lang)
    units = demo.ranked.judgement.units
    print(_summary(units, demo.session))
    print(ranking_page(demo.ranked.ranking, demo.session, rows=5))
    print()
    print(speaker(words.lang, DEMO)("written_to", folder=folder))
    print("\n".join(f"  {path.relative_to(folder)}" for path in demo.files))
    print(_next_steps(units, folder, demo.session))
    return OK


def _stage(words: argparse.Namespace, asked: Opening) -> int:
    """Write the invented round as of a stage, and say what had come in by then."""
    made = result_of(make_stage(asked, words.stage, words.to, watch(words.lang)), words.lang)
    say, where, home = speaker(words.lang, DEMO), words.to / "round", made.session.home
    assert home is not None  # it was just written
    ledger = home.ledger()
    ledger.read()
    print(
        f"{made.session.round.title[words.lang]}  {say('as_of_stage', stage=PHASES[words.stage][words.lang], day=made.on)}"
    )
    print(say("came_in", units=len(ledger.of), submissions=ledger.count))
    print(LEDGER[words.lang].format(head=ledger.short_head()))
    print(f"{say('written_to', folder=words.to)}\n  round")
    print("\n".join(["", say("what_next"), *_stage_steps(words, where, made)]))
    return OK


def _stage_steps(words: argparse.Namespace, where: Path, made: InventedRound) -> Iterator[str]:
    say = speaker(words.lang, DEMO)
    yield f"  ./meihao status {where} --on {made.on}"
    if made.session.round.closed:
        yield f"  ./meihao rank {where}/evidence --round {where}"
    yield f"  ./meihao round load build/served {where}    {say('put_into')}"
    yield f"  ./meihao serve --demo --stage {words.stage}    {say('in_a_browser')}"


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
