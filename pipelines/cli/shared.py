"""What every command shares: the home option, how errors and results look, exit codes.

Exit codes: 0 done; 1 something is wrong with the data or the world; 2 the command could not run.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from archive.home import Home
from warehouse.rendering import plain, visible

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", help="The home folder; else ROUNDTABLE_HOME, else ./data.", show_default=False),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]

WIDTH = 110
"""Columns where the terminal does not say: in a pipe, a file, a test."""
_NARROW = 22
_READABLE = 16
_LONGEST_CELL = 600


def typed() -> str:
    """What a person has to type to run this program: its name, or its path where the shell would not find it."""
    program = Path(sys.argv[0])
    if program.name != "roundtable" or shutil.which("roundtable") == str(program.absolute()):
        return "roundtable"
    return os.path.relpath(program)


def console() -> Console:
    """Where results go; plain and of a fixed width when nobody looks."""
    return Console(soft_wrap=False) if sys.stdout.isatty() else Console(width=WIDTH, color_system=None)


def text(words: str = "", style: str = "") -> Text:
    """Words for people, never read as markup nor obeyed by the terminal; whatever is printed for them is made here."""
    return Text(visible(words), style=style)


def say(words: str = "", style: str | None = None) -> None:
    """One line of output, never cut."""
    console().print(text(words, style or ""), soft_wrap=True)


def complain(words: str) -> None:
    """One line to the errors."""
    sys.stderr.write(f"roundtable: {visible(words)}\n")


def show(renderable: RenderableType) -> None:
    """A table or the like; where nobody looks, without the spaces that only fill up its lines."""
    out = console()
    if sys.stdout.isatty():
        out.print(renderable)
        return
    with out.capture() as captured:
        out.print(renderable)
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: `1 file`, `2,000 files`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def progress(words: str) -> None:
    """One line of progress, dimmed where there is colour."""
    say(f"  {words}", "dim")


def print_json(value: Any) -> None:  # noqa: ANN401 - anything that JSON holds
    """A value as JSON, for programs."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str | None = None) -> None:
    """Rows for people: a table where they fit beside each other, else one record below the other."""
    if not columns:
        return
    cells = [[visible(plain(value)) for value in row] for row in rows]
    columns = [visible(column) for column in columns]
    natural = [
        max([len(column), *(len(line) for row in cells for line in row[number].splitlines())])
        for number, column in enumerate(columns)
    ]
    out = console()
    widths = _widths(natural, out.width)
    if title:
        say(title, "bold")
    if widths is None:
        _print_records(out, columns, cells)
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column, width in zip(columns, widths, strict=True):
        table.add_column(column, overflow="fold", width=width)
    for row in cells:
        table.add_row(*(text(_cut(cell)) for cell in row))
    show(table)


def _widths(natural: Sequence[int], width: int) -> list[int] | None:
    """The width of each column; None where the wide ones would become too narrow to read."""
    room = width - 2 * len(natural)
    if sum(natural) <= room:
        return list(natural)
    narrow = sum(size for size in natural if size <= _NARROW)
    wide = sorted(size for size in natural if size > _NARROW)
    if not wide or (room - narrow) // len(wide) < _READABLE:
        return None
    left = room - narrow
    shares: dict[int, int] = {}
    for number, size in enumerate(wide):
        # A column that needs less than its share leaves the rest to the wider ones.
        shares[size] = min(size, left // (len(wide) - number))
        left -= shares[size]
    return [size if size <= _NARROW else shares[size] for size in natural]


def _cut(cell: str) -> str:
    return cell if len(cell) <= _LONGEST_CELL else cell[: _LONGEST_CELL - 1] + "…"


def _print_records(out: Console, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    margin = max(len(column) for column in columns)
    for number, row in enumerate(rows):
        if number:
            say()
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column(width=margin, style="bold")
        table.add_column(overflow="fold", width=max(20, out.width - margin - 4))
        for column, cell in zip(columns, row, strict=True):
            table.add_row(column, text(cell))
        show(table)


def opened_home(home: Path | None, *, upgrade: bool = False) -> Home:
    """The home of a command that writes, created where it is missing; `upgrade` brings an older one to this version."""
    return Home.at(home).prepare(upgrade=upgrade)
