"""Withdrawing a contribution, and taking that back: the decision first, then everything that shows it.

Here belongs what `roundtable withdraw` does. The decision is on the disk before anything else is done, so whatever ends
the command early, the next run goes on from there. Not here: what a tombstone is (`archive.discussion.withdrawals`).
"""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import pyarrow as pa
import pyarrow.parquet as pq

from archive.codes import Code, RoundtableError
from archive.discussion.curation import WITHDRAWALS
from archive.discussion.withdrawals import Decision, append
from archive.home import Home
from pipelines.opened import OpenedHome
from pipelines.steps import Say, now
from warehouse import release_folder
from warehouse.exports.formats import FORMATS


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision came to.

    Attributes:
        contribution_id: which contribution.
        state: `withdrawn` or `available`.
        sealed: the captures that are sealed now, for this or another withdrawal.
        removed: files and folders that may have held it, relative to the home.
        alike: other contributions that have the very same text.
    """

    contribution_id: str
    state: str
    sealed: tuple[str, ...]
    removed: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "contribution_id": self.contribution_id,
            "state": self.state,
            "sealed": list(self.sealed),
            "removed": list(self.removed),
            "alike": list(self.alike),
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for: to withdraw a contribution for a reason, or to `undo` that."""

    contribution_id: str
    reason: str | None
    by: str | None = None
    undo: bool = False


def decide(home: Home, asked: Asked, say: Say) -> Decided:
    """Withdraw a contribution, or take its withdrawal back, and make the tables again.

    Asking for what holds already writes nothing into the ledger, but makes the tables again: an earlier command may
    have ended before it came to that.

    Raises:
        RoundtableError: `contribution_unknown`; `home_empty` where nothing was published; what rebuilding raises.
        OSError: the disk refused.
    """
    from pipelines.running import run_job  # noqa: PLC0415 - Dagster takes a second to import

    undo = asked.undo
    with home.writing():
        opened = OpenedHome(home)
        name = opened.ids().resolve(asked.contribution_id)
        standing = opened.withdrawn()
        published = release_folder.current(home.tables)
        if published is None:
            raise RoundtableError(Code.HOME_EMPTY, "nothing was published here yet", str(home.root))
        texts = _texts(published)
        if name not in (standing if undo else texts):
            what = f"no contribution {name!r} is {'withdrawn' if undo else 'published'}"
            raise RoundtableError(Code.CONTRIBUTION_UNKNOWN, what)
        alike = [other for other, text in texts.items() if other != name and text and text == texts.get(name)]
        if undo or name not in standing:
            reason = (asked.reason or "taken back").strip()
            decision = Decision(name, "restore" if undo else "withdraw", reason, now(), asked.by)
            append(home.curation / WITHDRAWALS, decision)
        removed = [] if undo else _derived(home)
        before = _releases(home)
        run_job(home, "rebuild", say)
        removed += [f"tables/{folder}" for folder in sorted(before - _releases(home))]
        sealed = _sealed(home)
        removed += _exports(home, {url for _, url in sealed})
        removed += [] if undo else _tables_for_others(home)
    state = "available" if undo else "withdrawn"
    return Decided(name, state, tuple(sorted(capture for capture, _ in sealed)), tuple(removed), tuple(sorted(alike)))


def _tables_for_others(home: Home) -> list[str]:
    """Remove exports of the tables in the home: each may hold any text, and each can be made again."""
    removed = []
    suffixes = tuple(form.suffix for form in FORMATS.values())
    for path in sorted(home.exports.iterdir()) if home.exports.is_dir() else ():
        if path.name.endswith(suffixes):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
            removed.append(f"exports/{path.name}")
    return removed


def _releases(home: Home) -> set[str]:
    return {path.name for path in home.tables.iterdir() if path.is_dir() and not path.is_symlink()}


def _texts(release: Path) -> dict[str, str]:
    try:
        rows = pq.read_table(release / "contributions.parquet", columns=["contribution_id", "text"]).to_pylist()
    except (pa.ArrowException, OSError):
        raise RoundtableError(Code.TABLES_DAMAGED, "the published table cannot be read", str(release)) from None
    return {row["contribution_id"]: row["text"] for row in rows}


def _derived(home: Home) -> list[str]:
    """Remove what is made again or told elsewhere and may name what was withdrawn: cached pages, logs of runs."""
    removed = []
    for path in (home.cache, home.dagster):
        found = sorted(path.iterdir()) if path.is_dir() else []
        for one in found:
            if one.is_dir() and not one.is_symlink():
                shutil.rmtree(one)
            else:
                one.unlink()
        if found:
            removed.append(f"{path.name}/")
    return removed


def _sealed(home: Home) -> set[tuple[str, str]]:
    published = release_folder.current(home.tables)
    if published is None:
        return set()
    columns = ["capture_id", "url", "access"]
    rows = pq.read_table(published / "captures.parquet", columns=columns).to_pylist()
    return {(row["capture_id"], row["url"]) for row in rows if row["access"] == "sealed"}


def _exports(home: Home, addresses: set[str]) -> list[str]:
    """Remove exports in the home that hold one of these addresses, or that nobody can look into."""
    removed = []
    for path in sorted(home.exports.glob("*.wacz")) if addresses and home.exports.is_dir() else ():
        try:
            with ZipFile(path) as package:
                index = package.read("indexes/index.cdx").decode()
            is_free = not any(f'"url": {json.dumps(url)}' in index for url in addresses)
        except (BadZipFile, KeyError, UnicodeDecodeError):
            is_free = False
        if not is_free:
            path.unlink()
            removed.append(f"exports/{path.name}")
    return removed
