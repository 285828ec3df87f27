"""A store with an answer of every kind, and what each of them says, for tests of what others make of it."""

import gzip
from dataclasses import dataclass
from pathlib import Path

from archive.captures import index
from archive.captures.memento import Memento
from archive.captures.store import CaptureStore
from archive.model import Capture
from tests.captures.made import ODD, URL, exchange, not_modified, store_in

PAGE = b"<!doctype html><html><head><title>One</title></head>" + b"<p>The same words. </p>" * 40 + b"</html>"
CODED = gzip.compress(PAGE, mtime=0)
GZIP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"
MOVED = b"HTTP/1.1 301 Moved\r\nLocation: http://www.example.test/other\r\n\r\n"
GONE = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\n"


@dataclass(frozen=True)
class Kept:
    """A capture, and the body that was sent under its transfer coding."""

    name: str
    capture: Capture
    body: bytes


def chunked(body: bytes, size: int = 100) -> bytes:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def keep_every_kind(folder: Path, max_bytes: int = 2_500) -> list[Kept]:
    """Fill `folder`, in more than one file, with its index."""
    store = store_in(folder, max_bytes)
    length = b"Content-Length: %d\r\n\r\n" % len(CODED)
    answers = {
        "plain": (exchange(PAGE), PAGE),
        "gzip": (exchange(CODED, minute=1, url=f"{URL}/gzip", head=GZIP + length), CODED),
        "chunked": (exchange(chunked(PAGE), minute=2, url=f"{URL}/chunked", head=ODD), PAGE),
        "gzip-chunked": (
            exchange(chunked(CODED), minute=3, url=f"{URL}/both", head=GZIP + b"Transfer-Encoding: chunked\r\n\r\n"),
            CODED,
        ),
        "revisit": (exchange(PAGE, minute=4, tls="TLSv1.3 AES sha256:00"), PAGE),
        "revisit-gzip": (exchange(CODED, minute=5, url=f"{URL}/gzip", head=GZIP + length), CODED),
        "not-modified": (not_modified(minute=6), b""),
        "moved": (exchange(b"", minute=7, url=f"{URL}/moved", head=MOVED), b""),
        "gone": (exchange(b"gone", minute=8, url=f"{URL}/gone", head=GONE), b"gone"),
    }
    kept = [Kept(name, store.keep(answer, run_id="run-1"), body) for name, (answer, body) in answers.items()]
    kept.append(Kept("brought", brought(store, f"{URL}/brought", PAGE), PAGE))
    assert len(list(folder.glob("*.warc.gz"))) > 1
    index.rebuild(folder)
    return kept


def brought(store: CaptureStore, url: str, payload: bytes) -> Capture:
    return store.keep_resource(url, payload, Memento(note="page.html"), mime="text/html", run_id=None)
