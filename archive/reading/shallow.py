"""The proof that a page cannot keep a parser busy: it is small, or a search for all its tags shows it is not deep.

Here belongs telling the ordinary pages from those that have to be looked at closely (`nesting`). Whoever passes here
keeps every limit with a wide margin, so only one answer can be wrong: no. An end tag counts only where a parser
is sure to close the same element; the others leave theirs open.
"""

import re

from archive.reading.tags import (
    BLOCKS,
    DRAWING,
    FENCES,
    FOREIGN,
    FORMATTING,
    IN_TABLES,
    OPTIONAL,
    RAW,
    REACHING,
    VOID,
)

_FEW_NESTING, _FEW_TAGS = 2_000, 6_000
"""So many elements are parsed in some hundredths of a second, however they are nested (docs/decisions/0090)."""
_DEEPEST = 256
_MOST_TAGS = 50_000
_MOST_REOPENED = 800_000
"""How often formatting that is open may at most be opened again, if every tag of the page did so."""
_ATTRIBUTE_LENGTH = 8
"""Characters of attributes that count like one more element, because they come along each time."""
_LONGEST_TAG, _MOST_ATTRIBUTES = 2_000, 1_000
"""A tag of fewer characters cannot have a thousand attributes."""
_TABLE_FENCES = frozenset(("table", "template"))

# A quotation mark opens a value only behind an equals sign: anything else would hide tags from this search.
_ATTRIBUTE = r"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>\"'][^\s>]*+)?)?"
_ATTRIBUTES = rf"(?:{_ATTRIBUTE})*+[\s/]*+"
_TAG = re.compile(
    r"<(?:"
    rf"(?P<raw>{'|'.join(sorted(RAW))})(?=[\s/>])({_ATTRIBUTES})(?:>|\Z)([^<]*+(?:<(?!/(?P=raw)\b)[^<]*+)*+)"
    rf"|(/?+)([a-z][^\s/>]*+)({_ATTRIBUTES})(?:>|\Z)"
    r"|!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>|\Z))"
    r"|(!\[CDATA\[)|[!?/][^>]*+)",
    re.IGNORECASE,
)
_START = re.compile(r"<(?!/)")
_ONE_TAG = re.compile(rf"<([a-z][^\s/>]*+)({_ATTRIBUTES})(?:>|\Z)", re.IGNORECASE)
_USUAL = r"[^\s/<>\"'=]*+(?:[\s/]++(?:[^\s/<>\"'=]++(?:=(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>]++(?=[\s>])))?+)?+)"
_UNUSUAL = re.compile(rf"<[a-zA-Z](?!{_USUAL}{{0,{_MOST_ATTRIBUTES - 1}}}+>)")
"""A tag that is not written as nearly all are, so that it has to be read closely to tell where it ends."""
_FORMATTING_TAG = re.compile(
    r"<[bcefistuBCEFISTU](?:[iI][gG]|[oO](?:[dD][eE]|[nN][tT])|[mM](?:[aA][lL][lL])?|[tT](?:[rR](?:[iI][kK][eE]|[oO][nN][gG]))?)?"
    r"(?=[\s/>])([^>]*+)"
)
"""The tags of formatting but for links, and of some names that nobody uses: so written, it takes half the time."""
_RARELY_NESTED = re.compile(r"<(?:[pP]|[lL][iI]|[iI][mM][gG]|[bBhH][rR]|[mM][eE][tT][aA]|[dD][tTdD])[\s/>]")
"""Elements that hold nothing, or are closed by the next of them: as many are open as others stand in between."""
_ATTRIBUTE_ALONE = re.compile(_ATTRIBUTE)
_OPTION = re.compile(r"<option", re.IGNORECASE)


