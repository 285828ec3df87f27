"""The steps of the road, each on a home: harvest, read, discuss, write, publish.

Here belongs what an asset or a command does, as a plain function that reports in words and returns a summary. Not
here: Dagster, and the understanding itself (`archive`).
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from archive import durable
from archive.build import build
from archive.captures import index
from archive.codes import Code, RoundtableError
from archive.discussion import pages
from archive.discussion.pages import Reading, read_all
from archive.model import Alarm, Capture, Event, Fetch, Rejection, Release, Run
from archive.model.records import Records
from archive.reading.page import Page
from pipelines.opened import CODE_VERSION, OpenedHome
from warehouse import parquet, publish

CANDIDATE = "candidate"
Say = Callable[[str], None]


def now() -> dt.datetime:
    """The time in UTC, without a zone, as rows hold it."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class ReadSummary:
    """What reading came to: pages in all, those that had to be read anew, and faults by code."""

    pages: int
    fresh: int
    shapes: dict[str, int]
    faults: dict[str, int]


def read_pages(opened: OpenedHome, say: Say) -> ReadSummary:
    """Read every capture that is a page; what was read before is taken from the cache."""
    shapes: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    fresh = 0

    def told(capture: Capture, page: Page, is_fresh: bool) -> None:
        nonlocal fresh
        fresh += is_fresh
        shapes[page.shape] += 1
        faults.update(str(fault.code) for fault in page.faults)
        if is_fresh:
            say(f"read {capture.url} ({page.shape}), contributions: {len(page.contributions)}")

    readings = _readings(opened, told)
    return ReadSummary(len(readings), fresh, dict(shapes), dict(faults))


def _readings(opened: OpenedHome, told: Callable[[Capture, Page, bool], None] = lambda *_: None) -> list[Reading]:
    return read_all(opened.store.captures(), opened.store.payload, opened.register, opened.page_cache, told)


@dataclass(frozen=True, slots=True)
class DiscussSummary:
    """What the discussion came to: the candidate release, the checks that it fails, and the alarms that stand."""

    written: parquet.Written
    failures: list[publish.Failure]
    alarms: list[Alarm]


def discuss(opened: OpenedHome, say: Say, *, run_id: str | None = None) -> DiscussSummary:
    """Make the rows of every table, write them as a candidate release, and check it.

    The candidate is put forward only if no check finds a row; the published release stays until then.
    """
    records = make_records(opened, run_id)
    releases = opened.journal.read(Release)
    written = parquet.write(records, opened.home.tables, releases, now=now(), code_version=CODE_VERSION)
    failures = publish.failures(written.folder)
    if not failures:
        durable.point(opened.home.tables / CANDIDATE, written.folder.name)
    words = "a new release" if written.is_new else "no change in content"
    say(f"contributions: {written.rows['contributions']}, round tables: {written.rows['round_tables']}; {words}")
    for row in records.of(Rejection):
        if row.stage == "correct":
            say(f"{row.code}: {row.url.removeprefix('urn:roundtable:')}: {row.locator}: {row.excerpt}: {row.reason}")
    alarms = [alarm for alarm in records.of(Alarm) if alarm.stands]
    for alarm in alarms:
        say(f"alarm: {alarm.url}: {alarm.field} {alarm.kind}: {alarm.expected} → {alarm.found}")
    return DiscussSummary(written, failures, alarms)


def make_records(opened: OpenedHome, run_id: str | None = None) -> Records:
    """The rows of every table, from the captures, the curation and the journal."""
    register_captures = opened.keep_register(run_id)
    index.rebuild(opened.home.captures)
    ids = opened.ids()
    records = build(
        _readings(opened),
        opened.register,
        ids,
        captures=opened.store.captures(),
        fetches=opened.journal.read(Fetch),
        runs=opened.journal.read(Run),
        events=opened.journal.read(Event),
        register_captures=register_captures,
        curation=opened.curation(),
    )
    opened.save_ids(ids)
    sealed = [capture for capture in records.of(Capture) if capture.access == "sealed"]
    pages.forget(sealed, opened.register, opened.page_cache)
    return records


def release_tables(opened: OpenedHome, say: Say) -> Release:
    """Make the candidate the current release.

    Raises:
        RoundtableError: `tables_damaged` where no candidate was put forward.
    """
    folder = opened.home.tables
    link = folder / CANDIDATE
    if not link.is_symlink() or not link.exists():
        raise RoundtableError(Code.TABLES_DAMAGED, "there is no candidate release that passed its checks", str(folder))
    candidate = link.resolve()
    parquet.check(candidate)
    release = parquet.release_of(candidate)
    if release.release_id not in {known.release_id for known in opened.journal.read(Release)}:
        opened.journal.append(release)
    parquet.point_to(folder, candidate)
    link.unlink()
    withdrawn = opened.curation().withdrawals.standing
    for name in parquet.forget(folder, withdrawn):
        say(f"release folder {name} is removed: it held what was withdrawn since")
    say(f"release {release.release_id} stands in {candidate.name}")
    return release


def publish_database(opened: OpenedHome, say: Say) -> Path:
    """Build the database from the current release and swap it in.

    Raises:
        RoundtableError: `tables_damaged` where there is no release, `wal_in_the_way`.
    """
    current = parquet.current(opened.home.tables)
    if current is None:
        raise RoundtableError(Code.TABLES_DAMAGED, "there is no release to publish", str(opened.home.tables))
    publish.publish(current, opened.home.database)
    say(f"published {opened.home.database.name} from release {current.name}")
    return opened.home.database
