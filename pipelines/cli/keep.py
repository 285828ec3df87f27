"""Commands that look after what is kept: verify, withdraw."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archive.codes import Code, RoundtableError
from archive.home import Home
from pipelines.cli.shared import HomeOption, JsonOption, counted, print_json, progress, say

if TYPE_CHECKING:
    from pipelines import keeping, withdrawing


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command("verify")(verify)
    app.command("withdraw")(withdraw)


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


def withdraw(
    contribution: Annotated[str, typer.Argument(metavar="ID", help="The contribution's id.", show_default=False)],
    reason: Annotated[
        str | None, typer.Option("--reason", help="Why; it stands in the tables.", show_default=False)
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who decided it.", show_default=False)] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take a withdrawal back.")] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> int:
    """Take a contribution out of tables, database and exports; a tombstone stays, and its captures are sealed.

    Example: `roundtable withdraw future-of-work/building-blocks/shawna-bader-blau --reason "asked for by the author"`
    """
    from pipelines import withdrawing  # noqa: PLC0415

    folder = Home.at(home)
    if not folder.captures.is_dir():
        raise RoundtableError(Code.HOME_EMPTY, "there is no archive here yet", str(folder.root))
    if not (reason and reason.strip()) and not undo:
        raise RoundtableError(Code.REASON_MISSING, "a withdrawal has a reason", "--reason")
    decision = withdrawing.Asked(contribution, reason, by, undo)
    done = withdrawing.decide(folder.prepare(), decision, (lambda _: None) if as_json else progress)
    if as_json:
        print_json(done.as_dict())
    elif undo:
        say(f"{contribution} is shown again; the ledger keeps both decisions.")
    else:
        _print_withdrawn(done)
    return 0


def _print_withdrawn(done: "withdrawing.Decided") -> None:
    sealed = f"{counted(len(done.sealed), 'capture')} {'is' if len(done.sealed) == 1 else 'are'} sealed"
    say(f"{done.contribution_id} is withdrawn: a tombstone stands in its place; {sealed} in this archive.")
    for name in done.removed:
        say(f"  removed, as it may hold it: {name}")
    for name in done.alike:
        say(f"  the same words stand in {name}: withdraw that as well if it is the same text", "yellow")
    say("Copies that were made before (backups, files given to others) are not reached: see to them.")


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
