"""What stands behind a ranking, by hand: words for ids, each fact with whoever said it, each document with its submission."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace
from tests.assessment.packs import judge, make_case, make_pack

from meihao.core.problems import Source
from meihao.core.text import Label
from meihao.core.unknown import Unknown, Why
from meihao.evidence.model import Document, Observation, Received
from meihao.ranking.details import details, titles, words
from meihao.round.model import Fact
from meihao.standard.model import Group

from .builders import pack as small
from .builders import profile, tier

FIELDS = "{paid: {type: yes_no, title: 已交, title_en: paid}, visits: {type: count}}"
PAPERS = "evidence: [{document: 合同, document_en: Contract}, {document: 照片}]"
JUDGED_BY = make_pack(f"[{{id: fees, points: 5, asks: [paid], score: {{yes_no: paid}}, {PAPERS}}}]", FIELDS)
PACK = replace(
    JUDGED_BY,
    profiles=(profile(tier("ten"), tier("all")),),
    groups=(Group("rural", Label("乡村", "Villages"), ("place",)), Group("urban", Label("城市"), ())),
)
CAME = Received(date(2026, 5, 20), "王某", "漏数", "a.xlsx", number=2)


def test_words_are_one_text_where_both_languages_say_the_same() -> None:
    assert words(Label("走访")) == words(Label("走访", "走访")) == "走访"
    assert words(Label("走访", "visits")) == Label("走访", "visits")


def test_titles_name_lists_tiers_grades_dimensions_and_the_documents_that_have_an_english_title() -> None:
    assert titles(PACK) == {
        "document": {"合同": Label("合同", "Contract")},
        "list": {"rural": Label("乡村", "Villages"), "urban": "城市"},
        "tier": {"p.ten": "ten", "p.all": "all"},
        "grade": {"good": "good"},
        "dimension": {"place.d": "d"},
    }
    assert titles(small(profile(tier()))) == {
        "document": {},
        "list": {"rural": "村社区", "urban": "小区"},
        "tier": {"p.ten": "ten"},
        "grade": {"qualified": "达标", "model": "示范"},
        "dimension": {
            f"{kind}.{name}": title
            for kind in ("village", "community", "compound")
            for name, title in (("satisfaction", "满意"), ("party", "党建"))
        },
    }


def test_a_fact_says_who_said_it_when_of_which_day_and_how_it_came_in() -> None:
    seen = Observation("paid", True, "甲", "county", date(2026, 5, 2), Source("/x/round/U/0002.yaml"))
    later = replace(seen, as_of=date(2026, 4, 1), day=None, received=CAME)
    unsettled = Unknown((Why("numbers_disagree", "visits"),))
    case = make_case(JUDGED_BY, {"visits": unsettled})
    facts = {**case.facts, "paid": Fact(True, (seen, later)), "visits": Fact(unsettled, (seen,))}
    paper = Document("合同", "1号", "某公司", date(2025, 1, 1), None, (), "ab", Source("/x/U/0001.yaml"), CAME)
    case = replace(case, facts=facts, documents=(paper,))
    body = details(PACK, [(case, judge(JUDGED_BY, {"paid": True}, documents=(paper,)))], "sha256:r")["body"]
    assert isinstance(body, dict)
    assert body["ranking"] == "sha256:r"
    assert body["items"] == {"place.d.fees": {"title": "fees", "asks": ["paid"], "documents": ["合同", "照片"]}}
    assert body["fields"] == {
        "paid": {"title": {"zh": "已交", "en": "paid"}, "columns": {}},
        "visits": {"title": "visits", "columns": {}},
    }
    first = {"by": "甲", "role": "county", "date": "2026-05-02", "file": "U/0002.yaml", "received": None}
    how = {"number": 2, "date": "2026-05-20", "by": "王某", "reason": "漏数", "file": "a.xlsx"}
    second = {**first, "date": "", "as_of": "2026-04-01", "received": how}
    unit = body["units"]["U"]
    assert unit["facts"] == {
        "paid": {"value": {"zh": "是", "en": "yes"}, "from": [first, second]},
        "visits": {"value": None, "from": [first]},
    }
    assert unit["items"] == {"place.d.fees": {"lo": "0", "hi": "5", "outcome": "unknown"}}  # 照片 is missing
    parts = {"issuer": "某公司", "date": "2025-01-01", "valid_to": "", "sha256": "ab"}
    assert unit["documents"] == [
        {"title": "合同", "number": "1号", "parts": parts, "file": "U/0001.yaml", "received": how}
    ]
    assert unit["findings"] == unit["context"] == {}
