"""Figures: an image with its caption, its credit and the words about its rights.

Here belongs telling these three apart. Not here: images without a figure, which are blocks like any other.
"""

import re

from selectolax.lexbor import LexborNode

from archive.normalise import urls
from archive.reading.markup import words
from archive.reading.page import Picture
from archive.reading.places import Places
from archive.reading.spaces import fold

_CREDIT = re.compile(
    r"(?:artwork|illustration|photo(?:graph|graphy)?|picture|image|credit|foto|bild|imagen|cr[ée]dit)s?(?:\s+by\b|\s*:|\s+©)"
    r"|©|\(c\)\s",
    re.IGNORECASE,
)
_AGENCY = re.compile(r"\bvia\b|/\s?(?:alamy|getty|reuters|afp|wikimedia|flickr|pa images)", re.IGNORECASE)
_NEAR, _MOST = 90, 200
_RIGHTS = re.compile(
    r"all rights reserved|\bCC[ -](?:BY|0)\b[A-Z -]{0,12}[\d.]{0,4}|creative commons[^.|]{0,80}", re.IGNORECASE
)


def pictures(root: LexborNode, base: str, places: Places) -> list[Picture]:
    """The first two hundred figures under `root`, in order; one without an image is none."""
    found = []
    for figure in root.css("figure")[:_MOST]:
        image = figure.css_first("img")
        if image is None:
            continue
        source = image.attributes.get("src") or ""
        caption, credit, rights = split(_parts(figure))
        found.append(
            Picture(
                url=urls.join(base, source) or source or None,
                alt=fold(image.attributes.get("alt") or "") or None,
                caption=caption,
                credit=credit,
                rights=rights,
                locator=places.path(figure),
            )
        )
    return found


def split(parts: list[str]) -> tuple[str | None, str | None, str | None]:
    """Caption, credit and rights of the printed parts of a caption; each None where no part is one.

    >>> split(["A street at dusk.", "Photo: Ada Moll, CC BY 4.0"])
    ('A street at dusk.', 'Photo: Ada Moll, CC BY 4.0', 'CC BY 4.0')
    """
    captions: list[str] = []
    credited: list[str] = []
    rights: str | None = None
    for part in parts:
        named = _RIGHTS.search(part)
        rights = rights or (named[0].strip() if named else None)
        if named and len(named[0]) >= len(part) - 1:
            continue
        (credited if is_credit(part) or (captions and named) else captions).append(part)
    return " ".join(captions) or None, " ".join(credited) or None, rights


def is_credit(part: str) -> bool:
    """Whether words say who made a picture."""
    return bool(_CREDIT.match(part) or _AGENCY.search(part, 0, _NEAR))


def _parts(figure: LexborNode) -> list[str]:
    """What a caption prints: an element of its own each, or joined by a bar."""
    caption = figure.css_first("figcaption")
    if caption is None:
        return []
    elements = [words(node) for node in caption.css("p, div, span, small, cite")]
    whole = words(caption)
    parts = elements if elements and sum(map(len, elements)) >= len(whole) - 4 * len(elements) else whole.split(" | ")
    return [part.strip(" |") for part in parts if part.strip(" |")]
