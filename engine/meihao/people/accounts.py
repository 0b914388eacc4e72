"""Defines an account: who somebody is, what they may do where. It is kept in versions, of which the last counts."""

from __future__ import annotations

from hashlib import sha256

import msgspec
from msgspec import Struct

from ..core.text import bare
from .places import RoleGrant
from .roles import SECOND_FACTOR, RoleName

LOGIN = r"[a-z][a-z0-9._-]{2,29}"  # whole; what people can read out over the telephone


class Account(Struct, frozen=True, omit_defaults=True):
    """A person at work: the name to log in with, the person's own, for whom they work, and their grants.

    One that is not `active` cannot log in; it is never removed, since the journal speaks of it.
    """

    login: str
    name: str
    organisation: str = ""
    grants: tuple[RoleGrant, ...] = ()
    active: bool = True

    @property
    def roles(self) -> frozenset[RoleName]:
        return frozenset(grant.role for grant in self.grants)

    @property
    def second_factor(self) -> bool:
        """Whether logging in takes a code from a phone as well."""
        return bool(self.roles & SECOND_FACTOR)


def account_bytes(account: Account) -> bytes:
    """Return an account as it is kept: the same bytes for the same account."""
    return msgspec.json.encode(account)


def account_of(data: bytes) -> Account:
    """Return the account that was kept as these bytes."""
    return msgspec.json.decode(data, type=Account)


def account_digest(account: Account) -> str:
    """Return the digest by which the journal knows a version of an account."""
    return sha256(account_bytes(account)).hexdigest()


def login_of(typed: str) -> str:
    """Return a login as it is compared: width, blanks and case do not count.

    >>> login_of(" Ｌi.Wei ")
    'li.wei'
    """
    return bare(typed)
