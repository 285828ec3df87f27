"""When a text was published: the rule that chooses among the statements about its date.

Here belongs weighing a displayed date against what a page states for machines. Not here: reading a date
(`normalise.dates`).

The rule: the date that the publisher's own selector finds is believed, and a stated instant that agrees lends its
offset. On a page of an unknown publisher a displayed date may belong to something else on the page: there the stated
one goes first, and a displayed one is believed where it says the same, or where nothing is stated. A numeric date whose
day and month could change places is read in the order that another witness confirms. Then comes the address, then what
a feed says of the page, and last the server's word of when the file was changed, where it was not made for the answer.
What lies after the capture is not believed.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archive.codes import Code
from archive.model.provenance import Witness
from archive.normalise import dates, languages
from archive.normalise.date_values import PublishedDate, at_offset
from archive.reading.delivery import NOTHING, Delivery
from archive.reading.page import Fault, Statement
from archive.reading.source import Source

_DISPLAYED: tuple[Witness, ...] = ("visible", "byline")
_STATED: tuple[Witness, ...] = ("json_ld", "open_graph", "microdata", "meta")
_WEAK: tuple[Witness, ...] = ("title_element", "url", "time_element", "feed", "http_header")
_TRUSTED_RULE = "displayed before stated; a stated instant that agrees lends its offset"
_RULE = "stated, and displayed where it agrees; else displayed; else the address; else a feed"


@dataclass(frozen=True, slots=True)
class Published:
    """The date of publication, with the statements it was decided from.

    Attributes:
        is_sure: whether the day is displayed and stated, and nothing states another.
    """

    date: PublishedDate | None
    statements: tuple[Statement, ...]
    faults: tuple[Fault, ...] = ()
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    claim: Statement
    date: PublishedDate


def choose(
    statements: Sequence[Statement],
    source: Source,
    delivery: Delivery = NOTHING,
    *,
    trusted: bool,
    language: str | None = None,
) -> Published:
    """Decide when a text was published.

    Args:
        statements: of all fields; those about the date are weighed, those about the language help to read them.
        source: what is known of the publisher: its zone, and the order of day and month.
        delivery: when the page was captured, and what its server said of it.
        trusted: True where the displayed date was found by the publisher's own selectors.
        language: what the text is in; where a page declares another one, its dates are in this.
    """
    claims = [*(claim for claim in statements if claim.field == "published"), *_of_server(delivery)]
    spoken = _spoken(statements, source, language)
    found = [_Read(claim, date) for claim in claims if (date := _parse(claim, source, spoken)) is not None]
    read = [item for item in found if not _is_later(item.date, delivery.captured_on)]
    late = [item for item in found if _is_later(item.date, delivery.captured_on)]
    if trusted:
        order = (*_DISPLAYED, *_STATED, *_WEAK)
    else:
        read = [
            item
            for item in read
            if item.date.on or item.claim.witness not in _DISPLAYED or _is_more_than_a_year(item.date)
        ]
        order = (*_STATED, *_DISPLAYED, *_WEAK)
    read.sort(key=lambda item: (item.date.on is None, order.index(item.claim.witness), item.date.label == "updated"))
    if not read:
        rule = "a day after the capture" if late else "no date in it"
        return Published(None, tuple(replace(claim, rule=rule) for claim in claims), _faults(late, delivery))
    date, used = _first_displayed(read) if trusted else _first_stated(read, claims, source, spoken)
    rule = _TRUSTED_RULE if trusted else _RULE
    chosen = {id(claim) for claim in used}
    marked = tuple(replace(claim, rule=rule, chosen=id(claim) in chosen) for claim in claims)
    return Published(date, marked, is_sure=_is_agreed(date, read))


def _is_agreed(date: PublishedDate, read: Sequence[_Read]) -> bool:
    stated = {item.date.on for item in read if item.claim.witness in _STATED}
    shown = {item.date.on for item in read if item.claim.witness in {*_DISPLAYED, "url", "time_element"}}
    # The same instant may be another day where it is printed.
    days = {date.on, date.at.date()} if date.at else {date.on}
    return bool(stated) and stated <= days and date.on in shown


def _of_server(delivery: Delivery) -> Iterator[Statement]:
    """What the server says of the file, unless it was made for this answer."""
    said = dates.parse(delivery.last_modified) if delivery.last_modified else None
    if delivery.last_modified and said and said.on and delivery.captured_on and said.on < delivery.captured_on:
        yield Statement("published", delivery.last_modified, "http_header", "HTTP Last-Modified")


def _is_later(date: PublishedDate, captured_on: dt.date | None) -> bool:
    """True for a day after the capture, and the one that is tomorrow in other places at that time."""
    return bool(date.on and captured_on and date.on > captured_on + dt.timedelta(days=1))


def _faults(late: Sequence[_Read], delivery: Delivery) -> tuple[Fault, ...]:
    """What to say of a page all of whose dates lie after its capture: one of the two is wrong."""
    for item in late:
        reason = f"published on {item.date.on}, but captured on {delivery.captured_on}"
        return (Fault(Code.DATE_AFTER_CAPTURE, item.claim.locator, item.claim.value, reason),)
    return ()


def _first_displayed(read: Sequence[_Read]) -> tuple[PublishedDate, list[Statement]]:
    best = min(read, key=lambda item: item.claim.witness not in _DISPLAYED)
    if best.claim.witness in _DISPLAYED and best.date.zone_source != "stated":
        for other in read:
            if _refines(best.date, other.date):
                return replace(other.date, as_printed=best.date.as_printed), [best.claim, other.claim]
    return best.date, [best.claim]


def _first_stated(
    read: Sequence[_Read], claims: Sequence[Statement], source: Source, spoken: Sequence[str]
) -> tuple[PublishedDate, list[Statement]]:
    best = read[0]
    if best.claim.witness in _DISPLAYED:
        # A page may print what day it is, or when it was changed; its address does not.
        best = next((item for item in read if _is_earlier(item, best.date)), best)
    used = [best.claim]
    date = best.date
    if best.claim.witness in _DISPLAYED:
        # The element that prints a day often has its time.
        timed = (item for item in read if item.claim.witness == "time_element")
        fuller = next((item for item in timed if _refines(date, item.date)), None)
        if fuller is None or date.zone_source == "stated":
            return date, used
        return replace(fuller.date, as_printed=date.as_printed), [*used, fuller.claim]
    # The same day with an offset says more than one without.
    fuller = next((item for item in read if _refines(date, item.date)), None)
    if fuller and date.zone_source != "stated":
        date = fuller.date
        used.append(fuller.claim)
    local = next((item for item in read if _is_same_instant(item.date, date)), None)
    if local and date.offset_minutes == 0 and source.zone is None:
        # Machines write UTC; the day of publication is that of the place where somebody printed the same instant.
        date = at_offset(date, local.date.offset_minutes or 0)
        used.append(local.claim)
    if best.claim.witness in _STATED:
        for claim in claims:
            shown = _shown(claim, date, source, spoken) if claim.witness in _DISPLAYED else None
            if shown:
                return replace(date, as_printed=shown), [*used, claim]
    return date, used


def _is_earlier(item: _Read, date: PublishedDate) -> bool:
    """Whether an address names a day more than one before a date."""
    if item.claim.witness != "url" or item.date.on is None or date.on is None:
        return False
    return date.on - item.date.on > dt.timedelta(days=1)


def _shown(claim: Statement, date: PublishedDate, source: Source, spoken: Sequence[str]) -> str | None:
    """The displayed words for a day, where a claim has any, in whichever order of day and month."""
    for day_first in (None, True, False):
        printed = _parse(claim, replace(source, day_first=day_first), spoken)
        if printed and printed.on and printed.on == date.on:
            return printed.as_printed
    return None


def _parse(claim: Statement, source: Source, spoken: Sequence[str]) -> PublishedDate | None:
    whole = dates.parse(claim.value, zone=source.zone, languages=spoken, day_first=source.day_first)
    if whole or claim.witness not in _DISPLAYED:
        return whole
    # A line may go on about something else: who wrote it, how long it takes to read.
    found = dates.find(claim.value, zone=source.zone, languages=spoken, day_first=source.day_first)
    published = sorted((date for _, _, date in found), key=lambda date: (date.label == "updated", date.on is None))
    return published[0] if published else None


def _is_more_than_a_year(date: PublishedDate) -> bool:
    """A number alone may count readers; words around it, or a day whose order is open, make it a date."""
    return not date.as_printed.isdigit()


def _spoken(statements: Sequence[Statement], source: Source, language: str | None) -> list[str]:
    """The languages that a printed date may be in: that of the text, where it settles the order; else the declared."""
    tags = [language or "", *(claim.value for claim in statements if claim.field == "language"), source.language or ""]
    found = list(dict.fromkeys(tag for tag in map(languages.tag, tags) if tag))
    own = [tag for tag in found if language and tag.partition("-")[0] == language.partition("-")[0]]
    declared = [tag for tag in found if tag != language] or own
    return own if dates.convention(own) is not None else declared


def _is_same_instant(local: PublishedDate, date: PublishedDate) -> bool:
    """Whether a date with an offset of its own is the same minute as another."""
    if local.at is None or date.at is None or not local.offset_minutes or local.zone_source != "stated":
        return False
    return abs(local.at - date.at) < dt.timedelta(minutes=1)


def _refines(displayed: PublishedDate, stated: PublishedDate) -> bool:
    """True where the stated instant says the same as the displayed words, and more precisely."""
    if stated.zone_source != "stated" or not stated.has_time or stated.on != displayed.on:
        return False
    return not displayed.has_time or displayed.at is None or displayed.at == stated.at
