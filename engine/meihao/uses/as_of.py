"""Find the state that a published file was made from, and lay out the round's folder as it was then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import replace

from ..audit.messages import NO_STATE, NOT_READ, STATE_LEFT, STATE_OF_ANOTHER
from ..audit.model import Check, Record
from ..core.files import read_file, reason
from ..core.problems import Problem, Problems, Source
from ..core.read_back import Misread
from ..core.text import Label
from ..evidence.files import EVIDENCE, ROUND
from ..ranking.details_file import DetailsFile
from ..ranking.published import RankingFile
from ..reports.notice_file import NoticeFile
from ..store.folder import FolderHome
from ..store.place import of_whole_round
from ..store.state import MOST, Since, State, lay_out, read_state, since
from .answer import Notes
from .publish import STATE

TITLE = Label("数据状态", "state of the data")
SHOWN = 8


class RoundThen(Struct, frozen=True):
    """The round and the evidence to judge by, and what is to say of their state.

    Where the folder was laid out as it was, `laid_out` is where that was done, and `home` the round's own folder.
    """

    round: Path | None
    evidence: tuple[Path, ...]
    state: tuple[Check, ...] = ()
    laid_out: Path | None = None
    home: Path | None = None

    def named(self, problems: Problems) -> Problems:
        """Return problems with the folder of then called by the name of the round's own."""
        if self.laid_out is None:
            return problems
        return tuple(_renamed(one, str(self.laid_out), str(self.home)) for one in problems)


@contextmanager
def round_then(
    notes: Notes, file: Path, record: Record, round_: Path | None, evidence: Sequence[Path], named: Path | None
) -> Iterator[RoundThen]:
    """Give the round as it was when a file was published, where that is kept; else as it is now.

    `named` is the file of the state, where the user named one. Refused where it cannot be read or is of another ranking.
    """
    now = RoundThen(round_, tuple(evidence))
    home, behind = _home(round_, evidence), _ranking_of(record)
    state = _named(notes, named, behind) if named else _beside(notes, file.parent, behind) if home else None
    if state is None or home is None:
        yield now
        return
    later = since(state, FolderHome(home))
    if not later or later.broken or later.loose:
        yield replace(now, state=(_unchanged(state) if not later else _lost(later),))
        return
    with TemporaryDirectory() as folder:
        place = Path(folder) / (home.resolve().name or ROUND)
        lay_out(state, FolderHome(home), place)
        yield RoundThen(place, (place / EVIDENCE,), (_restored(state, later),), place, home)


def _renamed(problem: Problem, place: str, home: str) -> Problem:
    source = replace(problem.source, file=problem.source.file.replace(place, home))
    names = ("message_zh", "message_en", "hint_zh", "hint_en")
    texts = {name: getattr(problem, name).replace(place, home) for name in names}
    return replace(problem, source=source, **texts)


def _home(round_: Path | None, evidence: Sequence[Path]) -> Path | None:
    """Return the folder of a round that is judged by all of its own evidence; None where other evidence was named."""
    if round_ is None:
        return None
    file = round_ / ROUND if round_.is_dir() else round_
    return file.parent if file.is_file() and of_whole_round(file, evidence or [file.parent / EVIDENCE]) else None


def _named(notes: Notes, path: Path, behind: str) -> State:
    """Return the state in a file that the user named. Refused where it is none, or is of another ranking."""
    try:
        state = read_state(read_file(path, MOST))
    except OSError as refused:
        notes.stop(NOT_READ.at(Source(str(path)), path=path, why=reason(refused)))
    if isinstance(state, Misread):
        notes.stop(NO_STATE.at(Source(str(path), line=state.line, column=state.column), path=path, why=state.why))
    if behind and state.ranking != behind:
        notes.stop(STATE_OF_ANOTHER.at(Source(str(path)), path=path))
    return state


def _beside(notes: Notes, folder: Path, behind: str) -> State | None:
    """Return the state of the same ranking that lies beside a file; None where there is none, or a broken one, which is told."""
    for path in (folder / name for name in STATE.values()):
        try:
            state: State | Misread = read_state(read_file(path, MOST))
        except FileNotFoundError:
            continue
        except OSError as refused:
            state = Misread(reason(refused))
        if isinstance(state, Misread):
            notes.tell(
                (STATE_LEFT.at(Source(str(path), line=state.line, column=state.column), path=path, why=state.why),)
            )
        elif state.ranking == behind:
            return state
    return None


def _ranking_of(record: Record) -> str:
    """Return the digest of the ranking that a published file is, or is made from; "" for the result of one unit."""
    match record.file:
        case DetailsFile(body=body):
            return body.ranking
        case RankingFile(digest=behind) | NoticeFile(digest=behind):
            return behind
        case _:
            return ""


def _counted(state: State) -> Label:
    if not state.receipts:
        return Label("没有收件", "no receipts")
    return Label(f"收件{state.receipts}份，最后一份{state.on}", f"{state.receipts} receipts, the last of {state.on}")


def _unchanged(state: State) -> Check:
    there = _counted(state)
    said = Label(f"与公布时相同：{there.zh}", f"as it was at publication: {there.en}")
    return Check("state", "holds", TITLE, said)


def _restored(state: State, later: Since) -> Check:
    there = _counted(state)
    units = [Label(f"{unit}（{n}份）", f"{unit} ({n})") for unit, n in later.submissions.items()]
    what = [*units[:SHOWN], *([_more(len(units) - SHOWN)] if len(units) > SHOWN else []), *map(Label, later.files)]
    zh, en = "、".join(one.zh for one in what), ", ".join(one["en"] for one in what)
    said = Label(
        f"按公布时的数据核对：{there.zh}；此后补正：{zh}",
        f"checked as of publication: {there.en}; corrected since then: {en}",
    )
    return Check("state", "holds", TITLE, said)


def _more(number: int) -> Label:
    return Label(f"另有{number}个单位", f"{number} more units")


def _lost(later: Since) -> Check:
    """Return why the state of then is not there any more; what follows is then checked by the evidence as it is."""
    if later.broken:
        zh, en = later.broken.zh, later.broken["en"]
        return Check("state", "fails", TITLE, Label(f"{zh}，还原不了公布时的数据", f"{en}: what was then is lost"))
    names = later.loose[:SHOWN]
    zh, en = "、".join(names), ", ".join(names)
    said = Label(
        f"还原不了公布时的数据：{zh}改动过，又不是收件；以下按现在的证据核对",
        f"what was then is lost: {en} changed and is no submission; what follows is by the evidence as it is now",
    )
    return Check("state", "not_checked", TITLE, said)
