"""The command that writes the reading room: site."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from archive.codes import Code, RoundtableError
from archive.home import Home
from pipelines.cli.shared import HomeOption, JsonOption, counted, print_json, progress, say


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command("site")(site)


def site(
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FOLDER", help="Where; else the home's site/.", show_default=False)
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", help="What the archive is called on its pages.", show_default=False)
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(
            "--url", help="Where it will be published: for canonical links and for errors.", show_default=False
        ),
    ] = None,
    captures_url: Annotated[
        str | None,
        typer.Option("--captures-url", help="Where its WARC files are published, if they are.", show_default=False),
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> int:
    """Write the published tables as a static site that any web server can show.

    Example: `roundtable site --to public --url https://archive.example.org/`
    """
    from warehouse.site import build  # noqa: PLC0415

    folder = Home.at(home)
    written = build.write(
        folder.database,
        (to or folder.site).absolute(),
        (lambda _: None) if as_json else progress,
        title=title or build.TITLE,
        base_url=_address(url, "--url"),
        captures_url=_address(captures_url, "--captures-url"),
    )
    if as_json:
        print_json(asdict(written))
        return 0
    say(
        f"{written.path}: {counted(written.pages, 'page')} with {counted(written.texts, 'text')}, "
        f"{counted(written.bytes, 'byte')}, of release {written.release}"
    )
    say(f"Open {written.path / 'index.html'}, or put the folder on a web server.", "dim")
    return 0


def _address(given: str | None, option: str) -> str:
    """An address with one slash at its end; empty where none was given."""
    if given is None:
        return ""
    if not given.startswith(("http://", "https://")):
        raise RoundtableError(Code.URL_INVALID, f"{given!r} is no address", option)
    return f"{given.rstrip('/')}/"
