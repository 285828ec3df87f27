"""`roundtable`: the list of commands, and what becomes of an error.

Here belongs putting the commands together. Each command imports what it needs when it runs, so that `sql` and
`read` never wait for Dagster.
"""

import io
import sys
from typing import Annotated

import typer

from archive.codes import Code, RoundtableError, disk_error
from pipelines.cli import collect, export, history, keep, look, people, releases, search, serve, site, sources
from pipelines.cli.shared import complain


def _exit(code: int | None, **_: object) -> None:
    """What a command returns is the exit code."""
    raise typer.Exit(code or 0)


app = typer.Typer(
    name="roundtable",
    help="The archive of published round tables: exact captures, read discussions, one DuckDB file.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    result_callback=_exit,
)
for module in (collect, look, people, search, history, releases, keep, export, site, serve, sources):
    module.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 - not needed by any command

        sys.stdout.write(f"roundtable {version('roundtable-archive')}\n")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options that stand before a command."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 done, 1 something is wrong with the data or the world, 2 could not run."""
    try:
        app(arguments)
    except RoundtableError as error:
        complain(str(error))
        # Where a check kept a candidate back, the command did run: it is the data that is wrong.
        return 1 if error.code is Code.CHECKS_FAILED else 2
    except BrokenPipeError:
        # The reader of a pipe has seen enough.
        sys.stderr.close()
        return 0
    except OSError as error:
        complain(str(disk_error(error)))
        return 2
    except KeyboardInterrupt:
        complain("interrupted; what was done so far is kept, the next run goes on from there")
        return 130
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    return 0


def run() -> None:
    """The entry point of the installed command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that knows few letters shows the others by their numbers.
            stream.reconfigure(errors="backslashreplace")
    sys.exit(main())
