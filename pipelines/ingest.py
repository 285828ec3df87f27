"""Fetching what is due: which addresses, with whose manners, into which captures.

Here belongs turning the register into a list of addresses and a session for each publisher. Not here: the fetching
(`archive.fetch`) and the loop over addresses (`archive.captures.harvest`).
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from archive.captures import index
from archive.captures.harvest import Budget, Due, Found, Round
from archive.codes import Code, Outcome, RoundtableError
from archive.demo.server import serving
from archive.discussion.pages import is_page, read_all
from archive.fetch.guard import Resolver
from archive.fetch.politeness import Hosts, Politeness
from archive.fetch.session import Session, user_agent
from archive.fetch.wire import Limits
from archive.home import Config
from archive.model import Fetch, Run, Visit
from archive.model.captures import TargetSource
from archive.normalise import urls
from archive.reading.feeds import items
from archive.sources.discovery import feeds, links
from archive.sources.register import RegisteredRoundTable, RegisteredSource
from archive.sources.schema import HUB_ROLES
from pipelines import turns, visits
from pipelines.opened import CODE_VERSION, OpenedHome
from pipelines.steps import Say, now

_DEMONSTRATION = "https://www.lamplighter.example/about/, on loopback"


def check_names(opened: OpenedHome, names: Sequence[str], *, from_wayback: bool = False) -> list[RegisteredSource]:
    """The publishers that `names` mean, if every one of them may be asked.

    Where no names are given, those are left out that cannot be asked yet for want of a contact address, as long as
    any are left. What comes with the program is in no archive, and left out where one is asked.

    Raises:
        RoundtableError: `source_unknown`, `contact_missing` where anybody's server is to be asked without one, or
            `in_no_archive` where nothing else is named.
    """
    register = opened.register
    tables = {table.id for name in names for table in register.named(name)}
    chosen = [
        source
        for source in register.sources
        if not names or source.id in names or tables & {table.id for table in source.round_tables}
    ]
    live = [source.id for source in chosen if not source.keys.publisher.bundled]
    if from_wayback:
        if chosen and not live:
            raise RoundtableError(Code.IN_NO_ARCHIVE, "no web archive has it", f"ingest {' '.join(names)}")
        chosen = [source for source in chosen if source.id in live]
    if not live or opened.home.config.contact:
        return chosen
    bundled = [source for source in chosen if source.keys.publisher.bundled]
    if bundled and not names and not from_wayback:
        return bundled
    raise RoundtableError(Code.CONTACT_MISSING, "no contact address is set", f"ingest {' '.join(live)}")


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a run fetched.

    Attributes:
        run: the run's row.
        rows: the row of each attempt.
        visits: the row of each round table that was visited.
    """

    run: Run
    rows: list[Fetch]
    visits: list[Visit]


def harvest_sources(
    opened: OpenedHome, names: Sequence[str], *, due_only: bool = False, run_id: str, command: str, say: Say
) -> Harvest:
    """Fetch every address that `names` mean (all that the register knows, where none is given).

    Args:
        opened: the home.
        names: publishers, series or round tables.
        due_only: leave out the round tables that the agenda does not hold for due.
        run_id: stands in every row and capture.
        command: what was asked for.
        say: is told of each attempt.

    Returns:
        What stands in the journal already.

    Raises:
        RoundtableError: what `check_names` raises.
    """
    started_at = now()
    chosen = check_names(opened, names)
    if not names and len(chosen) < len(opened.register.sources):
        say(f"only {', '.join(source.id for source in chosen)} is asked: {Code.CONTACT_MISSING.advice}")
    visiting = _Visiting(opened, run_id, say, Budget(opened.home.config.requests_per_run))
    in_order = _in_order(opened, chosen, names, due_only=due_only)
    planned = [turns.Planned(_targets_in(tables), visiting.visit(source, tables)) for source, tables in in_order]
    turns.take(planned, visiting.budget, visiting.baton)
    # Robots.txt and sitemaps are asked for on the way; what was due are pages, each where its redirects end.
    last = {row.url: row for row in visiting.rows}
    ends = (visits.end_of(url, last, opened.store) or last[url] for url in visiting.due if url in last)
    kinds = Counter(str(row.kind) for row in ends)
    run = ended(opened, kinds, len(visiting.due), run_id=run_id, command=command, started_at=started_at)
    return Harvest(run, visiting.rows, visiting.visits)


