"""A landing page → a proposed file of the register, with the place on the page that each value was read from.

Here belongs recognising, on the blocks of one page, what a round table's file holds: who takes part, what is asked,
where the discussion stands. Nothing is guessed: what the page does not state is left out, or marked as missing. Pure.
Not here: writing the proposal as TOML (`proposal_toml`), getting the page, and accepting what was proposed.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from archive.codes import Code, RoundtableError
from archive.normalise import urls
from archive.normalise.text import fold, slug, squeeze, word_count
from archive.reading import charset, labels, markup
from archive.reading.page import Block, Page
from archive.reading.reader import read
from archive.sources import seats
from archive.sources.announced import announced
from archive.sources.register import Register, RegisteredSource
from archive.sources.schema import TargetRole

_LONGEST_LABEL = 40
_MOSTLY = 0.8
_INTRODUCTION = 200
"""A signed page with at least this many words of text introduces the round table; with fewer it only presents it."""
_OUTSIDE = frozenset(("related", "newsletter", "comments", "share", "footer", "aside", "pull_quote"))
_ROLES: tuple[tuple[TargetRole, re.Pattern[str]], ...] = (
    ("followup", re.compile(r"follow-?\s?ups?\b", re.IGNORECASE)),
    ("response", re.compile(r"\b(?:responses?|replies|reply|reactions?)\b", re.IGNORECASE)),
    ("introduction", re.compile(r"\b(?:introduction|introducing|editorial)\b", re.IGNORECASE)),
    ("statement", re.compile(r"\bstatements?\b", re.IGNORECASE)),
    ("call", re.compile(r"\b(?:call for|open call|invitation)\b", re.IGNORECASE)),
    ("conversation", re.compile(r"\b(?:letters|conversations?|interviews?)\b", re.IGNORECASE)),
    ("question", re.compile(r"\b(?:questions?|we asked)\b", re.IGNORECASE)),
)
_TITLE_ROLES: frozenset[TargetRole] = frozenset(("introduction", "statement", "call"))
"""Roles that a link's own words or address tell; any title may hold the word `question`."""
_CALLED = re.compile(r"round-?\s?table|symposium|\bforum\b|\bdebate", re.IGNORECASE)
_ISSN = re.compile(r"\bISSN:?\s*(\d{4}-\d{3}[\dXx])\b")


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the proposed file, and the page's word for it: the witness's place, or why there is none."""

    key: str
    value: Any
    witness: str


@dataclass(slots=True)
class Section:
    """A table of the proposed file: its header as TOML writes it, its values, and words that stand above it."""

    header: str
    values: list[Value] = field(default_factory=list)
    note: str = ""

    def add(self, key: str, value: Any, witness: str) -> None:  # noqa: ANN401 - any value of the schema
        """Add a value, unless the page states none."""
        if value not in (None, "", []):
            self.values.append(Value(key, value, witness))


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one page says of a round table.

    Attributes:
        id: the round table's id, as proposed.
        source_id: the publisher.
        url: the landing page.
        sections: the tables of the file, in order.
        series: what the page states of a series that the register has already: not part of the file.
    """

    id: str
    source_id: str
    url: str
    sections: tuple[Section, ...]
    series: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    """A link into the discussion: where it leads, what it says, and what stands before and above it."""

    url: str
    text: str
    label: str
    heading: str
    locator: str


