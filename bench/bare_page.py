"""`python -m bench.bare_page DATABASE`: serves the baseline, a page of Django that does as little as a page can.

One indexed query (the digest of a submission, by round, unit and number) on the very database that is measured, one small
template of Jinja2 that is compiled once, no middleware, no session, nobody logged in; the same server with as many
processes and threads. Any page of a web application costs more than this; how much more is the figure.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

PAGE = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{{ unit }}</title></head>
<body><h1>{{ unit }}</h1><p>{{ digest }}</p></body></html>
"""


def page(request: Any, code: str, unit: str) -> Any:
    """Show the digest of a unit's first submission."""
    from django.http import HttpResponse

    from meihao.web.kept.models import SubmissionRow

    row = SubmissionRow.objects.filter(round_id=code, unit=unit, number=1).values_list("digest", flat=True)
    return HttpResponse(_template().render({"unit": unit, "digest": row.first()}, request))


def _template() -> Any:
    from django.template.loader import get_template

    return get_template("page.html")


def main(database: Path) -> None:
    """Serve until stopped; the address is the first line that is printed."""
    import django
    from django.conf import settings
    from django.urls import path

    from meihao.web.kept.databases import file_settings

    how = {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "OPTIONS": {"environment": "bench.bare_page.environment"},
    }
    settings.configure(
        DATABASES={"default": file_settings(database)}, INSTALLED_APPS=["meihao.web.kept"], MIDDLEWARE=[], TEMPLATES=[how],
        ROOT_URLCONF=(path("<str:code>/<str:unit>", page),), ALLOWED_HOSTS=["127.0.0.1"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )  # fmt: skip
    django.setup()
    from django.core.wsgi import get_wsgi_application

    from meihao.web.server import address_of, run_gunicorn, take_address

    listening = take_address("127.0.0.1", 0)
    address = address_of(listening)
    run_gunicorn(get_wsgi_application(), listening, lambda: print(address, flush=True))


def environment(**options: Any) -> Any:
    """Return the environment of the page's one template, which it keeps compiled."""
    from jinja2 import DictLoader, Environment

    return Environment(**{**options, "loader": DictLoader({"page.html": PAGE})})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
