"""What stands between a name and what is said: affiliation, side taken, title of the answer.

    Ada Lindqvist | University of Marle | NO | The quay we forgot | Nothing was …

Here belongs telling these lines apart, by what all answers of a page have in the same place. Not here: bios, which
are sentences (`segments`).
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from archive.normalise.dates import is_date_line
from archive.normalise.text import fold
from archive.reading import openings
from archive.reading.line_up import LineUp
from archive.reading.page import Block, Entry
from archive.reading.sightings import runs
from archive.reading.voices import STANCE, bare, describes

What = Literal["affiliation", "stance", "title", "date", "name", "other"]

_MOST_LINES = 4
_LONGEST = 220
_SENTENCE_END = re.compile(r"[.!?…。！？][\"“”’')\]»]?$")


def read(listed: LineUp) -> LineUp:
    """The same line-up, its entries told by these lines, and the lines marked as no part of the text."""
    lines = {start: _lines(listed, start, end) for start, end in _sections(listed)}
    meant = _meant(listed, lines)
    flow = list(listed.flow)
    entries = dict(listed.entries)
    for start, places in lines.items():
        for column, place in enumerate(places):
            block, entry = flow[place], entries[start]
            what = _own(block, entry, listed.flow[start].level)
            if what == "other":
                what = meant.get(column, "other")
                # A day or a side is known by its own words alone.
                if what in {"date", "stance"} or (what == "affiliation" and entry.affiliation is not None):
                    what = "other"
            elif what in {"affiliation", "stance", "date", "title"} and column not in meant and not _same(block, entry):
                what = "other"
            if what == "other":
                break
            entries[start] = _told(entry, what, block.text)
            flow[place] = replace(block, kind="label", in_text=False, strong=False)
    return replace(listed, flow=flow, entries=entries)


def _sections(listed: LineUp) -> list[tuple[int, int]]:
    starts = sorted(listed.entries)
    return [
        (start, listed.ends.get(start, end)) for start, end in zip(starts, [*starts[1:], len(listed.flow)], strict=True)
    ]


def _lines(listed: LineUp, start: int, end: int) -> list[int]:
    """The short lines under a label, down to the first sentence."""
    found: list[int] = []
    for index in range(start + 1, min(end, start + 3 + 2 * _MOST_LINES)):
        block = listed.flow[index]
        if block.kind in {"image", "caption"} or not any(map(str.isalnum, block.text)):
            continue
        if (
            (runs(block) and _SENTENCE_END.search(block.text))
            or len(block.text) > _LONGEST
            or len(found) == _MOST_LINES
            or _asks(block.text)
            # Whom somebody speaks to: "Dear Ada,".
            or block.text[-1] in ",،"
        ):
            # Where nothing at all is said below, the last short line is what is said.
            return found
        if block.text.isupper() and not listed.entries[start].name.isupper() and not STANCE.fullmatch(block.text):
            return found
        if block.kind == "boilerplate" or (
            not block.in_text
            and block.kind not in {"label", "pull_quote"}
            and not block.level
            and block.region != "head"
        ):
            continue
        found.append(index)
    return [place for place in found if not listed.flow[place].in_text] if found else found


def _meant(listed: LineUp, lines: Mapping[int, Sequence[int]]) -> dict[int, What]:
    """What the lines in each place below the names are, where nearly all answers have one there."""
    firsts: dict[int, int] = {}
    for start, entry in sorted(listed.entries.items()):
        firsts.setdefault(id(entry), start)
    seen: dict[int, What] = {}
    for column in range(_MOST_LINES):
        held = [(start, lines[start][column]) for start in firsts.values() if len(lines[start]) > column]
        if len(held) * 3 < len(firsts) * 2 or len(held) < 2:
            break
        kinds = Counter(
            _own(listed.flow[place], listed.entries[start], listed.flow[start].level) for start, place in held
        )
        kinds.pop("name", None)
        others = kinds.pop("other", 0)
        best = kinds.most_common(1)
        taken = set(seen.values())
        if best and best[0][1] * 3 >= others:
            seen[column] = best[0][0]
        elif "affiliation" not in taken and not any(listed.flow[place].level for _, place in held):
            told = sum(listed.entries[start].affiliation is not None for start, _ in held)
            seen[column] = "title" if told * 2 > len(held) else "affiliation"
        elif "title" not in taken:
            seen[column] = "title"
        else:
            break
    return seen


def _own(block: Block, entry: Entry, rank: int) -> What:
    """What a line says by its own words; a heading of a higher rank than that of the name is a title."""
    text = block.text.strip()
    if openings.key(text) == openings.key(entry.name):
        return "name"
    if STANCE.fullmatch(text.strip(" .:()")):
        return "stance"
    if 0 < block.level < rank:
        return "title"
    # Whose voice is known may have a title above that sounds like a post.
    if _same(block, entry) or (describes(text) and not (block.level and entry.affiliation)):
        return "affiliation"
    return "date" if len(text) < 60 and is_date_line(text) else "other"


def _same(block: Block, entry: Entry) -> bool:
    return entry.affiliation is not None and fold(bare(block.text)) == fold(entry.affiliation)


def _told(entry: Entry, what: What, text: str) -> Entry:
    if what == "affiliation":
        return replace(entry, affiliation=entry.affiliation or bare(text))
    if what == "stance":
        return replace(entry, stance=entry.stance or text.strip(" .:()"))
    if what == "title":
        return replace(entry, title=entry.title or text)
    return entry


def _asks(text: str) -> bool:
    return text.rstrip(" \"”’')]").endswith("?")
