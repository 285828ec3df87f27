"""What a bag holds beside the tables: the captures, and of a whole home its curation and its journal.

Here belongs what of each may leave. Not here: the bag itself (`warehouse.exports.bagit`).
"""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from archive.codes import Code, RoundtableError
from pipelines.exporting import as_wacz
from pipelines.opened import OpenedHome
from warehouse.exports.published import Published

_IDS = "ids/minted.jsonl"
_KNOWN = """
SELECT person_id AS id FROM people UNION ALL SELECT organisation_id FROM organisations
UNION ALL SELECT contribution_id FROM contributions UNION ALL SELECT prompt_id FROM prompts
UNION ALL SELECT alias FROM id_aliases"""


def filling(opened: OpenedHome, names: Sequence[str], rows: Published) -> Callable[[Path], None]:
    """What adds to the payload of a bag.

    Captures leave as one WACZ, those that are sealed or restricted stay. Curation and journal tell of everything, so
    they leave only with everything: without corrections of what may not be shown in full, and without the ids of those
    whom no published row names any more.

    Args:
        opened: the home.
        names: publishers, series or round tables; none means all.
        rows: the release of which the bag is made.
    """

    def fill(data: Path) -> None:
        (data / "captures").mkdir()
        try:
            as_wacz(opened, names, data / "captures/captures.wacz", lambda _: None)
        except RoundtableError as error:
            # Where no capture may leave, the tables still do.
            if error.code is not Code.HOME_EMPTY:
                raise
            (data / "captures").rmdir()
        if not names:
            _copy(opened.home.journal, data / "journal")
            _copy(opened.home.curation, data / "curation")
            _keep_back(data / "curation", rows)

    return fill


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(".*"))


def _keep_back(curation: Path, rows: Published) -> None:
    """Take away what may not leave of a copy of the curation."""
    hidden = "SELECT contribution_id FROM contributions WHERE state <> 'available' OR storage_policy <> 'full_text'"
    named = [row["contribution_id"] for row in rows.rows(hidden)]
    for path in (curation / "corrections").rglob("*.toml"):
        content = path.read_text(encoding="utf-8")
        if any(name in content for name in named):
            path.unlink()
    ledger = curation / _IDS
    if ledger.exists():
        known = {row["id"] for row in rows.rows(_KNOWN)}
        with ledger.open("rb") as lines:
            kept = [line for line in lines if line.endswith(b"\n") and json.loads(line)["id"] in known]
        ledger.write_bytes(b"".join(kept))
