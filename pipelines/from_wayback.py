"""Fetching from a web archive what it has of the pages that are known.

Here belongs choosing the pages, and the manners of the visit. Not here: what the archive's answers are
(`archive.captures.visit`), and the live web (`ingest`).
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence

from archive.captures.harvest import Budget, Due, Found, Round
from archive.captures.visit import Visit, settled
from archive.codes import Outcome
from archive.discussion.pages import is_page
from archive.fetch.guard import Resolver
from archive.fetch.politeness import Politeness
from archive.fetch.session import Session, user_agent
from archive.fetch.wayback import Wayback
from archive.fetch.wire import Limits
from archive.model import Fetch, Run
from archive.sources.register import RegisteredSource
from pipelines.ingest import check_names, ended, known_addresses, named_pages, tables_of
from pipelines.opened import CODE_VERSION, OpenedHome
from pipelines.steps import Say, now

Days = tuple[dt.date | None, dt.date | None]


def harvest_archive(
    opened: OpenedHome, names: Sequence[str], days: Days, *, run_id: str, command: str, say: Say
) -> tuple[Run, list[Fetch]]:
    """Fetch the captures that the configured archive has of every address that `names` mean, and that are not held.

    Args:
        opened: the home.
        names: publishers, series or round tables; all where none is given.
        days: the first and the last day of capture that are wanted, in UTC.
        run_id: stands in every row and capture.
        command: what was asked for.
        say: is told of each attempt.

    Returns:
        The run's row and the row of each attempt; all of them are in the journal already.

    Raises:
        RoundtableError: what `check_names` raises.
    """
    started_at = now()
    config = opened.home.config
    chosen = check_names(opened, names, from_wayback=True)
    archive = Wayback(config.wayback)
    visit = Visit(
        archive,
        opened.store,
        run_id=run_id,
        settled=settled(opened.journal.read(Fetch)),
        since=days[0],
        until=days[1],
        max_bytes=config.max_bytes,
    )
    pages = [one.url for source in chosen for one in known_addresses(opened, source, tables_of(source, names))]
    expand = _expansion(opened, chosen, names, visit)
    due = [*visit.look_up(pages), *(one for found in _held_pages(opened) for one in expand(found))]
    for source in opened.register.sources:
        if source.keys.publisher.bundled and tables_of(source, names):
            say(f"{source.keys.publisher.name} comes with the program and is in no archive: left out")
    say(f"{config.wayback}: {len(due)} known addresses are looked up")
    rows = Round(
        due,
        session=Session(
            user_agent(CODE_VERSION, config.contact or ""),
            resolver=Resolver(),
            limits=Limits(wire_bytes=config.max_bytes, total_seconds=config.timeout_seconds),
        ),
        store=opened.store,
        politeness=Politeness(config.wayback_delay_seconds),
        journal=opened.journal.append,
        run_id=run_id,
        report=lambda row: say(_told(row, archive)),
        expand=expand,
        keep=visit.keep,
        budget=Budget(config.requests_per_run),
    ).go()
    kinds = visit.counts(rows)
    return ended(opened, kinds, kinds.total(), run_id=run_id, command=command, started_at=started_at), rows


def _expansion(
    opened: OpenedHome, chosen: Sequence[RegisteredSource], names: Sequence[str], visit: Visit
) -> Callable[[Found], Iterable[Due]]:
    """What a list makes due; and the addresses in scope that an archived page names, to be looked up as well."""
    table_ids = {table.id for source in chosen for table in tables_of(source, names)}

    def expand(found: Found) -> Iterable[Due]:
        if found.kind == "list":
            yield from visit.expand(found.url)
        source = opened.register.for_url(found.capture.url) if found.capture else None
        if source and source in chosen:
            yield from visit.look_up(named_pages(opened, table_ids, found))

    return expand


def _held_pages(opened: OpenedHome) -> Iterator[Found]:
    """What earlier visits brought: landing pages among it name addresses that those may not have got to."""
    for capture in opened.store.captures():
        if capture.origin == "wayback" and is_page(capture):
            yield Found(capture.url, "page", Outcome.UNCHANGED, capture)


def _told(row: Fetch, archive: Wayback) -> str:
    """A line of progress: of a list the address that it is about, of a capture its time there and the raw address."""
    if row.outcome in {Outcome.LISTED, Outcome.NOT_ARCHIVED}:
        return f"{row.outcome:<18} {row.detail}"
    captured = archive.captured(row.url)
    when = f"{captured[1]:%Y-%m-%d %H:%M:%S}  " if captured else ""
    detail = f" ({row.detail})" if row.kind == "failed" and row.detail else ""
    return f"{row.outcome:<18} {when}{row.url}{detail}"
