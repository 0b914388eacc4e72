"""Runs `demo`: an invented round, from files to printed lists, in one go. At the end it names the next three commands."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ..assessment.infer.engines import engine
from ..assessment.to_json import to_json
from ..core.canonical import pretty
from ..core.files import write_whole
from ..core.output_set import output_set
from ..pipeline import Judged, judge_units, read_units
from ..ranking.rank import rank
from ..ranking.results import Ranking
from ..round.read import read_round_file
from ..sample.invent import invent, read_recipe
from ..standard.resources import default_pack
from ..uses.session import Session, made_by
from .desk import BAD_INPUT, OK, Stop, sound_pack, stop_on_errors
from .edited import kept
from .printing import chooser, progress, table, under, watch
from .rank import ranking_page


def demo_command(words: argparse.Namespace) -> int:
    """Write an invented round, judge it, rank it, and write results, reports and lists into `build/demo/`."""
    say = chooser(words.lang)
    folder: Path = words.to
    with output_set(folder, kept=kept(words.lang)) as stage:
        judged, desk, written = _make(words, stage)
    print()
    print(say(f"已写入{folder}：", f"written to {folder}:"))
    print("\n".join(f"  {path.relative_to(stage)}" for path in written))
    print(_next_steps(judged, folder, desk))
    return OK


def _make(words: argparse.Namespace, folder: Path) -> tuple[Sequence[Judged], Session, Sequence[Path]]:
    """Invent, judge, rank, print, and write all files; stops where one of these cannot be done."""
    say, watched = chooser(words.lang), watch(words.lang)
    pack = sound_pack(words)
    source = words.pack or default_pack()
    recipe = read_recipe(source / "examples" / "demo")
    files = tuple(invent(pack, recipe, words.lang))
    for file in progress(files, len(files), say("编写示例", "inventing")):
        write_whole(folder / "round" / file.path, file.text.encode())
    round_, problems = read_round_file(folder / "round" / "round.yaml", pack)
    stop_on_errors(problems, words.lang)
    if round_ is None:
        raise Stop(BAD_INPUT)
    _, conclude = engine(words.engine)
    desk = Session(pack, round_, words.lang, words.engine, whole_round=True)
    units, problems = read_units([folder / "round" / "evidence"], pack, round_, watched)
    stop_on_errors(problems, words.lang)
    judged = tuple(judge_units(pack, round_, units, conclude, True, watch=watched))
    ranking, problems = rank(pack, round_, [one.assessment for one in judged], watch=watched)
    stop_on_errors(problems, words.lang)
    if ranking is None:
        raise Stop(BAD_INPUT)
    print(_summary(judged, desk))
    print(ranking_page(ranking, desk, rows=5))
    return judged, desk, _write(judged, ranking, desk, folder, source)


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


def _write(judged: Sequence[Judged], ranking: Ranking, desk: Session, folder: Path, source: Path) -> list[Path]:
    """Write every result, the lists, and three reports: the top unit, a failed one and an undetermined one."""
    from .report import write_lists, write_unit_reports

    results = folder / "results.json"
    write_whole(results, pretty([to_json(one.assessment, made_by(engine(desk.engine)[0])) for one in judged]).encode())
    name = engine(desk.engine)[0]
    lists = write_lists(ranking, judged, desk.pack, desk.round, folder / "lists", desk.lang, name, source)
    three = pick_three(judged, ranking)
    reports = write_unit_reports(three, judged, ranking, desk, folder / "reports", source)
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
