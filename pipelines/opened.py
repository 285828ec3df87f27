"""A home, opened: its register, captures and journal, ready for a step or a command.

Here belongs bringing them together. Not here: what the steps do with them (`steps`).
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from archive.authority import decisions as authority
from archive.authority.decisions import Ledger
from archive.captures.memento import Memento
from archive.captures.store import CaptureStore
from archive.discussion.curation import Curation
from archive.discussion.ids import Ids
from archive.discussion.storage import DECIDED, OWN
from archive.discussion.withdrawals import Decision
from archive.home import Home
from archive.journal import Journal
from archive.model import Event
from archive.sources.register import Register
from warehouse import release_folder

CODE_VERSION = version("roundtable-archive")
SOFTWARE = f"roundtable-archive/{CODE_VERSION}"
_TYPES = {".toml": "application/toml", ".jsonl": "application/jsonl"}


@dataclass
class OpenedHome:
    """What a step needs of a home; everything is read when it is first asked for."""

    home: Home

    @cached_property
    def register(self) -> Register:
        """Bundled folders and the home's own additions."""
        return Register.load(self.home.curation / "register")

    @cached_property
    def journal(self) -> Journal:
        """The logs."""
        return Journal(self.home.journal)

    @cached_property
    def store(self) -> CaptureStore:
        """The captures."""
        return CaptureStore(self.home.captures, software=SOFTWARE)

    @cached_property
    def known_targets(self) -> list[dict[str, Any]]:
        """The addresses that earlier ingestions came to know: those of the release that stood when this was asked.

        Each with `url`, `publisher_id`, `round_table_id` and `source`.

        Raises:
            RoundtableError: `tables_damaged`.
        """
        release = release_folder.check_published(self.home.tables)
        if release is None:
            return []
        columns = ["url", "publisher_id", "round_table_id", "source"]
        rows = pq.read_table(release / "targets.parquet", columns=columns).to_pylist()
        return [row for row in rows if row["source"] in {"link", "sitemap", "feed"}]

    @property
    def page_cache(self) -> Path:
        """What was read from captures before."""
        return self.home.cache / "pages.sqlite"

    def curation(self) -> Curation:
        """What people decided about contributions, as it is now."""
        return Curation.load(self.home.curation)

    def withdrawn(self) -> Mapping[str, Decision]:
        """The contributions that are withdrawn now, by the ids that are used now."""
        return self.curation().withdrawals.resolved(self.ids().resolve).standing

    def ids(self) -> Ids:
        """The ledger of minted ids, as it is now."""
        return Ids.load(self.home.curation / "ids" / "minted.jsonl")

    def save_ids(self, ids: Ids) -> int:
        """Append what was minted; return how many keys that were."""
        return ids.save(self.home.curation / "ids" / "minted.jsonl")

    def recover(self, say: Callable[[str], None]) -> None:
        """Cut what an interrupted write left in the captures, say what that was, and note it in the journal."""
        at = dt.datetime.now(dt.UTC).replace(tzinfo=None)
        for number, cut in enumerate(self.store.recover(), start=1):
            note = f"{cut.length} bytes of an interrupted write, from offset {cut.offset}"
            say(f"{cut.code}: {cut.file}: {note}; they had never counted")
            self.journal.append(
                Event(
                    event_id=f"recovery-{at:%Y%m%dT%H%M%S%f}-{number}",
                    type="fixity_check",
                    object=cut.file,
                    at=at,
                    outcome=str(cut.code),
                    note=note,
                )
            )

    def authority(self) -> Ledger:
        """What people decided about who is who, as it is now."""
        return Ledger.load(self.home.curation / authority.FOLDER)

    def keep_curation(self, run_id: str | None = None) -> dict[str, str]:
        """Keep every file of register and curation as a capture, so that its values have bytes; file → capture."""
        files = {file.name: (file.urn, file.content) for file in self.register.files()}
        for name in DECIDED:
            for path in sorted((self.home.curation / name).glob("*.*")):
                if path.suffix in _TYPES:
                    files[f"{name}/{path.name}"] = f"{OWN}{name}/{path.name}", path.read_bytes()
        return {
            name: self.store.keep_resource(
                urn, content, Memento(note=name), mime=_TYPES[Path(name).suffix], run_id=run_id
            ).capture_id
            for name, (urn, content) in files.items()
        }
