"""Which text translates which: links between languages, and what pages say of themselves.

Here belongs pairing the contributions of two pages that link to each other as one page in two languages, and deciding
which of them came first: the page's own sentence; else the earlier day; else the language in which the publisher works.
Where nothing tells, nothing is claimed. Not here: finding the links and sentences (`archive.reading.origins`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.discussion.addresses import Addresses
from archive.discussion.identity import Sight
from archive.discussion.sighting import Sighting
from archive.model import Relation
from archive.normalise.language_names import language_of
from archive.reading.page import PageRelation
from archive.sources.register import Register


@dataclass(frozen=True, slots=True)
class _Version:
    """A page in one language, as it was seen last, with its contributions by speaker."""

    seen: Sighting
    sights: Mapping[tuple[str, ...], Sight]


def translations(found: Sequence[Sequence[Sight]], addresses: Addresses, register: Register) -> list[Relation]:
    """A row for each text that translates another, also where the original was never captured."""
    pages: dict[str, _Version] = {}
    for sights in found:
        texts = {_speaker(sight): sight for sight in sights if sight.section.role != "comment"}
        if texts:
            one = next(iter(texts.values()))
            pages[one.page] = _Version(one.seen, texts)
    rows: dict[tuple[str, str | None], Relation] = {}
    for page, version in sorted(pages.items()):
        for row in (*_by_sentence(version, pages, addresses), *_by_links(page, version, pages, addresses, register)):
            rows.setdefault((row.from_id, row.to_id), row)
    named = {row.from_id for row in rows.values() if row.to_id}
    kept = [row for row in rows.values() if row.to_id or row.from_id not in named]
    return sorted(kept, key=lambda row: row.relation_id)


def _speaker(sight: Sight) -> tuple[str, ...]:
    """What the same text has on the page of another language: the entry or names, or being the whole of it."""
    return () if sight.section.is_whole else (*sight.who, sight.name.removeprefix(sight.section.name))


def _by_sentence(version: _Version, pages: Mapping[str, _Version], addresses: Addresses) -> Iterator[Relation]:
    """A page that says that it is a translation, of what it links to, or of its page in that language."""
    for link in version.seen.translations:
        tongue = language_of(link.to) or _named(link)
        linked = [link.to_url] if link.to_url else []
        linked += [url for tag, url in version.seen.alternates if tongue and tag.partition("-")[0] == tongue]
        known = [pages[page] for url in linked if (page := addresses.page(url)) in pages]
        for speaker, sight in version.sights.items():
            original = next((other.sights[speaker] for other in known if speaker in other.sights), None)
            if original is None or original.contribution_id != sight.contribution_id:
                yield _row(sight, original, linked[0] if linked else None, link.to, "sentence", link.quote)


def _named(link: PageRelation) -> str | None:
    return next((tag for word in link.quote.split() if (tag := language_of(word))), None)


def _by_links(
    page: str, version: _Version, pages: Mapping[str, _Version], addresses: Addresses, register: Register
) -> Iterator[Relation]:
    """A page that links to itself in another language, and is the later of the two."""
    own = version.seen.tongue
    working = _working_language(version, register)
    for tag, url in version.seen.alternates:
        tongue, other = tag.partition("-")[0], pages.get(addresses.page(url))
        if not own or tongue == own or addresses.page(url) == page:
            continue
        if other is None:
            if tongue == working:
                for sight in version.sights.values():
                    yield _row(sight, None, url, url, "a link between languages", None)
        elif _is_later(version, other, working):
            for speaker, sight in version.sights.items():
                original = other.sights.get(speaker)
                if original and original.contribution_id != sight.contribution_id:
                    yield _row(sight, original, url, original.seen.title or url, "a link between languages", None)


def _working_language(version: _Version, register: Register) -> str:
    table = next(iter(version.sights.values())).place.table
    if table and table.tongue:
        return table.tongue
    source = register.for_url(version.seen.url)
    return ((source.keys.publisher.language if source else None) or "").partition("-")[0]


def _is_later(version: _Version, other: _Version, working: str) -> bool:
    """True where `other` came first."""
    if any(language_of(link.to) or link.to_url for link in other.seen.translations):
        return False
    one, two = version.seen.published_on, other.seen.published_on
    if one and two and one != two:
        return two < one
    return bool(working) and other.seen.tongue == working and version.seen.tongue != working


def _row(
    sight: Sight, original: Sight | None, url: str | None, printed: str, evidence: str, quote: str | None
) -> Relation:
    return Relation(
        relation_id=f"{sight.contribution_id}#translates-{original.contribution_id if original else 1}",
        from_id=sight.contribution_id,
        type="translates",
        to_kind="contribution" if original else "page",
        to_id=original.contribution_id if original else None,
        to_url=url,
        to_as_printed=printed,
        evidence=evidence,
        quote=quote,
        capture_id=sight.seen.capture.capture_id,
    )
