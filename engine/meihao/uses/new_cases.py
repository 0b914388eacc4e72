"""Add to a standard the cases that its criteria lack, for the author to complete; what stands in its files stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from ..authoring.case_templates import cases_to_complete
from ..authoring.cases import run_cases
from ..authoring.coverage import outcomes_wanted
from ..core.files import read_file, reason, write_whole
from ..core.problems import Lang, Message, Source, errors
from ..core.text import hints
from ..standard.describe import scribe_of
from ..standard.model import Criterion, Pack, leaves
from ..text_in.yaml_reader import read_yaml
from .answer import Answer, Notes, answer
from .messages import NO_CRITERION, NOT_WRITABLE
from .session import loaded_standard

NOTHING_LACKS = Message(
    "C052", "notice", "各项指标的用例都齐了，没有添加", "every criterion has its cases: nothing was added",
)  # fmt: skip
NOT_A_LIST = Message(
    "C053", "error", "{path}里的用例不是缩进两格、一条接一条写的，没有添加",
    "the cases in {path} are not a list indented by two blanks: nothing was added",
    "把cases:写成缩进两格的列表，放在文件最后", "write cases: as a list indented by two blanks, at the end of the file",
)  # fmt: skip


class CasesAdded(Struct, frozen=True):
    """The files that grew, with the criteria for which cases were added to each."""

    files: tuple[tuple[Path, tuple[str, ...]], ...] = ()


def new_cases(folder: Path, criterion: str = "", lang: Lang = "zh", cache: Path | None = None) -> Answer[CasesAdded]:
    """Add cases to complete beside each criterion that lacks an outcome, or beside one alone.

    Refused where the standard or its cases cannot be read, or a file cannot grow; then no file has changed.
    """
    return answer(_new_cases, folder, criterion, lang, cache)


def _new_cases(notes: Notes, folder: Path, name: str, lang: Lang, cache: Path | None) -> CasesAdded:
    pack = notes.need(loaded_standard(notes, folder, cache).pack)
    results, problems = run_cases(pack, folder)
    notes.add(errors(problems))
    shown: dict[str, set[str]] = {}
    for result in results:
        shown.setdefault(result.subject, set()).add(result.outcome)
    say, added, texts = scribe_of(pack, lang), dict[Path, list[str]](), dict[Path, list[str]]()
    for kind, item in _asked(notes, pack, name):
        lacking = [outcome for outcome in outcomes_wanted(item) if outcome not in shown.get(item.id, ())]
        if lacking:
            path = folder / item.source.file.replace(".yaml", ".cases.yaml")
            added.setdefault(path, []).append(item.id)
            texts.setdefault(path, []).extend(["", *cases_to_complete(pack, kind, item, lacking, say)])
    grown = {path: _grown(notes, path, lines) for path, lines in texts.items()}
    if not grown:
        notes.tell((NOTHING_LACKS.at(Source()),))
    _write(notes, grown)
    return CasesAdded(tuple((path, tuple(ids)) for path, ids in added.items()))


def _asked(notes: Notes, pack: Pack, name: str) -> Iterator[tuple[str, Criterion]]:
    """Yield every criterion with its kind, or those of one name. Refused where none has it."""
    all_ = [(kind, item) for kind, root in pack.standards for item in leaves(root)]
    found = [(kind, item) for kind, item in all_ if not name or item.id == name or item.id.endswith(f".{name}")]
    if not found:
        known = [item.id if "." in name else item.id.rpartition(".")[2] for _, item in all_]
        notes.stop(NO_CRITERION.at(Source(), criterion=name, **hints(name, known)))
    return iter(found)


def _grown(notes: Notes, path: Path, lines: list[str]) -> bytes:
    """Return a file of cases with more at its end. Refused where it then no longer is one list of cases."""
    try:
        before = read_file(path).decode("utf-8")
    except FileNotFoundError:
        before = "cases:"
    except OSError as refused:
        notes.stop(NOT_WRITABLE.at(Source(str(path)), path=path, why=reason(refused)))
    after = (before.rstrip("\n") + "\n".join(["", *lines, ""])).replace("cases:\n\n", "cases:\n", 1).encode()
    added = sum(line.startswith("  - name: ") for line in lines)
    if _counted(after, path) != _counted(before.encode(), path) + added:
        notes.stop(NOT_A_LIST.at(Source(str(path)), path=path))
    return after


def _counted(text: bytes, path: Path) -> int:
    """Return how many cases a file holds."""
    found, _ = read_yaml(text, str(path))
    cases = found.data.get("cases") if found and isinstance(found.data, Mapping) else None
    return len(cases) if isinstance(cases, list) else 0


def _write(notes: Notes, grown: Mapping[Path, bytes]) -> None:
    for path, data in grown.items():
        try:
            write_whole(path, data)
        except OSError as refused:
            notes.stop(NOT_WRITABLE.at(Source(str(path)), path=path, why=reason(refused)))
