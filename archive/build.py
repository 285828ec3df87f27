"""Captures and curation in, the rows of every table out: the whole of understanding, in order.

Here belongs the order of the steps discuss and reconcile. Pure but for the ids that it mints, which the caller
saves. Not here: reading pages, writing tables.
"""

import datetime as dt
import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archive.authority import printed
from archive.authority.decisions import Ledger
from archive.authority.reconcile import reconcile
from archive.citation import add_citations
from archive.citation.rendering import Texts
from archive.codes import Code
from archive.discussion import corrections, storage
from archive.discussion.container import add_container
from archive.discussion.curation import Curation
from archive.discussion.doubts import add_doubts, moves
from archive.discussion.drift import alarms
from archive.discussion.feeds import item_reading
from archive.discussion.identity import observations
from archive.discussion.ids import Ids
from archive.discussion.links import add_relations
from archive.discussion.overview import Overview, carried_by
from archive.discussion.pages import HeldReadings, Reading, Readings
from archive.discussion.placing import Observation, Place
from archive.discussion.presented import Presented, may_tell_opening
from archive.discussion.prompts import PromptBook
from archive.discussion.sighting import Sighting
from archive.discussion.targets import add_targets
from archive.discussion.versions import add_contributions
from archive.discussion.withdrawals import add_tombstones, shown, with_access
from archive.discussion.witness import EvidenceBook
from archive.model import (
    Affiliation,
    Capture,
    Contribution,
    ContributionVersion,
    Event,
    Evidence,
    Fetch,
    Participation,
    Rejection,
    Run,
    StageCount,
    Visit,
)
from archive.model.provenance import Stage
from archive.model.records import Records
from archive.reading.page import Fault
from archive.sources.register import Register
from archive.sources.schema import HUB_ROLES

_PORTION = 250
"""Contributions that are made at a time: their pages are held together."""
_NO_FAULT_OF_A_HUB = frozenset(
    (
        Code.NO_ARTICLE,
        Code.ANSWERS_MISSING,
        Code.ANSWERS_NOT_CAPTURED,
        Code.LINE_UP_MISSING,
        Code.ENTRY_UNANSWERED,
        Code.SPEAKERS_UNKNOWN,
    )
)
"""A page that presents a discussion lists who takes part, and holds none of it."""
_SECTION_FAULTS = frozenset((Code.UNKNOWN_SPEAKER, Code.ANSWER_EMPTY, Code.ENTRY_UNANSWERED))


def parts(  # noqa: PLR0913 - everything that is known comes in here
    readings: Readings,
    register: Register,
    ids: Ids,
    *,
    captures: Sequence[Capture],
    fetches: Sequence[Fetch] = (),
    runs: Sequence[Run] = (),
    visits: Sequence[Visit] = (),
    events: Sequence[Event] = (),
    register_captures: dict[str, str] | None = None,
    curation: Curation | None = None,
    kept_citations: Texts | None = None,
    authority: Ledger | None = None,
) -> Iterator[Records]:
    """Make the records of a release, part by part; the same input gives the same parts.

    First come those of contributions, a few hundred at a time in order of id, each with its texts and its evidence; the
    last part holds everything else. What was given may be forgotten, so that memory does not grow with the texts.

    Args:
        readings: every page that was read; each is asked for once to be looked at, and again to make rows of it.
        register: what is known of publishers.
        ids: the ledger; what is minted here waits in it to be saved.
        captures: every capture, which becomes a row as it is.
        fetches: every attempt, likewise.
        runs: every ingestion, likewise.
        visits: every visit to a round table, likewise.
        events: every event, likewise.
        register_captures: file of the register or the curation → the capture that keeps it.
        curation: what people decided about contributions.
        kept_citations: those that were rendered before; gets what is rendered now.
        authority: what people decided about who is who.
    """
    given = _Given(register, ids, curation or Curation(), register_captures or {})
    overview = Overview.of(readings, register, ids)
    work = _Work(given, overview, captures)
    work.look_at_what_presents(readings)
    # What is known of all pages stays to the end: the collector need not look at it again and again.
    gc.freeze()
    try:
        for names in overview.portions(_PORTION):
            yield work.portion(names, readings)
        last = work.last(readings, authority or Ledger(), kept_citations, fetches)
    finally:
        gc.unfreeze()
    last.extend(fetches)
    last.extend(runs)
    last.extend(visits)
    last.extend([*events, *given.curation.withdrawals.events()])
    yield last


def build(readings: Iterable[Reading], register: Register, ids: Ids, **more: Any) -> Records:  # noqa: ANN401 - as `parts`
    """The records of a release in one piece; see `parts` for what may be given."""
    whole = Records()
    for part in parts(HeldReadings(readings), register, ids, **more):
        whole.absorb(part)
    return whole


