"""The tables of what was said: contributions, their versions and passages, and how they hang together.

Here belong the texts, the links between them, and the addresses that carry them. Who speaks stands in `people`,
where a value comes from in `provenance`.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal

from archive.model.table import table

Role = Literal[
    "lead",
    "response",
    "followup",
    "rejoinder",
    "comment",
    "introduction",
    "statement",
    "call",
    "conversation",
    "article",
]
DateBasis = Literal["displayed", "stated", "feed", "archived", "register", "correction"]
DateDoubt = Literal["migration", "contradiction", "out_of_range"]
ZoneSource = Literal["stated", "publisher_default"]
State = Literal["available", "withdrawn"]
StoragePolicy = Literal["full_text", "excerpt", "metadata_only"]
RelationTarget = Literal["round_table", "prompt", "contribution", "person", "page"]
RelationType = Literal["responds_to", "replies_to", "follows_up", "comments_on", "cites", "translates"]
PassageKind = Literal[
    "heading",
    "paragraph",
    "list_item",
    "quotation",
    "table",
    "preformatted",
    "caption",
    "image",
    "label",
    "pull_quote",
    "boilerplate",
    "funding",
    "rights",
]
StanceScale = Literal["yes_no", "agreement"]
ManifestationKind = Literal[
    "page", "instalment", "section", "print", "feed_item", "cross_post", "text_copy", "query_variant"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The columns that a contribution and each of its versions share."""

    contribution_id: Annotated[str, "Readable id, minted once."]
    version: Annotated[int, "Number of the version, from 1; `contribution_versions` has them all."]
    round_table_id: Annotated[str | None, "The round table; null while unassigned."] = None
    prompt_id: Annotated[str | None, "The prompt that it answers."] = None
    role: Annotated[Role, "Its part in the discussion."]
    entry: Annotated[str | None, "The line-up entry that speaks, where it is one of the line-up."] = None
    ordinal: Annotated[int | None, "Order among the answers on its page, from 1."] = None
    stage_as_printed: Annotated[str | None, "Name of the stage, as printed."] = None
    round: Annotated[int | None, "Round, only where the publisher numbers them."] = None
    kicker: Annotated[str | None, "Section or label printed above the title."] = None
    title: Annotated[str | None, "Title of its own; null for an answer inside a page."] = None
    standfirst: Annotated[str | None, "Summary printed under the title."] = None
    text: Annotated[str, "The `in_text` passages, joined by a blank line."]
    word_count: Annotated[int, "Words in `text`."]
    language: Annotated[str | None, "BCP 47 tag of the text."] = None
    published_as_printed: Annotated[str | None, "Date as the page prints it."] = None
    published_at: Annotated[dt.datetime | None, "The instant in UTC; null when no time is known."] = None
    published_on: Annotated[dt.date | None, "The day in the publisher's zone."] = None
    published_edtf: Annotated[str | None, "What is known of the date, in EDTF."] = None
    published_offset_minutes: Annotated[
        int | None, "Offset from UTC in minutes that `published_at` was reckoned with."
    ] = None
    published_zone_source: Annotated[
        ZoneSource | None, "Whether the offset is stated, or the publisher's default: an assumption."
    ] = None
    published_basis: Annotated[DateBasis | None, "Which kind of witness was believed."] = None
    published_doubt: Annotated[
        DateDoubt | None, "Why the date should not be trusted; null when nothing speaks against it."
    ] = None
    funding_statement: Annotated[str | None, "The words about who paid."] = None
    rights_statement: Annotated[str | None, "The words about rights, as printed; null when the page prints none."] = (
        None
    )
    license_uri: Annotated[str | None, "Licence named by those words."] = None
    storage_policy: Annotated[StoragePolicy, "What may be shown of the text."]
    state: Annotated[State, "Whether it is shown; of what was withdrawn only this row is left."] = "available"
    withdrawn_on: Annotated[dt.date | None, "The day on which it was withdrawn (UTC)."] = None
    withdrawal_reason: Annotated[str | None, "Why it was withdrawn."] = None
    url: Annotated[str, "Canonical address; `urn:sha256:…` of the payload where nobody says where it was published."]
    capture_id: Annotated[str, "The capture that this version was read from."]


@table(
    "contributions",
    key=("contribution_id",),
    references={"round_table_id": "round_tables", "prompt_id": "prompts", "capture_id": "captures"},
)
class Contribution(Content):
    """One text by one entry, in its current version (schema:Answer, schema:Article, ConvoKit utterance)."""


