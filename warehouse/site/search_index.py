"""The search index: small script files from which a browser finds texts without a server.

Here belongs the writing of the index; `static/search.js` reads it. Not here: what is said on the search page.

- `directory.js` holds how many texts there are and where each shard of words begins.
- `words-N.js` holds words in alphabetical order, each with the texts that have it: numbers of texts as differences,
  and a weight (BM25, in thousandths, without the part that depends on the word's rarity, which is known from the
  length of the list). A file holds about `SHARD` bytes, so a search loads some tens of kilobytes however large the
  archive is.
- `texts-N.js` holds what a result shows, `PER_FILE` texts each: address, title, names, and the words for the snippet.

The files are scripts because a page opened from a disk may load scripts beside it, but may not fetch. Each calls one
function with plain data; a policy of `script-src 'self'` allows it.
"""

import json
import math
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SHARD = 48_000
"""Bytes of one file of words, about."""
PER_FILE = 20
"""Texts in one file of texts; `static/search.js` learns it from the directory."""
_K1, _B = 1.2, 0.75
_TITLE_WEIGHT = 3
"""A word of the title or of a name counts as much as this many in the text."""
_LONGEST_WORD = 60

_LETTERS = str.maketrans(
    {"ß": "ss", "ς": "σ", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_WORD = re.compile(r"[^\W_]+")
# Scripts that are written without spaces: each character is found alone, and several together as a phrase.
_SINGLE = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)

Save = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is found: its address in the site, its title, who and what it is, and its words (empty: only these)."""

    path: str
    title: str
    names: str
    about: str
    text: str = ""
    language: str = ""


def fold(text: str) -> str:
    """Letters as the search compares them: small, without accents. `static/search.js` does the same."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.lower()).lower()
    kept = "".join(character for character in plain if not unicodedata.category(character).startswith("M"))
    return kept.translate(_LETTERS)


def words(text: str) -> list[str]:
    """The words of a text, folded, in order."""
    return [part[:_LONGEST_WORD] for word in _WORD.findall(fold(text)) for part in _SINGLE.findall(word)]


class Index:
    """The index in the making: entries are added in order, and their words held until it is written.

    Args:
        save: writes one file of the index, by name.
    """

    def __init__(self, save: Save) -> None:
        self._save = save
        self._held: list[list[str]] = []
        self._files = 0
        self._lengths = array("I")
        self._found: dict[str, array[int]] = {}

    def add(self, entry: Entry) -> None:
        """Add one thing that can be found."""
        number = len(self._lengths)
        body = words(entry.text)
        head = words(f"{entry.title} {entry.names}")
        counted = Counter(body)
        for word in head:
            counted[word] += _TITLE_WEIGHT
        self._lengths.append(len(body) + len(head))
        for word, times in counted.items():
            self._found.setdefault(word, array("I")).extend((number, times))
        self._held.append([entry.path, entry.title, entry.names, entry.about, entry.text, entry.language])
        if len(self._held) == PER_FILE:
            self._flush()

    def write(self) -> None:
        """Write what is left of the texts, the words, and the directory."""
        self._flush()
        number = len(self._lengths)
        average = sum(self._lengths) / number if number else 1.0
        shards: list[str] = []
        lines: list[str] = []
        size = 0
        # Browsers compare by the units of UTF-16.
        for word in sorted(self._found, key=lambda word: word.encode("utf-16-be")):
            line = json.dumps([word, self._postings(word, average)], ensure_ascii=False, separators=(",", ":"))
            if lines and size + len(line) > SHARD:
                self._save_words(len(shards) - 1, lines)
                lines, size = [], 0
            if not lines:
                shards.append(word)
            lines.append(line)
            size += len(line)
        if lines:
            self._save_words(len(shards) - 1, lines)
        self._save("directory.js", _call("directory", {"texts": number, "perFile": PER_FILE, "words": shards}))

    def _postings(self, word: str, average: float) -> list[int]:
        found = self._found[word]
        made: list[int] = []
        before = 0
        for place in range(0, len(found), 2):
            number, times = found[place], found[place + 1]
            length = _K1 * (1 - _B + _B * self._lengths[number] / average)
            made += (number - before, math.ceil(1000 * times * (_K1 + 1) / (times + length)))
            before = number
        return made

    def _flush(self) -> None:
        if self._held:
            self._save(f"texts-{self._files}.js", _call("texts", self._files, self._held))
            self._files += 1
            self._held = []

    def _save_words(self, number: int, lines: list[str]) -> None:
        self._save(
            f"words-{number}.js", f'"use strict";\nroundtableSearch.words({number},[\n' + ",\n".join(lines) + "\n]);\n"
        )


def _call(name: str, *values: object) -> str:
    return f'"use strict";\nroundtableSearch.{name}({",".join(_parts(values))});\n'


def _parts(values: tuple[object, ...]) -> Iterator[str]:
    for value in values:
        yield json.dumps(value, ensure_ascii=False, separators=(",", ":"))
