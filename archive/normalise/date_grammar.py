"""How years, months, days, weekdays and times are put together: what one expression of a line says.

Here belongs reading: which numbers and words are year, month and day, and which readings a numeric date leaves open.
Not here: the tokens, clocks and zones they are made of (`date_tokens`), or deciding between readings (`dates`).
"""

from dataclasses import replace

from archive.normalise import date_words as words
from archive.normalise.date_tokens import ISO, Clock, Line, Reading, from_iso

Match = tuple[int, Reading] | None
"""The index of the token behind the match, and what it says."""


class DateLine(Line):
    """A line with the matchers of dates that begin at a given token."""

    # --- the whole expression -----------------------------------------------------------------

    def expression(self, i: int) -> Match:
        """A date with what stands around it: weekday, 'c.', time before or behind, zone."""
        clock, zone = None, None
        # The date is tried before the weekday, since 'mar' is March before it is a Tuesday.
        weekday: frozenset[int] = frozenset()
        found = self.date(i, allow_circa=True)
        if not found:
            weekday, i = self._weekday(i)
            found = self.date(i, allow_circa=True) if weekday else None
        if not found:
            early = self.time(i, marked=False)
            if not early:
                return None
            i, clock, zone = early
            i = self._skip(i, ",،，|-–—•·/@", 2)
            i = i + 1 if self._text(i) in words.BEFORE_DATE else i
            later, i = self._weekday(i)
            weekday = weekday or later
            found = self.date(i, allow_circa=True)
        if not found:
            return None
        i, reading = found
        behind, i = self._weekday_behind(i)
        if clock is None and reading.clock is None and reading.days:
            late = self._late_time(i)
            if late:
                i, clock, zone = late
        if clock is not None:
            reading = replace(reading, clock=clock, zone=zone)
        return i, replace(reading, weekday=weekday or reading.weekday or behind)

    def date(self, i: int, *, allow_circa: bool) -> Match:
        """A date, month, season or year that begins at token `i`."""
        if i >= len(self.tokens):
            return None
        kind, text = self.tokens[i].kind, self.tokens[i].text
        if kind == "n":
            return self._year_first(i) if len(text) == 4 else self._day_first(i) or self._month_slash_year(i)
        if kind != "w":
            return None
        found = self._month_first(i) or self._season_first(i)
        if found:
            return found
        if allow_circa and text in words.CIRCA:
            inner = self.date(self._skip(i + 1, "."), allow_circa=False)
            return (inner[0], replace(inner[1], circa=text)) if inner else None
        return None

    # --- year first ------------------------------------------------------------------------------

    def _year_first(self, i: int) -> Match:
        iso = ISO.match(self.text, self.tokens[i].start)
        if iso:
            reading = from_iso(iso)
            if reading:
                end = self._after(iso.end(), i)
                zone_end, zone = self.zone(iso.end()) if reading.clock and reading.zone is None else (iso.end(), None)
                if zone is not None:
                    return self._after(zone_end, end), replace(reading, zone=zone)
                return end, reading
        year = self._year(i)
        if year is None:
            return None
        return self._year_units(i, year) or self._year_month_day(i, year) or self._year_alone(i, year)

    def _year_units(self, i: int, year: int) -> Match:
        """2024年5月1日, 2024년 5월 1일, or less of it."""
        if self._text(i + 1) not in {"年", "년"}:
            return None
        month = self._number(i + 2, 1, 12)
        if month is None or self._text(i + 3) not in {"月", "월"}:
            return i + 2, Reading(year=year)
        day = self._day(i + 4)
        if day is None or self._text(i + 5) not in {"日", "일", "号", "號"}:
            return i + 4, Reading(year=year, month=month)
        return i + 6, Reading(days=((year, month, day),))

    def _year_month_day(self, i: int, year: int) -> Match:
        j = self._skip(i + 1, ".-/")
        if self._text(j) in words.YEAR_BEFORE_DAY:
            return self._day_behind_year(self._skip(j + 1, "."), year)
        month = self._month(j)
        if month is not None:
            k = self._skip(j + 1, ".-/", 2)
            day = self._day(k)
            # In 'since 2018. March 5, 2019 was' the year belongs to the date behind it.
            if self._year(self._skip(k if day is None else k + 1, ",")) is not None:
                return None
            if day is not None and not self._starts_time(k):
                return self._ordinal(k + 1), Reading(days=((year, month, day),))
            return (j + 1, Reading(year=year, month=month)) if self._full_month(j) else None
        separator = self._text(i + 1)
        month, day = self._number(i + 2, 1, 12), self._day(i + 4)
        if separator not in {"-", "/", "."} or month is None or day is None or self._text(i + 3) != separator:
            return None
        if self._is(i + 6, "n") and self._text(i + 5) == separator and self._joined(i + 6):
            return None
        return self._skip(i + 5, "." if separator == "." else ""), Reading(days=((year, month, day),))

    def _day_behind_year(self, i: int, year: int) -> Match:
        """2024 m. kovo 5 d. · 2024. gada 5. martā."""
        month, day = self._month(i), self._day(i + 1)
        if month is None:
            end = self._ordinal(i + 1)
            month, day = self._month(end), self._day(i)
        else:
            end = i + 1
        return (end + 1, Reading(days=((year, month, day),))) if month and day else None

    def _year_alone(self, i: int, year: int) -> Match:
        season = words.season(self._text(i + 1)) if self._is(i + 1, "w") else None
        if season is not None:
            return i + 2, Reading(year=year, season=season)
        mark = self._text(i + 1)
        if mark and mark in "/-–—":
            second = self._second_year(i + 2, year)
            # 2011/12 is both two years and a month; two years hold either, so that nothing is guessed.
            if second is not None:
                return i + 3, Reading(year=year, second_year=second)
            month = self._number(i + 2, 1, 12)
            if month is not None and mark in "/-" and len(self._text(i + 2)) == 2 and not self._joined(i + 3):
                return i + 3, Reading(year=year, month=month)
            return None
        if self._joined(i + 1):
            return None
        return self._after_year(i + 1), Reading(year=year)

    def _joined(self, i: int) -> bool:
        """Whether the token at `i` is glued to the one before: '1990s', '2019%', '2019-'."""
        return (
            i < len(self.tokens) and self.tokens[i].start == self.tokens[i - 1].end and self._text(i) not in ".,;:)]|"
        )

    def _second_year(self, i: int, year: int) -> int | None:
        """The year behind the stroke of '2012/13' or '2012–2013': the next one or a later one written in full."""
        if not self._is(i, "n"):
            return None
        full = self._year(i)
        if full is not None:
            return full if full > year else None
        short = self._number(i, 0, 99)
        following = year + 1
        return following if short == following % 100 and len(self._text(i)) == 2 else None

    def _after_year(self, i: int) -> int:
        """Past the word for 'year' that some languages put behind it (г., r., року)."""
        if self._text(i) in words.AFTER_YEAR and self._is(i, "w"):
            return self._skip(i + 1, ".")
        return i

    # --- day first -------------------------------------------------------------------------------

    def _day_first(self, i: int) -> Match:
        day = self._day(i)
        if day is None:
            return None
        numeric = self._numeric(i)
        if numeric:
            return numeric
        last, j = None, self._ordinal(i + 1)
        if self._text(j) in {"-", "–", "—", "/", "to", "bis", "au", "al", "a"} and self._day(j + 1) is not None:
            last, j = self._day(j + 1), self._ordinal(j + 2)
        if self._text(j) in {"月", "월"}:
            return None
        j = self._skip(j, "-/")
        # A weekday stands here in '31 Donnerstag Okt 2019'.
        weekday, j = (frozenset(), j) if self._month(j) else self._weekday(j)
        j = self._of(j)
        month = self._month(j)
        if month is None and self._text(j) == "thang":
            month, j = self._number(j + 1, 1, 12), j + 1
        if month is None:
            return None
        # In '4 آب/أغسطس 2013' the month has both of its names.
        j = j + 2 if self._text(j + 1) == "/" and self._month(j + 2) == month else j
        hyphen = self._text(j + 1) == "-"
        j = self._of(self._skip(j + 1, ".,-/", 2))
        j = j + 1 if self._text(j) in {"nam", "ano"} else j
        year = self._year(j)
        if year is None and (hyphen or (self._text(j) in {"'", "’"} and self._number(j + 1, 0, 99) is not None)):
            j = j if hyphen else j + 1
            year = self._number(j, 0, 99) if len(self._text(j)) == 2 else None
        if year is None or (year < 100 and self._starts_time(j)):
            return None
        start = (year, month, day)
        until = (year, month, last) if last is not None and last > day else None
        if last is not None and until is None:
            return None
        return self._after_year(j + 1), Reading(days=(start,), until=until, weekday=weekday)

    def _ordinal(self, i: int) -> int:
        """Past what marks a number as ordinal: '.', 'st', 'er', 'º'."""
        text = self._text(i)
        if text and (text == "." or (text in words.ORDINALS and self.tokens[i].start == self.tokens[i - 1].end)):
            return self._skip(i + 1, ".")
        return i

    def _of(self, i: int) -> int:
        """Past 'of', 'de', 'del', 'the', "d'"."""
        for _ in range(2):
            if self._text(i) in words.OF and self._is(i, "w"):
                i += 1
                if self._text(i) in {"'", "’"} and self.tokens[i].start == self.tokens[i - 1].end:
                    i += 1
        return i

    def _numeric(self, i: int) -> Match:
        """Two numbers and a year between equal separators: 20/11/2018, 21-10-2020, 03.02.14, 8. 11. 2021."""
        separator = self._text(i + 1)
        if separator not in {"/", "-", ".", "–"} or self._text(i + 3) != separator:
            return None
        first, second = self._number(i, 1, 31), self._number(i + 2, 1, 31)
        if first is None or second is None:
            return None
        year = self._year(i + 4)
        if year is None:
            year = self._number(i + 4, 0, 99) if len(self._text(i + 4)) == 2 else None
            # '3.2.14.1' is a version or an address; '1. 2. 14' is mostly a list; '1.2. 14:30' has a time.
            spaced = (
                self.tokens[i].end != self.tokens[i + 1].start or self.tokens[i + 1].end != self.tokens[i + 2].start
            )
            if (
                year is None
                or spaced
                or self._starts_time(i + 4)
                or (self._text(i + 5) == "." and self._is(i + 6, "n") and self._joined(i + 6))
            ):
                return None
        days = [(year, second, first), (year, first, second)]
        if separator == "-" and year < 100:
            # Only with hyphens is the year also put first.
            days.append((first, second, year))
        end = self._after_year(i + 5)
        return end, Reading(days=tuple(days))

    def _month_slash_year(self, i: int) -> Match:
        """10/2021, 05.2021."""
        month, year = self._number(i, 1, 12), self._year(i + 2)
        if month is None or year is None or self._text(i + 1) not in {"/", ".", "-"}:
            return None
        if self.tokens[i].end != self.tokens[i + 1].start or self._joined(i + 3):
            return None
        return i + 3, Reading(year=year, month=month)

    # --- month or season first -------------------------------------------------------------------

    def _full_month(self, i: int) -> bool:
        return words.month_in_full(self.tokens[i].text, self.languages) is not None

    def _month_first(self, i: int) -> Match:
        month = self._month(i)
        if month is None:
            return None
        j = self._skip(i + 1, ".,", 2)
        return self._month_day_year(j, month) or self._months_year(i, j, month)

    def _month_day_year(self, j: int, month: int) -> Match:
        """March 1, 2019 · March 1st 2019 · March 1–3, 2019 · Mar 1 21:57:01 UTC 2019."""
        day = self._day(j)
        if day is None:
            return None
        last, k = None, self._ordinal(j + 1)
        if self._text(k) and self._text(k) in "-–—" and self._day(k + 1) is not None:
            last, k = self._day(k + 1), self._ordinal(k + 2)
        k = self._skip(k, ".,/", 2)
        k = k + 1 if self._text(k) in {"de", "del"} else k
        year = self._year(k)
        clock, zone = None, None
        if year is None:
            time = self.time(k, marked=False)
            if not time:
                return None
            k, clock, zone = time
            year = self._year(k)
        if year is None:
            return None
        until = (year, month, last) if last is not None and last > day else None
        return self._after_year(k + 1), Reading(days=((year, month, day),), until=until, clock=clock, zone=zone)

    def _months_year(self, i: int, j: int, month: int) -> Match:
        """March 2019 · marzo de 2019 · November/December 2022 · December 2022 – January 2023."""
        if not self._full_month(i):
            return None
        first_year = self._year(self._of(j))
        k = j if first_year is None else self._of(j) + 1
        if self._text(k) in {"/", "-", "–", "—", "&", "and", "und", "et", "y", "e", "to", "bis"}:
            second = self._month(k + 1)
            if second is not None and self._full_month(k + 1):
                m = self._of(self._skip(k + 2, ".,", 2))
                year = self._year(m)
                if year is not None and (first_year or year, month) < (year, second):
                    return m + 1, Reading(year=first_year or year, month=month, until=(year, second, None))
        if first_year is None:
            return None
        return self._after_year(k), Reading(year=first_year, month=month)

    def _season_first(self, i: int) -> Match:
        season = words.season(self.tokens[i].text)
        if season is None:
            return None
        j = self._of(self._skip(i + 1, ",."))
        year = self._year(j)
        if year is None:
            return None
        if self._text(j + 1) and self._text(j + 1) in "/-–":
            second = self._second_year(j + 2, year)
            if second == year + 1:
                return j + 3, Reading(year=year, season=season, second_year=second)
        return j + 1, Reading(year=year, season=season)

    # --- weekday, time, zone ---------------------------------------------------------------------

    def _weekday(self, i: int) -> tuple[frozenset[int], int]:
        """The weekdays that the word at `i` may be, and the token behind it and its comma."""
        if not self._is(i, "w"):
            return frozenset(), i
        token = self.tokens[i]
        if self._text(i + 1) == "-" and self._text(i + 2) == "feira":
            days, behind = words.weekdays(token.text, short=False), i + 3
        else:
            mark = self._text(i + 1)
            # A short form is trusted where it is written like one: 'Do', 'jeu.', 'tue,'.
            short = self.text[token.start].isupper() or mark in {".", ","}
            days, behind = words.weekdays(token.text, short=short), i + 1
        if not days:
            return frozenset(), i
        return days, self._skip(behind, ".,،，:|", 2)

    def _weekday_behind(self, i: int) -> tuple[frozenset[int], int]:
        """A weekday behind the date, in brackets or of one East Asian character; the latter is not checked."""
        j = self._skip(i, "([（", 1)
        k = j
        while (
            k < len(self.tokens)
            and k < j + 2
            and (self.tokens[k].text in words.EAST_ASIAN_WEEKDAYS or (k > j and self.tokens[k].text in {"日", "일"}))
        ):
            k += 1
        days: frozenset[int] = frozenset()
        if k == j and j > i:
            days, k = self._weekday(j)
        if k == j:
            return days, i
        return days, self._skip(k, ")]）") if j > i else k

    def _starts_time(self, i: int) -> bool:
        return self._text(i + 1) == ":" and self._is(i + 2, "n")

    def _late_time(self, i: int) -> tuple[int, Clock, int | str | None] | None:
        """The time behind a date, past a comma, a bar or a word like 'at'."""
        j = i
        for _ in range(3):
            if self._text(j) and (self._text(j) in ",،，|-–—•·/.;:" or self._text(j) in words.BEFORE_TIME):
                j += 1
        return self.time(j, marked=j > i)
