"""How many take part, as a landing or introduction page announces it.

Here belongs finding those words and the numbers in them. Not here: how many there are.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from archive.reading.page import Block

_NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(),
        start=1,
    )
}
_NUMBER = rf"(\d{{1,3}}|{'|'.join(_NUMBERS)})"
_PEOPLE = re.compile(
    rf"\b{_NUMBER}\s+(?:\w+\s+)?(?:people|experts|respondents|participants|contributors|speakers|voices|writers|authors|"
    r"scholars|activists|practitioners|leaders)\b",
    re.IGNORECASE,
)
_ENTRIES = re.compile(rf"\b{_NUMBER}\s+(?:entries|answers)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[:;](?:\s|$)|[.!?][\"”’')\]]?(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Announced:
    """The words that announce how many take part, the people and entries in them, and their place."""

    words: str
    people: int | None
    entries: int | None
    locator: str


def announced(blocks: Iterable[Block]) -> Announced | None:
    """The first announcement in these blocks; None where there is none."""
    for block in blocks:
        found = _PEOPLE.search(block.text) or _ENTRIES.search(block.text)
        if not found or block.kind == "heading":
            continue
        ends = [match.end() for match in _CLAUSE_END.finditer(block.text[: found.start()])]
        stop = _CLAUSE_END.search(block.text, found.end())
        words = block.text[ends[-1] if ends else 0 : stop.start() if stop else None].strip()
        return Announced(words, _count(_PEOPLE, words), _count(_ENTRIES, words), block.locator)
    return None


def _count(pattern: re.Pattern[str], words: str) -> int | None:
    found = pattern.search(words)
    if not found:
        return None
    return int(found[1]) if found[1].isdigit() else _NUMBERS[found[1].lower()]
