"""What a release changed against the one before it, as rows.

Here belongs comparing two release folders. Not here: writing them (`parquet`), and the rows as a page to read (the view
`release_notes`).
"""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from archive.model import ReleaseChange
from archive.model.provenance import ReleaseChangeKind
from archive.model.table import TABLES
from warehouse.schema import literal

Change = tuple[ReleaseChangeKind, str, str | None, str | None]
_TOLD = frozenset(("contribution_id", "version", "state", "text"))
"""Columns of a contribution whose change has a kind of its own."""


def changes(release_id: str, before: Path | None, after: Path) -> list[ReleaseChange]:
    """The rows of a new release, in the order of their key.

    Args:
        release_id: its id.
        before: the folder that was published until now; None where there was none. One that cannot be read any more
            counts as none: a rebuild mends it.
        after: the folder of the new release.
    """
    try:
        found = _compared(before, after) if before else _counts(None, after)
    except (pa.ArrowException, OSError, duckdb.Error):
        found = _counts(None, after)
    rows = [
        ReleaseChange(release_id=release_id, change=change, subject=subject, before=was, after=is_now)
        for change, subject, was, is_now in found
    ]
    return sorted(rows, key=lambda row: (row.change, row.subject))


def _compared(before: Path, after: Path) -> list[Change]:
    return [*_counts(before, after), *_columns(before, after), *_contributions(before, after)]


def _counts(before: Path | None, after: Path) -> list[Change]:
    found: list[Change] = []
    for name, table in TABLES.items():
        if table.content:
            was, is_now = _rows(before, name), _rows(after, name)
            if was != is_now and (was or is_now != "0"):
                found.append(("rows", name, was, is_now))
    return found


def _rows(folder: Path | None, name: str) -> str | None:
    path = folder / f"{name}.parquet" if folder else None
    return str(pq.read_metadata(path).num_rows) if path and path.exists() else None


def _columns(before: Path, after: Path) -> list[Change]:
    was, is_now = _types(before), _types(after)
    return [
        ("schema", name, was.get(name), is_now.get(name))
        for name in was | is_now
        if was.get(name) != is_now.get(name)
    ]  # fmt: skip


def _types(folder: Path) -> dict[str, str]:
    """`table.column` → its type, of the tables with content."""
    names = [name for name, table in TABLES.items() if table.content and (folder / f"{name}.parquet").exists()]
    schemas = {name: pq.read_schema(folder / f"{name}.parquet") for name in names}
    return {f"{name}.{field.name}": str(field.type) for name, schema in schemas.items() for field in schema}


def _contributions(before: Path, after: Path) -> list[Change]:
    shared = [name for name in pq.read_schema(before / "contributions.parquet").names if name not in _TOLD]
    names = set(pq.read_schema(after / "contributions.parquet").names)
    other = [f"CASE WHEN o.{name} IS DISTINCT FROM n.{name} THEN '{name}' END" for name in shared if name in names]
    sql = f"""
        WITH compared AS (
            SELECT
                coalesce(n.contribution_id, o.contribution_id) AS subject,
                o.version AS was,
                n.version AS is_now,
                concat_ws(', ', {", ".join(other)}) AS others,
                CASE
                    WHEN o.contribution_id IS NULL THEN 'new'
                    WHEN n.contribution_id IS NULL THEN 'gone'
                    WHEN n.state = 'withdrawn' AND o.state <> 'withdrawn' THEN 'withdrawn'
                    WHEN o.state = 'withdrawn' AND n.state <> 'withdrawn' THEN 'restored'
                    WHEN o.version <> n.version OR o.content_sha256 IS DISTINCT FROM n.content_sha256 THEN 'revised'
                    WHEN others <> '' THEN 'amended'
                END AS change
            FROM ({_with_digests(before)}) AS o
            FULL JOIN ({_with_digests(after)}) AS n USING (contribution_id)
        )
        SELECT
            CASE WHEN change = 'gone' AND a.id IS NULL THEN 'lost' ELSE change END,
            subject,
            was::VARCHAR,
            CASE change WHEN 'amended' THEN others WHEN 'gone' THEN a.id ELSE is_now::VARCHAR END
        FROM compared
        LEFT JOIN {_file(after, "id_aliases")} AS a ON change = 'gone' AND a.alias = subject
        WHERE change IS NOT NULL
        """  # noqa: S608 - our own paths and columns
    with duckdb.connect() as connection:
        return connection.execute(sql).fetchall()


def _with_digests(folder: Path) -> str:
    versions = f"SELECT contribution_id, version, content_sha256 FROM {_file(folder, 'contribution_versions')}"  # noqa: S608
    return f"FROM {_file(folder, 'contributions')} LEFT JOIN ({versions}) USING (contribution_id, version)"


def _file(folder: Path, name: str) -> str:
    return f"read_parquet({literal(str(folder / f'{name}.parquet'))})"
