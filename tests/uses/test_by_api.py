"""Proves that a program gets by functions what a person gets by commands: the same bytes, the same problems, no printing."""

from __future__ import annotations

import ast
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.calling import Cli

import meihao
from meihao.uses.session import other_day

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "tests" / "units" / "worst-village.evidence.yaml"
DAY = date(2026, 6, 30)


@pytest.fixture
def few(sample_folder: Path, tmp_path: Path) -> Path:
    """The sample round with the evidence of every fortieth unit, and no roster."""
    folder = tmp_path / "round"
    (folder / "evidence").mkdir(parents=True)
    shutil.copy(sample_folder / "round.yaml", folder)
    for file in sorted((sample_folder / "evidence").iterdir())[::40]:
        shutil.copy(file, folder / "evidence")
    return folder


def test_a_round_is_walked_by_functions_and_by_commands_with_equal_bytes(
    cli: Cli, few: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evidence = few / "evidence"
    session, problems = meihao.open_session(meihao.Opening(round=few, engine="reference"))
    assert session is not None, problems
    judgement, said = meihao.judge(session, [evidence])
    assert judgement is not None, said
    ranked, more = meihao.rank_round(session, [evidence])
    assert ranked is not None, more
    one, _ = meihao.unit_of(judgement, judgement.units[3].case.name)
    assert one is not None
    item, _ = meihao.criterion_of(meihao.explain(session, one), one.assessment.items[0].id.rpartition(".")[2])
    assert item is not None
    assert capsys.readouterr() == ("", ""), "functions print nothing"

    words = (evidence, "--round", few, "--engine", "reference")
    _, out, err = cli("assess", *words, "--format", "json")
    assert out == meihao.results_as_json(judgement)
    assert err.splitlines() == [problem.text("zh") for problem in said]
    _, out, err = cli("rank", *words, "--format", "json")
    assert out == meihao.ranking_as_json(ranked)
    assert err.splitlines() == [problem.text("zh") for problem in more]
    _, out, _ = cli("explain", one.case.code, *words, "--criterion", item.id)
    assert item.reason in out


def test_lists_are_published_by_functions_and_by_commands_with_equal_bytes(
    cli: Cli, few: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session, _ = meihao.open_session(meihao.Opening(round=few, engine="reference"))
    assert session is not None
    ranked, _ = meihao.rank_round(session, [few / "evidence"])
    assert ranked is not None
    files, problems = meihao.publish(session, ranked, [few / "evidence"], tmp_path / "one")
    assert files is not None, problems
    assert capsys.readouterr() == ("", "")
    words = ("--round", few, "--engine", "reference", "--to", tmp_path / "two")
    code, out, err = cli("rank", few / "evidence", *words)
    assert (code, err.splitlines()) == (0, [problem.text("zh") for problem in problems])
    assert [Path(line).name for line in out.splitlines()] == [path.name for path in files]
    assert {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()
    }


def test_rankings_are_compared_by_functions_and_by_commands_with_equal_bytes(
    cli: Cli, few: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second ranking lacks one unit; no details stand beside either, and both doors say so."""
    session, _ = meihao.open_session(meihao.Opening(round=few, engine="reference"))
    assert session is not None
    files = sorted((few / "evidence").iterdir())
    for name, evidence in (("old.json", files), ("new.json", files[1:])):
        ranked, problems = meihao.rank_round(session, evidence)
        assert ranked is not None, problems
        (tmp_path / name).write_text(meihao.ranking_as_json(ranked), encoding="utf-8")
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    compared, said = meihao.compare_rankings(meihao.Comparing(old, new))
    assert compared is not None, said
    assert compared.changes.count()
    assert capsys.readouterr() == ("", "")
    code, out, err = cli("compare", old, new, "--format", "json")
    assert (code, out) == (1, meihao.comparison_as_json(compared))
    assert err.splitlines() == [problem.text("zh") for problem in said]
    assert [problem.code for problem in said] == ["W079"]
    none, problems = meihao.compare_rankings(meihao.Comparing(old, tmp_path / "nowhere.json"))
    assert (none, [problem.code for problem in problems]) == (None, ["E040"])


def test_reports_are_made_by_functions_and_by_commands_with_equal_bytes(cli: Cli, few: Path, tmp_path: Path) -> None:
    session, _ = meihao.open_session(meihao.Opening(round=few, engine="reference"))
    assert session is not None
    codes = tuple(sorted(path.name.partition(".")[0] for path in (few / "evidence").iterdir())[:2])
    asked = meihao.Reporting(tmp_path / "one", units=codes, form="html")
    files, problems = meihao.report(session, [few / "evidence"], asked)
    assert files is not None, problems
    words = ("--round", few, "--engine", "reference", "--format", "html", "--to", tmp_path / "two", "--unit", *codes)
    code, out, err = cli("report", few / "evidence", *words)
    assert (code, err.splitlines()) == (0, [problem.text("zh") for problem in problems])
    assert [path.read_bytes() for path in files] == [Path(line).read_bytes() for line in out.splitlines()]
    assert {path.stem for path in files} == set(codes)
    nobody, problems = meihao.report(session, [few / "evidence"], meihao.Reporting(tmp_path / "three", form="html"))
    assert (nobody, [p.code for p in problems if p.severity == "error"]) == (None, ["C020"])
    assert [p.source.file for p in problems if p.code == "C020"] == [str(few / "evidence")]
    assert not (tmp_path / "three").exists()


def test_a_file_is_verified_by_function_and_by_command_with_equal_bytes(
    cli: Cli, few: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The result is of another day than the round, whose evidence stands beside its file: both doors say so (C022)."""
    _, text, _ = cli("assess", UNIT, "--on", "2026-07-31", "--engine", "reference", "--format", "json")
    (few / "evidence" / UNIT.name).write_bytes(UNIT.read_bytes())
    result = tmp_path / "result.json"
    result.write_text(text, encoding="utf-8")
    asked = meihao.Verifying(result, meihao.Opening(round=few, engine="reference"))
    found, said = meihao.verify(asked)
    assert found is not None, said
    assert capsys.readouterr() == ("", "")
    code, out, err = cli("verify", result, "--round", few, "--engine", "reference", "--format", "json")
    assert (code, out) == (4, meihao.audits_as_json(found))
    assert err.splitlines() == [problem.text("zh") for problem in said]
    assert "C022" in [problem.code for problem in said]
    assert [found.count(state) for state in ("holds", "fails", "not_checked")] == [3, 1, 0]
    alone, said = meihao.verify(meihao.Verifying(result))
    assert (alone is not None and alone.count("not_checked"), said) == (1, ())
    none, problems = meihao.verify(meihao.Verifying(tmp_path / "none.pdf"))
    assert (none, [problem.code for problem in problems]) == (None, ["V001"])


def test_a_key_is_asked_for_its_password_only_where_the_pdf_may_be_signed(tmp_path: Path) -> None:
    def asked() -> bytes:
        raise AssertionError("nothing is to be signed")

    key = tmp_path / "key.p12"
    for data, code in ((b"{}", "V013"), (b"%PDF-1.7 nothing", "V003")):
        file = tmp_path / "a.pdf"
        file.write_bytes(data)
        signed, problems = meihao.sign(meihao.Signing(file, key), asked)
        assert (signed, [problem.code for problem in problems]) == (None, [code])
    assert not (tmp_path / "a.signed.pdf").exists()


def test_many_threads_judge_alike(few: Path) -> None:
    session, _ = meihao.open_session(meihao.Opening(round=few))
    assert session is not None

    def judged(_: int) -> str:
        judgement, problems = meihao.judge(session, [few / "evidence"])
        assert judgement is not None, problems
        return meihao.results_as_json(judgement)

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(judged, range(8)))) == 1


def test_how_far_the_work_is_can_be_watched(few: Path) -> None:
    session, _ = meihao.open_session(meihao.Opening(round=few, engine="reference"))
    assert session is not None
    seen: list[tuple[str, int]] = []

    def watch(items, total, stage, /):  # type: ignore[no-untyped-def]  # generic in what it passes on
        seen.append((stage, total))
        return iter(items)

    meihao.rank_round(session, [few / "evidence"], watch=watch)
    assert [stage for stage, _ in seen][:2] == ["reading", "judging"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (meihao.Opening(standard=Path("nowhere")), "C011"),
        (meihao.Opening(round=Path("nowhere.yaml")), "C012"),
    ],
)
def test_what_cannot_be_opened_is_a_problem_and_no_result(asked: meihao.Opening, code: str) -> None:
    session, problems = meihao.open_session(asked)
    assert session is None
    assert [problem.code for problem in problems] == [code]


