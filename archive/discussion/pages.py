"""From captures to pages: each payload is read once, and what was read is kept until the reader changes.

Here belongs which captures are read, and what is known of them by now. Not here: how a page is read (`reading`), where
captures lie (`captures`), and how a page is kept (`page_cache`).
"""

import hashlib
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Protocol

from archive.codes import Code
from archive.discussion import several
from archive.discussion.page_cache import Gist, PageCache, gist_of, packed
from archive.model import Capture
from archive.normalise import urls
from archive.reading import bounds
from archive.reading.delivery import Delivery
from archive.reading.feeds import is_feed
from archive.reading.page import Fault, Page
from archive.reading.reader import read, read_feed, too_large
from archive.reading.source import UNKNOWN, Source
from archive.sources.register import Register, RegisteredSource

_PAGE_TYPES = frozenset(("text/html", "application/xhtml+xml", "text/plain"))
_NO_TEXT = frozenset(("image", "audio", "video", "font"))
"""What a crawl keeps of a page beside its words."""
_FEED_TYPES = frozenset(
    "application/rss+xml application/atom+xml application/feed+json application/rdf+xml application/xml text/xml "
    "application/json".split()
)
"""What feeds are served as; most that is served so is no feed, and only its content tells."""
UNPLACED = "urn:sha256:"
"""How the address of a page begins that nobody knows: its payload's digest stands for it."""
_ROOMS = ("normalise", "reading", "sources")


@dataclass(frozen=True, slots=True)
class Reading:
    """A capture and the page that was read from it; of a feed also one of its items, by its number."""

    capture: Capture
    page: Page
    item: int | None = None


def is_page(capture: Capture) -> bool:
    """True for what may hold a discussion: a whole answer of a type that is read, or an imported file of any type."""
    if capture.url.endswith("/robots.txt"):
        return False
    if capture.record_type in {"resource", "conversion"}:
        is_known = urls.is_web(capture.url) or capture.url.startswith(UNPLACED)
        return is_known and (capture.mime or "").partition("/")[0] not in _NO_TEXT
    return urls.is_web(capture.url) and capture.status == HTTPStatus.OK and (capture.mime or "text/html") in _PAGE_TYPES


def may_be_feed(capture: Capture) -> bool:
    """True for a whole answer of a type that feeds are served as."""
    return urls.is_web(capture.url) and capture.status == HTTPStatus.OK and capture.mime in _FEED_TYPES


def is_read(capture: Capture) -> bool:
    """True for what is looked into: pages, and what may be a feed."""
    return is_page(capture) or may_be_feed(capture)


def telling(captures: Iterable[Capture]) -> Iterator[Capture]:
    """The captures of pages and feeds that say something new of their address, in the order given (that of time).

    A revisit repeats a payload. Where that is the one seen just before, it only confirms; where another one was seen
    in between, the page has changed back, and that is news.
    """
    last: dict[str, str] = {}
    for capture in captures:
        if not is_read(capture):
            continue
        if capture.record_type != "revisit" or last.get(capture.url) != capture.payload_sha256:
            yield capture
        last[capture.url] = capture.payload_sha256


class Readings(Protocol):
    """The pages of captures: each of them once, and some of them again."""

    def __iter__(self) -> Iterator[Reading]:
        """Every page."""
        ...

    def again(self, captures: Iterable[Capture]) -> Iterator[Reading]:
        """The pages of these captures, in the order given; each was given before."""
        ...


