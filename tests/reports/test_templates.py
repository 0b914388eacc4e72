"""Proves that a foreign pack's templates read the report and do no more, and that their faults are problems, not crashes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.reports.own_templates import own_theme
from tests.standard.tiny_pack import TINY

import meihao.reports.render as render_module
from meihao.core.problems import Lang
from meihao.reports.fonts import SANS_STACK
from meihao.reports.model import UnitReport
from meihao.reports.render import Theme, built_in_templates, render, theme_of
from meihao.standard.folder import pack_files

Reports = Mapping[tuple[str, Lang], UnitReport]
HOSTILE = {
    "shell by globals": "{{ t.__globals__['__builtins__'].__import__('os').system('echo seen') }}",
    "shell by class": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "shell by cycler": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "shell by environment": "{{ self._TemplateReference__context.environment }}",
    "change the report": "{% set r.name = '改' %}",
    "call a method of a text": "{{ r.name.format(r) }}",
    "pad without end": "{{ r.name.ljust(10000000000) }}",
    "multiply": "{{ 'x' * 10000000000 }}",
    "power": "{{ 9 ** 99999999 }}",
    "count": "{{ 1 + 1 }}",
    "endless range": "{% for n in range(10000000000) %}x{% endfor %}",
    "pad by filter": "{{ r.name|center(10000000000) }}",
    "print unescaped": "{{ r.name|safe }}",
    "attribute by filter": "{{ r|attr('__class__') }}",
    "read a file": "{% include '/etc/passwd' %}",
    "climb out": "{% include '../../../../etc/passwd' %}",
    "unknown field": "{{ r.no_such_field }}",
    "broken": "{% if %}",
    "nested too deeply": "{% for a in r.dimensions %}" * 60 + "{% endfor %}" * 60,
    "endless macro": "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
}


@pytest.mark.parametrize("template", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_template_gives_a_problem_and_no_page(
    template: str, tmp_path: Path, reports: Reports, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "unit.html").write_text(template, encoding="utf-8")
    page, problems = render(reports["passed", "zh"], "zh", own_theme(tmp_path))
    assert page == ""
    assert [p.code for p in problems] in (["P011"], ["P012"])
    assert "seen" not in capfd.readouterr().out


def test_a_page_without_end_is_cut_off(tmp_path: Path, reports: Reports) -> None:
    rows = "{% for a in r.dimensions %}" * 9 + "x" * 1000 + "{% endfor %}" * 9
    (tmp_path / "unit.html").write_text(rows, encoding="utf-8")
    _, problems = render(reports["passed", "zh"], "zh", own_theme(tmp_path))
    assert [p.code for p in problems] == ["P013"]


def test_a_fault_of_a_template_is_told_at_its_line(tmp_path: Path, reports: Reports) -> None:
    (tmp_path / "unit.html").write_text("一\n二\n{% if %}", encoding="utf-8")
    _, problems = render(reports["passed", "zh"], "zh", own_theme(tmp_path))
    assert (problems[0].source.line, Path(problems[0].source.file).name) == (3, "unit.html")


def test_a_packs_own_template_is_escaped_and_may_use_the_built_in_charts(tmp_path: Path, reports: Reports) -> None:
    own = '{% import "macros.html" as m with context %}<h1>{{ r.name }}<{{ "<b>" }}</h1>{{ m.radar(r.radar) }}'
    (tmp_path / "unit.html").write_text(own, encoding="utf-8")
    page, problems = render(reports["passed", "zh"], "zh", own_theme(tmp_path))
    assert not problems
    assert "&lt;b&gt;" in page
    assert "<svg" in page


def test_the_built_in_templates_also_run_in_the_sandbox(tmp_path: Path, reports: Reports) -> None:
    for (_, lang), report in reports.items():
        assert render(report, lang, own_theme(tmp_path)) == render(report, lang)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack with a template of its own."""
    copy = shutil.copytree(TINY, tmp_path / "pack")
    own = copy / "reports" / "templates"
    own.mkdir(parents=True, exist_ok=True)
    (own / "unit.html").write_text("<p>{{ r.name }}</p>{% include 'part.html' ignore missing %}", "utf-8")
    return copy


def digest_of(pack: Path) -> str:
    files, problems = pack_files(pack)
    assert not problems
    return files.digest()


