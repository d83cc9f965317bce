"""Serving on this machine: the address, and a clear word when the port is taken."""

import gc
import os
import signal
import socket
import sys
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.http.errors import LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

from observatory.api.problems import problem
from observatory.config import PREFIX, Settings
from observatory.errors import ObservatoryError, SettingsError
from observatory.language import gettext as _

THREADS = 8
LONGEST_ADDRESS = 8_190  # bytes with the method, the most that gunicorn can be set to
YOUNG_OBJECTS = 20_000  # an answer makes some ten thousand objects, nearly all short-lived
TIMEOUT_SECONDS = 30
GRACE_SECONDS = 5  # for answers under way when it is stopped


def require_free_port(settings: Settings) -> None:
    """Check that the server can listen where it is asked to.

    Raises:
        SettingsError: the port is in use, or may not be used by this user.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise SettingsError(
                f"Expected to listen on {settings.host}:{settings.port}, found: {error.strerror}. "
                f"Stop what uses the port, or choose another: {PREFIX}PORT=8051 make run."
            ) from error


class _Worker(ThreadWorker):
    """Threads that tell an address beyond the limit as everything else is told, not in HTML."""

    def handle_error(
        self, req: object, client: socket.socket, addr: object, exc: Exception
    ) -> None:
        """Answer a request that cannot be read; it has not reached the application."""
        if isinstance(exc, LimitRequestLine):
            client.sendall(_too_long())
        else:
            super().handle_error(req, client, addr, exc)


def _too_long() -> bytes:
    words = _("Expected {most} letters at most. Ask for less at a time.")
    answer = problem(
        HTTPStatus.REQUEST_URI_TOO_LONG,
        "too-long",
        _("The address is too long"),
        words.format(most=LONGEST_ADDRESS),
    )
    answer.headers["Connection"] = "close"
    head = f"HTTP/1.1 {answer.status}\r\n{answer.headers}"  # ends with an empty line
    return head.encode("latin-1") + answer.get_data()


class _Local(BaseApplication):
    """Gunicorn with a few workers and their threads, configured in code."""

    def __init__(self, settings: Settings, announce: Callable[[str], None]) -> None:
        self._settings = settings
        self._announce = announce
        super().__init__()

    def load_config(self) -> None:
        self.cfg.set("bind", f"{self._settings.host}:{self._settings.port}")
        self.cfg.set("worker_class", _Worker)
        self.cfg.set("workers", self._settings.workers)
        self.cfg.set("threads", THREADS)
        self.cfg.set("timeout", TIMEOUT_SECONDS)
        self.cfg.set("graceful_timeout", GRACE_SECONDS)
        self.cfg.set("loglevel", "warning")
        self.cfg.set("limit_request_line", LONGEST_ADDRESS)
        if Path("/dev/shm").is_dir():  # noqa: S108 - a heartbeat file of gunicorn, not ours
            self.cfg.set("worker_tmp_dir", "/dev/shm")  # noqa: S108 - as above
        self.cfg.set("post_worker_init", _stop_with_the_master)
        self.cfg.set("worker_exit", _leave_at_once)
        self.cfg.set("when_ready", lambda _server: self._announce(_welcome(self._settings)))

    def load(self) -> object:
        from observatory.dashboard import create_dashboard  # noqa: PLC0415 - in the worker

        server = create_dashboard(self._settings).server
        _spare_collections()
        return server


def _stop_with_the_master(_worker: object) -> None:
    """Leave Ctrl+C to the master: a worker that it meets too exits amid its threads and hangs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _leave_at_once(_server: object, _worker: object) -> None:
    """End a worker whose answers are finished, without taking the interpreter apart.

    Threads of libraries in C++ do not always survive that: the worker was ended by SIGABRT, after
    its work, but with a word of alarm. There is nothing left to close: the snapshot is read only,
    and what people wrote is on disk with each commit.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


class _Master(Arbiter):
    """Gunicorn's master, stopped by Ctrl+C as by SIGTERM: answers under way are finished."""

    def handle_int(self) -> None:
        self.handle_term()


def _spare_collections() -> None:
    """Keep what a worker starts with out of garbage collection, and begin with it.

    Measured: with the libraries' half a million objects in it, a collection stops an answer for
    up to 90 ms, and takes 12 ms of an answer on average; without them, 0 to 3 ms.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)
    gc.enable()


def _welcome(settings: Settings) -> str:
    address = f"http://{settings.host}:{settings.port}"
    return f"Metropolis Observatory: {address}  (Ctrl+C stops it){_first_admin(settings)}"


def _first_admin(settings: Settings) -> str:
    """The way to the first account, as long as nobody administers; told to this console only."""
    from observatory.workspace.engine import Workspace  # noqa: PLC0415 - in the master, once
    from observatory.workspace.links import first_admin_link  # noqa: PLC0415 - as above

    workspace = Workspace(settings)
    try:
        token = first_admin_link(workspace)
    except ObservatoryError as error:
        return f"\nNo accounts now: {error}"
    finally:
        workspace.close()  # the workers open their own
    if token is None:
        return ""
    return (
        "\nNobody administers it yet. On this machine, once, within a day: "
        f"http://127.0.0.1:{settings.port}/welcome/{token}"
    )


def serve_locally(settings: Settings, *, announce: Callable[[str], None]) -> None:
    """Serve until stopped; says the address once it answers.

    Raises:
        SettingsError: the port is taken.
    """
    require_free_port(settings)
    _load_once()
    _Master(_Local(settings, announce)).run()


def _load_once() -> None:
    """Import the dashboard before there are workers: they share its code, and start at once.

    Importing does nothing else, opens nothing and starts no thread of ours, so that a copy of this
    process is a sound worker. There is nothing to collect yet, and looking for it took a quarter
    of the time.
    """
    gc.disable()
    import observatory.dashboard  # noqa: F401, PLC0415 - heavy, for the workers

    gc.freeze()
