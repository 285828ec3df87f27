"""Choosing which captures are written for others: what a name means, what may be shown, what pages are called.

Here belongs what `roundtable export wacz` does before the file is written. Not here: the format
(`archive.captures.wacz`), and the formats of tables (`exports`).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from archive.captures import wacz
from archive.codes import Code, RoundtableError
from archive.discussion import storage
from archive.discussion.pages import is_page, telling
from archive.model import Capture
from archive.normalise import urls
from archive.sources.register import Register
from pipelines.opened import SOFTWARE, OpenedHome
from pipelines.steps import Say
from warehouse import release_folder, sealing

Rows = list[dict[str, Any]]


def as_wacz(opened: OpenedHome, names: Sequence[str], path: Path | None, say: Say) -> wacz.Written:
    """Write the captures that `names` mean as a WACZ file.

    Args:
        opened: the home, which may be read while another process writes to it.
        names: publishers, series or round tables; none means every capture.
        path: the file; else it is named after what is in it, in the home's `exports/`.
        say: is told of the progress.

    Raises:
        RoundtableError: `source_unknown`; `home_empty` where nothing of these names is kept; `format_unknown` for a
            path that replay tools would not know as a WACZ; `capture_damaged`, `tables_damaged`,
            `withdrawal_pending`.
        OSError: the disk refused.
    """
    if path and path.suffix != wacz.SUFFIX:
        advice = f"replay tools know a WACZ by its name: end it in {wacz.SUFFIX}"
        raise RoundtableError(Code.FORMAT_UNKNOWN, f"{path.name!r} does not end in {wacz.SUFFIX}", "--out", advice)
    wanted = sorted(set(names))
    titles = [_title(opened.register, name) for name in wanted]
    captures = opened.store.captures()
    tables = _Published(opened.home.tables)
    captures = _open(opened, tables, captures)
    chosen = _chosen(opened.register, tables, captures, wanted) if wanted else captures
    if not chosen:
        what = f"no capture of {', '.join(wanted)} is kept here" if wanted else "there are no captures here yet"
        raise RoundtableError(Code.HOME_EMPTY, what, str(opened.home.root))
    called = _page_titles(opened.register, tables, captures)
    return wacz.write(
        path or opened.home.exports / f"{'+'.join(wanted) or 'archive'}{wacz.SUFFIX}",
        opened.home.captures,
        [capture.capture_id for capture in chosen],
        pages=[wacz.ListedPage(capture, called(capture)) for capture in telling(chosen) if is_page(capture)],
        title="; ".join(titles) or "Published round tables",
        description="Captures from an archive of published round tables, record by record as they are kept there.",
        software=SOFTWARE,
        progress=say,
    )


class _Published:
    """The tables of the current release, which is looked up once; without one, they are empty.

    Raises:
        RoundtableError: `tables_damaged`, also where only the digests tell.
    """

    def __init__(self, folder: Path) -> None:
        self._release = release_folder.check_published(folder)
        if self._release and not sealing.is_whole(self._release):
            raise RoundtableError(Code.TABLES_DAMAGED, "a table is not what was written", str(self._release))

    def rows(self, table: str, *columns: str) -> Rows:
        """Some columns of a table."""
        if self._release is None:
            return []
        found: Rows = pq.read_table(self._release / f"{table}.parquet", columns=list(columns)).to_pylist()
        return found


def _open(opened: OpenedHome, tables: _Published, captures: Sequence[Capture]) -> list[Capture]:
    """The captures that may be shown: none that is sealed or restricted, and no newer copy of such a one.

    Raises:
        RoundtableError: `withdrawal_pending` where the tables do not know of a withdrawal yet, so that nobody can
            say which captures hold what was withdrawn.
    """
    told = tables.rows("contributions", "contribution_id", "state")
    check_withdrawals(opened, {row["contribution_id"]: row["state"] for row in told})
    access = {row["capture_id"]: row["access"] for row in tables.rows("captures", "capture_id", "access")}
    closed = [capture for capture in captures if access.get(capture.capture_id, "open") != "open"]
    digests = {capture.payload_sha256 for capture in closed}
    addresses = {opened.register.key(capture.url) for capture in closed if urls.is_web(capture.url)}
    kept_back = {one.capture_id for one in storage.restricted(captures, opened.register) if one.access != "open"}

    def is_open(capture: Capture) -> bool:
        if capture.capture_id in access:
            return bool(access[capture.capture_id] == "open")
        if capture.capture_id in kept_back:
            return False
        # What came since the tables were made was judged by nobody yet.
        is_known = urls.is_web(capture.url) and opened.register.key(capture.url) in addresses
        return capture.payload_sha256 not in digests and not is_known

    return [capture for capture in captures if is_open(capture)]


def check_withdrawals(opened: OpenedHome, states: Mapping[str, str]) -> None:
    """Make sure that the tables know of every withdrawal.

    Args:
        opened: the home.
        states: contribution → its state, by the tables.

    Raises:
        RoundtableError: `withdrawal_pending`.
    """
    withdrawn = opened.withdrawn().keys()
    pending = sorted(name for name in withdrawn & states.keys() if states[name] != "withdrawn")
    if pending or (withdrawn and not states):
        what = f"the withdrawal of {(pending or sorted(withdrawn))[0]!r} has not reached the tables"
        raise RoundtableError(Code.WITHDRAWAL_PENDING, what, str(opened.home.root))


def _title(register: Register, name: str) -> str:
    """What a publisher, a series or a round table is called.

    Raises:
        RoundtableError: `source_unknown`.
    """
    tables = register.named(name)
    for source in register.sources:
        if source.id == name:
            return source.keys.publisher.name
        for series in source.keys.series:
            if series.id == name:
                return series.title
    return tables[0].keys.round_table.title


def _chosen(register: Register, tables: _Published, captures: Sequence[Capture], names: Sequence[str]) -> list[Capture]:
    """The captures that `names` mean, in the order given (that of time).

    Of a publisher: whatever came from its hosts or was imported as its own. Of a round table: what its register or its
    scope names, what was found to belong to it, and where those redirect. With either, the register's files on it,
    which alone are nothing.
    """
    wanted = {table.id: table for name in names for table in register.named(name)}
    publishers = {source.id for source in register.sources if source.id in names}
    described = [
        source
        for source in register.sources
        if source.id in publishers or any(table.id in wanted for table in source.round_tables)
    ]
    files = {source.file.urn for source in described} | {table.file.urn for table in wanted.values()}
    read, addresses = _found_to_belong(register, tables, wanted.keys())

    def belongs(capture: Capture) -> bool:
        if capture.url in files or capture.capture_id in read:
            return True
        host = register.for_url(capture.url)
        if (capture.source_id or (host and host.id)) in publishers or register.key(capture.url) in addresses:
            return True
        scope = register.in_scope(capture.url)
        return scope is not None and scope.id in wanted

    chosen, reached = [], set()
    for capture in captures:
        if belongs(capture) or capture.redirected_from in reached:
            chosen.append(capture)
            reached.add(capture.url)
    return chosen if reached - files else []


def _found_to_belong(register: Register, tables: _Published, wanted: Collection[str]) -> tuple[set[str], set[str]]:
    """The captures that were read as part of these round tables, and the addresses that are known to be."""
    versions = tables.rows("contribution_versions", "contribution_id", "capture_id", "round_table_id")
    prompts = tables.rows("prompts", "prompt_id", "round_table_id")
    ours = [row for row in versions if row["round_table_id"] in wanted]
    contributions = {row["contribution_id"] for row in ours}
    asked = {row["prompt_id"] for row in prompts if row["round_table_id"] in wanted}
    targets = [row for row in tables.rows("targets", "url", "round_table_id") if row["round_table_id"] in wanted]
    shown = tables.rows("manifestations", "contribution_id", "url", "capture_id")
    shown = [row for row in shown if row["contribution_id"] in contributions]
    worded = [row for row in tables.rows("prompt_wordings", "prompt_id", "capture_id") if row["prompt_id"] in asked]
    read = {row["capture_id"] for row in (*ours, *shown, *worded)}
    return read, {register.key(row["url"]) for row in (*targets, *shown)}


def _page_titles(
    register: Register, tables: _Published, captures: Iterable[Capture]
) -> Callable[[Capture], str | None]:
    """What the page of a capture is called, by the published tables: as it was then, else as its address was last."""
    addresses = {capture.capture_id: register.key(capture.url) for capture in captures}
    versions = tables.rows("contribution_versions", "version", "capture_id", "title")
    wordings = tables.rows("prompt_wordings", "kind", "capture_id", "text")
    current = {row["contribution_id"]: row["title"] for row in tables.rows("contributions", "contribution_id", "title")}
    carriers = tables.rows("manifestations", "contribution_id", "capture_id", "locator")
    told = [(row["capture_id"], current[row["contribution_id"]]) for row in carriers if row["locator"] is None]
    told += [(row["capture_id"], row["title"]) for row in sorted(versions, key=lambda row: row["version"])]
    told += [(row["capture_id"], row["text"]) for row in wordings if row["kind"] == "title"]
    # The release may be newer than the captures, where another process writes.
    then = {capture_id: title for capture_id, title in told if title and capture_id in addresses}
    last = {register.key(row["url"]): row["title"] for row in tables.rows("round_tables", "url", "title") if row["url"]}
    last |= {addresses[capture_id]: title for capture_id, title in then.items()}
    return lambda capture: then.get(capture.capture_id) or last.get(addresses[capture.capture_id])
