"""Bylines: who is named in a line, in what order and for what, and what was cut off.

Here belongs taking a line apart: labels ('By', 'Von', 'Photos:'), separators, roles and outlets, addresses, dates.
Not here: what a single name is made of (`persons`, which this module opens too), the words (`name_words`), or which
of several bylines of a page counts (the reader's rules).

Decisions, where usage differs:

- 'Jane Doe, as told to John Roe', and 'Jane Doe in conversation with John Roe', name two authors in that order.
- Somebody named for another part (photographs, translation, editing, checking) is a credit, and no author.
- Two names without a separator are cut apart only where the people who are known say so.
- 'Doe, Jane' without a label, and nothing else, is one person printed family name first.
- Words joined by 'and' are two people where at least one side has the form of a full name, and never one person.
- A single word ('Steffi', 'ProDESC') is a credit of unknown kind: whether it is a person is for the reader to say,
  from where it stands; `can_be_single_name` rules out what it cannot be.
"""

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from archive.normalise import date_words, dates, east_asian
from archive.normalise import name_labels as labels
from archive.normalise import name_words as words
from archive.normalise.credits import EDGES, Credit, Work, read_list
from archive.normalise.name_labels import Part
from archive.normalise.persons import (
    EAST_ASIAN,
    Kind,
    PersonName,
    can_be_single_name,
    classify,
    is_all_caps,
    is_plain_name,
    parse_person,
    restore_case,
    same_person_label,
    sounds_like_organisation,
)
from archive.normalise.text import fold, squeeze

__all__ = [
    "Byline",
    "Credit",
    "Kind",
    "Known",
    "Part",
    "PersonName",
    "can_be_single_name",
    "classify",
    "is_all_caps",
    "is_label",
    "join_names",
    "looks_like_name",
    "may_be_labelled",
    "may_begin_with_name",
    "may_name_anybody",
    "parse_byline",
    "parse_person",
    "restore_case",
    "same_person_label",
]

Known = Container[str] | Callable[[str], bool]
"""The full names that are known to be people."""

_LONGEST_LINE = 600
_LONGEST_NAME_LINE = 160
# A bar or a stroke inside a word is part of it ('New England Law|Boston', 'dpa/lno').
_SEPARATOR = re.compile(r"[\n\r\t•·●▪■►▸»«›‹;~→]|\s[-–—/|]{1,2}(?=\s|$)|^[-–—/|]{1,2}\s|[/|](?=\s|$)|(?<=\s)[/|]")
_BY = re.compile(r"(?:^|\s)(?:by|von|par|por|door)(?=\s|$)", re.IGNORECASE)
_WIDE = str.maketrans({"\0": " ", "：": ": ", "｜": " | ", "／": "/", "；": "; ", "（": " (", "）": ") "})
_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,200}\.[^\s@]{2,20}")
_EMPTIED = re.compile(r"\(\s*\)|\[\s*\]")
"""Brackets that an address stood in."""
_URL = re.compile(r"(?:https?://|www\.)\S{1,500}", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[^\W\d_])([A-ZÀ-Þ][^\W\d_]{2,11})(?=,?\s|\s?\d)")


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline taken apart.

    Attributes:
        as_printed: the line.
        credits: everybody that is named, in order, each once.
        labelled: whether a label says that authors are named ('By', 'Von', 'Autor:').
        emails, handles, urls: addresses that stood in the line.
        rest: what was cut off and belongs to nobody.
    """

    as_printed: str
    credits: tuple[Credit, ...] = ()
    labelled: bool = False
    emails: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The authors that have the form of people's names, in order."""
        return tuple(credit.name for credit in self.credits if credit.part == "author" and credit.kind == "person")

    @property
    def organisations(self) -> tuple[str, ...]:
        """Institutions and collectives named in the place of an author."""
        kinds = {"institution", "collective"}
        return tuple(credit.name for credit in self.credits if credit.part == "author" and credit.kind in kinds)

    @property
    def has_author(self) -> bool:
        """Whether a person or a body is named in the place of an author."""
        return bool(self.names or self.organisations)


def parse_byline(printed: str, *, known: Known = ()) -> Byline:
    """A byline taken apart. A line of more than 600 characters is no byline: all of it is `rest`.

    Args:
        printed: the line, or several lines, as printed; of markup the text, with a separator between its pieces.
        known: the names that are known to be people's, for names that nothing separates.
    """
    if len(printed) > _LONGEST_LINE:
        return Byline(printed, rest=(squeeze(printed),))
    return _parse(printed, known) if known else _alone(printed)


