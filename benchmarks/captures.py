"""What keeping, reading and verifying cost beside warcio and fastwarc, and a round in which nothing changed.

    python -m benchmarks.captures [--captures 400] [--urls 1000]

Every figure is a ratio to a peer that did the same work in the same run, because machines are shared and noisy. Here
belongs measuring; what the figures were when somebody last looked stands in docs/performance.md.
"""

import argparse
import datetime as dt
import hashlib
import io
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import requests
from fastwarc.warc import ArchiveIterator as FastIterator
from rich.console import Console
from rich.table import Table
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.captures import index
from archive.captures.harvest import Budget, Due, Round
from archive.captures.store import CaptureStore
from archive.captures.verify import verify
from archive.codes import Outcome
from archive.demo.server import serving
from archive.demo.site import HOST, Resource
from archive.fetch.exchange import Exchange
from archive.fetch.guard import Resolver
from archive.fetch.politeness import Politeness
from archive.fetch.session import Session, user_agent

Row = tuple[str, str, str, str]
_ROUNDS = 3


def main() -> int:
    """Measure, and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--captures", type=int, default=400)
    parser.add_argument("--urls", type=int, default=1000)
    wanted = parser.parse_args()
    exchanges = [_exchange(number) for number in range(wanted.captures)]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("what", "ours", "peer", "ratio ours / peer"):
        table.add_column(column)
    for row in [*_keeping(exchanges), *_unchanged(wanted.urls)]:
        table.add_row(*row)
    Console(width=110).print(table)
    return 0


def _exchange(number: int) -> Exchange:
    """An answer of 25 kB that packs about as well as a page does."""
    chance = random.Random(number)
    words = [chance.choice(_WORDS) for _ in range(4_000)]
    body = f"<html><body><h1>{number}</h1><p>{' '.join(words)}</p></body></html>".encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    return Exchange(
        url=f"http://www.example.org/{number}",
        started_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=number),
        outcome=Outcome.FETCHED,
        request=f"GET /{number} HTTP/1.1\r\nHost: www.example.org\r\n\r\n".encode(),
        response=head,
        body=body,
        entity=body,
        status=200,
        mime="text/html",
        ip_address="192.0.2.1",
    )


_WORDS = [hashlib.sha256(str(number).encode()).hexdigest()[: 3 + number % 6] for number in range(900)]


def _keeping(exchanges: list[Exchange]) -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = _rates(len(exchanges), lambda turn: _keep_all(folder / f"ours{turn}", exchanges))
        each = _rates(len(exchanges), lambda turn: _warcio(folder / f"each{turn}.warc.gz", exchanges, sync_every=1))
        grouped = _rates(len(exchanges), lambda turn: _keep_together(folder / f"grouped{turn}", exchanges))
        groups = _rates(
            len(exchanges), lambda turn: _warcio(folder / f"groups{turn}.warc.gz", exchanges, sync_every=400)
        )
        never = _rates(len(exchanges), lambda turn: _warcio(folder / f"never{turn}.warc.gz", exchanges))
        store = CaptureStore(folder / "ours0", software="benchmark")
        captures = store.captures()
        file = folder / "ours0" / captures[0].warc_file
        payloads = _rates(len(exchanges), lambda _: [store.payload(capture) for capture in captures])
        warcio = _rates(len(exchanges), lambda _: _read_warcio(file))
        fast = _rates(len(exchanges), lambda _: _read_fast(file))
        verifying = _verifying(folder / "ours0")
    return [
        _row("keep, exchanges/s (fsync each) beside warcio with fsync each", ours, each),
        _row("keep, exchanges/s (fsync each) beside warcio without fsync", ours, never),
        _row("keep together, exchanges/s (fsync for some 8 MB) beside warcio with fsync for 400", grouped, groups),
        _row("payloads/s, in any order and checked, beside warcio read in order", payloads, warcio),
        _row("payloads/s, in any order and checked, beside fastwarc read in order", payloads, fast),
        *verifying,
    ]


def _verifying(folder: Path) -> list[Row]:
    """Every byte of a captures folder checked, in MB of its files a second."""
    index.rebuild(folder)
    paths = sorted(path for path in folder.iterdir())
    warcs = [path for path in paths if path.name.endswith(".gz")]
    size = sum(path.stat().st_size for path in paths) / 1e6

    def ours(_: int) -> None:
        if verify(folder).findings:
            raise SystemExit("the folder that was just written is damaged")

    def digests(_: int) -> None:
        for path in paths:
            with path.open("rb") as handle:
                hashlib.file_digest(handle, "sha256")

    def checker(_: int) -> None:
        if Checker(argparse.Namespace(inputs=[str(path) for path in warcs], verbose=False)).process_all():
            raise SystemExit("warcio finds damage in the folder that was just written")

    rate = _rates(size, ours)
    return [
        _row("verify a folder of captures, MB/s, beside SHA-256 of its files alone", rate, _rates(size, digests)),
        _row("verify a folder of captures, MB/s, beside `warcio check`", rate, _rates(size, checker)),
    ]


def _rates(count: float, work: Callable[[int], object]) -> float:
    """How many things a second: the median of a few rounds."""
    rates = []
    for turn in range(_ROUNDS):
        begin = time.perf_counter()
        work(turn)
        rates.append(count / (time.perf_counter() - begin))
    return statistics.median(rates)


def _row(what: str, ours: float, peer: float) -> Row:
    return what, f"{ours:,.0f}", f"{peer:,.0f}", f"{ours / peer:.2f}"


def _keep_all(folder: Path, exchanges: list[Exchange]) -> None:
    store = CaptureStore(folder, software="benchmark")
    for exchange in exchanges:
        store.keep(exchange, run_id="benchmark")


def _keep_together(folder: Path, exchanges: list[Exchange]) -> None:
    store = CaptureStore(folder, software="benchmark")
    with store.together():
        for exchange in exchanges:
            store.keep(exchange, run_id="benchmark")


def _warcio(path: Path, exchanges: list[Exchange], *, sync_every: int | None = None) -> None:
    """Write the exchanges, and wait for the disk after each `sync_every` of them."""
    with path.open("wb") as handle:
        writer = WARCWriter(handle, gzip=True)
        for number, exchange in enumerate(exchanges, start=1):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                exchange.url, "response", payload=io.BytesIO(exchange.body or b""), http_headers=headers
            )
            asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "www.example.org")], is_http_request=True)
            request = writer.create_warc_record(exchange.url, "request", http_headers=asked)
            writer.write_request_response_pair(request, record)
            if sync_every and number % sync_every == 0:
                handle.flush()
                os.fsync(handle.fileno())


def _read_warcio(path: Path) -> None:
    with path.open("rb") as handle:
        for record in ArchiveIterator(handle):
            record.content_stream().read()


def _read_fast(path: Path) -> None:
    with path.open("rb") as handle:
        for record in FastIterator(handle):
            record.reader.read()


def _unchanged(count: int) -> list[Row]:
    """A round over known addresses of which none changed, beside a plain script with the same requests."""
    body = b"<html><body><p>" + b"word " * 2_000 + b"</p></body></html>"
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    pages = {f"/{number}": Resource(body + str(number).encode(), "text/html", moment) for number in range(count)}
    with tempfile.TemporaryDirectory() as name, serving(pages) as address:
        store = CaptureStore(Path(name), software="benchmark")

        def round_of_ours() -> int:
            session = Session(
                user_agent("0", "mailto:benchmark@example.org"), resolver=Resolver(overrides={HOST: address})
            )
            return len(
                Round(
                    [Due(f"http://{HOST}/{number}") for number in range(count)],
                    session=session,
                    store=store,
                    politeness=Politeness(0.0),
                    journal=lambda _: None,
                    run_id="benchmark",
                    budget=Budget(10 * count),
                ).go()
            )

        round_of_ours()
        before = _size(Path(name))
        begin = time.perf_counter()
        requests_sent = round_of_ours()
        ours = time.perf_counter() - begin
        written = _size(Path(name)) - before
        begin = time.perf_counter()
        etags = [store.latest(f"http://{HOST}/{number}") for number in range(count)]
        for number, held in enumerate(etags):
            validator = {"If-None-Match": held.etag if held and held.etag else "", "Connection": "close"}
            requests.get(f"http://{address[0]}:{address[1]}/{number}", headers=validator, timeout=10)
        plain = time.perf_counter() - begin
    return [
        (f"a round of {count:,} unchanged pages, seconds", f"{ours:.2f}", f"{plain:.2f}", f"{ours / plain:.2f}"),
        ("requests sent for it (robots.txt included); pages parsed", f"{requests_sent:,}; 0", f"{count:,}; 0", ""),
        (
            "bytes written for each unchanged page (a revisit record and its manifest line)",
            f"{written / count:,.0f}",
            "0",
            "",
        ),
    ]


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


if __name__ == "__main__":
    sys.exit(main())
