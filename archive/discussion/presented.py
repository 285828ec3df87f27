"""What landing and introduction pages say of their round table, where the register is silent.

Here belongs the container in the words of the pages that present it: title, day of opening, how many take part, and who
signs the introduction. The register's word stands wherever it has one, and the page's is kept beside it as evidence.
Not here: what the register says (`container`), and anything of a page that holds an answer; that decides nothing about
the container (`links` keeps what it says).
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from archive.discussion.doubts import Move
from archive.discussion.pages import Reading
from archive.discussion.placing import Observation, Place
from archive.discussion.sighting import seen_at
from archive.discussion.witness import EvidenceBook
from archive.model import Contribution, ContributionVersion, Participant, RoundTable
from archive.model.provenance import Witness
from archive.model.records import Records
from archive.normalise import dates, persons
from archive.normalise.persons import same_person_label
from archive.normalise.text import fold, slug
from archive.reading.page import Page, Statement
from archive.sources.announced import Announced, announced
from archive.sources.register import Register, RegisteredRoundTable

_PRESENTING = ("landing", "introduction")
_OPENS = re.compile(r"\b(?:open(?:s|ed)?|launch(?:es|ed)?|begins?|began|start(?:s|ed)?)\b", re.IGNORECASE)
_CALLED = re.compile(r"\b(?:round-?\s?table|symposium|forum|debate|discussion|conversation)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])(?<!\b\d\.)(?<!\b\d\d\.)\s+")
"""Where a sentence ends; `3. Mai` is a day."""
_TAKES_PART = re.compile(
    r"\b(?:take|takes|taking) part\b|\b(?:entries|experts|respondents|participants|contributors|speakers)\b"
    r"|\b(?:asked|invited|answer|respond|reply|contribute|join)\b|\bbr(?:ings?|ought) together\b",
    re.IGNORECASE,
)
_SAYS = "the page says when it opens"
_PRINTED: frozenset[Witness] = frozenset(("visible", "byline", "time_element"))
Column = Literal["title", "opened_on", "announced_as_printed", "announced_people", "announced_entries"]


@dataclass(frozen=True, slots=True)
class _Word:
    """What a page says for one column of its round table."""

    column: Column
    value: str | int | dt.date
    witness: Witness
    rule: str
    locator: str

    def is_after(self, day: dt.date | None) -> bool:
        """True for a day that is later than `day`: a page that moved shows the day of its move."""
        return day is not None and isinstance(self.value, dt.date) and self.value > day


@dataclass(frozen=True, slots=True)
class _Told:
    """What one page says: its words, and the names that sign it; `holds` are the contributions on it.

    Attributes:
        presents: True where it holds nothing but an introduction.
    """

    at: tuple[bool, dt.datetime, str]
    capture_id: str
    address: str
    holds: tuple[str, ...]
    presents: bool
    role: str
    table: RegisteredRoundTable
    words: tuple[_Word, ...]
    names: tuple[str, ...]
    byline: Statement | None


def may_tell_opening(place: Place) -> bool:
    """True of a page that presents a round table of which the register does not say when it opened."""
    return place.table is not None and place.role in _PRESENTING and place.table.keys.round_table.opened_on is None


class Presented:
    """Collects what pages say of their round tables, in any order; `add_to` fills the rows."""

    def __init__(self, register: Register, moved: Collection[Move]) -> None:
        self._register = register
        self._moved = moved
        self._told: list[_Told] = []

    def add(self, reading: Reading, place: Place, seen: Sequence[Observation]) -> None:
        """A page; only one that presents its round table is listened to."""
        page = reading.page
        if place.table is None or place.role not in _PRESENTING:
            return
        by = next((claim for claim in page.statements if claim.field == "authors" and claim.chosen), None)
        names = page.authors if place.role == "introduction" and by else ()
        self._told.append(
            _Told(
                seen_at(reading.capture),
                reading.capture.capture_id,
                self._register.key(page.canonical_url),
                tuple(one.contribution_id for one in seen),
                all(one.role == "introduction" for one in seen),
                place.role,
                place.table,
                tuple(self._words(page, place.table, place.role)),
                tuple(name for name in names if persons.classify(name) in {"person", "unknown"}),
                by,
            )
        )

    def _words(self, page: Page, table: RegisteredRoundTable, role: str) -> Iterator[_Word]:
        for claim in page.statements:
            if claim.field == "title" and claim.chosen:
                yield _Word("title", claim.value, claim.witness, claim.rule, claim.locator)
        opened = _opening(page, table) or self._shown(page)
        if opened:
            yield opened
        if told := _announced(page, role):
            numbers: tuple[tuple[Column, str | int | None], ...] = (
                ("announced_as_printed", told.words),
                ("announced_people", told.people),
                ("announced_entries", told.entries),
            )
            for column, value in numbers:
                if value is not None:
                    yield _Word(column, value, "visible", "announced on the page that presents it", told.locator)

    def _shown(self, page: Page) -> _Word | None:
        """The day that the page shows as its own, unless it is that of a migration."""
        source = self._register.for_url(page.canonical_url)
        day = page.published.on if page.published and page.published.label != "updated" else None
        if day is None or (source and (source.id, day) in self._moved):
            return None
        shown = (c for c in page.statements if c.field == "published" and c.chosen and c.witness in _PRINTED)
        claim = next(shown, None)
        rule = "the day that the page which presents it shows"
        return _Word("opened_on", day, claim.witness, rule, claim.locator) if claim else None

    def openings(self) -> dict[str, dt.date]:
        """Round table → the day on which a page that presents it says that it opened, of those added so far.

        What answers are doubted by. A day that such a page only shows may be that of a move, and doubts nothing.
        """
        found: dict[str, dt.date] = {}
        for table, pages in self._pages(lambda told: told.presents).items():
            said = (word.value for told in pages for word in told.words if word.rule == _SAYS)
            if isinstance(day := next(said, None), dt.date):
                found[table] = day
        return found

    def _pages(self, is_heard: Callable[[_Told], bool]) -> dict[str, list[_Told]]:
        """Round table → the newest copy of each page that presents it, the landing page first."""
        by_table: dict[str, dict[str, _Told]] = defaultdict(dict)
        for told in sorted(self._told, key=lambda told: told.at):
            if is_heard(told):
                by_table[told.table.id][told.address] = told
        return {
            table: sorted(pages.values(), key=lambda told: _PRESENTING.index(told.role))
            for table, pages in by_table.items()
        }

    def add_to(
        self,
        records: Records,
        contributions: Collection[Contribution],
        versions: Iterable[ContributionVersion],
        evidence: EvidenceBook,
    ) -> None:
        """Fill what the register leaves open, landing page first and the newest capture of each page, with evidence.

        Args:
            records: rows of round tables are replaced, those of convenors added.
            contributions: all; a page that holds anything but introductions is not listened to.
            versions: all; a round table opened no later than anything in it is dated, or says, whatever day such a
                page shows. What lies out of its time by the day that the page says is no such date.
            evidence: gets what each page says.
        """
        roles = {one.contribution_id: one.role for one in contributions}
        first = _first_days(versions, evidence)
        by_table = self._pages(lambda told: all(roles.get(name) == "introduction" for name in told.holds))
        rows = []
        for row in records.of(RoundTable):
            pages = by_table.get(row.round_table_id, [])
            rows.append(_filled(row, pages, first.get(row.round_table_id), evidence))
            if pages and not pages[0].table.keys.convenors:
                _convened(records, pages, evidence)
        records.replace(RoundTable, rows)


def _first_days(versions: Iterable[ContributionVersion], evidence: EvidenceBook) -> dict[str, dt.date]:
    """Round table → the first day that any of its texts is dated that may be true, or says that it opened."""
    said = [
        (row.record_id, dt.date.fromisoformat(row.value))
        for row in evidence.rows
        if row.record_type == "round_tables"
        and row.field == "opened_on"
        and row.witness == "running_text"
        and row.value
    ]
    dated = [(one.round_table_id, one.published_on) for one in versions if one.published_doubt != "out_of_range"]
    first: dict[str, dt.date] = {}
    for table_id, day in (*said, *dated):
        if table_id and day:
            first[table_id] = min(day, first.get(table_id, day))
    return first


def _announced(page: Page, role: str) -> Announced | None:
    """The announcement; in the text of an introduction only words that say that somebody takes part."""
    found = (told for block in page.blocks if (told := announced([block])) is not None)
    return next((told for told in found if role == "landing" or _TAKES_PART.search(told.words)), None)


def _opening(page: Page, table: RegisteredRoundTable) -> _Word | None:
    """A day in a sentence that says that this round table opens, or opened."""
    titles = [fold(title) for title in table.titles()]
    for block in page.blocks:
        for sentence in _SENTENCE.split(block.text) if block.in_text else ():
            is_own = _CALLED.search(sentence) or any(title in fold(sentence) for title in titles)
            if is_own and _OPENS.search(sentence):
                days = [date.on for _, _, date in dates.find(sentence) if date.on]
                if len(days) == 1:
                    return _Word("opened_on", days[0], "visible", _SAYS, block.locator)
    return None


def _filled(row: RoundTable, pages: Sequence[_Told], first: dt.date | None, evidence: EvidenceBook) -> RoundTable:
    filled: dict[str, Any] = {}
    for told in pages:
        for word in told.words:
            is_open = getattr(row, word.column) is None and word.column not in filled and not word.is_after(first)
            if is_open:
                filled[word.column] = word.value
            evidence.add(
                ("round_tables", row.round_table_id, None),
                word.column,
                word.value,
                witness=word.witness,
                rule=word.rule,
                locator=word.locator,
                capture_id=told.capture_id,
                chosen=is_open,
            )
    return replace(row, **filled)


def _convened(records: Records, pages: Sequence[_Told], evidence: EvidenceBook) -> None:
    """Whoever signs the introduction convenes; somebody of the line-up by the entry that they have there."""
    told = next((one for one in pages if one.names), None)
    if told is None or told.byline is None:
        return
    known = [one for one in records.of(Participant) if one.round_table_id == told.table.id]
    for ordinal, name in enumerate(told.names, start=1):
        same = next((one for one in known if same_person_label(one.name_as_printed, name)), None)
        row = Participant(
            round_table_id=told.table.id,
            entry=same.entry if same else slug(name),
            position=same.position if same else 1,
            ordinal=ordinal,
            role="convenor",
            name_as_printed=name,
        )
        records.add(row)
        evidence.add(
            ("round_table_participants", f"{row.round_table_id}#{row.entry}#{row.position}", None),
            "name_as_printed",
            name,
            witness="byline",
            rule="whoever signs the introduction convenes, where the register names nobody",
            locator=told.byline.locator,
            capture_id=told.capture_id,
        )
