"""Proves that a sealed edition in force cannot be changed in silence, and that a draft can."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.standard.tiny_pack import TINY, tiny

from meihao.standard.checking.edition import Seal, check_edition, read_seals

OTHER = "sha256:" + "0" * 64


def test_a_sealed_edition_with_other_content_is_refused() -> None:
    pack = replace(tiny(), status="in_force")
    assert [p.code for p in check_edition(pack, (Seal("1", OTHER),))] == ["S180"]


def test_the_edition_as_it_was_sealed_is_fine() -> None:
    pack = replace(tiny(), status="in_force")
    assert check_edition(pack, (Seal("1", pack.digest), Seal("0", OTHER))) == ()


def test_a_draft_may_change() -> None:
    assert check_edition(tiny(), (Seal("1", OTHER),)) == ()


def test_an_edition_is_sealed_once() -> None:
    pack = tiny()
    assert [p.code for p in check_edition(pack, (Seal("9", OTHER), Seal("9", pack.digest)))] == ["S181"]


@pytest.mark.parametrize(
    ("text", "codes", "seals"),
    [
        ("", ["Y012"], 0),
        ("editions: []\n", [], 0),
        (f'editions: [{{edition: "1", digest: "{OTHER}"}}]\n', [], 1),
        ('editions: [{edition: "1", digest: abc}]\n', ["S014"], 0),
        ('editions: [{edition: "1"}]\n', ["S011"], 0),
    ],
)
def test_seals_are_read_from_their_file(tmp_path: Path, text: str, codes: list[str], seals: int) -> None:
    copy = Path(shutil.copytree(TINY, tmp_path / "pack"))
    (copy / "sealed.yaml").write_text(text)
    found, problems = read_seals(copy)
    assert [problem.code for problem in problems] == codes
    assert len(found) == seals


def test_a_pack_without_seals_has_none() -> None:
    assert read_seals(TINY) == ((), ())
