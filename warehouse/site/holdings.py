"""What the published database says, as rows for pages about anything but a single text (`texts` has those).

Here belong the queries behind the front page, round tables, prompts, people, organisations, publishers and method.
Not here: how any of it looks, and the words of a contribution.
"""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from archive.model import TABLES

Row = dict[str, Any]

_VIEWS = Path(__file__).with_name("views.sql")


class Holdings:
    """The published database, asked for what pages need."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def lacking(self) -> list[str]:
        """Columns of the model that are not in the database: it was published by another version."""
        found = self.rows("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal")
        there = {(row["table_name"], row["column_name"]) for row in found}
        wanted = [(name, column.name) for name, table in TABLES.items() for column in table.columns]
        return [".".join(one) for one in wanted if one not in there]

    def prepare(self) -> None:
        """Make the views that the other questions are asked of; only `release` and `lacking` do without."""
        self._connection.execute(_VIEWS.read_text(encoding="utf-8"))

    def rows(self, sql: str, *values: Any) -> list[Row]:  # noqa: ANN401 - values of any column
        """The rows of one query, each by column."""
        found = self._connection.execute(sql, list(values))
        columns = [column[0] for column in found.description or []]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]

    def among(self, ids: Collection[str], sql: str, *values: Any) -> list[Row]:  # noqa: ANN401 - values of any column
        """The rows of one query about some ids, which it finds in `wanted`."""
        # A list among the values of a query would cost DuckDB a failed import of pandas for each of its items.
        self._connection.register("wanted", pa.table({"id": pa.array(ids, pa.string())}))
        return self.rows(sql, *values)

    def release(self) -> Row | None:
        """The newest release; None before anything was published."""
        found = self.rows("FROM releases ORDER BY created_at DESC, release_id DESC LIMIT 1")
        return found[0] if found else None

    def counts(self) -> Row:
        """How many rows each table has."""
        parts = ", ".join(f"(SELECT count(*) FROM {name}) AS {name}" for name in TABLES)  # noqa: S608 - the model's
        return self.rows(f"SELECT {parts}")[0]

    def round_tables(self) -> list[Row]:
        """Every round table with its series, its publisher and how much of it is here, newest first."""
        return self.rows(
            """
            SELECT r.*, s.title AS series, s.publisher_id, p.name AS publisher,
                   (SELECT count(*) FROM contributions AS c WHERE c.round_table_id = r.round_table_id) AS texts,
                   (SELECT count(*) FROM prompts AS q WHERE q.round_table_id = r.round_table_id) AS prompts,
                   (SELECT count(DISTINCT entry) FROM round_table_participants AS e
                    WHERE e.round_table_id = r.round_table_id AND e.role = 'respondent') AS entries
            FROM round_tables AS r
            JOIN series AS s USING (series_id)
            JOIN publishers AS p USING (publisher_id)
            ORDER BY r.opened_on DESC NULLS LAST, r.round_table_id
            """
        )

    def seats(self) -> dict[str, list[Row]]:
        """For each round table its entries in order, with the best of what each did: answered, silent or unknown."""
        found = self.rows(
            """
            SELECT round_table_id, entry, min(entry_ordinal) AS ordinal, any_value(names) AS names,
                   CASE WHEN bool_or(state IN ('answered', 'withdrawn')) THEN 'answered'
                        WHEN bool_or(state = 'silent') THEN 'silent' ELSE 'unknown' END AS state
            FROM who_answered_what
            GROUP BY round_table_id, entry
            UNION ALL
            SELECT e.round_table_id, e.entry, min(e.ordinal), string_agg(e.name_as_printed, ' & ' ORDER BY e.position),
                   CASE WHEN bool_or(EXISTS (FROM contributions AS c WHERE c.round_table_id = e.round_table_id
                                             AND c.entry = e.entry)) THEN 'answered' ELSE 'unknown' END
            FROM round_table_participants AS e
            WHERE e.role = 'respondent' AND e.round_table_id NOT IN (SELECT round_table_id FROM who_answered_what)
            GROUP BY e.round_table_id, e.entry
            ORDER BY round_table_id, ordinal, entry
            """
        )
        return grouped(found, "round_table_id")

    def participants(self, round_table_id: str) -> list[Row]:
        """The line-up, the convenors and the funders of a round table, in order."""
        return self.rows(
            "FROM round_table_participants WHERE round_table_id = ? ORDER BY role, ordinal, entry, position",
            round_table_id,
        )

    def prompts(self) -> dict[str, list[Row]]:
        """For each round table its prompts in order, each with its wordings."""
        wordings = grouped(self.rows("FROM prompt_wordings ORDER BY prompt_id, kind"), "prompt_id")
        found = self.rows("FROM prompts ORDER BY round_table_id, kind <> 'question', ordinal NULLS LAST, prompt_id")
        return grouped((row | {"wordings": wordings.get(row["prompt_id"], [])} for row in found), "round_table_id")

    def answered(self, round_table_id: str) -> list[Row]:
        """Who answered what, as long rows, with the stance where one is printed."""
        return self.rows(
            """
            SELECT w.*, s.raw AS stance
            FROM who_answered_what AS w
            LEFT JOIN contributions AS c USING (contribution_id)
            LEFT JOIN stances AS s ON s.contribution_id = c.contribution_id AND s.version = c.version
            WHERE w.round_table_id = ?
            ORDER BY w.entry_ordinal, w.entry, w.prompt_ordinal NULLS LAST, w.prompt_id
            """,
            round_table_id,
        )

    def listed(self, round_table_id: str | None) -> list[Row]:
        """The contributions of a round table, or those that belong to none, by day of publication."""
        return self.rows(
            """
            FROM site_listed WHERE round_table_id IS NOT DISTINCT FROM ?
            ORDER BY published_on NULLS LAST, prompt_id NULLS FIRST, ordinal NULLS LAST, contribution_id
            """,
            round_table_id,
        )

    def listed_by_id(self, ids: Iterable[str]) -> dict[str, Row]:
        """Some contributions as lists show them, by id."""
        found = self.among(sorted(set(ids)), "FROM site_listed WHERE contribution_id IN (FROM wanted)")
        return {row["contribution_id"]: row for row in found}

    def comments(self, round_table_id: str) -> dict[str, str]:
        """Which contribution of a round table speaks to which other: comment → what it is about."""
        found = self.rows(
            """
            SELECT from_id, min(to_id) AS to_id
            FROM relations AS r JOIN contributions AS c ON c.contribution_id = r.from_id
            WHERE c.round_table_id = ? AND c.role = 'comment' AND r.to_kind = 'contribution' AND r.to_id IS NOT NULL
              AND r.type IN ('comments_on', 'replies_to')
            GROUP BY from_id
            """,
            round_table_id,
        )
        return {row["from_id"]: row["to_id"] for row in found}

    def missing(self, round_table_id: str) -> list[Row]:
        """The addresses of a round table that are known and not captured, with what came of the last try."""
        return self.rows(
            "FROM target_status WHERE round_table_id = ? AND status <> 'captured' ORDER BY status, url", round_table_id
        )

    def people(self) -> list[Row]:
        """Every person as lists show them: with the number of their texts, and the round tables that they sit at."""
        return self._agents("people", "person_id")

    def organisations(self) -> list[Row]:
        """Every organisation as lists show them, likewise."""
        return self._agents("organisations", "organisation_id")

    def _agents(self, table: str, key: str) -> list[Row]:
        return self.rows(
            f"""
            WITH texts AS (
                SELECT agent, count(DISTINCT contribution_id) AS texts FROM site_spoken WHERE kind = ? GROUP BY agent
            ),
            sat AS (
                SELECT agent, string_agg(DISTINCT round_table, ', ' ORDER BY round_table) AS tables
                FROM site_seats WHERE kind = ? GROUP BY agent
            )
            SELECT a.*, coalesce(t.texts, 0) AS texts, s.tables
            FROM {table} AS a
            LEFT JOIN texts AS t ON t.agent = a.{key}
            LEFT JOIN sat AS s ON s.agent = a.{key}
            ORDER BY a.{key}
            """,  # noqa: S608 - the names above
            table,
            table,
        )

    def agents(self, kind: str, ids: list[str]) -> dict[str, list[list[Row]]]:
        """For some people or organisations: the texts, the seats, the identifiers, and the affiliations as printed.

        Args:
            kind: `people` or `organisations`.
            ids: whose.
        """
        of_these = "WHERE kind = ? AND agent IN (FROM wanted) ORDER BY agent"
        found = (
            self.among(ids, f"FROM site_spoken {of_these}, published_on NULLS LAST, contribution_id", kind),
            self.among(ids, f"FROM site_seats {of_these}, opened_on NULLS LAST, round_table_id, role, ordinal", kind),
            self.among(
                ids, "SELECT entity_id AS agent, * FROM identifiers WHERE entity_id IN (FROM wanted) ORDER BY ALL"
            ),
            self.among(ids, f"FROM site_affiliations {of_these}, as_printed, name_as_printed", kind),
        )
        parts = [grouped(rows, "agent") for rows in found]
        return {agent: [part.get(agent, []) for part in parts] for agent in ids}

    def decisions(self, ids: list[str]) -> dict[str, list[Row]]:
        """What was decided, and stands, about who some people or organisations are."""
        found = self.among(
            ids,
            """
            SELECT DISTINCT s.entity_id AS agent, d.decision_id, d.kind, d.reason, d.decided_at
            FROM authority_subjects AS s JOIN authority_decisions AS d USING (decision_id)
            WHERE d.state = 'standing' AND s.entity_id IN (FROM wanted)
            ORDER BY agent, d.decided_at, d.decision_id
            """,
        )
        return grouped(found, "agent")

    def publishers(self) -> list[Row]:
        """Every publisher."""
        return self.rows("FROM publishers ORDER BY name, publisher_id")

    def series(self) -> list[Row]:
        """Every series."""
        return self.rows("FROM series ORDER BY title, series_id")

    def years(self) -> list[Row]:
        """How many contributions were published on each day that can be trusted."""
        return self.rows(
            """
            SELECT published_on AS day, count(*) AS texts FROM best_dates
            WHERE published_on IS NOT NULL GROUP BY published_on ORDER BY published_on
            """
        )

    def balances(self) -> list[Row]:
        """The balance of each stage of the newest release."""
        return self.rows(
            """
            SELECT stage, unit, input, output, rejected FROM stage_counts
            QUALIFY release_id = max(release_id) OVER () ORDER BY stage, unit
            """
        )

    def releases(self) -> list[Row]:
        """The releases, newest first, each with how many contributions came, changed and went."""
        return self.rows(
            """
            SELECT r.release_id, r.created_at, r.digest, count(*) FILTER (change = 'new') AS new,
                   count(*) FILTER (change IN ('revised', 'amended')) AS changed,
                   count(*) FILTER (change = 'withdrawn') AS withdrawn
            FROM releases AS r LEFT JOIN release_changes USING (release_id)
            GROUP BY r.release_id, r.created_at, r.digest ORDER BY r.created_at DESC, r.release_id DESC
            """
        )

    def witnesses(self) -> list[Row]:
        """How often each kind of witness spoke, and how often it was believed."""
        return self.rows(
            """
            SELECT witness, count(*) AS spoke, count(*) FILTER (chosen) AS believed FROM evidence
            GROUP BY witness ORDER BY believed DESC, witness
            """
        )

    def doubts(self) -> list[Row]:
        """How many versions have a date that should not be trusted, by reason."""
        return self.rows(
            """
            SELECT published_doubt AS doubt, count(*) AS versions FROM contribution_versions
            WHERE published_doubt IS NOT NULL GROUP BY ALL ORDER BY doubt
            """
        )

    def rejections(self) -> list[Row]:
        """Everything that could not be used."""
        return self.rows("FROM rejections ORDER BY code, url, rejection_id")

    def aliases(self) -> list[Row]:
        """Ids that are no longer used."""
        return self.rows("FROM id_aliases ORDER BY alias")

    def languages(self) -> list[Row]:
        """How many contributions there are in each language."""
        return self.rows(
            "SELECT language, count(*) AS texts FROM contributions WHERE language IS NOT NULL "
            "GROUP BY language ORDER BY texts DESC, language"
        )


def grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Rows by the value of one column, in the order in which they came."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found
