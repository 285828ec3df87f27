"""What commands tell people at the end: what came, what the archive holds, where it lies, what to type next.

Here belong the summaries and their rendering. Not here: doing anything.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.codes import Code, Outcome, RoundtableError
from archive.home import Home
from archive.journal import Journal
from archive.model import TABLES, Fetch, Release, Run
from archive.reading.page import Page
from pipelines.cli import agenda
from pipelines.cli.shared import counted, print_table, say, typed
from warehouse import query, release_folder
from warehouse.statements import statements

HOLDINGS = {
    "round_tables": ("round table", None),
    "prompts": ("prompt", None),
    "contributions": ("contribution", None),
    "people": ("person", "people"),
    "organisations": ("organisation", None),
    "passages": ("passage", None),
    "evidence": ("piece of evidence", "pieces of evidence"),
    "captures": ("capture", None),
}

_MOST_ALARMS = 10
_FOLLOWUP = "night-bus/what-does-the-driver-know-that-the-timetable-does-not/comfort-asabre"
FIRST_QUERIES = (
    (
        "Who answered what, and who stayed silent?",
        """SELECT names, string_agg(state, ' / ' ORDER BY prompt_ordinal) AS q1_q2
FROM matrix('night-bus')
GROUP BY names, entry_ordinal ORDER BY entry_ordinal""",
    ),
    (
        "What did one person say, and where?",
        """SELECT role, coalesce(title, prompt) AS what, published_on, word_count
FROM by_person('Asabre')""",
    ),
    (
        "Where does a date come from, down to the bytes?",
        f"""SELECT value, witness, locator, warc_file, warc_offset
FROM provenance('{_FOLLOWUP}',
                'published_at')
WHERE chosen""",  # noqa: S608 - an id of our own
    ),
)


@dataclass(frozen=True, slots=True)
class Ingestion:
    """What one ingestion came to."""

    run: Run
    fetches: list[Fetch]
    changed: list[str]
    alarms: list[dict[str, Any]]
    holdings: dict[str, int]

    @property
    def failed(self) -> list[Fetch]:
        """Addresses that should have been had and were not; an attempt that another one made good is no failure."""
        return [row for row in self.last if row.kind in {"failed", "refused"} and not row.planned]

    @property
    def last(self) -> list[Fetch]:
        """The last attempt at each address."""
        return list({row.url: row for row in self.fetches}.values())

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "run_id": self.run.run_id,
            "due": self.run.due,
            "fetched": self.run.fetched,
            "unchanged": self.run.unchanged,
            "refused": self.run.refused,
            "failed": self.run.failed,
            "attempts": [
                {"url": row.url, "outcome": row.outcome, "status": row.status, "detail": row.detail}
                for row in self.fetches
            ],
            "changed_tables": self.changed,
            "alarms": self.alarms,
            "holdings": self.holdings,
        }


def row_digests(home: Home) -> dict[str, str]:
    """Table → digest of its published Parquet file; empty where nothing was published."""
    current = release_folder.check_published(home.tables)
    if current is None:
        return {}
    return {name: hashlib.sha256((current / f"{name}.parquet").read_bytes()).hexdigest() for name in TABLES}


def ingestion(home: Home, run_id: str, before: dict[str, str]) -> Ingestion:
    """What the run `run_id` came to, against the tables as they were before it."""
    journal = Journal(home.journal)
    run = next(run for run in reversed(journal.read(Run)) if run.run_id == run_id)
    rows = [row for row in journal.read(Fetch) if row.run_id == run_id]
    after = row_digests(home)
    changed = [name for name in TABLES if before.get(name) != after.get(name)]
    return Ingestion(run, rows, changed, alarms_of(home, run_id), holdings(home))


def alarms_of(home: Home, run_id: str) -> list[dict[str, Any]]:
    """Pages of a run that depart from what their publisher's pages gave before."""
    sql = "SELECT url, field, kind, expected, found FROM alarms WHERE run_id = "
    return query.run(home.database, f"{sql}'{run_id}' ORDER BY ALL").dicts()


def holdings(home: Home) -> dict[str, int]:
    """Rows of the tables that people ask for first."""
    from pipelines.preview import row_counts  # noqa: PLC0415

    current = release_folder.check_published(home.tables)
    rows = row_counts(current) if current else {}
    return {name: rows.get(name, 0) for name in HOLDINGS}


def rebuilt(home: Home) -> dict[str, Any]:
    """The current release and what it holds, for `--json`."""
    release = Journal(home.journal).read(Release)[-1]
    return {"release": release.release_id, "digest": release.digest, "holdings": holdings(home)}


