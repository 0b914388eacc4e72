"""A size -> rounds of that many units, invented to be ranked, read, stored: what bench/growth.py doubles."""

from __future__ import annotations

from contextlib import redirect_stdout
from datetime import date
from fractions import Fraction
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from meihao.assessment.assess import assess
from meihao.assessment.infer.reference import conclude
from meihao.assessment.plan import compile_plan
from meihao.assessment.results import Assessment, Verdict
from meihao.cli.main import run as command
from meihao.core.problems import Problems
from meihao.core.text import Label
from meihao.evidence.model import UnitEvidence
from meihao.expressions.tree import FieldValue
from meihao.methods.measures.rank_in_round import RankInRound
from meihao.ranking.rank import rank
from meihao.ranking.regions import around
from meihao.ranking.results import Ranking
from meihao.round.cases import make_cases, waived
from meihao.round.context import cohort_values
from meihao.round.model import Case, Fact, Grant, Region, Round
from meihao.round.read import check_units
from meihao.round.roster import Enrolled, roster_text
from meihao.standard.model import Pack, Profile, Seats, Tier

from .sample import default, read, texts
from .timing import Work

DAY = date(2026, 6, 30)
FIELD = "households"
ROUND = "round: b\nreference_date: 2026-06-30\nclosed: false\nstage: verified\n"


def default_profile(units: int) -> Work:
    """Ranking by the pack's own profile, half of the units undetermined."""
    return _ranking(units, 10, 4000, default().profiles[0], waiting=True)


def equal_units(units: int) -> Work:
    """Ranking units that are all equal; nothing is drawn."""
    return _ranking(units, 60, 1, _profile(1000))


def regional_ties(units: int) -> Work:
    """Ranking with seats by county, fifty different figures, and nothing drawn."""
    return _ranking(units, min(60, units // 20), 50, _profile(units // 3, shared=True))


def many_regions(units: int) -> Work:
    """The same, with a county for every twenty units."""
    return _ranking(units, units // 20, 50, _profile(units // 3, shared=True))


def two_levels(units: int) -> Work:
    """Seats by D'Hondt, a county for every twenty units and a province for five counties."""
    profile = _profile(units // 3, shared=True)
    (tier,) = profile.tiers
    seats = replace(tier.seats[0], allot="dhondt")
    both = replace(tier, seats=(seats, replace(seats, level="province")))
    return _ranking(units, units // 20, 50, replace(profile, tiers=(both,)), provinces=units // 100)


def _profile(places: int, shared: bool = False) -> Profile:
    seats = Seats("county", "largest_remainder", "passed", 1, None, "to_the_list")
    tier = Tier("t", Label("档"), default().grades[0].id, places, (seats,) if shared else ())
    return replace(default().profiles[0], tiers=(tier,), ties=())


def _ranking(
    units: int, counties: int, figures: int, profile: Profile, waiting: bool = False, provinces: int = 1
) -> Work:
    """Return what ranks so many units, drawn from one of the sample: codes, regions and figures differ."""
    whole = default()
    pack = replace(whole, profiles=(replace(profile, still_tied="shared"),), default_profile=profile.id)
    round_ = Round("b", Label("b"), DAY, False, "verified", regions=_some_regions(counties, provinces))
    one = replace(_sample(whole), grade=whole.grades[-1].id)
    given = [
        replace(
            one, unit=f"B-{n:06}", region=f"C{n * 104_729 // figures % counties:05}", total_lo=points, total_hi=points,
            verdict=Verdict("undetermined" if waiting and n % 2 else "passed", ()),
        )
        for n in range(units)
        for points in (60 + Fraction(n * 7919 % figures, 100),)
    ]  # fmt: skip
    return lambda: _checked(rank(pack, round_, given))


def _sample(pack: Pack) -> Assessment:
    """Return an assessment of the sample round."""
    unit = read(texts()[0], pack)
    (case,) = make_cases(pack, Round("b", Label("b"), DAY, False, "verified"), [unit], whole_round=True)
    return assess(compile_plan(pack, case.kind), case, conclude)


def _checked(found: tuple[Ranking | None, Problems]) -> Ranking:
    """Return a ranking that was made; a benchmark of a refusal would measure nothing."""
    if found[0] is None:
        raise RuntimeError("\n".join(problem.text("en") for problem in found[1][:5]))
    return found[0]


def _some_regions(counties: int, provinces: int = 1) -> tuple[Region, ...]:
    wide = (Region(f"P{n:03}", f"P{n}", "province") for n in range(max(provinces, 1)))
    within = (f"P{n % max(provinces, 1):03}" for n in range(counties))
    narrow = (Region(f"C{n:05}", f"C{n}", "county", p, 1 + n % 7, 1 + n % 5) for n, p in enumerate(within))
    return (*wide, *narrow)


def regions_of_a_round(number: int) -> Work:
    """Reading the regions of a round, and whether every unit lies in one of them."""
    regions = _some_regions(number)
    round_ = Round("b", Label("b"), DAY, False, "verified", regions=regions)
    units = tuple(UnitEvidence(region.code, "village", "", region.code, (), ()) for region in regions)
    return lambda: (around(regions), check_units(round_, units))


def places_in_a_round(number: int) -> Work:
    """The places of all units by one value (rank_in_round)."""
    facts = ({FIELD: Fact(n * 7919 % number)} for n in range(number))
    cases = [Case(f"{n}", "village", "", "", "verified", False, DAY, one) for n, one in enumerate(facts)]
    return lambda: cohort_values(RankInRound(FieldValue(FIELD)), "m", cases)


def waivers(number: int) -> Work:
    """Waivers, one for each unit."""
    pack = default()
    one = pack.waivers[0].id
    grants = tuple(Grant(f"{n}", one, "b", DAY, DAY, "", "") for n in range(number))
    round_ = Round("b", Label("b"), DAY, False, "verified", grants=grants)
    return lambda: waived(pack, round_)


def imported(number: int) -> Work:
    """Import one table of many units, each handed in by somebody else."""
    rows = (f"{n},村,示例{n}村,{300 + n % 50},示例{n}村村委会\n" for n in range(number))
    table = "编号,类别,名称,总户数,填报人\n" + "".join(rows)
    roster = roster_text(Enrolled(f"{n}", "village", f"示例{n}村") for n in range(number))

    def imported() -> None:
        with TemporaryDirectory() as name, redirect_stdout(StringIO()):
            folder = Path(name)
            (folder / "round.yaml").write_text(ROUND, encoding="utf-8")
            (folder / "roster.yaml").write_text(roster, encoding="utf-8")
            (folder / "table.csv").write_text(table, encoding="utf-8")
            if command(["import", str(folder / "table.csv"), "--round", name, "--on", "2026-06-30"]):
                raise RuntimeError("the table was not stored")

    return imported
