"""Where things lie: the home folder, its configuration and its lock.

Here belong the names of files and folders, `config.toml`, and the lock that lets one command at a time write.
Not here: what is inside those files.
"""

import errno
import fcntl
import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import IO, Any

from archive import handwritten
from archive.codes import Code, RoundtableError
from archive.durable import make_folder, write_text

LAYOUT = 2
"""The version of the folder layout; a home says its own in the file `layout`. Since 2: a drop folder, visits."""


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
        site: how the site is made at publication (`[site]`): title, url, captures_url, as `roundtable site` has them.
        alerts: how somebody is told of failures (`[alerts]`): command, email, smtp, sender, webhook.
    """

    contact: str | None = None
    delay_seconds: float = 2.0
    timeout_seconds: float = 60.0
    max_bytes: int = 50_000_000
    requests_per_run: int = 2_000
    wayback: str = "https://web.archive.org"
    wayback_delay_seconds: float = 2.0
    site: Mapping[str, str] = field(default_factory=dict)
    alerts: Mapping[str, Any] = field(default_factory=dict)


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
        named = Path(folder or environ.get("ROUNDTABLE_HOME") or "data")
        try:
            root = named.expanduser().absolute()
        except RuntimeError:
            raise RoundtableError(Code.HOME_NOT_WRITABLE, "nobody knows whose folder this is", str(named)) from None
        if root.exists() and not root.is_dir():
            raise RoundtableError(Code.HOME_NOT_WRITABLE, "the home folder is a file", str(root))
        _layout_of(root)
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
    def inbox(self) -> Path:
        """The drop folder: what people put there is imported."""
        return self.root / "inbox"

    @property
    def exports(self) -> Path:
        """What was written for others, by `roundtable export`."""
        return self.root / "exports"

    @property
    def site(self) -> Path:
        """The reading room: a static site, by `roundtable site`."""
        return self.root / "site"

    @property
    def cache(self) -> Path:
        """What can be computed again, kept to save time."""
        return self.root / "cache"

    @property
    def dagster(self) -> Path:
        """Dagster's own storage (DAGSTER_HOME)."""
        return self.root / "dagster"

    def prepare(self, *, upgrade: bool = False) -> "Home":
        """Create the folder where it is missing and make sure that it can be written.

        Args:
            upgrade: bring a home of an older layout to this one; whoever asks for that makes the tables anew.

        Raises:
            RoundtableError: `home_not_writable`, or `home_older` for one that must be brought up first.
        """
        layout = _layout_of(self.root)
        if layout is not None and layout < LAYOUT and not upgrade:
            what = f"the home has layout {layout}, this program works with {LAYOUT}"
            raise RoundtableError(Code.HOME_OLDER, what, str(self.root))
        try:
            make_folder(self.root)
            truth = (self.captures, self.curation, self.journal)
            for folder in (*truth, self.tables, self.inbox, self.cache, self.dagster):
                make_folder(folder)
                if not os.access(folder, os.W_OK):
                    raise PermissionError(errno.EACCES, "its folders are not for writing")
            # The mark comes last: only a home that has everything says so.
            if layout != LAYOUT:
                write_text(self.root / "layout", f"{LAYOUT}\n")
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
                # Whoever holds the lock next without saying so, as a backup does, is not taken for this process.
                handle.truncate(0)

    def is_being_written(self) -> bool:
        """True while any process, this one or another, holds the home's lock."""
        if self.root in _HELD:
            return True
        try:
            with (self.root / ".lock").open() as handle:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            # Nobody ever wrote here, or it is not ours to ask.
            return False
        return False

    def _lock_file(self) -> IO[str]:
        try:
            return (self.root / ".lock").open("a+")
        except OSError as error:
            raise _not_writable(self.root, error) from None


def _not_writable(root: Path, error: OSError) -> RoundtableError:
    return RoundtableError(Code.HOME_NOT_WRITABLE, f"cannot write to the home folder: {error.strerror}", str(root))


_HELD: set[Path] = set()
_SITE = ("title", "url", "captures_url")
_ALERTS = ("command", "email", "smtp", "sender", "webhook")
_ANYTHING = re.compile(r".+")
_FORMS = {
    "smtp": (re.compile(r"[\w.-]+(?::\d{1,5})?", re.ASCII), "give the mail server as HOST or HOST:PORT"),
    "url": (re.compile(r"https?://\S+/"), "give a web address with a slash at its end"),
    "captures_url": (re.compile(r"https?://\S+/"), "give a web address with a slash at its end"),
}
_WAITS = ("delay_seconds", "wayback_delay_seconds")
_CONTACT = re.compile(r"(?:mailto:)?[!-?A-~]{1,100}@[!-?A-~]{1,200}|https?://[!-~]{1,300}")
_ARCHIVE = re.compile(r"https?://[\w.-]+(?::\d+)?(?:/[\w.~-]+)*", re.ASCII)


def _layout_of(root: Path) -> int | None:
    """The layout that a home says it has; None where there is none yet.

    Raises:
        RoundtableError: `home_newer`, also for what only a newer version could mean.
    """
    mark = root / "layout"
    if not mark.is_file():
        return None
    said = mark.read_bytes()[:100].decode(errors="replace").strip()
    if not (said.isascii() and said.isdigit() and int(said) <= LAYOUT):
        what = f"the home has layout {said!r}, this program knows {LAYOUT}"
        raise RoundtableError(Code.HOME_NEWER, what, str(root))
    return int(said)


def _check_section(name: str, values: Mapping[str, Any], known: Sequence[str], path: Path) -> None:
    for key, value in values.items():
        if key not in known:
            advice = f"use one of {', '.join(known)}; secrets belong into the environment"
            raise RoundtableError(Code.CONFIG_INVALID, f"unknown key '{name}.{key}'", str(path), advice)
        words = value if key == "command" else [value]
        if not isinstance(words, list) or not words or not all(isinstance(word, str) and word for word in words):
            form = "a list of words" if key == "command" else "words in quotation marks"
            advice = f"it must be {form}"
            raise RoundtableError(Code.CONFIG_INVALID, f"{name}.{key} has an unusable value", str(path), advice)
        pattern, advice = _FORMS.get(key, (_ANYTHING, ""))
        if key != "command" and not pattern.fullmatch(value):
            raise RoundtableError(Code.CONFIG_INVALID, f"{name}.{key} has an unusable value", str(path), advice)


def _read_config(path: Path, environ: Mapping[str, str]) -> Config:
    try:
        written = handwritten.content(path, Code.CONFIG_INVALID) if os.path.lexists(path) else b""
        values = tomllib.loads(written.decode())
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
        "site": (dict,),
        "alerts": (dict,),
    }
    for key, value in values.items():
        if key not in known:
            raise RoundtableError(
                Code.CONFIG_INVALID, f"unknown key {key!r}", str(path), f"use one of {', '.join(known)}"
            )
        is_wait = isinstance(value, int | float) and 0 <= value < inf
        if not isinstance(value, known[key]) or isinstance(value, bool) or (key in _WAITS and not is_wait):
            raise RoundtableError(Code.CONFIG_INVALID, f"{key} has an unusable value {value!r}", str(path))
    _check_section("site", values.get("site", {}), _SITE, path)
    _check_section("alerts", values.get("alerts", {}), _ALERTS, path)
    if "wayback" in values:
        values["wayback"] = values["wayback"].rstrip("/")
        if not _ARCHIVE.fullmatch(values["wayback"]):
            raise RoundtableError(
                Code.CONFIG_INVALID,
                "wayback has an unusable value",
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
