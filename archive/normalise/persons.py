"""One name: whether it is a person's, its parts, how it sorts, and whether two spellings are the same label.

Here belongs everything that is asked about a single name. Taking a byline apart into names is `names`; deciding that
two people are one is `authority`, and never happens on a name alone.

Policy, where usage differs:

- Particles belong to the family name and sort with it ('van der Meer, Annelies', 'de Courcy Wheeler, Anna'), whatever
  a publisher's own index does. From a particle on everything is family name, so 'Maria del Carmen Torres' comes out
  with the family name 'del Carmen Torres'; a register that knows better overrides it.
- Otherwise the last word is the family name. Two Spanish family names cannot be told from a second given name by
  rule, nor can a middle name from a double family name without a hyphen.
- A name printed with the family name first sorts as it is written, without a comma.
- What cannot be decided stays None: single words, organisations, names of Han or Hangul characters without a space.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from archive.normalise import east_asian
from archive.normalise import name_words as words
from archive.normalise.text import fold, key, squeeze

Kind = Literal["person", "collective", "institution", "anonymous", "unknown"]

_LONGEST = 120
"""A longer text is no name."""

_NOTE = re.compile(r"[(\[]([^()\[\]]{0,80})[)\]]")
_DOMAIN = re.compile(
    r"(?:https?://|www\.)\S+|(?:[\w-]{1,63}\.){1,8}(?:com|org|net|info|tv|blog|news|co|io|eu|[a-z]{2})"
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?){1,4}[^\W\d_]?\.?")
_GLUED_INITIAL = re.compile(r"(?:[^\W\d_]\.){1,3}[^\W\d_][\w'’-]+")
_MIXED_CASE = frozenset({"PhD", "DPhil", "MSc", "BSc", "PsyD", "PharmD", "EdD", "MEng"})
_VOWELS = frozenset("aeiouy")
_PLAIN = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{1,28} [A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{1,28}(?: [A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{1,28})?")
_ENDINGS = (*words.ROLE_ENDINGS, *words.INSTITUTION_ENDINGS)
_OF_A_HOUSE = frozenset(("Da", "Das", "Do", "Dos", "Del"))
"""'From the …': before a word in capitals they lead to an outlet ('Do UOL')."""
EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in parts.

    Attributes:
        display: the name as printed, without titles before and letters behind it; a suffix (Jr.) stays.
        given: given names and initials; None where undecidable.
        family: the family name with its particles; None where undecidable.
        suffix: 'Jr.', 'III'; None without one.
        honorifics: titles as printed, 'Ambassador' and '(retired)' alike.
        post_nominals: letters behind the name as printed.
        sort_name: how the name is filed.
    """

    display: str
    given: str | None
    family: str | None
    suffix: str | None
    honorifics: tuple[str, ...]
    post_nominals: tuple[str, ...]
    sort_name: str


def parse_person(name: str, *, family_first: bool = False) -> PersonName:
    """The parts of one person's name, printed in either order ('Shawna Bader-Blau', 'Bader-Blau, Shawna').

    Args:
        name: the name as printed, with or without titles.
        family_first: the name is printed with the family name first; Han and Hangul names with a space always are.
    """
    bare, honorifics, post_nominals = strip_titles(squeeze(name))
    parts = [part.strip() for part in bare.split(",") if part.strip()]
    suffix = parts.pop() if len(parts) > 1 and fold(parts[-1]) in words.SUFFIXES else None
    tokens = " ".join(parts[1:] + parts[:1]).split()
    if suffix is None and len(tokens) > 2 and fold(tokens[-1]) in words.SUFFIXES:
        suffix = tokens.pop()
    display = " ".join(tokens + ([suffix] if suffix else []))
    given: str | None
    family: str | None
    family_first = len(parts) == 1 and (family_first or bool(EAST_ASIAN.search(bare)))
    if len(parts) > 1:
        given, family = " ".join(parts[1:]), parts[0]
    else:
        given, family = _parts(tokens, family_first)
    if given is None or family is None or not _is_one_person(display):
        whole = display if len(parts) < 2 else bare
        return PersonName(whole, None, None, suffix, honorifics, post_nominals, whole)
    ordered = ", ".join(part for part in (family, given, suffix) if part)
    return PersonName(display, given, family, suffix, honorifics, post_nominals, display if family_first else ordered)


