"""What a release folder says: rows, numbers, digests, and whether it is whole.

Here belongs reading a folder of Parquet files that `parquet` wrote. Not here: writing one, and pointing to it.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from archive.codes import Code, RoundtableError
from archive.model import Release, ReleaseChange
from archive.model.table import TABLES, table_of
from warehouse import sealing

CURRENT = "current"
"""The name, beside the folders, that points to the published one."""
Row = TypeVar("Row")


def current(folder: Path) -> Path | None:
    """The published release's folder; None where nothing was published."""
    link = folder / CURRENT
    return link.resolve() if link.is_symlink() and link.exists() else None


def release_of(folder: Path) -> Release:
    """The release that a folder holds: the last row of its table of releases."""
    rows = pq.read_table(folder / "releases.parquet").to_pylist()
    return Release(**max(rows, key=lambda row: row["created_at"]))


def changes_of(folder: Path, release: Release) -> list[ReleaseChange]:
    """What a release changed, by its folder."""
    return [row for row in rows_of(folder, ReleaseChange) if row.release_id == release.release_id]


def row_count(release: Path, name: str) -> int:
    """How many rows a table of a release folder has."""
    return int(pq.read_metadata(release / f"{name}.parquet").num_rows)


def size(release: Path) -> int:
    """Bytes of all tables of a release folder."""
    return sum(path.stat().st_size for path in release.glob("*.parquet"))


def column(release: Path, name: str, wanted: str) -> dict[str, Any]:
    """One column of a table of a release folder, by the table's (single) key."""
    (key,) = TABLES[name].key
    rows = pq.read_table(release / f"{name}.parquet", columns=[key, wanted])
    return dict(zip(rows.column(key).to_pylist(), rows.column(wanted).to_pylist(), strict=True))


def fill_rates(release: Path, name: str, columns: Sequence[str]) -> dict[str, float]:
    """The share of a table's rows that have each column: neither null nor without a letter; 1 of no rows at all."""
    table = pq.read_table(release / f"{name}.parquet", columns=list(columns))
    return {column: _filled(table.column(column)) for column in columns}


def _filled(values: pa.ChunkedArray) -> float:
    empty = values.null_count
    if pa.types.is_string(values.type):
        empty += pc.sum(pc.equal(values, "")).as_py() or 0
    return 1 - empty / len(values) if len(values) else 1.0


def rows_of(release: Path, kind: type[Row]) -> list[Row]:
    """The rows of a table of a release folder."""
    return [kind(**row) for row in pq.read_table(release / f"{table_of(kind).name}.parquet").to_pylist()]


def states(folder: Path) -> dict[str, str]:
    """Contribution → its state, by a release folder."""
    rows = pq.read_table(folder / "contributions.parquet", columns=["contribution_id", "state"]).to_pylist()
    return {row["contribution_id"]: row["state"] for row in rows}


def tombstones(folder: Path) -> set[str]:
    """The contributions that a release folder knows to be withdrawn."""
    return {name for name, state in states(folder).items() if state == "withdrawn"}


def content_digest(folder: Path) -> str:
    """SHA-256 over the content tables' files, by name: what a paper cites."""
    return sealing.listed(folder).content_digest


def is_sealed(release: Path) -> bool:
    """True where every file of a release folder has the digest that its manifest says, and no table is missing."""
    try:
        files = sealing.read((release / sealing.MANIFEST).read_bytes()).files
        wanted = {f"{name}.parquet" for name in TABLES}
        return wanted == set(files) and all(sealing.digest(release / name) == one.sha256 for name, one in files.items())
    except (ValueError, OSError):
        return False


def check(folder: Path, names: Iterable[str] = TABLES) -> None:
    """Make sure that every table's file is there and is Parquet with the columns that it should have.

    Raises:
        RoundtableError: `tables_damaged`, naming the file.
    """
    for name in names:
        path = folder / f"{name}.parquet"
        try:
            schema = pq.read_schema(path)
        except FileNotFoundError:
            raise RoundtableError(Code.TABLES_DAMAGED, "a table's file is missing", str(path)) from None
        except (pa.ArrowInvalid, OSError) as error:
            reason = str(error).splitlines()[0]
            raise RoundtableError(Code.TABLES_DAMAGED, f"not a Parquet file: {reason}", str(path)) from None
        expected = [column.name for column in TABLES[name].columns]
        if schema.names != expected:
            raise RoundtableError(Code.TABLES_DAMAGED, "the columns are those of another version", str(path))


def check_published(folder: Path) -> Path | None:
    """The published release's folder, after a look at its files; None where nothing was published.

    Raises:
        RoundtableError: `tables_damaged` for a table that cannot be read, and for a file under `folder` that has a
            Parquet name and is none.
    """
    release = current(folder)
    if release:
        check(release)
    strangers = [*folder.glob("*.parquet"), *(release.glob("*.parquet") if release else ())]
    for path in strangers:
        if path.stem not in TABLES or path.parent == folder:
            try:
                pq.read_schema(path)
            except (pa.ArrowInvalid, OSError):
                advice = "move it away: it does not belong to the archive"
                raise RoundtableError(Code.TABLES_DAMAGED, "not a Parquet file", str(path), advice) from None
    return release
