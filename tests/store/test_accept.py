"""Proves that submissions are stored whole, numbered, chained and never changed, that corrections need a reason, and that
the latest submission of the same observer and role is what is judged."""

from __future__ import annotations

import os
from datetime import date
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from meihao.core.calendar import EARLIEST, LATEST
from meihao.core.numbers import simplest
from meihao.evidence.model import Document, Observation, Received, UnitEvidence
from meihao.evidence.unit_file import read_unit
from meihao.standard.model import Role
from meihao.store.accept import Stored
from meihao.store.folder import FolderHome
from meihao.store.place import unit_folder
from meihao.store.read import history, read_store
from meihao.store.write import submission_bytes
from meihao.text_in.yaml_reader import read_yaml

from .round_folder import DAY, MORNING, PACK, accept, enrol, round_folder, rows, seen, village

EVENING = Received(date(2026, 6, 1), "李某", file="青禾村2.xlsx")
WHY = replace(EVENING, reason="漏数了一个组")
RULES = Document("村规民约", "青禾〔2025〕1号", "青禾村", date(2025, 3, 1), date(2028, 2, 29), ("households",))


def stored(folder: Path, unit: UnitEvidence, received: Received = MORNING, **files: bytes) -> Stored:
    (one,), problems = accept(folder, PACK, [unit], received, {f"{name}.pdf": data for name, data in files.items()})
    assert problems == (), [p.text() for p in problems]
    return one


def refused(folder: Path, unit: UnitEvidence, received: Received = MORNING) -> list[str]:
    before = files(folder)
    done, problems = accept(folder, PACK, [unit], received, {})
    assert done == ()
    assert files(folder) == before
    return [p.text() for p in problems]


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def state(folder: Path) -> dict[tuple[str, str], object]:
    (unit,), problems = read_store(FolderHome(folder), PACK)
    assert problems == ()
    return {(o.field, o.observer): o.value for o in unit.observations}


def codes(folder: Path) -> list[tuple[str, str]]:
    return [(Path(p.source.file).name, p.code) for p in read_store(FolderHome(folder), PACK)[1]]


# ---- storing ---------------------------------------------------------------------------------------------------------


def test_the_first_submission_is_number_1_and_says_who_when_and_from_which_file(tmp_path: Path) -> None:
    one = stored(round_folder(tmp_path), village(seen("households", 320)))
    assert (one.number, one.path) == (1, tmp_path / "evidence" / "0512" / "0001.evidence.yaml")
    (entry,), problems = history(FolderHome(tmp_path), PACK, "0512")
    assert problems == ()
    assert (entry.received.number, entry.received.by, entry.received.on, entry.received.file) == (
        1,
        "王某",
        DAY,
        "青禾村.xlsx",
    )
    assert "# 填报!J5" in (tmp_path / "evidence" / "0512" / "0001.evidence.yaml").read_text("utf-8")


def test_a_later_submission_adds_and_leaves_the_earlier_file_alone(tmp_path: Path) -> None:
    stored(round_folder(tmp_path), village(seen("households", 320)))
    before = files(tmp_path)["evidence/0512/0001.evidence.yaml"]
    assert stored(tmp_path, village(seen("square", True)), EVENING).number == 2
    assert files(tmp_path)["evidence/0512/0001.evidence.yaml"] == before
    assert state(tmp_path) == {("households", "青禾村"): 320, ("square", "青禾村"): True}


def test_a_correction_without_a_reason_is_refused_and_names_both_values(tmp_path: Path) -> None:
    stored(round_folder(tmp_path), village(seen("households", 320)))
    (text,) = refused(tmp_path, village(seen("households", 325)), EVENING)
    assert text.startswith("青禾村.xlsx 填报!J5 W068 “总户数”原为320户（第1份，王某交），现为325户")


