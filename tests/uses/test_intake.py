"""What a unit types is handed in as its workbook would be; it is reviewed, returned item by item, and nothing typed is lost."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace
from tests.calling import Cli
from tests.uses.intake_round import ANSWERS, AT, DAY, ROUND, Desk, LooseDrafts, by, desk_of, opened

from meihao.core.problems import Problems
from meihao.evidence.typed import TypedUnit
from meihao.store.application import ApplicationState, Move, Transitions, faults_of, transitions
from meihao.store.drafts import GivenPaper
from meihao.store.steps import ApplicationStep, FormItem, bytes_of, read_steps, returned, state_of
from meihao.uses.extend import Extension, extend, with_decision
from meihao.uses.hand_in import draft_book, hand_in, withdraw
from meihao.uses.keep_draft import Chosen, SentPage, choose, fill_whole, give_paper, keep_draft, with_typed
from meihao.uses.move_round import check_home
from meihao.uses.review import accept_application, correct_item, register, return_item, review

FIELD = FormItem("field", "buildings.with_head")
PAPER = "党组织成立批复"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_of(tmp_path / "round")


@pytest.fixture(scope="module")
def handed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round in which one unit has handed in."""
    folder = tmp_path_factory.mktemp("handed") / "round"
    desk = desk_of(folder)
    desk.type(ANSWERS)
    desk.hand_in()
    return folder


@pytest.fixture
def handed(handed_once: Path, tmp_path: Path) -> Desk:
    return Desk(opened(shutil.copytree(handed_once, tmp_path / "round")), LooseDrafts({}, {}))


def codes(problems: Problems) -> list[str]:
    return [problem.code for problem in problems]


# ---- the table


def test_the_table_has_no_fault_and_says_whose_turn_it_is() -> None:
    table = transitions()
    assert not faults_of(table)
    for move in table.moves:
        assert set(move.starts) <= table.states.keys()
    assert {one.waits_for for one in table.states.values()} == {"applicant", "township", "county", ""}
    for state in table.states.values():
        turn = {move.by for move in table.moves if state.id in move.starts}
        assert state.waits_for in (*turn, ""), state.id


def test_a_table_with_faults_is_told() -> None:
    label = transitions().states["draft"].public
    states = {name: ApplicationState(name, label, label, "") for name in ("draft", "lost")}
    twice = Move("submit", "applicant", ("draft",), "nowhere", reason=False)
    assert list(faults_of(Transitions(states, (twice, twice)))) == [
        "no state nowhere", "nothing leads to lost", "twice: ('submit', 'applicant', 'draft')",
    ]  # fmt: skip


# ---- the form


def test_a_form_begins_with_what_is_known(desk: Desk) -> None:
    form = desk.form()
    assert (form.draft.typed.kind, form.draft.typed.name, form.draft.version) == ("compound", "枫桥小区", 0)
    assert form.open
    assert form.items is None
    assert form.application.state.id == "draft"
    assert form.application.due == date(2026, 5, 29)


def test_what_is_typed_is_kept_as_typed_and_said_at_once(desk: Desk) -> None:
    draft = desk.type({"buildings.total": "很多", "cross.seats": " 3 "})
    assert draft.typed.answers == {"buildings.total": "很多", "cross.seats": " 3 "}
    said = desk.form().tried.said
    assert codes(said["buildings.total",]) == ["E001"]
    assert codes(hand_in(desk.session, desk.drafts, "C-1", by())[1]) == ["W152"]
    assert desk.drafts.draft("C-1") == draft
    assert desk.type({}).version == draft.version, "what changes nothing is not saved again"


@pytest.mark.parametrize(("unit", "code"), [("C-9", "W110"), ("", "W110"), ("V" * 99, "W110")])
def test_a_stranger_has_no_form(desk: Desk, unit: str, code: str) -> None:
    from meihao.uses.fill_in import fill_in

    found, problems = fill_in(desk.session, desk.drafts, unit, DAY)
    assert (found, codes(problems)) == (None, [code])


# ---- handed in as the workbook


