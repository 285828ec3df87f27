"""Writing the site: every page and the index into a new folder, which then takes the place of the old one.

Here belong the order of the pages, the folder that is ours or not, and what is reported. Not here: any page.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from archive import durable
from archive.codes import Code, RoundtableError
from archive.model import SCHEMA_VERSION
from warehouse import query
from warehouse.mistakes import first_line
from warehouse.site import contributions, pages, tables
from warehouse.site.holdings import Holdings, Row
from warehouse.site.pages import Known, Page
from warehouse.site.render import FOLDER, Renderer
from warehouse.site.search_index import Entry, Index

TITLE = "The round-table archive"
MANIFEST = "manifest-sha256.txt"
"""Every file of the site with its digest, as `sha256sum --check` reads it; also the sign that a folder is a site."""
_SIGN = "assets/roundtable-site.txt"
_TOLD_EVERY = 1000

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the folder, how many pages, texts and bytes, and the release that they show."""

    path: Path
    pages: int
    texts: int
    bytes: int
    release: str


def write(
    database: Path,
    target: Path,
    say: Say = lambda _: None,
    *,
    title: str = TITLE,
    base_url: str = "",
    captures_url: str = "",
) -> Written:
    """Write the site of a published database to `target`, as a whole: a reader sees the old site or the new one.

    Args:
        database: the published DuckDB file.
        target: the folder; it may be missing, empty, or hold a site that was written by this function.
        say: is told of the progress.
        title: what the archive is called.
        base_url: where the site will stand, with a slash at its end; for canonical links and the page of errors.
        captures_url: where the WARC files are published, with a slash at its end; for links to those that are open.

    Raises:
        RoundtableError: what `_read` raises; `foreign_file` where the target holds what is not ours.
        OSError: the disk refused.
    """
    shared = {"site_title": title, "base_url": base_url, "captures_url": captures_url}
    with _read(database) as (holdings, release):
        _check_ours(target)
        with durable.replacing_folder(target) as draft:
            site = _Site(draft)
            texts = _write_all(site, holdings, Renderer(shared | {"release": release}), base_url, say)
            site.finish()
            # Once more, right before the old folder goes: somebody may have put a file there meanwhile.
            _check_ours(target)
    return Written(target, site.pages, texts, site.bytes, release["release_id"] if release else "")


@contextmanager
def _read(database: Path) -> Iterator[tuple[Holdings, Row | None]]:
    """The published database, ready to be asked, and its release.

    Raises:
        RoundtableError: what `query.opened` raises; `database_newer`; `tables_damaged` where something that pages
            ask for is not in it.
    """
    with query.opened(database) as connection:
        holdings = Holdings(connection)
        try:
            release = holdings.release()
            if release and release["schema_version"] > SCHEMA_VERSION:
                what = f"the tables have version {release['schema_version']}, this program knows {SCHEMA_VERSION}"
                raise RoundtableError(Code.DATABASE_NEWER, what, str(database))
            if lacking := holdings.lacking():
                what = f"the database lacks {', '.join(lacking[:5])}{' …' if len(lacking) > 5 else ''}"
                raise RoundtableError(Code.TABLES_DAMAGED, what, str(database))
            holdings.prepare()
            yield holdings, release
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            what = f"the database lacks what a page shows: {first_line(error)}"
            raise RoundtableError(Code.TABLES_DAMAGED, what, str(database)) from None


