"""Dates that a page prints in a line of their own, near its beginning or, where it has no other, anywhere.

Here belongs looking for such lines. Not here: elements that names mark as dates of the text (`printed`), what a page
states for machines (`head`), and which of several dates is believed (`dating`).
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from archive.normalise import dates
from archive.reading import container
from archive.reading.outline import Frame, Outline, Piece
from archive.reading.page import Block, Statement
from archive.reading.places import Places

_LONGEST, _LONGEST_OPENING = 160, 50
_HEAD_BLOCKS = 30
_MOST_LOOKED_AT = 300
_NO_LINES = frozenset(("image", "caption"))
_FIELDS = frozenset(("published", "authors"))
_BOXES = frozenset(("share", "aside"))
_MANY = 3
_NEAR = 12
"""Pieces below a title among which a box may say when the text was published."""
_BEGINNING = 4
"""Lines of such a box that may name who wrote the text before they say when."""
_BESIDE = frozenset(("related", "comments", "newsletter", "share", "notice"))


def near_the_beginning(blocks: Sequence[Block]) -> list[Statement]:
    """The first line near the beginning that is a date, else one that has a date in it.

    A line that only counts from now on ("yesterday", "an hour ago") is told too, since it is no part of the text.
    """
    lines: list[Statement] = []
    counted: list[Statement] = []
    updated: list[Statement] = []
    for block in blocks[:_HEAD_BLOCKS]:
        if container.is_running(block) and block.region == "body":
            break
        if len(block.text) >= _LONGEST or block.region not in {"body", "head"} or block.kind in _NO_LINES:
            continue
        said = Statement("published", block.text, "visible", block.locator)
        if block.text.isdigit():
            # A number alone may count readers as well as years.
            continue
        if not any(map(str.isdigit, block.text)):
            counted += [said] if dates.is_date_line(block.text) else []
        elif block.kind == "heading":
            # A heading may tell of a day; below a title one may be a line about the text.
            lines += [said] if dates.opening(block.text) else []
        elif dates.is_date_line(block.text):
            if not dates.is_updated(block.text):
                return [said, *updated, *counted]
            updated.append(said)
        elif dates.find(block.text):
            lines.append(said)
    return [*(updated or lines)[:1], *counted]


def opening_the_text(blocks: Sequence[Block]) -> list[Statement]:
    """The date that the text opens with, as reports do: often the day that it tells of."""
    first = next((block for block in blocks[:_HEAD_BLOCKS] if container.is_running(block)), None)
    found = dates.find(first.text[:_LONGEST_OPENING]) if first and first.region == "body" else []
    return [Statement("published", found[0][2].as_printed, "visible", first.locator)] if first and found else []


def anywhere(outline: Outline, held: Frame, start: int, blocks: Sequence[Block], places: Places) -> list[Statement]:
    """The date that a page prints somewhere else.

    First what stands in the text's element or in a box right below the title, then what a label says is the date, then
    what the text opens with; only then what stands outside of it, last in the footer.

    Args:
        outline: of the whole page.
        held: the element that holds the text.
        start: the index of the piece that follows the title.
        blocks: those of the text.
        places: of the page.
    """
    lines = [*_marked(outline), *_alone(outline)]
    inside = [line for line in lines if line[0].is_inside(held)]
    for frame, text in (*inside, *_in_boxes(outline, start), *_labelled(outline)):
        if any(date.on for _, _, date in dates.find(text)):
            return [Statement("published", text, "visible", places.path(frame.node))]
    if opening := opening_the_text(blocks):
        return opening
    # What day it is stands at the top.
    lines.sort(key=lambda line: line[0].start < start)
    for frame, text in (*(() if _are_of_teasers(lines) else lines), *_of_footers(outline)):
        if any(date.on for _, _, date in dates.find(text)):
            return [Statement("published", text, "visible", places.path(frame.node))]
    return []


def _marked(outline: Outline) -> Iterator[tuple[Frame, str]]:
    """What names mark as a date or a byline, whose line may have a date too."""
    named = (one for one in outline.noted if one.frame.tag == "time" or one.sign.field in _FIELDS)
    for noted in islice(named, _MOST_LOOKED_AT):
        frame = noted.frame
        if frame.region not in _BESIDE:
            text = " ".join(frame.node.text(separator=" ").split())
            if len(text) <= _LONGEST and any(map(str.isdigit, text)):
                yield frame, text


def _alone(outline: Outline) -> Iterator[tuple[Frame, str]]:
    """Lines that are nothing but a date."""
    for piece in outline.pieces[:_MOST_LOOKED_AT]:
        if _is_short(piece) and piece.region not in _BESIDE and dates.is_date_line(piece.text):
            yield piece.holder, piece.text


def _in_boxes(outline: Outline, start: int) -> Iterator[tuple[Frame, str]]:
    """Dates with which boxes right below the title begin: what is beside a text by its name often tells of it first."""
    for piece in outline.pieces[start : start + _NEAR]:
        if piece.region not in _BOXES:
            continue
        if date := dates.opening(" ".join(piece.text.split())):
            yield piece.holder, date.as_printed
        lines = [line.strip() for line in piece.text.split("\n") if line.strip()]
        yield from ((piece.holder, line) for line in lines[:_BEGINNING] if dates.is_date_line(line))


def _labelled(outline: Outline) -> Iterator[tuple[Frame, str]]:
    """Dates with which lines begin that say that they are those of publication."""
    for piece in outline.pieces:
        if _is_short(piece) and piece.region not in _BESIDE:
            date = dates.opening(piece.text)
            if date and date.label == "published":
                yield piece.holder, date.as_printed


def _of_footers(outline: Outline) -> Iterator[tuple[Frame, str]]:
    """Lines of a footer that say when the page was changed."""
    for piece in outline.pieces:
        if piece.region == "footer":
            for line in piece.text.split("\n"):
                if len(line) <= _LONGEST and any(date.label for _, _, date in dates.find(line)):
                    yield piece.holder, line


def _are_of_teasers(lines: Sequence[tuple[Frame, str]]) -> bool:
    """Whether lines outside of a text are the dates of others that a list leads to: many days in like elements."""
    days: dict[tuple[str, str | None], set[str]] = {}
    for frame, text in lines:
        days.setdefault((frame.tag, frame.node.attributes.get("class")), set()).add(text)
    return any(len(found) >= _MANY for found in days.values())


def _is_short(piece: Piece) -> bool:
    return len(piece.text) <= _LONGEST and not piece.is_unread and any(map(str.isdigit, piece.text))
