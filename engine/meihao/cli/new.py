"""`new pack DIR`, `new round DIR`: a folder to start from, never over something that is there."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from ..core.files import reason, write_whole
from ..core.problems import Message, Source
from ..standard.model import Pack
from ..standard.resources import default_pack
from .desk import BAD_INPUT, OK, Stop, load, stop_on_errors
from .printing import chooser

IN_THE_WAY = Message(
    "C017", "error", "{path}已经存在，没有动它", "{path} is already there and was left alone",
    "换一个新文件夹名", "name a new folder",
)  # fmt: skip
NOT_WRITABLE = Message(
    "C018",
    "error",
    "写不了{path}：{why}",
    "cannot write {path}: {why}",
    "核对权限和磁盘",
    "check permissions and the disk",
)
PARTS = ("pack.yaml", "criteria", "rules", "reports/templates")
ROUND = """# 批次：本次评定自己的数据。标准里不含地名、年份、人
round: {name}
title: {name}
reference_date: null                # 必填：评定日，写成"2026-06-30"的样子
closed: false                       # 截止以后改为true：没交的材料按标准计
stage: verified                     # self 自评 | verified 核定
due: {{}}                             # 谁在哪天以前交（含当天）；工作日照calendar.yaml，从次日算起：
#   applicant: "2026-05-29"         #   申报单位
#   township: {{working_days: 5, after: "2026-05-29"}}
#   inspector: {{working_days: 10, after: "2026-05-29"}}
lot_seed: null                      # 名单封存后公布
regions: []                         # - {{code: "990100", name: 某县, level: county, applicants: 0, households: 0}}
waivers: []
corrections: []
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
EVIDENCE = """# {title}的证据样子：改好单位和内容，文件名换成“编号.evidence.yaml”
unit: {{code: {code}, kind: {kind}, name: 某{title}}}
observations:
  - by: 填报人
    role: applicant                 # applicant | township | county | inspector | registry
    facts: {{}}                       # 字段见标准的criteria/fields*.yaml；没填的算待补
documents: []                       # - {{title: 材料名称, number: 文号, date: 2026-01-01, valid_to: 2027-12-31}}
"""


def new_command(words: argparse.Namespace) -> int:
    """Make the folder whole or not at all."""
    folder: Path = words.folder
    if folder.exists():
        stop_on_errors((IN_THE_WAY.at(Source(str(folder)), path=folder),), words.lang)
    pack = load(words.pack, words.lang)
    try:
        (_new_pack if words.what == "pack" else _new_round)(folder, words.pack or default_pack(), pack)
    except OSError as failure:
        shutil.rmtree(folder, ignore_errors=True)
        why = reason(failure)
        stop_on_errors((NOT_WRITABLE.at(Source(str(folder)), path=folder, why=why),), words.lang)
        raise Stop(BAD_INPUT) from None
    say = chooser(words.lang)
    print(say(f"已建好{folder}", f"{folder} is ready"))
    print(
        f"  ./meihao check {folder}"
        if words.what == "pack"
        else say(
            f"  先填{folder}/round.yaml里的评定日，再", f"  fill in the reference date in {folder}/round.yaml, then "
        )
        + f"./meihao status {folder}"
    )
    return OK


def _new_pack(folder: Path, source: Path, pack: Pack) -> None:
    for part in PARTS:
        if (source / part).is_dir():
            shutil.copytree(source / part, folder / part)
        elif (source / part).is_file():
            write_whole(folder / part, (source / part).read_bytes())


def _new_round(folder: Path, source: Path, pack: Pack) -> None:
    write_whole(folder / "evidence" / "README.md", STORE.encode())
    write_whole(folder / "calendar.yaml", CALENDAR.encode())
    for kind in pack.kinds:
        code = f"{kind.id}-1"
        text = EVIDENCE.format(code=code, kind=kind.id, title=kind.title.zh)
        write_whole(folder / "samples" / f"{kind.id}.evidence.yaml", text.encode())
    write_whole(folder / "round.yaml", ROUND.format(name=json.dumps(folder.name, ensure_ascii=False)).encode())
