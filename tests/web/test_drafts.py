"""Drafts in a database: kept by version, forgotten when they were handed in, and handed in whole or not at all."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.uses.intake_round import ANSWERS, AT, Desk, LooseDrafts, by, opened, round_folder

from meihao.evidence.typed import TypedDocument, TypedUnit
from meihao.store.drafts import Aside, Draft, Drafts, GivenPaper
from meihao.store.home import Home
from meihao.store.journal import Hand
from meihao.uses.hand_in import hand_in
from meihao.uses.move_round import check_home, load_round
from meihao.uses.session import Opening, open_session
from meihao.web.kept.backup import back_up, restore

NOON = datetime(2026, 5, 20, 12, tzinfo=UTC)
TYPED = TypedUnit(
    "compound", {"buildings.total": " 很多 ", "lifts": ({"device": "A1"},), "x": ()}, {"章程": TypedDocument("昨天")}
)
DRAFT = Draft(
    "C-1", TYPED, 1, "王某", AT, {"章程": GivenPaper("章程.pdf", "0" * 64, 9)}, "李某", "2026-06-30", "漏数",
    {"buildings.total": "一"}, {"buildings.total": (Aside("12", "二", "王某", AT), Aside(({"device": "B"},), "三", "王某", AT))},
)  # fmt: skip


def served(folder: Path, source: Path) -> tuple[Home, Any]:
    """Put the round of a folder into a served folder; return its home and its drafts."""
    from meihao.web.kept.drafts import DatabaseDrafts
    from meihao.web.kept.home import DatabaseHome
    from meihao.web.kept.served import open_served

    alias = open_served(folder, create=True)
    assert isinstance(alias, str), alias
    home = DatabaseHome(folder, alias, "r", Hand("王某", lambda: NOON))
    held, problems = load_round(source, home)
    assert held is not None, problems
    return home, DatabaseDrafts(folder, alias, "r")


@pytest.fixture
def desk(web: None, tmp_path: Path) -> Desk:
    """A round in a database with its drafts."""
    home, drafts = served(tmp_path / "served", round_folder(tmp_path / "round"))
    session, problems = open_session(Opening(home=home))
    assert session is not None, problems
    return Desk(session, drafts)


@pytest.fixture(params=["memory", "database"])
def drafts(request: pytest.FixtureRequest) -> Drafts:
    if request.param == "memory":
        return LooseDrafts({}, {})
    found: Drafts = request.getfixturevalue("desk").drafts
    return found


def test_a_draft_reads_back_as_it_was_kept(drafts: Drafts) -> None:
    assert drafts.draft("C-1") is None
    assert drafts.put_draft(DRAFT)
    assert drafts.draft("C-1") == DRAFT


def test_of_two_who_save_one_version_only_one_does(drafts: Drafts) -> None:
    assert drafts.put_draft(DRAFT)
    assert not drafts.put_draft(replace(DRAFT, who="李某"))
    assert drafts.put_draft(replace(DRAFT, version=2))
    assert not drafts.put_draft(replace(DRAFT, version=2, who="李某"))
    assert not drafts.put_draft(replace(DRAFT, version=9))
    assert drafts.draft("C-1") == replace(DRAFT, version=2)


def test_what_was_handed_in_is_forgotten_and_what_came_later_is_not(drafts: Drafts) -> None:
    drafts.put_draft(DRAFT)
    drafts.put_draft(replace(DRAFT, version=2))
    drafts.drop_draft("C-1", 1)
    assert drafts.draft("C-1") is not None
    drafts.drop_draft("C-1", 2)
    assert drafts.draft("C-1") is None
    assert drafts.put_draft(DRAFT)


def test_a_file_is_found_by_its_digest(drafts: Drafts) -> None:
    digest = drafts.put_paper(b"scan")
    assert drafts.put_paper(b"scan") == digest
    assert drafts.paper(digest) == b"scan"


def test_what_is_handed_in_there_has_the_bytes_of_a_folder(desk: Desk, tmp_path: Path) -> None:
    other = Desk(opened(shutil.copytree(tmp_path / "round", tmp_path / "other")), LooseDrafts({}, {}))
    homes = []
    for one in (desk, other):
        one.type(ANSWERS)
        homes.append(one.hand_in().application.home)
    assert homes[0].submission("C-1", 1) == homes[1].submission("C-1", 1)
    assert homes[0].steps() == homes[1].steps()
    assert check_home(homes[0])[0] is not None
    assert desk.drafts.draft("C-1") is None
    assert [event.what for event in homes[0].journal()][-2:] == ["submission", "step"]


@pytest.mark.parametrize("where", ["steps", "drafts"])
def test_what_fails_on_the_way_hands_in_nothing_and_loses_no_word(
    desk: Desk, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from meihao.web.kept import drafts, home

    desk.type(ANSWERS)
    before = desk.drafts.draft("C-1")

    def full(*given: object) -> None:
        raise OSError(28, "full")

    target: Any = home.DatabaseHome if where == "steps" else drafts.DatabaseDrafts
    monkeypatch.setattr(target, "add_steps" if where == "steps" else "drop_draft", full)
    done, problems = hand_in(desk.session, desk.drafts, "C-1", by())
    assert (done, [problem.code for problem in problems][-1]) == (None, "W075")
    monkeypatch.undo()
    found = desk.form()
    assert (found.application.before, found.application.steps, found.draft) == (None, (), before)
    assert check_home(found.application.home)[0] is not None
    assert desk.hand_in().stored.number == 1


def test_a_backup_takes_drafts_and_their_files_along(desk: Desk, tmp_path: Path) -> None:
    paper = desk.drafts.put_paper(b"scan")
    desk.type(ANSWERS)
    place = desk.form().application.home.place
    assert back_up(place, tmp_path / "a.zip") == tmp_path / "a.zip"
    assert restore(tmp_path / "a.zip", tmp_path / "again") == tmp_path / "again"
    from meihao.web.kept.drafts import DatabaseDrafts
    from meihao.web.kept.served import open_served

    alias = open_served(tmp_path / "again")
    assert isinstance(alias, str)
    again = DatabaseDrafts(tmp_path / "again", alias, "r")
    assert again.draft("C-1") == desk.drafts.draft("C-1")
    assert again.paper(paper) == b"scan"
