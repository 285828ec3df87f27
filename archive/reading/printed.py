"""What a page of an unknown publisher prints for people about itself: title, standfirst, byline, date, kicker.

Here belongs finding these by the signs that templates share: element names, words in class names, and above all the
place: a byline or a date counts near the title, or after the last paragraph, not beside the teaser of another text.
Not here: pages whose publisher is known (`visible`, by selectors), and choosing between claims (`choice`).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal

from selectolax.lexbor import LexborNode

from archive.model.provenance import Witness
from archive.normalise import dates, names
from archive.normalise.persons import EAST_ASIAN
from archive.reading import container, headings, headline, markup
from archive.reading.headings import Heading
from archive.reading.outline import Frame, Noted, Outline
from archive.reading.page import Region, Statement
from archive.reading.places import Places
from archive.reading.spaces import fold

_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|in|es)?|auteurs?|autori|profile?|people|staff|contributors?|redakteure?|journalists?|user)/"
    r"|^(?:https?://[^/]+)?/@[\w.-]+(?:[/?]|$)",
    re.IGNORECASE,
)
_BREAKS = frozenset("br p div li td h1 h2 h3 h4 section".split())
_UNSEEN = frozenset("script style noscript svg title button".split())
_SPACES = re.compile(r"[ \t\r\f\v]+")
_MOST = 1_500
_RUNNING = 90
_LONGEST = 700
_LONGEST_BYLINE = 160
_LONGEST_DATE = 120
_SHORTEST_STANDFIRST = 45
_MOST_BYLINES, _FEWEST_WORDS = 3, 4
_NEAR = 1
"""Paragraphs that may stand between the title and what is printed about the text."""
_BELOW = 4
"""Pieces that may stand between the text and the name of who posted it."""
_BESIDE_THE_TEXT: frozenset[Region | None] = frozenset(
    ("related", "comments", "newsletter", "share", "notice", "footer", "aside")
)
_OF_OTHERS: frozenset[Region] = frozenset(("related", "comments", "aside"))
_BESIDE_TAGS = frozenset(("nav", "aside", "footer"))
_HEADINGS = frozenset(("h1", "h2", "h3"))


@dataclass(slots=True)
class Printed:
    """Claims printed for people, and the elements that print nothing else."""

    statements: list[Statement] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    title: Frame | None = None
    above: list[Statement] = field(default_factory=list)
    """The date above the title: often of the text, often what day it is."""


@dataclass(slots=True)
class _Found:
    """An element that may print a field. What its words are is found out where it stands at the right place."""

    field: str
    frame: Frame
    paragraphs: int
    """Paragraphs of running text before it."""
    order: int = 0
    """Its place among all elements that may print something."""
    agent: Literal["", "person"] = ""
    holds_more: bool = False
    """Whether only its first words are the field."""
    must_name: bool = False
    """Whether its words have to be a name: the address of a profile counts so, that of a section does not."""


def find(
    outline: Outline, weights: container.Weights, scope: Frame, titles: Collection[str], url: str, places: Places
) -> Printed:
    """What is printed about the text.

    Args:
        outline: of the whole page, with the elements that may print something.
        weights: of its elements.
        scope: the element that holds the text.
        titles: what the page says of itself that its title is; the heading that says the same is the title.
        url: the address of the page.
        places: of the page.
    """
    walk = _Reading()
    for one in outline.noted:
        if not walk.see(one):
            break
    title = headings.same(walk.headings, titles)
    if title is None and (place := headline.find(outline, weights, scope, titles, url)) is not None:
        title = walk.alone(outline, place)
    title = title or headings.main(walk.headings, titles, scope)
    return walk.result(title, scope, places)


class _Reading:
    def __init__(self) -> None:
        self.headings: list[Heading] = []
        self.found: list[_Found] = []
        self.paragraphs = 0
        self.seen = 0

    def see(self, noted: Noted) -> bool:
        """Sort one element; elements come in the order of the page. False where there were too many."""
        frame, attributes, _ = noted
        tag = frame.tag
        self.seen += 1
        if tag in _HEADINGS:
            # Below the first rank headings are many, and rarely more than a line of words.
            text = markup.words(frame.node) if tag == "h1" else fold(frame.node.text())
            if text:
                self.headings.append(Heading(tag, frame, text, self.paragraphs, self.seen))
        kind, must_name = _kind(noted)
        if kind:
            sure = noted.sign.is_person or attributes.get("rel") == "author"
            self.found.append(
                _Found(kind, frame, self.paragraphs, self.seen, "person" if sure else "", must_name=must_name)
            )
        elif tag == "p" and _is_long(frame.node.text()):
            self.paragraphs += 1
        return len(self.found) + len(self.headings) < _MOST

    def result(self, title: Heading | None, scope: Frame, places: Places) -> Printed:
        made = Printed()
        start = title.paragraphs if title else 0
        if title:
            made.statements.append(Statement("title", title.text, "visible", places.path(title.frame.node)))
            made.frames.append(title.frame)
            made.title = title.frame
        for name in ("kicker", "standfirst", "authors", "published"):
            witness: Witness = "byline" if name == "authors" else "visible"
            # What stands above the title may be a label over it, and never introduces the text.
            after = title.order if title and name == "standfirst" else 0
            near = self._near(name, start, after, scope, made.frames, title.order if title else 0)
            if name == "authors" and near and self._are_notes(scope):
                near = []
            elif name == "authors" and not near:
                near = self._signed(scope)
            for found, text in near:
                said = Statement(name, text, witness, places.path(found.frame.node), agent=found.agent)
                is_above = name == "published" and title is not None and found.order < title.order
                (made.above if is_above else made.statements).append(said)
                if not found.holds_more:
                    made.frames.append(found.frame)
        return made

    @staticmethod
    def alone(outline: Outline, place: int) -> Heading:
        """A piece that is the headline, as if its element said so."""
        piece = outline.pieces[place]
        frame = Frame(piece.node, piece.node.tag or "", piece.holder, place)
        frame.end = place + 1
        before = [noted.frame for noted in outline.noted if noted.frame.start <= place]
        paragraphs = sum(other.tag == "p" and _is_long(other.node.text()) for other in before)
        return Heading(frame.tag, frame, piece.text, paragraphs, len(before))

    def _near(
        self, name: str, start: int, after: int, scope: Frame, taken: Sequence[Frame], title: int
    ) -> list[tuple[_Found, str]]:
        """What stands near the title, with its words; of bylines, all that stand beside the first."""
        kept: list[tuple[_Found, str]] = []
        for item in self.found:
            if item.field != name or item.order < after or not start <= item.paragraphs <= start + _NEAR:
                continue
            frame = item.frame
            if kept and name == "authors" and frame.start >= scope.end:
                # Below the text stand the teasers of others.
                break
            others = (*taken, *(one.frame for one, _ in kept))
            if _is_beside(frame, scope) or any(frame.is_inside(other) for other in others):
                continue
            if item.must_name and _is_of_another(frame, scope):
                continue
            if name == "standfirst" and frame.node.css_first("img, picture, figure, video") is not None:
                # What leads into a text is no picture with its caption.
                continue
            text = _short_text(frame.node)
            if name == "authors" and len(text) > _LONGEST_BYLINE:
                text, item.holds_more = _beginning(text), True
            if not text or len(text) >= _LONGEST or not _fits(name, text):
                continue
            if name == "published" and frame.start >= scope.end and title:
                # Where the text has few paragraphs, what stands below it is of the next one.
                continue
            if name == "published" and (item.order < title or dates.is_updated(text)):
                # Above the title often stands what day it is, and below it first when it was changed.
                kept = kept if kept and (item.order < title or kept[0][0].order >= title) else [(item, text)]
                continue
            if name != "authors":
                return [(item, text)]
            item.agent = item.agent or self._agent(frame, text)
            marked = self._marked_in(item)
            kept += [(item, text)] if not marked or (len(marked) == 1 and self._names_author(item, text)) else marked
        return self._of_this_text(kept, title) if name == "authors" else kept

    def _of_this_text(self, kept: list[tuple[_Found, str]], title: int) -> list[tuple[_Found, str]]:
        """Of bylines near the title those below it; above it stand the names of others too, who also write here."""
        below = [(item, text) for item, text in kept if item.order >= title]
        if any(self._names_author(item, text) for item, text in below):
            return below
        columnists = [pair for pair in kept if pair[0].must_name]
        return [pair for pair in kept if not pair[0].must_name] if len(columnists) > _MOST_BYLINES else kept

    def _are_notes(self, scope: Frame) -> bool:
        """Whether elements of one name tell of people between the paragraphs: each of them wrote what stands there."""
        told: dict[tuple[str, str | None], dict[str, int]] = {}
        for item in self.found:
            if item.field == "authors" and item.frame.is_inside(scope) and not _is_beside(item.frame, scope):
                text = _short_text(item.frame.node)
                if text.count(" ") >= _FEWEST_WORDS and text[-1] == ".":
                    name = (item.frame.tag, item.frame.node.attributes.get("class"))
                    told.setdefault(name, {}).setdefault(text, item.paragraphs)
        return any(len(found) >= _MOST_BYLINES and len(set(found.values())) > 1 for found in told.values())

    @staticmethod
    def _names_author(item: _Found, text: str) -> bool:
        """Whether an element is marked as a person's name, or its words name an author."""
        return bool(item.agent) or names.parse_byline(text).has_author

    def _marked_in(self, item: _Found) -> list[tuple[_Found, str]]:
        """What is marked as the names of people in an element, where much else may stand."""
        kept: list[_Found] = []
        for one in self.found:
            if one.agent and one.frame.is_inside(item.frame) and not any(one.frame.is_inside(o.frame) for o in kept):
                kept.append(one)
        found = [(one, _short_text(one.frame.node)) for one in kept if one is not item]
        return [(one, words) for one, words in found if words]

    def _agent(self, frame: Frame, text: str) -> Literal["", "person"]:
        """A person, where all words of an element are those of one inside that is marked as a person's name."""
        marked = (item for item in self.found if item.agent and item.frame.is_inside(frame))
        return "person" if any(" ".join(_short_text(item.frame.node).split()) == text for item in marked) else ""

    def _signed(self, scope: Frame) -> list[tuple[_Found, str]]:
        """What is marked as a person's name elsewhere in the text's element, or right below it, as in a footer."""
        marked = [item for item in self.found if item.agent and item.frame.region not in _OF_OTHERS]
        inside = [item for item in marked if item.frame.is_inside(scope)]
        below = [item for item in marked if scope.end <= item.frame.start <= scope.end + _BELOW]
        for item in (*inside, *below):
            text = _short_text(item.frame.node)
            if text and _fits("authors", text) and (item in inside or not _is_beside(item.frame, scope)):
                return [(item, text)]
        return []


