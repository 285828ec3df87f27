"""Which section of which page is which contribution, and its id.

Here belongs telling one contribution on many pages from many contributions: by address, by prompt and entry, and by
words. What holds for all of it:

- Two sections that stand side by side on one page are two contributions, also where their names are the same.
- The same words make one contribution only within one round table (or among a publisher's pages of no round table),
  one prompt, one language and the same agents, and above a trivial length.
- At one address, a section whose name is gone and a new name with its words are one: somebody was renamed.
- A translation is a contribution of its own.

The ids come from the ledger; where several are found for one contribution, they are merged there. Not here: where a
page belongs (`placing`), and how the text of instalments is put together (`versions`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import cast

from archive.discussion.addresses import Addresses
from archive.discussion.copies import Texts
from archive.discussion.feeds import Listed
from archive.discussion.groups import Groups
from archive.discussion.ids import Ids
from archive.discussion.line_up import LineUpEntry, find, line_up
from archive.discussion.pages import Reading
from archive.discussion.placing import LEAST_WORDS, PLACED, Observation, Place, name_of
from archive.discussion.sighting import Section, Sighting, agents_of, is_alike
from archive.model.contributions import Role
from archive.normalise import urls
from archive.normalise.text import slug
from archive.sources.register import Register
from archive.sources.schema import HUB_ROLES

Spot = tuple[int, int]
"""A section: the number of the sighting, and its index on the page."""
_MOST_COMPARED = 12
"""Addresses of one entry's texts on one prompt that are compared for changed wordings; the same words always are."""


@dataclass(slots=True)
class Sight:
    """A section with its place.

    Attributes:
        page: what stands for the page's addresses.
        name: how it is called on its page: its label, with a number where the page repeats it.
        entry: the line-up entry that speaks.
        who: that entry, or else the agents, for comparing; empty where nobody signs.
        scope: the round table, or the publisher of what belongs to none.
        role: its part in the discussion.
        part: which instalment it is, where the page counts.
        contribution_id: what it was found to be; empty until then.
        role_rule: what decided about the role.
        other: what tells it from answers to the page's own question, where it answers another one.
        listed: the items of feeds that lead to its page.
    """

    spot: Spot
    seen: Sighting
    section: Section
    place: Place
    page: str
    name: str
    entry: LineUpEntry | None
    who: tuple[str, ...]
    scope: str
    role: Role
    part: int | None = None
    contribution_id: str = ""
    role_rule: str = PLACED
    other: str = ""
    listed: tuple[Listed, ...] = ()

    @property
    def round(self) -> int | None:
        """Its round, where the publisher numbers them."""
        return self.section.stage.round if self.section.stage else None


def identify(
    sightings: Sequence[Sighting], places: Sequence[Place], addresses: Addresses, register: Register, ids: Ids
) -> list[list[Sight]]:
    """The sections of each sighting, in the order given, each with the id of its contribution.

    Args:
        sightings: all pages, in order of time.
        places: that of each.
        addresses: theirs.
        register: knows line-ups.
        ids: the ledger; what is minted here waits in it to be saved.
    """
    entries = {table.id: line_up(table) for table in register.round_tables()}
    found = [
        list(_sights(number, seen, place, entries, addresses, register))
        for number, (seen, place) in enumerate(zip(sightings, places, strict=True))
    ]
    texts = [sight for sights in found for sight in sights if sight.section.role != "comment"]
    groups = _joined(texts, addresses, ids)
    _mint(texts, groups, addresses, register, ids)
    for sights in found:
        for sight in sights:
            if sight.section.role == "comment":
                sight.contribution_id = _comment(sight, sights, register, ids)
    # A merge may have come after an id was handed out.
    for sights in found:
        for sight in sights:
            sight.contribution_id = ids.resolve(sight.contribution_id)
    return found


