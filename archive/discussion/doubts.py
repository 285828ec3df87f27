"""Dates that should not be trusted: what speaks against a day that a page prints.

Here belongs weighing the believed date of each version against everything else that is known of its publication. A date
is marked and never changed; a correction may do that. Not here: choosing among the statements of a page
(`reading.dating`), and a date after its capture, which is no date (`pages`).

The rules:

- `contradiction`: the text was there more than a day before, for an older capture holds it, a feed that was captured
  then lists it, or an older capture of it was believed with an earlier day; or the same page's stated and displayed
  dates lie more than a day apart.
- `migration`: a publisher's pages in number show this day, or this and the next, and at least half of them were there
  before. Then the day is that of a move to another system, and says nothing about any of them. A day of issue, on which
  many answers appear, has no witness against it and is none.
- `out_of_range`: a day before 1990, when nothing was on the web (1 January 1970 is that of a clock that was never set),
  or an answer that is dated more than a year before its round table opened, by the register or by what the page says
  that presents it, or after it closed.
- What a correction decides is not doubted.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from archive.discussion.feeds import first_days
from archive.discussion.identity import Sight
from archive.discussion.sighting import Sighting
from archive.model import Contribution, ContributionVersion
from archive.model.contributions import DateDoubt
from archive.model.records import Records
from archive.sources.register import Register

_DAY = dt.timedelta(days=1)
_MANY = 10
"""Pages that share a day before anybody asks whether it is one of a migration."""
_AFTERWARDS = dt.timedelta(days=365)
"""How long after its end a round table may still print answers, and how long before its opening it may have begun to;
what is dated later was moved, or is about it."""
_FIRST_PAGES = dt.date(1990, 1, 1)
_ANSWERS = frozenset(("lead", "response", "introduction", "statement", "call"))

Key = tuple[str, int]
Move = tuple[str, dt.date]
"""A publisher, and a day on which it moved its pages to another system."""
Row = TypeVar("Row", Contribution, ContributionVersion)


@dataclass(frozen=True, slots=True)
class _Witnesses:
    """What is known about one version.

    Attributes:
        publisher: whose page it is; None where nobody knows.
        address: the page.
        day: the believed day.
        contradicted: its witnesses do not agree.
        earlier: somebody says that the text was there before.
    """

    publisher: str | None
    address: str
    day: dt.date
    contradicted: bool
    earlier: bool


def add_doubts(
    records: Records,
    sights: Mapping[str, Sequence[Sight]],
    register: Register,
    moved: Collection[Move],
    openings: Mapping[str, dt.date],
) -> None:
    """Fill `published_doubt` of every version and contribution.

    Args:
        records: their rows are replaced.
        sights: contribution → everything that was seen of it, in order of time.
        register: knows publishers, and when round tables ended.
        moved: the days of migrations.
        openings: round table → the day on which a page says that it opened; the register's word counts before it.
    """
    versions: dict[str, list[ContributionVersion]] = {}
    for row in sorted(records.of(ContributionVersion), key=lambda row: row.version):
        versions.setdefault(row.contribution_id, []).append(row)
    known = {
        (name, row.version): found
        for name, rows in versions.items()
        for row in rows
        if (found := _of_version(row, rows, sights.get(name, ()), register)) is not None
    }
    doubts: dict[Key, DateDoubt] = {
        (name, row.version): "out_of_range"
        for name, rows in versions.items()
        for row in rows
        if (name, row.version) in known and _is_out(row, register, openings)
    }
    doubts |= {key: "contradiction" for key, found in known.items() if found.contradicted}
    doubts |= {key: "migration" for key, found in known.items() if (found.publisher, found.day) in moved}
    records.replace(ContributionVersion, [_doubted(row, doubts) for row in records.of(ContributionVersion)])
    records.replace(Contribution, [_doubted(row, doubts) for row in records.of(Contribution)])


def _is_out(row: ContributionVersion, register: Register, openings: Mapping[str, dt.date]) -> bool:
    day = row.published_on
    table = register.round_table(row.round_table_id) if row.round_table_id else None
    keys = table.keys.round_table if table else None
    if day is None or day < _FIRST_PAGES:
        return day is not None
    if keys is None or row.role not in _ANSWERS:
        return False
    opened = keys.opened_on or openings.get(keys.id)
    early = opened is not None and opened - day > _AFTERWARDS
    return early or (keys.closed_on is not None and day - keys.closed_on > _AFTERWARDS)


def _doubted(row: Row, doubts: Mapping[Key, DateDoubt]) -> Row:
    return replace(row, published_doubt=doubts.get((row.contribution_id, row.version)))


def _of_version(
    row: ContributionVersion, versions: Sequence[ContributionVersion], seen: Sequence[Sight], register: Register
) -> _Witnesses | None:
    """What speaks for or against the date of a version; None where it has none, or a person decided it."""
    if row.published_on is None or row.published_basis == "correction" or row.state == "withdrawn":
        return None
    believed = [one.published_on for one in versions if one.version < row.version and one.published_on]
    own = next((one.seen for one in seen if one.seen.capture.capture_id == row.capture_id), None)
    return _weighed(row.published_on, row.url, own, believed, seen, register)


def _weighed(
    day: dt.date,
    url: str,
    own: Sighting | None,
    believed: Sequence[dt.date],
    seen: Sequence[Sight],
    register: Register,
) -> _Witnesses:
    # A copy whose time nobody knows proves nothing, and counts as older than any other only to have an order.
    there = [one.seen.capture.captured_at.date() for one in seen if one.seen.capture.captured_at]
    there += [listed for one in seen for listed in first_days(one.listed)]
    copies = [one.seen.published_on for one in seen if one.seen.kind == "text" and one.seen.published_on]
    was_there = any(day - other > _DAY for other in (*there, *believed, *copies))
    stated, hinted = (own.stated, own.hinted) if own else ((), ())
    source = register.for_url(url)
    fed = [other for one in seen[:1] for listed in one.listed for other in listed.days(register.source_for(url))]
    return _Witnesses(
        source.id if source else None,
        register.key(url) if source else url,
        day,
        contradicted=was_there or any(abs(day - other) > _DAY for other in stated),
        earlier=was_there
        or any(day - other > _DAY for other in (*stated, *hinted, *fed))
        or (bool(seen) and _is_long_over(seen[0], day)),
    )


def _is_long_over(sight: Sight, day: dt.date) -> bool:
    """True where the register says that the round table, of which this is an answer, had ended long before."""
    table = sight.place.table
    end = table.keys.round_table.closed_on if table and sight.role in _ANSWERS else None
    return end is not None and day - end > _AFTERWARDS


def moves(sights: Mapping[str, Sequence[Sight]], register: Register, decided: Collection[str]) -> frozenset[Move]:
    """The days of migrations, each with its publisher.

    Args:
        sights: contribution → everything that was seen of it, in order of time.
        register: knows publishers.
        decided: contributions whose dates are a person's word, or that are withdrawn: they say nothing about a day.
    """
    by_day: dict[Move, dict[str, bool]] = {}
    for name, seen in sights.items():
        believed: list[dt.date] = []
        for one in seen if name not in decided else ():
            day = one.seen.published_on
            if day is None:
                continue
            found = _weighed(day, one.seen.canonical_url, one.seen, believed, seen, register)
            believed.append(day)
            if found.publisher:
                pages = by_day.setdefault((found.publisher, day), {})
                pages[found.address] = pages.get(found.address, False) or found.earlier
    moved: set[Move] = set()
    for (publisher, day), pages in by_day.items():
        after = by_day.get((publisher, day + _DAY), {})
        if _is_move(pages):
            moved.add((publisher, day))
        # A busy neighbour must not take a quiet day of issue along: each of the two has old pages of its own.
        both = {page: pages.get(page, False) or after.get(page, False) for page in (*pages, *after)}
        if any(pages.values()) and any(after.values()) and _is_move(both):
            moved |= {(publisher, day), (publisher, day + _DAY)}
    return frozenset(moved)


def _is_move(pages: Mapping[str, bool]) -> bool:
    """True for pages in number of which at least half were there before."""
    return len(pages) >= _MANY and 2 * sum(pages.values()) >= len(pages)
