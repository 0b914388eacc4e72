"""`python -m bench [--quick] [NAME…]`: run the benchmarks and print their figures."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial

from .timing import ROOT, Table

sys.path.insert(0, str(ROOT / "engine"))  # runs from a checkout without an installation


def judge(quick: bool) -> Table:
    from .judge import run

    return run(rounds=3, units=50, checked=100) if quick else run()


def startup(quick: bool) -> Table:
    from .startup import run

    return run(rounds=3) if quick else run()


def bulk(quick: bool) -> Table:
    from .bulk import run

    return run(units=500, rounds=1, weighed=100) if quick else run()


def read(quick: bool) -> Table:
    from .read import run

    return run(rounds=2, files=20) if quick else run()


def template(quick: bool) -> Table:
    from .forms import run

    return run(rounds=2) if quick else run()


def imports(quick: bool) -> Table:
    from .imports import run

    return run(units=200, rounds=1) if quick else run()


def reports(quick: bool) -> Table:
    from .reports import run

    return run(rounds=1, reports=1, batch_of=4, long_run=8) if quick else run()


def growth(quick: bool) -> Table:
    from .growth import run

    return run(turns=1, part=10) if quick else run()


def web(quick: bool) -> Table:
    from .try_out import run

    return run(rounds=2, times=3, changes=2) if quick else run()


def served(quick: bool) -> Table:
    from .served import run

    return run(units=320, rounds=1, times=10, lists=10, requests=400) if quick else run()


def people(quick: bool, minutes: float = 10) -> Table:
    from .people import run

    return run(minutes=0.5, people=20, units=320) if quick else run(minutes)


BENCHES: dict[str, Callable[[bool], Table]] = {
    "judge": judge,
    "startup": startup,
    "bulk": bulk,
    "read": read,
    "template": template,
    "import": imports,
    "reports": reports,
    "growth": growth,
    "web": web,
    "served": served,
    "people": people,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds and units: shows that it runs, not how fast")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--minutes", type=float, default=10, help="how long `people` work (10)")
    words = parser.parse_args()
    if strange := [name for name in words.names if name not in BENCHES]:
        parser.error(f"no benchmark is called {', '.join(strange)}; there are {', '.join(BENCHES)}")
    for name in words.names or BENCHES:
        try:
            bench = partial(people, minutes=words.minutes) if name == "people" else BENCHES[name]
            print(bench(words.quick).text(), flush=True)
        except ModuleNotFoundError as missing:
            print(f"{name}: left out, {missing.name} is not installed (pip install '.[bench]')", flush=True)
        print()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
