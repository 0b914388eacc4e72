"""A pack with errors judges nothing; `--draft` judges it for its author, with a mark on every page and never a notice.

The sentences that people rely on are frozen here, in both languages.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from tests.calling import Cli
from tests.standard.tiny_pack import TINY

from meihao.core.canonical import digest_bytes
from meihao.pipeline import Judged
from meihao.reports.pdf import pdf_missing
from meihao.reports.render import marked

ROOT = Path(__file__).parents[1]
ZH, EN = "草案：标准有1个错误，结果不作依据", "DRAFT: the standard has 1 error; not for decisions"
S101_ZH = (
    "criteria/village/cogovernance.yaml:2:12 S101 “village.cogovernance”的分值是15，其下各项相加却是18（改成一致）\n"
)
REFUSED_ZH = (
    f"{S101_ZH}pack.yaml:1:7 C030 标准有1个错误，不能据此评定、排名、出报告、收发填报表"
    "（改好上面列出的各处，用meihao check核对；编写人要试评，加--draft）\n"
)
REFUSED_EN = (
    "criteria/village/cogovernance.yaml:2:12 S101 'village.cogovernance' is worth 15 points, but its parts add up "
    "to 18 (make them agree)\n"
    "pack.yaml:1:7 C030 the standard has 1 error: nothing is judged, ranked or printed by it, and no forms are sent out or "
    "taken in (correct what is listed above and run meihao check; to try it as its author, add --draft)\n"
)
TRIED_ZH = "pack.yaml:1:7 C031 标准有1个错误，按草案试评：每页都有草案标记，不出公示名单（meihao check列出全部错误）\n"
TRIED_EN = (
    "pack.yaml:1:7 C031 the standard has 1 error; it is tried as a draft: every page is marked, and no public notice is "
    "made (meihao check lists them all)\n"
)
needs_pdf = pytest.mark.skipif(bool(pdf_missing()), reason="no Pango here")


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter standard, one dimension of which adds up to 18 of 15 points, so that a village could have 103 of 100."""
    folder = tmp_path_factory.mktemp("faulty") / "pack"
    for part in ("criteria", "rules", "examples/demo"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copy(ROOT / "pack.yaml", folder)
    file = folder / "criteria" / "village" / "cogovernance.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count("\n    points: 3\n") >= 1
    file.write_text(text.replace("\n    points: 3\n", "\n    points: 6\n", 1), "utf-8")
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, sample_folder: Path, sample: Sequence[Judged]) -> Path:
    """A round of six units of the sample round, none a compound: two that passed, two that failed, two undetermined."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "evidence").mkdir()
    found = [one for one in sample if one.case.kind != "compound"]
    for state in ("passed", "failed", "undetermined"):
        for one in [one for one in found if one.assessment.verdict.state == state][:2]:
            shutil.copy(sample_folder / "evidence" / f"{one.case.code}.evidence.yaml", folder / "evidence")
    shutil.copy(sample_folder / "round.yaml", folder)
    return folder


def commands(small: Path, to: Path) -> dict[str, list[object]]:
    """Every command that judges, ranks, prints, sends out or takes in."""
    evidence, one = small / "evidence", max((small / "evidence").iterdir())
    unit = one.name.partition(".")[0]
    in_round = ["--round", small]
    return {
        "assess": ["assess", one, *in_round],
        "assess all": ["assess", evidence, *in_round],
        "assess json": ["assess", one, *in_round, "--format", "json"],
        "assess csv": ["assess", evidence, *in_round, "--format", "csv"],
        "explain": ["explain", unit, evidence, *in_round],
        "explain item": ["explain", unit, evidence, *in_round, "--criterion", "satisfaction.survey"],
        "rank": ["rank", evidence, *in_round],
        "rank json": ["rank", evidence, *in_round, "--format", "json"],
        "rank files": ["rank", evidence, *in_round, "--to", to],
        "report": ["report", one, *in_round, "--format", "html", "--to", to],
        "report all": ["report", evidence, *in_round, "--all", "--jobs", "1", "--format", "html", "--to", to],
        "protocol": ["report", one, *in_round, "--protocol", "--format", "html", "--to", to],
        "score sheet": ["report", "--blank", "score", "--kind", "village", "--format", "html", "--to", to],
        "inspection": ["report", "--blank", "inspection", "--kind", "village", "--format", "html", "--to", to],
        "template": ["template", "--kind", "village", "--to", to],
        "clerk": ["template", "--kind", "village", "--form", "clerk", "--to", to],
        "import": ["import", one],
        "import json": ["import", one, "--format", "json"],
        "status": ["status", small, "--on", "2026-06-30"],
        "status json": ["status", small, "--on", "2026-06-30", "--format", "json"],
        "status csv": ["status", small, "--on", "2026-06-30", "--format", "csv"],
        "status unit": ["status", small, "--on", "2026-06-30", "--unit", unit],
    }


NAMES = (
    *(
        "assess",
        "assess all",
        "assess json",
        "assess csv",
        "explain",
        "explain item",
        "rank",
        "rank json",
        "rank files",
    ),
    *("report", "report all", "protocol", "score sheet", "inspection", "template", "clerk", "import", "import json"),
    *("status", "status json", "status csv", "status unit"),
)
PRINTED = ("assess", "assess all", "explain", "explain item", "rank", "import", "status", "status unit")
IN_JSON = ("rank json", "import json", "status json")
PAGES = ("report", "report all", "protocol", "score sheet", "inspection")


@pytest.mark.parametrize("name", NAMES)
def test_a_pack_with_errors_judges_nothing(cli: Cli, faulty: Path, small: Path, tmp_path: Path, name: str) -> None:
    words = commands(small, tmp_path / "out")[name]
    assert cli(*words, "--pack", faulty) == (2, "", REFUSED_ZH)
    assert cli("--lang", "en", *words, "--pack", faulty) == (2, "", REFUSED_EN)  # from the cache
    assert not (tmp_path / "out").exists()
    assert not [path for path in small.iterdir() if path.name not in ("evidence", "round.yaml")]


def test_demo_refuses_and_leaves_no_round_behind(cli: Cli, faulty: Path, tmp_path: Path) -> None:
    assert cli("demo", "--pack", faulty, "--to", tmp_path / "demo") == (2, "", REFUSED_ZH)
    assert not (tmp_path / "demo").exists()


def test_a_roster_is_not_taken_by_a_standard_with_errors(cli: Cli, faulty: Path, small: Path, tmp_path: Path) -> None:
    (tmp_path / "名册.csv").write_text("编号,类别,名称\nC-1,小区,示例小区\n", encoding="utf-8")
    assert cli("roster", small, tmp_path / "名册.csv", "--pack", faulty) == (2, "", REFUSED_ZH)
    assert not (small / "roster.yaml").exists()


def test_the_commands_named_here_are_those_tried(small: Path, tmp_path: Path) -> None:
    assert tuple(commands(small, tmp_path)) == NAMES


@pytest.mark.parametrize("name", PRINTED)
def test_a_draft_says_so_in_the_first_line(cli: Cli, faulty: Path, small: Path, tmp_path: Path, name: str) -> None:
    words = commands(small, tmp_path)[name]
    for lang, mark, told in (("zh", ZH, TRIED_ZH), ("en", EN, TRIED_EN)):
        code, out, err = cli("--lang", lang, *words, "--pack", faulty, "--draft")
        assert code in (0, 1)
        assert out.startswith(f"{mark}\n")
        assert err == told


@pytest.mark.parametrize("name", IN_JSON)
def test_a_draft_says_so_in_json(cli: Cli, faulty: Path, small: Path, tmp_path: Path, name: str) -> None:
    code, out, _ = cli(*commands(small, tmp_path)[name], "--pack", faulty, "--draft")
    assert code in (0, 1)
    told = json.loads(out)
    assert told.get("body", told)["pack_errors"] == 1


def test_the_result_of_a_unit_names_the_errors_of_its_pack(cli: Cli, faulty: Path, small: Path, tmp_path: Path) -> None:
    _, out, _ = cli(*commands(small, tmp_path)["assess json"], "--pack", faulty, "--draft")
    assert json.loads(out)["body"]["pack"]["errors"] == 1
    _, out, _ = cli(*commands(small, tmp_path)["assess json"])
    assert "errors" not in json.loads(out)["body"]["pack"]


@pytest.mark.parametrize("name", ["assess csv", "status csv"])
def test_every_row_of_a_drafts_csv_says_so(cli: Cli, faulty: Path, small: Path, tmp_path: Path, name: str) -> None:
    _, out, _ = cli(*commands(small, tmp_path)[name], "--pack", faulty, "--draft")
    head, *rows = csv.reader(io.StringIO(out.lstrip("\ufeff")))
    assert head[-1] == "草案"
    assert rows
    assert {row[-1] for row in rows} == {ZH}


@pytest.mark.parametrize("name", PAGES)
def test_a_drafts_page_carries_the_mark(cli: Cli, faulty: Path, small: Path, tmp_path: Path, name: str) -> None:
    code, out, _ = cli(*commands(small, tmp_path)[name], "--pack", faulty, "--draft")
    assert code == 0
    paths = [Path(line) for line in out.split("\n") if line]
    assert paths
    for path in paths:
        page = path.read_text(encoding="utf-8")
        assert f'<div class="meihao-draft">{ZH}</div>' in page
        assert "（草案，有1个错误）" in page


@pytest.mark.parametrize("name", ["template", "clerk"])
def test_a_drafts_form_says_so_on_its_sheets(cli: Cli, faulty: Path, small: Path, tmp_path: Path, name: str) -> None:
    code, out, _ = cli(*commands(small, tmp_path)[name], "--pack", faulty, "--draft")
    assert code == 0
    book = openpyxl.load_workbook(out.strip())
    shown = [sheet for sheet in book if sheet.sheet_state == "visible"]
    assert all(ZH in (sheet.oddFooter.left.text or "") for sheet in shown)
    first = "\n".join(str(cell.value) for row in shown[0].iter_rows(max_row=12) for cell in row)
    assert "【草案】" in first
    assert ZH in first
    assert cli("import", out.strip(), "--pack", faulty, "--draft")[0] in (0, 1)


def test_a_draft_is_ranked_without_a_notice(cli: Cli, faulty: Path, small: Path, tmp_path: Path) -> None:
    code, out, err = cli(*commands(small, tmp_path / "lists")["rank files"], "--pack", faulty, "--draft")
    assert code == 0
    assert "C032 草案不出公示名单（标准没有错误了，再排一次）\n" in err
    names = {path.name for path in (tmp_path / "lists").iterdir()}
    assert names - {"排名名单.html", "本轮概览.html"} >= {
        "排名名单.json",
        "排名名单.csv",
        "排名名单.xlsx",
        "评定明细.json",
    }
    assert not [name for name in names if "公示" in name]
    rows = list(csv.reader(io.StringIO((tmp_path / "lists" / "排名名单.csv").read_text("utf-8-sig"))))
    assert rows[0][-1] == "草案"
    assert {row[-1] for row in rows[1:]} == {ZH}
    book = openpyxl.load_workbook(tmp_path / "lists" / "排名名单.xlsx")
    assert all(str(sheet["A1"].value).startswith(ZH) and ZH in sheet.oddFooter.left.text for sheet in book)
    assert json.loads((tmp_path / "lists" / "评定明细.json").read_text("utf-8"))["body"]["pack_errors"] == 1
    code, out, _ = cli("compare", tmp_path / "lists", tmp_path / "lists")
    assert (code, out.split("\n")[0]) == (0, ZH)
    code, out, _ = cli("compare", tmp_path / "lists", tmp_path / "lists", "--format", "json")
    assert json.loads(out)["pack_errors"] == 1


@needs_pdf
def test_the_mark_stands_on_every_sheet_of_paper(cli: Cli, faulty: Path, small: Path, tmp_path: Path) -> None:
    words = commands(small, tmp_path)["report"]
    words[words.index("html")] = "pdf"
    _, out, _ = cli(*words, "--pack", faulty, "--draft")
    pages = [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(out.strip()).pages]
    assert len(pages) >= 3
    assert all(ZH in page for page in pages)
    code, said, _ = cli("verify", out.strip(), "--round", small, "--evidence", words[1], "--pack", faulty, "--draft")
    assert (code, said.split("\n")[0]) == (0, ZH)
    assert cli("verify", out.strip(), "--round", small, "--pack", faulty) == (2, "", REFUSED_ZH)


def test_the_mark_stands_on_pages_whose_template_knows_nothing_of_it() -> None:
    assert marked("<p>a</p>", "") == "<p>a</p>"
    assert marked('<html><BODY class="x"><p>a</p>', "草案<1>").endswith(
        '<div class="meihao-draft">草案&lt;1&gt;</div><p>a</p>'
    )
    assert marked("no body", "草案").endswith('<div class="meihao-draft">草案</div>no body')


def test_draft_changes_nothing_of_a_sound_pack(cli: Cli, small: Path, tmp_path: Path) -> None:
    words = commands(small, tmp_path)["assess json"]
    assert cli(*words, "--draft") == cli(*words)


LONE = "unit: {code: V-1, kind: village, name: 甲村}\nobservations: []\ndocuments: []\n"


def test_warnings_do_not_refuse(cli: Cli, tmp_path: Path) -> None:
    doubtful, unit = shutil.copytree(TINY, tmp_path / "doubtful"), tmp_path / "V-1.evidence.yaml"
    file = doubtful / "criteria" / "village" / "services.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("asks: [clinic]", "asks: [clinic, households]"), "utf-8")
    unit.write_text(LONE, "utf-8")
    code, out, err = cli("assess", unit, "--on", "2026-06-30", "--pack", doubtful)
    assert code == 1
    assert "草案" not in out
    assert [line.split(" ")[1] for line in err.splitlines()] == ["S038"]


@pytest.fixture
def altered(tmp_path: Path) -> Path:
    """The tiny pack in force, sealed, and then changed."""
    copy = shutil.copytree(TINY, tmp_path / "altered")
    pack = copy / "pack.yaml"
    text = pack.read_text(encoding="utf-8")
    pack.write_text(text.replace("status: draft", "status: in_force"), "utf-8")
    seal = f'editions:\n  - {{edition: "1", digest: "{digest_bytes(b"as it was sealed")}"}}\n'
    (copy / "sealed.yaml").write_text(seal, "utf-8")
    return copy


def test_a_sealed_edition_that_was_changed_judges_nothing(cli: Cli, altered: Path, tmp_path: Path) -> None:
    unit = tmp_path / "V-1.evidence.yaml"
    unit.write_text(LONE, "utf-8")
    code, out, err = cli("assess", unit, "--on", "2026-06-30", "--pack", altered)
    assert (code, out) == (2, "")
    assert [line.split(" ")[1] for line in err.splitlines()] == ["S180", "C030"]
    code, out, _ = cli("assess", unit, "--on", "2026-06-30", "--pack", altered, "--draft", "--format", "json")
    assert json.loads(out)["body"]["pack"]["errors"] == 1
    (tmp_path / "one.json").write_text(out, "utf-8")
    code, out, _ = cli("verify", tmp_path / "one.json", "--pack", altered)
    assert (code, out) == (2, "")
