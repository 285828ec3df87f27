"""What stands beside a name on a page: the address that it leads to, and identifiers that others gave to its bearer.

Here belongs finding them for one name of one page. They are evidence of who that may be; nobody is ever joined by them
(`authority`). Not here: names and notes themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from archive.model.provenance import Witness
from archive.normalise import urls
from archive.normalise.identifiers import Identifier, of_link
from archive.normalise.text import key
from archive.reading.page import Block, Link, Page

_LONGEST_NOTE = 600
"""In a longer block a link may be anybody's."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One address or identifier, with the witness and the place."""

    value: str
    witness: Witness
    locator: str


def author_page(page: Page, name: str) -> Beside | None:
    """Where the name leads to, outside of the text: rather to the publisher's own page of the author than elsewhere."""
    found = [
        Beside(link.url, "byline", block.locator)
        for block, link in _links(page)
        if key(link.text) == key(name) and urls.is_web(link.url) and not of_link(link.url)
    ]
    own = urls.host(page.canonical_url) if urls.is_web(page.canonical_url) else ""
    return next((one for one in found if urls.host(one.value) == own), found[0] if found else None)


def identifiers(page: Page, name: str) -> dict[Identifier, Beside]:
    """The identifiers that the page states or links of the bearer of this name, each with its first place.

    An ORCID may stand anywhere in the name's own byline or note; what can be an organisation's as well counts only
    where the name itself is the link, or where the page states it of the name.
    """
    found: dict[Identifier, Beside] = {}
    wanted = key(name)
    for claim in page.statements:
        if claim.field == "authors" and claim.same_as and key(claim.value) == wanted:
            for address in claim.same_as:
                if identifier := of_link(address):
                    found.setdefault(identifier, Beside(str(identifier), claim.witness, claim.locator))
    for block, link in _links(page):
        identifier = of_link(link.url)
        if identifier is None:
            continue
        is_link = key(link.text) == wanted
        is_note = identifier.scheme == "orcid" and len(block.text) <= _LONGEST_NOTE and wanted in key(block.text)
        if is_link or (is_note and not _names_another(page, name, block)):
            found.setdefault(identifier, Beside(str(identifier), "byline", block.locator))
    return found


def _links(page: Page) -> Iterator[tuple[Block, Link]]:
    for block in page.blocks:
        if not block.in_text:
            for link in block.links:
                yield block, link


def _names_another(page: Page, name: str, block: Block) -> bool:
    words = key(block.text)
    authors = {author for item in page.contributions for author in item.authors} | set(page.authors)
    return any(key(author) in words for author in authors if key(author) != key(name))
