"""The reader: payload, address and source in, `Page` out. Pure.

Here belongs the order of the steps; each step stands in its own module.
"""

from collections.abc import Sequence
from dataclasses import replace

from archive.codes import Code
from archive.model.contributions import RelationType, Role
from archive.normalise import rights
from archive.normalise.text import word_count
from archive.reading import (
    around,
    authorship,
    bounds,
    charset,
    choice,
    dating,
    feed_text,
    feeds,
    houses,
    labels,
    missing,
    origins,
    plain,
    segments,
    visible,
)
from archive.reading.delivery import NOTHING, Delivery
from archive.reading.draft import Draft
from archive.reading.page import Block, Fault, FeedItem, Page, PageContribution, PagePrompt, PageRelation, Statement
from archive.reading.source import UNKNOWN, Source

_LEAST_WORDS, _BEGINNING = 20, 400
"""A page with less running text than this is no article, whatever its title says."""


def read(payload: bytes, url: str, source: Source = UNKNOWN, delivery: Delivery = NOTHING) -> Page:
    """Read one page.

    Args:
        payload: the decoded entity of a capture, or the content of a file.
        url: its address; relative links start from it.
        source: what is known of its publisher.
        delivery: what came with the payload.

    Returns:
        A page; where nothing could be used, one without contributions whose `faults` say why.
    """
    if not payload.strip():
        return _unusable(url, source, Code.EMPTY_PAYLOAD, "the payload has no content")
    large = bounds.size_refusal(len(payload))
    if large:
        return too_large(url, source, large)
    if feeds.is_feed(payload):
        return read_feed(payload, url, source, delivery)
    if not charset.is_text(payload):
        return _unusable(url, source, Code.NOT_TEXT, "the payload is neither HTML nor text")
    text = charset.decode(payload, delivery.charset)
    is_html = charset.is_html(text)
    large = bounds.parts_refusal(text, is_html=is_html)
    if large:
        return too_large(url, source, large)
    draft = visible.draft(text, url, source) if is_html else plain.draft(text, source)
    return _decide(draft, url, source, delivery)


def read_feed(payload: bytes, url: str, source: Source = UNKNOWN, delivery: Delivery = NOTHING) -> Page:
    """A feed: the pages that it lists, and nothing of its own."""
    found = feeds.items(payload, url, delivery.charset)
    faults = (Fault(Code.FEED_CUT, "payload", "", found.problem),) if found.problem else ()
    return Page(url, url, source.source_id or None, "feed", "feed", faults=faults, items=tuple(found.items))


def read_item(item: FeedItem, source: Source = UNKNOWN, delivery: Delivery = NOTHING) -> Page:
    """Read the text that a feed has of a page, as if it were that page.

    Args:
        item: an item with its content.
        source: what is known of the page's publisher.
        delivery: when the feed was captured.

    Returns:
        A page whose places are those in the feed; without contributions where the feed has only a part of the text.
    """
    content = item.content or ""
    if bounds.parts_refusal(content, is_html=True):
        return _unusable(item.url, source, Code.PAGE_TOO_LARGE, "the item has too many elements")
    made = feed_text.draft(item)
    if made is None:
        return _unusable(item.url, source, Code.NO_ARTICLE, "the feed has only a part of the text")
    return _decide(made, item.url, source, Delivery(captured_on=delivery.captured_on))


def too_large(url: str, source: Source, reason: str) -> Page:
    """What stands for a page that is not read, for a reason that `bounds` gave."""
    return _unusable(url, source, Code.PAGE_TOO_LARGE, reason)


def _unusable(url: str, source: Source, code: Code, reason: str) -> Page:
    return Page(url, url, source.source_id or None, "text", "none", faults=(Fault(code, "payload", "", reason),))


def _decide(draft: Draft, url: str, source: Source, delivery: Delivery) -> Page:
    said = draft.statements
    site = next((claim.value for claim in said if claim.field == "site_name"), source.name or None)
    title = choice.title(said, site, url)
    standfirst = choice.first_of(said, "standfirst", choice.PRINTED_FIRST, "printed before stated")
    kicker = choice.first_of(said, "kicker", choice.PRINTED_FIRST, "printed before stated")
    trusted = draft.shape != visible.GENERIC.name
    canonical = choice.canonical_url(said, url, source)
    own = houses.Houses(said, (url, canonical.value or ""))
    authors = authorship.choose(said, source.names, own, trusted=trusted)
    printed = [claim.value for claim in said if claim.witness in {"visible", "byline"} and claim.value != draft.led_in]
    blocks = labels.label(draft.blocks, source, printed)
    many = _segments(blocks, source, title.value or "")
    if draft.core and draft.home and not many:
        blocks = around.trimmed(blocks, draft.core, draft.home, authors.names)
    words = choice.first_of(said, "rights", choice.PRINTED_FIRST, "printed before stated")
    running = "\n\n".join(block.text for block in blocks if block.in_text)
    language = choice.language(said, running, source)
    published = dating.choose(said, source, delivery, trusted=trusted, language=language.value)
    sure = {
        "title": choice.is_agreed(title, by_all=True),
        "standfirst": choice.is_agreed(standfirst),
        "authors": authors.is_sure,
        "published": published.is_sure,
    }
    page = Page(
        url=url,
        canonical_url=canonical.value or url,
        source_id=source.source_id or None,
        kind=draft.kind,
        shape=draft.shape,
        title=title.value,
        standfirst=standfirst.value,
        kicker=kicker.value,
        authors=authors.names,
        published=published.date,
        language=language.value,
        funding="\n\n".join(block.text for block in blocks if block.kind == "funding") or None,
        rights=words.value,
        license_uri=rights.license_uri(words.value or "", _rights_links(said)),
        blocks=tuple(blocks),
        pictures=tuple(draft.pictures),
        statements=(
            *title.statements,
            *standfirst.statements,
            *kicker.statements,
            *authors.statements,
            *published.statements,
            *language.statements,
            *canonical.statements,
            *words.statements,
            *_block_statements(blocks),
            *(claim for claim in said if claim.field in {"alternate", "updated"}),
            *origins.statements(blocks),
            *(
                Statement("image_credit", picture.credit, "visible", picture.locator, "printed beside it", chosen=True)
                for picture in draft.pictures
                if picture.credit
            ),
        ),
        faults=published.faults,
        sure=tuple(field for field, is_sure in sure.items() if is_sure),
    )
    return _with_contributions(page, many, source, authors.organisations, whole=draft.whole)


