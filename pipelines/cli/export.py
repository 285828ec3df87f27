"""The command that writes what is kept and published for other programs: `roundtable export FORMAT`."""

from dataclasses import asdict
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from archive.codes import Code, RoundtableError
from archive.home import Home
from pipelines.cli.shared import HomeOption, JsonOption, counted, print_json, progress, say

WACZ = "wacz"
_STREAM = "-"


def register(app: typer.Typer) -> None:
    """Add this group's command."""
    app.command("export", no_args_is_help=True)(export)


def export(
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="bibtex, ris, csl-json; tei, convokit, json-ld; datapackage, csv, parquet; bagit, wacz.",
            show_default=False,
        ),
    ],
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ROUND_TABLE|SERIES|SOURCE", help="What to write; nothing means all.", show_default=False
        ),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            "--out",
            help="The file, which is replaced, or a new folder, where the format is a folder; `-` prints a format of "
            "one file. Else one in the home's exports/, named after what is in it.",
            show_default=False,
        ),
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> int:
    """Write what is published in the format of another program, or captures as WACZ.

    docs/exports.md says what each format holds.

    Example: `roundtable export bibtex future-of-work --to future-of-work.bib`
    """
    _check_format(form)
    streams = str(to) == _STREAM
    if streams and as_json:
        raise RoundtableError(Code.TARGET_UNUSABLE, "the export itself is printed, and no report", "--to - --json")
    folder = Home.at(home)
    if form == WACZ:
        return _wacz(folder, names or [], to, as_json)
    from pipelines import exports  # noqa: PLC0415
    from pipelines.opened import OpenedHome  # noqa: PLC0415

    written = exports.export(OpenedHome(folder), form, names or [], to)
    if as_json:
        print_json(asdict(written))
    elif not streams:
        say(
            f"{written.path}: {counted(written.contributions, 'contribution')} of "
            f"{counted(written.round_tables, 'round table')}, {counted(written.files, 'file')}, "
            f"{counted(written.bytes, 'byte')}; release {written.release_id}"
        )
    return 0


def _check_format(form: str) -> None:
    from warehouse.exports.formats import FORMATS  # noqa: PLC0415

    known = [*FORMATS, WACZ]
    if form not in known:
        near = get_close_matches(form.lower(), known, n=1)
        advice = f"did you mean {near[0]}?" if near else f"use one of {', '.join(known)}"
        raise RoundtableError(Code.FORMAT_UNKNOWN, f"no format is called {form!r}", "export", advice)


def _wacz(folder: Home, names: list[str], to: Path | None, as_json: bool) -> int:
    from pipelines import exporting  # noqa: PLC0415
    from pipelines.opened import OpenedHome  # noqa: PLC0415

    if not folder.captures.is_dir():
        raise RoundtableError(Code.HOME_EMPTY, "there is no archive here yet", str(folder.root))
    if str(to) == _STREAM:
        raise RoundtableError(Code.TARGET_UNUSABLE, "a WACZ is no text to be printed", "--to -", "name a file")
    written = exporting.as_wacz(OpenedHome(folder), names, to, (lambda _: None) if as_json else progress)
    if as_json:
        print_json(asdict(written) | {"created": f"{written.created.isoformat()}Z"})
        return 0
    say(
        f"{written.path}: {counted(written.captures, 'capture')}, {counted(written.pages, 'page')}, "
        f"{counted(written.bytes, 'byte')}"
    )
    return 0
