"""Says what changed between two rankings in words: one change, a place lost or taken, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from ..core.text import Label
from .answers import Answer, Moved, Rival
from .compare import Change, What
from .details_file import DetailsRecord, Titles, label
from .words import SEAT, WAITS

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


def book_of(
    titles: Sequence[Titles], profiles: tuple[str, str], details: tuple[DetailsRecord, DetailsRecord] | None
) -> Book:
    """Return the words that titles hold, the later ones first; and what decided, from the details of both rankings."""
    known: dict[str, dict[str, Label]] = {}
    for one in titles:
        for what, names in one.items():
            known.setdefault(what, {}).update({name: label(title) for name, title in names.items()})
    return Book(known, profiles, (_deciding(details[0]), _deciding(details[1])) if details else ({}, {}))


def _deciding(details: DetailsRecord) -> dict[str, Label]:
    told = ((code, [label(one) for one in unit.deciding or ()]) for code, unit in details.units.items())
    return {code: Label("；".join(t.zh for t in texts), "; ".join(t["en"] for t in texts)) for code, texts in told}


def change_said(change: Change, book: Book, kind: str = "") -> tuple[Label, Label, Label]:
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


def place_said(moved: Moved, answer: Answer, book: Book) -> Label:
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
    spoken = {change.what: change_said(change, book, answer.kind) for change in answer.changes}
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


def _rival(rival: Rival) -> Label:
    figure = rival.after if rival.before == rival.after else f"{rival.before or NONE.zh} → {rival.after or NONE.zh}"
    zh, en = (f"，第{rival.rank}名", f", rank {rival.rank}") if rival.rank else ("", "")
    return Label(f"{rival.name}（{rival.unit}，{figure}{zh}）", f"{rival.name} ({rival.unit}, {figure}{en})")
