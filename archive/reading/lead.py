"""The standfirst of a page that calls nothing by that name: told by its place between the title and the text.

Here belongs weighing that place. Not here: what names and properties say (`printed`), or which witness is believed
(`choice`).
"""

import re
from collections.abc import Iterable, Sequence

from archive.normalise import dates, names
from archive.normalise.text import key
from archive.reading import container, figures
from archive.reading.outline import Frame, Outline, Piece
from archive.reading.page import Region

_SHORTEST, _LONGEST = 45, 600
_SHORTEST_HEADING = 60
_LONGEST_BYLINE = 120
_EMPHASIS = re.compile(r"bold|medium|strong|large|-lg|-xl|big", re.IGNORECASE)
_ENDS = '.!?…:”“"»)’。।؟۔'
_FEWEST_WORDS = 6
_MOST_SKIPPED = 8
"""Lines that may stand between the title and what leads into the text: a label, a byline, a date."""
_NEAR = 12
_MOST_IN_BOX = 3
"""Running pieces that the element around a standfirst holds at most: more are a text of their own."""
_KINDS = frozenset(("paragraph", "heading", "list_item", "quotation"))
_REGIONS: frozenset[Region] = frozenset(("body", "head"))


def find(outline: Outline, weights: container.Weights, start: int, titles: Iterable[str]) -> Piece | None:
    """The piece that leads into the text; None where the text begins at once.

    Args:
        outline: of the whole page.
        weights: of its elements.
        start: the index of the piece that follows the title.
        titles: what the page says of itself that its title is.
    """
    named = set(map(key, titles))
    home = weights.home
    if home is None or start > home.end:
        return None
    skipped = 0
    for place in range(start, min(len(outline.pieces), home.end)):
        piece = outline.pieces[place]
        if piece.is_unread or piece.kind not in _KINDS or piece.region not in _REGIONS:
            continue
        if not _can_lead(piece) or key(piece.text) in named:
            skipped += 1
            if skipped > _MOST_SKIPPED or weights.running[place]:
                return None
            continue
        if _stands_apart(piece, home, weights) or _looks_apart(outline.pieces, place, weights):
            return piece
        return None
    return None


def _can_lead(piece: Piece) -> bool:
    """Whether a piece is long enough for a sentence, and no byline, date or line of links."""
    text = piece.text
    if not _SHORTEST <= len(text) <= _LONGEST or text.count(" ") < _FEWEST_WORDS:
        return False
    if piece.kind == "heading" and len(text) < _SHORTEST_HEADING:
        return False
    if text[-1] not in _ENDS and len(text) < _SHORTEST_HEADING:
        return False
    if (
        container.asks_for_consent(text)
        or container.tells_of_author(piece)
        or figures.is_credit(text)
        or (len(text) < _LONGEST_BYLINE and _is_byline(text))
    ):
        return False
    return not container.leads_elsewhere(piece)


def _looks_apart(pieces: Sequence[Piece], place: int, weights: container.Weights) -> bool:
    """Whether a paragraph is emphasised, by its markup or its class, and the two that follow are not."""
    running = [n for n in range(place + 1, min(place + _NEAR, len(pieces))) if weights.running[n]][:2]
    if len(running) < 2:
        return False
    first, second, third = (pieces[n] for n in (place, *running))
    if first.strong and not second.strong:
        return True
    styles = [piece.holder.node.attributes.get("class") or "" for piece in (first, second, third)]
    return bool(_EMPHASIS.search(styles[0])) and styles[0] != styles[1] == styles[2]


def _is_byline(text: str) -> bool:
    """Whether a short text says who wrote the text, or when."""
    return bool(dates.find(text)) or names.parse_byline(text).labelled or names.looks_like_name(text)


def _stands_apart(piece: Piece, home: Frame, weights: container.Weights) -> bool:
    """Whether a piece is no paragraph like those of the text: a heading above them, or in an element of its own."""
    box = container.home_of(piece)
    if piece.kind == "heading":
        return True
    if box is None or box is home or (home.is_inside(box) and box.tag in {"body", "html"}):
        return False
    inside = weights.running[box.start : box.end]
    return home.is_inside(box) or sum(map(bool, inside)) <= _MOST_IN_BOX
