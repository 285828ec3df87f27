"""The proof that nobody takes turns on a page: no two places of one form name somebody, with something said between.

Here belongs what is cheap to tell of most pages of one text, whose links, menus and lists are then read for no names.
Whoever passes is looked at closely (`sightings`, `turns`), so only one answer can be wrong: no.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from archive.reading import sightings, voices
from archive.reading.openings import key
from archive.reading.page import Block
from archive.reading.sightings import Form, Hear

_LONGEST_SHORT, _MOST_WORDS = 40, 3
_BEGINNING, _MOST_INITIALS = 100, 3


def may_take_turns(flow: Sequence[Block], hear: Hear) -> bool:
    """Whether two places of one form name different people and something is said in between, or behind each.

    Args:
        flow: the blocks of a page.
        hear: whom a label names.
    """
    alike: dict[Form, list[tuple[int, Block]]] = {}
    run_in: dict[Form, set[tuple[str, ...]]] = {}
    labels = sightings.RunIn(hear)
    said = 0
    for block in flow:
        if sightings.is_placed(block):
            if block.kind in sightings.PICTURED:
                alike.setdefault(sightings.form("picture", block), []).append((said, block))
            elif sightings.is_line(block):
                alike.setdefault(sightings.form("line", block), []).append((said, block))
            elif (run := labels.of(block)) is not None and run[2] is not None:
                names = run_in.setdefault(sightings.form(run[0], block), set())
                names.add(key(run[2].name))
                if len(names) > 1:
                    return True
        said += sightings.runs(block)
    return any(places[0][0] < places[-1][0] and _name_two(form, places, hear) for form, places in alike.items())


def _name_two(form: Form, places: Sequence[tuple[int, Block]], hear: Hear) -> bool:
    """Whether two of these blocks name different people, and something is said in between."""
    among: set[int] = set()
    names: set[tuple[str, ...]] = set()
    for said, block in places:
        voice = sightings.in_picture(block) if form.mode == "picture" else sightings.on_line(block, hear)
        if voice is not None:
            among.add(said)
            names.add(key(voice.name))
            if len(among) > 1 and len(names) > 1:
                return True
    return False


def may_be_called_short(flow: Sequence[Block], labels: Iterable[str]) -> bool:
    """Whether some label may be what somebody is called who is named in full elsewhere: initials, or part of a name.

    Args:
        flow: the blocks of a page.
        labels: those that name nobody by themselves.
    """
    short = _short(labels)
    if not short:
        return False
    counts = Counter(word for block in flow if sightings.is_placed(block) for word in set(key(block.text[:_BEGINNING])))
    return any(_is_initials(words) or all(counts[word] > 1 for word in words) for words in short)


def called(labels: Iterable[str]) -> frozenset[str]:
    """The words of those labels that may be what somebody is called."""
    return frozenset(word for words in _short(labels) for word in words)


def _short(labels: Iterable[str]) -> list[tuple[str, ...]]:
    return [words for label in labels if len(label) <= _LONGEST_SHORT and (words := _part_of_name(label))]


def _part_of_name(label: str) -> tuple[str, ...]:
    """The words of a label that has no more of them than a part of a name has."""
    words = key(voices.called(label).replace(".", ""))
    return words if len(words) <= _MOST_WORDS else ()


def _is_initials(words: Sequence[str]) -> bool:
    return len(words) == 1 and len(words[0]) <= _MOST_INITIALS
