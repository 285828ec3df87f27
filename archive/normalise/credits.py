"""A list of names as it stands behind a label: who is in it, with which role, and what is not a name.

Here belongs cutting a piece of a byline at commas, words for 'and' and phrases like 'as told to', and telling names
from roles, outlets and places. Not here: labels, dates and addresses (`names`), or the parts of one name (`persons`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from archive.normalise import date_words, east_asian
from archive.normalise import name_labels as labels
from archive.normalise import name_words as words
from archive.normalise.name_labels import Part
from archive.normalise.persons import (
    EAST_ASIAN,
    Kind,
    classify,
    is_all_caps,
    is_and,
    is_firm,
    is_person_shaped,
    strip_titles,
)
from archive.normalise.text import fold, squeeze

EDGES = " \t,;:*\"'“”„«»‹›‚‘’-–—_|/\\·•"
"""What may stand at the edges of a name and does not belong to it."""

_WINDOW = 10
_LONGEST_LETTERS = 4
_NOTE = re.compile(r"[(\[]([^()\[\]]{0,120})[)\]]")


@dataclass(frozen=True, slots=True)
class Credit:
    """Somebody or something that a byline names.

    Attributes:
        name: the name without titles and letters behind it, in the case of the page.
        as_printed: the name with them.
        kind: what the name can be by its words.
        part: what was done; 'author' where nothing else is said.
        description: role, outlet or place printed with the name; None without one.
        all_caps: whether the name is in capitals, so that its case is not known.
    """

    name: str
    as_printed: str
    kind: Kind
    part: Part = "author"
    description: str | None = None
    all_caps: bool = False


@dataclass(slots=True)
class Work:
    """What has been found so far in a byline: credits in order, what was cut off, whether a label names authors."""

    is_known: Callable[[str], bool]
    credits: list[Credit] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    labelled: bool = False


def read_list(tokens: list[str], part: Part | None, work: Work) -> None:
    """Read what stands behind a label, or without one: names with their roles."""
    kept = tokens[: _length_of_names(tokens)]
    if len(kept) < len(tokens):
        work.rest.append(" ".join(tokens[len(kept) :]))
    text = " ".join(kept).strip(EDGES)
    if not text:
        return
    inverted = _inverted(text) if part is None else None
    if inverted:
        work.credits.append(_credit(inverted, "author"))
        return
    for group in _split_phrases(text):
        previous: Credit | None = None
        for piece in _split_commas(group):
            previous = _read_piece(piece, part or "author", previous, work)


def _length_of_names(tokens: list[str]) -> int:
    """How many tokens there are before the line goes on about something else: a number, a button, a verb."""
    for index, token in enumerate(tokens):
        word = fold(token).strip(EDGES + ".!?")
        before = fold(tokens[index - 1]) if index else ""
        if any(map(str.isdigit, token)) and (index or not any(map(str.isalpha, token))):
            # 'Jun 20th at 2:41 am' is a date without a year.
            return index - 1 if not word.isdigit() and date_words.month_in_full(before) else index
        if word in words.VERBS and token.islower() and index:
            return index
        if word in words.BUTTONS:
            return index - 1 if before in words.BEFORE_BUTTONS else index
    return len(tokens)


def _inverted(text: str) -> str | None:
    """'Doe, Jane' turned round, where the whole text is that."""
    family, comma, given = (part.strip() for part in text.partition(","))
    if not comma or "," in given or not family or len(given.split()) > 2:
        return None
    heads = [word for word in family.split() if fold(word) not in words.PARTICLES]
    turned = f"{given} {family}"
    if len(heads) != 1 or not is_person_shaped(turned) or classify(turned) != "person" or _name_and_role(turned)[1]:
        return None
    return None if strip_titles(text)[2] or fold(given) in words.SUFFIXES or _is_role(given) else turned


def _split_phrases(text: str) -> list[str]:
    """Cut at 'as told to', 'in conversation with' and the like, where something stands on either side."""
    tokens = text.split()
    folded = [fold(token).strip(",") for token in tokens]
    groups: list[str] = []
    start = i = 0
    while i < len(tokens):
        length = next((n for n in range(4, 0, -1) if " ".join(folded[i : i + n]) in words.BETWEEN), 0)
        # In capitals it is a title ('Dancing With the Stars').
        if length and (tokens[i].islower() or text.isupper()) and start < i < len(tokens) - length:
            groups.append(" ".join(tokens[start:i]).strip(EDGES))
            start = i = i + length
        else:
            i += 1
    return [*groups, " ".join(tokens[start:])]


def _split_commas(text: str) -> list[str]:
    """Cut at commas outside brackets."""
    masked = _NOTE.sub(lambda match: match.group().replace(",", "\0"), text)
    return [part for part in (part.replace("\0", ",").strip(EDGES) for part in re.split("[,、，]", masked)) if part]


def _read_piece(piece: str, part: Part, previous: Credit | None, work: Work) -> Credit | None:
    """Read what stands between two commas; the credit to which a following role belongs is returned."""
    bare = squeeze(_NOTE.sub(" ", piece))
    suffix = fold(bare) in words.SUFFIXES and previous is not None and not _single(previous.name)
    if previous and bare and (suffix or _is_letters(bare)):
        name = f"{previous.name} {bare}" if suffix else previous.name
        fuller = replace(previous, name=name, as_printed=f"{previous.as_printed}, {piece}")
        return _amend(_noted(fuller, piece), work)
    joined = fold(piece.split(maxsplit=1)[0]) in words.AND
    for side in _split_and(piece, work.is_known):
        # Behind 'and' stands a credit of its own, behind a comma perhaps what the one before is.
        previous = _read_side(side, part, previous, joined=joined, work=work)
        joined = True
    return previous


def _is_letters(piece: str) -> bool:
    """Whether a piece is nothing but letters behind a name: 'MS', 'PhD', 'M.D.'."""
    return all(fold(word) in words.POST_NOMINALS and not word.islower() for word in piece.split())


def _split_and(piece: str, is_known: Callable[[str], bool]) -> list[str]:
    """Cut at words for 'and', where that makes people and not the halves of an organisation's name."""
    tokens = piece.split()
    if is_firm(tokens):
        return [piece]
    sides: list[str] = []
    start = 0
    for index, token in enumerate(tokens):
        if not is_and(token, capitals=piece.isupper()):
            continue
        if fold(token) in words.CAREFUL_AND:
            # Longer than the window is no name.
            left, right = tokens[max(start, index - _WINDOW) : index], tokens[index + 1 : index + 1 + _WINDOW]
            if len(right) < 2 or not _full(" ".join(left)) or not _full(" ".join(right)):
                continue
        sides.append(" ".join(tokens[start:index]))
        start = index + 1
    sides = [side for side in (*sides, " ".join(tokens[start:])) if side.strip(EDGES)]
    single = all(len(side.split()) == 1 and classify(side) == "unknown" for side in sides)
    if len(sides) > 1 and not single and not any(_full(side) or is_known(side) for side in sides):
        apart = all(classify(side) in {"institution", "collective", "anonymous"} for side in sides)
        return sides if apart else [piece]
    return sides


