"""Start a standard of one's own, or a round: a folder that is made whole or not at all, and never over anything."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from ..core.files import reason, write_whole
from ..core.problems import Message, Problems, Source
from ..core.text import quoted
from ..standard.model import Pack
from ..standard.resources import default_pack
from .answer import Answer, Notes, answer
from .messages import NOT_WRITABLE
from .session import loaded_standard

IN_THE_WAY = Message(
    "C017", "error", "{path}已经存在，没有动它", "{path} already exists and was not touched",
    "换一个新文件夹名", "name a new folder",
)  # fmt: skip
PARTS = ("pack.yaml", "criteria", "rules", "reports/templates")
ROUND = """# 批次：本次评定自己的数据。标准里不含地名、年份、人
# A round: what belongs to this run alone; the standard names no place, year or person
round: {name}
title: {name}
reference_date: "{on}"        # 评定日，有效期、年限都算到这一天 the day as of which everything is judged
closed: false                       # 截止以后改为true，没交的材料按标准计 true after the deadline
stage: verified                     # self 自评 self-assessment | verified 核定 checked by others
due: {{}}                             # 谁在哪天以前交，含当天；工作日照calendar.yaml，从次日算起 until when, that day included
#   applicant: "2026-05-29"         #   申报单位
#   township: {{working_days: 5, after: "2026-05-29"}}
#   inspector: {{working_days: 10, after: "2026-05-29"}}
phases: []                          # 网上各阶段的起止，照次序写，不留空当；评定不看 what the web lets in when; judging never asks
#   - {{phase: apply, from: "2026-04-01", until: "2026-05-29"}}       # 申报 application
#   - {{phase: review, from: "2026-05-30", until: "2026-06-12"}}      # 审核 review；inspect, judge, notice, objection, named
lot_seed: null                      # 名单封存后公布 published after the lists are sealed
regions: []                         # - {{code: "990100", name: 某县, level: county, applicants: 0, households: 0}}
registers: []                       # 收到的登记：没有收全以前，“没有记录”不算“没有发生” registers that came in whole
#   - {{register: {register}, whole: true, as_of: "{on}", received: "{on}", by: 提供单位}}
waivers: []                         # 豁免 granted waivers
corrections: []                     # 委员会的改动 the committee's changes
decisions: []                       # 截止以后凭哪些决定收件 what lets submissions into a closed round
#   - {{id: 某委〔2026〕1号, kind: grace, units: ["0512"], by: 评定委员会, date: "2026-06-01", until: "2026-06-05", reason: 停电}}
#     kind: grace 宽限，只补没交的 what was missing | correction 更正，只改交过的 what was given | objection 异议，都可以 both
"""
CALENDAR = """# 工作日历：哪几天不上班。放假和调休照国务院办公厅每年的通知填；没填的年份只扣除每周的休息日
# Working days: fill in holidays and made-up working days from the yearly notice; without them only weekends rest
rest: [sat, sun]                    # 每周休息日：mon tue wed thu fri sat sun
holidays: []                        # 放假的日子，一天一个日期，周末也可以写上，写成"年-月-日"
workdays: []                        # 调休上班的周末
"""
STORE = """# 收件 / Submissions

一户一档：每个单位一个文件夹，一次提交一个文件（`0001.evidence.yaml`起），只增不改；材料在它的`documents`里。

- 收件用`meihao import`；进度看`meihao status`。
- 要更正，请再交一份并写明理由。编号的文件不要改动：改动过的会被查出来。
- 自己写的证据（样子见`samples`）也可以直接放在这里，文件名用“编号.evidence.yaml”。

One folder a unit, one file a submission, only ever added. Hand in with `meihao import`, see `meihao status`.
To correct, hand in again with a reason; numbered files that were altered are found out.
"""
EVIDENCE = """# {title}的证据样子：改好单位和内容，文件名换成“编号.evidence.yaml”，放进evidence
# What evidence written by hand looks like: to go into `evidence` as CODE.evidence.yaml
unit: {{code: {code}, kind: {kind}, name: 某{title}}}
observations:
  - by: 填报人
    role: applicant                 # applicant | township | county | inspector | registry
    facts: {{}}                       # 字段见标准的criteria/fields*.yaml，没填的算待补 the fields of the pack
documents: []                       # - {{title: 材料名称, number: 文号, date: 2026-01-01, valid_to: 2027-12-31}}
"""


def new_round(folder: Path, on: date, standard: Path | None = None, cache: Path | None = None) -> Answer[Pack]:
    """Make the folder of a round that is judged as of a day, ready to take forms in, and return its standard.

    The standard (None: the built-in one) may still have errors, since nothing is judged yet.
    """
    return answer(_new, folder, standard, cache, lambda pack: _fill_round(folder, pack, on))


def new_standard(folder: Path, source: Path | None = None, cache: Path | None = None) -> Answer[Pack]:
    """Make the folder of a standard as a copy of another one (None: the built-in one), and return what was copied."""
    return answer(_new, folder, source, cache, lambda _: _fill_standard(folder, source or default_pack()))


def in_the_way(folder: Path) -> Problems:
    """Return a problem where something stands already where a new folder is to be made (C017)."""
    return (IN_THE_WAY.at(Source(str(folder)), path=folder),) if folder.exists() else ()


def _new(notes: Notes, folder: Path, standard: Path | None, cache: Path | None, fill: Callable[[Pack], None]) -> Pack:
    notes.add(in_the_way(folder))
    pack = notes.need(loaded_standard(notes, standard, cache).pack)
    try:
        fill(pack)
    except OSError as failure:
        shutil.rmtree(folder, ignore_errors=True)
        notes.stop(NOT_WRITABLE.at(Source(str(folder)), path=folder, why=reason(failure)))
    return pack


def _fill_standard(folder: Path, source: Path) -> None:
    for part in PARTS:
        if (source / part).is_dir():
            shutil.copytree(source / part, folder / part)
        elif (source / part).is_file():
            write_whole(folder / part, (source / part).read_bytes())


def _fill_round(folder: Path, pack: Pack, on: date) -> None:
    write_whole(folder / "evidence" / "README.md", STORE.encode())
    write_whole(folder / "calendar.yaml", CALENDAR.encode())
    for kind in pack.kinds:
        code = f"{kind.id}-1"
        text = EVIDENCE.format(code=code, kind=kind.id, title=kind.title.zh)
        write_whole(folder / "samples" / f"{kind.id}.evidence.yaml", text.encode())
    register = next((register.id for register in pack.registers), "id")
    text = ROUND.format(name=quoted(folder.name), on=on, register=register)
    write_whole(folder / "round.yaml", text.encode())
