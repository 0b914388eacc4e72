"""Hashes passwords and tells which are too weak. An unknown login takes as long as a wrong password."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from ..core.problems import Problem, Source
from ..core.text import bare
from ..people.limits import LEAST, MOST
from .messages import COMMON_PASSWORD, PASSWORD_LENGTH, PASSWORD_SPEAKS


class Hashing(Argon2PasswordHasher):  # type: ignore[misc]  # untyped
    """Argon2id with the memory that OWASP names as the least: eight logins at once must not use up a small machine."""

    time_cost, memory_cost, parallelism = 2, 19_456, 1


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    made: str = make_password(password)
    return made


def matches(password: str, kept: str) -> bool:
    """Say whether a password is the one that was kept; "" stands for a login that there is not, and takes as long."""
    return bool(check_password(password[: MOST + 1], kept or _nobodys())) and bool(kept)


@cache
def _nobodys() -> str:
    return hashed("")


def unfit(password: str, *about: str) -> Problem | None:
    """Return why a password is too weak to be chosen; `about` is what others know of its owner."""
    if not LEAST <= len(password) <= MOST:
        return PASSWORD_LENGTH.at(Source(), least=LEAST, most=MOST)
    if any(len(bare(word)) > 2 and bare(word) in bare(password) for word in about):
        return PASSWORD_SPEAKS.at(Source())
    if len(set(password)) < 4 or _common(password):
        return COMMON_PASSWORD.at(Source())
    return None


@cache
def _list() -> CommonPasswordValidator:
    return CommonPasswordValidator()


def _common(password: str) -> bool:
    try:
        _list().validate(password)
    except ValidationError:
        return True
    return False
