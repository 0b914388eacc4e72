"""Holds what is said of this machine: what works, what does not, what that means."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

DOCTOR: Mapping[str, Label] = {
    "line": Label("{mark} {title}：{meaning}", "{mark} {title}: {meaning}"),
    "mend": Label("    解决办法：{mend}", "    To fix: {mend}"),
    # ---- Python
    "python": Label("Python", "Python"),
    "python_version": Label("版本{version}，需要3.11或更新。", "version {version}; 3.11 or newer is needed."),
    # ---- the standard
    "pack": Label("内置的标准", "built-in standard"),
    "pack_there": Label("在 {pack}", "at {pack}"),
    "pack_lost": Label(
        "{pack} 里没有 pack.yaml，只能用 --pack 指定的标准。",
        "there is no pack.yaml in {pack}; only standards named with --pack can be used.",
    ),
    # ---- the engine
    "engine": Label("评定引擎", "judging engine"),
    "engine_durable": Label("由durable_rules评定。", "durable_rules judges."),
    "engine_reference": Label(
        "没有durable_rules（{error}），由参考引擎评定，结果完全相同。",
        "no durable_rules ({error}); the reference engine judges, with identical results.",
    ),
    # ---- PDF
    "pdf": Label("PDF", "PDF"),
    "pdf_whole": Label("Pango和HarfBuzz齐全。", "Pango and HarfBuzz are there."),
    "pdf_slow": Label(
        "缺少harfbuzz-subset，PDF能做，但每份慢数倍。",
        "no harfbuzz-subset: each PDF takes several times longer.",
    ),
    "pdf_none": Label(
        "缺少{names}，报告用HTML和XLSX代替PDF，其余照常。",
        "without {names}, reports come as HTML and XLSX, not PDF; all else works.",
    ),
    # ---- fonts
    "fonts": Label("随附字体", "bundled fonts"),
    "fonts_lost": Label(
        "缺少或损坏：{names}。改用本机字体，各机器印出的页面会不同。",
        "missing or damaged: {names}. The machine's own fonts are used, so pages will look different.",
    ),
    "fonts_and_fangsong": Label(
        "{count}个字体齐全；仿宋和楷体没有随附，公文正文用随附宋体（本机有{fangsong}，notice.yaml写typeface: fangsong才用）。",
        "all {count} are there; no FangSong or KaiTi, so official papers use the bundled serif font "
        "(this machine has {fangsong}; to use it, write typeface: fangsong in notice.yaml).",
    ),
    "fonts_no_fangsong": Label(
        "{count}个字体齐全；仿宋和楷体没有随附，公文正文用随附宋体（本机没有仿宋）。",
        "all {count} are there; no FangSong or KaiTi, so official papers use the bundled serif font "
        "(this machine has no FangSong).",
    ),
    # ---- the cache
    "cache": Label("缓存文件夹", "cache folder"),
    "cache_writable": Label("可以写入 {cache}", "{cache} is writable"),
    "cache_not_writable": Label(
        "不能写入 {cache}，每次都要重新检查标准，会慢一些。",
        "{cache} is not writable; each start checks the standard again, which takes a little longer.",
    ),
    "cache_none": Label(
        "没有缓存文件夹（这个用户没有主目录），每次都要重新检查标准，会慢一些。",
        "there is none (this user has no home); each start checks the standard again, which takes a little longer.",
    ),
}
