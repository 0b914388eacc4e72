"""A round that is served and one in a folder judge and rank alike, and what a folder holds comes back byte for byte."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest
from tests.calling import Cli
from tests.store.round_folder import FIRST, accept, sample_round
from tests.web.test_homes import NOON, codes

from meihao.core.problems import Problem
from meihao.evidence.files import read_evidence
from meihao.ranking.to_json import to_json
from meihao.standard.model import Pack
from meihao.store.folder import FolderHome
from meihao.store.home import Home
from meihao.store.journal import Hand
from meihao.uses.judge import judge
from meihao.uses.move_round import check_home, export_round, load_round
from meihao.uses.rank import rank_round
from meihao.uses.session import Opening, Session, open_session
from meihao.uses.standing import round_standing, standing_as_json


@pytest.fixture(scope="module")
def folder(default_pack: Pack, sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's round with twelve compounds that were taken in; no test changes it."""
    place = tmp_path_factory.mktemp("taken-in") / "round"
    units = [one for one in read_evidence(sample_folder / "evidence", default_pack)[0] if one.code.startswith("C-")][
        :12
    ]
    sample_round(place, sample_folder, units)
    papers = {f"{unit.code}.pdf": b"%PDF-" + unit.code.encode() for unit in units[:1]}
    assert not accept(place, default_pack, units[:1], FIRST, papers, "异议1号")[1]
    assert not accept(place, default_pack, units[1:], FIRST, {}, "异议1号")[1]
    return place


@pytest.fixture(scope="module")
def served(folder: Path, web: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same round in a served folder; no test changes it."""
    from meihao.cli.main import run

    place = tmp_path_factory.mktemp("served") / "served"
    assert run(["round", "load", str(place), str(folder), "--by", "陈某"]) == 0
    return place


@pytest.fixture
def home(served: Path) -> Home:
    from meihao.web.kept.served import home_in, open_served

    alias = open_served(served)
    assert isinstance(alias, str)
    found = home_in(served, alias, Hand("陈某", lambda: NOON))
    assert not isinstance(found, Problem)
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def opened(asked: Opening) -> Session:
    session, problems = open_session(asked)
    assert session is not None, problems
    return session


def test_the_folder_comes_back_with_equal_bytes_and_the_journal(folder: Path, home: Home, tmp_path: Path) -> None:
    held, problems = export_round(home, tmp_path / "back")
    assert held is not None, problems
    assert (held.units, held.submissions, held.documents) == (12, 12, 1)
    back = files(tmp_path / "back")
    journal = back.pop("journal.jsonl")
    assert back == files(folder)
    assert next(json.loads(line)["what"] for line in journal.splitlines()) == "round"
    assert len(journal.splitlines()) == 1 + 2 + 1 + 12
    assert [path.name for path in tmp_path.iterdir()] == ["back"], "nothing is left beside it"


def test_a_served_round_ranks_as_its_folder_does_and_the_lists_verify(
    folder: Path, home: Home, cli: Cli, tmp_path: Path
) -> None:
    """The digest of a ranking covers every unit's result: it is the same from rows, from files, and from files that came back."""
    ranked, problems = rank_round(opened(Opening(home=home, engine="reference")), None)
    assert ranked is not None, problems
    there = to_json(ranked.ranking)["digest"]
    assert export_round(home, tmp_path / "back")[0] is not None
    for place in (folder, tmp_path / "back"):
        words = ("rank", place / "evidence", "--round", place, "--engine", "reference")
        code, out, err = cli(*words, "--format", "json")
        assert code == 0, err
        assert json.loads(out)["digest"] == there
    assert cli(*words, "--to", tmp_path / "lists")[0] == 0
    published = tmp_path / "lists" / "排名名单.json"
    code, out, err = cli("verify", published, "--round", tmp_path / "back", "--engine", "reference", "--format", "json")
    assert code == 0, err


def test_units_are_judged_alike_and_owe_the_same(folder: Path, home: Home) -> None:
    sessions = [opened(Opening(home=home, engine="reference")), opened(Opening(round=folder, engine="reference"))]
    results = [judge(session, None)[0] for session in sessions]
    assert results[0] is not None
    assert results[1] is not None
    assert [one.assessment for one in results[0].units] == [one.assessment for one in results[1].units]
    standings = []
    for session in sessions:
        standing, _ = round_standing(session, FIRST.on)
        assert standing is not None
        standings.append(standing_as_json(session, standing))
    assert standings[0] == standings[1]


def test_nothing_is_put_where_something_is(folder: Path, home: Home, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_text("a", encoding="utf-8")
    assert codes(export_round(home, tmp_path / "full")[1]) == ["W143"]
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["a.txt"]
    assert codes(load_round(folder, home)[1]) == ["W144"]
    (tmp_path / "empty").mkdir()
    assert export_round(home, tmp_path / "empty")[0] is not None, "an empty folder is as good as none"


def altered_line(place: Path) -> None:
    path = place / "ledger.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"n":1,', b'"n": 1,', 1))


def altered_submission(place: Path) -> None:
    path = next((place / "evidence").rglob("0001.evidence.yaml"))
    path.write_bytes(path.read_bytes() + b"\n")


def loose(place: Path) -> None:
    (place / "evidence" / "C-0001.evidence.yaml").write_text("unit: {}\n", encoding="utf-8")


def slipped_in(place: Path) -> None:
    copytree(next((place / "evidence").iterdir()), place / "evidence" / "Z")


def renamed_document(place: Path) -> None:
    next((place / "evidence").rglob("*.pdf")).write_bytes(b"another")


def no_round(place: Path) -> None:
    (place / "round.yaml").unlink()


def broken_journal(place: Path) -> None:
    (place / "journal.jsonl").write_bytes(b"{}\n")


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (altered_line, "W116"),
        (altered_submission, "W117"),
        (loose, "W142"),
        (slipped_in, "W119"),
        (renamed_document, "W146"),
        (no_round, "W074"),
        (broken_journal, "W140"),
    ],
)
def test_a_folder_that_is_not_whole_is_not_loaded(
    folder: Path, tmp_path: Path, cli: Cli, web: None, damage: object, code: str
) -> None:
    place = copytree(folder, tmp_path / "round")
    damage(place)  # type: ignore[operator]
    exit_code, out, err = cli("round", "load", tmp_path / "served", place)
    assert (exit_code, out) == (2, "")
    assert code in err
    assert cli("round", "check", tmp_path / "served")[0] == 2, "no round is left behind"


