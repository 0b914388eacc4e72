"""Finds the command that does the work and returns its exit code. Late imports keep `--help` quick."""

from __future__ import annotations

import argparse
import errno
import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from ..core.version import __version__
from .spelt import Spelt
from .usage import Formatter, Parser, count, port
from .words import COMMANDS, DESCRIPTION, EPILOG, LANGUAGE, MENU, OUT_OF_MEMORY, Command

_KINDS: dict[str, Callable[[str], object]] = {"path": Path, "count": count, "port": port}
OUTPUT_LOST = 120  # as Python itself says it


def main() -> NoReturn:
    """Run the words of the command line and end the process at once, every file written and closed.

    Taking the interpreter apart piece by piece would take a seventh of a cold start, and rare collections save another
    twentieth.
    """
    gc.set_threshold(100_000)
    if sys.stdin is None or sys.stdout is None or sys.stderr is None:
        from .failures import BAD_INPUT, open_streams

        if not open_streams():
            os._exit(BAD_INPUT)
    try:
        code = run()
    except MemoryError:  # before there were words to look at
        code = 2
        print(OUT_OF_MEMORY, file=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        try:
            if not stream.closed:
                stream.flush()
        except BrokenPipeError:
            pass  # the reader has gone, as `head` does
        except OSError as refused:  # a full disk
            code = _say_lost(refused)
    os._exit(code)


def _say_lost(refused: OSError) -> int:
    from ..core.files import reason

    _say_in_both("output_lost", why=reason(refused))
    return OUTPUT_LOST


def _say_in_both(key: str, **values: object) -> None:
    """Say on two lines what went wrong, zh and en."""
    from .phrases.failures import FAILURES
    from .speaker import in_both

    said = in_both(FAILURES[key], **values)
    print(f"{said.zh}\n{said['en']}", file=sys.stderr)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command. 0 all passed, 1 ran with failures, 2 bad usage or input, 3 our bug, 4 verification mismatch.

    Meanwhile all that is printed goes through one place, which spells out what a terminal would obey.
    """
    streams = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = map(Spelt.over, streams)
    try:
        return _run(arguments)
    finally:
        sys.stdout, sys.stderr = streams


def _run(arguments: Sequence[str] | None) -> int:
    given = _lang_first(sys.argv[1:] if arguments is None else arguments)
    words = _parser(given).parse_args(given)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    _import_records()
    from .desk import OUR_BUG, Stop

    try:
        return _function(words.command_name)(words)
    except Stop as stop:
        return stop.code
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        from .phrases.failures import FAILURES

        said = FAILURES["interrupted"]
        print(f"{said.zh} / {said['en']}", file=sys.stderr)
        return 130
    except MemoryError:
        from .failures import out_of_memory

        return out_of_memory(words.lang)
    except OSError as refused:
        return _say_refused(refused, words) if refused.errno != errno.ENOSPC else _say_lost(refused)
    except Exception as bug:  # the command line's last line: a bug of ours, said as such
        return _say_bug(bug, words, OUR_BUG)


def _say_refused(refused: OSError, words: argparse.Namespace) -> int:
    """Say what the system refused: a file, memory; an error that names nothing is a bug of ours."""
    from .desk import OUR_BUG
    from .failures import is_refusal, out_of_memory, refused_by_system

    if refused.errno in (errno.ENOMEM, errno.EAGAIN):
        return out_of_memory(words.lang)
    return refused_by_system(refused, words.lang) if is_refusal(refused) else _say_bug(refused, words, OUR_BUG)


def _import_records() -> None:
    """Import msgspec without typing_extensions, for which it asks and does not need it here: a sixth of a cold start."""
    if "typing_extensions" in sys.modules or "msgspec" in sys.modules:
        return
    sys.modules["typing_extensions"] = None  # type: ignore[assignment]  # what `import` takes for “not there”
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules["typing_extensions"]


def _say_bug(bug: Exception, words: argparse.Namespace, code: int) -> int:
    if isinstance(bug, ImportError) and "failed to map segment" in str(bug):
        from .failures import out_of_memory

        return out_of_memory(words.lang)
    _say_in_both("our_bug", bug=f"{type(bug).__name__}: {bug}")
    if words.debug:
        raise bug
    return code


def _function(name: str) -> Callable[[argparse.Namespace], int]:
    command = next(c for c in COMMANDS if c.name == name)
    module = import_module(command.module, "meihao.cli")
    found: Callable[[argparse.Namespace], int] = getattr(module, command.function)
    return found


def _lang_first(arguments: Sequence[str]) -> list[str]:
    """Let `--lang` and `--debug` stand anywhere."""
    moved = [a for a in arguments if a == "--debug" or a.startswith("--lang=")]
    rest = [a for a in arguments if a not in moved]
    if "--lang" in rest and (at := rest.index("--lang")) + 1 < len(rest):
        moved += rest[at : at + 2]
        del rest[at : at + 2]
    return [*moved, *rest]


def _parser(given: Sequence[str]) -> Parser:
    """Return the parser. Where the words name a command it knows that one alone: every further one takes time."""
    parser = Parser(
        prog="meihao", description=DESCRIPTION, epilog=EPILOG, formatter_class=Formatter,
    )  # fmt: skip
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help=LANGUAGE)
    parser.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=f"meihao {__version__}")
    menu = parser.add_subparsers(dest="command_name", metavar=MENU, required=True, prog=parser.prog)
    wanted = _command_of(given)
    for command in (wanted,) if wanted else COMMANDS:
        own = menu.add_parser(command.name, help=command.help, description=command.help, formatter_class=Formatter)
        if wanted:
            _add(own, command)
    return parser


def _command_of(given: Sequence[str]) -> Command | None:
    """Return the command that the first word names, `--lang` and `--debug` passed over; None where it names none."""
    words = iter(given)
    for word in words:
        if word == "--lang":
            next(words, "")
        elif not word.startswith("--"):
            return next((command for command in COMMANDS if command.name == word), None)
        elif word not in ("--debug", "--lang=zh", "--lang=en"):
            return None
    return None


def _add(parser: argparse.ArgumentParser, command: Command) -> None:
    for name, options in command.arguments:
        kind = _KINDS.get(str(options.get("type")))
        kinds: dict[str, object] = {"type": kind} if kind else {}
        if kind is Path and "default" in options:
            kinds["default"] = Path(str(options["default"]))
        parser.add_argument(*name.split(), **{**options, **kinds})  # type: ignore[arg-type]  # argparse takes what the table says
