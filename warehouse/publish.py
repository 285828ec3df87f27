"""Parquet → DuckDB: building the published database and swapping it in.

Here belongs the building of a new file beside the old one, or the renewal of a copy, and the swap. Not here: the rows
(`parquet`), what the old one was made of (`made_of`) and reading the database (`query`).

The published file is never opened for writing: readers keep the old one until they let it go, and new ones see the
new one whole.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from archive import durable
from archive.codes import Code, RoundtableError
from archive.model.table import TABLES, Table
from warehouse import made_of, release_folder, search_index
from warehouse.schema import comments, create_table, literal
from warehouse.statements import Statement, statements, store

STORAGE_VERSION = "v1.2.0"
"""The file format: one that every DuckDB client from 1.2 on reads, whichever version writes it."""
MEMORY = "1300MiB"
"""What DuckDB may hold at once while the database is built; sorts that need more spill to the disk, beside the file."""

SHOWN = 20
"""Rows of a failed check that are kept to be shown."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A check that found rows: its name, what it demands, the first of them, if it only warns, and how many more."""

    check: str
    demand: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    is_warning: bool = False
    more: int = 0

    @property
    def number(self) -> int:
        """How many rows it found."""
        return len(self.rows) + self.more


def publish(release: Path, database: Path, *, note: Path | None = None, program: str = "") -> str:
    """Make the database of a release folder and swap it in; returns how it was done, in words.

    Args:
        release: the folder.
        database: the published file.
        note: where it is kept what the file was made of; with it, a database in which only bookkeeping differs is
            copied and gets those tables anew.
        program: a digest of the code that makes the database.

    Raises:
        RoundtableError: `tables_damaged` where the folder is not whole, `wal_in_the_way` where somebody writes to
            the published file.
    """
    release_folder.check(release)
    wal = database.with_name(database.name + ".wal")
    if wal.exists():
        # DuckDB would replay it into the new file.
        raise RoundtableError(Code.WAL_IN_THE_WAY, "a write-ahead log lies beside the published database", str(wal))
    program = f"{program} DuckDB {duckdb.__version__}"
    stale = made_of.differing(made_of.read(note), release, database, program) if note else None
    if stale is not None and not stale:
        return "as it was"
    with durable.replacing(database) as draft:
        if stale is None:
            draft.unlink()
            build(release, draft)
        else:
            shutil.copyfile(database, draft)
            renew(release, draft, stale)
    if note:
        made_of.write(note, made_of.of(release, database, program))
    return "built anew" if stale is None else f"renewed: {', '.join(sorted(stale))}"


def build(release: Path, target: Path) -> None:
    """Build a database file at `target` from the Parquet files of a release folder."""
    with _writing(target) as connection:
        load(connection, release)
        search_index.build(connection)


def renew(release: Path, target: Path, names: Iterable[str]) -> None:
    """Give some tables of a database file the rows of a release folder; views, macros and search stay as they are."""
    with _writing(target) as connection:
        for name in sorted(names):
            connection.execute(f"DROP TABLE {name}")
            _load_table(connection, release, TABLES[name])


@contextmanager
def _writing(target: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database file that is a draft, as the current one of a connection; it is whole when the block ends well.

    Raises:
        RoundtableError: `disk_refused`.
    """
    try:
        with _attached(target) as connection:
            yield connection
    except duckdb.Error as error:
        if isinstance(error, duckdb.IOException) or "Could not write file" in str(error):
            raise RoundtableError(Code.DISK_REFUSED, str(error).rpartition(": ")[2], str(target)) from error
        raise


@contextmanager
def _attached(target: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    spill = target.with_name(f"{target.name}.spill")
    shutil.rmtree(spill, ignore_errors=True)
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = {literal(MEMORY)}; SET temp_directory = {literal(str(spill))}")
        connection.execute(f"ATTACH {literal(str(target))} AS published (STORAGE_VERSION {literal(STORAGE_VERSION)})")
        connection.execute("USE published")
        yield connection
        connection.execute("CHECKPOINT published")
        connection.execute("USE memory")
        connection.execute("DETACH published")
    shutil.rmtree(spill, ignore_errors=True)


def load(connection: duckdb.DuckDBPyConnection, release: Path) -> None:
    """Create every table, view and macro in the connection's current database, with comments, and fill them.

    The search, which needs an index, is not among them.
    """
    for table in TABLES.values():
        _load_table(connection, release, table)
    store(connection, "views")
    store(connection, "macros")


def _load_table(connection: duckdb.DuckDBPyConnection, release: Path, table: Table) -> None:
    connection.execute(create_table(table))
    source = literal(str(release / f"{table.name}.parquet"))
    connection.execute(f"INSERT INTO {table.name} BY NAME SELECT * FROM read_parquet({source})")  # noqa: S608 - our own path
    for comment in comments(table):
        connection.execute(comment)


def checks() -> list[Statement]:
    """Every check: those of `sql/checks` and that of the model's references; then those that only warn."""
    return [*statements("checks"), _reference_check(), *statements("warnings")]


def failures(release: Path) -> list[Failure]:
    """Every check that finds rows in a release folder; the release is loaded into memory for it."""
    with duckdb.connect() as connection:
        load(connection, release)
        return list(_failures(connection))


def warnings(release: Path) -> list[Failure]:
    """The checks that only warn and find rows in a release folder that passed the others; its files are asked directly.

    So little is asked that loading all of it would cost more.
    """
    with duckdb.connect() as connection:
        for name in TABLES:
            source = literal(str(release / f"{name}.parquet"))
            connection.execute(f"CREATE VIEW {name} AS FROM read_parquet({source})")
        return list(_failures(connection, statements("warnings")))


def _failures(connection: duckdb.DuckDBPyConnection, wanted: Iterable[Statement] | None = None) -> Iterator[Failure]:
    for check in checks() if wanted is None else wanted:
        result = connection.execute(check.sql)
        columns = tuple(column[0] for column in result.description or [])
        rows = result.fetchall()
        if rows:
            shown = tuple(rows[:SHOWN])
            yield Failure(check.name, check.comment, columns, shown, check.is_warning, len(rows) - len(shown))


def _reference_check() -> Statement:
    """What a column of the model refers to is there; one check for all of them."""
    found = [
        f"SELECT DISTINCT '{name}.{column}' AS reference, {column} AS leads_nowhere FROM {name} "  # noqa: S608 - the model's names
        f"WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT {TABLES[other].key[0]} FROM {other})"
        for name, table in TABLES.items()
        for column, other in table.references.items()
    ]
    return Statement(
        "every_reference_leads_somewhere",
        "A column that names a row of another table names one that is there.",
        "\nUNION ALL\n".join(found),
    )
