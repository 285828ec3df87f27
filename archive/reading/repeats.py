"""Which short lines of a page repeat what lines above them begin with: only these can be a list and its headings.

Here belongs a glance at words alone, which finds nothing on most pages of one text. What it finds is looked at closely
(`line_up`), so it may find too much, and must not miss any.
"""

import re
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from archive.normalise.name_words import HONORIFICS
from archive.normalise.text import fold
from archive.reading.openings import LONGEST_NAME, key, name_of
from archive.reading.page import Block

LONGEST_ITEM = 300
_BEGINNING = 60
_RUNNING = 60
_SEAM = re.compile(r"(?=[A-ZÀ-ÞŠŽ])(?<=[^\W\d_A-Z])")
SENTENCE_END = re.compile(r"[.!?…][\"“”’')\]]?$")
_FIRST = re.compile(r"\w+")
_LISTING = frozenset(("list_item", "paragraph", "label"))

_Lines = dict[str, dict[tuple[str, ...], list[int]]]
"""First word → the lines that begin with it, each by its words, with the blocks that print it."""


class Repeats(NamedTuple):
    """What repeats on a page.

    Attributes:
        places: the blocks that repeat the beginning of a line above them, and can head an answer, in order.
        lines: the blocks whose beginnings are repeated, in order.
    """

    places: list[int]
    lines: list[int]


def find(flow: Sequence[Block]) -> Repeats | None:
    """What repeats; None where fewer than two lines of different words do."""
    heads = _heads(flow)
    if len({flow[place].text for place in heads}) < 2:
        return None
    wanted = {word for spellings in heads.values() for spelt in spellings for word in spelt}
    by_first: _Lines = {}
    places: list[int] = []
    repeated: set[tuple[str, ...]] = set()
    for index, block in enumerate(flow):
        if index in heads and by_first:
            lines = {line for spelt in heads[index] for line in _repeated(spelt, by_first)}
            if lines:
                places.append(index)
                repeated |= lines
        if can_list(block) and _begins_with(block.text, wanted):
            for line in {key(block.text), unglued(block.text)}:
                if line:
                    # A line that is repeated a thousand times is looked at once.
                    by_first.setdefault(line[0], {}).setdefault(line, []).append(index)
    if len({flow[place].text for place in places}) < 2:
        return None
    return Repeats(places, sorted({index for line in repeated for index in by_first[line[0]][line]}))


def runs(block: Block) -> bool:
    """Whether a block can be something that is said."""
    return len(block.text) > _RUNNING or bool(SENTENCE_END.search(block.text))


def _heads(flow: Sequence[Block]) -> dict[int, set[tuple[str, ...]]]:
    """The short blocks that can head an answer, since they are headings or something is said below; by their words."""
    found: dict[int, set[tuple[str, ...]]] = {}
    below = [False, False]
    for index in range(len(flow) - 1, -1, -1):
        block = flow[index]
        if block.kind == "image":
            continue
        text = block.text
        if 0 < len(text) <= LONGEST_NAME and (block.level or any(below)):
            found[index] = {key(text), key(name_of(text))}
        below = [runs(block), below[0]]
    return found


def _begins_with(text: str, wanted: Container[str]) -> bool:
    """Whether a line can begin with one of some words; in front of it may stand a number or titles."""
    beginning = fold(text[:_BEGINNING])
    first = _FIRST.search(beginning)
    if first is None or first.end() == len(beginning):
        return True
    word = first[0]
    if word in wanted or word.isdigit() or word in HONORIFICS or not word.isalnum():
        return True
    # Words may have lost the space between them.
    return bool(_SEAM.search(text, 0, _BEGINNING))


def unglued(text: str) -> tuple[str, ...]:
    """The words of a line, with those apart that have lost the space between them."""
    return key(_SEAM.sub(" ", text)) if _SEAM.search(text) else key(text)


def can_list(block: Block) -> bool:
    """Whether a block can be an item of a list of names."""
    if len(block.text) >= LONGEST_ITEM or block.region == "head":
        return False
    if block.kind == "paragraph" and len(block.text) > _RUNNING and SENTENCE_END.search(block.text):
        # Words about somebody in an answer are no item of a list.
        return False
    return block.kind in _LISTING or (block.kind == "boilerplate" and block.region == "aside")


def _repeated(spelt: tuple[str, ...], by_first: _Lines) -> Iterator[tuple[str, ...]]:
    """The lines that begin with these words, in whatever order."""
    wanted = sorted(spelt)
    for first in set(spelt):
        for line in by_first.get(first, ()):
            if sorted(line[: len(spelt)]) == wanted:
                yield line
