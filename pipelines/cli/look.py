"""Commands that show: read, status, sql. None of them imports Dagster or changes anything."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from archive.codes import Code, RoundtableError
from archive.home import Home
from pipelines.cli.shared import HomeOption, JsonOption, counted, print_json, print_table, say
from warehouse import rendering


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command("read")(read)
    app.command("status")(status)
    app.command("sql")(sql)


def read(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A saved page, a text copy, or a capture's id.", show_default=False)
    ],
    url: Annotated[
        str | None, typer.Option("--url", help="Where it was published; a capture knows.", show_default=False)
    ] = None,
    save_fixture: Annotated[
        Path | None,
        typer.Option("--save-fixture", metavar="FOLDER", help="Make a test of it, in FOLDER.", show_default=False),
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> int:
    """Show what the reader sees in one page: every field with its witnesses. The archive is not changed.

    Example: `roundtable read page.html --url https://www.example.org/page --json`
    """
    from pipelines import looking  # noqa: PLC0415
    from pipelines.cli.report import print_page  # noqa: PLC0415
    from pipelines.opened import OpenedHome  # noqa: PLC0415

    seen = looking.look(OpenedHome(Home.at(home)), file, url)
    if as_json:
        print_json(seen.page.as_dict())
    else:
        print_page(seen.page)
    if save_fixture:
        place = looking.save_fixture(seen, save_fixture)
        sys.stderr.write(f"saved {place}: write what you read there into expected.toml; until then its test fails\n")
    return 0 if seen.page.contributions or seen.page.items else 1


def sql(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="One SQL query.", show_default=False)],
    form: Annotated[str, typer.Option("--format", help="table, csv, json or parquet.")] = "table",
    pivot: Annotated[
        bool,
        typer.Option(
            "--pivot", help="Spread long rows: the last column but one names the columns, the last fills them."
        ),
    ] = False,
    home: HomeOption = None,
) -> int:
    """Ask the published database.

    Example: `roundtable sql "SELECT names, prompt_ordinal, state FROM matrix('future-of-work')" --pivot`
    """
    from warehouse import query as database  # noqa: PLC0415

    if form not in rendering.FORMATS:
        formats = ", ".join(rendering.FORMATS)
        raise RoundtableError(Code.FORMAT_UNKNOWN, f"there is no format {form!r}", "--format", f"use one of {formats}")
    path = Home.at(home).database
    if form == "parquet":
        return _as_parquet(path, query, pivot)
    result = database.run(path, query)
    if pivot:
        try:
            result = rendering.pivoted(result)
        except ValueError as error:
            advice = "select what names the rows, what names the columns, and the cells: SELECT names, prompt_id, state"
            raise RoundtableError(Code.QUERY_FAILED, str(error), "--pivot", advice) from None
    if form == "table":
        print_table(result.columns, result.rows)
        say(f"({counted(len(result.rows), 'row')})", "dim")
    else:
        sys.stdout.write(rendering.as_csv(result) if form == "csv" else rendering.as_json(result) + "\n")
    return 0


def _as_parquet(database: Path, query: str, pivot: bool) -> int:
    """Write rows to the output as Parquet, with their types."""
    import pyarrow.parquet  # noqa: PLC0415

    from warehouse.query import arrow  # noqa: PLC0415

    if pivot:
        advice = "Parquet keeps long rows: pivot where it is read"
        raise RoundtableError(Code.FORMAT_UNKNOWN, "--pivot is for tables, csv and json", "--format", advice)
    if sys.stdout.isatty():
        raise RoundtableError(Code.TERMINAL_NOT_FILE, "Parquet is not for reading on a screen", "--format")
    pyarrow.parquet.write_table(arrow(database, query), sys.stdout.buffer)
    return 0


def status(home: HomeOption = None, as_json: JsonOption = False) -> int:
    """Say what the archive holds, what was visited when and is due, and how far each address got.

    Ends with 1 where something is overdue, failed, or could not be used.

    Example: `roundtable status --json`
    """
    from pipelines.cli.report import print_status, status_of  # noqa: PLC0415

    folder = Home.at(home)
    if not folder.root.exists():
        raise RoundtableError(Code.HOME_EMPTY, "there is no archive here yet", str(folder.root))
    found = status_of(folder)
    if as_json:
        print_json(found)
    else:
        print_status(folder, found)
    return 1 if found["needs_attention"] else 0
