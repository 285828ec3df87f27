"""Reading the published database: one query, its rows, and the forms they are printed in.

Here belongs opening the file read-only and rendering results. Not here: anything that writes to it.
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from archive.codes import Code, RoundtableError

FORMATS = ("table", "csv", "json", "parquet")


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of a query."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


@contextmanager
def opened(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published database, read-only.

    Raises:
        RoundtableError: `database_missing`, or `tables_damaged` where the file is no database that we can read.
    """
    if not database.exists():
        raise RoundtableError(Code.DATABASE_MISSING, "there is no published database", str(database))
    try:
        connection = duckdb.connect(str(database), read_only=True)
    except duckdb.Error as error:
        raise RoundtableError(
            Code.DATABASE_MISSING, f"the database cannot be opened: {_first_line(error)}", str(database)
        ) from None
    try:
        yield connection
    finally:
        connection.close()


def run(database: Path, sql: str) -> Result:
    """The rows of one query; of a statement that returns none, an empty result without columns.

    Raises:
        RoundtableError: `query_failed` with DuckDB's own first line, and what `opened` raises.
    """
    with _relation(database, sql) as relation:
        return Result(tuple(relation.columns), relation.fetchall()) if relation is not None else Result((), [])


def arrow(database: Path, sql: str) -> pa.Table:
    """The rows of one query as an Arrow table; raises what `run` raises."""
    with _relation(database, sql) as relation:
        return relation.to_arrow_table() if relation is not None else pa.table({})


@contextmanager
def _relation(database: Path, sql: str) -> Iterator[duckdb.DuckDBPyRelation | None]:
    if not sql.strip(" \t\r\n;"):
        raise RoundtableError(Code.QUERY_FAILED, "the query is empty", "sql")
    with opened(database) as connection:
        try:
            yield connection.sql(sql)
        except duckdb.Error as error:
            raise RoundtableError(Code.QUERY_FAILED, _first_line(error), "sql") from None


def as_json(result: Result) -> str:
    """Rows as a JSON array of objects, one per line."""
    rows = [
        json.dumps(dict(zip(result.columns, row, strict=True)), ensure_ascii=False, default=str) for row in result.rows
    ]
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


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
