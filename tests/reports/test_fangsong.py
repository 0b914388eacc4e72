"""Proves what `typeface: fangsong` does: a machine's own 仿宋 is set and embedded; without one the bundled serif stands in, and a
warning says so. Typst, which sets no notice, takes the bundled typefaces alone."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.reports.paper_pages import fonts_and_files, printed

from meihao.core.problems import Lang
from meihao.ranking import Ranking
from meihao.reports import fangsong, pdf
from meihao.reports.fangsong import FAMILIES, KAI_FAMILIES, fangsong_here, in_type_here, kaiti_here
from meihao.reports.model import Report, UnitReport
from meihao.reports.notice import notice
from meihao.reports.publication import Publication
from meihao.reports.typst_press import typst_missing
from meihao.reports.write import pdf_of, write_ranking
from meihao.round.model import Round
from meihao.standard.model import Pack

ASKED = Publication(typeface="fangsong")
posix = pytest.mark.skipif(os.name != "posix", reason="fontconfig is set up by files here")


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The surroundings of a machine whose one typeface is a 仿宋: the bundled serif under that name."""
    ttlib = pytest.importorskip("fontTools.ttLib")
    folder = tmp_path_factory.mktemp("fonts")
    with ttlib.TTFont(pdf.font_folder() / "NotoSerifSC-Regular.ttf") as font:
        for record in list(font["name"].names):
            if record.nameID in (1, 4, 6, 16):
                font["name"].setName("FangSong", record.nameID, record.platformID, record.platEncID, record.langID)
        font.save(folder / "own.ttf")
    return on_machine(folder)


def on_machine(folder: Path) -> dict[str, str]:
    """Return the surroundings of a machine that has the typefaces of a folder and no other."""
    dirs = f"<dir>{folder}</dir><cachedir>{folder / 'cache'}</cachedir>"
    (folder / "fonts.conf").write_text(f"<?xml version='1.0'?><fontconfig>{dirs}</fontconfig>", encoding="utf-8")
    engine = str(Path(pdf.__file__).resolve().parents[2])
    return {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf"), "PYTHONPATH": engine}


def made_on(surroundings: Mapping[str, str], report: Report, typst: bool, folder: Path) -> bytes:
    """Return the PDF of a report that a machine makes."""
    (folder / "report").write_bytes(pickle.dumps(report))
    code = (
        "import sys, pathlib, pickle; from meihao.reports.write import pdf_of; folder = pathlib.Path(sys.argv[1]);"
        "report = pickle.loads((folder / 'report').read_bytes());"
        f"(folder / 'pdf').write_bytes(pdf_of(report, { ({'made_by': {'typst': '1'}} if typst else {})!r})[0])"
    )
    subprocess.run((sys.executable, "-c", code, str(folder)), check=True, env=dict(surroundings))
    return (folder / "pdf").read_bytes()


@pytest.fixture
def none_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fangsong, "fangsong_here", lambda: "")


@posix
def test_the_machine_s_own_fangsong_is_set_and_embedded(
    machine: dict[str, str], ranking: Ranking, default_pack: Pack, sample_round: Round, tmp_path: Path
) -> None:
    asked = notice(ranking, default_pack, sample_round, "zh", None, ASKED)
    printed(asked)  # skips where no PDF can be made
    fonts, _ = fonts_and_files(made_on(machine, asked, False, tmp_path))
    assert "FangSong" in fonts
    assert all(name.startswith(("Meihao", "FangSong")) for name in fonts)
    plain = notice(ranking, default_pack, sample_round, "zh")
    fonts, _ = fonts_and_files(made_on(machine, plain, False, tmp_path))
    assert all(name.startswith("Meihao") for name in fonts)


