"""The steps of the road, each on a home: harvest, read, discuss, write, publish.

Here belongs what an asset or a command does, as a plain function that reports in words and returns a summary. Not
here: Dagster, and the understanding itself (`archive`).
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from archive import agenda, durable
from archive.build import parts
from archive.captures import index
from archive.citation.kept import KeptTexts
from archive.codes import Code, RoundtableError
from archive.discussion import pages
from archive.discussion.pages import CachedReadings
from archive.discussion.several import processors
from archive.model import Alarm, Capture, Event, Fetch, Rejection, Release, ReleaseChange, Run, Visit
from archive.model.records import Records
from pipelines import inputs
from pipelines.opened import CODE_VERSION, OpenedHome
from warehouse import losses, parquet, publish, release_folder

DECIDED_EVENTS = frozenset(("correction", "withdrawal", "authority"))
CANDIDATE = "candidate"
UNCHANGED = "captures, curation and program are what the published release was made of"
_BOOKKEEPING = ("captures", "fetches", "runs", "visits", "events", "releases")
Say = Callable[[str], None]


def now() -> dt.datetime:
    """The time in UTC, without a zone, as rows hold it."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class ReadSummary:
    """What reading came to.

    Attributes:
        pages: how many there are; feeds are not counted.
        fresh: how many had to be read anew.
        shapes: page shape → pages.
        faults: code → faults.
        inputs: what the release would be made of now.
        unchanged: why nothing was read; None where it was.
    """

    pages: int
    fresh: int
    shapes: dict[str, int]
    faults: dict[str, int]
    inputs: inputs.Inputs
    unchanged: str | None = None


def read_pages(opened: OpenedHome, say: Say, *, anew: bool = True) -> ReadSummary:
    """Read every capture that is a page or a feed; what was read before is taken from the cache.

    Args:
        opened: the home.
        say: is told of each page that had to be read.
        anew: False where nothing need be read as long as the published release was made of the same.

    Raises:
        RoundtableError: `reader_broken` where the reader has a bug that most pages meet: a release of what is left
            would take nearly everything away.
    """
    captures = opened.store.captures()
    made_of = inputs.of(opened, captures, opened.journal.read(Fetch))
    if not anew and not made_of.difference(inputs.published(opened)):
        return ReadSummary(sum(map(pages.is_page, pages.telling(captures))), 0, {}, {}, made_of, UNCHANGED)
    shapes: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    count = fresh = 0
    for capture, gist, is_fresh in _readings(opened).gists(processors()):
        count += pages.is_page(capture)
        fresh += is_fresh and pages.is_page(capture)
        shapes[gist.shape] += 1
        faults.update(gist.faults)
        if is_fresh:
            what = "items" if gist.kind == "feed" else "contributions"
            say(f"read {capture.url} ({gist.shape}), {what}: {gist.found}")
    broken = faults[str(Code.READER_FAILED)]
    if broken > 1 and broken > count / 2:
        raise RoundtableError(Code.READER_BROKEN, f"{broken} of {count} pages meet a bug of the reader", "read")
    return ReadSummary(count, fresh, dict(shapes), dict(faults), made_of)


def _readings(opened: OpenedHome) -> CachedReadings:
    return CachedReadings(opened.store.captures(), opened.store.payload, opened.register, opened.page_cache)


@dataclass(frozen=True, slots=True)
class DiscussSummary:
    """What the discussion came to.

    Attributes:
        written: the candidate release.
        failures: the checks that it fails.
        alarms: those that stand.
        inputs: what the candidate was made of.
        because: why it was assembled.
        unchanged: why nothing was; None where it was.
    """

    written: parquet.Written
    failures: list[publish.Failure]
    alarms: list[Alarm]
    inputs: inputs.Inputs
    because: str = ""
    unchanged: str | None = None


def discuss(
    opened: OpenedHome, say: Say, *, run_id: str | None = None, anew: bool = True, accept_losses: bool = False
) -> DiscussSummary:
    """Make the rows of every table, write them as a candidate release, and check it.

    The candidate is put forward only if no check finds a row; the published release stays until then.

    Args:
        opened: the home.
        say: is told what came of it.
        run_id: stands in the captures of the register's files.
        anew: False where nothing need be assembled as long as the published release was made of the same; its
            bookkeeping is then brought up to date, and only the checks that warn are repeated.
        accept_losses: True where contributions may be missing that are published (`warehouse.losses`).
    """
    before = inputs.published(opened)
    if not anew:
        renewed = _renewed(opened, before, run_id)
        if renewed:
            durable.point(opened.home.tables / CANDIDATE, renewed.written.folder.name)
            say(f"nothing is assembled: {renewed.unchanged}")
            return renewed
    releases = opened.journal.read(Release)
    records = Records()

    def told() -> Iterator[Records]:
        nonlocal records
        for part in make_records(opened, run_id):
            records = part
            yield part

    written = parquet.write(
        told(),
        opened.home.tables,
        releases,
        changes=opened.journal.read(ReleaseChange),
        now=now(),
        code_version=CODE_VERSION,
    )
    lost = losses.vanished(written, release_folder.current(opened.home.tables), accepted=accept_losses)
    failures = [*publish.failures(written.folder), *([lost] if lost else [])]
    if all(failure.is_warning for failure in failures):
        durable.point(opened.home.tables / CANDIDATE, written.folder.name)
    words = "a new release" if written.is_new else "no change in content"
    say(f"contributions: {written.rows['contributions']}, round tables: {written.rows['round_tables']}; {words}")
    for row in records.of(Rejection):
        if row.stage in {"correct", "authority"}:
            place = (row.code, row.url.removeprefix("urn:roundtable:"), row.locator, row.excerpt, row.reason)
            say(": ".join(word for word in place if word))
    for failure in failures:
        rows = f"{failure.number} rows" if failure.number > 1 else "1 row"
        first = ", ".join(f"{name} {value}" for name, value in zip(failure.columns, failure.rows[0], strict=True))
        say(f"{'warning' if failure.is_warning else 'check failed'}: {failure.check}: {failure.demand} {rows}: {first}")
    alarms = [alarm for alarm in records.of(Alarm) if alarm.stands]
    for alarm in alarms:
        say(f"alarm: {alarm.url}: {alarm.field} {alarm.kind}: {alarm.expected} → {alarm.found}")
    made_of = inputs.of(opened, opened.store.captures(), opened.journal.read(Fetch))
    inputs.note(opened, written.folder, made_of)
    because = "it was asked for" if anew else made_of.difference(before)
    return DiscussSummary(written, failures, alarms, made_of, because)


