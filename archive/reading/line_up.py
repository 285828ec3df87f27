"""The list of respondents on a page, and the headings that repeat its names.

Here belongs pairing the two by their words, never by position: text copies drop and glue parts. Not here: what stands
under the headings (`segments`).
"""

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.normalise import names
from archive.normalise.text import fold
from archive.reading.page import Block, Entry

LONGEST_NAME = 140
_LONGEST_ITEM = 300
_RUNNING = 60
_LOOSEST = 4
"""Blocks that may stand in a list for each entry: the name, the affiliation, a picture, somebody who did not answer."""
_EDGES = " \t\n,;:|·•–—-"
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]?$")
_NUMBER = re.compile(r"^\d{1,2}[.):]?\s+")


@dataclass(frozen=True, slots=True)
class LineUp:
    """What a page lists.

    Attributes:
        entries: index of an answer's heading → the entry that answers there.
        unanswered: listed entries that no heading repeats.
        start: index of the first block of the list.
    """

    entries: dict[int, Entry]
    unanswered: list[Entry]
    start: int


def find(flow: Sequence[Block]) -> LineUp | None:
    """The line-up, where at least two headings repeat names that are listed above them; else None."""
    keys = [tokens(block.text) for block in flow]
    for candidates in _candidates(flow, keys):
        listed = _matched(flow, keys, candidates)
        if listed and _are_people(flow, listed):
            entries, unanswered = _entries(flow, listed)
            return LineUp(entries, unanswered, min(listed.values()))
    return None


def _are_people(flow: Sequence[Block], listed: dict[int, int]) -> bool:
    """True where most headings name somebody, each somebody else, and the list is one: contents are lists too."""
    headings = {tokens(flow[heading].text) for heading in listed}
    named = [heading for heading in listed if _names_somebody(_NUMBER.sub("", flow[heading].text))]
    items = sorted(listed.values())
    return (
        len(headings) > 1 and len(named) * 3 >= len(listed) * 2 and items[-1] - items[0] < _LOOSEST * (len(items) + 1)
    )


def _names_somebody(heading: str) -> bool:
    byline = names.parse_byline(_name_of(heading))
    return bool(byline.names or byline.organisations) and not byline.rest


def tokens(text: str) -> tuple[str, ...]:
    """What makes two spellings of a name one: its words, folded, without a number in front."""
    return tuple(re.findall(r"\w+", fold(_NUMBER.sub("", text))))


def is_heading(block: Block) -> bool:
    """A heading, or a short block whose words are all emphasised."""
    return len(block.text) <= LONGEST_NAME and (block.kind == "heading" or (block.strong and block.in_text))


def _candidates(flow: Sequence[Block], keys: Sequence[tuple[str, ...]]) -> list[list[int]]:
    """Blocks that may head an answer, the surest kind first; the next kind counts only where one gives nothing."""
    headings = [index for index, block in enumerate(flow) if keys[index] and is_heading(block) and _opens(flow, index)]
    # In capitals a name is the label of an inset, unless the page prints all its headings so.
    quiet = [index for index in headings if not flow[index].text.isupper()]
    plain = [
        index
        for index, block in enumerate(flow)
        if keys[index] and len(block.text) <= LONGEST_NAME and block.kind != "image" and _opens(flow, index, bare=True)
    ]
    return [quiet, headings, plain]


def _opens(flow: Sequence[Block], index: int, *, bare: bool = False) -> bool:
    """True where an answer can begin below: a heading says so itself, any other block by what follows it."""
    block = flow[index]
    if block.kind == "heading" and not bare:
        return True
    if _SENTENCE_END.search(block.text):
        return False
    below = next((flow[place] for place in range(index + 1, len(flow)) if flow[place].kind != "image"), None)
    return below is not None and (len(below.text) > _RUNNING or bool(_SENTENCE_END.search(below.text)))


def _matched(flow: Sequence[Block], keys: Sequence[tuple[str, ...]], headings: Sequence[int]) -> dict[int, int]:
    """Index of each heading that repeats a listed name → index of the block that lists it."""
    found: dict[int, int] = {}
    used: set[int] = set()
    # By all the beginnings that a heading may repeat, so that a page of nothing but names takes no longer than any.
    lengths = {len(keys[heading]) for heading in headings}
    by_beginning: dict[tuple[str, ...], deque[int]] = {}
    for index, key in enumerate(keys):
        if key and flow[index].kind in {"list_item", "paragraph", "label"} and len(flow[index].text) < _LONGEST_ITEM:
            for length in lengths:
                if length <= len(key):
                    by_beginning.setdefault(key[:length], deque()).append(index)
    for heading in headings:
        waiting = by_beginning.get(keys[heading], deque())
        while waiting and waiting[0] in used:
            waiting.popleft()
        if waiting and waiting[0] < heading:
            found[heading] = waiting[0]
            used.add(waiting[0])
    # A name can only be listed above every answer; what matches further down is a coincidence.
    start = min(found, default=0)
    listed = {heading: index for heading, index in found.items() if index < start}
    return listed if len(listed) > 1 else {}


def _entries(flow: Sequence[Block], listed: dict[int, int]) -> tuple[dict[int, Entry], list[Entry]]:
    """Entry by index of its heading, and the listed entries that no heading repeats."""
    by_item = {item: heading for heading, item in listed.items()}
    first, last = min(by_item), max(by_item)
    apart = all(tokens(flow[item].text) == tokens(flow[heading].text) for item, heading in by_item.items())
    entries: dict[int, Entry] = {}
    unanswered: list[Entry] = []
    heading: int | None = None
    for index in range(first, min(listed)):
        block = flow[index]
        if index in by_item:
            heading = by_item[index]
            entries[heading] = _entry(_NUMBER.sub("", flow[heading].text), block)
        elif apart and heading is not None and entries[heading].affiliation is None and block.kind != "image":
            entries[heading] = replace(entries[heading], affiliation=bare(block.text))
        elif block.kind == flow[first].kind and index <= last + 1 and names.looks_like_name(_name_of(block.text)):
            unanswered.append(_entry(_name_of(block.text), block))
    return entries, unanswered


def _entry(name: str, item: Block) -> Entry:
    """The entry of a list item whose name is known, and who it says that is."""
    listed = _NUMBER.sub("", item.text)
    short = _name_of(name)
    if short != name and tokens(name) == tokens(listed) and (name.endswith(")") or names.looks_like_name(short)):
        # The heading repeats the whole item, affiliation included.
        name = short
    return Entry(name, _affiliation(listed, name), item.locator)


def _name_of(item: str) -> str:
    """The name in a list item: what stands before the first bracket, comma, dash or break."""
    return re.split(r"\s*[(\n|–—]|,\s|\s-\s|:\s", item, maxsplit=1)[0].strip()


def _affiliation(item: str, name: str) -> str | None:
    """What a list item prints after the name."""
    rest = item
    for token in tokens(name):
        position = fold(rest).find(token)
        # Folding keeps the number of characters for nearly all names; where it does not, the item is cut by words.
        rest = rest[position + len(token) :] if len(fold(rest)) == len(rest) else rest.partition(" ")[2]
    return bare(rest) or None


def bare(text: str) -> str:
    """The text without the punctuation around it, and without brackets that enclose all of it."""
    text = text.strip(_EDGES)
    depth = 0
    for index, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return text[1:-1].strip() if index and index == len(text) - 1 else text
    return text
