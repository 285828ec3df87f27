"""Manifests: what counts as kept.

Here belongs the list beside each WARC file: a JSON line for each commit, which names the capture, its records with
offset, length and digest, and carries a digest of itself. What no line names does not count. Not here: the records
(`records`) and the decision what to write (`store`).
"""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from archive.codes import Code, RoundtableError
from archive.model.captures import Capture
from archive.model.plain import from_plain, to_plain

SUFFIX = ".jsonl"
_SEAL = re.compile(rb',"digest":"([0-9a-f]{64})"}\Z')
_SEAL_LENGTH = 77


@dataclass(frozen=True, slots=True)
class Member:
    """One record in a WARC file.

    Attributes:
        kind: WARC-Type.
        record_id: WARC-Record-ID, without angle brackets.
        offset, length: where its gzip member lies, in bytes.
        sha256: digest of that member as it lies there.
        payload_digest: WARC-Payload-Digest.
        body: of a response: how its body was framed, and the SHA-256 of the body without that framing.
    """

    kind: str
    record_id: str
    offset: int
    length: int
    sha256: str
    payload_digest: str | None = None
    body: str | None = None

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.offset + self.length


@dataclass(frozen=True, slots=True)
class Entry:
    """One commit: the records that were written together; the first is the capture's own.

    Attributes:
        capture: None for the `warcinfo` that begins a file.
        members: in the order of the file.
    """

    capture: Capture | None
    members: tuple[Member, ...]


def entries_by_file(folder: Path) -> dict[str, list[Entry]]:
    """Every commit in the captures folder: WARC file → its entries, both in order.

    Raises:
        RoundtableError: `capture_damaged`, naming the line.
    """
    manifests = [Manifest(path) for path in sorted(folder.glob(f"*.warc.gz{SUFFIX}"))]
    return {manifest.warc.name: manifest.read_on() for manifest in manifests}


def line_of(entry: Entry) -> bytes:
    """The entry as a line with its newline, sealed with its digest."""
    capture = to_plain(entry.capture) if entry.capture else None
    if capture:
        # Who may see it is decided later, and can change; what is written here stays.
        del capture["access"]
    values = {
        "capture": capture,
        "records": [asdict(member) for member in entry.members],
    }
    plain = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    digest = hashlib.sha256(plain).hexdigest()
    return plain[:-1] + f',"digest":"{digest}"}}\n'.encode()


def entry_of(line: bytes) -> Entry:
    """The entry that a line (without its newline) holds.

    Raises:
        ValueError: the line is not as it was written.
    """
    seal = _SEAL.search(line[-_SEAL_LENGTH:])
    plain = line[:-_SEAL_LENGTH] + b"}"
    if not seal or hashlib.sha256(plain).hexdigest() != seal.group(1).decode():
        raise ValueError("the line does not agree with its digest")
    values: dict[str, Any] = json.loads(plain)
    capture = values["capture"]
    return Entry(
        from_plain(Capture, capture) if capture else None, tuple(Member(**member) for member in values["records"])
    )


@dataclass(slots=True)
class Manifest:
    """The manifest of one WARC file, read as far as it counts.

    Attributes:
        path: the manifest.
        size: bytes of whole lines that were read; what stands behind them is a torn line.
        lines: how many they are.
        committed: bytes of the WARC file that count.
        warcinfo_id: the record that begins the file; None while nothing was committed.
    """

    path: Path
    size: int = 0
    lines: int = 0
    committed: int = 0
    warcinfo_id: str | None = None

    @property
    def warc(self) -> Path:
        """The WARC file that it lists."""
        return self.path.with_name(self.path.name.removesuffix(SUFFIX))

    def read_on(self) -> list[Entry]:
        """The entries that were added since the last call.

        Raises:
            RoundtableError: `capture_damaged`, naming the line.
        """
        try:
            with self.path.open("rb") as handle:
                handle.seek(self.size)
                fresh = handle.read()
        except FileNotFoundError:
            return []
        *whole, _ = fresh.split(b"\n")
        return [self._noted(line) for line in whole]

    def add(self, line: bytes) -> None:
        """Take in a line that was just appended, with its newline."""
        self._noted(line[:-1])

    def _noted(self, line: bytes) -> Entry:
        where = f"{self.path.name}, line {self.lines + 1}"
        try:
            entry = entry_of(line)
        except (ValueError, TypeError, KeyError) as error:
            raise RoundtableError(Code.CAPTURE_DAMAGED, f"the manifest is damaged: {error}", where) from None
        if not entry.members or entry.members[0].offset != self.committed:
            raise RoundtableError(
                Code.CAPTURE_DAMAGED, "the manifest's line does not follow on the one before it", where
            )
        self.size += len(line) + 1
        self.lines += 1
        self.committed = entry.members[-1].end
        if self.warcinfo_id is None:
            self.warcinfo_id = entry.members[0].record_id
        return entry
