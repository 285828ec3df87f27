"""The round: from addresses that are due to captures and rows of the journal.

Here belongs the order of things for each address (robots.txt, waiting, asking, keeping, noting, following) and what
becomes of the rest when a host cannot be reached or the budget is spent. Not here: what is due, and which of the
addresses that turn up on the way are wanted: the caller decides both.
"""

import datetime as dt
from collections import Counter, deque
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from archive.captures.store import CaptureStore
from archive.codes import Outcome
from archive.fetch import sitemap
from archive.fetch.exchange import Exchange
from archive.fetch.guard import url_refusal
from archive.fetch.politeness import Politeness, retry_after
from archive.fetch.robots import Robots, origin_of
from archive.fetch.session import Session
from archive.model.captures import Capture, Fetch, TargetSource

MOST_REDIRECTS = 10
_ATTEMPTS = 3
_BACKOFF = 5.0
"""Seconds before the second attempt; each further one waits twice as long."""
_MOST_PATIENCE = 120.0
"""The longest Retry-After, in seconds, that is waited for within a run."""
_MOST_SILENCES = 2
"""How many addresses of a host, one after the other, may come to no answer in any attempt before it is left alone:
each of them keeps one of the few places at which answers are waited for."""

_WORTH_RETRYING = {Outcome.THROTTLED, Outcome.SERVER_ERROR, Outcome.TIMED_OUT, Outcome.CONNECT_FAILED}
_HOST_IS_OUT = {
    Outcome.HOST_UNRESOLVED,
    Outcome.ADDRESS_REFUSED,
    Outcome.CONNECT_FAILED,
    Outcome.TLS_FAILED,
    Outcome.THROTTLED,
}
"""Outcomes that say something of the host and not of the address."""


Keep = Callable[[Exchange], tuple[Exchange, Capture | None]]
"""Given what came: how the attempt ended, and the capture that it left."""


