"""The JSON of a ranking is canonical and exact; two of them compare to the changes that an objection asks about."""

from __future__ import annotations

import json

import pytest

from meihao.core.canonical import Json, canonical, pretty
from meihao.core.unknown import Why
from meihao.ranking import Change, Ranking, candidate, compare, to_json
from meihao.ranking.published import RankingRecord
from meihao.ranking.read_files import read_ranking

from .builders import TIES, a_round, by_county, correction, county, pack, profile, ranked, tier, unit


def read(file: dict[str, Json]) -> RankingRecord:
    """Return a ranking as it comes back from its file."""
    found, problems = read_ranking(pretty(file).encode(), "a.json")
    assert found is not None, problems
    return found.body


def published(ranking: Ranking) -> RankingRecord:
    return read(to_json(ranking))


PROFILE = profile(tier(places=2, seats=[by_county()]), ties=TIES)
ROUND = a_round(county("A"))
UNITS = [unit("a", "92.5"), unit("b", 90), unit("c", 85), unit("f", 50, state="failed")]


def test_figures_are_exact_text_and_counts_are_numbers() -> None:
    body = json.loads(canonical(to_json(ranked(PROFILE, ROUND, UNITS))))["body"]
    line = body["lists"][0]["units"][0]
    assert (line["figure"], line["rank"], line["keys"][0]["value"]) == ("92.5", 1, "50")
    row = body["lists"][0]["tiers"][0]["regions"][0]
    assert (row["share"], row["weight"], row["seats"], row["at_most"]) == ("2", 3, 2, None)


def test_the_digest_is_of_the_body_alone() -> None:
    ranking = ranked(PROFILE, ROUND, UNITS)
    first, second = to_json(ranking), to_json(ranking, {"meihao": "1"})
    assert first["schema_version"] == "1"
    assert first["digest"] == second["digest"]
    assert second["made_by"] == {"meihao": "1"}


def test_equal_rankings_have_no_changes_even_after_a_file() -> None:
    one = to_json(ranked(PROFILE, ROUND, UNITS))
    assert compare(read(one), read(one)) == ()


def test_compare_names_what_moved() -> None:
    old = published(ranked(PROFILE, ROUND, UNITS))
    new = published(ranked(PROFILE, ROUND, [UNITS[0], UNITS[1], unit("c", 91), unit("f", 50, state="failed")]))
    changes = compare(old, new)
    assert set(changes) == {
        Change("figure", "c", "", "85", "91"),
        Change("rank", "c", "", "3", "2"),
        Change("rank", "b", "", "2", "3"),
        Change("tier", "b", "ten", "proportional", ""),
        Change("tier", "c", "ten", "", "proportional"),
    }


def test_compare_names_the_seats_of_a_region_with_their_list_and_tier() -> None:
    """A third place: county A's seats grow from two to three, and c comes in."""
    wider = profile(tier(places=3, seats=[by_county()]), ties=TIES)
    changes = compare(published(ranked(PROFILE, ROUND, UNITS)), published(ranked(wider, ROUND, UNITS)))
    assert changes == (
        Change("seats", "A", "rural ten", "2", "3"),
        Change("tier", "c", "ten", "", "proportional"),
    )


def test_compare_names_what_a_unit_of_no_list_and_an_undetermined_one_are_now() -> None:
    one = profile(tier(places=2), ties=TIES, lists=("rural",))
    before = [unit("a", 90), unit("w", 70, state="undetermined", possible=95), unit("x", 80, kind="compound")]
    after = [unit("a", 90), unit("w", 70), unit("x", 80, kind="community")]
    changes = compare(published(ranked(one, ROUND, before)), published(ranked(one, ROUND, after)))
    assert Change("state", "x", "", "outside", "passed") in changes
    assert Change("list", "x", "", "", "rural") in changes
    assert Change("state", "w", "", "undetermined", "passed") in changes
    assert {c for c in changes if c.what == "tier"} == {Change("tier", "x", "ten", "", "list")}
    assert {(c.what, c.before) for c in changes if c.subject == "w" and c.what == "reason"} == {
        ("reason", "line: grades.qualified.base")
    }


def test_compare_shows_a_unit_that_changed_state_and_a_setting() -> None:
    old = published(ranked(PROFILE, ROUND, UNITS))
    seeded = a_round(county("A"), seed="0630", corrections=[correction("a", "ten", "confirm")])
    new = published(ranked(PROFILE, seeded, [*UNITS[:2], unit("c", 85, state="failed"), UNITS[3]]))
    changes = compare(old, new)
    assert Change("setting", "lot_seed", "", "", "0630") == changes[0]
    assert Change("state", "c", "", "passed", "failed") in changes
    assert Change("reason", "c", "", "", "line: grades.qualified.base") in changes


def test_a_tie_that_waits_is_a_change_when_it_is_drawn() -> None:
    one, units = profile(tier(places=1)), [unit("a", 90), unit("b", 90)]
    old, new = published(ranked(one, a_round(), units)), published(ranked(one, a_round(seed="s"), units))
    changes = compare(old, new)
    assert {c.what for c in changes} == {"setting", "open", "tier"}
    assert [c for c in changes if c.what == "open"] == [Change("open", name, "ten", "lot", "") for name in "ab"]


def test_a_candidate_carries_the_reasons_of_an_undetermined_unit() -> None:
    found = candidate(unit("w", 70, state="undetermined", possible=90), pack(PROFILE))
    assert (found.figure("percent"), found.possible("percent"), found.figure("base"), found.possible("base")) == (
        70,
        90,
        70,
        90,
    )
    assert found.percent_of("satisfaction") == 50
    assert found.whys == ()
    assert sorted([Why("missing_fact", "b"), Why("missing_fact", "a")])[0].subject == "a"


@pytest.mark.parametrize(("by", "sure", "possible"), [("total", 60, 90), ("base", 60, 90), ("percent", 50, 75)])
def test_what_is_sure_and_what_is_possible_are_of_the_figure_that_orders_the_list(
    by: str, sure: int, possible: int
) -> None:
    """60 points, and 90 possible, of 120."""
    found = candidate(unit("w", 60, state="undetermined", possible=90), pack(PROFILE, points=(120, 120, 120)))
    assert (found.figure(by), found.possible(by)) == (sure, possible)


def test_changes_stand_unit_by_unit_after_the_settings() -> None:
    """A seed is drawn; c passes b and takes its place."""
    old = published(ranked(PROFILE, ROUND, UNITS))
    new = published(ranked(PROFILE, a_round(county("A"), seed="s"), [*UNITS[:2], unit("c", 91), UNITS[3]]))
    assert [(c.subject, c.what) for c in compare(old, new)] == [
        ("lot_seed", "setting"),
        ("b", "rank"),
        ("b", "tier"),
        ("c", "figure"),
        ("c", "rank"),
        ("c", "tier"),
    ]


def test_pending_words_stand_in_both_languages() -> None:
    one = profile(tier("towns", 10, pending="尚无乡镇标准"))
    body = json.loads(canonical(to_json(ranked(one, a_round(), [unit("a", 90)]))))["body"]
    assert body["pending"] == [{"tier": "towns", "places": 10, "pending": {"zh": "尚无乡镇标准", "en": ""}}]
    assert ranked(PROFILE, ROUND, UNITS).ranked("rural").tier("ten").requires == "qualified"
