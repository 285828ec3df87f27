"""The pages that were read, kept until the reader changes: one SQLite file, which can be made again.

Here belongs the form in which a page and its gist are kept. Not here: which page is kept under which key (`pages`).
"""

import sqlite3
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from archive.reading.page import Page

_AT_ONCE = 500
"""Pages that are written together: a run that is killed has read no more than these in vain."""


@dataclass(frozen=True, slots=True)
class Gist:
    """What came of a page, without its words.

    Attributes:
        kind: as the page has it.
        shape: as the page has it.
        found: how many contributions; of a feed, how many items.
        faults: the codes of its faults.
    """

    kind: str
    shape: str
    found: int
    faults: tuple[str, ...]


def gist_of(page: Page) -> Gist:
    """What came of a page."""
    found = page.items if page.kind == "feed" else page.contributions
    return Gist(page.kind, page.shape, len(found), tuple(str(fault.code) for fault in page.faults))


def packed(page: Page) -> bytes:
    """A page, as it is kept."""
    return zlib.compress(_pages().dump_json(page), 1)


class PageCache:
    """Pages and their gists by key. Close it, or use it as a context."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path)
        self._unwritten = 0
        # What is removed is overwritten, not only unlinked.
        self._database.execute("PRAGMA secure_delete = ON")
        self._database.execute("CREATE TABLE IF NOT EXISTS pages (key TEXT PRIMARY KEY, page BLOB NOT NULL)")
        self._database.execute("CREATE TABLE IF NOT EXISTS gists (key TEXT PRIMARY KEY, gist TEXT NOT NULL)")

    def __enter__(self) -> "PageCache":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Write what was added and let the file go."""
        self._database.commit()
        self._database.close()

    def get(self, key: str) -> Page | None:
        """The page under `key`; None where it was never read."""
        row = self._database.execute("SELECT page FROM pages WHERE key = ?", (key,)).fetchone()
        return _pages().validate_json(zlib.decompress(row[0])) if row else None

    def gists(self) -> dict[str, Gist]:
        """Key → gist of every page."""
        rows = self._database.execute("SELECT key, gist FROM gists JOIN pages USING (key)")
        return {key: _gists().validate_json(gist) for key, gist in rows}

    def put(self, key: str, gist: Gist, page: bytes) -> None:
        """Keep a page, as `packed` made it."""
        self._database.execute("INSERT OR REPLACE INTO pages VALUES (?, ?)", (key, page))
        self._database.execute("INSERT OR REPLACE INTO gists VALUES (?, ?)", (key, _gists().dump_json(gist).decode()))
        self._unwritten += 1
        if self._unwritten >= _AT_ONCE:
            self._database.commit()
            self._unwritten = 0

    def remove(self, key: str) -> None:
        """Forget a page."""
        for table in ("pages", "gists"):
            self._database.execute(f"DELETE FROM {table} WHERE key = ?", (key,))  # noqa: S608 - named above

    def keep_only(self, keys: Collection[str]) -> None:
        """Forget every other page."""
        for (key,) in self._database.execute("SELECT key FROM pages").fetchall():
            if key not in keys:
                self.remove(key)


@cache
def _pages() -> TypeAdapter[Page]:
    return TypeAdapter(Page)


@cache
def _gists() -> TypeAdapter[Gist]:
    return TypeAdapter(Gist)
