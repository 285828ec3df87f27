"""The index of the captures: CDXJ, as replay tools look captures up.

Here belongs making `index.cdxj` from the manifests, with its digest in a file beside it. It can be made again at any
time, so nothing here is truth. Not here: whether it still agrees with the captures (`verify`).
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from archive import durable
from archive.captures.manifest import Entry, entries_by_file
from archive.captures.surt import surt

INDEX = "index.cdxj"
DIGEST = "index.cdxj.sha256"
"""Beside the index and not in it, in the form that `sha256sum -c` reads: every CDXJ reader takes the index as it is."""


def rebuild(folder: Path) -> int:
    """Write the index of the captures in `folder` where it is not what the manifests say, and return its lines.

    Returns:
        How many captures the index lists.

    Raises:
        RoundtableError: `capture_damaged` where a manifest is; the index then stays what it was.
        OSError: the disk refused.
    """
    lines = lines_of(entry for entries in entries_by_file(folder).values() for entry in entries)
    content = b"".join(lines)
    # The digest last: a crash between the two leaves an index that `verify` does not trust, and the next run mends it.
    for path, wanted in ((folder / INDEX, content), (folder / DIGEST, sealed(content))):
        if not path.is_file() or path.read_bytes() != wanted:
            durable.write_bytes(path, wanted)
    return len(lines)


def lines_of(entries: Iterable[Entry]) -> list[bytes]:
    """The lines of the index, with their newlines, by SURT key and time: one for each capture."""
    return sorted(_line(entry) for entry in entries if entry.capture)


def sealed(content: bytes) -> bytes:
    """What stands in the file beside an index of this content."""
    return f"{hashlib.sha256(content).hexdigest()}  {INDEX}\n".encode()


def _line(entry: Entry) -> bytes:
    capture, member = entry.capture, entry.members[0]
    if capture is None:
        raise ValueError("only captures are indexed")
    mime = {"revisit": "warc/revisit", "resource": capture.mime or "application/octet-stream"}.get(
        capture.record_type, capture.mime
    )
    block = {
        "url": capture.url,
        "mime": mime,
        "status": str(capture.status) if capture.status is not None else None,
        "digest": member.payload_digest,
        "length": str(member.length),
        "offset": str(member.offset),
        "filename": capture.warc_file,
    }
    moment = (capture.captured_at or capture.ingested_at).strftime("%Y%m%d%H%M%S")
    known = {name: value for name, value in block.items() if value is not None}
    return f"{surt(capture.url)} {moment} {json.dumps(known)}\n".encode()
