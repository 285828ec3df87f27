"""Releases as Parquet: a folder each, and a pointer to the published one.

Here belongs writing a release so that its bytes depend on its rows alone, giving it an id, and pointing to it. Not
here: what such a folder says (`release_folder`), and the database that is made from it (`publish`).

A folder is written under a hidden name, given its own name when it is complete, and only then pointed to, so nobody
ever sees half of it. The content tables make the release: as long as they are the same, its id stays, and only the
bookkeeping (captures, fetches, runs …) is written anew, into another folder of the same release.
"""

import datetime as dt
import filecmp
import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack, nullcontext, suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from archive import durable
from archive.model import SCHEMA_VERSION, Release, ReleaseChange, StageCount
from archive.model.records import Records
from archive.model.table import TABLES, Table
from warehouse import release_folder, release_notes, sealing
from warehouse.schema import arrow_table

# One thread, no dictionary sampling by time, no creation date: the same rows make the same bytes.
_FORM: dict[str, Any] = {"compression": "zstd", "version": "2.6", "write_statistics": True, "store_schema": True}
_GROUP = 20_000
"""Rows that are written together: so many are held at most."""


@dataclass(frozen=True, slots=True)
class Written:
    """A release folder that was written: its release, whether that is a new one, and rows per table."""

    folder: Path
    release: Release
    is_new: bool
    rows: dict[str, int]


def write(
    records: Records | Iterable[Records],
    folder: Path,
    releases: list[Release],
    *,
    changes: Sequence[ReleaseChange] = (),
    now: dt.datetime,
    code_version: str,
) -> Written:
    """Write a release under `folder` and return it; nothing points to it yet (`point_to` does that).

    Args:
        records: all rows, in one piece or part by part; of parts, no more is held than becomes a group of rows. Those
            of `stage_counts` get the release's id here, `releases` its list.
        folder: the home's `tables`.
        releases: those made so far, oldest first.
        changes: what each of them changed; also of one that was not published in the end, whose id is not used again.
        now: UTC, without a zone: becomes `created_at` of a new release.
        code_version: the version of this software.
    """
    _remove_abandoned(folder, {release.release_id for release in releases})
    draft = folder / ".writing"
    shutil.rmtree(draft, ignore_errors=True)
    durable.make_folder(draft)
    bookkeeping = Records()
    with _ContentFiles(draft) as files:
        for part in [records] if isinstance(records, Records) else records:
            rows = part.by_table()
            for name, table in TABLES.items():
                if table.content:
                    files.add(table, rows[name])
                else:
                    bookkeeping.extend(rows[name])
    digest = release_folder.content_digest(draft)
    rows = bookkeeping.by_table()
    known = releases[-1] if releases and releases[-1].digest == digest else None
    release = known or Release(
        release_id=_next_id({*(one.release_id for one in releases), *(one.release_id for one in changes)}, now),
        created_at=now,
        code_version=code_version,
        schema_version=SCHEMA_VERSION,
        digest=digest,
    )
    rows["releases"] = [*releases, *([] if known else [release])]
    published = {one.release_id for one in rows["releases"]}
    told = [] if known else release_notes.changes(release.release_id, release_folder.current(folder), draft)
    earlier = [one for one in changes if one.release_id in published]
    rows["release_changes"] = sorted([*earlier, *told], key=lambda one: (one.release_id, one.change, one.subject))
    rows["stage_counts"] = [replace(row, release_id=release.release_id) for row in bookkeeping.of(StageCount)]
    for name, table in TABLES.items():
        if not table.content:
            _write_table(draft / f"{name}.parquet", arrow_table(table, rows[name]))
    sealing.seal(draft)
    durable.fsync_folder(draft)
    counts = {name: files.counts.get(name, 0) if TABLES[name].content else len(rows[name]) for name in TABLES}
    standing = release_folder.current(folder)
    if standing and _same(draft, standing):
        shutil.rmtree(draft)
        return Written(standing, release, known is None, counts)
    target = folder / _folder_name(folder, release.release_id)
    durable.replace(draft, target)
    return Written(target, release, known is None, counts)


class _ContentFiles:
    """The files of the content tables while rows come in; groups of rows depend on the rows alone."""

    def __init__(self, folder: Path) -> None:
        self.counts: dict[str, int] = {}
        self._folder = folder
        self._waiting: dict[str, list[pa.Table]] = {}
        self._writers: dict[str, pq.ParquetWriter] = {}

    def __enter__(self) -> "_ContentFiles":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            for name, table in TABLES.items():
                if table.content and kind is None:
                    self._waiting.setdefault(name, [arrow_table(table, ())])
                    self._flush(name)
        finally:
            with suppress(OSError) if kind else nullcontext(), ExitStack() as closing:
                for writer in self._writers.values():
                    closing.callback(_close, writer)
        if kind is None:
            for name in self._writers:
                _to_disk(self._folder / f"{name}.parquet")

    def add(self, table: Table, rows: Sequence[Any]) -> None:
        """Rows of one table, sorted by its key."""
        for start in range(0, len(rows), _GROUP):
            waiting = self._waiting.setdefault(table.name, [])
            waiting.append(arrow_table(table, rows[start : start + _GROUP]))
            if sum(part.num_rows for part in waiting) >= _GROUP:
                self._flush(table.name)
        self.counts[table.name] = self.counts.get(table.name, 0) + len(rows)

    def _flush(self, name: str) -> None:
        waiting = self._waiting.pop(name, None)
        if waiting is None:
            return
        group = pa.concat_tables(waiting)
        if name not in self._writers:
            self._writers[name] = pq.ParquetWriter(self._folder / f"{name}.parquet", group.schema, **_FORM)
        self._writers[name].write_table(group, row_group_size=max(1, group.num_rows))


