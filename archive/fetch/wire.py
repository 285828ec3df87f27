"""The wire: connections to checked addresses that note every byte sent and received.

Here belongs what stands between requests and the socket: connection classes for urllib3 that connect where the guard
says, keep what went over the wire, and stop at the limits. Nothing of the standard library or of urllib3 is patched.
Not here: what an answer means (`message`, `session`).
"""

import hashlib
import http.client
import io
import ssl
import time
from dataclasses import dataclass, field
from functools import partial
from socket import socket
from typing import TYPE_CHECKING, Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.util.connection import create_connection

from archive.codes import Outcome
from archive.fetch.exchange import FetchError
from archive.fetch.guard import Resolver

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    _Connection = HTTPConnection
else:
    _Connection = object


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an answer is taken, in bytes, and how long it may take, in seconds.

    Attributes:
        wire_bytes: everything received in one exchange.
        entity_bytes: the entity after decoding: what a sitemap may have at most; nothing else that is read is as long.
        ratio: how many times longer than its packed form an entity of more than a megabyte may be.
        head_bytes: status line and headers.
        connect_seconds: for each address, and again for setting up a secure connection.
        first_byte_seconds: from the request to the first byte of the answer.
        total_seconds: the whole exchange, however steadily it drips.
    """

    wire_bytes: int = 50_000_000
    entity_bytes: int = 50 * 1024 * 1024
    ratio: float = 100.0
    head_bytes: int = 131_072
    connect_seconds: float = 15.0
    first_byte_seconds: float = 30.0
    total_seconds: float = 60.0


@dataclass
class Tape:
    """What went over the wire in one exchange, as far as it got.

    Attributes:
        request: request line and headers as sent.
        head: status line and headers as received; interim answers (100 Continue) included.
        body: what follows, before any decoding. Nothing behind the end of the message is in it.
        ip_address: where we connected to.
        tls: version, cipher and the SHA-256 of the server's certificate.
    """

    limits: Limits
    deadline: float
    request: bytearray = field(default_factory=bytearray)
    head: bytearray = field(default_factory=bytearray)
    body: io.BytesIO = field(default_factory=io.BytesIO)
    head_is_complete: bool = False
    received: int = 0
    first_byte_deadline: float = 0.0
    ip_address: str | None = None
    tls: str | None = None

    def patience(self, most: float) -> float:
        """Seconds that the next step may take.

        Raises:
            FetchError: `timed_out`.
        """
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise FetchError(Outcome.TIMED_OUT, f"not complete after {self.limits.total_seconds:g} s")
        return min(most, left)

    def sent(self, data: bytes) -> None:
        """Note what was sent; the wait for the first byte begins."""
        self.request += data
        self.first_byte_deadline = time.monotonic() + self.limits.first_byte_seconds

    def consumed(self, data: "bytes | memoryview") -> None:
        """Note what the HTTP parser took.

        Raises:
            FetchError: `too_large`, where the head is.
        """
        if self.head_is_complete:
            self.body.write(data)
            return
        self.head += data
        if len(self.head) > self.limits.head_bytes:
            raise FetchError(Outcome.TOO_LARGE, f"the headers are longer than {self.limits.head_bytes} bytes")


class _Source(io.RawIOBase):
    """Bytes from a socket under the limits of a tape."""

    def __init__(self, raw: io.RawIOBase, connection: socket, tape: Tape) -> None:
        super().__init__()
        self._raw = raw
        self._connection = connection
        self._tape = tape

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        tape = self._tape
        waiting = not tape.received
        most = max(tape.first_byte_deadline - time.monotonic(), 0.001) if waiting else tape.limits.total_seconds
        self._connection.settimeout(tape.patience(most))
        try:
            count = self._raw.readinto(buffer) or 0
        except TimeoutError:
            tape.patience(1)
            seconds = tape.limits.first_byte_seconds
            raise FetchError(Outcome.TIMED_OUT, f"no answer within {seconds:g} s") from None
        except OSError as error:
            reason = error.strerror or str(error)
            raise FetchError(Outcome.BROKEN_RESPONSE, f"the connection broke: {reason}") from None
        tape.received += count
        if tape.received > tape.limits.wire_bytes:
            raise FetchError(Outcome.TOO_LARGE, f"the answer is longer than {tape.limits.wire_bytes} bytes")
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Reader(io.BufferedReader):
    """Notes what is taken from it: exactly the message, though more may have arrived."""

    def __init__(self, source: _Source, tape: Tape) -> None:
        super().__init__(source)
        self._tape = tape

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self._tape.consumed(data)
        return data

    def read1(self, size: int = -1, /) -> bytes:
        data = super().read1(size)
        self._tape.consumed(data)
        return data

    def readline(self, size: int | None = -1, /) -> bytes:
        data = super().readline(size)
        self._tape.consumed(data)
        return data

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        count = super().readinto(buffer)
        self._tape.consumed(memoryview(buffer)[:count])
        return count


class _Response(http.client.HTTPResponse):
    def __init__(self, sock: socket, *args: Any, tape: Tape, **options: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(sock, *args, **options)
        self.fp = _Reader(_Source(self.fp.detach(), sock, tape), tape)


class _Taped(_Connection):
    """Mixed into urllib3's connections: connects where the guard says and writes the adapter's present tape."""

    adapter: "WireAdapter"

    def _new_conn(self) -> socket:
        tape = self.adapter.tape
        failure = FetchError(Outcome.CONNECT_FAILED, "no address to connect to")
        for address in self.adapter.resolver.addresses(self._dns_host, self.port):
            try:
                made = create_connection(
                    address, tape.patience(tape.limits.connect_seconds), socket_options=self.socket_options
                )
            except TimeoutError:
                failure = FetchError(Outcome.TIMED_OUT, f"no connection to {address[0]} in time")
            except OSError as error:
                failure = FetchError(Outcome.CONNECT_FAILED, f"{address[0]}: {error.strerror or error}")
            else:
                tape.ip_address = address[0]
                return made
        raise failure

    def connect(self) -> None:
        tape = self.adapter.tape
        self.adapter.connection = self
        try:
            super().connect()
        except TimeoutError:
            raise FetchError(Outcome.TIMED_OUT, "the secure connection was not set up in time") from None
        except (OSError, HTTPError, ValueError) as error:
            # The connection itself stands (its failures are a `FetchError` already): what is left is TLS.
            raise FetchError(Outcome.TLS_FAILED, str(error)) from None
        if isinstance(self.sock, ssl.SSLSocket):
            tape.tls = _tls_facts(self.sock)
        self.response_class = partial(_Response, tape=tape)  # type: ignore[assignment]  # as good as a class

    def send(self, data: Any) -> None:  # noqa: ANN401 - as the parent's
        try:
            super().send(data)
        except OSError as error:
            raise FetchError(Outcome.BROKEN_RESPONSE, f"the request could not be sent: {error.strerror}") from None
        self.adapter.tape.sent(bytes(data))

    def getresponse(self) -> Any:  # noqa: ANN401 - as the parent's
        response = super().getresponse()
        self.adapter.tape.head_is_complete = True
        return response


def _tls_facts(connection: ssl.SSLSocket) -> str:
    cipher = connection.cipher()
    certificate = connection.getpeercert(binary_form=True)
    digest = f"sha256:{hashlib.sha256(certificate).hexdigest()}" if certificate else "no-certificate"
    return f"{connection.version()} {cipher[0] if cipher else 'unknown'} {digest}"


class WireAdapter(HTTPAdapter):
    """The transport of a requests session: one connection for one exchange, noted on `tape`."""

    def __init__(self, resolver: Resolver, limits: Limits) -> None:
        self.resolver = resolver
        self.limits = limits
        self.tape = self.new_tape()
        self.connection: HTTPConnection | None = None
        super().__init__()

    def hang_up(self) -> None:
        """End an exchange: its connection is closed, whoever else still holds on to it."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None
        self.poolmanager.clear()
        # Whoever asked has the tape. Held on to here, a long answer would fill the memory until the next one.
        self.new_tape()

    def new_tape(self) -> Tape:
        """Begin an exchange: the clock runs."""
        self.tape = Tape(self.limits, time.monotonic() + self.limits.total_seconds)
        return self.tape

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **options: Any) -> None:  # noqa: ANN401 - the parent's
        """Make a pool manager whose connections are ours."""
        super().init_poolmanager(connections, maxsize, block, **options)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = _pool_classes(self)


def _pool_classes(own: WireAdapter) -> dict[str, type[HTTPConnectionPool]]:
    """urllib3's pools with connections that know `own`."""

    class Plain(_Taped, HTTPConnection):
        adapter = own

    class Secure(_Taped, HTTPSConnection):
        adapter = own

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}
