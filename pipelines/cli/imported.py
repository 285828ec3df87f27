"""What `roundtable import` tells people: which files and records were kept, and what was understood of them.

Here belongs that summary and its rendering. Not here: importing (`pipelines.importing`, `pipelines.crawls`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from archive.captures.accession import Taken
from archive.codes import Code
from archive.home import Home
from archive.model import Capture, Run
from pipelines.cli.report import holdings, print_alarms, print_holdings
from pipelines.cli.shared import counted, print_table, say
from warehouse import query

_MOST_LISTED = 20


@dataclass(slots=True)
class Imported:
    """What an import came to.

    Attributes:
        files, new, known: pages that were brought; how many of them are new, and how many were kept already.
        pages: ids of their captures.
        crawls: what became of each file of records.
        contributions, rejections: capture → rows of what was understood, and of what was not.
        alarms: pages that no longer look as their publisher's pages looked.
        holdings: what the archive holds now.
    """

    files: int = 0
    new: int = 0
    known: int = 0
    pages: list[str] = field(default_factory=list)
    crawls: list[Taken] = field(default_factory=list)
    contributions: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    rejections: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    alarms: list[dict[str, Any]] = field(default_factory=list)
    holdings: dict[str, int] = field(default_factory=dict)

    def add_pages(self, run: Run, captures: Iterable[Capture]) -> None:
        """Note what became of the pages."""
        self.files, self.new, self.known = run.due, run.fetched, run.unchanged
        self.pages = [capture.capture_id for capture in captures]

    def look_up(self, home: Home) -> None:
        """Find in the published tables what was understood."""
        ids = [*self.pages, *(name for one in self.crawls for name in one.captures)]
        self.contributions = _by_capture(
            home,
            "SELECT DISTINCT m.capture_id, m.contribution_id, c.role, c.round_table_id, c.title "
            "FROM manifestations AS m JOIN contributions AS c USING (contribution_id)",
            ids,
        )
        self.rejections = _by_capture(home, "SELECT capture_id, code, url, reason FROM rejections", ids)
        found = _by_capture(home, "SELECT capture_id, url, field, kind, expected, found FROM alarms", ids)
        self.alarms = [alarm for rows in found.values() for alarm in rows]
        self.holdings = holdings(home)

    @property
    def is_faulty(self) -> bool:
        """True where a page that was named, or a record, could not be used."""
        # That a crawl also holds pages without an article is in the nature of crawls.
        return any(self.rejections.get(name) for name in self.pages) or any(one.faults for one in self.crawls)

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "files": self.files,
            "new": self.new,
            "known": self.known,
            "pages": [self._understood(name) for name in self.pages],
            "crawls": [
                {
                    "name": one.name,
                    "records": one.records,
                    "new": len(one.captures),
                    "known": one.held,
                    "left_out": dict(one.left_out),
                    "undated": one.undated,
                    "faults": [{"offset": bad.offset, "code": bad.code, "what": bad.what} for bad in one.faults],
                    "pages": [self._understood(name) for name in one.captures if self._is_known(name)],
                }
                for one in self.crawls
            ],
            "alarms": self.alarms,
            "holdings": self.holdings,
        }

    def _is_known(self, name: str) -> bool:
        return name in self.contributions or name in self.rejections

    def _understood(self, name: str) -> dict[str, Any]:
        return {
            "capture_id": name,
            "contributions": self.contributions.get(name, []),
            "rejections": self.rejections.get(name, []),
        }


def _by_capture(home: Home, sql: str, ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """The rows of a query that concern these captures, by capture."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    if ids:
        listed = ", ".join(f"'{name}'" for name in ids)
        rows = query.run(home.database, f"FROM ({sql}) WHERE capture_id IN ({listed}) ORDER BY ALL")
        for capture_id, *row in rows.rows:
            found[capture_id].append(dict(zip(rows.columns[1:], row, strict=True)))
    return dict(found)


def print_imported(outcome: Imported) -> None:
    """Say it."""
    say()
    if outcome.pages:
        say(f"{counted(outcome.files, 'file')}: {outcome.new} new, {outcome.known} already kept.", "bold")
        for name in outcome.pages:
            _print_contributions(outcome.contributions.get(name, []))
            for item in outcome.rejections.get(name, []):
                say(f"  rejected {item['url']}: {item['code']}: {item['reason']}. {Code(item['code']).advice}.")
    if outcome.crawls:
        _print_crawls(outcome)
    print_alarms(outcome.alarms)
    print_holdings(outcome.holdings)


def _print_contributions(rows: Iterable[dict[str, Any]]) -> None:
    for item in rows:
        where = item["round_table_id"] or "no known round table"
        say(f"  {item['role']} in {where}: {item['contribution_id']}")


def _print_crawls(outcome: Imported) -> None:
    print_table(
        ("file", "records", "new captures", "already kept", "left out", "without a date", "faults"),
        [
            (one.name, one.records, len(one.captures), one.held, _left_out(one), one.undated, len(one.faults))
            for one in outcome.crawls
        ],
        "Crawls",
    )
    faults = [(one.name, fault) for one in outcome.crawls for fault in one.faults]
    for name, fault in faults[:_MOST_LISTED]:
        say(f"{fault.code}  {name}@{fault.offset}  {fault.what}", "red")
    if len(faults) > _MOST_LISTED:
        say(f"… and {len(faults) - _MOST_LISTED} more: roundtable sql \"FROM events WHERE type = 'ingestion'\"")
    for code in sorted({fault.code for _, fault in faults}):
        say(f"{code}: {code.advice}.")
    rows = [row for one in outcome.crawls for name in one.captures for row in outcome.contributions.get(name, [])]
    placed = [row for row in rows if row["round_table_id"]]
    _print_contributions(placed[:_MOST_LISTED])
    if len(placed) > _MOST_LISTED:
        say(f"  … and {len(placed) - _MOST_LISTED} more")
    if len(rows) > len(placed):
        say(f"  {counted(len(rows) - len(placed), 'text')} of no known round table")
    codes = Counter(
        row["code"] for one in outcome.crawls for name in one.captures for row in outcome.rejections.get(name, [])
    )
    for code, number in sorted(codes.items()):
        say(f"  {counted(number, 'page')} rejected: {code}: {Code(code).advice}.")


def _left_out(one: Taken) -> str:
    """How many records are no captures, and why."""
    return ", ".join(f"{number} ({why})" for why, number in sorted(one.left_out.items())) or "0"
