"""What is on each kind of page: from rows to the values that its template asks for.

Here belong the pages about the archive as a whole: front, lists, people, organisations, publishers, method, search.
Round tables and their prompts stand in `tables`, single texts in `contributions`. Not here: markup, queries, files.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.codes import Code
from warehouse.site import plots
from warehouse.site.addresses import part_path, path_of
from warehouse.site.holdings import Holdings, Row, grouped
from warehouse.site.render import Renderer, counted, day
from warehouse.site.search_index import Entry

PER_LIST = 300
"""Names, rejections or texts on one page of a list."""
_FRONT = 12
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is written: its folder (or file name) in the site, and its HTML."""

    path: str
    html: str


@dataclass(frozen=True, slots=True)
class Known:
    """What pages of one kind must know of the others: which round tables, prompts and people have a page."""

    tables: Mapping[str, Row]
    people: frozenset[str]
    prompts: Mapping[str, Row]


def parts(rows: Sequence[Any], size: int) -> list[Sequence[Any]]:
    """A list cut into pages of at most `size`; one page where there is nothing."""
    return [rows[start : start + size] for start in range(0, len(rows), size)] or [[]]


def seated(table: Row, seats: Sequence[Row]) -> Row:
    """A round table with the drawing of who sits at it."""
    heard = sum(seat["state"] == "answered" for seat in seats)
    label = f"{counted(len(seats), 'seat')}, {heard} of them heard" if seats else "no line-up is known"
    return table | {"seats": plots.seats(seats), "seats_label": label}


def front(render: Renderer, holdings: Holdings, tables: Sequence[Row]) -> Page:
    """The first page."""
    html = render.page(
        "front.html",
        "",
        counts=holdings.counts(),
        tables=tables[:_FRONT],
        more=len(tables) > _FRONT,
        years=plots.over_time((row["day"], row["texts"]) for row in holdings.years()),
    )
    return Page("", html)


