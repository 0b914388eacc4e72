"""The accounts of those who work on a round: the workbook to fill in, and what would change by one that was filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from ..core.files import NamedFile
from ..core.problems import Message, Source
from ..people.accounts import Account
from ..people.places import RoundMap
from .answer import Answer, Notes, answer
from .incoming import read_bytes
from .session import Session

LAST_ADMINISTRATOR = Message(
    "W188", "error", "这样改，就没有人能管账号了", "nobody would be left to manage accounts",
    "至少留一个启用的账号管理员", "keep at least one active administrator of accounts",
)  # fmt: skip
NOTHING_NEW = Message(
    "W189", "notice", "与现有账号一样，没有要改的", "nothing differs from the accounts that there are",
)  # fmt: skip
TOO_MANY_NEW = Message(
    "W190", "error", "新增{count}个账号，一次最多{most}个", "{count} new accounts, at most {most} at once",
    "按县或乡镇拆成几份", "split the workbook by county or township",
)  # fmt: skip
MOST_NEW = 1000  # each first password takes a while to hash
LETTERS = "abcdefghjkmnpqrstuvwxyz"  # of a first password: none that looks like another, or like a digit
DIGITS = "23456789"
Change = Literal["added", "changed", "switched_off", "switched_on"]


class AccountChange(Struct, frozen=True):
    """What a workbook makes of an account, and what it was before; None where it is new."""

    account: Account
    before: Account | None = None

    @property
    def kind(self) -> Change:
        if self.before is None:
            return "added"
        if self.before.active == self.account.active:
            return "changed"
        return "switched_on" if self.account.active else "switched_off"


class AccountPlan(Struct, frozen=True):
    """The changes that a workbook would make, in its order, and how many accounts it leaves as they are."""

    changes: tuple[AccountChange, ...]
    same: int


def accounts_form(session: Session, known: Sequence[Account]) -> bytes:
    """Return a workbook in which accounts are filled in; those that there are stand in it already."""
    from ..forms.accounts_book import write_accounts_book  # late: takes a library of workbooks

    return write_accounts_book(session.round.title, known, session.lang)


def plan_accounts(known: Mapping[str, Account], file: NamedFile, on: RoundMap) -> Answer[AccountPlan]:
    """Return what a filled workbook would change. Refused where anything in it is wrong; accounts that it leaves out stay."""
    return answer(_planned, known, file, on)


def _planned(notes: Notes, known: Mapping[str, Account], file: NamedFile, on: RoundMap) -> AccountPlan:
    from ..forms.accounts_book import read_accounts_book  # late, as above

    data, problems = read_bytes(file)
    notes.add(problems)
    accounts, problems = read_accounts_book(NamedFile(file.name, data), on)
    notes.add(problems)
    differing = [one for one in accounts if known.get(one.login) != one]
    after = {**known, **{one.login: one for one in differing}}
    if not any(one.active and "accounts" in one.roles for one in after.values()):
        notes.stop(LAST_ADMINISTRATOR.at(Source(file.name)))
    if not differing:
        notes.tell((NOTHING_NEW.at(Source(file.name)),))
    changes = tuple(AccountChange(one, known.get(one.login)) for one in differing)
    if (count := sum(change.before is None for change in changes)) > MOST_NEW:
        notes.stop(TOO_MANY_NEW.at(Source(file.name), count=count, most=MOST_NEW))
    return AccountPlan(changes, len(accounts) - len(differing))


def first_password(choose: Callable[[str], str]) -> str:
    """Return a first password that can be read out, of 14 signs; `choose` picks one of several at random, as `secrets` does.

    >>> first_password(lambda signs: signs[0])
    'aaaa-aaaa-2222'
    """
    parts = (LETTERS, LETTERS, DIGITS)
    return "-".join("".join(choose(signs) for _ in range(4)) for signs in parts)
