"""The store: WARC files in a folder, what is in them, and the one place that writes them.

Here belong keeping exchanges and brought files, finding them again, and cutting what a crash left behind. A capture
counts once its line stands in the manifest, which is written after its records are on the disk. One process writes
at a time (the home's lock); reading writes nothing. Not here: the format of a record (`records`) or a line
(`manifest`).
"""

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from archive import durable
from archive.captures import describing
from archive.captures.manifest import SUFFIX, Entry, Manifest, Member, line_of
from archive.captures.records import Record, opened
from archive.captures.recovery import Cut, cut_back
from archive.codes import Code, Outcome, RoundtableError
from archive.fetch import message
from archive.fetch.exchange import Exchange, FetchError
from archive.model.captures import Capture, Origin, TimeSource

_OWN_NAME = re.compile(r"roundtable-(\d{5})\.warc\.gz")
_ROOM = 65_536
"""Bytes by which a payload may be longer half-way through its decodings."""
_KEPT_STATUS = {200, 203, 304}
"""Answers that a conditional request can build on."""


class CaptureStore:
    """The captures in a folder.

    Args:
        folder: where the WARC files lie; it need not exist before something is kept.
        software: name and version for the `warcinfo` records.
        max_bytes: a file that is longer than this is continued in a new one.
    """

    def __init__(self, folder: Path, *, software: str, max_bytes: int = 1_000_000_000) -> None:
        self.folder = folder
        self._software = software
        self._max_bytes = max_bytes
        self._manifests: dict[str, Manifest] = {}
        self._by_id: dict[str, Capture] = {}
        self._by_url: dict[str, list[Capture]] = {}
        self._members: dict[str, Member] = {}
        self._writing: Manifest | None = None

    # --- reading ----------------------------------------------------------------------------------

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

    def latest(self, url: str) -> Capture | None:
        """The last good answer that was fetched from `url`: the one whose validators a conditional request sends."""
        good = [
            capture
            for capture in self._of_url(url)
            if capture.origin == "live" and capture.status in _KEPT_STATUS and capture.captured_at
        ]
        return max(good, key=lambda capture: capture.captured_at or capture.ingested_at, default=None)

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
            headers, block = opened(self._member_bytes(holder))
            if headers.get("warc-type") == "response":
                head_bytes, body = message.split(block)
                head = message.parse_head(head_bytes)
                coded = message.transfer_decoded(head, body)
                block = message.content_decoded(head, coded, max_bytes=2 * holder.payload_bytes + _ROOM)
        except (ValueError, FetchError, OSError) as error:
            raise _damaged(holder, str(error)) from None
        if hashlib.sha256(block).hexdigest() != capture.payload_sha256:
            raise _damaged(holder, "the payload does not agree with its digest")
        return block

    # --- keeping ----------------------------------------------------------------------------------

    def keep(self, exchange: Exchange, *, run_id: str | None, origin: Origin = "live") -> Capture:
        """Keep an exchange; when this returns it is on the disk.

        An answer 304, and a payload that is held already from the same address, become revisits.

        Args:
            exchange: one with a whole answer (`entity` is not None).
            run_id: the run that made it.
            origin: how it came.

        Raises:
            ValueError: there is no whole answer to keep.
            OSError: the disk refused; whether the capture counts is seen when the store is next used.
            RoundtableError: `capture_damaged` where the store cannot be continued.
        """
        if exchange.response is None or exchange.body is None or exchange.entity is None:
            raise ValueError(f"{exchange.url}: there is no whole answer to keep")
        manifest = self._ready()
        original = self._original(exchange)
        captured_at = exchange.started_at.astimezone(dt.UTC).replace(tzinfo=None)
        draft = describing.fetched(exchange, captured_at, original, run_id=run_id, origin=origin)
        known = self._by_id.get(draft.capture_id)
        if known:
            return known
        held = self._members[original.capture_id] if original else None
        records = describing.records_of(exchange, draft, original, held, manifest.warcinfo_id)
        body = describing.body_key(exchange) if draft.record_type == "response" else None
        return self._commit(manifest, records, draft, body)

    def keep_resource(
        self,
        url: str,
        payload: bytes,
        *,
        mime: str | None,
        captured_at: dt.datetime | None,
        captured_at_source: TimeSource | None,
        note: str | None,
        run_id: str | None,
        source_id: str | None = None,
    ) -> Capture:
        """Keep a file that somebody brought; the same bytes for the same address and time are kept once.

        Args:
            url: where it was published.
            payload: the file.
            mime: its content type.
            captured_at: when it was captured there (UTC), if anybody knows.
            captured_at_source: who knows.
            note: the file's name.
            run_id: the run that brought it.
            source_id: the publisher that the importer named.

        Raises:
            OSError: the disk refused; whether the capture counts is seen when the store is next used.
            RoundtableError: `capture_damaged` where the store cannot be continued.
        """
        if captured_at is not None and captured_at.tzinfo is not None:
            captured_at = captured_at.astimezone(dt.UTC).replace(tzinfo=None)
        draft = describing.brought(url, payload, mime, captured_at, captured_at_source, source_id, note, run_id)
        known = self.get(draft.capture_id)
        if known:
            return known
        manifest = self._ready()
        records = describing.resource_records(draft, payload, manifest.warcinfo_id)
        return self._commit(manifest, records, draft, None)

    def recover(self) -> list[Cut]:
        """Make the store ready for writing: cut what an interrupted write left, and say what that was.

        Called by the first `keep` in any case; to call it before shows what was cut.

        Raises:
            RoundtableError: `capture_damaged` where more is amiss than an interrupted write leaves.
        """
        durable.make_folder(self.folder)
        self._read_on()
        cuts: list[Cut] = []
        numbers = sorted(
            {*map(_number, self._manifests), *(_number(path.name) for path in self.folder.iterdir())} - {0}
        )
        for number in numbers:
            cuts += cut_back(self._manifest(_name(number)))
        self._continue_in(numbers[-1] if numbers else 1)
        return cuts

    # --- inside -----------------------------------------------------------------------------------

    def _of_url(self, url: str) -> list[Capture]:
        self._read_on()
        return self._by_url.get(url, [])

    def _original(self, exchange: Exchange) -> Capture | None:
        """The capture that holds the payload of this answer already."""
        if exchange.outcome is Outcome.UNCHANGED:
            latest = self.latest(exchange.url)
            return self.get(latest.refers_to) if latest and latest.refers_to else latest
        body = describing.body_key(exchange)
        same = (
            capture
            for capture in reversed(self._of_url(exchange.url))
            if capture.record_type == "response"
            and (capture.status, capture.redirects_to) == (exchange.status, exchange.location)
            and self._members[capture.capture_id].body == body
            and capture.payload_sha256 == hashlib.sha256(exchange.entity or b"").hexdigest()
        )
        return next(same, None)

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

    def _ready(self) -> Manifest:
        """The manifest to continue."""
        manifest = self._writing
        if manifest is None or not manifest.warc.exists() or manifest.warc.stat().st_size != manifest.committed:
            self.recover()
            manifest = self._writing
        if manifest is None:
            raise AssertionError("recover() always leaves a file to write to")
        if manifest.committed > self._max_bytes:
            manifest = self._continue_in(_number(manifest.warc.name) + 1)
        return manifest

    def _manifest(self, name: str) -> Manifest:
        return self._manifests.setdefault(name, Manifest(self.folder / (name + SUFFIX)))

    def _continue_in(self, number: int) -> Manifest:
        manifest = self._manifest(_name(number))
        if manifest.warcinfo_id is None:
            self._append(manifest, [describing.warcinfo(_name(number), self._software)], None, None)
        self._writing = manifest
        return manifest

    def _commit(self, manifest: Manifest, records: Sequence[Record], draft: Capture, body: str | None) -> Capture:
        placed = replace(
            draft,
            warc_file=manifest.warc.name,
            warc_offset=manifest.committed,
            warc_length=len(records[0].member),
        )
        self._append(manifest, records, placed, body)
        return placed

    def _append(self, manifest: Manifest, records: Sequence[Record], capture: Capture | None, body: str | None) -> None:
        """The write path: records to the disk, then the line that makes them count."""
        members: list[Member] = []
        offset = manifest.committed
        for record in records:
            digest = hashlib.sha256(record.member).hexdigest()
            members.append(
                Member(record.kind, record.record_id, offset, len(record.member), digest, record.payload_digest)
            )
            offset = members[-1].end
        members[0] = replace(members[0], body=body)
        try:
            durable.append(manifest.warc, b"".join(record.member for record in records))
            durable.append(manifest.path, line_of(Entry(capture, tuple(members))))
        except BaseException:
            # What is on the disk now is for recover() to find out, before anything else is written.
            self._writing = None
            raise
        self._read_on()


def _name(number: int) -> str:
    return f"roundtable-{number:05}.warc.gz"


def _number(name: str) -> int:
    """The number of a WARC file that this store wrote; 0 for any other file."""
    found = _OWN_NAME.fullmatch(name)
    return int(found.group(1)) if found else 0


def _damaged(capture: Capture, what: str) -> RoundtableError:
    return RoundtableError(Code.CAPTURE_DAMAGED, what, f"{capture.warc_file}@{capture.warc_offset}")