def propose(
    payload: bytes, url: str, source: RegisteredSource, register: Register, refused: Callable[[str], bool]
) -> Proposal:
    """What the landing page at `url` says of its round table.

    Args:
        payload: the page.
        url: its address.
        source: its publisher.
        register: knows which spellings of an address are one.
        refused: True for addresses that robots.txt is known to close to us.

    Raises:
        RoundtableError: `not_a_landing_page` where nothing on it is asked, or leads to a discussion.
    """
    page = read(payload, url, source.source)
    blocks, tree = _blocks(payload, page, source)
    links = _links(page, blocks, source, register)
    prompts, targets = _asked(links, blocks, register)
    line_up = seats.line_up(blocks, tree, source.source)
    what = _why_not(page, links, line_up, prompts)
    if what:
        raise RoundtableError(Code.NOT_A_LANDING_PAGE, what, url)
    table, series = _round_table(page, blocks, links, source, register)
    sections = [table, *series.sections]
    sections += [_entry("line_up", seat) for seat in line_up]
    convened = seats.named_as("convenors", blocks, source.source) or _signed(page, source)
    sections += [_entry("convenors", seat) for seat in convened]
    sections += [_entry("editors", seat) for seat in seats.named_as("editors", blocks, source.source)]
    sections += [_entry("funders", seat) for seat in seats.funders(blocks)]
    sections += prompts
    sections.append(_own_target(page, register))
    for target in targets:
        if refused(next(value.value for value in target.values if value.key == "url")):
            target.add("refused", True, "robots.txt asks us not to fetch it")
        sections.append(target)
    return Proposal(str(table.values[0].value), source.id, page.canonical_url, tuple(sections), series.known)


def _why_not(page: Page, links: Sequence[_Link], line_up: Sequence[seats.Seat], prompts: Sequence[Section]) -> str:
    """Why this is no landing page; empty where it is one.

    Any page has lists and links. Two of four signs make a landing page: it asks, it lists people with what they are,
    it sorts the pages that it leads to, it calls itself a round table.
    """
    if not page.title:
        return "the page has no title"
    if len([item for item in page.contributions if item.role == "response"]) > 1:
        return "the page holds the answers of several respondents itself: it is a question page"
    if len(links) < 2:
        return f"the page leads to {len(links)} other pages of a discussion"
    signs = {
        "asks a question": bool(prompts),
        "lists respondents": 2 * sum(one.affiliation is not None for one in line_up) > len(line_up),
        "sorts the pages that it leads to": sum(_role(link)[0] != "article" for link in links) > 1,
        "calls itself a round table": any(_CALLED.search(words or "") for words in (page.title, page.kicker, page.url)),
    }
    if sum(signs.values()) < 2:
        return f"of four signs it shows {', '.join(sign for sign, shown in signs.items() if shown) or 'none'}"
    return ""


def _blocks(payload: bytes, page: Page, source: RegisteredSource) -> tuple[list[Block], LexborHTMLParser | None]:
    """The blocks of the whole page but for what stands beside it: parts of a landing page lie outside of its text."""
    if page.kind == "text":
        return list(page.blocks), None
    tree = markup.parse(charset.decode(payload))
    shape = next((shape for shape in source.source.shapes if shape.name == page.shape), None)
    selectors = shape.regions if shape else {}
    regions = {node.mem_id: name for name, selector in selectors.items() for node in tree.css(selector)}
    found = markup.blocks([tree.body], page.url, regions) if tree.body else []
    kept = [block for block in labels.label(found, source.source) if block.region not in _OUTSIDE]
    return [block for block in kept if block.kind not in {"boilerplate", "image"} and block.text], tree


# --- the discussion's pages and questions -----------------------------------------------------------


def _links(page: Page, blocks: Sequence[Block], source: RegisteredSource, register: Register) -> list[_Link]:
    """The links into the discussion, each address once: to pages under the landing page's address or beside it."""
    own = {register.key(page.url), register.key(page.canonical_url)}
    found: dict[str, list[_Link]] = {}
    heading = ""
    for block in blocks:
        if seats.is_heading(block):
            heading = block.text
        for link in block.links:
            key = register.key(link.url) if urls.is_web(link.url) else ""
            if key in own | {""} or register.for_url(link.url) is not source:
                continue
            listed = block.kind in {"list_item", "heading"} or len(link.text) > _MOSTLY * len(block.text)
            if not any(_beside(key, one, listed=listed) for one in own):
                continue
            label = _label(block.text, link.text)
            address = urls.canonical(link.url, keep_query=not source.source.query_is_noise)
            above = heading if heading != link.text else ""
            found.setdefault(key, []).append(_Link(address, link.text, label, above, block.locator))
    # Of several links to one page the first counts that shows what is expected there.
    return [next((one for one in same if _role(one)[0] != "article"), same[0]) for same in found.values()]


