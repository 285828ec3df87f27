"""What a printed date says under what is known beside it: a day, an instant, or an EDTF expression of less.

Here belongs deciding which reading of an ambiguous date holds, which zone a time is in, and which expression says
exactly what is known. Not here: finding dates in a line (`dates`), and how their words are put together
(`date_grammar`).

The rules, all of them:

- A numeric day and month are taken in the order that is asked for (`day_first`, else the convention that all the
  given languages share); without that, only where one order is impossible (13 is no month, the weekday disagrees,
  the day would lie behind `not_after`). Otherwise the year is what is known.
- Two-digit years are years from 1990 on: to 2049, or to `not_after` where that is given. 50 to 89 say nothing.
- A time without a zone is in the publisher's zone, and says so (`publisher_default`). A time that the clocks skip in
  spring is read with the offset before the change; one that comes twice in autumn is the first of the two.
- Zone abbreviations count as stated. One that several zones share (BST, IST) counts only where the publisher's zone
  uses it at that time.
- 'Winter 2012/13' is EDTF's winter of 2012, 2012-24: the season is named for the year in which it begins, and EDTF
  has no season across two years. Seasons have no months, since they differ between the hemispheres.
- '2011/12', which is two years or a December, is 2011/2012: both lie in it.
"""

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from archive.normalise import date_words as words
from archive.normalise.date_tokens import Reading

ZoneSource = Literal["stated", "publisher_default"]
Label = Literal["published", "updated"]

_EARLIEST_SHORT_YEAR, _LATEST_SHORT_YEAR = 1990, 2049