@lru_cache(maxsize=512)
def _alone(printed: str) -> Byline:
    """A byline taken apart where nobody is known; a page asks the same of a line in several places."""
    return Byline(printed, (Credit(printed, printed, "person"),)) if is_plain_name(printed) else _parse(printed, ())


def _parse(printed: str, known: Known) -> Byline:
    emails: list[str] = []
    handles: list[str] = []
    urls: list[str] = []
    work = Work(known if callable(known) else known.__contains__)
    text = unicodedata.normalize("NFC", printed)
    text = east_asian.unglued(text) if EAST_ASIAN.search(text) else text
    if text[:1] == "(" and text[-1:] == ")" and text.count("(") == 1:
        text = text[1:-1]
    text = _without_addresses(text.translate(_WIDE), emails, handles, urls)
    carried: Part | None = None
    for segment in _SEPARATOR.split(_without_dates(text)):
        before, labelled = len(work.credits), work.labelled
        carried = _read_segment(squeeze(segment), carried, work)
        if work.labelled and not labelled and _BY.search(segment):
            # In 'Enterprise Microsoft | By Jane Doe' the label says where the names begin.
            work.rest += [credit.as_printed for credit in work.credits[:before] if credit.part == "author"]
            work.credits[:before] = [credit for credit in work.credits[:before] if credit.part != "author"]
    return Byline(
        printed, tuple(_once(work.credits)), work.labelled, tuple(emails), tuple(handles), tuple(urls), tuple(work.rest)
    )


def join_names(names: Sequence[str]) -> str:
    """The names as one line that `parse_byline` takes apart again: 'A', 'A and B', 'A, B and C'."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def looks_like_name(text: str) -> bool:
    """Whether a short line can be nothing but a person's name or a list of them, with a label at most.

    It can be, no more: a headline of two capitalised words looks like a name too. Scripts without capital letters
    are believed only with a space in the name, a label, or three or four Han or Hangul characters.
    """
    if len(text) > _LONGEST_NAME_LINE or not _may_be_names(text):
        return False
    byline = parse_byline(text)
    if not byline.names or len(byline.names) != len(byline.credits) or byline.rest or byline.emails or byline.urls:
        return False
    if any(credit.description for credit in byline.credits):
        return False
    return byline.labelled or all(_cased(name) or " " in name or 3 <= len(name) <= 4 for name in byline.names)


def _may_be_names(text: str) -> bool:
    """A glance at a line: False where it has a word that belongs to no name, or too few words."""
    tokens = text.split()
    if len(tokens) < 2:
        return bool(EAST_ASIAN.search(text))
    if any(map(str.isdigit, text)):
        return True
    for token in tokens:
        if token.isalpha() and len(token) > 1:
            word = fold(token)
            if word not in words.BESIDE_NAMES and (token.islower() or word in words.NEVER_IN_NAMES):
                return False
    return True


def may_name_anybody(text: str) -> bool:
    """A glance at a line: False where it can name neither a person nor an organisation.

    A person has two words that are not in lower case; an organisation says in some word what it is.
    """
    tokens = text.split()
    if sum(not token.islower() for token in tokens) > 1 or EAST_ASIAN.search(text):
        return True
    return any(map(sounds_like_organisation, tokens))


def may_begin_with_name(text: str) -> bool:
    """A glance at a text: False where its second word belongs to no person's name."""
    first, _, rest = text.partition(" ")
    second = rest.partition(" ")[0]
    is_beside = second.islower() and second.isalpha() and len(second) > 1 and fold(second) not in words.BESIDE_NAMES
    return not is_beside or bool(EAST_ASIAN.search(first))


def may_be_labelled(text: str) -> bool:
    """A glance at a line: False where no word of it can begin a label such as 'By' or 'Autor:'."""
    if any(map(str.isdigit, text)):
        # A label may be glued to a date.
        return True
    tokens = _SEPARATOR.sub(" ", text.translate(_WIDE)).split()
    heads = (fold(token).rstrip(":").strip(EDGES) for token in tokens)
    return any(head in labels.LABEL_HEADS or head.endswith(labels.LABEL_ENDINGS) for head in heads)


def is_label(text: str) -> bool:
    """Whether a line is nothing but a label behind which authors are named: 'By', 'Written by', 'Autor:'."""
    return labels.LABELS.get(fold(text).rstrip(":").strip(EDGES)) == "author"


def _cased(name: str) -> bool:
    return any(mark.isupper() for mark in name)


# --- before the line is cut ------------------------------------------------------------------------------------------


