"""Commands that look after what is kept: verify."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archive.codes import Code, RoundtableError
from archive.home import Home
from pipelines.cli.shared import HomeOption, JsonOption, counted, print_json, say

if TYPE_CHECKING:
    from pipelines import keeping


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command("verify")(verify)


def verify(
    home: HomeOption = None,
    as_json: JsonOption = False,
    repair_from: Annotated[
        Path | None,
        typer.Option(
            "--repair-from", help="A second copy of the home: what is damaged here is restored.", show_default=False
        ),
    ] = None,
) -> int:
    """Check that every byte of captures, journal, curation and tables is what was written.

    A home that cannot be written, such as a mounted backup, is checked as well; only the journal does not say so then.

    Example: `roundtable verify --repair-from /mnt/backup/archive`
    """
    from pipelines import keeping, steps  # noqa: PLC0415

    folder = Home.at(home)
    if not folder.captures.is_dir():
        raise RoundtableError(Code.HOME_EMPTY, "there is no archive here yet", str(folder.root))
    with ExitStack() as held:
        unwritable = None
        try:
            folder.prepare()
            held.enter_context(folder.writing())
        except RoundtableError as error:
            if error.code is not Code.HOME_NOT_WRITABLE or repair_from:
                raise
            unwritable = error.what
        found = keeping.repair(folder, repair_from) if repair_from else keeping.verify(folder)
        found = replace(found, not_noted=unwritable) if unwritable else keeping.note(folder, found, steps.now())
    if as_json:
        print_json(found.as_dict())
    else:
        _print(found)
    return 1 if found.damage else 0


def _print(found: "keeping.Verification") -> None:
    for words in found.restored:
        say(f"restored  {words}")
    for finding in found.findings:
        say(str(finding), "red" if finding.is_damage else "yellow")
    for code in sorted({finding.code for finding in found.findings}):
        say(f"{code}: {code.advice}.")
    what = {
        "captures": ("captures, their manifests and their index", "record"),
        "ledgers": ("journal and curation", "line"),
        "tables": ("tables", "row"),
    }
    for name, part in found.parts.items():
        words, unit = what[name]
        say(
            f"{words}: {counted(part.files, 'file')}, {counted(part.records, unit)}, {counted(part.bytes, 'byte')}: "
            f"{counted(len(part.damage), 'fault') if part.damage else 'whole'}"
        )
    if found.not_noted:
        say(f"This check is not noted in the journal: {found.not_noted}.")
