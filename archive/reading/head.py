"""What an HTML page says about itself in machine-readable places: one `Statement` per claim, nothing decided.

Here belong meta tags, `<title>`, `<link>`, `<html lang>` and `<time>`, and the calls of the readers of JSON-LD
(`json_ld`), of marked elements (`items`) and of the address (`addresses`). Not here: what is printed for people
(`printed`, `visible`), and which claim is believed (`choice`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from archive.model.provenance import Witness
from archive.normalise import dates, names, urls
from archive.reading import addresses, items, json_ld, origins
from archive.reading.marked import Attributes, Marked
from archive.reading.page import Statement
from archive.reading.places import Places
from archive.reading.spaces import fold, unbroken

_META: Mapping[str, tuple[str, Witness]] = {
    "og:title": ("title", "open_graph"),
    "og:description": ("standfirst", "open_graph"),
    "article:author": ("authors", "open_graph"),
    "article:published_time": ("published", "open_graph"),
    "og:article:published_time": ("published", "open_graph"),
    "og:article:author": ("authors", "open_graph"),
    "og:published_time": ("published", "open_graph"),
    "og:release_date": ("published", "open_graph"),
    "og:pubdate": ("published", "open_graph"),
    "og:locale": ("language", "open_graph"),
    "og:site_name": ("site_name", "open_graph"),
    "article:section": ("kicker", "open_graph"),
    "og:url": ("canonical_url", "open_graph"),
    **dict.fromkeys(
        ("twitter:title", "citation_title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title"),
        ("title", "meta"),
    ),
    **dict.fromkeys(
        ("description", "dc.description", "dcterms.abstract", "twitter:description"), ("standfirst", "meta")
    ),
    **dict.fromkeys(
        ("author", "authors", "byl", "citation_author", "dc.creator", "dcterms.creator", "dc.contributor.author",
         "parsely-author", "sailthru.author", "article.author", "cxenseparse:author", "creator", "author_name",
         "author-name", "article_author", "articleauthor", "article:author_name", "og:author", "byline", "mrf:authors",
         "dable:author", "dcsext.author", "search.byline", "trackonomics.author", "shareaholic:article_author_name"),
        ("authors", "meta"),
    ),
    **dict.fromkeys(
        ("citation_publication_date", "citation_date", "citation_online_date", "dc.date", "dc.date.issued",
         "dc.date.created", "dcterms.date", "dcterms.issued", "dcterms.created", "date", "pubdate", "publishdate",
         "publish-date", "publish_date", "publication_date", "published", "parsely-pub-date", "sailthru.date",
         "article.published", "article_date_original", "cxenseparse:recs:publishtime", "originalpublicationdate"),
        ("published", "meta"),
    ),
    **dict.fromkeys(("dc.language", "dcterms.language", "citation_language", "content-language"), ("language", "meta")),
    **dict.fromkeys(("dc.rights", "dcterms.rights", "copyright"), ("rights", "meta")),
    "dcterms.license": ("license_uri", "meta"),
}  # fmt: skip
_FEEDS = frozenset(("application/rss+xml", "application/atom+xml", "application/feed+json"))
_WORDPRESS = "https://api.w.org/"
_POSTS = "per_page=100&_fields=link,title,date_gmt,date"
_MOST_TAGS = 400
_CARD = "twitter:"
_YEARS = len("2024/2035")
_SEPARATOR = re.compile(r"\s[|–—-]\s")
_PUBLISHED = re.compile(
    r"(?:pub|publish|publication|published)[-_.:]?(?:date|time|on)$|date[-_.:]?(?:published|issued|posted)$"
)
"""How the name of a date of publication ends, whatever stands before it."""


def statements(tree: LexborHTMLParser, url: str, places: Places, marked: Marked | None = None) -> list[Statement]:
    """Every claim of the page's machine-readable places, in the order of the kinds below."""
    marked = marked or Marked(tree)
    return [
        *json_ld.statements(marked.scripts),
        *_meta(marked.metas, url),
        *items.statements(marked.properties, places),
        *_elements(tree, marked.times, url, places),
        *origins.alternates(marked.versions, url, places),
        *(Statement("published", day, "url", "url") for day in addresses.days(url)),
    ]


