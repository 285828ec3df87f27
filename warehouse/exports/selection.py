"""What of each table belongs to some round tables: the rows that an export of them holds.

Here belong the conditions in SQL. They are derived from the columns that a table has; what cannot be derived stands in
one list. The conditions speak of the other tables as they are chosen, and of `chosen`, the round tables that are
wanted. Together the rows keep every reference of the model. Not here: running them (`published`).
"""

from itertools import pairwise

from archive.model.table import TABLES, Table

_IN = {
    "round_table_id": "SELECT round_table_id FROM chosen",
    "contribution_id": "SELECT contribution_id FROM contributions",
    "prompt_id": "SELECT prompt_id FROM prompts",
    "capture_id": "SELECT capture_id FROM captures",
}
"""Column → the values that belong, in the order in which a table is judged by them."""

_SPECIAL = {
    "publishers": "publisher_id IN (SELECT publisher_id FROM series)",
    "series": "series_id IN (SELECT series_id FROM round_tables)",
    "relations": "from_id IN (SELECT contribution_id FROM contributions)",
    "people": (
        "person_id IN (SELECT person_id FROM participations UNION SELECT person_id FROM round_table_participants)"
    ),
    "organisations": (
        "organisation_id IN (SELECT organisation_id FROM participations UNION SELECT organisation_id FROM affiliations "
        "UNION SELECT organisation_id FROM round_table_participants)"
    ),
    "identifiers": ("entity_id IN (SELECT person_id FROM people UNION SELECT organisation_id FROM organisations)"),
    "id_aliases": (
        "id IN (SELECT contribution_id FROM contributions UNION SELECT prompt_id FROM prompts UNION "
        "SELECT person_id FROM people UNION SELECT organisation_id FROM organisations UNION FROM chosen)"
    ),
    "evidence": (
        "split_part(record_id, '#', 1) IN (SELECT contribution_id FROM contributions UNION SELECT prompt_id "
        "FROM prompts UNION SELECT series_id FROM series UNION SELECT publisher_id FROM publishers UNION FROM chosen)"
    ),
    "fetches": (
        "capture_id IN (SELECT capture_id FROM captures) OR capture_id IS NULL AND url IN (SELECT url FROM targets)"
    ),
    "runs": "run_id IN (SELECT run_id FROM captures UNION SELECT run_id FROM fetches)",
    "release_changes": "change IN ('rows', 'schema') OR subject IN (SELECT contribution_id FROM contributions)",
    "events": (
        "object IN (SELECT contribution_id FROM contributions UNION SELECT capture_id FROM captures UNION FROM chosen)"
    ),
}
"""Tables whose rows belong by something else than a column of `_IN`."""


def condition(table: Table) -> str:
    """What a row must fulfil to belong, in SQL; `TRUE` for what tells of the release as a whole."""
    if table.name == "captures":
        return f"capture_id IN ({' UNION '.join(_captures())})"
    if table.name in _SPECIAL:
        return _SPECIAL[table.name]
    names = {column.name for column in table.columns}
    # A contribution belongs by its round table, what hangs on a contribution by that.
    order = ["round_table_id", *_IN] if table.key == ("contribution_id",) else ["contribution_id", *_IN]
    return next((f"{column} IN ({_IN[column]})" for column in order if column in names), "TRUE")


def _captures() -> list[str]:
    """Queries of the captures that what is said refers to; rejections and bookkeeping belong by their captures."""
    return [
        f"SELECT capture_id FROM {table.name}"  # noqa: S608 - the model's names
        for table in TABLES.values()
        if table.content and "capture_id" in table.references and table.name != "rejections"
    ]


def in_order(tables: dict[str, Table]) -> list[Table]:
    """The tables, each behind those that its condition speaks of."""
    placed: list[Table] = []
    waiting = list(tables.values())
    while waiting:
        names = {table.name for table in waiting}
        ready = [table for table in waiting if not _spoken_of(table) & (names - {table.name})]
        placed += ready
        waiting = [table for table in waiting if table not in ready]
    return placed


def _spoken_of(table: Table) -> set[str]:
    words = condition(table).replace("(", " ").replace(")", " ").split()
    return {word for before, word in pairwise(words) if before == "FROM"}
