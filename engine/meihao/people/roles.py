"""Names the roles, says where each of them may hold, and which go together in one person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from ..core.label import Label

RoleName = Literal[
    "applicant", "township", "county", "inspector", "member", "secretary", "author", "accounts", "security", "auditor"
]
Where = Literal["unit", "region", "round"]
NAMES: tuple[RoleName, ...] = get_args(RoleName)
TITLES: Mapping[RoleName, Label] = {
    "applicant": Label("申报单位", "applicant"),
    "township": Label("乡镇（街道）审核员", "township reviewer"),
    "county": Label("县（市、区）审核员", "county reviewer"),
    "inspector": Label("检查员", "inspector"),
    "member": Label("评审委员", "committee member"),
    "secretary": Label("评审委员会秘书", "committee secretary"),
    "author": Label("标准编写人", "author of the standard"),
    "accounts": Label("账号管理员", "administrator of accounts"),
    "security": Label("安全管理员", "administrator of security"),
    "auditor": Label("审计员", "auditor"),
}
HOLDS: Mapping[RoleName, Where] = {
    "applicant": "unit", "township": "region", "county": "region", "inspector": "unit", "member": "round",
    "secretary": "round", "author": "round", "accounts": "round", "security": "round", "auditor": "round",
}  # fmt: skip
"""Where a role holds: in the units or regions that its grants name, or in the whole round."""
ADMINISTRATORS: frozenset[RoleName] = frozenset(("accounts", "security", "auditor"))
"""They watch over each other: nobody is two of them, and none of them has a part in the round."""
SECOND_FACTOR: frozenset[RoleName] = ADMINISTRATORS | {"member", "secretary"}
"""Whoever has one of these logs in with a code from a phone as well."""


def do_not_go_together(roles: frozenset[RoleName]) -> bool:
    """Say whether nobody may have all of these roles: two administrators in one, or an administrator who also takes part.

    >>> do_not_go_together(frozenset({"accounts", "auditor"})), do_not_go_together(frozenset({"township", "inspector"}))
    (True, False)
    """
    return bool(roles & ADMINISTRATORS) and len(roles) > 1
