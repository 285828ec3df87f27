"""Arrow schemas and DuckDB statements, derived from the one model of the tables.

Here belongs the mapping of types, keys and comments. Not here: any table.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from archive.model.table import TABLES, Column, Table

_ARROW = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    dt.date: pa.date32(),
    dt.datetime: pa.timestamp("us"),
}
_SQL = {
    str: "VARCHAR",
    int: "BIGINT",
    float: "DOUBLE",
    bool: "BOOLEAN",
    dt.date: "DATE",
    dt.datetime: "TIMESTAMP",
}


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a table: types, nullability, and each column's comment as metadata."""
    return pa.schema(
        [
            pa.field(column.name, _ARROW[column.type], column.nullable, metadata={"comment": column.comment})
            for column in table.columns
        ],
        metadata={"table": table.name, "comment": table.comment},
    )


def arrow_table(table: Table, rows: Sequence[Any]) -> pa.Table:
    """Rows as an Arrow table; raises pyarrow.ArrowInvalid where a value does not fit its column."""
    schema = arrow_schema(table)
    made = pa.table(
        {
            column.name: pa.array([getattr(row, column.name) for row in rows], _ARROW[column.type])
            for column in table.columns
        },
        schema=schema,
    )
    for column in table.columns:
        if not column.nullable and made[column.name].null_count:
            raise pa.ArrowInvalid(f"{table.name}.{column.name} must not be null")
    return made


def create_table(table: Table) -> str:
    """The CREATE TABLE statement, with NOT NULLs, allowed values and the key."""
    columns = [f"{_quoted(column.name)} {sql_type(column)}{_constraint(column)}" for column in table.columns]
    columns.append(f"PRIMARY KEY ({', '.join(map(_quoted, table.key))})")
    return f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(columns) + "\n)"


def comments(table: Table) -> Iterable[str]:
    """COMMENT statements for the table and each of its columns."""
    yield f"COMMENT ON TABLE {table.name} IS {literal(table.comment)}"
    for column in table.columns:
        yield f"COMMENT ON COLUMN {table.name}.{_quoted(column.name)} IS {literal(column_comment(column))}"


def column_comment(column: Column) -> str:
    """What a column means, with its allowed values."""
    return column.comment + (f" One of: {', '.join(column.values)}." if column.values else "")


def sql_type(column: Column) -> str:
    """The column's type in DuckDB."""
    return _SQL[column.type]


def literal(text: str) -> str:
    """A string as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def tables() -> list[Table]:
    """All tables, in the order of the model."""
    return list(TABLES.values())


def _constraint(column: Column) -> str:
    words = "" if column.nullable else " NOT NULL"
    if column.values:
        words += f" CHECK ({_quoted(column.name)} IN ({', '.join(map(literal, column.values))}))"
    return words


def _quoted(name: str) -> str:
    return f'"{name}"'
