"""Markup that no parser gets through in reasonable time, made harmless before it is parsed.

Here belongs one linear pass over the tags of a page, which drops those that nest deeper than anybody writes them (as
browsers do), and the attributes of a tag beyond the first thousand. A page within the limits comes out as it went in.
Not here: parsing (`markup`). Why this is needed stands in docs/decisions/0007.
"""

import re

DEEPEST = 512
"""Elements open inside each other; browsers stop at the same number."""
MOST_ATTRIBUTES = 1_000
MOST_REOPENED = 1_000_000
"""How often formatting that was never closed may be opened again by later tags; the page is cut there. A long tag
counts for several, because its attributes come along each time."""

MOST_OPTIONS = 2_000
"""Choices of forms; the parser compares each with all before it, and nobody reads them."""

_LONG_TAG = 4_096
_ATTRIBUTE_LENGTH = 8
_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)[^>]*(?:>|\Z)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>\"'][^\s>]*+)?)?", re.DOTALL
)
_RAW = {name: re.compile(rf"</{name}\b|\Z", re.IGNORECASE) for name in "script style textarea title xmp iframe".split()}
_VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr "
    # These close each other, or can be open only once:
    "html head body p li dt dd tr td th thead tbody tfoot colgroup caption".split()
)
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_FENCES = frozenset("table template applet marquee object svg math foreignobject select button".split())
"""Elements through which an end tag outside of them does not reach."""
_ORDINARY = frozenset("span abbr cite q sub sup label time mark del ins dfn kbd var samp bdi bdo ruby data".split())
"""Elements whose end tag does not reach through a block either."""


def bounded(text: str) -> str:
    """The page with nesting and attributes within the limits.

    Args:
        text: HTML, sound or not.

    Returns:
        `text` itself where it keeps the limits; else without the tags that nest too deeply (their words stay),
        without attributes beyond the limit, and cut where unclosed formatting would multiply without end.
    """
    return _Pass(text).run()


class _Pass:
    """The tags that are open, as a parser would count them; where in doubt, too many are counted."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.kept: list[str] = []
        self.copied = 0
        self.open: list[str] = []
        self.weights: list[int] = []
        self.places: dict[str, list[int]] = {}
        self.live = 0
        self.formatting = 0
        self.reopened = 0
        self.foreign = 0
        self.options = 0

    def run(self) -> str:
        position = 0
        while found := _TOKEN.search(self.text, position):
            position = found.end()
            if found["name"] is None:
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
            if name in _VOID or (self.foreign and self.text[position - 2 : position] == "/>"):
                continue
            if name in _FORMATTING and name in {"a", "nobr"}:
                self._close(name)
            self.options += name == "option"
            if self.live >= DEEPEST or (name == "option" and self.options > MOST_OPTIONS):
                self._leave_out(found.start(), position)
            else:
                self._open(name, 1 + (position - found.start()) // _ATTRIBUTE_LENGTH)
            if name in _RAW and not self.foreign:
                end = _RAW[name].search(self.text, position)
                position = end.start() if end else len(self.text)
        if not self.kept:
            return self.text
        self.kept.append(self.text[self.copied :])
        return "".join(self.kept)

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
        self.places.setdefault(name, []).append(len(self.open))
        for group, names in (("!fence", _FENCES), ("!block", None)):
            is_member = name in names if names is not None else name not in _FORMATTING | _ORDINARY
            if is_member:
                self.places.setdefault(group, []).append(len(self.open))
        self.open.append(name)
        self.weights.append(weight if name in _FORMATTING else 0)
        self.live += 1
        self.formatting += self.weights[-1]
        self.foreign += name in {"svg", "math"}

    def _close(self, name: str) -> None:
        places = self.places.get(name)
        if not places:
            return
        fence = self._last("!block" if name in _FORMATTING or name in _ORDINARY else "!fence")
        if places[-1] >= fence:
            while len(self.open) > places[-1] + 1:
                self._pop()
            self._pop()
        elif name in _FORMATTING:
            # The block inside stays open; the formatting around it is over.
            place = places.pop()
            self.open[place] = ""
            self.live -= 1
            self.formatting -= self.weights[place]

    def _pop(self) -> None:
        name, weight = self.open.pop(), self.weights.pop()
        if not name:
            return
        self.live -= 1
        self.formatting -= weight
        self.foreign -= name in {"svg", "math"}
        for group in (name, "!fence", "!block"):
            places = self.places.get(group)
            if places and places[-1] == len(self.open):
                places.pop()

    def _last(self, group: str) -> int:
        places = self.places.get(group)
        return places[-1] if places else -1


def _ends_in_quotes(tag: str) -> bool:
    """True where the first `>` may stand inside an attribute and not end the tag."""
    return tag.count('"') % 2 == 1 or tag.count("'") % 2 == 1
