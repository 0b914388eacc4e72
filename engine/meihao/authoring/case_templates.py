"""Writes cases for the author to complete: what each criterion lacks, as its way of scoring chooses them.

Facts that follow from the criterion are filled in; for the rest, and for points to be worked out from the clause, a word
stands that no case may hold, so that `check` names every place that is still open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from ..core.numbers import Number, exact, plain
from ..core.text import Label, quoted, with_unit
from ..methods.method import Scored
from ..methods.trials import Outcome, Trial
from ..methods.units import unit_of
from ..standard.describe import Scribe, tell
from ..standard.model import Criterion, Field, Pack, leaves
from ..standard.model.reads import fields_of, items_of
from .coverage import outcomes_wanted

OPEN = Label("填", "FILL_IN")
ENDS: Mapping[Outcome, Label] = {
    "met": Label("，满分", ": full marks"),
    "not_met": Label("，0分", ": no points"),
    "": Label("，按条文算分", ": points by the clause"),
}
UNKNOWN = Label("什么也没有交，待定", "nothing is given: undetermined")


class _Place(Struct, frozen=True):
    """A criterion, the fields of its kind that it reads, by id, and the words to write in."""

    criterion: Criterion
    fields: Mapping[str, Field]
    say: Scribe


def cases_to_complete(pack: Pack, kind: str, criterion: Criterion, lacking: Collection[str], say: Scribe) -> list[str]:
    """Return the lines of the cases that show the outcomes which a criterion lacks; every edge too where it has no case yet."""
    of_kind = {field.id: field for field in pack.fields if kind in field.kinds}
    names = dict.fromkeys(_names(criterion, pack, kind))
    place = _Place(criterion, {name: of_kind[name] for name in names if name in of_kind}, say)
    found = [trial for trial in _trials(criterion, of_kind) if trial.outcome in lacking or _is_new(criterion, lacking)]
    shown = {trial.outcome for trial in found}
    found += [Trial(outcome, stand=OPEN) for outcome in ENDS if outcome in lacking and outcome not in shown]
    lines = [f"  # ---- {criterion.title[say.lang]} ----", *(f"  # {line}" for line in tell(criterion, say).score)]
    lines += [line for trial in found for line in _case(place, trial)]
    return lines + (list(_unknown(place)) if "unknown" in lacking else [])


def _names(criterion: Criterion, pack: Pack, kind: str) -> Iterator[str]:
    """Yield the fields that a criterion asks or reads, and those of the items that it builds on."""
    yield from criterion.asks
    yield from fields_of(criterion, {process.id: process for process in pack.processes})
    below = items_of(criterion)
    for item in leaves(pack.standard(kind)) if below else ():
        if item.id in below:
            yield from _names(item, pack, kind)


def _is_new(criterion: Criterion, lacking: Collection[str]) -> bool:
    return set(lacking) == set(outcomes_wanted(criterion))


def _trials(criterion: Criterion, fields: Mapping[str, Field]) -> Iterator[Trial]:
    place = Scored(
        criterion.id, criterion.points, criterion.source, criterion.uncapped, True, criterion.measure, fields
    )
    return criterion.score.trials(place)


def _case(place: _Place, trial: Trial) -> Iterator[str]:
    say, criterion = place.say, place.criterion
    name = (trial.stand[say.lang] or _measured(place, trial)) + ENDS[trial.outcome][say.lang]
    expect = {
        "met": f"outcome: met, points: {exact(criterion.points)}",
        "not_met": f"outcome: not_met, points: {OPEN[say.lang] if criterion.unfloored else 0}",
        "": f"points: {OPEN[say.lang]}",
    }
    yield from _written(place, name, _facts(place, trial), expect[trial.outcome], _context(criterion, trial))


def _unknown(place: _Place) -> Iterator[str]:
    """Yield the case in which nothing is given; registers that are empty where nothing came are still awaited."""
    registers = sorted({field.register for field in place.fields.values() if field.when_absent_empty})
    more = [f"    awaited: [{', '.join(registers)}]"] if registers else []
    return _written(place, UNKNOWN[place.say.lang], {}, "outcome: unknown", more)


def _written(place: _Place, name: str, given: Mapping[str, str], expect: str, more: list[str]) -> Iterator[str]:
    yield f"  - name: {quoted(name)}"
    yield f"    criterion: {place.criterion.id.split('.', 2)[-1]}"
    yield "    given: {" + ", ".join(f"{field}: {value}" for field, value in given.items()) + "}"
    yield from more
    yield f"    expect: {{{expect}}}"


def _measured(place: _Place, trial: Trial) -> str:
    """Return the value that is measured, with its unit or as the label of its class."""
    say, measure = place.say, place.criterion.measure
    if measure is None or trial.value is None:
        return ""
    if isinstance(trial.value, str):
        return say.option(measure.field(), trial.value)
    value = with_unit(plain(trial.value), unit_of(measure, say))
    classes = [say.option(field, str(code)) for field, code in (trial.given or {}).items()]
    return f"{value}{say.pick('（', ' (')}{'、'.join(classes)}{say.pick('）', ')')}" if classes else value


def _facts(place: _Place, trial: Trial) -> Mapping[str, str]:
    """Return the facts of a case as they are written; a value across units stands in its context instead."""
    measure = place.criterion.measure
    across = measure is not None and measure.across_units() is not None
    measured = {} if measure is None or trial.value is None else measure.given(trial.value)
    given = {**measured, **(trial.given or {})}
    if not all(name in place.fields and _can_be(place.fields[name], value) for name, value in given.items()):
        given = {}
    ready = {name: _scalar(value) for name, value in given.items()}
    return {name: ready.get(name, OPEN[place.say.lang]) for name in place.fields if name in ready or not across}


def _context(criterion: Criterion, trial: Trial) -> list[str]:
    measure = criterion.measure
    if measure is None or measure.across_units() is None or not isinstance(trial.value, Number):
        return []
    return [f"    context: {{measure: {_scalar(trial.value)}}}"]


def _can_be(field: Field, value: Number | str | bool) -> bool:
    """Say whether a field admits a value, and whether it can be written as a decimal."""
    if isinstance(value, bool) or not isinstance(value, Number):
        return True
    low, high = field.range or (value, value)
    return low <= value <= high and (isinstance(value, int) or (field.type != "count" and "/" not in exact(value)))


def _scalar(value: Number | str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return quoted(value) if isinstance(value, str) else exact(value)
