"""The headline that a page prints in a line of its own, where no heading says the same as what the page states.

Here belongs telling that line by what the page states: `<title>` often goes on with the names of section and site, and
the headline is the part of it that is printed alone. Not here: headings that say all that is stated (`headings`), and
cutting off the site's name where nothing is printed (`choice`).
"""

import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from archive.normalise.text import key, squeeze
from archive.reading import container
from archive.reading.outline import Frame, Outline, Piece

_SHORTEST, _SHORTEST_SLUG, _LONGEST = 5, 8, 400
_KINDS = frozenset(("heading", "paragraph", "list_item"))
_BESIDE = frozenset(("related", "comments", "newsletter", "notice", "footer"))
_MARKS = "[_|«»‹›•·~]|--|(?<= )[-–—:/<>]{1,3}(?= )"
_MARK = re.compile(f" ?(?:{_MARKS}) ?")
"""What stands between a headline and the names around it: a mark between spaces, or one that no headline has."""
_EAST = re.compile(r"[\u2e80-\u9fff\uf900-\uffef]")
_MARK_OF_EAST = re.compile(f" ?(?:{_MARKS}|[-–—]| ) ?")
"""In scripts that put no space between words, a space is enough, and a hyphen joins nothing."""


def find(outline: Outline, weights: container.Weights, scope: Frame, titles: Collection[str], url: str) -> int | None:
    """The index of the piece that is the headline; None where no line is a part of what the page states.

    Args:
        outline: of the whole page.
        weights: of its elements.
        scope: the element that holds the text.
        titles: what the page says of itself that its title is.
        url: its address, whose last part is often made of the headline's words.
    """
    slug = key(urlsplit(url).path.rstrip("/").rpartition("/")[2][:_LONGEST])
    stated = {squeeze(title).casefold() for title in titles if len(title) <= _LONGEST}
    longest = max(map(len, stated), default=0)
    best, found = (False, 0, False, False), None
    for place, text in _lines(outline.pieces, weights, scope, longest):
        named = len(words := key(text)) >= _SHORTEST_SLUG and words in slug
        if text not in stated and not any(text in title and _is_part(text, title, named) for title in stated):
            continue
        is_heading = outline.pieces[place].kind == "heading"
        # Of lines that say the same a heading goes first, then the last above the text: others lead to it.
        rank = (named, len(text), is_heading, place < scope.start)
        if rank > best or (rank == best and rank[3]):
            best, found = rank, place
    return found


def _lines(pieces: list[Piece], weights: container.Weights, scope: Frame, longest: int) -> Iterator[tuple[int, str]]:
    """The short lines up to the first sentences of the text, with their words made comparable."""
    for place in range(min(scope.end, len(pieces))):
        if place >= scope.start and weights.running[place]:
            break
        piece = pieces[place]
        if piece.is_unread or piece.kind not in _KINDS or piece.region in _BESIDE:
            continue
        if _SHORTEST <= len(piece.text) <= longest and (
            piece.kind == "heading" or not container.leads_elsewhere(piece)
        ):
            yield place, squeeze(piece.text).casefold()


def _is_part(text: str, title: str, named: bool) -> bool:
    """Whether some words are the part of a title that is no name of a site or section.

    In front they may be shorter than the longest of the others: names of authors follow, and long names of houses.
    Where the address names them (`named`) they may be of any length.
    """
    before, _, after = title.partition(text)
    mark = _MARK_OF_EAST if _EAST.search(text) else _MARK
    # A mark may need the letter beside it, which is none of its own.
    if any(side and not mark.match(f".{side}", 1) for side in (before[::-1], after)):
        return False
    if named:
        return True
    others = max((len(part) for side in (before, after) for part in mark.split(side)), default=0)
    return len(text) * (1 if before else 2) >= others
