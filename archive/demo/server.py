"""The demonstration's web server: the invented site on loopback.

Here belongs HTTP as a well-kept small site would speak it: lasting connections, validators, conditional requests and
gzip. It answers whatever host and port it is addressed by. Not here: what the pages say (`site`), or how anybody
fetches them.

    python -m archive.demo.server

shows the site to a person with a browser, until Ctrl-C.
"""

import argparse
import datetime as dt
import gzip
import hashlib
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from archive.demo.site import Resource, missing, pages

_TEXT_TYPES = ("text/", "application/xml", "image/svg+xml")


@contextmanager
def serving(pages: Mapping[str, Resource] | None = None, port: int = 0) -> Iterator[tuple[str, int]]:
    """Serve the site while the block runs.

    Args:
        pages: path → resource, the whole site if None. It is looked into at every request, so a test may change it
            while it is served.
        port: the port on 127.0.0.1; 0 for one that is free.

    Yields:
        The address and the port to connect to.

    Raises:
        OSError: the port is taken.
    """
    with _Server(_site() if pages is None else pages, port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            host, bound = server.socket.getsockname()
            yield host, bound
        finally:
            server.shutdown()
            thread.join()


def main(arguments: Sequence[str] | None = None) -> int:
    """Show the site on loopback until Ctrl-C; 2 if the port is taken."""
    parser = argparse.ArgumentParser(
        prog="python -m archive.demo.server", description="Show the invented magazine in a browser, until Ctrl-C."
    )
    parser.add_argument("--port", type=int, default=0, help="the port on 127.0.0.1 (one that is free, if not given)")
    port: int = parser.parse_args(arguments).port
    try:
        with serving(port=port) as (host, bound), suppress(KeyboardInterrupt):
            print(f"The Lamplighter is at http://{host}:{bound}/ until Ctrl-C.", flush=True)
            while True:
                time.sleep(3600)
    except OSError as error:
        print(f"Port {port} cannot be used: {error.strerror}. Choose another with --port.", file=sys.stderr)
        return 2
    return 0


def _site() -> Mapping[str, Resource]:
    return pages()


class _Server(ThreadingHTTPServer):
    """Keeps hold of its open connections, so that closing it ends the lasting ones and waits for their threads."""

    daemon_threads = False
    block_on_close = True

    def __init__(self, resources: Mapping[str, Resource], port: int) -> None:
        self.resources = resources
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    def server_bind(self) -> None:
        """Bind without asking the resolver for the host's name, as the parent does."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.socket.getsockname()

    def process_request(self, request: socket.socket, client_address: tuple[str, int]) -> None:  # type: ignore[override]
        with self._lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:  # type: ignore[override]
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        """Close the listening socket, end what is still connected and wait for the threads."""
        with self._lock:
            for connection in self._connections:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        super().server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that went away; anything else is a bug and is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD."""

    server: _Server
    protocol_version = "HTTP/1.1"
    # A head and a body are two small writes; waiting for the first to be acknowledged would cost 40 ms per page.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def version_string(self) -> str:
        """The Server header: the same whichever Python serves."""
        return "Lamplighter"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Keep quiet: the terminal belongs to whoever started the demonstration."""

    def _answer(self, *, with_body: bool) -> None:
        resource = self.server.resources.get(urlsplit(self.path).path)
        if resource and resource.moved_to:
            self._lead_to(resource.moved_to)
            return
        found = resource is not None
        resource = resource or missing()
        packed = _accepts_gzip(self.headers.get("Accept-Encoding", ""))
        body = gzip.compress(resource.body, mtime=0) if packed else resource.body
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        fresh = found and _is_fresh(
            etag,
            resource.last_modified,
            self.headers.get("If-None-Match"),
            self.headers.get("If-Modified-Since"),
        )
        self.send_response(HTTPStatus.NOT_MODIFIED if fresh else HTTPStatus.OK if found else HTTPStatus.NOT_FOUND)
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Vary", "Accept-Encoding")
        if found:
            self.send_header("ETag", etag)
            self.send_header("Last-Modified", format_datetime(resource.last_modified, usegmt=True))
        if not fresh:
            text = resource.mime.startswith(_TEXT_TYPES)
            self.send_header("Content-Type", f"{resource.mime}; charset=utf-8" if text else resource.mime)
            if packed:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body and not fresh:
            self.wfile.write(body)

    def _lead_to(self, path: str) -> None:
        """Say where the page is now."""
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", path)
        self.send_header("Content-Length", "0")
        self.end_headers()


def _accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header names gzip without a weight of nought."""
    for choice in header.split(","):
        coding, _, weight = choice.partition(";")
        if coding.strip().lower() == "gzip":
            return weight.replace(" ", "").lower() not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _is_fresh(etag: str, last_modified: dt.datetime, if_none_match: str | None, if_modified_since: str | None) -> bool:
    """Whether the client has this representation already; the digest decides where it sends one."""
    if if_none_match is not None:
        known = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
        return bool(known & {etag, "*"})
    if if_modified_since is None:
        return False
    try:
        since = parsedate_to_datetime(if_modified_since)
    except ValueError:
        return False
    return since.tzinfo is not None and last_modified.replace(microsecond=0) <= since


if __name__ == "__main__":
    sys.exit(main())
