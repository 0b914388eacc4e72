"""Prints what changed between two rankings, as the page that answers a unit and as the same JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from ..core.canonical import Json
from ..core.problems import Lang
from ..core.text import Label
from ..ranking.answers import Answer, Comparison, Moved, Rival
from ..ranking.behind import Brought, Cause, label
from ..ranking.compare import Change, What
from ..standard.model import ROLES
from .printing import chooser, several
from .rank import SEAT, WAITS

SCHEMA_VERSION = "1"
WHAT: Mapping[What, Label] = {
    "setting": Label("设定", "setting"), "list": Label("榜单", "list"), "state": Label("结论", "state"),
    "figure": Label("分数", "figure"), "key": Label("同分比较", "tie key"), "rank": Label("名次", "rank"),
    "grade": Label("等次", "grade"), "reason": Label("依据", "reason"), "tier": Label("档次", "tier"),
    "open": Label("未定的名额", "open seat"), "seats": Label("名额", "seats"),
}  # fmt: skip
SETTING = {
    "round": Label("批次", "round"), "profile": Label("榜单方案", "tier profile"), "pack": Label("标准", "standard"),
    "edition": Label("版本", "edition"), "pack_digest": Label("标准的校验值", "digest of the standard"),
    "stage": Label("阶段", "stage"), "reference_date": Label("评定日", "reference date"), "by": Label("按什么排", "ranked by"),
    "still_tied": Label("还同分时", "still tied"), "lot_seed": Label("抽签种子", "seed of the lot"),
    "figure_places": Label("小数位", "decimals"),
}  # fmt: skip
STATE = {
    "passed": Label("通过", "passed"), "undetermined": Label("待定", "undetermined"), "failed": Label("未通过", "failed"),
    "outside": Label("不在榜上", "on no list"),
}  # fmt: skip
CONTEXT, RULE = Label("全批的比较值", "value across the round"), Label("规则", "rule")
NONE = Label("—")
SHOWN = 3  # rivals on the page; JSON has all


class Book(Struct, frozen=True):
    """The words for what rankings name by id; without details an id stands for itself.

    `profiles` and `deciding` are of the old and the new ranking; the latter by unit.
    """

    titles: Mapping[str, Mapping[str, Label]]
    profiles: tuple[str, str] = ("", "")
    deciding: tuple[Mapping[str, Label], Mapping[str, Label]] = ({}, {})

    def title(self, what: str, name: str) -> Label:
        return self.titles.get(what, {}).get(name, Label(name))

    def tier(self, name: str, new: bool) -> Label:
        """Return a tier's title, of the new ranking's profile or the old one's."""
        known = self.titles.get("tier", {}).get(f"{self.profiles[new]}.{name}")
        return known or Label(name)

    def key(self, name: str, kind: str) -> Label:
        """Return a tie key of a kind of unit in words: `percent_of(dimension.party)`."""
        figure, _, argument = name.rstrip(")").partition("(")
        if figure == "percent_of":
            of = self.title("dimension", f"{kind}.{argument.removeprefix('dimension.')}")
            return Label(f"{of.zh}得分率", f"percent of {of['en']}")
        return Label("重大问题数", "major findings") if name == "findings(major)" else Label(name)


def book_of(old: Mapping[str, Json], new: Mapping[str, Json], profiles: tuple[str, str]) -> Book:
    """Return the words that two details hold; empty ones have none."""
    titles: dict[str, dict[str, Label]] = {}
    for body in (old, new):
        for what, several_ in _map(body.get("titles")).items():
            titles.setdefault(what, {}).update({name: label(one) for name, one in _map(several_).items()})
    return Book(titles, profiles, (_deciding(old), _deciding(new)))


def _deciding(body: Mapping[str, Json]) -> dict[str, Label]:
    units = ((code, _map(unit).get("deciding")) for code, unit in _map(body.get("units")).items())
    told = ((code, [label(one) for one in texts]) for code, texts in units if isinstance(texts, list))
    return {code: Label("；".join(t.zh for t in texts), "; ".join(t["en"] for t in texts)) for code, texts in told}


def _map(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}


# ---- one change in words


