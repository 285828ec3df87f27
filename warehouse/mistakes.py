"""What is wrong with a database file or a query, in one line that says what to do.

Here belongs telling DuckDB's errors apart and finding the name that was meant. Not here: opening and asking (`query`).
"""

import re
from difflib import get_close_matches
from pathlib import Path

import duckdb

from archive.codes import Code, RoundtableError

_MISSING = re.compile(r"(Table Function|Scalar Function|Table|View) with name \"?([^\s\"]+)\"? does not exist")
_COLUMN = re.compile(r"(?:Referenced column|column) \"?(\w+)\"? (?:not found|does not)")
_OF_ROWS = re.compile(r"Function \"(\w+)\" is a table function but it was used as a scalar function")
_CALLED = re.compile(r"Candidate macros:\s*((?:\t.*\s*)+)")

_NAMES = """
SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' AND NOT internal
UNION SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal
"""
_MACROS = "SELECT DISTINCT function_name FROM duckdb_functions() WHERE schema_name = 'main' AND NOT internal"
_COLUMNS = "SELECT DISTINCT column_name FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal"


def of_file(error: Exception, path: Path) -> RoundtableError:
    """Why a file cannot be opened or read on."""
    said = first_line(error)
    if "version number" in said:
        what, code = "a newer version of DuckDB wrote the database", Code.DATABASE_NEWER
    elif "lock on file" in said:
        holder = re.search(r"\(PID \d+\)", said)
        what = f"another program{f' {holder[0]}' if holder else ''} has the database open for writing"
        code = Code.DATABASE_LOCKED
    elif "Permission denied" in said:
        what, code = "you have no right to read the database", Code.DATABASE_UNREADABLE
    else:
        what, code = f"this is no whole DuckDB database: {said}", Code.DATABASE_DAMAGED
    return RoundtableError(code, what, str(path))


def of_query(error: Exception, connection: duckdb.DuckDBPyConnection) -> RoundtableError:
    """Why a query cannot be answered, with the name that was meant, where one comes near."""
    text = str(error)
    if missing := _MISSING.search(text):
        return _of_name(missing[1], missing[2], connection)
    if of_rows := _OF_ROWS.search(text):
        what = f"{of_rows[1]} gives rows, not one value"
        return RoundtableError(Code.QUERY_FAILED, what, "sql", f"ask FROM {of_rows[1]}(…)")
    if column := _COLUMN.search(text):
        near = _nearest(column[1], _listed(connection, _COLUMNS))
        advice = f"did you mean {near}?" if near else "`DESCRIBE NAME` lists the columns of a table, view or macro"
        return RoundtableError(Code.QUERY_FAILED, f"there is no column {column[1]!r} here", "sql", advice)
    if called := _CALLED.search(text):
        forms = " or ".join(line.strip() for line in called[1].splitlines() if line.strip())
        return RoundtableError(Code.QUERY_FAILED, first_line(error), "sql", f"call it as {forms}")
    if "file system operations are disabled" in text:
        advice = (
            "ask the tables of the database; `--format parquet` and `--format csv` print what can be kept in a file"
        )
        return RoundtableError(Code.QUERY_FAILED, "a query reads and writes no other files", "sql", advice)
    return RoundtableError(Code.QUERY_FAILED, first_line(error), "sql")


def first_line(error: Exception) -> str:
    """What an error says first."""
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


def _of_name(kind: str, name: str, connection: duckdb.DuckDBPyConnection) -> RoundtableError:
    tables, macros = _listed(connection, _NAMES), _listed(connection, _MACROS)
    calls = [f"{macro}(…)" for macro in macros]
    if name.lower() in macros:
        advice = f"it is asked with its arguments: FROM {name.lower()}(…)"
    elif name.lower() in tables:
        advice = f"it takes no arguments: FROM {name.lower()}"
    else:
        near = _nearest(name, tables + macros if kind in {"Table", "View"} else macros + tables)
        advice = f"did you mean {near}?" if near else f"there are {', '.join(tables + calls)}"
    return RoundtableError(Code.QUERY_FAILED, f"there is no {kind.lower()} {name!r}", "sql", advice)


def _listed(connection: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
    return sorted(str(name) for (name,) in connection.execute(sql).fetchall())


def _nearest(name: str, known: list[str]) -> str:
    return " or ".join(get_close_matches(name.lower(), known, n=2, cutoff=0.6))
