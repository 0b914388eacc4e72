"""One unit judged and explained, against zen-engine with 60 decision tables on the same work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from meihao.assessment.assess import assess
from meihao.assessment.explain.unit import explain_unit
from meihao.assessment.explain.vocabulary import PackLabels
from meihao.assessment.infer.engines import engine
from meihao.assessment.plan import compile_plan
from meihao.assessment.results import Assessment
from meihao.assessment.to_json import to_data, to_json
from meihao.round.model import Case

from . import sixty
from .timing import Table, against, interleaved

ZEN = "zen-engine, 60 decision tables"
TRACED = "zen-engine, the same with its trace"
CLOSURE = "plain Python closure (no exactness, no reasons)"
CHECKED = 500
T = TypeVar("T")


def run(rounds: int = 15, units: int = 200, checked: int = CHECKED) -> Table:
    """Check that all give identical results, then time them."""
    import zen

    given = sixty.standard()
    graph = zen.ZenEngine().create_decision(sixty.zen_graph(given))
    pack, plain = sixty.pack(given), sixty.closure(given)
    plan = compile_plan(pack, "place")
    default, conclude = engine("auto")
    _, reference = engine("reference")
    drawn = sixty.draw(given, max(units, checked))
    cases = [sixty.case(unit, f"U{number}") for number, unit in enumerate(drawn)]
    for unit, case in list(zip(drawn, cases, strict=True))[:checked]:
        answers = {of_zen(given, graph.evaluate(unit)["result"]), plain(unit)}
        answers |= {of_assessment(given, assess(plan, case, way)) for way in (conclude, reference)}
        if len(answers) != 1:
            raise RuntimeError(f"the engines differ on {unit}: {answers}")
    few, few_cases = drawn[:units], cases[:units]
    words = PackLabels.of(pack, "zh")

    def data(case: Case) -> object:
        return to_data(assess(plan, case, conclude))

    def sentences(case: Case) -> object:
        assessment = assess(plan, case, conclude)
        return to_data(assessment), explain_unit(assessment, pack, "zh", words=words)

    def sealed(case: Case) -> object:
        return to_json(assess(plan, case, conclude), {"engine": default})

    seconds = interleaved(
        {
            ZEN: _each(lambda unit: graph.evaluate(unit), few),
            TRACED: _each(lambda unit: graph.evaluate(unit, {"trace": True}), few),
            f"Meihao ({default}): judged": _each(lambda case: assess(plan, case, conclude), few_cases),
            f"Meihao ({default}): judged, explained as data": _each(data, few_cases),
            f"Meihao ({default}): the same, and sentences in one language": _each(sentences, few_cases),
            f"Meihao ({default}): judged, as data, with its digest": _each(sealed, few_cases),
            "Meihao (reference): judged": _each(lambda case: assess(plan, case, reference), few_cases),
            CLOSURE: _each(plain, few),
        },
        rounds,
    )
    targets = {f"Meihao ({default}): judged, explained as data": 1.0}
    targets[f"Meihao ({default}): the same, and sentences in one language"] = 1.5
    note = f"identical points, findings, veto and verdict on {checked} units, by all four"
    return Table(
        "One unit: 60 criteria, 10 cross rules", ZEN, against(ZEN, seconds, units, "µs/unit", 1e6, targets), (note,)
    )


def _each(work: Callable[[T], object], over: Sequence[T]) -> Callable[[], None]:
    def all_of_them() -> None:
        for one in over:
            work(one)

    return all_of_them


def of_assessment(given: sixty.Standard, assessment: Assessment) -> sixty.Answer:
    names = [f"place.d{number // 20}.c_{name}" for number, name in enumerate(_names(given))]
    items = {item.id: item for item in assessment.items}
    if any(items[name].lo != items[name].hi for name in names):
        raise RuntimeError("an item is open in a closed round")
    points = tuple(int(items[name].lo) for name in names)
    found = tuple(sorted(finding.rule.rpartition(".")[2] for finding in assessment.findings))
    vetoed = any(finding.effect == "veto" for finding in assessment.findings)
    return sixty.Answer(points, int(assessment.total_lo), found, vetoed, assessment.verdict.state == "passed")


def of_zen(given: sixty.Standard, result: dict[str, object]) -> sixty.Answer:
    points = tuple(int(str(result[f"p_{name}"])) for name in _names(given))
    found = tuple(rule.name for rule in given.rules if result[rule.name] is True)
    return sixty.Answer(points, int(str(result["total"])), found, result["veto"] is True, result["passed"] is True)


def _names(given: sixty.Standard) -> list[str]:
    return [*(name for name, _ in given.cuts), *given.flags]
