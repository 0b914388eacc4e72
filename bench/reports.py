"""Unit reports as PDF: the straightforward page against ours, WeasyPrint against Typst, one process against two, memory.

The straightforward page has the same look and the same text: nested flex boxes for what stands side by side, an inline SVG
for every bar, a circle for every dot, equal digits asked of the font, templates and fonts read anew for every report.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Sequence
from datetime import date
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import weasyprint
from msgspec import Struct
from weasyprint.text.fonts import FontConfiguration

from meihao.advice.again import judge_again
from meihao.assessment.infer.reference import conclude
from meihao.assessment.to_json import to_json
from meihao.core.canonical import Json, pretty
from meihao.pipeline import Judged, judge_units
from meihao.reports import pdf, render
from meihao.reports.batch import ReportJob, batch
from meihao.reports.fetcher import deny_all, fonts_only
from meihao.reports.fonts import font_faces_css
from meihao.reports.model import UnitReport
from meihao.reports.press import pdf_toolchain_versions, typst_toolchain_versions
from meihao.reports.unit import unit_report
from meihao.reports.workers import Limits
from meihao.reports.write import Written, pdf_of, write_report
from meihao.round.read import lone_round

from . import sample
from .timing import Line, Table, against, interleaved

PLAIN = "WeasyPrint, the straightforward page"
OURS = "WeasyPrint, ours"
TYPST = "Typst"
DAY = date(2026, 6, 30)
ONE, TWO = "one process", "two processes"
_BAR = re.compile(r'<div class="bar (\w+)"><i style="width:(\d+)%"></i><i style="width:(\d+)%"></i></div>')
_DOTS = re.compile(r'<path d="((?:M[\d.]+ [\d.]+h0 ?)+)" stroke="([^"]+)" stroke-width="([\d.]+)"[^>]*/>')
_FLEX = """
.checks.one { columns: 1 } .twin { display: flex } .twin .left { display: block; flex: 0 0 58mm }
.twin .right { display: block; flex: 1 1 auto } .twin .half { display: block; flex: 1 1 0 }
.colophon .pair { display: flex } .colophon dt { display: block; flex: 0 0 27mm }
.colophon dd { display: block; flex: 1 1 auto } .colophon .beside { display: flex }
.colophon .code { display: block; flex: 0 0 25mm } .colophon .words { display: block; flex: 1 1 auto }
html { font-variant-numeric: tabular-nums } </style>"""


class Paper(Struct, frozen=True):
    """A report with its result, set by WeasyPrint or by Typst."""

    report: UnitReport
    result: dict[str, Json]


def run(rounds: int = 4, reports: int = 4, batch_of: int = 16, long_run: int = 500) -> Table:
    judged = _judged(rounds * reports + 1)
    by_weasyprint = [_paper(one, judged, pdf_toolchain_versions()) for one in judged[: rounds * reports]]
    by_typst = [_paper(one, judged, typst_toolchain_versions()) for one in judged[: rounds * reports]]
    for setter in (pdf_toolchain_versions(), typst_toolchain_versions()):
        _pdf(_paper(judged[-1], judged, setter))  # fonts are read once in a process, by either program
    seconds = interleaved(
        {
            PLAIN: _in_turn(_straightforward, by_weasyprint, reports),
            OURS: _in_turn(_pdf, by_weasyprint, reports),
            TYPST: _in_turn(_pdf, by_typst, reports),
        },
        rounds,
    )
    lines = against(PLAIN, seconds, reports, "ms", 1e3, {OURS: 0.8})
    faster = Line(
        f"{TYPST} against {OURS}", seconds[TYPST] / reports * 1e3, "ms", seconds[TYPST] / seconds[OURS], 0.125
    )
    return Table(
        "Unit reports as PDF (CPU time of a report)",
        PLAIN,
        (*lines, faster, *_side_by_side(by_weasyprint, batch_of)),
        (_memory(by_weasyprint, long_run),),
    )


def _in_turn(work: Callable[[Paper], bytes], papers: Sequence[Paper], each: int) -> Callable[[], object]:
    """Return work on the next few papers at every call: Typst remembers what it has set, so no report may come twice."""
    coming = cycle(papers)
    return lambda: [work(next(coming)) for _ in range(each)]


def _judged(wanted: int) -> tuple[Judged, ...]:
    """Return units of the sample round, judged as if each stood alone with these peers."""
    pack = sample.default()
    units = [sample.read(text, pack) for text in sample.texts()[: max(wanted, 40)]]
    return tuple(judge_units(pack, lone_round(DAY), units, conclude, whole_round=False))


def _paper(one: Judged, judged: Sequence[Judged], setter: dict[str, str]) -> Paper:
    made: dict[str, Json] = {"program": "meihao", "version": "bench", **setter}
    peers = [other.assessment for other in judged]
    again = judge_again(sample.default(), one.assessment, one.case)
    report = unit_report(
        sample.default(), lone_round(DAY), one.assessment, one.case, peers, None, "zh", made, again=again
    )
    return Paper(report, to_json(one.assessment, made))


def _pdf(paper: Paper) -> bytes:
    data, problems = pdf_of(paper.report, paper.result)
    if not data:
        raise RuntimeError(problems[0].text("en"))
    return data


def _straightforward(paper: Paper) -> bytes:
    """Set a page as one would write it first."""
    render._built_in.cache_clear()
    shown, _ = pdf.printable(paper.report)
    page, _ = render.render(shown, "zh")
    page = _DOTS.sub(_circles, _BAR.sub(_svg_bar, page)).replace("</style>", _FLEX, 1)
    folder, config = pdf.font_folder(), FontConfiguration()
    css = weasyprint.CSS(string=font_faces_css(folder), url_fetcher=fonts_only(folder), font_config=config)
    attached = weasyprint.Attachment(string=pretty(paper.result), name="result.json", url_fetcher=deny_all())
    html = weasyprint.HTML(string=page, url_fetcher=deny_all(), base_url="")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open
        data: bytes = html.write_pdf(
            stylesheets=[css], font_config=config, attachments=[attached], pdf_variant="pdf/a-3a", pdf_tags=True
        )
    return data


def _svg_bar(found: re.Match[str]) -> str:
    rects = "".join(
        f'<rect width="{width}" height="6" fill="{fill}"/>'
        for width, fill in ((100, "#e3e8eb"), (found[2], "#9aa9d6"), (found[3], "#0f5868"))
    )
    head = '<svg viewBox="0 0 100 6" width="100%" height="1.5mm" preserveAspectRatio="none">'
    return f"{head}<title>{found[3]}%</title>{rects}</svg>"


def _circles(found: re.Match[str]) -> str:
    points = re.findall(r"M([\d.]+) ([\d.]+)h0", found[1])
    radius = float(found[3]) / 2
    return "".join(f'<circle cx="{x}" cy="{y}" r="{radius:g}" fill="{found[2]}"/>' for x, y in points)


class _Into(Struct, frozen=True):
    """Writes a numbered report into a folder: the work of the processes that are compared."""

    folder: Path

    def __call__(self, given: tuple[int, Paper]) -> Written:
        number, paper = given
        return write_report(paper.report, paper.result, self.folder, f"r{number}", "pdf")


def _side_by_side(papers: Sequence[Paper], wanted: int) -> tuple[Line, ...]:
    """Return the time by the clock of a batch by one process and by two, their start included."""
    seconds = {name: _clock(papers, wanted, processes) for name, processes in ((ONE, 1), (TWO, 2))}
    return tuple(
        Line(
            f"a batch of {wanted}, by the clock: {name}",
            took / wanted * 1e3,
            "ms",
            took / seconds[ONE],
            1 / 1.4 if name == TWO else None,
        )
        for name, took in seconds.items()
    )


def _clock(papers: Sequence[Paper], wanted: int, processes: int) -> float:
    with TemporaryDirectory() as folder:
        orders = [ReportJob(f"r{n}", "", (n, papers[n % len(papers)])) for n in range(wanted)]
        start = perf_counter()
        made = list(batch(_Into(Path(folder)), orders, Path(folder), processes))
        took = perf_counter() - start
    if not all(one.paths for one in made):
        raise RuntimeError("a report of the batch was not made")
    return took


def _memory(papers: Sequence[Paper], wanted: int) -> str:
    """Return how much memory a single process holds as it makes many reports."""
    if not Path("/proc/self/statm").exists():
        return "memory: not measured on this system"
    with TemporaryDirectory() as folder:
        orders = [ReportJob(f"r{n}", "", (n, papers[n % len(papers)])) for n in range(wanted)]
        held = [
            paths
            for one in batch(_Held(Path(folder)), orders, Path(folder), 1, Limits(jobs=wanted))
            for paths in one.paths
        ]
    sizes = [int(path.name) for path in held]
    early = max(sizes[: max(len(sizes) // 5, 1)])
    return (
        f"memory of one process over {wanted} reports: {early >> 20} MB after a fifth, {sizes[-1] >> 20} MB at the end"
    )


class _Held(Struct, frozen=True):
    """Makes a report and answers with the bytes that its process holds, as the name of a path."""

    folder: Path

    def __call__(self, given: tuple[int, Paper]) -> Written:
        _pdf(given[1])
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return (Path(str(pages * 4096)),), ()
