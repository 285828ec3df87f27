"""Feeds: the latest pages that a site itself lists, with title and date as it prints them.

Here belongs reading RSS 2.0 and 1.0, Atom, JSON Feed and the posts of WordPress's REST interface, from anybody. Not
here: fetching them, and choosing which of the pages matter.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from archive.normalise import urls, xml

MOST_BYTES = 4 * 1024 * 1024
"""Of JSON, the objects made of it take up to thirty times the room."""
MOST_ITEMS = 5_000
_LONGEST = 2_048
_ATOM = "http://www.w3.org/2005/Atom"
_DATES = {"pubDate": 3, "published": 3, "date": 2, "issued": 2, "updated": 1}
"""Elements that tell when, the higher the nearer to first publication."""


@dataclass(frozen=True, slots=True)
class Item:
    """A page that a feed lists: its absolute address; title and date as found, None where there is none."""

    url: str
    title: str | None = None
    published: str | None = None


@dataclass(slots=True)
class Feed:
    """What a feed says.

    Attributes:
        items: its pages, in order, each address once.
        problem: why the reading ended early, in words; what was read before stays.
    """

    items: list[Item] = field(default_factory=list)
    problem: str | None = None


def items(payload: bytes, url: str) -> Feed:
    """Read a feed; nothing that is handed in makes this raise.

    Args:
        payload: the entity, packed with gzip or not.
        url: where it was found; relative addresses start from it.
    """
    found = _Found(url)
    problem = None
    try:
        content = xml.unpacked(payload, MOST_BYTES)
        if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
            _read_json(json.loads(content.decode("utf-8-sig", errors="replace")), found)
        else:
            _Xml(found).read(content)
    except (xml.Stop, *xml.FAULTS) as fault:
        problem = str(fault)
    return Feed(list(found.by_url.values()), problem)


class _Found:
    """The items so far."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.by_url: dict[str, Item] = {}

    def add(self, link: object, title: object, published: object) -> None:
        printed = link.strip() if isinstance(link, str) else ""
        if not printed or len(printed) > _LONGEST:
            return
        address = urls.join(self.base, printed)
        if address is None or address in self.by_url:
            return
        if len(self.by_url) >= MOST_ITEMS:
            raise xml.Stop(f"more than {MOST_ITEMS} pages")
        self.by_url[address] = Item(address, _words(title), _words(published))


def _words(value: object) -> str | None:
    text = re.sub(r"\s+", " ", value).strip()[:_LONGEST] if isinstance(value, str) else ""
    return text or None


class _Xml:
    """RSS and Atom alike: an item is an `item` or an `entry`, and what stands directly in it describes it."""

    def __init__(self, found: _Found) -> None:
        self._found = found
        self._link: str | None = None
        self._permalink: str | None = None
        self._title: str | None = None
        self._date: tuple[int, str] = (0, "")
        self._guid_is_link = True

    def read(self, content: bytes) -> None:
        xml.read(content, self._start, self._end)

    def _start(self, path: list[str], attributes: dict[str, str]) -> None:
        namespace, local = _split(path[-1])
        if local in {"item", "entry"}:
            self._link = self._permalink = self._title = None
            self._date = (0, "")
        elif _is_in_item(path) and local == "link" and namespace == _ATOM:
            if attributes.get("rel", "alternate") == "alternate":
                self._link = self._link or attributes.get("href")
        elif _is_in_item(path) and local == "guid":
            self._guid_is_link = attributes.get("isPermaLink", "true").lower() != "false"

    def _end(self, path: list[str], text: str) -> None:
        namespace, local = _split(path[-1])
        if local in {"item", "entry"}:
            printed = self._date[1]
            self._found.add(self._link or self._permalink, self._title, printed)
        elif _is_in_item(path):
            # Media extensions bring titles and links of their own, in a namespace of their own.
            own = namespace == _split(path[-2])[0]
            if local == "title" and own:
                self._title = text
            elif local == "link" and own and namespace != _ATOM:
                self._link = self._link or text.strip() or None
            elif local == "guid" and self._guid_is_link:
                self._permalink = text
            elif _DATES.get(local, 0) > self._date[0]:
                self._date = (_DATES[local], text)


def _split(name: str) -> tuple[str, str]:
    namespace, _, local = name.rpartition("\n")
    return namespace, local


def _is_in_item(path: list[str]) -> bool:
    return len(path) > 1 and _split(path[-2])[1] in {"item", "entry"}


def _read_json(data: Any, found: _Found) -> None:  # noqa: ANN401 - any JSON
    """JSON Feed is an object with `items`; WordPress gives a bare list of posts."""
    posts = data.get("items") if isinstance(data, dict) else data
    for post in posts if isinstance(posts, list) else []:
        if not isinstance(post, dict):
            continue
        title = post.get("title")
        link = post.get("url") or post.get("link") or post.get("external_url")
        # WordPress prints the local time in `date` and the same moment in UTC, without saying so, in `date_gmt`.
        gmt = post.get("date_gmt")
        stated = post.get("date_published") or (f"{gmt}Z" if isinstance(gmt, str) and gmt else post.get("date"))
        found.add(link, title.get("rendered") if isinstance(title, dict) else title, stated)