def _write_all(site: "_Site", holdings: Holdings, render: Renderer, base_url: str, say: Say) -> int:
    for path in sorted((FOLDER / "static").iterdir()):
        site.file(f"assets/{path.name}", path.read_bytes())
    seats = holdings.seats()
    round_tables = [pages.seated(row, seats.get(row["round_table_id"], [])) for row in holdings.round_tables()]
    people, organisations = holdings.people(), holdings.organisations()
    asked = {name: [tables.worded(row) for row in rows] for name, rows in holdings.prompts().items()}
    known = Known(
        tables={row["round_table_id"]: row for row in round_tables},
        people=frozenset(row["person_id"] for row in people),
        prompts={row["prompt_id"]: row for rows in asked.values() for row in rows},
    )
    taken = {row["person_id"]: "people" for row in people}
    taken |= {row["organisation_id"]: "organisations" for row in organisations}
    taken |= dict.fromkeys(known.tables, "round-tables") | dict.fromkeys(known.prompts, "prompts")
    staged = site.index()
    index = Index(staged.save)
    written = 0

    def keep(found: Iterator[tuple[Page, Entry | None]]) -> None:
        nonlocal written
        for page, entry in found:
            site.page(page)
            if entry:
                index.add(entry)
            if site.pages % _TOLD_EVERY == 0:
                say(f"{site.pages:,} pages")

    for row in round_tables:
        table = tables.load(holdings, row, asked.get(row["round_table_id"], []))
        site.page(tables.overview(render, holdings, table, seats.get(row["round_table_id"], [])))
        keep(contributions.of_table(render, holdings, table, known))
        written += len(table.rows)
        taken |= {one["contribution_id"]: "contributions" for one in table.rows}
    loose = holdings.listed(None)
    keep(contributions.unplaced(render, holdings, loose, known))
    taken |= {one["contribution_id"]: "contributions" for one in loose}
    for entry in pages.findable(round_tables, people, organisations, known):
        index.add(entry)
    index.write()
    site.page(pages.search(render, staged.settle()))
    site.page(pages.front(render, holdings, round_tables))
    for some in (
        pages.round_table_list(render, round_tables, len(loose)),
        pages.agent_lists(render, "people", people),
        pages.agent_lists(render, "organisations", organisations),
        pages.agents(render, holdings, "people", people, known),
        pages.agents(render, holdings, "organisations", organisations, known),
        pages.publishers(render, holdings, round_tables),
        pages.unplaced(render, loose),
        pages.rejections(render, holdings),
        pages.moved(render, holdings, taken),
        iter([pages.method(render, holdings), pages.missing(render, base_url)]),
    ):
        for page in some:
            site.page(page)
    return written + len(loose)


class _Site:
    """The folder in the making, with the digest of each file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._digests: dict[str, str] = {}
        self.pages = 0
        self.bytes = 0

    def page(self, page: Page) -> None:
        """Write a page: a path that ends in a slash, or none, is a folder with an `index.html`."""
        name = page.path if page.path.endswith(".html") else f"{page.path}index.html"
        self.file(name, page.html.encode(errors="replace"))
        self.pages += 1

    def file(self, name: str, content: bytes) -> None:
        """Write a file."""
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as handle:
            durable.write(handle, content)
        self._digests[name] = hashlib.sha256(content).hexdigest()
        self.bytes += len(content)

    def index(self) -> "_Staged":
        """The folder of the search index."""
        return _Staged(self, self._folder)

    def note(self, name: str, digest: str, size: int) -> None:
        """A file that was written otherwise."""
        self._digests[name] = digest
        self.bytes += size

    def finish(self) -> None:
        """Write the sign that the folder is ours, and the manifest."""
        self.file(_SIGN, b"A site written by `roundtable site`; the next one takes its place.\n")
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(self._digests.items()))
        self.file(MANIFEST, lines.encode())


class _Staged:
    """The files of the index, in a folder that is named after what is in them: no browser mixes two releases."""

    def __init__(self, site: _Site, folder: Path) -> None:
        self._site = site
        self._folder = folder
        self._staging = folder / "search" / "making"
        self._files: dict[str, tuple[str, int]] = {}

    def save(self, name: str, text: str) -> None:
        """Write one file of the index."""
        self._staging.mkdir(parents=True, exist_ok=True)
        content = text.encode()
        with (self._staging / name).open("xb") as handle:
            durable.write(handle, content)
        self._files[name] = (hashlib.sha256(content).hexdigest(), len(content))

    def settle(self) -> str:
        """Give the folder its name; return it."""
        whole = "".join(f"{digest} {name}\n" for name, (digest, _) in sorted(self._files.items()))
        name = f"search/{hashlib.sha256(whole.encode()).hexdigest()[:12]}/"
        durable.replace(self._staging, self._folder / name)
        for file, (digest, size) in self._files.items():
            self._site.note(f"{name}{file}", digest, size)
        return name


def _check_ours(target: Path) -> None:
    """A folder is only ever replaced where all that is in it was written by us."""
    if not target.exists() and not target.is_symlink():
        return
    if target.is_symlink() or not target.is_dir():
        raise RoundtableError(
            Code.FOREIGN_FILE, "the site needs a folder, and this is something else", str(target), _ADVICE
        )
    listed = _listed(target)
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target).as_posix()
        if name not in listed and (path.is_symlink() or not path.is_dir()):
            raise RoundtableError(
                Code.FOREIGN_FILE, f"{name!r} was not written by `roundtable site`", str(target), _ADVICE
            )


_ADVICE = "nothing was changed: move it away, or choose another folder with --to"


def _listed(target: Path) -> set[str]:
    """The files of a site that we wrote; none where the folder is not one."""
    manifest = target / MANIFEST
    if not manifest.is_file() or not (target / _SIGN).is_file():
        return set()
    names = {line.split("  ", 1)[-1] for line in manifest.read_text(encoding="utf-8", errors="replace").splitlines()}
    return names | {MANIFEST}
