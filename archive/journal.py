"""The journal: what happened, appended and never rewritten.

Here belong the logs (fetches, runs, visits, releases, events) as JSON lines. Together with captures and curation they
are the truth from which all else is made. Not here: what is in them.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from archive.codes import Code, RoundtableError
from archive.durable import append_json
from archive.model.plain import from_plain, to_plain
from archive.model.table import table_of

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Journal:
    """The logs in one folder, a file for each table."""

    folder: Path

    def append(self, *rows: object) -> None:
        """Write rows of one table to its log, and wait for the disk."""
        if rows:
            append_json(self._path(type(rows[0])), [to_plain(row) for row in rows])

    def read(self, kind: type[Row]) -> list[Row]:
        """All rows of a log, in the order in which they were written; a torn last line does not count.

        Raises:
            RoundtableError: `journal_damaged` for any other line that cannot be read.
        """
        path = self._path(kind)
        return list(self._rows(kind, path)) if path.exists() else []

    def _rows(self, kind: type[Row], path: Path) -> Iterable[Row]:
        lines = path.read_bytes().split(b"\n")
        # What stands behind the last newline was being written when the process ended: it never counted.
        for number, line in enumerate(lines[:-1], start=1):
            try:
                yield from_plain(kind, json.loads(line))
            except (ValueError, TypeError):
                raise RoundtableError(
                    Code.JOURNAL_DAMAGED, "a line that cannot be read", f"{path}, line {number}"
                ) from None

    def _path(self, kind: type) -> Path:
        return self.folder / f"{table_of(kind).name}.jsonl"
