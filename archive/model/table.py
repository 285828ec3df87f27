"""How a table is declared: a dataclass whose docstring and annotations say everything, once.

Here belongs the machinery that turns such a class into a `Table`: columns with type, nullability, comment,
allowed values, a key, and references. The Parquet schema, the DuckDB tables with their comments, the checks
and the data dictionary are all made from it. Not here: any particular table.
"""

import datetime as dt
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any, Literal, TypeVar, Union, dataclass_transform

SCHEMA_VERSION = 1
"""Rises when a column is added, renamed or removed; stands in every release."""

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a Python type (str, int, float, bool, date, datetime), and what it means."""

    name: str
    type: type
    nullable: bool
    comment: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its row class, columns in order, key, and where its columns point.

    Attributes:
        content: True where the rows are what a release says; False where they only tell how it came about
            (captures, fetches, runs …) and may grow without anything new being published.
    """

    name: str
    row: type
    comment: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: Mapping[str, str]
    content: bool


TABLES: dict[str, Table] = {}
"""Every table by name, in the order of declaration."""


@dataclass_transform(frozen_default=True, kw_only_default=True)
def table(
    name: str, *, key: tuple[str, ...], references: Mapping[str, str] | None = None, content: bool = True
) -> Callable[[type[Row]], type[Row]]:
    """Declare the decorated class as the row of table `name`.

    Args:
        name: the table's name in Parquet and DuckDB.
        key: the columns that together name a row.
        references: column → table whose single key it holds.
        content: see `Table.content`.
    """

    def declare(row: type[Row]) -> type[Row]:
        made = dataclass(frozen=True, slots=True, kw_only=True)(row)
        TABLES[name] = Table(
            name=name,
            row=made,
            comment=" ".join((made.__doc__ or "").split()),
            columns=tuple(_columns(made)),
            key=key,
            references=references or {},
            content=content,
        )
        return made

    return declare


def table_of(row: type) -> Table:
    """The table whose rows are of this class."""
    return next(table for table in TABLES.values() if table.row is row)


def _columns(row: type) -> list[Column]:
    hints = typing.get_type_hints(row, include_extras=True)
    return [_column(item.name, hints[item.name]) for item in fields(row)]


def _column(name: str, hint: Any) -> Column:  # noqa: ANN401 - an annotation can be any object
    comment = ""
    if typing.get_origin(hint) is Annotated:
        hint, comment = typing.get_args(hint)[:2]
    options = typing.get_args(hint) if typing.get_origin(hint) in {Union, types.UnionType} else (hint,)
    nullable = type(None) in options
    (kind,) = (option for option in options if option is not type(None))
    values = typing.get_args(kind) if typing.get_origin(kind) is Literal else ()
    python = str if values else kind
    if python not in {str, int, float, bool, dt.date, dt.datetime}:
        raise TypeError(f"column {name}: {python} has no column type")
    if not comment:
        raise TypeError(f"column {name}: a column needs a comment")
    return Column(name, python, nullable, comment, values)