def _full(side: str) -> bool:
    """Whether a text begins with what has the form of a full name."""
    name, _ = _name_and_role(side)
    return is_person_shaped(strip_titles(name)[0]) and classify(name) == "person"


def _read_side(side: str, part: Part, previous: Credit | None, *, joined: bool, work: Work) -> Credit | None:
    side = side.strip(EDGES)
    for name in _known_names(side, work.is_known) or _east_asian_names(side):
        previous = _add(_credit(name, part, kind="person"), work)
        side = ""
    if not side:
        return previous
    halves = _split_stroke(side)
    if len(halves) > 1:
        for half in halves:
            previous = _add(_credit(half, part), work)
        return previous
    credit = _described(side, part)
    if credit.kind == "person":
        return _add(_noted(credit, side), work)
    describes = not joined and previous and (credit.kind != "unknown" or not _single(previous.name))
    if previous and (describes or (_is_role(side) and not joined)):
        return _amend(replace(previous, description=_listed(previous.description, side)), work)
    if _is_role(side) or not any(map(str.isalpha, credit.name)) or (credit.name.islower() and " " in credit.name):
        work.rest.append(side)
        return previous
    return _add(credit, work)


def _described(text: str, part: Part) -> Credit:
    """A name with its role, cut until nothing more comes off ('Jane Doe Reuters PhD')."""
    name, role = _name_and_role(_undoubled(text))
    credit = _credit(name, part, description=role)
    if credit.name == text:
        return credit
    inner = _described(credit.name, part)
    described = _listed(inner.description, role) or None
    return replace(inner, as_printed=credit.as_printed, description=described)


