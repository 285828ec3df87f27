"""The one reading of a release that every export is made from: its rows, as far as they may leave.

Here belongs opening a release's Parquet files, taking what belongs to some round tables, and handing out rows in
batches, so that memory does not grow with the archive. No text leaves from here that may not: what was withdrawn or is
kept as metadata alone has none, whatever stands in the files. Not here: any format.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa

from archive.codes import Code, RoundtableError
from archive.model import Release
from archive.model.table import TABLES
from warehouse import release_folder
from warehouse.exports import selection
from warehouse.schema import literal

Row = dict[str, Any]
BATCH = 500
"""Rows that are in memory at once."""
_LIMITS: dict[str, str | int | float | list[str]] = {"memory_limit": "512MB", "threads": 1}
"""What a query may take; sorts of several threads need more at least than all of this."""
_MAY_LEAVE = "state = 'available' AND storage_policy <> 'metadata_only'"
_SHOWN = f"SELECT contribution_id, version FROM stored_contribution_versions WHERE {_MAY_LEAVE}"  # noqa: S608
_WORDS = f"""REPLACE (
    CASE WHEN {_MAY_LEAVE} THEN text ELSE '' END AS text,
    CASE WHEN {_MAY_LEAVE} THEN standfirst END AS standfirst)"""
_LEAVES = {
    "contributions": f"SELECT * {_WORDS} FROM stored_contributions",  # noqa: S608
    "contribution_versions": f"SELECT * {_WORDS} FROM stored_contribution_versions",  # noqa: S608
    "passages": f"FROM stored_passages WHERE (contribution_id, version) IN ({_SHOWN})",
}
"""What is taken of the tables that hold texts; of the others everything is."""


class Published:
    """A release, or what of it belongs to some round tables.

    Attributes:
        release: which release.
        folder: where its Parquet files lie.
        is_whole: whether nothing was chosen.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path, names: Sequence[str]) -> None:
        self._connection = connection
        self.folder = folder
        self.release: Release = release_folder.release_of(folder)
        self.is_whole = not names
        for table in TABLES:
            source = literal(str(folder / f"{table}.parquet"))
            connection.execute(f"CREATE VIEW stored_{table} AS FROM read_parquet({source})")
            leaves = _LEAVES.get(table, f"FROM stored_{table}")
            connection.execute(f"CREATE VIEW {'whole_' if names else ''}{table} AS {leaves}")
        if names:
            self._choose(names)

    def _choose(self, names: Sequence[str]) -> None:
        run = self._connection.execute
        known = self.names()
        for name in names:
            if name not in known:
                near = get_close_matches(name, known, n=1)
                what = f"no publisher, series or round table is called {name!r}"
                advice = f"did you mean {near[0]}?" if near else Code.SOURCE_UNKNOWN.advice
                raise RoundtableError(Code.SOURCE_UNKNOWN, what, "export", advice)
        run(
            "CREATE TABLE chosen AS SELECT round_table_id FROM stored_round_tables "
            "JOIN stored_series USING (series_id) WHERE round_table_id IN (SELECT unnest($1)) "
            "OR series_id IN (SELECT unnest($1)) OR publisher_id IN (SELECT unnest($1))",
            [list(names)],
        )
        for table in selection.in_order(TABLES):
            # Evidence and passages are the bulk of an archive: their rows stay in the files.
            kind = "VIEW" if table.name in _LEAVES or table.name == "evidence" else "TABLE"
            run(f"CREATE {kind} {table.name} AS FROM whole_{table.name} WHERE {selection.condition(table)}")

    def names(self) -> list[str]:
        """Every publisher, series and round table of the release."""
        found = self.all(
            "SELECT publisher_id AS name FROM stored_publishers UNION SELECT series_id FROM stored_series "
            "UNION SELECT round_table_id FROM stored_round_tables ORDER BY ALL"
        )
        return [row["name"] for row in found]

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Row]:
        """The rows of a query on the tables, fetched in batches."""
        result = self._connection.cursor().execute(sql, list(parameters))
        columns = [column[0] for column in result.description or []]
        while batch := result.fetchmany(BATCH):
            for row in batch:
                yield dict(zip(columns, row, strict=True))

    def prepare(self, name: str, sql: str) -> None:
        """Keep the rows of a query as a table for other queries, if that was not done before."""
        self._connection.execute(f"CREATE TABLE IF NOT EXISTS {name} AS {sql}")

    def batches(self, sql: str, size: int) -> Iterator[pa.RecordBatch]:
        """The rows of a query as Arrow batches of at most `size` rows."""
        yield from self._connection.cursor().sql(sql).to_arrow_reader(size)

    def all(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """The rows of a query that gives few."""
        return list(self.rows(sql, parameters))

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.all(f"SELECT count(*) AS n FROM {table}")[0]["n"])  # noqa: S608 - a table's name


@contextmanager
def opened(folder: Path, names: Sequence[str] = ()) -> Iterator[Published]:
    """A release, opened for an export.

    Args:
        folder: a release folder that is known to be whole.
        names: publishers, series or round tables; none means all.

    Raises:
        RoundtableError: `source_unknown`, with the nearest name; `tables_damaged` where a file cannot be read, or was
            removed by a newer release meanwhile.
    """
    release_folder.check(folder)
    # What memory cannot hold goes to the system's folder for such files, not to where somebody stands.
    with (
        TemporaryDirectory() as spill,
        duckdb.connect(f"{spill}/export.duckdb", config={**_LIMITS, "temp_directory": spill}) as connection,
    ):
        try:
            yield Published(connection, folder, names)
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            reason = str(error).strip().partition("\n")[0]
            raise RoundtableError(Code.TABLES_DAMAGED, f"the release cannot be read: {reason}", str(folder)) from None
