"""Where else a text stands, in the page's own words: in another language, first somewhere else, in response to what.

Here belong the notes that publishers print about a piece, and the links to it in other languages. They are found on
short blocks near the beginning and the end, and give relations with the sentence as quote. Not here: which contribution
is meant (`archive.discussion`), and what a source's own patterns say (`reader`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from archive.model.contributions import RelationType
from archive.normalise import languages, urls
from archive.normalise.language_names import PATTERN, language_of, names_language
from archive.reading.marked import Attributes
from archive.reading.page import Block, Link, Page, PageRelation, Statement
from archive.reading.places import Places

_PIECE = r"(?:article|piece|essay|post|text|comment(?:ary)?|contribution|interview|page|reply|response)"
_THIS = rf"(?:this|the following|the present)\s+(?:\w+\s+)?{_PIECE}"
_PRINTED = r"(?:published|written|printed|posted|appeared)"
_TRANSLATED = re.compile(
    rf"""\b(?:{_THIS}|it)\s+(?:was|has\ been|is|appeared)\s+(?:first\s+|originally\s+)?(?:{_PRINTED}\s+)?
            (?:first\s+|originally\s+)?in\s+(?P<whole>{PATTERN})\b
        | \b(?:first|originally)\s+{_PRINTED}\s+in\s+(?P<bare>{PATTERN})\b
        | \btranslat(?:ed|ion)\s+from\s+(?:the\s+)?(?:original\s+)?(?P<english>{PATTERN})\b
        | \b(?:traducid[oa]|traduite?|traduzid[oa])\s+(?:del|de\ l['’]|du|do|de)\s*(?P<romance>{PATTERN})\b
        | \baus\ dem\s+(?P<german>{PATTERN})\b""",
    re.IGNORECASE | re.VERBOSE,
)
_FIRST_PUBLISHED = re.compile(
    rf"\b(?:{_THIS}\s+(?:was|is|has been)\s+)?(?:first|originally)\s+{_PRINTED}\s+(?:in|on|by|at|as)\b", re.IGNORECASE
)
_RESPONDS = re.compile(
    rf"""\b{_THIS}\s+(?:is|was|has\ been)\s+(?:written\s+|published\s+)?(?:in|as\ an?|an?)\s+(?:\w+\s+)?
        (?:response|reply|rejoinder|reaction)\b(?:\s+to\s+(?P<to>[^.!?]{{3,200}}))?""",
    re.IGNORECASE | re.VERBOSE,
)
_HINTS: Mapping[re.Pattern[str], tuple[str, ...]] = {
    _TRANSLATED: ("this", "following", "present", "it ", "first", "original", "transla", "tradu", "aus dem"),
    _FIRST_PUBLISHED: ("first", "original"),
    _RESPONDS: ("this", "following", "present"),
}
"""Parts of words one of which stands in whatever an expression finds."""
_LONGEST = 500
_NEAR = 8
"""Blocks at either end of a text among which such notes stand."""
_SENTENCE = re.compile(r"[^.!?]+(?:[.!?]+(?=\s|$)|$)")


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence about the piece: what it says, and in which block."""

    sentence: str
    block: Block
    found: re.Match[str]


def statements(blocks: Sequence[Block]) -> list[Statement]:
    """The same text in other languages, by the labels of links; and where it stood first."""
    found = []
    for block in blocks:
        if len(block.text) <= _LONGEST:
            tagged = ((language_of(link.text), link.url) for link in block.links)
            found += [Statement("alternate", f"{tag} {to}", "visible", block.locator) for tag, to in tagged if tag]
    for note in _notes(_near(blocks), _FIRST_PUBLISHED):
        link = _link_behind(note)
        found.append(Statement("original", link.url if link else note.sentence, "running_text", note.block.locator))
    return found


def alternates(elements: Sequence[tuple[LexborNode, Attributes]], url: str, places: Places) -> Iterator[Statement]:
    """The addresses of the same page in other languages, as its links with `hreflang` give them."""
    for node, attributes in elements[:100]:
        tag = languages.tag(attributes.get("hreflang"))
        address = urls.join(url, attributes.get("href") or "")
        if tag and address:
            yield Statement("alternate", f"{tag} {address}", "link_element", places.path(node))


def relations(page: Page) -> tuple[PageRelation, ...]:
    """What a page of one text says that it translates, or was written in response to."""
    found = []
    near = _near(page.blocks)
    for note in _notes(near, _TRANSLATED):
        language = next(name for name in note.found.groups() if name)
        if language_of(language) == (page.language or "").partition("-")[0]:
            continue
        link = _link_behind(note) or next(iter(note.block.links), None)
        found.append(_relation("translates", link, language, note))
    for note in _notes(near, _RESPONDS):
        link = _link_behind(note) or next(iter(note.block.links), None)
        named = note.found["to"]
        if link or named:
            found.append(_relation("responds_to", link, (named or "").strip(" “”\"'‘’"), note))
    return tuple({(item.type, item.to, item.to_url): item for item in found}.values())


def _relation(kind: RelationType, link: Link | None, words: str, note: Note) -> PageRelation:
    to = link.text if link and link.text else words
    return PageRelation(kind, to, link.url if link else None, note.sentence, "sentence", note.block.locator, 0)


def _near(blocks: Sequence[Block]) -> list[tuple[Block, str]]:
    """The short blocks at either end of a text, each with its words in small letters."""
    texts = [block for block in blocks if block.text and block.kind not in {"image", "caption"}]
    near = texts if len(texts) <= 2 * _NEAR else [*texts[:_NEAR], *texts[-_NEAR:]]
    return [(block, block.text.lower()) for block in near if len(block.text) <= _LONGEST]


def _notes(near: Iterable[tuple[Block, str]], pattern: re.Pattern[str]) -> Iterator[Note]:
    """The sentences that say so."""
    for block, lowered in near:
        if not any(hint in lowered for hint in _HINTS[pattern]):
            continue
        if pattern is _TRANSLATED and not names_language(lowered):
            continue
        for sentence in _sentences(block.text):
            if found := pattern.search(sentence):
                yield Note(sentence.strip(), block, found)


def _sentences(text: str) -> Iterable[str]:
    return (found[0] for found in _SENTENCE.finditer(text))


def _link_behind(note: Note) -> Link | None:
    """The first link of the block whose words stand in the sentence, behind what makes it a note."""
    behind = note.sentence[note.found.start() :]
    return next((link for link in note.block.links if link.text and link.text in behind), None)
