"""Dates as publishers print them: what is known is said, what is not known is left open, nothing is invented.

Here belongs finding dates in a line, with the labels beside them. Not here: how the words are put together
(`date_grammar`), the words (`date_words`), what a date says (`date_values`), or which of several dates of a page counts
(the reader's rules).

'3 days ago', 'yesterday', and dates without a year are no dates.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.normalise import date_words as words
from archive.normalise.date_grammar import DateLine
from archive.normalise.date_tokens import whole_iso
from archive.normalise.date_values import Context, Label, PublishedDate, published, zone_of

_LONGEST = 400
"""A text longer than this is no date line: `parse` and `is_date_line` say so without reading it."""
_LONGEST_OPENING = 80
_LABEL_ORDER: dict[Label | None, int] = {"published": 0, None: 1, "updated": 2}
_NOTHING_KNOWN = Context(None, (), None, None)


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
        return published(text, reading, context)
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


def opening(text: str) -> PublishedDate | None:
    """The date that a line begins with, behind labels at most, whatever follows it."""
    line = DateLine(text[:_LONGEST_OPENING])
    label: Label | None = None
    for i, token in enumerate(line.tokens):
        match = line.expression(i)
        if match:
            start, stop = token.start, line.tokens[match[0] - 1].end
            date = published(line.text[start:stop], match[1], _NOTHING_KNOWN)
            return replace(date, label=label) if date and date.on else None
        known, label = _label(token.text, token.kind, label)
        if not known:
            return None
    return None


def is_updated(text: str) -> bool:
    """Whether a text says of all its dates that something was changed then."""
    return {date.label for _, _, date in find(text)} == {"updated"}


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
) -> Context:
    if day_first is None:
        day_first = convention(languages or ())
    if isinstance(not_after, dt.datetime):
        not_after = not_after.date()
    return Context(zone_of(zone) if zone else None, words.primary(languages), day_first, not_after)


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


def _dates(line: DateLine, context: Context, *, whole: bool) -> Iterator[tuple[int, int, PublishedDate]] | None:
    """The dates of a line; with `whole`, None where the line holds anything else."""
    found: list[tuple[int, int, PublishedDate]] = []
    label: Label | None = None
    i = 0
    while i < len(line.tokens):
        match = line.expression(i) if _may_begin(line, i, whole) else None
        if match and (match[1].circa in words.SURE_CIRCA or not match[1].bare_year or (whole and not found)):
            end, reading = match
            start, stop = line.tokens[i].start, line.tokens[end - 1].end
            date = published(line.text[start:stop], reading, context)
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
    """Whether a date can begin at this token: not inside a word, a number or an address, in running text.

    In the scripts of the East a word may stand right before a number.
    """
    token = line.tokens[i]
    if token.kind == "p" or (token.kind == "w" and token.text not in words.beginnings(line.languages)):
        return False
    before = line.text[token.start - 1] if token.start else " "
    if whole:
        return True
    return not (
        (before.isalnum() and not "\u3040" <= before <= "\ud7a3")
        or before in "_@#$€£"
        or (before in ".-" and i > 1 and line.tokens[i - 2].kind == "n")
    )


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
