"""The words of the demonstration's older pages, typed: two round tables, in the houses that the site lived in before.

Here belongs everything that `earlier.toml` and `carried.toml` say, as frozen values. The magazine's site
has moved from Drupal to two layouts of Wagtail and on to Ghost; a page that was only saved as text is left of the time
before. Of one table there is a page from each house; the other was carried from one house into the next in a morning.
The pages stand as they were built, with the faults that moving houses leaves in them, because real archives are full of
such pages. Not here: the markup of each house (`templates/earlier`), and the magazine as it is today (`content`).
"""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

Layout = Literal["text_copy", "drupal", "drupal_article", "wagtail_old", "wagtail_new", "ghost"]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the text of every page, and the name of the table.

    Attributes:
        leaked_style: rules of an old style sheet that one move turned into a paragraph.
        icons: titles of the drawings after the end of a page.
    """

    kicker: str
    title: str
    invented: str
    licence: str
    licence_label: str
    licence_url: str
    newsletter: str
    comments: str
    funding: str
    leaked_style: str
    icons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer on the question page, and the inset that stands in it after its first paragraph."""

    names: tuple[str, ...]
    affiliation: str
    bio: str
    paragraphs: tuple[str, ...]
    inset_label: str = ""
    inset_text: str = ""
    inset_path: str = ""

    @property
    def name(self) -> str:
        """The name as printed."""
        return " & ".join(self.names)


@dataclass(frozen=True, slots=True)
class OlderPage:
    """A page as one of the earlier houses shows it; what its layout does not print is empty.

    Attributes:
        printed: the date as the page displays it.
        published: what that date means: an aware time, or a day where no time is displayed.
        links: phrases of the paragraphs → the addresses that they lead to.
        pull_quote: a sentence that condenses one of the text.
        aside: a passage below a ruled line, under `aside_heading`.
        former_path: where it stood in an earlier house, if that leads here today.
        first_printed: the date that it displayed there, and `first_published` what that means.
    """

    layout: Layout
    role: str
    path: str
    title: str
    standfirst: str
    authors: tuple[str, ...]
    printed: str
    published: dt.datetime | dt.date
    paragraphs: tuple[str, ...]
    question: str = ""
    answers: tuple[Reply, ...] = ()
    caption: str = ""
    credit: str = ""
    pull_quote: str = ""
    bullets: tuple[str, ...] = ()
    aside_heading: str = ""
    aside: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    former_path: str = ""
    first_printed: str = ""
    first_published: dt.date | None = None

    @property
    def before(self) -> "OlderPage | None":
        """The same page in the house that it was carried from, if it stood in one."""
        if self.first_published is None:
            return None
        return replace(
            self,
            layout="drupal_article",
            path=self.former_path,
            printed=self.first_printed,
            published=self.first_published,
        )

    @property
    def moment(self) -> dt.datetime:
        """When it was published, as an aware time: of a day its beginning in UTC."""
        if isinstance(self.published, dt.datetime):
            return self.published
        return dt.datetime.combine(self.published, dt.time(), dt.UTC)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The frame and the pages, in the order in which they came out; `carried` are those of the other table."""

    frame: Frame
    pages: tuple[OlderPage, ...]
    carried: tuple[OlderPage, ...]

    @property
    def all_pages(self) -> tuple[OlderPage, ...]:
        """The pages of both tables."""
        return (*self.pages, *self.carried)

    def page(self, layout: Layout) -> OlderPage:
        """The page of one house; there is one of each."""
        return next(page for page in self.pages if page.layout == layout)


@cache
def earlier() -> Earlier:
    """Read `earlier.toml` and `carried.toml`; the same value each time."""
    raw, carried = (
        tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))
        for name in ("earlier", "carried")
    )
    return Earlier(
        Frame(**_typed(raw["table"])),
        tuple(_page(lines) for lines in raw["pages"]),
        tuple(_page(_carried(lines, carried["table"])) for lines in carried["pages"]),
    )


def _carried(lines: dict[str, Any], table: Mapping[str, str]) -> dict[str, Any]:
    """A page of the table that was carried across: what all of its pages share is said once."""
    shared = {"layout": "wagtail_old", "caption": table["caption"], "credit": table["credit"]}
    return {**shared, "standfirst": table["response"], **lines}


def _page(lines: dict[str, Any]) -> OlderPage:
    answers = tuple(Reply(**_typed(answer)) for answer in lines.pop("answers", ()))
    return OlderPage(**_typed(lines), answers=answers)


def _typed(lines: dict[str, Any]) -> dict[str, Any]:
    """The same keys: texts on one line, paragraphs apart, lists and tables frozen."""
    return {key: _value(key, value) for key, value in lines.items()}


def _value(key: str, value: Any) -> Any:  # noqa: ANN401 - any TOML
    if key == "paragraphs":
        return tuple(" ".join(text.split()) for text in value.split("\n\n") if text.strip())
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return tuple(value)
    return MappingProxyType(value) if isinstance(value, dict) else value
