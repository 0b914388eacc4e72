"""durable_rules concludes a rule program as it is meant: expected values by hand, and equal to the reference in all four parts.

Also: programs of every size fit, rulesets are made once and freed, and faults of the C module are never taken for results.
"""

from __future__ import annotations

import gc
import random
from collections.abc import Mapping

import pytest

from meihao.assessment.infer import reference
from meihao.assessment.infer.network import JOINS_IN_A_GROUP, NOBODY, WIDEST_JOIN, Production, build, numbers_of
from meihao.assessment.infer.program import (
    All,
    Atom,
    Clause,
    Conclusion,
    Either,
    Fired,
    Formula,
    Inverse,
    Program,
    Truth,
)

c = pytest.importorskip(
    "durable_rules_engine", reason="durable_rules cannot be imported: the reference judges", exc_type=ImportError
)
from meihao.assessment.infer.durable import Durable, DurableFault, Ruleset  # noqa: E402  # needs the C module

A, B, C = Atom("a"), Atom("b"), Atom("c")
GRADES = ("standard", "model")
WORDS: Mapping[str, Truth] = {"t": "true", "f": "false", "u": "unknown"}
ENGINE = Durable()


def rule(name: str, formula: Formula, effect: str = "none", target: str = "", flag: bool = False) -> Clause:
    return Clause(name, formula, flag, effect, target)


def conclude(program: Program, values: Mapping[str, Truth], *waived: str) -> Conclusion:
    """Conclude by durable; every conclusion of this file is held against the reference too."""
    found = ENGINE.conclude(program, values, frozenset(waived))
    assert found == reference.conclude(program, values, frozenset(waived))
    return found


def state(formula: Formula, letters: str) -> str:
    """Return the state of one flagging rule over a, b, c given as three letters of t, f, u."""
    values = {name: WORDS[letter] for name, letter in zip("abc", letters, strict=True)}
    return dict(conclude(Program(((rule("r", formula, flag=True),),)), values).states).get("r", "")


@pytest.mark.parametrize(
    ("formula", "letters", "expected"),
    [
        (A, "tff", "fired"),
        (A, "fff", ""),
        (A, "uff", "flagged"),
        (Inverse(A), "tff", ""),
        (Inverse(A), "fff", "fired"),
        (Inverse(A), "uff", "flagged"),
        (Inverse(Inverse(A)), "tff", "fired"),
        (All((A, B)), "ttf", "fired"),
        (All((A, B)), "tuf", "flagged"),
        (All((A, B)), "fuf", ""),
        (Either((A, B)), "tuf", "fired"),
        (Either((A, B)), "fuf", "flagged"),
        (Either((A, B)), "fff", ""),
        (Inverse(All((A, B))), "fuf", "fired"),
        (Inverse(All((A, B))), "tuf", "flagged"),
        (Inverse(Either((A, B))), "fff", "fired"),
        (Inverse(Either((A, B))), "fuf", "flagged"),
        (Inverse(Either((A, B))), "tuf", ""),
        (All((A, Either((B, C)))), "tft", "fired"),
        (All((A, Either((B, C)))), "tfu", "flagged"),
        (All((A, Either((B, Inverse(C))))), "tfu", "flagged"),
        (Either((A, All((B, C)))), "ftt", "fired"),
        (Either((A, All((B, C)))), "fut", "flagged"),
        (All((A, Inverse(A))), "uff", "flagged"),  # Kleene's logic knows no excluded third
        (Either((A, Inverse(A))), "uff", "flagged"),
        (All((A, A)), "tff", "fired"),
        (All(()), "fff", "fired"),
        (Either(()), "ttt", ""),
        (Inverse(Either(())), "fff", "fired"),
        (All((A, Either(()))), "ttt", ""),
        (Either((A, All(()))), "fff", "fired"),
        (All((Either(()), B)), "utt", ""),
        (Fired("nobody"), "ttt", ""),
        (Inverse(Fired("nobody")), "fff", "fired"),
    ],
)
def test_a_formula_means_what_kleene_says(formula: Formula, letters: str, expected: str) -> None:
    assert state(formula, letters) == expected


def test_a_quiet_rule_says_nothing_of_what_is_unknown() -> None:
    program = Program(((rule("quiet", A), rule("loud", A, flag=True)),))
    assert conclude(program, {"a": "unknown"}).states == (("loud", "flagged"),)


