"""How far the turns of a page reach: the blocks that belong to each label.

Here belongs the shape of the page: elements that hold a label and some text, or labels and texts side by side. Not
here: which labels are those of speakers (`turns`).

The tree of the page tells most: an element that holds one label and some text is an answer, wherever in it the name
stands. Where labels and texts are side by side, an answer reaches from one label to the next; where nothing is said
below the last label, the labels are signatures.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.normalise.text import fold
from archive.reading import stages
from archive.reading.announcing import announces
from archive.reading.page import Block
from archive.reading.sightings import Form, Sighting, runs
from archive.reading.voices import bare

LONGEST_QUESTION = 400
_LONGEST_ASKER = 60
"""Characters behind a question that say in brackets whose it is."""
_APART = 0.1
_MOST_ABOVE = 3
_WORD = re.compile(r"\w")
_DASH = re.compile(r"[—–-]{1,2}\s*\w")
_SAYS = re.compile(r"[^\W\d_]{2}[.!…]\s|。")
_GREEK_QUESTION = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]\s?[;\u037e]$")


@dataclass(frozen=True, slots=True)
class Turn:
    """One label and the blocks that stand at it, as ranges of the flow: [start, label), (label, end)."""

    place: Sighting
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of a page.

    Attributes:
        form: of their labels.
        strange: places of the same form that name nobody.
        below: whether the labels are signatures.
        apart: whether each turn is an element of its own, so that what stands between two of them is nobody's.
        asked: indexes of the blocks that end a turn, and ask what the next ones answer.
    """

    form: Form
    turns: tuple[Turn, ...]
    strange: tuple[Sighting, ...]
    below: bool
    apart: bool
    asked: frozenset[int] = frozenset()


