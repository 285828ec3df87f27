"""Sitemaps: the addresses that a site itself lists.

Here belongs reading a sitemap, a sitemap index or a plain list of addresses, packed or not, from anybody. Not here:
fetching them, and choosing which of the addresses matter.
"""

import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

from archive.fetch.exchange import FetchError
from archive.fetch.guard import url_refusal
from archive.fetch.message import gunzip

MOST_BYTES = 50 * 1024 * 1024
"""The protocol's own limit for an unpacked sitemap."""
MOST_LOCATIONS = 50_000
_LONGEST = 2_048


@dataclass(slots=True)
class Sitemap:
    """What a sitemap says.

    Attributes:
        urls: addresses of pages, in order, each once.
        sitemaps: addresses of further sitemaps.
        problem: why the reading ended early, in words; what was read before stays.
    """

    urls: list[str] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)
    problem: str | None = None


class _Stop(Exception):  # noqa: N818 - it ends the reading, it is no fault
    """Enough, or too much, was read."""


def locations(payload: bytes) -> Sitemap:
    """Read a sitemap; nothing that is handed in makes this raise."""
    found = Sitemap()
    try:
        content = gunzip(payload, MOST_BYTES) if payload[:2] == b"\x1f\x8b" else payload
        if len(content) > MOST_BYTES:
            raise _Stop(f"longer than {MOST_BYTES} bytes")
        if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"h", b"H"}:
            for line in content.decode("utf-8-sig", errors="replace").splitlines():
                _add(found, found.urls, line)
        else:
            _read_xml(content, found)
    except (_Stop, FetchError, zlib.error, expat.ExpatError, LookupError, ValueError) as problem:
        found.problem = str(problem)
    found.urls = list(dict.fromkeys(found.urls))
    found.sitemaps = list(dict.fromkeys(found.sitemaps))
    return found


def _read_xml(content: bytes, found: Sitemap) -> None:
    # The bare parser, so that a document type ends the reading before anything in it comes to mean something.
    parser = expat.ParserCreate(namespace_separator="\n")
    path: list[str] = []
    text: list[str] = []
    lists = {"url": found.urls, "sitemap": found.sitemaps}

    def start(name: str, _: dict[str, str]) -> None:
        path.append(name)
        text.clear()

    def end(name: str) -> None:
        namespace, _, local = name.rpartition("\n")
        parent_namespace, _, parent = path[-2].rpartition("\n") if len(path) > 1 else ("", "", "")
        # A picture's or a translation's own <loc> stands in another namespace.
        if local == "loc" and parent in lists and namespace == parent_namespace:
            _add(found, lists[parent], "".join(text))
        path.pop()
        text.clear()

    def characters(data: str) -> None:
        text.append(data)

    def doctype(*_: object) -> None:
        raise _Stop("it brings a document type of its own, which is not read")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(content, True)


def _add(found: Sitemap, where: list[str], printed: str) -> None:
    url = printed.strip()
    if not url or len(url) > _LONGEST or url_refusal(url):
        return
    if len(found.urls) + len(found.sitemaps) >= MOST_LOCATIONS:
        raise _Stop(f"more than {MOST_LOCATIONS} addresses")
    where.append(url)
