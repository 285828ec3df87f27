"""The proof that nobody takes turns on a page: no two places of one form name somebody, with something said between.

Here belongs what is cheap to tell of most pages of one text, whose links, menus and lists are then read for no names.
Whoever passes is looked at closely (`sightings`, `turns`), so only one answer can be wrong: no.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from archive.normalise import persons
from archive.reading import sightings, voices
from archive.reading.openings import key
from archive.reading.page import Block
from archive.reading.sightings import Form
from archive.reading.voices import Voice

_LONGEST_SHORT, _MOST_WORDS = 40, 3
_BEGINNING, _MOST_INITIALS = 100, 3


class Glance:
    """A first look at the blocks of a page.

    Attributes:
        run_in: the labels that run into what is said, as far as they were looked at.
        unheard: labels that name nobody by themselves, or are printed in capitals.
    """

    def __init__(self, flow: Sequence[Block]) -> None:
        self.run_in = sightings.RunIn(self._hear)
        self.unheard: set[str] = set()
        self._flow = flow
        self._labels: dict[Form, set[str]] = {}
        self._at: set[str] = set()

    def _hear(self, label: str) -> Voice | None:
        heard = voices.voice(label)
        self._at.add(label)
        if heard is None or persons.strip_titles(heard.name)[0].isupper():
            # In capitals a family name with its particles looks like a whole one.
            self.unheard.add(label)
        return heard

    def may_take_turns(self) -> bool:
        """Whether two places of one form name different people and something is said in between, or behind each."""
        alike: dict[Form, list[tuple[int, Block]]] = {}
        run_in: dict[Form, set[tuple[str, ...]]] = {}
        said = 0
        for block in self._flow:
            if sightings.is_placed(block):
                if block.kind in sightings.PICTURED:
                    alike.setdefault(sightings.form("picture", block), []).append((said, block))
                elif sightings.is_line(block):
                    alike.setdefault(sightings.form("line", block), []).append((said, block))
                elif (run := self._run_in(block)) is not None and run[2] is not None:
                    names = run_in.setdefault(sightings.form(run[0], block), set())
                    names.add(key(run[2].name))
                    if len(names) > 1:
                        return True
            said += sightings.runs(block)
        return any(places[0][0] < places[-1][0] and self._name_two(form, places) for form, places in alike.items())

    def _run_in(self, block: Block) -> sightings.Run | None:
        self._stand(sightings.form("line", block))
        run = self.run_in.of(block)
        if run is not None and run[2] is not None:
            self._at.add(run[1])
        return run

    def _name_two(self, form: Form, places: Sequence[tuple[int, Block]]) -> bool:
        """Whether two of these blocks name different people, and something is said in between."""
        among: set[int] = set()
        names: set[tuple[str, ...]] = set()
        self._stand(form)
        for said, block in places:
            voice = sightings.in_picture(block) if form.mode == "picture" else sightings.on_line(block, self._hear)
            if voice is not None:
                self._at.add(block.text)
                among.add(said)
                names.add(key(voice.name))
                if len(among) > 1 and len(names) > 1:
                    return True
        return False

    def _stand(self, form: Form) -> None:
        """Note the next labels as standing in blocks of this form."""
        self._at = self._labels.setdefault(form, set())

    def may_be_called_short(self) -> bool:
        """Whether some label may be what somebody is called who is named in full elsewhere: initials, part of a name.

        Such a label stands as another does that is short as well, or names somebody.
        """
        short: set[tuple[str, ...]] = set()
        for labels in self._labels.values():
            parts = {label: _part_of_name(label) for label in labels & self.unheard}
            words = set(filter(None, parts.values()))
            if words and sum(bool(parts.get(label)) or not self._is_nobody(label) for label in labels) > 1:
                short |= words
        if not short:
            return False
        counts = Counter(
            word for block in self._flow if sightings.is_placed(block) for word in set(key(block.text[:_BEGINNING]))
        )
        return any(_is_initials(words) or all(counts[word] > 1 for word in words) for words in short)

    def _is_nobody(self, label: str) -> bool:
        return label in self.unheard and voices.voice(label) is None


def called(labels: Iterable[str]) -> frozenset[str]:
    """The words of those labels that may be what somebody is called."""
    return frozenset(word for label in labels for word in _part_of_name(label))


def _part_of_name(label: str) -> tuple[str, ...]:
    """The words of a label that is no longer than a part of a name; else none."""
    if len(label) > _LONGEST_SHORT:
        return ()
    words = key(voices.called(label).replace(".", ""))
    return words if len(words) <= _MOST_WORDS else ()


def _is_initials(words: Sequence[str]) -> bool:
    return len(words) == 1 and len(words[0]) <= _MOST_INITIALS
