"""Ids that last: minted once, readable at birth, found again by what they were minted for.

Here belong the ledger of minted ids and that of aliases. A key says what an id stands for (an address, a place in a
discussion); an id is never computed anew from it. Where two ids turn out to stand for one thing, the one that was
minted first stays, and the other leads to it from then on. Not here: who decides that two keys are one thing
(`identity`).
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archive.codes import Code, RoundtableError
from archive.durable import append_json
from archive.model import IdAlias

ALIASES = "aliases.jsonl"
"""The ledger of aliases, beside that of minted ids."""
_MERGED = "merge: both were found to be one"


@dataclass
class Ids:
    """Every id by the keys that it was minted for, and every alias; new ones are kept apart until they are saved."""

    by_key: dict[str, str] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)
    """Every id that was ever given, with its place in the order of minting."""
    fresh: list[dict[str, str]] = field(default_factory=list)
    aliases: dict[str, IdAlias] = field(default_factory=dict)
    fresh_aliases: list[IdAlias] = field(default_factory=list)
    _leading: dict[str, list[str]] = field(default_factory=dict)

    @staticmethod
    def load(path: Path) -> "Ids":
        """Read the ledger `path`, one JSON object a line, `{"key": …, "id": …}`, and the aliases beside it.

        A line of aliases is `{"alias": …, "id": …, "reason": …}`; a person may add one. Both are empty where there is
        no file.

        Raises:
            RoundtableError: `curation_damaged` for a line that is neither, and for aliases that lead round in a circle.
        """
        ids = Ids()
        for row, _ in _rows(path, ("key", "id")):
            ids.by_key[row["key"]] = row["id"]
            ids._take(row["id"])
        for row, where in _rows(path.with_name(ALIASES), ("alias", "id", "reason")):
            ids._add(IdAlias(**row))
            if ids._is_circle(row["alias"]):
                raise RoundtableError(Code.CURATION_DAMAGED, f"the alias {row['alias']!r} leads to itself", where)
            ids._take(row["alias"])
        return ids

    def resolve(self, name: str) -> str:
        """The id that is used now for `name`: itself, or where its aliases lead."""
        while name in self.aliases:
            name = self.aliases[name].id
        return name

    def aliases_of(self, name: str) -> list[str]:
        """Every alias that leads to `name`, also by way of another."""
        return [found for alias in self._leading.get(name, ()) for found in (alias, *self.aliases_of(alias))]

    def of_key(self, key: str) -> str | None:
        """The id that a key leads to; None where none was minted for it."""
        found = self.by_key.get(key)
        return None if found is None else self.resolve(found)

    def mint(self, keys: Sequence[str], proposal: str) -> str:
        """The id that `keys` have, else a new one that looks like `proposal`; all keys lead to it from now on.

        Where the keys have several ids, they are found to be one thing: the id that was minted first stays, the others
        become its aliases. Where two things would look alike, the later one gets a number behind it.
        """
        known = {found for key in keys if (found := self.of_key(key)) is not None}
        if known:
            minted, *others = sorted(known, key=self.taken.__getitem__)
            for other in others:
                self._add(made := IdAlias(alias=other, id=minted, reason=_MERGED))
                self.fresh_aliases.append(made)
        else:
            minted, number = proposal, 2
            while minted in self.taken:
                minted, number = f"{proposal}-{number}", number + 1
            self._take(minted)
        for key in keys:
            if key not in self.by_key:
                self.by_key[key] = minted
                self.fresh.append({"key": key, "id": minted})
        return minted

    def rows(self) -> list[IdAlias]:
        """Every alias with the id that is used now, also where it led to another alias at first."""
        return [
            IdAlias(alias=name, id=self.resolve(name), reason=one.reason) for name, one in sorted(self.aliases.items())
        ]

    def save(self, path: Path) -> int:
        """Append what was minted since loading; return how many keys that were."""
        append_json(path, list(self.fresh))
        append_json(
            path.with_name(ALIASES),
            [{"alias": one.alias, "id": one.id, "reason": one.reason} for one in self.fresh_aliases],
        )
        count = len(self.fresh)
        self.fresh.clear()
        self.fresh_aliases.clear()
        return count

    def _is_circle(self, name: str) -> bool:
        """True where an alias leads back to itself."""
        at = self.aliases[name].id
        while at != name and at in self.aliases:
            at = self.aliases[at].id
        return at == name

    def _take(self, name: str) -> None:
        self.taken.setdefault(name, len(self.taken))

    def _add(self, one: IdAlias) -> None:
        self.aliases[one.alias] = one
        self._leading.setdefault(one.id, []).append(one.alias)


def _rows(path: Path, names: Iterable[str]) -> Iterator[tuple[dict[str, str], str]]:
    """The lines of a ledger that hold these names, each with where it stands; a torn last line never counted."""
    wanted = tuple(names)
    lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
    for number, line in enumerate(lines, start=1):
        where = f"{path}, line {number}"
        try:
            row = json.loads(line)
            yield {name: str(row[name]) for name in wanted}, where
        except (ValueError, KeyError, TypeError):
            what = f"a line that does not say {' and '.join(wanted)}"
            raise RoundtableError(Code.CURATION_DAMAGED, what, where) from None