def test_a_correction_with_its_reason_takes_the_place_of_the_earlier_value(tmp_path: Path) -> None:
    stored(round_folder(tmp_path), village(seen("households", 320), seen("square", True)))
    one = stored(tmp_path, village(seen("households", 325)), WHY)
    assert [(c.label.zh, c.old.zh, c.new.zh) for c in one.corrections] == [("总户数", "320户", "325户")]
    assert state(tmp_path) == {("households", "青禾村"): 325, ("square", "青禾村"): True}
    first, second = history(FolderHome(tmp_path), PACK, "0512")[0]
    assert first.corrections == ()
    assert [(c.old.zh, c.new.zh) for c in second.corrections] == [("320户", "325户")]
    assert second.received.reason == "漏数了一个组"


def test_another_observer_or_role_corrects_nobody(tmp_path: Path) -> None:
    stored(round_folder(tmp_path), village(seen("households", 320)))
    stored(
        tmp_path,
        village(seen("households", 310, "甲", "inspector"), seen("households", 312, "乙", "inspector")),
        EVENING,
    )
    assert state(tmp_path) == {("households", name): n for name, n in (("青禾村", 320), ("甲", 310), ("乙", 312))}


@pytest.mark.parametrize(("first", "later"), [("王某", "青禾村"), ("青禾村", "李某"), ("县农业农村局", "县住建局")])
def test_what_the_same_role_said_is_corrected_whoever_typed_it(tmp_path: Path, first: str, later: str) -> None:
    role: Role = "county" if first.startswith("县") else "applicant"
    stored(round_folder(tmp_path), village(seen("households", 320, first, role)))
    (text,) = refused(tmp_path, village(seen("households", 310, later, role)), EVENING)
    assert "W068 “总户数”原为320户（第1份，王某交），现为310户" in text
    stored(tmp_path, village(seen("households", 310, later, role)), WHY)
    assert state(tmp_path) == {("households", later): 310}


@pytest.mark.parametrize("again", ["张三", " 张 三", "张　三", "张三 "])
def test_one_inspector_is_one_person_however_the_name_is_spaced(tmp_path: Path, again: str) -> None:
    stored(round_folder(tmp_path), village(seen("households", 310, "张三", "inspector")))
    assert "W068" in refused(tmp_path, village(seen("households", 312, again, "inspector")), EVENING)[0]
    stored(tmp_path, village(seen("households", 312, "李四", "inspector")), EVENING)
    assert state(tmp_path) == {("households", "张三"): 310, ("households", "李四"): 312}


def test_a_wrong_code_gives_one_message_not_one_for_every_value(tmp_path: Path) -> None:
    stored(round_folder(tmp_path), village(seen("households", 320), seen("square", True), seen("income", 5)))
    other = replace(village(seen("households", 90), seen("square", False), seen("income", 7)), name="松台村")
    assert ["W111" in text for text in refused(tmp_path, other, EVENING)] == [True]


def test_a_register_is_replaced_whole_and_the_cell_that_changed_is_named(tmp_path: Path) -> None:
    stored(round_folder(tmp_path), village(seen("grids", rows(150, 170))))
    one = stored(tmp_path, village(seen("grids", rows(150, 175))), WHY)
    assert [(c.old.zh, c.new.zh) for c in one.corrections] == [("第2行“户数”170户", "第2行“户数”175户")]
    assert state(tmp_path) == {("grids", "青禾村"): rows(150, 175)}


def test_the_same_content_twice_stores_nothing_and_says_so(tmp_path: Path) -> None:
    unit = village(seen("households", 320), documents=(RULES,))
    stored(round_folder(tmp_path), unit)
    before = files(tmp_path)
    (one,), (problem,) = accept(tmp_path, PACK, [unit], EVENING, {})
    assert (one.number, problem.code, problem.severity) == (0, "W069", "notice")
    assert files(tmp_path) == before


def test_the_same_value_seen_on_another_day_is_stored_and_is_no_correction(tmp_path: Path) -> None:
    stored(round_folder(tmp_path), village(seen("households", 320)))
    one = stored(tmp_path, village(seen("households", 320, day=date(2026, 6, 1))), EVENING)
    assert (one.number, one.corrections) == (2, ())


