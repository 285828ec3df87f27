"""The list of respondents on a page, and the headings that repeat its names.

Here belongs pairing the two by their words, never by position: text copies drop and glue parts. Where a page has no
list, its headings may still be told to be names. Not here: what stands under the headings (`segments`).
"""

import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archive.normalise.text import fold
from archive.reading import openings
from archive.reading.openings import LONGEST_NAME, is_speaker, key, name_of, names_people, names_somebody, tokens
from archive.reading.page import Block, Entry

_LONGEST_ITEM = 300
_LONGEST_QUESTION = 400
_RUNNING = 60
_LOOSEST = 4
"""Blocks that may stand in a list for each entry: the name, the affiliation, a picture, somebody who did not answer."""
_FEW_TURNS = 2
_NEAR = 6
_MOST = 0.6
_LONGER = 8
_MOST_FORMS = 20
_LONGEST_ORDER = 5
_EDGES = " \t\n,;:|·•–—-"
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]?$")
_NUMBER = re.compile(r"^\d{1,2}[.):]?\s+")
_SEAM = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-ZÀ-ÞŠŽ])")
_INDEX = re.compile(r"\[\d+\]")
_DISCUSSION = re.compile(
    r"\b(?:round[ -]?table|debate|forum|symposium|panel(?:lists?)?|discussion|respondents?|responses|respond|experts?"
    r"|we asked|asked|in conversation|weigh in|contributors|answers?|diskussion|debatte|runder tisch|umfrage"
    r"|expert(?:en|innen|es|os|as)|antworten|wir fragten|gefragt|débat|table ronde|réponses|debate|mesa redonda|foro"
    r"|respuestas|respostas|especialistas|fórum)\b",
    re.IGNORECASE,
)
_OF_RESPONDENTS = re.compile(
    r"^(?:the |our |with |list of )*(?:respondents?|participants?|panel(?:lists?)?|speakers?|contributors?|experts?"
    r"|authors|teilnehm\w+|befragte\w*|expert\w+|participant\w*|intervenant\w*|participantes|ponentes|especialistas"
    r"|debatedores)\b.{0,60}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LineUp:
    """What a page lists.

    Attributes:
        flow: the blocks, with each opening as a block of its own.
        entries: index of an answer's heading → the entry that answers there.
        unanswered: listed entries that no heading repeats.
        start: index of the first block of the list, or of the first heading where there is no list.
        is_listed: whether there is a list.
    """

    flow: Sequence[Block]
    entries: dict[int, Entry]
    unanswered: list[Entry]
    start: int
    is_listed: bool = True


def find(blocks: Sequence[Block], title: str = "") -> LineUp | None:
    """The line-up, where at least two openings repeat names that are listed above them; else None.

    Args:
        blocks: those of the page.
        title: its title, which may say that this is a discussion.
    """
    plain = openings.as_they_are(blocks)
    seen: list[Sequence[Block]] = []
    for recast in openings.RECASTS:
        flow = recast(plain)
        if flow in seen:
            continue
        seen.append(flow)
        keys = [key(block.text) for block in flow]
        for candidates in _candidates(flow, keys):
            listed = _of_one_rank(flow, keys, candidates)
            sure = recast is openings.as_they_are and bool(listed) and is_heading(flow[min(listed)])
            if (
                listed
                and _are_people(flow, listed, sure=sure)
                and (recast is openings.as_they_are or _is_said(flow, listed, title))
            ):
                entries, unanswered = _entries(flow, listed)
                _add_turns(flow, keys, candidates, entries)
                return LineUp(flow, entries, unanswered, min(listed.values()))
    return None


def without_list(blocks: Sequence[Block], title: str) -> LineUp | None:
    """The openings of a page that has no list: alike in form, nearly all of them names, below a question.

    Args:
        blocks: those of the page.
        title: its title, which may say that this is a discussion.
    """
    plain = openings.as_they_are(blocks)
    for recast in openings.RECASTS:
        flow = recast(plain)
        groups: dict[tuple[object, ...], list[int]] = {}
        for index, block in enumerate(flow):
            if (
                0 < len(block.text) <= LONGEST_NAME
                and block.kind != "image"
                and _opens(flow, index, bare=True, listed=False)
            ):
                groups.setdefault(_form(block), []).append(index)
        surest = sorted(groups.values(), key=lambda group: (not is_heading(flow[group[0]]), -len(group), group[0]))
        for members in surest[:_MOST_FORMS]:
            members = _without_affiliations(flow, members)  # noqa: PLW2901
            named = [
                index for index in members if is_speaker(flow[index].text) and not name_of(flow[index].text).isupper()
            ]
            if _is_discussion(flow, members, named, title):
                entries = {index: _alone(flow[index]) for index in named}
                return LineUp(flow, entries, [], min(entries), is_listed=False)
    return None


def _without_affiliations(flow: Sequence[Block], members: Sequence[int]) -> list[int]:
    """Of two lines of one form, one below the other, that which names somebody."""
    kept: list[int] = []
    for index in members:
        if kept and index == kept[-1] + 1:
            before, text = flow[kept[-1]].text, flow[index].text
            if (is_speaker(text), names_people(text)) > (is_speaker(before), names_people(before)):
                kept[-1] = index
        else:
            kept.append(index)
    return kept


def _is_discussion(flow: Sequence[Block], members: Sequence[int], named: Sequence[int], title: str) -> bool:
    """Whether blocks of one form open the answers of a page that has no list."""
    people = [index for index in named if names_people(flow[index].text)]
    if len(named) < _FEW_TURNS or len(named) * 3 < len(members) * 2 or len(people) * 2 < len(named):
        return False
    voices = len({key(name_of(flow[index].text)) for index in named})
    if voices < _FEW_TURNS or any(map(str.isdigit, "".join(flow[index].text for index in named))):
        return False
    if all(flow[index].text.isupper() for index in named):
        return False
    # Two who take turns are an interview, and a picture's caption names who took it.
    if (len(named) > voices and voices == _FEW_TURNS) or flow[named[0]].kind == "caption":
        return False
    # Where each stands under a title of its own, it is the byline of that.
    titled = sum(flow[index - 1].level > 0 and not _asks(flow[index - 1].text) for index in named if index)
    if titled * 2 > len(named):
        return False
    said = sorted(map(len, _under(flow, named)))
    return said[-1] <= _LONGER * said[(len(said) - 1) // 2] and _is_said(flow, named, title)


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
    if not any(_asks(text) or _DISCUSSION.search(text) for text in words):
        return False
    under = list(map(len, _under(flow, places)))
    before = sum(len(block.text) for block in flow[: places[0]] if block.in_text and _SENTENCE_END.search(block.text))
    if sum(under) * (1 - _MOST) < _MOST * before or sum(length > _RUNNING for length in under) * 3 < len(under) * 2:
        return False
    return _speak_for_themselves(flow, places)


def _asks(text: str) -> bool:
    return text.rstrip(" \"”’')]").endswith("?")


def _speak_for_themselves(flow: Sequence[Block], named: Sequence[int]) -> bool:
    """False for portraits: most of the texts under names speak of those who are named, again and again."""
    portraits = 0
    for start, end in zip(named, [*named[1:], len(flow)], strict=True):
        family = key(name_of(flow[start].text))[-1:]
        said = [block for block in flow[start + 1 : end] if block.in_text and not is_heading(block)]
        # The first and the last may say who somebody is.
        portraits += any(family[0] in tokens(block.text) for block in said[1:-1]) if family else False
    return portraits * 3 <= len(named)


def _alone(block: Block) -> Entry:
    listed = _NUMBER.sub("", block.text)
    name = name_of(listed)
    return Entry(name, _affiliation(listed, name), block.locator)


def announced(blocks: Sequence[Block]) -> list[Entry]:
    """The entries of a list of respondents that nothing repeats: names with affiliations, below a question."""
    flow = openings.as_they_are(blocks)
    best: list[Entry] = []
    run: list[int] = []
    for index in range(len(flow) + 1):
        block = flow[index] if index < len(flow) else None
        if block and len(block.text) <= _LONGEST_ITEM and _is_entry(block):
            run.append(index)
            continue
        if len(run) > len(best) and len(run) > 1 and _is_announced(flow, run):
            best = [_alone(flow[place]) for place in run]
        run = []
    return best


def _is_entry(block: Block) -> bool:
    return block.kind != "image" and not _SENTENCE_END.search(block.text) and names_somebody(block.text)


def _is_announced(flow: Sequence[Block], run: Sequence[int]) -> bool:
    above = [block.text for block in flow[max(0, run[0] - 2) : run[0]]]
    if any(len(text) <= LONGEST_NAME and _OF_RESPONDENTS.match(text.strip(_EDGES)) for text in above):
        return True
    told = sum(_alone(flow[place]).affiliation is not None for place in run)
    people = sum(names_people(flow[place].text) for place in run)
    return told * 2 > len(run) and people * 2 >= len(run) and any(_asks(text) for text in above)


def _are_people(flow: Sequence[Block], listed: dict[int, int], *, sure: bool) -> bool:
    """True where most headings name somebody, each somebody else, and the list is one: contents are lists too."""
    headings = {tokens(flow[heading].text) for heading in listed}
    items = sorted(listed.values())
    if len(headings) < 2 or items[-1] - items[0] >= _LOOSEST * (len(items) + 1):
        # Two respondents may share a name, but not everybody does.
        return False
    told = names_somebody if sure else is_speaker
    named = [heading for heading, item in listed.items() if told(flow[heading].text) or told(flow[item].text)]
    # Affiliations are repeated too, where several people share one.
    people = sure or any(names_people(flow[heading].text) for heading in listed)
    return people and len(named) * 3 >= len(listed) * 2


def is_heading(block: Block) -> bool:
    """A heading, or a short block whose words are all emphasised."""
    return len(block.text) <= LONGEST_NAME and (block.level > 0 or (block.strong and block.in_text))


def _form(block: Block) -> tuple[object, ...]:
    """What openings of one page have in common."""
    return block.kind, block.level, block.strong, block.region, _INDEX.sub("", block.locator).lstrip("line 0123456789")


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


def _opens(flow: Sequence[Block], index: int, *, bare: bool = False, listed: bool = True) -> bool:
    """True where an answer can begin below: a heading says so itself, any other block by what follows it."""
    block = flow[index]
    if block.level and not bare:
        return True
    if _SENTENCE_END.search(block.text) and (len(block.text) > _RUNNING or not is_speaker(block.text)):
        return False
    below = [flow[place] for place in range(index + 1, min(index + 5, len(flow))) if flow[place].kind != "image"][:2]
    # Between a name and what is said may stand whose voice it is.
    if bare and len(below) > 1 and not _runs(below[0]) and not below[0].level:
        names_other = is_speaker if listed and not names_people(block.text) else names_people
        below = below if names_other(below[0].text) else below[1:]
    return bool(below) and _runs(below[0])


def _runs(block: Block) -> bool:
    return len(block.text) > _RUNNING or bool(_SENTENCE_END.search(block.text))


def _of_one_rank(flow: Sequence[Block], keys: Sequence[tuple[str, ...]], headings: Sequence[int]) -> dict[int, int]:
    """What headings of one rank repeat, where those of others add nothing: inside an answer a name is a label."""
    listed = _matched(flow, keys, headings)
    levels = {flow[heading].level for heading in listed}
    for level in sorted(levels) if len(levels) > 1 else ():
        alone = _matched(flow, keys, [heading for heading in headings if flow[heading].level == level])
        if set(alone.values()) == set(listed.values()):
            return alone
    return listed


def _matched(flow: Sequence[Block], keys: Sequence[tuple[str, ...]], headings: Sequence[int]) -> dict[int, int]:
    """Index of each heading that repeats a listed name → index of the block that lists it."""
    found: dict[int, int] = {}
    used: set[int] = set()
    shorter = {heading: key(name_of(flow[heading].text)) for heading in headings}
    # By all the beginnings that a heading may repeat, so that a page of nothing but names takes no longer than any.
    lengths = {len(keys[heading]) for heading in headings} | {len(short) for short in shorter.values()}
    by_beginning: dict[tuple[str, ...], deque[int]] = {}
    for index, whole in enumerate(keys):
        if whole and _can_list(flow[index]):
            glued = key(_SEAM.sub(" ", flow[index].text))
            for spelt in {whole, glued}:
                for length in lengths:
                    if 0 < length <= len(spelt):
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


def _can_list(block: Block) -> bool:
    kinds = {"list_item", "paragraph", "label"} | ({"boilerplate"} if block.region == "aside" else set())
    return block.kind in kinds and len(block.text) < _LONGEST_ITEM


def _add_turns(
    flow: Sequence[Block], keys: Sequence[tuple[str, ...]], candidates: Sequence[int], entries: dict[int, Entry]
) -> None:
    """Further headings of the form of the others that repeat a name: the same entry speaks again."""
    forms = {_form(flow[heading]) for heading in entries}
    by_key = {keys[heading]: entry for heading, entry in entries.items()}
    by_key |= {key(entry.name): entry for entry in entries.values()}
    for index in candidates:
        again = by_key.get(keys[index]) if index not in entries and index > min(entries) else None
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
    entries: dict[int, Entry] = {}
    unanswered: list[Entry] = []
    heading: int | None = None
    for index in range(first, min(listed)):
        block = flow[index]
        if index in by_item:
            heading = by_item[index]
            entries[heading] = _entry(_NUMBER.sub("", flow[heading].text), block)
            apart = key(name_of(flow[heading].text)) == key(block.text)
        elif heading is not None and apart and entries[heading].affiliation is None and _is_affiliation(block, spaced):
            entries[heading] = replace(entries[heading], affiliation=bare(block.text))
        elif index <= last + 1 and block.kind == flow[first].kind and names_people(block.text):
            unanswered.append(_entry(name_of(block.text), block))
    return entries, unanswered


def _is_affiliation(block: Block, spaced: bool) -> bool:
    return block.kind != "image" and len(block.text) <= LONGEST_NAME and (spaced or not names_people(block.text))


def _entry(name: str, item: Block) -> Entry:
    """The entry of a list item whose name is known, and who it says that is."""
    listed = _NUMBER.sub("", item.text)
    short = name_of(name)
    if short != name and names_somebody(short):
        # The heading repeats the affiliation too.
        name = short
    if name.isupper() and not listed.isupper() and key(name_of(listed)) == key(name):
        name = name_of(listed)
    return Entry(name, _affiliation(listed, name), item.locator)


def _affiliation(item: str, name: str) -> str | None:
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


def bare(text: str) -> str:
    """The text without the punctuation around it, and without brackets that enclose all of it."""
    text = text.strip(_EDGES)
    depth = 0
    for index, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return text[1:-1].strip() if index and index == len(text) - 1 else text
    return text
