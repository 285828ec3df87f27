"""The geometry of the drawings: pure functions from numbers to places; the templates draw them as inline SVG.

Here belong coordinates and scales. Not here: colours, words, markup. Every drawing has the same facts in a table or
list beside it, for those who do not see it.
"""

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from warehouse.site.holdings import Row

_MOST_BARS = 48


@dataclass(frozen=True, slots=True)
class Seat:
    """A place at the table: its centre in a square of 100 × 100, its size, who sits there, and what they did."""

    x: float
    y: float
    r: float
    names: str
    state: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of time: its first day, its label, how many texts, and its place and height in per cent."""

    start: dt.date
    label: str
    count: int
    x: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on a scale, at a place in per cent."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Lengths:
    """The answers to one prompt as dots on a scale of words.

    Attributes:
        dots: place in per cent, and the contribution's row.
        middle: the median number of words, and its place.
    """

    prompt: Row
    dots: tuple[tuple[float, Row], ...]
    middle: tuple[float, int]


def seats(entries: Sequence[Row]) -> list[Seat]:
    """A round table from above: every entry of the line-up has its place, clockwise from the top."""
    number = max(1, len(entries))
    # Neighbours never touch: each takes at most four fifths of its share of the circle.
    size = min(7.0, 0.8 * math.pi * 39 / number)
    return [
        Seat(
            x=round(50 + 39 * math.sin(2 * math.pi * index / number), 2),
            y=round(50 - 39 * math.cos(2 * math.pi * index / number), 2),
            r=round(size, 2),
            names=entry["names"],
            state=entry["state"],
        )
        for index, entry in enumerate(entries)
    ]


def over_time(days: Iterable[tuple[dt.date, int]]) -> list[Bar]:
    """How many texts came when: by day, month or year, whichever gives fewer than fifty steps; none for no day."""
    counts: Counter[dt.date] = Counter()
    for day, number in days:
        counts[day] += number
    if not counts:
        return []
    first, last = min(counts), max(counts)
    steps = _steps(first, last)
    filled = Counter[dt.date]()
    for day, number in counts.items():
        filled[max(start for start in steps if start <= day)] += number
    most = max(filled.values())
    label = _label(steps)
    width = 100 / len(steps)
    return [
        Bar(start, label(start), filled[start], round(index * width, 3), round(width, 3), 100 * filled[start] / most)
        for index, start in enumerate(steps)
    ]


def lengths(prompts: Sequence[tuple[Row, Sequence[Row]]]) -> tuple[list[Lengths], list[Tick]]:
    """The lengths of the answers by prompt, on one scale of words from nothing to a round number above the longest."""
    rows = [
        (prompt, [one for one in answers if one["word_count"] and one["state"] != "withdrawn"])
        for prompt, answers in prompts
    ]
    longest = max((one["word_count"] for _, answers in rows for one in answers), default=0)
    if not longest:
        return [], []
    step = _round_step(longest / 4)
    top = step * math.ceil(longest / step)
    found = []
    for prompt, answers in rows:
        if answers:
            middle = round(median(one["word_count"] for one in answers))
            dots = tuple((_per_cent(one["word_count"], top), one) for one in answers)
            found.append(Lengths(prompt, dots, (_per_cent(middle, top), middle)))
    return found, [Tick(_per_cent(words, top), f"{words:,}") for words in range(0, top + 1, step)]


def _steps(first: dt.date, last: dt.date) -> list[dt.date]:
    if (last - first).days < _MOST_BARS:
        return [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= _MOST_BARS:
        begin = first.year * 12 + first.month - 1
        return [dt.date(number // 12, number % 12 + 1, 1) for number in range(begin, begin + months)]
    years = last.year - first.year + 1
    stride = math.ceil(years / _MOST_BARS)
    return [dt.date(year, 1, 1) for year in range(first.year - first.year % stride or 1, last.year + 1, stride)]


def _label(steps: Sequence[dt.date]) -> Callable[[dt.date], str]:
    if len(steps) > 1 and (steps[1] - steps[0]).days >= 365:
        return lambda day: str(day.year)
    if len(steps) > 1 and (steps[1] - steps[0]).days >= 28:
        return lambda day: f"{day:%b} {day.year}"
    return lambda day: f"{day.day} {day:%b} {day.year}"


def _round_step(size: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50 … that is not smaller."""
    power = 10 ** max(0, math.floor(math.log10(max(1, size))))
    return next(int(power * factor) for factor in (1, 2, 5, 10) if power * factor >= size)


def _per_cent(number: float, top: float) -> float:
    return round(100 * number / top, 2)
