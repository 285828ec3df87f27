"""Who wrote a text: the rule that chooses among the statements about authors.

Here belongs weighing bylines against what a page states for machines. Not here: taking a byline apart
(`normalise.names`), and who these people are.

The rule: a printed byline is believed, and of several bylines those that name somebody whom the page also states; where
none of them does, persons that the page states go before a byline that may belong to another text. What a byline has
on a line of its own beside a person that the page states is something else; whom JSON-LD names besides all who are
printed is an author too. A single word is a name only where the
markup says that it names a person, or a label does; an organisation signs a text only in print, and so does the site.
"""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace

from archive.model.provenance import Witness
from archive.normalise import names
from archive.normalise.name_words import AND
from archive.normalise.text import fold
from archive.reading.houses import Houses
from archive.reading.page import Statement

_STATED: tuple[Witness, ...] = ("json_ld", "microdata", "meta", "open_graph", "feed")
_ACCOUNT = re.compile(r"(?=[\w-]{0,29}[\d_]|[a-z]{1,29}[A-Z])[\w-]{3,30}")
"""The name of an account rather than a word: 'Herr_Rein', 'freeman1984', 'MikeNils'."""
_AND = re.compile(r",|&|\b(?:" + "|".join(sorted(word for word in AND if word.isalpha())) + r")\b", re.IGNORECASE)
_INITIALS_LAST = re.compile(r"[A-Z][a-z]{2,20}(?: [A-Z][a-z]{2,20})? ([A-Z]{1,2})")
"""A name of the south of India: 'Ashok KN'. Elsewhere such letters are an outlet's."""
_MOST_NAMES = 8
_RULE = "printed and stated, else printed, else stated"


@dataclass(frozen=True, slots=True)
class Authors:
    """The people of a byline in order, the organisations that sign it, and the statements that say so.

    Attributes:
        is_sure: whether the printed names are those that are stated, all of them and no other.
    """

    names: tuple[str, ...]
    organisations: tuple[str, ...]
    statements: tuple[Statement, ...]
    is_sure: bool = False


@dataclass(slots=True)
class _Read:
    """What one statement names."""

    claim: Statement
    people: list[str]
    bodies: list[str]
    keys: frozenset[str] = field(default=frozenset())

    def __post_init__(self) -> None:
        self.keys = frozenset(map(fold, self.people))


def choose(statements: Sequence[Statement], known: Iterable[str], houses: Houses, *, trusted: bool) -> Authors:
    """Decide who wrote a text.

    Args:
        statements: of all fields; those about authors are weighed.
        known: names that are known at the publisher.
        houses: the names of the site itself.
        trusted: True where the bylines were found by the publisher's own selectors.
    """
    claims = [claim for claim in statements if claim.field == "authors"]
    register = frozenset(known)
    read = [_read(claim, register, houses) for claim in claims]
    printed = [item for item in read if item.claim.witness == "byline"]
    stated = {witness: [item for item in read if item.claim.witness == witness] for witness in _STATED}
    said = _keys(item for items in stated.values() for item in items)
    used = [item for item in printed if item.people]
    if not trusted and said:
        # "Ada" is stated, and "Ada Moll" is printed.
        fuller = {key for item in used for key in item.keys if key.partition(" ")[0] in said}
        said |= fuller
        confirmed = [item for item in used if item.keys & said]
        first = next((items for items in stated.values() if any(item.people for item in items)), [])
        used = [_joined(item, said) for item in confirmed] or [item for item in first if item.people]
        used = _of_one_article(stated["json_ld"], _keys(used)) or used
    if not used:
        used = next(([item for item in items if item.people] for items in stated.values() if _names(items)), [])
    signing = [item for item in printed if item.bodies]
    if not used and not signing:
        return Authors((), (), tuple(replace(claim, rule="no name in it") for claim in claims))
    chosen = {id(item.claim) for item in used or signing}
    bodies = [body for item in signing for body in item.bodies]
    people = _once(name for item in used for name in item.people)
    return Authors(
        tuple(people),
        tuple(_once(bodies)),
        tuple(replace(claim, rule=_RULE, chosen=id(claim) in chosen) for claim in claims),
        bool(people) and _is_agreed(frozenset(map(fold, people)), printed, stated.values()),
    )


