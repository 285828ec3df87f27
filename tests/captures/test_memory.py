"""The largest answer that the usual limits let in is fetched, kept and read in little memory."""

import gzip
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import archive
from archive.captures.store import CaptureStore
from archive.codes import Code
from archive.discussion.pages import page_of
from archive.fetch import sitemap
from archive.fetch.guard import Resolver
from archive.fetch.session import Session
from archive.fetch.wire import Limits
from archive.home import Config
from archive.reading.bounds import MOST_BYTES, MOST_PARTS
from archive.reading.source import UNKNOWN
from tests.conftest import ROOT
from tests.fetch.hostile import AGENT, HOST, chunked, ok, serving
from tests.memory import MOST_GROWTH, peak

LARGEST = Config().max_bytes - 100_000
"""Nearly all that the wire may bring: the rest is head and framing."""
PARAGRAPH = b"<p>words, as they come on a page. "


def noise(length: int) -> bytes:
    """Bytes that do not pack, so that every copy on the way is as long as they are."""
    return random.Random(1).randbytes(length)


def packed(content: bytes, level: int) -> bytes:
    body = chunked(gzip.compress(content, level, mtime=0))
    return b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" + body


# With enough noise that it is not refused as a bomb.
EMPTY_LINES = b"<urlset><!--" + noise(400_000).hex().encode() + b"--><url><loc>" + b"\n" * 51_000_000
FONTS = "".join(f"<p><font size={number} {' '.join(f'a{n}=1' for n in range(10))}>x" for number in range(3_000))

ANSWERS = {
    # A packing that does not pack: wire, chunks, coded body and entity are each as long as may be.
    "packed": lambda: packed(noise(LARGEST), 0),
    "as it is": lambda: ok(noise(LARGEST)),
    "a sitemap of empty lines": lambda: packed(EMPTY_LINES, 1),
    "a list of nothing": lambda: ok(b"h\n" * (LARGEST // 2)),
    "a long page": lambda: ok(b"<html><body><h1>A title</h1>" + b"words " * ((MOST_BYTES - 100) // 6)),
    "formatting without end": lambda: ok(b"<html>" + FONTS.encode()),
    "many blocks": lambda: ok(b"<html><body><h1>A title</h1>" + PARAGRAPH * (MOST_PARTS - 10)),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_the_largest_answer_takes_little_memory(name: str) -> None:
    with serving({"/": ANSWERS[name]()}) as server:
        done = subprocess.run(
            [sys.executable, "-m", "tests.captures.test_memory", str(server.address[1])],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) <= MOST_GROWTH


def test_a_page_that_is_too_large_is_kept_and_not_read(tmp_path: Path) -> None:
    with serving({"/": ok(PARAGRAPH * (MOST_BYTES // len(PARAGRAPH) + 1))}) as server:
        store = CaptureStore(tmp_path, software="roundtable-archive/test")
        exchange = Session(AGENT, resolver=Resolver({HOST: server.address})).fetch(f"http://{HOST}/")
        capture = store.keep(exchange, run_id=None)

    def untouched(_: object) -> bytes:
        raise AssertionError("it is not taken out of its file")

    page = page_of(capture, untouched, UNKNOWN)
    assert [fault.code for fault in page.faults] == [Code.PAGE_TOO_LARGE]
    assert page == archive.read(store.payload(capture), capture.url)
    assert (page.contributions, page.blocks) == ((), ())


@pytest.mark.parametrize("part", [b"<p>a", b"a\n\n", b"a\r"], ids=["elements", "lines", "old lines"])
def test_a_page_of_too_many_parts_is_not_read(part: bytes) -> None:
    page = archive.read(part * (MOST_PARTS + 1), "https://a.test/")
    assert [fault.code for fault in page.faults] == [Code.PAGE_TOO_LARGE]
    assert Code.PAGE_TOO_LARGE not in {
        fault.code for fault in archive.read(part * (MOST_PARTS // 20), "https://a.test/").faults
    }


def main(port: int) -> None:
    """Fetch, keep, take out and read; print by how many bytes the peak has grown meanwhile."""
    archive.read(b"<html><h1>A title</h1><p>" + b"words " * 50, "https://a.test/")
    session = Session(AGENT, resolver=Resolver({HOST: ("127.0.0.1", port)}), limits=Limits())
    before = peak()
    with tempfile.TemporaryDirectory() as folder:
        store = CaptureStore(Path(folder), software="roundtable-archive/test")
        exchange = session.fetch(f"http://{HOST}/")
        if exchange.entity is None:
            sys.exit(f"{exchange.outcome}: {exchange.detail}")
        capture = store.keep(exchange, run_id=None)
        del exchange
        page_of(capture, store.payload, UNKNOWN).as_dict()
        sitemap.locations(store.payload(capture))
    print(peak() - before)


if __name__ == "__main__":
    main(int(sys.argv[1]))
