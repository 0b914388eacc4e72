"""Verify a published file: its digests, its standard, and, where the evidence is at hand, the same result and pages again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ..audit.checks import Standard, day_of
from ..audit.messages import NOT_READ
from ..audit.model import Audit, OpenedFile
from ..audit.opened import open_document
from ..audit.pages import Paper
from ..audit.remade import Again, MadeBy
from ..audit.verify import verify as audits_of
from ..core.files import read_file, reason
from ..core.problems import Lang, Source
from ..core.watch import Watch, unwatched
from ..evidence.files import EVIDENCE
from ..pipeline import Judged
from ..ranking.rank import rank
from ..reports.photos import album, read_photos
from ..standard.checking.edition import read_seals
from ..standard.resources import default_pack
from .answer import Answer, Notes, answer
from .as_of import RoundThen, round_then
from .session import Opening, Session, opened, other_day


class Verifying(Struct, frozen=True):
    """Which published file is verified, and by what.

    `opening` names the standard and the round; its day is that of the file, whatever it says. Without `evidence` a round
    brings its own, and without either nothing is judged again. `photos` is their folder; `state` the file that says from
    what a ranking was made, where it does not lie beside it.
    """

    file: Path
    opening: Opening = Opening()
    evidence: tuple[Path, ...] = ()
    photos: Path | None = None
    state: Path | None = None


class Verified(Struct, frozen=True):
    """The opened file, one audit a result in it, and the mark of a draft ("" where the standard has no errors)."""

    document: OpenedFile
    audits: tuple[Audit, ...]
    draft: str = ""

    def count(self, state: str) -> int:
        """Return how many checks hold, fail, or were not made (`not_checked`)."""
        return sum(check.state == state for audit in self.audits for check in audit.checks)


def verify(asked: Verifying, watch: Watch = unwatched) -> Answer[Verified]:
    """Open a published file, check it, make it again and compare. What does not hold is in the result, not a problem.

    Refused where the file, the standard, the round or the evidence cannot be read.
    """
    return answer(_verified, asked, watch)


def open_published(notes: Notes, path: Path) -> OpenedFile:
    """Return an opened file. Refused where it cannot be read, or nothing in it can be checked."""
    document, problems = open_document(bytes_of(notes, path), str(path))
    notes.add(problems)
    return notes.need(document)


def bytes_of(notes: Notes, path: Path) -> bytes:
    """Return the bytes of a file. Refused where it cannot be read."""
    try:
        return read_file(path)
    except OSError as refused:
        notes.stop(NOT_READ.at(Source(str(path)), path=path, why=reason(refused)))


def _verified(notes: Notes, asked: Verifying, watch: Watch) -> Verified:
    document = open_published(notes, asked.file)
    record = document.records[0]
    with round_then(notes, asked.file, record, asked.opening.round, asked.evidence, asked.state) as then:
        found, problems = answer(_checked, asked, document, then, watch)
        notes.tell(then.named(problems))
        return notes.need(found)


def _checked(notes: Notes, asked: Verifying, document: OpenedFile, then: RoundThen, watch: Watch) -> Verified:
    day = day_of(document.records[0])
    session = opened(notes, replace(asked.opening, round=then.round, on=day))
    folder = asked.opening.standard
    standard = Standard(session.pack, read_seals(folder or default_pack())[0], folder is not None)
    evidence = _evidence(then)
    if evidence:
        notes.tell(other_day(session, day))
    again = _again(notes, session, evidence, asked.photos, watch) if evidence else None
    return Verified(document, audits_of(document, standard, again, then.state), session.draft)


def _evidence(then: RoundThen) -> Sequence[Path]:
    """Return the evidence that was named, or the round's own."""
    if then.evidence or then.round is None:
        return then.evidence
    own = (then.round if then.round.is_dir() else then.round.parent) / EVIDENCE
    return (own,) if own.is_dir() else ()


def _again(notes: Notes, session: Session, evidence: Sequence[Path], folder: Path | None, watch: Watch) -> Again:
    """Judge the evidence, and say how the documents of a unit are made of it."""
    from ..reports.protocol import protocol
    from .judge import judged
    from .look import theme_for
    from .report import paper_of  # late, all four: without evidence nothing is judged

    units = judged(notes, session, evidence, watch).units
    by_code = {one.case.code: one for one in units}
    peers = tuple(one.assessment for one in units)
    ranking = rank(session.pack, session.round, peers)[0] if session.whole_round else None
    photos = _photos(notes, units, folder)

    def unit(code: str, made: MadeBy, lang: Lang) -> Paper:
        pictured, _ = album(by_code[code].case, photos)
        report = paper_of(by_code[code], peers, ranking, replace(session, lang=lang), made, pictured.shots)
        return report, pictured.pictures

    def record(code: str, made: MadeBy, lang: Lang) -> Paper:
        one = by_code[code]
        assert one.evidence is not None  # it was read a moment ago
        return protocol(session.pack, session.round, one.evidence, one.case, one.assessment, lang, made), {}

    theme, _ = theme_for(notes, session)  # what a picture lacks was said when the file was made
    cases = {one.case.code: one.case for one in units}
    papers = {"unit": unit, "protocol": record}
    return Again(session.round, cases, {one.unit: one for one in peers}, papers, theme, bool(photos))


def _photos(notes: Notes, units: Sequence[Judged], folder: Path | None) -> Mapping[str, bytes]:
    if folder is None:
        return {}
    try:
        folder.stat()
        return read_photos(folder, [one.case for one in units])
    except OSError as refused:
        notes.stop(NOT_READ.at(Source(str(folder)), path=folder, why=reason(refused)))
