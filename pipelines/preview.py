"""Small tables in Markdown, for people who look at a run.

Here belongs what an asset shows of its result. Not here: what it means.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from archive.model import Alarm, Fetch
from archive.model.table import TABLES
from warehouse import query
from warehouse.publish import Failure

_WIDTH = 90


def markdown(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A Markdown table; long values are cut, so that it stays one."""
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    lines += [f"| {' | '.join(map(_cell, row))} |" for row in rows]
    return "\n".join(lines)


def _cell(value: Any) -> str:  # noqa: ANN401 - a value of any column
    text = " ".join(query.plain(value).split()).replace("|", "\\|")
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"


def fetches(rows: Sequence[Fetch]) -> str:
    """Every attempt of a run, with its outcome."""
    return markdown(
        ("outcome", "status", "url", "detail"), [(row.outcome, row.status, row.url, row.detail) for row in rows]
    )


def alarms(rows: Sequence[Alarm]) -> str:
    """Pages that depart from what was to be expected of them."""
    return markdown(
        ("url", "field", "kind", "expected", "found"),
        [(row.url, row.field, row.kind, row.expected, row.found) for row in rows],
    )


def contributions(release: Path) -> str:
    """The first contributions of a release folder."""
    columns = ("contribution_id", "role", "title", "published_on", "word_count")
    rows = pq.read_table(release / "contributions.parquet", columns=list(columns)).slice(0, 20).to_pylist()
    return markdown(columns, [tuple(row.values()) for row in rows])


def row_counts(release: Path) -> dict[str, int]:
    """Rows in each table of a release folder."""
    return {name: pq.read_metadata(release / f"{name}.parquet").num_rows for name in TABLES}


def counts(rows: dict[str, int]) -> str:
    """Rows per table."""
    return markdown(("table", "rows"), rows.items())


def failure(found: Failure) -> str:
    """What a failed check demands, and the rows that break it."""
    return f"{found.demand}\n\n{markdown(found.columns, found.rows)}"


def round_tables(database: Path) -> str:
    """What the published database holds, a line for each round table."""
    result = query.run(
        database,
        "SELECT r.title, r.state, r.announced_entries AS announced, count(DISTINCT c.entry) AS found, "
        "count(c.contribution_id) AS contributions "
        "FROM round_tables AS r LEFT JOIN contributions AS c USING (round_table_id) GROUP BY ALL ORDER BY r.title",
    )
    return markdown(result.columns, result.rows)