class HeldReadings:
    """Pages that are held as they are."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._held = {reading.capture.capture_id: reading for reading in readings}

    def __iter__(self) -> Iterator[Reading]:
        """Every page."""
        return iter(self._held.values())

    def again(self, captures: Iterable[Capture]) -> Iterator[Reading]:
        """The pages of these captures."""
        return (self._held[capture.capture_id] for capture in captures)


class CachedReadings:
    """Pages that are read once and then taken from the cache, one at a time, so that few are held.

    Args:
        captures: any captures, in order of time; what is no page and no feed, or says nothing new, is passed over.
        payload: gives a capture's decoded entity.
        register: tells which source an address belongs to.
        cache_file: the SQLite file; it may be missing.
    """

    def __init__(
        self, captures: Collection[Capture], payload: Callable[[Capture], bytes], register: Register, cache_file: Path
    ) -> None:
        self._captures = captures
        self._payload = payload
        self._register = register
        self._cache_file = cache_file
        self._names = _names(register)

    def gists(self, processes: int = 1) -> Iterator[tuple[Capture, Gist, bool]]:
        """What came of each page, and whether it had to be read now. The cache has these pages then, and no others.

        Args:
            processes: how many read, where there are many pages to be read.
        """
        asked = [(capture, self._key(capture)) for capture in telling(self._captures)]
        with PageCache(self._cache_file) as kept:
            kept.keep_only({key for _, key in asked})
            known = kept.gists()
            missing: dict[str, Capture] = {}
            for capture, key in asked:
                if key not in known:
                    missing.setdefault(key, capture)
            read_now = self._read(missing.values(), processes if len(missing) >= several.MANY else 1)
            for capture, key in asked:
                fresh = key in missing
                if fresh:
                    del missing[key]
                    known[key], page = next(read_now)
                    if page is not None:
                        kept.put(key, known[key], page)
                gist = _gist_in_time(known[key], capture, _source_of(capture, self._register))
                if _counts(capture, gist.kind):
                    yield capture, gist, fresh

    def _read(self, captures: Iterable[Capture], processes: int) -> Iterator[tuple[Gist, bytes | None]]:
        # A page that is too large is not even taken out of its file.
        tasks = ((one, b"" if _size_refusal(one) else self._payload(one)) for one in list(captures))
        return several.spread(_gist_and_page, self._register, tasks, processes)

    def __iter__(self) -> Iterator[Reading]:
        """Every page."""
        return (one for one in self.again(telling(self._captures)) if _counts(one.capture, one.page.kind))

    def again(self, captures: Iterable[Capture]) -> Iterator[Reading]:
        """The pages of these captures."""
        with PageCache(self._cache_file) as kept:
            for capture in captures:
                yield Reading(capture, self._page(capture, kept))

    def _page(self, capture: Capture, kept: PageCache) -> Page:
        source = _source_of(capture, self._register)
        key = _key_of(capture, source, self._names)
        page = kept.get(key)
        if page is None:
            page = page_of(capture, self._payload, source.source if source else UNKNOWN)
            if not _failed(page):
                kept.put(key, gist_of(page), packed(page))
        fault = _out_of_time(page.shape, capture, source)
        return replace(page, faults=(*page.faults, fault)) if fault else page

    def _key(self, capture: Capture) -> str:
        return _key_of(capture, _source_of(capture, self._register), self._names)


def _counts(capture: Capture, kind: str) -> bool:
    """False for a sitemap, or whatever else is XML or JSON and no page."""
    return kind == "feed" or is_page(capture)


def _gist_and_page(register: Register, task: tuple[Capture, bytes]) -> tuple[Gist, bytes | None]:
    """What came of a capture whose payload is given, and the page as it is kept; None where a bug kept it from that."""
    capture, payload = task
    source = _source_of(capture, register)
    page = page_of(capture, lambda _: payload, source.source if source else UNKNOWN)
    return gist_of(page), None if _failed(page) else packed(page)


def _failed(page: Page) -> bool:
    return Code.READER_FAILED in {fault.code for fault in page.faults}


def read_all(
    captures: Collection[Capture], payload: Callable[[Capture], bytes], register: Register, cache_file: Path
) -> list[Reading]:
    """Every page among the captures, read or taken from the cache; see `CachedReadings`."""
    return list(CachedReadings(captures, payload, register, cache_file))


def forget(captures: Iterable[Capture], register: Register, cache_file: Path) -> None:
    """Remove what was read from these captures out of the cache, so that its bytes hold nothing of it."""
    with PageCache(cache_file) as kept:
        names = _names(register)
        for capture in captures:
            kept.remove(_key_of(capture, _source_of(capture, register), names))


def _source_of(capture: Capture, register: Register) -> RegisteredSource | None:
    return register.get(capture.source_id) if capture.source_id else register.for_url(capture.url)


def _key_of(capture: Capture, source: RegisteredSource | None, names: bytes) -> str:
    """What a page depends on: the payload, its address, its publisher's file, the line-ups, and what came with it."""
    said = repr(delivery_of(capture)).encode()
    file = source.file.content if source else b""
    parts = (capture.payload_sha256.encode(), capture.url.encode(), file, names, said, code_digest().encode())
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def page_of(capture: Capture, payload: Callable[[Capture], bytes], source: Source) -> Page:
    """The page in a capture; one that is too large to be read is not even taken out of its file.

    A bug that one page brings to light must not keep all others from being read: it is told as that page's fault.
    """
    large = _size_refusal(capture)
    if large:
        return too_large(capture.url, source, large)
    content = payload(capture)
    try:
        if not is_page(capture):
            return _feed_of(capture, content, source)
        return read(content, capture.url, source, delivery_of(capture))
    except Exception as error:  # noqa: BLE001 - whatever the bug is
        place = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}: {error}"
        fault = Fault(Code.READER_FAILED, "/", "", reason)
        return Page(capture.url, capture.url, source.source_id or None, "text", "none", faults=(fault,))


def _size_refusal(capture: Capture) -> str | None:
    return bounds.size_refusal(capture.payload_bytes) if is_page(capture) else None


def _feed_of(capture: Capture, content: bytes, source: Source) -> Page:
    """The feed in what may be one; else a page that has nothing, nor any fault."""
    if is_feed(content):
        return read_feed(content, capture.url, source, delivery_of(capture))
    return Page(capture.url, capture.url, source.source_id or None, "text", "none")


def _gist_in_time(gist: Gist, capture: Capture, source: RegisteredSource | None) -> Gist:
    fault = _out_of_time(gist.shape, capture, source)
    return replace(gist, faults=(*gist.faults, str(fault.code))) if fault else gist


def _out_of_time(name: str, capture: Capture, source: RegisteredSource | None) -> Fault | None:
    """The fault of a page whose layout was not in use when it was captured. It is read all the same."""
    shape = next((one for one in source.keys.shapes if one.name == name), None) if source else None
    if shape is None or capture.captured_at is None or shape.served_on(capture.captured_at.date()):
        return None
    reason = f"captured on {capture.captured_at.date()}, but this layout was served {shape.time_in_words()}"
    return Fault(Code.SHAPE_OUT_OF_TIME, "payload", f"shape {shape.name}", reason)


def delivery_of(capture: Capture) -> Delivery:
    """What came with the payload of a capture."""
    day = capture.captured_at.date() if capture.captured_at else None
    return Delivery(capture.charset, capture.last_modified, day)


def _names(register: Register) -> bytes:
    """A digest of the line-ups, which split unseparated bylines."""
    names = sorted(name for source in register.sources for name in source.source.names)
    return hashlib.sha256("\n".join(names).encode()).digest()


@cache
def code_digest() -> str:
    """A digest of the code that reads: a change of any of it makes every cached page stale."""
    rooms = [path for room in _ROOMS for path in sorted((Path(__file__).parents[1] / room).rglob("*.py"))]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in rooms)).hexdigest()
