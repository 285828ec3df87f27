"""What a reader is told about a publisher: data, and at most one function.

Here belong the values that `sources` fills from a publisher's folder. Not here: the folder, and which publisher an
address belongs to.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bs4 import BeautifulSoup

from archive.model.contributions import Role
from archive.reading.page import Picture, Region, Statement

BoilerplateKind = Literal["newsletter", "comments", "share", "related", "funding", "footer"]


@dataclass(frozen=True, slots=True)
class Refined:
    """What a source's own reader adds to a page."""

    statements: tuple[Statement, ...] = ()
    pictures: tuple[Picture, ...] = ()


Refine = Callable[[BeautifulSoup, str], Refined]
"""A source's own reader: the fragment, and the path where it was cut → what it adds."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One page shape of a publisher: how it is known, and where its parts stand (CSS selectors).

    Attributes:
        match: a selector that only pages of this shape satisfy.
        fields: field name → selector of the element that prints it.
        body: selector of the elements that hold the text, in order.
        regions: region → selector of elements inside the body that are not the author's text.
        refine: selector of the fragment that is handed to the source's own reader.
        fill: field name → the share of such pages that have it; a run in which too many lack it raises an alarm.
    """

    name: str
    match: str
    fields: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None
    regions: Mapping[Region, str] = field(default_factory=dict)
    refine: str | None = None
    fill: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher, as far as reading its pages goes.

    Attributes:
        zone: the time zone of printed times, an IANA name; an assumption wherever a page states none.
        boilerplate: kind → patterns; a block that one matches from its beginning is not the author's text.
        roles: role → pattern in the standfirst or the text that shows it.
        inset_labels: label of an inset, in lower case → what the inset is.
        kickers: labels that stand above titles on this publisher's pages.
        names: names of people and organisations known at this publisher; they split unseparated bylines.
        family_first: those of the names whose family name comes first.
    """

    source_id: str
    name: str
    url: str
    hosts: tuple[str, ...] = ()
    zone: str | None = None
    language: str | None = None
    day_first: bool | None = None
    query_is_noise: bool = False
    shapes: tuple[Shape, ...] = ()
    boilerplate: Mapping[BoilerplateKind, tuple[re.Pattern[str], ...]] = field(default_factory=dict)
    roles: Mapping[Role, tuple[re.Pattern[str], ...]] = field(default_factory=dict)
    inset_labels: Mapping[str, Literal["followup", "comment"]] = field(default_factory=dict)
    kickers: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    family_first: frozenset[str] = frozenset()
    refine: Refine | None = None


UNKNOWN = Source(source_id="", name="", url="")
"""The source of a page whose publisher nobody has described."""
