"""Every page of the site, from its own table of addresses, each with somebody who may see it; a new page cannot be left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tests.web.peopled import ACCOUNTS, make_served
from tests.web.test_permission_matrix import ON, OPEN, OWN, TABLE

from meihao.people.accounts import Account
from meihao.people.permissions import may
from meihao.people.places import RoleGrant
from meihao.store.steps import FormItem
from meihao.uses.hand_in import By
from meihao.uses.review import return_item

TOKEN, PART, FIELD = "token-of-the-first", "village.party", "households"
PEOPLE = (
    Account("applicant", "申报甲", "河口一村", (RoleGrant("applicant", "A-1"), RoleGrant("applicant", "A-2"))),
    *ACCOUNTS[1:],
)
MORE = (
    ("applicant", f"/u/A-2/fill/part/{PART}"), ("applicant", "/u/A-2/fill/check"), ("county", "/round"),
    ("county", "/inbox?state=draft"), ("accounts", "/admin/may?who=county&action=review&unit=D-1"),
    ("", "/u/A-1/fill"), ("", "/no-such-page"),
)  # fmt: skip
"""Pages that look otherwise for somebody else, or with a question."""


class Visit(NamedTuple):
    """An address and who asks for it; "" is anybody."""

    login: str
    address: str


def make_round(place: Path) -> None:
    """Make a served folder in which a unit has handed in and got one item back."""
    from tests.web.test_intake_kill import desk_at

    from meihao.web.kept.people import People
    from meihao.web.opening import SERVER

    make_served(place, PEOPLE)
    desk = desk_at(place)
    desk.type({FIELD: "300"}, "A-1")
    desk.hand_in("A-1")
    on = datetime.now(UTC)
    by = By("镇审乙", "township", on.date(), on.isoformat())
    done, problems = return_item(desk.session, "A-1", FormItem("field", FIELD), "与台账不符", "2099-12-31", by)
    assert done is not None, problems
    People(str((place / "meihao.sqlite3").resolve()), SERVER).offer(TOKEN, datetime(2099, 1, 1, tzinfo=UTC))


def visits() -> Iterator[Visit]:
    """Yield every address of the table, and the few more."""
    from django.urls import reverse

    from meihao.web.urls import urlpatterns

    known = {"code": "A-1", "name": PART, "digest": "0" * 64, "login": "county", "token": TOKEN, "field": "grids"}
    for one in urlpatterns:
        if one.name != "logout":  # the form of every account
            yield Visit(who(one.name), reverse(one.name, args=[known[name] for name in one.pattern.converters]))
    yield from (Visit(*one) for one in MORE)


def who(name: str) -> str:
    """Return the login of somebody who may see a page."""
    if name in OPEN:
        return ""
    if name in OWN:
        return {"inbox": "township", "totp": "accounts"}.get(name, "applicant")
    return next(one.login for one in PEOPLE if may(one, TABLE[name], ON.unit("A-1"), ON))