def test_what_is_typed_has_the_bytes_of_the_workbook_that_the_form_gives(desk: Desk, tmp_path: Path, cli: Cli) -> None:
    desk.type({**ANSWERS, "cross.seats": "5"})
    other = shutil.copytree(tmp_path / "round", tmp_path / "other")
    book = draft_book(desk.form(), DAY)
    (tmp_path / book.name).write_bytes(book.data)
    assert cli("import", tmp_path / book.name, "--round", other, "--on", DAY)[0] == 0
    done = desk.hand_in()
    assert done.stored.number == 1
    mine, theirs = (folder / "evidence/C-1/0001.evidence.yaml" for folder in (tmp_path / "round", other))
    assert mine.read_bytes() == theirs.read_bytes()
    assert "buildings.total: 12  # 填报项!J" in mine.read_text("utf-8")
    assert (tmp_path / "round/ledger.jsonl").read_bytes() == (other / "ledger.jsonl").read_bytes()
    outs = [
        cli("assess", folder / "evidence", "--round", folder, "--format", "json")[1]
        for folder in (tmp_path / "round", other)
    ]
    assert outs[0] == outs[1]
    assert desk.drafts.draft("C-1") is None
    assert desk.form().application.state.id == "submitted"
    assert desk.form().draft.typed.answers["buildings.total"] == "12"


def test_documents_go_along_by_their_digest(desk: Desk) -> None:
    titles = [one.title.zh for page in desk.form().tried.pages for one in page.documents]
    scan = b"%PDF-1.7 scan"
    paper = GivenPaper(f"{titles[0]}.pdf", desk.drafts.put_paper(scan), len(scan))
    desk.type(ANSWERS)
    give_paper(desk.drafts, desk.form(), titles[0], paper, "王某", AT)
    done = desk.hand_in()
    (kept,) = done.application.home.documents("C-1")
    assert kept.data == scan
    (document,) = desk.form().application.before.documents  # type: ignore[union-attr]
    assert (document.title, document.sha256) == (titles[0], paper.sha256)


def test_after_the_reference_date_what_is_typed_describes_it(desk: Desk) -> None:
    desk.type(ANSWERS, on=date(2026, 7, 8))
    done = desk.hand_in(on=date(2026, 7, 8))
    text = (done.application.home.submission("C-1", 1) or b"").decode()
    assert "date: 2026-07-08\n    as_of: 2026-06-30" in text


def test_it_is_refused_as_a_workbook_is_refused(handed: Desk) -> None:
    assert codes(hand_in(handed.session, handed.drafts, "C-1", by())[1]) == ["W151"]
    withdraw(handed.session, "C-1", "漏数一栋", by())
    handed.type({"buildings.total": "13"})
    assert codes(hand_in(handed.session, handed.drafts, "C-1", by())[1]) == ["W068"], "the reason of a correction"
    draft = handed.drafts.draft("C-1")
    assert draft is not None
    handed.drafts.put_draft(replace(draft, reason="漏数一栋", version=draft.version + 1))
    assert handed.hand_in().stored.corrections[0].new.zh == "13栋"


CLOSED = ROUND.replace("closed: false", "closed: true")
GRACE = """decisions:
  - {id: 宽限1号, kind: grace, units: ["C-1"], by: 评定委员会, date: 2026-06-01, until: 2026-06-10, reason: 停电三天}
"""


@pytest.mark.parametrize(("unit", "day", "open_"), [
    ("C-1", date(2026, 5, 31), False), ("C-1", date(2026, 6, 1), True), ("C-1", date(2026, 6, 10), True),
    ("C-1", date(2026, 6, 11), False), ("C-2", date(2026, 6, 5), False),
])  # fmt: skip
def test_a_closed_form_is_read_and_opens_by_a_decision_alone(tmp_path: Path, unit: str, day: date, open_: bool) -> None:
    desk = desk_of(tmp_path / "round", CLOSED + GRACE)
    form = desk.form(unit, day)
    assert form.open is open_
    if not open_:
        assert codes(form.application.shut) == ["W104"]
        assert codes(desk.send(form, form.draft.typed, ANSWERS, "一")[1]) == ["W151"]
        assert codes(hand_in(desk.session, desk.drafts, unit, by(on=day))[1])[0] == "W104"
        return
    desk.type(ANSWERS, unit, on=day)
    text = desk.hand_in(unit, day).application.home.submission(unit, 1) or b""
    assert 'decision: "宽限1号"' in text.decode()


# ---- review


def test_accepted_by_the_township_then_by_the_county(handed: Desk) -> None:
    assert accept_application(handed.session, "C-1", by("applicant"))[0] is None
    assert accept_application(handed.session, "C-1", by("township"))[0] is not None
    assert codes(accept_application(handed.session, "C-1", by("township"))[1]) == ["W154"]
    step, _ = accept_application(handed.session, "C-1", by("county"))
    assert step is not None
    assert (step.number, step.state, step.verb) == (3, "accepted", "accept")
    assert review(handed.session, "C-1", by("county"))[0].may == {"return_item", "correct"}  # type: ignore[union-attr]


