"""CSV: a file for each table, as RFC 4180 has it, in UTF-8, safe to open in a spreadsheet.

Here belongs how a value is written. Spreadsheets run a cell that begins like a formula; so a text that begins with one
of `FORMULA`, or with apostrophes and then one of those, gets one apostrophe more in front. To undo that, take one
apostrophe off every text that begins with apostrophes and then one of `FORMULA` (`undone`). Numbers and dates stay as
they are. An empty cell is null in a column that may be null, and the empty text in one that may not. Times are UTC and
end in Z.
"""

import csv
import datetime as dt
import re
from pathlib import Path
from typing import Any

from archive.model.table import TABLES, Table
from warehouse.exports.published import Published

FORMULA = "=+-@\t\r\n＝＋－＠"
_LIKE_FORMULA = re.compile(f"'*[{re.escape(FORMULA)}]")


def write(published: Published, folder: Path) -> None:
    """Write a file for each table into `folder`."""
    for table in TABLES.values():
        write_table(published, table, folder / f"{table.name}.csv")


def write_table(published: Published, table: Table, path: Path) -> None:
    """Write one table, its rows in the order of their key."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\r\n")
        writer.writerow([column.name for column in table.columns])
        writer.writerows([cell(value) for value in row.values()] for row in published.rows(query(table)))


def query(table: Table) -> str:
    """The rows of a table in the order of its key, their values in that of its columns."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    return f"SELECT {names} FROM {table.name} ORDER BY {', '.join(table.key)}"  # noqa: S608 - the model's names


def cell(value: Any) -> str:  # noqa: ANN401 - a value of any column
    """A value as a cell holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return f"{value.isoformat()}Z"
    if isinstance(value, str):
        return f"'{value}" if _LIKE_FORMULA.match(value) else value
    return str(value)


def undone(text: str) -> str:
    """A text as it was before a cell was made of it."""
    return text[1:] if text.startswith("'") and _LIKE_FORMULA.match(text) else text