def round_table_list(render: Renderer, tables: Sequence[Row], unplaced: int) -> Iterator[Page]:
    """All round tables."""
    cut = parts(tables, PER_LIST // 3)
    for number, some in enumerate(cut, start=1):
        path = part_path("round-tables/", number)
        yield Page(
            path,
            render.page("round_tables.html", path, tables=some, unplaced=unplaced, part=number, total=len(cut)),
        )


def agent_lists(render: Renderer, kind: str, rows: Sequence[Row]) -> Iterator[Page]:
    """All people, or all organisations, by letter."""
    key, shown, title, lede = _LISTS[kind]
    ordered = sorted(rows, key=lambda row: (_letter(row[shown]), row[shown].casefold(), row[key]))
    cut = parts(ordered, PER_LIST)
    for number, some in enumerate(cut, start=1):
        path = part_path(f"{kind}/", number)
        named = [row | {"id": row[key], "shown": row[shown], "letter": _letter(row[shown])} for row in some]
        letters = list(grouped(named, "letter").items())
        html = render.page(
            "agents.html", path, kind=kind, title=title, lede=lede, letters=letters, part=number, total=len(cut)
        )
        yield Page(path, html)


_LISTS = {
    "people": ("person_id", "sort_name", "People", "Everybody who speaks here or has a seat at a round table."),
    "organisations": (
        "organisation_id",
        "name",
        "Organisations",
        "Those that speak themselves, pay, or were decided to be somebody’s affiliation.",
    ),
}


def agents(render: Renderer, holdings: Holdings, kind: str, rows: Sequence[Row], known: Known) -> Iterator[Page]:
    """A page for each person or organisation."""
    key = _LISTS[kind][0]
    for some in parts(rows, _AT_ONCE):
        ids = [row[key] for row in some]
        found, decided = holdings.agents(kind, ids), holdings.decisions(ids)
        for row in some:
            texts, seats, identifiers, affiliations = found[row[key]]
            path = path_of(kind, row[key])
            html = render.page(
                "agent.html",
                path,
                kind=kind,
                agent=row,
                id=row[key],
                texts=texts,
                seats=seats,
                identifiers=identifiers,
                affiliations=affiliations,
                decisions=decided.get(row[key], []),
                bios=list(dict.fromkeys(text["bio"] for text in texts if text["bio"] and text["state"] != "withdrawn")),
                known=known,
            )
            yield Page(path, html)


def findable(
    tables: Sequence[Row], people: Sequence[Row], organisations: Sequence[Row], known: Known
) -> Iterator[Entry]:
    """What the search finds beside texts: round tables, prompts, people and organisations."""
    for row in tables:
        about = " · ".join(part for part in ("Round table", row["publisher"], day(row["opened_on"])) if part)
        yield Entry(path_of("round-tables", row["round_table_id"]), row["title"], "", about)
    for name, row in known.prompts.items():
        about = f"{row['label']} · {known.tables[row['round_table_id']]['title']}"
        yield Entry(path_of("prompts", name), row["wording"], "", about)
    for kind, rows, what in (("people", people, "Person"), ("organisations", organisations, "Organisation")):
        for row in rows:
            about = " · ".join(part for part in (what, counted(row["texts"], "text"), row["tables"]) if part)
            yield Entry(path_of(kind, row[_LISTS[kind][0]]), row["name"], "", about)


def publishers(render: Renderer, holdings: Holdings, tables: Sequence[Row]) -> Iterator[Page]:
    """The list of publishers, and a page for each with its series."""
    by_publisher = grouped(tables, "publisher_id")
    series = grouped(holdings.series(), "publisher_id")
    found = [
        row | {"tables": by_publisher.get(row["publisher_id"], []), "series": series.get(row["publisher_id"], [])}
        for row in holdings.publishers()
    ]
    yield Page("publishers/", render.page("publishers.html", "publishers/", publishers=found))
    for row in found:
        path = path_of("publishers", row["publisher_id"])
        yield Page(path, render.page("publisher.html", path, publisher=row))


def unplaced(render: Renderer, rows: Sequence[Row]) -> Iterator[Page]:
    """The list of texts that belong to no round table."""
    cut = parts(rows, PER_LIST)
    for number, some in enumerate(cut, start=1):
        path = part_path("unplaced/", number)
        yield Page(path, render.page("unplaced.html", path, rows=some, part=number, total=len(cut)))


def method(render: Renderer, holdings: Holdings) -> Page:
    """How we know."""
    html = render.page(
        "method.html",
        "method/",
        counts=holdings.counts(),
        witnesses=holdings.witnesses(),
        doubts=holdings.doubts(),
        balances=holdings.balances(),
        releases=holdings.releases(),
    )
    return Page("method/", html)


def rejections(render: Renderer, holdings: Holdings) -> Iterator[Page]:
    """What could not be used, by reason."""
    cut = parts(holdings.rejections(), PER_LIST)
    for number, some in enumerate(cut, start=1):
        path = part_path("rejections/", number)
        groups = [(code, _advice(code), rows) for code, rows in grouped(some, "code").items()]
        yield Page(path, render.page("rejections.html", path, groups=groups, part=number, total=len(cut)))


def search(render: Renderer, index: str) -> Page:
    """The search page; `index` is the folder of the index."""
    return Page("search/", render.page("search.html", "search/", index=index))


def missing(render: Renderer, base_url: str) -> Page:
    """What a server shows for an address that is not there: at any depth, so it has whole links if it can."""
    return Page("404.html", render.page("missing.html", "404.html", root=base_url))


def moved(render: Renderer, holdings: Holdings, taken: Mapping[str, str]) -> Iterator[Page]:
    """A page at every id that is no longer used, which leads to the one that stands for it.

    `taken` says of each id that is used which kind of page it has.
    """
    for row in holdings.aliases():
        kind = taken.get(row["id"])
        if kind and row["alias"] not in taken:
            path = path_of(kind, row["alias"])
            yield Page(path, render.page("moved.html", path, alias=row, to=path_of(kind, row["id"])))


def _advice(code: str) -> str:
    return Code(code).advice.replace("`", "") if code in set(Code) else ""


def _letter(name: str) -> str:
    first = unicodedata.normalize("NFKD", name.strip()[:1]).upper()[:1]
    return first if first.isalpha() else "…"