def _without_addresses(text: str, emails: list[str], handles: list[str], urls: list[str]) -> str:
    """The text with each e-mail address, handle and URL replaced by a separator."""
    if "@" not in text and "://" not in text and "www." not in text.lower():
        return text
    kept: list[str] = []
    for word in re.split(r"([\s(),;|•·]+)", text):
        bare = word.strip(EDGES + ".<>[]")
        if "@" in bare:
            (emails if _EMAIL.fullmatch(bare) else handles).append(bare)
            kept.append("\n")
        elif _URL.fullmatch(bare):
            urls.append(bare)
            kept.append("\n")
        else:
            kept.append(word)
    return _EMPTIED.sub("\n", "".join(kept))


def _without_dates(text: str) -> str:
    """The text with each date replaced by a separator, also one glued to a name ('DempseyThursday, April 28, 2022')."""
    if not any(mark.isdigit() for mark in text):
        return text
    text = _CAMEL.sub(_unglued, text)
    pieces: list[str] = []
    position = 0
    for start, end, _ in dates.find(text):
        pieces.append(_without_preposition(text[position:start]))
        position = end
    return "\n".join([*pieces, text[position:]])


def _unglued(match: re.Match[str]) -> str:
    word = fold(match[1])
    behind = match.string[match.end() : match.end() + 2].strip()
    is_date = date_words.weekdays(word, short=False) or (date_words.month_in_full(word) and behind[:1].isdigit())
    return "\n" + match[1] if is_date else match[1]


def _without_preposition(text: str) -> str:
    """Without the word that leads to a date: 'dpa am', 'On', 'um'."""
    head, _, last = text.rstrip(" ,:([").rpartition(" ")
    return head if fold(last) in date_words.FILLERS and len(last) <= 3 else text


# --- labels ----------------------------------------------------------------------------------------------------------


def _read_segment(segment: str, carried: Part | None, work: Work) -> Part | None:
    """Read what stands between two separators; the label that a segment ends with is returned for the next one."""
    tokens = segment.split()
    part: Part | None = carried
    start = i = 0
    while i < len(tokens):
        found = _label_at(tokens, i, first=i == start)
        if found is None:
            i += 1
            if tokens[i - 1].endswith(":") and i < len(tokens):
                # 'Private: Janice Sinclaire', 'Datum: ...': a heading of no meaning here.
                work.rest.append(" ".join(tokens[start:i]))
                start = i
            continue
        length, announced = found
        if part is None and announced == "author" and start < i:
            work.rest.append(" ".join(tokens[start:i]))
        else:
            read_list(tokens[start:i], part, work)
        part = announced
        work.labelled = work.labelled or part == "author"
        i = start = i + length
    read_list(tokens[start:], part, work)
    return part if start == len(tokens) and start else None


def _label_at(tokens: list[str], i: int, *, first: bool) -> tuple[int, Part] | None:
    """The label that begins at token `i`: its length in tokens, and the part that it announces."""
    head = fold(tokens[i]).rstrip(":").strip(EDGES)
    if head.endswith(labels.LABEL_ENDINGS) and east_asian.is_full_name("".join(tokens[i + 1 : i + 2]).strip(EDGES)):
        return 1, "photographer" if tokens[-1] == "摄" else "author"
    if head and head not in labels.LABEL_HEADS:
        return None
    for length in range(min(labels.LONGEST_LABEL, len(tokens) - i), 0, -1):
        last = tokens[i + length - 1]
        colon = last.endswith(":") or tokens[i + length : i + length + 1] == [":"]
        phrase = fold(" ".join(tokens[i : i + length])).rstrip(":").strip(EDGES)
        part = labels.LABELS.get(phrase)
        if part is None:
            continue
        if colon or (first and length > 1) or (first and _is_bare_label(phrase, tokens[i + 1 :])):
            return length, part
        if not first and (phrase == "by" or (length > 1 and phrase in labels.LABELS_INSIDE)):
            return length, part
    return None


def _is_bare_label(phrase: str, behind: list[str]) -> bool:
    if phrase in labels.LONE_LABELS:
        return not behind
    if phrase in labels.PARTICLE_LABELS:
        # On a line of its own it is no part of a name.
        return len(behind) != 1
    return phrase in labels.BARE_LABELS


def _once(found: Iterable[Credit]) -> list[Credit]:
    """Each name once for each part, with the first description that is printed."""
    seen: dict[tuple[str, str], Credit] = {}
    for credit in found:
        index = (fold(credit.name), credit.part)
        if not index[0]:
            continue
        first = seen.setdefault(index, credit)
        if first.description is None and credit.description is not None:
            seen[index] = replace(first, description=credit.description)
    return list(seen.values())
