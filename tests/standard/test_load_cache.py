"""Proves that a cached pack is the very pack, that any change reads anew, and that foreign or broken files do nothing."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.standard.tiny_pack import TINY, tiny

from meihao.core.canonical import digest_bytes
from meihao.standard import cache
from meihao.standard.cache import Loaded, cache_folder, cached_pack


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def the_file(store: Path) -> Path:
    (found,) = store.rglob("*.pickle")
    return found


def test_the_cached_pack_is_the_very_pack(store: Path) -> None:
    assert cached_pack(TINY, store) == Loaded(tiny())
    assert cached_pack(TINY, store) == Loaded(tiny())
    assert the_file(store).is_file()


def test_without_a_cache_the_pack_is_read() -> None:
    assert cached_pack(TINY, None) == Loaded(tiny())


def test_warnings_are_kept(store: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(TINY, tmp_path / "pack"))
    file = copy / "criteria" / "village" / "services.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("asks: [clinic]", "asks: [clinic, households]"), "utf-8")
    first, second = cached_pack(copy, store), cached_pack(copy, store)
    assert first == second
    assert [problem.code for problem in second.said] == ["S038"]


def test_a_pack_with_errors_is_not_kept(store: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(TINY, tmp_path / "pack"))
    (copy / "rules" / "more.yaml").write_text("vetos: []")
    assert cached_pack(copy, store).pack is None
    assert not store.exists()


def test_a_changed_file_is_read_anew(store: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(TINY, tmp_path / "pack"))
    before = cached_pack(copy, store).pack
    file = copy / "pack.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("at_least: 6}", "at_least: 7}"), "utf-8")
    after = cached_pack(copy, store).pack
    assert before is not None
    assert after is not None
    assert before.grades[0] != after.grades[0]


@pytest.mark.skipif(os.name != "posix", reason="folder modes")
def test_only_the_user_may_look_into_the_cache(store: Path) -> None:
    cached_pack(TINY, store)
    assert the_file(store).parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("data", [b"", b"meihao pack 1\n", b"\x80\x05.", b"x" * 1000])
def test_a_broken_file_is_ignored_and_replaced(store: Path, data: bytes) -> None:
    cached_pack(TINY, store)
    whole = the_file(store).read_bytes()
    the_file(store).write_bytes(data)
    assert cached_pack(TINY, store) == Loaded(tiny())
    assert the_file(store).read_bytes() == whole


def test_a_cut_or_altered_file_is_ignored(store: Path) -> None:
    cached_pack(TINY, store)
    whole = the_file(store).read_bytes()
    for data in (whole[:-1], whole + b"x", whole[:100] + b"?" + whole[101:]):
        the_file(store).write_bytes(data)
        assert cached_pack(TINY, store) == Loaded(tiny())


def sealed(body: bytes, key: str) -> bytes:
    return cache._MAGIC + hashlib.sha256(key.encode() + body).digest() + body


class Shell:
    """What a hostile pickle would like to run."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("pwned",)


