"""Dates that a page prints in a line of their own, near its beginning or, where it has no other, anywhere.

Here belongs looking for such lines. Not here: elements that names mark as dates of the text (`printed`), what a page
states for machines (`head`), and which of several dates is believed (`dating`).
"""

from collections.abc import Iterator

from archive.normalise import dates
from archive.reading import container
from archive.reading.outline import Frame, Outline, Piece
from archive.reading.page import Block, Statement
from archive.reading.places import Places

_LONGEST, _LONGEST_OPENING = 160, 50
_HEAD_BLOCKS = 30
_MOST_LOOKED_AT = 300
_NO_LINES = frozenset(("heading", "image", "caption"))
_FIELDS = frozenset(("published", "authors"))
_BESIDE = frozenset(("related", "comments", "newsletter", "share", "notice"))


def near_the_beginning(blocks: list[Block]) -> list[Statement]:
    """The first line near the beginning that is a date; else one that has a date in it, or opens the text with one.

    A line that only counts from now on ("yesterday", "an hour ago") is told too, since it is no part of the text.
    """
    lines: list[Statement] = []
    counted: list[Statement] = []
    for block in blocks[:_HEAD_BLOCKS]:
        if container.is_running(block):
            opening = dates.find(block.text[:_LONGEST_OPENING])
            if opening and block.region == "body":
                lines.append(Statement("published", opening[0][2].as_printed, "visible", block.locator))
            break
        if len(block.text) >= _LONGEST or block.region not in {"body", "head"} or block.kind in _NO_LINES:
            continue
        said = Statement("published", block.text, "visible", block.locator)
        if not any(map(str.isdigit, block.text)):
            counted += [said] if dates.is_date_line(block.text) else []
        elif dates.is_date_line(block.text):
            return [said, *counted]
        elif dates.find(block.text):
            lines.append(said)
    return [*lines[:1], *counted]


def anywhere(outline: Outline, held: Frame, places: Places) -> list[Statement]:
    """The date that a page prints somewhere else: in its text's element, else outside of it, last in its footer."""
    lines = [*_marked(outline), *_alone(outline)]
    inside = [line for line in lines if line[0].is_inside(held)]
    for frame, text in (*inside, *lines, *_of_footers(outline)):
        if any(date.on for _, _, date in dates.find(text)):
            return [Statement("published", text, "visible", places.path(frame.node))]
    return []


def _marked(outline: Outline) -> Iterator[tuple[Frame, str]]:
    """What names mark as a date or a byline, whose line may have a date too."""
    for noted in outline.noted[:_MOST_LOOKED_AT]:
        frame = noted.frame
        if (frame.tag == "time" or noted.sign.field in _FIELDS) and frame.region not in _BESIDE:
            text = " ".join(frame.node.text(separator=" ").split())
            if len(text) <= _LONGEST and any(map(str.isdigit, text)):
                yield frame, text


def _alone(outline: Outline) -> Iterator[tuple[Frame, str]]:
    """Lines that are nothing but a date."""
    for piece in outline.pieces[:_MOST_LOOKED_AT]:
        if _is_short(piece) and piece.region not in _BESIDE and dates.is_date_line(piece.text):
            yield piece.holder, piece.text


def _of_footers(outline: Outline) -> Iterator[tuple[Frame, str]]:
    """Lines of a footer that say when the page was changed."""
    for piece in outline.pieces:
        if piece.region == "footer":
            for line in piece.text.split("\n"):
                if len(line) <= _LONGEST and any(date.label for _, _, date in dates.find(line)):
                    yield piece.holder, line


def _is_short(piece: Piece) -> bool:
    return len(piece.text) <= _LONGEST and not piece.is_unread and any(map(str.isdigit, piece.text))
