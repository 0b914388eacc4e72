"""Proves that Typst prints what the HTML page prints, word for word, with the result inside, the same bytes everywhere, and
that no text of a report is read as code."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.reports.of_unit import report_of
from tests.reports.paper_pages import printed

from meihao.assessment.to_json import to_json
from meihao.core.canonical import Json, pretty
from meihao.core.problems import Lang
from meihao.pipeline import Judged
from meihao.reports import backends, pdf, typst_press
from meihao.reports.clean import every_text
from meihao.reports.model import Dumbbell, DumbbellRow, Frame, Pair, UnitReport
from meihao.reports.photos import reencoded
from meihao.reports.press import typst_toolchain_versions as versions
from meihao.reports.render import BUILT_IN, Theme, built_in_templates
from meihao.reports.seal import holds
from meihao.reports.words import speaker
from meihao.reports.write import pdf_of, set_by_typst
from meihao.round.model import Round
from meihao.standard.model import Pack

pytest.importorskip("typst", reason="Typst is not installed")
pikepdf = pytest.importorskip("pikepdf")
pypdf = pytest.importorskip("pypdf")
needs_pango = pytest.mark.skipif(bool(pdf.pdf_missing()), reason="Pango is missing on this machine")
Reports = Mapping[tuple[str, Lang], UnitReport]
LANGS: tuple[Lang, ...] = ("zh", "en")
STATES = ("passed", "failed", "undetermined")
TYPST: Mapping[str, Json] = {"made_by": {"typst": "0.15"}, "points": "98.50"}
HOSTILE = (
    '#read("/etc/passwd")', "#import \"@preview/cetz:0.3.0\"", "$ x^2 $ *b* _i_ `c`", "<label> @reference", "\\u{41} // x /* y",
    '"); #panic("out', "= heading", "#{while true {}}", "&lt;b&gt; <b>bold</b>",
)  # fmt: skip
HEADS = (
    ("item", "judged_from", "points", "reason"), ("item", "basis", "evidence"), ("grade", "asked", "now"),
    ("dimension", "bar_head", "peer_mean", "points"), ("no", "item", "what", "gain", "total_after", "then"),
    ("no", "item", "what", "open_points"), ("item", "share_of_full", "by_self", "by_others", "difference"),
)  # fmt: skip


def by_typst(report: UnitReport, **more: Any) -> bytes:
    data, problems = pdf_of(report, {**TYPST, **more})
    assert data, problems
    return data


def opened(data: bytes) -> Any:
    return pikepdf.open(io.BytesIO(data))


def bare(text: str) -> str:
    return re.sub(r"[\s\u200b\u2060\xad]+", "", text)


def words_of(data: bytes, report: UnitReport) -> str:
    """Return the text of all pages without blanks, without what stands at the edge of every page, and with each table's head
    once: pages break in different places."""
    pages = [bare(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    zh, t = report.frame.lang == "zh", speaker(report.frame.lang)
    for number in range(len(pages)):
        foot = f"第{number + 1}页，共{len(pages)}页" if zh else f"page{number + 1}of{len(pages)}"
        edge = [bare(report.frame.running + report.frame.foot) + foot, bare(report.frame.sample)]
        for words in edge:
            assert words in pages[number], (words, number)
        pages[number] = pages[number].replace(edge[0], "", 1)
        pages[number] = _without(pages[number], edge[1]) if edge[1] else pages[number]
    text = "".join(pages)
    for keys in HEADS:
        head = bare("".join(t(key) for key in keys))
        first, found, rest = text.partition(head)
        text = first + found + rest.replace(head, "")
    return text


def _without(page: str, words: str) -> str:
    """Return a page without the mark at its top, which the one program writes first and the other last."""
    return page.removeprefix(words) if page.startswith(words) else "".join(page.rsplit(words, 1))


def section(text: str, first: str, last: str) -> str:
    start = text.index(bare(first))
    return text[start : text.index(bare(last), start)]


@needs_pango
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("state", STATES)
def test_it_says_what_the_html_page_says_word_for_word(state: str, lang: Lang, reports: Reports) -> None:
    report, t = reports[state, lang], speaker(lang)
    html = printed(report, {"points": "98.50"})
    ours, theirs = words_of(by_typst(report), report), words_of(html, report)
    assert Counter(ours) == Counter(theirs)
    first, last = (
        t("items"),
        t("procedure"),
    )  # in order, too; elsewhere the one draws charts and boxes side by side last
    assert section(ours, first, last) == section(theirs, first, last)


@needs_pango
@pytest.mark.parametrize("lang", LANGS)
def test_it_says_the_same_where_a_report_has_every_part_or_hardly_any(lang: Lang, reports: Reports) -> None:
    report = reports["undetermined", lang]
    row = DumbbellRow("1.1", "甲", "3.00", "1.50", "−1.50", 100, 50, 50, 100, True)
    more = {
        "comparison": Dumbbell((row, replace(row, far=False)), 3, "2 / 5"),
        "bonus": (Pair("甲", "1.00", "乙 1.00"),),
    }
    notes = {"findings": report.checks[:2], "first": report.checks[:1], "checks": report.checks * 2}
    full = replace(report, **more, **notes, frame=replace(report.frame, issued_by="示例委员会"))
    none = {"radar": None, "position": None, "qr": None, "comparison": None, "advice": (), "steps": (), "files": ()}
    bare_one = replace(report, **none, deciding=report.deciding[:1], frame=replace(report.frame, sample="", day=""))
    for one in (full, replace(report, rescored=False), bare_one):
        html = printed(one, {"points": "98.50"})
        assert Counter(words_of(by_typst(one), one)) == Counter(words_of(html, one))


@needs_pango
def test_every_text_of_the_report_is_in_both(reports: Reports) -> None:
    report = reports["failed", "zh"]
    html = printed(report, {"points": "98.50"})
    for words in (words_of(by_typst(report), report), words_of(html, report)):
        for row in report.dimensions:
            for item in row.items:
                assert bare(item.title) in words
                assert bare(f"{item.points}/{item.full}") in words


def test_it_declares_pdfa_and_carries_the_result_once(by_state: Mapping[str, Judged], reports: Reports) -> None:
    made = {"program": "meihao", **versions()}
    result = to_json(by_state["failed"].assessment, made)
    data, problems = pdf_of(reports["failed", "zh"], result)
    assert not problems
    document = opened(data)
    assert list(document.attachments) == ["result.json"]
    assert document.attachments["result.json"].get_file().read_bytes() == pretty(result).encode()
    assert len(document.Root.AF) == 1
    assert document.Root.AF[0].AFRelationship == "/Source"
    assert str(document.Root.Lang) == "zh-CN"
    assert document.Root.MarkInfo.Marked
    with document.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")
    assert bytes(document.trailer.ID[0]).hex() == reports["failed", "zh"].frame.digest.rpartition(":")[2][:32]
    assert holds(data) is True
    assert holds(data.replace(b"/Type/Catalog", b"/Type/Catalo9", 1)) is False


def test_only_the_bundled_fonts_are_embedded(reports: Reports) -> None:
    rare = replace(reports["passed", "zh"], name="犇麤羴村")
    document = opened(by_typst(rare))
    names = {
        str(o.FontName).rpartition("+")[2]
        for o in document.objects
        if isinstance(o, pikepdf.Dictionary) and "/FontName" in o
    }
    assert names
    assert all(name.startswith(("NotoSansSC", "NotoSerifSC")) for name in names), names
    assert "犇麤羴村" in words_of(by_typst(rare), rare)


def test_every_figure_has_its_words(reports: Reports) -> None:
    document = opened(by_typst(reports["passed", "zh"]))
    figures = [o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
    assert len(figures) > 7
    assert all(str(figure.get("/Alt", "")).strip() for figure in figures)


def test_two_processes_make_the_same_bytes(reports: Reports, tmp_path: Path) -> None:
    import pickle

    (tmp_path / "report").write_bytes(pickle.dumps(reports["undetermined", "zh"]))
    code = (
        "import sys, pathlib, pickle; from meihao.reports.write import pdf_of; folder = pathlib.Path(sys.argv[1]);"
        "report = pickle.loads((folder / 'report').read_bytes());"
        "(folder / sys.argv[2]).write_bytes(pdf_of(report, {'made_by': {'typst': '1'}})[0])"
    )
    engine = str(Path(pdf.__file__).resolve().parents[2])
    for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai")):
        environment = {"PYTHONPATH": engine, "PYTHONHASHSEED": seed, "TZ": zone}
        subprocess.run((sys.executable, "-c", code, str(tmp_path), seed), check=True, env=environment)
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes() != b""


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_looks_like_code_is_printed_as_text(text: str, reports: Reports) -> None:
    report = reports["failed", "zh"]
    shown = every_text(replace(report, name=text, deciding=(text,), facts=(text, text)), lambda one: one)
    assert bare(text) in bare(
        "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(by_typst(shown))).pages)
    )


def test_every_field_may_hold_code_at_once(reports: Reports) -> None:
    report = reports["undetermined", "zh"]
    drawn = {"frame", "radar", "position", "qr", "comparison", "verdict", "checks", "dimensions", "findings", "first"}
    parts = {
        name: getattr(report, name)
        for name in report.__struct_fields__
        if name not in drawn | {"advice", "outcomes", "lines"}
    }
    hostile = every_text(report, lambda one: one)
    for name, part in parts.items():
        hostile = replace(hostile, **{name: every_text(part, lambda one: HOSTILE[0] if one else one)})
    assert "root:" not in words_of(by_typst(replace(hostile, shots=())), report)


def test_the_template_asks_for_nothing_from_outside() -> None:
    template = (built_in_templates() / typst_press.TEMPLATE).read_text(encoding="utf-8")
    assert not re.search(r"#?(import|include|plugin|read|eval|yaml|toml|csv|xml|cbor)\b\s*[(\"@]", template)
    assert re.findall(r"json\(([^)]*)\)", template) == ['"data.json"']


def test_a_photo_is_printed_and_a_missing_one_is_a_problem_not_a_crash(reports: Reports) -> None:
    from PIL import Image

    from meihao.core.canonical import digest_bytes
    from meihao.reports.model import Shot

    raw = io.BytesIO()
    Image.new("RGB", (40, 30), "#0f5868").save(raw, "JPEG")
    data = reencoded(raw.getvalue())
    shown = replace(reports["passed", "zh"], shots=(Shot(digest_bytes(data), "1", "广场", "", "sha256 0"),))
    made, problems = pdf_of(shown, TYPST, BUILT_IN, {digest_bytes(data): data})
    assert not problems
    assert "广场" in words_of(made, shown)
    made, problems = pdf_of(shown, TYPST)
    assert (made, [p.code for p in problems]) == (b"", ["P015"])


@pytest.mark.parametrize("lang", LANGS)
def test_open_points_and_the_verdict_stand_on_one_line_each(lang: Lang, reports: Reports) -> None:
    """No line ends inside `0.00—4.00 / 4.00`, be the figures as wide as they get."""
    report = reports["undetermined", lang]
    rows = [
        replace(row, items=tuple(replace(item, points="10.00—12.00", full="12.00") for item in row.items))
        for row in report.dimensions
    ]
    wide = replace(report, dimensions=(*rows[:-1], report.dimensions[-1]))
    lines = [
        one.strip()
        for page in pypdf.PdfReader(io.BytesIO(by_typst(wide))).pages
        for one in page.extract_text().splitlines()
    ]
    text = "\n".join(re.sub("[\u2060\u200b]", "", line).replace("\xa0", " ") for line in lines)
    assert text.count("10.00—12.00 / 12.00") == sum(len(row.items) for row in rows[:-1])
    for row in report.dimensions:
        assert f"{row.points} / {row.full}" in text
    assert f"{report.verdict.sign} {report.verdict.label}" in text


def test_pages_that_never_settle_are_a_problem_not_a_file_with_wrong_numbers(
    monkeypatch: pytest.MonkeyPatch, reports: Reports
) -> None:
    template = b'#let n = counter("n")\n#context if n.final().first() == 0 { n.step() } else []'
    compiler, _, _ = typst_press._compiler()
    monkeypatch.setattr(typst_press, "_compiler", lambda: (compiler, template, ""))
    data, problems = pdf_of(reports["passed", "zh"], TYPST)
    assert (data, [p.code for p in problems]) == (b"", ["P015"])
    assert "did not converge" in problems[0].text("en")


def test_a_result_says_what_set_its_pages() -> None:
    assert set_by_typst({"made_by": versions()})
    assert not set_by_typst({"made_by": {"weasyprint": "70"}})
    assert not set_by_typst({})


def test_without_pango_typst_serves_and_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf, "_press", lambda: (None, "cannot load library 'libpango-1.0-0'"))
    found, problems = backends.chosen_press(None, BUILT_IN)
    assert ("typst" in found, [p.code for p in problems]) == (True, ["P061"])
    found, problems = backends.chosen_press(None, Theme(tmp_path))
    assert [p.code for p in problems] == ["P061", "P062"]
    assert backends.chosen_press("weasyprint", BUILT_IN)[0] == {}


def test_without_typst_it_is_said_and_nothing_is_made(monkeypatch: pytest.MonkeyPatch, reports: Reports) -> None:
    monkeypatch.setattr(typst_press, "_compiler", lambda: (None, b"", "No module named 'typst'"))
    found, problems = backends.chosen_press("typst", BUILT_IN)
    assert (found, [p.code for p in problems]) == ({}, ["P060"])
    data, problems = pdf_of(reports["passed", "zh"], TYPST)
    assert (data, [p.code for p in problems]) == (b"", ["P060"])


def test_a_report_names_typst_as_what_set_it(
    default_pack: Pack, sample_round: Round, by_state: Mapping[str, Judged]
) -> None:
    one = by_state["failed"]
    report = report_of(default_pack, sample_round, one.assessment, one.case, made_by={**versions()})
    frame: Frame = report.frame
    assert any(pair.value.startswith("Typst ") for pair in frame.colophon)
