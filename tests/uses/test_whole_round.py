"""Proves that a program walks a whole round by functions, from an empty folder to reports, with the bytes of the commands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from shutil import copy

import pytest
from tests.calling import Cli
from tests.forms.import_books import good, unit_book
from tests.forms.template_books import saved
from tests.forms.test_import import KIND, of_type
from tests.forms.test_import_write_back import with_error

import meihao
from meihao.standard.model import Pack

DAY = date(2026, 6, 30)
UNITS = ("C-0001", "C-0002", "C-0003", "C-0004", "C-0005", "C-0006")
BOOK, WRONG = "C-9001", "C-9002"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def settle_round(home: Path, sample_folder: Path) -> None:
    """Fill in the round as its clerk would: the sample's regions and registers, and still open."""
    text = (sample_folder / "round.yaml").read_text("utf-8")
    (home / "round.yaml").write_text(text.replace("closed: true", "closed: false"), encoding="utf-8")


def opened(home: Path | None = None) -> meihao.Session:
    session, problems = meihao.open_session(meihao.Opening(round=home, engine="reference"))
    assert session is not None, problems
    return session


@pytest.fixture
def handed_in(tmp_path: Path, sample_folder: Path, default_pack: Pack) -> Path:
    """Return a folder with a roster, the evidence of six compounds, a sound workbook and one with an error."""
    folder = tmp_path / "handed_in"
    folder.mkdir()
    rows = ["编号,名称,类别,地区"]
    for code in UNITS:
        copy(sample_folder / "evidence" / f"{code}.evidence.yaml", folder)
        text = (folder / f"{code}.evidence.yaml").read_text("utf-8")
        found = re.search(r'name: ([^,}]+), region: "(\d+)"', text)
        assert found
        rows.append(f"{code},{found[1]},小区,{found[2]}")
    rows += [f"{code},某小区,小区,990100" for code in (BOOK, WRONG)]
    (folder / "roster.csv").write_text("\n".join(rows), encoding="utf-8")
    field = of_type(default_pack, "count")
    book = unit_book(default_pack, KIND, BOOK, "某小区", {field.id: good(field)})
    (folder / "book.xlsx").write_bytes(saved(book))
    (folder / "wrong.xlsx").write_bytes(with_error(default_pack)[0])
    return folder


