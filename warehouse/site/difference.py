"""What changed between two versions of a text, word by word, in the order of reading.

Here belongs the comparison. Not here: how it is shown (`templates/changes.html`).

Paragraphs are compared first and words only inside those that changed, so that the cost stays near the length of what
changed, and a reader sees whole sentences rather than a fringe of letters.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_PARAGRAPHS = re.compile(r"\n\s*\n")
_MOST_WORK = 4_000_000
"""Parts of the one side times parts of the other: above that only what both begin and end with is the same."""
_MOST_PAIRS = 10_000
"""Paragraphs taken out times paragraphs put in: above that nobody looks which of them are alike."""

Mark = Literal["same", "inserted", "deleted"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words and what became of it."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as pieces; `changed` is False where both versions have it."""

    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """True where anything in it was inserted or deleted."""
        return any(piece.mark != "same" for piece in self.pieces)


def paragraphs(old: str, new: str) -> list[Paragraph]:
    """The paragraphs of both texts in reading order, each compared with the one that stands in its place."""
    before, after = _split(old), _split(new)
    found: list[Paragraph] = []
    for same, a, b, c, d in _runs(before, after):
        if same:
            found += [Paragraph((Piece("same", text),)) for text in before[a:b]]
        else:
            found += _replaced(before[a:b], after[c:d])
    return found


def words(old: str, new: str) -> tuple[Piece, ...]:
    """One passage compared with another; the texts of its pieces make up both."""
    return tuple(_tidied(_pieces(_WORDS.findall(old), _WORDS.findall(new))))


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Stretches that are the same, and others, each with where it begins and ends on both sides."""
    if len(before) * len(after) <= _MOST_WORK:
        for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            yield tag == "equal", a, b, c, d
        return
    first = _shared(before, after)
    last = _shared(before[first:][::-1], after[first:][::-1])
    yield True, 0, first, 0, first
    yield False, first, len(before) - last, first, len(after) - last
    yield True, len(before) - last, len(before), len(after) - last, len(after)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many parts two sequences have in common from the first."""
    return next(
        (number for number, (left, right) in enumerate(zip(one, other, strict=False)) if left != right),
        min(len(one), len(other)),
    )


def _split(text: str) -> list[str]:
    return [part.strip() for part in _PARAGRAPHS.split(text) if part.strip()]


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[Paragraph]:
    """Paragraphs that stand in each other's place: alike ones are compared, others are deleted and inserted."""
    waiting = list(after)
    if len(before) * len(after) > _MOST_PAIRS:
        yield from (Paragraph((Piece("deleted", text),)) for text in before)
        before = ()
    for text in before:
        partner = next((index for index, other in enumerate(waiting) if _alike(text, other)), None)
        if partner is None:
            yield Paragraph((Piece("deleted", text),))
            continue
        yield from (Paragraph((Piece("inserted", other),)) for other in waiting[:partner])
        yield Paragraph(words(text, waiting[partner]))
        del waiting[: partner + 1]
    yield from (Paragraph((Piece("inserted", other),)) for other in waiting)


def _alike(one: str, other: str) -> bool:
    """Whether two paragraphs share at least half of their words, in any order."""
    left, right = set(one.split()), set(other.split())
    return 2 * len(left & right) >= min(len(left), len(right)) > 0


def _pieces(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    for same, a, b, c, d in _runs(before, after):
        if same:
            yield Piece("same", "".join(before[a:b]))
            continue
        if b > a:
            yield Piece("deleted", "".join(before[a:b]))
        if d > c:
            yield Piece("inserted", "".join(after[c:d]))


def _tidied(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """A blank between two changes belongs to them: three words that were replaced read as one change, not as three."""
    deleted, inserted = "", ""
    held = ""
    for piece in pieces:
        if piece.mark == "same" and piece.text.isspace() and deleted and inserted and not held:
            held = piece.text
        elif piece.mark == "same":
            yield from _change(deleted, inserted)
            deleted, inserted = "", ""
            yield Piece("same", held + piece.text)
            held = ""
        else:
            deleted += held + (piece.text if piece.mark == "deleted" else "")
            inserted += held + (piece.text if piece.mark == "inserted" else "")
            held = ""
    yield from _change(deleted, inserted)
    if held:
        yield Piece("same", held)


def _change(deleted: str, inserted: str) -> Iterator[Piece]:
    if deleted:
        yield Piece("deleted", deleted)
    if inserted:
        yield Piece("inserted", inserted)
