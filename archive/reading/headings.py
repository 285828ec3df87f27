"""Which heading of a page is its title: by what the page states, and else by where it stands.

Here belongs choosing among headings. Not here: lines in no heading that say a part of what is stated (`headline`), what
else is printed about the text (`printed`), and choosing between what is printed and what is stated (`choice`).
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from archive.normalise.text import word_count
from archive.reading import markup
from archive.reading.outline import Frame

_FEWEST_WORDS, _FEWEST_BEGINNING = 4, 2
_OVER = 8
"""Pieces that may stand between a headline and the element that holds the text."""


@dataclass(slots=True)
class Heading:
    """A heading, with its words."""

    tag: str
    frame: Frame
    text: str
    paragraphs: int
    """Paragraphs of running text before it."""
    order: int = 0
    """Its place among all elements that may print something."""


def same(headings: Sequence[Heading], titles: Collection[str]) -> Heading | None:
    """The heading that says what the page says of itself; one in a path through the site says it once more."""
    stated = set(map(_key, titles))
    alike = [item for item in headings if _key(item.text) in stated]
    return min(alike, key=lambda item: (_is_in_path(item.frame), item.tag, item.paragraphs)) if alike else None


def main(headings: Sequence[Heading], titles: Collection[str], scope: Frame) -> Heading | None:
    """The main heading that says most of what the page says of itself, or its beginning; else the only one.

    What the page says of itself may be another headline than the one over the text.
    """
    stated = set(map(_key, titles))
    first = [item for item in headings if item.tag == "h1"]
    words = [set(title.split()) for title in stated]
    for item in first:
        own = set(_key(item.text).split())
        if own and any(len(own & other) * 2 > max(len(own), len(other)) for other in words):
            return item
    if not stated and first:
        return next((item for item in first if item.frame.is_inside(scope)), first[0])
    over = [item for item in first if not item.paragraphs and _is_over(item, scope)]
    alone = first[0] if len(first) == 1 and not first[0].paragraphs else None
    if alone and (alone.frame.is_inside(scope) or _begins(alone, stated)):
        return alone
    return over[0] if len(over) == 1 else None


def _begins(item: Heading, stated: Collection[str]) -> bool:
    """Whether a heading is the beginning of what the page says of itself, which goes on about the text."""
    text = _key(item.text)
    return text.count(" ") >= _FEWEST_BEGINNING and any(title.startswith(f"{text} ") for title in stated)


def around_title(headings: Iterable[LexborNode], titles: Collection[str]) -> Sequence[LexborNode]:
    """The elements around the first main heading that says what the page says of itself."""
    keys = set(map(_key, titles))
    for heading in headings:
        text = _key(heading.text())
        if text in keys or (text.count(" ") >= _FEWEST_WORDS and any(key.startswith(f"{text} ") for key in keys)):
            around: list[LexborNode] = []
            current = heading.parent
            while current is not None and current.tag != "body":
                around.append(current)
                current = current.parent
            if not any(node.tag in markup.SKIPPED for node in around):
                return around
    return ()


def _is_over(item: Heading, scope: Frame) -> bool:
    """Whether a heading of several words stands right over the text."""
    return 0 <= scope.start - item.frame.end <= _OVER and word_count(item.text) >= _FEWEST_WORDS


def _is_in_path(frame: Frame) -> bool:
    """Whether an element is one of a list for finding one's way."""
    current: Frame | None = frame
    while current is not None and current.tag != "nav":
        current = current.parent
    return current is not None


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