@dataclass(frozen=True, slots=True)
class Due:
    """An address to be fetched.

    Attributes:
        url: the address.
        planned: True where it is known that robots.txt refuses it.
        sitemap: True where a sitemap is expected there.
        feed: True where a feed is: RSS, Atom, JSON Feed, or WordPress's list of posts.
        named_by: who told us of it, where it is a page.
    """

    url: str
    planned: bool = False
    sitemap: bool = False
    feed: bool = False
    named_by: TargetSource | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What turned up on the way, for the caller to choose from.

    Attributes:
        url: where it was found.
        kind: a robots.txt that names sitemaps, a sitemap, a feed, a page, or an archive's list of captures.
        outcome: `fetched`, or `unchanged` where it says what it said before; of a list `listed`.
        capture: the capture of it; None for robots.txt and a list.
        pages: addresses that a sitemap lists; what a feed lists is for the caller to read.
        sitemaps: addresses that a robots.txt or a sitemap index names.
    """

    url: str
    kind: Literal["robots", "sitemap", "feed", "page", "list"]
    outcome: Outcome
    capture: Capture | None = None
    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


@dataclass(slots=True)
class Budget:
    """How many requests may still be sent, by all that share it."""

    left: int = 2_000

    def spend(self) -> None:
        """Take one."""
        if self.left <= 0:
            raise _Spent
        self.left -= 1


def keep_live(store: CaptureStore, run_id: str, exchange: Exchange) -> tuple[Exchange, Capture | None]:
    """Keep a whole answer under the address that was asked, and say whether anything is new."""
    if exchange.entity is None:
        return exchange, None
    held = store.latest(exchange.url)
    capture = store.keep(exchange, run_id=run_id)
    if exchange.outcome is not Outcome.FETCHED:
        return exchange, capture
    if not exchange.entity and not _is_robots_txt(exchange.url):
        return replace(exchange, outcome=Outcome.EMPTY), capture
    if held and capture.payload_sha256 == held.payload_sha256:
        return replace(exchange, outcome=Outcome.UNCHANGED), capture
    return exchange, capture


class _Spent(Exception):  # noqa: N818 - it ends the round, it is no fault
    """The budget is spent."""


class Round:
    """Fetches what is due, keeps what comes, and notes how each attempt ended, as it happens.

    Whenever this is interrupted, what was noted stays. The next round is given the same addresses and asks, where
    something is held already, whether it has changed.

    Args:
        due: the addresses, in order; one that comes twice is fetched once.
        session: asks.
        store: keeps.
        politeness: waits.
        journal: makes a row durable.
        run_id: stands in every row and capture.
        report: is told of each row after it has been noted.
        expand: gives further addresses for what turned up.
        keep: keeps a whole answer, or not, and says how the attempt ended; as answers of the live web if not given.
        budget: how many requests may be sent, the usual number if not given; addresses that are left get a row
            `stopped`.
        meanwhile: entered while a host or its answer is waited for, when others may use store and journal.

    Attributes:
        rows: every row, in order: one for each attempt, robots.txt and redirects included, and one for each address
            that was not tried.

    Raises:
        OSError, RoundtableError: the store or the journal cannot be written, or is damaged.
    """

    def __init__(  # noqa: PLR0913 - each is a door to another room; a bundle of them would only hide that
        self,
        due: Iterable[Due],
        *,
        session: Session,
        store: CaptureStore,
        politeness: Politeness,
        journal: Callable[[Fetch], None],
        run_id: str,
        report: Callable[[Fetch], None] = lambda _: None,
        expand: Callable[[Found], Iterable[Due]] = lambda _: (),
        keep: Keep | None = None,
        budget: Budget | None = None,
        meanwhile: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._session = session
        self._store = store
        self._politeness = politeness
        self._journal = journal
        self._report = report
        self._run_id = run_id
        self._expand = expand
        self._keep = keep or partial(keep_live, store, run_id)
        self._budget = budget or Budget()
        self._meanwhile = meanwhile
        self._robots = Robots(session.product, self._robots_txt)
        self._queue: deque[Due] = deque()
        self._planned: set[str] = set()
        self._named: dict[str, TargetSource] = {}
        self._seen: set[str] = set()
        self._origins: set[str] = set()
        self._out: dict[str, tuple[Outcome, str]] = {}
        self._silences: Counter[str] = Counter()
        self.rows: list[Fetch] = []
        self._enqueue(due)

    @property
    def left(self) -> int:
        """How many addresses are still to be visited."""
        return len(self._queue)

    def step(self) -> None:
        """Visit the next address, and wait for its host as long as that takes."""
        self._visit(self._queue.popleft())

    def go(self) -> list[Fetch]:
        """Visit them all, one after the other; returns the rows."""
        while self._queue:
            self.step()
        return self.rows

    def _enqueue(self, due: Iterable[Due]) -> None:
        for one in due:
            self._queue.append(one)
            if one.planned:
                self._planned.add(one.url)
            if one.named_by:
                self._named.setdefault(one.url, one.named_by)

    def _visit(self, due: Due) -> None:
        """Fetch one address and where it leads."""
        url, came_from, chain = due.url, None, [due.url]
        while url not in self._seen:
            self._seen.add(url)
            try:
                exchange, capture = self._fetch_allowed(url, came_from, chain)
            except _Spent:
                if not any(row.url == url for row in self.rows[-_ATTEMPTS:]):
                    self._note(url, Outcome.STOPPED, "the budget of requests for this run is spent")
                return
            if exchange is None:
                return
            if exchange.outcome is not Outcome.REDIRECTED or exchange.location is None:
                self._look_into(exchange, capture, due)
                return
            url, came_from = exchange.location, url
            chain.append(url)

    def _fetch_allowed(
        self, url: str, came_from: str | None, chain: list[str]
    ) -> tuple[Exchange | None, Capture | None]:
        """The exchange with `url`, if robots.txt and the host's state allow one."""
        refusal = url_refusal(url)
        if refusal:
            self._note(url, Outcome.ADDRESS_REFUSED, refusal)
            return None, None
        # Robots.txt is asked for before the host's state is looked at: that is when we learn of it.
        verdict = None if origin_of(url) in self._out else self._robots.allowed(url)
        if origin_of(url) in self._out:
            outcome, detail = self._out[origin_of(url)]
            self._note(url, outcome, f"not tried: {detail}")
            return None, None
        if verdict:
            self._note(url, verdict, verdict.meaning)
            return None, None
        self._look_at_sitemaps(url)
        return self._fetch(url, came_from, chain, self._robots.crawl_delay(url))

    def _robots_txt(self, url: str, came_from: str | None) -> Exchange:
        self._seen.add(url)
        exchange, capture = self._fetch(url, came_from, [url], None)
        if exchange.status == 304 and capture:
            return replace(exchange, entity=self._store.payload(capture))
        return exchange

    def _fetch(
        self, url: str, came_from: str | None, chain: list[str], crawl_delay: float | None
    ) -> tuple[Exchange, Capture | None]:
        """Ask until there is an answer or asking again makes no sense; every attempt is kept and noted."""
        for attempt in range(1, _ATTEMPTS + 1):
            exchange, capture = self._attempt(url, came_from, chain, crawl_delay)
            if exchange.outcome not in _WORTH_RETRYING:
                break
            patience = retry_after(exchange) or _BACKOFF * 2 ** (attempt - 1)
            if patience > _MOST_PATIENCE:
                self._out[origin_of(url)] = Outcome.THROTTLED, f"the server asked us to wait {patience:.0f} s"
                break
            self._politeness.defer(url, patience)
        origin = origin_of(url)
        self._silences[origin] = self._silences[origin] + 1 if exchange.outcome is Outcome.TIMED_OUT else 0
        never_connected = exchange.outcome is Outcome.TIMED_OUT and exchange.ip_address is None
        if exchange.outcome in _HOST_IS_OUT or never_connected or self._silences[origin] >= _MOST_SILENCES:
            self._out.setdefault(origin, (exchange.outcome, exchange.detail or exchange.outcome.meaning))
        return exchange, capture

    def _attempt(
        self, url: str, came_from: str | None, chain: list[str], crawl_delay: float | None
    ) -> tuple[Exchange, Capture | None]:
        self._budget.spend()
        held = self._store.latest(url)
        with self._meanwhile(), self._politeness.turn(url, crawl_delay):
            exchange = self._session.fetch(
                url,
                etag=held.etag if held else None,
                last_modified=held.last_modified if held else None,
                redirected_from=came_from,
            )
        exchange, capture = self._keep(_checked(exchange, chain))
        self._note(url, exchange.outcome, exchange.detail, exchange, capture)
        return exchange, capture

    def _look_at_sitemaps(self, url: str) -> None:
        """Tell the caller, once for each origin, which sitemaps its robots.txt names."""
        origin = origin_of(url)
        if origin not in self._origins:
            self._origins.add(origin)
            named = tuple(self._robots.sitemaps(url))
            if named:
                found = Found(f"{origin}/robots.txt", "robots", Outcome.FETCHED, sitemaps=named)
                self._enqueue(self._expand(found))

    def _look_into(self, exchange: Exchange, capture: Capture | None, due: Due) -> None:
        """Tell the caller what came."""
        outcome = exchange.outcome
        if outcome is Outcome.LISTED:
            self._enqueue(self._expand(Found(exchange.url, "list", outcome)))
        if capture is None or outcome not in {Outcome.FETCHED, Outcome.UNCHANGED}:
            return
        found = Found(exchange.url, "page", outcome, capture)
        if due.sitemap:
            read = sitemap.locations(self._store.payload(capture))
            found = Found(exchange.url, "sitemap", outcome, capture, tuple(read.urls), tuple(read.sitemaps))
        elif due.feed:
            found = Found(exchange.url, "feed", outcome, capture)
        self._enqueue(self._expand(found))

    def _note(
        self,
        url: str,
        outcome: Outcome,
        detail: str | None,
        exchange: Exchange | None = None,
        capture: Capture | None = None,
    ) -> None:
        moment = exchange.started_at if exchange else self._session.now()
        row = Fetch(
            url=url,
            attempted_at=moment.astimezone(dt.UTC).replace(tzinfo=None),
            outcome=outcome,
            kind=outcome.kind,  # type: ignore[arg-type]  # the groups of Outcome are the column's values
            planned=self._is_planned(url, outcome),
            named_by=self._named.get(url),
            status=exchange.status if exchange else None,
            detail=detail,
            capture_id=capture.capture_id if capture else None,
            run_id=self._run_id,
        )
        self._journal(row)
        self._report(row)
        self.rows.append(row)

    def _is_planned(self, url: str, outcome: Outcome) -> bool:
        if outcome is Outcome.NOT_FOUND and _is_robots_txt(url):
            # A host without a robots.txt says in this way that everything is allowed.
            return True
        return url in self._planned and outcome.kind == "refused"


def _is_robots_txt(url: str) -> bool:
    return url == f"{origin_of(url)}/robots.txt"


def _checked(exchange: Exchange, chain: list[str]) -> Exchange:
    """The exchange, with another outcome where its redirect leads nowhere."""
    if exchange.outcome is not Outcome.REDIRECTED:
        return exchange
    if exchange.location in chain:
        detail = f"it leads back to {exchange.location}"
    elif len(chain) > MOST_REDIRECTS:
        detail = f"this would be redirect number {len(chain)}"
    else:
        return exchange
    return replace(exchange, outcome=Outcome.REDIRECT_LOOP, detail=detail)
