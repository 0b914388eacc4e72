"""Bad evidence and bad rounds: each names its place, what is wrong and how to mend it, in Chinese and English; frozen.

`messages.txt` holds what a user reads. `make goldens` writes it anew; read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from meihao.core.problems import Problems
from meihao.evidence.files import read_evidence
from meihao.round.read import check_units, read_round_file
from meihao.standard.model import Pack

GOLDEN = Path(__file__).parent / "messages.txt"
EVIDENCE = """unit: {code: C-1, kind: compound, name: 示例小区, region: "990100"}
observations:
  - by: 示例小区业委会
    role: applicant
    date: 2026-05-20
    facts:
      households: 412
      property.route: company
      green.rate: 31.5
      owners.filed: true
      lifts:
        - {code: L1, inspected_until: 2026-12-31, maintained_by: 甲维保}
documents:
  - {title: 物业服务合同, number: 示合1号, date: 2025-01-01, valid_to: 2027-12-31, proves: [property.route]}
"""
ROUND = """round: r1
title: 示例批次
reference_date: "2026-06-30"
closed: true
stage: verified
profile: nested
decisions:
  - {id: 甲委宽1号, kind: grace, units: [C-1], by: 甲县委, date: "2026-07-01", until: "2026-07-05", reason: 停电}
  - {id: 甲委异1号, kind: objection, units: all, by: 甲县委, date: "2026-07-01", until: "2026-07-20", reason: 异议成立}
regions:
  - {code: "990100", name: 甲县, level: county, applicants: 90, households: 120000}
registers:
  - {register: incidents, whole: true, as_of: "2026-06-30", received: "2026-07-02", by: 甲县数据局, regions: ["990100"]}
waivers:
  - unit: C-1
    waiver: survey_by_relocation
    granted_by: 甲县委
    granted_on: "2026-03-01"
    until: "2026-12-31"
    document: 甲委豁1号
    reason: 整体搬迁
