"""Writes reports as files, each whole or not at all: unit reports as PDF or HTML, lists also as XLSX, CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from msgspec.structs import replace

from ..core.canonical import Json, pretty
from ..core.files import reason, write_whole
from ..core.output_set import in_place
from ..core.problems import Lang, Problem, Problems, Source, errors
from ..core.seal import sealed
from ..ranking.results import Ranking
from ..ranking.to_json import to_json as ranking_json
from ..round.model import Round
from ..standard.model import Pack
from . import messages
from .decision import decision, decision_of
from .fangsong import in_type_here
from .lists import ranked_list
from .model import RankedListReport, Report, Table, UnitReport
from .notice import notice
from .official import NoticeReport, OfficialPaper
from .pdf import Stamp, pdf_missing, printable, to_pdf
from .photos import with_pictures
from .phrases.every_page import FILE_NAMES
from .publication import publication_of
from .render import BUILT_IN, Theme, render, template_of
from .sheets import list_sheets, members_table, notice_sheets, notice_table, of_draft, to_csv, to_xlsx
from .typst_press import typst_pdf
from .words import speaker

Format = Literal["pdf", "html"]
Written = tuple[tuple[Path, ...], Problems]
EVERY_ROW = 1_000_000


def write_report(
    report: Report, result: Mapping[str, Json], folder: Path, name: str, wanted: Format, theme: Theme = BUILT_IN,
    pictures: Mapping[str, bytes] = MappingProxyType({}),
) -> Written:  # fmt: skip
    """Write one report as `name.pdf` or `name.html`; HTML where no PDF can be made, and a problem says so.

    `pictures` are the bytes of the photos that the report names.
    """
    form, data, problems = report_bytes(report, result, wanted, theme, pictures)
    return _save(folder / f"{name}.{form}", data, problems) if data else ((), problems)


def report_bytes(
    report: Report, result: Mapping[str, Json], wanted: Format, theme: Theme = BUILT_IN,
    pictures: Mapping[str, bytes] = MappingProxyType({}),
) -> tuple[Format, bytes, Problems]:  # fmt: skip
    """Return one report and the form that it has: HTML where no PDF can be made; b"" with the problems where there is none."""
    before: Problems = ()
    if wanted == "pdf":
        pdf, before = pdf_of(report, result, theme, pictures)
        if pdf or errors(before):
            return "pdf", pdf, before
    html, problems = render(report, report.frame.lang, theme)
    if problems:
        return "html", b"", problems
    return "html", with_pictures(html, {**theme.pictures, **pictures}).encode("utf-8", "replace"), before


def pdf_of(
    report: Report, result: Mapping[str, Json], theme: Theme = BUILT_IN,
    pictures: Mapping[str, bytes] = MappingProxyType({}),
) -> tuple[bytes, Problems]:  # fmt: skip
    """Return the PDF of a report with its result inside, if it has one; b"" with the problems where it cannot be made."""
    shown, warnings = printable(report)
    if isinstance(shown, UnitReport) and set_by_typst(result):
        return _by_typst(shown, result, theme, pictures, warnings)
    html, problems = render(shown, report.frame.lang, theme)
    if problems:
        return b"", problems
    stamp = Stamp(report.frame.day, report.frame.digest, template_of(report).removesuffix(".html"))
    pdf, problems = to_pdf(html, pretty(result).encode() if result else b"", stamp, {**theme.pictures, **pictures})
    return pdf, warnings if pdf else problems


def set_by_typst(result: Mapping[str, Json]) -> bool:
    """Say whether a result names Typst as what sets its pages."""
    made_by = result.get("made_by")
    return isinstance(made_by, Mapping) and "typst" in made_by


def _by_typst(
    report: UnitReport, result: Mapping[str, Json], theme: Theme, pictures: Mapping[str, bytes], warnings: Problems
) -> tuple[bytes, Problems]:
    stamp = Stamp(report.frame.day, report.frame.digest, template_of(report).removesuffix(".html"))
    pdf, problems = typst_pdf(report, pretty(result), stamp, theme.look, {**theme.pictures, **pictures})
    return pdf, warnings if pdf else problems


def _save(path: Path, data: bytes, before: Problems) -> Written:
    try:
        write_whole(path, data)
    except OSError as refused:
        return (), (*before, not_written(path, refused))
    return (path,), before


def not_written(path: Path, refused: OSError) -> Problem:
    place = in_place(path)
    return messages.NOT_WRITTEN.at(Source(str(place)), path=place, why=reason(refused))


def write_ranking(
    ranking: Ranking,
    pack: Pack,
    round_: Round,
    folder: Path,
    lang: Lang,
    made_by: Mapping[str, str] | None = None,
    theme: Theme = BUILT_IN,
) -> Written:
    """Write the ranked list and the public notice as PDF (or HTML), XLSX, CSV and JSON, and official papers as DOCX too.

    Of a draft no official paper is written. The notice carries no machine-readable ranking: what is not to be published is
    not inside it either.
    """
    result = ranking_json(ranking, made_by)
    found, problems = _official_papers(ranking, pack, round_, lang, made_by)
    public, papers = found[0], () if pack.errors else found
    for_all = published(public, result)
    whole = ranked_list(ranking, pack, round_, lang, made_by, EVERY_ROW)
    names = {key: name[lang] for key, name in FILE_NAMES.items()}
    jobs: tuple[tuple[Report, Mapping[str, Json], str], ...] = (
        (ranked_list(ranking, pack, round_, lang, made_by), result, names["list"]),
        *((paper, for_all, names[template_of(paper).removesuffix(".html")]) for paper in papers),
    )
    written = [
        write_report(report, embedded, folder, name, "html" if pdf_missing() else "pdf", theme)
        for report, embedded, name in jobs
    ]
    plain = (*_plain_files(whole, public, result, for_all, names), *_documents(papers, names))
    written += [_save(folder / name, data, ()) for name, data in plain]
    paths = tuple(path for made, _ in written for path in made)
    return paths, (*problems, *pdf_missing(), *(problem for _, said in written for problem in said))


def _official_papers(
    ranking: Ranking, pack: Pack, round_: Round, lang: Lang, made_by: Mapping[str, str] | None
) -> tuple[tuple[NoticeReport, *tuple[OfficialPaper, ...]], Problems]:
    """Return the public notice and, where `decision.yaml` stands beside the round's file, the decision of naming."""
    facts, problems = in_type_here(*publication_of(round_))
    public = notice(ranking, pack, round_, lang, made_by, facts)
    decided, more = decision_of(round_, facts)
    if decided is None:
        return (public,), (*problems, *more)
    named = decision(ranking, pack, round_, lang, made_by, decided, facts.typeface == "fangsong")
    return (public, named), (*problems, *more)


