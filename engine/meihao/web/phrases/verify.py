"""Holds what the page says on which a published report is verified."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

VERIFY: Mapping[str, Label] = {
    "title": Label("核验报告", "Verify a report"),
    "lead": Label(
        "上传评定报告或名单，核对它是不是原件、能不能重算出来。不用登录，文件核对完就丢弃，不保存。",
        "Upload a report or a list and see whether it is unaltered and can be made again. No account; the file is dropped "
        "afterwards, nothing is kept.",
    ),
    "file": Label("报告或名单", "The report or list"),
    "file_hint": Label(
        "原来的PDF，或与它同时发布的结果文件（.json）。网页、Excel和CSV没有校验值，核对与它们同时发布的PDF；扫描件、照片和打印件不能核对。",
        "The original PDF, or the result published with it (.json). Web pages, Excel and CSV carry no digest: verify the PDF "
        "published with them. Scans, photos and prints cannot be verified.",
    ),
    "send": Label("核对", "Verify it"),
    "scan_title": Label("扫了报告上的二维码？", "Scanned the code on a report?"),
    "scan": Label("二维码里的文字", "Text of the code"),
    "scan_hint": Label(
        "二维码里没有网址，只有单位编号和结果校验值。把扫出来的文字整段贴在这里。",
        "The code holds no address, only the unit's code and the digest of its result. Paste all of the text here.",
    ),
    "scan_send": Label("查对", "Compare"),
    "found": Label("核对结果", "What was found"),
    "good": Label("核对过的各项都相符", "All that was checked holds"),
    "bad": Label("有{count}项不符", "Does not hold: {count}"),
    "differences": Label("不同之处", "Differences"),
    "not_shown": Label(
        "从证据重算出的值不在这里列出，以免公布以前泄露；请向发布单位查询。",
        "What the evidence gives is not shown here, so that nothing is known before it is published: ask the issuing body.",
    ),
    "each_holds": Label("每份结果都没有不符的项。", "Of no result does anything fail."),
    "scanned": Label("扫码的结果", "The scanned code"),
    "scanned_is": Label("单位编号：{unit}", "Unit: {unit}"),
    "scanned_digest": Label("结果校验值：{digest}", "Digest of the result: {digest}"),
    "next": Label("接着做两件事", "Do two more things"),
    "next_compare": Label(
        "把上面的校验值同报告最后一页印的逐字比对，不同就不是同一份结果。",
        "Compare the digest above with the one printed on the last page of the report: if they differ, the results do.",
    ),
    "next_upload": Label(
        "二维码是可以抄印的，只扫码不能证明报告是真的：向发布单位要PDF原件，在下面上传核对。",
        "A code can be copied onto any page: it proves nothing alone. Ask the issuing body for the original PDF and upload "
        "it below.",
    ),
    "another": Label("核对另一份", "Verify another"),
}  # fmt: skip