def test_findings_follow_from_findings_over_strata_with_their_chain() -> None:
    program = Program(
        (
            (rule("no_keeper", All((A, Inverse(B))), flag=True),),
            (rule("decay", All((Fired("no_keeper"), C))), rule("kept", Inverse(Fired("no_keeper")))),
            (rule("out", Either((Fired("decay"), Fired("kept"))), "veto"),),
        )
    )
    found = conclude(program, {"a": "true", "b": "false", "c": "true"})
    assert found.states == (("decay", "fired"), ("no_keeper", "fired"), ("out", "fired"))
    assert found.effects == (("veto", "", "out"),)
    assert found.chain == (("decay", ("c", "no_keeper")), ("no_keeper", ("a",)), ("out", ("decay",)))


def test_a_flagged_finding_is_unknown_to_later_rules() -> None:
    first = rule("first", A, flag=True)
    later = (rule("yes", Fired("first"), flag=True), rule("no", Inverse(Fired("first")), flag=True))
    found = conclude(Program(((first,), later)), {"a": "unknown"})
    assert found.states == (("first", "flagged"), ("no", "flagged"), ("yes", "flagged"))


def test_a_quiet_finding_that_may_be_is_not_fired_for_later_rules() -> None:
    later = (rule("yes", Fired("first"), flag=True), rule("no", Inverse(Fired("first"))))
    assert conclude(Program(((rule("first", A),), later)), {"a": "unknown"}).states == (("no", "fired"),)


def test_a_waived_rule_has_no_effect_and_counts_as_not_fired() -> None:
    first = (rule("r", A, "veto"), rule("s", B, "cap_grade", "standard", flag=True))
    program = Program((first, (rule("after", Fired("r")), rule("else", Inverse(Fired("r"))))), GRADES)
    values: Mapping[str, Truth] = {"a": "true", "b": "unknown"}
    assert conclude(program, values).states == (("after", "fired"), ("r", "fired"), ("s", "flagged"))
    found = conclude(program, values, "r", "s", "no such rule")
    assert found.states == (("else", "fired"), ("r", "waived"), ("s", "waived"))
    assert (found.effects, found.cap) == ((), "")
    assert found.chain == (("else", ()), ("r", ("a",)), ("s", ("b",)))


def test_the_lowest_cap_holds_and_a_flagged_one_does_not_cap() -> None:
    caps = (rule("x", A, "cap_grade", "model"), rule("y", B, "cap_grade", "standard", flag=True))
    program = Program((caps,), GRADES)
    assert conclude(program, {"a": "true", "b": "true"}).cap == "standard"
    assert conclude(program, {"a": "true", "b": "unknown"}).cap == "model"
    assert conclude(program, {"a": "false", "b": "unknown"}).cap == ""


def test_a_later_stratum_reads_atoms_of_an_earlier_one_and_equal_formulas_agree() -> None:
    both = All((A, Either((B, C))))
    program = Program(((rule("x", both, flag=True), rule("y", both)), (rule("z", All((both, Fired("x")))),)))
    assert conclude(program, {"a": "true", "b": "false", "c": "true"}).states == (
        ("x", "fired"),
        ("y", "fired"),
        ("z", "fired"),
    )
    assert conclude(program, {"a": "true", "b": "unknown", "c": "false"}).states == (("x", "flagged"),)


def test_no_rules_no_findings() -> None:
    assert conclude(Program(()), {}) == Conclusion((), (), "", ())
    assert conclude(Program(((), ())), {}) == Conclusion((), (), "", ())


def test_an_atom_that_was_not_judged_is_a_fault_even_where_it_cannot_matter() -> None:
    program = Program(((rule("r", All((Either(()), A))),),))
    for engine in (ENGINE.conclude, reference.conclude):
        with pytest.raises(KeyError, match="a"):
            engine(program, {}, frozenset())


def test_a_truth_that_is_none_is_a_fault_before_durable_sees_it() -> None:
    with pytest.raises(ValueError, match="maybe"):
        ENGINE.conclude(Program(((rule("r", A),),)), {"a": "maybe"}, frozenset())  # type: ignore[dict-item]


# Programs of every size.


