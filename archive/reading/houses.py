"""What a site calls itself: names that sign no text, whatever a template puts into the place of the author.

Here belongs telling whether a name is the site's own, by what the page says of its site and by its address. Not here:
which words an organisation's name has (`normalise.persons`), and who wrote a text (`authorship`).
"""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from archive.normalise.text import key
from archive.reading.page import Statement

_SITE = ("site_name", "publisher")
_SECOND = frozenset("co com org net gov edu ac or ne go gob gouv gov info nom".split())
"""What may stand between a site's name and its country."""
_ADDRESS = re.compile(r"https?://[^\s/?#]+")
_PIECES = re.compile(r"\s[|–—-]\s|[|_]")
_SHORTEST = 4


class Houses:
    """The names that a site has for itself.

    It is its name as stated, that of its publisher, and that of its domain; and what stands in `<title>` and has the
    name of the domain in it. Whoever is called like a site below the domain of another has a blog there.
    """

    def __init__(self, statements: Sequence[Statement], urls: Iterable[str]) -> None:
        labels = [_labels(found) for url in urls for found in _ADDRESS.findall(url)[-1:]]
        domains = {found[-1] for found in labels if found}
        guests = {label for found in labels for label in found[:-1]}
        self._domains = {domain for domain in domains if len(domain) >= _SHORTEST}
        stated = {field: {key(claim.value) for claim in statements if claim.field == field} for field in _SITE}
        self._names = (domains | stated["site_name"]) - guests | stated["publisher"]
        titles = (claim.value for claim in statements if claim.witness == "title_element")
        self._pieces = {key(piece) for title in titles for piece in _PIECES.split(title)[1:]}

    def own(self, name: str) -> bool:
        """Whether a name is one of the site's own."""
        wanted = key(name)
        if not wanted or wanted in self._names:
            return bool(wanted)
        return wanted in self._pieces and any(domain in wanted for domain in self._domains)


def _labels(address: str) -> list[str]:
    """The names in an address, that of the site last: 'blog', 'example' of 'https://blog.example.co.uk'."""
    labels = (urlsplit(address).hostname or "").removeprefix("www.").split(".")[:-1]
    while len(labels) > 1 and labels[-1] in _SECOND:
        labels.pop()
    return [name for name in map(key, labels) if name]
