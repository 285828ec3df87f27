"""Small tables in Markdown, for people who look at a run.

Here belongs what an asset shows of its result. Not here: what it means.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from archive.model import Fetch, ReleaseChange, Visit
from archive.model.table import TABLES
from warehouse import query, release_folder
from warehouse.publish import Failure
from warehouse.rendering import plain

_WIDTH = 90
_MOST = 100
_ORDER = ("failed", "refused", "fetched", "unchanged")
VISIT_NUMBERS = ("due", "new", "changed", "unchanged", "refused", "failed")


def markdown(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A Markdown table; long values are cut, so that it stays one."""
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    lines += [f"| {' | '.join(map(_cell, row))} |" for row in rows]
    return "\n".join(lines)


def listed(columns: Sequence[str], rows: Sequence[Sequence[Any]], more: int = 0) -> str:
    """A Markdown table of the first rows; how many more there are stands below it, with `more` that are not given."""
    left = max(0, len(rows) - _MOST) + more
    return markdown(columns, rows[:_MOST]) + (f"\n\n… and {left} more" if left else "")


def _cell(value: Any) -> str:  # noqa: ANN401 - a value of any column
    if isinstance(value, dt.datetime):
        value = f"{value:%Y-%m-%d %H:%M:%S}"
    text = " ".join(plain(value).split()).replace("|", "\\|")
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"


def fetches(rows: Sequence[Fetch]) -> str:
    """The attempts of a run with their outcomes, those that went wrong first."""
    ordered = sorted(rows, key=lambda row: _ORDER.index(row.kind))
    cells = [(row.outcome, row.status, row.url, row.detail) for row in ordered]
    return listed(("outcome", "status", "url", "detail"), cells)


def contributions(release: Path) -> str:
    """The first contributions of a release folder."""
    columns = ("contribution_id", "role", "title", "published_on", "word_count")
    rows = pq.read_table(release / "contributions.parquet", columns=list(columns)).slice(0, 20).to_pylist()
    return markdown(columns, [tuple(row.values()) for row in rows])


def changes(rows: Sequence[ReleaseChange]) -> str:
    """What a release changed; of many, the first."""
    return listed(
        ("change", "what", "before", "after"), [(row.change, row.subject, row.before, row.after) for row in rows]
    )


def row_counts(release: Path) -> dict[str, int]:
    """Rows in each table of a release folder."""
    return {name: release_folder.row_count(release, name) for name in TABLES}


def counts(rows: Mapping[str, int], what: str = "table") -> str:
    """Rows per table, or the number of something else by name."""
    return markdown((what, "rows" if what == "table" else "number"), rows.items())


def visits(rows: Sequence[Visit]) -> str:
    """What a run found at each round table, those that failed first."""
    columns = ("round_table_id", "outcome", "note", *VISIT_NUMBERS)
    ordered = sorted(rows, key=lambda row: row.outcome == "succeeded")
    return listed(columns, [tuple(getattr(row, column) for column in columns) for row in ordered])


def by_series(rows: Iterable[Visit]) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """For each series that was visited: its name, what its visits came to, and whether all of them succeeded."""
    found: dict[str, list[Visit]] = {}
    for row in rows:
        found.setdefault(row.series_id, []).append(row)
    for name, made in sorted(found.items()):
        numbers = {column: sum(getattr(row, column) for row in made) for column in VISIT_NUMBERS}
        notes = "; ".join(f"{row.round_table_id}: {row.note}" for row in made if row.note)
        went_well = all(row.outcome == "succeeded" for row in made)
        yield name, {"round tables": len(made), **numbers, **({"note": notes} if notes else {})}, went_well


def failure(found: Failure) -> str:
    """What a failed check demands, and the rows that break it."""
    return f"{found.demand}\n\n{listed(found.columns, found.rows, found.more)}"


def round_tables(database: Path) -> str:
    """What the published database holds, a line for each round table."""
    result = query.run(
        database,
        "SELECT r.title, r.state, r.announced_entries AS announced, count(DISTINCT c.entry) AS found, "
        "count(c.contribution_id) AS contributions "
        "FROM round_tables AS r LEFT JOIN contributions AS c USING (round_table_id) GROUP BY ALL ORDER BY r.title",
    )
    return markdown(result.columns, result.rows)