def _in_order(
    opened: OpenedHome, chosen: Sequence[RegisteredSource], names: Sequence[str], *, due_only: bool
) -> list[tuple[RegisteredSource, list[RegisteredRoundTable]]]:
    """The publishers with their chosen round tables; where only what is due is wanted, the longest due first."""
    if not due_only:
        return [(source, tables_of(source, names)) for source in chosen]
    by_source: dict[str, list[RegisteredRoundTable]] = {}
    for table in visits.plan(opened, now()).due_among(names):
        by_source.setdefault(table.publisher_id, []).append(table)
    return [(opened.register.get(name), tables) for name, tables in by_source.items()]


def ended(
    opened: OpenedHome, kinds: Counter[str], due: int, *, run_id: str, command: str, started_at: dt.datetime
) -> Run:
    """Note the end of a run in the journal, and bring the index up to date."""
    run = Run(
        run_id=run_id,
        command=command,
        started_at=started_at,
        ended_at=now(),
        due=due,
        fetched=kinds["fetched"],
        unchanged=kinds["unchanged"],
        refused=kinds["refused"],
        failed=kinds["failed"],
    )
    opened.journal.append(run)
    index.rebuild(opened.home.captures)
    return run


def tables_of(source: RegisteredSource, names: Sequence[str]) -> list[RegisteredRoundTable]:
    """The round tables of a publisher that `names` mean; all of them where none is given."""
    return [
        table
        for table in source.round_tables
        if not names or {table.id, table.keys.round_table.series, source.id} & set(names)
    ]


@dataclass(frozen=True)
class Manners:
    """How a publisher is asked: in whose name, within which limits, and how patiently."""

    agent: str
    limits: Limits
    politeness: Politeness

    def session(self, resolver: Resolver) -> Session:
        """A session that asks so."""
        return Session(self.agent, resolver=resolver, limits=self.limits)


def manners(opened: OpenedHome, source: RegisteredSource, hosts: Hosts | None = None) -> Manners:
    """How this publisher is asked from this home; `hosts` where others are asked in turns with it.

    Raises:
        RoundtableError: `contact_missing` for a publisher on the live web where no contact address is set.
    """
    config, publisher = opened.home.config, source.keys.publisher
    if not publisher.bundled and not config.contact:
        raise RoundtableError(Code.CONTACT_MISSING, "no contact address is set", source.id)
    delay = config.delay_seconds if publisher.delay_seconds is None else publisher.delay_seconds
    return Manners(
        user_agent(CODE_VERSION, _DEMONSTRATION if publisher.bundled else config.contact or ""),
        _limits(config),
        # A publisher may ask for more patience than the home's own setting, never for less on the live web.
        Politeness(delay if publisher.bundled else max(delay, config.delay_seconds), hosts=hosts),
    )


@contextmanager
def resolver_of(source: RegisteredSource) -> Iterator[Resolver]:
    """Where the publisher's hosts are: on the web, or, for the bundled one, on loopback for as long as it is asked."""
    if not source.keys.publisher.bundled:
        yield Resolver()
        return
    with serving() as address:
        yield Resolver(overrides=dict.fromkeys(source.keys.publisher.hosts, address))


@dataclass
class _Visiting:
    """What the visits of one run share.

    Attributes:
        due: address → its round table, of all that was to be fetched.
        hosts: when each was asked, whoever led to it.
        baton: laid down by a visit that waits.
    """

    opened: OpenedHome
    run_id: str
    say: Say
    budget: Budget
    due: dict[str, str] = field(default_factory=dict)
    hosts: Hosts = field(default_factory=Hosts)
    baton: turns.Baton = field(default_factory=turns.Baton)
    rows: list[Fetch] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)

    def visit(self, source: RegisteredSource, tables: Sequence[RegisteredRoundTable]) -> Iterator[Round]:
        """Visit a publisher, an address at each step; the journal knows of the beginning and of the end.

        One whose turn comes when the budget is spent is visited all the same: that nothing was asked there is noted.
        """
        self.say(f"{source.keys.publisher.name}: {_targets_in(tables)} known addresses")
        begun = visits.begun(tables, self.run_id, now())
        self.opened.journal.append(*begun)
        with resolver_of(source) as resolver:
            round_ = self._round(source, tables, resolver)
            while round_.left:
                yield round_
                round_.step()
        done = visits.ended(begun, self.due, round_.rows, self.opened.store, now())
        self.opened.journal.append(*done)
        self.rows += round_.rows
        self.visits += done

    def _round(self, source: RegisteredSource, tables: Sequence[RegisteredRoundTable], resolver: Resolver) -> Round:
        asked = manners(self.opened, source, self.hosts)
        targets = []
        for table in tables:
            for one in known_addresses(self.opened, source, [table]):
                targets.append(one)
                self.due.setdefault(one.url, table.id)
        feeds = source.keys.publisher.feeds
        listed = feeds if isinstance(feeds, list) and tables else []
        return Round(
            [*targets, *(Due(url, feed=True) for url in listed)],
            session=asked.session(resolver),
            store=self.opened.store,
            politeness=asked.politeness,
            journal=self.opened.journal.append,
            run_id=self.run_id,
            report=lambda row: self.say(_told(row)),
            expand=_discovery(self.opened, source, tables, self.due),
            budget=self.budget,
            meanwhile=self.baton.laid_down,
        )


