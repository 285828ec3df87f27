"""The pages of single texts: the current one, one for each version, and the differences between them.

Here belong their values, and what the search index holds of a text. Not here: markup, queries.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice, pairwise
from typing import Any

from warehouse.site import difference
from warehouse.site.addresses import changes_path, compare_path, path_of, version_path
from warehouse.site.holdings import Holdings, Row
from warehouse.site.pages import Known, Page, parts
from warehouse.site.render import ROLES, Renderer, day, tongue
from warehouse.site.search_index import Entry
from warehouse.site.tables import ANSWERS_PER_PAGE, Table, blocks, prompt_page
from warehouse.site.texts import Text, Version, texts

_NEIGHBOURS = 2
"""Of so many versions there is nothing to choose: a page has what changed between them."""
_AROUND = (
    ("kicker", "Kicker"),
    ("title", "Title"),
    ("standfirst", "Standfirst"),
    ("published_as_printed", "Date as printed"),
    ("published_edtf", "Date as read"),
    ("language", "Language"),
    ("rights_statement", "Rights"),
    ("funding_statement", "Funding"),
    ("url", "Address"),
)


def of_table(render: Renderer, holdings: Holdings, table: Table, known: Known) -> Iterator[tuple[Page, Entry | None]]:
    """Every prompt with its answers and every text of a round table, each with what can be found of it."""
    prompts = {prompt["prompt_id"]: prompt for prompt in table.prompts}
    runs = {name: table.order.get(name, []) for name in [*prompts, *table.order]}
    stream = texts(holdings, [row["contribution_id"] for rows in runs.values() for row in rows])
    for name, rows in runs.items():
        around = iter(_neighbours(rows))
        cut = parts(rows, ANSWERS_PER_PAGE)
        for number, some in enumerate(cut, start=1):
            said = list(islice(stream, len(some)))
            if name in prompts:
                page = prompt_page(render, table, prompts[name], (number, len(cut)), some, said)
                yield page, None
            for text in said:
                yield from _pages_of(render, table.row, text, next(around), known)


def unplaced(
    render: Renderer, holdings: Holdings, rows: Sequence[Row], known: Known
) -> Iterator[tuple[Page, Entry | None]]:
    """Every text that belongs to no round table."""
    for text in texts(holdings, [row["contribution_id"] for row in rows]):
        yield from _pages_of(render, None, text, (None, None), known)


def _pages_of(
    render: Renderer, table: Row | None, text: Text, around: tuple[Row | None, Row | None], known: Known
) -> Iterator[tuple[Page, Entry | None]]:
    prompt = known.prompts.get(text.current.row["prompt_id"] or "")
    shared = {
        "table": table,
        "prompt": prompt,
        "withdrawn": text.withdrawn,
        "newest": text.current.number,
        "versions": text.versions,
        "citations": text.citations,
        "manifestations": text.manifestations,
        "outward": text.outward,
        "inward": text.inward,
        "elsewhere": text.elsewhere,
        "before": around[0],
        "after": around[1],
        "known": known,
        "comparable": (
            len(text.versions) > _NEIGHBOURS
            and not text.withdrawn
            and text.current.row["storage_policy"] != "metadata_only"
        ),
    }
    plain = path_of("contributions", text.contribution_id)
    yield Page(plain, _sheet(render, plain, text.current, shared, plain=True)), _entry(text, table, prompt)
    for version in text.versions:
        path = version_path(text.contribution_id, version.number)
        yield Page(path, _sheet(render, path, version, shared, plain=False)), None
    for old, new in pairwise(text.versions):
        if not text.withdrawn:
            yield _changes(render, table, prompt, old, new), None
    if shared["comparable"]:
        yield _compared(render, table, prompt, text), None


def _sheet(render: Renderer, path: str, version: Version, shared: Mapping[str, Any], *, plain: bool) -> str:
    return render.page(
        "contribution.html",
        path,
        **shared,
        plain=plain,
        version=version,
        row=version.row,
        names=", ".join(version.names),
        heading=_heading(version.row, shared["prompt"]),
        passages=blocks(version),
        beside=[one for one in version.passages if not one["in_text"]],
    )


def _changes(render: Renderer, table: Row | None, prompt: Row | None, old: Version, new: Version) -> Page:
    path = changes_path(old.row["contribution_id"], old.number)
    compared = difference.paragraphs(old.row["text"], new.row["text"])
    fields = [
        (words, difference.words(str(old.row[name] or ""), str(new.row[name] or "")))
        for name, words in _AROUND
        if old.row[name] != new.row[name]
    ]
    if old.names != new.names:
        fields.insert(0, ("Names", difference.words(", ".join(old.names), ", ".join(new.names))))
    html = render.page(
        "changes.html",
        path,
        table=table,
        old=old,
        new=new,
        heading=_heading(new.row, prompt),
        names=", ".join(new.names),
        fields=fields,
        changed=any(one.changed for one in compared),
        hidden=new.row["storage_policy"] == "metadata_only",
        runs=[(changed, list(some)) for changed, some in groupby(compared, key=lambda one: one.changed)],
    )
    return Page(path, html)


def _compared(render: Renderer, table: Row | None, prompt: Row | None, text: Text) -> Page:
    """The page on which a reader chooses two versions; `static/compare.js` compares them."""
    path = compare_path(text.contribution_id)
    html = render.page(
        "compare.html",
        path,
        table=table,
        contribution_id=text.contribution_id,
        versions=text.versions,
        heading=_heading(text.current.row, prompt),
        names=", ".join(text.current.names),
        said={"fields": ["Names", *(words for _, words in _AROUND)], "versions": [_said(one) for one in text.versions]},
    )
    return Page(path, html)


def _said(version: Version) -> dict[str, Any]:
    """What is compared of a version, as data for the page."""
    around = [", ".join(version.names), *(str(version.row[name] or "") for name, _ in _AROUND)]
    return {"number": version.number, "text": version.row["text"], "around": around} | tongue(version.row["language"])


def _heading(row: Row, prompt: Row | None) -> str:
    return str(row["title"] or (prompt["wording"] if prompt else None) or ROLES[row["role"]])


def _entry(text: Text, table: Row | None, prompt: Row | None) -> Entry | None:
    """What can be found of a text: nothing of one that was withdrawn."""
    if text.withdrawn:
        return None
    row, names = text.current.row, ", ".join(text.current.names)
    asked = prompt["short"] if prompt and prompt["short"] != row["title"] else None
    about = (ROLES[row["role"]], asked, table and table["title"], day(row["published_on"]))
    return Entry(
        path=path_of("contributions", text.contribution_id),
        title=row["title"] or names or _heading(row, prompt),
        names=names if row["title"] else "",
        about=" · ".join(str(part) for part in about if part),
        text="\n\n".join(part for part in (row["standfirst"], row["text"]) if part),
        language=row["language"] or "",
    )


def _neighbours(run: Sequence[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """For each of a run the one before it and the one after it."""
    yield from zip([None, *run[:-1]], [*run[1:], None], strict=True) if run else ()
