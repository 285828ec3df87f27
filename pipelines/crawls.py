"""Files of other people's crawls: which they are, what they are packed in, and taking them.

Here belongs the way from a path to the streams of WARC records in it (a WACZ is a zip of them). Not here: what
becomes of a record (`archive.captures.accession`).
"""

import datetime as dt
import gzip
import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from archive.captures.accession import Accession, Taken
from archive.captures.foreign import Fault
from archive.codes import Code, RoundtableError
from archive.model import Event, Run
from pipelines.opened import OpenedHome
from pipelines.steps import Say, now

SUFFIXES = (".warc", ".warc.gz", ".wet", ".wet.gz", ".wacz", ".arc", ".arc.gz", ".warc.zst")
_OF_ONE_FILE = {Code.ARC_REFUSED, Code.WARC_UNREADABLE, Code.FILE_MISSING}
_BEGINNINGS = (b"WARC/", b"filedesc:")
_INNER = (".warc", ".warc.gz", ".wet", ".wet.gz")
_TOLD_EVERY = 1_000
_PIECE = 1 << 20
_BAD_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)
"""What Python's zipfile raises for damage, a password, or a packing that it does not know."""


def is_crawl(path: Path) -> bool:
    """True for a file that holds the records of a crawl, by its name, else by how it begins."""
    if path.name.lower().endswith(SUFFIXES):
        return True
    try:
        with path.open("rb") as handle:
            start = handle.read(16)
            if start.startswith(b"\x1f\x8b"):
                handle.seek(0)
                start = gzip.GzipFile(fileobj=handle).read(16)
            return start.startswith(_BEGINNINGS)
    except (OSError, EOFError, zlib.error):
        return False


def take(
    opened: OpenedHome, paths: Sequence[Path], source: str | None, *, run_id: str, say: Say
) -> tuple[Run, list[Taken]]:
    """Take the captures of crawls into the store, and note in the journal what became of them.

    Args:
        opened: the home; whoever calls this holds its lock.
        paths: WARC and WACZ files.
        source: a publisher; then only its addresses are taken.
        run_id: stands in every capture.
        say: is told how it goes.

    Raises:
        RoundtableError: `arc_refused`, `warc_unreadable`, `file_missing` where there is only one file.
        OSError: the disk refused.
    """
    started_at = now()
    accession = Accession(
        opened.store,
        run_id=run_id,
        source_id=source,
        wanted=lambda url: source is None or _belongs(opened, url, source),
        max_bytes=opened.home.config.max_bytes,
    )
    files: list[Taken] = []
    try:
        with opened.store.together():
            for path in paths:
                try:
                    for name, stream in _streams(path, files):
                        say(f"reading {name}")
                        files.append(accession.take(stream, name, _teller(say)))
                except RoundtableError as error:
                    if len(paths) == 1 or error.code not in _OF_ONE_FILE:
                        raise
                    files.append(Taken(path.name, faults=[Fault(0, error.code, error.what)]))
            accession.finish()
    finally:
        run = _run(files, run_id, started_at)
        if files:
            opened.journal.append(*_events(files, run.ended_at))
            opened.journal.append(run)
    return run, files


def _belongs(opened: OpenedHome, url: str, source: str) -> bool:
    found = opened.register.for_url(url)
    return found is not None and found.id == source


def _teller(say: Say) -> Callable[[Taken], None]:
    def report(taken: Taken) -> None:
        if taken.records % _TOLD_EVERY == 0:
            say(f"{taken.name}: {taken.records:,} records read, {len(taken.captures):,} captures kept")

    return report


def _run(files: Sequence[Taken], run_id: str, started_at: dt.datetime) -> Run:
    new, held, faults = (
        sum(len(one.captures) for one in files),
        sum(one.held for one in files),
        sum(len(one.faults) for one in files),
    )
    return Run(
        run_id=run_id,
        command="import",
        started_at=started_at,
        ended_at=now(),
        due=new + held + faults,
        fetched=new,
        unchanged=held,
        refused=0,
        failed=faults,
    )