def print_ingestion(outcome: Ingestion) -> None:
    """What was fetched, unchanged, refused and why; and what that changed."""
    run = outcome.run
    say()
    say(
        f"{counted(run.due, *_due(run))} due: {run.fetched} fetched, {run.unchanged} unchanged, "
        f"{run.refused} refused, {run.failed} failed.",
        "bold",
    )
    gaps = [row for row in outcome.fetches if row.outcome == Outcome.NOT_ARCHIVED]
    if gaps:
        say(f"  {counted(len(gaps), 'page has', 'pages have')} no capture in the archive that could be used.")
    for kind in ("refused", "failed"):
        # That a host has no robots.txt is planned, and says that everything may be fetched.
        found = [row for row in outcome.last if row.kind == kind and not (kind == "failed" and row.planned)]
        for code in dict.fromkeys(row.outcome for row in found):
            _print_outcome(kind, Outcome(code), [row for row in found if row.outcome == code])
    if outcome.failed:
        say("  Nothing is lost: type the same command again when the network allows; it goes on from here.")
    print_alarms(outcome.alarms)
    if outcome.changed and len(outcome.changed) < len(TABLES):
        say(f"Tables that changed: {', '.join(outcome.changed)}; all others are what they were, byte for byte.")
    elif not outcome.changed:
        say("No table changed.")
    print_holdings(outcome.holdings)


def _due(run: Run) -> tuple[str, str]:
    """What was counted: pages, or an archive's captures of them."""
    if "--from-wayback" in run.command.split():
        return "archived capture was", "archived captures were"
    return "page was", "pages were"


def _print_outcome(kind: str, outcome: Outcome, rows: Sequence[Fetch]) -> None:
    planned = " (as the register says)" if all(row.planned for row in rows) else ""
    say(f"  {kind}: {len(rows)} × {outcome}: {outcome.meaning}{planned}")
    for row in rows[:3]:
        say(f"    {row.url}" + (f" ({row.detail})" if row.detail not in {None, outcome.meaning} else ""))
    if len(rows) > 3:
        say(f"    and {len(rows) - 3} more: {typed()} sql \"FROM fetches WHERE run_id = '{rows[0].run_id}'\"")


def print_alarms(alarms: Sequence[dict[str, Any]]) -> None:
    """Where somebody should look: pages that no longer look as they did."""
    if not alarms:
        return
    pages = dict.fromkeys(alarm["url"] for alarm in alarms)
    say(
        f"{counted(len(pages), 'page')} may have a new layout: look at what was read from it, then at source.toml.",
        "yellow",
    )
    for alarm in alarms[:_MOST_ALARMS]:
        say(f"  {alarm['url']}: {alarm['field']} {alarm['kind']}: {alarm['expected']} → {alarm['found']}")
    if len(alarms) > _MOST_ALARMS:
        say(f'  and {len(alarms) - _MOST_ALARMS} more: {typed()} sql "FROM alarms"')


def print_holdings(rows: dict[str, int]) -> None:
    """What the archive knows of, and what it holds."""
    known, held = (
        ("round_tables", "prompts", "people", "organisations"),
        ("contributions", "passages", "evidence", "captures"),
    )
    say(f"The archive knows of {_listed(rows, known)}; it holds {_listed(rows, held)}.")


def _listed(rows: dict[str, int], names: Sequence[str]) -> str:
    words = [counted(rows[name], *HOLDINGS[name]) for name in names]
    return f"{', '.join(words[:-1])} and {words[-1]}"


def print_first_queries(home: Home) -> None:
    """Three questions with their answers."""
    for question, sql in FIRST_QUERIES:
        say()
        say(question, "bold")
        for line in sql.splitlines():
            say(f"  {line}", "cyan")
        result = query.run(home.database, sql)
        print_table(result.columns, result.rows)


def print_whereabouts(home: Home) -> None:
    """Where the files are, and what to type next."""
    option = "" if home.root == Path("data").absolute() else f" --home {home.root}"
    say()
    print_table(
        ("what", "where"),
        [
            ("database", home.database),
            ("tables (Parquet)", home.tables / "current"),
            ("captures (WARC)", home.captures),
        ],
    )
    say()
    say("Next:", "bold")
    for command in (
        f'{typed()} sql "FROM cited_texts LIMIT 3"{option}',
        f"{typed()} status{option}",
        f"{typed()} ui{option}",
    ):
        say(f"  {command}")


