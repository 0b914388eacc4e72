"""Verify a published file: its digests, its standard, and, where the evidence is at hand, the same result and pages again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..audit.checks import Standard, day_of
from ..audit.messages import NO_CODE, NOT_READ
from ..audit.model import Audit, Check, OpenedFile
from ..audit.opened import open_document
from ..audit.pages import Paper
from ..audit.remade import Again, MadeBy
from ..audit.verify import verify as audits_of
from ..core.files import NamedFile, read_file, reason
from ..core.problems import Lang, Source
from ..core.text import Label
from ..core.watch import Watch, unwatched
from ..evidence.files import EVIDENCE
from ..pipeline import Judged
from ..ranking.rank import rank
from ..reports.clean import clean
from ..reports.photos import album, read_photos
from ..standard.checking.edition import read_seals
from ..standard.resources import default_pack
from .answer import Answer, Notes, answer
from .as_of import RoundThen, round_then
from .incoming import path_of
from .session import Opening, Session, alone, opened, other_day

if TYPE_CHECKING:
    from .judge import Judgement

SCANNED = Label("二维码里的校验值", "digest in the code")
UNLIKE = Label(
    "从现在的证据得不出这个结果：没有这个单位，报告不是原件，或出报告以后有补正",
    "the evidence of today does not give this result: there is no such unit, this is not the original, or something was "
    "corrected since",
)
_CODE = re.compile(r"(\S.{0,199}?)\s+(sha256:[0-9a-f]{64})")


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


def verify_upload(
    session: Session, file: NamedFile, judgement: Judgement | None = None, *, open_results: bool = True
) -> Answer[Verified]:
    """Verify a published file that came from elsewhere by the standard that is open and the judgement of its round, if any.

    Where results are not open, a result that is not that of the evidence is told in one sentence, whatever differs.
    """
    return answer(_uploaded, session, file, judgement, open_results)


def verify_scanned(text: str, judgement: Judgement | None = None, *, open_results: bool = True) -> Answer[Audit]:
    """Say whether a unit has, by the judgement of a round, the result of which a report's code is.

    The code holds no more than the unit and a digest: what the report says beside it is not checked. Where results are not
    open, an unknown unit and another result are told in one sentence.
    """
    return answer(_scanned, text, judgement, open_results)


def open_published(notes: Notes, file: Path | NamedFile) -> OpenedFile:
    """Return an opened file. Refused where it cannot be read, or nothing in it can be checked."""
    data = bytes_of(notes, file) if isinstance(file, Path) else file.data
    document, problems = open_document(data, str(path_of(file)))
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
    session = opened(notes, replace(asked.opening, round=then.round, on=day_of(document.records[0])))
    if not (evidence := _evidence(then)):
        return _audited(notes, session, document, None, None, then.state)
    from .judge import judged  # late: without evidence nothing is judged

    notes.tell(other_day(session, day_of(document.records[0])))
    return _audited(notes, session, document, judged(notes, session, evidence, watch), asked.photos, then.state)


def _uploaded(
    notes: Notes, session: Session, file: NamedFile, judgement: Judgement | None, open_results: bool
) -> Verified:
    document = open_published(notes, file)
    day = day_of(document.records[0])
    notes.tell(other_day(session, day))
    found = _audited(notes, session if session.whole_round else alone(session, day), document, judgement)
    if open_results:
        return found
    return replace(found, audits=tuple(replace(one, checks=tuple(map(_closed, one.checks))) for one in found.audits))


def _closed(check: Check) -> Check:
    """Return a check that tells nothing of what the evidence gives, but for whether a result is that of the evidence."""
    return replace(check, said=UNLIKE, differences=()) if (check.id, check.state) == ("body", "fails") else check


def _audited(
    notes: Notes, session: Session, document: OpenedFile, judgement: Judgement | None, photos: Path | None = None,
    state: tuple[Check, ...] = (),
) -> Verified:  # fmt: skip
    folder = session.standard
    standard = Standard(session.pack, read_seals(folder or default_pack())[0], folder is not None)
    again = _again(notes, session, judgement.units, photos) if judgement else None
    return Verified(document, audits_of(document, standard, again, state), session.draft)


def _scanned(notes: Notes, text: str, judgement: Judgement | None, open_results: bool) -> Audit:
    found = _CODE.fullmatch(text.strip())
    if found is None:
        notes.stop(NO_CODE.at(Source()))
    if judgement is None:
        said = Label("这里没有批次的证据可比", "there is no evidence of a round here")
        return Audit(Label(clean(found[1])), (Check("scanned", "not_checked", SCANNED, said),))
    check = _digest_now(judgement.units, found[1], found[2])
    return Audit(
        Label(clean(found[1])), (check if open_results or check.state == "holds" else replace(check, said=UNLIKE),)
    )


def _digest_now(units: Sequence[Judged], code: str, stated: str) -> Check:
    """Return whether a unit's result has a digest now. Of an unknown unit another's is worked out, which takes as long."""
    from ..assessment.to_json import body_digest  # late: only who scanned a code needs it

    own = [one.assessment for one in units if one.case.code == code]
    now = [body_digest(one) for one in own or [one.assessment for one in units[:1]]]
    if own and stated in now:
        return Check("scanned", "holds", SCANNED, Label("从证据得出同样的结果", "the evidence gives the same result"))
    other = Label(
        "从现在的证据得不出这个结果：报告不是原件，或出报告以后有补正",
        "the evidence of today gives another result: this is not the original, or something was corrected since",
    )
    nobody = Label("这个批次里没有这个单位", "there is no such unit in this round")
    return Check("scanned", "fails", SCANNED, other if own else nobody)


def _evidence(then: RoundThen) -> Sequence[Path]:
    """Return the evidence that was named, or the round's own."""
    if then.evidence or then.round is None:
        return then.evidence
    own = (then.round if then.round.is_dir() else then.round.parent) / EVIDENCE
    return (own,) if own.is_dir() else ()


def _again(notes: Notes, session: Session, units: Sequence[Judged], folder: Path | None) -> Again:
    """Return what the evidence gives now, and how the documents of a unit are made of it."""
    from ..reports.protocol import protocol
    from .look import theme_for
    from .report import paper_of  # late, all three: without evidence nothing is made again

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
