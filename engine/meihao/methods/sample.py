"""Defines a survey's least size: how it is written, read from a case and said."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from ..core.numbers import Number
from ..core.unknown import Unknown
from ..expressions.tree import Constant, Expr
from .marks import JudgingScope
from .measured import numbers
from .units import counter_of

if TYPE_CHECKING:
    from ..text_in.yaml_value import YamlValue
    from .reader import PackReader
    from .scribe import Scribe


class Sample(Struct, frozen=True):
    """A survey's least size; below it the measure is unknown (sample_too_small), or earns `otherwise` points."""

    size: Expr
    at_least: Expr
    otherwise: Literal["unknown"] | Number = "unknown"


def read_sample(measure: YamlValue | None, reader: PackReader) -> Sample | None:
    """Read `sample:` inside a measure."""
    if measure is None or (sample := measure.get("sample")) is None:
        return None
    size, least = reader.value(sample["size"]), reader.value(sample["at_least"])
    return Sample(size, least, unknown_or_number(sample, "otherwise"))


def unknown_or_number(written: YamlValue, key: str) -> Literal["unknown"] | Number:
    """Read a number, or `unknown`, which is also what an absent key says."""
    return "unknown" if key not in written or written[key].data == "unknown" else written.number(key)


def compile_sample(sample: Sample) -> Callable[[JudgingScope], tuple[Number, Number] | Unknown]:
    """Return a reader of (size, least size)."""
    read = numbers((sample.size, sample.at_least))

    def sizes(scope: JudgingScope) -> tuple[Number, Number] | Unknown:
        both = read(scope)
        return both if isinstance(both, Unknown) else (both[0], both[1])

    return sizes


def sample_text(sample: Sample, say: Scribe) -> str:
    """Return the least size of a sample and what happens below it."""
    size, least = say.words(sample.size), say.words(sample.at_least)
    if isinstance(sample.at_least, Constant):
        least = say.amount(sample.at_least, counter_of(sample.size, say))
    below = undecided(say) if sample.otherwise == "unknown" else say.pick("得", "") + say.points(sample.otherwise)
    return say.pick(
        f"样本（{size}）不少于{least}，不足的{below}",
        f"the sample ({size}) must be at least {least}; if it is smaller: {below}",
    )


def undecided(say: Scribe) -> str:
    """Return the word for what stays unknown."""
    return say.pick("待定", "undetermined")
