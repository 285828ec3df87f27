"""Where a page belongs: its round table, its role there, and the prompt that is asked or answered on it.

Here belongs the decision which place in which discussion a page takes, and on whose word: the register's targets; else
the page's own words; else that it says the same as a page whose place is known. Not here: which contribution a section
is (`identity`), what it says (`versions`) and what it refers to (`links`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from archive.discussion.addresses import Addresses
from archive.discussion.copies import Texts
from archive.discussion.feeds import Listed
from archive.discussion.ids import Ids
from archive.discussion.pages import Reading
from archive.discussion.questions import Questions
from archive.discussion.sighting import Sighting, agents_of
from archive.discussion.stages import Stage
from archive.model.contributions import Role
from archive.model.provenance import Witness
from archive.normalise import urls
from archive.normalise.text import fold, slug
from archive.reading.page import PageContribution
from archive.sources.register import Register, RegisteredRoundTable
from archive.sources.schema import HUB_ROLES

LEAST_WORDS = 25
"""A text shorter than this may be said twice by chance: that it is the same says nothing."""
PLACED = "the register's target, else the page's words"
"""The rule that gives most texts their role."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a page is in a discussion.

    Attributes:
        table: the round table; None while no register and no words on the page name one.
        role: the role of its text: that of a contribution, or landing, question, index.
        prompt_id: the prompt that is answered or asked there.
        witness: who says so, with `locator` for the place where.
        questions: where several questions are answered on the page, the prompt of each, in the order of the page's
            prompts; None for one that nobody answers, and empty where all answers are to `prompt_id`.
    """

    table: RegisteredRoundTable | None
    role: str
    prompt_id: str | None
    witness: Witness
    locator: str
    questions: tuple[str | None, ...] = ()

    def answered(self, number: int | None) -> str | None:
        """The prompt that is answered by what answers the page's prompt `number`."""
        return (self.questions[number] if self.questions and number is not None else None) or self.prompt_id


@dataclass(frozen=True, slots=True)
class Observation:
    """One section of one page, recognised as a contribution.

    Attributes:
        part: which instalment of the contribution it is; None where it is all of it.
        stage: at which point of the discussion it stands.
        role_rule: what decided about the role.
        listed: the items of feeds that lead to the page.
    """

    contribution_id: str
    reading: Reading
    place: Place
    section: PageContribution
    index: int
    role: Role
    prompt_id: str | None
    entry: str | None
    ordinal: int | None
    part: int | None = None
    stage: Stage | None = None
    role_rule: str = PLACED
    listed: tuple[Listed, ...] = ()


def place_all(sightings: Sequence[Sighting], addresses: Addresses, register: Register, ids: Ids) -> list[Place]:
    """The place of every page, in the order given."""
    titles = _Titles(register)
    places = [_by_words(one, addresses, register, titles) for one in sightings]
    asked = _asked(sightings, places)
    said = _Said(sightings, places, register)
    by_page = {addresses.of(one): where for one, where in zip(sightings, places, strict=True) if where.table}
    questions = Questions(addresses, ids)
    found: list[Place] = []
    for one, seen in zip(sightings, places, strict=True):
        numbered = urls.page_number(one.url)
        where = by_page.get(addresses.page(numbered[0]), seen) if numbered and not seen.table else seen
        if where.table is None and one.original and (known := by_page.get(addresses.page(one.original))):
            where = replace(known, witness="link_element", locator="the address that it calls its own")
        where = where if where.table else _like_another(one, where, asked, said, register)
        where = _with_prompt(one, where, asked, addresses, ids)
        found.append(replace(where, questions=questions.of(one, where.prompt_id)))
    return found


class _Titles:
    """The round tables by the folded titles that pages call them by."""

    def __init__(self, register: Register) -> None:
        self._by_title: dict[str, RegisteredRoundTable] = {}
        for table in register.round_tables():
            for title in table.titles():
                self._by_title.setdefault(fold(title), table)

    def named_by(self, page: Sighting) -> RegisteredRoundTable | None:
        """The round table whose title the page's own sentence about itself gives."""
        named = [
            fold(link.to) for link in page.references if link.type in {"follows_up", "responds_to"} and not link.to_url
        ]
        return next((self._by_title[title] for title in named if title in self._by_title), None)