def test_a_whole_round_by_functions_and_by_commands_has_equal_bytes(
    cli: Cli, tmp_path: Path, sample_folder: Path, handed_in: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = tmp_path / "a" / "round", tmp_path / "b" / "round"
    roster = handed_in / "roster.csv"

    # a new round and its roster
    pack, problems = meihao.new_round(a, DAY)
    assert pack is not None, problems
    assert cli("new", "round", b, "--on", DAY)[0] == 0
    assert contents(a) == contents(b)
    for home in (a, b):
        settle_round(home, sample_folder)
    session = opened(a)
    assert meihao.enrolled_units(session) == ((), ())
    stored, problems = meihao.store_roster(session, roster)
    assert stored is not None, problems
    assert (len(stored.units), stored.added, stored.changed, stored.gone) == (len(UNITS) + 2, len(UNITS) + 2, 0, 0)
    assert cli("roster", b, roster)[0] == 0
    assert contents(a) == contents(b)

    # forms go out
    asked = meihao.FormRequest(tmp_path / "a" / "forms", DAY, units=(BOOK, UNITS[0]))
    forms, problems = meihao.write_forms(session, asked)
    assert forms is not None, problems
    _, out, err = cli("template", "--unit", BOOK, UNITS[0], "--round", b, "--to", tmp_path / "b" / "forms")
    assert [path.name for path in forms] == [Path(line).name for line in out.splitlines()], err
    assert err.splitlines() == [problem.text("zh") for problem in problems]
    assert contents(tmp_path / "a" / "forms") == contents(tmp_path / "b" / "forms")

    # and come in
    files = [*sorted(handed_in.glob("*.yaml")), handed_in / "book.xlsx", handed_in / "wrong.xlsx"]
    intake, problems = meihao.open_intake(session, meihao.TakingIn(DAY))
    assert intake is not None, problems
    done = []
    for file in files:
        taken, _ = meihao.take_in(intake, file)
        taken, _ = meihao.write_errors(intake, taken, to=tmp_path / "a.xlsx" if taken.faulty else None)
        done.append(taken)
    assert [taken.faulty for taken in done] == [*[False] * (len(files) - 1), True]
    assert capsys.readouterr() == ("", ""), "functions print nothing"
    _, out, _ = cli("import", *files[:-1], "--round", b, "--on", DAY, "--format", "json")
    assert out == meihao.taken_in_as_json(intake, done[:-1])
    assert cli("import", files[-1], "--round", b, "--on", DAY, "--to", tmp_path / "b.xlsx")[0] == 1
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert contents(a) == contents(b)

    # how the round stands, and one unit of it
    standing, problems = meihao.round_standing(session, DAY)
    assert standing is not None, problems
    one, _ = meihao.unit_standing(session, standing, BOOK)
    assert one is not None
    assert len(one.submissions) == 1
    _, out, err = cli("status", b, "--on", DAY, "--format", "json")
    assert out == meihao.standing_as_json(session, standing)
    assert err.splitlines() == [problem.text("zh").replace(str(a), str(b)) for problem in problems]
    judgement, _ = meihao.judge(session, None)
    assert judgement is not None
    again, _ = meihao.standing_of(session, judgement, DAY)
    assert again is not None
    assert meihao.standing_as_json(session, again) == meihao.standing_as_json(session, standing)
    _, out, _ = cli("status", b, "--on", DAY, "--unit", BOOK, "--format", "json")
    assert out == meihao.standing_as_json(session, standing, one)

    # judged, ranked, reported
    ranked, problems = meihao.rank_round(session, [a / "evidence"])
    assert ranked is not None, problems
    _, out, _ = cli("rank", b / "evidence", "--round", b, "--engine", "reference", "--format", "json")
    assert out.replace(str(b), str(a)) == meihao.ranking_as_json(ranked)
    reporting = meihao.Reporting(tmp_path / "a" / "reports", units=(UNITS[0],), form="html")
    assert meihao.report(session, [a / "evidence"], reporting)[0]
    words = (b / "evidence", "--round", b, "--engine", "reference", "--unit", UNITS[0], "--format", "html")
    cli("report", *words, "--to", tmp_path / "b" / "reports")
    assert contents(tmp_path / "a" / "reports") == contents(tmp_path / "b" / "reports")


def test_papers_by_functions_and_by_commands_have_equal_bytes(
    cli: Cli, tmp_path: Path, sample_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    evidence = sample_folder / "evidence" / "C-0007.evidence.yaml"
    session, asked = opened(), meihao.PaperRequest(one, kinds=("compound",), form="html")
    assert meihao.write_blank_sheets(session, "score", asked)[0]
    assert meihao.write_inspection_records(session, [evidence], asked)[0]
    sheets, problems = meihao.write_sheets_for_another_look(session, [evidence], asked)
    assert sheets is not None
    assert capsys.readouterr() == ("", "")
    words = ("--format", "html", "--to", two)
    assert cli("report", "--blank", "score", "--kind", "compound", *words)[0] == 0
    assert cli("report", evidence, "--protocol", "--engine", "reference", *words)[0] == 0
    _, out, err = cli("report", evidence, "--blank", "inspection", "--disputed", "--engine", "reference", *words)
    assert [Path(line).name for line in out.splitlines()] == [path.name for path in sheets]
    assert err.splitlines() == [problem.text("zh") for problem in problems]
    assert contents(one) == contents(two)
    nothing, problems = meihao.write_blank_sheets(session, "score", meihao.PaperRequest(one, kinds=("castle",)))
    assert (nothing, [problem.code for problem in problems]) == (None, ["P026"])


def test_many_threads_take_in_and_lose_nothing(tmp_path: Path, sample_folder: Path, handed_in: Path) -> None:
    home = tmp_path / "round"
    meihao.new_round(home, DAY)
    settle_round(home, sample_folder)
    session = opened(home)
    meihao.store_roster(session, handed_in / "roster.csv")

    def taken(file: Path) -> Sequence[int]:
        intake, problems = meihao.open_intake(session, meihao.TakingIn(DAY))
        assert intake is not None, problems
        done, _ = meihao.take_in(intake, file)
        return [stored.number for stored in done.stored.values()]

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(taken, sorted(handed_in.glob("*.yaml"))))
    assert numbers == [[1]] * len(UNITS)
    standing, problems = meihao.round_standing(session, DAY)
    assert standing is not None
    assert not standing.faulty, problems
    assert standing.board.heard() == len(UNITS)
    assert standing.board.ledger.startswith(str(len(UNITS)))


def test_what_belongs_to_a_round_is_refused_where_none_is_open(tmp_path: Path) -> None:
    session = opened()
    for nothing, problems in (
        meihao.round_standing(session, DAY),
        meihao.enrolled_units(session),
        meihao.store_roster(session, tmp_path / "roster.csv"),
        meihao.write_roster_form(session, tmp_path / "roster.xlsx"),
    ):
        assert (nothing, [problem.code for problem in problems]) == (None, ["C023"])
    assert not list(tmp_path.iterdir())


def test_without_a_round_files_are_checked_and_nothing_is_stored(handed_in: Path) -> None:
    intake, _ = meihao.open_intake(opened(), meihao.TakingIn(DAY))
    assert intake is not None
    taken, problems = meihao.take_in(intake, handed_in / "none.xlsx")
    assert taken.unread
    assert [problem.severity for problem in problems] == ["error"]
    taken, _ = meihao.take_in(intake, handed_in / "book.xlsx")
    assert (taken.faulty, taken.stored, len(taken.handed.units)) == (False, {}, 1)


def test_nothing_is_made_over_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    for nothing, problems in (meihao.new_round(tmp_path / "kept", DAY), meihao.new_standard(tmp_path / "kept")):
        assert (nothing, [problem.code for problem in problems]) == (None, ["C017"])
    assert meihao.new_standard(tmp_path / "own")[0] is not None
    assert (tmp_path / "own" / "pack.yaml").is_file()
