"""The proof that a page has no line-up: no two of its short lines repeat what lines above them begin with.

Here belongs a glance at words alone, which most pages of one text do not pass. Whoever passes is looked at closely
(`line_up`), so only one answer can be wrong: no.
"""

import re
from collections.abc import Sequence

from archive.normalise.names import may_name_anybody
from archive.reading.openings import LONGEST_NAME, key, name_of
from archive.reading.page import Block

_LONGEST_ITEM = 300
_SEAM = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-ZÀ-ÞŠŽ])")
_ENOUGH = 2

_Lines = dict[str, dict[tuple[str, ...], str]]
"""First word → the lines that begin with it, each by its words and as printed."""


def are_possible(flow: Sequence[Block]) -> bool:
    """Whether at least two different short blocks could repeat the beginning of a longer or equal one above them."""
    by_first: _Lines = {}
    repeated: set[tuple[str, ...]] = set()
    for block in flow:
        text = block.text
        if not text or len(text) > _LONGEST_ITEM:
            continue
        whole = key(text)
        if len(text) <= LONGEST_NAME and block.kind != "image":
            repeated |= {
                spelt for spelt in {whole, key(name_of(text))} if spelt and _is_beginning(spelt, by_first, text)
            }
            if len(repeated) >= _ENOUGH:
                return True
        _add(text, by_first)
    return False


def places(flow: Sequence[Block]) -> list[int]:
    """The short blocks that repeat the beginning of a line above them."""
    by_first: _Lines = {}
    found: list[int] = []
    for index, block in enumerate(flow):
        text = block.text
        if not text or len(text) > _LONGEST_ITEM:
            continue
        if len(text) <= LONGEST_NAME and any(_repeats(spelt, by_first) for spelt in {key(text), key(name_of(text))}):
            found.append(index)
        _add(text, by_first)
    return found


def _add(text: str, by_first: _Lines) -> None:
    """Keep a line, and what it is where the seams between its words are closed."""
    whole = key(text)
    glued = key(_SEAM.sub(" ", text)) if _SEAM.search(text) else whole
    for line in {whole, glued}:
        if line:
            # A line that is repeated a thousand times is looked at once.
            by_first.setdefault(line[0], {}).setdefault(line, text)


def _repeats(spelt: tuple[str, ...], by_first: _Lines) -> bool:
    """Whether some line begins with these words, in whatever order."""
    wanted = sorted(spelt)
    return any(sorted(line[: len(spelt)]) == wanted for first in set(spelt) for line in by_first.get(first, {}))


def _is_beginning(spelt: tuple[str, ...], by_first: _Lines, text: str) -> bool:
    """Whether some line begins with these words, in whatever order, and either of the two can name somebody."""
    wanted = sorted(spelt)
    return any(
        sorted(line[: len(spelt)]) == wanted and (may_name_anybody(text) or may_name_anybody(above))
        for first in set(spelt)
        for line, above in by_first.get(first, {}).items()
    )
