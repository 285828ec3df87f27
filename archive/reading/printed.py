"""What a page of an unknown publisher prints for people about itself: title, standfirst, byline, date, kicker.

Here belongs finding these by the signs that templates share: element names, words in class names, and above all the
place: a byline or a date counts near the title, or after the last paragraph, not beside the teaser of another text.
Not here: pages whose publisher is known (`visible`, by selectors), and choosing between claims (`choice`).
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from archive.model.provenance import Witness
from archive.normalise import dates, names
from archive.reading import markup
from archive.reading.page import Region, Statement

_BYLINE = re.compile(
    r"byline|autho?r|redakteur|writer|contributor|\bfn\b|posted-?by|created-?by|submitted", re.IGNORECASE
)
_BESIDE = re.compile(
    r"author[-_]?(?:bio|box|desc|about|info|list|image|img|avatar|social|follow|page)|bio\b|avatar", re.IGNORECASE
)
_PERSON = re.compile(r"(?:^|\s)(?:fn|author|autor|username)(?:\s|$)|auth?or[-_]?_?(?:name|link)|vcard", re.IGNORECASE)
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|in|es)?|auteurs?|autori|profile?|people|staff|contributors?|redakteure?|journalists?|user)/",
    re.IGNORECASE,
)
_DATE = re.compile(r"date|time(?!r|line)|publi|posted|\bmeta|submitted|created|datum|fecha", re.IGNORECASE)
_STANDFIRST = re.compile(
    r"standfirst|sub-?_?(?:title|head|headline)|\bdek\b|__dek|-dek|\bdeck\b"
    r"|article-?_?(?:lead|intro|summary|excerpt)|teaser-?text",
    re.IGNORECASE,
)
_KICKER = re.compile(r"kicker|eyebrow|overline|\broof-?line|dachzeile|rubric", re.IGNORECASE)
_SELECTOR = ", ".join(
    [
        "h1, h2, h3, p, time, address, [rel~=author], [itemprop~=author], [itemprop~=datePublished]",
        "[itemprop~=description]",
    ]
    + [
        f"[class*={word} i]"
        for word in (
            "byline", "author", "autor", "writer", "contributor", "fn", "date", "time", "publi", "posted", "meta",
            "submitted", "created", "datum", "standfirst", "subtitle", "sub-title", "subhead", "dek", "deck", "lead",
            "intro", "summary", "excerpt", "kicker", "eyebrow", "overline", "username",
        )
    ]
    + [f'a[href*="/{word}"]' for word in ("author", "autor", "auteur", "profil", "people/", "staff", "contributor",
                                          "redakteur", "journalist", "user/")]
)  # fmt: skip
_BREAKS = frozenset("br p div li td h1 h2 h3 h4 section".split())
_UNSEEN = frozenset("script style noscript svg title button".split())
_SPACES = re.compile(r"[ \t\r\f\v]+")
_MOST = 1_500
_RUNNING = 90
_LONGEST = 700
_LONGEST_BYLINE = 160
_LONGEST_DATE = 120
_NEAR = 1
"""Paragraphs that may stand between the title and what is printed about the text."""
_BESIDE_THE_TEXT: frozenset[Region] = frozenset(
    ("related", "comments", "newsletter", "share", "notice", "footer", "aside")
)


@dataclass(slots=True)
class Printed:
    """Claims printed for people, and the elements that print nothing else."""

    statements: list[Statement] = field(default_factory=list)
    nodes: list[LexborNode] = field(default_factory=list)


@dataclass(slots=True)
class _Found:
    field: str
    node: LexborNode
    text: str
    paragraphs: int
    """Paragraphs of running text before it."""
    agent: Literal["", "person"] = ""


def find(tree: LexborHTMLParser, scope: LexborNode, regions: Mapping[int, Region], titles: Collection[str]) -> Printed:
    """What is printed about the text.

    Args:
        tree: the page.
        scope: the element that holds the text.
        regions: `mem_id` of elements → the region that they make.
        titles: what the page says of itself that its title is; the heading that says the same is the title.
    """
    body = tree.body
    walk = _Reading(regions, {_key(title) for title in titles})
    if body is not None:
        for node in body.css(_SELECTOR)[:_MOST]:
            walk.see(node)
    return walk.result(scope)


class _Reading:
    def __init__(self, regions: Mapping[int, Region], titles: set[str]) -> None:
        self.regions = regions
        self.titles = titles
        self.headings: list[_Found] = []
        self.found: list[_Found] = []
        self.paragraphs = 0

    def see(self, node: LexborNode) -> None:
        """Sort one element; elements come in the order of the page."""
        tag = node.tag or ""
        if tag in {"h1", "h2", "h3"}:
            # Below the first rank headings are many, and rarely more than a line of words.
            text = markup.words(node) if tag == "h1" else markup.fold(node.text())
            if text:
                self.headings.append(_Found(tag, node, text, self.paragraphs))
        attributes = node.attributes
        kind = _kind(node, tag, attributes)
        if kind:
            text = _text(node) if len(node.text()) < 2 * _LONGEST else ""
            if text and len(text) < _LONGEST:
                sure = attributes.get("rel") == "author" or bool(_PERSON.search(attributes.get("class") or ""))
                self.found.append(_Found(kind, node, text, self.paragraphs, "person" if sure else ""))
        elif tag == "p" and len(node.text()) > _RUNNING:
            self.paragraphs += 1

    def result(self, scope: LexborNode) -> Printed:
        made = Printed()
        title = self._title(scope)
        start = title.paragraphs if title else 0
        if title:
            made.statements.append(Statement("title", title.text, "visible", markup.path(title.node)))
            made.nodes.append(title.node)
        for name in ("kicker", "standfirst", "authors", "published"):
            for found in self._near(name, start, scope, made.nodes):
                witness: Witness = "byline" if name == "authors" else "visible"
                made.statements.append(Statement(name, found.text, witness, markup.path(found.node), agent=found.agent))
                made.nodes.append(found.node)
        return made

    def _title(self, scope: LexborNode) -> _Found | None:
        """The heading that says what the page says of itself; else the only main heading of the text."""
        same = [item for item in self.headings if _key(item.text) in self.titles]
        if same:
            return min(same, key=lambda item: (item.field, item.paragraphs))
        main = [item for item in self.headings if item.field == "h1"]
        words = [set(title.split()) for title in self.titles]
        for item in main:
            own = set(_key(item.text).split())
            if own and any(len(own & other) * 2 > max(len(own), len(other)) for other in words):
                return item
        if not self.titles and main:
            return next((item for item in main if markup.is_inside(item.node, scope)), main[0])
        alone = len(main) == 1 and not main[0].paragraphs and markup.is_inside(main[0].node, scope)
        return main[0] if alone else None

    def _near(self, name: str, start: int, scope: LexborNode, taken: list[LexborNode]) -> list[_Found]:
        """What stands near the title; of bylines, all that stand beside the first."""
        kept: list[_Found] = []
        for item in self.found:
            if item.field != name or not start <= item.paragraphs <= start + _NEAR:
                continue
            if not self._fits(name, item.text) or self._beside(item.node, scope):
                continue
            if any(markup.is_inside(item.node, other) for other in taken) or any(
                markup.is_inside(item.node, one.node) for one in kept
            ):
                continue
            kept.append(item)
            if name != "authors":
                break
        return kept

    def _fits(self, name: str, text: str) -> bool:
        if name == "authors":
            return len(text) <= _LONGEST_BYLINE
        if name == "published":
            return len(text) <= _LONGEST_DATE and any(map(str.isdigit, text)) and bool(dates.find(text))
        if name == "standfirst":
            return text.count(" ") >= 4
        return len(text) <= 60

    def _beside(self, node: LexborNode, scope: LexborNode) -> bool:
        current: LexborNode | None = node
        while current is not None and current.tag != "body":
            if self.regions.get(current.mem_id) in _BESIDE_THE_TEXT or current.tag in {"nav", "aside", "footer"}:
                return True
            if current.mem_id == scope.mem_id:
                return False
            current = current.parent
        return False


def _kind(node: LexborNode, tag: str, attributes: Mapping[str, str | None]) -> str | None:
    """The field that an element may print, by its name, its property and the words in its class."""
    classes = attributes.get("class") or ""
    marked = attributes.get("itemprop") or ""
    if "author" in {attributes.get("rel"), marked} or (_BYLINE.search(classes) and not _BESIDE.search(classes)):
        return "authors"
    link = attributes.get("href") if tag == "a" else None
    if link and _PROFILE.search(link):
        # The address of a profile counts where its words are a name; that of a section does not.
        return "authors" if names.looks_like_name(markup.words(node)) else None
    if tag == "time" or marked == "datePublished" or _DATE.search(classes):
        return "published"
    if marked == "description" or _STANDFIRST.search(classes):
        return "standfirst"
    return "kicker" if _KICKER.search(classes) else None


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
    return markup.fold(_SPACES.sub(" ", "".join(pieces)))


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