@dataclass(frozen=True, slots=True)
class PublishedDate:
    """A date as printed, and exactly what it says.

    Attributes:
        as_printed: the words of the date itself, without a label in front of it.
        edtf: what is known in EDTF, with the offset where one is stated; the time to the second.
        at: the instant, as naive UTC; None where no time is printed or no zone is known.
        on: the day in the publisher's zone (as printed, where no zone is known); None where no single day is certain.
        local: the time as printed, naive; None where none is printed.
        offset_minutes: minutes east of UTC that hold at that time; None where no zone is known.
        zone_source: whether the offset is stated with the date or is the publisher's zone, an assumption.
        label: what a label in front says it is the date of; None without one.
        weekday_mismatch: whether a weekday is printed that this day is not; the day is believed.
    """

    as_printed: str
    edtf: str
    at: dt.datetime | None = None
    on: dt.date | None = None
    local: dt.datetime | None = None
    offset_minutes: int | None = None
    zone_source: ZoneSource | None = None
    label: Label | None = None
    weekday_mismatch: bool = False

    @property
    def has_time(self) -> bool:
        """Whether a time of day is printed."""
        return self.local is not None

    def isoformat(self) -> str:
        """ISO 8601 with the offset where one is known; EDTF where no single day is known."""
        if self.local is None:
            return self.on.isoformat() if self.on else self.edtf
        if self.offset_minutes is None:
            return self.local.isoformat()
        return self.local.replace(tzinfo=_fixed(self.offset_minutes)).isoformat()


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the printed words."""

    zone: ZoneInfo | None
    languages: tuple[str, ...]
    day_first: bool | None
    not_after: dt.date | None


def published(as_printed: str, reading: Reading, context: Context) -> PublishedDate | None:
    """What a reading says under what is known beside it; None where that is nothing, or lies too late."""
    if not reading.days:
        return _imprecise(as_printed, reading, context)
    days = [day for day in (_day(*numbers, context) for numbers in reading.days) if day]
    days = list(dict.fromkeys(day for day in days if not _too_late(day, context)))
    if len(days) > 1 and len(reading.days) > 1:
        days = _narrowed(days, reading, context)
    if not days:
        return None
    if len(days) > 1:
        years = {day.year for day in days}
        return PublishedDate(as_printed, f"{years.pop()}" + _tilde(reading)) if len(years) == 1 else None
    day = days[0]
    mismatch = bool(reading.weekday) and day.isoweekday() not in reading.weekday
    if reading.until:
        last = _day(*reading.until[:2], reading.until[2] or 0, context)
        if not last or last <= day:
            return None
        span = f"{day.isoformat()}{_tilde(reading)}/{last.isoformat()}{_tilde(reading)}"
        return PublishedDate(as_printed, span)
    if reading.circa:
        return PublishedDate(as_printed, f"{day.isoformat()}~", weekday_mismatch=mismatch)
    if reading.clock is None:
        return PublishedDate(as_printed, day.isoformat(), on=day, weekday_mismatch=mismatch)
    return _timed(as_printed, day, reading, context, mismatch)


def _narrowed(days: list[dt.date], reading: Reading, context: Context) -> list[dt.date]:
    """The days that remain of several readings of one numeric date: by the order asked for, else by the weekday."""
    if context.day_first is not None:
        numbers = reading.days[0 if context.day_first else 1]
        wanted = _day(*numbers, context)
        return [wanted] if wanted in days and wanted else days
    matching = [day for day in days if day.isoweekday() in reading.weekday]
    return matching if len(matching) == 1 else days


def _timed(as_printed: str, day: dt.date, reading: Reading, context: Context, mismatch: bool) -> PublishedDate | None:
    hour, minute, second, micro = reading.clock or (0, 0, 0, 0)
    # Midnight may be printed as 24:00 of the day before; a leap second is shown as the one before it.
    local = dt.datetime.combine(day, dt.time(hour % 24, minute, min(second, 59), micro))
    local += dt.timedelta(days=hour // 24)
    offset, source = _offset(local, reading.zone, context.zone)
    zoned = local.replace(microsecond=0, tzinfo=_fixed(offset) if source == "stated" and offset is not None else None)
    edtf = zoned.isoformat().replace("+00:00", "Z")
    at = local - dt.timedelta(minutes=offset) if offset is not None else None
    on = local.date()
    if at is not None and context.zone is not None:
        on = at.replace(tzinfo=dt.UTC).astimezone(context.zone).date()
    if _too_late(on, context):
        return None
    return PublishedDate(as_printed, edtf, at, on, local, offset, source, weekday_mismatch=mismatch)


def _offset(
    local: dt.datetime, stated: int | str | None, default: ZoneInfo | None
) -> tuple[int | None, ZoneSource | None]:
    """Minutes east of UTC at a local time, and where that comes from."""
    here = local.replace(tzinfo=default) if default else None
    if isinstance(stated, str):
        meant = words.ZONES[stated]
        if here and here.tzname() == stated:
            return _minutes(here), "stated"
        if isinstance(meant, str):
            return _minutes(local.replace(tzinfo=zone_of(meant))), "stated"
        # An abbreviation that nobody can resolve still rules out the publisher's own zone.
        return (meant, "stated") if meant is not None else (None, None)
    if stated is not None:
        return stated, "stated"
    return (_minutes(here), "publisher_default") if here else (None, None)


def _minutes(moment: dt.datetime) -> int:
    offset = moment.utcoffset() or dt.timedelta()
    return round(offset.total_seconds() / 60)


def _fixed(minutes: int) -> dt.timezone:
    return dt.timezone(dt.timedelta(minutes=minutes))


def _imprecise(as_printed: str, reading: Reading, context: Context) -> PublishedDate | None:
    """A month, months, a season or years."""
    if reading.year is None or _too_late(dt.date(reading.year, reading.month or 1, 1), context):
        return None
    tilde = _tilde(reading)
    edtf = f"{reading.year}"
    if reading.season is not None:
        edtf += f"-{reading.season}"
    elif reading.month is not None:
        edtf += f"-{reading.month:02}"
    edtf += tilde
    if reading.until:
        edtf += f"/{reading.until[0]}-{reading.until[1]:02}{tilde}"
    elif reading.second_year is not None and reading.season is None:
        edtf += f"/{reading.second_year}{tilde}"
    return PublishedDate(as_printed, edtf)


def _tilde(reading: Reading) -> str:
    return "~" if reading.circa else ""


def _day(year: int, month: int, day: int, context: Context) -> dt.date | None:
    """The day of the calendar, its two-digit year made a year; None where there is none."""
    if year < 100:
        year += 1900 if year >= _EARLIEST_SHORT_YEAR % 100 else 2000
        if year > (context.not_after.year if context.not_after else _LATEST_SHORT_YEAR):
            return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _too_late(day: dt.date, context: Context) -> bool:
    # A day's grace, since it may be tomorrow already where the publisher is.
    return context.not_after is not None and day > context.not_after + dt.timedelta(days=1)


def at_offset(date: PublishedDate, minutes: int) -> PublishedDate:
    """The same instant as clocks show it that many minutes east of UTC; the date itself where it is no instant."""
    if date.at is None:
        return date
    local = date.at + dt.timedelta(minutes=minutes)
    edtf = local.replace(microsecond=0, tzinfo=_fixed(minutes)).isoformat().replace("+00:00", "Z")
    return replace(date, edtf=edtf, on=local.date(), local=local, offset_minutes=minutes)


@lru_cache(maxsize=256)
def zone_of(name: str) -> ZoneInfo:
    """The IANA zone of a name; `ValueError` where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"no IANA zone: {name!r}") from None