def _sights(
    number: int,
    seen: Sighting,
    place: Place,
    entries: dict[str, list[LineUpEntry]],
    addresses: Addresses,
    register: Register,
) -> Iterator[Sight]:
    if place.role in HUB_ROLES:
        return
    source = register.for_url(seen.canonical_url) if urls.is_web(seen.canonical_url) else None
    publisher = source.id if source else seen.source_id or ""
    names: Counter[tuple[str | None, int | None, str]] = Counter()
    printed: dict[tuple[object, ...], str] = {}
    for index, section in enumerate(seen.sections):
        entry = find(entries[place.table.id], section.label, section.authors) if place.table else None
        # In a later round somebody speaks again, wherever the page puts it.
        turn = section.stage.round if section.stage else None
        name = f"{section.name}-round-{turn}" if turn and turn > 1 and not section.is_whole else section.name
        about = seen.sections[section.comments_on] if section.comments_on is not None else section
        prompt = place.answered(about.prompt)
        called = (prompt, section.comments_on if section.role == "comment" else None, name)
        # What a page prints twice under one name, as in a list and in a box, was said once.
        words = (*called, section.words.digest)
        if words not in printed:
            names[called] += 1
            printed[words] = name if names[called] == 1 else f"{name}-{names[called]}"
        yield Sight(
            spot=(number, index),
            seen=seen,
            section=section,
            place=replace(place, prompt_id=prompt),
            other="" if prompt == place.prompt_id else f"?{prompt}",
            page=addresses.of(seen),
            name=printed[words],
            entry=entry,
            who=(entry.entry,) if entry else agents_of(section),
            scope=place.table.id if place.table else f"publisher:{publisher}",
            role=_role(section, place, is_many=len(seen.sections) > 1),
        )


def _role(section: Section, place: Place, *, is_many: bool) -> Role:
    """The part that a section plays: its own on a page of many and on that of a question, else that of its place."""
    role = section.role if is_many or place.role == "question" else cast("Role", place.role)
    told = section.stage.role if section.stage else None
    is_told = role == "article" or (role == "response" and place.witness != "register")
    return told if told and is_told else role


def _joined(texts: Sequence[Sight], addresses: Addresses, ids: Ids) -> Groups[Spot]:
    """The sections that are one contribution."""
    groups: Groups[Spot] = Groups()
    first: dict[str, Spot] = {}
    for instalments in _instalments(texts, addresses):
        for sight in instalments:
            groups.join(instalments[0].spot, sight.spot)
    for sight in texts:
        keys = _keys(sight, addresses)
        # What the ledger once found to be one stays one.
        for key in (*keys, *(f"id:{known}" for key in keys if (known := ids.of_key(key)))):
            groups.join(first.setdefault(key, sight.spot), sight.spot)
    _join_renamed(texts, groups)
    _join_words(texts, groups)
    _join_copies(texts, groups)
    return groups


def _keys(sight: Sight, addresses: Addresses) -> list[str]:
    """What the section is known by, without regard to its words."""
    if sight.section.is_whole:
        # Where a publisher's queries are noise, only the number tells the pages of a text apart.
        is_numbered = sight.part and urls.page_number(sight.seen.url)
        return [f"page:{key}{f'#{sight.part}' if is_numbered else ''}" for key in addresses.keys(sight.page)]
    keys = [f"section:{key}|{sight.name}{sight.other}" for key in addresses.keys(sight.page)]
    if sight.place.table and sight.place.prompt_id:
        keys.append(f"answer:{sight.place.prompt_id}|{_voice(sight)}{_tongue(sight)}")
    return keys


def _voice(sight: Sight) -> str:
    """How the speaker is called in ids: as in the line-up, whatever the page prints; of several, with the number."""
    return sight.entry.entry + sight.name.removeprefix(sight.section.name) if sight.entry else sight.name


def _tongue(sight: Sight) -> str:
    """The language, where it is not the first one of the round table: a translation is another text."""
    table, own = sight.place.table, sight.seen.tongue
    return f"@{own}" if table and table.tongue and own and own != table.tongue else ""


