"""`roundtable history`: the versions of a contribution, and what changed. Changes nothing, and waits for no Dagster."""

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from archive.home import Home
from pipelines.cli.shared import HomeOption, JsonOption, console, counted, print_json, print_table, say, show, text
from warehouse.rendering import plain

if TYPE_CHECKING:
    from rich.text import Text

    from archive.normalise.differences import Change
    from pipelines.history import Version

_AROUND = 8
"""Unchanged words that are shown on either side of a change."""
_MARKS = {"removed": ("[-", "-]", "red strike"), "added": ("{+", "+}", "green")}


def register(app: typer.Typer) -> None:
    """Add this group's command."""
    app.command("history")(history)


def history(
    contribution: Annotated[
        str, typer.Argument(metavar="ID", help="A contribution's id, or an alias of it.", show_default=False)
    ],
    at: Annotated[
        str | None, typer.Option("--at", metavar="TIME", help="Show it as it stood then (UTC).", show_default=False)
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> int:
    """Show the versions of a contribution and, word by word, what changed from each to the next.

    `[-words-]` went, `{+words+}` came. Example: `roundtable history stairwell/q1/ines-m-delrosal --at 2024-06-01`
    """
    from pipelines import history as told  # noqa: PLC0415

    instant = told.instant(at) if at else None
    versions = told.history(Home.at(home).database, contribution)
    if instant is not None:
        one = told.version_at(versions, instant)
        print_json(one.row) if as_json else _print_version(one.row)
    elif as_json:
        print_json([_as_dict(one) for one in versions])
    else:
        _print(versions, contribution)
    return 0


def _as_dict(version: "Version") -> dict[str, Any]:
    changes = {
        name: [{"kind": change.kind, "text": change.text} for change in stretches]
        for name, stretches in version.changes.items()
    }
    return version.row | {"changes": changes}


def _print_version(row: dict[str, Any]) -> None:
    told = [name for name in row if name != "text" and row[name] is not None]
    print_table(("", ""), [(name, row[name]) for name in told])
    say()
    say(row["text"])


def _print(versions: list["Version"], asked: str) -> None:
    name = versions[0].row["contribution_id"]
    say(f"{name}: {counted(len(versions), 'version')}" + (f" (asked for as {asked})" if asked != name else ""), "bold")
    columns = ("version", "first_captured_at", "last_captured_at", "word_count", "published_as_printed", "capture_id")
    print_table(columns, [[one.row[column] for column in columns] for one in versions])
    if versions[-1].row["state"] == "withdrawn":
        say("It was withdrawn: what it said is not shown.")
    for one in versions[1:]:
        say()
        say(f"version {one.row['version']}, first captured {plain(one.row['first_captured_at'])}", "bold")
        for field, stretches in one.changes.items():
            say(f"{field}:")
            show(_marked(stretches))


def _marked(stretches: list["Change"]) -> "Text":
    """The changes with some of what stands around them."""
    marked = text()
    is_coloured = console().color_system is not None
    for number, change in enumerate(stretches):
        if change.kind == "same":
            words = _shortened(change.text, is_first=number == 0, is_last=number == len(stretches) - 1)
            marked.append_text(text(words))
        else:
            before, after, style = _MARKS[change.kind]
            marked.append_text(text(f"{before}{change.text.strip()}{after} ", style if is_coloured else ""))
    return marked


def _shortened(words: str, *, is_first: bool, is_last: bool) -> str:
    parts = re.findall(r"\S+\s*", words)
    head = 0 if is_first else _AROUND
    tail = 0 if is_last else _AROUND
    if len(parts) <= head + tail:
        return words
    return "".join(parts[:head]) + "… " + "".join(parts[len(parts) - tail :])
