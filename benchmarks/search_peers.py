"""The full-text searches of others, over the same texts: SQLite's FTS5 and DuckDB's extension.

Here belongs asking them as their users would. Not here: what is measured.
"""

import re
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import duckdb

EXTENSION = "duckdb-extension-fts==1.5.5"


def fts5(texts: Mapping[str, str]) -> sqlite3.Connection:
    """An index of FTS5 with its stemmer, which knows English, over texts by name."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE texts USING fts5(name UNINDEXED, body, tokenize = 'porter unicode61')")
    connection.executemany("INSERT INTO texts VALUES (?, ?)", texts.items())
    return connection


def ask_fts5(connection: sqlite3.Connection, query: str) -> list[str]:
    """Names, best first; words are joined by OR, phrases, prefixes and unwanted words are said in its own language."""
    wanted, unwanted = [], []
    for sign, phrase, word in re.findall(r'(-?)(?:"([^"]*)"|([^\s"]+))', query):
        star = "*" if word.endswith("*") else ""
        (unwanted if sign else wanted).append(f'"{phrase or word.rstrip("*")}"{star}')
    match = f"({' OR '.join(wanted)})" + "".join(f" NOT {one}" for one in unwanted)
    rows = connection.execute("SELECT name FROM texts WHERE texts MATCH ? ORDER BY rank, name", [match])
    return [name for (name,) in rows]


def extension(folder: Path) -> Path | None:
    """The file of DuckDB's extension, where its package is installed in `folder`."""
    return next(iter(folder.rglob("fts.duckdb_extension")), None)


def load(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Load the extension into a connection."""
    connection.execute(f"LOAD '{file}'")


def ask_extension(connection: duckdb.DuckDBPyConnection, query: str, limit: int | None = None) -> list[str]:
    """Names, best first, of a table `texts (name, body)` that has its index; it knows words alone."""
    plain = re.sub(r'[-"*]', " ", query)
    scored = "SELECT name, fts_main_texts.match_bm25(name, ?) AS score FROM texts"
    most = f"LIMIT {limit}" if limit else ""
    rows = connection.execute(
        f"SELECT name FROM ({scored}) WHERE score IS NOT NULL ORDER BY score DESC, name {most}", [plain]
    )
    return [name for (name,) in rows.fetchall()]
