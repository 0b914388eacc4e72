"""Reports -> files, each whole or not at all: unit reports as PDF or HTML, lists also as XLSX, CSV and JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from ..core.canonical import Json, digest_bytes, pretty
from ..core.files import write_whole
from ..core.problems import Lang, Problem, Problems, Source, errors
from ..ranking.results import Ranking
from ..ranking.to_json import to_json as ranking_json
from ..round.model import Round
from ..standard.model import Pack
from . import messages
from .lists import notice, ranked_list
from .model import NoticeReport, RankedListReport, Report, Table
from .pdf import Stamp, pdf_missing, printable, to_pdf
from .render import BUILT_IN, Theme, render
from .sheets import list_sheets, members_table, notice_sheets, notice_table, to_csv, to_xlsx
from .words import speaker

Format = Literal["pdf", "html"]
Written = tuple[tuple[Path, ...], Problems]
NAMES = {"list": {"zh": "排名名单", "en": "ranked-list"}, "notice": {"zh": "公示名单", "en": "public-notice"}}
EVERY_ROW = 1_000_000
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]|^[. ]+|[. ]+$')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")


def file_name(text: str) -> str:
    """Return a name that every file system takes; one that had to be changed ends in a digest, so that names stay apart.

    >>> file_name("V-0007"), file_name("../a")[:3]
    ('V-0007', '_a-')
    """
    fit = _UNFIT.sub("_", text)[:60]
    if fit == text and fit and not _RESERVED.match(fit):
        return fit
    return f"{re.sub('_+', '_', fit) or '_'}-{digest_bytes(text.encode('utf-8', 'replace'))[7:15]}"


def write_report(
    report: Report, result: Mapping[str, Json], folder: Path, name: str, wanted: Format, theme: Theme = BUILT_IN
) -> Written:
    """Write one report as `name.pdf` or `name.html`; HTML where no PDF can be made, and a problem says so."""
    lang = report.frame.lang
    if wanted == "pdf":
        shown, warnings = printable(report)
        html, problems = render(shown, lang, theme)
        if problems:
            return (), problems
        stamp = Stamp(report.frame.day, report.frame.digest)
        pdf, problems = to_pdf(html, pretty(result).encode(), stamp)
        if pdf:
            return _save(folder / f"{name}.pdf", pdf, warnings)
        if errors(problems):
            return (), problems
        return _with_html(report, folder, name, theme, problems)
    return _with_html(report, folder, name, theme, ())


def _with_html(report: Report, folder: Path, name: str, theme: Theme, before: Problems) -> Written:
    html, problems = render(report, report.frame.lang, theme)
    return ((), problems) if problems else _save(folder / f"{name}.html", html.encode("utf-8", "replace"), before)


def _save(path: Path, data: bytes, before: Problems) -> Written:
    try:
        write_whole(path, data)
    except OSError as refused:
        return (), (*before, _not_written(path, refused))
    return (path,), before


def _not_written(path: Path, refused: OSError) -> Problem:
    return messages.NOT_WRITTEN.at(Source(str(path)), path=path, why=refused.strerror or refused)


def write_ranking(
    ranking: Ranking,
    pack: Pack,
    round_: Round,
    folder: Path,
    lang: Lang,
    made_by: Mapping[str, str] | None = None,
    theme: Theme = BUILT_IN,
) -> Written:
    """Write the ranked list and the public notice as PDF (or HTML), XLSX, CSV and JSON.

    The notice carries no machine-readable ranking: what is not to be published is not inside it either.
    """
    result = ranking_json(ranking, made_by)
    committee = ranked_list(ranking, pack, round_, lang, made_by)
    public = notice(ranking, pack, round_, lang, made_by)
    published = _published(public, result)
    whole = ranked_list(ranking, pack, round_, lang, made_by, EVERY_ROW)
    names = {key: NAMES[key][lang] for key in NAMES}
    paths: list[Path] = []
    problems: list[Problem] = list(pdf_missing())
    jobs: tuple[tuple[Report, Mapping[str, Json], str], ...] = (
        (committee, result, names["list"]),
        (public, published, names["notice"]),
    )
    for report, embedded, name in jobs:
        made, said = write_report(report, embedded, folder, name, "html" if pdf_missing() else "pdf", theme)
        paths += made
        problems += said
    for name, data in _plain_files(whole, public, result, published, names):
        made, said = _save(folder / name, data, ())
        paths += made
        problems += said
    return tuple(paths), tuple(problems)


def _published(report: NoticeReport, result: Mapping[str, Json]) -> dict[str, Json]:
    """Return the notice for machines: no more than its page says, and the digest of the ranking behind it."""
    rows = [{"tier": tier, "name": name, "region": region} for tier, name, region in notice_table(report).rows]
    head = {"schema_version": result["schema_version"], "kind": "notice", "digest": result["digest"]}
    return {**head, "notice": rows}


def _plain_files(
    whole: RankedListReport,
    public: NoticeReport,
    result: Mapping[str, Json],
    published: Mapping[str, Json],
    names: Mapping[str, str],
) -> tuple[tuple[str, bytes], ...]:
    t = speaker(whole.frame.lang)
    members = [(one.title, members_table(one, whole)) for one in whole.lists]
    return (
        (f"{names['list']}.xlsx", to_xlsx(list_sheets(whole), whole.frame.title)),
        (f"{names['list']}.csv", to_csv(members, t("list_name"))),
        (f"{names['list']}.json", pretty(dict(result)).encode()),
        (f"{names['notice']}.xlsx", to_xlsx(notice_sheets(public), public.frame.title)),
        (f"{names['notice']}.csv", to_csv(_by_group(public), t("list_name"))),
        (f"{names['notice']}.json", pretty(dict(published)).encode()),
    )


def _by_group(public: NoticeReport) -> list[tuple[str, Table]]:
    return [(one[0], notice_table(replace(public, lists=(one,)))) for one in public.lists]
