"""What captured feeds list: witnesses for pages that are known, and texts of pages that nobody captured.

Here belongs joining the items of feeds with the pages that they lead to, and choosing the few items whose text stands
in for a page. A text is taken from a feed only where the register names its page, no capture has that, the feed has all
of the text, and it is known who speaks (docs/decisions/0032). Not here: reading feeds (`reading`), and which date is
believed (`reading.dating`).
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from archive.discussion.addresses import Addresses
from archive.discussion.line_up import find, line_up
from archive.discussion.pages import Reading, Readings, delivery_of
from archive.discussion.sighting import Sighting, seen_at, sight
from archive.model import Capture
from archive.normalise import dates, urls
from archive.reading import dating
from archive.reading.delivery import Delivery
from archive.reading.page import FeedItem, Statement
from archive.reading.reader import read_item
from archive.reading.source import Source
from archive.sources.register import Register
from archive.sources.schema import HUB_ROLES

_RULE = "a feed is a witness beside the page, and decides nothing but a date that the page lacks"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedStatement(Statement):
    """What a feed says of a page: it stands in a capture of its own."""

    capture_id: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A page that a feed lists, without its text.

    Attributes:
        capture: the first capture of the feed that says so.
        number: which of the feed's items it is.
        locator: where that stands.
        statements: what it says of title, authors and dates.
        leads_to: the addresses of the page, the likeliest first.
        has_text: whether the feed has all of its text, as far as it says.
    """

    capture: Capture
    number: int
    locator: str
    statements: tuple[FeedStatement, ...]
    leads_to: tuple[str, ...]
    has_text: bool

    @property
    def order(self) -> tuple[tuple[bool, dt.datetime, str], int]:
        """What orders items: when they were captured."""
        return seen_at(self.capture), self.number

    @property
    def carriers(self) -> tuple[str, ...]:
        """The address of what carries it."""
        return (self.capture.url,)

    def days(self, source: Source) -> list[dt.date]:
        """The days of publication that it gives."""
        said = (claim.value for claim in self.statements if claim.field == "published")
        found = (dates.parse(value, zone=source.zone, day_first=source.day_first) for value in said)
        return [date.on for date in found if date and date.on]


class Listings:
    """Collects what feeds list, from captures in any order; the same item seen again is one.

    Everything is added before anything is asked.
    """

    def __init__(self, register: Register) -> None:
        self._register = register
        self._found: dict[tuple[str, str], Listed] = {}
        self.feeds: list[Reading] = []
        """The feeds themselves, without their items."""

    def add(self, reading: Reading) -> None:
        """A captured feed."""
        self.feeds.append(replace(reading, page=replace(reading.page, items=())))
        feed = self._feed(reading.capture)
        for number, item in enumerate(reading.page.items):
            key = feed, _digest(item)
            known = self._found.get(key)
            if known is None or (seen_at(reading.capture), number) < known.order:
                self._found[key] = Listed(
                    reading.capture,
                    number,
                    item.locator,
                    tuple(_statements(item, reading.capture)),
                    tuple(dict.fromkeys(self._addresses(item))),
                    item.content is not None,
                )

    def _feed(self, capture: Capture) -> str:
        return self._register.key(capture.url) if urls.is_web(capture.url) else capture.url

    def _addresses(self, item: FeedItem) -> Iterator[str]:
        for url in (item.url, *item.also):
            for address in (url, urls.without_tracking(url)):
                # Where queries are noise, a short link that is all query looks like the front page.
                if set("/?") & set(self._register.key(address)):
                    yield address

    @cached_property
    def all(self) -> list[Listed]:
        """Every item, in order of time."""
        return sorted(self._found.values(), key=lambda one: one.order)

    def by_page(self, addresses: Addresses, pages: Collection[str]) -> Mapping[str, tuple[Listed, ...]]:
        """What stands for a page → the items that lead to it, for those among `pages`."""
        found: dict[str, list[Listed]] = defaultdict(list)
        for one in self.all:
            page = next((page for url in one.leads_to if (page := addresses.page(url)) in pages), None)
            if page is not None:
                found[page].append(one)
        return {page: tuple(items) for page, items in found.items()}

    def in_scope(self, addresses: Addresses, pages: Collection[str]) -> Iterator[tuple[str, str]]:
        """Addresses in scope of a round table, with its id, of what is not among the captured `pages`."""
        for one in self._missing(addresses, pages):
            url = urls.without_tracking(one.leads_to[0])
            if table := self._register.in_scope(url):
                yield url, table.id

    def _missing(self, addresses: Addresses, pages: Collection[str]) -> Iterator[Listed]:
        for one in self.all:
            if one.leads_to and not any(addresses.page(url) in pages for url in one.leads_to):
                yield one

    def texts(self, addresses: Addresses, pages: Collection[str], readings: Readings) -> list[Sighting]:
        """Texts of pages that the register names and nobody captured, each from the feed that had it first.

        Args:
            addresses: those of all captured pages.
            pages: what stands for each of these.
            readings: gives the feeds again.
        """
        wanted = [(one, url) for one in self._missing(addresses, pages) if one.has_text and (url := self._target(one))]
        again = zip(wanted, readings.again(one.capture for one, _ in wanted), strict=True)
        first: dict[str, str] = {}
        found = []
        for (one, url), feed in again:
            seen = self._signed(item_reading(feed, one.number, url, self._register))
            if seen and first.setdefault(url, self._feed(one.capture)) == self._feed(one.capture):
                found.append(seen)
        return found

    def _target(self, one: Listed) -> str | None:
        """The address of the text that the register expects where an item leads to."""
        for url in one.leads_to:
            target = self._register.target(url)
            if target and target[1].role not in {*HUB_ROLES, "question"}:
                return target[1].url
        return None

    def _signed(self, reading: Reading) -> Sighting | None:
        """The text in short; None where it is not all of one text, or it is not known who speaks."""
        seen = sight(reading, self._register)
        target = self._register.target(reading.page.url)
        if target is None or len(seen.sections) != 1:
            return None
        section, (table, keys) = seen.sections[0], target
        seats = line_up(table) if keys.prompt else []
        is_known = not seats or find(seats, section.label, section.authors) is not None
        return seen if section.is_whole and section.authors and is_known else None


