"""A round of two compounds that takes in, by hand: what the tests of the intake work on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct

from meihao.evidence.typed import TypedUnit
from meihao.round.roster import Enrolled, roster_text
from meihao.standard.model import Role
from meihao.store.drafts import Draft
from meihao.uses.answer import Answer
from meihao.uses.fill_in import Filling, fill_in
from meihao.uses.hand_in import By, HandedIn, hand_in
from meihao.uses.keep_draft import SentPage, keep_draft
from meihao.uses.session import Opening, Session, open_session

DAY = date(2026, 5, 20)
AT = "2026-05-20T12:00:00.000+00:00"
REGIONS = """regions:
  - {code: "07", name: 某县, level: county, applicants: 2}
  - {code: "0701", name: 某镇, level: township, parent: "07", applicants: 2}
due: {applicant: 2026-05-29}
"""
ROUND = "round: r\ntitle: 某批次\nreference_date: 2026-06-30\nclosed: false\nstage: verified\n" + REGIONS
UNITS = tuple(Enrolled(code, "compound", name, "0701") for code, name in (("C-1", "枫桥小区"), ("C-2", "柳河小区")))
ANSWERS = {"buildings.total": "１２栋", "buildings.with_head": "11", "party_org.state": "approved"}


class LooseDrafts(Struct):
    """Drafts in memory."""

    kept: dict[str, Draft]
    papers: dict[str, bytes]

    def draft(self, unit: str) -> Draft | None:
        return self.kept.get(unit)

    def put_draft(self, draft: Draft) -> bool:
        before = self.kept.get(draft.unit)
        if draft.version != (before.version if before else 0) + 1:
            return False
        self.kept[draft.unit] = draft
        return True

    def drop_draft(self, unit: str, version: int) -> None:
        if unit in self.kept and self.kept[unit].version <= version:
            del self.kept[unit]

    def put_paper(self, data: bytes) -> str:
        digest = sha256(data).hexdigest()
        self.papers[digest] = data
        return digest

    def paper(self, sha256: str) -> bytes:
        return self.papers[sha256]


def round_folder(folder: Path, text: str = ROUND, units: Sequence[Enrolled] = UNITS) -> Path:
    """Write the files of a round that has received nothing."""
    folder.mkdir(exist_ok=True)
    (folder / "round.yaml").write_text(text, encoding="utf-8")
    (folder / "roster.yaml").write_text(roster_text(units), encoding="utf-8")
    return folder


def opened(folder: Path) -> Session:
    session, problems = open_session(Opening(round=folder))
    assert session is not None, problems
    return session


def by(role: Role = "applicant", who: str = "王某", on: date = DAY) -> By:
    return By(who, role, on, AT)


class Desk(Struct):
    """A round that takes in, with its drafts: the few words in which tests speak of it."""

    session: Session
    drafts: Any

    def form(self, unit: str = "C-1", on: date = DAY) -> Filling:
        found, problems = fill_in(self.session, self.drafts, unit, on)
        assert found is not None, problems
        return found

    def type(
        self, answers: dict[str, str], unit: str = "C-1", window: str = "一", on: date = DAY, reason: str = ""
    ) -> Draft:
        """Type answers as a page sends them that was shown with the draft as it is."""
        form = self.form(unit, on)
        kept, problems = self.send(form, form.draft.typed, answers, window, reason)
        assert kept is not None, problems
        return kept

    def send(
        self, form: Filling, shown: TypedUnit, answers: dict[str, str], window: str, reason: str = ""
    ) -> Answer[Draft]:
        typed = TypedUnit(shown.kind, {**shown.answers, **answers}, shown.documents)
        keys = frozenset({*shown.answers, *answers})
        cover = {"reason": (form.draft.reason, reason)} if reason else {}
        return keep_draft(self.drafts, form, SentPage(window, keys, shown, typed, cover), "王某", AT)

    def hand_in(self, unit: str = "C-1", on: date = DAY) -> HandedIn:
        done, problems = hand_in(self.session, self.drafts, unit, by(on=on))
        assert done is not None, [problem.text() for problem in problems]
        return done


def desk_of(folder: Path, text: str = ROUND) -> Desk:
    return Desk(opened(round_folder(folder, text)), LooseDrafts({}, {}))
