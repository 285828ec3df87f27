"""Single WARC records: made as gzip members, and opened again.

Here belongs the format: which headers a record has, and that its block holds the bytes as they came. Pure: bytes in,
bytes out. Not here: files, and which record follows which (`store`).
"""

import datetime as dt
import re
import uuid
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

VERSION = "WARC/1.1"
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
COMMIT = "Roundtable-Commit"
"""A header of ours: what has the same one was written together and counts together."""

Fields = Sequence[tuple[str, str | None]]
"""Names and values in order; those with None are left out."""

_PIECE = 1 << 20
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTENT_TYPES = {
    "warcinfo": "application/warc-fields",
    "metadata": "application/warc-fields",
    "request": "application/http; msgtype=request",
    "response": "application/http; msgtype=response",
    "revisit": "application/http; msgtype=response",
}


@dataclass(frozen=True, slots=True)
class Record:
    """A record ready to be written.

    Attributes:
        kind: WARC-Type.
        record_id: WARC-Record-ID, without angle brackets.
        member: the whole record as one gzip member.
        payload_digest: WARC-Payload-Digest as warcio computes it; None where the record has none.
    """

    kind: str
    record_id: str
    member: bytes
    payload_digest: str | None


class _Verbatim(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """An HTTP head that warcio writes as it came: case, order, white space and stray bytes."""

    def __init__(self, head: bytes) -> None:
        super().__init__("as it came", [])
        self._head = head

    def compute_headers_buffer(self, header_filter: object = None) -> None:  # noqa: ARG002 - the parent's
        self.headers_buff = self._head


def new_id() -> str:
    """A fresh WARC-Record-ID."""
    return uuid.uuid4().urn


def warc_date(moment: dt.datetime) -> str:
    """A moment in UTC as WARC 1.1 writes it, with microseconds."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def http(kind: str, record_id: str, fields: Fields, head: bytes, body: bytes) -> Record:
    """A `request`, `response` or `revisit` record around an HTTP message. Of a revisit only the head is written."""
    return _made(kind, record_id, fields, _CONTENT_TYPES[kind], body, _Verbatim(head))


def plain(kind: str, record_id: str, fields: Fields, block: bytes, content_type: str | None = None) -> Record:
    """A `warcinfo`, `metadata`, `resource` or `conversion` record."""
    return _made(kind, record_id, fields, content_type or _CONTENT_TYPES[kind], block, None)


def warc_fields(fields: Fields) -> bytes:
    """A block of type application/warc-fields."""
    return "".join(f"{name}: {_clean(value)}\r\n" for name, value in fields if value is not None).encode()


def opened(member: bytes) -> tuple[dict[str, str], bytes]:
    """The WARC headers (names in lower case) and the block of one gzip member.

    Raises:
        ValueError: it is not one whole record.
    """
    engine = zlib.decompressobj(zlib.MAX_WBITS | 16)
    unpacked = BytesIO()
    try:
        for start in range(0, len(member), _PIECE):
            unpacked.write(engine.decompress(member[start : start + _PIECE]))
    except zlib.error as error:
        raise ValueError(f"the gzip member is damaged: {error}") from None
    if not engine.eof or engine.unused_data:
        raise ValueError("this is not one whole gzip member")
    record = unpacked.getvalue()
    end = record.find(b"\r\n\r\n")
    lines = record[: max(end, 0)].decode("utf-8", errors="replace").split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    length = headers.get("content-length", "")
    if not lines[0].startswith("WARC/") or not length.isdigit():
        raise ValueError("this is not a WARC record")
    start = end + 4
    if record[start + int(length) :] != b"\r\n\r\n":
        raise ValueError("the record is not as long as it says")
    return headers, record[start : start + int(length)]


def _made(kind: str, record_id: str, fields: Fields, content_type: str, body: bytes, head: _Verbatim | None) -> Record:
    headers = [("WARC-Type", kind), ("WARC-Record-ID", f"<{record_id}>")]
    headers += [(name, _clean(value)) for name, value in fields if value is not None]
    warc_headers = StatusAndHeaders("", headers, protocol=VERSION)
    record = ArcWarcRecord("warc", kind, warc_headers, BytesIO(body), head, _clean(content_type), len(body))
    record.payload_length = len(body)
    out = BytesIO()
    WARCWriter(out, gzip=True, warc_version=VERSION).write_record(record)
    return Record(kind, record_id, out.getvalue(), warc_headers.get_header("WARC-Payload-Digest"))


def _clean(value: str) -> str:
    """Fit for one header line: what could end it or break its bytes is percent-encoded."""
    value = value.encode("utf-8", errors="replace").decode()
    return _CONTROL.sub(lambda found: quote(found.group()), value)