"""
BAD_EVIDENCE = {
    "数字写成文字": ("households: 412", "households: 四百多"),
    "数字带别的单位": ("households: 412", "households: 412栋"),
    "户数有小数": ("households: 412", "households: 412.5"),
    "户数超出范围": ("households: 412", "households: 41200"),
    "户数为负": ("households: 412", "households: -3"),
    "户数为零": ("households: 412", "households: 0"),
    "户数是真假": ("households: 412", "households: true"),
    "户数是日期": ("households: 412", "households: 2026-05-20"),
    "户数是一张表": ("households: 412", "households: [1, 2]"),
    "百分数写成小数": ("green.rate: 31.5", "green.rate: 0.315"),
    "百分数超过一百": ("green.rate: 31.5", "green.rate: 131"),
    "选项不存在": ("property.route: company", "property.route: compny"),
    "选项写成数字": ("property.route: company", "property.route: 1"),
    "是否写成大概": ("owners.filed: true", "owners.filed: 大概"),
    "是否写成yes": ("owners.filed: true", "owners.filed: yes"),
    "字段名写错": ("households: 412", "housholds: 412"),
    "不是这类单位的字段": ("households: 412", "toilets.sanitary: 12"),
    "台账写成数字": (
        "      lifts:\n        - {code: L1, inspected_until: 2026-12-31, maintained_by: 甲维保}",
        "      lifts: 3",
    ),
    "台账的列写错": ("inspected_until: 2026-12-31", "inspected_untill: 2026-12-31"),
    "台账的日期不存在": ("inspected_until: 2026-12-31", 'inspected_until: "2026-02-30"'),
    "台账的日期是文字": ("inspected_until: 2026-12-31", "inspected_until: 年底"),
    "编号写成数字": ("code: L1", "code: 1"),
    "台账的格是空的": ("maintained_by: 甲维保", 'maintained_by: ""'),
    "文字太长": ("maintained_by: 甲维保", "maintained_by: " + "很" * 2001),
    "表格错误值": ("households: 412", 'households: "#REF!"'),
    "类别写错": ("kind: compound", "kind: compund"),
    "没有编号": ("code: C-1, ", ""),
    "编号是数字": ("code: C-1", "code: 12"),
    "没有名称": (", name: 示例小区", ""),
    "多出来的键": ("unit: {code: C-1", "unit: {cod: x, code: C-1"),
    "身份写错": ("role: applicant", "role: aplicant"),
    "身份写中文": ("role: applicant", "role: 申报单位"),
    "没有填报人": ("  - by: 示例小区业委会\n    role", "  - role"),
    "核查员没有姓名": ("by: 示例小区业委会\n    role: applicant", "by: 检查员\n    role: inspector"),
    "记录日期不存在": ("date: 2026-05-20", "date: 2026-02-30"),
    "记录日期晚于评定日": ("date: 2026-05-20", "date: 2026-07-01"),
    "截至日期晚于记录日期": ("date: 2026-05-20", "date: 2026-05-20\n    as_of: 2026-05-21"),
    "截至日期晚于评定日": ("date: 2026-05-20", "date: 2026-07-02\n    as_of: 2026-07-01"),
    "没有观察记录": ("observations:", "observation:"),
    "材料没有名称": ("{title: 物业服务合同, number", "{number"),
    "材料证明的字段不存在": ("proves: [property.route]", "proves: [property.rout]"),
    "材料日期写错": ("date: 2025-01-01", "date: 2025/01/01"),
    "材料校验值写错": ("proves: [property.route]", "sha256: abc"),
    "地区不在批次里": ('region: "990100"', 'region: "990101"'),
    "地区编号没加引号": ('region: "990100"', "region: 990100"),
    "重复的字段": ("households: 412", "households: 412\n      households: 413"),
    "缩进用了制表符": ("      households: 412", "\thouseholds: 412"),
    "全角冒号": ("households: 412", "households：412"),
    "冒号后没有空格": ("households: 412", "households:412"),
    "没写值": ("households: 412", "households:"),
    "前导零": ("households: 412", "households: 0412"),
    "引号没有合上": ("name: 示例小区", 'name: "示例小区'),
    "括号没有合上": ("maintained_by: 甲维保}", "maintained_by: 甲维保"),
    "用了锚点": ("households: 412", "households: &h 412"),
    "用了标签": ("households: 412", "households: !!int 412"),
    "两份文档": ("documents:", "---\ndocuments:"),
    "整个是一句话": (EVIDENCE, "单位：示例小区"),
    "空文件": (EVIDENCE, ""),
    "整个是列表": (EVIDENCE, "- 1\n"),
}
BAD_ROUNDS = {
    "评定日不存在": ('"2026-06-30"', '"2026-06-31"'),
    "评定日带时间": ('"2026-06-30"', "2026-06-30 08:00"),
    "没有评定日": ('reference_date: "2026-06-30"\n', ""),
    "截止写成是": ("closed: true", "closed: 是"),
    "阶段写错": ("stage: verified", "stage: verifed"),
    "方案不存在": ("profile: nested", "profile: nestd"),
    "地区没有名称": (", name: 甲县", ""),
    "地区编号没加引号": ('{code: "990100"', "{code: 990100"),
    "上级地区不存在": ("level: county", 'level: county, parent: "99"'),
    "申报数为负": ("applicants: 90", "applicants: -1"),
    "豁免不存在": ("waiver: survey_by_relocation", "waiver: survey_by_relocaton"),
    "豁免太长": ('until: "2026-12-31"', 'until: "2028-12-31"'),
    "豁免日期写错": ('granted_on: "2026-03-01"', "granted_on: 三月一日"),
    "豁免没有理由": ("    reason: 整体搬迁\n", ""),
    "豁免给了没有的单位": ("unit: C-1", "unit: C-77"),
    "决定编号用了两次": ("甲委异1号", "甲委宽1号"),
    "决定的期限早于日期": ('until: "2026-07-05"', 'until: "2026-06-05"'),
    "决定的类别写错": ("kind: objection", "kind: objecton"),
    "决定没写哪些单位": ("units: [C-1], ", ""),
    "决定的单位写成全部": ("units: all", "units: 全部"),
    "登记不存在": ("register: incidents", "register: incident"),
    "登记的地区不存在": ('regions: ["990100"]', 'regions: ["990101"]'),
    "登记没有写由谁提供": (", by: 甲县数据局", ""),
    "登记先收到后截至": ('received: "2026-07-02"', 'received: "2026-06-02"'),
    "登记早于评定日": ('as_of: "2026-06-30"', 'as_of: "2026-06-29"'),
    "登记没有收全": ("whole: true", "whole: false"),
    "多出来的键": ("closed: true", "closed: true\nclose: true"),
}


def bad_evidence(name: str, pack: Pack, folder: Path) -> Problems:
    file = folder / "C-1.evidence.yaml"
    old, new = BAD_EVIDENCE[name]
    assert EVIDENCE.count(old) >= 1
    file.write_text(EVIDENCE.replace(old, new, 1), encoding="utf-8")
    (folder / "round.yaml").write_text(ROUND, encoding="utf-8")
    round_, _ = read_round_file(folder / "round.yaml", pack)
    assert round_ is not None
    units, problems = read_evidence(file, pack)
    return problems or check_units(round_, units)


def bad_round(name: str, pack: Pack, folder: Path) -> Problems:
    file = folder / "round.yaml"
    old, new = BAD_ROUNDS[name]
    assert ROUND.count(old) >= 1
    file.write_text(ROUND.replace(old, new, 1), encoding="utf-8")
    (folder / "C-1.evidence.yaml").write_text(EVIDENCE, encoding="utf-8")
    round_, problems = read_round_file(file, pack)
    if round_ is None:
        return problems
    units, _ = read_evidence(folder / "C-1.evidence.yaml", pack)
    return (*problems, *check_units(round_, units))


def said(name: str, problems: Problems, folder: Path) -> str:
    lines = [f"# {name}"]
    for problem in problems:
        lines += [problem.text(lang).replace(f"{folder}{os.sep}", "") for lang in ("zh", "en")]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def everything(default_pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    found = {}
    for kind, names, read in (("证据", BAD_EVIDENCE, bad_evidence), ("批次", BAD_ROUNDS, bad_round)):
        for name in names:
            folder = tmp_path_factory.mktemp("bad")
            title = f"{kind}·{name}"
            found[title] = said(title, read(name, default_pack, folder), folder)
    if os.environ.get("MEIHAO_REWRITE_GOLDENS"):
        GOLDEN.write_text("\n\n".join(found.values()) + "\n", encoding="utf-8")
    return found


@pytest.mark.parametrize("title", [*(f"证据·{n}" for n in BAD_EVIDENCE), *(f"批次·{n}" for n in BAD_ROUNDS)])
def test_a_bad_file_is_refused_in_the_frozen_words(everything: dict[str, str], title: str) -> None:
    frozen = {block.splitlines()[0][2:]: block for block in GOLDEN.read_text(encoding="utf-8").strip().split("\n\n")}
    assert everything[title] == frozen[title]


def test_every_bad_file_is_refused_with_a_place_and_a_fix(everything: dict[str, str]) -> None:
    for title, text in everything.items():
        lines = text.splitlines()[1:]
        assert lines, title
        assert all(line.startswith(("C-1.evidence.yaml", "round.yaml")) for line in lines), title
        said = [
            line.endswith(("）", ")")) or any(word in line for word in ("应", "expected", "must")) for line in lines
        ]
        assert all(said), title
