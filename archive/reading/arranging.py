"""The turns of a page put in one order: each label a block of its own, and all that is said there below it.

Here belongs moving and cutting blocks, so that whoever walks them need not know how the page was laid out; and the
list of respondents, where one stands above. Not here: finding the turns (`turns`), and what each block is (`segments`).
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from archive.normalise import name_words
from archive.normalise.persons import can_be_single_name
from archive.normalise.text import fold
from archive.reading import glances, grids, openings, rounds, sightings, told, turns, voices
from archive.reading.announcing import announces, announces_alone
from archive.reading.extents import Flow, Turns
from archive.reading.line_up import LineUp
from archive.reading.openings import key
from archive.reading.page import Block, Entry
from archive.reading.sightings import Form, Sighting
from archive.reading.voices import Voice

_EDGES = " :,–—-"
_LONGEST_ITEM, _MOST_GIVEN = 300, 8
_LONGEST_NAME, _MOST_PEOPLE = 6, 200


def without_list(flow: Sequence[Block], title: str) -> LineUp | None:
    """The turns of a page whose names no list repeats in a way that `line_up.find` knows; None where it has none.

    Args:
        flow: the blocks of the page, `openings.as_they_are`.
        title: its title, which may say that this is a discussion.
    """
    flow = grids.turned(flow)
    glance = glances.Glance(flow)
    if not glance.may_take_turns() and not glance.may_be_called_short():
        return None
    seen = sightings.find(flow, glance.run_in)
    unheard = glance.unheard
    found = turns.find(flow, title, seen)
    if found is None and (short := _called(flow, seen, unheard)) and any(_bare(label) in short for label in unheard):
        found = turns.find(
            # What is part of a name that stands elsewhere in full may look like a name: "DE LA COUR".
            flow,
            title,
            sightings.find(flow, sightings.RunIn(lambda label: short.get(_bare(label)) or voices.voice(label))),
        )
    if (
        found is None
        and (given := _given(seen))
        and (announces(title) or any(block.level and announces_alone(block.text) for block in flow))
    ):
        found = turns.find(
            flow, title, sightings.find(flow, sightings.RunIn(lambda label: given.get(label) or voices.voice(label)))
        )
    return arrange(flow, found) if found else None


def _given(seen: Mapping[Form, Sequence[Sighting]]) -> dict[str, Voice]:
    """Names of one word that take turns before a mark and are told nowhere in full; none where others do too."""
    for form, places in seen.items():
        labels = Counter(place.label.strip(_EDGES) for place in places if place.rest)
        if form.mode in {"lead", "colon"} and 1 < len(labels) <= _MOST_GIVEN and 2 * len(labels) <= labels.total():
            given = [label for label in labels if can_be_single_name(label) and not openings.is_moderator(label)]
            if len(given) == len(labels):
                return {label: Voice(label) for label in given}
    return {}


def _called(
    flow: Sequence[Block], seen: Mapping[Form, Sequence[Sighting]], unheard: Iterable[str]
) -> dict[tuple[str, ...], Voice]:
    """What people may be called → who that is: part of a name, or what a bracket beside it says."""
    labels = {voices.called(label).strip(_EDGES) for label in unheard if len(label) <= openings.LONGEST_NAME}
    named = {_bare(label): Voice(name) for label, name in told.aliases(flow, labels).items()}
    return _short_forms(seen, told.people(flow, glances.called(unheard)), set(map(_bare, labels))) | named


def _short_forms(
    seen: Mapping[Form, Sequence[Sighting]], told_of: Iterable[str], labels: Container[tuple[str, ...]]
) -> dict[tuple[str, ...], Voice]:
    """Initials, family names and given names → the one who was named in full elsewhere; none that two people share.

    Args:
        seen: the places of the page where somebody is named.
        told_of: whom its first sentences name.
        labels: by which somebody may be called.
    """
    named = [Voice(name) for name in told_of]
    named += [place.voice for found in seen.values() for place in found if place.voice]
    # Initials and the first word that is said look like a name: "DF One is quick".
    people = {key(one.name): one for one in named if not (key(one.name)[:1] in labels and _is_shouted(one.name))}
    shared: Counter[tuple[str, ...]] = Counter()
    found: dict[tuple[str, ...], Voice] = {}
    for name in [name for name in people if 1 < len(name) <= _LONGEST_NAME][:_MOST_PEOPLE]:
        printed = people[name].name.replace(".", "").split()
        whole = [fold(word) for word in printed]
        own = [word for word in whole if word not in name_words.PARTICLES]
        initials = {"".join(word[0] for word in words) for words in (name, whole, own)}
        for short in {name[-1:], name[-2:], name[-3:], name[:1], *((letters,) for letters in initials)}:
            if short != name:
                shared[short] += 1
                found[short] = Voice(people[name].name)
    return {short: voice for short, voice in found.items() if shared[short] == 1}


def _is_shouted(name: str) -> bool:
    first, _, rest = name.partition(" ")
    return first.isupper() and (len(rest) == 1 or not rest.isupper())


def _bare(label: str) -> tuple[str, ...]:
    return key(voices.called(label).replace(".", "").strip(_EDGES))


def arrange(flow: Sequence[Block], found: Turns) -> LineUp:
    """The blocks in the order in which they are to be read, with the entry that each label names."""
    # What is asked between the turns is set off from what is said in them.
    flow = [replace(block, strong=True) if index in found.asked else block for index, block in enumerate(flow)]
    made: list[Block] = []
    entries: dict[int, Entry] = {}
    ends: dict[int, int] = {}
    unknown = {place.index: place for place in found.strange}
    strange: set[int] = set()
    again: dict[object, Entry] = {}
    repeated = rounds.are_asked_again(flow, found.turns)
    asked = ""
    at = 0
    for turn in found.turns:
        _take(made, flow, range(at, turn.start), unknown, strange)
        voice = turn.place.voice
        label = flow[turn.place.index]
        above = list(flow[turn.start : turn.place.index])
        if repeated and asked != (asked := above.pop(0).text):
            made.append(replace(flow[turn.start], kind="paragraph", strong=True, in_text=True))
        start = len(made)
        made.append(_label(label, turn.place, is_line=found.form.mode == "line"))
        made += above
        made += _rest(label, turn.place)
        _take(made, flow, range(turn.place.index + 1, turn.end), unknown, strange)
        at = turn.end
        if voice:
            entry = Entry(voice.name, voice.affiliation, label.locator, voice.title, voice.stance)
            entries[start] = again.setdefault((key(voice.name), voice.affiliation, voice.title, voice.stance), entry)
            if found.apart or found.below:
                ends[start] = len(made)
    if found.turns[-1].end < len(flow):
        ends[max(entries)] = len(made)
    made += flow[at:]
    first = min(entries)
    listed, unanswered = _listed(made[:first], entries)
    return LineUp(made, listed or entries, unanswered, first, bool(listed), ends, frozenset(strange))


def rearranged(listed: LineUp) -> LineUp:
    """A line-up whose answers are elements of their own, or have lines above their headings, in order."""
    heads = [
        Sighting(index, Voice(entry.name, entry.affiliation, entry.title, entry.stance), listed.flow[index].text)
        for index, entry in sorted(listed.entries.items())
    ]
    block = listed.flow[heads[0].index]
    form = Form("line", block.kind, block.level, block.strong, block.region, sightings.tags(block.locator))
    found = Flow(listed.flow, is_listed=True).reach(form, heads)
    if found is None or (all(turn.start == turn.place.index for turn in found.turns) and not found.apart):
        return listed
    made = arrange(listed.flow, found)
    entries = {
        place: listed.entries[turn.place.index] for place, turn in zip(sorted(made.entries), found.turns, strict=True)
    }
    return replace(made, entries=entries, unanswered=listed.unanswered, start=listed.start, is_listed=listed.is_listed)


def _take(
    made: list[Block], flow: Sequence[Block], places: range, unknown: Mapping[int, Sighting], strange: set[int]
) -> None:
    """Add blocks; the labels among them that name nobody are noted where they come to stand."""
    for index in places:
        place = unknown.get(index)
        if place:
            strange.add(len(made))
        if place and place.rest:
            made.append(_label(flow[index], place, is_line=False))
            made += _rest(flow[index], place)
        else:
            made.append(flow[index])


def _label(block: Block, place: Sighting, *, is_line: bool) -> Block:
    if is_line:
        return replace(block, text=place.voice.name if place.voice else block.text, in_text=True)
    name = place.voice.name if place.voice else place.label
    return replace(block, kind="paragraph", text=name, lead=0, level=0, strong=True, in_text=True, links=(), src=None)


def _rest(block: Block, place: Sighting) -> Iterator[Block]:
    """What the block of a label says behind it."""
    for line in place.rest.split("\n"):
        if line.strip():
            yield replace(block, text=line.strip(), lead=0, strong=False)


def _listed(above: Sequence[Block], entries: dict[int, Entry]) -> tuple[dict[int, Entry] | None, list[Entry]]:
    """The entries as a list above the answers prints them, None where none stands there; and who answers nothing."""
    names = {key(entry.name): place for place, entry in entries.items()}
    found: dict[tuple[str, ...], Entry] = {}
    rows: list[int] = []
    for index, block in enumerate(above):
        if block.kind == "image" or block.region == "head" or not block.text or len(block.text) > _LONGEST_ITEM:
            continue
        for line in block.text.split("\n"):
            words = key(line)
            spelt = next((words[:n] for n in range(min(len(words), 8), 0, -1) if words[:n] in names), None)
            if not spelt or spelt in found:
                continue
            rows.append(index)
            seen = voices.voice(line)
            is_same = seen is not None and key(seen.name) == spelt
            name = seen.name if seen and is_same else entries[names[spelt]].name
            tells = sightings.is_bio(block)
            affiliation = seen.affiliation if seen and is_same and not tells else None
            found[spelt] = Entry(name, affiliation, block.locator, bio=block.text if tells else None)
    if len(found) * 2 <= len(names):
        return None, []
    same: dict[int, Entry] = {}
    for entry in entries.values():
        row = found.get(key(entry.name))
        if row and id(entry) not in same:
            same[id(entry)] = replace(
                entry, affiliation=entry.affiliation or row.affiliation, name=row.name, bio=entry.bio or row.bio
            )
    told = {place: same.get(id(entry), entry) for place, entry in entries.items()}
    return told, _unanswered(above, rows)


def _unanswered(above: Sequence[Block], rows: Sequence[int]) -> list[Entry]:
    """The items of the list that no label repeats."""
    first = rows[0]
    while first > 0 and _is_row(above[first - 1], above[rows[0]]):
        first -= 1
    others = [
        above[index]
        for index in range(first, rows[-1])
        if index not in set(rows) and _is_row(above[index], above[rows[0]])
    ]
    named = [(block, voices.voice(block.text)) for block in others]
    return [
        Entry(seen.name if seen else block.text, seen.affiliation if seen else None, block.locator)
        for block, seen in named
        if seen or len(rows) > len(others)
    ]


def _is_row(block: Block, other: Block) -> bool:
    return (
        block.kind == other.kind
        and block.strong == other.strong
        and bool(block.text)
        and len(block.text) <= openings.LONGEST_NAME
        and block.text[-1] not in ".?!:"
        and sightings.tags(block.locator) == sightings.tags(other.locator)
    )
