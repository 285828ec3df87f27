"""A visit to a web archive: what its answers are to us.

Here belongs turning an archive's lists into addresses that are due, telling its captures from all else that it
answers, and keeping them under the address and time that they had there. An archive's lists and its own pages are
never kept. Not here: the loop (`harvest`), and the archive's addresses and formats (`archive.fetch.wayback`).
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urldefrag, urljoin

from archive.captures.harvest import Due, keep_live
from archive.captures.memento import Memento
from archive.captures.store import CaptureStore
from archive.codes import Outcome
from archive.fetch import lenient, message, wayback
from archive.fetch.exchange import Exchange, FetchError
from archive.fetch.guard import url_refusal
from archive.fetch.wayback import Listed, Listing, Wayback
from archive.model.captures import Capture, Fetch

_GOOD = {Outcome.FETCHED, Outcome.UNCHANGED}


class Visit:
    """What one run asks of an archive and what came of it.

    Args:
        archive: its addresses.
        store: keeps the captures, and knows those that are held.
        run_id: stands in every capture.
        settled: raw addresses whose capture came in an earlier run, whatever time and address it turned out to have.
        since: the first day of which captures are wanted, in UTC.
        until: the last day.
        max_bytes: the longest entity that is accepted.
    """

    def __init__(
        self,
        archive: Wayback,
        store: CaptureStore,
        *,
        run_id: str,
        settled: Collection[str] = (),
        since: dt.date | None = None,
        until: dt.date | None = None,
        max_bytes: int = 50_000_000,
    ) -> None:
        self._archive = archive
        self._store = store
        self._run_id = run_id
        self._settled = settled
        self._days = since, until
        self._max_bytes = max_bytes
        self._pages: set[str] = set()
        self._lists: dict[str, Listing] = {}
        self._asked: set[str] = set()
        self._listed: dict[str, Listed] = {}
        self._held: set[str] = set()
        self._led: dict[str, str] = {}

    def look_up(self, pages: Iterable[str]) -> Iterator[Due]:
        """The lists of the captures of `pages`; each is asked for once, whatever its spelling."""
        for page in pages:
            key = wayback.page_key(page)
            if key not in self._pages:
                self._pages.add(key)
                yield self._list(page)

    def expand(self, address: str) -> Iterator[Due]:
        """What the list at `address` makes due: the captures that are not held, and the list that goes on from there.

        Call it once the list came.
        """
        listing = self._lists.pop(address)
        page = self._archive.listed_address(address) or ""
        for one in listing.captures:
            raw = self._archive.raw_address(one.url, one.at)
            if raw in self._listed:
                continue
            self._listed[raw] = one
            if raw in self._settled or self._kept_from(raw):
                self._held.add(raw)
            else:
                yield Due(raw)
        if listing.resume:
            yield self._list(page, listing.resume)

    def keep(self, exchange: Exchange) -> tuple[Exchange, Capture | None]:
        """How an exchange with the archive ended, and the capture that it left.

        Its robots.txt is kept as any host's is; its lists are not, and of all other addresses the captures alone.

        Raises:
            OSError, RoundtableError: the store cannot be written.
        """
        if self._archive.listed_address(exchange.url):
            return self._read_list(exchange), None
        if self._archive.captured(exchange.url):
            return self._memento(exchange)
        return keep_live(self._store, self._run_id, exchange)

    def counts(self, rows: Iterable[Fetch]) -> Counter[str]:
        """How many captures, and addresses whose captures could not be listed, ended in each kind of outcome."""
        last = {row.url: row.kind for row in rows}
        found = Counter(str(last[address]) for address in self._asked if last.get(address) in {"refused", "failed"})
        found["unchanged"] += len(self._held)
        for raw in self._listed.keys() - self._held:
            found[last.get(self._end(raw), "failed")] += 1
        return found

    def _list(self, page: str, resume: str | None = None) -> Due:
        address = self._archive.list_address(page, *self._days, resume)
        self._asked.add(address)
        return Due(address)

    def _read_list(self, exchange: Exchange) -> Exchange:
        if exchange.outcome is Outcome.REDIRECTED and not self._archive.listed_address(exchange.location or ""):
            return _refused(exchange)
        if exchange.outcome is not Outcome.FETCHED:
            return exchange
        page = self._archive.listed_address(exchange.url) or ""
        listing = wayback.read(exchange.entity or b"", page, _came(exchange))
        if listing.problem:
            return replace(exchange, outcome=Outcome.BROKEN_RESPONSE, detail=listing.problem)
        self._lists[exchange.url] = listing
        detail = f"{page}: {_counted(listing)}"
        is_empty = not listing.captures and not listing.resume and "&resumeKey=" not in exchange.url
        return replace(exchange, outcome=Outcome.NOT_ARCHIVED if is_empty else Outcome.LISTED, detail=detail)

    def _memento(self, exchange: Exchange) -> tuple[Exchange, Capture | None]:
        """What came from a raw address."""
        exchange = self._unpacked(exchange)
        stated = wayback.stated_time(_head(exchange), _came(exchange))
        if exchange.outcome is Outcome.REDIRECTED:
            return self._redirect(exchange) if stated is None else self._redirecting_page(exchange, stated)
        if exchange.outcome is Outcome.FETCHED and exchange.status == HTTPStatus.OK:
            listed = self._listed.get(exchange.url)
            if stated or (listed and _is_listed_payload(exchange, listed)):
                return self._kept(exchange, stated)
            return _no_capture(exchange, "nothing in the answer says that it is a capture"), None
        if exchange.status and exchange.entity is not None and (stated or exchange.outcome is Outcome.FETCHED):
            return _no_capture(exchange, f"the capture is an answer {exchange.status}, listed as 200"), None
        return exchange, None

    def _redirect(self, exchange: Exchange) -> tuple[Exchange, Capture | None]:
        """The archive points to another of its captures: the nearest one that it can show."""
        here, there = self._archive.captured(exchange.url), self._archive.captured(exchange.location or "")
        if not here or not there or not wayback.is_same_page(here[0], there[0]):
            return _refused(exchange), None
        # In our spelling, so that it is known again where a list names it too.
        location = self._archive.raw_address(*there)
        held = self._kept_from(location)
        if held:
            words = f"the archive has {location} instead, which is held"
            return replace(exchange, outcome=Outcome.UNCHANGED, detail=words), held
        return self._follow(exchange, location), None

    def _redirecting_page(self, exchange: Exchange, at: dt.datetime) -> tuple[Exchange, Capture | None]:
        """The page itself was a redirect then: it is kept with the address that it pointed to."""
        there = self._archive.captured(exchange.location or "")
        if there is None:
            return self._kept(_refused(exchange), at)
        location = self._archive.raw_address(*there)
        if not self._kept_from(location):
            return self._kept(self._follow(exchange, location), at)
        return self._kept(replace(exchange, outcome=Outcome.FETCHED), at)

    def _follow(self, exchange: Exchange, location: str) -> Exchange:
        if self._end(location) == exchange.url:
            return replace(exchange, outcome=Outcome.REDIRECT_LOOP, detail=f"it leads back to {location}")
        self._led[exchange.url] = location
        return replace(exchange, location=location)

    def _end(self, raw: str) -> str:
        """Where the redirects end that begin at a raw address, as far as they were followed."""
        while raw in self._led:
            raw = self._led[raw]
        return raw

    def _kept(self, exchange: Exchange, stated: dt.datetime | None) -> tuple[Exchange, Capture]:
        """A capture of the archive's becomes one of ours."""
        url, at = self._original(exchange.url)
        url = wayback.stated_address(_head(exchange), url)
        listed = self._listed.get(exchange.url)
        memento = Memento(
            captured_at=stated or at,
            said_by="archive",
            origin="wayback",
            note=exchange.url,
            facts=[("archive-digest", f"sha1:{listed.digest}" if listed and listed.digest else None)],
            asked=exchange.url,
        )
        theirs = replace(
            exchange,
            url=url,
            location=self._pointed_to(exchange, url),
            redirected_from=self._led_from(exchange.redirected_from, url),
        )
        known = {capture.capture_id for capture in self._store.of_url(url)}
        capture = self._store.keep(theirs, run_id=self._run_id, memento=memento)
        is_news = capture.record_type != "revisit" and capture.capture_id not in known
        if exchange.outcome is Outcome.FETCHED and not is_news:
            return replace(exchange, outcome=Outcome.UNCHANGED), capture
        return exchange, capture

    def _kept_from(self, raw: str) -> Capture | None:
        """The capture that is held of a raw address."""
        url, at = self._original(raw)
        held = self._store.of_url(url)
        return next((one for one in held if one.captured_at == at or one.redirected_from == raw), None)

    def _original(self, raw: str) -> tuple[str, dt.datetime]:
        captured = self._archive.captured(raw)
        if captured is None:
            raise AssertionError(f"{raw} was made by raw_address, or looked at before")
        return captured

    def _pointed_to(self, exchange: Exchange, url: str) -> str | None:
        """Where a page that was a redirect pointed, whether the archive rewrote that or not."""
        if exchange.location is None:
            return None
        there = self._archive.captured(exchange.location)
        if there:
            return there[0]
        try:
            found = urldefrag(urljoin(url, _head(exchange).get("Location") or "")).url
        except ValueError:
            return None
        return None if url_refusal(found) else found

    def _led_from(self, asked: str | None, url: str) -> str | None:
        """Whose redirect led to `url`: another page's, else the archive's own."""
        came_from = self._archive.captured(asked) if asked else None
        return came_from[0] if came_from and not wayback.is_same_page(came_from[0], url) else asked

    def _unpacked(self, exchange: Exchange) -> Exchange:
        """An archive gives a page as its crawler got it: also packed as we never ask for, or not as its head says."""
        if exchange.outcome is not Outcome.BROKEN_RESPONSE or exchange.status != HTTPStatus.OK:
            return exchange
        head, body = _head(exchange), exchange.body or b""
        try:
            coded = message.transfer_decoded(head, body)
            is_whole = coded != body or head.get("Content-Length") == str(len(body))
            if is_whole and head.get("Content-Encoding"):
                entity = lenient.entity(head, body, max_bytes=self._max_bytes)
                return replace(exchange, outcome=Outcome.FETCHED, detail=None, entity=entity)
        except FetchError:
            pass
        return exchange


