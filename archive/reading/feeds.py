"""Feeds: the latest pages that a site itself lists, with what it says of each.

Here belongs telling RSS 2.0 and 1.0, Atom, JSON Feed and the posts of WordPress's REST interface from anything else,
and reading them, from anybody. Not here: what the elements of each form say (`feed_xml`, `feed_json`), fetching feeds,
and choosing which of their pages matter.
"""

import json
import re
from dataclasses import dataclass, field
from html.entities import html5

from archive.normalise import xml
from archive.normalise.packing import PackingError
from archive.reading import charset, feed_json, feed_xml
from archive.reading.listing import Listing
from archive.reading.page import FeedItem

MOST_BYTES = 4 * 1024 * 1024
"""Of JSON, the objects made of it take up to thirty times the room."""
_HEAD = 4_096
_ROOT = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|RDF)[\s>]")
_ITEMS = re.compile(r'"(?:items"\s{0,9}:\s{0,9}\[|version"\s{0,9}:\s{0,9}"https?:\\?/\\?/(?:www\.)?jsonfeed\.org)')
_POSTS = re.compile(r'"(?:link|date_gmt)"\s{0,9}:')
_DECLARED = re.compile(rb"<\?xml\s[^>]{0,200}?encoding\s{0,5}=\s{0,5}[\"']([A-Za-z0-9_:.-]{2,40})")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_BEFORE = (("<?", "?>"), ("<!--", "-->"))
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_OF_XML = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))


@dataclass(slots=True)
class Feed:
    """What a feed says.

    Attributes:
        items: its items, in order, each address once.
        problem: why the reading ended early, in words; what was read before stays.
    """

    items: list[FeedItem] = field(default_factory=list)
    problem: str | None = None


def is_feed(payload: bytes) -> bool:
    """Whether a payload begins as a feed does."""
    try:
        head = xml.unpacked(payload, MOST_BYTES)[:_HEAD] if payload[:2] == b"\x1f\x8b" else payload[:_HEAD]
    except (xml.Stop, *xml.FAULTS):
        return False
    # What tells a feed is ASCII, in whatever encoding the rest may be.
    text = _first_element(head.decode("utf-16" if head[:2] in _WIDE else "latin-1", "replace"))
    if text.startswith("["):
        return text[1:].lstrip().startswith("{") and bool(_POSTS.search(text))
    return bool(_ITEMS.search(text) if text.startswith("{") else _ROOT.match(text))


def _first_element(text: str) -> str:
    """What follows on declarations and comments."""
    text = text.removeprefix("ï»¿").lstrip("\ufeff \t\r\n")
    while ends := next((end for begin, end in _BEFORE if text.startswith(begin)), None):
        text = text.partition(ends)[2].lstrip()
    return text


def items(payload: bytes, url: str, declared: str | None = None) -> Feed:
    """Read a feed; nothing that is handed in makes this raise.

    Args:
        payload: the entity, packed with gzip or not.
        url: where it was found; relative addresses start from it.
        declared: the encoding that came with it, if one was.
    """
    listing = Listing(url)
    problem = None
    try:
        content = xml.unpacked(payload, MOST_BYTES)
        text = charset.decode(content, declared or _declared(content))
        if text.lstrip("\ufeff \t\r\n")[:1] in {"{", "["}:
            feed_json.read(json.loads(text), listing)
        else:
            feed_xml.read(_NAMED.sub(_known, text.lstrip()).encode("utf-8", "replace"), listing)
    except (xml.Stop, PackingError, *xml.FAULTS) as fault:
        problem = str(fault)
    return Feed(list(listing.by_url.values()), problem)


def _declared(content: bytes) -> str | None:
    found = _DECLARED.match(content)
    return found[1].decode("ascii") if found else None


def _known(found: re.Match[str]) -> str:
    """What HTML names and XML does not: few feeds declare the names that they use."""
    return found[0] if found[1] in _OF_XML else html5.get(found[1], found[0])
