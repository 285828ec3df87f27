"""Whom the first sentences of a page name: those who are called by less further down.

    Mina Ortega of the Institute chaired the discussion with Ada Lindqvist and Tomasz de Wit.  →  three names

Here belongs finding full names among the words of a sentence. Not here: what somebody is called below (`arranging`).
"""

import re
from collections.abc import Collection, Container, Iterator, Sequence

from archive.normalise import name_words, persons
from archive.normalise.text import fold
from archive.reading import openings, voices
from archive.reading.page import Block

_LONGEST, _MOST_BLOCKS = 1_500, 12
_LONGEST_NAME, _MOST_CALLED = 80, 3
_BRACKET = re.compile(r"\(([^()]{2,120})[()]")
_MOST_WORDS, _LONGEST_INITIALS = 6, 3
_OPENING, _CLOSING = "([{“\"‘'«¿¡", ")]}”\"’'»,;:.!?…"


def people(flow: Sequence[Block], called: Container[str]) -> list[str]:
    """The full names in the first blocks of a page, as printed, each once.

    Args:
        flow: the blocks of the page.
        called: the words, folded, by which somebody may be called: initials, and parts of a name.
    """
    found: dict[str, None] = {}
    for block in [block for block in flow if block.kind != "image" and len(block.text) <= _LONGEST][:_MOST_BLOCKS]:
        for run in _runs(block.text):
            if _is_called(run, called) and not any(map(_shouts, run)) and (name := _name(run)):
                found.setdefault(name)
    # "Host Mina Ortega" and "Mina Ortega" are one.
    return [name for name in found if not any(name.endswith(f" {other}") for other in found)]


def _runs(text: str) -> Iterator[list[str]]:
    """The words that stand together and begin like those of names; a mark between two words parts them."""
    run: list[str] = []
    for word in text.split():
        bare = word.lstrip(_OPENING)
        if bare != word and run:
            yield run
            run = []
        name = bare.rstrip(_CLOSING)
        is_initial = len(name) == 1 and bare[1:2] == "."
        if name and (name[0].isupper() or (run and fold(name) in name_words.PARTICLES)):
            run.append(bare[:2] if is_initial else name)
            if (is_initial and len(bare) == 2) or name == bare:
                continue
        if run:
            yield run
            run = []
    if run:
        yield run


def aliases(flow: Sequence[Block], labels: Collection[str]) -> dict[str, str]:
    """What somebody is called → the full name that stands in brackets behind it, or in front of its brackets.

    Args:
        flow: the blocks of the page.
        labels: what somebody may be called.
    """
    found: dict[str, str] = {}
    for block in [block for block in flow if "(" in block.text and len(block.text) <= _LONGEST][:_MOST_BLOCKS]:
        for bracket in _BRACKET.finditer(block.text):
            before, inside = block.text[: bracket.start()].rstrip(), bracket[1].split(",")[0].strip()
            words = before.split()[-_MOST_CALLED:]
            label = next((end for n in range(len(words)) if (end := " ".join(words[n:])) in labels), None)
            if label and openings.names_people(inside):
                found.setdefault(label, inside)
            elif inside in labels and (name := _name(_last_run(before))):
                found.setdefault(inside, name)
    return found


def _last_run(text: str) -> list[str]:
    return next(iter([*_runs(text[-_LONGEST_NAME:])][-1:]), [])


def _is_called(run: Sequence[str], called: Container[str]) -> bool:
    """Whether a word of those that stand together is what somebody is called, or their first letters are."""
    words = [part for word in run for part in openings.tokens(word)]
    own = [word for word in words if word not in name_words.PARTICLES]
    return any(word in called for word in words) or any(
        "".join(word[0] for word in some[-count:]) in called
        for some in (words, own)
        for count in range(2, len(some) + 1)
    )


def _shouts(word: str) -> bool:
    """Whether a word stands in capitals, as labels do."""
    return len(word) > _LONGEST_INITIALS and word.isupper()


def _name(run: list[str]) -> str | None:
    """The longest end of some words that is a person's full name."""
    while len(run) > 1 and run[-1].islower():
        run = run[:-1]
    for start in range(max(0, len(run) - _MOST_WORDS), len(run) - 1):
        name = " ".join(run[start:])
        if openings.names_people(name) and voices.voice(name):
            return persons.strip_titles(name)[0]
    return None