def test_a_return_opens_one_item_and_nothing_else(handed: Desk) -> None:
    step, problems = return_item(handed.session, "C-1", FIELD, "与台账不符", "2026-05-25", by("township"))
    assert step is not None, problems
    assert step.clause
    form = handed.form()
    assert (form.application.state.id, form.open) == ("returned", True)
    assert form.items == frozenset([("buildings.with_head",)])
    assert [form.may_change(path) for path in (("buildings.with_head",), ("buildings.total",))] == [True, False]
    assert codes(hand_in(handed.session, handed.drafts, "C-1", by())[1]) == ["W069", "W153"]
    draft = handed.type({"buildings.total": "99", "buildings.with_head": "12"})
    assert (draft.typed.answers["buildings.total"], draft.typed.answers["buildings.with_head"]) == ("12", "12")
    done = handed.hand_in()
    text = (done.application.home.submission("C-1", 2) or b"").decode()
    assert "buildings.with_head: 12" in text
    assert "buildings.total" not in text
    assert 'reason: "退回补正：与台账不符"' in text
    assert handed.form().application.state.id == "submitted"


def test_what_the_county_returned_goes_back_to_the_county(handed: Desk) -> None:
    return_item(handed.session, "C-1", FIELD, "与台账不符", "2026-05-25", by("county"))
    handed.type({"buildings.with_head": "12"})
    assert handed.hand_in().step.state == "checked"


def test_what_was_not_changed_may_be_explained(handed: Desk) -> None:
    return_item(handed.session, "C-1", FIELD, "与台账不符", "2026-05-25", by("township"))
    form = handed.form()
    sent = SentPage("一", frozenset(), form.draft.typed, form.draft.typed, {"reason": ("", "台账已核对，无误")})
    keep_draft(handed.drafts, form, sent, "王某", AT)
    done = handed.hand_in()
    assert (done.step.submission, done.step.reason) == (0, "台账已核对，无误")
    assert handed.form().application.state.id == "submitted"


@pytest.mark.parametrize(("item", "why", "until", "code"), [
    (FIELD, " ", "2026-05-25", "W155"), (FIELD, "不符", "2026-05-19", "W158"), (FIELD, "不符", "后天", "W158"),
    (FormItem("field", "nothing"), "不符", "2026-05-25", "W157"),
    (FormItem("document", "buildings.total"), "不符", "2026-05-25", "W157"),
])  # fmt: skip
def test_a_return_without_reason_day_or_item_is_refused(
    handed: Desk, item: FormItem, why: str, until: str, code: str
) -> None:
    assert codes(return_item(handed.session, "C-1", item, why, until, by("township"))[1]) == [code]
    assert handed.form().application.state.id == "submitted"
    assert return_item(handed.session, "C-1", FIELD, "不符", "2026-05-20", by("township"))[0], "today is not too early"


def test_a_correction_stands_beside_the_unit_s_own_value(handed: Desk) -> None:
    done, problems = correct_item(handed.session, "C-1", FIELD.id, "10", "现场清点", by("township", "赵某"))
    assert done is not None, problems
    sheet, _ = review(handed.session, "C-1", by("county"))
    assert sheet is not None
    (line,) = [line for _, lines in sheet.pages for line in lines if line.item == FIELD]
    assert line.given is not None
    assert (line.given.value, line.verified["township"].value, line.verified["township"].observer) == (11, 10, "赵某")  # type: ignore[union-attr]
    assert [step.verb for step in line.steps] == ["correct"]
    assert sheet.application.state.id == "submitted"
    again = correct_item(handed.session, "C-1", FIELD.id, "10", "现场清点", by("township", "赵某"))
    assert codes(again[1])[-1] == "W160"


LIFTS = ({"code": "A1", "inspected_until": "2026-12-31"}, {"code": "A2", "inspected_until": "2026-03-31"})


def test_a_whole_register_is_corrected_beside_the_unit_s_own(desk: Desk) -> None:
    form = desk.form()
    typed = replace(form.draft.typed, answers={**form.draft.typed.answers, "lifts": LIFTS})
    keep_draft(desk.drafts, form, SentPage("一", frozenset({"lifts"}), form.draft.typed, typed), "王某", AT)
    desk.hand_in()
    who = by("township", "赵某")
    begun, problems = register(desk.session, "C-1", "lifts", who)
    assert begun is not None, problems
    assert begun.given == begun.standing == LIFTS
    mended = (LIFTS[0], {**LIFTS[1], "inspected_until": "2027-03-31"})
    done, problems = correct_item(desk.session, "C-1", "lifts", mended, "看了检验标志", who)
    assert done is not None, problems
    found, _ = register(desk.session, "C-1", "lifts", who)
    assert found is not None
    assert (found.given, found.standing) == (LIFTS, mended)
    assert (found.line.steps[-1].verb, found.line.steps[-1].reason) == ("correct", "看了检验标志")
    assert found.line.verified["township"].observer == "赵某"
    assert register(desk.session, "C-1", "lifts", by("county"))[0].standing == LIFTS  # type: ignore[union-attr]
    assert codes(correct_item(desk.session, "C-1", "lifts", mended, "看了检验标志", who)[1])[-1] == "W160"
    none, problems = correct_item(desk.session, "C-1", "lifts", (), "没有电梯", who)
    assert none is not None, problems
    assert check_home(begun.application.home)[0] is not None


