"""What can go wrong when documents are made, each with its remedy; fonts have P001 and P002."""

from __future__ import annotations

from ..core.problems import Message

NO_PANGO = Message(
    "P010", "warning",
    "本机缺少Pango，做不了PDF，已改写HTML：{why}",
    "Pango is missing on this machine: HTML was written instead of PDF: {why}",
    "安装libpango-1.0-0、libpangoft2-1.0-0、libharfbuzz-subset0；meihao doctor可检查",
    "install libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0; meihao doctor checks it",
)  # fmt: skip
BAD_TEMPLATE = Message(
    "P011", "error",
    "模板{template}有误：{what}", "template {template} is faulty: {what}",
    "核对模板；可用的词见docs/reports.zh.md", "check the template; docs/reports.md lists what it may use",
)  # fmt: skip
FORBIDDEN = Message(
    "P012", "error",
    "模板{template}做了不允许的事：{what}", "template {template} does what a template may not do: {what}",
    "模板只能读报告里的字段、循环和判断", "a template may only read fields of the report, loop and choose",
)  # fmt: skip
TOO_LONG = Message(
    "P013", "error",
    "模板{template}写出的页面超过{most}个字符", "template {template} writes more than {most} characters",
    "去掉重复循环", "remove repeated loops",
)  # fmt: skip
NOT_WRITTEN = Message(
    "P014", "error",
    "写不了{path}：{why}", "{path} cannot be written: {why}",
    "核对文件夹的权限和剩余空间", "check the folder's permissions and free space",
)  # fmt: skip
PDF_FAILED = Message(
    "P015", "error",
    "排版失败（{title}）：{why}", "{title} could not be laid out: {why}",
    "核对模板的嵌套层数", "check how deep the template nests",
)  # fmt: skip
