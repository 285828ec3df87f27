"""The days of publication that a page gives beside the one that is believed.

Here belongs reading them. Not here: what they say against that day (`doubts`).
"""

import datetime as dt
from collections.abc import Iterator

from archive.model.provenance import Witness
from archive.normalise import dates
from archive.normalise.date_values import PublishedDate
from archive.reading.page import Page, Statement
from archive.sources.register import Register

_SPEAKS: frozenset[Witness] = frozenset(("visible", "byline", "json_ld", "open_graph", "microdata", "meta"))


def other_days(page: Page, register: Register) -> tuple[tuple[dt.date, ...], tuple[dt.date, ...]]:
    """The days that strong and that weak witnesses give.

    Where no shape of the publisher matched, a displayed date may belong to another text, and counts only if it was
    believed.
    """
    strong: dict[dt.date, None] = {}
    weak: dict[dt.date, None] = {}
    for day, claim in days(page, register):
        (strong if claim.witness in _SPEAKS else weak)[day] = None
    return tuple(strong), tuple(weak)


def days(page: Page, register: Register) -> Iterator[tuple[dt.date, Statement]]:
    """Every day of publication that the page gives, the believed one among them, with the statement that gives it."""
    source = register.source_for(page.url)
    spoken = [page.language] if page.language else None
    known: dict[str, PublishedDate | None] = {}
    for claim in page.statements:
        if claim.field != "published":
            continue
        if claim.witness in {"visible", "byline"} and page.shape == "generic" and not claim.chosen:
            continue
        if claim.value not in known:
            known[claim.value] = dates.parse(
                claim.value, zone=source.zone, languages=spoken, day_first=source.day_first
            )
        date = known[claim.value]
        if date and date.on and date.label != "updated":
            yield date.on, claim
