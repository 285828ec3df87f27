"""After a crash: what an interrupted write left is cut off, and nothing else.

Here belongs bringing a WARC file and its manifest back to what counts. Not here: when that is done (`store`).
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from archive import durable
from archive.captures.manifest import Manifest
from archive.captures.records import COMMIT, opened
from archive.codes import Code, RoundtableError

_OWN = {"warcinfo", "response", "revisit", "resource", "conversion"}
"""The kinds of record that stand for a capture, or begin a file."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What was cut off when the store was opened for writing: it had never counted.

    Attributes:
        code: always `torn_tail`.
        file: the file's name in the captures folder.
        offset: where the cut was made.
        length: how many bytes went.
    """

    file: str
    offset: int
    length: int
    code: Code = Code.TORN_TAIL


def cut_back(manifest: Manifest) -> list[Cut]:
    """Cut a WARC file and its manifest, which has been read, back to what counts.

    Raises:
        RoundtableError: `capture_damaged` where more is amiss than an interrupted write can have left.
        OSError: the disk refused.
    """
    cuts: list[Cut] = []
    warc_size = manifest.warc.stat().st_size if manifest.warc.exists() else 0
    if warc_size < manifest.committed:
        raise RoundtableError(
            Code.CAPTURE_DAMAGED,
            f"the file ends at {warc_size}, before the {manifest.committed} bytes that its manifest lists",
            f"{manifest.warc.name}@{warc_size}",
        )
    if warc_size > manifest.committed:
        check_tail(manifest)
    for path, length in ((manifest.path, manifest.size), (manifest.warc, manifest.committed)):
        surplus = path.stat().st_size - length if path.exists() else 0
        if surplus > 0:
            durable.cut(path, length)
            cuts.append(Cut(path.name, length, surplus))
    return cuts


def check_tail(manifest: Manifest) -> None:
    """Refuse a tail that no single interrupted write can have left: then it is the manifest that lost lines.

    Raises:
        RoundtableError: `capture_damaged`.
    """
    commits = [headers.get(COMMIT.lower()) for headers in _records(manifest) if headers.get("warc-type") in _OWN]
    # What shares a commit was to count together; any other capture had a commit of its own.
    if len(set(commits)) > 1 or commits.count(None) > 1:
        raise RoundtableError(
            Code.CAPTURE_DAMAGED,
            f"{len(commits)} whole captures stand behind the manifest's last line: lines are missing",
            f"{manifest.warc.name}@{manifest.committed}",
            "restore the manifest from a backup of captures/",
        )


def _records(manifest: Manifest) -> Iterator[dict[str, str]]:
    """The headers of every whole record behind what counts."""
    with manifest.warc.open("rb") as handle:
        handle.seek(manifest.committed)
        tail = handle.read()
    while tail:
        engine = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            engine.decompress(tail)
            rest = engine.unused_data
            yield opened(tail[: len(tail) - len(rest)])[0]
        except (ValueError, zlib.error):
            return
        tail = rest
