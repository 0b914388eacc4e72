"""`python -m bench.served_process FOLDER DAY`: serves a folder as `meihao serve` does, on a free port, as if it were that day."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from msgspec.structs import replace

from meihao.core.problems import Problem
from meihao.standard.cache import cache_folder
from meihao.uses.session import Opening


def main(folder: Path, day: date) -> None:
    """Serve until stopped; the address is the first line that is printed."""
    from meihao.web import clock

    ahead = day - datetime.now(UTC).date()
    clock.now = lambda: datetime.now(UTC) + ahead
    from meihao.web.settings import set_up_tables

    set_up_tables()
    from meihao.web.opening import open_folder
    from meihao.web.server import serve, take_address
    from meihao.web.site import site_of

    listening = take_address("127.0.0.1", 0)
    opened, problems = open_folder(Opening(cache=cache_folder(os.environ, os.path.expanduser("~"))), folder, "")
    if opened is None or isinstance(listening, Problem):
        raise SystemExit("\n".join(one.text("en") for one in problems))
    site = replace(site_of(opened.session, local=True, people=opened.people), on=day)
    serve(site, listening, lambda address: print(address, flush=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