def _spoken(change: Change, book: Book, kind: str = "") -> tuple[Label, Label, Label]:
    """Return what changed, what it was and what it is."""
    values = [_value(change, text, n, book) if text else NONE for n, text in enumerate((change.before, change.after))]
    name = WHAT[change.what]
    if change.what == "setting":
        name = SETTING.get(change.subject, Label(change.subject))
    elif change.what == "key":
        of = book.key(change.where, kind)
        name = Label(f"{name.zh}（{of.zh}）", f"{name.en} ({of['en']})")
    elif change.what == "open":
        of = book.tier(change.where, bool(change.after))
        name = Label(f"“{of.zh}”{name.zh}", f"{name.en} of “{of['en']}”")
    elif change.what == "seats":
        group, _, tier = change.where.partition(" ")
        parts = (
            book.title("list", group),
            book.tier(tier, bool(change.after)),
            Label(f"地区{change.subject}", f"region {change.subject}"),
        )
        name = Label("".join((*(p.zh for p in parts), name.zh)), ", ".join((*(p["en"] for p in parts), name.en)))
    return name, values[0], values[1]


def _value(change: Change, text: str, side: int, book: Book) -> Label:
    match change.what:
        case "state":
            return STATE.get(text, Label(text))
        case "grade" | "list":
            return book.title(change.what, text)
        case "open":
            return WAITS.get(text, Label(text))
        case "reason":
            return book.deciding[side].get(change.subject) or Label(text)
        case _:
            return Label(text)


def _place(moved: Moved, answer: Answer, book: Book) -> Label:
    """Return a place in a sentence: lost or taken, why, and who has it now or had it before."""
    tier, seats = (
        book.tier(moved.tier, bool(moved.after)),
        [SEAT.get(seat, Label(seat)) for seat in (moved.before, moved.after)],
    )
    if moved.before and moved.after:
        return Label(
            f"“{tier.zh}”的名额由{seats[0].zh}改为{seats[1].zh}",
            f"the place in “{tier['en']}” was by {seats[0]['en']} and is now by {seats[1]['en']}",
        )
    why, rivals = _why(moved, answer, book), _rivals(moved)
    if moved.before:
        zh, en = f"失去“{tier.zh}”的名额：{why.zh}", f"lost its place in “{tier['en']}”: {why['en']}"
        zh, en = (
            (f"{zh}；名额现归{rivals.zh}", f"{en}; the place is now with {rivals['en']}") if rivals.zh else (zh, en)
        )
        order = moved.reserve
        return Label(f"{zh}；现为递补第{order}", f"{en}; now number {order} in reserve") if order else Label(zh, en)
    zh = f"取得“{tier.zh}”的名额（{seats[1].zh}）：{why.zh}"
    en = f"took a place in “{tier['en']}” ({seats[1]['en']}): {why['en']}"
    return Label(f"{zh}；原归{rivals.zh}", f"{en}; it was with {rivals['en']}") if rivals.zh else Label(zh, en)


def _why(moved: Moved, answer: Answer, book: Book) -> Label:
    lost = not moved.after
    spoken = {change.what: _spoken(change, book, answer.kind) for change in answer.changes}
    match moved.why:
        case "committee":
            did = Label("移出", "removed it") if lost else Label("列入", "added it")
            return Label(f"{moved.by}{did.zh}，理由：{moved.reason}", f"{moved.by} {did['en']}: {moved.reason}")
        case "no_tier":
            return Label("只有一份排名有这一档", "only one of the rankings has this tier")
        case "state":
            now = spoken["state"][2] if "state" in spoken else NONE
            gone = Label("不在新的排名里", "it is not in the new ranking")
            return gone if now == NONE else Label(f"现在{now.zh}", f"it is now {now['en']}")
        case "tied":
            return (
                Label("同分，名额未定", "tied, the seat is open")
                if lost
                else Label("同分已分出先后", "the tie is broken")
            )
        case "grade":
            name, was, now = spoken.get("grade", (WHAT["grade"], NONE, NONE))
            return Label(f"{name.zh}由{was.zh}变为{now.zh}", f"its {name['en']} went from {was['en']} to {now['en']}")
        case "figure":
            name, was, now = spoken.get("figure", (WHAT["figure"], NONE, NONE))
            return Label(
                f"本单位{name.zh}由{was.zh}变为{now.zh}", f"its {name['en']} went from {was['en']} to {now['en']}"
            )
        case "others":
            return Label(f"本单位分数没有{'降' if lost else '升'}（{answer.figure}），是别的单位变了",
                         f"its own figure is no {'lower' if lost else 'higher'} ({answer.figure}), others changed")  # fmt: skip
        case "settings":
            return Label("单位的分数没有变，是设定、名额或委员会的决定变了",
                         "no figure changed, but settings, seats or the committee's decisions did")  # fmt: skip