def test_a_value_that_goes_back_is_a_correction_too(tmp_path: Path) -> None:
    stored(round_folder(tmp_path), village(seen("households", 320)))
    stored(tmp_path, village(seen("households", 325)), WHY)
    assert "W068" in refused(tmp_path, village(seen("households", 320)), EVENING)[0]
    assert stored(tmp_path, village(seen("households", 320)), WHY).number == 3


def test_true_is_not_one(tmp_path: Path) -> None:
    stored(round_folder(tmp_path), village(seen("square", True)))
    assert "是" in refused(tmp_path, village(seen("square", False)))[0]


@pytest.mark.parametrize(
    ("received", "unit", "code"),
    [
        (replace(MORNING, by=" "), village(seen("square", True)), "W072"),
        (MORNING, village(seen("square", True), code=" "), "W077"),
        (WHY, replace(village(seen("square", True)), kind="compound"), "W111"),
        (EVENING, replace(village(seen("square", True)), name="青禾新村"), "W111"),
    ],
)
def test_what_does_not_fit_is_refused_whole(tmp_path: Path, received: Received, unit: UnitEvidence, code: str) -> None:
    stored(round_folder(tmp_path), village(seen("households", 320)))
    assert code in refused(tmp_path, unit, received)[0]


def test_a_folder_that_is_no_round_takes_nothing(tmp_path: Path) -> None:
    assert "W074" in refused(tmp_path, village(seen("square", True)))[0]


def test_one_unit_that_is_refused_does_not_hold_up_another(tmp_path: Path) -> None:
    stored(round_folder(tmp_path), village(seen("households", 320)))
    other = village(seen("households", 90), code="0513")
    done, problems = accept(tmp_path, PACK, [village(seen("households", 325)), other], EVENING, {})
    assert [one.unit for one in done] == ["0513"]
    assert [p.code for p in problems] == ["W068"]


def test_a_full_disk_leaves_no_half_unit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    round_folder(tmp_path)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("meihao.store.place._give_name", refuse)
    assert "W075" in accept(tmp_path, PACK, [village(seen("households", 320))], MORNING, {})[1][0].text()
    assert sorted(files(tmp_path)) == ["roster.yaml", "round.yaml"]


def test_where_links_are_unknown_a_taken_number_is_still_never_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    stored(round_folder(tmp_path), village(seen("households", 320)))
    assert stored(tmp_path, village(seen("square", True)), EVENING).number == 2
    from meihao.store.place import put_new

    with pytest.raises(FileExistsError):
        put_new(tmp_path / "evidence" / "0512" / "0002.evidence.yaml", b"other")
    assert codes(tmp_path) == []


LEFT = (
    ".0002.evidence.yaml.4711-139872.new",
    "..0002.evidence.yaml.4711-139872.new.0123456789ab.tmp",
    "documents/.ed7002b439e9ac84-扫描件.pdf.0123456789ab.tmp",
)
OTHERS = (".DS_Store", ".0002.evidence.yaml.swp", "documents/.scan.pdf.0123456789ab.tmp", ".x.0123456789ab.tmp")


def test_the_next_submission_removes_what_a_killed_writer_left_a_day_ago_and_nothing_else(tmp_path: Path) -> None:
    stored(round_folder(tmp_path), village(seen("households", 320)), scan=b"content")
    home = tmp_path / "evidence" / "0512"
    for name in (*LEFT, *OTHERS):
        (home / name).write_bytes(b"half")
        os.utime(home / name, (0, 0))
    assert codes(tmp_path) == []  # none of them is read
    assert stored(tmp_path, village(seen("square", True)), EVENING).number == 2
    assert [name for name in (*LEFT, *OTHERS) if (home / name).exists()] == list(OTHERS)
    assert [p.name for p in (home / "documents").glob("ed*")] == ["ed7002b439e9ac84-scan.pdf"]