@pytest.mark.parametrize(("typed", "why", "code"), [
    (({"code": "A1", "inspected_until": "后天"},), "看了", "E0"), ("", "看了", "W161"), (LIFTS, " ", "W155"),
])  # fmt: skip
def test_a_wrong_register_is_refused_whole(handed: Desk, typed: Any, why: str, code: str) -> None:
    done, problems = correct_item(handed.session, "C-1", "lifts", typed, why, by("township"))
    assert (done, problems[0].code[: len(code)]) == (None, code)
    assert len(handed.form().application.steps) == 1


@pytest.mark.parametrize("field", ["nothing", "buildings.total"])
def test_what_is_no_register_is_not_shown_as_one(handed: Desk, field: str) -> None:
    assert codes(register(handed.session, "C-1", field, by("township"))[1]) == ["W157"]


@pytest.mark.parametrize(("field", "typed", "code"), [
    ("buildings.with_head", "很多", "E001"), ("buildings.with_head", "", "W161"), ("lifts", "1", "E010"),
    ("nothing", "1", "W157"),
])  # fmt: skip
def test_a_correction_is_read_like_any_answer(handed: Desk, field: str, typed: str, code: str) -> None:
    done, problems = correct_item(handed.session, "C-1", field, typed, "现场清点", by("township"))
    assert (done, codes(problems)[:1]) == (None, [code])
    assert len(handed.form().application.steps) == 1


