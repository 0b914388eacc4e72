"""A published result, the standard and the evidence in; whether the same comes out again out: the result, then its pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher
from itertools import zip_longest

from msgspec import Struct

from .. import __version__
from ..assessment.results import Assessment
from ..assessment.to_json import to_json
from ..core.canonical import Json, digest
from ..core.problems import LANGS, Lang, errors
from ..core.text import Label
from ..ranking.rank import rank
from ..ranking.results import Ranking
from ..ranking.to_json import to_json as ranking_json
from ..reports.clean import clean
from ..reports.lists import ranked_list
from ..reports.model import Report, UnitReport
from ..reports.notice import notice
from ..reports.press import press
from ..reports.publication import publication_of
from ..reports.render import Theme
from ..reports.seal import first_part
from ..reports.summary import summary
from ..reports.write import pdf_of, published
from ..round.model import Round
from .checks import Standard, pack_of
from .child import ask
from .differences import differences
from .model import Check, Difference, Document, Record

BODY = Label("重新评定", "judged anew")
PAGES = Label("重新排版", "set anew")
LINES_SHOWN = 40
MadeBy = Mapping[str, str]
Paper = tuple[Report, Mapping[str, bytes]]  # a document and the pictures that it names
UnitPaper = Callable[[str, Lang, MadeBy], Paper]


class Again(Struct, frozen=True):
    """What the evidence gives now: the round, every assessment by code, how a unit's report is made, and in what dress.

    `photos` says whether photos of the appendix were given.
    """

    round: Round
    assessments: Mapping[str, Assessment]
    unit_paper: UnitPaper
    theme: Theme
    photos: bool = False


class Made(Struct, frozen=True):
    """The same result, made again; `papers` make its pages by template, `own_type`: with the machine's 仿宋."""

    result: Mapping[str, Json]
    papers: Mapping[str, Callable[[Lang], Paper]]
    own_type: bool = False


def check_again(document: Document, record: Record, standard: Standard, again: Again | None) -> Iterator[Check]:
    """Yield the check of the result and, for a PDF, of its pages. What could not be made again is said, with the reason."""
    made = _made(document, record, standard, again)
    if isinstance(made, Check):
        yield made
        if document.sheets:
            why = Label(
                "结果没有重新得出，页面也就无从比较",
                "without the result made anew there is nothing to compare the pages with",
            )
            yield Check("pages", "not_checked", PAGES, why)
        return
    part = "notice" if record.kind == "notice" else "body"
    same = record.data[part] == made.result[part] and record.data["digest"] == made.result["digest"]
    if same:
        yield Check("body", "holds", BODY, Label("从证据得出同样的结果", "the evidence gives the same result"))
    else:
        found = _differences(record, made, standard)
        said = Label(
            f"从证据得出的结果有{len(found)}处不同", f"the evidence gives another result: {len(found)} differences"
        )
        yield Check("body", "fails", BODY, said, found)
    if document.sheets:
        yield _pages(document, made, again) if again and same else _pages_of_another()


def _pages_of_another() -> Check:
    why = Label("结果已经不同，没有再比页面", "the result is another; its pages were not compared")
    return Check("pages", "not_checked", PAGES, why)


def _differences(record: Record, made: Made, standard: Standard) -> tuple[Difference, ...]:
    part = "notice" if record.kind == "notice" else "body"
    found = differences(record.data[part], made.result[part], standard.pack)
    if found or record.kind != "notice":
        return found
    behind = Label("名单背后的排名", "the ranking behind the notice")
    return (Difference(behind, Label(str(record.data["digest"])), Label(str(made.result["digest"]))),)


def _made(document: Document, record: Record, standard: Standard, again: Again | None) -> Made | Check:
    """Return the result as it comes out now, or the check that says why there is none."""
    named = pack_of(record)
    if again is None:
        return _not(Label("没有给出证据（--round、--evidence）", "no evidence was given (--round, --evidence)"))
    if named and named[2] != standard.pack.digest:
        return _not(Label("这里没有当时所用的标准", "the standard it was made by is not here"))
    if record.kind == "unit":
        return _made_unit(record, again)
    if record.kind == "ranking":
        return _made_ranking(record, standard, again)
    if record.kind == "notice":
        return _made_notice(document, record, standard, again)
    return _not(Label("这种文件本程序不会重做", "this program does not make this kind of document anew"))


