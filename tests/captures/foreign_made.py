"""WARC files as other programs write them: what each does in its own way, in words of our own.

The form of GNU Wget is that of a file that its version 1.21 wrote; the others follow what is documented of them.
"""

import base64
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Sequence

URL = "http://www.example.test/page"
DATE = "2014-06-02T10:20:30Z"
PAGE = b"<html><head><title>Old</title></head><body><p>The old page.</p></body></html>"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
GET = b"GET /page HTTP/1.1\r\nHost: www.example.test\r\n\r\n"
RESPONSE = "application/http; msgtype=response"
REQUEST = "application/http; msgtype=request"


def sha1(block: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()


def record(kind: str, block: bytes, *headers: tuple[str, str], version: str = "1.0", newline: str = "\r\n") -> bytes:
    """One record, not packed."""
    lines = [f"WARC/{version}", f"WARC-Type: {kind}", *(f"{name}: {value}" for name, value in headers)]
    lines.append(f"Content-Length: {len(block)}")
    return (newline.join(lines) + newline * 2).encode() + block + (newline * 2).encode()


def answer(body: bytes = PAGE, head: bytes | None = None) -> bytes:
    return (head or HEAD % len(body)) + body


def info(number: int = 0) -> bytes:
    return record(
        "warcinfo", b"software: a crawler\r\n", ("WARC-Record-ID", f"<urn:uuid:info-{number}>"), ("WARC-Date", DATE)
    )


def response(
    block: bytes | None = None, *headers: tuple[str, str], number: int = 1, url: str = URL, date: str | None = DATE
) -> bytes:
    """A response as warcio writes it."""
    block = answer() if block is None else block
    dated = [("WARC-Date", date)] if date is not None else []
    return record(
        "response", block, ("WARC-Record-ID", f"<urn:uuid:{number}>"), ("WARC-Target-URI", url), *dated,
        ("WARC-Block-Digest", sha1(block)), ("Content-Type", RESPONSE), *headers,
    )  # fmt: skip


def revisit(*headers: tuple[str, str], number: int = 9, url: str = URL, date: str = DATE, head: bytes = b"") -> bytes:
    return record(
        "revisit", head, ("WARC-Record-ID", f"<urn:uuid:{number}>"), ("WARC-Target-URI", url), ("WARC-Date", date),
        ("WARC-Profile", "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"), *headers,
    )  # fmt: skip


def packed(records: Sequence[bytes]) -> bytes:
    """Record by record, as nearly everybody does."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def in_blocks(records: Sequence[bytes], size: int = 1_000) -> bytes:
    """In blocks that know nothing of records, as bgzip does."""
    whole = b"".join(records)
    return b"".join(gzip.compress(whole[start : start + size], mtime=0) for start in range(0, len(whole), size))


def wget() -> list[bytes]:
    """GNU Wget: the request before its answer, addresses between angle brackets, its own notes at the end."""
    wgets = [("WARC-Warcinfo-ID", "<urn:uuid:info-0>")]
    return [
        info(),
        record("request", GET, ("WARC-Target-URI", f"<{URL}>"), ("Content-Type", "application/http;msgtype=request"),
               ("WARC-Date", DATE), ("WARC-Record-ID", "<urn:uuid:q1>"), ("WARC-IP-Address", "192.0.2.7"), *wgets),
        record("response", answer(), ("WARC-Record-ID", "<urn:uuid:1>"), *wgets,
               ("WARC-Concurrent-To", "<urn:uuid:q1>"), ("WARC-Target-URI", f"<{URL}>"), ("WARC-Date", DATE),
               ("WARC-IP-Address", "192.0.2.7"), ("WARC-Block-Digest", sha1(answer())),
               ("WARC-Payload-Digest", sha1(PAGE)), ("Content-Type", "application/http;msgtype=response")),
        record("metadata", b"log", ("WARC-Record-ID", "<urn:uuid:m1>"),
               ("WARC-Target-URI", "<metadata://gnu.org/software/wget/warc/MANIFEST.txt>"), ("WARC-Date", DATE)),
        record("resource", b"--warc-file", ("WARC-Record-ID", "<urn:uuid:m2>"), ("Content-Type", "text/plain"),
               ("WARC-Target-URI", "<metadata://gnu.org/software/wget/warc/wget_arguments.txt>"), ("WARC-Date", DATE)),
    ]  # fmt: skip


def heritrix() -> list[bytes]:
    """Heritrix: name lookups as responses, no block digests, the request behind the answer, metadata for each."""
    common = [("WARC-Target-URI", URL), ("WARC-Date", DATE), ("WARC-IP-Address", "192.0.2.7")]
    return [
        info(),
        record("response", b"20140602102030\nwww.example.test. 60 IN A 192.0.2.7\n",
               ("WARC-Target-URI", "dns:www.example.test"), ("WARC-Date", DATE),
               ("WARC-Record-ID", "<urn:uuid:dns>"), ("Content-Type", "text/dns")),
        record("response", answer(), *common, ("WARC-Payload-Digest", sha1(PAGE)), ("WARC-Record-ID", "<urn:uuid:1>"),
               ("Content-Type", RESPONSE)),
        record("request", GET, *common, ("WARC-Concurrent-To", "<urn:uuid:1>"), ("WARC-Record-ID", "<urn:uuid:q1>"),
               ("Content-Type", REQUEST)),
        record("metadata", b"fetchTimeMs: 12\r\n", *common, ("WARC-Concurrent-To", "<urn:uuid:1>"),
               ("WARC-Record-ID", "<urn:uuid:m1>"), ("Content-Type", "application/warc-fields")),
    ]  # fmt: skip


def browsertrix() -> list[bytes]:
    """Browsertrix: WARC 1.1, SHA-256, HTTP/2, a body that is unpacked already under a head that says br, page notes."""
    block = b"HTTP/2 200\r\ncontent-encoding: br\r\ncontent-type: text/html\r\n\r\n" + PAGE
    digest = "sha256:" + hashlib.sha256(block).hexdigest()
    common = [("WARC-Target-URI", URL), ("WARC-Date", "2014-06-02T10:20:30.000Z")]
    return [
        info(),
        record("response", block, ("WARC-Record-ID", "<urn:uuid:1>"), *common, ("WARC-Block-Digest", digest),
               ("Content-Type", RESPONSE), version="1.1"),
        record("request", GET, ("WARC-Record-ID", "<urn:uuid:q1>"), ("WARC-Concurrent-To", "<urn:uuid:1>"), *common,
               ("Content-Type", REQUEST), version="1.1"),
        record("resource", b"{}", ("WARC-Record-ID", "<urn:uuid:r1>"), ("WARC-Target-URI", f"urn:pageinfo:{URL}"),
               ("WARC-Date", DATE), ("Content-Type", "application/json"), version="1.1"),
    ]  # fmt: skip


def common_crawl() -> list[bytes]:
    """Common Crawl: the request first, the coding's header renamed, its guesses in metadata."""
    head = HEAD.replace(b"\r\nContent-Length", b"\r\nX-Crawl-Content-Encoding: gzip\r\nContent-Length") % len(PAGE)
    common = [("WARC-Date", DATE), ("WARC-Warcinfo-ID", "<urn:uuid:info-0>"), ("WARC-Target-URI", URL)]
    return [
        info(),
        record("request", GET, ("WARC-Record-ID", "<urn:uuid:q1>"), *common, ("Content-Type", REQUEST)),
        record("response", answer(PAGE, head), ("WARC-Record-ID", "<urn:uuid:1>"), *common, ("Content-Type", RESPONSE),
               ("WARC-Concurrent-To", "<urn:uuid:q1>"), ("WARC-Payload-Digest", sha1(PAGE)),
               ("WARC-Identified-Payload-Type", "text/html")),
        record("metadata", b"languages-cld2: {}\r\n", ("WARC-Record-ID", "<urn:uuid:m1>"), *common,
               ("WARC-Concurrent-To", "<urn:uuid:1>")),
    ]  # fmt: skip


def wet(text: bytes = b"Old\nThe old page.", url: str = URL, date: str = DATE) -> list[bytes]:
    """Common Crawl's text alone."""
    return [
        info(),
        record("conversion", text, ("WARC-Record-ID", "<urn:uuid:t1>"), ("WARC-Refers-To", "<urn:uuid:1>"),
               ("WARC-Target-URI", url), ("WARC-Date", date), ("Content-Type", "text/plain"),
               ("WARC-Block-Digest", sha1(text))),
    ]  # fmt: skip


def wacz(files: dict[str, bytes], digests: dict[str, str] | None = None) -> bytes:
    """A WACZ; `digests` says of a file what its list should say instead."""
    listed = [
        {"name": name.rpartition("/")[2], "path": name, "bytes": len(content),
         "hash": (digests or {}).get(name, "sha256:" + hashlib.sha256(content).hexdigest())}
        for name, content in files.items()
    ]  # fmt: skip
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
        package.writestr("datapackage.json", json.dumps({"profile": "data-package", "resources": listed}))
    return whole.getvalue()
