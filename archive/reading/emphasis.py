"""Whether words are emphasised: by what element they stand in, or by how it is drawn.

Here belongs one element by itself. Not here: what follows from emphasis (`markup`, `sightings`).
"""

import re
from collections.abc import Mapping, Sequence

STRONG = frozenset(("b", "strong"))
_WEIGHT = re.compile(
    r"font(?:-weight\s*:\s*(?:(bolder|bold|[6-9]00)|normal|lighter|[1-5]00)|-variant(?:-caps)?\s*:\s*(small-caps))",
    re.IGNORECASE,
)
_BEGIN_TIME = frozenset("[(0123456789")
_TIME = re.compile(r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?")


def of(tag: str, attributes: Mapping[str, str | None], *, around: bool) -> bool:
    """Whether the words in an element are emphasised; `around` says whether those around it are."""
    style = attributes.get("style")
    if style and (weight := _WEIGHT.search(style)):
        # Word processors wrap whole texts into a bold element whose weight is that of no emphasis.
        return weight.lastindex is not None
    return around or tag in STRONG


def is_time(text: str, before: Sequence[str]) -> bool:
    """Whether a piece at the beginning of a line says when something was said: it is no part of the words after it."""
    return text[:1] in _BEGIN_TIME and not any(map(str.strip, before)) and bool(_TIME.fullmatch(text.strip()))
