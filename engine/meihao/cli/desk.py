"""What commands share: loading the pack and the round, choosing the engine, saying problems, exit codes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ..assessment.infer.engines import Wanted, engine
from ..assessment.infer.program import Conclude
from ..core.calendar import parse_date
from ..core.files import reason
from ..core.problems import Lang, Message, Problems, Source, errors
from ..core.visible import csv_text
from ..round.model import Round
from ..standard.cache import Loaded, cache_folder, cached_pack
from ..standard.draft import draft_mark, errors_of
from ..standard.model import Pack
from ..standard.resources import default_pack
from .printing import chooser, say_problems, with_column

OK, FAILURES, BAD_INPUT, OUR_BUG, MISMATCH = 0, 1, 2, 3, 4
BAD_DATE = Message(
    "C010", "error", "--on应为日期，现为“{value}”", "--on must be a date, not “{value}”",
    "写成2026-06-30的样子，年份在1900—2100之间", "write it like 2026-06-30, a year from 1900 to 2100",
)  # fmt: skip
NO_PACK = Message(
    "C011", "error", "{path}不是标准（没有pack.yaml）", "{path} is not a pack (it has no pack.yaml)",
    "用--pack指明标准所在的文件夹", "name the pack's folder with --pack",
)  # fmt: skip
OWN_DAY = Message(
    "C022", "warning", "批次有自己的评定日{day}，没有按--on的{other}",
    "the round has its own reference date {day}: --on {other} was not used",
    "去掉--on；要改评定日，改批次文件里的reference_date", "remove --on, or change reference_date in the round file",
)  # fmt: skip
NO_ROUND = Message(
    "C012", "error", "找不到批次文件{path}", "there is no round file {path}", "核对路径", "check the path"
)


REFUSED = Message(
    "C030", "error", "标准有{errors}，不能据此评定、排名、出报告、收发填报表",
    "the standard has {errors}: nothing is judged, ranked or printed by it, and no forms are sent out or taken in",
    "改好上面列出的各处，用meihao check核对；编写人要试评，加--draft",
    "correct what is listed above and run meihao check; to try it as its author, add --draft",
)  # fmt: skip
JUDGED_AS_DRAFT = Message(
    "C031", "warning", "标准有{errors}，按草案试评：每页都有草案标记，不出公示名单",
    "the standard has {errors}; it is tried as a draft: every page is marked, and no public notice is made",
    "meihao check列出全部错误", "meihao check lists them all",
)  # fmt: skip


class Stop(Exception):  # not an error of ours: a user's mistake, already said
    """Ends a command with an exit code; the problems have been printed."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Desk(Struct, frozen=True):
    """The pack, the round and the engine of one command."""

    pack: Pack
    round: Round
    lang: Lang
    engine: Wanted
    whole_round: bool
    foreign: bool = False

    @property
    def draft(self) -> str:
        """The mark of a draft in the language of the command; "" where the pack has no errors."""
        return draft_mark(self.pack.errors)[self.lang]


def our_cache() -> Path | None:
    """Return where this user's compiled packs are kept; None where there is no such place."""
    return cache_folder(os.environ, os.path.expanduser("~"))


def stop_on_errors(problems: Problems, lang: Lang) -> None:
    """Print problems; stop with code 2 where one is an error."""
    say_problems(problems, lang)
    if errors(problems):
        raise Stop(BAD_INPUT)


def read_pack(folder: Path | None, lang: Lang) -> tuple[Pack, Loaded]:
    """Return the pack with all that loading says of it, from the cache where its digest is known. Stops where it cannot be read.

    Its errors are the caller's to tell: nothing may be judged by it before `sound_pack` has looked at them.
    """
    where = folder or default_pack()
    if not (where / "pack.yaml").is_file():
        stop_on_errors((NO_PACK.at(Source(str(where)), path=where),), lang)
    loaded = cached_pack(where, our_cache())
    stop_on_errors(loaded.said, lang)
    if loaded.pack is None:
        raise Stop(BAD_INPUT)
    return loaded.pack, loaded


def sound_pack(words: argparse.Namespace) -> Pack:
    """Return the pack of `--pack` to judge, rank and print by. Stops on one with errors; `--draft` marks it and goes on."""
    pack, loaded = read_pack(words.pack, words.lang)
    if not loaded.faults:
        return pack
    counted = errors_of(len(loaded.faults))
    if not words.draft:
        stop_on_errors((*loaded.faults, REFUSED.at(pack.source, errors=counted)), words.lang)
    say_problems((JUDGED_AS_DRAFT.at(pack.source, errors=counted),), words.lang)
    return replace(pack, errors=len(loaded.faults))


def open_desk(words: argparse.Namespace) -> Desk:
    """Load what the words of a command name: `--pack`, `--round` or `--on`, `--engine`, `--draft`."""
    pack = sound_pack(words)
    foreign = words.pack is not None and words.pack.resolve() != default_pack().resolve()
    return Desk(pack, _round(words, pack), words.lang, words.engine, words.round is not None, foreign)


def choose_engine(desk: Desk) -> tuple[str, Conclude]:
    """Return the engine that judges. Rules that did not ship with us first pass a trial in a process of their own."""
    if not desk.foreign:
        return engine(desk.engine)
    from ..assessment.infer.smoke import tried_engine
    from ..assessment.plan import compile_plan

    plans = [compile_plan(desk.pack, kind) for kind, _ in desk.pack.standards]
    programs = [program for plan in plans for program in (plan.before.program, plan.after.program)]
    name, conclude, problems = tried_engine(programs, desk.pack.digest, our_cache(), desk.engine)
    say_problems(problems, desk.lang)
    return name, conclude


def _round(words: argparse.Namespace, pack: Pack) -> Round:
    from ..evidence.files import NOT_READABLE  # late: `check` reads no round
    from ..round.read import lone_round, read_round_file

    day = given_day(words)
    if words.round is None:
        return lone_round(day)
    path = words.round / "round.yaml" if words.round.is_dir() else words.round
    if not path.exists():
        stop_on_errors((NO_ROUND.at(Source(str(path)), path=path),), words.lang)
    try:
        round_, problems = read_round_file(path, pack)
    except OSError as failure:
        round_, problems = None, (NOT_READABLE.at(Source(str(path)), path=path, why=reason(failure)),)
    stop_on_errors(problems, words.lang)
    if round_ is None:
        raise Stop(BAD_INPUT)
    return round_


def given_day(words: argparse.Namespace) -> date | None:
    """Return the day that `--on` names, None without it. Stops on what is no date."""
    if words.on is None:
        return None
    day = parse_date(words.on)
    if day is None:
        stop_on_errors((BAD_DATE.at(Source(), value=words.on),), words.lang)
    return day


def check_day(words: argparse.Namespace, desk: Desk) -> None:
    """Say that a round is judged as of its own day where another one is named beside it."""
    day = given_day(words)
    if desk.whole_round and day not in (None, desk.round.reference_date):
        say_problems((OWN_DAY.at(Source(), day=desk.round.reference_date, other=day),), desk.lang)


def write_csv(rows: Sequence[Sequence[str]], desk: Desk) -> None:
    """Write a table of data to stdout as CSV; every row of a draft says that it is one."""
    sys.stdout.write(csv_text(with_column(rows, chooser(desk.lang)("草案", "draft"), desk.draft)))


def made_by(engine: str) -> dict[str, str]:
    """Return who judged: part of a result, but not of its digest."""
    from .. import __version__

    return {"program": "meihao", "version": __version__, "engine": engine}
