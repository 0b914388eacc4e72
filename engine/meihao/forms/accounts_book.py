"""Writes accounts as a workbook, a row for each role of a person, and reads it back with every error at its cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from ..core.files import NamedFile
from ..core.label import YES, YES_NO, Lang
from ..core.problems import Message, Problem, Problems, Source, errors, sort_by_place
from ..core.text import Label, hints, is_nobody, person
from ..evidence.columns import Heading, HeadingWords, Sheet, data_rows, find_headings, key, no_heading, take_word
from ..evidence.messages import UNKNOWN_REGION, UNKNOWN_ROLE
from ..evidence.tables import read_cells
from ..people.accounts import LOGIN, Account, login_of
from ..people.places import RoleGrant, RoundMap
from ..people.roles import HOLDS, TITLES, RoleName, do_not_go_together
from ..store.messages import NOT_ON_ROSTER
from .asked import Asked
from .style import StyledWorkbook
from .validation import rule

SHEET = Label("账号", "Accounts")
NOTE = Label(
    "一人一个登录名；有几个身份，就写几行，姓名、单位照抄。范围：申报单位、检查员写单位编号，审核员写地区代码，其他不写。",
    "One login a person; several roles take several rows with the same name. Where: the unit’s code for applicants and "
    "inspectors, the region’s for reviewers, nothing for others.",
)
COLUMNS = (
    ("login", Label("登录名", "Login"), 16, ("登录名", "账号", "login")),
    ("name", Label("姓名", "Name"), 14, ("姓名", "name")),
    ("organisation", Label("单位", "Works for"), 24, ("单位", "工作单位", "works for", "organisation")),
    ("role", Label("身份", "Role"), 22, ("身份", "角色", "role")),
    ("where", Label("范围", "Where"), 16, ("范围", "地区", "where")),
    ("active", Label("启用", "Active"), 9, ("启用", "active")),
)
NEEDED = ("login", "name", "role")
TITLE, HEADING, FIRST, SPARE, ROWS_AT_MOST, TEXT_AT_MOST = 1, 3, 4, 40, 20_000, 100

BAD_LOGIN = Message(
    "W180", "error", "“{login}”不能作登录名", "“{login}” cannot be a login",
    "小写字母开头，3到30个小写字母、数字、点、横线", "begin with a small letter: 3 to 30 small letters, digits, dots, dashes",
)  # fmt: skip
NOBODY = Message(
    "W181", "error", "登录名{login}没有写是谁", "the login {login} does not say whose it is",
    "写真实姓名，一人一个账号，不共用", "give the person’s own name; nobody shares an account",
)  # fmt: skip
LOGIN_TWICE = Message(
    "W182", "error", "登录名{login}在{other}写的是另一个{what_zh}：“{one}”",
    "{other} gives the login {login} another {what_en}: “{one}”",
    "两个人用两个登录名；同一个人写得一样", "two people take two logins; one person is written alike in every row",
)  # fmt: skip
NOT_TOGETHER = Message(
    "W183", "error", "{login}不能同时是{roles_zh}", "{login} cannot be all of these: {roles_en}",
    "账号管理员、安全管理员、审计员互相监督，各由一人担任，也不参加评定",
    "the three administrators watch over each other: one person each, who has no part in the round",
)  # fmt: skip
NO_WHERE = Message(
    "W184", "error", "{role}要写范围", "the role “{role}” needs a place",
    "申报单位、检查员写单位编号，审核员写地区代码", "a unit’s code for applicants and inspectors, a region’s for reviewers",
)  # fmt: skip
NOWHERE_WANTED = Message(
    "W185", "error", "{role}管全批次，不写范围", "the role “{role}” is for the whole round and has no place",
    "清空这一格", "clear the cell",
)  # fmt: skip
GRANT_TWICE = Message(
    "W186", "error", "{login}的这个身份在{other}已经写过", "{login} has this role already, at {other}",
    "删去一行", "remove one of the rows",
)  # fmt: skip
NOT_YES_OR_NO = Message(
    "W187", "error", "“启用”应为是或否，现为“{value}”", "“active” is yes or no, not “{value}”",
    "写是或否，空着算是", "yes or no; empty is yes",
)  # fmt: skip


class AccountLine(Struct, frozen=True):
    """A row: one role of one person, and where its cells are."""

    sheet: Sheet
    row: int
    columns: Mapping[str, Heading]
    said: Mapping[str, str]

    def at(self, word: str) -> Source:
        return self.sheet.at(self.row, self.columns[word].number if word in self.columns else 1)

    @property
    def login(self) -> str:
        return login_of(self.said["login"])


def write_accounts_book(title: Label, accounts: Sequence[Account], lang: Lang) -> bytes:
    """Return a workbook with the accounts that there are, and room for more."""
    book = StyledWorkbook(lang, SHEET[lang])
    page = book.page(SHEET[lang])
    last, asked = len(COLUMNS) - 1, _asked()
    page.merge_range(TITLE - 1, 0, TITLE - 1, last, f"{SHEET[lang]}  {title[lang]}", book.look("title"))
    page.merge_range(TITLE, 0, TITLE, last, NOTE[lang], book.look("note"))
    page.set_row(TITLE, 64)
    for column, (word, label, width, _) in enumerate(COLUMNS):
        page.set_column(column, column, width)
        page.write_string(HEADING - 1, column, label[lang], book.look("head"))
        page.data_validation(FIRST - 1, column, ROWS_AT_MOST, column, rule(asked[word], lang, book.source, prompt=True))
    rows = [(one, grant) for one in accounts for grant in one.grants or (None,)]
    for row, pair in enumerate([*rows, *[None] * SPARE], FIRST):
        for column, (word, _, _, _) in enumerate(COLUMNS, 1):
            book.input(page, row, column, asked[word], _value(word, *pair) if pair else None)
    page.freeze_panes(FIRST - 1, 2)
    book.printed(page, (HEADING, HEADING), title[lang])
    return book.done(())


def _asked() -> Mapping[str, Asked]:
    titles = {word: label for word, label, _, _ in COLUMNS}
    types = {word: Asked(word, label, "text", length_at_most=TEXT_AT_MOST) for word, label in titles.items()}
    roles = Asked("role", titles["role"], "choice", options=tuple(TITLES.items()))
    return {**types, "role": roles, "active": Asked("active", titles["active"], "yes_no")}


def _value(word: str, account: Account, grant: RoleGrant | None) -> str | bool | None:
    match word:
        case "active":
            return account.active
        case "role":
            return grant.role if grant else None
        case "where":
            return (grant.where or None) if grant else None
        case _:
            return str(getattr(account, word)) or None


def read_accounts_book(file: NamedFile, on: RoundMap) -> tuple[tuple[Account, ...], Problems]:
    """Return the accounts of a workbook or CSV, none where something is wrong. It is read behind the guards of all workbooks."""
    sheets, problems = read_cells(file.data, file.name)
    if errors(problems):
        return (), problems
    words = HeadingWords({word: forms for word, _, _, forms in COLUMNS})
    sheet = next((one for one in sheets if not one.hidden and _names_logins(one)), None)
    if sheet is None:
        return (), (*problems, no_heading(sheets[0] if sheets else Sheet(file.name, "", ()), words, "login"))
    headings, more = find_headings(sheet, words, "login")
    if headings is None:
        return (), more
    columns = headings.by_word()
    if lacking := [word for word in NEEDED if word not in columns]:
        return (), (no_heading(sheet, words, lacking[0]),)
    lines = []
    for row in data_rows(sheet, headings):
        said, found = _said(sheet, row, columns)
        problems = (*problems, *found)
        lines.append(AccountLine(sheet, row, columns, said))
    accounts, found = accounts_of(lines, on)
    problems = sort_by_place((*problems, *more, *found))
    return (() if errors(problems) else accounts), problems


def _names_logins(sheet: Sheet) -> bool:
    forms = {key(form) for form in COLUMNS[0][3]}
    return any(isinstance(cell, str) and key(cell) in forms for row in sheet.rows[:20] for cell in row)


def _said(sheet: Sheet, row: int, columns: Mapping[str, Heading]) -> tuple[Mapping[str, str], Problems]:
    said, problems = {}, list[Problem]()
    for word, _, _, _ in COLUMNS:
        value, found = take_word(sheet, row, columns.get(word))
        said[word] = value if isinstance(value, str) else ""
        problems += found
    return said, tuple(problems)


def accounts_of(lines: Sequence[AccountLine], on: RoundMap) -> tuple[tuple[Account, ...], Problems]:
    """Return the account of each login from its lines, and what is wrong with these."""
    by_login: dict[str, list[AccountLine]] = {}
    for line in lines:
        by_login.setdefault(line.login, []).append(line)
    accounts, problems = [], list[Problem]()
    for login, mine in by_login.items():
        problems += (*_of_person(login, mine), *_differing(login, mine))
        grants, found = _grants(login, mine, on)
        first = mine[0].said
        active, more = _active(mine[0])
        problems += (*found, *more)
        accounts.append(Account(login, first["name"], first["organisation"], grants, active))
    return tuple(accounts), tuple(problems)


def _of_person(login: str, lines: Sequence[AccountLine]) -> Iterator[Problem]:
    line = lines[0]
    if not re.fullmatch(LOGIN, login):
        yield BAD_LOGIN.at(line.at("login"), login=line.said["login"][:40])
    if is_nobody(line.said["name"]):
        yield NOBODY.at(line.at("name"), login=login)


def _differing(login: str, lines: Sequence[AccountLine]) -> Iterator[Problem]:
    """Yield a problem for each line that says another name, organisation or state than the first of its login."""
    first = lines[0]
    for line in lines[1:]:
        for word, label, _, _ in COLUMNS:
            if word in ("name", "organisation", "active") and person(line.said[word]) != person(first.said[word]):
                what = {"what_zh": label.zh, "what_en": label.en.lower(), "one": first.said[word][:40]}
                yield LOGIN_TWICE.at(line.at(word), login=login, other=first.at(word).place, **what)


def _active(line: AccountLine) -> tuple[bool, Problems]:
    value = line.said["active"]
    if not value or key(value) in map(key, (YES.zh, YES.en)):
        return True, ()
    if key(value) in (key(label) for pair in YES_NO for label in (pair.zh, pair.en)):
        return False, ()
    return True, (NOT_YES_OR_NO.at(line.at("active"), value=value[:40]),)


def _grants(login: str, lines: Sequence[AccountLine], on: RoundMap) -> tuple[tuple[RoleGrant, ...], Problems]:
    first: dict[RoleGrant, AccountLine] = {}
    problems: list[Problem] = []
    for line in lines:
        grant, found = _grant(line, on)
        problems += found
        if grant is not None and (before := first.setdefault(grant, line)) is not line:
            problems.append(GRANT_TWICE.at(line.at("role"), login=login, other=before.at("role").place))
    roles = frozenset(grant.role for grant in first)
    if do_not_go_together(roles):
        listed = [TITLES[role] for role in TITLES if role in roles]
        said = {"roles_zh": "、".join(one.zh for one in listed), "roles_en": ", ".join(one.en for one in listed)}
        problems.append(NOT_TOGETHER.at(lines[-1].at("role"), login=login, **said))
    return tuple(first), tuple(problems)


def _grant(line: AccountLine, on: RoundMap) -> tuple[RoleGrant | None, Problems]:
    """Return the role of a line and where it holds; None where it says none of ours."""
    said = line.said["role"]
    words = {key(word): role for role in TITLES for word in (role, TITLES[role].zh, TITLES[role].en)}
    role = words.get(key(said))
    if role is None:
        known = [TITLES[one].zh for one in TITLES]
        return None, (UNKNOWN_ROLE.at(line.at("role"), role=said[:40], **hints(said[:40], known)),)
    return RoleGrant(role, line.said["where"]), tuple(_wrong_place(line, role, line.said["where"], on))


def _wrong_place(line: AccountLine, role: RoleName, where: str, on: RoundMap) -> Iterable[Problem]:
    at, wanted = line.at("where"), HOLDS[role]
    if wanted == "round":
        return (NOWHERE_WANTED.at(at, role=TITLES[role]),) if where else ()
    if not where:
        return (NO_WHERE.at(at, role=TITLES[role]),)
    if wanted == "unit":
        return () if where in on.units else (NOT_ON_ROSTER.at(at, unit=where[:40], **hints(where[:40], on.units)),)
    return () if where in on.regions else (UNKNOWN_REGION.at(at, region=where[:40], **hints(where[:40], on.regions)),)