def large(rules: int) -> tuple[Program, list[str]]:
    """Return rules over two atoms of their own and one shared by all; each third reads an earlier one."""
    shared = Atom("shared")
    first = tuple(
        rule(f"r{n}", All((Atom(f"x{n}"), Either((Atom(f"y{n}"), shared)))), "veto", "", n % 2 == 0)
        for n in range(rules)
    )
    second = tuple(rule(f"s{n}", All((Fired(f"r{n}"), Inverse(Fired(f"r{n + 1}"))))) for n in range(0, rules - 1, 3))
    return Program((first, second)), ["shared", *(f"{a}{n}" for a in "xy" for n in range(rules))]


@pytest.mark.parametrize("weights", [(1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1), (1, 9, 0)])
def test_six_hundred_rules_are_concluded(weights: tuple[int, int, int]) -> None:
    program, names = large(600)
    values = dict(zip(names, random.Random(7).choices(tuple(WORDS.values()), weights, k=len(names)), strict=True))
    found = conclude(program, values, "r4", "r301")
    # all r, and the two s whose "not r" was waived
    assert len(found.states) == {(1, 0, 0): 602, (0, 1, 0): 0}.get(weights, len(found.states))


def nested(depth: int, path: str = "") -> Formula:
    """Return a full tree of this depth: `All`, `Either` and `Inverse` in turn, its leaves atoms of their own."""
    if depth == 0:
        return Atom(f"n{path}")
    parts = (nested(depth - 1, path + "0"), Inverse(nested(depth - 1, path + "1")))
    return All(parts) if depth % 2 else Either(parts)


def test_formulas_of_depth_twelve_are_concluded() -> None:
    program = Program(((rule("deep", nested(12), flag=True), rule("not", Inverse(nested(12)), flag=True)),))
    names = [name for name, _, _ in build(program).atoms]
    assert len(names) == 4096
    seed, seen = random.Random(1), set()
    for weights in ((1, 1, 0), (3, 3, 1), (30, 30, 1), (1, 0, 0), (0, 0, 1)):
        for _ in range(4):
            values = dict(zip(names, seed.choices(tuple(WORDS.values()), weights, k=4096), strict=True))
            seen.add(conclude(program, values).states)
    assert {(("deep", "fired"),), (("deep", "flagged"), ("not", "flagged"))} <= seen


@pytest.mark.parametrize("true", [0, 1, 39, 40])
def test_alternatives_and_joins_of_forty_are_concluded(true: int) -> None:
    parts = tuple(Atom(f"p{n}") for n in range(40))
    program = Program(((rule("any", Either(parts)), rule("all", All(parts)), rule("none", Inverse(Either(parts)))),))
    found = conclude(program, {f"p{n}": "true" if n < true else "false" for n in range(40)})
    expected = {0: ("none",), 40: ("all", "any")}.get(true, ("any",))
    assert tuple(name for name, _ in found.states) == expected


def test_one_atom_may_serve_any_number_of_rules() -> None:
    program = Program((tuple(rule(f"r{n}", All((A, Atom(f"x{n}"))), "veto") for n in range(300)),))
    values: dict[str, Truth] = dict.fromkeys(["a", *(f"x{n}" for n in range(300))], "true")
    assert len(conclude(program, values).effects) == 300


def test_groups_and_joins_stay_within_what_durable_stands() -> None:
    for program in (large(600)[0], Program(((rule("r", nested(12)),),)), Program(((rule("r", wide(5000)),),))):
        for group in (group for layer in build(program).layers for group in layer.groups):
            assert sum(len(p.body) for p in group) <= JOINS_IN_A_GROUP
            assert all(1 <= len(p.body) <= WIDEST_JOIN and len(set(p.body)) == len(p.body) for p in group)
            assert len(numbers_of(group)) <= JOINS_IN_A_GROUP


def wide(parts: int) -> Formula:
    return All(tuple(Atom(f"w{n}") for n in range(parts)))


def test_a_join_of_five_thousand_is_concluded() -> None:
    values: dict[str, Truth] = {f"w{n}": "true" for n in range(5000)}
    program = Program(((rule("r", wide(5000), flag=True),),))
    assert conclude(program, values).states == (("r", "fired"),)
    assert conclude(program, values | {"w4999": "unknown"}).states == (("r", "flagged"),)
    assert conclude(program, values | {"w4999": "false"}).states == ()


