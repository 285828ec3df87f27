"""A web archive on loopback that behaves as the Wayback Machine is documented and known to, its moods included.

Here belong its two endpoints and what can be wrong with them. `Archive.faults` are answers that come before the true
one, by a part of the path.
"""

import contextlib
import datetime as dt
import gzip
import hashlib
import json
import threading
from base64 import b32encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, unquote_plus, urlsplit

from archive.fetch.wayback import page_key

NAME = "web.archive.test"
BASE = f"http://{NAME}"
HEADER = ["timestamp", "original", "mimetype", "statuscode", "digest", "length"]
Fault = bytes | Callable[["_Handler"], None]


@dataclass
class Kept:
    """A capture of the archive's."""

    stamp: str
    url: str
    body: bytes = b"<html>page</html>"
    status: int = 200
    mime: str = "text/html"
    head: dict[str, str] = field(default_factory=dict)
    is_memento: bool = True

    @property
    def digest(self) -> str:
        return b32encode(hashlib.sha1(self.body, usedforsecurity=False).digest()).decode()

    @property
    def row(self) -> list[str]:
        return [self.stamp, self.url, self.mime, str(self.status), self.digest, str(len(self.body))]

    @property
    def raw(self) -> str:
        return f"{BASE}/web/{self.stamp}id_/{self.url}"


@dataclass
class Archive:
    """What it holds, what is wrong with it, and what it was asked."""

    kept: list[Kept] = field(default_factory=list)
    rows: dict[str, list[list[object]]] = field(default_factory=dict)
    """Rows that are listed whatever is kept, by address."""
    gaps: set[str] = field(default_factory=set)
    """Timestamps that are listed and cannot be shown."""
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    page: int = 1_000
    filters: bool = True
    collapses: bool = True
    robots: bytes | None = None
    asked: list[str] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    address: tuple[str, int] = ("127.0.0.1", 0)

    def lists(self) -> list[str]:
        return [path for path in self.asked if path.startswith("/cdx/")]

    def raws(self) -> list[str]:
        return [path for path in self.asked if path.startswith("/web/")]

    def listing(self, query: dict[str, list[str]]) -> list[list[object]]:
        url = query["url"][0]
        rows: list[list[object]] = [
            list(one.row)
            for one in sorted(self.kept, key=lambda one: one.stamp)
            if page_key(one.url) == page_key(url)
            and query.get("from", [""])[0] <= one.stamp <= query.get("to", ["9"])[0]
        ]
        rows += self.rows.get(url, [])
        if self.filters and "statuscode:200" in query.get("filter", []):
            rows = [row for row in rows if row[3] == "200"]
        if self.collapses and query.get("collapse") == ["digest"]:
            rows = [row for number, row in enumerate(rows) if number == 0 or rows[number - 1][4] != row[4]]
        start = int(unquote_plus(query["resumeKey"][0]).rpartition(" ")[2].strip("!")) if "resumeKey" in query else 0
        size = min(self.page, int(query["limit"][0]))
        part = rows[start : start + size]
        if not part:
            return []
        more: list[list[object]] = []
        if start + size < len(rows) and query.get("showResumeKey") == ["true"]:
            more = [[], [quote(f"test,example)/ {start + size}!", safe="").replace("%20", "+")]]
        return [list(HEADER), *part, *more]

    def nearest(self, stamp: str, url: str) -> Kept | None:
        same = [one for one in self.kept if page_key(one.url) == page_key(url) and one.stamp not in self.gaps]
        return min(same, key=lambda one: (abs(int(one.stamp) - int(stamp)), one.url != url), default=None)


def answer(status: str, body: bytes = b"", **head: str) -> bytes:
    fields = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in head.items())
    return f"HTTP/1.1 {status}\r\n{fields}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body


SLOW_DOWN = answer("429 Too Many Requests", b"<html>slow down</html>", Retry_After="7")
BUSY = answer("503 Service Unavailable", b"<html>busy</html>")
SORRY = answer(
    "200 OK", b"<html>Internet Archive: something went wrong</html>", Content_Type="text/html; charset=utf-8"
)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        archive = self.server.archive
        archive.asked.append(self.path)
        archive.heads.append(dict(self.headers.items()))
        self.close_connection = True
        waiting = next((faults for part, faults in archive.faults.items() if part in self.path and faults), [])
        if waiting:
            fault = waiting.pop(0)
            if callable(fault):
                fault(self)
            else:
                self.wfile.write(fault)
            return
        if self.path == "/robots.txt":
            self._send("404 Not Found", b"none") if archive.robots is None else self._send("200 OK", archive.robots)
        elif self.path.startswith("/cdx/search/cdx?"):
            rows = archive.listing(parse_qs(urlsplit(self.path).query))
            body = gzip.compress(json.dumps(rows).encode() + b"\n", mtime=0)
            self._send("200 OK", body, Content_Type="application/json", Content_Encoding="gzip")
        else:
            self._replay(*self.path.removeprefix("/web/").split("id_/", 1))

    def _replay(self, stamp: str, url: str) -> None:
        found = self.server.archive.nearest(stamp, url)
        if found is None:
            fault = "ResourceNotInArchiveException"
            self._send("404 Not Found", b"<html>not archived</html>", X_Archive_Wayback_Runtime_Error=fault)
        elif found.stamp != stamp:
            self._send("302 Found", b"", Location=f"{BASE}/web/{found.stamp}id_/{found.url}")
        else:
            at = dt.datetime.strptime(found.stamp, "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
            stated = {
                "Memento_Datetime": format_datetime(at, usegmt=True),
                "Link": f'<{found.url}>; rel="original", <{BASE}/web/timemap/link/{found.url}>; rel="timemap"',
                "X_Archive_Orig_Server": "Apache",
            }
            head = {"Content_Type": found.mime, **(stated if found.is_memento else {}), **found.head}
            self._send(f"{found.status} As it was", found.body, **head)

    def _send(self, status: str, body: bytes, **head: str) -> None:
        self.wfile.write(answer(status, body, **head))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    archive: Archive

    def handle_error(self, *_: object) -> None:
        """A client that goes away is no news."""


@contextmanager
def serving(archive: Archive) -> Iterator[Archive]:
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.archive = archive
        host, port = server.server_address[:2]
        archive.address = str(host), int(port)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield archive
        finally:
            with contextlib.suppress(OSError):
                server.shutdown()
            thread.join()