def is_small(text: str) -> bool:
    """Whether a page has so few elements, and so little formatting, that no nesting of them takes long to parse."""
    elements = text.count("<")
    if elements > _FEW_NESTING:
        elements = len(_START.findall(text))
        if elements > _FEW_TAGS:
            return False
        if elements > _FEW_NESTING and elements - len(_RARELY_NESTED.findall(text)) > _FEW_NESTING:
            return False
    formatting = _FORMATTING_TAG.findall(text)
    weight = len(formatting) + sum(map(len, formatting)) // _ATTRIBUTE_LENGTH
    for unusual in _UNUSUAL.finditer(text):
        tag = _ONE_TAG.match(text, unusual.start())
        if tag is None or _has_many(tag[2]):
            return False
        if tag[1].lower() in FORMATTING:
            weight += len(tag[2]) // _ATTRIBUTE_LENGTH
    # Links close each other: of all that a page has, one is open.
    weight += 1 + _LONGEST_TAG // _ATTRIBUTE_LENGTH
    return weight * elements <= _MOST_REOPENED


def is_shallow(text: str, most_options: int = 1_000) -> bool:
    """Whether a page is proven to nest less deeply than any limit; False says nothing about it."""
    tags = _TAG.findall(text)
    if len(tags) > _MOST_TAGS or len(_OPTION.findall(text)) > most_options:
        return False
    stack = _Open(_MOST_REOPENED // max(len(tags), 1))
    for raw, raw_attributes, content, end, printed, attributes, character_data in tags:
        if _has_many(raw_attributes or attributes):
            return False
        if not printed:
            # Inside of foreign markup and of choices, what looks like raw text is markup, and the other way round.
            if (character_data or (raw and "<" in content)) and (stack.foreign or "select" in stack.names):
                return False
            continue
        name = printed.lower()
        if not (stack.close(name) if end else stack.open(name, attributes)):
            return False
    return True


class _Open:
    """The elements that may be open; too many of them rather than too few.

    Args:
        most_formatting: the weight of formatting that may be open at a time.
    """

    def __init__(self, most_formatting: int) -> None:
        self.names: list[str] = []
        self.weights: list[int] = []
        self.formatting = 0
        self.most_formatting = most_formatting
        self.foreign = False

    def open(self, name: str, attributes: str) -> bool:
        """Count an element as open; False where there are too many, or where it is read by rules of its own."""
        if name == "frameset" or (name == "select" and name in self.names):
            # A choice inside a choice ends the first, and its end tag ends nothing.
            return False
        if self.foreign:
            if name not in DRAWING and name != "svg":
                return False
            if attributes[-1:] == "/":
                return True
        elif name in VOID or (name in OPTIONAL and self.names and self.names[-1] == name):
            return True
        elif name in FOREIGN:
            if attributes[-1:] == "/":
                return True
            self.foreign = True
        self.names.append(name)
        self.weights.append(1 + len(attributes) // _ATTRIBUTE_LENGTH if name in FORMATTING else 0)
        self.formatting += self.weights[-1]
        return len(self.names) <= _DEEPEST and self.formatting <= self.most_formatting

    def close(self, name: str) -> bool:
        """Close what an end tag is sure to close; False where something stays open that is not to be followed."""
        names = self.names
        if names and names[-1] == name:
            names.pop()
            self.formatting -= self.weights.pop()
            if name in FOREIGN:
                self.foreign = not FOREIGN.isdisjoint(names)
            return True
        if name not in names or (name in IN_TABLES and "table" not in names):
            return True
        if self.foreign:
            return False
        place = len(names) - 1 - names[::-1].index(name)
        inside = names[place + 1 :]
        if name in FORMATTING or any(other in FORMATTING for other in inside):
            return False
        held = _TABLE_FENCES if name == "table" else FENCES if name in REACHING else BLOCKS
        if not any(other in held for other in inside):
            self.formatting -= sum(self.weights[place:])
            del names[place:], self.weights[place:]
        return True


def _has_many(attributes: str) -> bool:
    return len(attributes) > _LONGEST_TAG and len(_ATTRIBUTE_ALONE.findall(attributes)) > _MOST_ATTRIBUTES
