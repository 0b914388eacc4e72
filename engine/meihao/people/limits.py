"""Lists the numbers that guard a login."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple


class Bucket(NamedTuple):
    """How many failures are borne at once, and how long it takes until one is forgotten."""

    most: int
    each: timedelta


IDLE = timedelta(minutes=30)  # a session of which nothing was heard for so long has ended
AT_MOST = timedelta(hours=12)  # no session lasts longer
PROVEN = timedelta(minutes=10)  # after a password was given, dangerous acts do not ask for it again
LINK = timedelta(hours=24)  # a link for the first administrator
BUCKETS = {
    "login": Bucket(5, timedelta(minutes=3)),
    "code": Bucket(5, timedelta(minutes=3)),  # from the phone: a password that is right leaves these as they are
    "address": Bucket(30, timedelta(minutes=1)),  # an office shares one
}
LEAST, MOST = 10, 200  # characters of a password
RECOVERY = 8  # codes for whoever lost the phone
