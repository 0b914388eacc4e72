"""Proves that a pack's colour, seal and logo are read, checked and used, and that its templates may change single blocks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.own_templates import own_theme
from tests.reports.test_unit_photos import jpeg, png

from meihao.core.problems import Lang
from meihao.reports.look import COLOUR, look_of, shades
from meihao.reports.model import UnitReport
from meihao.reports.render import Theme, dressed, render
from meihao.standard.folder import PackFiles, pack_files
from meihao.standard.load import load_files
from meihao.standard.model import Dress, Pack
from meihao.standard.reading.theme import CONTRAST_AT_LEAST, contrast_with_white

Reports = Mapping[tuple[str, Lang], UnitReport]
TINY = Path(__file__).parents[1] / "standard" / "packs" / "tiny"


def loaded(theme: object) -> tuple[Pack | None, list[str]]:
    files, _ = pack_files(TINY)
    text = f"\ntheme: {json.dumps(theme)}\n".encode()
    changed = tuple((path, data + text if path == "pack.yaml" else data) for path, data in files.files)
    pack, problems = load_files(PackFiles(changed))
    return pack, [p.code for p in problems if p.severity == "error"]


def test_a_pack_without_a_theme_has_the_built_in_look(default_pack: Pack) -> None:
    assert default_pack.dress == Dress()
    assert dressed(Theme(), default_pack.dress, TINY) == (Theme(), ())


def test_a_theme_is_read() -> None:
    pack, problems = loaded({"colour": "#1F6F5C", "seal": "reports/seal.png", "logo": "reports/logo.jpg"})
    assert not problems
    assert pack is not None
    assert pack.dress == Dress("#1f6f5c", "reports/seal.png", "reports/logo.jpg")


@pytest.mark.parametrize(
    ("theme", "code"),
    [
        ({"colour": "#c0c0c0"}, "P030"),
        ({"colour": "#ffffff"}, "P030"),
        ({"colour": "green"}, "S0"),
        ({"colour": "#1f6f5c; } body { display: none"}, "S0"),
        ({"seal": "../seal.png"}, "S0"),
        ({"seal": "/etc/passwd"}, "S0"),
        ({"seal": "reports/../x.png"}, "S0"),
        ({"logo": "https://host.invalid/x.png"}, "S0"),
        ({"font": "any"}, "S0"),
    ],
)
def test_a_theme_that_cannot_be_used_is_refused_at_load(theme: object, code: str) -> None:
    pack, problems = loaded(theme)
    assert pack is None
    assert [p[: len(code)] for p in problems] == [code]


@pytest.mark.parametrize(("colour", "ratio"), [("#000000", 21), ("#ffffff", 1), ("#767676", 4.54), ("#777777", 4.48)])
def test_contrast_is_the_ratio_of_the_guideline(colour: str, ratio: float) -> None:
    assert abs(float(contrast_with_white(colour)) - ratio) < 0.01
    assert (contrast_with_white(colour) >= CONTRAST_AT_LEAST) is (ratio > 4.5)


@given(st.integers(0, 0xFFFFFF))
def test_a_darker_shade_never_has_less_contrast_and_a_tint_never_more(value: int) -> None:
    look = shades(f"#{value:06x}")
    own = contrast_with_white(look.colour)
    assert contrast_with_white(look.dark) >= own >= contrast_with_white(look.tint)


def test_the_colour_is_on_the_page_and_the_built_in_one_is_not(tmp_path: Path, reports: Reports) -> None:
    theme, problems = dressed(Theme(), Dress("#7a1f5c"), tmp_path)
    page, more = render(reports["passed", "zh"], "zh", theme)
    assert not (*problems, *more)
    assert "#7a1f5c" in page
    assert COLOUR not in page


def test_seal_and_logo_are_written_anew_and_named_by_their_bytes(tmp_path: Path, reports: Reports) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "seal.png").write_bytes(png() + b"hidden")
    (tmp_path / "reports" / "logo.jpg").write_bytes(jpeg())
    theme, problems = dressed(Theme(), Dress("", "reports/seal.png", "reports/logo.jpg"), tmp_path)
    assert not problems
    assert set(theme.pictures) == {theme.look.seal, theme.look.logo}
    assert not any(b"hidden" in data for data in theme.pictures.values())
    page, _ = render(reports["passed", "zh"], "zh", theme)
    assert theme.look.seal in page


@pytest.mark.parametrize("data", [None, b"no picture", b""])
def test_a_picture_that_is_not_there_or_none_is_a_problem(data: bytes | None, tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    if data is not None:
        (tmp_path / "reports" / "seal.png").write_bytes(data)
    look, pictures, problems = look_of(Dress("", "reports/seal.png"), tmp_path)
    assert [p.code for p in problems] == ["P031"]
    assert (look.seal, dict(pictures)) == ("", {})


def test_a_link_out_of_the_pack_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.png").write_bytes(png())
    (tmp_path / "pack" / "reports").mkdir(parents=True)
    (tmp_path / "pack" / "reports" / "seal.png").symlink_to(tmp_path / "outside.png")
    assert [p.code for p in look_of(Dress("", "reports/seal.png"), tmp_path / "pack")[2]] == ["P031"]


def test_a_pack_may_change_one_block_of_a_built_in_page(tmp_path: Path, reports: Reports) -> None:
    own = '{% extends "built_in/unit.html" %}{% block appeal %}<p>向{{ r.frame.round }}办公室申诉</p>{% endblock %}'
    (tmp_path / "unit.html").write_text(own, encoding="utf-8")
    plain, _ = render(reports["failed", "zh"], "zh")
    page, problems = render(reports["failed", "zh"], "zh", own_theme(tmp_path))
    assert not problems
    assert f"向{reports['failed', 'zh'].frame.round}办公室申诉" in page
    assert page.split("<p>向")[0] == plain.split('<section class="keep"><h2>申诉')[0]
    assert page.count("<tr") == plain.count("<tr")


@pytest.mark.parametrize(
    "block",
    [
        "{{ r.__class__.__mro__ }}", "{{ look.__struct_fields__.__class__ }}", "{{ self.content.__globals__ }}",
        "{{ super.__call__ }}", "{% include 'built_in/../../pack.yaml' %}", "{% import 'os' as os %}", "{{ t('no such') }}",
        "{{ look.colour * 1000000 }}",
    ],
)  # fmt: skip
def test_a_hostile_block_gives_a_problem_and_no_page(block: str, tmp_path: Path, reports: Reports) -> None:
    own = '{% extends "built_in/unit.html" %}{% block appeal %}' + block + "{% endblock %}"
    (tmp_path / "unit.html").write_text(own, encoding="utf-8")
    page, problems = render(reports["passed", "zh"], "zh", own_theme(tmp_path))
    assert page == ""
    assert [p.code for p in problems] in (["P011"], ["P012"])


def test_an_endless_template_chain_is_a_problem(tmp_path: Path, reports: Reports) -> None:
    (tmp_path / "unit.html").write_text('{% extends "unit.html" %}', encoding="utf-8")
    page, problems = render(reports["passed", "zh"], "zh", own_theme(tmp_path))
    assert (page, [p.code for p in problems]) == ("", ["P011"])
