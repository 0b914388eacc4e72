"""Counts failed logins, by login and by address: each is a bucket that fills with failures and empties with time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from ..people.limits import BUCKETS, Bucket
from .kept.databases import writing
from .kept.models import FailureRow


def admit(alias: str, kind: str, login: str, address: str, now: datetime) -> timedelta:
    """Count an attempt as failed before it is looked at, so that many at once are no way around; or return how long to wait."""
    keys = {f"{kind}:{login}": BUCKETS[kind], f"address:{address}": BUCKETS["address"]}
    with writing(alias):
        _rows(alias).filter(until__lte=now).delete()
        until = dict(_rows(alias).filter(key__in=keys).values_list("key", "until"))
        wait = max(_wait(until.get(key, now), bucket, now) for key, bucket in keys.items())
        if not wait:
            for key, bucket in keys.items():
                _rows(alias).update_or_create(key=key, defaults={"until": until.get(key, now) + bucket.each})
    return wait


def forgive(alias: str, kind: str, login: str, address: str) -> None:
    """Forget the failures of a login, which was proven, and the one attempt of an address that was none."""
    with writing(alias):
        release(alias, f"{kind}:{login}")
        for row in _rows(alias).filter(key=f"address:{address}"):
            _rows(alias).filter(key=row.key).update(until=row.until - BUCKETS["address"].each)


def locked(alias: str, now: datetime) -> Iterator[tuple[str, str, timedelta]]:
    """Yield what is locked out: what was tried, of which login or address, and for how long."""
    for key, until in _rows(alias).order_by("key").values_list("key", "until"):
        kind, _, name = key.partition(":")
        if wait := _wait(until, BUCKETS[kind], now):
            yield kind, name, wait


def release(alias: str, key: str) -> None:
    """Let a login or an address try again at once."""
    _rows(alias).filter(key=key).delete()


def _wait(until: datetime, bucket: Bucket, now: datetime) -> timedelta:
    """Return how long it takes until a bucket bears one more failure."""
    return max(until - now - bucket.each * (bucket.most - 1), timedelta())


def _rows(alias: str) -> Any:
    return FailureRow.objects.using(alias)
