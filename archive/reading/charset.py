"""Bytes → characters: which encoding a payload is in.

Here belongs the order of witnesses: byte order mark, UTF-8 that decodes with hardly a fault (whatever is declared: no
other text does that by chance), the HTTP header, the declaration in the document, then detection by the bytes alone,
and at last windows-1252, which web browsers assume and which decodes anything.
"""

import codecs
import re

from charset_normalizer import from_bytes

_DECLARED = re.compile(rb"charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_:.-]{2,40})")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_USUAL = "windows-1252"
# Encodings of Python that no page is in: some raise whatever they are told, some take time that grows with the square.
_NOT_OF_PAGES = frozenset(("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"))
_ESCAPED = frozenset(("iso2022_jp", "iso2022_kr", "hz"))
"""Encodings of other scripts in bytes that are all ASCII."""
_OTHER_SCRIPTS = "cp1251 koi8_r cp1253 cp1255 cp1256 cp874 shift_jis euc_jp gb18030 big5 euc_kr".split()
_MOST_BROKEN = 10
"""Of so many characters beyond ASCII one may be broken in a text that is UTF-8 all the same: it was cut, or mixed.
Where UTF-8 is declared, half of them may."""
_ENOUGH = 64
"""Bytes beyond ASCII that it takes to tell one script from another."""
_TAGS = re.compile(rb"<[^>]{0,2000}>")
_SAMPLE = 65_536
_NO_LETTERS = bytes(byte for byte in range(128) if not chr(byte).isalpha())
_BINARY = bytes({*range(9), 11, *range(14, 27), *range(28, 32)})
_MAGIC = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"\x7fELF", b"RIFF")


def decode(payload: bytes, header: str | None = None) -> str:
    """The payload as text; bytes that its encoding does not have become U+FFFD.

    Args:
        payload: a page or a text.
        header: the encoding that came with it, if one was declared.
    """
    for mark, encoding in _MARKS:
        if payload.startswith(mark):
            return payload[len(mark) :].decode(encoding, "replace")
    found = _DECLARED.search(payload, 0, 4096)
    declared = [name for name in map(_known, (header, found[1].decode("ascii") if found else None)) if name]
    if not payload.isascii() or not _ESCAPED.intersection(declared):
        try:
            return payload.decode("utf-8")
        except UnicodeError:
            # Most pages are what they should be; the others are looked at.
            text = payload.decode("utf-8", "replace")
        share = 2 if "utf-8" in declared else _MOST_BROKEN
        if text.count("\ufffd") * share <= len(text) - len(text.encode("ascii", "ignore")):
            return text
    declared = [encoding for encoding in declared if encoding != "utf-8"]
    for encoding in declared:
        try:
            return payload.decode(encoding)
        except UnicodeError:
            continue
    try:
        return payload.decode(declared[0] if declared else _detected(payload), "replace")
    except UnicodeError:
        return payload.decode(_USUAL, "replace")


def _known(name: str | None) -> str | None:
    """Python's name of an encoding that pages are in."""
    try:
        found = codecs.lookup((name or "").strip("\"' ").encode("ascii").decode()).name
        # Some names are of codecs that are no encodings of text.
        b"a".decode(found, "replace")
    except (LookupError, ValueError):
        return None
    # What browsers do: pages that say Latin-1 mean what Windows made of it.
    found = {"iso8859-1": _USUAL, "ascii": _USUAL}.get(found, found)
    return None if found in _NOT_OF_PAGES else found


def _detected(payload: bytes) -> str:
    """The likeliest encoding of a page that declares none.

    Texts in Latin letters have few other bytes, and for them the usual encoding is the better guess.
    """
    words = _TAGS.sub(b" ", payload[:_SAMPLE])
    high = sum(byte > 127 for byte in words)
    if high < _ENOUGH or high * 4 < len(words.translate(None, _NO_LETTERS)):
        return _USUAL
    best = from_bytes(words, cp_isolation=_OTHER_SCRIPTS).best()
    return best.encoding if best else _USUAL


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
