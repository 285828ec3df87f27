"""The words of the demonstration, typed: who sits at the invented table and what each of them wrote.

Here belongs everything that `content.toml` says, as frozen values, so that a test can compare what was read from a
page with what had been written. Texts are plain: paragraphs without markup, in the order of the page. Not here: how
a page looks or is addressed by a browser (`site`).
"""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

FOLLOWUP = "FOLLOWUP"
"""The label of an inset that leads to a follow-up page."""


@dataclass(frozen=True, slots=True)
class Publication:
    """The magazine: its name, the lines that stand on each of its pages, and when it was launched (aware)."""

    name: str
    tagline: str
    description: str
    licence_label: str
    licence_url: str
    invented: str
    newsletter: str
    comments: str
    launched: dt.datetime


@dataclass(frozen=True, slots=True)
class Artwork:
    """A picture under /static/, with its caption, its credit and its rights as printed."""

    file: str
    alt: str
    caption: str
    credit: str
    rights: str


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who signs: a convenor or the writer of an article, with the line that introduces them."""

    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in the line-up, which may be a person, a pair who answer together, or an organisation.

    Attributes:
        id: the anchor of its answers and the name of its portrait.
        names: its agents one by one; two for a pair, one otherwise.
    """

    id: str
    kind: Literal["person", "pair", "organisation"]
    names: tuple[str, ...]
    affiliations: tuple[str, ...]
    bio: str

    @property
    def name(self) -> str:
        """The name as printed."""
        return " & ".join(self.names)

    @property
    def affiliation(self) -> str:
        """The affiliation as printed; a pair with two of them has both in one line."""
        return "; ".join(self.affiliations)


@dataclass(frozen=True, slots=True)
class Inset:
    """A box in an answer, after its first `after` paragraphs: a label and one paragraph.

    Attributes:
        speaker: the entry that comments; None for the follow-up question.
        path: where the paragraph is linked to; None for a comment.
    """

    after: int
    label: str
    text: str
    speaker: Entry | None
    path: str | None


@dataclass(frozen=True, slots=True)
class PullQuote:
    """A sentence of an answer, printed once more in large letters after its first `after` paragraphs."""

    after: int
    text: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What the author of an answer changed in it: until `at` (aware) it read `was` where it reads `now`."""

    at: dt.datetime
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What one entry answers to one question, as it reads since its correction."""

    entry: Entry
    paragraphs: tuple[str, ...]
    insets: tuple[Inset, ...]
    pull_quote: PullQuote | None
    correction: Correction | None

    @property
    def first_printed(self) -> tuple[str, ...]:
        """The paragraphs before the correction."""
        change = self.correction
        return tuple(text.replace(change.now, change.was) for text in self.paragraphs) if change else self.paragraphs


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its page; `short`, `title` and `full` are three wordings, the slug in `path` is a fourth."""

    path: str
    short: str
    title: str
    full: str
    standfirst: str
    published: dt.datetime
    artwork: Artwork
    answers: tuple[Answer, ...]

    @property
    def changed(self) -> dt.datetime:
        """When its page changed last."""
        return max([self.published, *(answer.correction.at for answer in self.answers if answer.correction)])

    @property
    def before(self) -> "Question | None":
        """The same with every answer as it was before its correction, if any was corrected."""
        if self.changed == self.published:
            return None
        answers = (replace(one, paragraphs=one.first_printed, correction=None) for one in self.answers)
        return replace(self, answers=tuple(answers))


@dataclass(frozen=True, slots=True)
class Article:
    """A page by named authors; `links` maps phrases of standfirst or paragraphs to the paths they lead to."""

    role: Literal["introduction", "followup", "response"]
    path: str
    title: str
    standfirst: str
    authors: tuple[Author, ...]
    published: dt.datetime
    artwork: Artwork
    funded: bool
    paragraphs: tuple[str, ...]
    links: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Letter:
    """A reader's letter and its signature."""

    signed: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letters:
    """The page of readers' letters, which robots.txt asks machines not to fetch."""

    path: str
    title: str
    standfirst: str
    published: dt.datetime
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class About:
    """The magazine's page about itself; `links` maps phrases of its paragraphs to the paths they lead to."""

    path: str
    title: str
    standfirst: str
    paragraphs: tuple[str, ...]
    links: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RoundTable:
    """What the landing page says of the whole; the announced numbers are those of its sentence, as figures."""

    path: str
    series: str
    title: str
    standfirst: str
    announcement: str
    announced_people: int
    announced_entries: int
    opened: dt.datetime
    artwork: Artwork
    funder: str
    funder_note: str
    series_note: str


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that the demonstration publishes. Times are aware, in the magazine's zone."""

    publication: Publication
    round_table: RoundTable
    convenors: tuple[Author, ...]
    entries: tuple[Entry, ...]
    questions: tuple[Question, ...]
    articles: tuple[Article, ...]
    letters: Letters
    about: About

    def article(self, role: Literal["introduction", "followup", "response"]) -> Article:
        """The article that plays this part; there is one of each."""
        return next(article for article in self.articles if article.role == role)


