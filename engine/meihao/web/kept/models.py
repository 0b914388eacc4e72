"""Lists the tables that are only ever added to, and by `keep` alone: whatever else would change them raises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models

_BESIDE = ContextVar("beside", default=False)  # whether `keep` is at work, which writes the events beside the rows


class Unjournaled(Exception):  # an error of ours: code that would change what is kept without an event
    """What is kept of a round is added by `keep`, with its event, and never changed."""


@contextmanager
def beside_events() -> Iterator[None]:
    """Let rows be added; `keep` alone does so, when it has written their events."""
    before = _BESIDE.set(True)
    try:
        yield
    finally:
        _BESIDE.reset(before)


def _refuse(*given: Any, **named: Any) -> Any:
    raise Unjournaled(Unjournaled.__doc__)


class KeptRows(models.QuerySet):  # type: ignore[misc]  # untyped
    """Rows that are read, and added by `keep`."""

    update = delete = bulk_update = raw = _refuse

    def bulk_create(self, objs: Sequence[Any], *given: Any, **named: Any) -> Any:
        if not _BESIDE.get() or given or named:
            _refuse()
        return super().bulk_create(objs)


class Kept(models.Model):  # type: ignore[misc]  # untyped
    """A row that is never changed."""

    objects = KeptRows.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    save = save_base = delete = _refuse


class RoundRow(Kept):
    """A round by its id, as `round.yaml` has it."""

    code = models.TextField(primary_key=True)

    class Meta(Kept.Meta):
        db_table = "round"


class OfRound(Kept):
    """A row of one round."""

    round = models.ForeignKey(RoundRow, models.PROTECT, db_index=False)

    class Meta(Kept.Meta):
        abstract = True


class TextRow(OfRound):
    """One of a round's own texts, such as its roster; of several the highest number counts."""

    name = models.TextField()
    number = models.PositiveIntegerField()
    data = models.BinaryField()
    digest = models.TextField()

    class Meta(Kept.Meta):
        db_table = "text"
        constraints = (models.UniqueConstraint(fields=["round", "name", "number"], name="one_text"),)


class SubmissionRow(OfRound):
    """What a unit handed in: the very bytes that a folder holds as a file."""

    unit = models.TextField()
    number = models.PositiveIntegerField()
    data = models.BinaryField()
    digest = models.TextField()

    class Meta(Kept.Meta):
        db_table = "submission"
        constraints = (models.UniqueConstraint(fields=["round", "unit", "number"], name="one_submission"),)


class DocumentRow(OfRound):
    """A document of a unit, by the name that a folder gives it; its bytes are a file named by their digest."""

    unit = models.TextField()
    name = models.TextField()
    digest = models.TextField()

    class Meta(Kept.Meta):
        db_table = "document"
        constraints = (models.UniqueConstraint(fields=["round", "unit", "name"], name="one_document"),)


class ReceiptRow(OfRound):
    """A line of the ledger, and of which submission it is."""

    n = models.PositiveIntegerField()
    unit = models.TextField()
    number = models.PositiveIntegerField()
    line = models.BinaryField()

    class Meta(Kept.Meta):
        db_table = "receipt"
        constraints = (models.UniqueConstraint(fields=["round", "n"], name="one_receipt"),)


class AccountRow(Kept):
    """A version of an account; of several of one login the highest number counts."""

    login = models.TextField()
    number = models.PositiveIntegerField()
    data = models.BinaryField()
    digest = models.TextField()

    class Meta(Kept.Meta):
        db_table = "account"
        constraints = (models.UniqueConstraint(fields=["login", "number"], name="one_account"),)


class EventRow(Kept):
    """A line of the journal of one round."""

    stream = models.TextField()
    n = models.PositiveIntegerField()
    at = models.TextField()
    who = models.TextField()
    what = models.TextField()
    unit = models.TextField(blank=True)
    name = models.TextField(blank=True)
    number = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    previous = models.TextField(blank=True)

    class Meta(Kept.Meta):
        db_table = "event"
        constraints = (models.UniqueConstraint(fields=["stream", "n"], name="one_event"),)
        indexes = (models.Index(fields=["stream", "what", "unit", "name", "number"], name="event_of"),)


class StepRow(OfRound):
    """A step of a unit's application, as a line."""

    unit = models.TextField()
    number = models.PositiveIntegerField()
    data = models.BinaryField()
    digest = models.TextField()

    class Meta(Kept.Meta):
        db_table = "step"
        constraints = (models.UniqueConstraint(fields=["round", "unit", "number"], name="one_step"),)


class DraftRow(models.Model):  # type: ignore[misc]  # untyped
    """What was typed about a unit and not handed in: the one row that is changed, of which the journal tells nothing."""

    round = models.ForeignKey(RoundRow, models.PROTECT, db_index=False)
    unit = models.TextField()
    version = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        db_table = "draft"
        constraints = (models.UniqueConstraint(fields=["round", "unit"], name="one_draft"),)


class PaperRow(models.Model):  # type: ignore[misc]  # untyped
    """A file that was given with a draft, by its digest; a backup takes it along like a document."""

    digest = models.TextField(primary_key=True)

    class Meta:
        db_table = "paper"


class CredentialRow(models.Model):  # type: ignore[misc]  # untyped
    """What proves that somebody is who a login says. It changes, each time with its event, of which `event` is the number.

    `password` is a hash, `recovery` the digests of codes that were not used yet; `totp` is the secret shared with a phone.
    """

    login = models.TextField(primary_key=True)
    password = models.TextField()
    must_change = models.BooleanField(default=True)
    totp = models.TextField(blank=True)
    recovery = models.TextField(blank=True)
    event = models.PositiveIntegerField()

    objects = KeptRows.as_manager()

    class Meta:
        db_table = "credential"
        base_manager_name = "objects"

    delete = save_base = _refuse

    def save(self, *given: Any, **named: Any) -> None:
        if not _BESIDE.get():
            _refuse()
        super().save_base(*given, **named)


class SessionRow(models.Model):  # type: ignore[misc]  # untyped
    """Somebody who is logged in, at one browser; found by the digest of a key that the browser alone has."""

    digest = models.TextField(primary_key=True)
    login = models.TextField(db_index=True)
    address = models.TextField(blank=True)
    browser = models.TextField(blank=True)
    began = models.DateTimeField()
    seen = models.DateTimeField()
    data = models.TextField()

    class Meta:
        db_table = "session"


class FailureRow(models.Model):  # type: ignore[misc]  # untyped
    """Until when failed logins count, for a login or an address: each failure adds to it."""

    key = models.TextField(primary_key=True)
    until = models.DateTimeField()

    class Meta:
        db_table = "failure"


class UsedCodeRow(models.Model):  # type: ignore[misc]  # untyped
    """The last code from a phone that a login used: none is taken twice."""

    login = models.TextField(primary_key=True)
    step = models.BigIntegerField()

    class Meta:
        db_table = "used_code"


class LinkRow(models.Model):  # type: ignore[misc]  # untyped
    """A link that is good once, for the first administrator; found by the digest of what only the link holds."""

    digest = models.TextField(primary_key=True)
    until = models.DateTimeField()

    class Meta:
        db_table = "link"