@pytest.mark.parametrize(("seconds", "kept"), [(60, True), (86_000, True), (87_000, False)])
def test_what_another_writer_may_still_need_is_left_alone(tmp_path: Path, seconds: int, kept: bool) -> None:
    one = stored(round_folder(tmp_path), village(seen("households", 320)))
    assert one.path is not None
    file = one.path.with_name(LEFT[0])
    file.write_bytes(b"half")
    then = one.path.stat().st_mtime - seconds
    os.utime(file, (then, then))
    stored(tmp_path, village(seen("square", True)), EVENING)
    assert file.exists() == kept


def test_leftovers_that_cannot_be_removed_stop_nobody(tmp_path: Path) -> None:
    one = stored(round_folder(tmp_path), village(seen("households", 320)))
    assert one.path is not None
    file = one.path.with_name(LEFT[0])
    file.mkdir()
    os.utime(file, (0, 0))
    (one.path.parent / "documents").write_bytes(b"a file where a folder should be")
    assert stored(tmp_path, village(seen("square", True)), EVENING).number == 2
    assert file.is_dir()


# ---- documents -------------------------------------------------------------------------------------------------------


def test_a_document_lies_under_the_digest_of_its_content(tmp_path: Path) -> None:
    """printf content | sha256sum: ed7002b439e9ac84…"""
    one = stored(round_folder(tmp_path), village(seen("households", 320), documents=(RULES,)), scan=b"content")
    assert [path.name for path in one.documents] == ["ed7002b439e9ac84-scan.pdf"]
    assert one.documents[0].parent == tmp_path / "evidence" / "0512" / "documents"


def test_documents_of_several_units_go_where_their_digest_is_listed(tmp_path: Path) -> None:
    digest = "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73"
    units = [
        village(seen("households", 320)),
        village(seen("households", 90), documents=(replace(RULES, sha256=digest),), code="0513"),
    ]
    done, problems = accept(round_folder(tmp_path), PACK, units, MORNING, {"a/扫描件.pdf": b"content"})
    assert problems == ()
    assert [(one.unit, [p.name for p in one.documents]) for one in done] == [
        ("0512", []),
        ("0513", ["ed7002b439e9ac84-扫描件.pdf"]),
    ]
    assert [p.code for p in accept(tmp_path, PACK, units, MORNING, {"b.pdf": b"other"})[1]] == ["W073"]


def test_filling_in_what_a_document_left_open_needs_no_reason_but_changing_it_does(tmp_path: Path) -> None:
    bare = Document("村规民约", "青禾〔2025〕1号")
    stored(round_folder(tmp_path), village(documents=(bare,)))
    assert stored(tmp_path, village(documents=(RULES,)), EVENING).corrections == ()
    later = replace(RULES, valid_to=date(2029, 2, 28))
    assert "“《村规民约》有效期至”原为2028-02-29" in refused(tmp_path, village(documents=(later,)), EVENING)[0]
    stored(tmp_path, village(documents=(later,)), WHY)
    (unit,), _ = read_store(FolderHome(tmp_path), PACK)
    assert [(d.title, d.issuer, d.valid_to) for d in unit.documents] == [("村规民约", "青禾村", date(2029, 2, 28))]


# ---- files that were touched -----------------------------------------------------------------------------------------


def three(tmp_path: Path) -> Path:
    stored(round_folder(tmp_path), village(seen("households", 320)))
    stored(tmp_path, village(seen("square", True)), EVENING)
    stored(tmp_path, village(seen("remark", "无")), EVENING)
    return tmp_path / "evidence" / "0512"


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_file_that_was_edited_is_named_whichever_it_is(tmp_path: Path, number: int) -> None:
    file = three(tmp_path) / f"000{number}.evidence.yaml"
    file.write_text(file.read_text("utf-8").replace("青禾村", "青木村", 1), encoding="utf-8")
    assert codes(tmp_path) == [(file.name, "W064")]
    assert "W064" in refused(tmp_path, village(seen("income", 5)))[0]


