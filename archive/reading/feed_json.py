"""JSON Feed, and the posts of WordPress's REST interface.

Here belongs which of their keys say what. Not here: what is made of it (`listing`).
"""

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from archive.reading.listing import Listing, Told

_MOST_AUTHORS = 50
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")

Node = dict[str, Any]


def read(data: Any, listing: Listing) -> None:  # noqa: ANN401 - any JSON
    """JSON Feed is an object with `items`; WordPress gives a bare list of posts."""
    at, found = ("items", data.get("items")) if isinstance(data, dict) else ("", data)
    for number, item in enumerate(found if isinstance(found, list) else []):
        if isinstance(item, dict):
            listing.add(_told(item, f"{at}[{number}]", listing.base))


def _told(item: Node, at: str, base: str) -> Told:
    told = Told(at)
    for name in ("url", "link", "external_url", "id"):
        # The id of JSON Feed may be anything; only as an address it leads to a page.
        if name != "id" or str(item.get(name)).startswith(("http://", "https://")):
            told.link(item.get(name), base)
    told.say("title", _rendered(item.get("title")), f"{at}.title", is_markup=isinstance(item.get("title"), dict))
    for author, key in _authors(item):
        told.say("authors", author, f"{at}.{key}")
    for field, stated, key in _dates(item):
        told.say(field, stated, f"{at}.{key}")
    told.holds(item.get("content_html"), f"{at}.content_html")
    if isinstance(item.get("content"), dict):
        told.holds(_rendered(item["content"]), f"{at}.content.rendered")
    if isinstance(item.get("content_text"), str):
        told.holds(as_markup(item["content_text"]), f"{at}.content_text")
    told.sums_up(item.get("summary"))
    told.sums_up(_rendered(item.get("excerpt")))
    return told


def _rendered(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """WordPress keeps what it shows under a key of this name."""
    return value.get("rendered") if isinstance(value, dict) else value


def _dates(item: Node) -> Iterator[tuple[str, object, str]]:
    yield "published", item.get("date_published"), "date_published"
    yield "updated", item.get("date_modified"), "date_modified"
    # WordPress prints the local time in `date` and the same moment in UTC, without saying so, in `date_gmt`.
    for field, name in (("published", "date"), ("updated", "modified")):
        gmt = item.get(f"{name}_gmt")
        if isinstance(gmt, str) and gmt:
            yield field, f"{gmt}Z", f"{name}_gmt"
        else:
            yield field, item.get(name), name


def _authors(item: Node) -> Iterator[tuple[object, str]]:
    embedded = item.get("_embedded")
    lists: Iterable[tuple[str, Any]] = (
        ("authors", item.get("authors")),
        ("author", [item.get("author")]),
        ("_embedded.author", embedded.get("author") if isinstance(embedded, dict) else None),
    )
    for where, people in lists:
        found = people[:_MOST_AUTHORS] if isinstance(people, list) else []
        named = [(one.get("name"), number) for number, one in enumerate(found) if isinstance(one, dict)]
        if named:
            yield from ((name, f"{where}.name" if where == "author" else f"{where}[{n}].name") for name, n in named)
            return


def as_markup(text: str) -> str:
    """A text without markup, with its paragraphs."""
    return "".join(f"<p>{escape(part.strip(), quote=False)}</p>" for part in _PARAGRAPH.split(text) if part.strip())
