"""The drop folder: files that people put into HOME/inbox are imported and moved to `done`, or to `refused` with a note.

Here belongs telling which files are complete, taking them one by one, and moving them. Not here: what is kept of a file
(`importing`, `crawls`).

A file may be put there with its address in a file of the same name and `.url` behind it (`page.html.url`). The page is
moved first and its address after it, so that a run that is killed in between never imports a page without its address.
"""

import fcntl
import hashlib
import os
import re
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive import durable
from archive.codes import Code, RoundtableError
from archive.home import Home
from archive.model import Event, Run
from pipelines import crawls, importing
from pipelines.opened import OpenedHome
from pipelines.steps import Say, now

DONE, REFUSED, ADDRESS = "done", "refused", ".url"
PAGES = (".html", ".htm", ".xhtml", ".txt")
QUIET = 20.0
"""Seconds for which a file must not have changed: whatever is younger may still be being written."""
_UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".download")
_NOTE = ".note.txt"
_LONGEST_NAME = 240
"""Bytes of a name to which something was added: the usual file systems take 255, and a draft's is longer."""
_URL_LINE = re.compile(r"^(?:URL=)?(https?://\S+)$")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file of the drop folder and what became of it: `done`, or `refused` with the reason."""

    name: str
    outcome: str
    reason: str = ""


def waiting(home: Home, at: float | None = None) -> list[Path]:
    """What lies there complete, in order of name, without the files that hold addresses.

    Folders and whatever else is no file are among it: they are refused, so that somebody learns of it.

    Args:
        home: whose drop folder it is.
        at: the time in seconds since 1970; the clock's if not given.
    """
    moment = time.time() if at is None else at
    return [
        path
        for path in sorted(home.inbox.glob("*"))
        if path.suffix != ADDRESS and _is_settled(path, moment) and not _has_fresh_address(path, moment)
    ]


def take(opened: OpenedHome, say: Say, *, at: float | None = None) -> tuple[list[Dropped], list[Run]]:
    """Import what lies there complete and move it away.

    Args:
        opened: the home; whoever calls this holds its lock.
        say: is told of each file.
        at: the time in seconds since 1970; the clock's if not given.

    Returns:
        What became of each file, and a row for each import, which the journal has already.

    Raises:
        OSError: the disk refused; what was not moved is taken the next time.
    """
    _follow(opened.home)
    told, runs = [], []
    for path in waiting(opened.home, at):
        try:
            runs.append(_import(opened, path, say))
            dropped = Dropped(path.name, DONE)
        except RoundtableError as error:
            if error.code in {Code.DISK_REFUSED, Code.HOME_NOT_WRITABLE}:
                raise
            dropped = Dropped(path.name, REFUSED, _plain(str(error)))
            opened.journal.append(_event(path, error.code, dropped.reason))
        say(f"{dropped.outcome}: {path.name}{': ' if dropped.reason else ''}{dropped.reason}")
        _move(opened.home, path, dropped)
        told.append(dropped)
    return told, runs


def _import(opened: OpenedHome, path: Path, say: Say) -> Run:
    run_id = str(uuid.uuid4())
    if path.is_symlink() or not path.is_file():
        # A link could lead to any file of this machine.
        raise RoundtableError(Code.KIND_UNKNOWN, "only files are taken, no folders and no links", path.name)
    if not os.access(path, os.R_OK):
        raise RoundtableError(Code.FILE_UNREADABLE, "we may not read this file", path.name)
    if crawls.is_crawl(path):
        run, _ = crawls.take(opened, [path], None, run_id=run_id, say=say)
        return run
    if not path.name.lower().endswith(PAGES):
        kinds = ", ".join((*PAGES, *crawls.SUFFIXES))
        raise RoundtableError(Code.KIND_UNKNOWN, f"only {kinds} are taken", path.name)
    url = _address(_address_file(path))
    pages, _ = importing.choose([path], None, url, opened.register)
    run, _ = importing.keep(pages, None, opened.store, run_id=run_id, started_at=now())
    opened.journal.append(run)
    return run


def _address(file: Path) -> str | None:
    """The address that stands in a file: alone on a line, or as a browser's shortcut has it.

    Raises:
        RoundtableError: `url_invalid` where the file is there and holds none.
    """
    if not _exists(file):
        return None
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        found = _URL_LINE.match(line.strip().removeprefix("\ufeff"))
        if found:
            return found[1]
    raise RoundtableError(Code.URL_INVALID, "the file holds no address", file.name)


def _move(home: Home, path: Path, dropped: Dropped) -> None:
    folder = durable.make_folder(home.inbox / dropped.outcome)
    target = _free(folder / path.name)
    if dropped.reason:
        durable.write_text(target.with_name(_fitting(target.name, _NOTE)), dropped.reason + "\n")
    address = _address_file(path)
    durable.replace(path, target)
    if _exists(address):
        durable.replace(address, target.with_name(_fitting(target.name, ADDRESS)))


def _fitting(name: str, end: str) -> str:
    """The name with an end to it; one that would be too long is cut before that, and a digest tells it from others."""
    whole = os.fsencode(name)
    if len(whole) + len(end) <= _LONGEST_NAME:
        return name + end
    end = f"~{hashlib.sha256(whole).hexdigest()[:8]}{end}"
    return os.fsdecode(whole[: _LONGEST_NAME - len(end)]) + end


def _follow(home: Home) -> None:
    """Move the addresses whose pages were moved by a run that was killed before it came to them."""
    for address in sorted(home.inbox.glob(f"*{ADDRESS}")):
        name = address.name.removesuffix(ADDRESS)
        moved = [path for path in _moved(home, name) if not _exists(path.with_name(path.name + ADDRESS))]
        if moved and not (home.inbox / name).exists() and address.stat().st_ctime <= moved[-1].stat().st_ctime:
            durable.replace(address, moved[-1].with_name(moved[-1].name + ADDRESS))


def _moved(home: Home, name: str) -> Iterator[Path]:
    for folder in (DONE, REFUSED):
        stem = Path(name).stem
        yield from sorted(
            path
            for path in (home.inbox / folder).glob("*")
            if path.name == name or (path.suffix == Path(name).suffix and path.name.startswith(f"{stem}~"))
        )


def _free(path: Path) -> Path:
    """The path, with a number before its suffix where something has that name."""
    target, number = path, 1
    while os.path.lexists(target):
        number += 1
        target = path.with_name(_fitting(path.stem, f"~{number}{path.suffix}"))
    return target


def _exists(path: Path) -> bool:
    """False also where the name is longer than any; `Path.exists` would raise."""
    return os.path.exists(path)  # noqa: PTH110


def _address_file(path: Path) -> Path:
    return path.with_name(path.name + ADDRESS)


def _is_settled(path: Path, at: float) -> bool:
    is_other = path.name.startswith(".") or path.name.lower().endswith(_UNFINISHED) or path.name in {DONE, REFUSED}
    try:
        return not is_other and _is_quiet(path, at) and not _is_being_written(path)
    except FileNotFoundError:
        # Somebody has just taken it away, or it is moved to where it belongs.
        return False


def _has_fresh_address(path: Path, at: float) -> bool:
    address = _address_file(path)
    return _exists(address) and not _is_quiet(address, at)


def _is_quiet(path: Path, at: float) -> bool:
    """True where nothing happened to the file for a while; what copies a file may have given it an older date."""
    inside = path.rglob("*") if path.is_dir() and not path.is_symlink() else ()
    return all(at - max(found.st_mtime, found.st_ctime) >= QUIET for found in (one.lstat() for one in (path, *inside)))


def _is_being_written(path: Path) -> bool:
    """True where a process has the file open for writing: the kernel gives no lease to read it then."""
    if not path.is_file() or path.is_symlink() or not os.access(path, os.R_OK):
        return False
    with path.open("rb") as handle:
        try:
            fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        except BlockingIOError:
            return True
        except OSError:
            # Not our file, or a file system without leases: the quiet has to do.
            return False
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False


def _event(path: Path, code: Code, reason: str) -> Event:
    at, name = now(), _plain(path.name)
    event_id = f"inbox {at:%Y-%m-%dT%H:%M:%S.%fZ} {name}"
    return Event(event_id=event_id, type="ingestion", object=name, at=at, outcome=str(code), note=reason)


def _plain(text: str) -> str:
    """The text without what is no character: a file's name may be any bytes."""
    return text.encode(errors="replace").decode()
