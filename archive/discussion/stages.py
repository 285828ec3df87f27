"""Stages and rounds: at which point of a discussion a text stands, in the publisher's words.

Here belongs finding the words above the title and in the title; on a page of many texts the reader finds those above
each. A round is a number only where the publisher numbers it. Not here: what the words mean (`archive.reading.stages`),
and who replies to whom (`rejoinders`, `links`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.model.contributions import Role
from archive.reading import stages as words_of
from archive.reading.page import Block, Page, PageContribution


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage, as printed.

    Attributes:
        round: its number, where the publisher numbers rounds.
        role: the part that the words give to the text; None where they give none.
        locator: where they stand.
    """

    printed: str
    round: int | None
    role: Role | None
    locator: str


def stages(page: Page) -> tuple[Stage | None, ...]:
    """The stage of each contribution of a page."""
    if len(page.contributions) == 1 and page.contributions[0].locator is None:
        return (_of_page(page),)
    above = _of_page(page)
    return tuple(_of(item, above) for item in page.contributions)


def _of(item: PageContribution, above: Stage | None) -> Stage | None:
    """The stage of one of many texts; the reader knows which part it plays."""
    if item.stage is None:
        return above
    found = words_of.named(item.stage)
    return Stage(item.stage, found.round if found else None, None, item.stage_at or "")


def _of_page(page: Page) -> Stage | None:
    """What is printed above the title, else what begins or ends the title."""
    for words, locator in _lines(page):
        if told := _told(words, locator):
            return told
    return None


def _lines(page: Page) -> Iterator[tuple[str, str]]:
    if page.kicker:
        yield from ((part, "kicker") for part in _divided(page.kicker))
    yield from ((block.text, block.locator) for block in _above(page.blocks))
    if page.title:
        # The words of a title are about its subject; only what is set apart from them names a stage.
        parts = _divided(page.title)
        yield from ((part, "title") for part in (parts if len(parts) > 1 else ()))


def _above(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.level == 1:
            return
        if block.region == "head" and not block.in_text and len(block.text) <= words_of.LONGEST:
            yield block


def _divided(words: str) -> list[str]:
    return [part for part in re.split(r"\s*[|:·•/]\s+|\s+[–—-]\s+", words) if part]


def _told(words: str, locator: str) -> Stage | None:
    """The stage that a short line names; None for any other line."""
    found = words_of.named(words)
    return Stage(found.printed, found.round, found.role, locator) if found else None
