"""What a reader returns: a `Page` with its blocks, statements, and the contributions found on it.

Here belong the values alone, and how they look as JSON. Not here: how they are found.
"""

from dataclasses import dataclass
from typing import Any, Literal

from archive.codes import Code
from archive.model.contributions import PassageKind, RelationType, Role
from archive.model.provenance import Witness
from archive.normalise.date_values import PublishedDate

Region = Literal[
    "body",
    "head",
    "inset",
    "pull_quote",
    "caption",
    "aside",
    "related",
    "newsletter",
    "comments",
    "share",
    "notice",
    "footer",
]
PageKind = Literal["html", "text", "feed"]


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside a block: its words and its absolute address."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Block:
    """The common ground of HTML and plain text: one heading, paragraph, list item, image or the like.

    Attributes:
        kind: what sort of block.
        text: its words, white space folded; of an image the alternative text.
        locator: where it stands in the payload.
        region: the part of the page that it stands in.
        level: of a heading 1 to 6; of anything else 0.
        strong: True where all its words are emphasised, as in a bold paragraph that serves as a heading.
        lead: how many of its first characters are emphasised, where others that are not follow; else 0.
        seams: of a short block the places in its text where an element inside the line begins or ends.
        links: the links in it.
        src: of an image its address.
        bare: True where no paragraph, heading, list or table of the markup holds it, only a container.
        in_text: whether it is part of what the author says.
    """

    kind: PassageKind
    text: str
    locator: str
    region: Region = "body"
    level: int = 0
    strong: bool = False
    lead: int = 0
    seams: tuple[int, ...] = ()
    links: tuple[Link, ...] = ()
    src: str | None = None
    bare: bool = False
    in_text: bool = False

    def marked(self, kind: PassageKind, *, in_text: bool, region: Region | None = None) -> "Block":
        """The same block with another kind and region, and whether it is part of the text."""
        if kind == self.kind and in_text == self.in_text and region is None:
            return self
        return Block(
            kind, self.text, self.locator, region or self.region, self.level, self.strong, self.lead, self.seams,
            self.links, self.src, self.bare, in_text,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """One witness for one field: what it says, where, and whether it was believed.

    Attributes:
        agent: of an author, what the markup itself says: a person, an organisation, or nothing.
        same_as: of an author, the addresses that are said to stand for the same one.
    """

    field: str
    value: str
    witness: Witness
    locator: str
    rule: str = ""
    chosen: bool = False
    agent: Literal["", "person", "organisation"] = ""
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Something on the page that could not be used."""

    code: Code
    locator: str
    excerpt: str
    reason: str


@dataclass(frozen=True, slots=True)
class PagePrompt:
    """A prompt as this page words it."""

    text: str
    kind: Literal["question", "followup", "statement", "lead", "sub_question"]
    locator: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list of respondents, or of the label of an answer: what is printed with the name (or names).

    Attributes:
        affiliation: the voice in which they speak.
        title: of their answer, where it has one of its own.
        stance: the side that they take, as printed.
        bio: who they are, where a list above the answers says it in a sentence.
    """

    name: str
    affiliation: str | None
    locator: str
    title: str | None = None
    stance: str | None = None
    bio: str | None = None


@dataclass(frozen=True, slots=True)
class PageRelation:
    """A link that the page's words show; `section` is the index of the contribution that it stands in."""

    type: RelationType
    to: str
    to_url: str | None
    quote: str
    evidence: str
    locator: str
    section: int | None = None


@dataclass(frozen=True, slots=True)
class PageContribution:
    """A text on the page with those who say it.

    Attributes:
        label: the heading or byline, as printed; of an answer the name of its entry.
        authors: names in order; an organisation that answers is one.
        blocks: its blocks in order; those with `in_text` make its text.
        locator: where it begins; None where it is the whole page.
        comments_on: of an inset that comments on an answer, the index of that answer.
        prompt: index of the prompt of the page that is answered; None where nothing is known to be asked.
        title: its own title, where it has one beside that of the page.
        stance: the side that it takes, as printed with the name, and `confidence` how surely.
        stage: the heading of the part of the discussion that it stands in, as printed; `stage_at` is its place.
    """

    label: str | None
    authors: tuple[str, ...]
    role: Role
    blocks: tuple[Block, ...]
    affiliation: str | None = None
    bio: str | None = None
    locator: str | None = None
    comments_on: int | None = None
    prompt: int | None = None
    title: str | None = None
    stance: str | None = None
    confidence: str | None = None
    stage: str | None = None
    stage_at: str | None = None

    @property
    def text(self) -> str:
        """The blocks that are part of the text, joined by a blank line."""
        return "\n\n".join(block.text for block in self.blocks if block.in_text)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with what is printed beside it."""

    url: str | None
    alt: str | None
    caption: str | None
    credit: str | None
    rights: str | None
    locator: str


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A page that a feed lists.

    Attributes:
        url: its absolute address; `also` are others that the feed gives for it.
        locator: where the item stands in the feed.
        statements: what it says of `title`, `authors`, `published` and `updated`, as printed, each with its place.
        content: all of the text, as HTML, where the feed has it; `content_at` is its place.
        summary: what the feed says of the text, as HTML: part of it, or about it.
    """

    url: str
    also: tuple[str, ...]
    locator: str
    statements: tuple[Statement, ...] = ()
    content: str | None = None
    content_at: str = ""
    summary: str | None = None

    def first(self, field: str) -> str | None:
        """What it says first of a field."""
        return next((claim.value for claim in self.statements if claim.field == field), None)


@dataclass(frozen=True, slots=True)
class Page:
    """One payload, understood. Fields that nobody states are None.

    Attributes:
        url: the address that it was read for; `canonical_url` what the page says of itself, else the same.
        shape: the page shape of the source that matched, else "generic" or "text".
        authors: names of the byline; empty for a page of many respondents.
        sure: the fields that witnesses of different kinds agree on: printed for people, and stated for machines.
        contributions: at least one, unless the page is a landing page or was rejected (`faults` says why).
        items: of a feed the pages that it lists; such a page has nothing else.
    """

    url: str
    canonical_url: str
    source_id: str | None
    kind: PageKind
    shape: str
    title: str | None = None
    standfirst: str | None = None
    kicker: str | None = None
    authors: tuple[str, ...] = ()
    published: PublishedDate | None = None
    language: str | None = None
    funding: str | None = None
    rights: str | None = None
    license_uri: str | None = None
    blocks: tuple[Block, ...] = ()
    pictures: tuple[Picture, ...] = ()
    prompts: tuple[PagePrompt, ...] = ()
    line_up: tuple[Entry, ...] = ()
    contributions: tuple[PageContribution, ...] = ()
    relations: tuple[PageRelation, ...] = ()
    statements: tuple[Statement, ...] = ()
    faults: tuple[Fault, ...] = ()
    sure: tuple[str, ...] = ()
    items: tuple[FeedItem, ...] = ()

    @property
    def body(self) -> str:
        """All text of the page's authors, joined by blank lines."""
        return "\n\n".join(block.text for block in self.blocks if block.in_text)

    def as_dict(self) -> dict[str, Any]:
        """What `roundtable read --json` prints: plain values only, in a stable order."""
        return {
            "url": self.url,
            "canonical_url": self.canonical_url,
            "source": self.source_id,
            "shape": self.shape,
            "title": self.title,
            "standfirst": self.standfirst,
            "kicker": self.kicker,
            "authors": list(self.authors),
            "published": self.published.isoformat() if self.published else None,
            "published_as_printed": self.published.as_printed if self.published else None,
            "language": self.language,
            "funding_statement": self.funding,
            "rights_statement": self.rights,
            "license_uri": self.license_uri,
            "sure": list(self.sure),
            "body": self.body,
            "prompts": [{"text": prompt.text, "kind": prompt.kind} for prompt in self.prompts],
            "contributions": [
                {
                    "authors": list(item.authors),
                    "affiliation": item.affiliation,
                    "bio": item.bio,
                    "role": item.role,
                    "title": item.title,
                    "stance": item.stance,
                    "confidence": item.confidence,
                    "stage": item.stage,
                    "prompt": None if item.prompt is None else self.prompts[item.prompt].text,
                    "text": item.text,
                }
                for item in self.contributions
            ],
            "relations": [
                {"type": link.type, "to": link.to_url or link.to, "quote": link.quote} for link in self.relations
            ],
            "items": [
                {
                    "url": item.url,
                    "title": item.first("title"),
                    "authors": [claim.value for claim in item.statements if claim.field == "authors"],
                    "published_as_printed": item.first("published"),
                    "updated_as_printed": item.first("updated"),
                    "content": item.content,
                    "summary": item.summary,
                    "locator": item.locator,
                }
                for item in self.items
            ],
            "media": [
                {
                    "url": item.url,
                    "alt": item.alt,
                    "caption": item.caption,
                    "credit": item.credit,
                    "rights": item.rights,
                }
                for item in self.pictures
            ],
            "evidence": [
                {
                    "field": item.field,
                    "value": item.value,
                    "witness": item.witness,
                    "locator": item.locator,
                    "rule": item.rule,
                    "chosen": item.chosen,
                }
                for item in self.statements
            ],
            "rejections": [
                {"code": str(item.code), "locator": item.locator, "excerpt": item.excerpt, "reason": item.reason}
                for item in self.faults
            ],
        }
