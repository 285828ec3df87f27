"""What a contribution said at one time, and which of these times it said the same.

Here belongs putting instalments together, and telling a new version from the same words seen again. A date that is
printed otherwise, or no longer or not yet as a date ("3 days ago"), is no new version; another day is. Not here: the
rows of versions (`versions`), and which forms of a contribution tell them (`manifestations`).
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from archive.discussion.placing import Observation
from archive.normalise import urls
from archive.normalise.date_values import PublishedDate

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class State:
    """What a contribution said at one time: its parts in order, mostly one; the last that was seen makes it new."""

    parts: tuple[Observation, ...]
    latest: Observation

    @property
    def first(self) -> Observation:
        """The part that the title and the date are taken from."""
        return self.parts[0]

    @property
    def dates(self) -> tuple[PublishedDate | None, ...]:
        """The date of each part; None where none is printed that says a day by itself."""
        return tuple(part.reading.page.published for part in self.parts)

    def words(self) -> str:
        """What two states share when they say the same but for dates, whatever the layout."""
        return _digest([_said(part) for part in self.parts])

    def digest(self) -> str:
        """SHA-256 of what it says: words, names, and dates as printed."""
        return _digest([self.words(), [date.as_printed if date else None for date in self.dates]])


@dataclass(slots=True)
class Run:
    """States in order of time that say the same."""

    words: str
    states: list[State] = field(default_factory=list)
    dates: tuple[PublishedDate | None, ...] = ()

    def takes(self, words: str, state: State) -> bool:
        """Whether a state with these words goes on saying the same: a day after the first capture is another date."""
        if words != self.words or not all(map(is_same_date, self.dates, state.dates)):
            return False
        first = self.states[0].latest.reading.capture.captured_at
        return first is None or not any(_is_after(date, first) for date in state.dates)

    def add(self, state: State) -> None:
        """Take a state; what a date is, one state of a run may tell for all."""
        known = self.dates or state.dates
        self.dates = tuple(_better(one, other) for one, other in zip(known, state.dates, strict=True))
        self.states.append(state)

    @property
    def told(self) -> State:
        """The state that the rows are made of: the first with an address, and of those the first that tells a day.

        A copy from nowhere says the same as a page with an address: the page is what people can go and see.
        """
        placed = [one for one in self.states if urls.is_web(one.first.reading.page.canonical_url)] or self.states[:1]
        dated = [one for one in placed if (date := one.first.reading.page.published) and date.on]
        return next(iter(dated or placed))


def runs(seen: Iterable[Observation]) -> list[Run]:
    """What was said, each as long as it was said: a version for each."""
    found: list[Run] = []
    for state in _states(seen):
        words = state.words()
        if not found or not found[-1].takes(words, state):
            found.append(Run(words))
        found[-1].add(state)
    return found


def _states(seen: Iterable[Observation]) -> Iterator[State]:
    """What is said from each observation on: of a text in instalments, every part as it was seen last."""
    parts: dict[int, Observation] = {}
    for one in seen:
        if one.part is None:
            yield State((one,), one)
        else:
            parts[one.part] = one
            yield State(tuple(part for _, part in sorted(parts.items())), one)


def is_same_date(one: PublishedDate | None, other: PublishedDate | None) -> bool:
    """Whether two printed dates can be one: the same, one less exactly than the other, or one of them not said."""
    if one is None or other is None:
        return True
    if one.local and other.local:
        at, there = (date.at.replace(second=0) if date.at else None for date in (one, other))
        return one.local.replace(second=0) == other.local.replace(second=0) or (at is not None and at == there)
    if one.on and other.on:
        return one.on == other.on
    return one.edtf.startswith(other.edtf) or other.edtf.startswith(one.edtf)


def _is_after(date: PublishedDate | None, captured_at: dt.datetime) -> bool:
    if date is None or date.on is None:
        return False
    return date.on - captured_at.date() > _DAY or (date.at is not None and date.at - captured_at > _DAY)


def _better(one: PublishedDate | None, other: PublishedDate | None) -> PublishedDate | None:
    if one is None or other is None:
        return one or other
    return other if (bool(other.on), other.has_time) > (bool(one.on), one.has_time) else one


def _said(seen: Observation) -> list[object]:
    page, section = seen.reading.page, seen.section
    single = section.locator is None
    return [
        section.text.split(),
        section.authors,
        section.affiliation,
        section.bio,
        *([section.stance, section.confidence] if section.stance else []),
        [page.title, page.standfirst, page.kicker, page.funding] if single else [],
    ]


def _digest(said: object) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