def _not(why: Label) -> Check:
    return Check("body", "not_checked", BODY, why)


def _made_by(record: Record) -> MadeBy:
    stated = record.data.get("made_by")
    return {name: str(value) for name, value in stated.items()} if isinstance(stated, Mapping) else {}


def _made_unit(record: Record, again: Again) -> Made | Check:
    body = record.data["body"]
    unit = body.get("unit") if isinstance(body, Mapping) else None
    code = str(unit.get("code")) if isinstance(unit, Mapping) else ""
    if code not in again.assessments:
        who = clean(code)
        return Check("body", "fails", BODY, Label(f"证据里没有单位{who}", f"the evidence holds no unit {who}"))
    made_by = _made_by(record)
    papers = {"unit": lambda lang: again.unit_paper(code, lang, made_by)}
    return Made(to_json(again.assessments[code], made_by), papers)


def _ranked(profile: str, standard: Standard, again: Again) -> Ranking | Check:
    ranking, problems = rank(standard.pack, again.round, again.assessments.values(), profile)
    if ranking is not None:
        return ranking
    first = errors(problems)[0]
    said = Label(f"从证据排不出名单：{first.message_zh}", f"no ranking comes out of the evidence: {first.message_en}")
    return Check("body", "fails", BODY, said)


def _made_ranking(record: Record, standard: Standard, again: Again) -> Made | Check:
    body = record.data["body"]
    profile = str(body["profile"]) if isinstance(body, Mapping) else ""
    ranking = _ranked(profile, standard, again)
    if isinstance(ranking, Check):
        return ranking
    made_by, pack, round_ = _made_by(record), standard.pack, again.round
    units = again.assessments.values()
    papers: dict[str, Callable[[Lang], Paper]] = {
        "ranked_list": lambda lang: (ranked_list(ranking, pack, round_, lang, made_by), {}),
        "summary": lambda lang: (summary(ranking, units, pack, round_, lang, made_by), {}),
    }
    return Made(ranking_json(ranking, made_by), papers)


def _made_notice(document: Document, record: Record, standard: Standard, again: Again) -> Made | Check:
    """Return the notice of the profile and language that the published one was made by; else that of the default ones."""
    default = again.round.profile or standard.pack.default_profile
    names = sorted((profile.id for profile in standard.pack.profiles), key=lambda name: name != default)
    rankings = [one for name in names if isinstance(one := _ranked(name, standard, again), Ranking)]
    if not rankings:
        return _ranked(default, standard, again)  # type: ignore[return-value]  # none came out, so this is the check why
    stated = record.data["digest"]
    chosen = next((one for one in rankings if digest(ranking_json(one)["body"]) == stated), rankings[0])
    made_by = _made_by(record)
    made = [_notice(chosen, lang, standard, again, made_by) for lang in _langs(document)]
    return next((one for one in made if one.result["notice"] == record.data["notice"]), made[0])


def _langs(document: Document) -> tuple[Lang, ...]:
    return (lang_of(document),) if document.sheets else LANGS


def _notice(ranking: Ranking, lang: Lang, standard: Standard, again: Again, made_by: MadeBy) -> Made:
    facts, _ = publication_of(again.round)
    public = notice(ranking, standard.pack, again.round, lang, made_by, facts)
    result = published(public, ranking_json(ranking, made_by))
    return Made(result, {"notice": lambda _: (public, {})}, facts.typeface != "bundled")


def lang_of(document: Document) -> Lang:
    """Return the language of a PDF's pages."""
    return "en" if document.sheets and document.sheets.lang.startswith("en") else "zh"


