"""Proves that pages look as they did when somebody last looked at them; and that they say the figures of their results.

`make goldens` draws the pictures in goldens/ anew: look at the difference. The comparison is tolerant, since fonts are set
a hair's breadth differently by other versions of Pango: small tiles are compared by their mean brightness.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops, ImageStat
from tests.assessment.packs import DAY, make_case, make_pack, plan_of
from tests.reports import paper_pages
from tests.reports.of_unit import report_of
from tests.reports.test_unit_comparison import judged_otherwise
from tests.reports.test_unit_photos import jpeg, with_documents

from meihao.assessment.results import Assessment
from meihao.assessment.to_json import to_json
from meihao.core.numbers import parse_exact
from meihao.core.problems import Lang
from meihao.pipeline import Judged
from meihao.ranking import Ranking
from meihao.reports.figures import span
from meihao.reports.model import Pair, Report, SummaryReport, UnitReport
from meihao.reports.pdf import pdf_missing
from meihao.reports.photos import album
from meihao.reports.qr import qr_code
from meihao.reports.summary import summary
from meihao.round.model import Round
from meihao.standard.model import Pack

pdfium = pytest.importorskip("pypdfium2")
pytestmark = pytest.mark.skipif(bool(pdf_missing()), reason="Pango is missing on this machine")
GOLDENS = Path(__file__).parent / "goldens"
REWRITE = "MEIHAO_REWRITE_GOLDENS" in os.environ
DOTS_AN_INCH, PAGES_AT_MOST = 44, 3
TILE, TILE_APART, PAGE_APART = 12, 40, 4  # points of a tile; how far means may lie apart, of 255
BYTES_OF_ALL = 2_000_000
NAME_33 = "某某自治州某某自治县某某镇某某街道办事处第一社区居民委员会幸福小区"
Scenes = Callable[[str], Report]
Unit = tuple[str, Lang]
UNITS: Mapping[str, Unit] = {
    "top": ("top", "zh"),
    "failed": ("failed", "zh"),
    "undetermined": ("undetermined", "zh"),
    "vetoed": ("vetoed", "zh"),
    "english": ("vetoed", "en"),
    "name-33": ("named", "zh"),
    "alone": ("alone", "zh"),
    "criteria-120": ("many", "zh"),
    "disputed": ("disputed", "zh"),
}
SCENES = (*UNITS, "summary", "summary-english")


def many_criteria() -> tuple[Pack, Judged]:
    """Return a standard of eight dimensions with fifteen criteria each, and a unit that meets two of three."""
    from meihao.assessment.assess import assess

    names = [[f"c{d}_{n}" for n in range(15)] for d in range(8)]
    entry = "{{id: {0}, title: 第{0}项要求, points: 1, asks: [{0}], score: {{yes_no: {0}}}}}"
    criteria = "".join(f"d{d}: [{', '.join(entry.format(n) for n in inner)}]\n" for d, inner in enumerate(names))
    fields = "{" + ", ".join(f"{n}: {{type: yes_no}}" for inner in names for n in inner) + "}"
    pack = make_pack(criteria, fields, grades="[{id: good, title: 达标, lines: [{of: base, at_least: 72}]}]")
    facts = {n: at % 3 > 0 for inner in names for at, n in enumerate(inner)}
    case = make_case(pack, facts, code="P-0001")
    return pack, Judged(case, assess(plan_of(pack), case))


@pytest.fixture(scope="module")
def scene(
    default_pack: Pack, sample_round: Round, sample: Sequence[Judged], peers: Sequence[Assessment], ranking: Ranking
) -> Scenes:
    """Make the document of a scene, with constant digests: a picture is not to change with a comma in the standard."""
    chosen = _chosen(sample, ranking)

    def make(name: str) -> Report:
        if name.startswith("summary"):
            lang: Lang = "en" if name.endswith("english") else "zh"
            return constant(summary(ranking, peers, default_pack, sample_round, lang))
        key, lang = UNITS[name]
        if key == "many":
            pack, one = many_criteria()
            return constant(report_of(pack, Round("r", pack.title, DAY, False, "verified"), one.assessment, one.case))
        if key == "disputed":
            one = judged_otherwise(chosen["failed"], default_pack, sample_round)
            case, photos = with_documents(one.case, *(jpeg((64, 40 + 9 * n), 60 + 40 * n) for n in range(4)))
            shots = album(case, photos)[0].shots
            return constant(
                report_of(default_pack, sample_round, one.assessment, one.case, evidence=one.evidence, shots=shots)
            )
        one = chosen["top" if key == "named" else "vetoed" if key == "alone" else key]
        own = replace(one.assessment, name=NAME_33) if key == "named" else one.assessment
        around = ((), None) if key == "alone" else (peers, ranking)
        return constant(
            report_of(default_pack, sample_round, own, one.case, around[0], around[1], lang, evidence=one.evidence)
        )

    return make


def _chosen(sample: Sequence[Judged], ranking: Ranking) -> Mapping[str, Judged]:
    first = ranking.lists[0].units[0].unit
    vetoed = [one for one in sample if "veto" in {kind for kind, _ in one.assessment.verdict.deciding}]
    by_state = {
        state: [o for o in sample if o.assessment.verdict.state == state] for state in ("failed", "undetermined")
    }
    return {
        "top": next(one for one in sample if one.case.code == first),
        "vetoed": vetoed[0],
        "failed": next(one for one in by_state["failed"] if one not in vetoed),
        "undetermined": by_state["undetermined"][0],
    }


def constant(report: UnitReport | SummaryReport) -> Report:
    """Return a document with made-up digests."""
    digest = "sha256:" + "0123456789abcdef" * 4
    old = report.frame
    pairs = tuple(Pair(p.label, "sha256 01234567" if p.value.startswith("sha256") else p.value) for p in old.colophon)
    frame = replace(old, digest=digest, colophon=pairs)
    if isinstance(report, UnitReport):
        return replace(report, frame=frame, qr=qr_code("X", digest))
    return replace(report, frame=frame)


def printed(report: Report) -> Any:
    return pdfium.PdfDocument(paper_pages.printed(report))


def pictures(document: Any) -> list[Image.Image]:
    pages = [document[n] for n in range(min(len(document), PAGES_AT_MOST))]
    return [page.render(scale=DOTS_AN_INCH / 72, grayscale=True).to_pil().convert("L") for page in pages]


def apart(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """Return how far the worst tile and the whole page lie apart in mean brightness."""
    size = (one.width // TILE, one.height // TILE)
    tiles = ImageChops.difference(one.resize(size, Image.Resampling.BOX), other.resize(size, Image.Resampling.BOX))
    return float(tiles.getextrema()[1]), float(ImageStat.Stat(tiles).mean[0])  # type: ignore[arg-type]  # one band


@pytest.mark.parametrize("name", SCENES)
def test_pages_look_as_they_did(name: str, scene: Scenes) -> None:
    with printed(scene(name)) as document:
        drawn = pictures(document)
        if name.startswith("summary"):
            assert len(document) == 1
    if REWRITE:
        for old in GOLDENS.glob(f"{name}-p*.png"):
            old.unlink()
        GOLDENS.mkdir(exist_ok=True)
        for number, page in enumerate(drawn, 1):
            page.quantize(16).save(GOLDENS / f"{name}-p{number}.png", optimize=True)
    kept = sorted(GOLDENS.glob(f"{name}-p*.png"))
    assert len(kept) == len(drawn)
    for file, page in zip(kept, drawn, strict=True):
        with Image.open(file) as golden:
            assert golden.size == page.size, file.name
            tile, whole = apart(golden.convert("L"), page)
        assert (tile <= TILE_APART, whole <= PAGE_APART) == (True, True), f"{file.name}: tile {tile}, page {whole:.2f}"


def test_the_comparison_sees_a_missing_line_and_a_missing_table() -> None:
    files = sorted(GOLDENS.glob("top-p*.png"))
    with Image.open(files[0]) as one, Image.open(files[1]) as other:
        first, second = one.convert("L"), other.convert("L")
    assert apart(first, first) == (0, 0)
    assert apart(first, second)[0] > TILE_APART
    wiped = first.copy()
    wiped.paste(255, (20, 90, 300, 110))
    assert apart(first, wiped)[0] > TILE_APART


def test_the_pictures_stay_small() -> None:
    assert sum(file.stat().st_size for file in GOLDENS.glob("*.png")) < BYTES_OF_ALL


def words(document: Any) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in document]


@pytest.mark.parametrize("name", ["top", "failed", "undetermined", "vetoed", "english"])
def test_every_figure_of_the_result_stands_on_the_printed_pages(
    name: str, scene: Scenes, sample: Sequence[Judged], ranking: Ranking
) -> None:
    own = _chosen(sample, ranking)[UNITS[name][0]].assessment
    body = json.loads(json.dumps(to_json(own, {})))["body"]
    with printed(scene(name)) as document:
        text = re.sub(r"\s", "", "".join(words(document)))

    def figure(record: Mapping[str, str], low: str = "lo", high: str = "hi") -> str:
        return span(parse_exact(record[low]), parse_exact(record[high]), 2)

    def full(record: Mapping[str, str]) -> str:
        return span(parse_exact(record["points"]), parse_exact(record["points"]), 2)

    wanted = Counter(f"{figure(item)}/{full(item)}" for item in body["items"])
    dimensions = [
        node for node in body["nodes"] if any(i["id"].rpartition(".")[0] == node["id"] for i in body["items"])
    ]
    wanted += Counter(f"{figure(node)}/{full(node)}" for node in dimensions for _ in range(2))
    short = {pair: (n, text.count(pair)) for pair, n in wanted.items() if text.count(pair) < n}
    assert not short
    for part in ("base", "bonus", "total"):
        assert figure(body[part]) in text


@pytest.mark.parametrize("name", SCENES)
def test_no_page_is_nearly_empty_but_the_last(name: str, scene: Scenes) -> None:
    with printed(scene(name)) as document:
        filled = [len(re.sub(r"\s", "", page)) for page in words(document)]
    assert all(count > 250 for count in filled[:-1]), filled


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_unit_that_misses_every_line_has_no_nearly_empty_page_either(
    lang: Lang, default_pack: Pack, sample_round: Round, sample: Sequence[Judged], peers: Any, ranking: Ranking
) -> None:
    worst = max(sample, key=lambda one: (len([line for line in one.assessment.lines if line.fails]), one.case.code))
    report = report_of(
        default_pack, sample_round, worst.assessment, worst.case, peers, ranking, lang, evidence=worst.evidence
    )
    with printed(report) as document:
        filled = [len(re.sub(r"\s", "", page)) for page in words(document)]
    assert all(count > 700 for count in filled[:-1]), filled


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("state", ["passed", "failed", "undetermined"])
def test_the_word_of_the_verdict_stands_inside_its_box(
    state: str, lang: Lang, default_pack: Pack, sample_round: Round, sample: Sequence[Judged]
) -> None:
    one = next(one for one in sample if one.assessment.verdict.state == state)
    report = report_of(default_pack, sample_round, one.assessment, one.case, lang=lang)
    with printed(report) as document:
        text = document[0].get_textpage()
        label, said = (text.search(words).get_next() for words in (report.verdict.label, report.deciding[0][:5]))
        right, left = text.get_charbox(sum(label) - 1)[2], text.get_charbox(said[0])[0]
    assert right + 15 < left  # in points: the box ends between the two, with some room on both sides


@pytest.mark.parametrize("name", SCENES)
def test_page_numbers_and_footers_stand_on_one_line(name: str, scene: Scenes) -> None:
    report = scene(name)
    number = r"page \d+ of \d+" if report.frame.lang == "en" else r"第\d+页，共\d+页"
    with printed(report) as document:
        for page in words(document):
            assert re.search(number, page)
            assert report.frame.running in page.replace("\r\n", "\n").split("\n")[-3:] or report.frame.running in page


def test_about_twenty_six_items_stand_on_a_page(scene: Scenes) -> None:
    report = scene("undetermined")
    assert isinstance(report, UnitReport)
    items = [item for row in report.dimensions for item in row.items]
    with printed(report) as document:
        second = words(document)[1]
    assert sum(item.title[:6] in second for item in items) >= min(25, len(items))
