"""Pages that are too large to be read: their bytes are kept, and nobody tries to understand them.

Here belongs how large a page may be, by its bytes and by its parts: what is made of a page takes up to a kilobyte for
each of them, so bytes alone would bound nothing. Not here: nesting and attributes (`nesting`), and what is fetched
and kept (`fetch.wire`). The figures stand in docs/performance.md.
"""

import re

MOST_BYTES = 5_000_000
MOST_PARTS = 100_000
"""Tags that open an element, or lines of a text copy. A page of 120 kB has about 1,500."""

_TAG = re.compile(r"<[a-zA-Z]")
_LINE = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def size_refusal(payload_bytes: int) -> str | None:
    """Why a payload of this length is not read; None where it is."""
    return _refusal(payload_bytes, "bytes", MOST_BYTES)


def parts_refusal(text: str, *, is_html: bool) -> str | None:
    """Why a page of so many elements, or a text of so many lines, is not read; None where it is."""
    if is_html and text.count("<") <= MOST_PARTS:
        return None
    parts = sum(1 for _ in (_TAG if is_html else _LINE).finditer(text))
    return _refusal(parts, "elements" if is_html else "lines", MOST_PARTS)


def _refusal(number: int, unit: str, most: int) -> str | None:
    return f"{number:,} {unit} are more than the {most:,} that are read of a page" if number > most else None
