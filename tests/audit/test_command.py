"""Proves the command: exit 0 where all that could be checked holds, 4 where something does not, 2 for what cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.audit.published import Published
from tests.calling import Cli

from meihao.assessment.to_json import to_json
from meihao.audit.remade import Again
from meihao.pipeline import Judged
from meihao.reports.pdf import pdf_missing
from meihao.reports.write import pdf_of


def test_a_report_of_a_round_holds_from_its_digests_to_its_pages(
    cli: Cli, out: Published, sample_folder: Path, tmp_path: Path
) -> None:
    report = tmp_path / "a.pdf"
    report.write_bytes(out.unit_pdf)
    code, page, err = cli("verify", report, "--round", sample_folder, "--engine", "reference")
    assert (code, err) == (0, ""), page
    assert "逐字节相同" in page
    assert "7项相符，0项不符，0项未核对" in page


def test_a_record_of_inspection_holds_by_the_round_s_file_which_brings_the_evidence_beside_it(
    cli: Cli, one: Judged, again: Again, made_by: dict[str, str], sample_folder: Path, tmp_path: Path
) -> None:
    if pdf_missing():
        pytest.skip("Pango is missing on this machine")
    report, _ = again.unit_papers["protocol"](one.case.code, made_by, "en")
    record = tmp_path / "a.pdf"
    record.write_bytes(pdf_of(report, to_json(one.assessment, made_by))[0])
    words = ("verify", record, "--round", sample_folder / "round.yaml", "--engine", "reference", "--lang", "en")
    code, page, err = cli(*words)
    assert (code, err) == (0, "")
    assert "holds: 7, does not hold: 0, not checked: 0." in page


@pytest.mark.parametrize("sheet", ["score", "inspection"])
def test_a_blank_sheet_has_no_result_and_says_so(cli: Cli, sheet: str, tmp_path: Path) -> None:
    if pdf_missing():
        pytest.skip("Pango is missing on this machine")
    _, page, _ = cli("report", "--blank", sheet, "--kind", "village", "--to", tmp_path)
    code, page, err = cli("verify", page.strip(), "--lang", "en")
    assert (code, page) == (2, "")
    assert "V004" in err
    assert "a blank sheet never has a result" in err


def test_a_result_alone_exits_with_0_and_says_what_was_not_checked(cli: Cli, result_file: Path) -> None:
    code, page, _ = cli("verify", result_file, "--lang", "en")
    assert code == 0
    assert "holds: 3, does not hold: 0, not checked: 1." in page
    assert "no evidence was given" in page
    assert "A digest reveals accidental changes only" in page
    assert " valid" not in page


def test_an_altered_result_exits_with_4_in_both_languages(cli: Cli, result_file: Path) -> None:
    text = result_file.read_text("utf-8")
    result_file.write_text(text.replace('"edition": "', '"edition": "9', 1), "utf-8")
    zh, en = (cli("verify", result_file, "--lang", lang) for lang in ("zh", "en"))
    assert (zh[0], en[0]) == (4, 4)
    assert "不符" in zh[1]
    assert "does not hold" in en[1]


def test_json_has_every_check_in_both_languages_and_no_single_verdict(cli: Cli, result_file: Path) -> None:
    code, page, _ = cli("verify", result_file, "--format", "json")
    found = json.loads(page)
    assert code == 0
    assert (found["schema_version"], found["kind"]) == ("1", "audit")
    assert found["counts"] == {"holds": 3, "fails": 0, "not_checked": 1}
    assert [check["id"] for check in found["results"][0]["checks"]] == ["digest", "seal", "pack", "body"]
    assert all(check["said"]["zh"] and check["said"]["en"] for check in found["results"][0]["checks"])
    assert not {"ok", "valid", "verified"} & found.keys()


def test_a_unit_judged_alone_is_judged_again_on_the_day_that_its_result_names(cli: Cli, tmp_path: Path) -> None:
    unit = Path(__file__).parents[1] / "units" / "worst-compound.evidence.yaml"
    _, text, _ = cli("assess", unit, "--on", "2026-06-30", "--format", "json")
    result = tmp_path / "result.json"
    result.write_text(text, "utf-8")
    code, page, _ = cli("verify", result, "--evidence", unit)
    assert code == 0
    assert "4项相符，0项不符，0项未核对" in page


def test_evidence_changed_after_the_report_exits_with_4_and_names_the_item(cli: Cli, tmp_path: Path) -> None:
    unit = tmp_path / "C-1.evidence.yaml"
    facts = "unit: {code: C-1, kind: compound, name: 示例小区}\nobservations:\n  - by: 业委会\n    role: applicant\n"
    unit.write_text(f"{facts}    facts: {{households: 100, property.route: company}}\ndocuments: []\n", "utf-8")
    _, text, _ = cli("assess", unit, "--on", "2026-06-30", "--format", "json")
    result = tmp_path / "result.json"
    result.write_text(text, "utf-8")
    unit.write_text(f"{facts}    facts: {{households: 100, property.route: none}}\ndocuments: []\n", "utf-8")
    code, page, _ = cli("verify", result, "--evidence", unit)
    assert code == 4
    assert "何处" in page
    assert "指标" in page


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 nothing", b"{"])
def test_what_cannot_be_read_exits_with_2_and_says_why(cli: Cli, tmp_path: Path, data: bytes) -> None:
    bad = tmp_path / "bad"
    bad.write_bytes(data)
    code, page, err = cli("verify", bad)
    assert (code, page) == (2, "")
    assert err.count("V0") == 1
    assert "Traceback" not in err


def test_a_file_that_is_not_there_exits_with_2(cli: Cli, tmp_path: Path) -> None:
    code, _, err = cli("verify", tmp_path / "none.pdf")
    assert code == 2
    assert "V001" in err
