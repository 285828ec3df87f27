"""Words by which somebody speaks of themselves: I, we, mine, ours.

Here belongs the vocabulary. Not here: what follows from it (`turns`).
"""

import re

_FIRST_PERSON = re.compile(
    r"\b(?:I|we|my|our|ich|wir|mein\w{0,2}|unser\w{0,2}|je|nous|mon|ma|mes|nos|notre|yo|nosotros|mis?|nuestr\w{1,2}|io|noi"
    r"|mi[oae]|nostr[oaie]|eu|nós|meu|minha|noss[oa]s?|я|мы|мой|моя|наш\w{0,2}|jestem|moim|nasz\w{0,2})\b|我|私|僕|أنا|نحن"
)
_QUOTED = re.compile(r"[“„«\"][^“”„»\"]{1,2000}[”“»\"]")


def speaks(text: str) -> bool:
    """Whether words outside of quotation marks are said by somebody of themselves."""
    return bool(_FIRST_PERSON.search(_QUOTED.sub("", text)))
