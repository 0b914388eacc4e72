"""Answers who may do what where, and why, from one table of data. What the table does not allow is forbidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from ..core.label import Label
from ..core.problems import errors
from ..round.phases import PhaseNow
from ..text_in.shape import read_shaped
from .accounts import Account
from .places import Relation, RoleGrant, RoundMap, RoundPlace, relation
from .roles import TITLES, RoleName

TABLE = Path(__file__).with_name("permissions.yaml")
NOBODY = Label("没有登录", "nobody is logged in")
INACTIVE = Label("账号已停用", "the account is switched off")
ELSEWHERE = Label(
    "{role}可以做这件事，但这里不归这个账号管", "the role “{role}” allows it, yet this place is not the account’s"
)
LATER = Label("{role}可以做这件事，但现在的阶段不行", "the role “{role}” allows it, yet not in this phase")
NO_ROLE = Label(
    "这个账号的身份都不可以做这件事；可以的是：{roles}", "none of the account's roles may; those that may: {roles}"
)


class Permission(Struct, frozen=True):
    """What some roles may do, where it lies to their grants, in which phases (none: in all), and why."""

    roles: tuple[RoleName, ...]
    actions: tuple[str, ...]
    where: tuple[Relation, ...]
    phases: tuple[PhaseNow, ...]
    reason: Label

    def holds_in(self, phase: PhaseNow) -> bool:
        return not self.phases or phase in self.phases


class Permissions(Struct, frozen=True):
    """The table: every action by its id, with its title, and the rules."""

    actions: Mapping[str, Label]
    rules: tuple[Permission, ...]

    def of(self, action: str) -> tuple[Permission, ...]:
        """Return the rules that allow an action to somebody. Raises LookupError for one that the table does not know."""
        if action not in self.actions:
            raise LookupError(action)
        return tuple(rule for rule in self.rules if action in rule.actions)


class Allowed(Struct, frozen=True):
    """Whether somebody may do something, why, and by which grant."""

    yes: bool
    reason: Label
    grant: RoleGrant | None = None

    def __bool__(self) -> bool:
        return self.yes


@cache
def permissions() -> Permissions:
    """Return the table. Raises ValueError where it is no good, which is an error of ours."""
    return read_permissions(TABLE)


def read_permissions(path: Path) -> Permissions:
    """Return the table of a file. Raises ValueError where it has another shape or speaks of an action that it does not list."""
    text, problems = read_shaped(path, "permissions")
    if text is None or errors(problems):
        raise ValueError("; ".join(problem.text("en") for problem in problems))
    data: Any = text.data
    actions = {one["id"]: Label(one["title"], one["title_en"]) for one in data["actions"]}
    rules = tuple(_permission(one) for one in data["rules"])
    allowed = {action for rule in rules for action in rule.actions}
    if (faulty := allowed ^ actions.keys()) or len(actions) < len(data["actions"]):
        raise ValueError(f"actions that are not listed, not allowed to anybody, or listed twice: {sorted(faulty)}")
    return Permissions(actions, rules)


def _permission(one: Any) -> Permission:
    told = Label(one["reason"], one["reason_en"])
    phases = tuple(one.get("phases", ()))
    return Permission(tuple(one["roles"]), tuple(one["actions"]), tuple(one["where"]), phases, told)


def may(account: Account | None, action: str, place: RoundPlace, on: RoundMap, phase: PhaseNow = "any") -> Allowed:
    """Return whether an account may do something at a place. Raises LookupError for an unknown action.

    A round without phases is in `any`, where only what holds in all phases is allowed.
    """
    rules = permissions().of(action)
    if account is None or not account.active:
        return Allowed(False, INACTIVE if account else NOBODY)
    found = list(_found(account, rules, place, on))
    for rule, grant, reaches in found:
        if reaches and rule.holds_in(phase):
            return Allowed(True, rule.reason, grant)
    return Allowed(False, _why_not(found, rules))


def _found(
    account: Account, rules: tuple[Permission, ...], place: RoundPlace, on: RoundMap
) -> Iterator[tuple[Permission, RoleGrant, bool]]:
    """Yield every rule that speaks of a grant of an account, and whether the place is where the rule wants it."""
    for rule in rules:
        for grant in account.grants:
            if grant.role in rule.roles:
                yield rule, grant, relation(grant, place, on) in rule.where


def _why_not(found: list[tuple[Permission, RoleGrant, bool]], rules: tuple[Permission, ...]) -> Label:
    """Return why none of the rules helps: of those that reach the place the phase, else the place, else the role."""
    for said, fits in ((LATER, True), (ELSEWHERE, False)):
        for _, grant, reaches in found:
            if reaches == fits:
                title = TITLES[grant.role]
                return Label(said.zh.format(role=title.zh), said.en.format(role=title.en))
    roles = [TITLES[role] for role in dict.fromkeys(role for rule in rules for role in rule.roles)]
    listed = Label("、".join(one.zh for one in roles), ", ".join(one.en for one in roles))
    return Label(NO_ROLE.zh.format(roles=listed.zh), NO_ROLE.en.format(roles=listed.en))


def may_anywhere(account: Account | None, action: str, phase: PhaseNow = "any") -> bool:
    """Say whether an account may do something at all: at some place that its grants name, or below one."""
    rules = permissions().of(action)
    if account is None or not account.active:
        return False
    return any(rule.holds_in(phase) and grant.role in rule.roles for rule in rules for grant in account.grants)
