"""The holdings: which captures a folder has, and the payload of each.

Here belongs reading, which writes nothing and may go on beside a writer. Not here: keeping (`store`), and looking for
damage (`verify`).
"""

import hashlib
from pathlib import Path

from archive.captures.manifest import SUFFIX, Entry, Manifest, Member
from archive.captures.records import opened
from archive.codes import Code, RoundtableError
from archive.fetch import lenient, message
from archive.fetch.exchange import FetchError
from archive.model.captures import Capture

_ROOM = 65_536
"""Bytes by which a payload may be longer half-way through its decodings."""
_KEPT_STATUS = {200, 203, 304}
"""Answers that a conditional request can build on."""


class Holdings:
    """The captures in a folder, as far as their manifests say that they count.

    Args:
        folder: where the WARC files lie; it need not exist.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._manifests: dict[str, Manifest] = {}
        self._by_id: dict[str, Capture] = {}
        self._by_url: dict[str, list[Capture]] = {}
        self._members: dict[str, Member] = {}

    def captures(self) -> list[Capture]:
        """Every capture, by the time when it was captured (else ingested), then by id.

        Raises:
            RoundtableError: `capture_damaged` where a manifest is.
        """
        self._read_on()
        return sorted(
            self._by_id.values(),
            key=lambda capture: (capture.captured_at or capture.ingested_at, capture.capture_id),
        )

    def get(self, capture_id: str) -> Capture | None:
        """The capture of this id, if there is one."""
        self._read_on()
        return self._by_id.get(capture_id)

    def of_url(self, url: str) -> list[Capture]:
        """The captures of an address, in the order in which they were kept."""
        self._read_on()
        return self._by_url.get(url, [])

    def latest(self, url: str) -> Capture | None:
        """The last good answer that was fetched from `url`: the one whose validators a conditional request sends.

        One without content is none: what confirms it would be as empty.
        """
        good = [
            capture
            for capture in self.of_url(url)
            if capture.origin == "live"
            and capture.status in _KEPT_STATUS
            and capture.payload_bytes
            and capture.captured_at
        ]
        return max(good, key=lambda capture: capture.captured_at or capture.ingested_at, default=None)

    def by_payload_digest(self) -> dict[str, str]:
        """WARC-Payload-Digest in lower case → the id of a capture that holds that payload."""
        self._read_on()
        return {
            member.payload_digest.lower(): capture_id
            for capture_id, member in self._members.items()
            if member.payload_digest and member.kind != "revisit"
        }

    def payload(self, capture: Capture) -> bytes:
        """The decoded entity of a capture; a revisit gives that of the capture that it refers to.

        Raises:
            RoundtableError: `capture_damaged`, naming file and offset, where the bytes are not those that were kept.
        """
        holder = capture
        if capture.refers_to:
            found = self.get(capture.refers_to)
            if found is None:
                raise _damaged(capture, f"it refers to {capture.refers_to}, which is not there")
            holder = found
        try:
            entity = _entity(holder, self._member_bytes(holder))
        except (ValueError, FetchError, OSError) as error:
            raise _damaged(holder, str(error)) from None
        if hashlib.sha256(entity).hexdigest() != capture.payload_sha256:
            raise _damaged(holder, "the payload does not agree with its digest")
        return entity

    def _member_bytes(self, capture: Capture) -> bytes:
        with (self.folder / capture.warc_file).open("rb") as handle:
            handle.seek(capture.warc_offset)
            return handle.read(capture.warc_length)

    def _read_on(self) -> None:
        """Take in what the manifests say by now, also when another process wrote it."""
        for path in sorted(self.folder.glob(f"*.warc.gz{SUFFIX}")):
            manifest = self._manifest(path.name.removesuffix(SUFFIX))
            if path.stat().st_size != manifest.size:
                for entry in manifest.read_on():
                    self._note(entry)

    def _note(self, entry: Entry) -> None:
        if entry.capture:
            self._by_id[entry.capture.capture_id] = entry.capture
            self._by_url.setdefault(entry.capture.url, []).append(entry.capture)
            self._members[entry.capture.capture_id] = entry.members[0]

    def _forget(self) -> None:
        """Take back everything that was read, to read it again."""
        for known in (self._manifests, self._by_id, self._by_url, self._members):
            known.clear()

    def _manifest(self, name: str) -> Manifest:
        return self._manifests.setdefault(name, Manifest(self.folder / (name + SUFFIX)))


def _entity(capture: Capture, member: bytes) -> bytes:
    """The entity that a record holds."""
    headers, block = opened(member)
    if headers.get("warc-type") != "response":
        return block
    head_bytes, body = message.split(block)
    head = message.parse_head(head_bytes)
    most = 2 * capture.payload_bytes + _ROOM
    if capture.origin != "live":
        return lenient.entity(head, body, max_bytes=most)
    return message.content_decoded(head, message.transfer_decoded(head, body), max_bytes=most)


def _damaged(capture: Capture, what: str) -> RoundtableError:
    return RoundtableError(Code.CAPTURE_DAMAGED, what, f"{capture.warc_file}@{capture.warc_offset}")