def _documents(papers: Sequence[OfficialPaper], names: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield official papers as documents that an office edits."""
    from .official_docx import to_docx  # late: only lists need it

    for paper in papers:
        yield f"{names[template_of(paper).removesuffix('.html')]}.docx", to_docx(paper)


def published(report: NoticeReport, result: Mapping[str, Json]) -> dict[str, Json]:
    """Return the notice for machines: no more than its page says, who made it, and the digest of the ranking behind it."""
    rows = [{"tier": tier, "name": name, "region": region} for tier, name, region in notice_table(report).rows]
    head = {"schema_version": result["schema_version"], "kind": "notice", "digest": result["digest"]}
    made_by = {"made_by": result["made_by"]} if "made_by" in result else {}
    return sealed({**head, **made_by, "notice": rows})


def _plain_files(
    whole: RankedListReport,
    public: NoticeReport,
    result: Mapping[str, Json],
    for_all: Mapping[str, Json],
    names: Mapping[str, str],
) -> tuple[tuple[str, bytes], ...]:
    t = speaker(whole.frame.lang)
    members = [(one.title, of_draft(members_table(one, whole), whole)) for one in whole.lists]
    lists = (
        (f"{names['list']}.xlsx", to_xlsx(list_sheets(whole), whole.frame.title, whole.frame.draft)),
        (f"{names['list']}.csv", to_csv(members, t("list_name"))),
        (f"{names['list']}.json", pretty(dict(result)).encode()),
    )
    if whole.frame.draft:
        return lists
    return (
        *lists,
        (f"{names['notice']}.xlsx", to_xlsx(notice_sheets(public), public.frame.title)),
        (f"{names['notice']}.csv", to_csv(_by_group(public), t("list_name"))),
        (f"{names['notice']}.json", pretty(dict(for_all)).encode()),
    )


def _by_group(public: NoticeReport) -> list[tuple[str, Table]]:
    return [(one.group, notice_table(replace(public, lists=(one,)))) for one in public.lists]