def _rivals(moved: Moved) -> Label:
    told = [_rival(one) for one in moved.rivals[:SHOWN]]
    more = len(moved.rivals) - len(told)
    zh, en = "、".join(one.zh for one in told), ", ".join(one["en"] for one in told)
    return Label(f"{zh}等{len(moved.rivals)}个单位", f"{en} and {more} more") if more else Label(zh, en)


def _rival(one: Rival) -> Label:
    figure = one.after if one.before == one.after else f"{one.before or NONE.zh} → {one.after or NONE.zh}"
    zh, en = (f"，第{one.rank}名", f", rank {one.rank}") if one.rank else ("", "")
    return Label(f"{one.name}（{one.unit}，{figure}{zh}）", f"{one.name} ({one.unit}, {figure}{en})")


# ---- the page


def page(found: Comparison, book: Book, lang: Lang) -> Iterator[str]:
    """Yield settings and seats, then unit by unit what it is told, then how many changes there are."""
    for change in (*found.settings, *found.seats):
        yield _line(change, book, lang)
    for answer in found.answers:
        if not _only_rank(answer):
            yield from _answer(answer, book, lang)
    if shifted := [answer for answer in found.answers if _only_rank(answer)]:
        yield _shifted(shifted, lang)
    yield _counts(found, lang)


def _counts(found: Comparison, lang: Lang) -> str:
    say, units = chooser(lang), len(found.answers)
    total = say(f"共{found.count()}处变化", several(found.count(), "change"))
    lost = sum(any(not one.after for one in answer.places) for answer in found.answers)
    took = sum(any(not one.before for one in answer.places) for answer in found.answers)
    some = several(units, "unit")
    moved = say(
        f"，{units}个单位：{lost}个失去名额，{took}个取得名额", f", {some}: {lost} lost a place, {took} took one"
    )
    return total + moved if units else total


def _line(change: Change, book: Book, lang: Lang, kind: str = "") -> str:
    name, was, now = (each[lang] for each in _spoken(change, book, kind))
    return f"{name}{chooser(lang)('：', ': ')}{was} → {now}"


def _answer(answer: Answer, book: Book, lang: Lang) -> Iterator[str]:
    """Yield a unit's name, its places, what else changed, and the facts behind it.

    Who is on the list no more, or was not before, has no rank, grade or tie key to compare.
    """
    yield _name(answer, lang)
    yield from (f"  {_place(moved, answer, book)[lang]}" for moved in answer.places)
    shown = [c for c in answer.changes if (c.before and c.after) or c.what not in ("rank", "grade", "key")]
    yield from (f"  {_line(change, book, lang, answer.kind)}" for change in shown)
    if not answer.places and not answer.changes:
        yield chooser(lang)("  名次和分数没有变", "  rank and figure did not change")
    yield from _causes(answer.causes, lang)


def _name(answer: Answer, lang: Lang) -> str:
    name = chooser(lang)(f"{answer.name}（{answer.unit}）", f"{answer.name} ({answer.unit})")
    return name if answer.name else answer.unit


def _only_rank(answer: Answer) -> bool:
    """Say whether a unit stands elsewhere only because others changed."""
    return not answer.places and not answer.causes and [change.what for change in answer.changes] == ["rank"]


def _shifted(found: Sequence[Answer], lang: Lang) -> str:
    """Return the units that stand elsewhere only because others changed, on one line."""
    say = chooser(lang)
    ranks = (f"{_name(one, lang)} {one.changes[0].before} → {one.changes[0].after}" for one in found)
    return say("别的单位变了，名次跟着变的：", "rank only, because others changed: ") + say("、", ", ").join(ranks)


