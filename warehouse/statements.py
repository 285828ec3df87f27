"""The SQL that stands in files of its own: views, macros, checks, and the functions of the search.

Here belongs finding it and storing it in a database with its comment. Not here: any of the SQL.
"""

import re
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import duckdb

from warehouse.schema import literal

SQL = Path(__file__).parent / "sql"
_CREATED = re.compile(r"^CREATE (VIEW|MACRO) (?:(\w+)\.)?(\w+)(?:\([^)]*\) AS (TABLE)?)?")


@dataclass(frozen=True, slots=True)
class Statement:
    """A view, macro or check as its file holds it: the leading comment, and the SQL; a warning keeps nothing back."""

    name: str
    comment: str
    sql: str
    is_warning: bool = False

    @property
    def created(self) -> str:
        """What it creates, as COMMENT ON names it: `VIEW speakers`, `MACRO TABLE answers`.

        Raises:
            ValueError: it is no CREATE statement of the form that our files have.
        """
        match = _CREATED.match(self.sql)
        if match is None:
            raise ValueError(f"{self.name}: neither CREATE VIEW nor CREATE MACRO")
        kind, schema, name, table = match.groups()
        return f"{kind}{' TABLE' if table else ''} {f'{schema}.' if schema else ''}{name}"


def statements(kind: str) -> list[Statement]:
    """The files of a folder of `sql`, such as `views`, `macros`, `checks` or `warnings`, in order of name."""
    found = []
    for path in sorted((SQL / kind).glob("*.sql")):
        lines = path.read_text(encoding="utf-8").splitlines()
        # A comment further down is of the SQL, and no word of what is told of it.
        words = [line[3:] for line in takewhile(lambda line: line.startswith("-- "), lines)]
        sql = "\n".join(lines[len(words) :]).strip()
        found.append(Statement(re.sub(r"^\d+_", "", path.stem), " ".join(words), sql, kind == "warnings"))
    return found


def macros() -> list[Statement]:
    """Every table macro and function that people call, in order of name."""
    found = [*statements("macros"), *statements("search/macros")]
    return sorted((one for one in found if "." not in one.created), key=lambda one: one.name)


def store(connection: duckdb.DuckDBPyConnection, kind: str) -> None:
    """Create in the connection's current database what a folder of `sql` holds, and comment on it."""
    for one in statements(kind):
        connection.execute(one.sql)
        connection.execute(f"COMMENT ON {one.created} IS {literal(one.comment)}")
