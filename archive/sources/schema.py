"""The files of a publisher's folder, as they may be written.

Here belong the keys of `source.toml` and of `round_tables/*.toml`, with their types; an unknown key is an error.
Not here: reading the files, and what the values are used for.
"""

import datetime as dt
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from archive.codes import RoundtableError
from archive.model.contributions import Role, StoragePolicy
from archive.model.series import PromptKind, RoundTableState
from archive.normalise import urls
from archive.reading.page import Region
from archive.reading.source import BoilerplateKind

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
Cadence = Literal["daily", "weekly", "monthly", "never"]
TargetRole = Role | Literal["landing", "question", "index"]
HUB_ROLES: frozenset[TargetRole] = frozenset(("landing", "index"))
"""Roles of pages that present a round table and are no contribution to it."""


def _url(value: str) -> str:
    try:
        return urls.given(value)
    except RoundtableError as error:
        raise ValueError(error.what) from None


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError(f"{value!r} is no time zone of the IANA database, such as Europe/London")
    return value


Url = Annotated[str, AfterValidator(_url)]
Zone = Annotated[str, AfterValidator(_zone)]


class _Keys(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PublisherKeys(_Keys):
    """`[publisher]`: who it is, and what holds for all its pages."""

    id: Id
    name: str
    url: Url
    hosts: list[str]
    zone: Zone | None = None
    language: str | None = None
    day_first: bool | None = None
    query_is_noise: bool = False
    kickers: list[str] = []
    delay_seconds: float | None = Field(default=None, ge=0)
    sitemaps: bool = False
    """True where the sitemaps that robots.txt names are small enough to be read at every ingestion."""
    feeds: bool | list[Url] = False
    """True where the feeds that landing pages name are asked for at every ingestion; addresses of further ones."""
    storage_policy: StoragePolicy = "full_text"
    """What may be shown of its texts; a round table or a target may say otherwise."""
    excerpt_words: int = Field(default=60, ge=1, le=300)
    bundled: bool = False
    """True for a site that comes with the program and is served on loopback while it is fetched."""


class SeriesKeys(_Keys):
    """`[[series]]`: a continuing series."""

    id: Id
    title: str
    description: str | None = None
    language: str | None = None
    issn: str | None = None
    started_on: dt.date | None = None
    ended_on: dt.date | None = None
    url: Url | None = None


class ShapeKeys(_Keys):
    """`[[shapes]]`: a page shape, see `archive.reading.source.Shape`.

    `valid_from` and `valid_until` are the first and the last day on which the publisher served pages of this shape.
    They never decide how a page is read: the first shape that matches reads it. A page that was captured outside of
    these days is read all the same, and told as `shape_out_of_time`, because something is not as we think it is.
    """

    name: str
    match: str
    fields: dict[str, str] = {}
    body: str | None = None
    regions: dict[Region, str] = {}
    refine: str | None = None
    fill: dict[str, Annotated[float, Field(gt=0, le=1)]] = {}
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "ShapeKeys":
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError(f"shape {self.name!r} ends on {self.valid_until}, before it begins on {self.valid_from}")
        return self

    def served_on(self, day: dt.date) -> bool:
        """True where the publisher served pages of this shape on `day`, as far as we know.

        A day is allowed on either side for places where it is yesterday or tomorrow.
        """
        one = dt.timedelta(days=1)
        return (self.valid_from is None or self.valid_from - one <= day) and (
            self.valid_until is None or day <= self.valid_until + one
        )

    def time_in_words(self) -> str:
        """`from 2019-01-01 until 2021-04-30`, or as much of that as is known."""
        words = [f"from {self.valid_from}" if self.valid_from else "", f"until {self.valid_until}"]
        return " ".join(words if self.valid_until else words[:1]).strip()


class SourceFile(_Keys):
    """`source.toml`."""

    publisher: PublisherKeys
    series: list[SeriesKeys] = []
    shapes: list[ShapeKeys] = []
    boilerplate: dict[BoilerplateKind, list[str]] = {}
    roles: dict[Role, list[str]] = {}
    inset_labels: dict[str, Literal["followup", "comment"]] = {}


class PersonKeys(_Keys):
    """A person of the line-up: the name as printed, and what a rule could not know about it."""

    name: str
    family_first: bool = False


class EntryKeys(_Keys):
    """`[[line_up]]`, `[[convenors]]`, `[[editors]]`, `[[funders]]`: either people or an organisation."""

    entry: Id | None = None
    people: list[PersonKeys] = []
    organisation: str | None = None
    affiliation: str | None = None
    stance: str | None = None


class PromptKeys(_Keys):
    """`[[prompts]]`: something that is answered. Its wordings are read from captured pages, not written here."""

    id: Id
    kind: PromptKind = "question"
    ordinal: int | None = None
    parent: Id | None = None


class TargetKeys(_Keys):
    """`[[targets]]`: an address, and what is expected there."""

    url: Url
    role: TargetRole
    prompt: Id | None = None
    storage_policy: StoragePolicy | None = None
    refused: bool = False
    """True where robots.txt is known to close it to us: the refusal is then planned, not a failure."""


class RoundTableKeys(_Keys):
    """`[round_table]`: the container on its own."""

    id: Id
    series: Id
    title: str
    also_called: list[str] = []
    opened_on: dt.date | None = None
    closed_on: dt.date | None = None
    state: RoundTableState
    announced_as_printed: str | None = None
    announced_people: int | None = None
    announced_entries: int | None = None
    url: Url | None = None
    storage_policy: StoragePolicy | None = None
    scope: Url | None = None
    """Addresses that begin with this belong to the round table; sitemaps may name more of them."""
    cadence: Cadence | None = None
    """How often its pages are looked at; where nothing is said, the state decides (`archive.agenda`)."""


class RoundTableFile(_Keys):
    """`round_tables/NAME.toml`."""

    round_table: RoundTableKeys
    series: SeriesKeys | None = None
    """Where the round table is the first that is known of its series: the series itself."""
    line_up: list[EntryKeys] = []
    convenors: list[EntryKeys] = []
    editors: list[EntryKeys] = []
    funders: list[EntryKeys] = []
    prompts: list[PromptKeys] = []
    targets: list[TargetKeys] = []
