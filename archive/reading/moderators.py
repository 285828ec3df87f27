"""Voices that only ask: they lead the discussion, and what they say is what is asked.

    THE TIDAL REVIEW: Who should pay?    ADA LINDQVIST: Nobody.    THE TIDAL REVIEW: And who will?    …

Here belongs telling them from those who answer. Not here: labels like "Moderator" or "Q", which say it (`openings`).
"""

from dataclasses import replace
from itertools import pairwise

from archive.reading.extents import LONGEST_QUESTION, asks, only_asks
from archive.reading.line_up import LineUp
from archive.reading.openings import key

_FEWEST = 2


def apart(listed: LineUp) -> LineUp:
    """The same line-up; who speaks first and only ever asks, one paragraph each time, is none of the respondents."""
    heads = sorted(listed.entries)
    leading = key(listed.entries[heads[0]].name)
    others = {key(entry.name) for entry in listed.entries.values()} - {leading}
    ends = {head: min(end, listed.ends.get(head, end)) for head, end in pairwise((*heads, len(listed.flow)))}
    own = [head for head in heads if key(listed.entries[head].name) == leading]
    if listed.is_listed or len(others) < _FEWEST or not all(_asks(listed, head, ends[head]) for head in own):
        return listed
    if len(own) == 1 and not only_asks(_said(listed, own[0], ends[own[0]])[0]):
        # Who speaks once may end with a question.
        return listed
    entries = {head: entry for head, entry in listed.entries.items() if head not in own}
    return replace(listed, entries=entries, strange=listed.strange | set(own), start=min(entries))


def _said(listed: LineUp, head: int, end: int) -> list[str]:
    return [block.text for block in listed.flow[head + 1 : end] if block.in_text]


def _asks(listed: LineUp, head: int, end: int) -> bool:
    said = _said(listed, head, end)
    return len(said) == 1 and asks(said[0]) and len(said[0]) <= LONGEST_QUESTION
