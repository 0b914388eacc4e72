"""Counts steps, such as points for each 10 households, and says what happens to part of a step."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Literal, assert_never

from ..core.numbers import Number, divide
from ..core.text import Label, one_of, with_unit
from ..expressions.tree import Constant, Expr

if TYPE_CHECKING:
    from .method import MeasuringMethod
    from .scribe import Scribe
    from .telling import Telling

Step = Literal["floor", "ceil", "prorata"]
STEPS: Mapping[Step, Label] = {
    "floor": Label("不足{0}的不计", "less than {0} does not count"),
    "ceil": Label("不足{0}的按{0}计", "less than {0} counts as {1}"),
    "prorata": Label("不足{0}的按比例计", "less than {0} counts in proportion"),
}


def steps(amount: Number, for_each: Number, step: Step | None) -> Number:
    """Return how many times `for_each` fits: whole steps down, whole steps up, or in proportion.

    >>> [steps(divide(7, 2), 1, way) for way in ("floor", "ceil", "prorata")]
    [3, 4, Fraction(7, 2)]
    """
    times = divide(amount, for_each)
    match step:
        case None | "prorata":
            return times
        case "floor":
            return floor(times)
        case "ceil":
            return ceil(times)
        case _:  # pragma: no cover
            assert_never(step)


# What is said of a method: 每10户, for each 10 households.


def steps_text(for_each: Expr, measure: MeasuringMethod | None, say: Scribe) -> str:
    """Return `1处`, `10个百分点`: how much makes a step."""
    number, unit = say.amount(for_each), measure.counter(say) if measure else ""
    if number != "1" or say.lang == "zh":
        return number + unit
    return one_of(unit.strip()) or "one"


def one_by_one(step: str) -> str:
    """Return a step without the number of a single thing: 每处, 每10处.

    >>> one_by_one("1处"), one_by_one("1个百分点"), one_by_one("10处"), one_by_one("1")
    ('处', '个百分点', '10处', '1')
    """
    return step[1:] if step[:1] == "1" and step[1:] and not step[1].isdigit() and step[1] not in "./" else step


def rest_text(step: Step | None, measure: MeasuringMethod | None, for_each: Expr, say: Scribe) -> str:
    """Return how parts of a step count; nothing where whole things are counted one by one."""
    one = isinstance(for_each, Constant) and for_each.value == 1
    whole = one and not (measure and measure.is_percent(say)) and step == "floor"
    if whole or step is None:
        return ""
    unit = measure.counter(say) if measure else ""
    size = (
        say.amount(for_each, unit)
        if unit
        else say.pick(f"一档（{say.amount(for_each)}）", f"a step of {say.amount(for_each)}")
    )
    return STEPS[step][say.lang].format(size, say.amount(for_each))


# What is said of a unit: 计3处，每处扣2分.


def step_found(say: Telling) -> str:
    """Return how much one step is: 处, 2户, 1个百分点; in English 1 spot, 2 percentage points."""
    each, unit = say.n("for_each"), say.printed.step
    return unit if say.lang == "zh" and each == "1" and unit else with_unit(each, unit)


def each_found(say: Telling) -> str:
    """Return the step after `for each`: spot, 2 households; `each` where it is one of something without a name."""
    step = step_found(say)
    return "each" if step == "1" else f"for each {step.removeprefix('1 ')}"


def rest_found(step: Step | None, say: Telling) -> str:
    """Return what became of the part of a step that was left over, where there is one and it did not count in proportion."""
    value, each = say.values.get("value"), say.values.get("for_each")
    if not isinstance(value, Number) or not isinstance(each, Number) or step in (None, "prorata"):
        return ""
    if each == 0 or Fraction(value) % Fraction(each) == 0:
        return ""
    size = with_unit(say.n("for_each"), say.printed.step)
    text = STEPS[step][say.lang].format(size, size)
    return say.pick(f"（{text}）", f" ({text})")
