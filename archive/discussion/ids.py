"""Ids that last: minted once, readable at birth, found again by what they were minted for.

Here belongs the ledger of minted ids. A key says what an id stands for (an address, a place in a discussion); an id
is never computed anew from it. Not here: who decides that two keys are one thing.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archive.codes import Code, RoundtableError
from archive.durable import append_json


@dataclass
class Ids:
    """Every id by the keys that it was minted for; new ones are kept apart until they are saved."""

    by_key: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    fresh: list[dict[str, str]] = field(default_factory=list)

    @staticmethod
    def load(path: Path) -> "Ids":
        """Read the ledger `path`: one JSON object a line, `{"key": …, "id": …}`; empty where there is none.

        Raises:
            RoundtableError: `journal_damaged` for a line that is none.
        """
        ids = Ids()
        if path.exists():
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                try:
                    row = json.loads(line)
                    ids.by_key[row["key"]] = row["id"]
                    ids.taken.add(row["id"])
                except (ValueError, KeyError, TypeError):
                    raise RoundtableError(
                        Code.JOURNAL_DAMAGED, "a line that is no minted id", f"{path}, line {number}"
                    ) from None
        return ids

    def mint(self, keys: Sequence[str], proposal: str) -> str:
        """The id that any of `keys` has, else a new one that looks like `proposal`; all keys lead to it from now on.

        Where two things would look alike, the later one gets a number behind it.
        """
        found = next((self.by_key[key] for key in keys if key in self.by_key), None)
        if found is None:
            found, number = proposal, 2
            while found in self.taken:
                found, number = f"{proposal}-{number}", number + 1
            self.taken.add(found)
        for key in keys:
            if key not in self.by_key:
                self.by_key[key] = found
                self.fresh.append({"key": key, "id": found})
        return found

    def save(self, path: Path) -> int:
        """Append what was minted since loading; return how many keys that were."""
        append_json(path, list(self.fresh))
        count = len(self.fresh)
        self.fresh.clear()
        return count
