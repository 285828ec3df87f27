"""Accession: taking the captures of other people's WARC files into the store.

Here belongs what becomes of each of their records: a capture of ours, something that is left out, or a fault. Not
here: how their files are read (`foreign`), and what they are packed in (`pipelines.importing`).
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from archive.captures.foreign import Fault, ForeignRecord, records
from archive.captures.memento import Memento
from archive.captures.store import CaptureStore
from archive.codes import Code, Outcome, RoundtableError
from archive.fetch import lenient, message
from archive.fetch.exchange import Exchange, FetchError
from archive.model.captures import Capture
from archive.normalise import urls

_MAIN = {"response", "resource", "revisit", "conversion"}
_DATE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z")
_FIRST_YEAR = 1990
"""Before this there was no web: an earlier date is that of a clock that was never set."""
_UNKNOWN = b"captured-at: unknown"
"""What our own metadata say of a resource whose WARC-Date is only the time of its import."""


@dataclass(slots=True)
class Taken:
    """What became of the records of one file.

    Attributes:
        name: the file.
        records: how many it has, of every kind.
        captures: ids of the captures that are new.
        held: how many captures were held already.
        left_out: why others are no captures → how many.
        undated: how many captures have no date that can be believed.
        faults: what could not be used.
    """

    name: str
    records: int = 0
    captures: list[str] = field(default_factory=list)
    held: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    undated: int = 0
    faults: list[Fault] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """A record, and what was written about the same event: the request, and metadata."""

    main: ForeignRecord
    request: ForeignRecord | None = None
    metadata: ForeignRecord | None = None


class Accession:
    """Takes files, one after the other; what refers to another record is taken when all have been read.

    Args:
        store: keeps what is taken.
        run_id: stands in every capture.
        source_id: the publisher that the importer named.
        wanted: which addresses are taken.
        max_bytes: the longest record, and the longest entity, that are taken.
    """

    def __init__(
        self,
        store: CaptureStore,
        *,
        run_id: str,
        source_id: str | None = None,
        wanted: Callable[[str], bool] = lambda _: True,
        max_bytes: int,
    ) -> None:
        self._store = store
        self._run_id = run_id
        self._source_id = source_id
        self._wanted = wanted
        self._max_bytes = max_bytes
        self._latest = dt.datetime.now(dt.UTC).replace(tzinfo=None) + dt.timedelta(days=1)
        self._by_record: dict[str, str] = {}
        self._revisits: list[tuple[Taken, _Group]] = []
        self._fresh: set[str] = set()

    def take(self, stream: BinaryIO, name: str, report: Callable[[Taken], None] = lambda _: None) -> Taken:
        """Take what a file holds.

        Args:
            stream: the file, seekable, at its beginning.
            name: its name.
            report: is told after every record.

        Raises:
            RoundtableError: what `foreign.records` raises, and what the store does.
            OSError: the file cannot be read, or the disk refused.
        """
        taken = Taken(name)
        for group in _groups(records(stream, name, max_bytes=self._max_bytes), taken):
            if isinstance(group, Fault):
                taken.faults.append(group)
            elif group.main.kind == "revisit":
                self._revisits.append((taken, group))
            else:
                self._try(group, taken, self._keep)
            report(taken)
        return taken

    def finish(self) -> None:
        """Take the revisits: by now all that they can refer to is held.

        Raises:
            RoundtableError, OSError: what the store raises.
        """
        digests = self._store.by_payload_digest() if self._revisits else {}
        for taken, group in self._revisits:
            self._try(group, taken, lambda url, of, taken: self._keep_revisit(url, of, taken, digests))
        self._revisits.clear()

    def _try(self, group: _Group, taken: Taken, keep: Callable[[str, _Group, Taken], Capture]) -> None:
        record = group.main
        try:
            url = self._address(record, taken)
            capture = keep(url, group, taken) if url else None
        except _Unusable as unusable:
            taken.faults.append(Fault(record.offset, unusable.code, f"the {record.kind} record {unusable}"))
            return
        if capture is None:
            return
        self._by_record[record.record_id] = capture.capture_id
        if capture.run_id == self._run_id and capture.capture_id not in self._fresh:
            self._fresh.add(capture.capture_id)
            taken.captures.append(capture.capture_id)
            taken.undated += capture.captured_at is None
        else:
            taken.held += 1

    def _address(self, record: ForeignRecord, taken: Taken) -> str | None:
        """Where the record says it is from; None where it is to be left out."""
        if not record.url:
            raise _Unusable(Code.RECORD_UNUSABLE, "has no address (WARC-Target-URI)")
        if not record.url.lower().startswith(("http:", "https:")):
            taken.left_out["no web address"] += 1
            return None
        try:
            urls.parse(record.url)
        except RoundtableError:
            raise _Unusable(Code.RECORD_UNUSABLE, f"has {record.url[:200]!r}, which is no address") from None
        if not self._wanted(record.url):
            taken.left_out["another publisher"] += 1
            return None
        if "warc-segment-number" in record.headers:
            raise _Unusable(Code.RECORD_UNUSABLE, f"of {record.url} is only one segment of several")
        if record.block is None:
            what = f"of {record.url} is {record.length:,} bytes long; {self._max_bytes:,} are taken"
            raise _Unusable(Code.RECORD_TOO_LARGE, what)
        return record.url

    def _keep(self, url: str, group: _Group, taken: Taken) -> Capture:
        record, block = group.main, group.main.block or b""
        if record.kind == "response":
            exchange = self._exchange(url, group)
            return self._store.keep(
                exchange, run_id=self._run_id, memento=self._memento(group, taken), source_id=self._source_id
            )
        return self._store.keep_resource(
            url,
            block,
            self._memento(group, taken),
            mime=message.mime_of(record.headers.get("content-type", "")),
            run_id=self._run_id,
            source_id=self._source_id,
            is_conversion=record.kind == "conversion",
        )

    def _keep_revisit(self, url: str, group: _Group, taken: Taken, digests: dict[str, str]) -> Capture:
        original = self._original(group.main, url, digests)
        if original is None:
            raise _Unusable(Code.REVISIT_UNRESOLVED, f"of {url} refers to a payload that is not held")
        exchange = self._exchange(url, group, original)
        memento = self._memento(group, taken)
        return self._store.keep(
            exchange, run_id=self._run_id, memento=memento, original=original, source_id=self._source_id
        )

    def _original(self, record: ForeignRecord, url: str, digests: dict[str, str]) -> Capture | None:
        """The capture whose payload a revisit repeats: by record, else by address and time, else by digest."""
        by_record = self._by_record.get(record.headers.get("warc-refers-to", "")) or ""
        found = self._store.get(by_record)
        if found is None:
            address = record.headers.get("warc-refers-to-target-uri", url)
            moment = self._moment(record.headers.get("warc-refers-to-date", ""))
            same = (one for one in self._store.of_url(address) if moment and one.captured_at == moment)
            digest = record.headers.get("warc-payload-digest", "").lower()
            found = next(same, None) or self._store.get(digests.get(digest, ""))
        return self._store.get(found.refers_to) if found and found.refers_to else found

    def _exchange(self, url: str, group: _Group, original: Capture | None = None) -> Exchange:
        """The exchange that a `response`, or a `revisit` of `original`, records."""
        record = group.main
        head_bytes, body = message.split(record.block or b"")
        head = message.parse_head(head_bytes)
        if head.status is None and (head_bytes or original is None):
            raise _Unusable(Code.RECORD_UNUSABLE, f"of {url} holds no HTTP answer, but {head_bytes[:40]!r}")
        try:
            entity = lenient.entity(head, body, max_bytes=self._max_bytes) if original is None else None
        except FetchError as error:
            raise _Unusable(Code.RECORD_TOO_LARGE, f"of {url}: {error}") from None
        return Exchange(
            url=url,
            started_at=dt.datetime.now(dt.UTC),
            outcome=Outcome.FETCHED,
            request=group.request.block if group.request else None,
            response=head_bytes,
            body=b"" if original else body,
            entity=entity,
            status=head.status if head_bytes or original is None else original.status,
            mime=head.mime or message.mime_of(record.headers.get("warc-identified-payload-type", "")),
            charset=message.charset_of(head.get("Content-Type") or ""),
            etag=message.validator(head.get("ETag")),
            last_modified=message.validator(head.get("Last-Modified")),
            location=message.location(url, head),
            ip_address=record.headers.get("warc-ip-address"),
        )

    def _memento(self, group: _Group, taken: Taken) -> Memento:
        headers = group.main.headers
        captured_at = self._moment(headers.get("warc-date", ""))
        if group.metadata and _UNKNOWN in (group.metadata.block or b""):
            captured_at = None
        return Memento(
            captured_at=captured_at,
            said_by="file" if captured_at else None,
            note=f"{taken.name}@{group.main.offset}",
            facts=[(f"original-{name}", headers.get(f"warc-{name}")) for name in _KEPT_HEADERS],
            truncated=headers.get("warc-truncated"),
        )

    def _moment(self, printed: str) -> dt.datetime | None:
        """A WARC date that names at least a second, in UTC; None for any other, and for one that cannot be."""
        found = _DATE.fullmatch(printed.strip())
        if not found:
            return None
        try:
            whole = dt.datetime.fromisoformat(found.group(1))
        except ValueError:
            return None
        moment = whole + dt.timedelta(microseconds=int((found.group(2) or "0")[:6].ljust(6, "0")))
        return moment if moment.year >= _FIRST_YEAR and moment <= self._latest else None


_KEPT_HEADERS = ("record-id", "date", "block-digest", "payload-digest")


class _Unusable(Exception):  # noqa: N818 - it is caught where it is made
    """A record cannot be taken."""

    def __init__(self, code: Code, what: str) -> None:
        super().__init__(what)
        self.code = code


def _groups(found: Iterator[ForeignRecord | Fault], taken: Taken) -> Iterator[_Group | Fault]:
    """Records with their requests and metadata, which stand before or behind them."""
    open_group: _Group | None = None
    early: ForeignRecord | None = None
    for record in found:
        if isinstance(record, Fault):
            yield record
            continue
        taken.records += 1
        if record.kind in _MAIN:
            if open_group:
                yield open_group
            open_group = _Group(record, early if early and _belongs(early, record) else None)
            early = None
        elif record.kind == "request":
            if open_group and open_group.request is None and _belongs(record, open_group.main):
                open_group.request = record
            else:
                early = record
        elif record.kind == "metadata" and open_group and _belongs(record, open_group.main):
            open_group.metadata = open_group.metadata or record
    if open_group:
        yield open_group


def _belongs(other: ForeignRecord, main: ForeignRecord) -> bool:
    """True where one of the two names the other, or neither names anything and their addresses agree."""
    names = other.headers.get("warc-concurrent-to"), main.headers.get("warc-concurrent-to")
    if any(names):
        return names[0] == main.record_id or names[1] == other.record_id
    return other.url == main.url
