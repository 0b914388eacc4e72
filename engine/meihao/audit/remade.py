"""Judges a published result again from the evidence, and says whether the same result and pages come out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct, convert
from msgspec.structs import replace

from ..assessment.published import AssessmentFile
from ..assessment.results import Assessment
from ..assessment.to_json import to_json
from ..core.canonical import digest
from ..core.problems import LANGS, Lang, errors
from ..core.text import Label
from ..ranking.details import details
from ..ranking.details_file import DetailsFile
from ..ranking.published import RankingFile
from ..ranking.rank import rank
from ..ranking.results import Ranking
from ..ranking.to_json import to_json as ranking_json
from ..reports.clean import clean
from ..reports.decision import decision, decision_of
from ..reports.lists import ranked_list
from ..reports.model import Report
from ..reports.notice import notice
from ..reports.notice_file import NoticeFile
from ..reports.publication import publication_of
from ..reports.render import Theme
from ..reports.summary import summary
from ..reports.write import published
from ..round.model import Case, Round
from .checks import Standard, pack_of
from .differences import differences
from .model import Check, Difference, OpenedFile, Record
from .pages import MadeAgain, Paper, check_pages, lang_of, pages_left

BODY = Label("重新评定", "judged again")
MadeBy = Mapping[str, str]
UnitPaper = Callable[[str, MadeBy, Lang], Paper]


class Again(Struct, frozen=True):
    """What the evidence gives now: the round, every case and assessment by code, and the dress of documents.

    `unit_papers` make the documents of a unit by template; `photos` says whether photos of the appendix were given.
    """

    round: Round
    cases: Mapping[str, Case]
    assessments: Mapping[str, Assessment]
    unit_papers: Mapping[str, UnitPaper]
    theme: Theme
    photos: bool = False


def check_again(document: OpenedFile, record: Record, standard: Standard, again: Again | None) -> Iterator[Check]:
    """Yield the check of the result and, for a PDF, of its pages. What could not be made again is said, with the reason."""
    made = _made(document, record, standard, again)
    if isinstance(made, Check):
        yield made
        if document.sheets:
            zh, en = (
                "结果没有重新得出，页面也就无从比较",
                "without the result made again there is nothing to compare with",
            )
            yield pages_left(Label(zh, en))
        return
    part = _part(record)
    same = record.data[part] == made.result[part] and record.data["digest"] == made.result["digest"]
    if same:
        yield Check("body", "holds", BODY, Label("从证据得出同样的结果", "the evidence gives the same result"))
    else:
        found, why = _differences(record, made, standard), _other_conditions(record, made)
        zh, en = (
            f"从证据得出的结果有{len(found)}处不同",
            f"the evidence gives a different result: {len(found)} differences",
        )
        yield Check("body", "fails", BODY, Label(zh + why.zh, en + why["en"]), found)
    if document.sheets and same and again:
        yield check_pages(document, made, again.theme, again.photos)
    elif document.sheets:
        why = Label("结果已经不同，没有再比页面", "the result already differs; the pages were not compared")
        yield pages_left(why)


def _part(record: Record) -> str:
    return "notice" if isinstance(record.file, NoticeFile) else "body"


def _other_conditions(record: Record, made: MadeAgain) -> Label:
    """Return what may explain another result of a unit: that it was judged in another round, or with other peers."""
    if not isinstance(record.file, AssessmentFile):
        return Label("")
    was, now = record.file.body, convert(made.result, AssessmentFile).body
    if was.round != now.round:
        return Label(
            "；阶段、评定日或截止与否也不同，用--round指明当时的批次",
            "; stage, reference date or deadline differ too: name the round with --round",
        )
    if was.context_digest != now.context_digest:
        return Label(
            "；同批数据也不同，要给全批的证据", "; so do the round's values: give the evidence of the whole round"
        )
    return Label("")


def _differences(record: Record, made: MadeAgain, standard: Standard) -> tuple[Difference, ...]:
    part = _part(record)
    found = differences(record.data[part], made.result[part], standard.pack)
    if found or not isinstance(record.file, NoticeFile):
        return found
    behind = Label("名单背后的排名", "the ranking behind the notice")
    return (Difference(behind, Label(record.file.digest), Label(str(made.result["digest"]))),)


def _made(document: OpenedFile, record: Record, standard: Standard, again: Again | None) -> MadeAgain | Check:
    """Return the result as it comes out now, or the check that says why there is none."""
    named = pack_of(record)
    if again is None:
        return _not(Label("没有给出证据（--round、--evidence）", "no evidence was given (--round, --evidence)"))
    if named and named[2] != standard.pack.digest:
        return _not(Label("这里没有当时所用的标准", "the standard it was made by is not here"))
    made_by = _made_by(record)
    if isinstance(record.file, AssessmentFile):
        return _made_unit(record.file.body.unit.code, made_by, again)
    if isinstance(record.file, RankingFile):
        return _made_ranking(record.file.body.profile, made_by, standard, again)
    if isinstance(record.file, NoticeFile):
        return _made_notice(document, record, record.file.digest, standard, again)
    if isinstance(record.file, DetailsFile):
        return _made_details(record.file.body.ranking, standard, again)
    return _not(Label("这种文件本程序不会重做", "this program does not make this kind of document again"))


def _not(why: Label) -> Check:
    return Check("body", "not_checked", BODY, why)


def _made_by(record: Record) -> MadeBy:
    stated = record.data.get("made_by")
    return {name: str(value) for name, value in stated.items()} if isinstance(stated, Mapping) else {}


def _made_unit(code: str, made_by: MadeBy, again: Again) -> MadeAgain | Check:
    if code not in again.assessments:
        who = clean(code)
        return Check("body", "fails", BODY, Label(f"证据里没有单位{who}", f"there is no unit {who} in the evidence"))
    papers = {name: (partial(paper, code, made_by),) for name, paper in again.unit_papers.items()}
    return MadeAgain(to_json(again.assessments[code], made_by), papers)


def _ranked(profile: str, standard: Standard, again: Again) -> Ranking | Check:
    ranking, problems = rank(standard.pack, again.round, again.assessments.values(), profile)
    if ranking is not None:
        return ranking
    first = errors(problems)[0]
    said = Label(f"从证据排不出名单：{first.message_zh}", f"the evidence cannot be ranked: {first.message_en}")
    return Check("body", "fails", BODY, said)


def _made_ranking(profile: str, made_by: MadeBy, standard: Standard, again: Again) -> MadeAgain | Check:
    ranking = _ranked(profile, standard, again)
    if isinstance(ranking, Check):
        return ranking
    pack, round_ = standard.pack, again.round
    units = again.assessments.values()

    def committee(lang: Lang) -> Paper:
        return ranked_list(ranking, pack, round_, lang, made_by), {}

    def overview(lang: Lang) -> Paper:
        return summary(ranking, units, pack, round_, lang, made_by), {}

    return MadeAgain(ranking_json(ranking, made_by), {"ranked_list": (committee,), "summary": (overview,)})


def _ranking_behind(stated: str, standard: Standard, again: Again) -> Ranking | Check:
    """Return the ranking with this digest, be it of any profile; that of the round's own profile where none has it."""
    default = again.round.profile or standard.pack.default_profile
    names = sorted((profile.id for profile in standard.pack.profiles), key=lambda name: name != default)
    rankings = [one for name in names if isinstance(one := _ranked(name, standard, again), Ranking)]
    if not rankings:
        return _ranked(default, standard, again)
    return next((one for one in rankings if digest(ranking_json(one)["body"]) == stated), rankings[0])


