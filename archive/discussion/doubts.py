"""Dates that should not be trusted: what speaks against a day that a page prints.

Here belongs weighing the believed date of each version against everything else that is known of its publication. A date
is marked and never changed; a correction may do that. Not here: choosing among the statements of a page
(`reading.dating`), and a date after its capture, which is no date (`pages`).

The rules:

- `contradiction`: the text was there more than a day before, for an older capture holds it, or an older capture of it
  was believed with an earlier day; or the same page's stated and displayed dates lie more than a day apart.
- `migration`: a publisher's pages in number show this day, or this and the next, and at least half of them were there
  before. Then the day is that of a move to another system, and says nothing about any of them. A day of issue, on which
  many answers appear, has no witness against it and is none.
- What a correction decides is not doubted.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from archive.discussion.placing import Observation
from archive.model import Contribution, ContributionVersion
from archive.model.contributions import DateDoubt
from archive.model.provenance import Witness
from archive.model.records import Records
from archive.normalise import dates
from archive.reading.page import Statement
from archive.sources.register import Register

_DAY = dt.timedelta(days=1)
_MANY = 10
"""Pages that share a day before anybody asks whether it is one of a migration."""
_AFTERWARDS = dt.timedelta(days=365)
"""How long after its end a round table may still print answers; what is dated later was moved, or is about it."""
_SPEAKS: frozenset[Witness] = frozenset(("visible", "byline", "json_ld", "open_graph", "microdata", "meta"))
_ANSWERS = frozenset(("lead", "response", "introduction", "statement", "call"))

Key = tuple[str, int]
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


def add_doubts(records: Records, observations: Iterable[Observation], register: Register) -> None:
    """Fill `published_doubt` of every version and contribution.

    Args:
        records: their rows are replaced.
        observations: everything that was seen of them.
        register: knows publishers, and when round tables ended.
    """
    seen: dict[str, list[Observation]] = {}
    for one in observations:
        seen.setdefault(one.contribution_id, []).append(one)
    versions: dict[str, list[ContributionVersion]] = {}
    for row in sorted(records.of(ContributionVersion), key=lambda row: row.version):
        versions.setdefault(row.contribution_id, []).append(row)
    known = {
        (name, row.version): found
        for name, rows in versions.items()
        for row in rows
        if (found := _witnesses(row, rows, seen.get(name, ()), register)) is not None
    }
    doubts: dict[Key, DateDoubt] = {key: "contradiction" for key, found in known.items() if found.contradicted}
    doubts |= dict.fromkeys(_migrated(known), "migration")
    records.replace(ContributionVersion, [_doubted(row, doubts) for row in records.of(ContributionVersion)])
    records.replace(Contribution, [_doubted(row, doubts) for row in records.of(Contribution)])


def _doubted(row: Row, doubts: Mapping[Key, DateDoubt]) -> Row:
    return replace(row, published_doubt=doubts.get((row.contribution_id, row.version)))


def _witnesses(
    row: ContributionVersion,
    versions: Sequence[ContributionVersion],
    seen: Iterable[Observation],
    register: Register,
) -> _Witnesses | None:
    """What speaks for or against the date of a version; None where it has none, or a person decided it."""
    day = row.published_on
    if day is None or row.published_basis == "correction" or row.state == "withdrawn":
        return None
    everything = list(seen)
    # A copy whose time nobody knows proves nothing, and counts as older than any other only to have an order.
    there = [one.reading.capture.captured_at.date() for one in everything if one.reading.capture.captured_at]
    believed = [one.published_on for one in versions if one.version < row.version and one.published_on]
    believed += [
        one.reading.page.published.on
        for one in everything
        if one.reading.page.kind == "text" and one.reading.page.published and one.reading.page.published.on
    ]
    was_there = any(day - other > _DAY for other in (*there, *believed))
    own = [one for one in everything if one.reading.capture.capture_id == row.capture_id]
    stated = [other for one in own[:1] for other in _days(one, register, strong=True)]
    hinted = [other for one in own[:1] for other in _days(one, register, strong=False)]
    source = register.for_url(row.url)
    return _Witnesses(
        source.id if source else None,
        register.key(row.url) if source else row.url,
        day,
        contradicted=was_there or any(abs(day - other) > _DAY for other in stated),
        earlier=was_there
        or any(day - other > _DAY for other in (*stated, *hinted))
        or _is_long_over(row, day, register),
    )


def _days(seen: Observation, register: Register, *, strong: bool) -> Iterator[dt.date]:
    """The days that statements of a page give beside the believed one.

    Where no shape of the publisher matched, a displayed date may belong to another text, and counts only if it was
    believed.
    """
    page = seen.reading.page
    source = register.source_for(page.url)
    for claim in page.statements:
        if claim.field != "published" or (claim.witness in _SPEAKS) is not strong:
            continue
        if claim.witness in {"visible", "byline"} and page.shape == "generic" and not claim.chosen:
            continue
        date = _date(claim, source.zone, page.language, day_first=source.day_first)
        if date and date.on and date.label != "updated":
            yield date.on


def _date(
    claim: Statement, zone: str | None, language: str | None, *, day_first: bool | None
) -> dates.PublishedDate | None:
    spoken = [language] if language else None
    return dates.parse(claim.value, zone=zone, languages=spoken, day_first=day_first)


def _is_long_over(row: ContributionVersion, day: dt.date, register: Register) -> bool:
    """True where the register says that the round table, of which this is an answer, had ended long before."""
    if row.role not in _ANSWERS:
        return False
    ends = [table.keys.round_table.closed_on for table in register.round_tables() if table.id == row.round_table_id]
    return any(end is not None and day - end > _AFTERWARDS for end in ends)


def _migrated(known: Mapping[Key, _Witnesses]) -> Iterator[Key]:
    """The versions whose day is that of a migration."""
    by_day: dict[tuple[str, dt.date], list[Key]] = {}
    for key, found in known.items():
        if found.publisher:
            by_day.setdefault((found.publisher, found.day), []).append(key)
    for (publisher, day), keys in by_day.items():
        after = by_day.get((publisher, day + _DAY), [])
        # A busy neighbour must not take a quiet day of issue along: each of the two has old pages of its own.
        for group in (keys, [*keys, *after] if _has_old(keys, known) and _has_old(after, known) else []):
            pages = {known[key].address for key in group}
            old = {known[key].address for key in group if known[key].earlier}
            if len(pages) >= _MANY and 2 * len(old) >= len(pages):
                yield from group


def _has_old(keys: Iterable[Key], known: Mapping[Key, _Witnesses]) -> bool:
    return any(known[key].earlier for key in keys)
