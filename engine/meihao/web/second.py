"""The second factor: a secret that a phone keeps, the code that it shows, and spare codes for whoever lost the phone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from secrets import choice
from typing import Any

import pyotp

from ..people.limits import RECOVERY
from .kept.databases import writing
from .kept.models import UsedCodeRow
from .kept.people import Credential, digest_of

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look like others
STEP = 30  # seconds of a code


def new_secret() -> str:
    """Return a secret for a phone."""
    return pyotp.random_base32()


def address_of(secret: str, login: str, issuer: str) -> str:
    """Return the secret as a phone reads it from a picture."""
    told: str = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=issuer)
    return told


def step_of(secret: str, code: str, now: datetime) -> int:
    """Return which step's code this is, that of now or its neighbours; 0 for none."""
    totp, here = pyotp.TOTP(secret), int(now.timestamp()) // STEP
    said = "".join(code.split())
    return next(
        (step for step in (here, here - 1, here + 1) if pyotp.utils.strings_equal(said, totp.generate_otp(step))), 0
    )


def use_code(alias: str, credential: Credential, code: str, now: datetime) -> bool:
    """Say whether a code from the phone is good; each is taken once, and none that is older than the last one taken."""
    step = step_of(credential.totp, code, now) if credential.totp else 0
    if not step:
        return False
    with writing(alias):
        rows: Any = UsedCodeRow.objects.using(alias)
        if rows.filter(login=credential.login, step__gte=step).exists():
            return False
        rows.update_or_create(login=credential.login, defaults={"step": step})
    return True


def spare_codes() -> tuple[str, ...]:
    """Return new spare codes."""
    return tuple("-".join("".join(choice(LETTERS) for _ in range(5)) for _ in range(2)) for _ in range(RECOVERY))


def kept_codes(codes: Sequence[str]) -> str:
    """Return what is kept of spare codes."""
    return " ".join(digest_of(code) for code in codes)


def without_code(credential: Credential, typed: str) -> str | None:
    """Return what is kept once a spare code was used; None where it is none of them."""
    kept, used = credential.recovery.split(), digest_of(typed.strip().lower())
    return " ".join(one for one in kept if one != used) if used in kept else None
