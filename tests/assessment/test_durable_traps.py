"""The known traps of durable_rules 2.0.28 stay out of reach: crashes, hangs, lost results, odd comparisons.

A spy stands between the adapter and the C module and reads every call. The numbers are those of docs/engine.md.
"""

from __future__ import annotations

import copy
import json
import os
import random
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from msgspec import Struct, field

from meihao.assessment.infer import reference
from meihao.assessment.infer.network import JOINS_IN_A_GROUP
from meihao.assessment.infer.program import All, Atom, Clause, Either, Fired, Inverse, Program, Truth

c = pytest.importorskip(
    "durable_rules_engine", reason="durable_rules cannot be imported: the reference judges", exc_type=ImportError
)
from tests.assessment.infer_programs import SIZES, Size, judge_atoms, make_program, waive  # noqa: E402

from meihao.assessment.infer.durable import Durable, _fact, _test  # noqa: E402  # needs the C module

ROOT = Path(__file__).parents[2]
FACT = r'\{"g":[0-9]{1,2},"n":[0-7]\}'
BATCH = re.compile(rf"\[{FACT}(,{FACT})*\]")
TRUTHS: tuple[Truth, ...] = ("true", "false", "unknown")


class Spy(Struct):
    """What the C module was asked: rulesets as their rules, batches with the code returned, sessions open by ruleset."""

    rulesets: list[Mapping[str, Mapping[str, list[dict[str, dict[str, list[dict[str, int]]]]]]]] = field(
        default_factory=list
    )
    batches: list[tuple[str, int]] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    open: Counter[int] = field(default_factory=Counter)
    most_open: int = 0


@pytest.fixture
def spy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Spy]:
    """Watch every function of the C module; the functions work as ever."""
    seen = Spy()
    real = {
        name: getattr(c, name) for name in dir(c) if callable(getattr(c, name)) and name not in ("error", "__loader__")
    }

    def watched(name: str) -> object:
        def call(*words: object) -> object:
            seen.calls[name] += 1
            answer = real[name](*words)
            if name == "create_ruleset":
                seen.rulesets.append(json.loads(str(words[1])))
            if name == "assert_facts":
                seen.batches.append((str(words[1]), answer[0]))
                seen.open[int(str(words[0]))] = 1
                seen.most_open = max(seen.most_open, seen.open.total())
            if name == "delete_state":
                seen.open[int(str(words[0]))] = 0
            return answer

        return call

    for name in real:
        if not name.startswith("__"):
            monkeypatch.setattr(c, name, watched(name))
    yield seen
    assert not seen.open.total(), "a session was left behind"


def run(programs: int, units: int = 3, size: Size | None = None, first: int = 0) -> None:
    """Conclude random programs by durable and by the reference."""
    engine = Durable(keep=4)
    for number in range(first, first + programs):
        seed = random.Random(number)
        chosen = size or seed.choice(SIZES)
        program = make_program(seed, chosen)
        for _ in range(units):
            case = (program, judge_atoms(seed, chosen), waive(seed, program))
            assert engine.conclude(*case) == reference.conclude(*case)


def rule(name: str, *atoms: str, effect: str = "none") -> Clause:
    return Clause(name, All(tuple(Atom(atom) for atom in atoms)), True, effect, "")


# What enters.


def test_traps_1_2_12_17_to_27_and_36_only_small_whole_numbers_enter_in_full_batches(spy: Spy) -> None:
    run(60)
    assert len(spy.batches) > 300
    assert all(BATCH.fullmatch(batch) for batch, _ in spy.batches)


def test_traps_15_and_28_every_fact_told_is_wanted_and_taken(spy: Spy) -> None:
    run(60, first=1000)
    assert {code for _, code in spy.batches} == {0}


def test_traps_3_8_9_13_25_30_and_31_a_rule_is_a_narrow_join_of_plain_tests_on_single_facts(spy: Spy) -> None:
    run(60, 1, first=2000)
    rules = [rule for ruleset in spy.rulesets for rule in ruleset.values()]
    assert len(rules) > 1000
    for rule_ in rules:
        assert set(rule_) == {"all"}
        assert 1 <= len(rule_["all"]) <= 8
        for pattern in rule_["all"]:
            ((alias, tests),) = pattern.items()
            assert re.fullmatch("c[0-9]+", alias)
            assert set(tests) == {"$and"}
            assert [list(test) for test in tests["$and"]] == [["g"], ["n"]]
            assert all(type(value) is int for test in tests["$and"] for value in test.values())


