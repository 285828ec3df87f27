"""What openDemocracy's pages print and selectors alone cannot tell apart.

Here belongs the picture under the title: its caption and its credit are two elements joined by a bare ` | `.
"""

import re

from bs4 import BeautifulSoup, Tag

from archive.reading.page import Picture
from archive.reading.source import Refined

_RIGHTS = re.compile(r"All rights reserved|CC[ -]BY[A-Z -]*\d?\.?\d?|Creative Commons[^.|]*", re.IGNORECASE)


def refine(fragment: BeautifulSoup, place: str) -> Refined:
    """The picture under the title, from the fragment `.article-page__main-img-container`.

    Args:
        fragment: the container, as the shape's `refine` selector cut it.
        place: the path where it was cut.

    Returns:
        One picture, or none where the container is empty.
    """
    figure = fragment.find("figure")
    if figure is None:
        return Refined()
    image, words = figure.find("img"), figure.find("figcaption")
    parts = [_text(part) for part in words.select(".rich-text")] if words else []
    if words and not parts:
        parts = [part.strip() for part in _text(words).rsplit(" | ", maxsplit=1)]
    caption = parts[0] if parts else ""
    credit = " ".join(parts[1:])
    rights = _RIGHTS.search(credit)
    return Refined(
        pictures=(
            Picture(
                url=str(image.get("src") or "") or None if image else None,
                alt=str(image.get("alt") or "") or None if image else None,
                caption=caption or None,
                credit=credit or None,
                rights=rights[0] if rights else None,
                locator=f"{place}/figure[1]",
            ),
        )
    )


def _text(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())
