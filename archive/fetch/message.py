"""HTTP answers as bytes: head and body, and the two decodings between the wire and the page.

Here belongs what is needed to understand an answer that is already here, whether it has just come over the wire or
lies in a WARC file: both are read by the same functions. Pure. Not here: getting it (`wire`), judging it (`session`).
"""

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

import requests
from requests.utils import requote_uri

from archive.codes import Outcome
from archive.fetch.exchange import FetchError
from archive.normalise.packing import PackingError, deflated, gunzip

_VALIDATOR = re.compile(r"[\x20-\x7e]{1,512}")
CHUNK_SIZE = re.compile(rb"[0-9A-Fa-f]{1,15}(?=[ \t]*(?:;|\r\n\Z))")
REDIRECTS = {301, 302, 303, 307, 308}
BODILESS = {204, 304}
"""Answers that end with their head, whatever it says."""
_MOST_CODINGS = 3


@dataclass(frozen=True, slots=True)
class Head:
    """A status line and its header fields, in order, as text (Latin-1: a character for a byte)."""

    status_line: str
    fields: tuple[tuple[str, str], ...]

    @property
    def status(self) -> int | None:
        """The three digits of the status line; None where there are none."""
        found = re.match(r"HTTP/\d(?:\.\d)? +(\d{3})(?: |\Z)", self.status_line)
        return int(found.group(1)) if found else None

    def get(self, name: str) -> str | None:
        """The first field of this name, whatever its case."""
        return next((value for field, value in self.fields if field.lower() == name.lower()), None)

    def tokens(self, name: str) -> list[str]:
        """The comma-separated values of all fields of this name, in lower case."""
        values = (value for field, value in self.fields if field.lower() == name.lower())
        return [token.strip().lower() for value in values for token in value.split(",") if token.strip()]

    @property
    def mime(self) -> str | None:
        """The content type without parameters, in lower case; None where none or nothing usable is declared."""
        return mime_of(self.get("Content-Type") or "")


def mime_of(declared: str) -> str | None:
    """A content type without parameters, in lower case; None where nothing usable is declared."""
    plain = declared.partition(";")[0].strip().lower()
    return plain if re.fullmatch(r"[!-.0-~]+/[!-.0-~]+", plain) else None


def location(url: str, head: Head) -> str | None:
    """Where the redirect of `url` points, made absolute and percent-encoded; None where it says nothing usable."""
    printed = head.get("Location")
    if not printed or head.status not in REDIRECTS:
        return None
    try:
        text = printed.encode("latin-1").decode()
    except UnicodeDecodeError:
        text = printed
    try:
        return urldefrag(requote_uri(urljoin(url, text))).url
    except (ValueError, requests.RequestException):
        return None


def validator(printed: str | None) -> str | None:
    """A validator that can be sent back without harm."""
    return printed if printed and _VALIDATOR.fullmatch(printed) else None


def charset_of(declared: str) -> str | None:
    """The encoding that a content type declares; None where it declares none that can be a name."""
    found = re.search(r";\s{0,9}charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_:.-]{2,40})", declared[:500], re.IGNORECASE)
    return found.group(1).lower() if found else None


def split(block: bytes) -> tuple[bytes, bytes]:
    """Head (with the blank line that ends it) and body of an answer.

    The head ends at the first line that holds nothing but white space, as in warcio, whose digests depend on it.
    """
    start = 0
    while start < len(block):
        end = block.find(b"\n", start) + 1 or len(block)
        line = block[start:end].decode("latin-1")
        start = end
        if not line.strip():
            break
    return block[:start], block[start:]


def parse_head(head: bytes) -> Head:
    """Read a head; lines that are no fields are skipped, continuation lines joined."""
    lines = re.sub(r"\r?\n[ \t]+", " ", head.decode("latin-1")).split("\n")
    fields = [line.rstrip("\r").partition(":") for line in lines[1:] if ":" in line]
    return Head(lines[0].strip(), tuple((name.strip(), value.strip()) for name, _, value in fields))


def transfer_decoded(head: Head, body: bytes) -> bytes:
    """The body without the framing of its way: chunks joined, trailers dropped.

    Raises:
        FetchError: `broken_response` where the chunks are broken, or the transfer coding is another one.
    """
    codings = [name for name in head.tokens("Transfer-Encoding") if name != "identity"]
    if not codings or head.status in BODILESS:
        return body
    if codings != ["chunked"]:
        raise _broken(f"the transfer coding {', '.join(codings)!r} was not asked for")
    # Views, so that a long body is copied once and not twice.
    chunks: list[memoryview] = []
    view = memoryview(body)
    position = 0
    while True:
        end = body.find(b"\n", position) + 1
        size = CHUNK_SIZE.match(body[position : end or position])
        if not size:
            raise _broken(f"no chunk begins at byte {position} of the body")
        length = int(size.group(), 16)
        if length == 0:
            return b"".join(chunks)
        position = end + length
        if body[position : position + 2] != b"\r\n":
            raise _broken(f"the chunk at byte {end} of the body does not end where it says")
        chunks.append(view[end:position])
        position += 2


def content_decoded(head: Head, coded: bytes, *, max_bytes: int) -> bytes:
    """The entity: `coded` without its content codings (gzip, deflate).

    Args:
        head: names the codings.
        coded: the body after transfer decoding.
        max_bytes: the longest entity that is accepted, also between two codings.

    Raises:
        FetchError: `broken_response` for an unknown coding or a body that is not in that coding or ends early;
            `too_large` where a limit was met.
    """
    codings = [name for name in head.tokens("Content-Encoding") if name != "identity"]
    if len(codings) > _MOST_CODINGS:
        raise _broken(f"{len(codings)} content codings, one in the other")
    if not coded:
        return b""
    entity = coded
    for coding in reversed(codings):
        decoder = _DECODERS.get(coding)
        if decoder is None:
            raise _broken(f"the content coding {coding!r} was not asked for")
        try:
            entity = decoder(entity, max_bytes) if entity else entity
        except PackingError as error:
            raise (_too_large if error.is_too_long else _broken)(str(error)) from None
        except zlib.error:
            raise _broken(f"the body is not {coding}, as its head says") from None
    if len(entity) > max_bytes:
        raise _too_large(f"the page is longer than {max_bytes} bytes")
    return entity


def _broken(detail: str) -> FetchError:
    return FetchError(Outcome.BROKEN_RESPONSE, detail)


def _too_large(detail: str) -> FetchError:
    return FetchError(Outcome.TOO_LARGE, detail)


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {"gzip": gunzip, "x-gzip": gunzip, "deflate": deflated}