def _events(files: Sequence[Taken], at: dt.datetime) -> list[Event]:
    """What is to be remembered: one event for each file, one for each fault in it."""
    found = []
    for one in files:
        words = f"{one.records} records; captures: {len(one.captures)} new, {one.held} held already; " + "".join(
            f"{number} left out: {why}; " for why, number in sorted(one.left_out.items())
        )
        outcome = "imported" if not one.faults else "imported_in_part"
        found.append(_event(one.name, at, outcome, f"{words}faults: {len(one.faults)}"))
        found += [_event(f"{one.name}@{fault.offset}", at, fault.code, fault.what) for fault in one.faults]
    return found


def _event(what: str, at: dt.datetime, outcome: str, words: str) -> Event:
    what = what.encode(errors="replace").decode()
    event_id = f"ingestion {at:%Y-%m-%dT%H:%M:%S.%fZ} {what} {outcome}"
    return Event(event_id=event_id, type="ingestion", object=what, at=at, outcome=str(outcome), note=words)


def _streams(path: Path, files: list[Taken]) -> Iterator[tuple[str, BinaryIO]]:
    """The WARC files that a path stands for, each with its name; what is amiss with a WACZ is added to `files`."""
    try:
        with path.open("rb") as handle:
            if not zipfile.is_zipfile(handle):
                handle.seek(0)
                yield path.name, handle
                return
            handle.seek(0)
            yield from _packed(path.name, handle, files)
    except FileNotFoundError:
        raise RoundtableError(Code.FILE_MISSING, "there is no such file", str(path)) from None


def _packed(name: str, handle: BinaryIO, files: list[Taken]) -> Iterator[tuple[str, BinaryIO]]:
    """The WARC files in a zip, also in those that lie in it."""
    with _reading(name), closing(zipfile.ZipFile(handle)) as package:
        digests = _digests(package)
        inner = [one for one in package.namelist() if one.lower().endswith((*_INNER, ".wacz"))]
        if not inner:
            advice = "a WACZ holds its WARC files in the folder archive/"
            raise RoundtableError(Code.WARC_UNREADABLE, "the zip file holds no WARC file", name, advice)
        for one in sorted(inner):
            inside = f"{name}!{one}"
            fault = _fault(package, one, digests.get(one))
            if fault:
                files.append(Taken(inside, faults=[fault]))
            with _reading(inside), package.open(one) as stream:
                opened = cast("BinaryIO", stream)
                if one.lower().endswith(".wacz"):
                    yield from _packed(inside, opened, files)
                else:
                    yield inside, opened


@contextmanager
def _reading(name: str) -> Iterator[None]:
    try:
        yield
    except _BAD_ZIP as error:
        raise RoundtableError(Code.WARC_UNREADABLE, f"the zip file is damaged: {error}", name) from None


def _digests(package: zipfile.ZipFile) -> dict[str, str]:
    """File → SHA-256, as a WACZ's datapackage.json lists them; empty where there is none that can be read."""
    try:
        listed = json.loads(package.read("datapackage.json"))["resources"]
        return {one["path"]: one["hash"].removeprefix("sha256:") for one in listed if "hash" in one}
    except (KeyError, TypeError, AttributeError, ValueError):
        return {}


def _fault(package: zipfile.ZipFile, name: str, digest: str | None) -> Fault | None:
    """What the package's own list says against a file in it."""
    if digest is None:
        return None
    whole = hashlib.sha256()
    try:
        with package.open(name) as stream:
            while piece := stream.read(_PIECE):
                whole.update(piece)
    except _BAD_ZIP as error:
        return Fault(0, Code.RECORD_DAMAGED, f"the zip file is damaged here: {error}")
    if whole.hexdigest() == digest.lower():
        return None
    return Fault(0, Code.RECORD_DAMAGED, "the file is not the one that datapackage.json lists")