def _label(block: str, link: str) -> str:
    """What stands beside a link in its block, where that is short enough to say what the link is."""
    if len(block) > len(link) + _LONGEST_LABEL:
        return ""
    return squeeze(block.replace(link, " ", 1)).strip(" :–—-")


def _beside(key: str, own: str, *, listed: bool) -> bool:
    """True for an address below the landing page's, or in the same folder unless that is the whole site's."""
    if key.startswith(own + "/"):
        return True
    folder = own.rpartition("/")[0]
    return listed and folder.count("/") > 0 and key.rpartition("/")[0] == folder


def _role(link: _Link) -> tuple[TargetRole, str]:
    """What is expected at a link, and what tells so."""
    for role, pattern in _ROLES:
        if pattern.search(link.label):
            return role, f"labelled {link.label!r}, {link.locator}"
    for role, pattern in _ROLES:
        if role in _TITLE_ROLES and (
            pattern.search(link.text) or pattern.search(urls.slug(link.url).replace("-", " "))
        ):
            return role, f"its own words, {link.locator}"
    for role, pattern in _ROLES:
        if pattern.search(link.heading):
            return role, f"under {link.heading!r}, {link.locator}"
    if link.text.rstrip().endswith("?"):
        return "question", f"it asks, {link.locator}"
    return "article", f"the page does not tell its role, {link.locator}"


def _asked(links: Sequence[_Link], blocks: Sequence[Block], register: Register) -> tuple[list[Section], list[Section]]:
    """The prompts with their wordings in the order of the page, and the targets."""
    roles = {register.key(link.url): (link, *_role(link)) for link in links}
    questions = {key: link.text for key, (link, role, _) in roles.items() if role == "question"}
    headings = {link.heading for link, role, _ in roles.values() if role == "question"}
    prompts: list[Section] = []
    numbers: dict[str, str] = {}
    heading = ""
    for block in blocks:
        if seats.is_heading(block):
            heading = block.text
        keys = [register.key(link.url) for link in block.links if urls.is_web(link.url)]
        asked = {key: questions[key] for key in keys if key in questions and key not in numbers}
        if not keys and block.kind == "list_item" and block.text.endswith("?") and heading in headings:
            # Beside questions that are linked there may be some whose pages are not there yet.
            asked = {block.locator: block.text}
        for key, words in asked.items():
            numbers[key] = f"q{len(prompts) + 1}"
            section = Section("[[prompts]]", note=f"{words}  ({block.locator})")
            section.add("id", numbers[key], "")
            section.add("ordinal", len(prompts) + 1, "")
            prompts.append(section)
    targets = []
    for key, (link, role, witness) in roles.items():
        section = Section("[[targets]]", note=f"{link.text}  ({witness})")
        section.add("url", link.url, "")
        section.add("role", role, "")
        section.add("prompt", numbers.get(key), "")
        targets.append(section)
    return prompts, targets


def _own_target(page: Page, register: Register) -> Section:
    signed = page.authors and sum(word_count(block.text) for block in page.blocks if block.in_text) >= _INTRODUCTION
    known = register.target(page.canonical_url)
    note = "this page" + (", signed and with a text of its own" if signed else "")
    section = Section("[[targets]]", note=note)
    section.add("url", page.canonical_url, "")
    section.add("role", known[1].role if known else "introduction" if signed else "landing", "")
    return section


# --- the round table and its series -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Series:
    """The series: its id, why it is this one, a table where it is new, and what the page states of a known one."""

    id: str
    witness: str
    sections: tuple[Section, ...] = ()
    known: tuple[Value, ...] = ()


