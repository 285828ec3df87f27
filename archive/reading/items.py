"""Microdata and RDFa: what elements say that are marked with a property.

Here belong the properties of the first thing that a page describes so. Not here: class names (`printed`).
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Literal

from selectolax.lexbor import LexborNode

from archive.reading.marked import Attributes
from archive.reading.markup import words
from archive.reading.page import Statement
from archive.reading.places import Places

_PROPERTIES: Mapping[str, str] = {
    "headline": "title",
    "author": "authors",
    "creator": "authors",
    "datepublished": "published",
    "issued": "published",
    "inlanguage": "language",
}
_PREFIXES = frozenset(("schema", "dc", "dcterms"))
_MOST = 40


def statements(elements: Iterable[tuple[LexborNode, Attributes]], places: Places) -> Iterator[Statement]:
    """The claims of marked elements down to where a second thing begins to be described."""
    seen: set[str] = set()
    for node, attributes, field in islice(_known(elements), _MOST):
        if field in seen and field != "authors":
            if field == "title":
                return
            continue
        value = _value(node)
        if value:
            seen.add(field)
            yield Statement(
                field, value, "microdata", places.path(node), agent=_agent(attributes.get("itemtype") or "")
            )


def _known(elements: Iterable[tuple[LexborNode, Attributes]]) -> Iterator[tuple[LexborNode, Attributes, str]]:
    """The elements with a property that we know, and the field that it states."""
    for node, attributes in elements:
        marked = attributes.get("itemprop")
        if not marked:
            prefix, _, marked = (attributes.get("property") or "").lower().rpartition(":")
            if prefix not in _PREFIXES:
                continue
        field = next((_PROPERTIES[name] for name in marked.lower().split() if name in _PROPERTIES), None)
        if field:
            yield node, attributes, field


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
