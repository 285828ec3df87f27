"""`roundtable releases`: what was published when, and what each release changed. Changes nothing."""

import sys
from typing import Annotated

import typer

from archive.codes import Code, RoundtableError
from archive.home import Home
from pipelines.cli.shared import HomeOption, JsonOption, print_json, print_table
from warehouse import query
from warehouse.rendering import visible
from warehouse.schema import literal

_LIST = """
SELECT r.release_id, r.created_at, count(*) FILTER (change = 'new') AS new,
       count(*) FILTER (change IN ('revised', 'amended')) AS changed,
       count(*) FILTER (change = 'withdrawn') AS withdrawn, r.digest
FROM releases AS r LEFT JOIN release_changes USING (release_id)
GROUP BY r.release_id, r.created_at, r.digest ORDER BY r.created_at DESC
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("releases")(releases)


def releases(
    release: Annotated[str, typer.Argument(metavar="[ID]", help="One of them, with its notes.")] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> int:
    """List the releases, newest first; of one, print as Markdown what it changed and how it is cited.

    Example: `roundtable releases 2026-11-29-2`
    """
    database = Home.at(home).database
    found = query.run(database, _LIST)
    if release:
        return _notes(release, [str(row[0]) for row in found.rows], home, as_json)
    if as_json:
        print_json(found.dicts())
    else:
        rows = [(*row[:1], f"{row[1]:%Y-%m-%d %H:%M}", *row[2:5], f"{row[5][:16]}…") for row in found.rows]
        print_table(found.columns, rows)
    return 0


def _notes(release: str, known: list[str], home: HomeOption, as_json: bool) -> int:
    if release not in known:
        advice = f"use one of {', '.join(known[:5])}" if known else ""
        raise RoundtableError(Code.RELEASE_UNKNOWN, f"there is no release {release!r}", "releases", advice)
    which = f"WHERE release_id = {literal(release)}"
    database = Home.at(home).database
    if as_json:
        found = query.run(database, f"SELECT change, subject, before, after FROM release_changes {which} ORDER BY ALL")  # noqa: S608
        print_json(found.dicts())
    else:
        notes = query.run(database, f"SELECT markdown FROM release_notes {which}").rows[0][0]  # noqa: S608
        sys.stdout.write(visible(notes))
    return 0
