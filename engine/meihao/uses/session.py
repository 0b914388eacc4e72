"""Open a standard and a round to work with: read, checked, and with the engine that judges by them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..assessment.infer.engines import Wanted, engine
from ..assessment.infer.program import Conclude
from ..core.files import reason
from ..core.problems import Lang, Message, Problems, Source
from ..core.version import __version__
from ..round.model import Round
from ..standard.cache import Loaded, cached_pack
from ..standard.draft import draft_mark, errors_of
from ..standard.model import Pack
from ..standard.resources import default_pack
from .answer import Answer, Notes, answer

if TYPE_CHECKING:
    from ..store.home import Home

NO_PACK = Message(
    "C011", "error", "{path}不是标准（没有pack.yaml）", "{path} is not a pack (it has no pack.yaml)",
    "核对路径：标准的文件夹里有pack.yaml", "check the path: the folder of a pack holds pack.yaml",
)  # fmt: skip
NO_ROUND = Message(
    "C012", "error", "找不到批次文件{path}", "there is no round file {path}", "核对路径", "check the path"
)
NO_ROUND_OPEN = Message(
    "C023", "error", "这件事要在批次里做，打开的没有批次", "this is done in a round, and none is open",
    "打开时指明批次文件夹", "name the folder of a round when you open the session",
)  # fmt: skip
OWN_DAY = Message(
    "C022", "warning", "批次有自己的评定日{day}，没有按--on的{other}",
    "the round has its own reference date {day}: --on {other} was not used",
    "去掉--on；要改评定日，改批次文件里的reference_date", "remove --on, or change reference_date in the round file",
)  # fmt: skip
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


class Opening(Struct, frozen=True):
    """What is to be opened.

    `standard` is the folder of a pack (None: the built-in one); `round` a round's file or folder (None: units are judged
    alone, as of the day `on`); `home` is where one is kept that has no folder. `draft` lets an author try a standard that
    has errors. `cache` is where compiled standards are kept (None: nowhere).
    """

    standard: Path | None = None
    round: Path | None = None
    on: date | None = None
    lang: Lang = "zh"
    engine: Wanted = "auto"
    draft: bool = False
    cache: Path | None = None
    home: Home | None = None


class Session(Struct, frozen=True):
    """A standard and a round that are open, the language of sentences, and the engine that is wanted.

    `whole_round`: a round was named. `standard` is the folder of the standard (None: the built-in one). `kept` is the home
    of a round that is kept elsewhere than in a folder.
    """

    pack: Pack
    round: Round
    lang: Lang
    engine: Wanted
    whole_round: bool
    standard: Path | None = None
    cache: Path | None = None
    kept: Home | None = None

    @property
    def home(self) -> Home | None:
        """The home of the round, which is its folder unless it is kept elsewhere; None where units are judged alone."""
        if self.kept or not self.whole_round:
            return self.kept
        from ..store.folder import FolderHome  # late: many sessions name no round

        return FolderHome(Path(self.round.source.file).parent)

    @property
    def draft(self) -> str:
        """The mark of a draft in the language of the session; "" where the pack has no errors."""
        return draft_mark(self.pack.errors)[self.lang]


def read_standard(folder: Path | None = None, cache: Path | None = None) -> Answer[Loaded]:
    """Return a standard with all that loading says of it; its errors are in the result, for the caller to tell."""
    return answer(loaded_standard, folder, cache)


def open_standard(asked: Opening) -> Answer[Pack]:
    """Return a standard to judge, rank and print by. One with errors is refused (C030), or marked as a draft (C031)."""
    return answer(sound_standard, asked)


def open_session(asked: Opening) -> Answer[Session]:
    """Return the standard and the round that are named. Refused where one of them cannot be read or has errors."""
    return answer(opened, asked)


def reopen_round(session: Session) -> Answer[Session]:
    """Return a session with its round read anew, by the standard that is open."""
    return answer(_reopened, session)


def _reopened(notes: Notes, session: Session) -> Session:
    place = Path(session.round.source.file) if session.whole_round and session.kept is None else None
    asked = Opening(session.standard, place, None, session.lang, session.engine, cache=session.cache, home=session.kept)
    return session_of(notes, asked, session.pack)


def loaded_standard(notes: Notes, folder: Path | None, cache: Path | None) -> Loaded:
    where = folder or default_pack()
    if not (where / "pack.yaml").is_file():
        notes.add((NO_PACK.at(Source(str(where)), path=where),))
    loaded = cached_pack(where, cache)
    notes.add(loaded.said)
    notes.need(loaded.pack)
    return loaded


def sound_standard(notes: Notes, asked: Opening) -> Pack:
    loaded = loaded_standard(notes, asked.standard, asked.cache)
    pack = notes.need(loaded.pack)
    if not loaded.faults:
        return pack
    counted = errors_of(len(loaded.faults))
    if not asked.draft:
        notes.add((*loaded.faults, REFUSED.at(pack.source, errors=counted)))
    notes.add((JUDGED_AS_DRAFT.at(pack.source, errors=counted),))
    return replace(pack, errors=len(loaded.faults))


def opened(notes: Notes, asked: Opening) -> Session:
    return session_of(notes, asked, sound_standard(notes, asked))


def session_of(notes: Notes, asked: Opening, pack: Pack) -> Session:
    """Return what is asked for with a standard that is open already."""
    round_ = _round(notes, asked, pack)
    named = asked.round is not None or asked.home is not None
    return Session(pack, round_, asked.lang, asked.engine, named, asked.standard, asked.cache, asked.home)


def alone(session: Session, on: date | None) -> Session:
    """Return a session without its round: units are checked and judged each for itself, as of a day."""
    from ..round.read import lone_round  # late, as below

    return replace(session, round=lone_round(on), whole_round=False, kept=None)


def home_of(notes: Notes, session: Session) -> Home:
    """Return the home of the round that is open. Refused where none is (C023)."""
    if session.home is None:
        notes.stop(NO_ROUND_OPEN.at(Source()))
    return session.home


def other_day(session: Session, on: date | None) -> Problems:
    """Return a warning where a round is judged as of its own day and another one is named beside it."""
    if not session.whole_round or on in (None, session.round.reference_date):
        return ()
    return (OWN_DAY.at(Source(), day=session.round.reference_date, other=on),)


def engine_of(notes: Notes, session: Session) -> tuple[str, Conclude]:
    """Return the engine that judges. Rules that did not ship with us first pass a trial in a process of their own."""
    if session.standard is None or session.standard.resolve() == default_pack().resolve():
        return engine(session.engine)
    from ..assessment.infer.smoke import tried_engine
    from ..assessment.plan import compile_plan

    plans = [compile_plan(session.pack, kind) for kind, _ in session.pack.standards]
    programs = [program for plan in plans for program in (plan.before.program, plan.after.program)]
    name, conclude, problems = tried_engine(programs, session.pack.digest, session.cache, session.engine)
    notes.add(problems)
    return name, conclude


def _round(notes: Notes, asked: Opening, pack: Pack) -> Round:
    from ..evidence.files import NOT_READABLE  # late: many sessions name no round
    from ..round.read import lone_round, read_round_file

    if asked.home is not None:
        return _kept_round(notes, asked.home, pack)
    if asked.round is None:
        return lone_round(asked.on)
    path = asked.round / "round.yaml" if asked.round.is_dir() else asked.round
    if not path.exists():
        notes.add((NO_ROUND.at(Source(str(path)), path=path),))
    try:
        round_, problems = read_round_file(path, pack)
    except OSError as failure:
        round_, problems = None, (NOT_READABLE.at(Source(str(path)), path=path, why=reason(failure)),)
    notes.add(problems)
    return notes.need(round_)


def _kept_round(notes: Notes, home: Home, pack: Pack) -> Round:
    from ..evidence.files import NOT_READABLE, ROUND  # late, as above
    from ..round.read import read_round_text

    try:
        text = home.text(ROUND)
    except OSError as failure:
        notes.stop(NOT_READABLE.at(Source(str(home.place)), path=home.place, why=reason(failure)))
    if text is None:
        notes.stop(NO_ROUND.at(Source(str(home.place)), path=home.place / ROUND))
    round_, problems = read_round_text(text, pack)
    notes.add(problems)
    return notes.need(round_)


def made_by(engine: str) -> dict[str, str]:
    """Return who judged: part of a result, but not of its digest."""
    return {"program": "meihao", "version": __version__, "engine": engine}
