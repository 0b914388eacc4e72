"""The state of a round, or of one unit, in; its page on the terminal, or its rows of a table, out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..core.problems import Lang
from ..core.text import Label
from ..standard.model import Role
from ..store.needs import Need
from ..store.read import Entry
from ..store.status import Board, Deadline, RegionState, Tally, UnitState, tally
from .desk import Desk
from .printing import chooser, table, width

ROLE: dict[Role, Label] = {
    "applicant": Label("申报单位", "applicant"),
    "township": Label("镇街", "township"),
    "county": Label("县区", "county"),
    "inspector": Label("核查员", "inspector"),
    "registry": Label("登记", "registry"),
}
WEEKDAY = (Label("周一", "Mon"), Label("周二", "Tue"), Label("周三", "Wed"), Label("周四", "Thu"), Label("周五", "Fri"),
           Label("周六", "Sat"), Label("周日", "Sun"))  # fmt: skip
STATE = {
    "missing": Label("待填", "to fill in"),
    "disputed": Label("有出入，待核", "disputed"),
    "expired": Label("过期", "expired"),
    "no_document": Label("缺材料", "documents missing"),
}
CELLS, ROWS, WIDE = 10, 12, 62


def bar(counted: Tally) -> str:
    """Return progress by shape and figure; the last cell is filled only where nothing is missing.

    >>> bar(Tally(5, 8)), bar(Tally(8, 8))
    ('██████····  62%', '██████████ 100%')
    """
    filled = CELLS * counted.given // counted.wanted if counted.wanted else 0
    return f"{'█' * filled}{'·' * (CELLS - filled)} {counted.percent():3}%"


def board_page(board: Board, desk: Desk, rows: int = ROWS) -> str:
    """Return one screen: the roles with their deadlines, the regions, and the most urgent units."""
    say = chooser(desk.lang)
    done = sum(unit.complete() for unit in board.units)
    head = say(f"{len(board.units)}个单位，{done}个齐全", f"{len(board.units)} units, {done} complete")
    lines = [f"{desk.round.title[desk.lang]}  {board.on} {WEEKDAY[board.on.weekday()][desk.lang]}  {head}"]
    lines += ["", _roles(board, desk.lang), "", _regions(board.regions, desk.lang)]
    waiting = [unit for unit in board.units if not unit.complete()]
    if waiting:
        lines += ["", _urgent(waiting[:rows], board, desk)]
    if len(waiting) > rows:
        more = len(waiting) - rows
        lines.append(say(f"…… 另有{more}个未齐，--format csv列出全部", f"… and {more} more; --format csv lists all"))
    return "\n".join(lines)


def _roles(board: Board, lang: Lang) -> str:
    say = chooser(lang)
    head = [say("谁", "who"), say("进度", "progress"), say("已有", "given"), say("应有", "wanted"), say("期限", "due")]
    body = [
        [ROLE[role][lang], bar(counted), str(counted.given), str(counted.wanted), _due(board, role, counted, lang)]
        for role, counted in board.roles
    ]
    return table([head, *body], right=(2, 3))


def _due(board: Board, role: Role, counted: Tally, lang: Lang) -> str:
    due = board.deadlines.get(role)
    if due is None:
        return chooser(lang)("未定", "none set")
    missing = Need("field", "", Label(""), role, "given" if counted.given == counted.wanted else "missing")
    unit = UnitState("", "", "", "", (missing,))
    return f"{due}  {deadline_text(board.deadline(unit, role), lang)}"


def deadline_text(deadline: Deadline, lang: Lang) -> str:
    """Return how long there is, or was: in working days."""
    say = chooser(lang)
    match deadline.pressure:
        case "done":
            return say("✓ 齐全", "✓ complete")
        case "no_deadline":
            return say("未定期限", "no deadline")
        case "today":
            return say("▲ 今天到期", "▲ due today")
        case "open":
            return say(f"还有{deadline.days}个工作日", f"{deadline.days} working days left")
        case _:
            return say(f"✗ 逾期{deadline.days}个工作日", f"✗ {deadline.days} working days overdue")


def _regions(regions: Sequence[RegionState], lang: Lang) -> str:
    say = chooser(lang)
    head = [
        say("地区", "region"),
        say("收到", "received"),
        say("齐全", "complete"),
        say("逾期", "overdue"),
        say("进度", "progress"),
    ]
    body = [
        [
            one.name or say("未写地区", "no region"),
            f"{one.units}/{one.expected}" if one.expected else str(one.units),
            str(one.complete),
            str(one.overdue),
            bar(one.tally),
        ]
        for one in regions
    ]
    return table([head, *body], right=(1, 2, 3))


def _urgent(units: Sequence[UnitState], board: Board, desk: Desk) -> str:
    say = chooser(desk.lang)
    head = [say("最急", "most urgent"), say("名称", "name"), say("地区", "region"), say("进度", "progress")]
    head += [say("期限", "due"), say("缺什么", "missing")]
    names = {region.code: region.name for region in board.regions}
    rows = [
        [
            unit.code,
            unit.name,
            names.get(unit.region, unit.region),
            bar(tally(unit.needs)),
            deadline_text(board.pressing(unit), desk.lang),
            _lacks(unit, desk.lang),
        ]
        for unit in units
    ]
    return table([head, *rows])


def _lacks(unit: UnitState, lang: Lang) -> str:
    """Return in one line how much each role owes, and what comes first."""
    say = chooser(lang)
    faults = [say(f"！{name}被改动", f"! {name} altered") for name in unit.altered]
    faults += [say("！有读不了的收件", "! unreadable files")] if unit.unreadable and not unit.altered else []
    missing = unit.missing()
    counts = ((role, sum(need.role == role for need in missing)) for role in ROLE)
    owed = say("、", ", ").join(f"{ROLE[role][lang]}{say('', ' ')}{count}" for role, count in counts if count)
    names = say("、", ", ").join(need.label[lang] for need in missing)
    faults += [f"{owed}{say('：', ': ')}{names}"] if missing else []
    return short(say("；", "; ").join(faults), WIDE)


def short(text: str, columns: int) -> str:
    """Return a text cut to so many columns.

    >>> short("申报单位3项", 8)
    '申报单…'
    """
    if width(text) <= columns:
        return text
    while width(text) >= columns:
        text = text[:-1]
    return f"{text}…"


def unit_page(board: Board, unit: UnitState, entries: Sequence[Entry], desk: Desk) -> str:
    """Return one unit: by role what is missing, then every submission with what it corrected."""
    say = chooser(desk.lang)
    counted = tally(unit.needs)
    lines = [f"{unit.name}  {unit.code}  {bar(counted)}  {counted.given}/{counted.wanted}"]
    lines += [say(f"！{name}收到以后被改动过", f"! {name} was changed after receipt") for name in unit.altered]
    for role in ROLE:
        if needs := unit.of(role):
            mine = tally(needs)
            due = deadline_text(board.deadline(unit, role), desk.lang)
            day = board.deadlines.get(role)
            lines += [
                "",
                f"{ROLE[role][desk.lang]}  {bar(mine)}  {mine.given}/{mine.wanted}  {day or ''} {due}".rstrip(),
            ]
            lines += [f"  {state}{say('：', ': ')}{text}" for state, text in _by_state(needs, desk.lang)]
    lines += ["", say("收件记录", "submissions")]
    lines += [line for entry in entries for line in _entry(entry, desk.lang)]
    return "\n".join(
        lines if entries else [*lines, say("  散放的文件，没有收件记录", "  a loose file, no record of receipt")]
    )


def _by_state(needs: Sequence[Need], lang: Lang) -> list[tuple[str, str]]:
    groups: dict[str, list[str]] = {}
    for need in needs:
        if need.state != "given":
            state = "no_document" if need.what == "document" and need.state == "missing" else need.state
            groups.setdefault(STATE[state][lang], []).append(need.label[lang])
    return [(state, chooser(lang)("、", ", ").join(names)) for state, names in groups.items()]


def _entry(entry: Entry, lang: Lang) -> list[str]:
    say = chooser(lang)
    r = entry.received
    documents = say(f"，{entry.documents}份材料", f", {entry.documents} documents") if entry.documents else ""
    head = say(
        f"第{r.number}份  {r.on}  {r.by}  {entry.values}个值", f"no. {r.number}  {r.on}  {r.by}  {entry.values} values"
    )
    reason = say(f"  理由：{r.reason}", f"  reason: {r.reason}") if r.reason else ""
    lines = [f"  {head}{documents}{f'  {r.file}' if r.file else ''}{reason}"]
    return lines + [f"      {one.label[lang]}  {one.old[lang]} → {one.new[lang]}" for one in entry.corrections]


def csv_rows(board: Board, desk: Desk, only: UnitState | None = None) -> list[list[str]]:
    """Return one row for each unit and role that is asked for anything, heads first."""
    say = chooser(desk.lang)
    names = {region.code: region.name for region in board.regions}
    heads = [
        ("地区", "region"),
        ("编号", "code"),
        ("名称", "name"),
        ("谁", "who"),
        ("已有", "given"),
        ("应有", "wanted"),
    ]
    heads += [
        ("期限", "due"),
        ("状态", "state"),
        ("缺什么", "missing"),
        ("最后收件", "last received"),
        ("被改动", "altered"),
    ]
    rows = [[say(*head) for head in heads]]
    for unit in (only,) if only else board.units:
        for role in ROLE:
            if needs := unit.of(role):
                due: date | str = board.deadlines.get(role, "")
                mine = tally(needs)
                lacks = say("；", "; ").join(f"{state}: {text}" for state, text in _by_state(needs, desk.lang))
                state = deadline_text(board.deadline(unit, role), desk.lang)
                last = f"{unit.last.number} {unit.last.on} {unit.last.by}" if unit.last else ""
                who = [names.get(unit.region, unit.region), unit.code, unit.name, ROLE[role][desk.lang]]
                figures = [str(mine.given), str(mine.wanted), str(due), state, lacks, last, " ".join(unit.altered)]
                rows.append([*who, *figures])
    return rows