def _beginning(text: str) -> str:
    """The label and the name that begin a box about an author; empty where none do."""
    first, second = [*text.split("\n", 2), ""][:2]
    line = f"{first} {second}" if names.is_label(first) else first
    return line if names.may_be_labelled(line) and names.looks_like_name(line) else ""


def _is_long(text: str) -> bool:
    """Whether a paragraph is one of running text; of Han characters a third is as many words."""
    return len(text) > _RUNNING or (len(text) * 3 > _RUNNING and bool(EAST_ASIAN.search(text, 0, _RUNNING)))


def _fits(name: str, text: str) -> bool:
    """Whether words can be what a field of this name prints."""
    if name == "authors":
        return len(text) <= _LONGEST_BYLINE
    if name == "published":
        return len(text) <= _LONGEST_DATE and any(map(str.isdigit, text)) and bool(dates.find(text))
    if name == "standfirst":
        return text.count(" ") >= 4 and len(text) >= _SHORTEST_STANDFIRST
    return len(text) <= 60


def _is_beside(frame: Frame, scope: Frame) -> bool:
    """Whether an element stands in a part beside the text."""
    current: Frame | None = frame
    while current is not None and current.tag != "body":
        if current.named in _BESIDE_THE_TEXT or current.tag in _BESIDE_TAGS:
            return True
        if current is scope:
            return False
        current = current.parent
    return False


