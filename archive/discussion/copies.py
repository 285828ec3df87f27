"""Finding the text that another one is a copy of, by its paragraphs.

Here belongs the index. Not here: what follows from a find (`placing`, `identity`).
"""

from collections import Counter, defaultdict
from collections.abc import Hashable
from typing import Generic, TypeVar

from archive.discussion.sighting import Words, is_alike

Key = TypeVar("Key", bound=Hashable)


class Texts(Generic[Key]):
    """Texts by their paragraphs, in any number; a copy may lack some of them, and bring lines of its own."""

    def __init__(self, least: int) -> None:
        self._least = least
        self._texts: list[tuple[Key, Words]] = []
        self._by_paragraph: dict[int, list[int]] = defaultdict(list)

    def add(self, key: Key, words: Words) -> None:
        """Remember a text."""
        for paragraph in set(words.paragraphs):
            self._by_paragraph[paragraph].append(len(self._texts))
        self._texts.append((key, words))

    def like(self, words: Words) -> set[Key]:
        """The texts that say the same as `words`, but for changes."""
        votes: Counter[int] = Counter()
        for paragraph in set(words.paragraphs):
            votes.update(self._by_paragraph.get(paragraph, ()))
        return {self._texts[number][0] for number in votes if is_alike(self._texts[number][1], words, self._least)}
