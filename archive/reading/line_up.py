"""The list of respondents on a page, and the headings that repeat its names.

Here belongs pairing the two by their words, never by position: text copies drop and glue parts. Where a page has no
list, its headings may still be told to be names. Not here: what stands under the headings (`segments`).
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from archive.normalise.dates import is_date_line
from archive.normalise.text import fold
from archive.reading import openings, repeats
from archive.reading.announcing import announces
from archive.reading.extents import asks
from archive.reading.openings import (
    LONGEST_NAME,
    Recast,
    is_speaker,
    key,
    name_of,
    names_people,
    names_somebody,
    tokens,
)
from archive.reading.page import Block, Entry
from archive.reading.repeats import SENTENCE_END, runs
from archive.reading.voices import bare

_LONGEST_QUESTION = 400
_RUNNING = 60
_LOOSEST = 4
"""Blocks that may stand in a list for each entry: the name, the affiliation, a picture, somebody who did not answer."""
_NEAR = 6
_MOST = 0.6
_LONGEST_ORDER = 5
NUMBER = re.compile(r"^\d{1,2}[.):]?\s+")
_INDEX = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class LineUp:
    """What a page lists.

    Attributes:
        flow: the blocks, with each opening as a block of its own.
        entries: index of an answer's heading → the entry that answers there.
        unanswered: listed entries that no heading repeats.
        start: index of the first block of the list, or of the first heading where there is no list.
        is_listed: whether there is a list.
        ends: index of an answer's heading → that before which the answer surely ends.
        strange: indexes of lines that stand like those headings and name nobody.
    """

    flow: Sequence[Block]
    entries: dict[int, Entry]
    unanswered: list[Entry]
    start: int
    is_listed: bool = True
    ends: Mapping[int, int] = field(default_factory=dict)
    strange: frozenset[int] = frozenset()


def find(flow: Sequence[Block]) -> LineUp | None:
    """The line-up, where at least two openings repeat names that are listed above them; else None.

    Args:
        flow: the blocks of the page, `openings.as_they_are`.
    """
    return _find(openings.as_they_are(flow), None)


def find_recast(flow: Sequence[Block], title: str, recasts: Sequence[Recast] = openings.RECASTS) -> LineUp | None:
    """The line-up of a page that has none as it is: where openings are first made blocks of their own.

    Args:
        flow: the blocks of the page, `openings.as_they_are`.
        title: its title, which may say that this is a discussion.
        recasts: the ways to do that, in the order in which they are tried.
    """
    texts = [title, *(block.text for block in flow)]
    if not any(map(_may_ask, texts)) and not any(map(_may_announce, texts)):
        return None
    seen: list[Sequence[Block]] = [flow]
    for recast in recasts:
        made = recast(flow)
        if made not in seen:
            seen.append(made)
            if (found := _find(made, title)) is not None:
                return found
    return None


def _find(flow: Sequence[Block], title: str | None) -> LineUp | None:
    """The line-up of blocks as they are, or, with the title of the page, of some that were recast."""
    repeated = repeats.find(flow)
    if repeated is None:
        return None
    for candidates in _candidates(flow, repeated.places):
        listed = _of_one_rank(flow, candidates, repeated.lines)
        sure = title is None and bool(listed) and is_heading(flow[min(listed)])
        if listed and _are_people(flow, listed, sure=sure) and (title is None or _is_said(flow, listed, title)):
            entries, unanswered = _entries(flow, listed)
            _add_turns(flow, candidates, entries)
            return LineUp(flow, entries, unanswered, min(listed.values()))
    return None


def _may_ask(text: str) -> bool:
    """Whether words can ask something; of a longer text only a line can."""
    return "?" in text and _is_short(text)


def _may_announce(text: str) -> bool:
    """Whether words can tell of a discussion; of a longer text only a line can."""
    return _is_short(text) and announces(text)


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST_QUESTION + LONGEST_NAME or "\n" in text


def _under(flow: Sequence[Block], places: Sequence[int]) -> list[str]:
    """The words under each opening."""
    return [
        " ".join(block.text for block in flow[start + 1 : end] if block.in_text)
        for start, end in zip(places, [*places[1:], len(flow)], strict=True)
    ]


def _is_said(flow: Sequence[Block], openers: Iterable[int], title: str) -> bool:
    """Whether something is asked or discussed, most of the text answers it, and it is no set of portraits."""
    places = sorted(openers)
    above = [block.text for block in flow[max(0, places[0] - _NEAR - 2 * len(places)) : places[0]]]
    words = [title, *(text for text in above if len(text) <= _LONGEST_QUESTION)]
    if not any(asks(text) or announces(text) for text in words):
        return False
    under = list(map(len, _under(flow, places)))
    before = sum(len(block.text) for block in flow[: places[0]] if block.in_text and SENTENCE_END.search(block.text))
    if sum(under) * (1 - _MOST) < _MOST * before or sum(length > _RUNNING for length in under) * 3 < len(under) * 2:
        return False
    return _speak_for_themselves(flow, places)


def _speak_for_themselves(flow: Sequence[Block], named: Sequence[int]) -> bool:
    """False for portraits: most of the texts under names speak of those who are named, again and again."""
    portraits = 0
    for start, end in zip(named, [*named[1:], len(flow)], strict=True):
        family = key(name_of(flow[start].text))[-1:]
        said = [block for block in flow[start + 1 : end] if block.in_text and not is_heading(block)]
        # The first and the last may say who somebody is.
        portraits += any(family[0] in tokens(block.text) for block in said[1:-1]) if family else False
    return portraits * 3 <= len(named)


def _are_people(flow: Sequence[Block], listed: dict[int, int], *, sure: bool) -> bool:
    """True where most headings name somebody, each somebody else, and the list is one: contents are lists too."""
    headings = {tokens(flow[heading].text) for heading in listed}
    items = sorted(listed.values())
    if len(headings) < 2 or items[-1] - items[0] >= _LOOSEST * (len(items) + 1):
        # Two respondents may share a name, but not everybody does.
        return False
    if sum(_is_turn(flow, item, heading) for heading, item in listed.items()) * 2 > len(listed):
        return False
    told = names_somebody if sure else is_speaker
    named = [heading for heading, item in listed.items() if told(flow[heading].text) or told(flow[item].text)]
    # Affiliations are repeated too, where several people share one.
    if sum(_is_title(flow, item, heading) for heading, item in listed.items()) * 2 > len(listed):
        return False
    people = sure or any(names_people(flow[heading].text) for heading in listed)
    return people and len(named) * 3 >= len(listed) * 2


def _is_turn(flow: Sequence[Block], item: int, heading: int) -> bool:
    """Whether what seems to list a name is a heading like the one below, and somebody says something under it."""
    # When it was said may stand between, and who somebody is.
    below = next(block for block in flow[item + 1 :] if block.text and not _is_beside(block))
    return (
        _form(flow[item]) == _form(flow[heading])
        and runs(below)
        and not set(key(name_of(flow[heading].text))[-1:]) & set(tokens(below.text))
    )


def _is_beside(block: Block) -> bool:
    return is_date_line(block.text) or (block.kind == "label" and not block.in_text)


def _is_title(flow: Sequence[Block], item: int, heading: int) -> bool:
    """Whether a list has a title in front of the name that stands below the heading: "The Quay, Ada Lindqvist"."""
    below = flow[heading + 1].text if heading + 1 < len(flow) else ""
    return names_people(below) and key(affiliation(flow[item].text, flow[heading].text) or "") == key(below)


def is_heading(block: Block) -> bool:
    """A heading, or a short block whose words are all emphasised."""
    return len(block.text) <= LONGEST_NAME and (block.level > 0 or (block.strong and block.in_text))


def _form(block: Block) -> tuple[object, ...]:
    """What openings of one page have in common."""
    return block.kind, block.level, block.strong, block.region, _INDEX.sub("", block.locator).lstrip("line 0123456789")


def _candidates(flow: Sequence[Block], repeating: Sequence[int]) -> Iterator[list[int]]:
    """Blocks that may head an answer, the surest kind first; the next kind counts only where one gives nothing."""
    headings = [index for index in repeating if is_heading(flow[index]) and _opens(flow, index)]
    # In capitals a name is the label of an inset, unless the page prints all its headings so.
    yield [index for index in headings if not flow[index].text.isupper()]
    yield headings
    yield [index for index in repeating if _opens(flow, index, bare=True)]


def _opens(flow: Sequence[Block], index: int, *, bare: bool = False, listed: bool = True) -> bool:
    """True where an answer can begin below: a heading says so itself, any other block by what follows it."""
    block = flow[index]
    if block.level and not bare:
        return True
    ends = SENTENCE_END.search(block.text)
    if ends and (len(block.text) > _RUNNING or ":" in block.text or not is_speaker(block.text)):
        return False
    below = [flow[place] for place in range(index + 1, min(index + 5, len(flow))) if flow[place].kind != "image"][:2]
    # Between a name and what is said may stand whose voice it is.
    if bare and len(below) > 1 and not runs(below[0]) and not below[0].level:
        names_other = is_speaker if listed and not names_people(block.text) else names_people
        below = below if names_other(below[0].text) else below[1:]
    return bool(below) and runs(below[0])


def _of_one_rank(flow: Sequence[Block], headings: Sequence[int], lines: Sequence[int]) -> dict[int, int]:
    """What headings of one rank repeat, where those of others add nothing: inside an answer a name is a label."""
    listed = _matched(flow, headings, lines)
    levels = {flow[heading].level for heading in listed}
    for level in sorted(levels) if len(levels) > 1 else ():
        alone = _matched(flow, [heading for heading in headings if flow[heading].level == level], lines)
        if set(alone.values()) == set(listed.values()):
            return alone
    return listed


def _matched(flow: Sequence[Block], headings: Sequence[int], lines: Sequence[int]) -> dict[int, int]:
    """Index of each heading that repeats a listed name → index of the block that lists it."""
    if len(headings) < 2:
        return {}
    found: dict[int, int] = {}
    used: set[int] = set()
    keys = {heading: key(flow[heading].text) for heading in headings}
    shorter = {heading: key(name_of(flow[heading].text)) for heading in headings}
    # By all the beginnings that a heading may repeat, so that a page of nothing but names takes no longer than any.
    lengths = {len(keys[heading]) for heading in headings} | {len(short) for short in shorter.values()}
    by_beginning: dict[tuple[str, ...], deque[int]] = {}
    words = {word for heading in headings for word in (*keys[heading], *shorter[heading])}
    for index in lines:
        text = flow[index].text
        for spelt in {key(text), repeats.unglued(text)}:
            same = next((at for at, word in enumerate(spelt) if word not in words), len(spelt))
            for length in lengths if same else ():
                if 0 < length <= same:
                    for beginning in {spelt[:length], _in_any_order(spelt[:length])}:
                        by_beginning.setdefault(beginning, deque()).append(index)
    for heading in headings:
        for spelt in (keys[heading], shorter[heading], _in_any_order(shorter[heading])):
            waiting = by_beginning.get(spelt, deque())
            while waiting and waiting[0] in used:
                waiting.popleft()
            if waiting and waiting[0] < heading:
                found[heading] = waiting[0]
                used.add(waiting[0])
                break
    # A name can only be listed above every answer; what matches further down is a coincidence.
    start = min(found, default=0)
    listed = {heading: index for heading, index in found.items() if index < start}
    return listed if len(listed) > 1 else {}


def _in_any_order(name: tuple[str, ...]) -> tuple[str, ...]:
    """A name of several words whichever of them comes first; it equals none that is in its own order."""
    return ("", *sorted(name)) if 1 < len(name) <= _LONGEST_ORDER else name


def _add_turns(flow: Sequence[Block], candidates: Sequence[int], entries: dict[int, Entry]) -> None:
    """Further headings of the form of the others that repeat a name: the same entry speaks again."""
    forms = {_form(flow[heading]) for heading in entries}
    by_key = {key(flow[heading].text): entry for heading, entry in entries.items()}
    by_key |= {key(entry.name): entry for entry in entries.values()}
    for index in candidates:
        again = by_key.get(key(flow[index].text)) if index not in entries and index > min(entries) else None
        if again and _form(flow[index]) in forms:
            entries[index] = again


def _entries(flow: Sequence[Block], listed: dict[int, int]) -> tuple[dict[int, Entry], list[Entry]]:
    """Entry by index of its heading, and the listed entries that no heading repeats."""
    by_item = {item: heading for heading, item in listed.items()}
    apart = False
    items = sorted(by_item)
    # Where something stands below every name, it is the affiliation, even if it sounds like another name.
    spaced = all(later - item > 1 for item, later in pairwise(items))
    first, last = min(by_item), max(by_item)
    while first > 0 and _is_like(flow[first - 1], flow[first]) and names_somebody(flow[first - 1].text):
        first -= 1
    entries: dict[int, Entry] = {}
    unanswered: list[Entry] = []
    heading: int | None = None
    for index in range(first, min(listed)):
        block = flow[index]
        if index in by_item:
            heading = by_item[index]
            entries[heading] = _entry(NUMBER.sub("", flow[heading].text), block)
            apart = key(name_of(flow[heading].text)) == key(block.text)
        elif heading is not None and apart and entries[heading].affiliation is None and _is_affiliation(block, spaced):
            entries[heading] = replace(entries[heading], affiliation=bare(block.text))
        elif index <= last + 1 and block.kind == flow[first].kind and (index < items[0] or names_people(block.text)):
            unanswered.append(_entry(name_of(block.text), block))
    return entries, unanswered


def _is_like(block: Block, other: Block) -> bool:
    """Whether a block can be an item of the list that another one is of."""
    return (block.kind, block.level, block.strong, block.region) == (
        other.kind,
        other.level,
        other.strong,
        other.region,
    )


def _is_affiliation(block: Block, spaced: bool) -> bool:
    # A heading below the list alone begins what comes next.
    is_line = spaced or (block.level == 0 and not names_people(block.text))
    return block.kind != "image" and len(block.text) <= LONGEST_NAME and is_line


def _entry(name: str, item: Block) -> Entry:
    """The entry of a list item whose name is known, and who it says that is."""
    listed = NUMBER.sub("", item.text)
    short = name_of(name)
    if short != name and names_somebody(short):
        # The heading repeats the affiliation too.
        name = short
    if name.isupper() and not listed.isupper() and key(name_of(listed)) == key(name):
        name = name_of(listed)
    return Entry(name, affiliation(listed, name), item.locator)


def affiliation(item: str, name: str) -> str | None:
    """What a list item prints after the name."""
    folded = fold(item)
    if len(folded) != len(item):
        # Folding keeps the number of characters for nearly all names; where it does not, the item is cut by words.
        return bare(" ".join(item.split()[len(name.split()) :])) or None
    end = 0
    for token in key(name):
        position = folded.find(token, end)
        # Printed family name first, the words stand in another order.
        end = max(end, (position if position >= 0 else folded.find(token)) + len(token))
    return bare(item[end:]) or None
