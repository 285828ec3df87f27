"""Searching the published database from Python: one query, narrowed to a person, a series or some days.

Here belongs asking the macro `search` and what a hit needs beside it for people to read. Not here: how texts are
found and ranked (`sql/search`, `search_index`), and how hits are printed.
"""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import duckdb

from archive.codes import Code, RoundtableError
from warehouse.query import opened

_WIDE = 1000
"""Hits that get a snippet where the query is narrowed, so that what is left still has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What hits are narrowed to; None leaves all.

    Attributes:
        person: part of a name as printed or as reconciled, or a person's id.
        series: a series, or one of its round tables, by id.
        since, until: first and last day of publication; texts without a date are left out where one is given.
    """

    person: str | None = None
    series: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def is_anything(self) -> bool:
        """True where it leaves something out."""
        return any((self.person, self.series, self.since, self.until))


@dataclass(frozen=True, slots=True)
class Hit:
    """A contribution that was found.

    Attributes:
        rank: from 1, among all hits of the words.
        score: BM25.
        names: its speakers' names in order, joined; None where nobody is named.
        round_table, prompt: title and question that it belongs to, where it belongs to any.
        published_on: the day, where it is known.
        passage: ordinal of the passage that `snippet` is of.
        snippet: what was found, between pairs of asterisks; None for a hit far down, or in a title alone.
    """

    rank: int
    score: float
    contribution_id: str
    version: int
    names: str | None
    title: str | None
    round_table_id: str | None
    round_table: str | None
    prompt: str | None
    published_on: dt.date | None
    passage: int | None
    snippet: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """The first hits, and how many there are in all."""

    hits: list[Hit]
    total: int


_SQL = """
WITH hit AS MATERIALIZED (
    SELECT h.*
    FROM search($words, snippets := $snippets) AS h
    WHERE ($series IS NULL OR $series IN (h.series_id, h.round_table_id))
      AND ($since IS NULL OR h.published_on >= $since)
      AND ($until IS NULL OR h.published_on <= $until)
      AND ($person IS NULL OR EXISTS (
          SELECT 1
          FROM participations AS a
          LEFT JOIN people AS p USING (person_id)
          WHERE a.contribution_id = h.contribution_id AND a.version = h.version AND (
              a.person_id = $person
              OR contains(search_index.plain(a.name_as_printed), $person_plain)
              OR contains(search_index.plain(p.name), $person_plain)
          )
      ))
)
SELECT
    h.rank, h.score, h.contribution_id, h.version, h.names, h.title, h.round_table_id, r.title, q.text, h.published_on,
    h.passage, h.snippet, (SELECT count(*) FROM hit) AS total
FROM hit AS h
LEFT JOIN round_tables AS r USING (round_table_id)
LEFT JOIN prompts AS q USING (prompt_id)
ORDER BY h.rank
LIMIT $most
"""


def find(database: Path, words: str, *, limit: int = 10, narrowed: Narrowed | None = None) -> Found:
    """The best hits of a query, in order.

    Args:
        database: the published file.
        words: as the macro `search` takes them.
        limit: how many hits at most; from 1.
        narrowed: which hits count.

    Raises:
        RoundtableError: `words_missing` where there is nothing to look for, `database_outdated`, `name_unknown` for
            a series that is not there, and what `opened` raises.
    """
    to = narrowed or Narrowed()
    with opened(database) as connection:
        try:
            _check(connection, words, to)
            plain = connection.execute("SELECT trim(search_index.plain(?), ' ')", [to.person or ""]).fetchone()
            rows = connection.execute(
                _SQL,
                {
                    "words": words,
                    "snippets": max(limit, _WIDE) if to.is_anything else limit,
                    "series": to.series,
                    "since": to.since,
                    "until": to.until,
                    "person": to.person,
                    "person_plain": plain[0] if plain else "",
                    "most": limit,
                },
            ).fetchall()
        except duckdb.CatalogException:
            raise RoundtableError(
                Code.DATABASE_OUTDATED, "the database has no index to search in", str(database)
            ) from None
    return Found([Hit(*row[:-1]) for row in rows], rows[0][-1] if rows else 0)


def _check(connection: duckdb.DuckDBPyConnection, words: str, to: Narrowed) -> None:
    wanted = connection.execute(
        "SELECT count(*) FROM (SELECT unnest(search_index.clauses(?)) AS clause) "
        "WHERE NOT starts_with(clause, '-') AND len(search_index.tokens(clause)) > 0",
        [words],
    ).fetchone()
    if not wanted or not wanted[0]:
        raise RoundtableError(Code.WORDS_MISSING, "there is no word to look for", repr(words[:60]))
    if to.series:
        known = [
            name
            for (name,) in connection.execute(
                "SELECT id FROM (SELECT series_id AS id FROM series UNION SELECT round_table_id FROM round_tables) "
                "ORDER BY jaro_winkler_similarity(id, ?) DESC, id",
                [to.series],
            ).fetchall()
        ]
        if to.series not in known:
            advice = f"use one of {', '.join(known[:8])}" if known else "the archive holds no series yet"
            raise RoundtableError(
                Code.NAME_UNKNOWN, f"there is no series or round table {to.series!r}", "--series", advice
            )