def _listed(*texts: str | None) -> str:
    return ", ".join(text for text in texts if text)


def _single(name: str) -> bool:
    return " " not in name


def _is_role(text: str) -> bool:
    """Whether a text says what somebody is: 'Political Editor', 'Leitender Wirtschaftsredakteur'."""
    tokens = [fold(token).strip(EDGES + ".()") for token in text.split()]
    return any(token in words.ROLES or token.endswith(words.ROLE_ENDINGS) for token in tokens)


def _known_names(text: str, is_known: Callable[[str], bool]) -> list[str]:
    """The known names that the text is made of, without a gap; empty where it is not."""
    tokens = text.split()
    if len(tokens) > 40:
        return []
    # ways[i]: how the first i tokens are made of known names.
    ways: dict[int, list[str]] = {0: []}
    for end in range(1, len(tokens) + 1):
        for start in range(max(0, end - 6), end):
            name = " ".join(tokens[start:end])
            if start in ways and end not in ways and is_known(name):
                ways[end] = [*ways[start], name]
    return ways.get(len(tokens), [])


def _east_asian_names(text: str) -> list[str]:
    """Several names of Han or Hangul with nothing but spaces between them, and perhaps their role behind them."""
    tokens = text.split()
    taken = 0
    while taken < len(tokens) and east_asian.is_full_name(tokens[taken], surely=True):
        taken += 1
    if taken < 2 or (taken < len(tokens) and not _is_role(" ".join(tokens[taken:]))):
        return []
    return [] if east_asian.is_full_name(" ".join(tokens[:taken])) else tokens[:taken]


def _split_stroke(text: str) -> list[str]:
    """'Elena Shih/Joel Quirk' is two people, 'WDR/Frank Überall' an outlet and one; 'dpa/lno' is what it is."""
    halves = [half for half in re.split("[/|]", text) if half.strip()]
    people = [half for half in halves if is_person_shaped(half)]
    rest = [half for half in halves if half not in people]
    return halves if len(halves) > 1 and people and all(classify(half) == "institution" for half in rest) else [text]


def _undoubled(text: str) -> str:
    """'Sean Martin Sean Martin' once; 'Sirhan Sirhan' is one name."""
    tokens = fold(text).split()
    half = len(tokens) // 2
    return " ".join(text.split()[:half]) if half > 1 and tokens[:half] == tokens[half:] else text