@dataclass(frozen=True, slots=True)
class _Given:
    """What every part is made with."""

    register: Register
    ids: Ids
    curation: Curation
    kept: dict[str, str]


class _Work:
    """Makes the parts, and remembers what of each belongs into the last."""

    def __init__(self, given: _Given, overview: Overview, captures: Sequence[Capture]) -> None:
        register, ids = given.register, given.ids
        self._given = given
        self._overview = overview
        self._captures = captures
        # An id that a person named may have become an alias since.
        self._withdrawals = given.curation.withdrawals.resolved(ids.resolve)
        # What was withdrawn is taken away before anything is made of it, so that nothing can be forgotten later.
        self._gone = self._withdrawals.standing
        self._corrections: dict[str, list[corrections.Located]] = defaultdict(list)
        for located in given.curation.corrections:
            resolved = located.resolved(ids.resolve)
            self._corrections[resolved.correction.contribution].append(resolved)
        self._index = overview.index(self._gone)
        self._translations = overview.translations(self._gone, register)
        dated = {
            name for name, own in self._corrections.items() if any(one.correction.field == "published" for one in own)
        }
        self._moved = moves(overview.by_contribution, register, dated | self._gone.keys())
        standing = (one for page in overview.sights for one in page if one.contribution_id not in self._gone)
        self._allowed = storage.policies(standing, register)
        self._held = with_access(
            storage.restricted(captures, register),
            carried_by(overview.sights, self._allowed),
            register,
            "restricted",
        )
        asked = {
            register.key(one.canonical_url): place.prompt_id
            for one, place in zip(overview.sightings, overview.places, strict=True)
        }
        self._prompts = PromptBook(asked, register)
        self._presented = Presented(register, self._moved)
        self._openings: dict[str, dt.date] = {}
        self._done: set[int] = set()
        self._refused = 0
        self._pages = _Balance()
        self._last = Records()
        self._light = Records()
        self._beside: list[Evidence] = []
        self._evidence = EvidenceBook(given.kept)
        add_container(self._last, register, self._evidence)

    def look_at_what_presents(self, readings: Readings) -> None:
        """See first when round tables opened of which the register does not say it: answers are doubted by that."""
        numbers = [number for number, place in enumerate(self._overview.places) if may_tell_opening(place)]
        for _ in self._shown(numbers, readings):
            pass
        self._openings = self._presented.openings()

    def portion(self, names: Sequence[str], readings: Readings) -> Records:
        """The rows of these contributions."""
        part, evidence = Records(), EvidenceBook(self._given.kept)
        wanted = set(names)
        standing: list[Observation] = []
        withdrawn: list[Observation] = []
        for page, seen in self._shown(self._overview.pages_of(names), readings):
            for one in seen:
                if one.contribution_id in wanted:
                    is_gone = one.contribution_id in self._gone
                    (withdrawn if is_gone else standing).append(one if is_gone else replace(one, reading=page))
        register = self._given.register
        add_contributions(part, standing, register, evidence)
        add_tombstones(part, withdrawn, self._withdrawals, register)
        decided = [located for name in names for located in self._corrections.pop(name, ())]
        self._refused += corrections.apply(part, decided, register, evidence, withdrawn=self._gone)
        sights = {name: self._overview.by_contribution[name] for name in names}
        add_doubts(part, sights, register, self._moved, self._openings)
        add_relations(part, standing, register, self._evidence, self._index)
        part.extend(row for name in names for row in self._translations.get(name, ()))
        storage.honour(part, self._allowed, evidence)
        self._beside.extend(printed.beside_names(evidence))
        part.replace(Evidence, evidence.settled())
        self._remember(part)
        return part

    def _shown(self, numbers: Iterable[int], readings: Readings) -> Iterator[tuple[Reading, list[Observation]]]:
        """The pages of these numbers as they are shown, with what was observed on them; each is counted once."""
        numbers = list(numbers)
        again = readings.again(self._overview.sightings[number].capture for number in numbers)
        for number, captured in zip(numbers, again, strict=True):
            sighting, reading = self._overview.sightings[number], captured
            if sighting.item is not None:
                reading = item_reading(captured, sighting.item, sighting.url, self._given.register)
            seen = observations(reading, self._overview.sights[number])
            page = shown(reading, seen, self._gone)
            if number not in self._done:
                self._done.add(number)
                self._prompts.add(page, self._overview.places[number])
                if not any(one.contribution_id in self._allowed for one in seen):
                    self._presented.add(page, self._overview.places[number], seen)
                self._pages.add(self._last, page, self._overview.places[number])
            yield page, seen

    def _remember(self, part: Records) -> None:
        """What of a part is needed at the end: who speaks, and what cites or names a contribution, without its text."""
        for kind in (Participation, Affiliation, Rejection, Event):
            part.move(kind, self._last)
        self._light.extend(replace(row, text="") for row in part.of(Contribution))
        self._light.extend(replace(row, text="") for row in part.of(ContributionVersion))

    def last(
        self, readings: Readings, authority: Ledger, kept_citations: Texts | None, fetches: Sequence[Fetch]
    ) -> Records:
        """Everything that is not told contribution by contribution."""
        last, register, ids, evidence = self._last, self._given.register, self._given.ids, self._evidence
        overview = self._overview
        left = [number for number in range(len(overview.sightings)) if number not in self._done]
        for _ in self._shown(left, readings):
            pass
        unknown = [located for own in self._corrections.values() for located in own]
        self._refused += corrections.apply(last, unknown, register, evidence, withdrawn=self._gone)
        last.add(corrections.balance(len(self._given.curation.corrections), self._refused))
        for feed in overview.feeds:
            self._pages.add_feed(last, feed)
        self._pages.add_to(last)
        self._prompts.add_to(last, ids, evidence)
        self._presented.add_to(last, self._light.of(Contribution), self._light.of(ContributionVersion), evidence)
        add_targets(last, register, self._placed(), self._captures, fetches, overview.unseen)
        storage.without_excerpts(last, {one.capture_id for one in self._held if one.access == "restricted"})
        last.extend(alarms(overview.seen, register))
        last.absorb(self._light)
        reconcile(last, register, ids, authority, evidence, self._beside)
        last.extend(with_access(self._held, carried_by(overview.sights, self._gone), register, "sealed"))
        add_citations(last, kept_citations)
        for kind in (Contribution, ContributionVersion):
            last.replace(kind, [])
        last.replace(Evidence, evidence.settled())
        return last

    def _placed(self) -> Iterator[tuple[Sighting, Place]]:
        """Every page with its place, without what withdrawn contributions refer to."""
        overview = self._overview
        for seen, place, sights in zip(overview.sightings, overview.places, overview.sights, strict=True):
            gone = {one.spot[1] for one in sights if one.contribution_id in self._gone}
            kept = tuple(link for link in seen.references if link.section not in gone)
            yield (replace(seen, references=kept) if gone else seen), place


