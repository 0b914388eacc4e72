"""The page of the standard: every criterion of a kind, narrowed by a field, in both languages."""

from __future__ import annotations

import re
from typing import Any

import pytest

from meihao.standard.model import Pack, leaves


@pytest.mark.parametrize("kind", ["village", "community", "compound"])
def test_every_criterion_and_rule_stands_on_it(client: Any, default_pack: Pack, kind: str) -> None:
    text = client.get("/standard", {"kind": kind}).text
    assert re.findall(r'<section class="criterion" id="([^"]+)"', text) == [
        c.id for c in leaves(default_pack.standard(kind))
    ]
    for rule in (rule for rule in default_pack.rules if kind in rule.kinds):
        assert f"<dt>{rule.title.zh}</dt>" in text, rule.id


def test_a_criterion_says_how_it_is_scored_and_gives_examples(client: Any) -> None:
    text = client.get("/standard", {"kind": "village"}).text
    section = text[text.index('id="village.party.contact_households"') :].partition("</section>")[0]
    assert "60%及以下得0分；100%及以上得4分；其间按比例。" in section
    assert "全部农户都有党员联系，满分" in section
    assert "正好60%，0分" in section


def test_fields_stand_in_the_order_of_the_standard_with_the_minutes_that_each_takes(
    client: Any, default_pack: Pack
) -> None:
    text = client.get("/standard", {"kind": "compound"}).text
    options = re.findall(r'<option value="([^"]+)"', text)
    order = [field.id for field in default_pack.fields if field.id in options]
    assert options == order
    field = default_pack.field("buildings.total")
    assert field.minutes
    assert f"<dd>{field.title.zh}（申报单位填，约{field.minutes}分钟）</dd>" in text


def test_a_field_shows_only_what_reads_it(client: Any) -> None:
    text = client.get("/standard", {"kind": "village", "field": "survey.aware"}).text
    assert re.findall(r'<section class="criterion" id="([^"]+)"', text) == ["village.cogovernance.rules_awareness"]
    assert "只显示用到“知道村规民约的答卷数”的条款" in text
    assert '<option value="survey.aware" selected>' in text


@pytest.mark.parametrize("field", ["nothing", "<script>alert(1)</script>"])
def test_an_unknown_field_narrows_nothing(client: Any, field: str) -> None:
    text = client.get("/standard", {"field": field}).text
    assert "<script>alert" not in text
    assert text.count('<section class="criterion"') > 10


def test_an_unknown_kind_is_said(client: Any) -> None:
    text = client.get("/standard", {"kind": "city"}).text
    assert "标准里没有这一类单位，下面是村的标准。" in text


def test_english_is_english_but_for_the_names_of_cases(client: Any) -> None:
    text = client.get("/standard?lang=en&kind=compound").text
    inside = text[text.index("<main") : text.index("</main>")]
    left = re.sub(r'<dd (lang="zh-CN"|class="basis")>.*?</dd>', "", inside, flags=re.DOTALL)
    found = re.findall(r"[\u4e00-\u9fff]+", left)
    assert found == [], found[:5]


def test_nothing_is_sent_to_it(client: Any) -> None:
    assert client.post("/standard").status_code in (403, 405)
