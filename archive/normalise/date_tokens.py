"""A line of text cut into numbers, words and marks, and the clock and zone that begin at one of them.

Here belongs what every form of a date is built from: tokens, ISO 8601, times of day, zones as printed. Not here: how
they make a date (`date_grammar`), or what is concluded from it (`dates`).

Every match looks a bounded number of tokens ahead, and every regular expression has bounded repetition, so that a
line is read in time linear to its length.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from archive.normalise import date_words as words
from archive.normalise.text import fold

_EAST = "年月日號号時时点點分秒년월일시분초"
_TOKEN = re.compile(
    # A year glued to a time ("20247:55"), which text taken out of markup shows.
    r"(?P<n>(?:1[89]|20)\d\d(?=\d{1,2}:\d\d)|\d+)"
    # Letters with their marks (Latin accents, vowel signs of Devanagari and Bengali); East Asian units stand alone.
    # The Ukrainian Friday has its apostrophe inside; four months of the Levant are two words, and
    # the short months of Thailand two letters with full stops.
    rf"|(?P<w>[{_EAST}]|(?:تشرين|كانون)\s(?:ال[أا]ول|الثاني)|เ?[ก-ฮ][ิี]?\.[ก-ฮ]\.|[пП]['’ʼ][яЯ][^\W\d_]{{1,6}}|(?:[^\W\d_{_EAST}]|[\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0e31-\u0e3a\u0e47-\u0e4e])+)"
    r"|\S"
)
_OFFSET = r"[+\-−]\d{2}(?::?\d{2})?"
ISO = re.compile(
    r"(?P<y>\d{4})-(?P<mo>\d{1,2})-(?P<d>\d{1,2})"
    # Text taken out of markup may show the day glued to the time ("2019-09-3007:42").
    r"(?:(?:\s?[Tt]\s?|[\s,]\s?|(?<=-\d\d)(?=\d\d:))(?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
    # '04:37 PM' is left to the time's own pattern.
    rf"(?:\s?(?P<z>[Zz](?![^\W_])|{_OFFSET}(?![\d:])))?(?!\s?[aApP]\.?[mM]))?(?![\d:])",
)
_BASIC = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?P<mo>\d\d)(?P<d>\d\d)"
    rf"(?:[Tt ]?(?P<h>\d\d)(?P<mi>\d\d)(?P<s>\d\d)?(?P<f>(?!))?(?P<z>[Zz]|{_OFFSET})?)?$"
)
_TIME = re.compile(
    r"(?P<h>\d{1,2})(?:(?P<sep>\s?[:.]\s?|\s?[hH]\s?)(?P<mi>\d{2})(?!\d)(?:[:.](?P<s>\d{2})(?!\d)(?:[.,](?P<f>\d{1,9}))?)?)?"
    r"(?P<half>\s{0,2}[aApPπμΠΜ]\s?\.?\s?[mMμΜ]\b\.?)?"
    r"(?P<mark>\s?(?:uhr|hrs|hs|horas|hours|hora|uur|час|h)\b\.?)?(?![\w:])",
    re.IGNORECASE,
)
_EAST_TIME = re.compile(r"(\d{1,2})\s?[時时点點시]\s?(?:(\d{1,2})\s?[分분]\s?(?:(\d{1,2})\s?[秒초])?)?")
_ZONE = re.compile(
    r"\s?[,(]?\s?(?P<name>(?:UTC|GMT)(?=[+\-−\d\s)]|$|\W)|[A-Z]{1,4}(?![^\W_])|(?<=\s)(?=[+\-−]\d\d))"
    r"\s?(?P<sign>[+\-−])?(?(sign)(?P<oh>\d{1,2})(?::?(?P<om>\d{2}))?(?![\d:]))\)?(?:\s\([^()]{1,40}\))?"
)

_EARLIEST_YEAR, _LATEST_YEAR = 1500, 2100
"""No page is older than printing; other numbers of four digits count something else."""
_BUDDHIST_ERA = 543
"""By so much are the years higher that Thailand counts."""

Clock = tuple[int, int, int, int]
"""Hour, minute, second, microsecond; hour 24 and second 60 are left as printed."""


class Token(NamedTuple):
    """A number, a word or one mark of punctuation, with its place in the line."""

    start: int
    end: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one expression says. A part that it does not say is None.

    Attributes:
        days: the readings as (year, month, day); a two-digit year stands as printed, below 100.
        until: the end of a range, in the same precision as the start.
        years: the four-digit year of a month, season or bare year.
        second_year: the other year of '2012/13', in full.
        clock: the time of day.
        zone: minutes east of UTC, or a zone's abbreviation as printed.
        weekday: the weekdays that the printed one can be, 1 to 7; empty where none is printed.
    """

    days: tuple[tuple[int, int, int], ...] = ()
    until: tuple[int, int, int | None] | None = None
    year: int | None = None
    month: int | None = None
    season: int | None = None
    second_year: int | None = None
    circa: str = ""
    clock: Clock | None = None
    zone: int | str | None = None
    weekday: frozenset[int] = frozenset()

    @property
    def bare_year(self) -> bool:
        """Whether nothing but years is said."""
        return not self.days and self.month is None and self.season is None


