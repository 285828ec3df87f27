"""Which witness is believed: one readable rule per field, applied to all statements, the losers kept.

Here belongs the deciding between claims. Not here: collecting them, and anything about segments.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from archive.model.provenance import Witness
from archive.normalise import languages, urls
from archive.normalise.text import key
from archive.reading.page import Statement
from archive.reading.source import Source

PRINTED_FIRST: tuple[Witness, ...] = (
    "visible",
    "byline",
    "json_ld",
    "open_graph",
    "microdata",
    "time_element",
    "meta",
    "title_element",
    "feed",
)
STATED_FIRST: tuple[Witness, ...] = ("link_element", "open_graph")
_EAST = "[\u2e80-\u9fff\uf900-\uffef]"
_SEPARATOR = re.compile(f"( [–—•·:~<>/-]{{1,2}} | ?[|»«›‹_] ?|--|(?<=[^ ])- | -(?=[^ ])|(?<={_EAST})-|-(?={_EAST}))")
"""What may stand between a title and the name of its site: marks without spaces too, since the name has to be known."""
_ENDS = re.compile(" ?[|_–—-]$")
_LONGEST_TITLE = 500
_SHORTEST_TITLE, _LONGEST_LABEL = 2, 6
"""Words that a headline has at least, and that a label over it has at most."""
_SURELY_A_NAME = 6
"""Letters from which on a part of the address is no common word."""
_LANGUAGE_ORDER: tuple[Witness, ...] = ("html_lang", "json_ld", "meta", "open_graph", "detection")


@dataclass(frozen=True, slots=True)
class Choice:
    """A decided field: the value, and the statements with the believed ones marked and the rule named."""

    value: str | None
    statements: tuple[Statement, ...]


def first_of(statements: Sequence[Statement], field: str, order: Sequence[Witness], rule: str) -> Choice:
    """Believe the first statement of the witness that comes first in `order`."""
    claims = [claim for claim in statements if claim.field == field]
    ranked = [claim for witness in order for claim in claims if claim.witness == witness]
    best = ranked[0] if ranked else None
    return Choice(
        best.value if best else None,
        tuple(replace(claim, rule=rule, chosen=claim is best) for claim in claims),
    )


PRINTED: frozenset[Witness] = frozenset(("visible", "byline"))
STATED: frozenset[Witness] = frozenset(("json_ld", "open_graph", "microdata", "meta"))
_SHORTEST_SURE = 8
"""Characters below which two witnesses may agree by chance."""


def is_agreed(choice: Choice, *, by_all: bool = False) -> bool:
    """Whether what was believed is printed for people and stated for machines alike, and so is sure.

    Args:
        choice: a decided field of words.
        by_all: whether no witness may say anything else.
    """
    wanted = key(choice.value or "")
    if len(wanted) < _SHORTEST_SURE:
        return False
    said = [(claim.witness, key(claim.value) == wanted) for claim in choice.statements]
    agreeing = {witness for witness, agrees in said if agrees}
    return bool(agreeing & PRINTED and agreeing & STATED) and not (by_all and not all(agrees for _, agrees in said))


def title(statements: Sequence[Statement], site: str | None, url: str) -> Choice:
    """The printed headline, else what the page says of itself, without the name of the site around it.

    Where the page states what a printed headline ends with, the words in front are a label over it.
    """
    claims = [claim for claim in statements if claim.field == "title"]
    all_words = {key(claim.value) for claim in claims}
    cut = [
        claim if claim.witness == "visible" else replace(claim, value=_without_site(claim.value, site, url, all_words))
        for claim in claims
    ]
    stated = [key(claim.value) for claim in cut if claim.witness != "visible"]
    trimmed = [
        replace(claim, value=_without_label(claim.value, stated)) if claim.witness == "visible" else claim
        for claim in cut
    ]
    return first_of(trimmed, "title", PRINTED_FIRST, "printed before stated, without the site's name")


def _without_site(words: str, site: str | None, url: str, others: set[str]) -> str:
    """The words without the site's name behind or in front of a separator; the name may be known from its address."""
    if len(words) > _LONGEST_TITLE:
        return words
    words = _ENDS.sub("", words)
    pieces = _SEPARATOR.split(words)
    if len(pieces) < 3:
        return words
    name = key(site or "")
    host = key(urls.host(url)) if urls.is_web(url) else ""
    for kept, dropped in (("".join(pieces[:-2]), pieces[-1]), ("".join(pieces[2:]), pieces[0])):
        part = key(dropped)
        if part and (part == name or (len(part) > 3 and part in host) or key(kept) in others):
            return _without_site(kept, site, url, others)
    for place in range(2, len(pieces) - 2, 2):
        # Behind the name of the site may follow what it is about, or where it is made.
        part = key(pieces[place])
        if part and (part == name or (len(part) >= _SURELY_A_NAME and part in host)):
            return "".join(pieces[: place - 1])
    first = words.partition("_")[0]
    if len(first) < len(words) and re.search(_EAST, first) and len(first) >= max(map(len, words.split("_"))):
        return first.rstrip()
    return words


def _without_label(printed: str, stated: Sequence[str]) -> str:
    """The printed headline from where it is what the page states; all of it where the page states all, or nothing."""
    parts = printed.split()
    if key(printed) in stated:
        return printed
    for start in range(1, min(len(parts) - _SHORTEST_TITLE, _LONGEST_LABEL) + 1):
        rest = " ".join(parts[start:])
        if key(rest) in stated:
            return rest
    return printed


def language(statements: Sequence[Statement], body: str, source: Source) -> Choice:
    """The declared language, unless the words themselves are clearly in another; else the publisher's.

    Only where the words are not full of those of the declared language is it detected which one they are in.
    """
    rule = "declared, unless the words are in another language"
    claims = [claim for claim in statements if claim.field == "language" and languages.tag(claim.value)]
    declared = first_of(claims, "language", _LANGUAGE_ORDER, rule)
    tag = languages.tag(declared.value)
    if tag and languages.speaks(body, tag.partition("-")[0]):
        return Choice(tag, declared.statements)
    detected = languages.detect(body)
    if detected:
        claims.append(Statement("language", detected, "detection", "text"))
    if not claims and source.language:
        claims.append(Statement("language", source.language, "register", "language"))
    if detected and tag and tag.partition("-")[0] != detected:
        return first_of(claims, "language", ("detection",), rule)
    declared = first_of(claims, "language", _LANGUAGE_ORDER, rule)
    tag = languages.tag(declared.value)
    if tag is None and source.language:
        return Choice(source.language, tuple(replace(claim, chosen=True) for claim in claims))
    return Choice(tag, declared.statements)


def canonical_url(statements: Sequence[Statement], url: str, source: Source) -> Choice:
    """What the page calls its own address, if it is on the same host; else the address that was read."""
    choice = first_of(statements, "canonical_url", STATED_FIRST, "stated, on the same host")
    keep_query = not source.query_is_noise
    if choice.value and _same_host(choice.value, url):
        return Choice(urls.canonical(choice.value, keep_query=keep_query), choice.statements)
    return Choice(
        urls.canonical(url, keep_query=keep_query),
        tuple(replace(claim, chosen=False) for claim in choice.statements),
    )


def _same_host(one: str, other: str) -> bool:
    bare: Callable[[str], str] = lambda address: urls.host(address).removeprefix("www.")  # noqa: E731
    return bare(one) == bare(other)
