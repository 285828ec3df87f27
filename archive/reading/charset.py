"""Bytes → characters: which encoding a payload is in.

Here belongs the order of witnesses: byte order mark, UTF-8 that decodes without a fault, the declaration in the
document, then windows-1252, which web browsers assume and which decodes anything.
"""

import codecs
import re

_DECLARED = re.compile(rb"charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_:.-]{2,40})")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_USUAL = "windows-1252"
# Encodings of Python that no page is in: some raise whatever they are told, some take time that grows with the square.
_NOT_OF_PAGES = frozenset(("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"))
_BINARY = bytes({*range(9), 11, *range(14, 27), *range(28, 32)})
_MAGIC = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"\x7fELF", b"RIFF")


def decode(payload: bytes) -> str:
    """The payload as text; bytes that its encoding does not have become U+FFFD."""
    for mark, encoding in _MARKS:
        if payload.startswith(mark):
            return payload[len(mark) :].decode(encoding, "replace")
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(payload, 0, 4096)
    try:
        encoding = codecs.lookup(declared[1].decode("ascii")).name if declared else _USUAL
        return payload.decode(_USUAL if encoding in _NOT_OF_PAGES else encoding, "replace")
    except (LookupError, UnicodeError):
        return payload.decode(_USUAL, "replace")


def is_text(payload: bytes) -> bool:
    """False for known binary formats, and where control characters are more than a stray one in two hundred."""
    if payload.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    head = payload[:4096]
    return not head.startswith(_MAGIC) and len(head) - len(head.translate(None, _BINARY)) <= len(head) // 200


def is_html(text: str) -> bool:
    """True where the text has the marks of an HTML document near its beginning."""
    return bool(
        re.search(r"<(?:!doctype html|html|head|body|meta|title|article|div|p|h1)\b", text[:4096], re.IGNORECASE)
    )
