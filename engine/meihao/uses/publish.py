"""Publish a ranking: the lists, notice, decision and summary of a round, and what stands behind them, as one set of files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..core.canonical import canonical
from ..core.files import write_whole
from ..core.output_set import KeptAside, output_set
from ..core.problems import Lang, Message, Source
from ..ranking.details import details
from ..ranking.to_json import to_json
from ..reports.pdf import pdf_missing
from ..reports.press import pdf_toolchain_versions
from ..reports.summary import summary
from ..reports.write import Format, write_ranking, write_report
from ..store.folder import FolderHome
from ..store.place import of_whole_round
from ..store.state import state_of
from ..store.state import to_json as state_json
from .answer import Answer, Notes, answer
from .look import theme_for
from .rank import RankedRound
from .session import Session, made_by

EDITED = Message(
    "C051", "warning", "{path}写出以后有人改过，改动的一份另存为{copy}，{path}现在是这一次的",
    "{path} had been edited since it was written: that version is kept as {copy}, and {path} is now this run's",
    "对照两份，把还要的改动写进新的一份", "compare the two and carry over what is still wanted",
)  # fmt: skip
STATE_MOVED = Message(
    "C050", "warning", "排名时又收了件，没有写数据状态：以后再收件，这份名单就核验不了",
    "something was received while ranking, and no state was kept: after further receipts these lists cannot be verified",
    "再排一次", "rank again",
)  # fmt: skip
NO_NOTICE = Message(
    "C032", "notice", "草案不出公示名单", "a draft makes no public notice",
    "标准没有错误了，再排一次", "rank again once the standard has no errors",
)  # fmt: skip
SUMMARY = {"zh": "本轮概览", "en": "round-summary"}
DETAILS = {"zh": "评定明细.json", "en": "details.json"}
STATE = {"zh": "数据状态.json", "en": "state.json"}
WORD_FOR_EDITED = {"zh": "改动稿", "en": "edited"}


def publish(session: Session, ranked: RankedRound, evidence: Sequence[Path], to: Path) -> Answer[tuple[Path, ...]]:
    """Write the lists of a round and what stands behind them into a folder, all together, and return the files.

    `evidence` is what the round was judged by: where that is the round's own folder, its state is kept for `verify`. Files
    of the set before that somebody edited are kept beside (C051). Refused where a file cannot be made. Raises OSError.
    """
    return answer(_published, session, ranked, evidence, to)


def _published(
    notes: Notes, session: Session, ranked: RankedRound, evidence: Sequence[Path], to: Path
) -> tuple[Path, ...]:
    with output_set(to, kept=kept(notes, session.lang)) as stage:
        files = (
            *write_lists(notes, session, ranked, stage),
            _write_details(session, ranked, stage),
            *_write_state(notes, session, ranked, evidence, stage),
        )
    return tuple(to / path.relative_to(stage) for path in files)


def kept(notes: Notes, lang: Lang) -> KeptAside:
    """Return how edited files of a set are kept: under a word of the language; each is noted."""

    def tell(path: Path, copy: Path) -> None:
        notes.tell((EDITED.at(Source(str(path)), path=path, copy=copy.name),))

    return KeptAside(WORD_FOR_EDITED[lang], tell)


def write_lists(notes: Notes, session: Session, ranked: RankedRound, folder: Path) -> tuple[Path, ...]:
    """Write the ranked list, the public notice, the decision and the summary. Refused where one cannot be written."""
    (theme, unfit), ranking, lang = theme_for(notes, session), ranked.ranking, session.lang
    made = {**made_by(ranked.judgement.engine), **pdf_toolchain_versions()}
    paths, problems = write_ranking(ranking, session.pack, session.round, folder, lang, made, theme)
    units = [one.assessment for one in ranked.judgement.units]
    page = summary(ranking, units, session.pack, session.round, lang, made)
    form: Format = "html" if pdf_missing() else "pdf"
    more, said = write_report(page, to_json(ranking, made), folder, SUMMARY[lang], form, theme)
    left_out = (NO_NOTICE.at(Source()),) if session.pack.errors else ()
    notes.add((*unfit, *problems, *said, *left_out))
    return (*paths, *more)


def _write_details(session: Session, ranked: RankedRound, folder: Path) -> Path:
    """Write what stands behind the ranking beside it, for `compare`. Raises OSError."""
    path, units = folder / DETAILS[session.lang], ranked.judgement.units
    stands_behind = str(to_json(ranked.ranking)["digest"])
    data = canonical(details(session.pack, [(one.case, one.assessment) for one in units], stands_behind))
    write_whole(path, data, private=True)  # the committee's own: every unit's answers
    return path


def _write_state(
    notes: Notes, session: Session, ranked: RankedRound, evidence: Sequence[Path], folder: Path
) -> tuple[Path, ...]:
    """Write from which state of the round's folder the lists come, for `verify`; nothing for other evidence. Raises OSError."""
    file = Path(session.round.source.file)
    if not of_whole_round(file, evidence):
        return ()
    units = [one.evidence for one in ranked.judgement.units if one.evidence]
    state = state_of(FolderHome(file.parent), units, str(to_json(ranked.ranking)["digest"]))
    if state is None:
        notes.tell((STATE_MOVED.at(Source(str(file.parent))),))
        return ()
    path = folder / STATE[session.lang]
    write_whole(path, state_json(state), private=True)  # it names all units
    return (path,)
