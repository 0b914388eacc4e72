"""Proves that a publication holds by the state that it was made from, after evidence and the round's own files have changed."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.calling import Cli

from meihao.core.canonical import digest
from meihao.evidence.files import read_evidence
from meihao.reports.pdf import pdf_missing
from meihao.round.roster import Enrolled, roster_text
from meihao.standard.model import Pack
from meihao.store.folder import FolderHome
from meihao.store.ledger import LEDGER
from meihao.store.place import unit_folder
from meihao.store.read import read_store

from .test_answers import corrected, paying, ranked

STATE = "数据状态.json"


@pytest.fixture
def verified(cli: Cli, folder: Path) -> Callable[..., tuple[int, str, str]]:
    """Verify by the round, in English."""
    return lambda file, *more: cli(
        "--lang", "en", "verify", file, "--round", folder, "--engine", "reference", *more
    )  # fmt: skip


def check(page: str) -> str:
    """Return the line that speaks of the state of the data, in single blanks."""
    return next((" ".join(line.split()) for line in page.splitlines() if "state of the data" in line), "")


def test_what_has_not_changed_is_as_it_was(verified: Cli, folder: Path, lists: Path) -> None:
    code, page, err = verified(lists / "公示名单.json")
    assert (code, err) == (0, "")
    assert check(page) == "✓ state of the data holds as it was at publication: 30 receipts, the last of 2026-05-20"


def test_a_notice_holds_as_of_its_publication_after_a_correction(
    verified: Cli, cli: Cli, folder: Path, lists: Path, default_pack: Pack, tmp_path: Path
) -> None:
    unit = paying(folder, default_pack)
    corrected(folder, default_pack, unit)
    for name in ("公示名单.json", "排名名单.json", "评定明细.json"):
        code, page, err = verified(lists / name)
        assert (code, err) == (0, ""), page
        assert check(page) == (
            "✓ state of the data holds checked as of publication: 30 receipts, the last of 2026-05-20; "
            f"corrected since then: {unit} (1)"
        )
    (lists / STATE).rename(tmp_path / "kept.json")
    assert verified(lists / "评定明细.json")[0] == 4, "by the evidence as it is now the details are others"
    assert verified(lists / "评定明细.json", "--state", tmp_path / "kept.json")[0] == 0
    again = ranked(cli, folder, "again")
    code, page, _ = verified(again / "评定明细.json")
    assert (code, check(page)) == (
        0, "✓ state of the data holds as it was at publication: 31 receipts, the last of 2026-06-05",
    )  # fmt: skip
    assert verified(again / "评定明细.json", "--state", tmp_path / "kept.json")[::2] == (
        2, f"V021 {tmp_path / 'kept.json'} is the state of another ranking "
        "(name the one that was written together with this file)\n",
    )  # fmt: skip


def test_pages_are_set_by_the_notice_yaml_of_then(verified: Cli, cli: Cli, folder: Path, default_pack: Pack) -> None:
    if pdf_missing():
        pytest.skip("Pango is missing on this machine")
    (folder / "notice.yaml").write_text("issued_by: 评定委员会\nnumber: 示评〔2026〕1号\n", encoding="utf-8")
    lists = ranked(cli, folder, "lists")
    (folder / "notice.yaml").write_text("issued_by: 评定委员会\nnumber: 示评〔2026〕2号\n", encoding="utf-8")
    corrected(folder, default_pack, paying(folder, default_pack))
    code, page, _ = verified(lists / "公示名单.pdf")
    assert code == 0
    assert check(page).endswith(", notice.yaml")
    assert "the same, byte for byte" in page
    (lists / STATE).unlink()
    assert verified(lists / "公示名单.pdf")[0] == 4


def test_a_history_that_was_rewritten_is_found_out(verified: Cli, cli: Cli, folder: Path, default_pack: Pack) -> None:
    unit = paying(folder, default_pack)
    before = (folder / LEDGER).read_bytes()
    corrected(folder, default_pack, unit)
    lists = ranked(cli, folder, "lists")
    (folder / LEDGER).write_bytes(before)
    (unit_folder(folder, unit) / "0002.evidence.yaml").unlink()
    code, page, _ = verified(lists / "公示名单.json")
    assert code == 4
    assert check(page) == (
        "× state of the data does not hold the ledger of receipts is shorter than at that time: what was then is lost"
    )
    corrected(folder, default_pack, unit)
    text = (folder / LEDGER).read_text("utf-8")
    (folder / LEDGER).write_text(text.replace("县住建局", "县民政局"), encoding="utf-8")
    code, page, _ = verified(lists / "公示名单.json")
    assert code == 4
    assert "the ledger of receipts is not the one of that time" in check(page)


def test_a_submission_of_then_that_is_gone_stops_by_its_own_name(
    verified: Cli, folder: Path, lists: Path, default_pack: Pack
) -> None:
    unit = paying(folder, default_pack)
    corrected(folder, default_pack, unit)
    gone = unit_folder(folder, unit) / "0001.evidence.yaml"
    gone.unlink()
    code, _, err = verified(lists / "公示名单.json")
    assert code == 2
    assert str(gone) in err
    assert "/tmp" not in err.replace(str(folder), "")


def test_loose_evidence_that_changed_cannot_be_brought_back(
    verified: Cli, cli: Cli, folder: Path, sample_folder: Path, default_pack: Pack
) -> None:
    unit, units = paying(folder, default_pack), [*read_store(FolderHome(folder), default_pack)[0]]
    file = min(
        f for f in (sample_folder / "evidence").glob("C-*") if f.name.partition(".")[0] not in {u.code for u in units}
    )
    units += read_evidence(file, default_pack)[0]
    listed = roster_text(Enrolled(one.code, one.kind, one.name, one.region) for one in units)
    (folder / "roster.yaml").write_text(listed, encoding="utf-8")
    loose = folder / "evidence" / file.name
    loose.write_bytes(file.read_bytes())
    lists = ranked(cli, folder, "lists")
    corrected(folder, default_pack, unit)
    assert verified(lists / "评定明细.json")[0] == 0, "what is not a submission is as it was"
    loose.write_bytes(file.read_bytes() + b"# a remark\n")
    code, page, _ = verified(lists / "评定明细.json")
    assert code == 4
    assert check(page) == (
        f"– state of the data not checked what was then is lost: {file.name} changed and is no submission; "
        "what follows is by the evidence as it is now"
    )


def spoil(kept: dict[str, Any], how: str) -> None:
    match how:
        case "receipts":
            kept["body"]["receipts"] = 3
        case "kind":
            kept["kind"] = "details"
        case "version":
            kept["schema_version"] = "2"
        case "shape":
            kept["body"]["receipts"] = "30"
        case "outside":
            kept["body"]["loose"] = {"../../x.csv": "sha256:0"}
        case "file":
            kept["body"]["files"]["../x"] = ""


SPOILT = {
    "receipts": "its content does not match its digest: it was altered",
    "kind": "it is another kind of file",
    "version": "schema_version 2 is not known here",
    "shape": "body.receipts must be a whole number, not text",
    "outside": "it lists files outside the round's folder",
    "file": "it lists files outside the round's folder",
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_state_that_was_altered_is_refused_where_it_is_named_and_left_with_a_warning_where_it_lies_beside(
    verified: Cli, folder: Path, lists: Path, how: str
) -> None:
    kept = json.loads((lists / STATE).read_bytes())
    spoil(kept, how)
    if how != "receipts":
        kept["digest"] = digest(kept["body"])
    (lists / STATE).write_text(json.dumps(kept), encoding="utf-8")
    code, _, err = verified(lists / "公示名单.json", "--state", lists / STATE)
    assert code == 2
    assert "V020" in err
    assert SPOILT[how] in err
    code, page, err = verified(lists / "公示名单.json")
    assert (code, check(page)) == (0, "")
    assert "V022" in err
    assert SPOILT[how] in err


def test_a_state_that_was_cut_short_is_told_with_its_place_and_one_that_is_gone_is_not_missed(
    verified: Cli, folder: Path, lists: Path
) -> None:
    state = lists / STATE
    state.write_bytes(b'{\n  "body": {"files": ')
    code, _, err = verified(lists / "公示名单.json")
    assert (code, "V022" in err, f"{state}:2:21 " in err) == (0, True, True), err
    code, _, err = verified(lists / "公示名单.json", "--state", state)
    assert (code, "V020" in err, f"{state}:2:21 " in err) == (2, True, True), err
    state.unlink()
    assert verified(lists / "公示名单.json")[::2] == (0, "")
    state.mkdir()
    code, _, err = verified(lists / "公示名单.json")
    assert (code, "V022" in err) == (0, True), "no file is not the same as one that cannot be read"


def test_the_state_itself_has_a_digest_to_check(verified: Cli, folder: Path, lists: Path) -> None:
    state = lists / STATE
    code, page, _ = verified(state)
    assert code == 0
    assert "a state of the data names no standard" in page
    state.write_bytes(state.read_bytes().replace(b'"receipts": 30', b'"receipts": 29'))
    assert verified(state)[0] == 4


def test_a_state_that_is_not_there_is_said(verified: Cli, folder: Path, lists: Path) -> None:
    code, _, err = verified(lists / "公示名单.json", "--state", lists / "none.json")
    assert (code, "V001" in err) == (2, True)


def test_what_was_received_while_ranking_leaves_no_state(
    cli: Cli, folder: Path, default_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    from meihao.store import state

    lines = state._lines(FolderHome(folder))
    monkeypatch.setattr(state, "_lines", lambda home: [lines[0], *lines[:-1]])
    code, out, err = cli(
        "rank", folder / "evidence", "--round", folder, "--to", folder.parent / "x", "--engine", "reference"
    )
    assert (code, STATE in out) == (0, False)
    assert "C050 排名时又收了件" in err


def test_what_names_every_unit_is_not_for_everybody(lists: Path) -> None:
    closed = sorted(path.name for path in lists.iterdir() if not path.stat().st_mode & stat.S_IROTH)
    assert closed == ["数据状态.json", "评定明细.json"]