def _pages(document: Document, made: Made, again: Again) -> Check:
    """Compare the pages with those that the same result gives here."""
    make = made.papers.get(template_of(document))
    if make is None:
        return Check(
            "pages",
            "not_checked",
            PAGES,
            Label("这种页面本程序不会重做", "this program does not set this kind of pages anew"),
        )
    report, pictures = make(lang_of(document))
    pdf, problems = pdf_of(report, made.result, again.theme, pictures)
    if not pdf:
        first = problems[0]
        why = Label(f"这里排不出来：{first.message_zh}", f"they cannot be set here: {first.message_en}")
        return Check("pages", "not_checked", PAGES, why)
    part = first_part(document.data)
    if part == pdf:
        return Check("pages", "holds", PAGES, Label("逐字节相同", "the same, byte for byte"))
    return _by_text(part or document.data, pdf, _versions(made), _hint(report, again))


def _versions(made: Made) -> Label | None:
    """Return in what the program that set the pages differs from the one here; None where it does not."""
    here = {"version": __version__, **press()}
    stated = made.result.get("made_by")
    there = dict(stated) if isinstance(stated, Mapping) else {}
    if made.own_type:
        return Label("用了本机的仿宋", "the machine's own 仿宋 is asked for")
    other = [
        f"{name} {clean(str(there.get(name, '?')))} → {value}"
        for name, value in here.items()
        if there.get(name) != value
    ]
    return Label("、".join(other), ", ".join(other)) if other else None


def template_of(document: Document) -> str:
    """Return which of our documents a PDF says it is."""
    return document.sheets.attached[0].description.partition(" ")[0] if document.sheets else ""


def _hint(report: Report, again: Again) -> Label:
    """Return what may explain other pages; nothing where nothing does."""
    if again.photos or not isinstance(report, UnitReport):
        return Label("")
    return Label("；附有照片的报告，要用--photos给出照片", "; where the report shows photos, give them with --photos")


def _by_text(published: bytes, pdf: bytes, other: Label | None, hint: Label) -> Check:
    """Return what the texts of the pages say, the bytes being different."""
    old, new = ask("texts", published), ask("texts", pdf)
    if isinstance(old, Label) or isinstance(new, Label):
        return Check(
            "pages",
            "fails",
            PAGES,
            Label("不同，页面文字也读不出来", "different, and the text of the pages cannot be read"),
        )
    same = _bare(old) == _bare(new)
    found = () if same else tuple(_lines(old, new))
    if other is None:
        said = Label(
            "同样的版本排出来不同：文件不是原件", "the same versions set it differently: this is not the original file"
        )
        more = (
            Label("，文字相同", "; the text is the same") if same else Label("，文字也不同", "; the text differs too")
        )
        return Check("pages", "fails", PAGES, Label(said.zh + more.zh + hint.zh, said.en + more.en + hint["en"]), found)
    if same:
        zh = f"各页文字相同；图形和版面没有比较，因为排版程序不同（{other.zh}）"
        en = f"the text of every page is the same; drawings and layout were not compared, as the versions differ ({other.en})"
        return Check("pages", "holds", PAGES, Label(zh, en))
    zh, en = (
        f"文字不同；排版程序也不同（{other.zh}），换同样的版本再核对",
        f"the text differs; so do the versions ({other.en}): use the same ones to be sure",
    )
    return Check("pages", "fails", PAGES, Label(zh, en), found)


def _bare(pages: list[str]) -> str:
    return re.sub(r"\s+", "", "".join(pages))


def _lines(old: list[str], new: list[str]) -> Iterator[Difference]:
    """Yield the lines that differ, page by page, as many as people read."""
    left = LINES_SHOWN
    for number, (was, now) in enumerate(zip_longest(old, new, fillvalue=""), 1):
        before, after = was.splitlines(), now.splitlines()
        for tag, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
            if tag != "equal" and left:
                left -= 1
                where = Label(f"第{number}页", f"page {number}")
                yield Difference(where, _said(before[a:b]), _said(after[c:d]))


def _said(lines: list[str]) -> Label:
    text = clean(" ".join(lines))[:200]
    return Label(text) if text else Label("（没有）", "(nothing)")
