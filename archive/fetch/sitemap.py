"""Sitemaps: the addresses that a site itself lists.

Here belongs reading a sitemap, a sitemap index or a plain list of addresses, packed or not, from anybody. Not here:
fetching them, and choosing which of the addresses matter.
"""

from dataclasses import dataclass, field
from io import BytesIO, TextIOWrapper

from archive.fetch.guard import url_refusal
from archive.normalise import xml

MOST_BYTES = 50 * 1024 * 1024
"""The protocol's own limit for an unpacked sitemap."""
MOST_LOCATIONS = 50_000
_MOST_LINES = 2 * MOST_LOCATIONS
"""Of a plain list, empty ones and such that are no addresses included."""
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


def locations(payload: bytes) -> Sitemap:
    """Read a sitemap; nothing that is handed in makes this raise."""
    found = Sitemap()
    try:
        content = xml.unpacked(payload, MOST_BYTES)
        if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"h", b"H"}:
            for number, line in enumerate(TextIOWrapper(BytesIO(content), encoding="utf-8-sig", errors="replace")):
                if number == _MOST_LINES:
                    raise xml.Stop(f"more than {_MOST_LINES} lines")
                _add(found, found.urls, line)
        else:
            _read_xml(content, found)
    except (xml.Stop, *xml.FAULTS) as problem:
        found.problem = str(problem)
    found.urls = list(dict.fromkeys(found.urls))
    found.sitemaps = list(dict.fromkeys(found.sitemaps))
    return found


def _read_xml(content: bytes, found: Sitemap) -> None:
    lists = {"url": found.urls, "sitemap": found.sitemaps}

    def end(path: list[str], text: str) -> None:
        namespace, _, local = path[-1].rpartition("\n")
        parent_namespace, _, parent = path[-2].rpartition("\n") if len(path) > 1 else ("", "", "")
        # A picture's or a translation's own <loc> stands in another namespace.
        if local == "loc" and parent in lists and namespace == parent_namespace:
            _add(found, lists[parent], text)

    xml.read(content, lambda _path, _attributes: None, end)


def _add(found: Sitemap, where: list[str], printed: str) -> None:
    url = printed.strip()
    if not url or len(url) > _LONGEST or url_refusal(url):
        return
    if len(found.urls) + len(found.sitemaps) >= MOST_LOCATIONS:
        raise xml.Stop(f"more than {MOST_LOCATIONS} addresses")
    where.append(url)