def _segments(blocks: Sequence[Block], source: Source, title: str) -> segments.Segments | None:
    """What several people say; None where the page is one text.

    Headings that repeat each other with nothing below any of them are teasers beside one text, and names with nothing
    but numbers are a list of what is read most.
    """
    many = segments.segment(blocks, source, title)
    if many is None or not (many.contributions or any(f.code is not Code.ANSWER_EMPTY for f in many.faults)):
        return None
    said = [one for one in many.contributions if one.stance or any(map(str.isalpha, one.text))]
    return many if 2 * len(said) > len(many.contributions) or not many.contributions else None


def _rights_links(said: Sequence[Statement]) -> list[str]:
    return [claim.value for claim in said if claim.field == "license_uri"]


def _block_statements(blocks: Sequence[Block]) -> list[Statement]:
    """What the blocks themselves are evidence of: the text, and the funder's note."""
    found = [
        Statement("funding_statement", block.text, "visible", block.locator, "label of the block", chosen=True)
        for block in blocks
        if block.kind == "funding"
    ]
    running = [block for block in blocks if block.in_text]
    if running:
        span = running[0].locator if len(running) == 1 else f"{running[0].locator} … {running[-1].locator}"
        text = "\n\n".join(block.text for block in running)
        found.append(Statement("text", text, "visible", span, "blocks that are no boilerplate", chosen=True))
    return found


def _with_contributions(
    page: Page, many: segments.Segments | None, source: Source, signing: tuple[str, ...], *, whole: bool
) -> Page:
    faults: tuple[Fault, ...] = (
        () if whole else (Fault(Code.PAGE_CUT, "payload", "", "the document ends before its closing tags"),)
    )
    if many:
        faults += many.faults
        if not many.contributions:
            reason = "the respondents are listed, but nothing they say is on the page"
            faults += (Fault(Code.NO_ARTICLE, "payload", (page.title or "")[:200], reason),)
        return replace(
            page,
            # Whoever edited the page is not the author of the answers on it.
            authors=(),
            sure=tuple(field for field in page.sure if field != "authors"),
            prompts=many.prompts,
            line_up=many.line_up,
            contributions=many.contributions,
            relations=many.relations,
            faults=(*page.faults, *faults),
        )
    if not page.title or not _is_long(page.body):
        reason = "no title was found" if not page.title else f"fewer than {_LEAST_WORDS} words of running text"
        excerpt = (page.title or page.body)[:200]
        return replace(page, faults=(*page.faults, *faults, Fault(Code.NO_ARTICLE, "payload", excerpt, reason)))
    role, relation = _role(page, source)
    told = origins.relations(page)
    if role == "article" and any(link.type == "responds_to" for link in told):
        role = "response"
    if not source.source_id and not (page.authors or signing):
        # Of a known publisher the register says which page is what.
        faults += missing.speakers(page.title, page.standfirst or "")
    asks = role == "followup" and page.title.rstrip().endswith("?")
    return replace(
        page,
        prompts=(PagePrompt(page.title, "followup", "title"),) if asks else (),
        contributions=(PageContribution(None, page.authors or signing, role, page.blocks),),
        relations=(*((relation,) if relation else ()), *told),
        faults=(*page.faults, *faults),
    )


def _is_long(text: str) -> bool:
    """Whether a text has the words of an article; of most the beginning tells."""
    return word_count(text[:_BEGINNING]) >= _LEAST_WORDS or word_count(text) >= _LEAST_WORDS


def _role(page: Page, source: Source) -> tuple[Role, PageRelation | None]:
    """The role that the page's own words show, by the source's patterns; an article where none does."""
    for role, patterns in source.roles.items():
        for pattern in patterns:
            found = pattern.search(page.standfirst or "") or pattern.search(page.title or "")
            if found:
                named = found.groupdict().get("to")
                if role in {"followup", "response"} and named:
                    kind: RelationType = "follows_up" if role == "followup" else "responds_to"
                    relation = PageRelation(kind, named, None, page.standfirst or "", "sentence", "standfirst", 0)
                    return role, relation
                return role, None
    return "article", None