def _name_and_role(text: str) -> tuple[str, str | None]:
    """A name and the role, outlet or place that follows it without a comma, or the role in front of it."""
    bare = squeeze(_NOTE.sub(" ", text))
    tokens = bare.split()
    ahead = _roles_ahead(tokens)
    if ahead and is_person_shaped(" ".join(tokens[ahead:])):
        return " ".join(tokens[ahead:]), " ".join(tokens[:ahead])
    for index, token in enumerate(tokens):
        word = fold(token).strip(".")
        cut = index
        if word in words.PLACE_WORDS and token.islower():
            pass
        elif word in words.ROLES or word.endswith(words.ROLE_ENDINGS):
            cut = _role_start(tokens, index)
        elif (
            index < 2
            or fold(" ".join(tokens[index:])) not in words.KNOWN_INSTITUTIONS
            or _may_be_family(tokens[index:])
        ):
            continue
        name = " ".join(tokens[:cut])
        # A name of Han or Hangul is one word ('김민수 기자').
        if (cut < 2 and not EAST_ASIAN.search(name)) or not is_person_shaped(strip_titles(name)[0]):
            return bare, None
        # An outlet may stand between the name and the role ('Jane Doe AP Editor').
        name, outlet = _name_and_role(name)
        return name, " ".join(([outlet] if outlet else []) + tokens[cut:])
    return bare, None


def _may_be_family(tokens: list[str]) -> bool:
    """Whether an outlet's letters are written like a name: 'Rai' is one, 'RAI' is none."""
    return len(tokens) == 1 and len(tokens[0]) <= _LONGEST_LETTERS and tokens[0].istitle()


def _role_start(tokens: list[str], end: int) -> int:
    """Where the role begins whose last word stands at `end`: 'Senior Washington Correspondent', '나무 칼럼니스트'."""
    if end > 1 and is_person_shaped(tokens[0]):
        # A name of Han or Hangul is one word.
        return 1
    start = end
    while start > 0 and fold(tokens[start - 1]) in words.ROLE_ADJECTIVES:
        start -= 1
    return next((at for at in range(2, start) if fold(tokens[at]) in words.ROLE_ADJECTIVES), start)


def _roles_ahead(tokens: list[str]) -> int:
    """How many tokens at the beginning say what somebody is: 'Contributing Editor JR Raphael'."""
    taken = 0
    while taken < len(tokens) and fold(tokens[taken]) in words.ROLE_WORDS:
        taken += 1
    return taken if taken and fold(tokens[taken - 1]) in words.ROLES else 0


def _noted(credit: Credit, printed: str) -> Credit:
    """With what stands in brackets behind the name: '(Fotos)' says what was done, '(AP)' where somebody works."""
    for match in _NOTE.finditer(printed):
        note = squeeze(match[1])
        done = labels.LABELS.get(fold(note).rstrip(":"))
        # 'Jane Doe (Editor)' is what somebody is, not what was done here.
        if done and not _is_role(note):
            credit = replace(credit, part=done)
        elif note and fold(note).rstrip(".") not in words.RETIRED:
            credit = replace(credit, description=_listed(credit.description, note))
    return credit


def _credit(printed: str, part: Part, *, kind: Kind | None = None, description: str | None = None) -> Credit:
    printed = printed.strip(EDGES)
    bare, _, _ = strip_titles(printed)
    name = _undoubled(squeeze(bare.replace(",", " ")).strip(EDGES))
    # A full stop behind a name ends a sentence; behind an initial or 'Jr' it belongs to the name.
    if name.endswith(".") and _ends_sentence(name):
        name = name.rstrip(".")
    kind = kind or classify(name)
    if kind in {"institution", "collective"}:
        name = name.removeprefix("the ").strip(EDGES) or name
    return Credit(name, printed, kind, part, description, is_all_caps(name))


def _ends_sentence(name: str) -> bool:
    """Whether the full stop behind a name is a sentence's, and not that of an initial or of 'Jr.'."""
    last = name.rpartition(" ")[2].rstrip(".")
    return len(last) > 1 and "." not in last and fold(last) not in words.SUFFIXES


def _add(credit: Credit, work: Work) -> Credit:
    work.credits.append(credit)
    return credit


def _amend(credit: Credit, work: Work) -> Credit:
    """Put a fuller credit in the place of the last one."""
    work.credits[-1] = credit
    return credit
