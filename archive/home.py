"""Where things lie: the home folder, its configuration and its lock.

Here belong the names of files and folders, `config.toml`, and the lock that lets one command at a time write.
Not here: what is inside those files.
"""

import errno
import fcntl
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import IO

from archive.codes import Code, RoundtableError
from archive.durable import make_folder, write_text

LAYOUT = 1
"""The version of the folder layout; a home says its own in the file `layout`."""


@dataclass(frozen=True, slots=True)
class Config:
    """What a person may set: `config.toml` in the home folder, overridden by the environment.

    Attributes:
        contact: an e-mail address or URL for the User-Agent; None means that the live web is not crawled.
        delay_seconds: the least time between two requests to one host.
        timeout_seconds: the longest time that one exchange may take.
        max_bytes: the largest body that is kept, in bytes as they come over the wire.
        requests_per_run: the budget of one run.
        wayback: where the web archive is that `ingest --from-wayback` asks, without a final slash.
        wayback_delay_seconds: the least time between two requests to it.
    """

    contact: str | None = None
    delay_seconds: float = 2.0
    timeout_seconds: float = 60.0
    max_bytes: int = 50_000_000
    requests_per_run: int = 2_000
    wayback: str = "https://web.archive.org"
    wayback_delay_seconds: float = 2.0


@dataclass(frozen=True, slots=True)
class Home:
    """A home folder. Making one touches nothing; `prepare` creates it."""

    root: Path
    config: Config = field(default_factory=Config, compare=False)

    @staticmethod
    def at(folder: str | Path | None = None, environ: Mapping[str, str] = os.environ) -> "Home":
        """The home that `--home`, else ROUNDTABLE_HOME, else ./data names, with its configuration read.

        Raises:
            RoundtableError: `config_invalid`, `home_newer`, or `home_not_writable` where a file stands in its place.
        """
        root = Path(folder or environ.get("ROUNDTABLE_HOME") or "data").expanduser().absolute()
        if root.exists() and not root.is_dir():
            raise RoundtableError(Code.HOME_NOT_WRITABLE, "the home folder is a file", str(root))
        _check_layout(root)
        return Home(root, _read_config(root / "config.toml", environ))

    @property
    def captures(self) -> Path:
        """WARC files with their manifests: never rewritten."""
        return self.root / "captures"

    @property
    def curation(self) -> Path:
        """What people decided: register additions, minted ids, authority file, corrections."""
        return self.root / "curation"

    @property
    def journal(self) -> Path:
        """Append-only: every fetch's outcome, every run, every release."""
        return self.root / "journal"

    @property
    def tables(self) -> Path:
        """Parquet, a folder per release; `current` points to the published one."""
        return self.root / "tables"

    @property
    def database(self) -> Path:
        """The published DuckDB file."""
        return self.root / "roundtable.duckdb"

    @property
    def exports(self) -> Path:
        """What was written for others, by `roundtable export`."""
        return self.root / "exports"

    @property
    def cache(self) -> Path:
        """What can be computed again, kept to save time."""
        return self.root / "cache"

    @property
    def dagster(self) -> Path:
        """Dagster's own storage (DAGSTER_HOME)."""
        return self.root / "dagster"

    def prepare(self) -> "Home":
        """Create the folder where it is missing and make sure that it can be written.

        Raises:
            RoundtableError: `home_not_writable`.
        """
        try:
            make_folder(self.root)
            if not (self.root / "layout").exists():
                write_text(self.root / "layout", f"{LAYOUT}\n")
            for folder in (self.captures, self.curation, self.journal, self.tables, self.cache, self.dagster):
                make_folder(folder)
                if not os.access(folder, os.W_OK):
                    raise PermissionError(errno.EACCES, "its folders are not for writing")
        except OSError as error:
            raise _not_writable(self.root, error) from None
        return self

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the home's lock: one process at a time changes a home. Entering again in the same process is free.

        The lock is the kernel's: it goes with the process that holds it, however that ends.

        Raises:
            RoundtableError: `home_busy` where another process holds it, `home_not_writable` where it cannot be had.
        """
        if self.root in _HELD:
            yield
            return
        with self._lock_file() as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                handle.seek(0)
                holder = handle.read().strip() or "unknown"
                raise RoundtableError(
                    Code.HOME_BUSY, f"another process ({holder}) is writing to this home", str(self.root)
                ) from None
            handle.truncate(0)
            handle.write(f"pid {os.getpid()}\n")
            handle.flush()
            _HELD.add(self.root)
            try:
                yield
            finally:
                _HELD.discard(self.root)

    def _lock_file(self) -> IO[str]:
        try:
            return (self.root / ".lock").open("a+")
        except OSError as error:
            raise _not_writable(self.root, error) from None


def _not_writable(root: Path, error: OSError) -> RoundtableError:
    return RoundtableError(Code.HOME_NOT_WRITABLE, f"cannot write to the home folder: {error.strerror}", str(root))


_HELD: set[Path] = set()
_WAITS = ("delay_seconds", "wayback_delay_seconds")
_CONTACT = re.compile(r"(?:mailto:)?[!-?A-~]{1,100}@[!-?A-~]{1,200}|https?://[!-~]{1,300}")
_ARCHIVE = re.compile(r"https?://[\w.-]+(?::\d+)?(?:/[\w.~-]+)*", re.ASCII)


def _check_layout(root: Path) -> None:
    mark = root / "layout"
    if mark.is_file() and mark.read_text().strip() != str(LAYOUT):
        raise RoundtableError(
            Code.HOME_NEWER,
            f"the home has layout {mark.read_text().strip()!r}, this program knows {LAYOUT}",
            str(root),
        )


def _read_config(path: Path, environ: Mapping[str, str]) -> Config:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RoundtableError(Code.CONFIG_INVALID, f"not valid TOML: {error}", str(path)) from None
    known: dict[str, tuple[type, ...]] = {
        "contact": (str,),
        "delay_seconds": (int, float),
        "timeout_seconds": (int, float),
        "max_bytes": (int,),
        "requests_per_run": (int,),
        "wayback": (str,),
        "wayback_delay_seconds": (int, float),
    }
    for key, value in values.items():
        if key not in known:
            raise RoundtableError(
                Code.CONFIG_INVALID, f"unknown key {key!r}", str(path), f"use one of {', '.join(known)}"
            )
        is_wait = isinstance(value, int | float) and 0 <= value < inf
        if not isinstance(value, known[key]) or isinstance(value, bool) or (key in _WAITS and not is_wait):
            raise RoundtableError(Code.CONFIG_INVALID, f"{key} has an unusable value {value!r}", str(path))
    if "wayback" in values:
        values["wayback"] = values["wayback"].rstrip("/")
        if not _ARCHIVE.fullmatch(values["wayback"]):
            raise RoundtableError(
                Code.CONFIG_INVALID,
                f"wayback has an unusable value {values['wayback']!r}",
                str(path),
                "give the address of a web archive, such as https://web.archive.org",
            )
    contact_from = str(path)
    if environ.get("ROUNDTABLE_CONTACT"):
        values["contact"], contact_from = environ["ROUNDTABLE_CONTACT"].strip(), "ROUNDTABLE_CONTACT"
    if "contact" in values and not _CONTACT.fullmatch(values["contact"]):
        raise RoundtableError(
            Code.CONFIG_INVALID,
            f"{values['contact']!r} is neither an e-mail address nor a web address",
            contact_from,
            "publishers must be able to reach you by it: give name@example.org or https://example.org/about",
        )
    return Config(**values)
