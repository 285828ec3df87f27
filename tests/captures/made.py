"""Exchanges as the session makes them, without a network; and stores that are read by others."""

import datetime as dt
import hashlib
from io import BytesIO
from pathlib import Path

from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from archive.captures.store import CaptureStore
from archive.codes import Outcome
from archive.fetch import message
from archive.fetch.exchange import Exchange

WARC = "roundtable-00001.warc.gz"
URL = "http://www.example.test/page"
START = dt.datetime(2018, 10, 8, 9, 0, 0, 250, dt.UTC)
REQUEST = b"GET /page HTTP/1.1\r\nHost: www.example.test\r\n\r\n"
ODD = (
    b"HTTP/1.1 200 All  is well \r\n"
    b"x-odd-CASE:no space\r\n"
    b"SET-cookie: a=1\r\n"
    b"Set-Cookie:   b=2  \r\n"
    b"X-Latin: caf\xe9 \xff\r\n"
    b"X-Folded: one\r\n\ttwo\r\n"
    b"X-Empty:\r\n"
    b"Content-Type: text/html\r\n"
    b"Transfer-Encoding: chunked\r\n"
    b"\r\n"
)


def exchange(
    body: bytes = b"page",
    *,
    minute: int = 0,
    url: str = URL,
    head: bytes | None = None,
    outcome: Outcome = Outcome.FETCHED,
    etag: str | None = None,
    tls: str | None = None,
) -> Exchange:
    """A whole answer, `minute` minutes after the first."""
    raw_head = head or b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body)
    parsed = message.parse_head(raw_head)
    return Exchange(
        url=url,
        started_at=START + dt.timedelta(minutes=minute),
        outcome=outcome,
        request=REQUEST,
        response=raw_head,
        body=body,
        entity=message.content_decoded(parsed, message.transfer_decoded(parsed, body), max_bytes=10**9),
        status=parsed.status,
        mime=parsed.mime,
        etag=etag,
        ip_address="127.0.0.1",
        tls=tls,
    )


def not_modified(*, minute: int, etag: str | None = None) -> Exchange:
    return exchange(b"", minute=minute, head=b"HTTP/1.1 304 Same\r\n\r\n", outcome=Outcome.UNCHANGED, etag=etag)


def store_in(folder: Path, max_bytes: int = 10**9) -> CaptureStore:
    return CaptureStore(folder, software="roundtable-archive/test", max_bytes=max_bytes)


def read_by_others(path: Path) -> list[tuple[dict[str, str], bytes]]:
    """Every record's WARC headers and block as warcio reads them, once both readers have checked all digests."""
    with path.open("rb") as handle:
        for record in ArchiveIterator(handle, check_digests="raise"):
            record.raw_stream.read()
    with path.open("rb") as handle:
        found = [
            (dict(record.rec_headers.headers), record.raw_stream.read())
            for record in ArchiveIterator(handle, no_record_parse=True)
        ]
    fast = []
    for record in FastIterator(BytesIO(path.read_bytes()), parse_http=False):
        assert record.verify_block_digest()
        fast.append((dict(record.headers.items()), record.reader.read()))
    assert [(headers["WARC-Record-ID"], block) for headers, block in fast] == [
        (headers["WARC-Record-ID"], block) for headers, block in found
    ]
    return found


def records(store: CaptureStore, name: str = WARC) -> list[tuple[dict[str, str], bytes]]:
    """What others read in one of the store's files."""
    return read_by_others(store.folder / name)


def contents(folder: Path) -> dict[str, str]:
    """Every file with a digest of its bytes."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