def settled(rows: Iterable[Fetch]) -> frozenset[str]:
    """Addresses that left a capture in earlier runs."""
    return frozenset(row.url for row in rows if row.capture_id and Outcome(row.outcome) in _GOOD)


def _is_listed_payload(exchange: Exchange, listed: Listed) -> bool:
    if wayback.is_fault(_head(exchange)):
        return False
    coded = message.transfer_decoded(_head(exchange), exchange.body or b"")
    return wayback.agrees(listed.digest, coded, exchange.entity or b"")


def _refused(exchange: Exchange) -> Exchange:
    words = f"to {exchange.location}, which is no capture of the page in this archive"
    return replace(exchange, outcome=Outcome.REDIRECT_REFUSED, detail=words)


def _no_capture(exchange: Exchange, why: str) -> Exchange:
    return replace(exchange, outcome=Outcome.NOT_A_CAPTURE, detail=why)


def _head(exchange: Exchange) -> message.Head:
    return message.parse_head(exchange.response or b"")


def _came(exchange: Exchange) -> dt.datetime:
    return exchange.started_at.astimezone(dt.UTC).replace(tzinfo=None)


def _counted(listing: Listing) -> str:
    words = [_number(len(listing.captures), "capture")]
    if listing.repeated:
        words.append(f"{listing.repeated} more with the payload of the one before")
    if listing.passed_over:
        words.append(f"{_number(listing.passed_over, 'row')} passed over")
    if listing.resume:
        words.append("and the list goes on")
    return ", ".join(words)


def _number(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else noun + 's'}"
