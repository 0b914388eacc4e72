"""`meihao template`: a file for each unit, what was handed in before, and what is said where something is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.calling import Cli

from meihao.forms.layout import COVER, MARK, UNITS
from meihao.standard.model import Pack
from meihao.uses.answer import answer
from meihao.uses.forms import check_role

from .template_books import opened, text


@pytest.fixture
def template(cli: Cli, tmp_path: Path) -> Cli:
    return lambda *words: cli("template", *words, "--to", tmp_path / "out")


def names(out: str) -> list[str]:
    return [Path(one).name for one in out.split()]


@pytest.mark.parametrize("kind", ["compound", "小区", "residential compound"])
def test_a_kind_is_named_by_id_or_title(template: Cli, kind: str) -> None:
    code, out, _ = template("--kind", kind)
    assert (code, names(out)) == (0, ["compound-applicant.xlsx"])
    assert Path(out.strip()).is_file()


def test_several_codes_give_several_files(template: Cli, tmp_path: Path) -> None:
    code, out, _ = template("--kind", "village", "--unit", "007", "008", "007", "--role", "inspector")
    assert (code, names(out)) == (0, ["village-inspector-007.xlsx", "village-inspector-008.xlsx"])
    book = opened((tmp_path / "out" / "village-inspector-007.xlsx").read_bytes())
    mark = dict(book[MARK].iter_rows(values_only=True))
    assert (mark["unit"], mark["role"]) == ("007", "inspector")
    assert "007" in [row[2] for row in book[COVER.zh].iter_rows(values_only=True)]


def test_last_evidence_is_taken_from_the_folder_of_a_round(template: Cli, sample_folder: Path, tmp_path: Path) -> None:
    code, out, _ = template("--prefill", sample_folder, "--unit", "C-0007", "--round", sample_folder)
    assert (code, names(out)) == (0, ["compound-applicant-C-0007.xlsx"])
    book = opened((tmp_path / "out" / "compound-applicant-C-0007.xlsx").read_bytes())
    assert isinstance(text(book, "households", "value"), int)
    assert "没有变就不用改" in text(book, "households", "held")


def test_without_names_every_unit_of_the_kind_gets_a_form(template: Cli, sample_folder: Path) -> None:
    evidence = sample_folder / "evidence" / "C-0007.evidence.yaml"
    code, out, _ = template("--kind", "compound", "--prefill", evidence, "--on", "2026-06-30")
    assert (code, names(out)) == (0, ["compound-applicant-C-0007.xlsx"])


def test_a_clerk_gets_one_file_with_a_row_for_each_unit(template: Cli, sample_folder: Path, tmp_path: Path) -> None:
    code, out, _ = template("--form", "clerk", "--prefill", sample_folder, "--unit", "V-0001", "V-0002")
    assert (code, names(out)) == (0, ["village-applicant-clerk.xlsx"])
    page = opened((tmp_path / "out" / "village-applicant-clerk.xlsx").read_bytes())[UNITS.zh]
    assert [page.cell(row, 1).value for row in (5, 6, 7)] == ["V-0001", "V-0002", None]


def test_one_file_may_be_named(cli: Cli, tmp_path: Path) -> None:
    assert cli("template", "--kind", "village", "--to", tmp_path / "a b.xlsx")[0] == 0
    assert (tmp_path / "a b.xlsx").is_file()


def test_one_file_cannot_hold_the_forms_of_two_units(cli: Cli, tmp_path: Path) -> None:
    words = ("template", "--kind", "village", "--unit", "V-1", "V-2", "--to")
    code, _, err = cli(*words, tmp_path / "a.xlsx")
    assert code == 2
    assert "W006" in err
    assert not (tmp_path / "a.xlsx").exists()
    assert cli(*words, tmp_path / "a")[0] == 0
    assert len(list((tmp_path / "a").iterdir())) == 2


def test_a_role_that_fills_in_nothing_is_told_which_words_would_do(
    default_pack: Pack,
) -> None:
    own = replace(default_pack, fields=tuple(f for f in default_pack.fields if f.provided_by == "applicant"))
    _, (problem,) = answer(check_role, own, "community", "registry")
    err = problem.text("zh")
    assert "W007" in err
    assert "申报单位（applicant）" in err
    assert "登记部门（registry）" not in err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--kind", "compund"), "W005"),
        (("--unit", "V-9999", "--round", "SAMPLE"), "W110"),
        (("--kind", "compound", "--round", "SAMPLE", "--on", "soon"), "C010"),
        ((), "W001"),
        (("--kind", "village", "--prefill", "SAMPLE", "--unit", "V-9999"), "W002"),
        (("--kind", "village", "--prefill", "SAMPLE", "--unit", "C-0007"), "W003"),
        (("--kind", "village", "--prefill", "ONE"), "W004"),
        (("--kind", "village", "--prefill", "no-such-folder"), "E040"),
    ],
)
def test_mistakes_are_said_and_nothing_is_written(
    template: Cli, sample_folder: Path, tmp_path: Path, words: tuple[str, ...], code: str
) -> None:
    places = {"SAMPLE": str(sample_folder), "ONE": str(sample_folder / "evidence" / "C-0007.evidence.yaml")}
    exit_code, out, err = template(*(places.get(word, word) for word in words))
    assert (exit_code, out) == (2, "")
    assert code in err
    assert not (tmp_path / "out").exists()
