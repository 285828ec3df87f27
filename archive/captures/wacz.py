"""Captures as one file for others: WACZ 1.1.1, which replay tools open without this software.

Here belong copying the records out of the WARC files, each proved by its digest on the way, and the index, the list
of pages and the digests that WACZ puts beside them. Not here: which captures are chosen and which of them are pages;
the caller decides both.

A WARC file inside keeps the name that it has in the store and begins with the same `warcinfo`, which its records name:
of a whole home it is the same file. Nothing in a WACZ depends on the clock, the machine or a compressor, so the same
captures make the same bytes.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from typing import Any, BinaryIO, cast
from zipfile import ZIP64_LIMIT, ZipFile, ZipInfo

from archive import durable
from archive.captures import index
from archive.captures.manifest import Entry, Member, entries_by_file
from archive.codes import Code, RoundtableError
from archive.model.captures import Capture

SUFFIX = ".wacz"
VERSION = "1.1.1"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page in the list that readers begin with.

    Attributes:
        capture: one of those that are exported.
        title: what the page is called, where that is known; else readers show its address.
    """

    capture: Capture
    title: str | None


@dataclass(frozen=True, slots=True)
class Written:
    """A WACZ file that was written.

    Attributes:
        path: where it is.
        bytes: how long it is.
        captures, records, pages: how many are in it; originals of revisits are counted though nobody chose them.
        created: when the last of the captures was ingested (UTC).
        digest: of its `datapackage.json`, which holds the digests of all else: `sha256:…`.
    """

    path: Path
    bytes: int
    captures: int
    records: int
    pages: int
    created: dt.datetime
    digest: str


@dataclass(frozen=True, slots=True)
class _Part:
    """What is taken from one WARC file: each entry as it is there, and as it will be in the copy."""

    name: str
    entries: tuple[tuple[Entry, Entry], ...]

    @property
    def members(self) -> list[Member]:
        return [member for here, _ in self.entries for member in here.members]

    @property
    def bytes(self) -> int:
        return self.entries[-1][1].members[-1].end


def write(
    path: Path,
    folder: Path,
    chosen: Collection[str],
    *,
    pages: Sequence[ListedPage],
    title: str,
    description: str,
    software: str,
    progress: Callable[[str], None] = lambda _: None,
) -> Written:
    """Write captures as a WACZ file; when this returns it is on the disk, and before that its name means what it did.

    Args:
        path: the file, which is replaced where there is one.
        folder: the home's `captures`.
        chosen: capture ids, at least one; what a revisit refers to comes along.
        pages: those of the chosen captures that the list of pages names, in its order.
        title: what the collection is called.
        description: more words on it, in Markdown.
        software: name and version of this program.
        progress: is told of each WARC file.

    Raises:
        RoundtableError: `capture_damaged`, naming file and offset, where a record or a manifest is not what it was;
            nothing is written then.
        OSError: the disk refused.
    """
    parts = _parts(entries_by_file(folder), set(chosen))
    copied = [entry for part in parts for _, entry in part.entries]
    captures = [entry.capture for entry in copied if entry.capture]
    created = max(capture.ingested_at for capture in captures)
    with durable.replacing(path) as temporary, temporary.open("wb") as target, ZipFile(target, "w") as package:
        resources = []
        for part in parts:
            resources.append(_copied(package, folder / part.name, part))
            progress(f"{part.name}: {len(part.members)} records, {part.bytes} bytes")
        resources.append(_added(package, "indexes/index.cdx", b"".join(index.lines_of(filter(_is_played, copied)))))
        resources.append(_added(package, "pages/pages.jsonl", b"".join(_page_lines(pages))))
        about = {
            "profile": "data-package",
            "wacz_version": VERSION,
            "title": title,
            "description": description,
            "created": _moment(created),
            "software": software,
            "resources": resources,
        }
        digest = _added(package, "datapackage.json", _json(about))["hash"]
        _added(package, "datapackage-digest.json", _json({"path": "datapackage.json", "hash": digest}))
    records = sum(len(part.members) for part in parts)
    return Written(path, path.stat().st_size, len(captures), records, len(pages), created, digest)


