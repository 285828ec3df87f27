"""Answers as other people's archives hold them: the entity, where head and body need not agree.

Crawlers keep a head as it came beside a body that they have unpacked already, or cut, or packed in a coding that we
never ask for. Here belongs making the best of that, for captures that were made elsewhere. Pure. Not here: answers
that came over our own wire, which must be sound (`message`).
"""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import brotli
import zstandard

from archive.codes import Outcome
from archive.fetch import message
from archive.fetch.exchange import FetchError

_PIECE = 65_536
_PACKED_PIECE = 4_096
"""Bytes that zlib is given at a time: they never become more than a thousand times as many."""
_MOST_CODINGS = 3
_LARGEST_WINDOW = 1 << 27
_BROKEN = (zlib.error, brotli.error, zstandard.ZstdError)


def entity(head: message.Head, body: bytes, *, max_bytes: int) -> bytes:
    """The entity of an answer: what can be unpacked is, and what is not packed as its head says is taken as it is.

    Args:
        head: names the codings.
        body: as the archive holds it.
        max_bytes: the longest entity that is accepted, also between two codings.

    Returns:
        The entity; of a body that ends early, the part of it that is there.

    Raises:
        FetchError: `too_large`.
    """
    data = _joined(body) if "chunked" in head.tokens("Transfer-Encoding") else body
    for name in reversed(head.tokens("Content-Encoding")[:_MOST_CODINGS]):
        coding = _CODINGS.get(name)
        if coding and data:
            data = _unpacked(coding, data, max_bytes)
    if len(data) > max_bytes:
        raise _too_large(max_bytes)
    return data


@dataclass(frozen=True, slots=True)
class _Coding:
    """A content coding.

    Attributes:
        parts: unpacks, piece by piece; raises one of `_BROKEN`, or ends early where the data do.
        magic: how packed data begin. Without one, only data without a fault are believed to be packed.
    """

    parts: Callable[[bytes], Iterator[bytes]]
    magic: bytes = b""


def _joined(body: bytes) -> bytes:
    """The chunks of a body, as far as they go; a body that does not begin with a chunk as it is."""
    parts: list[bytes] = []
    position = 0
    while position < len(body):
        end = body.find(b"\n", position) + 1
        size = message.CHUNK_SIZE.match(body[position : end or position])
        if not size:
            break
        stop = end + int(size.group(), 16)
        if body[stop : stop + 2] not in {b"\r\n", b""}:
            break
        parts.append(body[end:stop])
        position = stop + 2
    return b"".join(parts) if position else body


def _unpacked(coding: _Coding, data: bytes, limit: int) -> bytes:
    if not data.startswith(coding.magic):
        return data
    parts: list[bytes] = []
    room = limit
    try:
        for part in coding.parts(data):
            parts.append(part)
            room -= len(part)
            if room < 0:
                raise _too_large(limit)
    except _BROKEN:
        if not coding.magic:
            return data
    return b"".join(parts)


def _too_large(limit: int) -> FetchError:
    return FetchError(Outcome.TOO_LARGE, f"unpacked, it is longer than {limit} bytes")


def _gzip(data: bytes) -> Iterator[bytes]:
    position = 0
    while data[position : position + 2] == b"\x1f\x8b":
        engine = zlib.decompressobj(zlib.MAX_WBITS | 16)
        while not engine.eof and position < len(data):
            piece = data[position : position + _PACKED_PIECE]
            yield engine.decompress(piece)
            position += len(piece) - len(engine.unused_data)


def _deflate(data: bytes) -> Iterator[bytes]:
    # Half the servers mean zlib's format, as they should, and half the bare one.
    looks_right = len(data) > 1 and data[0] & 15 == 8 and (data[0] * 256 + data[1]) % 31 == 0
    engine = zlib.decompressobj(zlib.MAX_WBITS if looks_right else -zlib.MAX_WBITS)
    for start in range(0, len(data), _PACKED_PIECE):
        yield engine.decompress(data[start : start + _PACKED_PIECE])
    if not engine.eof:
        raise zlib.error("it ends early")


def _brotli(data: bytes) -> Iterator[bytes]:
    engine = brotli.Decompressor()
    part = engine.process(data, output_buffer_limit=_PIECE)
    while part or not engine.can_accept_more_data():
        yield part
        part = engine.process(b"", output_buffer_limit=_PIECE)
    if not engine.is_finished():
        raise brotli.error("it ends early")


def _zstd(data: bytes) -> Iterator[bytes]:
    engine = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
    with engine.stream_reader(data, read_across_frames=True) as reader:
        while part := reader.read(_PIECE):
            yield part


_CODINGS = {
    "gzip": _Coding(_gzip, b"\x1f\x8b"),
    "x-gzip": _Coding(_gzip, b"\x1f\x8b"),
    "deflate": _Coding(_deflate),
    "br": _Coding(_brotli),
    "zstd": _Coding(_zstd, b"\x28\xb5\x2f\xfd"),
}
