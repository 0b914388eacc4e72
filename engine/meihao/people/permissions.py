"""Answers who may do what where, and why, from one table of data. What the table does not allow is forbidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from ..core.label import Label
from ..core.problems import LANGS, errors
from ..round.phases import MOMENTS, PHASES, PhaseNow, phase_on
from ..text_in.shape import read_shaped
from .accounts import Account
from .places import Relation, RoleGrant, RoundMap, RoundPlace, relation
from .roles import TITLES, RoleName

Moment = Literal[PhaseNow, "decision"]
"""When something holds: in a phase, or whenever a decision lets the unit in."""
TABLE = Path(__file__).with_name("permissions.yaml")
NOBODY = Label("没有登录", "nobody is logged in")
INACTIVE = Label("账号已停用", "the account is switched off")
ELSEWHERE = Label(
    "{role}可以做这件事，但这里不归这个账号管", "the role “{role}” allows it, yet this place is not the account’s"
)
LATER = Label(
    "{role}可以做这件事，但不在现在的阶段（{now}）；{then}",
    "the role “{role}” allows it, yet not in this phase ({now}); {then}",
)
NO_PHASES = Label(
    "{role}可以做这件事，但这个批次没有分阶段；{then}",
    "the role “{role}” allows it, yet the round has no phases; {then}",
)
FROM = Label("{start}进入“{phase}”后可以", "it will from {start} on ({phase})")
ONLY_IN = Label("可以的阶段：{phases}", "it does in: {phases}")
NO_ROLE = Label(
    "这个账号的身份都不可以做这件事；可以的是：{roles}", "none of the account's roles may; those that may: {roles}"
)


class Permission(Struct, frozen=True):
    """What some roles may do, where it lies to their grants, in which phases (none: in all), and why."""

    roles: tuple[RoleName, ...]
    actions: tuple[str, ...]
    where: tuple[Relation, ...]
    phases: tuple[Moment, ...]
    reason: Label

    def holds_in(self, phase: Moment) -> bool:
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


def may_on(account: Account | None, action: str, place: RoundPlace, on: RoundMap, day: date) -> Allowed:
    """Return whether an account may do something at a place on a day: in the phase of the day, or by a decision."""
    found = may(account, action, place, on, phase_on(on.phases, day))
    by_decision = may(account, action, place, on, "decision") if not found and on.let_in(place, day) else found
    return by_decision or found


def may(account: Account | None, action: str, place: RoundPlace, on: RoundMap, phase: Moment = "any") -> Allowed:
    """Return whether an account may do something at a place. Raises LookupError for an unknown action.

    A round without phases is in `any`: what wants a phase that does not name it is not allowed there.
    """
    rules = permissions().of(action)
    if account is None or not account.active:
        return Allowed(False, INACTIVE if account else NOBODY)
    found = list(_found(account, rules, place, on))
    for rule, grant, reaches in found:
        if reaches and rule.holds_in(phase):
            return Allowed(True, rule.reason, grant)
    return Allowed(False, _why_not(found, rules, on, phase))


def _found(
    account: Account, rules: tuple[Permission, ...], place: RoundPlace, on: RoundMap
) -> Iterator[tuple[Permission, RoleGrant, bool]]:
    """Yield every rule that speaks of a grant of an account, and whether the place is where the rule wants it."""
    for rule in rules:
        for grant in account.grants:
            if grant.role in rule.roles:
                yield rule, grant, relation(grant, place, on) in rule.where


def _why_not(
    found: list[tuple[Permission, RoleGrant, bool]], rules: tuple[Permission, ...], on: RoundMap, phase: Moment
) -> Label:
    """Return why none of the rules helps: of those that reach the place the phase, else the place, else the role."""
    if near := [(rule, grant) for rule, grant, reaches in found if reaches]:
        return _later([rule for rule, _ in near], near[0][1], on, phase)
    for _, grant, _ in found:
        title = TITLES[grant.role]
        return Label(ELSEWHERE.zh.format(role=title.zh), ELSEWHERE.en.format(role=title.en))
    roles = [TITLES[role] for role in dict.fromkeys(role for rule in rules for role in rule.roles)]
    listed = Label("、".join(one.zh for one in roles), ", ".join(one.en for one in roles))
    return Label(NO_ROLE.zh.format(roles=listed.zh), NO_ROLE.en.format(roles=listed.en))


def _later(rules: list[Permission], grant: RoleGrant, on: RoundMap, phase: Moment) -> Label:
    """Return that this is the wrong phase, and when the next right one begins, or which they are where no day is known."""
    right, order = {one for rule in rules for one in rule.phases}, [*MOMENTS]
    ahead = [
        one
        for one in on.phases
        if one.phase in right and phase in order and order.index(one.phase) > order.index(phase)
    ]
    named = [title for one, title in PHASES.items() if one in right]
    then = (
        _said(FROM, start=str(ahead[0].start), phase=PHASES[ahead[0].phase])
        if ahead
        else _said(ONLY_IN, phases=Label("、".join(one.zh for one in named), ", ".join(one.en for one in named)))
    )
    now = MOMENTS.get(phase, Label("凭决定", "by a decision"))
    return _said(LATER if on.phases else NO_PHASES, role=TITLES[grant.role], now=now, then=then)


def _said(words: Label, **values: Label | str) -> Label:
    zh, en = ({k: v if isinstance(v, str) else v[lang] for k, v in values.items()} for lang in LANGS)
    return Label(words.zh.format(**zh), words.en.format(**en))


def holds_for(role: RoleName, action: str, phase: Moment) -> bool:
    """Say whether a role may do something somewhere in a phase."""
    return any(role in rule.roles and rule.holds_in(phase) for rule in permissions().of(action))


def may_anywhere(account: Account | None, action: str, phase: Moment = "any") -> bool:
    """Say whether an account may do something at all: at some place that its grants name, or below one."""
    rules = permissions().of(action)
    if account is None or not account.active:
        return False
    return any(rule.holds_in(phase) and grant.role in rule.roles for rule in rules for grant in account.grants)