def test_bad_evidence_judges_nothing(tmp_path: Path) -> None:
    session, _ = meihao.open_session(meihao.Opening(on=DAY))
    assert session is not None
    (tmp_path / "bad.evidence.yaml").write_text("unit: {code: 1", encoding="utf-8")
    judgement, problems = meihao.judge(session, [tmp_path / "bad.evidence.yaml"])
    assert judgement is None
    assert any(problem.severity == "error" for problem in problems)


def test_a_stranger_is_named_with_those_that_are_near() -> None:
    session, _ = meihao.open_session(meihao.Opening(on=DAY, lang="en"))
    assert session is not None
    judgement, _ = meihao.judge(session, [UNIT])
    assert judgement is not None
    (problem,) = meihao.unit_of(judgement, "W-W")[1]
    assert (problem.code, problem.source.file) == ("C013", str(UNIT))
    several = replace(judgement, evidence=(UNIT, UNIT.parent))
    assert [p.source.file for p in meihao.unit_of(several, "W-W")[1]] == [""], "it stands in neither of them"
    explained = meihao.explain(session, judgement.units[0])
    assert [p.code for p in meihao.criterion_of(explained, "no_such")[1]] == ["C014"]
    assert [p.code for p in meihao.rank_round(session, [UNIT])[1]] == ["C015"]
    assert other_day(session, DAY) == ()


def test_a_standard_is_checked_and_its_cases_run() -> None:
    checked, problems = meihao.check_standard()
    assert checked is not None, problems
    assert (checked.problems, checked.sealed) == ((), None)
    tested, _ = meihao.run_standard_cases()
    assert tested is not None
    assert (tested.problems, tested.unread, len(tested.results) > 300) == ((), False, True)


def test_every_name_that_is_promised_is_there() -> None:
    assert {name: callable(getattr(meihao, name)) for name in meihao.__all__} == dict.fromkeys(meihao.__all__, True)
    with pytest.raises(AttributeError, match="no_such"):
        _ = meihao.no_such


def test_the_names_for_type_checkers_are_those_of_the_running_program() -> None:
    tree = ast.parse(Path(meihao.__file__).read_text(encoding="utf-8"))
    named = {
        (alias.asname or alias.name, node.module)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("uses.")
        for alias in node.names
    }
    assert named == {(name, f"uses.{home}") for home, names in meihao._HOMES.items() for name in names}
