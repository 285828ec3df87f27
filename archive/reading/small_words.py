"""The words that a page writes small: no name is made of them.

    The Machine Is Not the Problem  ·  … has been the problem since the first machine …

Here belongs telling a name from words of the page. Not here: what makes a name (`persons`).
"""

import re
from collections.abc import Container, Iterable

from archive.normalise import name_words
from archive.reading.page import Block

_WORD = re.compile(r"[^\W\d_]{3,}")


def of(running: Iterable[Block]) -> frozenset[str]:
    """The words that some running text writes small."""
    return frozenset(word for block in running for word in _WORD.findall(block.text) if word[0].islower())


def make_up(name: str, small: Container[str]) -> bool:
    """Whether at least half of a name are words of the page."""
    words = (word.lower() for word in _WORD.findall(name) if word[0].isupper())
    own = [word for word in words if word not in name_words.PARTICLES]
    return sum(word in small for word in own) * 2 >= max(len(own), 1)
