"""Rows as plain JSON values and back: how journals and manifests keep them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from archive.model.table import table_of

Row = TypeVar("Row")


def to_plain(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of any table
    """The row as JSON values: times in ISO 8601 (UTC, with `Z`), days as `YYYY-MM-DD`."""
    return {item.name: _plain(getattr(row, item.name)) for item in fields(row)}


def from_plain(kind: type[Row], values: Mapping[str, Any]) -> Row:
    """The row of class `kind` from what `to_plain` made; columns that are not there get their default.

    Raises:
        TypeError, ValueError: where the values are not those of such a row.
    """
    made: dict[str, Any] = {}
    for column in table_of(kind).columns:
        if column.name in values:
            value = values[column.name]
            if value is not None and column.type is dt.datetime:
                value = dt.datetime.fromisoformat(value).replace(tzinfo=None)
            elif value is not None and column.type is dt.date:
                value = dt.date.fromisoformat(value)
            made[column.name] = value
    return kind(**made)


def _plain(value: Any) -> Any:  # noqa: ANN401 - a column of any type
    if isinstance(value, dt.datetime):
        # Times in rows are UTC without a zone, as the tables have them; in a file of their own they say so.
        return value.replace(tzinfo=None).isoformat() + "Z"
    return value.isoformat() if isinstance(value, dt.date) else value
