"""What is due when: each round table's cadence, held against the visits that were made.

Here belongs the one rule by which a schedule, a command and a report agree on what is due, what is overdue, and what
failed and is tried again. Pure: the register, the visits and the time come in. Not here: fetching, and writing visits.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.model import Visit
from archive.sources.register import Register, RegisteredRoundTable
from archive.sources.schema import Cadence

PERIODS: Mapping[Cadence, dt.timedelta] = {
    "daily": dt.timedelta(days=1),
    "weekly": dt.timedelta(days=7),
    "monthly": dt.timedelta(days=30),
}
"""The time from one visit to the next; `never` has none."""
_SETTLING = dt.timedelta(days=90)
"""For how long after its last known day a complete round table is still looked at every week: late answers come."""
_LEAST_GRACE = dt.timedelta(hours=6)
_OFF = dt.timedelta(days=1)
"""By how much a clock may have been ahead. What is further in the future than that says nothing of when it was."""
_FIRST_RETRY = dt.timedelta(hours=1)
_MOST_DOUBLINGS = 16


def cadence_of(table: RegisteredRoundTable, today: dt.date) -> Cadence:
    """How often a round table is visited: what its file says, else what its state asks for.

    Daily while it runs; weekly while it is announced or open-ended, and for three months after its last known day;
    monthly from then on.
    """
    keys = table.keys.round_table
    if keys.cadence:
        return keys.cadence
    if keys.state == "running":
        return "daily"
    if keys.state in {"announced", "open_ended"}:
        return "weekly"
    last = keys.closed_on or keys.opened_on
    return "weekly" if keys.state == "complete" and last and today - last <= _SETTLING else "monthly"


@dataclass(frozen=True, slots=True)
class Entry:
    """A round table in the agenda. All times are UTC, without a zone.

    Attributes:
        table: the round table.
        cadence: how often it is visited.
        last: the last visit, whatever came of it.
        succeeded_at: when the last visit that succeeded ended.
        failures: how many visits have failed since then.
        due_at: when it is due; None for a round table that is never visited.
        overdue_at: from when on somebody should worry; None likewise.
    """

    table: RegisteredRoundTable
    cadence: Cadence
    last: Visit | None
    succeeded_at: dt.datetime | None
    failures: int
    due_at: dt.datetime | None
    overdue_at: dt.datetime | None

    @property
    def note(self) -> str | None:
        """What the last visit has to say for itself; None where it went well."""
        if self.last is not None and self.last.outcome == "begun":
            return "the last visit was cut off, or is going on"
        return self.last.note if self.last else None

    def is_due(self, now: dt.datetime) -> bool:
        """True where it should be visited now."""
        return self.due_at is not None and self.due_at <= now

    def is_overdue(self, now: dt.datetime) -> bool:
        """True where it should have been visited with success long ago."""
        return self.overdue_at is not None and self.overdue_at < now

    def state(self, now: dt.datetime) -> str:
        """In one word: overdue, failed, due, waiting, or never."""
        if self.is_overdue(now):
            return "overdue"
        if self.last is not None and self.last.outcome == "failed":
            return "failed"
        if self.due_at is None:
            return "never"
        return "due" if self.is_due(now) else "waiting"

    def as_dict(self, now: dt.datetime) -> dict[str, Any]:
        """For reports: names, times, and what the last visit came to."""
        return {
            "round_table": self.table.id,
            "series": self.table.keys.round_table.series,
            "cadence": self.cadence,
            "last_attempted": (self.last.ended_at or self.last.began_at) if self.last else None,
            "last_succeeded": self.succeeded_at,
            "due": self.due_at,
            "state": self.state(now),
            "note": self.note,
        }


def agenda(register: Register, visits: Iterable[Visit], now: dt.datetime, known_since: dt.datetime) -> list[Entry]:
    """Every round table of the register, the longest due first, those that are never visited last.

    Args:
        register: what is known of.
        visits: every visit of the journal, in the order in which they were written.
        now: the time.
        known_since: since when what was never visited has been waiting.
    """
    by_table: dict[str, list[Visit]] = {}
    for visit in settled(visits):
        if (visit.ended_at or visit.began_at) > now + _OFF:
            # The clock was wrong: believed, it would keep the round table from being visited until then.
            continue
        by_table.setdefault(visit.round_table_id, []).append(visit)
    entries = [
        _entry(table, by_table.get(table.id, []), now, min(known_since, now)) for table in register.round_tables()
    ]
    return sorted(entries, key=lambda one: (one.due_at is None, one.due_at or now, one.table.id))


def settled(visits: Iterable[Visit]) -> list[Visit]:
    """The visits as they ended: of the two lines that the journal has for one, its beginning and its end, the last."""
    found: dict[tuple[str, str], Visit] = {}
    for visit in visits:
        found[visit.run_id, visit.round_table_id] = visit
    return sorted(found.values(), key=lambda one: one.began_at)


def _entry(table: RegisteredRoundTable, visits: Sequence[Visit], now: dt.datetime, known_since: dt.datetime) -> Entry:
    cadence = cadence_of(table, now.date())
    succeeded_at, failures = None, 0
    for visit in visits:
        if visit.outcome == "succeeded":
            succeeded_at, failures = visit.ended_at, 0
        elif visit.outcome == "failed" and not visit.stopped:
            failures += 1
    last = visits[-1] if visits else None
    period = PERIODS.get(cadence)
    if period is None:
        return Entry(table, cadence, last, succeeded_at, failures, None, None)
    expected = succeeded_at + period if succeeded_at else known_since
    due_at = expected
    if last is not None and last.outcome == "begun":
        due_at = min(expected, last.began_at)
    elif last is not None and last.outcome == "failed" and last.ended_at is not None:
        due_at = _due_again(last, last.ended_at, failures, expected, period)
    grace = max(period / 4, _LEAST_GRACE)
    overdue_at = (succeeded_at or known_since) + period + grace
    return Entry(table, cadence, last, succeeded_at, failures, due_at, overdue_at)


def _due_again(
    last: Visit, ended_at: dt.datetime, failures: int, expected: dt.datetime, period: dt.timedelta
) -> dt.datetime:
    """When a round table is due that was visited in vain."""
    if not last.stopped:
        # Tried again soon, then ever more rarely: a host that is away must not be asked every hour for a year.
        return ended_at + min(period, _FIRST_RETRY * (1 << min(failures - 1, _MOST_DOUBLINGS)))
    # The budget was spent: what nobody came to keeps its place, what was asked in part stands behind it. Otherwise one
    # that is larger than the budget would keep all others waiting for ever.
    return min(expected, ended_at) if last.stopped == last.due else ended_at
