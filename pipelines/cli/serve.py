"""Commands that keep running: ui."""

import os
import signal
import socket
import subprocess
import sys
from enum import StrEnum
from typing import Annotated

import typer

from archive.codes import Code, RoundtableError
from pipelines.cli.shared import HomeOption, opened_home, say


class Part(StrEnum):
    """One of the two processes that work on a home."""

    WEBSERVER = "webserver"
    DAEMON = "daemon"


_PROGRAMS: dict[Part | None, tuple[str, ...]] = {
    None: ("dagster", "dev"),
    Part.WEBSERVER: ("dagster_webserver",),
    Part.DAEMON: ("dagster._daemon", "run"),
}


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command("ui")(ui)


def ui(
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="The port to listen on.", min=1, max=65535)] = 3000,
    only: Annotated[
        Part | None, typer.Option("--only", help="One of the two alone, for a service each.", show_default=False)
    ] = None,
    home: HomeOption = None,
) -> int:
    """Start Dagster's web UI, with its daemon, on the runs and schedules of this home.

    Example: `roundtable ui --port 3001`
    """
    from pipelines.running import opened_instance  # noqa: PLC0415

    folder = opened_home(home)
    if only is not Part.DAEMON:
        _check_free(host, port)
    with opened_instance(folder):
        pass
    if only is Part.DAEMON:
        say(f"Dagster's daemon on {folder.root} (Ctrl-C ends it)", "bold")
    else:
        say(f"Dagster's UI on {folder.root}: http://{host}:{port} (ten seconds or so; Ctrl-C ends it)", "bold")
    # Dagster warns of things that only its own developers can change.
    environ = {**os.environ, "PYTHONWARNINGS": "ignore"}
    listening = () if only is Part.DAEMON else ("-h", host, "-p", str(port))
    command = [sys.executable, "-m", *_PROGRAMS[only], "-m", "pipelines.definitions", *listening]
    # In a session of its own, so that every process that Dagster starts can be ended with it.
    process = subprocess.Popen(command, env=environ, cwd=folder.dagster, start_new_session=True)  # noqa: S603
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return process.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        _end(process)


def _check_free(host: str, port: int) -> None:
    """Make sure that we may listen there: Dagster would say it with a traceback, after a while.

    Raises:
        RoundtableError: `port_taken`.
    """
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as error:
        reason = error.strerror or str(error)
        raise RoundtableError(Code.PORT_TAKEN, f"cannot listen on {host}:{port}: {reason}", "--port") from None


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _end(process: subprocess.Popen[bytes]) -> None:
    """End Dagster and all that it started: politely, and after a while not."""
    for sign, patience in ((signal.SIGINT, 10), (signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        try:
            os.killpg(process.pid, sign)
            process.wait(patience)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
