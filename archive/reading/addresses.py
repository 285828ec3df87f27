"""The date in the address of a page: `/2019/03/01/`, `/2019/mar/01/`, `-20190301.html`, `/01-03-2019`.

Here belong the forms in which addresses write a day. Not here: whether it is believed (`dating`).
"""

import re
from collections.abc import Iterator

from archive.normalise import date_words, dates
from archive.normalise.text import fold

_YEAR, _MONTH, _DAY = r"((?:19|20)\d\d)", r"(0?[1-9]|1[0-2])", r"(0?[1-9]|[12]\d|3[01])"
_YEAR_OF_THE_WEB = r"(199[4-9]|20[0-3]\d)"
"""Where no stroke stands around it, an earlier year is what a text tells of, or no year at all."""
_TWO_DIGITS = r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
_PARTED = re.compile(rf"/{_YEAR}(?:[/-]{_MONTH}(?:[/-]{_DAY})?|/?{_TWO_DIGITS}|-{_MONTH}/{_DAY})(?=[/_-]|$)")
_AT_THE_END = re.compile(rf"[_-]{_YEAR_OF_THE_WEB}-{_MONTH}-{_DAY}(?=/|\.\w+$|$)")
_OF_A_SECTION = re.compile(rf"/{_YEAR}/[a-z_-]{{2,30}}/{_MONTH}/{_DAY}(?=/)", re.IGNORECASE)
_IN_WORDS = re.compile(rf"/{_YEAR}/([^\W\d_]{{3,12}})/{_DAY}(?=/|$)")
_GLUED = re.compile(rf"(?<=[/_-])[a-z]{{0,4}}{_YEAR_OF_THE_WEB}{_TWO_DIGITS}(?:\d{{4,9}})?(?=[/_.-]|$)", re.IGNORECASE)
"""Behind the day may stand the time, or a number of the day."""
_DAY_FIRST = re.compile(rf"[/_-](\d\d?)([-._])(\d\d?)\2{_YEAR}(?=[/_.-]|$)")
_GLUED_DAY_FIRST = re.compile(rf"(?<=[/_-])[a-z]{{0,4}}([0-3]\d)([0-3]\d){_YEAR_OF_THE_WEB}(?=[/_.-]|$)", re.IGNORECASE)
_LONGEST = 1_000


def days(url: str) -> Iterator[str]:
    """The date in an address as ISO 8601 or with dots, day and month as they stand there; a month alone is a month."""
    # An archive that replays a page puts the day of its capture in front of the address.
    path = re.split("[?#]", url.rpartition("://")[2][:_LONGEST])[0]
    if found := _PARTED.search(path):
        year, month, day = found[1], found[2] or found[4] or found[6], found[3] or found[5] or found[7]
        if day:
            yield _iso(year, month, day)
            return
    if exact := _AT_THE_END.search(path) or _OF_A_SECTION.search(path):
        yield _iso(*exact.groups())
    elif (named := _IN_WORDS.search(path)) and (of_name := date_words.month(fold(named[2]))):
        yield _iso(named[1], str(of_name), named[3])
    elif glued := list(_GLUED.finditer(path)):
        # In front of it may stand the day of what the text tells of.
        yield _iso(*glued[-1].groups())
    elif parted := _DAY_FIRST.search(path):
        yield f"{parted[1]}.{parted[3]}.{parted[4]}"
    elif (joined := _GLUED_DAY_FIRST.search(path)) and dates.parse(".".join(joined.groups())):
        yield ".".join(joined.groups())
    elif found:
        yield f"{year}-{int(month):02}"


def _iso(year: str, month: str, day: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"