def test_a_load_that_fails_at_the_end_leaves_nothing(
    folder: Path, tmp_path: Path, web: None, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as failing:
        failing.setattr("meihao.web.kept.home.LedgerRows.append", full)
        code, _, err = cli("round", "load", tmp_path / "served", folder)
    assert (code, "W145" in err, "磁盘满了" in err) == (2, True, True)
    assert cli("round", "load", tmp_path / "served", folder)[0] == 0


def test_a_round_that_was_changed_in_a_folder_goes_back_with_its_old_journal(
    home: Home, tmp_path: Path, default_pack: Pack, cli: Cli, sample_folder: Path
) -> None:
    """The folder took one more in; the journal that comes back tells of it, and of the loading."""
    assert export_round(home, tmp_path / "round")[0] is not None
    (unit,) = [one for one in read_evidence(sample_folder / "evidence", default_pack)[0] if one.code == "C-0013"]
    roster = tmp_path / "round" / "roster.yaml"
    line = f'  - {{code: "{unit.code}", kind: {unit.kind}, name: "{unit.name}", region: "{unit.region}"}}\n'
    roster.write_text(roster.read_text("utf-8") + line, encoding="utf-8")
    assert not accept(tmp_path / "round", default_pack, [unit], FIRST, {}, "异议1号")[1]
    code, out, err = cli("--lang", "en", "round", "load", tmp_path / "again", tmp_path / "round", "--by", "李某")
    assert (code, err) == (0, "")
    assert "13 units, 13 submissions, 1 documents" in out
    assert cli("round", "export", tmp_path / "again", tmp_path / "back")[0] == 0
    events = [json.loads(line) for line in (tmp_path / "back" / "journal.jsonl").read_bytes().splitlines()]
    new = [(e["who"], e["what"], e["unit"], e["number"]) for e in events[16:]]
    assert new == [("李某", "round", "", 0), ("李某", "text", "", 2), ("李某", "submission", "C-0013", 1)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_commands_say_what_is_kept(served: Path, cli: Cli, lang: str, folder: Path) -> None:
    code, out, err = cli("--lang", lang, "round", "check", served)
    assert (code, err) == (0, "")
    head = FolderHome(folder).ledger()
    head.read()
    first, second, third = out.splitlines()
    assert first.endswith("12个单位，收件12份，材料1件" if lang == "zh" else "12 units, 12 submissions, 1 documents")
    assert second == ("收件台账：" if lang == "zh" else "ledger of receipts: ") + head.short_head()
    assert third.startswith("流水：16 " if lang == "zh" else "journal: 16 ")


def test_the_commands_work_in_a_process_of_their_own(folder: Path, tmp_path: Path, root: Path) -> None:
    """Nothing has set Django up before them, as it has in the tests above."""
    env = {**os.environ, "PYTHONPATH": str(root / "engine")}
    said = set()
    for words in (("load", "s", folder), ("check", "s"), ("export", "s", "back")):
        process = [sys.executable, "-m", "meihao", "round", *map(str, words)]
        done = subprocess.run(process, env=env, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), words
        said.add(done.stdout)
    assert len(said) == 1, "what is loaded, checked and exported is the same"
    assert (tmp_path / "back" / "ledger.jsonl").read_bytes() == (folder / "ledger.jsonl").read_bytes()


def test_what_cannot_be_done_is_said(served: Path, cli: Cli, tmp_path: Path) -> None:
    said = [
        ("B040", ("check", tmp_path / "nothing")),
        ("B043", ("check", served, "--id", "2031")),
        ("B044", ("export", served)),
        ("B042", ("check", not_a_database(tmp_path / "odd"))),
        ("B041", ("check", newer(copytree(served, tmp_path / "newer")))),
        ("W074", ("load", tmp_path / "new", tmp_path / "nothing")),
    ]
    for problem, words in said:
        code, out, err = cli("round", *words)
        assert (code, out, problem in err) == (2, "", True), (words, err)
    assert not (tmp_path / "nothing").exists()
    assert not (tmp_path / "new").exists()


def not_a_database(folder: Path) -> Path:
    folder.mkdir()
    (folder / "meihao.sqlite3").write_bytes(b"no database" * 99)
    return folder


def newer(folder: Path) -> Path:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(folder / "meihao.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('kept', '0009_later', '2027-01-01')"
        )
    return folder


def test_the_round_in_a_folder_is_whole_by_the_same_check(folder: Path) -> None:
    held, problems = check_home(FolderHome(folder))
    assert held is not None, problems
    assert (held.submissions, held.documents, held.journal) == (12, 1, "")
