"""Microdata and RDFa: what elements say that are marked with a property.

Here belong the properties of the first thing that a page describes so. Not here: class names (`printed`).
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from archive.reading.markup import path, words
from archive.reading.page import Statement

_PROPERTIES: Mapping[str, str] = {
    "headline": "title",
    "author": "authors",
    "creator": "authors",
    "datepublished": "published",
    "issued": "published",
    "inlanguage": "language",
}
_SELECTOR = ", ".join(
    [f'[itemprop~="{name}" i]' for name in ("headline", "author", "creator", "datePublished", "inLanguage")]
    + [
        f'[property="{prefix}:{name}" i]'
        for prefix in ("schema", "dc", "dcterms")
        for name in ("headline", "author", "creator", "datePublished", "issued")
    ]
)
_MOST = 40


def statements(tree: LexborHTMLParser) -> Iterator[Statement]:
    """The claims of marked elements down to where a second thing begins to be described."""
    seen: set[str] = set()
    for node in tree.css(_SELECTOR)[:_MOST]:
        attributes = node.attributes
        marked = (attributes.get("itemprop") or attributes.get("property") or "").lower().rpartition(":")[2]
        field = next((_PROPERTIES[name] for name in marked.split() if name in _PROPERTIES), None)
        if field is None or (field in seen and field != "authors"):
            if field == "title":
                return
            continue
        value = _value(node)
        if value:
            seen.add(field)
            yield Statement(field, value, "microdata", path(node), agent=_agent(attributes.get("itemtype") or ""))


def _value(node: LexborNode) -> str:
    attributes = node.attributes
    for name in ("content", "datetime"):
        if attributes.get(name):
            return (attributes[name] or "").strip()
    inner = node.css_first('[itemprop~="name"]')
    if inner is not None and inner.mem_id != node.mem_id:
        return inner.attributes.get("content") or words(inner)
    return words(node)


def _agent(kind: str) -> Literal["", "person", "organisation"]:
    return "person" if kind.endswith("Person") else "organisation" if kind.endswith("Organization") else ""