def _parts(files: dict[str, list[Entry]], chosen: set[str]) -> list[_Part]:
    """What is taken from each WARC file that holds any of it: its `warcinfo`, and the entries that are wanted."""
    captures = {
        entry.capture.capture_id: entry.capture for entries in files.values() for entry in entries if entry.capture
    }
    wanted: set[str] = set()
    waiting = sorted(chosen)
    while waiting:
        capture = captures[waiting.pop()]
        if capture.capture_id in wanted:
            continue
        wanted.add(capture.capture_id)
        if capture.refers_to:
            if capture.refers_to not in captures:
                what = f"it refers to {capture.refers_to}, which is not there"
                raise RoundtableError(Code.CAPTURE_DAMAGED, what, f"{capture.warc_file}@{capture.warc_offset}")
            waiting.append(capture.refers_to)
    found = []
    for name, entries in files.items():
        taken = [entry for entry in entries if entry.capture is None or entry.capture.capture_id in wanted]
        if any(entry.capture for entry in taken):
            found.append(_Part(name, tuple(_moved(taken))))
    return found


def _is_played(entry: Entry) -> bool:
    """False for an answer 304, which says only that an earlier one still holds.

    Replay tools take the nearest line of the index, and show an empty page where that is a 304; without it they find
    the answer that it confirms.
    """
    return entry.capture is not None and entry.capture.status != HTTPStatus.NOT_MODIFIED


def _moved(entries: Iterable[Entry]) -> Iterable[tuple[Entry, Entry]]:
    """Each entry with where it comes to lie when only these stand behind each other."""
    offset = 0
    for entry in entries:
        members = []
        for member in entry.members:
            members.append(replace(member, offset=offset))
            offset = members[-1].end
        yield entry, replace(entry, members=tuple(members))


def _copied(package: ZipFile, path: Path, part: _Part) -> dict[str, Any]:
    """Add the WARC file of `part`, record by record, and say what the manifest of the package says of it."""
    whole = hashlib.sha256()
    info = _info(f"archive/{part.name}", part.bytes)
    try:
        source = path.open("rb")
    except FileNotFoundError:
        raise _damaged(path, part.members[0], "the file is missing") from None
    with source, package.open(info, "w") as opened:
        target = cast("BinaryIO", opened)
        for member in part.members:
            one, left = hashlib.sha256(), member.length
            source.seek(member.offset)
            while left and (chunk := source.read(min(left, _CHUNK))):
                durable.write(target, chunk)
                one.update(chunk)
                whole.update(chunk)
                left -= len(chunk)
            if one.hexdigest() != member.sha256:
                what = f"the {member.kind} record ({member.length} bytes) does not agree with its digest"
                raise _damaged(path, member, what)
    return _resource(info.filename, part.bytes, whole.hexdigest())


def _added(package: ZipFile, name: str, content: bytes) -> dict[str, Any]:
    """Add a small file, and say what the manifest of the package says of it."""
    package.writestr(_info(name), content)
    return _resource(name, len(content), hashlib.sha256(content).hexdigest())


def _info(name: str, size: int = 0) -> ZipInfo:
    """A stored file of the zip, without a time of its own."""
    info = ZipInfo(name)
    info.create_system = 3
    info.external_attr = 0o644 << 16
    # The size decides about the long form of the header. zipfile already begins with it below the size that needs it,
    # and then leaves it out of the directory: readers that trust the directory would look in the wrong place.
    info.file_size = size if size > ZIP64_LIMIT else 0
    return info


def _resource(path: str, size: int, digest: str) -> dict[str, Any]:
    return {"name": path.rpartition("/")[2], "path": path, "hash": f"sha256:{digest}", "bytes": size}


def _page_lines(pages: Iterable[ListedPage]) -> Iterable[bytes]:
    yield _line({"format": "json-pages-1.0", "id": "pages", "title": "All Pages"})
    for page in pages:
        capture = page.capture
        # The moment is the one that stands in the record and the index.
        line = {
            "id": capture.capture_id,
            "url": capture.url,
            "ts": _moment(capture.captured_at or capture.ingested_at),
        }
        yield _line({**line, "title": page.title} if page.title else line)


def _line(value: dict[str, str]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"


def _moment(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _damaged(path: Path, member: Member, what: str) -> RoundtableError:
    return RoundtableError(Code.CAPTURE_DAMAGED, what, f"{path.name}@{member.offset}")
