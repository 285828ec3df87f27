"""Who signs a text, where nothing on the page is called a byline that names somebody.

Here belong lines that say whose the text is, by their words and their place: "By …" between title and text or below it,
a date line that names somebody too, a box about the author. Not here: elements that names mark as a byline (`printed`),
taking a line apart (`normalise.names`), and which of several is believed (`authorship`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from selectolax.lexbor import LexborNode

from archive.normalise import dates, names
from archive.normalise.name_words import SECTIONS
from archive.reading import container
from archive.reading.outline import Frame, Outline, Piece
from archive.reading.page import Block, Statement
from archive.reading.places import Places
from archive.reading.spaces import fold

_BOX = re.compile(r"author[-_]?(?:bio|box|info)|about[-_]author", re.IGNORECASE)
_LONGEST, _LONGEST_NAMED = 160, 60
_NEAR_TITLE, _LONGEST_BESIDE = 30, 1_000
_OF_OTHERS = frozenset(("related", "comments", "footer", "notice"))
_REPORTED = re.compile(
    r"[(（【\[]([^()（）【】\[\]]{0,30}(?:记者|記者|通讯员)[^()（）【】\[\]]{2,40})[)）】\]]|^(?:[(\[][^()\[\]]{1,30}[)\]])?\s*"
    r"((?:[\uac00-\ud7af]{2,4}[\s·,]{1,2}){1,3}[\uac00-\ud7af]{0,4}기자)\s*="
)
"""'（记者 王文）' in the first sentence, '(서울=통신) 김민수 기자 =' in front of it."""
_REPORTER = "기자"
_NEAR_BEGINNING = 120
_MOST_LINKS = 100
_NAMES_ABOVE, _LONGEST_INITIALS = 6, 4
_STYLE = re.compile(r"[^\n{}]{0,400}\{[^{}]{0,2000}\}|\}")
"""Rules of style, which count as words of an element that was not entered."""
_MARK = re.compile(r"\s?[·•|]\s?")
_MOST_PARAGRAPHS = 2
_DOTS = re.compile(r"\s[·•|]\s")


def below_title(
    outline: Outline, weights: container.Weights, held: Frame, start: int, places: Places, *, with_bare: bool
) -> list[Statement]:
    """The first line between the title and the third paragraph that says who wrote the text.

    Captions without a name of their own pass for paragraphs, so that the second may come before the author.

    Args:
        outline: of the whole page.
        weights: of its elements.
        held: the element that holds the text.
        start: the index of the piece that follows the title.
        places: of the page.
        with_bare: whether names without a label count too, right above a date.
    """
    paragraphs = 0
    before: list[str] = []
    unlabelled: list[Statement] = []
    for place in range(start, min(start + _NEAR_TITLE, held.end)):
        piece = outline.pieces[place]
        if weights.running[place] and place >= held.start and not piece.is_unread:
            paragraphs += 1
            if paragraphs > _MOST_PARAGRAPHS:
                break
        for line in _lines(piece):
            # In a table of facts "Written by" tells of what the text is about.
            after_label = before and " " not in before[-1] and names.is_label(before[-1])
            signed = f"{before[-1]} {line}" if after_label else line
            if _is_signed(signed):
                return [Statement("authors", signed, "byline", places.path(piece.node))]
            if with_bare and not unlabelled and paragraphs < _MOST_PARAGRAPHS:
                found = _names_of(before) if _is_dated(line) else []
                unlabelled = [Statement("authors", one, "byline", places.path(piece.node)) for one in found]
            before.append(line)
    return unlabelled


def _is_dated(line: str) -> bool:
    """Whether a line is a date, perhaps with a number of minutes behind it: "5 May 2020 · 4 min read"."""
    return any(map(str.isdigit, line)) and dates.is_date_line(_MARK.split(line, maxsplit=1)[0])


def _names_of(lines: Sequence[str]) -> list[str]:
    """The last names among some lines, with no more between them than a word, such as the initials of a picture."""
    found: list[str] = []
    gap = 0
    for line in reversed(lines[-_NAMES_ABOVE:]):
        if _is_name(line):
            found.insert(0, line)
            gap = 0
        elif gap or (found and (" " in line or len(line) > _LONGEST_INITIALS)):
            break
        else:
            gap += 1
    return found


def at_either_end(blocks: list[Block]) -> list[Statement]:
    """Lines near the beginning or the end of the text that say whose it is: "By …", "Autor: …"."""
    running = [place for place, block in enumerate(blocks) if container.is_running(block)]
    near = range(running[1] if len(running) > 1 else len(blocks))
    after = range(running[-1] + 1, len(blocks)) if running else range(0)
    found = []
    for place in (*near, *after):
        block = blocks[place]
        if block.region not in {"body", "head"} or len(block.text) > _LONGEST:
            continue
        for line in filter(names.may_be_labelled, block.text.split("\n")):
            byline = names.parse_byline(line)
            if (byline.labelled or _REPORTER in line) and byline.names and not byline.rest:
                found.append(Statement("authors", line, "byline", block.locator))
        if found and place in near:
            break
    return found


def in_first_sentences(blocks: Iterable[Block]) -> list[Statement]:
    """Whose report it is, as agencies of China and Korea say in the first sentence."""
    running = (block for block in blocks if block.region == "body" and container.is_running(block))
    for block in islice(running, 2):
        found = _REPORTED.search(block.text[:_NEAR_BEGINNING])
        line = (found[1] or found[2]) if found else ""
        if line and names.parse_byline(line).names:
            return [Statement("authors", line, "byline", block.locator)]
    return []


def in_date_lines(claims: Sequence[Statement], *, with_bare: bool) -> list[Statement]:
    """What a displayed date line also says of who wrote the text: "By Ada Moll | 1 March 2019".

    Args:
        claims: of all fields.
        with_bare: whether a name without a label counts too, between marks of its own: "1 March 2019 · Ada Moll".
    """
    for claim in claims:
        if claim.field != "published" or claim.witness != "visible":
            continue
        byline = names.parse_byline(claim.value)
        if byline.labelled and byline.names:
            return [Statement("authors", claim.value, "byline", claim.locator)]
        if with_bare and byline.names and len(byline.credits) == 1 and not any(map(str.isalpha, "".join(byline.rest))):
            # "5 May 2020 Ada Moll 3"
            return [Statement("authors", byline.names[0], "byline", claim.locator)]
        parts = _DOTS.split(claim.value) if with_bare and len(claim.value) <= _LONGEST else []
        for part in parts if len(parts) > 1 else []:
            if names.looks_like_name(part) and not _is_section(part):
                return [Statement("authors", part, "byline", claim.locator)]
    return []


def in_a_box(pieces: Iterable[Piece], places: Places) -> list[Statement]:
    """Whom a box about the author names first, where it stands with the text."""
    for piece in pieces:
        if piece.is_unread and _BOX.search(piece.holder.node.attributes.get("class") or ""):
            for line in filter(None, map(str.strip, piece.text.split("\n"))):
                if names.looks_like_name(line):
                    return [Statement("authors", line, "byline", places.path(piece.node), agent="person")]
    return []


def linked(body: LexborNode, places: Places) -> list[Statement]:
    """Who alone is linked to as an author, wherever on the page."""
    links = [(node, fold(node.text())) for node in body.css('a[rel="author"]')[:_MOST_LINKS]]
    named = [(node, text) for node, text in links if names.looks_like_name(text)]
    if len({text for _, text in named}) != 1:
        return []
    node, text = named[0]
    return [Statement("authors", text, "byline", places.path(node), agent="person")]


def names_somebody(claims: Iterable[Statement]) -> bool:
    """Whether a byline among some claims names a person or a body."""
    return any(
        claim.agent or names.parse_byline(claim.value).has_author
        for claim in claims
        if claim.field == "authors" and claim.witness == "byline"
    )


def _lines(piece: Piece) -> Iterator[str]:
    """The lines of a piece; in one that was not entered, a label and what follows it are one."""
    if not piece.is_unread:
        if len(piece.text) <= _LONGEST:
            yield from (_apart(piece) if piece.seams else piece.text).split("\n")
        return
    if piece.region in _OF_OTHERS:
        return
    text = _STYLE.sub("", piece.text) if "{" in piece.text[:_LONGEST] else piece.text
    if len(text) > _LONGEST_BESIDE:
        return
    label = ""
    for line in filter(None, map(str.strip, text.split("\n"))):
        if len(line) <= _LONGEST:
            yield f"{label} {line}" if label else line
        label = line if names.is_label(line) else ""


def _apart(piece: Piece) -> str:
    """The text of a piece with a space where an element begins or ends inside a word: "By", "Ada Moll"."""
    parts = list(piece.words)
    for seam in piece.seams:
        if 0 < seam < len(parts) and parts[seam - 1][-1:].isalnum() and parts[seam][:1].isalnum():
            parts[seam] = f" {parts[seam]}"
    return fold("".join(parts))


def _is_name(line: str) -> bool:
    """Whether a line is nothing but names, or one name and what its bearer is: "Ada Moll, staff writer"."""
    if _is_section(line):
        return False
    if names.looks_like_name(line):
        return True
    named = names.parse_byline(line).credits if 0 < len(line) <= _LONGEST_NAMED else ()
    return len(named) == 1 and named[0].kind == "person" and named[0].description is not None


def _is_section(line: str) -> bool:
    """Whether a line has a word that heads a section: "Real Life" stands where a name might."""
    return any(token in SECTIONS for token in line.lower().split())


def _is_signed(line: str) -> bool:
    if not names.may_be_labelled(line):
        return False
    byline = names.parse_byline(line)
    return byline.labelled and bool(byline.names)
