"""The addresses that a page gives away: what a hub lists, which feeds it names, what is said to be followed up.

Here belongs choosing, among the links of a page that has been read, those that lie in the scope of chosen round
tables, and finding a publisher's feeds. Pure. Not here: reading sitemaps (`archive.fetch`) and feeds
(`archive.reading.feeds`), and fetching what is chosen.
"""

from collections.abc import Collection

from archive.normalise import urls
from archive.reading import charset, head
from archive.reading.markup import parse
from archive.reading.page import Page
from archive.sources.register import Register
from archive.sources.schema import HUB_ROLES


def links(page: Page, register: Register, table_ids: Collection[str]) -> list[str]:
    """The addresses that a page names and that are in scope of the chosen round tables.

    Args:
        page: as it was read. Of a landing or index page every link counts, of any other page only the contributions
            that its words announce: running text may link to anything.
        register: knows the scope of each round table, and which pages are hubs.
        table_ids: the chosen round tables.

    Returns:
        Canonical addresses, in the page's order, each once, without the page itself.
    """
    target = register.target(page.canonical_url) or register.target(page.url)
    named = [relation.to_url for relation in page.relations if relation.to_url]
    if target and target[1].role in HUB_ROLES:
        named = [link.url for block in page.blocks for link in block.links] + named
    seen = {register.key(page.url), register.key(page.canonical_url)}
    found: list[str] = []
    for url in named:
        if not urls.is_web(url) or (key := register.key(url)) in seen:
            continue
        seen.add(key)
        table = register.in_scope(url)
        if table and table.id in table_ids:
            found.append(urls.canonical(url, keep_query=not register.source_for(url).query_is_noise))
    return found


def feeds(payload: bytes, url: str, register: Register) -> list[str]:
    """The feeds that a hub page names, as far as they are its publisher's own; of any other page none.

    Args:
        payload: the page.
        url: its address.
        register: knows which pages are hubs, and the hosts of their publisher.
    """
    target = register.target(url)
    if not target or target[1].role not in HUB_ROLES:
        return []
    named = head.feeds(parse(charset.decode(payload)), url)
    return [feed for feed in named if register.for_url(feed) == register.for_url(url)]