def _close(writer: pq.ParquetWriter) -> None:
    try:
        writer.close()
    finally:
        # What the disk refuses is told once; else the writer tries again, and complains, when it is let go.
        writer.is_open = False


def renew(rows: Mapping[str, list[Any]], folder: Path, releases: list[Release]) -> Written:
    """Write the published release anew with other rows in some of its bookkeeping tables; nothing points to it yet.

    What is the same is not written: it gets a second name in the new folder.

    Args:
        rows: bookkeeping table → its rows, in the order of its key.
        folder: the home's `tables`, where a release is published and whole.
        releases: those made so far, oldest first.

    Raises:
        ValueError: a table that holds content was given.
    """
    standing = release_folder.current(folder)
    if standing is None or any(TABLES[name].content for name in rows):
        raise ValueError("only the bookkeeping of a published release can be renewed")
    _remove_abandoned(folder, {release.release_id for release in releases})
    draft = folder / ".writing"
    shutil.rmtree(draft, ignore_errors=True)
    durable.make_folder(draft)
    seals = dict(sealing.read((standing / sealing.MANIFEST).read_bytes()).files)
    for name, table in TABLES.items():
        if name in rows:
            _write_table(draft / f"{name}.parquet", arrow_table(table, rows[name]))
            del seals[f"{name}.parquet"]
        else:
            durable.link(standing / f"{name}.parquet", draft / f"{name}.parquet")
    sealing.seal(draft, seals)
    durable.fsync_folder(draft)
    release = release_folder.release_of(draft)
    numbers = {name: release_folder.row_count(draft, name) for name in TABLES}
    if (draft / sealing.MANIFEST).read_bytes() == (standing / sealing.MANIFEST).read_bytes():
        shutil.rmtree(draft)
        return Written(standing, release, False, numbers)
    target = folder / _folder_name(folder, release.release_id)
    durable.replace(draft, target)
    return Written(target, release, False, numbers)


def point_to(folder: Path, release: Path) -> None:
    """Make `release` the published one, and remove folders of the same release that nothing needs any more.

    The one before it stays for those who read it, unless it is damaged.
    """
    previous = release_folder.current(folder)
    durable.point(folder / release_folder.CURRENT, release.name)
    stem = release.name.partition("+")[0]
    for other in folder.iterdir():
        superseded = other.name.partition("+")[0] == stem and other.name != release.name
        if not superseded or not other.is_dir() or other.is_symlink():
            continue
        if other != previous or not sealing.is_whole(other):
            shutil.rmtree(other)


def forget(folder: Path, withdrawn: Collection[str]) -> list[str]:
    """Remove the folders of earlier releases that still say what was withdrawn, and return their names.

    Args:
        folder: the home's `tables`, whose published release knows of the withdrawals already.
        withdrawn: contribution ids.
    """
    published = release_folder.current(folder)
    removed = []
    for other in sorted(folder.iterdir()) if withdrawn and published else ():
        if other.is_dir() and not other.is_symlink() and other != published and _tells(other, withdrawn):
            shutil.rmtree(other)
            removed.append(other.name)
    return removed


def _tells(release: Path, withdrawn: Collection[str]) -> bool:
    """True where a release holds a withdrawn contribution that is no tombstone, or nobody can say that it does not."""
    try:
        names = pq.read_table(release / "contribution_versions.parquet", columns=["contribution_id"])
        held = set(names.column(0).to_pylist()) & set(withdrawn)
        return bool(held and held - release_folder.tombstones(release))
    except (pa.ArrowException, OSError):
        return True


def _write_table(path: Path, table: pa.Table) -> None:
    writer = pq.ParquetWriter(path, table.schema, **_FORM)
    try:
        writer.write_table(table)
    finally:
        _close(writer)
    _to_disk(path)


def _to_disk(path: Path) -> None:
    with path.open("rb+") as handle:
        durable.fsync(handle)


def _remove_abandoned(folder: Path, released: set[str]) -> None:
    """Remove what an interrupted run, or one that failed its checks, left behind: folders of no release."""
    for other in folder.iterdir():
        if other.is_dir() and not other.is_symlink() and other.name.partition("+")[0] not in released:
            shutil.rmtree(other)


def _same(one: Path, other: Path) -> bool:
    """True where every file of a release has the same bytes in both folders."""
    names = [*(f"{name}.parquet" for name in TABLES), sealing.MANIFEST]
    return filecmp.cmpfiles(one, other, names, shallow=False)[0] == names


def _next_id(used: Collection[str], now: dt.datetime) -> str:
    today = now.date().isoformat()
    return next(name for number in count(1) if (name := f"{today}-{number}") not in used)


def _folder_name(folder: Path, release_id: str) -> str:
    """The release's id; with a number behind it where a folder of that name holds older bookkeeping."""
    name, number = release_id, 1
    while (folder / name).exists():
        number += 1
        name = f"{release_id}+{number}"
    return name
