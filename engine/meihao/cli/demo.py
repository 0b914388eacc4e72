"""Runs `demo`: an invented round, from files to printed lists, in one go. At the end it names the next three commands."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from ..core.files import write_whole
from ..core.output_set import output_set
from ..pipeline import Judged
from ..ranking.results import Ranking
from ..sample.invent import invent, read_recipe
from ..standard.resources import default_pack
from ..uses.answer import Notes, Refused
from ..uses.export import results_as_json
from ..uses.publish import kept, write_lists
from ..uses.rank import RankedRound, ranked_round
from ..uses.report import Reporting, write_reports
from ..uses.session import Opening, Session, session_of, sound_standard
from .desk import BAD_INPUT, OK, Stop, our_cache
from .printing import chooser, progress, say_problems, table, under, watch
from .rank import ranking_page


def demo_command(words: argparse.Namespace) -> int:
    """Write an invented round, judge it, rank it, and write results, reports and lists into `build/demo/`."""
    say = chooser(words.lang)
    folder: Path = words.to
    notes = Notes()
    try:
        with output_set(folder, kept=kept(notes, words.lang)) as stage:
            ranked, desk, written = _make(words, notes, stage)
    except Refused:
        raise Stop(BAD_INPUT) from None
    finally:
        say_problems(notes.problems, words.lang)
    print()
    print(say(f"已写入{folder}：", f"written to {folder}:"))
    print("\n".join(f"  {path.relative_to(stage)}" for path in written))
    print(_next_steps(ranked.judgement.units, folder, desk))
    return OK


def _make(words: argparse.Namespace, notes: Notes, folder: Path) -> tuple[RankedRound, Session, Sequence[Path]]:
    """Invent, judge, rank, print, and write all files. Raises Refused where one of these cannot be done."""
    say = chooser(words.lang)
    asked = Opening(words.pack, None, None, words.lang, words.engine, words.draft, our_cache())
    pack = sound_standard(notes, asked)
    files = tuple(invent(pack, read_recipe((words.pack or default_pack()) / "examples" / "demo"), words.lang))
    for file in progress(files, len(files), say("编写示例", "inventing")):
        write_whole(folder / "round" / file.path, file.text.encode())
    desk = session_of(notes, replace(asked, round=folder / "round"), pack)
    ranked = ranked_round(notes, desk, [folder / "round" / "evidence"], None, watch(words.lang))
    print(_summary(ranked.judgement.units, desk))
    print(ranking_page(ranked.ranking, desk, rows=5))
    return ranked, desk, _write(notes, ranked, desk, folder)


def _summary(judged: Sequence[Judged], desk: Session) -> str:
    say = chooser(desk.lang)
    counts: Counter[tuple[str, str]] = Counter((one.case.kind, one.assessment.verdict.state) for one in judged)
    head = [
        say("类别", "kind"),
        say("单位", "units"),
        say("通过", "passed"),
        say("未通过", "failed"),
        say("待定", "undetermined"),
    ]
    states = ("passed", "failed", "undetermined")
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


def _write(notes: Notes, ranked: RankedRound, desk: Session, folder: Path) -> list[Path]:
    """Write every result, the lists, and three reports: the top unit, a failed one and an undetermined one."""
    judged, results = ranked.judgement.units, folder / "results.json"
    write_whole(results, results_as_json(ranked.judgement).encode())
    lists = write_lists(notes, desk, ranked, folder / "lists")
    three = pick_three(judged, ranked.ranking)
    asked = Reporting(folder / "reports", every=True)
    reports = write_reports(notes, desk, three, ranked.judgement, ranked.ranking, asked, watch(desk.lang))
    notes.refuse()
    return [results, *lists, *reports]


def pick_three(judged: Sequence[Judged], ranking: Ranking) -> tuple[Judged, ...]:
    """Return the first of the first list, the first vetoed (or failed) unit, and the first undetermined one."""
    top = next((units[0].unit for one in ranking.lists if (units := one.units)), "")
    vetoed = [one for one in judged if ("veto" in {kind for kind, _ in one.assessment.verdict.deciding})]
    failed = vetoed or [one for one in judged if one.assessment.verdict.state == "failed"]
    waiting = [one for one in judged if one.assessment.verdict.state == "undetermined"]
    return (*(one for one in judged if one.case.code == top), *failed[:1], *waiting[:1])


def _next_steps(judged: Sequence[Judged], folder: Path, desk: Session) -> str:
    say = chooser(desk.lang)
    open_ = next((one for one in judged if one.assessment.verdict.state == "undetermined"), judged[0])
    code, where = open_.case.code, folder / "round"
    below = next((i.id for i in open_.assessment.items if i.outcome == "unknown"), open_.assessment.items[0].id)
    evidence = f"{where}/evidence/{code}.evidence.yaml"
    return "\n".join(
        [
            "",
            say("接下来可以：", "what next:"),
            f"  ./meihao explain {code} {evidence} --round {where} --criterion {below}",
            f"  ./meihao rank {where}/evidence --round {where} --profile by_level",
            "  ./meihao check",
        ]
    )