def _targets_in(tables: Iterable[RegisteredRoundTable]) -> int:
    return sum(len(table.keys.targets) for table in tables)


def _limits(config: Config) -> Limits:
    """What the home's configuration allows; a body that comes unpacked may be as long as any."""
    usual = Limits()
    return Limits(
        wire_bytes=config.max_bytes,
        entity_bytes=max(config.max_bytes, usual.entity_bytes),
        total_seconds=config.timeout_seconds,
    )


def known_addresses(opened: OpenedHome, source: RegisteredSource, tables: Sequence[RegisteredRoundTable]) -> list[Due]:
    """The register's targets, and what earlier ingestions came to know."""
    return [*_targets(tables), *_known(opened, source, tables)]


def _targets(tables: Iterable[RegisteredRoundTable]) -> list[Due]:
    return [
        Due(target.url, planned=target.refused, named_by="register")
        for table in tables
        for target in table.keys.targets
    ]


def _known(opened: OpenedHome, source: RegisteredSource, tables: Sequence[RegisteredRoundTable]) -> list[Due]:
    """Addresses that earlier ingestions came to know, from the current release's targets."""
    chosen = {table.id for table in tables}
    return [
        Due(row["url"], named_by=row["source"])
        for row in opened.known_targets
        if row["publisher_id"] == source.id and row["round_table_id"] in chosen
    ]


def _discovery(
    opened: OpenedHome, source: RegisteredSource, tables: Sequence[RegisteredRoundTable], due: dict[str, str]
) -> Callable[[Found], Iterable[Due]]:
    """Further addresses of the chosen round tables: those in their scope that new pages or sitemaps name."""
    chosen = {table.id for table in tables}
    publisher, register = source.keys.publisher, opened.register
    known = {register.key(url) for url in due}

    def wanted(urls_found: Iterable[str], named_by: TargetSource) -> Iterable[Due]:
        for found in urls_found:
            table = register.in_scope(found) if register.for_url(found) == source else None
            if table and table.id in chosen and register.key(found) not in known:
                known.add(register.key(found))
                url = urls.canonical(found, keep_query=not publisher.query_is_noise)
                due.setdefault(url, table.id)
                yield Due(url, named_by=named_by)

    def expand(found: Found) -> Iterable[Due]:
        yield from (Due(url, sitemap=True) for url in found.sitemaps if publisher.sitemaps)
        yield from wanted(found.pages, "sitemap")
        if found.kind == "feed" and found.capture:
            listed = items(opened.store.payload(found.capture), found.url, found.capture.charset).items
            yield from wanted((item.url for item in listed), "feed")
        yield from wanted(named_pages(opened, chosen, found), "link")
        if publisher.feeds and found.kind == "page" and found.capture:
            # Also of a page that is what it was (which an answer 304 may say): the feed that it names need not be.
            named = feeds(opened.store.payload(found.capture), found.capture.url, register)
            yield from (Due(url, feed=True) for url in named)

    return expand


def named_pages(opened: OpenedHome, table_ids: Collection[str], found: Found) -> list[str]:
    """The addresses in scope that a page names that has just come.

    A hub is read whatever it says, since a run that was cut short may not have got to what it named; of any other page
    what it named before is known from its contributions.
    """
    if found.kind != "page" or not found.capture:
        return []
    target = opened.register.target(found.capture.url)
    is_hub = target is not None and target[1].role in HUB_ROLES
    if not is_hub and (found.outcome is not Outcome.FETCHED or not is_page(found.capture)):
        return []
    # What an answer 304 confirms is the page that was read before, and that is in the cache.
    capture = opened.store.get(found.capture.refers_to or "") or found.capture
    pages = read_all([capture], opened.store.payload, opened.register, opened.page_cache)
    return [url for reading in pages for url in links(reading.page, opened.register, table_ids)]


def _told(row: Fetch) -> str:
    detail = f" ({row.detail})" if row.kind == "failed" and row.detail else ""
    return f"{row.outcome:<18} {row.url}{detail}"
