"""Holds what the page says on which a filled form is checked."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

CHECK: Mapping[str, Label] = {
    "title": Label("检查填报表", "Check a form"),
    "lead": Label(
        "上传填好的表，逐格列出错误和改法。不用登录，文件检查完就丢弃，不保存。",
        "Upload a filled-in form: every error is listed at its cell, with what to do. No account; the file is dropped after the "
        "check, nothing is kept.",
    ),
    "file": Label("填好的表", "The form"),
    "file_hint": Label(
        "Excel工作簿（.xlsx）、.csv，或装着工作簿和材料的压缩包（.zip）；单位证据文件（.yaml、.json）也可以。表不超过20MB。",
        "An Excel workbook (.xlsx), a .csv, or an archive (.zip) of a workbook and its documents; also a unit's evidence file "
        "(.yaml, .json). A form may have up to 20 MB.",
    ),
    "send": Label("检查", "Check it"),
    "blank_title": Label("还没有表？", "No form yet?"),
    "blank": Label("下载空白表", "A blank form"),
    "blank_hint": Label("按单位类别和填表人选", "By kind of unit and who fills it in"),
    "form": Label("{kind}填报表（{role}填）", "{kind} form ({role})"),
    "get": Label("下载", "Download"),
    "checked": Label("检查结果", "What was found"),
    "no_errors": Label("没有错误", "No errors"),
    "to_mend": Label("有{count}处要改", "To be corrected: {count}"),
    "more_below": Label("其余{count}处见下面", "and {count} more below"),
    "not_done": Label("没有改成", "It was not corrected"),
    "each": Label("逐处改正", "Correct each"),
    "each_said": Label(
        "在格子里改成对的，按“改好，再检查”；没改的保持原样。改的就是您自己的那份表，格式和别的内容都不动。",
        "Put in the right value and choose “Correct and check again”; what you leave alone stays. It is your own workbook that "
        "is corrected: looks and everything else of it stay as they are.",
    ),
    "each_list": Label("错误和提醒", "Errors and warnings"),
    "now": Label("现在的值：{value}", "value now: {value}"),
    "nothing": Label("空", "empty"),
    "fix": Label("改法：{fix}", "What to do: {fix}"),
    "clause": Label("条款：{clause}", "Clause: {clause}"),
    "new_value": Label("改成", "New value"),
    "left": Label("另有{count}处没有列出：先改这些，或下载写了错误的副本，里面有全部。",
                  "{count} more are not listed: correct these first, or download the copy with errors, which has all of them."),
    "again": Label("改好，再检查", "Correct and check again"),
    "book": Label("下载改好的表", "Download the corrected form"),
    "copy": Label("下载写了错误的副本", "Download a copy with the errors"),
    "copy_said": Label(
        "副本是您自己的表，每个错误写在出错的格上，最前面加一张“错误汇总”。",
        "The copy is your own workbook with each error written at its cell and a list of them on a first sheet.",
    ),
    "too_large": Label(
        "这份表较大，不能在页面上改：在自己的表里照着改，再上传检查。",
        "This file is too large to be corrected on the page: correct your own by the list and check it again.",
    ),
    "own_file": Label(
        "这种文件不能在页面上改：在自己的文件里照着改，再上传检查。",
        "This kind of file cannot be corrected on the page: correct your own by the list and check it again.",
    ),
    "corrected": Label("已自动更正{count}处", "Corrected by the program: {count}"),
    "corrected_said": Label("程序按下面的读法收入，读错了就在表里改写清楚。",
                            "Read as follows; where that is wrong, write it more clearly."),
    "noted": Label("另外说明", "Also noted"),
    "corrections_left": Label("另有{count}处", "and {count} more"),
    "would": Label("现在评定会是什么结果", "What it would score now"),
    "would_said": Label(
        "只按这份表自评，还没有别人核实；正式结果以批次为准。",
        "By this form alone, as a self-check: nobody has verified it. The round decides.",
    ),
    "units_left": Label("另有{count}个单位没有列出", "{count} more units are not listed"),
    "try_on": Label("继续：自评试算，看每一条为什么得分、还差什么",
                    "Go on: try it out, and see why each item scores and what is missing"),
    "no_units": Label("表里没有填任何单位。", "No unit is filled in."),
    "another": Label("换一份文件检查", "Check another file"),
}  # fmt: skip