class Line:
    """A line cut into tokens, and the matchers that begin at a given token."""

    def __init__(self, text: str, languages: tuple[str, ...] = ()) -> None:
        self.text = text
        self.languages = languages
        self.tokens = [
            Token(m.start(), m.end(), m.lastgroup or "p", fold(m.group()) if m.lastgroup == "w" else m.group())
            for m in _TOKEN.finditer(text)
        ]

    def _after(self, position: int, index: int) -> int:
        """The index of the first token that starts at or behind `position`, looking onward from `index`."""
        while index < len(self.tokens) and self.tokens[index].start < position:
            index += 1
        return index

    def _text(self, i: int) -> str:
        return self.tokens[i].text if i < len(self.tokens) else ""

    def _is(self, i: int, kind: str) -> bool:
        return i < len(self.tokens) and self.tokens[i].kind == kind

    def _number(self, i: int, least: int, most: int, digits: int = 2) -> int | None:
        """The number at `i`, of at most two digits or of exactly four."""
        if not self._is(i, "n"):
            return None
        printed = self.tokens[i].text
        if (len(printed) > 2) if digits == 2 else (len(printed) != digits):
            return None
        value = int(printed)
        return value if least <= value <= most else None

    def _year(self, i: int) -> int | None:
        year = self._number(i, _EARLIEST_YEAR, _LATEST_YEAR + _BUDDHIST_ERA, 4)
        if year is not None and year > _LATEST_YEAR:
            year -= _BUDDHIST_ERA
            return year if year > 1900 else None
        return year

    def _day(self, i: int) -> int | None:
        return self._number(i, 1, 31)

    def _month(self, i: int) -> int | None:
        return words.month(self.tokens[i].text, self.languages) if self._is(i, "w") else None

    def _skip(self, i: int, marks: str, most: int = 1) -> int:
        for _ in range(most):
            if i < len(self.tokens) and self.tokens[i].text in marks:
                i += 1
        return i

    def time(self, i: int, *, marked: bool) -> tuple[int, Clock, int | str | None] | None:
        """The time of day that begins at `i`, with its zone where one is printed.

        Args:
            i: the token to begin with.
            marked: whether something before says that a time follows, so that '16.30' alone is one.
        """
        if not (self._is(i, "n") or self._text(i) in words.FIRST_HALF or self._text(i) in words.SECOND_HALF):
            return None
        found = self._east_time(i) or self._west_time(i, marked)
        if not found:
            return None
        end, clock = found
        end, zone = self.zone(end)
        return self._after(end, i), clock, zone

    def _east_time(self, i: int) -> tuple[int, Clock] | None:
        half = "p" if self._text(i) in words.SECOND_HALF else "a" if self._text(i) in words.FIRST_HALF else ""
        j = i + 1 if half else i
        if not self._is(j, "n"):
            return None
        match = _EAST_TIME.match(self.text, self.tokens[j].start)
        if match:
            clock = _clock(match[1], match[2], match[3], None, half)
        else:
            match = _TIME.match(self.text, self.tokens[j].start) if half else None
            clock = _clock(match["h"], match["mi"], match["s"], match["f"], half) if match else None
        return (match.end(), clock) if match and clock else None

    def _west_time(self, i: int, marked: bool) -> tuple[int, Clock] | None:
        match = _TIME.match(self.text, self.tokens[i].start)
        if not match or len(self.tokens[i].text) > 2:
            return None
        separator = (match["sep"] or "").strip().lower()
        half, mark = match["half"] or "", (match["mark"] or "").strip().lower()
        sure = separator in {":", "h"} or half or (separator == "." and (mark or marked))
        if not sure and not (not separator and mark):
            return None
        clock = _clock(match["h"], match["mi"], match["s"], match["f"], fold(half.strip())[:1])
        return (match.end(), clock) if clock else None

    def zone(self, position: int) -> tuple[int, int | str | None]:
        """The zone printed at this place of the text, and the place behind it: minutes east, or an abbreviation."""
        match = _ZONE.match(self.text, position)
        if not match:
            return position, None
        name = match["name"]
        if match["sign"]:
            if name not in {"", "UTC", "GMT"}:
                return position, None
            minutes = _offset(match["sign"], match["oh"], match["om"])
            return (match.end(), minutes) if minutes is not None else (position, None)
        if name in words.ZONES:
            return match.end(), name
        return position, None


def whole_iso(text: str) -> Reading | None:
    """The reading of a text that is one ISO 8601 date, extended or basic, with or without a time."""
    match = ISO.fullmatch(text) or _BASIC.fullmatch(text)
    return from_iso(match) if match else None


def from_iso(match: re.Match[str]) -> Reading | None:
    """The reading of a match of `ISO`; None where no clock shows that time or no zone has that offset."""
    day = (int(match["y"]), int(match["mo"]), int(match["d"]))
    if match["h"] is None:
        return Reading(days=(day,))
    clock = _clock(match["h"], match["mi"], match["s"], match["f"], "")
    zone: int | str | None = None
    if match["z"]:
        zone = 0 if match["z"] in {"Z", "z"} else _offset(match["z"][0], match["z"][1:3], match["z"][3:].lstrip(":"))
        if zone is None:
            return None
    return Reading(days=(day,), clock=clock, zone=zone) if clock else None


def _offset(sign: str, hours: str, minutes: str | None) -> int | None:
    """Minutes east of UTC; None where no clock on earth has that offset."""
    total = int(hours) * 60 + int(minutes or 0)
    if total > 14 * 60 or int(minutes or 0) > 59:
        return None
    return total if sign == "+" else -total


def _clock(hour: str, minute: str | None, second: str | None, fraction: str | None, half: str) -> Clock | None:
    """Hour, minute, second and microsecond of a 24-hour clock; None where no clock shows that."""
    h, m, s = int(hour), int(minute or 0), int(second or 0)
    micro = int((fraction or "0")[:6].ljust(6, "0"))
    if half in {"a", "π"} and h == 12:
        h = 0
    elif half in {"p", "μ"} and h < 12:
        h += 12
    if m > 59 or s > 60 or h > 24 or (h == 24 and (m or s or micro)):
        return None
    return h, m, s, micro
