"""Proves that a foreign pack's templates read the report and do no more, and that their faults are problems, not crashes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from meihao.core.problems import Lang
from meihao.reports.fonts import SANS_STACK
from meihao.reports.model import UnitReport
from meihao.reports.render import Theme, built_in_templates, render, theme_of

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
    "endless macro": "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
}


@pytest.mark.parametrize("template", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_template_gives_a_problem_and_no_page(
    template: str, tmp_path: Path, reports: Reports, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "unit.html").write_text(template, encoding="utf-8")
    page, problems = render(reports["passed", "zh"], "zh", Theme(tmp_path))
    assert page == ""
    assert [p.code for p in problems] in (["P011"], ["P012"])
    assert "seen" not in capfd.readouterr().out


def test_a_page_without_end_is_cut_off(tmp_path: Path, reports: Reports) -> None:
    rows = "{% for a in r.dimensions %}" * 9 + "x" * 1000 + "{% endfor %}" * 9
    (tmp_path / "unit.html").write_text(rows, encoding="utf-8")
    _, problems = render(reports["passed", "zh"], "zh", Theme(tmp_path))
    assert [p.code for p in problems] == ["P013"]


def test_a_fault_of_a_template_is_told_at_its_line(tmp_path: Path, reports: Reports) -> None:
    (tmp_path / "unit.html").write_text("一\n二\n{% if %}", encoding="utf-8")
    _, problems = render(reports["passed", "zh"], "zh", Theme(tmp_path))
    assert (problems[0].source.line, Path(problems[0].source.file).name) == (3, "unit.html")


def test_a_packs_own_template_is_escaped_and_may_use_the_built_in_charts(tmp_path: Path, reports: Reports) -> None:
    own = '{% import "macros.html" as m with context %}<h1>{{ r.name }}<{{ "<b>" }}</h1>{{ m.radar(r.radar) }}'
    (tmp_path / "unit.html").write_text(own, encoding="utf-8")
    page, problems = render(reports["passed", "zh"], "zh", Theme(tmp_path))
    assert not problems
    assert "&lt;b&gt;" in page
    assert "<svg" in page


def test_the_built_in_templates_also_run_in_the_sandbox(tmp_path: Path, reports: Reports) -> None:
    for (_, lang), report in reports.items():
        assert render(report, lang, Theme(tmp_path)) == render(report, lang)


def test_a_pack_without_templates_uses_the_built_in_ones(tmp_path: Path, root: Path) -> None:
    assert theme_of(tmp_path) == Theme()
    assert theme_of(root) == Theme()
    (tmp_path / "reports" / "templates").mkdir(parents=True)
    assert theme_of(tmp_path).foreign


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
