"""What we know of and how far we got with it.

Here belongs the list of targets: the register's, those that a sitemap, a feed or a page named, and those that were
imported, each with its state. Not here: fetching them.
"""

from collections.abc import Iterable, Iterator, Mapping

from archive.discussion.pages import is_page
from archive.discussion.placing import Place
from archive.discussion.sighting import Sighting
from archive.model import Capture, Fetch, Target
from archive.model.captures import TargetSource, TargetState
from archive.model.records import Records
from archive.normalise import urls
from archive.sources.register import Register


def add_targets(
    records: Records,
    register: Register,
    placed: Iterable[tuple[Sighting, Place]],
    captures: Iterable[Capture],
    fetches: Iterable[Fetch],
    listed: Iterable[tuple[str, str]] = (),
) -> None:
    """Add a row for every address that we know of; `listed` are those of feeds, each with its round table."""
    pages = list(placed)
    states = _states(register, captures, fetches)
    found: dict[str, Target] = {}

    def add(url: str, source: TargetSource, table: str | None, role: str | None, prompt: str | None) -> None:
        key = register.key(url)
        publisher = register.for_url(url)
        if key not in found:
            found[key] = Target(
                url=urls.canonical(url, keep_query=not register.source_for(url).query_is_noise),
                publisher_id=publisher.id if publisher else urls.host(url),
                round_table_id=table,
                expected_role=role,
                prompt_id=prompt,
                source=source,
                state=states.get(key, "never_tried"),
            )

    for table in register.round_tables():
        for target in table.keys.targets:
            prompt = table.prompt_id(target.prompt) if target.prompt else None
            add(target.url, "register", table.id, target.role, prompt)
    for page, place in pages:
        for link in page.references:
            if link.to_url and link.type == "follows_up":
                add(link.to_url, "link", place.table.id if place.table else None, "followup", None)
    for fetch in fetches:
        scope = register.in_scope(fetch.url)
        if scope and register.target(fetch.url) is None:
            # What was fetched before that was noted was named by a sitemap, as far as anybody knew.
            add(fetch.url, fetch.named_by or "sitemap", scope.id, None, None)
    for url, listed_table in listed:
        add(url, "feed", listed_table, None, None)
    for url, source, table_id in _brought(register, captures):
        add(url, source, table_id, None, None)
    records.extend(found.values())


def _brought(register: Register, captures: Iterable[Capture]) -> Iterator[tuple[str, TargetSource, str | None]]:
    """The addresses of what was imported, and of what archived landing pages named."""
    for capture in captures:
        if capture.origin != "live" and is_page(capture) and urls.is_web(capture.url):
            scope = register.in_scope(capture.url)
            if capture.origin == "import":
                yield capture.url, "import", scope.id if scope else None
            elif scope:
                yield capture.url, "link", scope.id


def _states(register: Register, captures: Iterable[Capture], fetches: Iterable[Fetch]) -> dict[str, TargetState]:
    states: dict[str, TargetState] = {}
    for fetch in fetches:
        states[register.key(fetch.url)] = "refused" if fetch.kind == "refused" else "failed"
    leads: dict[str, str] = {}
    for capture in captures:
        if urls.is_web(capture.url) and is_page(capture):
            states[register.key(capture.url)] = "captured"
        elif capture.redirects_to:
            leads[register.key(capture.url)] = register.key(capture.redirects_to)
    # What leads elsewhere is had where it leads to.
    ends = {key: states.get(_end(key, leads)) for key in leads}
    return states | {key: "captured" for key, state in ends.items() if state == "captured"}


def _end(key: str, leads: Mapping[str, str]) -> str:
    """Where the redirects of an address end; somewhere on the way where they lead in a circle."""
    for _ in leads:
        if key not in leads:
            break
        key = leads[key]
    return key
