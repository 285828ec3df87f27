"""Whether a paragraph says who a speaker is.

Here belongs one paragraph by itself. Not here: where in an answer it may stand (`segments`).
"""

from collections.abc import Container, Iterable, Sequence

from archive.normalise import name_words
from archive.normalise.text import word_count
from archive.reading import openings, small_words
from archive.reading.page import Block

LONGEST = 90
"""Words."""
_BEGINNING = 16


def is_bio(block: Block, people: Iterable[str]) -> bool:
    """A short first paragraph that speaks of the speaker by name."""
    kinds = {"paragraph", "list_item", "caption"} | ({"boilerplate"} if block.region == "aside" else set())
    if block.kind not in kinds or word_count(block.text) > LONGEST:
        return False
    beginning = openings.tokens(block.text)[:_BEGINNING]
    # A name may be a word too: "when the grant has been spent".
    small = small_words.of([block])
    return any(_is_named(beginning, name, small) for name in people)


def _is_named(beginning: Sequence[str], name: str, small: Container[str]) -> bool:
    """Whether somebody is named among the first words: people by any of their names, an organisation by all of it."""
    words = openings.key(name)
    if openings.names_people(name) or len(words) == 1:
        own = [word for word in words if len(word) > 2 and word not in name_words.PARTICLES]
        return any(word in beginning and word not in small for word in own)
    return any(tuple(beginning[start : start + len(words)]) == words for start in range(len(beginning)))
