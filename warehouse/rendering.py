"""Rows of a query in the forms that they are printed in.

Here belongs rendering, for people and for programs. It imports no database, so that every command may use it. Not
here: asking (`query`).
"""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_SIGNS = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"},
    0x7F: 0x2421,
    **dict.fromkeys((*range(0x80, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD),
}
"""What a terminal obeys instead of showing it, and what turns the order of signs around → a sign that is seen."""

FORMATS = ("table", "csv", "json", "parquet")


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of a query."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def dicts(self) -> list[dict[str, Any]]:
        """The rows, each by its columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def pivoted(result: Result) -> Result:
    """Long rows as a table: the column before the last names the columns, the last fills the cells.

    What stands before them names the rows; rows and columns keep the order in which they are met, and a cell with
    several values has them all.

    Raises:
        ValueError: there are fewer than three columns, or no two rows belong into one.
    """
    if len(result.columns) < 3:
        raise ValueError("a table takes three columns: what names the rows, what names the columns, and the cells")
    heads = list(dict.fromkeys(plain(row[-2]) for row in result.rows))
    cells: dict[tuple[Any, ...], dict[str, list[str]]] = {}
    for *names, head, value in result.rows:
        of_row = cells.setdefault(tuple(plain(name) for name in names), {})
        of_row.setdefault(plain(head), []).append(plain(value))
    if len(heads) > 1 and len(cells) == len(result.rows):
        raise ValueError(
            f"no two rows are alike in {', '.join(result.columns[:-2])}, so that nothing comes to stand side by side"
        )
    rows = [(*names, *(", ".join(found.get(head, [])) for head in heads)) for names, found in cells.items()]
    return Result((*result.columns[:-2], *heads), rows)


def as_json(result: Result) -> str:
    """Rows as a JSON array of objects, one per line."""
    rows = [json.dumps(row, ensure_ascii=False, default=str) for row in result.dicts()]
    return "[" + ",\n ".join(rows) + "]"


def as_csv(result: Result) -> str:
    """Rows as CSV with a header: null is empty, nested values are JSON."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows([_csv_value(value) for value in row] for row in result.rows)
    return out.getvalue()


def _csv_value(value: Any) -> Any:  # noqa: ANN401 - a value of any column
    if isinstance(value, bool | list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value


def plain(value: Any) -> str:  # noqa: ANN401 - a value of any column
    """A value as people read it; null is empty."""
    if value is None:
        return ""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(plain(item) for item in value)
    return str(value)


def visible(words: str) -> str:
    """Words of any origin for a terminal: control characters and those that turn the order around are shown as signs.

    Each becomes one sign (ESC `␛`, others without a picture `�`), so that lengths and places stay.
    """
    return words.translate(_SIGNS)
