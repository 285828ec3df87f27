"""Where a page belongs: its round table, its role there, and the id of each contribution on it.

Here belongs the decision which place in which discussion a section takes, and on whose word. Not here: what the
section says (`versions`) and what it refers to (`links`).
"""

from dataclasses import dataclass

from archive.discussion.ids import Ids
from archive.discussion.line_up import LineUpEntry, find, line_up
from archive.discussion.pages import Reading
from archive.model.contributions import Role
from archive.model.provenance import Witness
from archive.normalise import urls
from archive.normalise.text import fold, slug
from archive.reading.page import Page, PageContribution
from archive.sources.register import Register, RegisteredRoundTable
from archive.sources.schema import HUB_ROLES


@dataclass(frozen=True, slots=True)
class Place:
    """What a page is in a discussion.

    Attributes:
        table: the round table; None while no register and no words on the page name one.
        role: the role of its text: that of a contribution, or landing, question, index.
        prompt_id: the prompt that is answered or asked there.
        witness: who says so, with `locator` for the place where.
    """

    table: RegisteredRoundTable | None
    role: str
    prompt_id: str | None
    witness: Witness
    locator: str


@dataclass(frozen=True, slots=True)
class Observation:
    """One section of one page, recognised as a contribution."""

    contribution_id: str
    reading: Reading
    place: Place
    section: PageContribution
    index: int
    role: Role
    prompt_id: str | None
    entry: str | None
    ordinal: int | None


def place(page: Page, register: Register, ids: Ids) -> Place:
    """The place of a page: by the register's targets, else by what the page says of itself."""
    target = register.target(page.canonical_url) or register.target(page.url)
    if target:
        table, keys = target
        prompt = table.prompt_id(keys.prompt) if keys.prompt else None
        locator = f"{table.file.name}: targets[{table.keys.targets.index(keys)}]"
        return Place(table, keys.role, prompt, "register", locator)
    table_by_words = _named_table(page, register)
    in_scope = register.in_scope(page.canonical_url) or table_by_words
    role = (
        "question" if len(page.contributions) > 1 else (page.contributions[0].role if page.contributions else "article")
    )
    if in_scope is None:
        return Place(None, role, None, "running_text", "page")
    key = f"prompt:url:{register.key(page.canonical_url)}"
    prompt_id = None
    if page.prompts or role == "question":
        prompt_id = ids.mint([key], f"{in_scope.id}/{slug(page.title or _name(page))}")
    witness: Witness = "running_text" if table_by_words else "url"
    return Place(in_scope, role, prompt_id, witness, "standfirst" if table_by_words else "url")


def _named_table(page: Page, register: Register) -> RegisteredRoundTable | None:
    """The round table whose title the page's own sentence about itself gives."""
    named = {fold(link.to) for link in page.relations if link.type in {"follows_up", "responds_to"} and not link.to_url}
    return next((table for table in register.round_tables() if named & {fold(title) for title in table.titles()}), None)


def observe(reading: Reading, where: Place, register: Register, ids: Ids) -> list[Observation]:
    """The contributions of one page, each with its id: found again if it was seen before, minted otherwise."""
    page = reading.page
    if where.role in HUB_ROLES:
        return []
    entries = line_up(where.table) if where.table else []
    many = len(page.contributions) > 1
    found: list[Observation] = []
    answers = 0
    for index, section in enumerate(page.contributions):
        entry = find(entries, section.label, section.authors)
        name = entry.entry if entry else slug(section.label or " ".join(section.authors))
        about = found[section.comments_on] if section.comments_on is not None else None
        answers += section.role != "comment"
        if section.role == "comment":
            minted = _comment_id(about.contribution_id if about else _page_name(page, register), name, ids)
        elif many:
            minted = _answer_id(page, where, name, register, ids)
        else:
            minted = _page_id(page, where, entry, register, ids)
        role: Role = section.role if many or where.role in {"question", *HUB_ROLES} else where.role  # type: ignore[assignment]
        found.append(
            Observation(
                minted,
                reading,
                where,
                section,
                index,
                role,
                where.prompt_id,
                entry.entry if entry else None,
                answers if many and section.role != "comment" else None,
            )
        )
    return found


def _comment_id(about: str, commentator: str, ids: Ids) -> str:
    return ids.mint([f"comment:{about}|{commentator}"], f"{about}/comment-{commentator}")


def _answer_id(page: Page, where: Place, name: str, register: Register, ids: Ids) -> str:
    if where.table and where.prompt_id:
        return ids.mint([f"answer:{where.prompt_id}|{name}"], f"{where.prompt_id}/{name}")
    address = register.key(page.canonical_url)
    return ids.mint([f"section:{address}|{name}"], f"{_page_name(page, register)}/{name}")


def _page_id(page: Page, where: Place, entry: LineUpEntry | None, register: Register, ids: Ids) -> str:
    key = f"page:{register.key(page.canonical_url)}"
    if where.table and where.prompt_id and entry:
        return ids.mint([key, f"answer:{where.prompt_id}|{entry.entry}"], f"{where.prompt_id}/{entry.entry}")
    if where.table:
        return ids.mint([key], f"{where.table.id}/{slug(_name(page), 80)}")
    return ids.mint([key], _page_name(page, register))


def _page_name(page: Page, register: Register) -> str:
    source = register.for_url(page.canonical_url)
    host = urls.host(page.canonical_url).partition(":")[0].removeprefix("www.")
    prefix = source.id if source else page.source_id or slug(host) or "unplaced"
    return f"{prefix}/{slug(_name(page), 80)}"


def _name(page: Page) -> str:
    """What a page is called in an id: the last part of its address, or its title where that is unknown."""
    return urls.slug(page.canonical_url) if urls.is_web(page.canonical_url) else page.title or page.canonical_url