@dataclass(slots=True)
class _Balance:
    """Counts what came of pages, sections and feeds, and keeps a row for everything that could not be used."""

    pages: int = 0
    usable: int = 0
    sections: int = 0
    good: int = 0
    feeds: int = 0
    whole: int = 0

    def add(self, records: Records, reading: Reading, where: Place) -> None:
        """A page."""
        hub = where.role in HUB_ROLES
        faults = [fault for fault in reading.page.faults if not (hub and fault.code in _NO_FAULT_OF_A_HUB)]
        found = 0 if hub else len(reading.page.contributions)
        self.pages += 1
        self.usable += hub or bool(reading.page.contributions)
        self.sections += found + sum(fault.code in _SECTION_FAULTS for fault in faults)
        self.good += found
        records.extend(_rejections(reading, faults))

    def add_feed(self, records: Records, reading: Reading) -> None:
        """A feed: its items are looked at, whatever ends it."""
        self.feeds += 1
        self.whole += not reading.page.faults
        records.extend(_rejections(reading, reading.page.faults))

    def add_to(self, records: Records) -> None:
        """The balance of both stages."""
        counts: tuple[tuple[Stage, str, int, int], ...] = (
            ("read", "page", self.pages, self.usable),
            ("read", "feed", self.feeds, self.whole),
            ("discuss", "section", self.sections, self.good),
        )
        for stage, unit, came, went in counts:
            records.add(
                StageCount(release_id="", stage=stage, unit=unit, input=came, output=went, rejected=came - went)
            )


def _rejections(reading: Reading, faults: Iterable[Fault]) -> Iterator[Rejection]:
    item = "" if reading.item is None else f"/item {reading.item}"
    for number, fault in enumerate(faults, start=1):
        yield Rejection(
            rejection_id=f"{reading.capture.capture_id}{item}/{number}",
            stage="discuss" if fault.code in _SECTION_FAULTS else "read",
            code=str(fault.code),
            capture_id=reading.capture.capture_id,
            url=reading.page.url,
            locator=fault.locator,
            excerpt=fault.excerpt or None,
            reason=fault.reason,
        )