def _instalments(texts: Sequence[Sight], addresses: Addresses) -> Iterator[list[Sight]]:
    """The pages that are parts of one text, by their titles or by the numbers in their addresses; the rest has none.

    Each gets the number of its part. A page that says what another part says is that part seen again.
    """
    titled: dict[tuple[object, ...], list[Sight]] = defaultdict(list)
    numbered: dict[tuple[str, str], list[tuple[int, Sight]]] = defaultdict(list)
    for sight in texts:
        sight.part = None
        if not sight.section.is_whole:
            continue
        if sight.seen.part and sight.who:
            titled[sight.scope, sight.place.prompt_id, sight.who, sight.seen.tongue, sight.seen.stem].append(sight)
        base, number = urls.page_number(sight.seen.url) or (sight.seen.url, 1)
        numbered[sight.scope, addresses.page(base)].append((number, sight))
    for sights in titled.values():
        if len({sight.seen.part for sight in sights}) > 1:
            for sight in sights:
                sight.part = sight.seen.part
            yield sights
    for counted in numbered.values():
        if len({number for number, _ in counted}) == 1 or any(sight.part for _, sight in counted):
            continue
        firsts = [sight for number, sight in counted if number == 1]
        is_more = {number for number, sight in counted if number > 1 and not _repeats(sight, firsts)}
        if firsts and is_more:
            for number, sight in counted:
                sight.part = number if number in is_more else 1
            yield [sight for _, sight in counted]


def _repeats(sight: Sight, others: Iterable[Sight]) -> bool:
    words = sight.section.words
    return any(
        words.digest == other.section.words.digest or is_alike(words, other.section.words, LEAST_WORDS)
        for other in others
    )


def _join_renamed(texts: Sequence[Sight], groups: Groups[Spot]) -> None:
    """At one address, a name that is gone and a new one with the same words."""
    pages: dict[str, dict[int, list[Sight]]] = defaultdict(lambda: defaultdict(list))
    for sight in texts:
        if not sight.section.is_whole:
            pages[sight.page][sight.spot[0]].append(sight)
    for captures in pages.values():
        numbers = sorted(captures)
        for before, after in pairwise(numbers):
            old = {sight.name for sight in captures[before]}
            new = {sight.name for sight in captures[after]}
            gone = {
                sight.section.words.digest: sight
                for sight in captures[before]
                if sight.name not in new and sight.section.words.count >= LEAST_WORDS
            }
            for sight in captures[after]:
                was = gone.pop(sight.section.words.digest, None) if sight.name not in old else None
                if was:
                    groups.join(was.spot, sight.spot)


def _join_words(texts: Sequence[Sight], groups: Groups[Spot]) -> None:
    """Texts that say the same within one scope and language."""
    same: dict[tuple[str, str], list[Sight]] = defaultdict(list)
    near: dict[tuple[object, ...], list[Sight]] = defaultdict(list)
    for sight in texts:
        if sight.section.words.count < LEAST_WORDS:
            continue
        # Whatever language a page claims to be in, the same words are no translation.
        same[sight.scope, sight.section.words.digest].append(sight)
        if sight.who and sight.place.table and sight.part is None:
            near[sight.scope, sight.place.prompt_id, sight.who, sight.seen.tongue, sight.round].append(sight)
    for sights in same.values():
        if len({groups.of(sight.spot) for sight in sights}) > 1:
            _join_same(sights, groups)
    for sights in near.values():
        leaders = list({groups.of(sight.spot): sight for sight in sights}.values())
        for number, sight in enumerate(leaders[:_MOST_COMPARED]):
            for other in leaders[:number]:
                if _may_be_one(sight, other) and is_alike(sight.section.words, other.section.words, LEAST_WORDS):
                    groups.join(other.spot, sight.spot)


def _join_copies(texts: Sequence[Sight], groups: Groups[Spot]) -> None:
    """Text copies that name nobody, with the one text of their round table that they are a copy of."""
    copies = [one for one in texts if one.seen.kind == "text" and one.section.is_whole and not one.who]
    scopes: dict[tuple[str, str], Texts[Spot]] = {(one.scope, one.seen.tongue): Texts(LEAST_WORDS) for one in copies}
    by_spot = {}
    for sight in texts:
        known = scopes.get((sight.scope, sight.seen.tongue))
        if known and sight.section.is_whole and sight.who:
            known.add(sight.spot, sight.section.words)
            by_spot[sight.spot] = sight
    for copy in copies:
        alike = sorted(scopes[copy.scope, copy.seen.tongue].like(copy.section.words))
        fits = [spot for spot in alike if copy.place.prompt_id in {None, by_spot[spot].place.prompt_id}]
        if len({groups.of(spot) for spot in fits}) == 1:
            groups.join(fits[0], copy.spot)


