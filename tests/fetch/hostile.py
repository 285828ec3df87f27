"""A server that sends exactly the bytes it is told to send, however wrong they are.

Here belongs what the tests of fetching and keeping share: the server, and a session that reaches it by name.
"""

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from archive.fetch.guard import Resolver
from archive.fetch.session import Session
from archive.fetch.wire import Limits

HOST = "www.example.test"
AGENT = "RoundtableArchive/0.0 (+archivist@example.test)"

Act = Callable[[socket.socket], None]
Answer = bytes | Act


@dataclass
class Server:
    """What it answers by path (the last of several answers is repeated), and what it was asked."""

    answers: dict[str, list[Answer]]
    address: tuple[str, int]
    requests: list[bytes] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def paths(self) -> list[str]:
        return [request.split(b" ")[1].decode() for request in self.requests]

    def answer(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            request = b""
            while not request.endswith(b"\r\n\r\n"):
                piece = connection.recv(65536)
                if not piece:
                    return
                request += piece
            self.requests.append(request)
            path = self.paths()[-1]
            # A name of its own for each misbehaving host; most tests have one host, and name the path alone.
            host = request.partition(b"Host: ")[2].partition(b"\r\n")[0].decode()
            waiting = self.answers.get(host + path) or self.answers.get(path, [NOT_FOUND])
            answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            if callable(answer):
                answer(connection)
            else:
                connection.sendall(answer)
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_WR)
                connection.recv(1)  # a close while bytes are on their way would reset the connection


@contextmanager
def serving(answers: Mapping[str, Answer | Sequence[Answer]], tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Serve on loopback while the block runs."""
    listed = {
        path: list(answer) if isinstance(answer, Sequence) and not isinstance(answer, bytes) else [answer]
        for path, answer in answers.items()
    }
    threads: list[threading.Thread] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(listed, listener.getsockname())

        def one(connection: socket.socket) -> None:
            if tls is None:
                server.answer(connection)
                return
            with connection, contextlib.suppress(OSError):
                server.answer(tls.wrap_socket(connection, server_side=True))

        def loop() -> None:
            while True:
                connection, _ = listener.accept()
                if server.closing.is_set():
                    connection.close()
                    return
                connection.settimeout(10)
                threads.append(threading.Thread(target=one, args=(connection,)))
                threads[-1].start()

        acceptor = threading.Thread(target=loop)
        acceptor.start()
        try:
            yield server
        finally:
            server.closing.set()
            socket.create_connection(server.address).close()
            for thread in (acceptor, *threads):
                thread.join()


def session_for(server: Server, limits: Limits | None = None, *, ca_bundle: str | None = None) -> Session:
    """A session that finds `HOST` at the server."""
    return Session(AGENT, resolver=Resolver({HOST: server.address}), limits=limits, ca_bundle=ca_bundle)


def ok(body: bytes, *fields: str, status: str = "200 OK") -> bytes:
    """A sound answer."""
    head = [f"HTTP/1.1 {status}", *fields, f"Content-Length: {len(body)}"]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def redirect(to: str, status: int = 301) -> bytes:
    return ok(b"moved", f"Location: {to}", status=f"{status} Moved")


def chunked(*chunks: bytes) -> bytes:
    """A body in the given chunks, sizes in odd spellings, with an extension and a trailer."""
    framed = b"".join(b"%X;note=1\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks)
    return framed + b"000\r\nX-Trailer: kept\r\n\r\n"


def reset(connection: socket.socket) -> None:
    """Begin an answer and tear the connection down."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def drip(connection: socket.socket) -> None:
    """Send a body without end, a byte at a time, until the other side has had enough."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    pause = threading.Event()
    while True:
        connection.sendall(b".")
        pause.wait(0.02)


def silence(connection: socket.socket) -> None:
    """Say nothing until the other side goes away."""
    connection.recv(1)


NOT_FOUND = ok(b"there is no such page", status="404 Not Found")
