"""Proves that the bundled fonts are whole, wide enough, the only ones in a PDF, and that what they lack is reported."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # ships no types
from hypothesis import given
from hypothesis import strategies as st

from meihao.reports.fonts import (
    FONTS,
    RARE,
    SANS,
    SANS_STACK,
    SERIF,
    SERIF_STACK,
    SHAPELESS,
    Font,
    broken_fonts,
    font_faces_css,
    missing_characters,
)
from meihao.reports.words import PHRASES, STATES, VERDICTS
from meihao.reports.words import SIGNS as OUTCOME_SIGNS

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "reports" / "fonts"
TEXT_FONTS = tuple(font for font in FONTS if font.family != RARE)
NAMES_OUTSIDE_GB2312 = "喆堃镕頔珺玥昇烜祎曌翀赟弢"
VILLAGE_NAMES_OUTSIDE_GB2312 = "垟塆墈"
SIGNS = "—…‘’“”·≤≥≈×÷−±％‰№〔〕①⑩⑳●○◐◑■□▲△✓→←↑↓㎡㎞〇"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_fonts", ROOT / "scripts" / "make_fonts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_fonts"] = module  # so that its records find their module
    spec.loader.exec_module(module)
    return module


def lacking(file: str, text: str, script: ModuleType) -> str:
    has: frozenset[str] = script.characters_of(FOLDER / file)
    return "".join(c for c in text if c not in has)


# --- what the fonts hold


@pytest.mark.parametrize("font", TEXT_FONTS, ids=lambda font: font.file)
def test_every_face_prints_the_signs_of_a_report(font: Font, script: ModuleType) -> None:
    assert lacking(font.file, SIGNS, script) == ""


@pytest.mark.parametrize("font", TEXT_FONTS, ids=lambda font: font.file)
def test_every_face_prints_the_whole_standard_table(font: Font, script: ModuleType) -> None:
    table = "".join(sorted(script.standard_characters(FOLDER)))
    assert lacking(font.file, table, script) == ""


def test_the_standard_table_has_8105_characters(script: ModuleType) -> None:
    assert len(script.standard_characters(FOLDER)) == 8105


def test_gb2312_has_6763_han_and_682_signs(script: ModuleType) -> None:
    characters = script.two_byte_characters("gb2312")
    assert len([c for c in characters if script.is_han(c)]) == 6763
    assert len(characters) == 6763 + 682


def test_the_text_faces_hold_the_same_characters_so_that_none_stands_in_for_another(script: ModuleType) -> None:
    assert len({script.characters_of(FOLDER / font.file) for font in TEXT_FONTS}) == 1


def test_the_rare_face_holds_nothing_that_a_text_face_has(script: ModuleType) -> None:
    rare, text = (script.characters_of(FOLDER / f"NotoSansSC-{name}.ttf") for name in ("Rare", "Regular"))
    assert rare & text <= {" "}


def test_together_they_print_all_of_gbk_with_its_20902_han_of_the_first_block(script: ModuleType) -> None:
    first_block = frozenset(map(chr, range(0x4E00, 0x9FA6)))
    gbk = script.two_byte_characters("gbk")
    assert first_block <= gbk
    assert missing_characters([("gbk", "".join(gbk - {"≒"}))], FOLDER) == ()  # ≒ is in neither source font


@pytest.mark.parametrize("name", NAMES_OUTSIDE_GB2312 + VILLAGE_NAMES_OUTSIDE_GB2312 + "䶮𬱖")
def test_rare_name_characters_are_outside_gb2312_and_still_printed(name: str) -> None:
    with pytest.raises(UnicodeEncodeError):
        name.encode("gb2312")
    assert missing_characters([("unit.contact", name)], FOLDER) == ()


def test_the_fonts_weigh_no_more_than_they_did() -> None:
    assert sum((FOLDER / font.file).stat().st_size for font in FONTS) < 19_000_000


def test_the_readme_lists_the_digest_of_each_font() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for font in FONTS:
        assert hashlib.sha256((FOLDER / font.file).read_bytes()).hexdigest() in readme, font.file


@pytest.mark.parametrize("file", ["OFL-NotoSansSC.txt", "OFL-NotoSerifSC.txt"])
def test_each_family_comes_with_its_licence(file: str) -> None:
    text = (FOLDER / file).read_text(encoding="utf-8")
    assert "Copyright" in text
    assert "SIL OPEN FONT LICENSE Version 1.1" in text


# --- how they are made


@pytest.mark.skipif(shutil.which("hb-subset") is None, reason="hb-subset is not installed")
def test_the_same_source_gives_the_same_bytes_and_only_what_was_asked(script: ModuleType, tmp_path: Path) -> None:
    source = FOLDER / "NotoSansSC-Bold.ttf"
    for name in ("one.ttf", "two.ttf"):
        script.subset(source, tmp_path / name, "美好A1—")
    assert (tmp_path / "one.ttf").read_bytes() == (tmp_path / "two.ttf").read_bytes()
    assert script.characters_of(tmp_path / "one.ttf") == frozenset("美好A1—")


def test_the_script_names_what_it_does_not_find(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert script.main([str(tmp_path), "--to", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "NotoSansSC_400Regular.ttf" in said
    assert "standard-characters.txt" in said


# --- the CSS


def test_there_is_one_face_for_each_font_under_our_own_family_names() -> None:
    css = font_faces_css(FOLDER)
    assert css.count("@font-face") == 5
    for font in FONTS:
        assert f'"{font.family}"; font-weight: {font.weight};' in css
        assert (FOLDER / font.file).resolve().as_uri() in css
    assert {font.family for font in FONTS} == {SANS, SERIF, RARE} == {"Meihao Sans", "Meihao Serif", "Meihao Rare"}


def test_a_folder_with_blanks_quotes_and_han_cannot_break_the_css(tmp_path: Path) -> None:
    odd = tmp_path / '美好 "a" (b)'
    assert '"a"' not in font_faces_css(odd)
    assert font_faces_css(odd).count('"') == 5 * 4


# --- the preflight


def test_text_that_the_fonts_print_gives_no_warning() -> None:
    texts = [("unit.name", "柳河镇垟头村（第3组）"), ("reason", "得90.5分，差 −2.5 分 ≥ 85%\n见〔2026〕1号\tA")]
    assert missing_characters(texts, FOLDER) == ()


def test_every_fixed_word_and_sign_of_documents_can_be_printed() -> None:
    signs = "".join(sign for table in (OUTCOME_SIGNS, VERDICTS) for sign, _ in table.values())
    signs += "".join(sign for sign, _ in STATES.values())
    texts = [(key, label.zh + label.en) for key, label in PHRASES.items()]
    assert missing_characters([("signs", signs), *texts], FOLDER) == ()


def test_no_text_and_empty_text_give_no_warning() -> None:
    assert missing_characters([], FOLDER) == ()
    assert missing_characters([("unit.name", "")], FOLDER) == ()


def test_a_warning_names_the_field_and_the_characters() -> None:
    (problem,) = missing_characters([("unit.name", "好"), ("reason", "已完成✔")], FOLDER)
    assert (problem.code, problem.severity) == ("P001", "warning")
    assert problem.message_zh == "reason 中有1个字符随附字体印不出：✔ U+2714"
    assert problem.message_en == "reason has 1 character(s) that the bundled fonts cannot print: ✔ U+2714"
    assert problem.hint_zh
    assert problem.hint_en


def test_each_field_is_warned_of_once_and_in_the_order_given() -> None:
    texts = [("b", "✔✔✗"), ("a", "😀"), ("b", "✗✔")]
    assert [p.message_zh.split()[0] for p in missing_characters(texts, FOLDER)] == ["b", "a"]


def test_eight_characters_are_shown_and_the_ninth_is_counted() -> None:
    eight, nine = "".join(map(chr, range(0x1F600, 0x1F608))), "".join(map(chr, range(0x1F600, 0x1F609)))
    (shown,) = missing_characters([("f", eight)], FOLDER)
    (cut,) = missing_characters([("f", nine)], FOLDER)
    assert "有8个" in shown.message_zh
    assert not shown.message_zh.endswith("…")
    assert "有9个" in cut.message_zh
    assert cut.message_zh.endswith("U+1F607 …")


def test_controls_and_half_surrogates_are_named_by_code_so_that_the_warning_itself_can_be_printed() -> None:
    (problem,) = missing_characters([("f", "\x07\ud800\ue000")], FOLDER)
    assert problem.message_en.endswith("U+0007, U+D800, U+E000")
    assert problem.text().encode("utf-8")


def test_joiners_and_selectors_have_no_shape_to_miss() -> None:
    assert missing_characters([("f", "美\u200b好\ufe0f\u200d\ufeff")], FOLDER) == ()


def test_braces_in_a_text_or_a_field_stay_as_they_are() -> None:
    (problem,) = missing_characters([("rows{0}", "{x}✔")], FOLDER)
    assert "rows{0}" in problem.message_zh


@given(st.text(max_size=40))
def test_the_preflight_agrees_with_reading_each_character_alone(text: str) -> None:
    alone = [c for c in dict.fromkeys(text) if missing_characters([("f", c)], FOLDER)]
    whole = missing_characters([("f", text)], FOLDER)
    assert bool(whole) == bool(alone)
    assert not whole or f"有{len(alone)}个" in whole[0].message_zh
    assert not set(alone) & SHAPELESS


# --- a broken installation


def test_the_bundled_fonts_are_whole() -> None:
    assert broken_fonts(FOLDER) == ()


def test_an_absent_folder_is_five_errors_not_a_traceback(tmp_path: Path) -> None:
    problems = missing_characters([("f", "美")], tmp_path / "none")
    assert [(p.code, p.severity) for p in problems] == [("P002", "error")] * 5
    assert "NotoSansSC-Regular.ttf" in problems[0].message_zh


@pytest.mark.parametrize("keep", [0, 3, 100, 5000, 1_000_000, -8])
def test_a_font_cut_short_is_an_error(keep: int, tmp_path: Path) -> None:
    for font in FONTS:
        shutil.copyfile(FOLDER / font.file, tmp_path / font.file)
    broken = tmp_path / "NotoSansSC-Bold.ttf"
    broken.write_bytes(broken.read_bytes()[:keep])
    (problem,) = broken_fonts(tmp_path)
    assert problem.code == "P002"
    assert problem.source.file == str(broken)


def test_a_file_that_is_no_font_is_an_error(tmp_path: Path) -> None:
    for font in FONTS:
        (tmp_path / font.file).write_text("这不是字体", encoding="utf-8")
    assert len(broken_fonts(tmp_path)) == 5


# --- on paper


def page(html: str) -> bytes:
    """Return a PDF set in our two stacks."""
    weasyprint = pytest.importorskip("weasyprint")
    from weasyprint.text.fonts import FontConfiguration

    families = f"html {{ font-family: {SANS_STACK} }} h1 {{ font-family: {SERIF_STACK} }}"
    config = FontConfiguration()
    sheet = weasyprint.CSS(string=font_faces_css(FOLDER) + families, font_config=config)
    return bytes(weasyprint.HTML(string=html).write_pdf(stylesheets=[sheet], font_config=config))


def fonts_in(pdf: bytes) -> dict[str, TTFont]:
    """Return each font embedded in a PDF by its name without the subset's prefix."""
    pikepdf = pytest.importorskip("pikepdf")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = [item for item in document.objects if isinstance(item, pikepdf.Dictionary)]
        fonts = [item for item in found if item.get("/Type") == "/FontDescriptor"]
        return {str(font.FontName).split("+")[1]: TTFont(io.BytesIO(font.FontFile2.read_bytes())) for font in fonts}


def test_a_pdf_holds_the_bundled_fonts_only_even_for_rare_bold_characters() -> None:
    rare = NAMES_OUTSIDE_GB2312 + "丂鬱齾"  # the last three are in the rare face only
    fonts = fonts_in(page(f'<html lang="zh-CN"><h1>垟头村{rare}</h1><p>{SIGNS}{rare}<b>{SIGNS}{rare}</b></p>'))
    assert set(fonts) == {"Meihao-Serif-Bold", "Meihao-Sans", "Meihao-Sans-Bold", "Meihao-Rare", "Meihao-Rare-Bold"}


def test_bold_text_after_a_rare_bold_character_keeps_its_own_glyphs() -> None:
    fonts = fonts_in(page('<html lang="zh-CN"><p><b>丂</b></p><p><b>指标</b></p>'))
    assert fonts["Meihao-Sans-Bold"]["OS/2"].usWeightClass == 700
    assert fonts["Meihao-Rare-Bold"]["OS/2"].usWeightClass == 400