def _statements(item: FeedItem, capture: Capture) -> Iterator[FeedStatement]:
    for claim in (*item.statements, Statement("canonical_url", item.url, "feed", item.locator)):
        yield FeedStatement(claim.field, claim.value, "feed", claim.locator, _RULE, capture_id=capture.capture_id)


def _digest(item: FeedItem) -> str:
    """What two captures of an item share that say the same, wherever in the feed it stands."""
    said = repr((item.url, item.also, [(one.field, one.value) for one in item.statements], item.content))
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def item_reading(feed: Reading, number: int, url: str, register: Register) -> Reading:
    """The text of an item, read as if it were the page at `url`."""
    item = replace(feed.page.items[number], url=url)
    page = read_item(item, register.source_for(url), delivery_of(feed.capture))
    return Reading(feed.capture, page, number)


def with_listed(reading: Reading, listed: Iterable[Listed], register: Register, first: dt.datetime | None) -> Reading:
    """The page with what feeds say of it among its statements; the date that is believed is chosen among all.

    Args:
        reading: the page as it was read.
        listed: the items that lead to it; what two captures of a feed say alike counts once.
        register: knows its publisher.
        first: when it was captured first; it was published before.
    """
    page = reading.page
    told: dict[tuple[str, str, str], FeedStatement] = {}
    for one in listed:
        # A text that only a feed has says itself what that feed says.
        if reading.item is None or one.capture.url != reading.capture.url:
            for claim in one.statements:
                told.setdefault((one.capture.url, claim.field, claim.value), claim)
    if not told:
        return reading
    published = dating.choose(
        [*page.statements, *told.values()],
        register.source_for(page.url),
        Delivery(captured_on=first.date() if first else None),
        trusted=page.shape != "generic",
        language=page.language,
    )
    others = [claim for claim in (*page.statements, *told.values()) if claim.field != "published"]
    page = replace(page, published=published.date, statements=(*others, *published.statements))
    return replace(reading, page=page)


def capture_of(claim: Statement, capture_id: str) -> str:
    """The capture that a statement stands in: a feed's own, else that of its page."""
    return claim.capture_id if isinstance(claim, FeedStatement) else capture_id


def first_days(listed: Iterable[Listed]) -> list[dt.date]:
    """The days on which feeds that list a page were captured: it was there by then."""
    return [one.capture.captured_at.date() for one in listed if one.capture.captured_at]
