"""What one attempt to fetch leaves behind.

Here belong the value that flows from the network to the store, and the exception by which the inner rooms end an
attempt; the session turns it into such a value. Nothing here acts.
"""

import datetime as dt
from dataclasses import dataclass

from archive.codes import Outcome


class FetchError(Exception):
    """An attempt cannot go on: how it ended, and what was met, in words."""

    def __init__(self, outcome: Outcome, detail: str) -> None:
        super().__init__(detail)
        self.outcome = outcome
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and what came back, with the bytes exactly as they went over the wire.

    Attributes:
        url: the address as it was asked for (never with a stand-in host or port of a test).
        started_at: when the request was sent, UTC, aware.
        outcome: how it ended. Where no whole answer came, `entity` is None, and the other fields below `detail` hold
            what there was, if anything.
        detail: what was met, in words, for the journal.
        request: request line, headers and body as sent.
        response: status line and headers as received, up to and including the blank line.
        body: the body as received: before transfer decoding and content decoding.
        entity: the body after both decodings; None where that failed.
        status: the HTTP status.
        mime: content type without parameters, in lower case.
        charset: the encoding that the content type declares.
        etag, last_modified: the headers, as printed.
        location: where a redirect points, made absolute.
        ip_address: the address that was connected to.
        tls: version and cipher of a secure connection and the SHA-256 of the server's certificate, e.g.
            "TLSv1.3 TLS_AES_256_GCM_SHA384 sha256:2c26b4…".
        redirected_from: the address whose redirect led here.
    """

    url: str
    started_at: dt.datetime
    outcome: Outcome
    detail: str | None = None
    request: bytes | None = None
    response: bytes | None = None
    body: bytes | None = None
    entity: bytes | None = None
    status: int | None = None
    mime: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    location: str | None = None
    ip_address: str | None = None
    tls: str | None = None
    redirected_from: str | None = None
