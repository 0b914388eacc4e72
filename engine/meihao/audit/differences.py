"""Says in plain words how a published result differs from the present one: where, what it was, and what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..assessment.explain.vocabulary import PackLabels
from ..assessment.explain.words import OUTCOME, VERDICT
from ..core.canonical import Json
from ..core.label import NO, YES
from ..core.problems import LANGS
from ..core.text import Label
from ..reports.clean import clean
from ..standard.model import Pack
from .model import Difference

_KEYS = ("id", "unit", "rule", "code", "tier", "region", "name")
_FIRST = {"units": Label("单位", "unit")}  # of details; further in, `units` are those of a ranked list
_ABSENT = Label("（没有）", "(nothing)")
_EMPTY = Label("（空）", "(empty)")
_BOTH = frozenset(LANGS)  # the keys of a text that stands in both languages
_PARTS = {
    "lo": Label("得分", "points"), "hi": Label("最高可得", "points at most"), "points": Label("满分", "full mark"),
    "outcome": Label("结果", "outcome"), "measured": Label("实测值", "measured"), "of": Label("分子分母", "part and whole"),
    "reason": Label("理由", "reason"), "values": Label("数值", "values"), "why": Label("缺什么", "what is missing"),
    "parts": Label("分项", "parts"), "late": Label("截止未提供", "not in before the deadline"),
    "items": Label("指标", "criterion"), "nodes": Label("合计", "sum"), "raw": Label("折算前", "before reweighting"),
    "applicable": Label("适用满分", "applicable full marks"), "findings": Label("核查发现", "finding"),
    "adjustments": Label("合计的调整", "line of a sum"), "node": Label("合计", "sum"),
    "lines": Label("等次线", "line of a grade"), "bonuses": Label("加分", "bonus"), "bonus": Label("加分", "bonus"),
    "base": Label("基础分", "base"), "total": Label("总分", "total"), "grade": Label("等次", "grade"),
    "best_grade": Label("最高可达等次", "best grade"), "verdict": Label("结论", "verdict"),
    "verdict_without_waivers": Label("不计豁免的结论", "verdict without waivers"),
    "state": Label("状态", "state"), "deciding": Label("依据", "decided by"), "kind": Label("类别", "kind"),
    "unit": Label("单位", "unit"), "name": Label("名称", "name"), "code": Label("编号", "code"),
    "region": Label("地区", "region"), "round": Label("批次", "round"), "stage": Label("阶段", "stage"),
    "reference_date": Label("评定日", "reference date"), "closed": Label("已截止", "closed"),
    "pack": Label("标准", "standard"), "edition": Label("版本", "edition"), "digest": Label("校验值", "digest"),
    "context": Label("同批数据", "the round's values"), "context_digest": Label("同批数据校验值", "digest of the round's values"),
    "lists": Label("名单", "list"), "units": Label("通过的单位", "passed unit"),
    "waiting": Label("待定的单位", "undetermined unit"), "failed": Label("未通过的单位", "unit that failed"),
    "tiers": Label("档次", "tier"), "members": Label("入榜", "place"),
    "reserve": Label("递补", "reserve"), "rank": Label("名次", "rank"), "figure": Label("排名依据的分", "figure"),
    "seat": Label("名额", "seat"), "next": Label("下一名", "next"), "distance": Label("领先", "lead"),
    "keys": Label("排序依据", "key"), "regions": Label("地区名额", "seats by region"), "open": Label("未定名额", "open seats"),
    "notice": Label("公示", "notice"), "tier": Label("档次", "tier"),
    "ranking": Label("背后的排名", "ranking behind"), "fields": Label("数据项", "field"), "rules": Label("规则", "rule"),
    "facts": Label("填报", "fact"), "value": Label("值", "value"), "rows": Label("各行", "rows"), "from": Label("来源", "source"),
    "documents": Label("材料", "document"), "title": Label("名称", "title"), "by": Label("填报人", "by"),
    "role": Label("身份", "role"), "date": Label("日期", "date"), "file": Label("文件", "file"),
    "received": Label("收件", "received"), "number": Label("文号", "number"),
}  # fmt: skip
Path = tuple[str, ...]


def differences(was: Json, now: Json, pack: Pack) -> tuple[Difference, ...]:
    """Return every difference between two results, in the order of the published one."""
    old, new = (dict(_leaves(value, ())) for value in (was, now))
    words, groups = tuple(PackLabels.of(pack, lang) for lang in LANGS), {group.id: group.title for group in pack.groups}
    paths = [p for p in dict.fromkeys((*old, *new)) if old.get(p, _ABSENT) != new.get(p, _ABSENT)]
    return tuple(Difference(_where(p, words, groups), old.get(p, _ABSENT), new.get(p, _ABSENT)) for p in paths)


def _leaves(value: Json, path: Path) -> Iterator[tuple[Path, Label]]:
    """Yield the place and the words of each single value; lines of a list go by their name where all have one of their own."""
    if isinstance(value, Mapping):
        if not value:
            yield path, _EMPTY
        if value.keys() == _BOTH:
            yield path, Label(*(clean(str(value[lang])) for lang in LANGS))
            return
        for name, inner in value.items():
            yield from _leaves(inner, (*path, name))
    elif isinstance(value, list | tuple):
        if not value:
            yield path, _EMPTY
        for name, inner in zip(_names(value), value, strict=True):
            yield from _leaves(inner, (*path, name))
    else:
        yield path, _word(value, path)


def _names(lines: list[Json] | tuple[Json, ...]) -> list[str]:
    """Return a name for each line of a list: its own where they differ, else its number."""
    for key in _KEYS:
        names = [str(line[key]) for line in lines if isinstance(line, Mapping) and isinstance(line.get(key), str)]
        if len(names) == len(lines) == len(set(names)):
            return names
    return [f"#{number}" for number in range(1, len(lines) + 1)]


def _word(value: Json, path: Path) -> Label:
    if value is None:
        return _ABSENT
    if isinstance(value, bool):
        return YES if value else NO
    text = clean(str(value))
    table: Mapping[str, Label] = {"outcome": OUTCOME, "state": VERDICT}.get(path[-1] if path else "", {})
    return table.get(text, Label(text) if text else _EMPTY)


def _where(path: Path, words: tuple[PackLabels, ...], groups: Mapping[str, Label]) -> Label:
    first: Label | str = _FIRST.get(path[0], path[0]) if path else ""
    names = (first, *path[1:])
    zh, en = (" · ".join(_part(name, one, groups) for name in names) for one in words)
    return Label(zh, en)


def _part(name: str | Label, words: PackLabels, groups: Mapping[str, Label]) -> str:
    known = name if isinstance(name, Label) else _PARTS.get(name) or groups.get(name)
    return known[words.lang] if known else clean(words.name(str(name)))