class Flow:
    """The blocks of a page, with what is asked of them again and again.

    Args:
        blocks: in the order of the page.
        is_listed: whether a list says who answers.
    """

    def __init__(self, blocks: Sequence[Block], *, is_listed: bool = False) -> None:
        self.blocks = blocks
        self.is_listed = is_listed
        self.runs = [runs(block) for block in blocks]
        self.steps = [block.locator.split("/") for block in blocks]

    def reach(self, form: Form, named: Sequence[Sighting]) -> Turns | None:
        """The turns that labels of one form make; None where hardly anything is said at them."""
        return self._nested(form, named) or self._side_by_side(form, named)

    def _nested(self, form: Form, named: Sequence[Sighting]) -> Turns | None:
        """Each label in an element with what is said there."""
        if not self.blocks[named[0].index].locator.startswith("/"):
            return None
        found: list[Turn] = []
        is_leaf = True
        for number, place in enumerate(named):
            own = self.steps[place.index]
            shared = max(
                (
                    common(own, self.steps[other.index])
                    for other in named[max(0, number - 1) : number + 2]
                    if other is not place
                ),
                default=0,
            )
            prefix = own[: shared + 1]
            start = end = place.index
            while start > 0 and self.steps[start - 1][: shared + 1] == prefix:
                start -= 1
            while end + 1 < len(self.blocks) and self.steps[end + 1][: shared + 1] == prefix:
                end += 1
            is_leaf = is_leaf and all(self.steps[index] == own for index in range(start, end + 1))
            found.append(Turn(place, start, end + 1))
        if is_leaf:
            # The last paragraph may have others below it, which are the last speaker's.
            return None
        inside = sum(self.said(turn) for turn in found)
        outside = sum(
            len(self.blocks[index].text)
            for turn, later in pairwise(found)
            for index in range(turn.end, later.start)
            if self.runs[index] and not asks(self.blocks[index].text)
        )
        saying = sum(self.said(turn) > 0 for turn in found)
        if not inside or outside > _APART * inside or saying * 3 < len(found) * 2:
            return None
        before = sum(turn.start < turn.place.index and any(self.runs[turn.start : turn.place.index]) for turn in found)
        return Turns(form, tuple(found), (), before * 2 > len(found), True)

    def said(self, turn: Turn) -> int:
        """Characters that are said at a label."""
        own = 0 if turn.place.is_bio else len(turn.place.rest)
        return own + sum(
            len(self.blocks[index].text)
            for index in range(turn.start, turn.end)
            if index != turn.place.index and self.runs[index]
        )

    def _side_by_side(self, form: Form, named: Sequence[Sighting]) -> Turns | None:
        """Labels among the paragraphs: down to the next label, or up to the one before."""
        while len(named) > 2 and not self.is_listed and self.is_next(named[0], named[1]):
            # Lines above the first that says something are a list.
            named = named[1:]
        indexes = [place.index for place in named]
        scope = self._scope(named)
        after = sum(len(self.blocks[i].text) for i in range(indexes[-1] + 1, scope) if self.runs[i]) + len(
            "" if named[-1].is_bio else named[-1].rest
        )
        first = self._titled_like(indexes) or self._first_below(indexes[0])
        before = sum(len(self.blocks[i].text) for i in range(first, indexes[0]) if self.runs[i])
        dashed = sum(bool(_DASH.match(self.blocks[index].text)) for index in indexes) * 2 > len(indexes)
        below = form.mode in {"line", "picture", "bio", "note"} and before > 0 and (dashed or after == 0)
        if below:
            starts = [first, *(index + 1 for index in indexes[:-1])]
            made = [Turn(place, start, place.index + 1) for place, start in zip(named, starts, strict=True)]
        else:
            starts = self._with_titles(named)
            ends = [*starts[1:], scope]
            made = [Turn(place, start, end) for place, start, end in zip(named, starts, ends, strict=True)]
        saying = [turn for turn in made if self.said(turn)]
        if len(saying) * 3 < len(made) * 2:
            return None
        return Turns(form, tuple(made), (), below, False)

    def _with_titles(self, named: Sequence[Sighting]) -> list[int]:
        """Where each turn begins: at its label, or above, where nearly each has a title or a line there too."""
        indexes = [place.index for place in named]
        starts: list[int] = []
        for number, index in enumerate(indexes):
            least = indexes[number - 1] + 1 if number else max(0, index - 2)
            start = index
            while start > least and index - start < _MOST_ABOVE and self._is_title(start - 1, named[number]):
                start -= 1
            starts.append(start if any(self.blocks[place].kind != "image" for place in range(start, index)) else index)
        starts = self._with_asking_titles(starts, indexes)
        moved = sum(start < index for start, index in zip(starts, indexes, strict=True))
        return starts if moved * 3 >= len(indexes) * 2 and moved > 1 else list(indexes)

    def _with_asking_titles(self, starts: Sequence[int], indexes: Sequence[int]) -> list[int]:
        """With headings that ask something, where most of the others have one of the same rank: a title may ask too."""
        levels = [self.blocks[start].level for start, index in zip(starts, indexes, strict=True) if start == index - 1]
        level = levels[0] if len(levels) * 2 >= len(indexes) and len(set(levels)) == 1 else 0
        return [
            index - 1 if start == index and level and index and self._asks_as_title(index - 1, level) else start
            for start, index in zip(starts, indexes, strict=True)
        ]

    def _asks_as_title(self, index: int, level: int) -> bool:
        return self.blocks[index].level == level and asks(self.blocks[index].text) and not self.is_listed

    def _is_title(self, index: int, place: Sighting) -> bool:
        block = self.blocks[index]
        if self.is_listed:
            # Where a list says who answers, it says what can stand above a name too.
            said = place.voice.affiliation if place.voice else None
            return said is not None and fold(bare(block.text)) == fold(said)
        if stages.named(block.text):
            return False
        return block.kind == "image" or bool(_WORD.search(block.text) and not self.runs[index] and not asks(block.text))

    def _scope(self, named: Sequence[Sighting]) -> int:
        """Where the element that holds all the labels ends."""
        last = named[-1].index
        own = self.steps[last]
        if len(own) < 2:
            return len(self.blocks)
        shared = min(common(self.steps[one.index], self.steps[other.index]) for one, other in pairwise(named))
        end = last + 1
        while end < len(self.blocks) and self.steps[end][:shared] == own[:shared]:
            end += 1
        return next((index for index in range(last + 1, end - 1) if self._begins_notes(index)), end)

    def _begins_notes(self, index: int) -> bool:
        """Whether numbered notes begin at a block: what they are on is said above, and they are nobody's words."""
        pair = self.blocks[index : index + 2]
        return all(
            block.text.startswith(number) and len(number) in block.seams
            for block, number in zip(pair, ("1", "2"), strict=True)
        )

    def _titled_like(self, indexes: Sequence[int]) -> int:
        """Where the heading above the first signature stands that is like the one below it; 0 where none is."""
        level = self.blocks[indexes[0] + 1].level if indexes[0] + 1 < indexes[1] else 0
        above = (index for index in range(indexes[0] - 1, 0, -1) if self.blocks[index].level)
        place = next(above, 0)
        return place if level > 1 and self.blocks[place].level == level else 0

    def _first_below(self, signature: int) -> int:
        """Where the first answer begins whose name stands below it: under what is asked or announced, or a heading."""
        start = self._below_heading(signature)
        running = [index for index in range(start, signature) if self.runs[index]]
        first = self.blocks[running[0]].text if len(running) > 1 else ""
        is_asked = start > 0 and self.blocks[start - 1].level != 1 and asks(self.blocks[start - 1].text)
        return running[0] + 1 if not is_asked and len(first) <= LONGEST_QUESTION and announces(first) else start

    def _below_heading(self, signature: int) -> int:
        """The first place under the last heading above a signature, or under what is asked there."""
        for index in range(signature - 1, -1, -1):
            block = self.blocks[index]
            if block.level or block.kind == "heading" or (block.strong and not self.runs[index]):
                return index + 1
            if only_asks(block.text) and len(block.text) <= LONGEST_QUESTION and index < signature - 1:
                return index + 1
        return 0

    def is_next(self, one: Sighting, other: Sighting) -> bool:
        """Whether nothing is said between two labels."""
        return (one.is_bio or not one.rest) and not any(self.runs[one.index + 1 : other.index])

    def is_closer(self, place: Sighting, before: Sighting, later: Sighting | None) -> bool:
        """Whether a label stands in one element with that before it, and the one after it outside."""
        own = self.steps[place.index]
        return later is None or common(self.steps[before.index], own) > common(own, self.steps[later.index])


def common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many steps two places share from the root on."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def asks(text: str) -> bool:
    """Whether words are a question."""
    bare = text.rstrip(" \"”’')]»")
    return (
        bare.endswith(("?", "？", "؟"))
        or bool(_GREEK_QUESTION.search(bare[-3:]))
        or (text[-1:] == ")" and "? (" in text[-_LONGEST_ASKER:] and ")" not in text[text.rindex("? (") : -1])
    )


def only_asks(text: str) -> bool:
    """Whether words are nothing but questions: what somebody says may end with one too."""
    return asks(text) and not _SAYS.search(text)
