"""Languages: tags made uniform, and a guess from the words.

Here belongs BCP 47 spelling and detection. Not here: which of several statements about a page's language wins.
"""

import re
from functools import cache
from typing import Any

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?$")
_SAMPLE = 1_500
MIN_LETTERS = 80
"""Fewer letters than this are too few to tell related languages apart."""


def tag(printed: str | None) -> str | None:
    """A language tag in BCP 47 spelling (`en-GB`); None for what is no tag."""
    found = _TAG.fullmatch((printed or "").strip())
    if not found:
        return None
    language, script, region = found.groups()
    return "-".join(part for part in (language.lower(), script and script.title(), region and region.upper()) if part)


def detect(text: str) -> str | None:
    """The language of a text by its letters; None where there are too few of them."""
    sample = text[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < MIN_LETTERS:
        return None
    return str(_identifier().classify(sample)[0])


@cache
def _identifier() -> Any:  # noqa: ANN401 - the library publishes no types
    # Loading the model takes a good second, so it waits for the first text that needs it.
    import py3langid  # noqa: PLC0415

    return py3langid
