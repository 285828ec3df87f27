"""Reading the published database: one query and its rows.

Here belongs opening the file read-only and seeing to it that a query does no more than read. Not here: anything that
writes to it, and how rows are printed (`rendering`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from archive.codes import Code, RoundtableError
from warehouse import mistakes
from warehouse.rendering import Result

if TYPE_CHECKING:
    # It takes long to import, and only Parquet needs it.
    import pyarrow as pa

# DuckDB 2 calls a PIVOT, and nothing else, MULTI.
_READING = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN, duckdb.StatementType.MULTI}


@contextmanager
def opened(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published database, read-only.

    Raises:
        RoundtableError: `database_missing`, `database_newer`, `database_locked`, `database_unreadable`, or
            `database_damaged` where the file is no whole database, also while it is read.
    """
    if not database.exists():
        raise RoundtableError(Code.DATABASE_MISSING, "there is no published database", str(database))
    try:
        connection = duckdb.connect(str(database), read_only=True)
    except duckdb.Error as error:
        raise mistakes.of_file(error, database) from None
    try:
        yield connection
    except (
        duckdb.IOException,
        duckdb.FatalException,
        duckdb.InternalException,
        duckdb.SerializationException,
    ) as error:
        raise mistakes.of_file(error, database) from None
    finally:
        connection.close()


def run(database: Path, sql: str) -> Result:
    """The rows of one query.

    Raises:
        RoundtableError: `query_failed` where it cannot be answered, is not one query or would do more than read, and
            what `opened` raises.
    """
    with _relation(database, sql) as relation:
        return Result(tuple(relation.columns), relation.fetchall())


def arrow(database: Path, sql: str) -> "pa.Table":
    """The rows of one query as an Arrow table; raises what `run` raises."""
    with _relation(database, sql) as relation:
        return relation.to_arrow_table()


@contextmanager
def _relation(database: Path, sql: str) -> Iterator[duckdb.DuckDBPyRelation]:
    with opened(database) as connection:
        # A query of the published file has no business with any other.
        connection.execute("SET enable_external_access = false")
        try:
            yield connection.sql(_only_reading(connection, sql))
        except (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException):
            raise
        except duckdb.Error as error:
            raise mistakes.of_query(error, connection) from None


def _only_reading(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    """The query, if it is one and does no more than read."""
    if "\x00" in sql or not _is_unicode(sql):
        what = "the query has a NUL character in it, or bytes that are no UTF-8"
        raise RoundtableError(Code.QUERY_FAILED, what, "sql", "type it without them")
    # A PIVOT is taken for several statements that have no text of their own.
    found = connection.extract_statements(sql)
    found = [one for one in found if one.query.strip()] or found[-1:]
    if not found:
        raise RoundtableError(Code.QUERY_FAILED, "the query is empty", "sql")
    if len(found) > 1:
        what = f"these are {len(found)} statements"
        raise RoundtableError(Code.QUERY_FAILED, what, "sql", "ask one at a time")
    if found[0].type not in _READING:
        kind = found[0].type.name
        what = f"the published database is read-only, and {kind} does more than read"
        raise RoundtableError(Code.QUERY_FAILED, what, "sql", "ask with SELECT, FROM, DESCRIBE, SHOW or EXPLAIN")
    return sql


def _is_unicode(text: str) -> bool:
    """False where the shell gave bytes that are no UTF-8: Python keeps them as lone surrogates."""
    return not any("\ud800" <= sign <= "\udfff" for sign in text)
