"""What changed between two texts, word by word.

Here belongs comparing. Not here: how a difference is shown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Kind = Literal["same", "removed", "added"]
_WORD = re.compile(r"\S+\s*")
_PARAGRAPH = re.compile(r"\n\s*\n")
_LONG = 4_000
"""Words of a stretch above which it is told as a whole: comparing words takes time that grows with their square."""


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of words that stayed, went or came."""

    kind: Kind
    text: str


def words(before: str, after: str) -> list[Change]:
    """The stretches of two texts in order: joined, all but the added give `before`, all but the removed `after`.

    Paragraphs that stayed are found first, then the words inside what lies between them. White space is compared as one
    space, but for the blank line between two paragraphs.
    """
    old, new = (_paragraphs(text) for text in (before, after))
    found: list[Change] = []
    for tag, start, stop, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += _change("same", old[start:stop])
        else:
            found += _inside(old[start:stop], new[begin:end])
    return list(_merged(found))


def _inside(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    one, two = ([word for paragraph in part for word in _WORD.findall(paragraph)] for part in (old, new))
    if len(one) * len(two) > _LONG * _LONG:
        yield from _change("removed", one)
        yield from _change("added", two)
        return
    for tag, start, stop, begin, end in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from _change("same", one[start:stop])
        else:
            yield from _change("removed", one[start:stop])
            yield from _change("added", two[begin:end])


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each on one line, with the blank line behind it; a space behind the last one."""
    parts = [" ".join(part.split()) for part in _PARAGRAPH.split(text) if part.strip()]
    return [part + ("\n\n" if number < len(parts) else " ") for number, part in enumerate(parts, start=1)]


def _change(kind: Kind, parts: Sequence[str]) -> Iterator[Change]:
    if parts:
        yield Change(kind, "".join(parts))


def _merged(changes: Sequence[Change]) -> Iterator[Change]:
    """Neighbours of one kind together; among changes, what was removed stands before what was added."""
    for is_same, group in groupby(changes, key=lambda change: change.kind == "same"):
        stretch = list(group)
        kinds: tuple[Kind, ...] = ("same",) if is_same else ("removed", "added")
        for kind in kinds:
            if text := "".join(change.text for change in stretch if change.kind == kind):
                yield Change(kind, text)