def _made_notice(
    document: OpenedFile, record: Record, behind: str, standard: Standard, again: Again
) -> MadeAgain | Check:
    """Return the notice of the ranking and in the language by which the published one was made, else of the default ones."""
    ranking = _ranking_behind(behind, standard, again)
    if isinstance(ranking, Check):
        return ranking
    made_by = _made_by(record)
    langs = (lang_of(document),) if document.sheets else LANGS
    made = [_notice(ranking, lang, standard, again, made_by) for lang in langs]
    return next((one for one in made if one.result["notice"] == record.data["notice"]), made[0])


def _notice(ranking: Ranking, lang: Lang, standard: Standard, again: Again, made_by: MadeBy) -> MadeAgain:
    """Return the notice and the decision of naming behind which the ranking stands.

    Both in the bundled typeface and, where 仿宋 is asked for, in that: another machine may have had it.
    """
    facts, _ = publication_of(again.round)
    asked = dict.fromkeys(("bundled", facts.typeface))
    public = [
        notice(ranking, standard.pack, again.round, lang, made_by, replace(facts, typeface=typeface))
        for typeface in asked
    ]
    facts_of_decision, _ = decision_of(again.round, facts)
    decided = [
        decision(ranking, standard.pack, again.round, lang, made_by, facts_of_decision, typeface == "fangsong")
        for typeface in asked
        if facts_of_decision
    ]
    result = published(public[0], ranking_json(ranking, made_by))
    papers: dict[str, Sequence[Report]] = {"notice": public, "decision": decided}
    return MadeAgain(
        result, {key: tuple(partial(_as_it_is, one) for one in found) for key, found in papers.items() if found}
    )


def _as_it_is(report: Report, _: Lang) -> Paper:
    return report, {}


def _made_details(behind: str, standard: Standard, again: Again) -> MadeAgain | Check:
    """Return what stands behind the ranking with the digest `behind`."""
    ranking = _ranking_behind(behind, standard, again)
    if isinstance(ranking, Check):
        return ranking
    judged = [(again.cases[unit], assessment) for unit, assessment in again.assessments.items()]
    return MadeAgain(details(standard.pack, judged, str(ranking_json(ranking)["digest"])), {})
