"""Who sits at a round table, as its landing page lists them: respondents, convenors, editors, funders.

Here belongs finding lists of names on blocks, whatever markup they stand in. Not here: lists that the headings below
repeat (`archive.reading.line_up`), and who these people are.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from selectolax.lexbor import LexborHTMLParser

from archive.normalise import names
from archive.reading import markup, openings, voices
from archive.reading.page import Block
from archive.reading.source import Source

_LONGEST_ITEM = 300
_MOST_BLOCKS = 4
_MOST_SEATS = 200
_DEEPEST = 8
"""How many of the last steps of a place are looked at: nobody's list is nested deeper around its own items."""
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]?$")
_NAME_END = re.compile(r"\s*[(\n|–—]|,\s|\s-\s|:\s")
_STEP = re.compile(r"/([a-z][a-z0-9-]*)\[(\d+)\]")
_INLINE = "b, strong, a, span, em, i, h2, h3, h4, h5, h6"
_HELD = {
    "convenors": (
        re.compile(r"^(?:convened|organi[sz]ed|moderated|chaired|hosted|curated) by\s+(?P<who>.+)$", re.IGNORECASE),
        re.compile(r"^(?:the )?(?:convenors?|conveners?|moderators?|organi[sz]ers?)\b.{0,20}$", re.IGNORECASE),
    ),
    "editors": (
        re.compile(r"^(?:edited by|editors?:)\s+(?P<who>.+)$", re.IGNORECASE),
        re.compile(r"^(?:the )?(?:guest )?editors?\b.{0,20}$", re.IGNORECASE),
    ),
}
_FUNDED = re.compile(r"\b(?:supported|funded|financed)(?: in part)? by (?:the )?(?P<who>[^.;:]+)")
_AND = re.compile(r",\s*(?:and\s+)?(?:the\s+)?|\s+and\s+(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class Seat:
    """An entry: people who sit together, or an organisation; the affiliation as printed; the place."""

    people: tuple[str, ...]
    organisation: str | None
    affiliation: str | None
    locator: str


def seat(name: str, affiliation: str | None, locator: str, source: Source) -> Seat:
    """The seat of a printed name, which may join several people."""
    byline = names.parse_byline(name)
    if not byline.names and not byline.organisations:
        # Whom no rule takes for a person may still be one that the register knows.
        byline = names.parse_byline(name, known=source.names)
    if byline.names and not byline.organisations:
        return Seat(byline.names, None, affiliation, locator)
    return Seat((), name, affiliation, locator)


def is_heading(block: Block) -> bool:
    """A heading by its element, whatever was made of its words, or a block that is emphasised as one."""
    return block.level > 0 or block.kind == "heading" or block.strong


def line_up(blocks: Sequence[Block], tree: LexborHTMLParser | None, source: Source) -> list[Seat]:
    """The respondents: of all runs of alike elements that name somebody each, the one that says most of them."""
    best: list[Seat] = []
    most = (0, 0)
    for run in _runs(_usable(blocks)):
        if len(run) > _MOST_SEATS:
            continue
        seats = _once(_listed(items, place, tree, source) for place, items in run)
        said = (sum(one.affiliation is not None for one in seats), len(seats))
        if len(seats) > 1 and said > most and sum(bool(one.people) for one in seats) * 2 >= len(seats):
            best, most = seats, said
    return best


def _once(seats: Iterable[Seat]) -> list[Seat]:
    """Each entry once, as its first place has it."""
    found: dict[tuple[str, ...], Seat] = {}
    for one in seats:
        found.setdefault(one.people or (one.organisation or "",), one)
    return list(found.values())


def named_as(kind: Literal["convenors", "editors"], blocks: Sequence[Block], source: Source) -> list[Seat]:
    """Those whom a line (`Convened by …`) or a heading (`Convenors`) names."""
    line, heading = _HELD[kind]
    for block, below in zip(blocks, [*blocks[1:], None], strict=True):
        found = line.match(block.text)
        printed, place = (found["who"], block.locator) if found else ("", "")
        if not found and below and heading.match(block.text) and len(below.text) < _LONGEST_ITEM:
            printed, place = below.text, below.locator
        people = names.parse_byline(printed, known=source.names).names if printed else ()
        if people:
            return [Seat((name,), None, None, place) for name in people]
    return []


def funders(blocks: Sequence[Block]) -> list[Seat]:
    """The organisations that a sentence says the round table is supported or funded by."""
    for block in blocks:
        if found := _FUNDED.search(block.text):
            parts = [part.strip() for part in _AND.split(found["who"]) if part.strip()]
            return [Seat((), part, None, block.locator) for part in parts if part[0].isupper()]
    return []


def _usable(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without those that stand under a heading for convenors or editors."""
    kept: list[Block] = []
    held = False
    for block in blocks:
        if is_heading(block) and not (held and block.strong):
            held = any(heading.match(block.text) for _, heading in _HELD.values())
        if not held:
            kept.append(block)
    return kept


def _runs(blocks: Sequence[Block]) -> Iterator[list[tuple[str, list[Block]]]]:
    """Runs of neighbouring elements of one kind under one parent, each of which could be a seat."""
    families: dict[tuple[str, str], dict[int, list[Block]]] = defaultdict(lambda: defaultdict(list))
    for block in blocks:
        for step in [*_STEP.finditer(block.locator)][-_DEEPEST:]:
            families[block.locator[: step.start()], step[1]][int(step[2])].append(block)
    for (parent, tag), members in families.items():
        run: list[tuple[str, list[Block]]] = []
        for number in range(1, max(members) + 2):
            if number in members and _could_be_seat(members[number]):
                run.append((f"{parent}/{tag}[{number}]", members[number]))
                continue
            if len(run) > 1:
                yield run
            run = []


def _could_be_seat(items: Sequence[Block]) -> bool:
    first = items[0].text
    name = _NAME_END.split(first, maxsplit=1)[0]
    return (
        len(items) <= _MOST_BLOCKS
        and sum(len(block.text) for block in items) <= _LONGEST_ITEM
        and len(name) <= openings.LONGEST_NAME
        and not _SENTENCE_END.search(name)
        and name[:1].isupper()
    )


def _listed(items: Sequence[Block], place: str, tree: LexborHTMLParser | None, source: Source) -> Seat:
    """The seat that an element lists: its first block's name, and what follows as the affiliation."""
    first = items[0].text
    name = _NAME_END.split(first, maxsplit=1)[0].strip()
    inner = _first_inline(tree, place) if len(items) == 1 else ""
    if inner and name.startswith(inner):
        # The name alone is emphasised or linked; nothing else parts it from the affiliation.
        name = inner.rstrip(" ,:–—-")
    rest = [first[len(name) :], *(block.text for block in items[1:])]
    affiliation = "; ".join(part for part in map(voices.bare, rest) if part)
    return seat(name, affiliation or None, place, source)


def _first_inline(tree: LexborHTMLParser | None, place: str) -> str:
    """The words of the first emphasised or linked part of an element."""
    if tree is None:
        return ""
    steps = re.sub(r"\[(\d+)\]", r":nth-of-type(\1)", place.strip("/")).replace("/", " > ")
    inner = tree.css_first(steps)
    found = inner.css_first(_INLINE) if inner else None
    return markup.words(found) if found else ""
