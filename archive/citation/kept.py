"""Citations that were rendered before, in one SQLite file: what did not change is not rendered again.

Here belongs keeping texts by digest, and forgetting what no reference asks for any longer: what was withdrawn must not
stay here. The file can be deleted at any time.
"""

import sqlite3
from pathlib import Path


class KeptTexts:
    """Texts by digest, as a dictionary; a context, which keeps at its end what was asked for or added, and no more."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path)
        # What is removed is overwritten, not only unlinked.
        self._database.execute("PRAGMA secure_delete = ON")
        self._database.execute("CREATE TABLE IF NOT EXISTS texts (key TEXT PRIMARY KEY, texts TEXT NOT NULL)")
        self._database.execute("CREATE TEMP TABLE used (key TEXT PRIMARY KEY)")

    def __enter__(self) -> "KeptTexts":
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        if failed is None:
            self._database.execute("DELETE FROM texts WHERE key NOT IN (SELECT key FROM used)")
            self._database.commit()
        self._database.close()

    def __contains__(self, key: object) -> bool:
        return self._database.execute("SELECT 1 FROM texts WHERE key = ?", (key,)).fetchone() is not None

    def __getitem__(self, key: str) -> str:
        row = self._database.execute("SELECT texts FROM texts WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        self._database.execute("INSERT OR IGNORE INTO used VALUES (?)", (key,))
        return str(row[0])

    def __setitem__(self, key: str, texts: str) -> None:
        self._database.execute("INSERT OR REPLACE INTO texts VALUES (?, ?)", (key, texts))