@table(
    "contribution_versions",
    key=("contribution_id", "version"),
    references={"contribution_id": "contributions", "capture_id": "captures"},
)
class ContributionVersion(Content):
    """A version in full, addressed by the time of its capture, as in Memento."""

    first_captured_at: Annotated[dt.datetime | None, "First capture that holds it (UTC); null when nobody knows."] = (
        None
    )
    last_captured_at: Annotated[
        dt.datetime | None,
        "Last capture with a payload of its own that holds it (UTC); revisits only confirm it.",
    ] = None
    content_sha256: Annotated[
        str | None, "SHA-256 of what it says: titles, text, names and dates; null where it was withdrawn."
    ] = None


@table(
    "passages",
    key=("contribution_id", "version", "ordinal"),
    references={"contribution_id": "contributions", "capture_id": "captures"},
)
class Passage:
    """A block of a version, in the order of the page; also what is not part of the text, marked as such."""

    contribution_id: Annotated[str, "The contribution."]
    version: Annotated[int, "Its version."]
    ordinal: Annotated[int, "Order, from 1."]
    kind: Annotated[PassageKind, "What sort of block."]
    in_text: Annotated[bool, "True where it is part of what the author says."]
    text: Annotated[str, "Its words."]
    locator: Annotated[str, "Where it stands in the payload: a path of elements, or lines of a text file."]
    capture_id: Annotated[str, "The capture that it stands in: that of the version, or of one of its instalments."]


@table("stances", key=("contribution_id", "version"), references={"contribution_id": "contributions"})
class Stance:
    """The stance of a version, where one is printed: a vote, an answer of one word."""

    contribution_id: Annotated[str, "The contribution."]
    version: Annotated[int, "Its version."]
    raw: Annotated[str, "The words, as printed."]
    normalised: Annotated[
        str | None,
        "What they mean: yes, no, undecided; strongly_agree, agree, uncertain, disagree, strongly_disagree, "
        "no_opinion; null for somebody who did not answer.",
    ] = None
    scale: Annotated[StanceScale | None, "The scale that the value stands on."] = None
    confidence: Annotated[int | None, "How sure somebody is, as a number on the publisher's scale."] = None
    non_response: Annotated[bool, "True where the page prints that somebody did not answer."]


@table("relations", key=("relation_id",), references={"from_id": "contributions", "capture_id": "captures"})
class Relation:
    """A link from the contribution whose words show it to something else.

    `follows_up` with a page or contribution: an inset announces the follow-up there; with a round table: this
    contribution says that it follows up that discussion.
    """

    relation_id: Annotated[str, "Readable id."]
    from_id: Annotated[str, "The contribution that speaks."]
    type: Annotated[RelationType, "What it does to the other."]
    to_kind: Annotated[RelationTarget, "What the other is."]
    to_id: Annotated[str | None, "Its id; null while it is unresolved."] = None
    to_url: Annotated[str | None, "Its address, as linked."] = None
    to_as_printed: Annotated[str | None, "How the page names it."] = None
    evidence: Annotated[str, "What shows it: an inset, a sentence, a link, the register."]
    quote: Annotated[str | None, "The page's words."] = None
    capture_id: Annotated[str, "The capture that shows it."]


@table(
    "manifestations",
    key=("contribution_id", "url", "kind"),
    references={"contribution_id": "contributions", "capture_id": "captures"},
)
class Manifestation:
    """A URL that carries a contribution: a page, a section of one, or a feed with an item that leads to it."""

    contribution_id: Annotated[str, "The contribution."]
    url: Annotated[str, "The address."]
    kind: Annotated[ManifestationKind, "In which form."]
    locator: Annotated[str | None, "Where inside the page or the feed; null where it is the whole page."] = None
    capture_id: Annotated[str, "The first capture that shows it."]


@table("media", key=("contribution_id", "version", "ordinal"), references={"contribution_id": "contributions"})
class Media:
    """An image of a version, with its caption, credit and rights."""

    contribution_id: Annotated[str, "The contribution."]
    version: Annotated[int, "Its version."]
    ordinal: Annotated[int, "Order, from 1."]
    url: Annotated[str | None, "Address of the image, as linked."] = None
    alt: Annotated[str | None, "Alternative text."] = None
    caption: Annotated[str | None, "Caption."] = None
    credit: Annotated[str | None, "Who made it, as printed."] = None
    rights_statement: Annotated[str | None, "Words about its rights, as printed."] = None


@table("citations", key=("contribution_id", "style"), references={"contribution_id": "contributions"})
class Citation:
    """A citation, rendered when the release was published."""

    contribution_id: Annotated[str, "The contribution."]
    style: Annotated[
        str, "`apa`, `chicago-author-date`, `plain` (this archive's own); `csl-json`: what those were made from."
    ]
    text: Annotated[str, "The citation; for `csl-json` an item of CSL-JSON, as reference managers read it."]
