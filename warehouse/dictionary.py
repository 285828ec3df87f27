"""The data dictionary: every table, view and macro, as a page that people read.

Here belongs rendering the model and the SQL files as Markdown. `python -m warehouse.dictionary` prints what stands in
docs/data-dictionary.md; a test keeps the two in agreement.
"""

import sys

from warehouse.publish import checks
from warehouse.schema import column_comment, sql_type, tables
from warehouse.statements import Statement, macros, statements

_HEAD = """# Data dictionary

The tables are the same in Parquet (`tables/current/NAME.parquet`) and in `roundtable.duckdb`; the views and macros
stand in the database. Every comment here is also in the file: `SELECT table_name, comment FROM duckdb_tables()`.
Times (`*_at`) are UTC without a zone; days (`*_on`) are those of the publisher's zone.
This page is made from the model: `python -m warehouse.dictionary`.
"""


_DIAGRAM_HEAD = """## How they hang together

A line leads from each column that names a row of another table to that table; with a ring at its end where the column
may be null. `captures`, which nearly every table names as `capture_id`, is left out for its many lines.
"""


def diagram() -> str:
    """The tables and what their columns point to, as an entity-relationship diagram in Mermaid's notation."""
    lines = ["erDiagram"]
    for table in tables():
        for column in table.columns:
            other = table.references.get(column.name)
            if other and other != "captures":
                lines.append(f"    {table.name} }}o--{'o|' if column.nullable else '||'} {other} : {column.name}")
    return "\n".join(lines)


def markdown() -> str:
    """The whole page."""
    parts = [_HEAD, _DIAGRAM_HEAD, f"```mermaid\n{diagram()}\n```\n", "## Tables\n"]
    for table in tables():
        parts.append(f"### {table.name}\n\n{table.comment}\n\n| column | type | |\n|---|---|---|")
        for column in table.columns:
            marks = [sql_type(column)]
            marks += ["key"] if column.name in table.key else []
            marks += [f"→ {table.references[column.name]}"] if column.name in table.references else []
            marks += [] if column.nullable or column.name in table.key else ["not null"]
            parts.append(f"| `{column.name}` | {', '.join(marks)} | {_cell(column_comment(column))} |")
        parts.append("")
    parts.append(_listed("Views", statements("views")))
    parts.append(_listed("Macros", macros()))
    parts.append(_listed("Checks", checks()))
    return "\n".join(parts)


def _listed(title: str, found: list[Statement]) -> str:
    rows = "\n".join(f"| `{item.name}` | {_cell(item.comment)} |" for item in found)
    return f"## {title}\n\n| name | |\n|---|---|\n{rows}\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(markdown())
