"""RSS 2.0, 1.0 and Atom.

Here belongs which of their elements say what; an item is an `item` or an `entry`, and what stands directly in it
describes it. Not here: what is made of it (`listing`).
"""

import re
from collections import Counter
from html import escape

from archive.normalise import urls, xml
from archive.reading import bounds
from archive.reading.feed_json import as_markup
from archive.reading.listing import Listing, Told
from archive.reading.page import Statement

_ATOM = frozenset(("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"))
_PREFIXES = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
}
_BASE = "http://www.w3.org/XML/1998/namespace\nbase"
_PUBLISHED = ("pubDate", "published", "issued", "dcterms:issued", "dc:date", "dcterms:created", "dcterms:date")
"""Elements that tell when something was published, the nearest to that first."""
_UPDATED = frozenset(("updated", "modified", "dcterms:modified"))
_KEPT = frozenset(
    ("title", "link", "guid", "id", "author", "dc:creator", "content:encoded", "content", "description", "summary",
     "feedburner:origLink", *_PUBLISHED, *_UPDATED)
)  # fmt: skip
_VOID = frozenset(("br", "hr", "img", "input", "source", "track", "wbr", "embed", "area", "col"))
"""What has no end tag in HTML."""
_IN_BRACKETS = re.compile(r"[^()\s@]{1,100}@[^()\s@]{1,100}\s{0,9}\(([^()]{1,200})\)")
"""RSS names an author by an address, with the name behind it."""


def read(content: bytes, listing: Listing) -> None:
    """Add the items of a feed, which is in UTF-8.

    Raises:
        xml.Stop, and what `xml.FAULTS` names: what was read before stays.
    """
    reader = _Reader(listing)
    xml.read(content, reader.start, reader.end, reader.characters, "utf-8")


class _Inner:
    """What stands in an element: text, which may be escaped markup, or elements."""

    def __init__(self, name: str, attributes: dict[str, str], place: str, base: str) -> None:
        self.name, self.attributes, self.place, self.base = name, attributes, place, base
        self.pieces: list[tuple[bool, str]] = []
        self.has_elements = False

    def tag(self, text: str) -> None:
        """A tag inside; what is made of each takes more room than its bytes."""
        if len(self.pieces) > 2 * bounds.MOST_PARTS:
            raise xml.Stop(f"more than {bounds.MOST_PARTS:,} elements in one item")
        self.has_elements = True
        self.pieces.append((True, text))

    @property
    def is_markup(self) -> bool:
        """Whether it is markup: where it has elements, or says so, or is of RSS, where nobody says."""
        kind = self.attributes.get("type", "").lower()
        return self.has_elements or "html" in kind or (not kind and self.name in {"content:encoded", "description"})

    def text(self) -> str:
        """Its text; where it has elements, as markup."""
        if self.has_elements:
            return "".join(piece if is_tag else escape(piece, quote=False) for is_tag, piece in self.pieces)
        return "".join(piece for _, piece in self.pieces)

    def markup(self) -> str | None:
        """It as markup; None where it is something else, such as a picture."""
        kind = self.attributes.get("type", "").lower()
        if self.is_markup:
            return self.text()
        return as_markup(self.text()) if kind in {"", "text", "text/plain"} else None


class _Reader:
    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self._items = 0
        self._told: Told | None = None
        self._depth = 0
        self._own = ""
        self._numbers: Counter[str] = Counter()
        self._inner: _Inner | None = None
        self._bases: list[str] = []

    def start(self, path: list[str], attributes: dict[str, str]) -> None:
        namespace, local = _split(path[-1])
        above = self._bases[-1] if self._bases else self._listing.base
        self._bases.append(urls.join(above, attributes[_BASE]) or above if _BASE in attributes else above)
        if self._told is None:
            if local in {"item", "entry"}:
                self._items += 1
                place = "".join(f"/{_name(part)}" for part in path)
                self._told = Told(f"{place}[{self._items}]")
                self._depth, self._own = len(path), namespace
                self._numbers.clear()
        elif len(path) == self._depth + 1:
            name = _name(path[-1])
            # Media extensions bring titles and links of their own, in a namespace of their own.
            if name in _KEPT and (namespace == self._own or ":" in name):
                self._numbers[name] += 1
                number = f"[{self._numbers[name]}]" if self._numbers[name] > 1 else ""
                place = f"{self._told.locator}/{name}{number}"
                self._inner = _Inner(name, attributes, place, self._bases[-1])
        elif self._inner is not None:
            said = "".join(f' {_split(key)[1]}="{escape(value)}"' for key, value in attributes.items())
            self._inner.tag(f"<{local}{said}>")

    def characters(self, text: str) -> None:
        if self._inner is not None:
            self._inner.pieces.append((False, text))

    def end(self, path: list[str], text: str) -> None:
        self._bases.pop()
        if self._told is None:
            return
        if len(path) == self._depth:
            self._told.claims.sort(key=_rank)
            self._listing.add(self._told)
            self._told = self._inner = None
        elif len(path) == self._depth + 1:
            if self._inner is not None:
                self._say(self._told, self._inner)
            self._inner = None
        elif self._inner is not None:
            local = _split(path[-1])[1]
            if self._inner.name == "author" and local == "name" and len(path) == self._depth + 2:
                self._told.say("authors", text, f"{self._inner.place}/name")
            if local not in _VOID:
                self._inner.tag(f"</{local}>")

    def _say(self, told: Told, inner: _Inner) -> None:
        name = inner.name
        if name in {"link", "guid", "id", "feedburner:origLink"}:
            self._link(told, inner)
        elif name == "title":
            # In RSS nobody says whether a title is escaped once or twice: an escaped sign is one all the same.
            told.say("title", inner.text(), inner.place, is_markup=inner.is_markup or self._own not in _ATOM)
        elif name == "dc:creator":
            told.say("authors", inner.text(), inner.place)
        elif name == "author" and not inner.has_elements:
            found = _IN_BRACKETS.fullmatch(inner.text().strip())
            printed = found[1] if found else inner.text()
            told.say("authors", None if "@" in printed else printed, inner.place)
        elif name in {"content:encoded", "content"}:
            told.holds(inner.markup(), inner.place)
        elif name in {"description", "summary"}:
            told.sums_up(inner.markup())
        elif name != "author":
            told.say("updated" if name in _UPDATED else "published", inner.text(), inner.place)

    def _link(self, told: Told, inner: _Inner) -> None:
        said = inner.attributes
        if inner.name == "link" and self._own in _ATOM:
            if said.get("rel", "alternate") == "alternate" and "html" in said.get("type", "html"):
                told.link(said.get("href"), inner.base)
        elif inner.name == "link":
            told.link(inner.text(), inner.base)
        elif inner.name == "feedburner:origLink":
            told.link(inner.text(), inner.base, first=True)
        elif inner.name == "guid":
            if said.get("isPermaLink", "true").lower() != "false":
                told.link(inner.text(), inner.base)
        elif urls.is_web(inner.text().strip()):
            told.link(inner.text(), inner.base)


def _rank(claim: Statement) -> int:
    """Of several dates of publication the nearest to that comes first."""
    name = claim.locator.rpartition("/")[2].partition("[")[0]
    return _PUBLISHED.index(name) if claim.field == "published" else 0


def _split(name: str) -> tuple[str, str]:
    namespace, _, local = name.rpartition("\n")
    return namespace, local


def _name(name: str) -> str:
    namespace, local = _split(name)
    return _PREFIXES.get(namespace, "") + local
