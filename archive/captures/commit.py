"""A commit: captures that are written together, records first, then the lines that make them count.

Here belongs the one write path. Not here: when a commit ends (`store`), and what a crash within one leaves
(`recovery`).
"""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import replace

from archive import durable
from archive.captures.manifest import Entry, Manifest, Member, line_of
from archive.captures.records import COMMIT, Fields, Record
from archive.model.captures import Capture


class Commit:
    """Records and lines that wait to be written.

    Args:
        manifest: lists the file that is continued; nobody else may add to either until this is written.
        is_group: whether more than one capture may be added. Their records then share a header, by which recovery
            knows that they were to count together.
    """

    def __init__(self, manifest: Manifest, *, is_group: bool = False) -> None:
        self.manifest = manifest
        self._id = uuid.uuid4().urn if is_group else None
        self._members: list[bytes] = []
        self._lines: list[bytes] = []
        self.size = 0

    @property
    def fields(self) -> Fields:
        """WARC headers that every record of this commit has."""
        warcinfo_id = self.manifest.warcinfo_id
        return [
            ("WARC-Warcinfo-ID", f"<{warcinfo_id}>" if warcinfo_id else None),
            (COMMIT, f"<{self._id}>" if self._id else None),
        ]

    @property
    def end(self) -> int:
        """Where in the WARC file the next record will lie."""
        return self.manifest.committed + self.size

    def add(self, records: Sequence[Record], draft: Capture | None, body: str | None = None) -> Entry:
        """Put records behind the others.

        Args:
            records: the capture's own first.
            draft: the capture, without its place; None for a `warcinfo`.
            body: what the manifest says of a response's body.

        Returns:
            The entry, with the capture in its place.
        """
        start, offset, members = self.end, self.end, []
        for record in records:
            digest = hashlib.sha256(record.member).hexdigest()
            members.append(
                Member(record.kind, record.record_id, offset, len(record.member), digest, record.payload_digest)
            )
            offset = members[-1].end
        members[0] = replace(members[0], body=body)
        placed = draft and replace(
            draft, warc_file=self.manifest.warc.name, warc_offset=start, warc_length=members[0].length
        )
        entry = Entry(placed, tuple(members))
        self._members += [record.member for record in records]
        self._lines.append(line_of(entry))
        self.size = offset - self.manifest.committed
        return entry

    def write(self) -> None:
        """Make it count; when this returns it is on the disk.

        Raises:
            OSError: the disk refused; what of it counts is for recovery to find out.
        """
        durable.append(self.manifest.warc, b"".join(self._members))
        durable.append(self.manifest.path, b"".join(self._lines))
        for line in self._lines:
            self.manifest.add(line)