def _by_words(page: Sighting, addresses: Addresses, register: Register, titles: _Titles) -> Place:
    target = addresses.target(page)
    if target:
        table, keys = target
        prompt = table.prompt_id(keys.prompt) if keys.prompt else None
        locator = f"{table.file.name}: targets[{table.keys.targets.index(keys)}]"
        return Place(table, keys.role, prompt, "register", locator)
    role = "question" if len(page.sections) > 1 else page.sections[0].role if page.sections else "article"
    by_words = titles.named_by(page)
    scope = register.in_scope(page.canonical_url) or by_words
    if scope is None:
        return Place(None, role, None, "running_text", "page")
    witness: Witness = "running_text" if by_words else "url"
    return Place(scope, role, None, witness, "standfirst" if by_words else "url")


def _asked(sightings: Iterable[Sighting], places: Iterable[Place]) -> Mapping[str, Place]:
    """Folded wording of a question → the place of the one page whose prompt the register knows; None is no wording."""
    found: dict[str, Place] = {}
    several: set[str] = set()
    for page, where in zip(sightings, places, strict=True):
        if where.prompt_id is None or where.role != "question":
            continue
        for wording in page.prompts:
            if found.setdefault(wording, where).prompt_id != where.prompt_id:
                several.add(wording)
    return {wording: where for wording, where in found.items() if wording not in several}


class _Said:
    """What the pages of known place say, each publisher's apart."""

    def __init__(self, sightings: Sequence[Sighting], places: Sequence[Place], register: Register) -> None:
        self._places = places
        self._signed: dict[tuple[object, ...], int] = {}
        self._texts: dict[str | None, Texts[int]] = {}
        unsigned = {_publisher(page, register) for page in sightings if page.kind == "text"}
        for number, (page, where) in enumerate(zip(sightings, places, strict=True)):
            if where.table is None or where.role in HUB_ROLES or len(page.sections) != 1:
                continue
            publisher, section = _publisher(page, register), page.sections[0]
            if section.authors and section.words.count >= LEAST_WORDS:
                self._signed.setdefault((publisher, section.words.digest, agents_of(section)), number)
            if publisher in unsigned:
                self._texts.setdefault(publisher, Texts(LEAST_WORDS)).add(number, section.words)

    def place_of(self, page: Sighting, publisher: str | None) -> Place | None:
        """The place of the page that says the same; a copy that names nobody must have one original only."""
        if publisher is None or len(page.sections) != 1:
            return None
        section = page.sections[0]
        signed = self._signed.get((publisher, section.words.digest, agents_of(section)))
        if signed is not None:
            return self._places[signed]
        if page.kind == "text" and not section.authors and publisher in self._texts:
            alike = [self._places[number] for number in sorted(self._texts[publisher].like(section.words))]
            seats = {(where.table.id if where.table else None, where.prompt_id, where.role) for where in alike}
            return alike[0] if len(seats) == 1 else None
        return None


def _like_another(page: Sighting, where: Place, asked: Mapping[str, Place], said: _Said, register: Register) -> Place:
    """The place of a page of which nobody says where it belongs, but which says what a page of known place says."""
    publisher = _publisher(page, register)
    known = said.place_of(page, publisher)
    if known:
        return replace(known, witness="running_text", locator="the same words as a page whose place is known")
    for wording in page.prompts if where.role == "question" else ():
        other = asked.get(wording)
        if other and other.table and other.table.publisher_id == publisher:
            return replace(other, witness="running_text", locator="the same question as on a page whose place is known")
    return where


def _publisher(page: Sighting, register: Register) -> str | None:
    source = register.for_url(page.canonical_url) if urls.is_web(page.canonical_url) else None
    return source.id if source else page.source_id


def _with_prompt(page: Sighting, where: Place, asked: Mapping[str, Place], addresses: Addresses, ids: Ids) -> Place:
    """The place with its prompt: the one that the register names, else one that is found again or minted."""
    if where.table is None or where.prompt_id or where.witness == "register":
        return where
    if not page.prompts and where.role != "question":
        return where
    for wording in page.prompts:
        known = asked.get(wording)
        if known and known.table and known.table.id == where.table.id:
            return replace(where, prompt_id=known.prompt_id)
    keys = [f"prompt:url:{key}" for key in addresses.keys(addresses.of(page))]
    return replace(where, prompt_id=ids.mint(keys, f"{where.table.id}/{slug(page.title or name_of(page))}"))


def name_of(page: Sighting) -> str:
    """What a page is called in an id: the last part of its address, or its title where that is unknown."""
    return urls.slug(page.canonical_url) if urls.is_web(page.canonical_url) else page.title or page.canonical_url