def test_an_edit_with_its_own_digest_mended_is_still_named_by_the_next_file(tmp_path: Path) -> None:
    from meihao.evidence.submissions import sealed

    file = three(tmp_path) / "0002.evidence.yaml"
    body = file.read_text("utf-8").replace("square: true", "square: false").rpartition("  digest:")[0]
    file.write_bytes(sealed(body))
    assert codes(tmp_path) == [("0002.evidence.yaml", "W064")]


def test_other_line_ends_are_no_edit(tmp_path: Path) -> None:
    for file in three(tmp_path).glob("*.yaml"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert codes(tmp_path) == []
    assert stored(tmp_path, village(seen("income", 5))).number == 4


def test_a_missing_file_a_renamed_one_and_a_foreign_one_are_named(tmp_path: Path) -> None:
    folder = three(tmp_path)
    second = folder / "0002.evidence.yaml"
    kept = second.read_bytes()
    second.unlink()
    assert [code for _, code in codes(tmp_path)] == ["W065"]
    (folder / "0004.evidence.yaml").write_bytes(kept)
    assert {code for _, code in codes(tmp_path)} == {"W065", "W066", "W064"}
    (folder / "0004.evidence.yaml").unlink()
    second.write_text("unit: {code: '0512', kind: village, name: 村}\nobservations: []\n", encoding="utf-8")
    assert "W067" in {code for _, code in codes(tmp_path)}


def test_evidence_that_nobody_reads_is_named(tmp_path: Path) -> None:
    folder = three(tmp_path)
    (folder / "我的.evidence.yaml").write_text("unit: {}\n", encoding="utf-8")
    (folder.parent / "另存").mkdir()
    (folder.parent / "另存" / "0513.csv").write_text("编号\n", encoding="utf-8")
    (folder / "documents").mkdir()
    (folder / "documents" / "台账.xlsx").write_bytes(b"")
    assert sorted(codes(tmp_path)) == [("0513.csv", "W080"), ("我的.evidence.yaml", "W080")]


def test_two_codes_never_share_a_folder(tmp_path: Path) -> None:
    stored(round_folder(tmp_path), village(seen("households", 320), code="a/b"))
    stored(tmp_path, village(seen("households", 90), code="a_b"))
    assert unit_folder(tmp_path, "a/b") != unit_folder(tmp_path, "a_b")
    clash = unit_folder(tmp_path, "a/b").name
    enrol(tmp_path, clash)
    assert "W071" in refused(tmp_path, village(seen("households", 90), code=clash))[0]


@pytest.mark.parametrize("code", ["con", "a.b.", "..", "documents", "a:b", "x" * 90])
def test_every_code_gets_a_name_that_every_file_system_takes(code: str) -> None:
    name = unit_folder(Path(), code).name
    assert name != code
    assert not set(name) & set('<>:"/\\|?*')
    assert len(name) < 80


# ---- what is written is read back ------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).filter(
    lambda t: t.strip() == t
)
DECIMALS = st.integers(-(10**9), 10**9).map(lambda n: simplest(Fraction(n, 10**4)))
DAYS = st.dates(EARLIEST, LATEST)
GRID = st.fixed_dictionaries(
    {}, optional={"code": TEXTS, "households": st.integers(0, 2000), "staffed": st.booleans(), "since": DAYS}
)
VALUES = {
    "households": st.integers(1, 20000),
    "visited": st.integers(0, 10**6).map(lambda n: simplest(Fraction(n, 10**4))),
    "income": DECIMALS.filter(lambda v: -100 <= v <= 100000),
    "terrain": st.sampled_from(["plain", "hill"]),
    "square": st.booleans(),
    "opened": DAYS,
    "remark": TEXTS,
    "grids": st.lists(GRID, max_size=3).map(tuple),
}


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    field = draw(st.sampled_from(sorted(VALUES)))
    who = draw(st.sampled_from([("青禾村", "applicant"), ("甲: #", "inspector"), ("null", "county")]))
    day = draw(st.sampled_from([None, DAY, date(2026, 6, 1)]))
    one = seen(field, draw(VALUES[field]), who[0], who[1], day)  # type: ignore[arg-type]  # roles by hand
    return replace(one, reason=draw(st.one_of(st.just(""), TEXTS)))