def _renewed(opened: OpenedHome, before: inputs.Inputs | None, run_id: str | None) -> DiscussSummary | None:
    """The published release with its bookkeeping brought up to date; None where it has to be assembled anew."""
    opened.keep_curation(run_id)
    captures, fetches = opened.store.captures(), opened.journal.read(Fetch)
    made_of = inputs.of(opened, captures, fetches)
    standing = release_folder.current(opened.home.tables)
    if standing is None or made_of.difference(before):
        return None
    shown = _with_access(captures, release_folder.column(standing, "captures", "access"))
    if shown is None:
        return None
    records = Records()
    records.extend([*shown, *fetches, *opened.journal.read(Run), *agenda.settled(opened.journal.read(Visit))])
    # What was decided is what it was: the curation has not changed.
    decided = (event for event in release_folder.rows_of(standing, Event) if event.type in DECIDED_EVENTS)
    records.extend([*opened.journal.read(Event), *decided])
    releases = opened.journal.read(Release)
    records.extend(releases)
    rows = {name: found for name, found in records.by_table().items() if name in _BOOKKEEPING}
    written = parquet.renew(rows, opened.home.tables, releases)
    inputs.note(opened, written.folder, made_of)
    alarms = [alarm for alarm in release_folder.rows_of(standing, Alarm) if alarm.stands]
    return DiscussSummary(written, publish.warnings(written.folder), alarms, made_of, unchanged=UNCHANGED)


def published_faults(opened: OpenedHome) -> dict[str, int]:
    """Fault → how often it was met in the reading of the published pages."""
    release = release_folder.current(opened.home.tables)
    rows = release_folder.rows_of(release, Rejection) if release else []
    return Counter(row.code for row in rows if row.stage == "read")


def _with_access(captures: Sequence[Capture], known: Mapping[str, str]) -> list[Capture] | None:
    """The captures, each with its published access; None where that of a new one would have to be decided.

    A new one that confirms an open page is open. What confirms a page that is kept back is a matter for the rules.
    """
    found = []
    for capture in captures:
        access = known.get(capture.capture_id) or known.get(capture.refers_to or "")
        if capture.capture_id not in known and access != "open":
            return None
        found.append(capture if access == "open" else replace(capture, access=access))  # type: ignore[arg-type]  # as the table has it
    return found


def make_records(opened: OpenedHome, run_id: str | None = None) -> Iterator[Records]:
    """The rows of every table, from the captures, the curation and the journal, part by part.

    The last part holds all that is not told contribution by contribution; behind it, the ids are saved.
    """
    files = opened.keep_curation(run_id)
    index.rebuild(opened.home.captures)
    ids = opened.ids()
    last = Records()
    with KeptTexts(opened.home.cache / "citations.sqlite") as kept:
        for last in parts(
            _readings(opened),
            opened.register,
            ids,
            captures=opened.store.captures(),
            fetches=opened.journal.read(Fetch),
            runs=opened.journal.read(Run),
            visits=agenda.settled(opened.journal.read(Visit)),
            events=opened.journal.read(Event),
            register_captures=files,
            curation=opened.curation(),
            authority=opened.authority(),
            kept_citations=kept,
        ):
            yield last
    opened.save_ids(ids)
    sealed = [capture for capture in last.of(Capture) if capture.access == "sealed"]
    pages.forget(sealed, opened.register, opened.page_cache)


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
    release_folder.check(candidate)
    release = release_folder.release_of(candidate)
    if release.release_id not in {known.release_id for known in opened.journal.read(Release)}:
        # What it changed goes first: a release is noted when all of it is.
        opened.journal.append(*release_folder.changes_of(candidate, release))
        opened.journal.append(release)
    parquet.point_to(folder, candidate)
    link.unlink()
    withdrawn = opened.withdrawn()
    for name in parquet.forget(folder, withdrawn):
        say(f"release folder {name} is removed: it held what was withdrawn since")
    say(f"release {release.release_id} stands in {candidate.name}")
    return release


def publish_database(opened: OpenedHome, say: Say) -> Path:
    """Build the database from the current release and swap it in.

    Raises:
        RoundtableError: `tables_damaged` where there is no release, `wal_in_the_way`.
    """
    current = release_folder.current(opened.home.tables)
    if current is None:
        raise RoundtableError(Code.TABLES_DAMAGED, "there is no release to publish", str(opened.home.tables))
    note = opened.home.cache / "database.json"
    how = publish.publish(current, opened.home.database, note=note, program=inputs.code_digest())
    say(f"published {opened.home.database.name} from release {current.name} ({how})")
    return opened.home.database
