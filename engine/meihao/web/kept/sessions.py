"""Keeps who is logged in as rows, so that they can be listed and ended. The key that a browser sends is kept nowhere."""

from __future__ import annotations

from typing import Any

import msgspec
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction

from .. import clock
from ..site import served
from .models import SessionRow
from .people import digest_of


class SessionStore(SessionBase):  # type: ignore[misc]  # untyped
    """The session of one browser, as Django asks for it. Without a database of people there is none."""

    def _rows(self) -> Any:
        return SessionRow.objects.using(served().people)

    def exists(self, session_key: str) -> bool:
        return bool(self._rows().filter(digest=digest_of(session_key)).exists())

    def load(self) -> dict[str, Any]:
        row = self._rows().filter(digest=digest_of(self.session_key)).first() if served().people else None
        if row is None:
            self._session_key = None
            return {}
        return {**msgspec.json.decode(row.data, type=dict[str, Any]), "seen": row.seen}

    def create(self) -> None:
        self._session_key = self._get_new_session_key()
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            return self.create()
        data = {name: value for name, value in self._get_session(no_load=must_create).items() if name != "seen"}
        digest, now = digest_of(self.session_key), clock.now()
        said = {name: data.get(name, "") for name in ("login", "address", "browser")}
        changed = {**said, "seen": now, "data": msgspec.json.encode(data).decode()}
        try:
            with transaction.atomic(using=served().people):
                if must_create:
                    self._rows().create(digest=digest, began=now, **changed)
                elif not self._rows().filter(digest=digest).update(**changed):
                    raise UpdateError
        except IntegrityError as taken:
            raise CreateError from taken
        return None

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key and served().people:
            self._rows().filter(digest=digest_of(key)).delete()

    def touch(self) -> None:
        """Note that the browser was heard of."""
        self._rows().filter(digest=digest_of(self.session_key)).update(seen=clock.now())