def test_a_pack_without_templates_of_its_own_uses_the_built_in_ones(tmp_path: Path, root: Path, pack: Path) -> None:
    assert theme_of(root, "") == (Theme(), ())
    assert theme_of(pack, digest_of(pack))[0].foreign
    shutil.rmtree(pack / "reports")
    assert theme_of(pack, digest_of(pack)) == (Theme(), ())
    shutil.copytree(built_in_templates(), pack / "reports" / "templates")
    assert theme_of(pack, digest_of(pack)) == (Theme(), ())


def test_a_hidden_template_is_no_template(pack: Path, reports: Reports) -> None:
    own, before = pack / "reports" / "templates", digest_of(pack)
    (own / "unit.html").write_text("{% include '.hidden.html' %}", "utf-8")
    (own / ".hidden.html").write_text("one", "utf-8")
    assert digest_of(pack) != before
    theme, _ = theme_of(pack, digest_of(pack))
    page, problems = render(reports["passed", "zh"], "zh", theme)
    assert (page, [p.code for p in problems]) == ("", ["P011"])


def test_what_is_rendered_is_what_was_digested(pack: Path, reports: Reports) -> None:
    digest = digest_of(pack)
    theme, _ = theme_of(pack, digest)
    page, _ = render(reports["passed", "zh"], "zh", theme)
    (pack / "reports" / "templates" / "unit.html").write_text("changed", "utf-8")
    (pack / "reports" / "templates" / "part.html").write_text("added", "utf-8")
    assert render(reports["passed", "zh"], "zh", theme) == (page, ())
    found, problems = theme_of(pack, digest)
    assert (found, [p.code for p in problems]) == (Theme(), ["S192"])


@pytest.mark.skipif(os.name != "posix", reason="links")
@pytest.mark.parametrize("name", [".part.html", "part.html"])
@pytest.mark.parametrize("outside", [True, False])
def test_a_link_among_the_templates_prints_nothing_of_the_host(
    pack: Path, tmp_path: Path, reports: Reports, name: str, outside: bool
) -> None:
    secret = (tmp_path if outside else pack) / "secret.txt"
    secret.write_text("a secret of the host", "utf-8")
    own = pack / "reports" / "templates"
    (own / "unit.html").write_text("{% include '" + name + "' %}", "utf-8")
    digest = digest_of(pack)
    (own / name).symlink_to(secret)
    assert [p.code for p in pack_files(pack)[1]] == ([] if name.startswith(".") else ["S190"])
    theme, problems = theme_of(pack, digest)
    if not problems:
        page, problems = render(reports["passed", "zh"], "zh", theme)
        assert page == ""
    assert [p.code for p in problems] in (["P011"], ["S192"])


LOOPS = "{% for a in r.dimensions %}" * 14 + "{% endfor %}" * 14
DOUBLING = "{% set x = r.name %}" + "{% set x = x ~ x %}" * 60 + "{{ x }}"


@pytest.mark.parametrize("template", [LOOPS, DOUBLING], ids=["loops that write nothing", "a text doubled 60 times"])
def test_a_template_ends_in_time_and_memory(
    template: str, tmp_path: Path, reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render_module, "TEMPLATE_SECONDS", 1)
    (tmp_path / "unit.html").write_text("{% macro m() %}" + template + "{% endmacro %}{{ m() }}", encoding="utf-8")
    page, problems = render(reports["passed", "zh"], "zh", own_theme(tmp_path))
    assert (page, [p.code for p in problems]) == ("", ["C034"])
    assert render(reports["passed", "zh"], "zh")[0]  # the limits are gone


def test_the_style_sheet_names_the_bundled_families_only() -> None:
    css = (built_in_templates() / "report.css").read_text(encoding="utf-8").partition("@media screen")[0]
    families = css.count(SANS_STACK) + css.count('"Meihao Serif", "Meihao Rare"')
    assert families == css.count('"Meihao Rare"') > 3
    assert "url(" not in css


def test_templates_hold_no_arithmetic_and_no_unescaped_text() -> None:
    for file in built_in_templates().glob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert "|safe" not in text, file.name
        assert "autoescape" not in text, file.name


def test_every_chart_sets_its_own_typeface_and_has_its_words(reports: Reports) -> None:
    for (_, lang), report in reports.items():
        page, _ = render(report, lang)
        charts = page.split("<svg")[1:]
        assert charts
        assert all("font-family=" in c.partition(">")[0] and "<title>" in c.partition("</svg>")[0] for c in charts)


def test_a_page_loads_nothing_from_outside(reports: Reports) -> None:
    page, _ = render(reports["passed", "zh"], "zh")
    assert "default-src 'none'" in page
    assert not any(word in page for word in ("http:", "https:", "<script", "src=", "<link", "javascript:"))