@pytest.mark.parametrize(
    "body",
    [
        pickle.dumps(Shell()),
        pickle.dumps((Shell(), ())),
        b"\x80\x05\x8c\x19meihao.standard.model.pack\x8c\x0bPack.mro.im\x93.",
        b"cbuiltins\neval\n(S'1'\ntR.",
        pickle.dumps(()),
        pickle.dumps((1, ())),
        pickle.dumps(("pack", ())),
        b"",
        b".",
    ],
)
def test_a_foreign_pickle_with_a_right_digest_runs_nothing(
    store: Path, body: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    cached_pack(TINY, store)
    the_file(store).write_bytes(sealed(body, the_file(store).stem))
    assert cached_pack(TINY, store) == Loaded(tiny())
    assert not Path("pwned").exists()


@settings(max_examples=60)
@given(st.binary(max_size=60))
def test_no_bytes_make_the_reader_fail(body: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "a.pickle"
        place.write_bytes(sealed(body, "a"))
        assert cache._read(place, "a", "sha256:0") is None


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert cached_pack(TINY, tmp_path / "file") == Loaded(tiny())


def test_the_hot_path_leaves_yaml_and_schemas_alone(store: Path) -> None:
    cached_pack(TINY, store)
    code = (
        "import sys; from pathlib import Path; from meihao.standard.cache import cached_pack;"
        f"assert cached_pack(Path({str(TINY)!r}), Path({str(store)!r})).pack;"
        "print([m for m in ('yaml', 'jsonschema', 'referencing') if m in sys.modules])"
    )
    engine = str(Path(cache.__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": engine},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_the_cache_folder_follows_the_environment() -> None:
    home = "/home/u"
    assert cache_folder({}, home) == Path("/home/u/.cache/meihao")
    assert cache_folder({"XDG_CACHE_HOME": "/var/c"}, home) == Path("/var/c/meihao")
    assert cache_folder({"XDG_CACHE_HOME": "relative"}, home) == Path("/home/u/.cache/meihao")
    assert cache_folder({"MEIHAO_CACHE": "/x", "XDG_CACHE_HOME": "/var/c"}, home) == Path("/x")


def test_a_user_without_a_home_has_no_cache() -> None:
    assert cache_folder({}, "~") is None
    assert cache_folder({"XDG_CACHE_HOME": "relative"}, "~") is None


# ---- what is kept of the check, and for which pack


def with_more_points(tmp_path: Path) -> Path:
    """The tiny pack, whose one dimension is worth less than what stands in it."""
    copy = Path(shutil.copytree(TINY, tmp_path / "more"))
    file = copy / "criteria" / "village" / "services.yaml"
    text = file.read_text(encoding="utf-8")
    assert "points: 6" in text
    file.write_text(text.replace("points: 6", "points: 7", 1), "utf-8")
    return copy


def test_errors_of_the_check_are_kept_and_no_check_is_needed_to_know_them(store: Path, tmp_path: Path) -> None:
    copy = with_more_points(tmp_path)
    first, second = cached_pack(copy, store), cached_pack(copy, store)
    assert first == second
    assert first.pack is not None
    assert "S101" in {problem.code for problem in second.faults}
    assert {problem.severity for problem in second.faults} == {"error"}


def test_a_file_under_another_packs_name_is_ignored_and_written_anew(store: Path, tmp_path: Path) -> None:
    cached_pack(TINY, store)
    name, sound = the_file(store), the_file(store).read_bytes()
    other = tmp_path / "other"
    spoilt_pack = with_more_points(tmp_path)
    cached_pack(spoilt_pack, other)
    the_file(other).write_bytes(sound)
    assert [p.code for p in cached_pack(spoilt_pack, other).faults][:1] == ["S101"]
    assert the_file(other).read_bytes() != sound
    name.write_bytes(the_file(other).read_bytes())
    assert cached_pack(TINY, store) == Loaded(tiny())
    assert name.read_bytes() == sound


def test_even_with_a_right_proof_a_pack_of_another_digest_is_ignored(store: Path) -> None:
    cached_pack(TINY, store)
    name = the_file(store)
    foreign = replace(tiny(), digest="sha256:" + "0" * 64)
    name.write_bytes(sealed(pickle.dumps((foreign, (), ())), name.stem))
    assert cached_pack(TINY, store) == Loaded(tiny())


def seal_as(copy: Path, digest: str) -> None:
    text = f'editions:\n  - {{edition: "{tiny().edition}", digest: "{digest}"}}\n'
    (copy / "sealed.yaml").write_text(text, "utf-8")


def test_a_seal_is_read_anew_although_it_is_no_part_of_the_digest(store: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(TINY, tmp_path / "pack"))
    file = copy / "pack.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("status: draft", "status: in_force"), "utf-8")
    loaded = cached_pack(copy, store)
    assert loaded.pack is not None
    assert loaded.pack.status == "in_force"
    assert loaded.faults == ()
    seal_as(copy, digest_bytes(b"what it was"))
    assert [p.code for p in cached_pack(copy, store).faults] == ["S180"]
    assert [p.code for p in cached_pack(copy, store).faults] == ["S180"]
    seal_as(copy, loaded.pack.digest)
    assert cached_pack(copy, store).faults == ()
