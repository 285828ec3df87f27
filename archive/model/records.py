"""The rows of a release, by table: what the reconciling ends with and the warehouse begins with."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from archive.model.table import TABLES

Row = TypeVar("Row")
_NAMES: dict[type, str] = {table.row: name for name, table in TABLES.items()}


class Records:
    """Rows by table, each kind of row in a list of its own."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Any]] = {name: [] for name in TABLES}

    def add(self, *rows: object) -> None:
        """Add rows, each to the table of its class."""
        for row in rows:
            self._rows[_NAMES[type(row)]].append(row)

    def extend(self, rows: Iterable[object]) -> None:
        """Add many rows."""
        self.add(*rows)

    def of(self, kind: type[Row]) -> list[Row]:
        """All rows of one class, in the order in which they were added."""
        return self._rows[_NAMES[kind]]

    def move(self, kind: type, to: "Records") -> None:
        """Give all rows of one class to other records."""
        name = _NAMES[kind]
        to._rows[name].extend(self._rows[name])
        self._rows[name] = []

    def absorb(self, other: "Records") -> None:
        """Add all rows of `other`."""
        for name, rows in other._rows.items():
            self._rows[name].extend(rows)

    def replace(self, kind: type[Row], rows: list[Row]) -> None:
        """Put other rows in the place of those of one class."""
        self._rows[_NAMES[kind]] = rows

    def by_table(self) -> dict[str, list[Any]]:
        """Table name → rows, sorted by the table's key: the order in which they are written."""
        return {name: sorted(rows, key=_key_of(name)) for name, rows in self._rows.items()}


def _key_of(name: str) -> Callable[[Any], tuple[Any, ...]]:
    return lambda row: tuple(_sortable(getattr(row, column)) for column in TABLES[name].key)


def _sortable(value: Any) -> Any:  # noqa: ANN401 - a key column of any type
    # Null comes first; it must never be compared with a value.
    return (value is not None, value)