def _round_table(
    page: Page, blocks: Sequence[Block], links: Sequence[_Link], source: RegisteredSource, register: Register
) -> tuple[Section, _Series]:
    opened = page.published.on if page.published else None
    series = _series(page, blocks, source, opened)
    told = announced(blocks)
    section = Section("[round_table]", note=f"standfirst: {page.standfirst}" if page.standfirst else "")
    section.add("id", slug(urls.slug(page.canonical_url)), "the last part of the address")
    section.add("series", series.id, series.witness)
    section.add("title", page.title, _witness(page, "title"))
    others = {
        fold(claim.value): claim.value
        for claim in page.statements
        if claim.field == "title" and fold(page.title or "") not in fold(claim.value)
    }
    section.add("also_called", list(others.values()), "the page's other witnesses for its title")
    section.add("opened_on", opened, _witness(page, "published"))
    section.add("state", "running", "no page says this: announced, running, complete, open_ended or frozen")
    if told:
        section.add("announced_as_printed", told.words, told.locator)
        section.add("announced_people", told.people, told.locator)
        section.add("announced_entries", told.entries, told.locator)
    section.add("url", page.canonical_url, "the address")
    own = register.key(page.canonical_url)
    if any(register.key(link.url).startswith(own + "/") for link in links):
        section.add("scope", page.canonical_url, "addresses of the discussion begin with it")
    return section, series


def _witness(page: Page, name: str) -> str:
    """Who was believed for a field: the printed words where they differ, the witness and the place."""
    chosen = [claim for claim in page.statements if claim.field == name and claim.chosen]
    return "; ".join(f"{claim.value!r}, {claim.witness}, {claim.locator}" for claim in chosen)


def _series(page: Page, blocks: Sequence[Block], source: RegisteredSource, opened: dt.date | None) -> _Series:
    known = {fold(series.title): series for series, _ in source.all_series()}
    kicker = page.kicker or ""
    found = known.get(fold(kicker))
    is_section = fold(kicker) in {fold(one) for one in source.keys.publisher.kickers} and found is None
    if found is None and known and (not kicker or is_section):
        only = next(iter(known.values()))
        which = "only one" if len(known) == 1 else "first of several: correct it"
        why = f"the page names no series; this is the publisher's {which}"
        return _Series(only.id, why, known=tuple(_stated(only.title, page, blocks)))
    if found:
        return _Series(found.id, _witness(page, "kicker"), known=tuple(_stated(found.title, page, blocks)))
    title = kicker or page.title or ""
    section = Section("[series]", note="a series that the register does not have yet")
    name = slug(title) or slug(urls.slug(page.canonical_url))
    section.add("id", name, "its title")
    section.add("title", title, _witness(page, "kicker" if kicker else "title"))
    for value in _stated(title, page, blocks):
        section.add(value.key, value.value, value.witness)
    section.add("started_on", opened, "its first round table that is known")
    return _Series(name, "the page's kicker" if kicker else "the title", (section,))


def _stated(title: str, page: Page, blocks: Sequence[Block]) -> Iterable[Value]:
    """What a page states of its series: a sentence that says what it is, its language, its ISSN."""
    says = re.compile(rf"{re.escape(title)} (?:is|are) (?:an?|the|our)\b[^.]*(?:\.|$)")
    for block in blocks:
        if title and block.kind != "funding" and (found := says.search(block.text)):
            yield Value("description", found[0], block.locator)
            break
    if page.language:
        yield Value("language", page.language, _witness(page, "language"))
    for block in blocks:
        if (found := _ISSN.search(block.text)) and _is_issn(found[1]):
            yield Value("issn", found[1].upper(), block.locator)
            break


def _is_issn(number: str) -> bool:
    """True where the last character is the check digit of the seven before it."""
    digits = number.replace("-", "").upper()
    total = sum(int(digit) * weight for digit, weight in zip(digits[:7], range(8, 1, -1), strict=True))
    return digits[7] == "0123456789X"[-total % 11]


# --- who takes part --------------------------------------------------------------------------------------


def _entry(kind: str, seat: seats.Seat) -> Section:
    section = Section(f"[[{kind}]]")
    if seat.people:
        section.add("people", [{"name": name} for name in seat.people], seat.locator)
    else:
        section.add("organisation", seat.organisation, seat.locator)
    section.add("affiliation", seat.affiliation, "")
    return section


def _signed(page: Page, source: RegisteredSource) -> list[seats.Seat]:
    """Whoever signs the page convenes, as far as it says."""
    place = next((claim.locator for claim in page.statements if claim.field == "authors" and claim.chosen), "")
    return [seats.seat(name, None, f"signs the page, {place}", source.source) for name in page.authors]
