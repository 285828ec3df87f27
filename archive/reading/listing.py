"""The items of a feed as they are collected, whatever form the feed has.

Here belongs what all forms share: making addresses absolute, cleaning words, counting. Not here: the forms (`feed_xml`,
`feed_json`), and telling a feed from anything else (`feeds`).
"""

import re
from dataclasses import dataclass, field
from html import unescape

from archive.normalise import urls
from archive.normalise.xml import Stop
from archive.reading.page import FeedItem, Statement

MOST_ITEMS = 5_000
_LONGEST = 2_048
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class Told:
    """An item while it is read.

    Attributes:
        locator: where it stands in the feed.
        links: its addresses as printed, each with the base that it starts from; the page's own first.
        claims: what it says of title, authors and dates.
        content: all of its text, as HTML; `content_at` is its place. `summary` is what it has instead, or besides.
    """

    locator: str
    links: list[tuple[str, str]] = field(default_factory=list)
    claims: list[Statement] = field(default_factory=list)
    content: str | None = None
    content_at: str = ""
    summary: str | None = None

    def link(self, printed: object, base: str, *, first: bool = False) -> None:
        """An address; one that comes `first` is the page's own, whatever was told before."""
        if isinstance(printed, str) and 0 < len(printed.strip()) <= _LONGEST:
            self.links.insert(0 if first else len(self.links), (base, printed.strip()))

    def say(self, name: str, printed: object, locator: str, *, is_markup: bool = False) -> None:
        """What it says for a field, if that is words; of markup the words alone."""
        text = words(printed, is_markup=is_markup)
        if text:
            self.claims.append(Statement(name, text, "feed", locator))

    def holds(self, content: object, locator: str) -> None:
        """A text that claims to be all of it; the longest counts."""
        if isinstance(content, str) and content.strip() and len(content) > len(self.content or ""):
            self.content, self.content_at = printable(content), locator

    def sums_up(self, summary: object) -> None:
        """A summary."""
        if isinstance(summary, str) and summary.strip():
            self.summary = self.summary or printable(summary)


class Listing:
    """The items so far, each address once."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.by_url: dict[str, FeedItem] = {}

    def add(self, told: Told) -> None:
        """An item; without an address it says nothing of any page."""
        addresses = list(dict.fromkeys(filter(None, (_absolute(base, printed) for base, printed in told.links))))
        if not addresses or addresses[0] in self.by_url:
            return
        if len(self.by_url) >= MOST_ITEMS:
            raise Stop(f"more than {MOST_ITEMS} items")
        self.by_url[addresses[0]] = FeedItem(
            url=addresses[0],
            also=tuple(addresses[1:]),
            locator=told.locator,
            statements=tuple(told.claims),
            content=told.content,
            content_at=told.content_at,
            summary=told.summary,
        )


def _absolute(base: str, printed: str) -> str | None:
    try:
        found = urls.join(base, printed)
    except UnicodeError:
        return None
    return found if found and len(found) <= _LONGEST else None


def words(printed: object, *, is_markup: bool = False) -> str | None:
    """Words on one line; None where there are none."""
    if not isinstance(printed, str):
        return None
    text = _TAG.sub(" ", unescape(printed)) if is_markup else printed
    return " ".join(printable(text).split())[:_LONGEST].strip() or None


def printable(text: str) -> str:
    """The text without characters that no text has."""
    return _UNPRINTABLE.sub("\ufffd", text)