def _is_agreed(wanted: frozenset[str], printed: Iterable[_Read], stated: Iterable[Iterable[_Read]]) -> bool:
    told = [found for items in stated if (found := _keys(items))]
    return _keys(printed) == wanted and bool(told) and set(told) == {wanted}


def _keys(items: Iterable[_Read]) -> frozenset[str]:
    return frozenset().union(*(item.keys for item in items))


def _of_one_article(stated: Sequence[_Read], printed: frozenset[str]) -> list[_Read]:
    """What JSON-LD says of the first article, where it names all who are printed, and a few more: a list was cut."""
    article = stated[0].claim.locator.rpartition(".author")[0] if stated else ""
    items = [item for item in stated if item.people and item.claim.locator.rpartition(".author")[0] == article]
    return items if printed < _keys(items) and len(_keys(items)) <= _MOST_NAMES else []


def _names(items: Iterable[_Read]) -> bool:
    return any(item.people for item in items)


def _joined(item: _Read, said: Container[str]) -> _Read:
    """A byline with the people that are stated, and those that a comma or a word for 'and' joins to one of them."""
    if all(fold(name) in said for name in item.people):
        return item
    line = item.claim.value
    places = [line.find(name) for name in item.people]
    if min(places) < 0 or places != sorted(places):
        return item
    groups: list[list[str]] = []
    end = 0
    for name, start in zip(item.people, places, strict=True):
        between = line[end:start]
        if groups and ("\n" not in between or _AND.search(between)):
            groups[-1].append(name)
        else:
            groups.append([name])
        end = start + len(name)
    kept = [name for group in groups if any(fold(name) in said for name in group) for name in group]
    return _Read(item.claim, kept, item.bodies) if kept else item


def _read(claim: Statement, known: frozenset[str], houses: Houses) -> _Read:
    byline = names.parse_byline(claim.value, known=known)
    people: list[str] = []
    if claim.agent != "organisation":
        people = [name for credit in byline.credits if credit.part == "author" and (name := _person(credit, houses))]
    if not people and (claim.agent == "person" or byline.labelled):
        people = [
            credit.name
            for credit in byline.credits
            if credit.kind == "unknown" and credit.part == "author" and _is_pen_name(credit.name)
        ][:1]
    own = [name for name in people if houses.own(name)]
    bodies = [name for name in byline.organisations if not any(name.startswith(f"{one} ") for one in people)]
    return _Read(claim, [name for name in people if name not in own], [*bodies, *own])


def _person(credit: names.Credit, houses: Houses) -> str | None:
    """The name of a person, without that of the site behind it ("Ada Moll Pilot Today"); None where it is none."""
    if credit.kind == "person":
        return credit.name
    words = credit.name.split()
    return next(
        (
            name
            for end in range(2, len(words))
            if houses.own(" ".join(words[end:])) and names.classify(name := " ".join(words[:end])) == "person"
        ),
        None,
    )


def _is_pen_name(word: str) -> bool:
    """Whether a single word in the place of a name can be what somebody signs with: 'Steffi', 'zuckerwatte', 'KMB'."""
    ending = _INITIALS_LAST.fullmatch(word)
    if ending and {names.classify(word), names.classify(ending[1])} == {"unknown"}:
        return True
    if _ACCOUNT.fullmatch(word) and any(map(str.isalpha, word)) and names.classify(word) == "unknown":
        return True
    return names.can_be_single_name(word.capitalize()) or (word.isupper() and 1 < len(word) <= 4 and word.isalpha())


def _once(found: Iterable[str]) -> list[str]:
    """Each name once, where and as it first stands."""
    first: dict[str, str] = {}
    for name in found:
        first.setdefault(fold(name), name)
    return list(first.values())