def _causes(causes: Sequence[Cause], lang: Lang, deep: int = 1) -> Iterator[str]:
    for cause in causes:
        kind = {"context": CONTEXT, "rule": RULE}.get(cause.what)
        title = f"{kind[lang]} {cause.title[lang]}" if kind else cause.title[lang]
        name = chooser(lang)(f"（{cause.id}）", f" ({cause.id})") if cause.what == "item" else ""
        yield f"{'    ' * deep}{title}{name}  {cause.before[lang]} → {cause.after[lang]}"
        yield from (f"{'    ' * deep}  ← {_source(one, lang)}" for one in cause.brought)
        yield from _causes(cause.causes, lang, deep + 1)


def _source(one: Brought, lang: Lang) -> str:
    """Return where a value comes from: the file, who saw it, who handed it in, why."""
    say = chooser(lang)
    role = next((label_[lang] for known, label_ in ROLES.items() if known == one.role), "")
    parts = [one.file, say(f"{one.observer}（{role}）", f"{one.observer} ({role})") if role else one.observer]
    if one.number:
        parts.append(say(f"{one.date} {one.by}交", f"handed in by {one.by} on {one.date}"))
    parts += [say(f"原文件{one.original}", f"from {one.original}")] if one.original else []
    parts += [say(f"凭决定{one.decision}", f"by decision {one.decision}")] if one.decision else []
    parts += [say(f"理由：{one.reason}", f"reason: {one.reason}")] if one.reason else []
    return say("，", ", ").join(part for part in parts if part)


# ---- the same as JSON


def to_json(found: Comparison, book: Book, digests: tuple[str, str]) -> dict[str, Json]:
    """Return `{schema_version, kind, old, new, changes, settings, seats, units}`; words in both languages."""
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": "comparison",
        "old": digests[0],
        "new": digests[1],
        "changes": found.count(),
        "settings": [_change_json(change, book) for change in found.settings],
        "seats": [_change_json(change, book) for change in found.seats],
        "units": [_answer_json(answer, book) for answer in found.answers],
    }


def _answer_json(answer: Answer, book: Book) -> Json:
    return {
        "unit": answer.unit,
        "name": answer.name,
        "places": [_moved_json(moved, answer, book) for moved in answer.places],
        "changes": [_change_json(change, book, answer.kind) for change in answer.changes],
        "causes": [_cause_json(cause) for cause in answer.causes],
    }


def _moved_json(moved: Moved, answer: Answer, book: Book) -> Json:
    rivals: list[Json] = [
        {"unit": r.unit, "name": r.name, "before": r.before, "after": r.after, "rank": r.rank} for r in moved.rivals
    ]
    return {
        "list": moved.list, "tier": moved.tier, "title": _both(book.tier(moved.tier, bool(moved.after))), "before": moved.before,
        "after": moved.after, "why": moved.why, "by": moved.by, "reason": moved.reason, "instead": rivals,
        "reserve": moved.reserve, "text": _both(_place(moved, answer, book)),
    }  # fmt: skip


def _change_json(change: Change, book: Book, kind: str = "") -> Json:
    name, was, now = _spoken(change, book, kind)
    raw: dict[str, Json] = {"what": change.what, "subject": change.subject, "where": change.where}
    return {**raw, "title": _both(name), "before": _both(was), "after": _both(now)}


def _cause_json(cause: Cause) -> Json:
    return {
        "what": cause.what, "id": cause.id, "title": _both(cause.title), "before": _both(cause.before),
        "after": _both(cause.after), "brought": [_brought_json(one) for one in cause.brought],
        "causes": [_cause_json(one) for one in cause.causes],
    }  # fmt: skip


def _brought_json(one: Brought) -> Json:
    return {
        "file": one.file, "observer": one.observer, "role": one.role, "number": one.number, "date": one.date,
        "by": one.by, "reason": one.reason, "original": one.original, "decision": one.decision,
    }  # fmt: skip


def _both(label_: Label) -> Json:
    return {"zh": label_.zh, "en": label_["en"]}
