"""Packed bytes from anybody, unpacked as far as a limit.

Here belongs gzip and deflate, whether they come over the wire or lie in a sitemap or a feed. Not here: which coding an
answer says that it is in (`fetch.message`).
"""

import zlib
from io import BytesIO

_MOST_MEMBERS = 1_000
_PIECE = 65_536


class PackingError(ValueError):
    """The bytes are not packed as they should be, or hold more than is accepted.

    Attributes:
        is_too_long: True for the latter.
    """

    def __init__(self, what: str, *, is_too_long: bool = False) -> None:
        super().__init__(what)
        self.is_too_long = is_too_long


def gunzip(data: bytes, limit: int) -> bytes:
    """All gzip members of `data`, unpacked; what follows the last member is ignored, as browsers do.

    Raises:
        PackingError, zlib.error
    """
    out = BytesIO()
    members, position = 0, 0
    while data[position : position + 2] == b"\x1f\x8b" or not members:
        if members == _MOST_MEMBERS:
            raise PackingError(f"more than {_MOST_MEMBERS} packed parts one after the other")
        position = _inflate(data, position, out, limit, zlib.MAX_WBITS | 16)
        members += 1
    return out.getvalue()


def deflated(data: bytes, limit: int) -> bytes:
    """What `data` holds, in zlib's format or the bare one: half the servers mean this, and half that.

    Raises:
        PackingError, zlib.error
    """
    try:
        return _inflated(data, limit, zlib.MAX_WBITS)
    except zlib.error:
        return _inflated(data, limit, -zlib.MAX_WBITS)


def _inflated(data: bytes, limit: int, bits: int) -> bytes:
    out = BytesIO()
    _inflate(data, 0, out, limit, bits)
    return out.getvalue()


def _inflate(data: bytes, position: int, out: BytesIO, limit: int, bits: int) -> int:
    """Unpack the stream that begins at `position` into `out`, as far as `limit` in all; where it ends.

    A buffer gives out what it holds without copying it, which pieces that are joined at the end would be.
    """
    engine = zlib.decompressobj(bits)
    while not engine.eof and position < len(data):
        # In pieces: what zlib finds behind the end of a stream it copies.
        piece = data[position : position + _PIECE]
        position += len(piece)
        out.write(engine.decompress(piece, limit + 1 - out.tell()))
        if out.tell() > limit:
            raise PackingError(f"unpacked, it is longer than {limit} bytes", is_too_long=True)
    if not engine.eof:
        raise PackingError("the packed body ends early")
    return position - len(engine.unused_data)
