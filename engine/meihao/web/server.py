"""Serves a site over HTTP: takes the address first, so that a port in use is known before anything starts."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from typing import Any

from ..core.files import reason
from ..core.problems import Problem, Source
from ..reports.workers import cores
from .messages import NO_ADDRESS, PORT_IN_USE
from .settings import set_up
from .site import Site

LOCAL = ("127.0.0.1", "localhost", "[::1]")
THREADS = 8
SECONDS_AT_MOST = 120  # of one request: a workbook of 60 MB takes a minute


def take_address(host: str, port: int) -> socket.socket | Problem:
    """Return a socket that listens at an address, or why there is none."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=256)
    except (OSError, OverflowError) as refused:
        if isinstance(refused, OSError) and refused.errno in _IN_USE:
            return PORT_IN_USE.at(Source(), host=host, port=port)
        why = reason(refused) if isinstance(refused, OSError) else str(refused)
        return NO_ADDRESS.at(Source(), host=host, port=port, why=why)


_IN_USE = (98, 48, 10048)  # EADDRINUSE on Linux, macOS, Windows


def address_of(listening: socket.socket) -> str:
    """Return the address that a browser is to open."""
    host, port = listening.getsockname()[:2]
    host = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(host, host)
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def serve(site: Site, listening: socket.socket, ready: Callable[[str], None]) -> None:
    """Answer requests until the process is told to stop. `ready` is given the address once, before the first answer."""
    address = address_of(listening)
    host = listening.getsockname()[0]
    set_up(site, LOCAL if host in ("127.0.0.1", "::1") else ("*",))
    from django.core.wsgi import get_wsgi_application
    from django.db import connections

    from .clock import today
    from .results import standing_on

    answers = get_wsgi_application()
    standing_on(today())  # once, before the processes part: each would judge the round again
    connections.close_all()  # a connection belongs to one process
    if sys.platform == "win32":
        from waitress import serve as waitress

        ready(address)
        waitress(answers, sockets=[listening], threads=THREADS)
        return
    run_gunicorn(answers, listening, lambda: ready(address))


def run_gunicorn(answers: Any, listening: socket.socket, ready: Callable[[], None]) -> None:
    """Answer requests by an application with processes and threads until the process is told to stop."""
    from gunicorn.app.base import BaseApplication

    class Application(BaseApplication):  # type: ignore[misc]  # untyped
        def load_config(self) -> None:
            chosen: dict[str, object] = {
                "bind": [f"fd://{listening.detach()}"], "workers": min(cores(), 4), "threads": THREADS,
                "worker_class": "gthread", "preload_app": True, "timeout": SECONDS_AT_MOST, "graceful_timeout": 10,
                "control_socket_disable": True, "loglevel": "error", "umask": _umask(), "when_ready": lambda _: ready(),
            }  # fmt: skip
            for name, value in chosen.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return answers

    Application().run()


def _umask() -> int:
    """Return the user's umask, which can only be read by setting it: the server would set one of its own."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