@given(st.lists(observations(), max_size=8), TEXTS, TEXTS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_reads_back_to_the_same_values(several: list[Observation], name: str, reason: str) -> None:
    import unicodedata

    from meihao.core.text import normal

    several = [replace(o, value=tidy(o.value), reason=unicodedata.normalize("NFC", o.reason)) for o in several]
    unit = UnitEvidence(
        "0512", "village", normal(name) or "x", "07", tuple(several), (replace(RULES, issuer=normal(name) or "x"),)
    )
    data = submission_bytes(unit, Received(DAY, reason, reason, number=1), "", PACK)
    text, problems = read_yaml(data, "f.yaml")
    assert text is not None, (data.decode(), problems)
    again, problems = read_unit(text, PACK)
    assert again is not None, [p.text() for p in problems]
    assert sorted(map(plainly, again.observations)) == sorted(map(plainly, several))
    assert (again.name, again.documents[0].issuer) == (unit.name, unit.documents[0].issuer)


def tidy(value: object) -> object:
    from meihao.core.text import normal

    if isinstance(value, str):
        return normal(value) or "x"
    if isinstance(value, tuple):
        return tuple({name: tidy(cell) for name, cell in one.items()} for one in value)
    return value


def plainly(o: Observation) -> tuple[str, ...]:
    value = tuple(sorted(map(repr, map(dict, o.value)))) if isinstance(o.value, tuple) else repr(o.value)
    return (o.field, repr(value), o.observer, o.role, str(o.day), o.reason)


# ---- the latest of each observer counts ------------------------------------------------------------------------------

SAID = st.fixed_dictionaries(
    {},
    optional={
        ("households", "甲"): st.integers(1, 3),
        ("households", "乙"): st.integers(1, 3),
        ("square", "甲"): st.booleans(),
        ("income", "乙"): st.integers(0, 2),
    },
)


@given(st.lists(SAID.filter(bool), min_size=1, max_size=6))
@settings(max_examples=30, deadline=None)
def test_after_any_submissions_each_observers_last_word_stands(
    several: list[dict[tuple[str, str], int | bool]],
) -> None:
    """Another reading: a dictionary that each submission updates."""
    with TemporaryDirectory() as place:
        folder = round_folder(Path(place))
        known: dict[tuple[str, str], int | bool] = {}
        numbers = 0
        for said in several:
            unit = village(*(seen(field, value, who, "inspector") for (field, who), value in said.items()))
            (one,), _ = accept(folder, PACK, [unit], WHY, {})
            numbers += any(key not in known or known[key] != value for key, value in said.items())
            assert len(one.corrections) == sum(known.get(key, value) != value for key, value in said.items())
            known |= said
        assert state(folder) == known
        assert len(history(FolderHome(folder), PACK, "0512")[0]) == numbers


def test_a_unit_of_nobody_is_refused_whoever_handed_in_the_others(tmp_path: Path) -> None:
    units = [village(seen("square", True)), village(seen("square", True), code="0513")]
    _, problems = accept(round_folder(tmp_path), PACK, units, replace(MORNING, by=""), {}, by={"0512": "王某"})
    assert [p.code for p in problems] == ["W072"]
    done, problems = accept(tmp_path, PACK, units, replace(MORNING, by=""), {}, by={"0512": "王某", "0513": "李某"})
    assert (len(done), problems) == (2, ())
    assert [one.received.by for code in ("0512", "0513") for one in history(FolderHome(tmp_path), PACK, code)[0]] == [
        "王某",
        "李某",
    ]