def test_two_who_act_at_once_do_not_both(handed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one saw the application before the first one acted."""
    from meihao.uses import review as uses

    seen = handed.form().application
    assert accept_application(handed.session, "C-1", by("township"))[0] is not None
    monkeypatch.setattr(uses, "application", lambda *given: seen)
    assert codes(accept_application(handed.session, "C-1", by("township"))[1]) == ["W156"]


# ---- nothing typed is lost


def test_two_windows_on_different_answers_both_count(desk: Desk) -> None:
    form = desk.form()
    desk.send(form, form.draft.typed, {"buildings.total": "12"}, "一")
    draft, _ = desk.send(form, form.draft.typed, {"cross.seats": "3"}, "二")
    assert draft is not None
    assert draft.typed.answers == {"buildings.total": "12", "cross.seats": "3"}
    assert not draft.aside


def test_two_windows_on_one_answer_keep_both_texts_until_one_is_chosen(desk: Desk) -> None:
    form = desk.form()
    desk.send(form, form.draft.typed, {"buildings.total": "12"}, "一")
    draft, _ = desk.send(form, form.draft.typed, {"buildings.total": "13"}, "二")
    assert draft is not None
    assert draft.typed.answers == {"buildings.total": "12"}
    assert [one.typed for one in draft.aside["buildings.total"]] == ["13"]
    assert choose(desk.drafts, desk.form(), Chosen("cross.seats", ""), "王某", AT)[0] == draft
    mine, _ = choose(desk.drafts, desk.form(), Chosen("buildings.total", "二"), "王某", AT)
    assert mine is not None
    assert (mine.typed.answers, mine.aside) == ({"buildings.total": "13"}, {})


def test_a_page_that_went_back_changes_only_what_was_touched_there(desk: Desk) -> None:
    old = desk.form()
    desk.type({"buildings.total": "12"})
    draft, _ = desk.send(old, old.draft.typed, {"cross.seats": "3"}, "一")
    assert draft is not None
    assert draft.typed.answers == {"buildings.total": "12", "cross.seats": "3"}


def test_an_answer_that_got_lost_on_its_way_back_is_no_conflict(desk: Desk) -> None:
    form = desk.form()
    desk.send(form, form.draft.typed, {"buildings.total": "12"}, "一")
    draft, _ = desk.send(form, form.draft.typed, {"buildings.total": "125"}, "一")
    assert draft is not None
    assert (draft.typed.answers, draft.aside) == ({"buildings.total": "125"}, {})


def test_whatever_windows_send_in_any_order_each_text_is_somewhere(desk: Desk) -> None:
    """Of 300 random sendings the last text of each of three windows is in the draft or beside it, unless somebody saw it."""
    dice, form, key = Random(20261130), desk.form(), "buildings.total"
    seen, last = dict.fromkeys("甲乙丙", form.draft.typed), dict[str, str]()
    draft = form.draft
    for n in range(300):
        window = dice.choice("甲乙丙")
        shown = seen[window]
        typed = TypedUnit(shown.kind, {**shown.answers, key: str(n)})
        draft = with_typed(draft, form, SentPage(window, frozenset([key]), shown, typed), window, AT)
        last[window] = str(n)
        stood = {draft.typed.answers[key], *(one.typed for one in draft.aside.get(key, ()))}
        overwritten = {one for one, text in last.items() if text not in stood}
        assert window not in overwritten
        for lost in overwritten:  # by one who had seen the text before typing another
            assert any(seen[other].answers.get(key) == last[lost] for other in seen if other != lost)
            del last[lost]
        if dice.random() < 0.5:
            seen[window] = draft.typed


def test_what_was_saved_while_it_was_handed_in_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.type(ANSWERS)
    handed_in = desk.drafts.draft("C-1")
    assert handed_in is not None
    desk.drafts.put_draft(replace(handed_in, version=handed_in.version + 1, observer="李某"))
    desk.drafts.drop_draft("C-1", handed_in.version)
    assert desk.drafts.draft("C-1") is not None


def test_a_whole_form_from_a_workbook_takes_the_place_of_what_is_open(desk: Desk) -> None:
    desk.type({"buildings.total": "12", "cross.seats": "3"})
    draft, _ = fill_whole(
        desk.drafts, desk.form(), TypedUnit("compound", {"buildings.total": "14"}), "李某", "王某", AT
    )
    assert draft is not None
    assert (draft.typed.answers, draft.observer) == ({"buildings.total": "14"}, "李某")


# ---- steps


def test_steps_read_back_and_say_what_is_open() -> None:
    steps = (
        ApplicationStep("A", 1, "submit", "applicant", "王某", AT, "submitted", submission=1),
        ApplicationStep("A", 2, "return_item", "township", "赵某", AT, "returned", FIELD, "不符", "条款", "2026-06-01"),
        ApplicationStep(
            "A", 3, "return_item", "township", "赵某", AT, "returned", FIELD, "还是不符", "条款", "2026-06-02"
        ),
    )
    assert read_steps(b"\n".join(map(bytes_of, steps))) == steps
    assert [step.reason for step in returned(steps)] == ["还是不符"]
    assert state_of(steps, handed_in=True).id == "returned"
    assert (state_of((), handed_in=True).id, state_of((), handed_in=False).id) == ("submitted", "draft")
    again = (*steps, ApplicationStep("A", 4, "withdraw", "applicant", "王某", AT, "withdrawn", reason="改日再报"))
    assert returned(again) == ()


# ---- an extension

LINE = "{id: 延1号}"


@pytest.mark.parametrize(("text", "wanted"), [
    ("round: r\n", "round: r\ndecisions:\n  - {id: 延1号}\n"),
    ("decisions: []\nround: r\n", "decisions:\n  - {id: 延1号}\nround: r\n"),
    ("decisions:\n- id: A\n  by: b\nround: r\n", "decisions:\n- id: A\n  by: b\n- {id: 延1号}\nround: r\n"),
    ("decisions:\n    - {id: A}   # 甲\n\n# 乙\nround: r",
     "decisions:\n    - {id: A}   # 甲\n    - {id: 延1号}\n\n# 乙\nround: r\n"),
])  # fmt: skip
def test_a_decision_is_added_and_nothing_else_changes(text: str, wanted: str) -> None:
    assert with_decision(text.encode(), LINE).decode() == wanted


FLOW = 'decisions: [{id: "A", kind: grace, units: all, by: b, date: 2026-01-01, until: 2026-01-02, reason: c}]\n'


def test_a_text_that_cannot_be_added_to_is_left_alone(tmp_path: Path) -> None:
    desk = desk_of(tmp_path / "round", CLOSED + FLOW)
    before = (tmp_path / "round/round.yaml").read_bytes()
    done, problems = extend(desk.session, "C-1", Extension("7号", "grace", "2026-06-10", "停电"), by("county"))
    assert (done, codes(problems)[-1]) == (None, "W169")
    assert (tmp_path / "round/round.yaml").read_bytes() == before
