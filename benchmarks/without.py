"""The saved pages without one kind of evidence: how a reader would do where publishers do not give it.

    python -m benchmarks.reading --without [KIND…]

Here belongs taking evidence away from bytes. Not here: measuring (`reading`).
"""

import re
from collections.abc import Callable, Mapping

_JSON_LD = re.compile(rb"<script[^>]*application/ld\+json[^>]*>.*?</script>", re.DOTALL | re.IGNORECASE)
_META = re.compile(rb"<meta\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(rb"<[a-zA-Z][^<>]*>")
_VALUE = rb"""\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)"""
_NAMES = re.compile(rb"\s(?:class|id)" + _VALUE, re.IGNORECASE)
_MARKS = re.compile(rb"\s(?:itemprop|itemtype|itemscope|rel|property|data-[\w-]+)" + _VALUE, re.IGNORECASE)
_SECTIONS = re.compile(rb"<(/?)(?:article|main|section|aside|header|footer|nav)\b", re.IGNORECASE)


def _json_ld(content: bytes) -> bytes:
    return _JSON_LD.sub(b"", content)


def _meta(content: bytes) -> bytes:
    return _META.sub(lambda found: found[0] if b"charset" in found[0].lower() else b"", content)


def _names(content: bytes) -> bytes:
    return _TAG.sub(lambda tag: _NAMES.sub(b"", tag[0]), content)


def _marks(content: bytes) -> bytes:
    return _TAG.sub(lambda tag: _MARKS.sub(b"", tag[0]), content)


def _sections(content: bytes) -> bytes:
    return _SECTIONS.sub(rb"<\1div", content)


KINDS: Mapping[str, Callable[[bytes], bytes]] = {
    "json-ld": _json_ld,
    "meta": _meta,
    "json-ld+meta": lambda content: _meta(_json_ld(content)),
    "names": _names,
    "marks": _marks,
    "sections": _sections,
    "names+sections": lambda content: _sections(_names(content)),
    "all": lambda content: _marks(_names(_meta(_json_ld(content)))),
}
"""What is taken away: JSON-LD, meta tags, classes and ids, properties, sectioning elements;
`all` leaves elements and words."""
