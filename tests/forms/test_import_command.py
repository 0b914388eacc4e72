"""`meihao import`: what it prints, writes, stores and leaves alone; hostile files are answered at once and in little memory."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.calling import Cli

from meihao.evidence.submissions import read_submissions
from meihao.forms.layout import ERRORS
from meihao.standard.model import Pack

from .import_books import excel, fill_cover, fill_lines, good, unit_book
from .template_books import opened, saved
from .test_import import KIND, of_type
from .test_import_write_back import with_error

ROOT = Path(__file__).parents[2]
MADE = ROOT.parent / "shared" / "fixtures" / "badinput" / "made"


def test_without_a_round_it_checks_and_says_what_it_would_store(
    hand_in: Cli, tmp_path: Path, default_pack: Pack
) -> None:
    field = of_type(default_pack, "count")
    path = tmp_path / "a.xlsx"
    path.write_bytes(saved(unit_book(default_pack, KIND, "C-1", "某小区", {field.id: good(field)})))
    code, out, _ = hand_in(path)
    assert code == 0
    assert "可以收下1个单位：C-1" in out
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.xlsx", "cache"]


def test_errors_go_into_a_copy_and_the_original_is_left_alone(hand_in: Cli, tmp_path: Path, default_pack: Pack) -> None:
    data, (sheet, cell) = with_error(default_pack)
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    code, out, _ = hand_in(path)
    assert code == 1
    assert f"{sheet}!{cell}" in out
    assert path.read_bytes() == data
    copy = opened((tmp_path / "a.错误.xlsx").read_bytes())
    told = json.loads(hand_in(path, "--format", "json")[1])["files"][0]
    (error,) = [e for e in told["errors"] if e["severity"] == "error"]
    sentence = f"{error['rule']} {error['message']['zh']}（{error['fix']['zh']}）"
    assert sentence in out
    assert sentence in copy[sheet][cell].comment.text
    assert told["written"].endswith("a.错误2.xlsx")  # the first copy may hold somebody's mending
    assert told["refused"] == ["C-1"]


def test_the_copy_is_mended_imported_and_cleaned(
    hand_in: Cli, tmp_path: Path, default_pack: Pack, round_: Path
) -> None:
    data, (sheet, cell) = with_error(default_pack)
    (tmp_path / "a.xlsx").write_bytes(data)
    assert hand_in(tmp_path / "a.xlsx", "--round", round_)[0] == 1
    assert not (round_ / "evidence").exists()
    copy = tmp_path / "a.错误.xlsx"
    book = opened(copy.read_bytes())
    book[sheet][cell].value = "是"
    copy.write_bytes(saved(book))
    code, out, _ = hand_in(copy, "--round", round_, "--on", "2026-05-20")
    assert code == 0
    assert "存入1个单位：C-1#1" in out
    assert ERRORS.zh not in opened(copy.read_bytes()).sheetnames
    (stored,), problems = read_submissions(round_ / "evidence" / "C-1", default_pack)
    assert not problems
    assert (stored.received.file, str(stored.received.on)) == ("a.错误.xlsx", "2026-05-20")


def test_in_place_writes_into_the_file_itself(hand_in: Cli, tmp_path: Path, default_pack: Pack) -> None:
    data, (sheet, cell) = with_error(default_pack)
    (tmp_path / "a.xlsx").write_bytes(data)
    assert hand_in(tmp_path / "a.xlsx", "--in-place")[0] == 1
    assert opened((tmp_path / "a.xlsx").read_bytes())[sheet][cell].comment is not None
    assert not (tmp_path / "a.错误.xlsx").exists()


def test_to_names_where_the_copy_goes(hand_in: Cli, tmp_path: Path, default_pack: Pack) -> None:
    (tmp_path / "a.xlsx").write_bytes(with_error(default_pack)[0])
    assert hand_in(tmp_path / "a.xlsx", "--to", tmp_path / "out" / "b.xlsx")[0] == 1
    assert (tmp_path / "out" / "b.xlsx").is_file()
    code, _, err = hand_in(tmp_path / "a.xlsx", tmp_path / "a.xlsx", "--to", tmp_path / "b.xlsx")
    assert code == 2
    assert "W036" in err


def test_a_changed_value_needs_a_reason_and_says_so_at_its_cell(
    hand_in: Cli, tmp_path: Path, default_pack: Pack, round_: Path
) -> None:
    field = of_type(default_pack, "yes_no")
    path = tmp_path / "a.xlsx"
    for value, words, expected in (("是", (), 0), ("否", (), 1), ("否", ("--reason", "填错了"), 0)):
        book = unit_book(default_pack, KIND, "C-1", "某小区", {})
        place = fill_lines(book, {field.id: value})[field.id]
        path.write_bytes(saved(book))
        code, out, _ = hand_in(path, "--round", round_, *words)
        assert code == expected, out
        if expected:
            assert "W068" in out
            assert "!".join(place) in out
    fill_cover(book, reason="又填错了")
    fill_lines(book, {field.id: "是"})
    path.write_bytes(saved(book))
    assert hand_in(path, "--round", round_)[0] == 0
    assert len(list((round_ / "evidence" / "C-1").glob("*.evidence.yaml"))) == 3


def test_an_archive_stores_the_documents_with_the_unit(
    hand_in: Cli, tmp_path: Path, default_pack: Pack, round_: Path
) -> None:
    book = unit_book(default_pack, KIND, "C-1", "某小区", {}, documents=[["章程", "川〔2026〕1号"], ["合同", "2号"]])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("表.xlsx", saved(book))
        archive.writestr("材料/川〔2026〕1号 章程.pdf", b"%PDF-1")
        archive.writestr("材料/照片.jpg", b"jpg")
    (tmp_path / "a.zip").write_bytes(stream.getvalue())
    code, out, _ = hand_in(tmp_path / "a.zip", "--round", round_)
    assert code == 0
    assert "对不上的材料：文件1个，清单1行" in out
    assert "材料/照片.jpg" in out
    (stored,), _ = read_submissions(round_ / "evidence" / "C-1", default_pack)
    assert [d.sha256 for d in stored.unit.documents] == [hashlib.sha256(b"%PDF-1").hexdigest(), ""]
    assert [p.read_bytes() for p in (round_ / "evidence" / "C-1" / "documents").iterdir()] == [b"%PDF-1"]


def test_files_that_are_not_there_or_of_no_known_form(hand_in: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(b"x")
    code, out, _ = hand_in(tmp_path / "a.doc", tmp_path / "b.xlsx", "--lang", "en")
    assert code == 2
    assert "E042" in out
    assert "E040" in out


def test_a_csv_is_checked_but_not_written_back(hand_in: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("编号,类别,名称,总户数\nC-1,小区,甲,很多\n", encoding="utf-8")
    code, out, _ = hand_in(tmp_path / "a.csv")
    assert code == 1
    assert "E001" in out
    assert [p.name for p in tmp_path.glob("*错误*")] == []
    assert excel(True) == "是"


HOSTILE = sorted(p.name for p in MADE.iterdir()) if MADE.is_dir() else []


WEIGH = """import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
answer = (done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss, done.stdout.decode())
sys.stderr.write(json.dumps(answer))"""


@pytest.mark.skipif(not HOSTILE, reason="the shared fixtures are not here")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_answered_within_a_second_and_200_megabytes(
    name: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cache = str(tmp_path_factory.getbasetemp() / "cache")
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT / "engine"), "MEIHAO_CACHE": cache}
    target = tmp_path / name
    target.write_bytes((MADE / name).read_bytes())
    words = [sys.executable, "-m", "meihao", "import", str(target), "--format", "json"]
    subprocess.run(
        [*words[:3], "check"], env=surroundings, capture_output=True, check=True
    )  # the pack is compiled once
    # started by a small process: the most memory of a child counts what its parent held when it was forked
    weighed = [sys.executable, "-c", WEIGH, *words]
    answer = subprocess.run(weighed, env=surroundings, capture_output=True, check=True, text=True).stderr
    code, seconds, kilobytes, text = json.loads(answer)
    assert code in (0, 1, 2), text
    assert "Traceback" not in text
    assert seconds < 1
    assert kilobytes < 200 << 10
    assert json.loads(text)["files"][0]["errors"] or code == 0
