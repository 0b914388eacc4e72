"""Proves that `compare` answers an objection: beside figures and places it names the item, the field's old and new value and
the submission that brought it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from meihao.core.canonical import digest
from meihao.evidence.model import Observation, Received
from meihao.standard.model import Pack
from meihao.store.folder import FolderHome
from meihao.store.read import read_store

from .round_folder import accept

Cli = Callable[..., tuple[int, str, str]]
WHY = Received(date(2026, 6, 5), "县住建局", "银行流水核对", "核对.xlsx")


def ranked(cli: Cli, folder: Path, name: str) -> Path:
    to = folder.parent / name
    code, _, err = cli("rank", folder / "evidence", "--round", folder, "--to", to, "--engine", "reference")
    assert code == 0, err
    return to


def corrected(folder: Path, pack: Pack, code: str) -> tuple[Observation, Observation]:
    """Hand in a correction of one unit's collected fees: a tenth of what was said."""
    unit = next(u for u in read_store(FolderHome(folder), pack)[0] if u.code == code)
    old = next(o for o in unit.observations if o.field == "fees.paid")
    assert isinstance(old.value, int)
    new = replace(old, value=old.value // 10)
    accepted, problems = accept(folder, pack, [replace(unit, observations=(new,), documents=())], WHY, {}, "异议1号")
    assert not problems
    assert [c.field for c in accepted[0].corrections] == ["fees.paid"]
    return old, new


def paying(folder: Path, pack: Pack) -> str:
    """Return a unit that states its fees, in whole figures."""
    units = read_store(FolderHome(folder), pack)[0]
    return next(u.code for u in units if any(o.field == "fees.paid" and type(o.value) is int for o in u.observations))


def test_a_changed_figure_names_item_field_and_submission(
    cli: Cli, folder: Path, lists: Path, default_pack: Pack
) -> None:
    code = paying(folder, default_pack)
    old, new = corrected(folder, default_pack, code)
    after = ranked(cli, folder, "after")
    status, out, err = cli("compare", lists, after)
    assert (status, err) == (1, "")
    lines = [line.strip() for line in out.splitlines()]
    item = next(n for n, line in enumerate(lines) if "（compound.property." in line)
    assert f"{old.value}元 → {new.value}元" in lines[item + 1]
    assert lines[item + 2] == (
        f"← {code}/0002.evidence.yaml，{new.observer}（申报单位），2026-06-05 县住建局交，原文件核对.xlsx，"
        "凭决定异议1号，理由：银行流水核对"
    )
    english = cli("--lang", "en", "compare", lists, after)[1]
    assert "handed in by 县住建局 on 2026-06-05" in english
    files = [cli("compare", lists / "排名名单.json", after / "排名名单.json")[1]]
    assert files == [out]


def test_the_same_ranking_twice_has_no_changes(cli: Cli, folder: Path) -> None:
    one, two = (ranked(cli, folder, name) for name in ("one", "two"))
    assert cli("compare", one, two) == (0, "共0处变化\n", "")
    assert (one / "评定明细.json").read_bytes() == (two / "评定明细.json").read_bytes()


def test_without_details_the_figures_are_compared_and_it_is_said(cli: Cli, folder: Path, lists: Path) -> None:
    (lists / "评定明细.json").unlink()
    status, out, err = cli("compare", lists, lists)
    assert (status, out) == (0, "共0处变化\n")
    assert "W079" in err


def test_without_details_places_are_still_called_by_their_titles(
    cli: Cli, folder: Path, lists: Path, default_pack: Pack
) -> None:
    code = paying(folder, default_pack)
    corrected(folder, default_pack, code)
    after = ranked(cli, folder, "after")
    full = [line for line in cli("compare", lists, after)[1].splitlines() if "名额" in line or "名次" in line]
    (lists / "评定明细.json").unlink()
    bare = [line for line in cli("compare", lists, after)[1].splitlines() if "名额" in line or "名次" in line]
    assert bare == full


def spoil(found: dict[str, Any], how: str) -> None:
    match how:
        case "value":
            found["body"]["units"]["C-0001"]["name"] = "别名"
        case "digest":
            found["digest"] = "sha256:0"
        case "ranking":
            found["body"]["ranking"] = "sha256:0"
            found["digest"] = digest(found["body"])
        case "kind":
            found["kind"] = "ranking"


def test_details_that_were_altered_or_stand_behind_another_ranking_are_refused(
    cli: Cli, folder: Path, lists: Path
) -> None:
    file = lists / "评定明细.json"
    whole = file.read_bytes()
    for how in ("value", "digest", "ranking", "kind"):
        found = json.loads(whole)
        spoil(found, how)
        file.write_text(json.dumps(found), encoding="utf-8")
        status, out, err = cli("compare", lists, lists)
        assert (status, out) == (2, ""), how
        assert "W078" in err, how
    file.write_text("{", encoding="utf-8")
    assert "K041" in cli("compare", lists, lists)[2]


def test_a_folder_without_a_ranking_is_named(cli: Cli, tmp_path: Path) -> None:
    status, _, err = cli("compare", tmp_path, tmp_path)
    assert status == 2
    assert "C016" in err


def test_the_json_holds_what_the_page_says(cli: Cli, folder: Path, lists: Path, default_pack: Pack) -> None:
    code = paying(folder, default_pack)
    old, new = corrected(folder, default_pack, code)
    after = ranked(cli, folder, "after")
    status, out, err = cli("compare", lists, after, "--format", "json")
    assert (status, err) == (1, "")
    found = json.loads(out)
    assert (found["schema_version"], found["kind"]) == ("1", "comparison")
    assert found["old"] == json.loads((lists / "排名名单.json").read_bytes())["digest"]
    mine = next(unit for unit in found["units"] if unit["unit"] == code)
    items = [cause for cause in mine["causes"] if cause["what"] == "item"]
    (fact,) = [cause for item in items for cause in item["causes"] if cause["id"] == "fees.paid"]
    assert (fact["before"]["zh"], fact["after"]["zh"]) == (f"{old.value}元", f"{new.value}元")
    (brought,) = fact["brought"]
    assert (brought["number"], brought["by"], brought["decision"]) == (2, "县住建局", "异议1号")
    for lang in ("zh", "en"):
        text = cli("--lang", lang, "compare", lists, after)[1]
        sentences = [place["text"][lang] for unit in found["units"] for place in unit["places"]]
        assert all(sentence in text for sentence in sentences)
        assert all(f"{cause['before'][lang]} → {cause['after'][lang]}" in text for cause in mine["causes"])
    assert cli("compare", lists, lists, "--format", "json")[0] == 0
    assert cli("compare", lists, after, "--format", "json")[1] == out
