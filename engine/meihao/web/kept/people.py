"""Keeps accounts and what proves them in the database of a served folder, each change with its event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import asdict

from ...core.problems import Problems, Source
from ...people.accounts import Account, account_bytes, account_digest, account_of
from ...store.journal import Event, Hand, breaks, digest_of_line
from ...store.messages import NOT_TOLD
from .databases import writing
from .keep import events_of, keep, last_event
from .layout import PEOPLE
from .models import AccountRow, CredentialRow, LinkRow, SessionRow, beside_events


class Credential(Struct, frozen=True):
    """What proves that somebody is who a login says: the hash of a password, a secret shared with a phone, spare codes."""

    login: str
    password: str
    must_change: bool = True
    totp: str = ""
    recovery: str = ""


class People(Struct, frozen=True):
    """The people of a served folder; `hand` is whoever changes something."""

    alias: str
    hand: Hand

    def accounts(self) -> Mapping[str, Account]:
        """Return every account as it stands, by login."""
        rows = AccountRow.objects.using(self.alias).order_by("number").values_list("login", "data")
        found = {login: account_of(bytes(data)) for login, data in rows}
        return dict(sorted(found.items()))

    def account(self, login: str) -> Account | None:
        """Return an account as it stands; None where there is none."""
        rows = AccountRow.objects.using(self.alias).filter(login=login).order_by("-number")
        data = rows.values_list("data", flat=True).first()
        return None if data is None else account_of(bytes(data))

    def put(self, accounts: Sequence[Account], reason: str, credentials: Sequence[Credential] = ()) -> None:
        """Put new versions of accounts, and what proves those that are new, or nothing of both."""
        with writing(self.alias):
            for account in accounts:
                self._put(account, reason)
            for one in credentials:
                self.prove(one, "first_password")
            ended = [account.login for account in accounts if not account.active]
            SessionRow.objects.using(self.alias).filter(login__in=ended).delete()

    def _put(self, account: Account, reason: str) -> None:
        before = last_event(self.alias, PEOPLE, what="account", name=account.login)
        number, after = (before.number if before else 0) + 1, account_digest(account)
        event = Event(0, "", "", "account", "", account.login, number, reason, before.after if before else "", after)
        row = AccountRow(login=account.login, number=number, data=account_bytes(account), digest=after)
        keep(self.alias, PEOPLE, self.hand, [event], [row])

    def credential(self, login: str) -> Credential | None:
        """Return what proves a login; None where there is nothing."""
        values = (
            CredentialRow.objects.using(self.alias).filter(login=login).values(*Credential.__struct_fields__).first()
        )
        return Credential(**values) if values else None

    def prove(self, credential: Credential, reason: str) -> None:
        """Put what proves a login from now on. The event says that it changed and why, and nothing of what it is."""
        with writing(self.alias):
            event = self.tell("credential", credential.login, reason)
            with beside_events():
                CredentialRow(**asdict(credential), event=event.n).save(using=self.alias)

    def tell(self, what: str, login: str, reason: str = "") -> Event:
        """Add an event that tells of a login, and return it."""
        with writing(self.alias):
            keep(self.alias, PEOPLE, self.hand, [Event(0, "", "", what, "", login, 0, reason)], ())  # type: ignore[arg-type]
            told = last_event(self.alias, PEOPLE)
        assert told is not None  # it was just kept
        return told

    def offer(self, token: str, until: object) -> None:
        """Let a link be used once until then, in the place of any that was offered before."""
        with writing(self.alias):
            links = LinkRow.objects.using(self.alias)
            links.all().delete()
            links.create(digest=digest_of(token), until=until)

    def offered(self, token: str, now: object) -> bool:
        """Say whether a link is still good."""
        return bool(LinkRow.objects.using(self.alias).filter(digest=digest_of(token), until__gt=now).exists())

    def take(self, token: str, now: object) -> bool:
        """Use a link up, in a transaction of the caller's; False where it is not good any more."""
        used, _ = LinkRow.objects.using(self.alias).filter(digest=digest_of(token), until__gt=now).delete()
        return bool(used)


def digest_of(secret: str) -> str:
    """Return what is kept in the place of a secret that nobody could guess."""
    return sha256(secret.encode()).hexdigest()


def check_people(alias: str) -> tuple[str, Problems]:
    """Return the head of the journal of accounts, "" where it is empty, and where it or an account does not follow it."""
    events = tuple(events_of(alias, PEOPLE))
    told = {(one.what, one.name, one.number): one for one in events}
    problems = list(breaks(events, PEOPLE))
    for login, number, data in AccountRow.objects.using(alias).order_by("id").values_list("login", "number", "data"):
        known = told.get(("account", login, number))
        if known is None or known.after != sha256(bytes(data)).hexdigest():
            problems.append(NOT_TOLD.at(Source(PEOPLE), what=f"{login} {number}"))
    for login, n in CredentialRow.objects.using(alias).order_by("login").values_list("login", "event"):
        last = told.get(("credential", login, 0))
        if last is None or last.n != n:
            problems.append(NOT_TOLD.at(Source(PEOPLE), what=login))
    return (f"{events[-1].n} {digest_of_line(events[-1])[:12]}" if events else ""), tuple(problems)
