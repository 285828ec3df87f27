"""Commands that write what is kept for others, each a format: export wacz."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from archive.codes import Code, RoundtableError
from archive.home import Home
from pipelines.cli.shared import HomeOption, JsonOption, counted, print_json, progress, say


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    formats = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown", help="Write what is kept for others.")
    # A group of one command would otherwise be that command.
    formats.callback()(_formats)
    formats.command("wacz")(wacz)
    app.add_typer(formats, name="export")


def _formats() -> None:
    """Write what is kept as a file for others, in one of these formats."""


def wacz(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE|SERIES|ROUND_TABLE]...", help="What to write; nothing means all.", show_default=False
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="The file; else one in the home's exports/, named after what is in it.", show_default=False
        ),
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> int:
    """Write captures as one WACZ file, which replay tools open.

    Example: `roundtable export wacz future-of-work --out future-of-work.wacz`
    """
    from pipelines import exporting  # noqa: PLC0415
    from pipelines.opened import OpenedHome  # noqa: PLC0415

    folder = Home.at(home)
    if not folder.captures.is_dir():
        raise RoundtableError(Code.HOME_EMPTY, "there is no archive here yet", str(folder.root))
    written = exporting.as_wacz(OpenedHome(folder), names or [], out, (lambda _: None) if as_json else progress)
    if as_json:
        print_json(asdict(written) | {"created": f"{written.created.isoformat()}Z"})
        return 0
    say(
        f"{written.path}: {counted(written.captures, 'capture')}, {counted(written.pages, 'page')}, "
        f"{counted(written.bytes, 'byte')}"
    )
    return 0
