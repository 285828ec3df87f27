"""Parquet: a file for each table, with the comments of the model in its metadata.

Here belongs writing them batch by batch. The rows are those that may leave (`published`), so that a file may differ
from the release's own.
"""

from pathlib import Path

import pyarrow.parquet as pq

from archive.model.table import TABLES
from warehouse.exports.comma_separated import query
from warehouse.exports.published import Published
from warehouse.schema import arrow_schema

_GROUP = 5_000
"""Rows of a row group: what is in memory at once."""


def write(published: Published, folder: Path) -> None:
    """Write a file for each table into `folder`."""
    for table in TABLES.values():
        schema = arrow_schema(table)
        with pq.ParquetWriter(folder / f"{table.name}.parquet", schema, compression="zstd", version="2.6") as writer:
            for batch in published.batches(query(table), _GROUP):
                writer.write_batch(batch.cast(schema))
