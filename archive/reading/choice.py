"""Which witness is believed: one readable rule per field, applied to all statements, the losers kept.

Here belongs the deciding between claims. Not here: collecting them, and anything about segments.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from archive.model.provenance import Witness
from archive.normalise import dates, languages, names, urls
from archive.normalise.dates import PublishedDate
from archive.normalise.text import fold
from archive.reading.page import Statement
from archive.reading.source import Source

PRINTED_FIRST: tuple[Witness, ...] = (
    "visible",
    "byline",
    "json_ld",
    "open_graph",
    "microdata",
    "time_element",
    "meta",
    "title_element",
)
STATED_FIRST: tuple[Witness, ...] = ("link_element", "open_graph")
_LANGUAGE_ORDER: tuple[Witness, ...] = ("html_lang", "json_ld", "meta", "open_graph", "detection")


@dataclass(frozen=True, slots=True)
class Choice:
    """A decided field: the value, and the statements with the believed ones marked and the rule named."""

    value: str | None
    statements: tuple[Statement, ...]


def first_of(statements: Sequence[Statement], field: str, order: Sequence[Witness], rule: str) -> Choice:
    """Believe the first statement of the witness that comes first in `order`."""
    claims = [claim for claim in statements if claim.field == field]
    ranked = [claim for witness in order for claim in claims if claim.witness == witness]
    best = ranked[0] if ranked else None
    return Choice(
        best.value if best else None,
        tuple(replace(claim, rule=rule, chosen=claim is best) for claim in claims),
    )


def title(statements: Sequence[Statement], site: str | None) -> Choice:
    """The printed headline, else what the page says of itself; from `<title>` the site's name is cut off."""
    trimmed = [
        replace(claim, value=_without_site(claim.value, site))
        if claim.field == "title" and claim.witness == "title_element"
        else claim
        for claim in statements
    ]
    return first_of(trimmed, "title", PRINTED_FIRST, "printed before stated")


def _without_site(words: str, site: str | None) -> str:
    parts = re.split(r"\s+[|–—•·-]\s+", words)
    if len(parts) > 1 and site:
        kept = [part for part in parts if fold(part) != fold(site)]
        if 0 < len(kept) < len(parts):
            return words[: words.rfind(kept[-1]) + len(kept[-1])]
    return words


@dataclass(frozen=True, slots=True)
class Authors:
    """The people of a byline in order, the organisations that sign it, and the statements that say so."""

    names: tuple[str, ...]
    organisations: tuple[str, ...]
    statements: tuple[Statement, ...]


def authors(statements: Sequence[Statement], known: Iterable[str]) -> Authors:
    """The byline, else what the page says of itself; each printed element may hold several names."""
    claims = [claim for claim in statements if claim.field == "authors"]
    register = frozenset(known)
    for witness in PRINTED_FIRST:
        found: list[str] = []
        signing: list[str] = []
        used: list[Statement] = []
        for claim in (claim for claim in claims if claim.witness == witness):
            byline = names.parse_byline(claim.value, known=register)
            fresh = [name for name in byline.names if name not in found]
            bodies = [name for name in byline.organisations if name not in signing]
            if fresh or bodies:
                found += fresh
                signing += bodies
                used.append(claim)
        # An organisation in a meta tag is the publisher; in a printed byline it is who signs.
        if found or (signing and witness == "byline"):
            rule = "printed before stated"
            return Authors(
                tuple(found),
                tuple(signing) if witness == "byline" else (),
                tuple(replace(claim, rule=rule, chosen=any(claim is one for one in used)) for claim in claims),
            )
    return Authors((), (), tuple(replace(claim, rule="no name in it") for claim in claims))


@dataclass(frozen=True, slots=True)
class Published:
    """The date of publication, with the statements it was decided from."""

    date: PublishedDate | None
    statements: tuple[Statement, ...]


def published(statements: Sequence[Statement], source: Source) -> Published:
    """The displayed date; a stated instant that agrees with it lends its offset.

    A displayed date that was found by the source's own selector, or on a line of its own, is what the publisher
    shows to readers. Where none is displayed, the first stated one is believed.
    """
    claims = [claim for claim in statements if claim.field == "published"]
    spoken = _spoken(statements, source)
    parsed = [(claim, _parse(claim.value, source, spoken)) for claim in claims]
    usable = [(claim, date) for claim, date in parsed if date is not None]
    usable.sort(key=lambda pair: PRINTED_FIRST.index(pair[0].witness))
    if not usable:
        return Published(None, tuple(replace(claim, rule="no date in it") for claim in claims))
    best, date = usable[0]
    chosen = {id(best)}
    if best.witness == "visible" and date.zone_source != "stated":
        for claim, other in usable[1:]:
            if _refines(date, other):
                chosen.add(id(claim))
                date = replace(other, as_printed=date.as_printed)
                break
    rule = "displayed before stated; a stated instant that agrees lends its offset"
    return Published(date, tuple(replace(claim, rule=rule, chosen=id(claim) in chosen) for claim in claims))


def _parse(printed: str, source: Source, spoken: Sequence[str]) -> PublishedDate | None:
    return dates.parse(printed, zone=source.zone, languages=spoken, day_first=source.day_first)


def _spoken(statements: Sequence[Statement], source: Source) -> list[str]:
    """The languages that a printed date may be in: those that the page declares, and the publisher's."""
    tags = [claim.value for claim in statements if claim.field == "language"] + [source.language or ""]
    return list(dict.fromkeys(tag for tag in map(languages.tag, tags) if tag))


def _refines(displayed: PublishedDate, stated: PublishedDate) -> bool:
    """True where the stated instant says the same as the displayed words, and more precisely."""
    if stated.zone_source != "stated" or not stated.has_time or stated.on != displayed.on:
        return False
    return not displayed.has_time or displayed.at is None or displayed.at == stated.at


def language(statements: Sequence[Statement], body: str, source: Source) -> Choice:
    """The declared language, unless the words themselves are clearly in another; else the publisher's."""
    claims = [claim for claim in statements if claim.field == "language" and languages.tag(claim.value)]
    detected = languages.detect(body)
    if detected:
        claims.append(Statement("language", detected, "detection", "text"))
    if not claims and source.language:
        claims.append(Statement("language", source.language, "register", "language"))
    declared = first_of(claims, "language", _LANGUAGE_ORDER, "declared, unless the words are in another language")
    tag = languages.tag(declared.value)
    if detected and tag and tag.partition("-")[0] != detected:
        return first_of(claims, "language", ("detection",), declared.statements[0].rule)
    if tag is None and source.language:
        return Choice(source.language, tuple(replace(claim, chosen=True) for claim in claims))
    return Choice(tag, declared.statements)


def canonical_url(statements: Sequence[Statement], url: str, source: Source) -> Choice:
    """What the page calls its own address, if it is on the same host; else the address that was read."""
    choice = first_of(statements, "canonical_url", STATED_FIRST, "stated, on the same host")
    keep_query = not source.query_is_noise
    if choice.value and _same_host(choice.value, url):
        return Choice(urls.canonical(choice.value, keep_query=keep_query), choice.statements)
    return Choice(
        urls.canonical(url, keep_query=keep_query),
        tuple(replace(claim, chosen=False) for claim in choice.statements),
    )


def _same_host(one: str, other: str) -> bool:
    bare: Callable[[str], str] = lambda address: urls.host(address).removeprefix("www.")  # noqa: E731
    return bare(one) == bare(other)
