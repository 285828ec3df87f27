"""Markup that no parser gets through in reasonable time, made harmless before it is parsed.

Here belongs one linear pass over the tags of a page, which drops those that nest deeper than anybody writes them (as
browsers do), and the attributes of a tag beyond the first thousand. A page within the limits comes out as it went in.
Not here: parsing (`markup`). Why this is needed stands in docs/decisions/0007.
"""

import re

from archive.reading import shallow
from archive.reading.tags import (
    ALONE,
    BLOCKS,
    BREAKING,
    DRAWING,
    FENCES,
    FOREIGN,
    FORMATTING,
    HEADINGS,
    IN_TABLES,
    OPTIONAL,
    RAW,
    REACHING,
    VOID,
)

DEEPEST = 512
"""Elements open inside each other; browsers stop at the same number."""
MOST_ATTRIBUTES = 1_000
MOST_REOPENED = 1_000_000
"""How often formatting that was never closed may be opened again by later tags; the page is cut there."""

MOST_OPTIONS = 2_000
"""Choices of forms; the parser compares each with all before it, and nobody reads them."""

_LONG_TAG = 4_096
_ATTRIBUTE_LENGTH = 8
_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)[^>]*(?:>|\Z)"
    r"|<(?:(?P<data>!\[CDATA\[)|[!?/][^>]*)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>\"'][^\s>]*+)?)?", re.DOTALL
)
_RAW = {name: re.compile(rf"</{name}\b|\Z", re.IGNORECASE) for name in RAW}
_GROUPS = {
    name: tuple(
        group for group, names in (("!block", BLOCKS), ("!heading", HEADINGS), ("!fence", FENCES)) if name in names
    )
    for name in BLOCKS
}


def bounded(text: str) -> str:
    """The page with nesting and attributes within the limits.

    Args:
        text: HTML, sound or not.

    Returns:
        `text` itself where it keeps the limits; else without the tags that nest too deeply (their words stay),
        without attributes beyond the limit, and cut where unclosed formatting would multiply without end.
    """
    return text if shallow.is_small(text) or shallow.is_shallow(text) else _Pass(text).run()


class _Pass:
    """The tags that are open, as a parser would count them; where in doubt, too many are counted."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.kept: list[str] = []
        self.copied = 0
        self.open: list[str] = []
        self.counted: list[bool] = []
        self.weights: list[int] = []
        self.places: dict[str, list[int]] = {}
        self.live = 0
        self.formatting = 0
        self.reopened = 0
        self.foreign = 0
        self.broken = False
        self.options = 0

    def run(self) -> str:
        position = 0
        while found := _TOKEN.search(self.text, position):
            position = found.end()
            if found["name"] is None:
                if found["data"] and self.foreign:
                    close = self.text.find("]]>", position)
                    position = close if close >= 0 else len(self.text)
                continue
            name = found["name"].lower()
            self.reopened += self.formatting
            if self.reopened > MOST_REOPENED:
                self._leave_out(found.start(), len(self.text))
                break
            if found["end"]:
                self._close(name)
                continue
            if position - found.start() > _LONG_TAG or _ends_in_quotes(found[0]):
                position = self._attributes(found.end("name"))
            is_kept = self._start(name, found.start(), position)
            if is_kept and name in RAW and not self.foreign and (name == "script" or not self._skips_raw_text()):
                end = _RAW[name].search(self.text, position)
                position = end.start() if end else len(self.text)
        if not self.kept:
            return self.text
        self.kept.append(self.text[self.copied :])
        return "".join(self.kept)

    def _start(self, name: str, start: int, end: int) -> bool:
        """Count an element as open; False where too many are, and its tag is left out."""
        closes_itself = self.text[end - 2 : end] == "/>"
        if self.foreign:
            self._inside_drawing(name)
        if self.foreign:
            if closes_itself and name in DRAWING and not self.broken:
                return True
        elif (
            name in VOID
            or (closes_itself and name in FOREIGN)
            or (name in OPTIONAL and self.open and self.open[-1] == name)
        ):
            return True
        elif name in ALONE:
            self._close(name)
        self.options += name == "option"
        if self.live >= DEEPEST or (name == "option" and self.options > MOST_OPTIONS):
            self._leave_out(start, end)
            return False
        self._open(name, 1 + (end - start) // _ATTRIBUTE_LENGTH)
        return True

    def _skips_raw_text(self) -> bool:
        """Where the parser leaves out such a tag, what follows is markup."""
        return bool(self.places.get("select") or self.places.get("frameset"))

    def _inside_drawing(self, name: str) -> None:
        """End the drawing where an element does that; note where something stands in it that is not understood."""
        drawing = max(self._last("svg"), self._last("math"))
        if name in BREAKING and drawing > self._last("!fence"):
            while len(self.open) > drawing:
                self._pop()
        elif name not in DRAWING:
            self.broken = True

    def _leave_out(self, start: int, end: int) -> None:
        self.kept.append(self.text[self.copied : start])
        self.copied = end

    def _attributes(self, position: int) -> int:
        """Leave out the attributes of a tag beyond the limit; where the tag ends."""
        count, start = 0, 0
        while found := _ATTRIBUTE.match(self.text, position):
            start = position if count == MOST_ATTRIBUTES else start
            position = found.end()
            count += 1
        if count > MOST_ATTRIBUTES:
            self._leave_out(start, position)
        end = self.text.find(">", position)
        return end + 1 if end >= 0 else len(self.text)

    def _open(self, name: str, weight: int) -> None:
        for group in (name, *_groups(name)):
            self.places.setdefault(group, []).append(len(self.open))
        # What others close sooner or later is followed and not counted; but within a drawing nothing closes it.
        counts = name not in OPTIONAL or self.foreign > 0
        self.open.append(name)
        self.counted.append(counts)
        self.weights.append(weight if name in FORMATTING else 0)
        self.live += counts
        self.formatting += self.weights[-1]
        self.foreign += name in FOREIGN

    def _close(self, name: str) -> None:
        places = self.places.get("!heading" if name in HEADINGS else name)
        if not places or (name in IN_TABLES and not self.places.get("table")):
            return
        fence = self._last("template" if name == "table" else "!fence" if name in REACHING | HEADINGS else "!block")
        if places[-1] >= fence:
            for _ in range(len(self.open) - places[-1]):
                self._pop()
        elif name in FORMATTING:
            # The block inside stays open; the formatting around it is over.
            place = places.pop()
            self.open[place] = ""
            self.live -= 1
            self.formatting -= self.weights[place]

    def _pop(self) -> None:
        name, counts, weight = self.open.pop(), self.counted.pop(), self.weights.pop()
        if not name:
            return
        self.live -= counts
        self.formatting -= weight
        self.foreign -= name in FOREIGN
        for group in (name, *_groups(name)):
            places = self.places.get(group)
            if places and places[-1] == len(self.open):
                places.pop()

    def _last(self, group: str) -> int:
        places = self.places.get(group)
        return places[-1] if places else -1


def _groups(name: str) -> tuple[str, ...]:
    """The kinds of elements that one belongs to, as far as end tags of others are concerned."""
    return _GROUPS.get(name, ())


def _ends_in_quotes(tag: str) -> bool:
    """True where the first `>` may stand inside an attribute and not end the tag."""
    return tag.count('"') % 2 == 1 or tag.count("'") % 2 == 1
