"""Dates as publishers print them: what is known is said, what is not known is left open, nothing is invented.

Here belongs deciding: which reading of an ambiguous date holds, which zone a time is in, what EDTF expression says
exactly what is known. Not here: how the words are put together (`date_grammar`), the words (`date_words`), or which
of several dates of a page counts (the reader's rules).

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
- '3 days ago', 'yesterday', and dates without a year are no dates.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from archive.normalise import date_words as words
from archive.normalise.date_grammar import DateLine
from archive.normalise.date_tokens import Reading, whole_iso

ZoneSource = Literal["stated", "publisher_default"]
Label = Literal["published", "updated"]

_LONGEST = 400
"""A text longer than this is no date line: `parse` and `is_date_line` say so without reading it."""

_EARLIEST_SHORT_YEAR, _LATEST_SHORT_YEAR = 1990, 2049
_LABEL_ORDER: dict[Label | None, int] = {"published": 0, None: 1, "updated": 2}


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
class _Context:
    """What is known beside the printed words."""

    zone: ZoneInfo | None
    languages: tuple[str, ...]
    day_first: bool | None
    not_after: dt.date | None


def parse(
    printed: str,
    *,
    zone: str | None = None,
    languages: Sequence[str] | None = None,
    day_first: bool | None = None,
    not_after: dt.date | None = None,
) -> PublishedDate | None:
    """The date that a text is: nothing else may stand there but labels, punctuation and further dates.

    Of several dates one labelled as published goes before one without a label, that before one labelled as updated;
    then one whose day is certain goes first, then the order of the text.

    Args:
        printed: the text, as printed.
        zone: the publisher's IANA zone, for times without one; `on` is a day in this zone.
        languages: language tags, the likeliest first; other languages are understood too.
        day_first: the order of a numeric day and month, where it is known.
        not_after: the day on which the text was seen; a date more than a day later is not believed.

    Returns:
        None where the text is no date, or says nothing certain, or lies after `not_after`.

    Raises:
        ValueError: `zone` is no IANA zone.
    """
    context = _context(zone, languages, day_first, not_after)
    text = printed.strip()
    if not text or len(text) > _LONGEST:
        return None
    reading = whole_iso(text)
    if reading:
        return _published(text, reading, context)
    line = DateLine(text, context.languages)
    dates = [date for _, _, date in _dates(line, context, whole=True) or ()]
    # A numeric date that leaves the day open is often followed by the same date in words.
    preferred = sorted(dates, key=lambda date: (_LABEL_ORDER[date.label], date.on is None))
    return preferred[0] if preferred else None


def find(
    text: str,
    *,
    zone: str | None = None,
    languages: Sequence[str] | None = None,
    day_first: bool | None = None,
    not_after: dt.date | None = None,
) -> list[tuple[int, int, PublishedDate]]:
    """The dates inside a line of running text, in order: (start, end, date) with `text[start:end]` as printed.

    Bare years are not looked for (except 'c. 1998'), nor runs of eight digits. Arguments and errors as in `parse`.
    """
    context = _context(zone, languages, day_first, not_after)
    if not any(mark.isdigit() for mark in text):
        return []
    return list(_dates(DateLine(text, context.languages), context, whole=False) or ())


def at_offset(date: PublishedDate, minutes: int) -> PublishedDate:
    """The same instant as clocks show it that many minutes east of UTC; the date itself where it is no instant."""
    if date.at is None:
        return date
    local = date.at + dt.timedelta(minutes=minutes)
    edtf = local.replace(microsecond=0, tzinfo=_fixed(minutes)).isoformat().replace("+00:00", "Z")
    return replace(date, edtf=edtf, on=local.date(), local=local, offset_minutes=minutes)


def is_date_line(text: str) -> bool:
    """Whether the whole line is dates or times (relative and yearless ones too), with labels at most."""
    if not text.strip() or len(text) > _LONGEST:
        return False
    if whole_iso(text.strip()):
        return True
    line = DateLine(text)
    i, seen = 0, False
    while i < len(line.tokens):
        step = _dated_step(line, i)
        if step is None:
            return False
        seen = seen or step[1]
        i = step[0]
    return seen


def _dated_step(line: DateLine, i: int) -> tuple[int, bool] | None:
    """The next token that a date line may go on with, and whether what was passed makes it one."""
    found = line.expression(i)
    if found:
        return found[0], True
    time = line.time(i, marked=False)
    if time:
        return time[0], True
    token = line.tokens[i]
    if token.kind == "p":
        return i + 1, False
    if token.kind == "n":
        # 'Nov 18th', '3 days ago': a number counts by the words around it.
        ordinal = i + 1 < len(line.tokens) and line.tokens[i + 1].text in words.ORDINALS
        return (i + 1 + ordinal, False) if len(token.text) <= 2 else None
    if token.text in words.DAYS_FROM_NOW:
        return i + 1, True
    if words.month(token.text) or words.weekdays(token.text, short=True) or token.text in words.RELATIVE:
        return i + 1, token.text in words.AGO or any(near.kind == "n" for near in line.tokens[max(0, i - 3) : i + 4])
    if token.text in words.PUBLISHED or token.text in words.UPDATED or token.text in words.FILLERS:
        return i + 1, False
    return None


def _context(
    zone: str | None, languages: Sequence[str] | None, day_first: bool | None, not_after: dt.date | None
) -> _Context:
    if day_first is None:
        day_first = convention(languages or ())
    if isinstance(not_after, dt.datetime):
        not_after = not_after.date()
    return _Context(_zone(zone) if zone else None, words.primary(languages), day_first, not_after)


def convention(languages: Sequence[str]) -> bool | None:
    """Whether all these languages put the day first; None without languages or where they differ.

    Of English that is known only by region: the United States and the Philippines begin with the month. Chinese,
    Japanese, Korean and Hungarian begin with the year, and say nothing about a date that ends with it.
    """
    orders: set[bool | None] = set()
    for tag in languages:
        language, _, region = tag.replace("_", "-").lower().partition("-")
        undecided = language in {"zh", "ja", "ko", "hu"} or region in {"ca", "za"} or (language == "en" and not region)
        if undecided or language not in words.MONTHS:
            orders.add(None)
        else:
            orders.add(region not in {"us", "ph"})
    return orders.pop() if len(orders) == 1 else None


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"no IANA zone: {name!r}") from None


def _dates(line: DateLine, context: _Context, *, whole: bool) -> Iterator[tuple[int, int, PublishedDate]] | None:
    """The dates of a line; with `whole`, None where the line holds anything else."""
    found: list[tuple[int, int, PublishedDate]] = []
    label: Label | None = None
    i = 0
    while i < len(line.tokens):
        match = line.expression(i) if _may_begin(line, i, whole) else None
        if match and (match[1].circa in words.SURE_CIRCA or not match[1].bare_year or (whole and not found)):
            end, reading = match
            start, stop = line.tokens[i].start, line.tokens[end - 1].end
            date = _published(line.text[start:stop], reading, context)
            if date:
                found.append((start, start + len(date.as_printed), replace(date, label=label)))
            i, label = end, None
            continue
        token = line.tokens[i]
        known, label = _label(token.text, token.kind, label)
        time = line.time(i, marked=False) if whole and not known else None
        if whole and not known and not time:
            return None
        i = time[0] if time else i + 1
    return iter(found)


def _may_begin(line: DateLine, i: int, whole: bool) -> bool:
    """Whether a date can begin at this token: not inside a word, a number or an address, in running text."""
    token = line.tokens[i]
    if token.kind == "p" or (token.kind == "w" and token.text not in words.beginnings(line.languages)):
        return False
    before = line.text[token.start - 1] if token.start else " "
    if whole:
        return True
    return not (before.isalnum() or before in "_@#$€£" or (before in ".-" and i > 1 and line.tokens[i - 2].kind == "n"))


def _label(text: str, kind: str, label: Label | None) -> tuple[bool, Label | None]:
    """Whether a token may stand beside a date, and the label that holds from there on."""
    if kind == "p":
        return True, None if text in "|•·" else label
    if text in words.UPDATED:
        return True, "updated"
    if text in words.PUBLISHED:
        return True, "published"
    if text in words.FILLERS:
        return True, label
    return False, None


def _published(as_printed: str, reading: Reading, context: _Context) -> PublishedDate | None:
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


def _narrowed(days: list[dt.date], reading: Reading, context: _Context) -> list[dt.date]:
    """The days that remain of several readings of one numeric date: by the order asked for, else by the weekday."""
    if context.day_first is not None:
        numbers = reading.days[0 if context.day_first else 1]
        wanted = _day(*numbers, context)
        return [wanted] if wanted in days and wanted else days
    matching = [day for day in days if day.isoweekday() in reading.weekday]
    return matching if len(matching) == 1 else days


def _timed(as_printed: str, day: dt.date, reading: Reading, context: _Context, mismatch: bool) -> PublishedDate | None:
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
            return _minutes(local.replace(tzinfo=_zone(meant))), "stated"
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


def _imprecise(as_printed: str, reading: Reading, context: _Context) -> PublishedDate | None:
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


def _day(year: int, month: int, day: int, context: _Context) -> dt.date | None:
    """The day of the calendar, its two-digit year made a year; None where there is none."""
    if year < 100:
        year += 1900 if year >= _EARLIEST_SHORT_YEAR % 100 else 2000
        if year > (context.not_after.year if context.not_after else _LATEST_SHORT_YEAR):
            return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _too_late(day: dt.date, context: _Context) -> bool:
    # A day's grace, since it may be tomorrow already where the publisher is.
    return context.not_after is not None and day > context.not_after + dt.timedelta(days=1)