def test_traps_7_and_10_no_level_of_a_ruleset_holds_many_tests(spy: Spy) -> None:
    wide = Program((tuple(rule(f"r{n}", "shared", f"x{n}", f"y{n}") for n in range(600)),))
    atoms: dict[str, Truth] = dict.fromkeys(["shared", *(f"{a}{n}" for a in "xy" for n in range(600))], "true")
    assert len(Durable().conclude(wide, atoms, frozenset()).states) == 600
    assert len(spy.rulesets) > 10
    for ruleset in spy.rulesets:
        tests = [p["$and"] for rule_ in ruleset.values() for pattern in rule_["all"] for p in pattern.values()]
        assert len({test[0]["g"] for test in tests}) <= JOINS_IN_A_GROUP
        assert len({test[1]["n"] for test in tests}) <= 8
        assert len(tests) <= JOINS_IN_A_GROUP


def test_traps_4_5_11_14_16_32_and_33_one_session_at_a_time_no_threads_no_events_no_timers(spy: Spy) -> None:
    threads = threading.active_count()
    run(40, first=3000)
    assert spy.most_open == 1
    assert threading.active_count() == threads
    assert set(spy.calls) == {
        "create_ruleset", "assert_facts", "start_action_for_state", "complete_and_start_action",
        "delete_state", "delete_ruleset",
    }  # fmt: skip


def test_trap_1_where_nothing_holds_durable_is_not_asked(spy: Spy) -> None:
    engine = Durable()
    program = Program(((rule("r", "a", "b"),),))
    engine.compiled(program)
    before = spy.calls["assert_facts"]
    assert engine.conclude(program, {"a": "false", "b": "false"}, frozenset()).states == ()
    assert engine.conclude(Program(()), {}, frozenset()).states == ()
    assert spy.calls["assert_facts"] == before


# Whose words they are.

NAMES = (
    "id", "sid", "$s", "$and", "$ex", "m", "c0", "0", "1", "", " ", "a.b.c", "a$all", "x$not", "null", "NaN", "1e400",
    "true", "规则一", "“引号”", '"', "\\", "\n", "}", "]", "{", "\x00", "村\u3000组", "\U0001f3e1", "\ud800",
    "\udfff\ud800", "é", "e\u0301",
)  # fmt: skip


def test_traps_6_9_17_36_names_are_free_and_never_enter() -> None:
    rules = tuple(Clause(f"规则{name}", Atom(name), True, "veto", name) for name in NAMES)
    later = tuple(Clause(name, Inverse(Fired(f"规则{name}")), True, "none", "") for name in NAMES)
    program, engine = Program((rules, later)), Durable()
    for number, name in enumerate(NAMES):
        atoms: dict[str, Truth] = dict.fromkeys(NAMES, "false")
        atoms[name] = TRUTHS[number % 2 * 2]
        waived = frozenset([f"规则{NAMES[number - 1]}"])
        found = engine.conclude(program, atoms, waived)
        assert found == reference.conclude(program, atoms, waived)
        assert dict(found.states)[f"规则{name}"] == ("fired", "flagged")[number % 2]


def test_trap_36_names_of_seventy_thousand_characters_stay_apart() -> None:
    first, second = "长" * 70_000 + "甲", "长" * 70_000 + "乙"
    program = Program(((rule(first, first), rule(second, second)),))
    found = Durable().conclude(program, {first: "true", second: "false"}, frozenset())
    assert found.states == ((first, "fired"),)


def test_traps_18_and_23_names_that_differ_by_type_or_case_only_stay_apart() -> None:
    program = Program((tuple(rule(f"r{name}", name) for name in ("1", "01", "1.0", "true", "True")),))
    atoms: Mapping[str, Truth] = {"1": "true", "01": "false", "1.0": "false", "true": "true", "True": "false"}
    assert [name for name, _ in Durable().conclude(program, atoms, frozenset()).states] == ["r1", "rtrue"]


# The same again.


def test_trap_17_the_same_facts_may_come_again_and_in_any_order() -> None:
    program = Program(((rule("r", "a", "b"), rule("s", "b", "a")),))
    engine = Durable()
    found = {
        engine.conclude(program, dict(order), frozenset())
        for _ in range(3)
        for order in ((("a", "true"), ("b", "true")), (("b", "true"), ("a", "true")))
    }
    assert [conclusion.states for conclusion in found] == [(("r", "fired"), ("s", "fired"))]