def status_of(home: Home) -> dict[str, Any]:
    """How far each address got, what each round table holds, what belongs to none, and what is due or overdue."""
    from pipelines import attention, heartbeat, steps, visits  # noqa: PLC0415 - the readers of pages are not needed to report
    from pipelines.opened import OpenedHome  # noqa: PLC0415

    if not home.database.exists():
        raise RoundtableError(Code.HOME_EMPTY, "nothing was published here yet", str(home.root))

    def rows(sql: str) -> list[dict[str, Any]]:
        return query.run(home.database, sql).dicts()

    found: dict[str, Any] = {
        "holdings": holdings(home),
        "round_tables": rows(
            "SELECT r.round_table_id, r.title, r.state, r.announced_entries, "
            "count(DISTINCT c.entry) AS entries_found, count(c.contribution_id) AS contributions "
            "FROM round_tables AS r LEFT JOIN contributions AS c USING (round_table_id) GROUP BY ALL "
            "ORDER BY contributions DESC, 1"
        ),
        "targets": rows(
            "SELECT coalesce(round_table_id, '(none)') AS round_table, status, count(*) AS addresses, "
            "string_agg(DISTINCT last_outcome, ', ') AS last_outcomes FROM target_status GROUP BY ALL ORDER BY ALL"
        ),
        "without_round_table": rows(
            "SELECT contribution_id, role, title, url FROM contributions WHERE round_table_id IS NULL ORDER BY 1"
        ),
        "rejections": rows("SELECT code, url, locator, reason FROM rejections ORDER BY 1, 2, 3"),
        "alarms": rows("SELECT url, field, kind, expected, found FROM alarms WHERE stands ORDER BY ALL"),
        "doubted_dates": rows(
            "SELECT published_doubt AS doubt, published_on, count(*) AS contributions FROM contributions "
            "WHERE published_doubt IS NOT NULL GROUP BY ALL ORDER BY ALL"
        ),
        "contradicting_dates": rows(
            "SELECT record_type, field, count(DISTINCT record_id) AS records, max(abs(days_apart)) AS most_days_apart "
            "FROM contradicting_dates WHERE abs(days_apart) > 1 GROUP BY ALL ORDER BY ALL"
        ),
        "withdrawn": rows(
            "SELECT contribution_id, withdrawn_on, withdrawal_reason FROM contributions WHERE state = 'withdrawn' "
            "ORDER BY ALL"
        ),
        "warnings": [
            {"warning": check.name, "rows": len(broken), "first": ", ".join(f"{k} {v}" for k, v in broken[0].items())}
            for check in statements("warnings")
            if (broken := rows(check.sql))
        ],
        "last_run": rows("SELECT * FROM runs WHERE command <> 'import' ORDER BY ended_at DESC LIMIT 1"),
        "releases": rows("SELECT release_id, created_at, digest FROM releases ORDER BY created_at DESC LIMIT 1"),
    }
    opened = OpenedHome(home)
    plan = visits.plan(opened, steps.now())
    beat = heartbeat.last(home)
    found["schedule"] = {"looked_at": beat.at, "stands_still": beat.is_stale(plan.now)} if beat else None
    found["agenda"] = agenda.as_dicts(plan)
    found["overdue"] = [one.table.id for one in plan.overdue()]
    found["failed_visits"] = [one.table.id for one in plan.failed()]
    found["attention"] = attention.lines(opened, plan)
    found["needs_attention"] = bool(found["attention"])
    return found


def print_status(home: Home, found: dict[str, Any]) -> None:
    """The status, for people."""
    say(f"Archive in {home.root}", "bold")
    for release in found["releases"]:
        say(
            f"Release {release['release_id']} of {release['created_at']:%Y-%m-%d %H:%M} UTC, "
            f"sha256 {release['digest'][:16]}…"
        )
    for run in found["last_run"]:
        say(
            f"Last ingestion ended {run['ended_at']:%Y-%m-%d %H:%M} UTC: {run['due']} due, {run['fetched']} fetched, "
            f"{run['unchanged']} unchanged, {run['refused']} refused, {run['failed']} failed."
        )
    print_holdings(found["holdings"])
    if found["schedule"]:
        still = "; it stands still: is `roundtable ui` running?" if found["schedule"]["stands_still"] else "."
        say(f"The schedule last looked {found['schedule']['looked_at']:%Y-%m-%d %H:%M} UTC{still}")
    if found["attention"]:
        say()
        say("Somebody should look at this", "bold")
        for line in found["attention"]:
            say(f"  {line}", "yellow")
    agenda.print_agenda(found["agenda"])
    for title, rows in (
        ("Round tables", found["round_tables"]),
        ("Addresses", found["targets"]),
        ("Of no known round table", found["without_round_table"]),
        ("Could not be used", found["rejections"]),
        ("What only warns", found["warnings"]),
        ("May have a new layout", found["alarms"]),
        ("Dates in doubt", found["doubted_dates"]),
        ("Dates that witnesses contradict", found["contradicting_dates"]),
        ("Withdrawn", found["withdrawn"]),
    ):
        if rows:
            say()
            say(title, "bold")
            print_table(tuple(rows[0]), [tuple(row.values()) for row in rows])


def print_page(page: Page) -> None:
    """What the reader sees: fields, witnesses, contributions, rejections."""
    shown = page.as_dict()
    fields = ("title", "standfirst", "kicker", "authors", "published", "language", "license_uri", "source", "shape")
    print_table(("field", "value"), [(name, shown[name]) for name in fields])
    say()
    print_table(
        ("field", "chosen", "witness", "value", "locator"),
        [
            (item.field, "*" if item.chosen else "", item.witness, item.value[:90], item.locator)
            for item in page.statements
        ],
        "Witnesses",
    )
    say()
    print_table(
        ("#", "role", "authors", "affiliation", "words", "begins"),
        [
            (number, item.role, ", ".join(item.authors), item.affiliation, len(item.text.split()), item.text[:60])
            for number, item in enumerate(page.contributions, start=1)
        ],
        "Contributions",
    )
    if page.items:
        say()
        listed = [(item.locator, item.first("published"), item.first("title"), item.url) for item in page.items]
        print_table(("locator", "published", "title", "url"), listed, "Items")
    for fault in page.faults:
        say(f"rejected: {fault.code} at {fault.locator}: {fault.reason}. {fault.code.advice}.", "yellow")
