"""Messages that several use cases and doors need."""

from __future__ import annotations

from ..core.problems import Message

NOT_WRITABLE = Message(
    "C018", "error", "写不了{path}：{why}", "cannot write {path}: {why}",
    "核对权限和磁盘", "check permissions and the disk",
)  # fmt: skip
NO_CRITERION = Message(
    "C014", "error", "没有指标“{criterion}”", "there is no criterion “{criterion}”", "{near_zh}", "{near_en}"
)
NOTHING_AGAIN = Message(
    "W132", "notice", "没有要请另一名检查员再看的事项，没有出表",
    "there is nothing that another inspector must look at: no form was made",
)  # fmt: skip
