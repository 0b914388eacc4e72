"""Runs `new pack DIR` and `new round DIR --on DATE`, which start a folder, and `new cases DIR`, which adds what a standard lacks.

None of them overwrites anything.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date

from ..authoring.case_templates import OPEN
from ..core.problems import Message, Source
from ..standard.model import Pack
from ..uses.new import in_the_way, new_round, new_standard
from ..uses.new_cases import new_cases
from .desk import BAD_INPUT, OK, Stop, given_day, our_cache, result_of, stop_on_errors
from .printing import chooser

NO_DATE = Message(
    "C021", "error", "新批次要写评定日", "a new round must have a reference date",
    "写meihao new round {path} --on 2026-06-30，日期换成自己的，以后可在round.yaml里改",
    "write meihao new round {path} --on 2026-06-30 with your own date; you can change it later in round.yaml",
)  # fmt: skip


def new_command(words: argparse.Namespace) -> int:
    """Make the folder whole or not at all; or add cases to complete."""
    if words.what == "cases":
        return _cases(words)
    stop_on_errors(in_the_way(words.folder), words.lang)
    if words.what == "pack":
        made = new_standard(words.folder, words.pack, our_cache())
    else:
        made = new_round(words.folder, _reference_date(words), words.pack, our_cache())
    pack = result_of(made, words.lang)
    print(chooser(words.lang)(f"已建好{words.folder}，接下来：", f"{words.folder} is ready; what next:"))
    print("\n".join(f"  {line}" for line in _next_steps(words, pack)))
    return OK


def _cases(words: argparse.Namespace) -> int:
    """Add cases to a standard and print where they are to be completed."""
    say = chooser(words.lang)
    added = result_of(new_cases(words.folder, words.criterion or "", words.lang, our_cache()), words.lang)
    for path, criteria in added.files:
        print(f"{path}{say('：', ': ')}{say('、', ', ').join(criteria)}")
    if added.files:
        open_ = say(
            f"把“{OPEN.zh}”换成事实和按条文手算的分数，再运行：",
            f"replace each {OPEN['en']} by a fact, or by points worked out from the clause, then run:",
        )
        print(f"{open_}\n  ./meihao check {words.folder}\n  ./meihao test {words.folder}")
    return OK


def _reference_date(words: argparse.Namespace) -> date:
    """Return the day that `--on` names: a round is judged as of a day that somebody chose, never as of today."""
    if (day := given_day(words)) is None:
        stop_on_errors((NO_DATE.at(Source(), path=words.folder),), words.lang)
        raise Stop(BAD_INPUT)
    return day


def _next_steps(words: argparse.Namespace, pack: Pack) -> Iterator[str]:
    """Yield the commands that go on from here, each with what it is for."""
    say, folder = chooser(words.lang), words.folder
    if words.what == "pack":
        yield f"./meihao check {folder}"
        return
    own = f" --pack {words.pack}" if words.pack else ""
    steps = (
        (
            f"roster {folder} --blank {say('名册', 'roster')}.xlsx{own}",
            say("做一份空名册，填上参评单位", "a roster to fill in"),
        ),
        (
            f"roster {folder} {say('名册', 'roster')}.xlsx{own}",
            say("收名册，有了名册才能收表", "take it in: forms need it"),
        ),
        (f"template --kind {pack.kinds[0].id} --round {folder}{own}", say("发表：做出填报表", "a workbook to fill in")),
        (f"import {say('填好的表', 'FILLED')}.xlsx --round {folder}{own}", say("收表", "take it in")),
        (f"status {folder}{own}", say("看还缺什么、该谁交", "what is missing, and by whom")),
    )
    yield from (f"./meihao {command}    # {what}" for command, what in steps)
    yield say(f"期限、地区写在{folder}/round.yaml，放假和调休写在{folder}/calendar.yaml",
              f"deadlines and regions: {folder}/round.yaml; holidays: {folder}/calendar.yaml")  # fmt: skip
