"""Proves that a PDF is PDF/A with the result inside, tagged, in the bundled fonts only, and the same in every process."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.reports.of_unit import report_of
from tests.reports.paper_pages import printed

from meihao.assessment.results import Assessment
from meihao.assessment.to_json import to_json
from meihao.core.canonical import pretty
from meihao.core.problems import Lang
from meihao.pipeline import Judged
from meihao.ranking import Ranking
from meihao.reports import pdf as press
from meihao.reports.model import UnitReport
from meihao.reports.render import render
from meihao.reports.summary import summary
from meihao.reports.write import write_report
from meihao.round.model import Round
from meihao.standard.model import Pack

pikepdf = pytest.importorskip("pikepdf")
needs_pango = pytest.mark.skipif(bool(press.pdf_missing()), reason="Pango is missing on this machine")
Reports = Mapping[tuple[str, Lang], UnitReport]
RESULT = b'{\n  "points": "98.50"\n}\n'
STATES = ("passed", "failed", "undetermined")


def make(report: UnitReport, result: bytes = RESULT) -> bytes:
    shown, _ = press.printable(report)
    page, problems = render(shown, report.frame.lang)
    assert not problems
    data, problems = press.to_pdf(page, result, press.Stamp(report.frame.day, report.frame.digest))
    assert not problems
    return data


@pytest.fixture(scope="module")
def made(reports: Reports) -> Mapping[tuple[str, Lang], bytes]:
    wanted: tuple[tuple[str, Lang], ...] = (
        ("passed", "zh"),
        ("failed", "zh"),
        ("undetermined", "zh"),
        ("failed", "en"),
    )
    return {key: printed(reports[key], {"points": "98.50"}) for key in wanted}


def opened(data: bytes) -> Any:
    return pikepdf.open(io.BytesIO(data))


def embedded(data: bytes) -> bytes:
    with opened(data) as document:
        found: bytes = document.attachments["result.json"].get_file().read_bytes()
        return found


def identifier(data: bytes) -> bytes:
    with opened(data) as document:
        return bytes(document.trailer.ID[0])


def fonts(document: Any) -> set[str]:
    names = (
        str(o.get("/FontName")) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/FontName" in o
    )
    return {name.rpartition("+")[2].strip("/") for name in names}


def tags(node: Any, depth: int = 0) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for inner in node:
            yield from tags(inner, depth + 1)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        if "/K" in node:
            yield from tags(node.K, depth + 1)


@needs_pango
def test_only_the_bundled_fonts_are_embedded(made: Mapping[tuple[str, Lang], bytes]) -> None:
    for data in made.values():
        found = fonts(opened(data))
        assert found
        assert all(name.startswith("Meihao") for name in found), found


@needs_pango
def test_names_that_no_bundled_font_prints_bring_no_other_font_in(
    default_pack: Pack, sample_round: Round, by_state: Mapping[str, Judged]
) -> None:
    odd = "표준👩‍🚀村 ﷽ \u202e\ufe0f 田中さんに"
    report = report_of(default_pack, sample_round, replace(by_state["failed"].assessment, name=odd))
    shown, problems = press.printable(report)
    assert {p.code for p in problems} == {"P001"}
    assert "〓" in shown.name
    assert all(name.startswith("Meihao") for name in fonts(opened(make(report))))


@needs_pango
def test_the_result_is_embedded_once_byte_for_byte(made: Mapping[tuple[str, Lang], bytes]) -> None:
    for data in made.values():
        document = opened(data)
        assert list(document.attachments) == ["result.json"]
        assert embedded(data) == RESULT
        assert len(document.Root.AF) == 1
        assert document.Root.AF[0].AFRelationship == "/Source"


@needs_pango
def test_it_declares_pdfa_language_title_outline_and_tags(made: Mapping[tuple[str, Lang], bytes]) -> None:
    for (_, lang), data in made.items():
        document = opened(data)
        assert str(document.Root.Lang) == {"zh": "zh-CN", "en": "en"}[lang]
        with document.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")
        assert document.Root.OutputIntents
        assert document.Root.MarkInfo.Marked
        assert document.open_outline().root[0].title
        assert "/Encrypt" not in document.trailer
        assert "/JavaScript" not in document.Root.get("/Names", {})


@needs_pango
def test_every_figure_has_its_words(made: Mapping[tuple[str, Lang], bytes]) -> None:
    for data in made.values():
        document = opened(data)  # a name of its own: what is read of a document dies with it
        figures = [tag for tag in tags(document.Root.StructTreeRoot.K) if tag.S == "/Figure"]
        assert len(figures) > 8
        assert all(str(figure.get("/Alt", "")).strip() for figure in figures)


@needs_pango
def test_the_dates_are_those_of_the_round(made: Mapping[tuple[str, Lang], bytes], sample_round: Round) -> None:
    day = str(sample_round.reference_date).replace("-", "")
    document = opened(made["passed", "zh"])
    dates = [str(document.docinfo[key]) for key in ("/CreationDate", "/ModDate") if key in document.docinfo]
    assert dates
    assert all(day in date for date in dates)


@needs_pango
def test_two_processes_make_the_same_bytes(reports: Reports, tmp_path: Path) -> None:
    page, _ = render(press.printable(reports["undetermined", "zh"])[0], "zh")
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    code = (
        "import sys, pathlib; from meihao.reports.pdf import Stamp, to_pdf; folder = pathlib.Path(sys.argv[1]);"
        "page = (folder / 'page.html').read_text(encoding='utf-8');"
        "pdf, problems = to_pdf(page, b'{}', Stamp('2026-06-30', 'sha256:' + '5' * 64));"
        "(folder / sys.argv[2]).write_bytes(pdf)"
    )
    engine = str(Path(press.__file__).resolve().parents[2])
    for seed in ("1", "2"):
        environment = {"PYTHONPATH": engine, "PYTHONHASHSEED": seed, "TZ": {"1": "UTC", "2": "Asia/Shanghai"}[seed]}
        subprocess.run((sys.executable, "-c", code, str(tmp_path), seed), check=True, env=environment)
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes() != b""


@needs_pango
def test_another_result_has_another_identifier(reports: Reports) -> None:
    ids = {identifier(make(reports[state, "zh"])) for state in STATES[:2]}
    assert len(ids) == 2


@needs_pango
def test_a_page_may_name_files_and_none_gets_in(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    page = f'<link rel=attachment href="{secret.as_uri()}"><a rel=attachment href="{secret.as_uri()}">x</a><h1>甲</h1>'
    data, problems = press.to_pdf(page, b"{}", press.Stamp("", "sha256:" + "0" * 64))
    assert not problems
    with opened(data) as document:
        assert list(document.attachments) == ["result.json"]


@needs_pango
def test_a_page_too_deep_to_lay_out_is_a_problem() -> None:
    data, problems = press.to_pdf("<div>" * 5000, b"{}", press.Stamp("", ""))
    assert data == b""
    assert [p.code for p in problems] == ["P015"]


def test_without_pango_the_report_comes_as_html_and_a_problem_says_why(
    reports: Reports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "_press", lambda: (None, "cannot load library 'libpango-1.0-0'"))
    paths, problems = write_report(reports["failed", "zh"], {"a": "1"}, tmp_path, "甲", "pdf")
    assert [path.name for path in paths] == ["甲.html"]
    assert [p.code for p in problems] == ["P010"]
    assert "libpango" in problems[0].text()


def test_the_embedded_file_is_the_published_result(
    by_state: Mapping[str, Judged], reports: Reports, tmp_path: Path
) -> None:
    if press.pdf_missing():
        pytest.skip("Pango is missing on this machine")
    result = to_json(by_state["failed"].assessment, {"program": "meihao"})
    paths, problems = write_report(reports["failed", "zh"], result, tmp_path, "r", "pdf")
    assert not [p for p in problems if p.severity == "error"]
    assert embedded(paths[0].read_bytes()) == pretty(result).encode()


def test_a_report_that_cannot_be_written_leaves_nothing_behind(reports: Reports, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    paths, problems = write_report(reports["failed", "zh"], {}, tmp_path / "file", "r", "html")
    assert (paths, [p.code for p in problems]) == ((), ["P014"])


def test_every_head_of_a_table_says_whether_it_is_of_a_column_or_a_row(
    reports: Reports, ranking: Ranking, peers: Sequence[Assessment], default_pack: Pack,
    sample_round: Round,
) -> None:  # fmt: skip
    for report, wanted in (
        (reports["passed", "zh"], {"/Column"}),
        (summary(ranking, peers, default_pack, sample_round, "zh"), {"/Row"}),
    ):
        with pikepdf.open(io.BytesIO(printed(report))) as document:
            heads = [
                o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == pikepdf.Name("/TH")
            ]
            assert heads
            assert {str(head.A.get("/Scope")) for head in heads} >= wanted
            assert all("/Scope" in head.A for head in heads)
