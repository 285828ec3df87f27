"""All pages of an archive at once, in short: where each belongs, and which sections are which contribution.

Here belongs what can only be decided with everything in view, and is small enough to be held: places, ids, roles,
translations, days of migrations, and what may be shown. The rows are made from it, a few contributions at a time
(`archive.build`). Not here: any text.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from archive.discussion import drift
from archive.discussion.addresses import Addresses
from archive.discussion.feeds import Listed, Listings
from archive.discussion.identity import Sight, identify
from archive.discussion.ids import Ids
from archive.discussion.pages import Reading, Readings
from archive.discussion.placing import Place, place_all
from archive.discussion.rejoinders import mark_rejoinders
from archive.discussion.sighting import Sighting, sight
from archive.discussion.translations import translations
from archive.model import Relation
from archive.sources.register import Register

Section = tuple[str, int]
"""A section of a page: its capture, and its index there."""


@dataclass(slots=True)
class Overview:
    """What is known of all pages together.

    Attributes:
        sightings: every page, in order of time; `places` and `sights` are in the same order.
        seen: what drift is told by.
        feeds: every captured feed, without its items.
        unseen: addresses that only feeds know, each with the round table in whose scope it lies.
        by_contribution: contribution → its sections, in order of time.
    """

    sightings: list[Sighting]
    places: list[Place]
    sights: list[list[Sight]]
    addresses: Addresses
    seen: list[drift.Seen]
    feeds: list[Reading]
    unseen: list[tuple[str, str]]
    by_contribution: dict[str, list[Sight]] = field(default_factory=dict)

    @staticmethod
    def of(readings: Readings, register: Register, ids: Ids) -> "Overview":
        """Look at every page once; what is minted waits in `ids` to be saved."""
        sightings, seen, listings = [], [], Listings(register)
        for reading in readings:
            if reading.page.kind == "feed":
                listings.add(reading)
                continue
            sightings.append(sight(reading, register))
            if (told := drift.seen(reading, register)) is not None:
                seen.append(told)
        addresses = Addresses(sightings, register)
        captured = {addresses.of(one) for one in sightings}
        unseen = list(listings.in_scope(addresses, captured))
        sightings += listings.texts(addresses, captured, readings)
        # In the order of capture, so that ids are minted in the same order whatever order pages came in.
        sightings.sort(key=lambda one: (one.at, one.item or 0))
        addresses = Addresses(sightings, register)
        places = place_all(sightings, addresses, register, ids)
        sights = identify(sightings, places, addresses, register, ids)
        mark_rejoinders(one for page in sights for one in page)
        made = Overview(sightings, places, sights, addresses, seen, listings.feeds, unseen)
        listed = listings.by_page(addresses, {one.page for page in sights for one in page})
        for page in sights:
            for one in page:
                one.listed = listed.get(one.page, ())
                made.by_contribution.setdefault(one.contribution_id, []).append(one)
        return made

    def index(self, gone: Collection[str]) -> "Index":
        """What relations are resolved by, without the contributions that are `gone`."""
        index = Index()
        for page in self.sights:
            for one in page:
                if one.contribution_id in gone:
                    continue
                index.by_section[one.seen.capture.capture_id, one.spot[1]] = one.contribution_id
                if one.section.is_whole:
                    index.by_address |= dict.fromkeys(self.addresses.keys(one.page), one.contribution_id)
                if one.place.table:
                    index.members[one.place.table.id][one.contribution_id] = one
        return index

    def translations(self, gone: Collection[str], register: Register) -> dict[str, list[Relation]]:
        """Contribution → what it translates."""
        shown = [[one for one in page if one.contribution_id not in gone] for page in self.sights]
        found: dict[str, list[Relation]] = defaultdict(list)
        for row in translations(shown, self.addresses, register):
            found[row.from_id].append(row)
        return found

    def portions(self, size: int) -> Iterator[list[str]]:
        """The contributions in order of id, at most `size` at a time."""
        names = sorted(self.by_contribution)
        for start in range(0, len(names), size):
            yield names[start : start + size]

    def pages_of(self, names: Iterable[str]) -> list[int]:
        """The numbers of the sightings that show these contributions."""
        return sorted({one.spot[0] for name in names for one in self.by_contribution[name]})


@dataclass(slots=True)
class Index:
    """What relations are resolved by.

    Attributes:
        by_section: section → the contribution that it is.
        by_address: key of an address → the contribution whose own page it is.
        members: round table → its contributions, each as it was seen last.
    """

    by_section: dict[Section, str] = field(default_factory=dict)
    by_address: dict[str, str] = field(default_factory=dict)
    members: Mapping[str, dict[str, Sight]] = field(default_factory=lambda: defaultdict(dict))


def carried_by(sights: Iterable[Sequence[Sight]], names: Collection[str]) -> Iterator[Sighting | Listed]:
    """The pages that show any of these contributions, and the items of feeds that lead to these."""
    for page in sights:
        if any(one.contribution_id in names for one in page):
            yield page[0].seen
            yield from page[0].listed
