"""The inspection record as a page: each value recorded, each value taken and each count is the evidence's and the case's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tests.one_result.printed import Row, bare, blocks, sections, tables

from meihao.core.numbers import plain
from meihao.core.unknown import Unknown
from meihao.evidence.model import Observation, Value
from meihao.pipeline import Judged
from meihao.reports.protocol import protocol
from meihao.reports.render import render
from meihao.round.model import Round
from meihao.standard.model import Field, Pack

SIGNS = {"＝": "一致", "≠": "有出入", "?": "未定", "·": "一人"}


def printed(one: Judged, pack: Pack, round_: Round) -> tuple[Sequence[tuple[str, str]], Sequence[Row]]:
    """Return the counts above the table of facts, and its rows without the bands of dimensions."""
    assert one.evidence is not None
    page, problems = render(protocol(pack, round_, one.evidence, one.case, one.assessment, "zh"), "zh")
    assert not problems
    read = blocks(page)
    texts = [block.text for block in read if block.tag == "span"]
    at = texts.index("事项")
    counts = list(zip(texts[at : at + 10 : 2], texts[at + 1 : at + 10 : 2], strict=True))
    facts = tables(dict(sections(read, "h2"))["记录对照"])[0]
    return counts, [row for row in facts if len(row) > 1]


def test_counts_and_values(default_pack: Pack, sample_round: Round, some: Sequence[Judged]) -> None:
    signs: Counter[str] = Counter()
    for one in some:
        counts, rows = printed(one, default_pack, sample_round)
        found = Counter(row[-1][0] for row in rows)
        assert counts == [("事项", str(len(rows))), *((f"{s}{word}", str(found[s])) for s, word in SIGNS.items())]
        fields = fields_by_title(one, default_pack)
        assert sorted(row[0] for row in rows) == sorted(fields)
        for row in rows:
            check(row, fields[row[0]], one)
        signs += found
    assert set(signs) == set(SIGNS)


def fields_by_title(one: Judged, pack: Pack) -> dict[str, Field]:
    """Return the fields of which anything is recorded, by their titles as printed."""
    assert one.evidence is not None
    recorded = {seen.field for seen in one.evidence.observations}
    units = {field.id: f"（{field.measured_in.zh}）" if field.measured_in.zh else "" for field in pack.fields}
    return {bare(field.title.zh + units[field.id]): field for field in pack.fields if field.id in recorded}


def check(row: Row, field: Field, one: Judged) -> None:
    """A number taken is the one that is judged by; every number that was recorded stands in its row."""
    fact = one.case.facts[field.id]
    open_ = isinstance(fact.value, Unknown) or bool(fact.held)
    if row[-1][0] == "?":
        checked = any(f.effect == "hold_item" for f in one.assessment.findings)
        assert open_ or checked, (one.case.code, field.id)
    else:
        assert not open_, (one.case.code, field.id)
        taken = row[-2].partition("（")[0] if "两人平均" in row[-2] or "中位数" in row[-2] else row[-2]
        assert not isinstance(fact.value, Unknown)
        assert taken in ("（敏感，不印）", *shown(field, fact.value)) or not countable(fact.value)
    if not field.sensitive:
        for seen in recorded(field, one):
            assert any(text in cell for text in shown(field, seen.value) for cell in row[1:-2])


def recorded(field: Field, one: Judged) -> Iterator[Observation]:
    """Yield the records of a field that count rows or hold a number; of one inspector the last."""
    assert one.evidence is not None
    found = [seen for seen in one.evidence.observations if seen.field == field.id and countable(seen.value)]
    last = {seen.observer: seen for seen in sorted(found, key=lambda seen: str(seen.day)) if seen.role == "inspector"}
    yield from (seen for seen in found if seen.role != "inspector")
    yield from last.values()


def countable(value: Value) -> bool:
    return isinstance(value, int | Fraction | tuple) and not isinstance(value, bool)


def shown(field: Field, value: Value) -> Iterator[str]:
    if isinstance(value, tuple):
        yield f"{len(value)}行"
    elif isinstance(value, int | Fraction):
        yield plain(value) + ("%" if field.type == "percent" else "")
