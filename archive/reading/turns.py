"""Which places of a page are those where somebody begins to speak, if it is a discussion at all.

Here belongs choosing among the forms of places, and what speaks for and against a discussion. Not here: finding
places (`sightings`), how far each reaches (`extents`), and what each block is (`segments`).
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import compress, pairwise

from archive.normalise import name_words
from archive.normalise.persons import can_be_single_name
from archive.reading import first_person, openings, rounds, small_words, stages
from archive.reading.announcing import announces, announces_alone, lists_people
from archive.reading.extents import LONGEST_QUESTION, Flow, Turn, Turns, asks, common
from archive.reading.openings import key
from archive.reading.page import Block
from archive.reading.sightings import Form, Sighting, runs, tags
from archive.reading.voices import Voice, describes, unnamed

_MOST_FORMS = 24
_MODES = ("line", "lead", "colon", "bio", "picture", "note")
_RUN_IN = frozenset(("lead", "colon"))
_LONGER, _SHORTEST = 8, 400
_NEAR = 6
_LONGEST_LIKE = 7
_RIGHT_ABOVE = 4
_MOST = 0.6
_APART = 10
_BETWEEN = frozenset(("of", "the", "and", "for", "in", "at", "on", "und", "et", "a"))


def find(blocks: Sequence[Block], title: str, sightings: Mapping[Form, Sequence[Sighting]]) -> Turns | None:
    """The turns of a page of many speakers; None where it is none.

    Args:
        blocks: those of the text.
        title: of the page.
        sightings: what `places.find` found there.
    """
    flow = Flow(blocks)
    sightings = {form: _with_unnamed(found) for form, found in sightings.items()}
    named = {form: _without_posts(flow, [place for place in found if place.voice]) for form, found in sightings.items()}
    worth = [form for form, found in named.items() if len(found) > 1]
    if not worth:
        return None
    page = _Page(flow, title, named)
    best: tuple[tuple[float, ...], Turns] | None = None
    for form in sorted(worth, key=lambda form: -len(named[form]))[:_MOST_FORMS]:
        turns = page.turns(form, named[form], sightings[form])
        if turns is None:
            continue
        rank = page.rank(turns)
        if best is None or rank > best[0]:
            best = (rank, turns)
    return best[1] if best else None


def _with_unnamed(found: Sequence[Sighting]) -> list[Sighting]:
    """The places of one form; where some name people, others may stand for somebody whose name is not told."""
    if sum(place.voice is not None for place in found) < 2:
        return list(found)
    return [place if place.voice else replace(place, voice=unnamed(place.label)) for place in found]


def _without_posts(flow: Flow, named: Sequence[Sighting]) -> list[Sighting]:
    """Of two lines one below the other that both seem to name somebody, that which does."""
    kept: list[Sighting] = []
    for number, place in enumerate(named):
        while kept and _weight(place) > _weight(kept[-1]) and flow.is_next(kept[-1], place):
            kept.pop()
        if kept and flow.is_next(kept[-1], place):
            later = named[number + 1] if number + 1 < len(named) else None
            if _weight(place) < _weight(kept[-1]) or flow.is_closer(place, kept[-1], later):
                continue
        kept.append(place)
    return kept


def _weight(place: Sighting) -> int:
    return openings.names_people(place.voice.name) if place.voice else 0


class _Page:
    """A page, with what is asked of it several times."""

    def __init__(self, flow: Flow, title: str, named: Mapping[Form, Sequence[Sighting]]) -> None:
        self.flow = flow
        self.title = title
        said: dict[tuple[str, ...], set[Form]] = {}
        for form, found in named.items():
            for place in found:
                said.setdefault(_key(place), set()).add(form)
        self.said = said
        self._small: frozenset[str] | None = None

    def small(self) -> frozenset[str]:
        """The words that the page writes small: no name is made of them."""
        if self._small is None:
            self._small = small_words.of(compress(self.flow.blocks, self.flow.runs))
        return self._small

    def turns(self, form: Form, named: Sequence[Sighting], all_: Sequence[Sighting]) -> Turns | None:
        """The turns that a form makes, if they can be a discussion."""
        voices = {_key(place) for place in named}
        if len(voices) < 2:
            return None
        made = self.flow.reach(form, named)
        if made is None or (form.region == "aside" and not made.apart):
            return None
        made = replace(made, asked=rounds.questions(self.flow, made.turns))
        takes_turns = len(voices) == 2 and len(named) > 2
        is_listed = all(len(self.said.get(voice, ())) > 1 for voice in voices)
        is_exchange = not takes_turns or is_listed or rounds.is_exchange(self.flow, made.turns, made.asked)
        if not is_exchange and not self._is_led(made):
            # Two who take turns are an interview, unless both are listed, or they speak with each other.
            return None
        if not self._is_discussion(made) or (made.form.mode == "note" and not self._stand_apart(made)):
            return None
        made = self._with_unheard(made, all_)
        known = {turn.place.index for turn in made.turns}
        is_strange = self._is_strange_label if made.form.mode in _RUN_IN else self._is_strange
        strange = tuple(place for place in all_ if place.index not in known and is_strange(place, known, made))
        several = len({place.label for place in strange}) if made.form.mode in _RUN_IN else len(strange)
        return None if several * 2 > len(named) else replace(made, strange=strange)

    def _stand_apart(self, made: Turns) -> bool:
        """Whether notes on people are no paragraphs like those around them."""
        others = Counter(
            tags(self.flow.blocks[index].locator)
            for turn in made.turns
            for index in range(turn.start, turn.end)
            if index != turn.place.index and self.flow.runs[index]
        )
        return others[made.form.tags] * _APART < others.total()

    def _with_unheard(self, made: Turns, all_: Sequence[Sighting]) -> Turns:
        """With names of no known form, where an element like those of the others holds nothing else before its text.

        The form of the page says then that it is one: a word like others, or a heading, it is not.
        """
        known = {turn.place.index for turn in made.turns}
        others = [place for place in all_ if place.voice is None and place.index not in known]
        if not made.apart or not others or made.form.mode != "line":
            return made
        depth = Counter(
            common(self.flow.steps[turn.place.index], self.flow.steps[later.place.index])
            for turn, later in pairwise(made.turns)
        ).most_common(1)[0][0]
        found = list(made.turns)
        for place in others:
            name = self.flow.blocks[place.index].text
            prefix = self.flow.steps[place.index][: depth + 1]
            if any(
                self.flow.steps[turn.place.index][: depth + 1] == prefix for turn in made.turns
            ) or not self._like_a_name(name):
                continue
            start = end = place.index
            while start > 0 and self.flow.steps[start - 1][: depth + 1] == prefix:
                start -= 1
            while end + 1 < len(self.flow.blocks) and self.flow.steps[end + 1][: depth + 1] == prefix:
                end += 1
            turn = Turn(replace(place, voice=Voice(name)), start, end + 1)
            if end > start and self.flow.said(turn):
                found.append(turn)
        return replace(made, turns=tuple(sorted(found, key=lambda turn: turn.place.index)))

    def _like_a_name(self, text: str) -> bool:
        """Whether a line has the capitals of a name, and words that the page does not use as words."""
        words = [word for word in text.split() if any(map(str.isalpha, word))]
        if not words or len(words) > _LONGEST_LIKE or text[-1] in "?!.:" or any(map(str.isdigit, text)):
            return False
        capitals = sum(not word.strip("'\"“‘(").islower() for word in words)
        # Words between the names are written small in names too: "Ada of the Docks".
        own = [word for word in words if not word.islower()]
        if any(word not in _BETWEEN and word not in name_words.PARTICLES for word in words if word.islower()):
            return False
        return capitals * 5 >= len(words) * 3 and not any(word.lower() in self.small() for word in own)

    def _is_strange(self, place: Sighting, known: set[int], made: Turns) -> bool:
        """Whether a line of the form of the labels stands where one of them could, and not below one."""
        block = self.flow.blocks[place.index]
        if not (block.level or block.strong) or not (made.apart or self._like_a_name(block.text) or asks(block.text)):
            return False
        above = place.index - 1
        while above > 0 and not self.flow.runs[above] and above not in known:
            above -= 1
        if above in known and not made.below:
            return False
        return self._opens(place.index, below=made.below)

    def _is_strange_label(self, place: Sighting, known: set[int], made: Turns) -> bool:
        """Whether words that run into the text are a label like the others, and name nobody."""
        if place.voice or not place.rest or place.index < min(known):
            return False
        label = place.label.strip(" :.,")
        if all(turn.place.label.isupper() for turn in made.turns) and not label.isupper():
            return False
        if openings.is_moderator(label):
            return True
        is_called = label.isupper() or " " in label or can_be_single_name(label)
        return is_called and self._like_a_name(label)

    def _opens(self, index: int, *, below: bool) -> bool:
        step = -1 if below else 1
        near = (
            self.flow.blocks[index + 1 : index + 4] if step > 0 else self.flow.blocks[max(0, index - 3) : index][::-1]
        )
        others = [block for block in near if block.kind != "image"]
        return bool(others) and runs(others[0])

    # --- whether they are a discussion ------------------------------------------------------------------------

    def _is_discussion(self, made: Turns) -> bool:
        """Whether the labels are names, something is asked of them, and they answer it."""
        named = [turn.place for turn in made.turns]
        said = sorted(self.flow.said(turn) for turn in made.turns)
        return (
            self._are_names(made, named)
            and self._is_announced(made, [place.voice for place in named if place.voice])
            and said[-1] <= _LONGER * max(said[(len(said) - 1) // 2], _SHORTEST)
            and sum(said) * (1 - _MOST) >= _MOST * self._above(made)
            and not self._are_portraits(made)
        )

    def _is_announced(self, made: Turns, voices: Sequence[Voice]) -> bool:
        """Whether the page says that people answer or discuss something; the less sure the form, the nearer it must."""
        near, asked, announced = self._is_asked(made)
        asked_again = rounds.are_asked_again(self.flow.blocks, made.turns)
        near = near or asked_again
        distinct = len({_key(turn.place) for turn in made.turns})
        stands_out = bool(made.form.level or made.form.strong)
        if made.form.mode == "picture" and not ((near or announced) and (made.apart or made.form.kind == "image")):
            return made.apart and distinct > 2 and self._speak_of_themselves(made, voices)
        if distinct == 2:
            # Two names may be anything; but not where they speak with each other.
            is_exchange = len(voices) > 2 and (near or announced or bool(made.asked) or self._is_led(made))
            is_person = any(openings.names_people(voice.name) for voice in voices)
            return is_exchange or (near and made.form.mode != "colon" and is_person)
        if all(voice.name.isupper() for voice in voices):
            # Brands have names in capitals, and something may be said of each; but they do not take turns.
            people = sum(openings.names_people(voice.name) for voice in voices) * 3 >= len(voices) * 2
            takes_turns = people and len(voices) > distinct
            is_marked = made.form.mode != "lead" or self._end_in_marks(made, ":." if people else ":")
            are_told = people and sum(map(_is_described, voices)) * 3 >= len(voices) * 2
            return (near or (announced and (takes_turns or are_told))) and (is_marked or takes_turns)
        if len(voices) > distinct and made.form.mode == "line":
            # Several writers may take turns without a discussion.
            is_set_off = stands_out or asked_again or rounds.are_headed(self.flow, made.turns)
            return (near and is_set_off) or self._are_staged(made) or (made.apart and self._is_headed(made))
        if len(voices) > distinct:
            # Labels of several people, who speak again and again, are nothing else.
            return near or announced or (len(voices) >= 2 * distinct and made.form.mode in _RUN_IN)
        if not asked and not announced and lists_people(self.title):
            return False
        described = (stands_out or made.form.mode != "line") and sum(map(_is_described, voices)) * 3 >= len(voices) * 2
        repeated = sum(len(self.said.get(_key(turn.place), ())) > 1 for turn in made.turns) * 3 >= len(voices) * 2
        is_signed = made.form.mode == "line" and made.apart and made.below and self._are_dashed(made)
        return asked or announced or described or repeated or is_signed or made.form.mode == "bio"

    def _speak_of_themselves(self, made: Turns, voices: Sequence[Voice]) -> bool:
        """Whether most labels say who somebody is, and at most of them somebody says "I"."""
        spoken = sum(
            any(first_person.speaks(self.flow.blocks[index].text) for index in range(turn.start, turn.end))
            for turn in made.turns
        )
        return (
            spoken * 2 > len(voices)
            and sum(describes(voice.affiliation or " ") for voice in voices) * 3 >= len(voices) * 2
            and not lists_people(self.title)
        )

    def _is_led(self, made: Turns) -> bool:
        """Whether somebody leads those who speak: a label among theirs says so."""
        start, end = max(0, made.turns[0].start - _RIGHT_ABOVE), made.turns[-1].end
        return any(block.strong and openings.is_moderator(block.text) for block in self.flow.blocks[start:end])

    def _are_dashed(self, made: Turns) -> bool:
        """Whether a dash stands in front of each label."""
        return all(self.flow.blocks[turn.place.index].text[0] in "—–-" for turn in made.turns)

    def _end_in_marks(self, made: Turns, marks: str) -> bool:
        texts = [(turn.place.label, self.flow.blocks[turn.place.index].text) for turn in made.turns]
        return all(label[-1:] in marks or text[len(label) :].lstrip()[:1] in marks for label, text in texts)

    def _above(self, made: Turns) -> int:
        """Characters of running text above the first turn."""
        start = made.turns[0].start
        return sum(
            len(self.flow.blocks[index].text)
            for index in range(start)
            if self.flow.runs[index] and _ends(self.flow.blocks[index].text)
        )

    def _are_names(self, made: Turns, named: Sequence[Sighting]) -> bool:
        """False where the page itself uses the words of the labels as words."""
        takes_turns = made.form.mode in _RUN_IN and len(named) >= 2 * len({_key(place) for place in named})
        people = [
            place
            for place in named
            if place.voice
            # Among labels of people who speak again and again a given name is one.
            and (openings.names_people(place.voice.name) or (takes_turns and can_be_single_name(place.voice.name)))
        ]
        if len(people) * 2 < len(named) and any(not place.voice.name.isascii() for place in named if place.voice):
            people = list(named)
        # In boxes or under headings of their own organisations are surer to be respondents.
        if len(people) * (3 if made.apart or made.form.level else 2) < len(named):
            return False
        if len(people) > 2 and len({_key(place)[:1] for place in people}) == 1:
            # Kinds of one thing begin alike.
            return False
        common = sum(small_words.make_up(place.voice.name, self.small()) for place in people if place.voice)
        return common * 3 <= len(people)

    def _is_asked(self, made: Turns) -> tuple[bool, bool, bool]:
        """Whether the title or a line right above asks something; any line above does; one announces a discussion."""
        first = made.turns[0].start
        count = len(made.turns)
        above = [
            block
            for block in self.flow.blocks[max(0, first - _NEAR - 2 * count) : first]
            if len(block.text) <= LONGEST_QUESTION
        ]
        words = [self.title, *(block.text for block in above)]
        said = [block for block in above if block.text and block.kind != "image"]
        near = [block.text for block in said if block.level or block.strong] + [
            block.text for block in said[-_RIGHT_ABOVE:]
        ]
        # Who asks may have a label like those who answer.
        near.append(made.turns[0].place.rest)
        words.append(made.turns[0].place.rest)
        staged = any(map(self._is_staged, made.turns))
        return (
            staged or asks(self.title) or any(map(asks, near)),
            any(map(asks, words)),
            staged or any(map(announces, words)),
        )

    def _are_staged(self, made: Turns) -> bool:
        """Whether each label stands right below a heading, and one of these names a stage."""
        headed = [turn.place.index and self.flow.blocks[turn.place.index - 1].level > 1 for turn in made.turns]
        return all(headed) and any(map(self._is_staged, made.turns))

    def _is_headed(self, made: Turns) -> bool:
        """Whether the title announces a discussion, or a short heading above the first turn does: "Transcript"."""
        first = made.turns[0].start
        above = self.flow.blocks[max(0, first - _NEAR) : first]
        return announces(self.title) or any(block.level > 0 and announces_alone(block.text) for block in above)

    def _is_staged(self, turn: Turn) -> bool:
        """Whether a label, or a heading right above it, names a stage of a discussion."""
        if turn.place.voice and turn.place.voice.title and stages.named(turn.place.voice.title):
            return True
        above = self.flow.blocks[turn.start - 1] if turn.start else None
        return above is not None and (above.level > 1 or above.strong) and stages.named(above.text) is not None

    def _are_portraits(self, made: Turns) -> bool:
        """Whether most of the texts speak of those who are named, again and again."""
        count = 0
        for turn in made.turns:
            family = key(turn.place.voice.name)[-1:] if turn.place.voice else ()
            inner = [
                self.flow.blocks[index]
                for index in range(turn.start, turn.end)
                if index != turn.place.index and self.flow.runs[index]
            ]
            # The first and the last may say who somebody is.
            count += bool(family) and any(family[0] in openings.tokens(block.text) for block in inner[1:-1])
        return count * 3 > len(made.turns)

    def rank(self, made: Turns) -> tuple[float, ...]:
        """The better turns: more of them say something, their names are seen elsewhere, their form is a surer sign."""
        named = [turn.place for turn in made.turns]
        saying = sum(self.flow.said(turn) > 0 for turn in made.turns)
        people = sum(openings.names_people(place.voice.name) for place in named if place.voice)
        repeated = sum(len(self.said.get(_key(place), ())) > 1 for place in named)
        return (
            saying + people / 2 - len(made.strange),
            repeated,
            -_MODES.index(made.form.mode),
            sum(map(self.flow.said, made.turns)),
            made.form.level > 0 or made.form.strong,
            -made.turns[0].place.index,
        )


def _is_described(voice: Voice) -> bool:
    return bool(voice.stance) or any(map(str.isalpha, voice.affiliation or ""))


def _key(place: Sighting) -> tuple[str, ...]:
    return key(place.voice.name) if place.voice else ()


def _ends(text: str) -> bool:
    return bool(re.search(r"[.!?…。][\"“”’')\]]?$", text))
