"""A page in short: what deciding where it belongs, and what on it is the same as elsewhere, needs to know of it.

Here belongs taking that from a page, so that all pages of an archive can be compared without being held. Words are
kept as digests. Not here: the decisions (`placing`, `identity`).
"""

import datetime as dt
import hashlib
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from archive.discussion.other_days import other_days
from archive.discussion.pages import Reading
from archive.discussion.stages import Stage, stages
from archive.model import Capture
from archive.model.contributions import RelationType, Role
from archive.normalise import urls
from archive.normalise.numerals import ordinal_number
from archive.normalise.text import fold, slug, word_count
from archive.reading.page import Block, Page, PageContribution, PageKind, PageRelation
from archive.sources.register import Register

_OPENING = 12
"""Words with which a text begins, by which a shortened copy is known."""
_PART = re.compile(
    r"[\s,:;(\[–—-]*\b(?:(?:part|instal?lment|teil|parte|partie|folge|deel)\s+(?P<after>\d{1,2}|[ivx]{1,4}|[a-z]{3,7})"
    r"|(?P<before>[a-z]{3,7})\s+(?:part|instal?lment))\b(?:\s+(?:of|von|de|van)\s+\w+)?[)\]:]*\s*"
    r"|\s*\((?P<slash>\d{1,2})\s*/\s*\d{1,2}\)\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Words:
    """What a text says, in short.

    Attributes:
        digest: the same for the same words, whatever their case, marks and layout.
        paragraphs: a number for each paragraph.
        opening: a number for its first words.
        count: how many words it has.
    """

    digest: str
    paragraphs: tuple[int, ...]
    opening: int
    count: int


@dataclass(frozen=True, slots=True)
class Section:
    """A contribution on a page, in short; see `PageContribution` for the parts.

    Attributes:
        name: how it is called in ids: its label, or its authors.
        is_whole: True where it is the whole page.
        stage: at which point of a discussion it stands, in the publisher's words.
        prompt: index of the prompt of the page that it answers; None where nobody knows one.
    """

    label: str | None
    name: str
    authors: tuple[str, ...]
    role: Role
    comments_on: int | None
    is_whole: bool
    words: Words
    stage: Stage | None
    prompt: int | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A relation that the page shows, in short."""

    type: RelationType
    to: str
    to_url: str | None
    section: int


@dataclass(frozen=True, slots=True)
class Sighting:
    """A page as it was seen once, in short; see `Page` for the parts.

    Attributes:
        prompts: the folded wordings of what is asked on it.
        part: which of several instalments it is, where its title says so; else None.
        stem: its folded title, without the words that say so.
        alternates: language and address of the same page in other languages, as it links to them.
        translations: what the page says that it translates.
        stated: the days of publication that its strong witnesses give, and `hinted` those that the weak ones give.
        original: the address on another host that it calls its own, or says that it was first published at.
        item: of a text that only a feed has, which of its items it is.
    """

    capture: Capture
    url: str
    canonical_url: str
    source_id: str | None
    kind: PageKind
    title: str | None
    language: str | None
    published_on: dt.date | None
    prompts: tuple[str, ...]
    references: tuple[Reference, ...]
    sections: tuple[Section, ...]
    part: int | None
    stem: str
    alternates: tuple[tuple[str, str], ...]
    translations: tuple[PageRelation, ...]
    original: str | None
    stated: tuple[dt.date, ...]
    hinted: tuple[dt.date, ...]
    item: int | None = None

    @property
    def carriers(self) -> tuple[str, ...]:
        """The addresses of what carries it."""
        return self.capture.url, self.url, self.canonical_url

    @property
    def at(self) -> tuple[bool, dt.datetime, str]:
        """What orders sightings: the time of capture."""
        return seen_at(self.capture)

    @property
    def tongue(self) -> str:
        """Its language without region; empty where nobody knows."""
        return (self.language or "").partition("-")[0]


def seen_at(capture: Capture) -> tuple[bool, dt.datetime, str]:
    """What orders captures: their time. One whose time nobody knows is taken for older than any other."""
    return (capture.captured_at is not None, capture.captured_at or capture.ingested_at, capture.capture_id)


def sight(reading: Reading, register: Register) -> Sighting:
    """A page in short."""
    page = reading.page
    stated, hinted = other_days(page, register)
    part, stem = part_of(page)
    return Sighting(
        capture=reading.capture,
        url=page.url,
        canonical_url=page.canonical_url,
        source_id=page.source_id,
        kind=page.kind,
        title=page.title,
        language=page.language,
        published_on=page.published.on if page.published else None,
        prompts=tuple(fold(prompt.text) for prompt in page.prompts),
        references=tuple(Reference(link.type, link.to, link.to_url, link.section or 0) for link in page.relations),
        sections=tuple(_section(item, stage) for item, stage in zip(page.contributions, stages(page), strict=True)),
        part=part,
        stem=stem,
        alternates=tuple(
            (tag, url)
            for claim in page.statements
            if claim.field == "alternate"
            for tag, _, url in (claim.value.partition(" "),)
        ),
        translations=tuple(link for link in page.relations if link.type == "translates"),
        original=_original(page),
        stated=stated,
        hinted=hinted,
        item=reading.item,
    )


def _original(page: Page) -> str | None:
    """The address of the page that this one says it is a copy of."""
    for claim in page.statements:
        elsewhere = claim.field == "canonical_url" and not claim.chosen and urls.is_web(claim.value)
        if elsewhere and not urls.is_home(claim.value) and urls.host(claim.value) != urls.host(page.canonical_url):
            return claim.value
        if claim.field == "original" and urls.is_web(claim.value):
            return claim.value
    return None


def _section(item: PageContribution, stage: Stage | None) -> Section:
    return Section(
        label=item.label,
        name=slug(item.label or " ".join(item.authors)),
        authors=item.authors,
        role=item.role,
        comments_on=item.comments_on,
        is_whole=item.locator is None,
        words=words(item.blocks),
        stage=stage,
        prompt=item.prompt,
    )


def words(blocks: Iterable[Block]) -> Words:
    """The words of the blocks that are part of a text."""
    paragraphs = [" ".join(fold(block.text).split()) for block in blocks if block.in_text]
    text = " ".join(paragraphs)
    return Words(
        digest=hashlib.blake2b(text.encode(), digest_size=12).hexdigest(),
        paragraphs=tuple(zlib.crc32(paragraph.encode()) for paragraph in paragraphs),
        opening=zlib.crc32(" ".join(text.split(" ", _OPENING)[:_OPENING]).encode()),
        # Where every word stands between spaces, counting the spaces is enough to tell a trifle.
        count=len(text.split()) if text.isascii() else word_count(text),
    )


def part_of(page: Page) -> tuple[int | None, str]:
    """Which instalment a page is by its title or what stands above it, and its folded title without those words."""
    title = page.title or ""
    for words_, is_title in ((title, True), (page.kicker or "", False)):
        for found in _PART.finditer(words_):
            number = ordinal_number(next(part for part in found.groups() if part))
            if number:
                rest = words_[: found.start()] + " " + words_[found.end() :] if is_title else title
                return number, " ".join(fold(rest).split())
    return None, " ".join(fold(title).split())


def agents_of(section: Section) -> tuple[str, ...]:
    """Who speaks, for comparing."""
    return tuple(sorted(fold(name) for name in section.authors))


def is_alike(one: Words, other: Words, least: int) -> bool:
    """True where both say the same but for changes: most paragraphs of the shorter, or its beginning, are the other's.

    Args:
        one: a text.
        other: another.
        least: how many words a text must have to be compared at all.
    """
    if min(one.count, other.count) < least:
        return False
    if one.digest == other.digest:
        return True
    shared = len(set(one.paragraphs) & set(other.paragraphs))
    fewest = min(len(set(one.paragraphs)), len(set(other.paragraphs)))
    return 2 * shared >= fewest or (one.opening == other.opening and min(one.count, other.count) >= 2 * least)