# What lives on.


def test_a_program_is_compiled_once_and_its_rulesets_are_freed_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    freed: list[int] = []
    create, delete = c.create_ruleset, c.delete_ruleset

    def note_made(*words: object) -> int:
        made.append(create(*words))
        return made[-1]

    def note_freed(handle: int) -> None:
        freed.append(handle)
        delete(handle)

    monkeypatch.setattr(c, "create_ruleset", note_made)
    monkeypatch.setattr(c, "delete_ruleset", note_freed)
    engine = Durable(keep=2)
    programs = [Program(((rule("r", Atom(f"a{n}")),),)) for n in range(5)]
    for n, program in enumerate(programs):
        for truth in WORDS.values():
            engine.conclude(program, {f"a{n}": truth}, frozenset())
    gc.collect()
    assert (len(made), len(freed)) == (5, 3)
    del engine
    gc.collect()
    assert sorted(freed) == sorted(made)


def test_an_interrupted_conclusion_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program(((rule("r", All((A, Either((B, C))))),),))
    values: dict[str, Truth] = {"a": "true", "b": "true", "c": "true"}
    expected = conclude(program, values)
    complete = c.complete_and_start_action
    monkeypatch.setattr(c, "complete_and_start_action", _interrupt)
    with pytest.raises(KeyboardInterrupt):
        ENGINE.conclude(program, values, frozenset())
    monkeypatch.setattr(c, "complete_and_start_action", complete)
    assert conclude(program, values) == expected
    assert conclude(program, values | {"a": "false"}).states == ()


def _interrupt(*_: object) -> str:
    raise KeyboardInterrupt


def test_rules_that_fire_without_end_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program(((rule("r", A),),))
    conclude(program, {"a": "true"})
    monkeypatch.setattr(c, "complete_and_start_action", lambda *_: '{"0":{}}')
    with pytest.raises(DurableFault, match="more rules fired"):
        ENGINE.conclude(program, {"a": "true"}, frozenset())


def test_a_fact_that_durable_does_not_take_is_a_fault_not_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program(((rule("r", A),),))
    conclude(program, {"a": "true"})
    tell = c.assert_facts
    monkeypatch.setattr(c, "assert_facts", lambda *words: (1, tell(*words)[1]))
    with pytest.raises(DurableFault, match="code 1"):
        ENGINE.conclude(program, {"a": "true"}, frozenset())


def test_a_ruleset_that_stays_silent_is_refused_when_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(c, "start_action_for_state", lambda *_: None)
    with pytest.raises(DurableFault, match="did not fire"):
        Durable().conclude(Program(((rule("r", A),),)), {"a": "true"}, frozenset())


@pytest.mark.parametrize(
    "body",
    [(), (2, 2), (2, 3, 2), tuple(range(2, 19)), (NOBODY, 3)],
    ids=["none", "one fact twice", "twice, apart", "seventeen facts", "the number that nobody reads"],
)
def test_a_join_that_durable_dies_of_or_mistakes_never_reaches_it(
    body: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second of a group, since the first fires once when the ruleset is made; the C module must not be asked at all."""
    monkeypatch.setattr(c, "create_ruleset", lambda *_: pytest.fail("durable was asked"))
    with pytest.raises(DurableFault, match=f"cannot join {len(body)} facts, {len(set(body))} of them different"):
        Ruleset((Production((2,), 9), Production(body, 8)))


def test_a_join_of_sixteen_facts_is_the_widest_that_durable_takes() -> None:
    """Beside a narrow one: it fires on all sixteen, and not on fifteen."""
    ruleset = Ruleset((Production((2,), 30), Production(tuple(range(2, 18)), 31)))
    assert ruleset.derive(set(range(2, 18)), {}) == {30, 31, NOBODY}
    assert ruleset.derive(set(range(2, 17)), {}) == {30, NOBODY}


def test_durable_is_not_told_of_facts_that_no_rule_of_the_group_reads() -> None:
    ruleset = Ruleset((Production((2, 3), 9),))
    assert ruleset.derive({77}, {}) == set()
    with pytest.raises(DurableFault, match="nothing to tell"):
        ruleset._tell({77})
    assert ruleset.derive({2, 3, 77}, {}) == {9, NOBODY}