@posix
def test_where_a_machine_has_no_fangsong_the_serif_is_what_the_paper_is_set_in(
    ranking: Ranking, default_pack: Pack, sample_round: Round, tmp_path: Path
) -> None:
    """Even asked for by its name; so a page that was set elsewhere has its text here."""
    asked = notice(ranking, default_pack, sample_round, "zh", None, ASKED)
    printed(asked)
    fonts, _ = fonts_and_files(made_on(on_machine(tmp_path), asked, False, tmp_path))
    assert all(name.startswith("Meihao") for name in fonts)


@posix
def test_typst_sets_the_bundled_typefaces_whatever_the_machine_has(
    machine: dict[str, str], reports: Mapping[tuple[str, Lang], UnitReport], tmp_path: Path
) -> None:
    if typst_missing():
        pytest.skip("Typst is not installed")
    report = reports["passed", "zh"]
    made = made_on(machine, report, True, tmp_path)
    assert made == pdf_of(report, {"made_by": {"typst": "1"}})[0]
    fonts, _ = fonts_and_files(made)
    assert all(name.startswith("NotoS") for name in fonts)


@posix
def test_fontconfig_is_asked_what_the_machine_has(
    machine: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if shutil.which("fc-list") is None:
        pytest.skip("fc-list is not there")
    monkeypatch.setenv("FONTCONFIG_FILE", machine["FONTCONFIG_FILE"])
    assert fangsong_here() == "FangSong"
    monkeypatch.setenv("FONTCONFIG_FILE", on_machine(tmp_path)["FONTCONFIG_FILE"])
    assert fangsong_here() == ""


def test_without_fc_list_the_one_of_windows_is_looked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setenv("WINDIR", str(tmp_path))
    assert fangsong_here() == ""
    (tmp_path / "Fonts").mkdir()
    (tmp_path / "Fonts" / "simfang.ttf").write_bytes(b"a typeface")
    assert fangsong_here() in FAMILIES
    assert kaiti_here() == ""
    (tmp_path / "Fonts" / "simkai.ttf").write_bytes(b"a typeface")
    assert kaiti_here() in KAI_FAMILIES


def test_where_it_is_asked_for_in_vain_a_warning_says_what_stands_in(none_here: None) -> None:
    found, problems = in_type_here(replace(ASKED, number="一号"))
    assert found == Publication(number="一号")
    assert [(p.code, p.severity) for p in problems] == [("P027", "warning")]
    assert "随附宋体" in problems[0].text("zh")
    assert "bundled serif" in problems[0].text("en")
    assert in_type_here(Publication()) == (Publication(), ())


def test_where_it_is_here_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fangsong, "fangsong_here", lambda: "FangSong")
    monkeypatch.setattr(fangsong, "kaiti_here", lambda: "KaiTi")
    assert in_type_here(ASKED) == (ASKED, ())


def test_a_machine_with_fangsong_and_without_kaiti_says_what_its_headings_are_set_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fangsong, "fangsong_here", lambda: "FangSong")
    monkeypatch.setattr(fangsong, "kaiti_here", lambda: "")
    found, problems = in_type_here(ASKED)
    assert found == ASKED
    assert [(p.code, p.severity) for p in problems] == [("P070", "notice")]
    assert "楷体" in problems[0].text("en")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_paper_whose_typeface_is_not_here_is_the_one_that_asked_for_none(
    none_here: None, lang: Lang, ranking: Ranking, default_pack: Pack, sample_round: Round
) -> None:
    facts, _ = in_type_here(ASKED)
    asked = notice(ranking, default_pack, sample_round, lang, None, facts)
    assert asked == notice(ranking, default_pack, sample_round, lang)


def test_the_lists_of_a_round_come_with_the_warning(
    none_here: None, ranking: Ranking, default_pack: Pack, sample_round: Round, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("meihao.reports.write.publication_of", lambda _: (ASKED, ()))
    monkeypatch.setattr("meihao.reports.pdf._press", lambda: (None, "no Pango"))  # the warning comes before any page
    _, problems = write_ranking(ranking, default_pack, sample_round, tmp_path, "zh")
    assert [p.code for p in problems if p.code == "P027"] == ["P027"]
