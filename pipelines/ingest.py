"""Fetching what is due: which addresses, with whose manners, into which captures.

Here belongs turning the register into a list of addresses and a session for each publisher. Not here: the fetching
(`archive.fetch`) and the loop over addresses (`archive.captures.harvest`).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pyarrow.parquet as pq

from archive.captures import index
from archive.captures.harvest import Due, Found, harvest
from archive.codes import Code, Outcome, RoundtableError
from archive.demo.server import serving
from archive.discussion.pages import is_page
from archive.fetch.guard import Resolver
from archive.fetch.politeness import Politeness
from archive.fetch.session import Session, user_agent
from archive.fetch.wire import Limits
from archive.model import Fetch, Run
from archive.reading.reader import read
from archive.sources.discovery import links
from archive.sources.register import RegisteredRoundTable, RegisteredSource
from pipelines.opened import CODE_VERSION, OpenedHome
from pipelines.steps import Say, now
from warehouse import parquet

_DEMONSTRATION = "https://www.lamplighter.example/about/, on loopback"


def check_names(opened: OpenedHome, names: Sequence[str]) -> list[RegisteredSource]:
    """The publishers that `names` mean, if every one of them may be asked.

    Where no names are given, those are left out that cannot be asked yet for want of a contact address, as long as
    any are left.

    Raises:
        RoundtableError: `source_unknown`, or `contact_missing` where the live web is to be crawled without one.
    """
    register = opened.register
    tables = {table.id for name in names for table in register.named(name)}
    chosen = [
        source
        for source in register.sources
        if not names or source.id in names or tables & {table.id for table in source.round_tables}
    ]
    live = [source.id for source in chosen if not source.keys.publisher.bundled]
    if not live or opened.home.config.contact:
        return chosen
    bundled = [source for source in chosen if source.keys.publisher.bundled]
    if bundled and not names:
        return bundled
    raise RoundtableError(Code.CONTACT_MISSING, "no contact address is set", f"ingest {' '.join(live)}")


def harvest_sources(
    opened: OpenedHome, names: Sequence[str], *, run_id: str, command: str, say: Say
) -> tuple[Run, list[Fetch]]:
    """Fetch every address that `names` mean (all that the register knows, where none is given).

    Returns:
        The run's row and the row of each attempt; all of them are in the journal already.

    Raises:
        RoundtableError: what `check_names` raises.
    """
    started_at = now()
    rows: list[Fetch] = []
    due: set[str] = set()
    chosen = check_names(opened, names)
    if not names and len(chosen) < len(opened.register.sources):
        say(f"only {', '.join(source.id for source in chosen)} is asked: {Code.CONTACT_MISSING.advice}")
    for source in chosen:
        tables = [table for table in source.round_tables if not names or _is_named(table, source, names)]
        say(f"{source.keys.publisher.name}: {sum(len(table.keys.targets) for table in tables)} known addresses")
        with resolver_of(source) as resolver:
            rows += _harvest(opened, source, tables, resolver, due, run_id, say)
    # Robots.txt and sitemaps are asked for on the way; what was due are pages.
    last = {row.url: row.kind for row in rows if row.url in due}
    kinds = Counter(last.values())
    run = Run(
        run_id=run_id,
        command=command,
        started_at=started_at,
        ended_at=now(),
        due=len(due),
        fetched=kinds["fetched"],
        unchanged=kinds["unchanged"],
        refused=kinds["refused"],
        failed=kinds["failed"],
    )
    opened.journal.append(run)
    index.rebuild(opened.home.captures)
    return run, rows


def _is_named(table: RegisteredRoundTable, source: RegisteredSource, names: Sequence[str]) -> bool:
    return bool({table.id, table.keys.round_table.series, source.id} & set(names))


@dataclass(frozen=True)
class Manners:
    """How a publisher is asked: in whose name, within which limits, and how patiently."""

    agent: str
    limits: Limits
    politeness: Politeness

    def session(self, resolver: Resolver) -> Session:
        """A session that asks so."""
        return Session(self.agent, resolver=resolver, limits=self.limits)


def manners(opened: OpenedHome, source: RegisteredSource) -> Manners:
    """How this publisher is asked from this home.

    Raises:
        RoundtableError: `contact_missing` for a publisher on the live web where no contact address is set.
    """
    config, publisher = opened.home.config, source.keys.publisher
    if not publisher.bundled and not config.contact:
        raise RoundtableError(Code.CONTACT_MISSING, "no contact address is set", source.id)
    delay = config.delay_seconds if publisher.delay_seconds is None else publisher.delay_seconds
    return Manners(
        user_agent(CODE_VERSION, _DEMONSTRATION if publisher.bundled else config.contact or ""),
        Limits(wire_bytes=config.max_bytes, total_seconds=config.timeout_seconds),
        # A publisher may ask for more patience than the home's own setting, never for less on the live web.
        Politeness(delay if publisher.bundled else max(delay, config.delay_seconds)),
    )


@contextmanager
def resolver_of(source: RegisteredSource) -> Iterator[Resolver]:
    """Where the publisher's hosts are: on the web, or, for the bundled one, on loopback for as long as it is asked."""
    if not source.keys.publisher.bundled:
        yield Resolver()
        return
    with serving() as address:
        yield Resolver(overrides=dict.fromkeys(source.keys.publisher.hosts, address))


