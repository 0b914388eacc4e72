"""Holds what the import of a file says: its errors, what was stored, where the errors stand."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

INTAKE: Mapping[str, Label] = {
    # ---- errors
    "severity": Label("程度", "severity"),
    "cell": Label("位置", "place"),
    "unit_or_row": Label("单位或行", "unit or row"),
    "fault": Label("问题", "what is wrong"),
    # ---- what was stored
    "storable": Label(
        "可以收下{n}个单位{codes}（没有写--round，只检查，没有存）",
        "{n:units} can be stored{codes} (no --round: checked only, nothing stored)",
    ),
    "stored": Label("存入{n}个单位{codes}", "stored {n:units}{codes}"),
    "not_stored": Label("有错误、整个没有收的单位{n}个{codes}", "not stored at all, for errors: {n:units}{codes}"),
    "unmatched": Label(
        "对不上的材料：文件{files}个，清单{rows}行", "unmatched: {files:files}, {rows:lines} of the list"
    ),
    "corrected": Label("  更正 {code} {change}", "  corrected {code} {change}"),
    "more_corrected": Label("  另有{more}处更正", "  and {more:corrections} more"),
    # ---- where the errors stand
    "keep_errors": Label(
        "要把错误存成文件，同一条命令加--format json > 错误.json",
        "to keep the errors in a file, add --format json > errors.json to the same command",
    ),
    "errors_written": Label("错误已写在{path}", "errors are written into {path}"),
    "correct_there": Label("改好这一份，存盘，再导入它", "correct them there, save, and import that file"),
    "warnings_written": Label("没有错误，提醒写在{path}", "no errors; the warnings are in {path}"),
    "cleaned": Label("没有错误了：{path}里的错误信息已清掉", "no errors left: {path} was cleaned of them"),
}
