"""A small standard to write cases for."""
# ruff: noqa: E501  (entries stand whole on their lines)

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

FILES = {
    "pack.yaml": """
    pack: small
    title: 小标准
    edition: "1"
    status: draft
    issued_by: null
    notice: 只供测试
    kinds: {place: {title: 地方}, other: {title: 别处}}
    groups: {all: {title: 全部, kinds: [place, other]}}
    numbers: {item_places: 2}
    score: {base: 10}
    missing_evidence: {when_closed: zero}
    grades: [{id: good, title: 达标, lines: [{of: base, at_least: 6}]}]
    pass_grade: good
    registers: {log: {title: 台账登记, kept_by: 登记部门}}
    """,
    "criteria/fields.yaml": """
    fields:
      homes: {title: 户数, type: count, range: [0, 100], kinds: [place, other], provided_by: applicant}
      org: {title: 组织, type: yes_no, kinds: [place], provided_by: applicant}
      log:
        title: 台账
        type: table
        rows_at_most: 9
        kinds: [place]
        provided_by: registry
        when_absent: empty
        register: log
        columns: {ok: {title: 合格, type: yes_no}}
    """,
    "criteria/place/d.yaml": """
    kind: place
    dimension: d
    title: 维度
    points: 10
    criteria:
      - id: homes
        title: 户数
        points: 4
        asks: [homes]
        measure: {field: homes}
        score: {linear: [{value: 0, points: 0}, {value: 3, points: 4}]}
        basis: {from: ours}
      - id: org
        title: 组织
        points: 3
        asks: [org]
        score: {any_of: [{title: 甲, when: org, evidence: [{document: 批复}]}, {title: 乙, points: 1, when: any_row(log, where=ok)}]}
        basis: {from: ours}
      - id: rank
        title: 名次
        points: 2
        asks: [homes]
        measure: {rank_in_round: homes}
        score: {yes_no: {at_most: 1}}
        evidence: [{document: 说明}]
        basis: {from: ours}
      - id: both
        title: 户数和组织
        points: 1
        asks: []
        score: {yes_no: 'outcome("place.d.homes") == "met" and points("place.d.org") >= 1'}
        basis: {from: ours}
    """,
    "criteria/other/d.yaml": """
    kind: other
    dimension: d
    title: 维度
    points: 10
    criteria:
      - {id: homes, title: 户数, points: 10, asks: [homes], measure: {field: homes}, score: {yes_no: {at_least: 1}}, basis: {from: ours}}
    """,
    "rules/checks.yaml": """
    checks:
      - {id: many, title: 户数多, kinds: [place], when: homes > 50, unknown: flag, effect: none, severity: minor, say: 户数多, basis: {from: ours}}
    """,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(
            dedent(text).replace("when: any_row(log, where=ok)", 'when: "any_row(log, where=ok)"'), encoding="utf-8"
        )
    fields = tmp_path / "criteria/place/d.yaml"
    fields.write_text(
        fields.read_text(encoding="utf-8").replace("asks: [org]\n", "asks: [org, log]\n"), encoding="utf-8"
    )
    return tmp_path