def _join_same(sights: Sequence[Sight], groups: Groups[Spot]) -> None:
    """Sections with the same words: one for each prompt and agents; who or what is unknown joins where one is left."""
    known: dict[tuple[str | None, tuple[str, ...]], list[Sight]] = defaultdict(list)
    for sight in sights:
        known[sight.place.prompt_id, sight.who].append(sight)
    for key, group in sorted(known.items(), key=lambda item: (item[0][0] is None, not item[0][1], str(item[0]))):
        prompt, who = key
        for sight in group[1:]:
            # What one page prints twice of the same speakers was said once.
            if who or _may_be_one(group[0], sight):
                groups.join(group[0].spot, sight.spot)
        others = [
            other[0]
            for (asked, by), other in known.items()
            if (asked, by) != key and (prompt is None or asked == prompt) and (not who or by == who) and by
        ]
        is_left = (prompt is None or not who) and len({groups.of(other.spot) for other in others}) == 1
        if is_left and _may_be_one(others[0], group[0]):
            groups.join(others[0].spot, group[0].spot)


def _may_be_one(one: Sight, other: Sight) -> bool:
    """False where two sections stand side by side on a page: both are somebody's own."""
    return one.spot[0] != other.spot[0] and not (one.page == other.page and one.name != other.name)


def _mint(texts: Sequence[Sight], groups: Groups[Spot], addresses: Addresses, register: Register, ids: Ids) -> None:
    members: dict[Spot, list[Sight]] = defaultdict(list)
    for sight in texts:
        members[groups.of(sight.spot)].append(sight)
    for sights in members.values():
        keys = dict.fromkeys(key for sight in sights for key in _keys(sight, addresses))
        minted = ids.mint(list(keys), _proposal(sights[0], register))
        for sight in sights:
            sight.contribution_id = minted


def _proposal(sight: Sight, register: Register) -> str:
    """What an id looks like at birth."""
    if sight.place.table and sight.place.prompt_id and (sight.entry or not sight.section.is_whole):
        return f"{sight.place.prompt_id}/{_voice(sight)}{_tongue(sight).replace('@', '-')}"
    if not sight.section.is_whole:
        return f"{_page_name(sight.seen, register)}/{sight.name}"
    if sight.place.table:
        return f"{sight.place.table.id}/{slug(name_of(sight.seen), 80)}"
    return _page_name(sight.seen, register)


def _comment(sight: Sight, sights: Iterable[Sight], register: Register, ids: Ids) -> str:
    """The id of a comment: who comments on what."""
    about = next((one for one in sights if one.spot[1] == sight.section.comments_on), None)
    name = _voice(sight)
    subject = about.contribution_id if about else _page_name(sight.seen, register)
    return ids.mint(
        [f"comment:{one}|{name}" for one in (subject, *ids.aliases_of(subject))], f"{subject}/comment-{name}"
    )


def _page_name(seen: Sighting, register: Register) -> str:
    source = register.for_url(seen.canonical_url)
    host = urls.host(seen.canonical_url).partition(":")[0].removeprefix("www.")
    prefix = source.id if source else seen.source_id or slug(host) or "unplaced"
    return f"{prefix}/{slug(name_of(seen), 80)}"


def observations(reading: Reading, sights: Iterable[Sight]) -> list[Observation]:
    """The contributions of one page, as they were identified."""
    is_many = len(reading.page.contributions) > 1
    made = []
    ordinals: dict[str, int] = {}
    for sight in sights:
        if sight.section.role != "comment":
            ordinals.setdefault(sight.contribution_id, len(ordinals) + 1)
        made.append(
            Observation(
                contribution_id=sight.contribution_id,
                reading=reading,
                place=sight.place,
                section=reading.page.contributions[sight.spot[1]],
                index=sight.spot[1],
                role=sight.role,
                prompt_id=sight.place.prompt_id,
                entry=sight.entry.entry if sight.entry else None,
                ordinal=ordinals.get(sight.contribution_id) if is_many else None,
                part=sight.part,
                stage=sight.section.stage,
                role_rule=sight.role_rule,
                listed=sight.listed,
            )
        )
    return made
