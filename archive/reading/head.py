"""What an HTML page says about itself in machine-readable places: one `Statement` per claim, nothing decided.

Here belong JSON-LD (read by path), meta tags, `<title>`, `<link>`, `<html lang>` and `<time>`. Not here: what is
printed for people (`visible`) and which claim is believed (`choice`).
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from archive.model.provenance import Witness
from archive.normalise import urls
from archive.reading.markup import fold, path
from archive.reading.page import Statement

_META: Mapping[str, tuple[str, Witness]] = {
    "og:title": ("title", "open_graph"),
    "twitter:title": ("title", "meta"),
    "citation_title": ("title", "meta"),
    "dc.title": ("title", "meta"),
    "og:description": ("standfirst", "open_graph"),
    "description": ("standfirst", "meta"),
    "author": ("authors", "meta"),
    "article:author": ("authors", "open_graph"),
    "citation_author": ("authors", "meta"),
    "dc.creator": ("authors", "meta"),
    "parsely-author": ("authors", "meta"),
    "sailthru.author": ("authors", "meta"),
    "article:published_time": ("published", "open_graph"),
    "citation_publication_date": ("published", "meta"),
    "dc.date": ("published", "meta"),
    "dc.date.issued": ("published", "meta"),
    "date": ("published", "meta"),
    "pubdate": ("published", "meta"),
    "parsely-pub-date": ("published", "meta"),
    "sailthru.date": ("published", "meta"),
    "og:locale": ("language", "open_graph"),
    "content-language": ("language", "meta"),
    "og:site_name": ("site_name", "open_graph"),
    "article:section": ("kicker", "open_graph"),
    "og:url": ("canonical_url", "open_graph"),
}
_ARTICLES = frozenset(
    "Article NewsArticle BlogPosting ReportageNewsArticle OpinionNewsArticle AnalysisNewsArticle ScholarlyArticle "
    "SocialMediaPosting LiveBlogPosting Report Review TechArticle WebPage CreativeWork DiscussionForumPosting".split()
)
_FEEDS = frozenset(("application/rss+xml", "application/atom+xml", "application/feed+json"))
_WORDPRESS = "https://api.w.org/"
_POSTS = "per_page=100&_fields=link,title,date_gmt,date"
_MOST_TAGS = 400
_DEEPEST = 12


def statements(tree: LexborHTMLParser, url: str) -> list[Statement]:
    """Every claim of the page's machine-readable places, in the order of the kinds below."""
    return [*_json_ld(tree), *_meta(tree, url), *_elements(tree, url)]


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


def _json_ld(tree: LexborHTMLParser) -> Iterator[Statement]:
    for number, node in enumerate(tree.css('script[type="application/ld+json"]')[:20]):
        try:
            # Raw line breaks inside strings are a common fault, and harmless.
            data = json.loads(node.text(), strict=False)
        except (ValueError, RecursionError):
            continue
        for place, item in _articles(data, f"json-ld[{number}]", 0):
            yield from _article(item, place)


def _articles(data: Any, place: str, depth: int) -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401 - any JSON
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for number, item in enumerate(data[:50]):
            yield from _articles(item, f"{place}[{number}]", depth + 1)
    elif isinstance(data, dict):
        if _ARTICLES.intersection(_types(data)):
            yield place, data
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(data.get(name), dict | list):
                yield from _articles(data[name], f"{place}.{name}", depth + 1)


def _types(item: dict[str, Any]) -> list[str]:
    kinds: Any = item.get("@type", [])
    return [str(kind).rpartition("/")[2] for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _article(item: dict[str, Any], place: str) -> Iterator[Statement]:
    for name, field in (
        ("headline", "title"),
        ("description", "standfirst"),
        ("datePublished", "published"),
        ("inLanguage", "language"),
        ("articleSection", "kicker"),
        ("license", "rights"),
    ):
        value: Any = item.get(name)
        if name == "articleSection" and isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, str) and value.strip():
            yield Statement(field, fold(value), "json_ld", f"{place}.{name}")
    makers = item.get("author")
    for number, maker in enumerate(makers if isinstance(makers, list) else [makers]):
        named = maker.get("name") if isinstance(maker, dict) else maker
        for one in named if isinstance(named, list) else [named]:
            if isinstance(one, str) and one.strip():
                yield Statement("authors", fold(one), "json_ld", f"{place}.author[{number}]")


def _meta(tree: LexborHTMLParser, url: str) -> Iterator[Statement]:
    for node in tree.css("meta")[:_MOST_TAGS]:
        attributes = node.attributes
        name = (attributes.get("property") or attributes.get("name") or attributes.get("http-equiv") or "").lower()
        content = fold(attributes.get("content") or "")
        if name in _META and content:
            field, witness = _META[name]
            if field == "canonical_url":
                content = _address(url, content) or ""
            if content:
                yield Statement(field, content, witness, f"meta[{name}]")


def _elements(tree: LexborHTMLParser, url: str) -> Iterator[Statement]:
    root = tree.root
    if root is not None and root.attributes.get("lang"):
        yield Statement("language", root.attributes["lang"] or "", "html_lang", "/html@lang")
    if (title := tree.css_first("head > title")) and (text := fold(title.text())):
        yield Statement("title", text, "title_element", "/html/head/title")
    for node in tree.css("head > link[rel]")[:_MOST_TAGS]:
        rel, address = (node.attributes.get("rel") or "").lower().split(), node.attributes.get("href") or ""
        if "canonical" in rel and (absolute := _address(url, address)):
            yield Statement("canonical_url", absolute, "link_element", path(node))
        if "license" in rel and address:
            yield Statement("rights", address, "link_element", path(node))
    for node in tree.css("time[datetime]")[:10]:
        if re.match(r"\d{4}", value := (node.attributes.get("datetime") or "").strip()):
            yield Statement("published", value, "time_element", path(node))


def _address(url: str, stated: str) -> str | None:
    """A stated address made absolute; None for what is none, such as the placeholder of an unfilled template."""
    return urls.join(url, stated) if re.match(r"https?://|/", stated.strip()) else None