def _kind(noted: Noted) -> tuple[str | None, bool]:
    """The field that an element may print, by its name, its property and its class; whether it must be a name."""
    frame, attributes, sign = noted
    marked = attributes.get("itemprop")
    if sign.field == "authors" or marked == "author" or attributes.get("rel") == "author":
        return "authors", False
    if frame.tag == "a" and (link := attributes.get("href")) and _PROFILE.search(link):
        return "authors", True
    if frame.tag == "time" or marked == "datePublished":
        return "published", False
    if marked == "description" and sign.field != "published":
        return "standfirst", False
    return sign.field, False


def _is_of_another(link: Frame, scope: Frame) -> bool:
    """Whether a link to somebody's page is not the author's: it has no name, or stands where others are named."""
    around = link.node.parent
    # Whom a sentence tells of did not write it. Below the text are those who comment, or write elsewhere.
    told_of = around is not None and around.tag == "p" and _is_long(around.text())
    return told_of or link.start >= scope.end or not names.looks_like_name(markup.words(link.node))


def _short_text(node: LexborNode) -> str:
    """The words of an element, as `_text`; empty where they are more than any field has."""
    return _text(node) if len(node.text()) < 2 * _LONGEST else ""


def _text(node: LexborNode) -> str:
    """The words of an element, with a line break where a link or a glued piece ends and another begins."""
    pieces: list[str] = []
    last: LexborNode | None = None
    for piece in node.traverse(include_text=True):
        if piece.tag != "-text":
            if piece.tag in _BREAKS and pieces:
                pieces.append("\n")
            continue
        # A line break of the source is a space.
        text = (piece.text_content or "").replace("\n", " ")
        holder = piece.parent
        if holder is None or holder.tag in _UNSEEN or not text.strip():
            if text and pieces and text.isspace():
                pieces.append(" ")
            continue
        if last is not None and holder.mem_id != last.mem_id:
            glued = not (text[:1].isspace() or pieces[-1][-1:].isspace())
            if glued or "a" in {holder.tag, last.tag}:
                pieces.append("\n")
        pieces.append(text)
        last = holder
    return fold(_SPACES.sub(" ", "".join(pieces)))
