"""Proves what belongs to a pack's folder, what is refused there, and that its digest follows names and bytes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from tests.standard.tiny_pack import TINY

from meihao.standard import folder as folder_module
from meihao.standard.cache import cached_pack
from meihao.standard.folder import PackFiles, pack_files


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the tiny pack that may be spoilt."""
    return Path(shutil.copytree(TINY, tmp_path / "pack"))


def codes(folder: Path) -> list[str]:
    read = cached_pack(folder, None)
    pack, problems = read.pack, read.said
    assert pack is None
    return [problem.code for problem in problems]


def test_a_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    assert codes(tmp_path) == ["S001"]
    assert codes(tmp_path / "nowhere") == ["S001"]


def test_a_file_in_place_of_the_folder_is_refused() -> None:
    assert codes(TINY / "pack.yaml") == ["S001"]


def test_only_the_parts_of_a_pack_are_read(copy: Path) -> None:
    before = pack_files(copy)
    (copy / "notes.yaml").write_text("not: [ours")
    (copy / "examples").mkdir()
    (copy / "examples" / "a.yaml").write_text("x")
    (copy / "criteria" / ".draft.yaml").write_text("x")
    (copy / "rules" / "tiers.yaml~").write_text("x")
    assert pack_files(copy) == before


def test_the_digest_follows_names_and_bytes() -> None:
    one = PackFiles((("a", b"1"), ("b", b"2")))
    assert one.digest() == PackFiles((("a", b"1"), ("b", b"2"))).digest()
    assert one.digest() != PackFiles((("a", b"2"), ("b", b"1"))).digest()
    assert one.digest() != PackFiles((("a", b"12"), ("b", b""))).digest()
    assert one.digest() == PackFiles(one.files, sealed=b"any").digest()


def test_a_template_is_part_of_the_edition(copy: Path) -> None:
    before = pack_files(copy)[0].digest()
    (copy / "reports" / "templates" / "page.html").write_text("<p></p>")
    assert pack_files(copy)[0].digest() != before


@pytest.mark.parametrize("name", ["criteria", "rules", "reports/templates"])
def test_a_folder_that_cannot_be_listed_is_said(copy: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    listed = os.scandir

    def refuse(path: str) -> object:
        if path == f"{copy}/{name}":
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    (copy / name).mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(os, "scandir", refuse)
    assert codes(copy) == ["S191"]


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_a_link_out_of_the_folder_is_refused(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("checks: []")
    (copy / "rules" / "extra.yaml").symlink_to(tmp_path / "secret.yaml")
    assert codes(copy) == ["S002"]


@pytest.mark.skipif(os.name != "posix", reason="links")
@pytest.mark.parametrize("target", ["extra.yaml", "nowhere.yaml"])
def test_a_link_to_itself_or_to_nothing_is_refused(copy: Path, target: str) -> None:
    (copy / "rules" / "extra.yaml").symlink_to(copy / "rules" / target)
    assert codes(copy) == ["S002"]


@pytest.mark.skipif(os.name != "posix", reason="bytes in names")
def test_a_name_that_is_not_text_is_refused(copy: Path) -> None:
    (copy / "rules" / os.fsdecode(b"\xff.yaml")).write_text("checks: []")
    read = cached_pack(copy, None)
    pack, problems = read.pack, read.said
    assert pack is None
    assert [problem.code for problem in problems] == ["S003"]
    problems[0].text().encode()


def test_a_huge_file_is_not_read(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "BYTES_AT_MOST", 1000)
    assert set(codes(copy)) == {"S002"}


def test_a_wrong_folder_with_countless_files_is_refused(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "FILES_AT_MOST", 5)
    assert codes(copy) == ["S004"]
