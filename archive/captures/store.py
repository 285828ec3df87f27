"""The store: the one place that writes captures.

Here belong keeping exchanges and brought files, and cutting what a crash left behind. A capture counts once its line
stands in the manifest, which is written after its records are on the disk. One process writes at a time (the home's
lock). Not here: finding and reading captures (`holdings`), the order of writes (`commit`), the format of a record
(`records`) or a line (`manifest`).
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from archive import durable
from archive.captures import describing
from archive.captures.commit import Commit
from archive.captures.holdings import Holdings
from archive.captures.manifest import Manifest
from archive.captures.memento import Memento
from archive.captures.records import Record
from archive.captures.recovery import Cut, cut_back
from archive.codes import Outcome
from archive.fetch.exchange import Exchange
from archive.model.captures import Capture, RecordType

_OWN_NAME = re.compile(r"roundtable-(\d{5})\.warc\.gz")
_GROUP_BYTES = 8 << 20
"""What is written together at most, give or take a record: more would only take memory."""


class CaptureStore(Holdings):
    """The captures in a folder, and keeping more of them.

    Args:
        folder: where the WARC files lie; it need not exist before something is kept.
        software: name and version for the `warcinfo` records.
        max_bytes: a file that is longer than this is continued in a new one.
    """

    def __init__(self, folder: Path, *, software: str, max_bytes: int = 1_000_000_000) -> None:
        super().__init__(folder)
        self._software = software
        self._max_bytes = max_bytes
        self._writing: Manifest | None = None
        self._is_grouping = False
        self._open: Commit | None = None

    def keep(
        self,
        exchange: Exchange,
        *,
        run_id: str | None,
        memento: Memento | None = None,
        original: Capture | None = None,
        source_id: str | None = None,
    ) -> Capture:
        """Keep an exchange; when this returns it is on the disk, or, within `together`, when that ends.

        An answer 304, and a payload that is held already from the same address, become revisits.

        Args:
            exchange: one with a whole answer (`entity` is not None), unless `original` is given.
            run_id: the run that made it.
            memento: what is known of it where it was captured elsewhere.
            original: for another's revisit: the capture that holds its payload.
            source_id: the publisher that the importer named.

        Raises:
            ValueError: there is no whole answer to keep.
            OSError: the disk refused; whether the capture counts is seen when the store is next used.
            RoundtableError: `capture_damaged` where the store cannot be continued.
        """
        if exchange.response is None or exchange.body is None or (exchange.entity is None and original is None):
            raise ValueError(f"{exchange.url}: there is no whole answer to keep")
        commit = self._ready()
        original = original or self._original(exchange)
        draft = describing.fetched(exchange, original, memento, run_id=run_id, source_id=source_id)
        known = self._by_id.get(draft.capture_id)
        if known:
            return known
        held = self._members[original.capture_id] if original else None
        records = describing.records_of(exchange, draft, original, held, memento, commit.fields)
        body = describing.body_key(exchange) if draft.record_type == "response" else None
        return self._commit(commit, records, draft, body)

    def keep_resource(
        self,
        url: str,
        payload: bytes,
        memento: Memento,
        *,
        mime: str | None,
        run_id: str | None,
        source_id: str | None = None,
        is_conversion: bool = False,
    ) -> Capture:
        """Keep a file that somebody brought; the same bytes for the same address and time are kept once.

        Args:
            url: where it was published.
            payload: the file.
            memento: what is known of it.
            mime: its content type.
            run_id: the run that brought it.
            source_id: the publisher that the importer named.
            is_conversion: True for what somebody made of an answer, such as its text.

        Raises:
            OSError: the disk refused; whether the capture counts is seen when the store is next used.
            RoundtableError: `capture_damaged` where the store cannot be continued.
        """
        kind: RecordType = "conversion" if is_conversion else "resource"
        draft = describing.brought(url, payload, memento, kind, mime=mime, source_id=source_id, run_id=run_id)
        known = self.get(draft.capture_id)
        if known:
            return known
        commit = self._ready()
        return self._commit(commit, describing.resource_records(draft, payload, memento, commit.fields), draft)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Within this, what is kept goes to the disk in groups: far faster, and safe when the block has ended.

        A crash loses the whole captures of the last group, no more. Their payloads cannot be read within the block.
        """
        self._is_grouping = True
        try:
            yield
        finally:
            self._is_grouping = False
            if self._open:
                self._write(self._open)

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

    def _original(self, exchange: Exchange) -> Capture | None:
        """The capture that holds the payload of this answer already."""
        if exchange.outcome is Outcome.UNCHANGED:
            latest = self.latest(exchange.url)
            return self.get(latest.refers_to) if latest and latest.refers_to else latest
        body = describing.body_key(exchange)
        same = (
            capture
            for capture in reversed(self.of_url(exchange.url))
            if capture.record_type == "response"
            and (capture.status, capture.redirects_to) == (exchange.status, exchange.location)
            and self._members[capture.capture_id].body == body
            and capture.payload_sha256 == hashlib.sha256(exchange.entity or b"").hexdigest()
        )
        return next(same, None)

    def _ready(self) -> Commit:
        """The commit to add to."""
        if self._open is None:
            manifest = self._writing
            if manifest is None or not manifest.warc.exists() or manifest.warc.stat().st_size != manifest.committed:
                self.recover()
                manifest = self._writing
            if manifest is None:
                raise AssertionError("recover() always leaves a file to write to")
            if manifest.committed > self._max_bytes:
                manifest = self._continue_in(_number(manifest.warc.name) + 1)
            return Commit(manifest, is_group=self._is_grouping)
        return self._open

    def _continue_in(self, number: int) -> Manifest:
        manifest = self._manifest(_name(number))
        if manifest.warcinfo_id is None:
            commit = Commit(manifest)
            commit.add([describing.warcinfo(_name(number), self._software)], None)
            self._write(commit)
        self._writing = manifest
        return manifest

    def _commit(self, commit: Commit, records: Sequence[Record], draft: Capture, body: str | None = None) -> Capture:
        entry = commit.add(records, draft, body)
        self._note(entry)
        self._open = commit
        if not self._is_grouping or commit.size > _GROUP_BYTES or commit.end > self._max_bytes:
            self._write(commit)
        if entry.capture is None:
            raise AssertionError("an entry has the capture that it was made of")
        return entry.capture

    def _write(self, commit: Commit) -> None:
        self._open = None
        try:
            commit.write()
        except BaseException:
            # What is on the disk now is for recover() to find out, before anything else is read or written.
            self._writing = None
            self._forget()
            raise


def _name(number: int) -> str:
    return f"roundtable-{number:05}.warc.gz"


def _number(name: str) -> int:
    """The number of a WARC file that this store wrote; 0 for any other file."""
    found = _OWN_NAME.fullmatch(name)
    return int(found.group(1)) if found else 0
