"""Visits to round tables: which are due in a home, and what a run's attempts come to for each of them.

Here belongs bringing the register, the journal and the clock to the agenda, and counting pages. Not here: the rule of
what is due (`archive.agenda`), and the fetching (`ingest`).
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive import agenda
from archive.agenda import Entry
from archive.captures.store import CaptureStore
from archive.codes import Code, Outcome
from archive.model import Fetch, Run, Visit
from archive.sources.register import RegisteredRoundTable
from pipelines.opened import OpenedHome

_ABSENT = "absent"
"""What the note calls pages that were expected and that no attempt tells of."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The agenda of a home at one time.

    Attributes:
        now: the time, in UTC without a zone.
        entries: every round table of the register.
        barred: publishers that cannot be asked from here, with the reason's code.
    """

    now: dt.datetime
    entries: Sequence[Entry]
    barred: Mapping[str, Code]

    def due(self) -> list[RegisteredRoundTable]:
        """The round tables that should be visited now and can be."""
        return [one.table for one in self.entries if one.is_due(self.now) and one.table.publisher_id not in self.barred]

    def due_among(self, names: Sequence[str]) -> list[RegisteredRoundTable]:
        """Those of them that belong to one of these publishers, series or round tables; all where none is given."""
        return [table for table in self.due() if not names or {*names} & _names(table)]

    def overdue(self) -> list[Entry]:
        """Those that somebody should worry about."""
        return [one for one in self.entries if one.is_overdue(self.now)]

    def failed(self) -> list[Entry]:
        """Those whose last visit failed."""
        return [one for one in self.entries if one.last is not None and one.last.outcome == "failed"]

    def why(self, entry: Entry) -> str:
        """In words, what keeps a round table from being had."""
        if entry.table.publisher_id in self.barred:
            return str(self.barred[entry.table.publisher_id])
        if entry.last is None:
            return "never visited"
        if entry.last.outcome != "succeeded":
            return entry.note or entry.last.outcome
        return f"last visited {entry.last.began_at:%Y-%m-%d %H:%M} UTC"

    def next_at(self) -> dt.datetime | None:
        """When something that can be asked is due next; None where that is never."""
        times = [one.due_at for one in self.entries if one.due_at and one.table.publisher_id not in self.barred]
        return min(times, default=None)


def _names(table: RegisteredRoundTable) -> set[str]:
    return {table.id, table.keys.round_table.series, table.publisher_id}


def plan(opened: OpenedHome, now: dt.datetime) -> Plan:
    """What is due in a home.

    What was never visited has been waiting since the home's first run.
    """
    began = min((run.started_at for run in opened.journal.read(Run)), default=now)
    entries = agenda.agenda(opened.register, opened.journal.read(Visit), now, min(began, now))
    return Plan(now, entries, barred(opened))


def barred(opened: OpenedHome) -> dict[str, Code]:
    """The publishers that cannot be asked from here, each with the reason."""
    return {
        source.id: Code.CONTACT_MISSING
        for source in opened.register.sources
        if not source.keys.publisher.bundled and not opened.home.config.contact
    }


def begun(tables: Iterable[RegisteredRoundTable], run_id: str, at: dt.datetime) -> list[Visit]:
    """The visits as they are noted before anything is asked, so that a run that is cut off leaves a trace."""
    return [
        Visit(
            run_id=run_id,
            round_table_id=table.id,
            series_id=table.keys.round_table.series,
            publisher_id=table.publisher_id,
            began_at=at,
            outcome="begun",
        )
        for table in tables
    ]


def ended(
    visits: Iterable[Visit], due: Mapping[str, str], rows: Iterable[Fetch], store: CaptureStore, at: dt.datetime
) -> list[Visit]:
    """The visits as they ended.

    Args:
        visits: as they were begun.
        due: address → the round table that expects it.
        rows: every attempt of the run.
        store: holds the captures that these left.
        at: when the last page was tried.
    """
    last = {row.url: row for row in rows}
    found: dict[str, list[str]] = {visit.round_table_id: [] for visit in visits}
    visits = list(visits)
    for url, table in due.items():
        if table in found:
            found[table].append(url)
    return [_ended(visit, found[visit.round_table_id], last, store, at) for visit in visits]


def _ended(visit: Visit, urls: Sequence[str], last: Mapping[str, Fetch], store: CaptureStore, at: dt.datetime) -> Visit:
    counts: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    for url in urls:
        row = end_of(url, last, store)
        kind = _kind(row, visit, store)
        counts[kind] += 1
        if kind == "failed" or (kind == "refused" and not (row and row.planned)):
            faults[str(row.outcome) if row else _ABSENT] += 1
    return Visit(
        run_id=visit.run_id,
        round_table_id=visit.round_table_id,
        series_id=visit.series_id,
        publisher_id=visit.publisher_id,
        began_at=visit.began_at,
        ended_at=at,
        outcome="failed" if faults else "succeeded",
        due=len(urls),
        new=counts["new"],
        changed=counts["changed"],
        unchanged=counts["unchanged"],
        refused=counts["refused"],
        failed=counts["failed"],
        stopped=faults[Outcome.STOPPED],
        note=", ".join(f"{number} × {name}" for name, number in sorted(faults.items())) or None,
    )


def end_of(url: str, last: Mapping[str, Fetch], store: CaptureStore) -> Fetch | None:
    """The attempt in which the redirects of an address end: a page is not had because something pointed elsewhere."""
    row, seen = last.get(url), {url}
    while row is not None and row.outcome == Outcome.REDIRECTED and row.capture_id:
        capture = store.get(row.capture_id)
        there = capture.redirects_to if capture else None
        if there is None or there in seen:
            return None
        seen.add(there)
        row = last.get(there)
    return row


def _kind(row: Fetch | None, visit: Visit, store: CaptureStore) -> str:
    if row is None:
        return "failed"
    if row.kind != "fetched":
        return row.kind
    earlier = any(one.run_id != visit.run_id and one.status == 200 for one in store.of_url(row.url))
    return "changed" if earlier else "new"
