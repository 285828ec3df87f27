"""Whom a reply answers: the respondents that it names, each with the sentence that does.

Here belongs finding the names of a round table's respondents in a text. "Three groups: … (Robin, Satz, and Cass)" is a
relation to each of the three. Not here: what else a page links to (`links`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive.normalise.persons import parse_person
from archive.normalise.text import fold
from archive.reading.page import Block

_LISTED = re.compile(r"\(([^()]{3,300})\)")
_BETWEEN = re.compile(r"\s*[,;]\s*(?:and\s+|und\s+|y\s+|et\s+)?|\s+(?:and|und|y|et|&)\s+")
_END = re.compile(r"[.!?]+[”’\"')\]]*(?=\s+[A-Z“\"'(]|$)")
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|vs|e\.g|i\.e|cf|al|[A-Z])\.$")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Respondent:
    """Somebody who may be answered.

    Attributes:
        key: what stands for them, such as the entry of the line-up.
        names: as they are printed.
    """

    key: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Addressee:
    """A respondent who is answered: how the text names them, in which sentence, and where that stands."""

    respondent: Respondent
    printed: str
    quote: str
    locator: str


def addressees(blocks: Sequence[Block], respondents: Iterable[Respondent]) -> list[Addressee]:
    """Each respondent whom the text names, once: in a list of several first, else where the name stands first.

    A family name that two of them share names neither; the full name does.
    """
    called = _called(respondents)
    text = [block for block in blocks if block.in_text]
    found: dict[str, Addressee] = {}
    for one in (*_listed(text, called), *_named(text, called)):
        found.setdefault(one.respondent.key, one)
    return list(found.values())


def named_in(words: str, locator: str, respondents: Iterable[Respondent]) -> list[Addressee]:
    """The respondents whom a list names that is the whole of `words` (`Robin, Satz, and Cass`); else none."""
    called = _called(respondents)
    parts = [part for part in _BETWEEN.split(words.strip(" .:")) if part]
    known = [(part, called.get(fold(part))) for part in parts]
    if not known or not all(respondent for _, respondent in known):
        return []
    return [Addressee(one, part, words, locator) for part, one in known if one]


def _called(respondents: Iterable[Respondent]) -> dict[str, Respondent]:
    """Folded name, full or family, → whom it means."""
    found: dict[str, Respondent | None] = {}
    for one in respondents:
        for name in one.names:
            parsed = parse_person(name)
            for words in {
                name,
                parsed.display,
                parsed.family or "",
                f"{parsed.given or ''} {parsed.family or ''}".strip(),
            }:
                key = fold(words)
                if len(key) >= _SHORTEST:
                    # A name that means two people means neither.
                    found[key] = one if found.get(key, one) == one else None
    return {key: one for key, one in found.items() if one}


def _listed(blocks: Iterable[Block], called: dict[str, Respondent]) -> Iterator[Addressee]:
    """Names in brackets, at least two of them together."""
    for block in blocks:
        for group in _LISTED.finditer(block.text):
            parts = [(part, called.get(fold(part))) for part in _BETWEEN.split(group[1]) if part]
            known = [(part, one) for part, one in parts if one]
            if len(known) > 1 and len(known) * 2 > len(parts):
                quote = sentence_around(block.text, group.start(), group.end())
                for part, one in known:
                    yield Addressee(one, part, quote, block.locator)


def _named(blocks: Sequence[Block], called: dict[str, Respondent]) -> Iterator[Addressee]:
    """Names anywhere, as they are spelt: a word that is also a name must at least begin as one."""
    if not called:
        return
    names = re.compile(r"\b(?:" + "|".join(re.escape(name) for name in sorted(called, key=len, reverse=True)) + r")\b")
    for block in blocks:
        folded = fold(block.text)
        is_same_length = len(folded) == len(block.text)
        for hit in names.finditer(folded):
            printed = block.text[hit.start() : hit.end()] if is_same_length else hit[0]
            if is_same_length and not any(part[:1].isupper() for part in printed.split()):
                continue
            start, end = (hit.start(), hit.end()) if is_same_length else (0, 0)
            yield Addressee(called[hit[0]], printed, sentence_around(block.text, start, end), block.locator)


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence of a text in which what stands from `start` to `end` is said."""
    begin, stop = 0, len(text)
    for mark in _END.finditer(text):
        if _ABBREVIATED.search(text[: mark.end()]):
            continue
        if mark.end() <= start:
            begin = mark.end()
        elif mark.end() >= end:
            stop = mark.end()
            break
    return text[begin:stop].strip()
