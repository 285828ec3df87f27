"""The blocks of a page among which answers stand, in its order.

Here belongs letting in what a glance at the markup takes for something else: a byline that is the first label, a footer
that signs a quotation, a person's card that is made like a teaser. Not here: which of the blocks are labels.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from archive.reading import openings
from archive.reading.page import Block

_REGIONS = frozenset(("body", "inset", "aside", "head", "caption"))
_MOST_LINES, _FEWEST_PARTS = 3, 4
_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")


def flow(blocks: Sequence[Block]) -> list[Block]:
    """The blocks among which answers stand: what was read as title or byline may be the first label."""
    blocks = [part for block in blocks for part in _paragraphs(block)]
    shown = _portraits(blocks)
    return [
        # A line of stars or dashes is said by nobody.
        replace(block, kind="label", in_text=False)
        if block.in_text and not _has_words(block)
        else replace(block, kind="image" if block.kind == "image" else "label", region="body")
        if place in shown
        else block
        for place, block in enumerate(blocks)
        if block.region in _REGIONS or place in shown or _is_signature(block)
    ]


def _paragraphs(block: Block) -> list[Block]:
    """The paragraphs of a record that was typed: lines broken by hand, and empty lines between."""
    if block.kind != "preformatted" or not block.in_text or not (parts := _EMPTY_LINES.split(block.text.strip())):
        return [block]
    if len(parts) < _FEWEST_PARTS:
        return [block]
    return [replace(block, kind="paragraph", text=" ".join(part.split()), bare=True) for part in parts]


def _portraits(blocks: Sequence[Block]) -> frozenset[int]:
    """The places of what looks like teasers and is who speaks: a few lines again and again, the first a name."""
    found: list[int] = []
    people: set[tuple[str, ...]] = set()
    for is_beside, run in groupby(range(len(blocks)), key=lambda place: blocks[place].region == "related"):
        places = list(run) if is_beside else []
        lines = [blocks[place].text for place in places if blocks[place].kind != "image"]
        if 0 < len(lines) <= _MOST_LINES and len(lines[0]) <= openings.LONGEST_NAME and openings.names_people(lines[0]):
            found += places
            people.add(openings.key(lines[0]))
    return frozenset(found if len(people) > 1 else ())


def _has_words(block: Block) -> bool:
    return any(map(str.isalnum, block.text))


def _is_signature(block: Block) -> bool:
    """Whether a footer is that of a part of the text, and may say whose that is."""
    place = block.locator
    is_inner = "/blockquote[" in place or place.count("/article[") > 1 or "/section[" in place
    return block.region == "footer" and is_inner and len(block.text) <= openings.LONGEST_NAME
