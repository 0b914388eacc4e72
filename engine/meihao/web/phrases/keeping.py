"""Holds what the terminal says of rounds that are kept in a served folder, and of copies of it."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label
from ...store.standing_words import LEDGER

KEEPING: Mapping[str, Label] = {
    "no_address": Label(
        "不是postgresql://用户@主机/数据库的写法", "it is not of the form postgresql://USER@HOST/DATABASE"
    ),
    "password": Label("里面有密码", "it holds a password"),
    "held": Label(
        "{round}：{units}个单位，收件{submissions}份，材料{documents}件",
        "{round}: {units} units, {submissions} submissions, {documents} documents",
    ),
    "ledger": LEDGER,
    "journal": Label("流水：{head}", "journal: {head}"),
    "people": Label("账号流水：{head}", "journal of accounts: {head}"),
    "listing": Label("、", ", "),
    "no_round": Label("没有", "none"),
    "cut": Label("文件不完整，或者不是备份", "it is cut short, or no backup at all"),
    "changed": Label(
        "内容与清单不符，被改动过或传坏了", "its content does not match its list: it was altered or damaged"
    ),
}
