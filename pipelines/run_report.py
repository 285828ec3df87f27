"""The report of a run, from the published tables: numbers to plot and a page to read.

Here belongs asking the views `run_reports` and `run_report_lines` and laying out what they say. Not here: the counting
(`visits`) and the views (`warehouse/sql`).
"""

from dataclasses import dataclass
from pathlib import Path

from pipelines.preview import listed, markdown
from warehouse import query
from warehouse.schema import literal

_NUMBERS = ("due", "fetched", "new", "changed", "unchanged", "refused", "failed", "rejected")


@dataclass(frozen=True, slots=True)
class Report:
    """What a run came to: numbers by name, the page, and how many lines of it are of pages."""

    numbers: dict[str, int]
    markdown: str
    lines: int = 0


def of(database: Path, run_id: str) -> Report:
    """The report of a run; of one that fetched nothing, a report that says so.

    Raises:
        RoundtableError: `database_missing`.
    """
    run = literal(run_id)
    found = query.run(database, f"FROM run_reports WHERE run_id = {run}")
    if not found.rows:
        return Report({}, "Nothing was fetched in this run: tables and database were made from what is captured.")
    values = dict(zip(found.columns, found.rows[0], strict=True))
    numbers = {name: int(values[name]) for name in _NUMBERS}
    parts = [
        f"`{values['command']}`, {values['started_at']:%Y-%m-%d %H:%M} to {values['ended_at']:%H:%M} UTC",
        markdown(_NUMBERS, [tuple(numbers.values())]),
    ]
    visits = query.run(
        database,
        "SELECT round_table_id, outcome, note, due, new, changed, unchanged, refused, failed FROM visits "  # noqa: S608
        f"WHERE run_id = {run} ORDER BY outcome, round_table_id",
    )
    if visits.rows:
        parts += ["## Round tables", listed(visits.columns, visits.rows)]
    lines = query.run(
        database,
        "SELECT what, code, url, why FROM run_report_lines "  # noqa: S608
        f"WHERE run_id = {run} ORDER BY array_position(['failed', 'rejected', 'refused', 'changed', 'new'], what), url",
    )
    if lines.rows:
        parts += ["## Pages", listed(lines.columns, lines.rows), "The view `run_report_lines` has them all."]
    return Report(numbers, "\n\n".join(parts), len(lines.rows))