def feeds(tree: LexborHTMLParser, url: str) -> list[str]:
    """The feeds that the page names, as absolute addresses in its order, WordPress's list of posts last."""
    found: list[str] = []
    posts: list[str] = []
    for node in tree.css("head > link[rel][href]")[:_MOST_TAGS]:
        rel, kind = (node.attributes.get("rel") or "").lower().split(), (node.attributes.get("type") or "").lower()
        address = urls.join(url, node.attributes.get("href") or "")
        if address and "alternate" in rel and kind in _FEEDS:
            found.append(address)
        if address and _WORDPRESS in rel:
            # Its root is a path, or on sites without such paths a part of the query.
            separator = "&" if "?" in address else "?"
            posts.append(f"{address.rstrip('/')}/wp/v2/posts{separator}{_POSTS}")
    return list(dict.fromkeys([*found, *posts]))


def _meta(elements: Sequence[tuple[LexborNode, Attributes]], url: str) -> Iterator[Statement]:
    labels: dict[str, str] = {}
    for _, attributes in elements[:_MOST_TAGS]:
        name = (attributes.get("property") or attributes.get("name") or attributes.get("http-equiv") or "").lower()
        content = fold(attributes.get("content") or "")
        if not content:
            continue
        if name.startswith(_CARD):
            # A card shows pairs of a label and what it labels: "Written by", "Ada Moll".
            kind, number = name[len(_CARD) : -1], name[-1]
            if kind == "label":
                labels[number] = content
            elif kind == "data" and names.is_label(labels.get(number, "")):
                yield Statement("authors", content, "meta", f"meta[{name}]")
        field, witness = _META.get(name) or (("published", "meta") if _PUBLISHED.search(name) else ("", "meta"))
        if field:
            if field == "canonical_url":
                content = _address(url, content) or ""
            if content:
                yield Statement(field, content, witness, f"meta[{name}]")


def _elements(tree: LexborHTMLParser, times: Sequence[LexborNode], url: str, places: Places) -> Iterator[Statement]:
    root = tree.root
    if root is not None and root.attributes.get("lang"):
        yield Statement("language", root.attributes["lang"] or "", "html_lang", "/html@lang")
    if (title := tree.css_first("head > title, body title:first-of-type")) and (text := fold(unbroken(title.text()))):
        place = places.path(title)
        yield Statement("title", text, "title_element", place)
        for part in _SEPARATOR.split(text):
            # Years alone are what the text is about.
            if (date := dates.parse(part) if any(map(str.isdigit, part)) else None) and len(date.edtf) > _YEARS:
                yield Statement("published", part, "title_element", place)
    for node in _links(tree)[:_MOST_TAGS]:
        rel, address = (node.attributes.get("rel") or "").lower().split(), node.attributes.get("href") or ""
        if "canonical" in rel and (absolute := _address(url, address)):
            yield Statement("canonical_url", absolute, "link_element", places.path(node))
        if "license" in rel and address:
            yield Statement("rights", address, "link_element", places.path(node))
    for node in times[:10]:
        attributes = node.attributes
        if re.match(r"\d{4}", value := (attributes.get("datetime") or attributes.get("title") or "").strip()):
            yield Statement("published", value, "time_element", places.path(node))


def _links(tree: LexborHTMLParser) -> list[LexborNode]:
    """The link elements right in the head."""
    head = tree.head
    links = [] if head is None else head.css("link[rel]")
    return [node for node in links if node.parent is not None and node.parent.tag == "head"]


def _address(url: str, stated: str) -> str | None:
    """A stated address made absolute; None for what is none, such as the placeholder of an unfilled template."""
    return urls.join(url, stated) if re.match(r"https?://|/", stated.strip()) else None