def _is_one_person(display: str) -> bool:
    """Whether a name may be cut into parts: no organisation, no role, and no two people."""
    tokens = display.split()
    if joins_people(tokens) or any(word in words.STOP_WORDS or word in words.ROLES for word in map(fold, tokens)):
        return False
    return classify(display) not in {"institution", "collective", "anonymous"}


def strip_titles(name: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The name without titles, with the titles before (and '(retired)') and the letters behind it, as printed."""
    notes = tuple(match.group() for match in _NOTE.finditer(name))
    tokens = _NOTE.sub(" ", name).replace(",", " , ").split()
    taken = _leading_titles(tokens)
    honorifics, tokens = tokens[:taken], tokens[taken:]
    behind: list[str] = []
    while len(tokens) > 1:
        letters, comma = tokens[-1], tokens[-2] == ","
        if not _is_post_nominal(letters, tokens[:-1], apart=comma or bool(behind)):
            break
        behind.insert(0, letters)
        tokens = tokens[: -2 if comma else -1]
    return " ".join(tokens).replace(" ,", ",").strip(" ,"), (*honorifics, *notes), tuple(behind)


def _leading_titles(tokens: list[str]) -> int:
    """How many of the words at the beginning are titles."""
    taken = 0
    left = sum(1 for word in tokens if word != "," and fold(word) not in words.SUFFIXES)
    while taken < len(tokens):
        word = fold(tokens[taken])
        left -= 1
        weak = word.rstrip(".") in words.WEAK_HONORIFICS
        title = weak or word in words.HONORIFICS or (taken and word in words.AFTER_DOCTOR)
        if not title or left < (2 if weak else 1):
            break
        taken += 1
    return taken


def _is_post_nominal(letters: str, before: list[str], *, apart: bool) -> bool:
    word = fold(letters)
    if word not in words.POST_NOMINALS:
        return False
    # 'MA', 'MS', 'MD' are also family names: in a name in capitals they are that, unless a comma parts them.
    marked = letters.isupper() or "." in letters or letters in _MIXED_CASE
    alone = apart or "." in letters or (len(before) > 1 and not "".join(before).isupper())
    return marked and alone


def _parts(tokens: list[str], family_first: bool) -> tuple[str | None, str | None]:
    """Given and family name of a name without titles and suffix."""
    if len(tokens) < 2:
        return None, None
    if family_first:
        return " ".join(tokens[1:]), tokens[0]
    start = _family_start(tokens)
    if start == 0:
        return None, None
    return " ".join(tokens[:start]), " ".join(tokens[start:])


def _family_start(tokens: list[str]) -> int:
    """The index of the token with which the family name begins."""
    capitals = "".join(tokens).isupper()
    for index, token in enumerate(tokens[1:-1], start=1):
        word = fold(token)
        if word in words.PARTICLES and (token.islower() or (capitals and word in words.CAPITAL_PARTICLES)):
            return index - 1 if word in words.JOINING_PARTICLES and index > 1 else index
    last = len(tokens) - 1
    while last > 1 and fold(tokens[last - 1]) in words.CAPITAL_PARTICLES:
        last -= 1
    return last


# --- what kind of name ---------------------------------------------------------------------------------------------


def is_plain_name(name: str) -> bool:
    """A glance at a name: True where it is two or three words like 'Jane Doe', and no table says anything of them.

    Most names are, and need no closer look.
    """
    if not _PLAIN.fullmatch(name):
        return False
    tokens = fold(name).split()
    return words.OF_MEANING.isdisjoint(tokens) and not any(token.endswith(_ENDINGS) for token in tokens)


def classify(name: str) -> Kind:
    """What a name can be by its words alone.

    'person' says that it has the form of a person's name, not that there is such a person; 'unknown' is everything
    that is nothing in particular: single names, account names, section titles, types of schema.org, sentences.
    """
    if len(name) > _LONGEST:
        return "unknown"
    return "person" if is_plain_name(name) else _classify(name)


@lru_cache(maxsize=4096)
def _classify(name: str) -> Kind:
    bare = squeeze(name).strip(" .,;:|-–—")
    folded = fold(bare)
    tokens = folded.split()
    if not tokens:
        return "unknown"
    if folded in words.ANONYMOUS:
        return "anonymous"
    if all(token in words.ACCOUNTS for token in tokens) or (len(tokens) == 1 and folded.endswith("admin")):
        return "collective" if folded in words.COLLECTIVES else "anonymous"
    if any(piece.strip() in words.KNOWN_INSTITUTIONS for piece in folded.split("/")) or _DOMAIN.fullmatch(folded):
        return "institution"
    if any(_part(token) in words.COLLECTIVES for token in tokens):
        return "collective"
    if any(_is_institution_word(token) for token in tokens):
        return "institution" if len(tokens) > 1 or folded not in words.SECTIONS else "unknown"
    if is_firm(tokens) or (len(tokens) > 1 and tokens[0] == "the" and bare[0] == "T"):
        return "institution"
    return "person" if is_person_shaped(strip_titles(bare)[0]) else "unknown"


def _part(token: str) -> str:
    return token.strip("\"'()[].,:;!?*")


def _is_institution_word(token: str) -> bool:
    word = _part(token)
    if word in words.INSTITUTIONS or token in words.INSTITUTIONS:
        return True
    if word.endswith(words.INSTITUTION_ENDINGS) and not word.endswith(words.ROLE_ENDINGS):
        return True
    # 'TSG-Redaktion', 'Sun-Times'
    return any(piece in words.INSTITUTIONS for piece in word.split("-")[1:])


def sounds_like_organisation(token: str) -> bool:
    """Whether a word can be what makes a name an organisation's: 'Institute', 'Redaktion', 'AFP', 'example.org'."""
    word = _part(fold(token))
    if "." in word or "/" in word or word in words.OF_ORGANISATIONS:
        return True
    return word.endswith(words.INSTITUTION_ENDINGS) or ("-" in word and _is_institution_word(word))


def is_and(token: str, *, capitals: bool) -> bool:
    """Whether a word of a line (in `capitals` or not) means 'and', and is no name or initial spelt like it."""
    word = fold(token)
    return word in words.AND and (token.islower() or not token.isalpha() or (capitals and word != "a"))


def is_firm(tokens: list[str]) -> bool:
    """'Wells Fargo & Co', 'Doe and Sons'."""
    return len(tokens) > 2 and fold(tokens[-2]) in words.AND and fold(tokens[-1]).rstrip(".") in words.FIRM_ENDINGS


def joins_people(tokens: list[str]) -> bool:
    """Whether a word for 'and' stands in it that does not stand inside one name, as in 'Ortega y Gasset'."""
    capitals = all(token.isupper() for token in tokens if token.isalpha())
    names = [0]
    for token in tokens:
        names.append(names[-1] + (not _is_particle(token) and fold(token) not in words.AND))
    return any(
        is_and(token, capitals=capitals)
        and (fold(token) not in words.CAREFUL_AND or min(names[index], names[-1] - names[index + 1]) > 1)
        for index, token in enumerate(tokens)
    )


def is_person_shaped(name: str) -> bool:
    """Whether the words, all of them, have the form of one person's full name without titles."""
    if len(name) > _LONGEST or any(mark.isdigit() for mark in name):
        return False
    tokens = name.replace(",", " ").split()
    if len(tokens) == 1:
        return east_asian.is_full_name(name) and not _is_institution_word(name) and name not in words.SECTIONS
    if tokens and fold(tokens[-1]) in words.SUFFIXES:
        tokens.pop()
    if len(tokens) < 2 or _is_particle(tokens[0]) or _is_particle(tokens[-1]) or _begins_publication(tokens):
        return False
    if joins_people(tokens):
        return False
    if EAST_ASIAN.search(name):
        return east_asian.is_full_name(" ".join(tokens))
    names = [word for word in tokens if not _is_particle(word)]
    if not 2 <= len(names) <= 5 or not all(map(_is_name_word, names)):
        return False
    if not all(map(str.isupper, names)) and (_is_acronym(names[-1]) or any(_is_acronym(word, 3) for word in names)):
        return False
    # Initials alone are no name.
    return any(sum(map(str.isalpha, word)) > 1 and not _INITIALS.fullmatch(word) for word in names)


def _begins_publication(tokens: list[str]) -> bool:
    """Whether the words begin like a publication's or an agency's name, or are a place."""
    # An article has no accents: "Lê Hoàng Yến".
    if tokens[0].lower() in words.NOT_FIRST or fold(" ".join(tokens)) in words.PLACES:
        return True
    if len(tokens) == 2 and tokens[0] in _OF_A_HOUSE and tokens[1].isupper():
        return True
    return fold(" ".join(tokens[:2])) in words.KNOWN_INSTITUTIONS


def _is_particle(token: str) -> bool:
    return token.islower() and fold(token) in words.PARTICLES


def _is_name_word(token: str) -> bool:
    """Whether a word can be a given or a family name or an initial."""
    if len(token) > 30 or not any(map(str.isalpha, token)):
        return False
    word = fold(token)
    bare = _part(word)
    if bare in words.NEVER_IN_NAMES or bare.endswith(words.ROLE_ENDINGS) or word.endswith(("'s", "s'")):
        return False
    if not all(mark.isalpha() or mark in "'’ʼ`´-‐‑.·・" or unicodedata.category(mark)[0] == "M" for mark in token):
        return False
    if "." in token.rstrip(".") and not (_INITIALS.fullmatch(token) or _GLUED_INITIAL.fullmatch(token)):
        return False
    if token.endswith(".") and not (_INITIALS.fullmatch(token) or len(token) <= 4):
        return False
    first = next(mark for mark in token if mark.isalpha())
    if first.isupper():
        return True
    # d'Arcy, al-Assad, ’t Hooft; and scripts without capitals.
    inner = re.split(r"['’-]", token, maxsplit=1)
    return (len(inner) > 1 and len(inner[0]) <= 3 and inner[1][:1].isupper()) or first.lower() == first.upper()


def _is_acronym(token: str, least: int = 2) -> bool:
    """ESPN, WBEZ, AFP: capitals that nobody is called; two letters can be initials, except at the end."""
    return (
        token.isupper()
        and least <= len(token) <= 5
        and token.isalpha()
        and (fold(token) in words.KNOWN_INSTITUTIONS or not _VOWELS & set(fold(token)))
    )


def can_be_single_name(name: str) -> bool:
    """Whether a single word can be what somebody is called ('Steffi'), and is no account, section, type or outlet.

    Only where a page says that it names an author does that mean anything: 'Berlin' can be a name too.
    """
    word = fold(name)
    # 'Jean-Luc' and 'McKenzie', but not 'LinkNaija'.
    inside = "".join(part.removeprefix("Mc").removeprefix("Mac")[1:] for part in re.split("['’-]", name))
    if not _is_name_word(name) or sum(map(str.isalpha, name)) < 3 or any(map(str.isupper, inside)):
        return False
    taken = words.SECTIONS | words.SCHEMA_TYPES | words.ROLE_ADJECTIVES | words.PARTICLES | words.NOT_FIRST
    return name[:1].isupper() and classify(name) == "unknown" and word not in taken and not word.endswith("action")


# --- comparing spellings -------------------------------------------------------------------------------------------


def same_person_label(label: str, name: str) -> bool:
    """Whether two spellings are the same label: but for case, accents, spacing, punctuation, titles and order.

    It says nothing about identity: two people can share a label. Initials do not stand for names.
    """
    if max(len(label), len(name)) > _LONGEST:
        return False
    return not label_keys(label).isdisjoint(label_keys(name))


@lru_cache(maxsize=4096)
def label_keys(name: str) -> frozenset[str]:
    """What is compared of a name; of one with a comma both orders, since 'Han, Dongfang' is also 'Han Dongfang'."""
    bare, _, _ = strip_titles(squeeze(name))
    return frozenset({key(parse_person(name).display), key(bare)}) - {""}


def restore_case(printed: str, witnesses: Iterable[str]) -> str:
    """A name in capitals as another witness writes it; as printed where it is not in capitals or nobody else has it.

    Args:
        printed: the name as printed.
        witnesses: names from other places of the page or the register, the best first.
    """
    if not is_all_caps(printed):
        return printed
    wanted = key(printed)
    for witness in witnesses:
        if wanted == key(witness) and not is_all_caps(witness) and not witness.islower():
            return witness
    return printed


def is_all_caps(name: str) -> bool:
    """Whether a name has lost its case: capitals only, in a word of more than three letters."""
    return name.isupper() and any(sum(map(str.isalpha, token)) > 3 for token in name.split())
