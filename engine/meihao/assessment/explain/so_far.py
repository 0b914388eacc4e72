"""Says in one line how far an undetermined unit is from a pass, where what is open is for others to bring."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from ...core.unknown import Why
from ...standard.model import ROLES, Field, Pack, Role
from ..results import Assessment
from .vocabulary import PackLabels

OTHERS: tuple[Role, ...] = ("inspector", "county", "township", "registry")


def awaits(why: Why, kept: Container[str]) -> bool:
    """Say whether a reason is that a register has not come in; `kept` are the fields that are kept in one."""
    return why.cause == "missing_fact" and why.subject in kept


def so_far(assessment: Assessment, pack: Pack, words: PackLabels) -> str:
    """Return that what is there is enough for a pass but for the registers, or for what others have yet to bring.

    "" where the verdict is settled, or where the unit itself still owes something that could decide it.
    """
    if assessment.verdict.state != "undetermined":
        return ""
    fields = {field.id: field for field in pack.fields}
    whys = {why for kind, name in assessment.verdict.deciding for why in _open(kind, name, assessment)}
    if not whys or not all(of_others(why, fields) for why in whys):
        return ""
    grade = next(g.title[words.lang] for g in pack.grades if g.id == pack.pass_grade)
    return _said(whys, fields, grade, assessment.stage == "self", words)


def _open(kind: str, name: str, assessment: Assessment) -> Iterator[Why]:
    """Yield why a deciding line or rule is open; what is open for no known reason counts as the unit's own."""
    if kind == "flagged":
        yield from next(finding.whys for finding in assessment.findings if finding.rule == name)
    elif kind == "line":
        grade, _, line = name.partition(".")
        result = next(r for r in assessment.lines if r.grade == grade and r.line == line)
        of = "" if result.figure in ("base", "total") else f"{result.figure}."
        yield from (
            why for item in assessment.items if item.lo < item.hi and item.id.startswith(of) for why in item.whys
        )
    else:
        yield Why("missing_fact", name, owed=True)


def of_others(why: Why, fields: Mapping[str, Field]) -> bool:
    """Say whether a reason is a field's value that others have yet to bring."""
    if why.cause == "awaiting_inspector":
        return True
    return why.cause == "missing_fact" and why.subject in fields and fields[why.subject].provided_by != "applicant"


def _said(whys: set[Why], fields: Mapping[str, Field], grade: str, filled_in: bool, words: PackLabels) -> str:
    registers = {fields[why.subject].register for why in whys if awaits(why, words.awaited)}
    counts: dict[Role, int] = {}
    for subject in {why.subject for why in whys if not awaits(why, words.awaited)}:
        role: Role = fields[subject].provided_by if subject in fields else "inspector"
        counts[role] = counts.get(role, 0) + 1
    basis = words.pick(
        "按所填" if filled_in else "按现有证据", "as filled in" if filled_in else "on the evidence so far"
    )
    awaited = [_registers(len(registers), words)] if registers else []
    awaited += [_by(role, counts[role], words) for role in OTHERS if role in counts]
    if counts:
        zh, en = f"{basis}有望{grade}，尚待", f"“{grade}” is within reach {basis}; awaited: "
    else:
        zh, en = f"{basis}已够{grade}，尚待", f"enough for “{grade}” {basis}, "
    return words.pick(zh, en) + words.pick("，", ", ").join(awaited) + ("" if counts else words.pick("", " awaited"))


def _registers(count: int, words: PackLabels) -> str:
    return words.pick(f"登记核实{count}项", f"{count} register{'' if count == 1 else 's'}")


def _by(role: Role, count: int, words: PackLabels) -> str:
    who, does = ROLES[role][words.lang], "核查" if role == "inspector" else "提供"
    return words.pick(f"{who}{does}{count}项", f"{count} value{'' if count == 1 else 's'} from the {who}")
