"""Says how a round stands: how long a deadline leaves, what a unit lacks and who owes it; terminal and browser print the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ..core.problems import Lang
from ..core.text import Label, with_unit
from ..round.phases import PHASES, RoundPhase
from ..standard.model import ROLES, Role
from .needs import Need
from .status import Board, DeadlineState, UnitState

STATE: Mapping[str, Label] = {
    "missing": Label("待填", "to fill in"),
    "second_look": Label("待第二次检查", "second look awaited"),
    "disputed": Label("有出入，待核", "disputed"),
    "expired": Label("过期", "expired"),
    "no_document": Label("缺材料", "documents missing"),
}
COLUMN: Mapping[str, Label] = {
    "who": Label("谁", "who"),
    "progress": Label("进度", "progress"),
    "given": Label("已有项", "given"),
    "wanted": Label("应有项", "wanted"),
    "due": Label("期限", "due"),
    "received": Label("收到", "received"),
    "complete": Label("齐全", "complete"),
    "overdue": Label("逾期", "overdue"),
    "no_region": Label("未写地区", "no region"),
}
PHASE, NO_PHASE_YET = Label("阶段：", "Phase: "), Label("还没有开始", "not begun yet")
LEDGER = Label("收件台账：{head}", "ledger of receipts: {head}")
WEEKDAY = (Label("周一", "Mon"), Label("周二", "Tue"), Label("周三", "Wed"), Label("周四", "Thu"), Label("周五", "Fri"),
           Label("周六", "Sat"), Label("周日", "Sun"))  # fmt: skip


def day_text(board: Board, lang: Lang) -> str:
    """Return the day of which the state is told."""
    return f"{board.on} {WEEKDAY[board.on.weekday()][lang]}"


def counts_text(board: Board, lang: Lang) -> str:
    """Return how many units there are, how many have not been heard from, how many are complete."""
    count, done, late = board.heard(), sum(unit.complete() for unit in board.units), board.silent
    if lang == "zh":
        return f"{count}个单位{f'，还有{late}个没有交' if late else ''}，{done}个齐全"
    return f"{with_unit(str(count), ' units')}{f', {late} not heard from' if late else ''}, {done} complete"


def phases_text(phases: Sequence[RoundPhase], on: date, lang: Lang) -> str:
    """Return which phase is on, until when, and what follows; "" for a round without phases."""
    begun = [one for one in phases if one.start <= on]
    parts = [_phase_now(begun[-1], on, lang)] if begun else [NO_PHASE_YET[lang]]
    parts += [_phase_next(one, lang) for one in phases[len(begun) : len(begun) + 1]]
    return PHASE[lang] + ("；" if lang == "zh" else "; ").join(parts) if phases else ""


def _phase_now(one: RoundPhase, on: date, lang: Lang) -> str:
    title = PHASES[one.phase][lang]
    if one.until is None:
        return Label(f"{title}，从{one.start}起", f"{title}, since {one.start}")[lang]
    if one.until < on:
        return Label(f"{title}，{one.until}已经结束", f"{title}, ended on {one.until}")[lang]
    return Label(f"{title}，到{one.until}为止（含当天）", f"{title}, until {one.until} (that day included)")[lang]


def _phase_next(one: RoundPhase, lang: Lang) -> str:
    title = PHASES[one.phase][lang]
    return Label(f"接下来是{title}，从{one.start}起", f"then {title}, from {one.start}")[lang]


def due_text(board: Board, role: Role, lang: Lang) -> str:
    """Return a role's deadline and how long it leaves."""
    due = board.deadlines.get(role)
    none = Label("未定", "none set")
    return f"{due}  {deadline_text(board.role_deadline(role), lang)}" if due else none[lang]


def deadline_text(deadline: DeadlineState, lang: Lang) -> str:
    """Return how long there is, or was: in working days."""
    left = Label(f"{deadline.days}个工作日", with_unit(str(deadline.days), " working days"))
    match deadline.pressure:
        case "done":
            said = Label("✓ 齐全", "✓ complete")
        case "no_deadline":
            said = Label("未定期限", "no deadline")
        case "today":
            said = Label("▲ 今天到期", "▲ due today")
        case "open":
            said = Label(f"还有{left.zh}", f"{left['en']} left")
        case _ if not deadline.days:  # the deadline was Friday, and it is Saturday
            said = Label("✗ 已过期限", "✗ overdue")
        case _:
            said = Label(f"✗ 逾期{left.zh}", f"✗ {left['en']} overdue")
    return said[lang]


def pressing_text(board: Board, unit: UnitState, lang: Lang) -> str:
    """Return a unit's most pressing deadline, and whose it is."""
    role, deadline = board.pressing(unit)
    who = f"{ROLES[role][lang]} " if deadline.due and deadline.pressure != "done" else ""
    return who + deadline_text(deadline, lang)


def lacks_text(board: Board, unit: UnitState, lang: Lang) -> str:
    """Return in one line how much each role owes, and what: the most pressing role's first."""
    faults = [Label(f"！{name}被改动", f"! {name} altered")[lang] for name in unit.altered]
    faults += [Label("！有读不了的收件", "! unreadable files")[lang]] if unit.unreadable and not unit.altered else []
    faults += [Label("未交材料", "nothing handed in")[lang]] if unit.silent else []
    missing = () if unit.silent else unit.missing()
    counts = ((role, sum(need.role == role for need in missing)) for role in ROLES)
    gap, stop, colon, clause = ("", "、", "：", "；") if lang == "zh" else (" ", ", ", ": ", "; ")
    owed = stop.join(f"{ROLES[role][lang]}{gap}{count}" for role, count in counts if count)
    first, _ = board.pressing(unit)
    names = stop.join(need.label[lang] for need in sorted(missing, key=lambda need: need.role != first))
    return clause.join([*faults, *([f"{owed}{colon}{names}"] if missing else [])])


def missing_by_state(needs: Sequence[Need], lang: Lang) -> list[tuple[str, str]]:
    """Return what is not given by why it is not: (state, names)."""
    groups: dict[str, list[str]] = {}
    for need in needs:
        if need.state != "given":
            state = "no_document" if need.what == "document" and need.state == "missing" else need.state
            groups.setdefault(STATE[state][lang], []).append(need.label[lang])
    return [(state, ("、" if lang == "zh" else ", ").join(names)) for state, names in groups.items()]
