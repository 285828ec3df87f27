"""Other people's WARC files: their records one by one, and where a file is not what it should be.

Here belongs reading what wget, Heritrix, Browsertrix, warcio, Common Crawl and many others write: packed record by
record, packed as a whole, in blocks, or not at all. Every fault is told with its offset, and reading goes on behind
it. Reads and reports, keeps nothing. Not here: what becomes of a record (`accession`), and our own files, which must
be exact (`records`, `verify`).
"""

import base64
import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from archive.codes import Code, RoundtableError

_PIECE = 65_536
_MOST_UNPACKED = 1 << 18
"""Bytes that one step of unpacking may make."""
_LONGEST_HEAD = 1 << 20
_GZIP = b"\x1f\x8b"
_ZSTD = (b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18")
_BAD_ZIP = (zipfile.BadZipFile, zlib.error, EOFError)
"""What reading a file within a damaged zip raises."""
_VERSION = re.compile(rb"WARC/\d+\.\d+\s*\Z")
_DIGESTS = {"sha1": "sha1", "sha-1": "sha1", "sha256": "sha256", "sha-256": "sha256", "sha512": "sha512", "md5": "md5"}


@dataclass(frozen=True, slots=True)
class ForeignRecord:
    """A record as it stands in another's file.

    Attributes:
        offset: where it begins in that file; in a packed file, where the gzip member that it begins in does.
        headers: WARC headers, names in lower case; of a header that comes twice, the first.
        length: of the block, in bytes.
        block: the bytes; None where they are more than was asked for.
    """

    offset: int
    headers: Mapping[str, str]
    length: int
    block: bytes | None

    @property
    def kind(self) -> str:
        """WARC-Type."""
        return self.headers.get("warc-type", "").lower()

    @property
    def record_id(self) -> str:
        """WARC-Record-ID, as it is written; empty where there is none."""
        return self.headers.get("warc-record-id", "")

    @property
    def url(self) -> str:
        """WARC-Target-URI; some programs put it between angle brackets."""
        return self.headers.get("warc-target-uri", "").removeprefix("<").removesuffix(">")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a file that could not be used.

    Attributes:
        offset: where, as for a record.
        code: which of the known faults.
        what: in words.
    """

    offset: int
    code: Code
    what: str


def records(stream: BinaryIO, name: str, *, max_bytes: int) -> Iterator[ForeignRecord | Fault]:
    """The records of a WARC file, in order, and the faults between them.

    Args:
        stream: the file, at its beginning; it must be seekable.
        name: its name, for messages.
        max_bytes: of a longer block only the headers are given.

    Raises:
        RoundtableError: `arc_refused`, `warc_unreadable` where the file is something else altogether.
        OSError: the file cannot be read.
    """
    try:
        start = stream.read(12)
        stream.seek(0)
    except _BAD_ZIP as error:
        raise RoundtableError(Code.WARC_UNREADABLE, f"the zip file is damaged here: {error}", name) from None
    if start.startswith(_ZSTD):
        advice = "unpack it first: zstd -d (a file of its own dictionary needs the tool that wrote it)"
        raise RoundtableError(Code.WARC_UNREADABLE, "the file is packed with zstd", name, advice)
    reader = _Reader(stream, is_packed=start.startswith(_GZIP))
    _check_beginning(reader, name)
    while True:
        try:
            record = _next(reader, max_bytes)
        except _Broken as broken:
            yield Fault(broken.offset, Code.RECORD_DAMAGED, str(broken))
            if not reader.find_next(broken.offset):
                return
            continue
        if record is None:
            return
        yield record if _is_whole(record) else _altered(record)


class _Broken(Exception):  # noqa: N818 - it is caught where it is made
    """The file is not as it should be from this offset on."""

    def __init__(self, offset: int, what: str) -> None:
        super().__init__(what)
        self.offset = offset


def _check_beginning(reader: "_Reader", name: str) -> None:
    """Refuse a file that never was one of WARC records."""
    try:
        start = reader.peek(11).lstrip()
    except _Broken:
        # It is packed, so it may well be a WARC file whose first record is damaged.
        reader.restart()
        return
    if start.startswith(b"filedesc:"):
        raise RoundtableError(Code.ARC_REFUSED, "this is an ARC file, the format before WARC", name)
    if not start.startswith(b"WARC/"):
        what = "the file is empty" if not start else f"the file begins with {start!r}, and not with a WARC record"
        raise RoundtableError(Code.WARC_UNREADABLE, what, name)


def _next(reader: "_Reader", max_bytes: int) -> ForeignRecord | None:
    """The next record; None at the end of the file."""
    line = reader.line()
    while line and not line.strip():
        line = reader.line()
    if not line:
        return None
    offset = reader.line_offset
    if not _VERSION.match(line):
        raise _Broken(offset, f"no record begins here, but {line[:40]!r}")
    headers = _headers(reader, offset)
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        raise _Broken(offset, f"the record does not say how long it is (Content-Length: {length!r})")
    block = reader.block(int(length), offset, keep=int(length) <= max_bytes)
    reader.settle()
    return ForeignRecord(offset, headers, int(length), block)


def _headers(reader: "_Reader", offset: int) -> dict[str, str]:
    found: dict[str, str] = {}
    name, room = "", _LONGEST_HEAD
    while True:
        line = reader.line()
        room -= len(line)
        if not line.endswith(b"\n") or room < 0:
            raise _Broken(offset, "the record ends within its headers" if room >= 0 else "the headers have no end")
        text = line.decode("utf-8", errors="replace").rstrip("\r\n")
        if not text.strip():
            return found
        if text[0] in " \t" and name in found:
            found[name] += " " + text.strip()
            continue
        name, colon, value = text.partition(":")
        name = name.strip().lower()
        if colon:
            found.setdefault(name, value.strip())


def _is_whole(record: ForeignRecord) -> bool:
    """False where the block is not what its digest says; a digest in an unknown form says nothing."""
    name, _, printed = record.headers.get("warc-block-digest", "").partition(":")
    algorithm = _DIGESTS.get(name.strip().lower())
    if record.block is None or algorithm is None:
        return True
    digest = hashlib.new(algorithm, record.block, usedforsecurity=False).digest()
    forms = {digest.hex(), base64.b32encode(digest).decode().rstrip("=").lower()}
    return printed.strip().rstrip("=").lower() in forms


def _altered(record: ForeignRecord) -> Fault:
    what = f"the {record.kind or 'unnamed'} record of {record.url or 'no address'} does not agree with its digest"
    return Fault(record.offset, Code.RECORD_DAMAGED, what)


class _Reader:
    """The bytes of a file, unpacked where it is packed, with the offsets at which they lie in it."""

    def __init__(self, stream: BinaryIO, *, is_packed: bool) -> None:
        self._stream = stream
        self._is_packed = is_packed
        self._is_lost = False
        self.line_offset = 0
        self._begin(0)

    def _begin(self, position: int) -> None:
        self._stream.seek(position)
        self._position = position
        self._buffer = b""
        self._raw = b""
        self._engine: zlib._Decompress | None = None
        self._member = position

    @property
    def _offset(self) -> int:
        """Where the next byte lies, or the member that it is in."""
        return self._member if self._is_packed else self._position - len(self._buffer)

    def restart(self) -> None:
        self._begin(0)

    def peek(self, most: int) -> bytes:
        while len(self._buffer) < most and self._fill():
            pass
        return self._buffer[:most]

    def line(self) -> bytes:
        """Up to and with the next newline; what is left at the end of the file; nothing behind it."""
        if not self._buffer:
            self._fill()
        self.line_offset = self._offset
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0:
            searched = len(self._buffer)
            if searched > _LONGEST_HEAD or not self._fill():
                end = len(self._buffer) - 1
                break
        line, self._buffer = self._buffer[: end + 1], self._buffer[end + 1 :]
        return line

    def block(self, length: int, offset: int, *, keep: bool) -> bytes | None:
        parts: list[bytes] = []
        left = length
        while left:
            if not self._buffer and not self._fill():
                raise _Broken(offset, f"the file ends {left} bytes before the end of this record")
            part, self._buffer = self._buffer[:left], self._buffer[left:]
            left -= len(part)
            if keep:
                parts.append(part)
        return b"".join(parts) if keep else None

    def settle(self) -> None:
        """Go behind the blank lines that end a record, and to the end of its member, where its checksum is."""
        if not self._is_packed:
            return
        while True:
            self._buffer = self._buffer.lstrip(b"\r\n")
            if self._buffer or self._engine is None or self._engine.eof:
                return
            self._fill()

    def find_next(self, offset: int) -> bool:
        """Go to the next place behind `offset` at which a record begins; False where there is none."""
        if self._is_lost:
            return False
        position = offset + 1
        mark = _GZIP + b"\x08" if self._is_packed else b"\nWARC/"
        tail = b""
        self._stream.seek(position)
        while piece := self._stream.read(_PIECE):
            window = tail + piece
            found = window.find(mark)
            while found >= 0:
                candidate = position - len(tail) + found + mark.startswith(b"\n")
                if self._begins_record(candidate):
                    return True
                found = window.find(mark, found + 1)
            position += len(piece)
            tail = window[-len(mark) + 1 :]
            self._stream.seek(position)
        return False

    def _begins_record(self, position: int) -> bool:
        self._begin(position)
        try:
            return bool(_VERSION.match(self.peek(12).split(b"\n")[0]))
        except _Broken:
            return False
        finally:
            self._begin(position)

    def _fill(self) -> bool:
        """Add to the buffer; False at the end of the file."""
        if not self._is_packed:
            piece = self._read()
            self._buffer += piece
            return bool(piece)
        if self._engine is None or self._engine.eof:
            while len(self._raw) < len(_GZIP) and (piece := self._read()):
                self._raw += piece
            if not self._raw:
                return False
            self._member = self._position - len(self._raw)
            if not self._raw.startswith(_GZIP):
                raise _Broken(self._member, f"no packed record begins here, but {self._raw[:8]!r}")
            self._engine = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._raw = self._raw or self._read()
        if not self._raw:
            raise _Broken(self._member, "the file ends within this packed record")
        try:
            self._buffer += self._engine.decompress(self._raw, _MOST_UNPACKED)
        except zlib.error as error:
            raise _Broken(self._member, f"the packed record is damaged: {error}") from None
        self._raw = self._engine.unused_data if self._engine.eof else self._engine.unconsumed_tail
        return True

    def _read(self) -> bytes:
        try:
            piece = self._stream.read(_PIECE)
        except _BAD_ZIP as error:
            # A file within a zip: what follows cannot be reached.
            self._is_lost = True
            raise _Broken(self._offset, f"the zip file is damaged here: {error}") from None
        self._position += len(piece)
        return piece
