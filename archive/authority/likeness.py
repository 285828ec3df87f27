"""How alike two names are: what speaks for and against two labels meaning one person, or one organisation.

Here belong comparisons of labels alone. None of them decides anything: two people can share a name. Not here: what else
is known of those who are called so (`profiles`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.normalise.persons import PersonName, classify
from archive.normalise.text import fold, key, squeeze

_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]\s*")
_LETTERS = re.compile(r"[A-Z][A-Za-z.&]*[A-Z]\.?")
_FEWEST_INITIALS = 3
_SHORTEST_SHORT_NAME = 3
_ARTICLES = frozenset("the la le les el los die der das".split())
_SMALL = frozenset("of the and for in on at de des du der die das la le les el los y und et a an e".split())


def same_person_perhaps(one: PersonName, other: PersonName) -> str | None:
    """In words, how two names can be one person's; None where they cannot."""
    if key(one.display) == key(other.display):
        return "the names are spelt alike"
    if sorted(map(key, one.display.split())) == sorted(map(key, other.display.split())):
        return "the names are spelt alike but for their order"
    if not (one.family and other.family and one.given and other.given) or key(one.family) != key(other.family):
        return None
    return _given_names(_parts(one.given), _parts(other.given))


def _parts(given: str) -> list[str]:
    return [part for part in re.split(r"[\s-]+|(?<=\.)(?=\w)", fold(given)) if part.strip(".")]


def _given_names(one: list[str], other: list[str]) -> str | None:
    if len(one) > len(other):
        one, other = other, one
    if not one or not _agree(one[0], other[0]):
        return None
    # Every further name of the shorter one stands, whole or as an initial, among those of the longer one, in order.
    rest = iter(other[1:])
    if not all(any(_agree(part, candidate) for candidate in rest) for part in one[1:]):
        return None
    if any(len(part.strip(".")) == 1 for part in (one[0], other[0])):
        return "the family names are alike, and an initial agrees with a given name"
    if one[0] != other[0]:
        return "the family names are alike, and one given name begins like the other"
    return "family name and first given name are alike, and no other given name contradicts"


def _agree(one: str, other: str) -> bool:
    one, other = one.strip("."), other.strip(".")
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= _SHORTEST_SHORT_NAME and longer.startswith(shorter))


def family_key(name: PersonName) -> str:
    """What names that can be one person's share: the block that they are compared in."""
    return key(name.family) if name.family else min(map(key, name.display.split()), default="")


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of an organisation's name that are compared, as keys.

    Attributes:
        names: the name without its article, with and without what stands in brackets; of words with commas also each
            part that can be an institution by itself ('Chair in Economics, University of Wexmouth').
        letters: abbreviations, by themselves or in brackets.
        initials: of the names; they mean something only beside letters.
    """

    names: frozenset[str]
    letters: frozenset[str]
    initials: frozenset[str]


def organisation_forms(printed: str) -> Forms:
    """What is compared of an organisation's name as printed."""
    names, letters, initials = set(), set(), set()
    for part in _bodies(squeeze(printed)):
        bare = _BRACKET.sub(" ", part).strip()
        letters |= {key(inner) for inner in _BRACKET.findall(part) if _LETTERS.fullmatch(inner.strip())}
        if _LETTERS.fullmatch(bare):
            letters.add(key(bare))
        else:
            names |= {key(_without_article(bare)), key(_without_article(part))}
            words = fold(bare).replace("-", " ").split()
            initials.add("".join(word[0] for word in words if word not in _SMALL))
    return Forms(
        frozenset(names - {""}), frozenset(letters), frozenset(one for one in initials if len(one) >= _FEWEST_INITIALS)
    )


def _bodies(printed: str) -> Iterator[str]:
    yield printed
    parts = [part.strip() for part in re.split(r",\s|;\s", printed)]
    if len(parts) > 1:
        yield from (part for part in parts if classify(part) in {"institution", "collective"})


def _without_article(name: str) -> str:
    words = name.split()
    return " ".join(words[1:]) if len(words) > 1 and fold(words[0]) in _ARTICLES else name
