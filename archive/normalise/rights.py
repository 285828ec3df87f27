"""Rights: which licence the printed words or their links name.

Here belongs the recognition of licences. Not here: finding the words in a page, or what a publisher's default is.
"""

import re
from collections.abc import Iterable

_DEED = re.compile(
    r"https?://creativecommons\.org/(licenses/[a-z-]{2,12}/[0-9.]{1,4}|publicdomain/(?:zero|mark)/[0-9.]{1,4})"
)
_CODE = re.compile(r"\bCC[ -]BY((?:-(?:NC|ND|SA)){0,2})[ -]?([1-4]\.[0-9])\b", re.IGNORECASE)
_ELEMENTS = (("noncommercial", "nc"), ("noderiv", "nd"), ("sharealike", "sa"))
_NAMED = re.compile(r"Creative Commons\s{1,5}(Attribution[A-Za-z -]{0,60}?)\s{0,5}([1-4]\.[0-9])", re.IGNORECASE)


def license_uri(words: str, links: Iterable[str] = ()) -> str | None:
    """The address of the licence that the words, or the links in them, name; None where they name none.

    >>> license_uri("published under a CC BY-NC 4.0 licence")
    'https://creativecommons.org/licenses/by-nc/4.0/'
    """
    for text in (*links, words):
        if found := _DEED.search(text):
            return f"https://creativecommons.org/{found[1]}/"
    if found := _CODE.search(words):
        return f"https://creativecommons.org/licenses/by{found[1].lower()}/{found[2]}/"
    if found := _NAMED.search(words):
        name = re.sub(r"[^a-z]", "", found[1].lower())
        parts = ["by", *(short for long, short in _ELEMENTS if long in name)]
        return f"https://creativecommons.org/licenses/{'-'.join(parts)}/{found[2]}/"
    return None
