"""Holds what is said of a roster."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

ROSTER: Mapping[str, Label] = {
    "roster_has": Label("单位名册有{n}个单位", "the roster has {n:units}"),
    "roster_stored": Label(
        "{path}：{n}个单位，新增{added}个，改动{changed}个，去掉{gone}个",
        "{path}: {n:units}, {added} new, {changed} changed, {gone} gone",
    ),
}