@cache
def content() -> Content:
    """Read `content.toml`; the same value each time."""
    raw = tomllib.loads(Path(__file__).with_name("content.toml").read_text(encoding="utf-8"))
    artworks = {name: Artwork(file=f"{name}.svg", **lines) for name, lines in raw["artworks"].items()}
    convenors = tuple(Author(**lines) for lines in raw["convenors"])
    entries = tuple(_entry(lines) for lines in raw["entries"])
    authors = {author.name: author for author in (*convenors, *(Author(**lines) for lines in raw["guests"]))}
    authors.update((entry.name, Author(entry.name, entry.bio)) for entry in entries)
    articles = tuple(_article(lines, authors, artworks) for lines in raw["articles"])
    titles = {article.path: article.title for article in articles}
    return Content(
        publication=Publication(**_unwrapped(raw["publication"])),
        round_table=RoundTable(**_unwrapped(raw["round_table"]) | {"artwork": artworks[raw["round_table"]["artwork"]]}),
        convenors=convenors,
        entries=entries,
        questions=tuple(_question(lines, entries, titles, artworks) for lines in raw["questions"]),
        articles=articles,
        letters=_letters(raw["letters"]),
        about=_about(raw["about"]),
    )


def _unwrapped(lines: dict[str, Any]) -> dict[str, Any]:
    """The same keys, each text on one line however it was wrapped in the file."""
    return {key: " ".join(value.split()) if isinstance(value, str) else value for key, value in lines.items()}


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def _entry(lines: dict[str, Any]) -> Entry:
    lines = _unwrapped(lines)
    return Entry(**lines | {"names": tuple(lines["names"]), "affiliations": tuple(lines["affiliations"])})


def _question(
    lines: dict[str, Any], entries: tuple[Entry, ...], titles: Mapping[str, str], artworks: Mapping[str, Artwork]
) -> Question:
    seats = {entry.id: entry for entry in entries}
    answers = tuple(_answer(answer, seats, titles) for answer in lines["answers"])
    return Question(**_unwrapped(lines) | {"answers": answers, "artwork": artworks[lines["artwork"]]})


def _answer(lines: dict[str, Any], seats: Mapping[str, Entry], titles: Mapping[str, str]) -> Answer:
    return Answer(
        entry=seats[lines["entry"]],
        paragraphs=_paragraphs(lines["paragraphs"]),
        insets=tuple(_inset(inset, seats, titles) for inset in lines.get("insets", ())),
        pull_quote=PullQuote(**lines["pull_quote"]) if "pull_quote" in lines else None,
        correction=Correction(**lines["correction"]) if "correction" in lines else None,
    )


def _inset(lines: dict[str, Any], seats: Mapping[str, Entry], titles: Mapping[str, str]) -> Inset:
    if "followup" in lines:
        path = lines["followup"]
        return Inset(after=lines["after"], label=FOLLOWUP, text=titles[path], speaker=None, path=path)
    speaker = seats[lines["speaker"]]
    (text,) = _paragraphs(lines["text"])
    return Inset(after=lines["after"], label=speaker.name.upper(), text=text, speaker=speaker, path=None)


def _article(lines: dict[str, Any], authors: Mapping[str, Author], artworks: Mapping[str, Artwork]) -> Article:
    read = {
        "authors": tuple(authors[name] for name in lines["authors"]),
        "artwork": artworks[lines["artwork"]],
        "paragraphs": _paragraphs(lines["paragraphs"]),
        "links": MappingProxyType(lines["links"]),
    }
    return Article(**_unwrapped(lines) | read)


def _about(lines: dict[str, Any]) -> About:
    read = {"paragraphs": _paragraphs(lines["paragraphs"]), "links": MappingProxyType(lines["links"])}
    return About(**_unwrapped(lines) | read)


def _letters(lines: dict[str, Any]) -> Letters:
    letters = tuple(Letter(signed=one["signed"], paragraphs=_paragraphs(one["paragraphs"])) for one in lines["letters"])
    return Letters(**_unwrapped(lines) | {"letters": letters})