def test_trap_19_no_two_facts_of_a_ruleset_are_taken_for_one() -> None:
    places = 2 * JOINS_IN_A_GROUP
    rules = {str(place): {"all": [_test(place, place)]} for place in range(places)}
    handle = c.create_ruleset("all", json.dumps(rules))
    code, session = c.assert_facts(handle, "[" + ",".join(_fact(place) for place in range(places)) + "]")
    assert code == 0
    fired = int(c.start_action_for_state(handle, session) is not None)
    while c.complete_and_start_action(handle, session):
        fired += 1
    assert fired == places
    c.delete_state(handle, "0")
    c.delete_ruleset(handle)


def test_trap_29_a_program_is_left_as_it_was_and_serves_two_engines() -> None:
    size = SIZES[2]
    program, seed = make_program(random.Random(4), size), random.Random(5)
    kept, atoms = copy.deepcopy(program), judge_atoms(seed, size)
    answers = {Durable().conclude(program, atoms, frozenset()) for _ in range(2)}
    assert answers == {reference.conclude(kept, atoms, frozenset())}
    assert program == kept


def test_traps_11_and_32_rulesets_come_and_go() -> None:
    engine = Durable(keep=1)
    for number in range(1500):
        program = Program(((rule("r", f"a{number}"),),))
        assert engine.conclude(program, {f"a{number}": "true"}, frozenset()).states == (("r", "fired"),)


# Much, long, and at once.


def resident() -> int:
    """Return the resident memory of this process in bytes."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system does not tell the memory of a process")
def test_traps_11_and_14_five_thousand_conclusions_lose_none_and_keep_no_memory() -> None:
    seed, engine = random.Random(6), Durable()
    program = make_program(random.Random(8), SIZES[2])
    cases = [(judge_atoms(seed, SIZES[2]), waive(seed, program)) for _ in range(50)]
    expected = [reference.conclude(program, *case) for case in cases]
    assert sum(bool(conclusion.states) for conclusion in expected) > 25
    before = 0
    for round_ in range(100):
        assert [engine.conclude(program, *case) for case in cases] == expected
        if round_ == 20:
            before = resident()
    assert resident() - before < 16 * 2**20


def test_traps_14_and_16_four_threads_conclude_alike() -> None:
    engine = Durable()
    programs = [make_program(random.Random(number), SIZES[0]) for number in range(6)]
    wrong: list[object] = []

    def work(number: int) -> None:
        seed = random.Random(number)
        for _ in range(300):
            program = seed.choice(programs)
            case = (program, judge_atoms(seed, SIZES[0]), waive(seed, program))
            if engine.conclude(*case) != reference.conclude(*case):
                wrong.append(case)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


POISONED = """
import random
from meihao.assessment.infer.durable import Durable
from meihao.assessment.infer.program import All, Atom, Clause, Program
from tests.assessment.test_durable_traps import run
program = Program(((Clause("r", All((Atom("a"), Atom("b"))), True, "veto", ""),),))
for _ in range(200):
    assert Durable().conclude(program, {"a": "true", "b": "false"}, frozenset()).states == ()
run(150)
"""


def test_trap_37_a_session_in_which_nothing_fired_is_deleted_safely_even_in_used_memory() -> None:
    """glibc fills all new memory with a pattern here: durable, driven without our first firing, dies of it."""
    paths = os.pathsep.join([str(ROOT), *(path for path in sys.path if path)])
    environment = {**os.environ, "MALLOC_PERTURB_": "85", "PYTHONPATH": paths}
    done = subprocess.run(
        [sys.executable, "-c", POISONED], env=environment, capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_either_side_may_be_open_and_each_world_has_facts_of_its_own(spy: Spy) -> None:
    """The possible is derived in a session of its own, after that of the certain, and only where it differs."""
    program = Program(((Clause("r", Either((Atom("a"), Atom("b"))), True, "none", ""),),))
    engine = Durable()
    engine.compiled(program)
    before = spy.calls["assert_facts"]
    assert engine.conclude(program, {"a": "true", "b": "false"}, frozenset()).states == (("r", "fired"),)
    assert spy.calls["assert_facts"] == before + 1
    assert engine.conclude(program, {"a": "true", "b": "unknown"}, frozenset()).states == (("r", "fired"),)
    assert spy.calls["assert_facts"] == before + 3