def _harvest(
    opened: OpenedHome,
    source: RegisteredSource,
    tables: Sequence[RegisteredRoundTable],
    resolver: Resolver,
    due: set[str],
    run_id: str,
    say: Say,
) -> list[Fetch]:
    """Fetch the pages of one publisher; their addresses are added to `due`."""
    asked = manners(opened, source)
    targets = [*_targets(tables), *_known(opened, source, tables)]
    due.update(one.url for one in targets)
    return harvest(
        targets,
        session=asked.session(resolver),
        store=opened.store,
        politeness=asked.politeness,
        journal=opened.journal.append,
        run_id=run_id,
        report=lambda row: say(_told(row)),
        expand=_discovery(opened, source, tables, due),
        budget=opened.home.config.requests_per_run,
    )


def _targets(tables: Iterable[RegisteredRoundTable]) -> list[Due]:
    return [Due(target.url, planned=target.refused) for table in tables for target in table.keys.targets]


def _known(opened: OpenedHome, source: RegisteredSource, tables: Sequence[RegisteredRoundTable]) -> list[Due]:
    """Addresses that earlier ingestions came to know, from the current release's targets."""
    release = parquet.check_published(opened.home.tables)
    if release is None:
        return []
    chosen = {table.id for table in tables}
    rows = pq.read_table(release / "targets.parquet", columns=["url", "publisher_id", "round_table_id", "source"])
    return [
        Due(row["url"])
        for row in rows.to_pylist()
        if row["publisher_id"] == source.id and row["round_table_id"] in chosen and row["source"] in {"link", "sitemap"}
    ]


def _discovery(
    opened: OpenedHome, source: RegisteredSource, tables: Sequence[RegisteredRoundTable], due: set[str]
) -> Callable[[Found], Iterable[Due]]:
    """Further addresses of the chosen round tables: those in their scope that new pages or sitemaps name."""
    chosen = {table.id for table in tables}
    sitemaps = source.keys.publisher.sitemaps

    def wanted(url: str) -> bool:
        found = opened.register.in_scope(url)
        return opened.register.for_url(url) == source and found is not None and found.id in chosen

    def expand(found: Found) -> Iterable[Due]:
        yield from (Due(url, sitemap=True) for url in found.sitemaps if sitemaps)
        pages = [url for url in found.pages if wanted(url)]
        if found.kind == "page" and found.capture and found.outcome is Outcome.FETCHED and is_page(found.capture):
            # Only what is new is read here; what earlier pages named is known already.
            page = read(opened.store.payload(found.capture), found.url, source.source)
            pages += links(page, opened.register, chosen)
        due.update(pages)
        yield from map(Due, pages)

    return expand


def _told(row: Fetch) -> str:
    detail = f" ({row.detail})" if row.kind == "failed" and row.detail else ""
    return f"{row.outcome:<18} {row.url}{detail}"
