"""The session: exact bytes where an answer came, and an outcome whatever happened."""

import gzip
import hashlib
import socket
import ssl
import zlib
from pathlib import Path

import pytest

from archive.codes import Code, Outcome, RoundtableError
from archive.fetch.exchange import Exchange
from archive.fetch.guard import Resolver
from archive.fetch.session import Session, user_agent
from archive.fetch.wire import Limits
from tests.fetch.hostile import (
    AGENT,
    HOST,
    Answer,
    chunked,
    drip,
    ok,
    redirect,
    reset,
    serving,
    session_for,
    silence,
)

URL = f"http://{HOST}/page"
SMALL = Limits(
    wire_bytes=60_000,
    entity_bytes=2_000_000,
    ratio=20,
    head_bytes=4_000,
    connect_seconds=5,
    first_byte_seconds=0.3,
    total_seconds=0.6,
)


def fetch(answer: Answer, limits: Limits | None = None, **options: str) -> Exchange:
    with serving({"/page": answer}) as server:
        return session_for(server, limits).fetch(URL, **options)


# --- exact bytes ------------------------------------------------------------------------------------

ODD_HEAD = (
    b"HTTP/1.1 200 All  is well \r\n"
    b"x-odd-CASE:no space\r\n"
    b"Set-Cookie: a=1\r\n"
    b"SET-COOKIE:   b=2  \r\n"
    b"X-Latin: caf\xe9 \xff\r\n"
    b"X-Folded: one\r\n\ttwo\r\n"
    b"X-Empty:\r\n"
    b'eTAG: "v1"\r\n'
    b"Last-Modified: Mon, 08 Oct 2018 09:00:00 GMT\r\n"
    b"Content-Type: Text/HTML; Charset=UTF-8\r\n"
    b"Transfer-Encoding: chunked\r\n"
    b"Content-Encoding: gzip\r\n"
    b"\r\n"
)


def test_an_answer_is_kept_byte_for_byte_and_decoded_beside() -> None:
    packed = gzip.compress(b"<p>What is a round table?</p>", mtime=0)
    body = chunked(packed[:7], packed[7:])
    exchange = fetch(ODD_HEAD + body)
    assert exchange.outcome is Outcome.FETCHED
    assert (exchange.response, exchange.body) == (ODD_HEAD, body)
    assert exchange.entity == b"<p>What is a round table?</p>"
    assert (exchange.status, exchange.mime, exchange.etag) == (200, "text/html", '"v1"')
    assert exchange.last_modified == "Mon, 08 Oct 2018 09:00:00 GMT"
    assert (exchange.ip_address, exchange.tls, exchange.detail) == ("127.0.0.1", None, None)
    assert exchange.started_at.tzinfo is not None


def test_the_request_is_noted_as_it_was_sent_and_names_the_host_without_the_port() -> None:
    with serving({"/page?q=a%20b": ok(b"x")}) as server:
        exchange = session_for(server).fetch(f"{URL}?q=a%20b#part", etag='"v1"', last_modified="Mon, 01 Oct 2018")
        assert exchange.request == server.requests[0]
    lines = server.requests[0].decode().split("\r\n")
    assert lines[0] == "GET /page?q=a%20b HTTP/1.1"
    assert {f"Host: {HOST}", f"User-Agent: {AGENT}", 'If-None-Match: "v1"'} <= set(lines)
    assert "If-Modified-Since: Mon, 01 Oct 2018" in lines
    assert "Accept-Encoding: gzip, deflate" in lines


def test_what_follows_the_end_of_an_answer_is_no_part_of_it() -> None:
    assert fetch(ok(b"all") + b"HTTP/1.1 200 OK\r\n\r\nmore").body == b"all"


def test_an_interim_answer_is_no_part_of_the_answer() -> None:
    exchange = fetch(b"HTTP/1.1 100 Continue\r\nX: y\r\n\r\n" * 2 + ok(b"page"))
    assert exchange.response == ok(b"page")[:-4]
    assert exchange.entity == b"page"


def test_an_answer_without_a_length_ends_with_the_connection() -> None:
    assert fetch(b"HTTP/1.0 200 OK\r\n\r\nuntil the end").entity == b"until the end"


def test_cookies_and_credentials_are_never_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".netrc").write_text(f"machine {HOST} login me password secret\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with serving({"/page": ok(b"x", f"Set-Cookie: a=1; Domain={HOST}; Path=/", "WWW-Authenticate: Basic")}) as server:
        session = session_for(server)
        assert [session.fetch(URL).outcome for _ in range(2)] == [Outcome.FETCHED] * 2
    assert not any(b"cookie" in request.lower() or b"authorization" in request.lower() for request in server.requests)


def test_an_answer_404_is_whole() -> None:
    exchange = fetch(ok(b"gone", "Content-Type: text/plain", status="404 Not Found"))
    assert (exchange.outcome, exchange.status) == (Outcome.NOT_FOUND, 404)
    assert (exchange.entity, exchange.mime, exchange.detail) == (b"gone", "text/plain", "HTTP/1.1 404 Not Found")


def test_unchanged_is_an_outcome_only_where_it_was_asked_for() -> None:
    answer = b'HTTP/1.1 304 Not Modified\r\nETag: "v2"\r\nTransfer-Encoding: chunked\r\n\r\n'
    exchange = fetch(answer, etag='"v1"')
    assert (exchange.outcome, exchange.etag, exchange.entity) == (Outcome.UNCHANGED, '"v2"', b"")
    assert fetch(answer).outcome is Outcome.BROKEN_RESPONSE


def test_a_validator_that_would_break_the_request_is_not_sent() -> None:
    with serving({"/page": ok(b"x", "ETag: \xe9")}) as server:
        exchange = session_for(server).fetch(URL, etag='"a"\r\nX-Evil: 1', last_modified="\u2028")
        assert exchange.etag is None
    assert b"If-" not in server.requests[0]
    assert b"Evil" not in server.requests[0]


@pytest.mark.parametrize(
    ("location", "absolute"),
    [
        ("/other", f"http://{HOST}/other"),
        ("other?a=1#part", f"http://{HOST}/other?a=1"),
        ("https://example.test/é ü", "https://example.test/%C3%A9%20%C3%BC"),
        ("//other.test", "http://other.test"),
        ("", None),
        ("http://[broken", None),
    ],
)
def test_a_redirect_is_reported_and_not_followed(location: str, absolute: str | None) -> None:
    with serving({"/page": redirect(location), "/other": ok(b"never")}) as server:
        exchange = session_for(server).fetch(URL, redirected_from="http://before.test/")
        assert server.paths() == ["/page"]
    assert exchange.location == absolute
    assert exchange.outcome is (Outcome.REDIRECTED if absolute else Outcome.BROKEN_RESPONSE)
    assert (exchange.status, exchange.redirected_from) == (301, "http://before.test/")


# --- TLS --------------------------------------------------------------------------------------------


def test_a_secure_answer_carries_its_tls_facts(certificate: tuple[str, ssl.SSLContext]) -> None:
    trusted, context = certificate
    with serving({"/page": ok(b"secret")}, context) as server:
        exchange = session_for(server, ca_bundle=trusted).fetch(f"https://{HOST}/page")
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(Path(trusted).read_text())).hexdigest()
    assert exchange.outcome is Outcome.FETCHED
    assert exchange.entity == b"secret"
    assert (exchange.tls or "").startswith("TLSv1.")
    assert (exchange.tls or "").endswith(f" sha256:{digest}")


def test_a_certificate_that_nobody_vouches_for_ends_the_exchange(certificate: tuple[str, ssl.SSLContext]) -> None:
    with serving({"/page": ok(b"secret")}, certificate[1]) as server:
        exchange = session_for(server).fetch(f"https://{HOST}/page")
    assert exchange.outcome is Outcome.TLS_FAILED
    assert "certificate" in (exchange.detail or "")
    assert exchange.request is None


def test_a_certificate_for_another_host_ends_the_exchange(certificate: tuple[str, ssl.SSLContext]) -> None:
    with serving({"/page": ok(b"secret")}, certificate[1]) as server:
        session = Session(AGENT, resolver=Resolver({"other.test": server.address}), ca_bundle=certificate[0])
        assert session.fetch("https://other.test/page").outcome is Outcome.TLS_FAILED


def test_a_server_that_never_answers_the_handshake_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        session = Session(AGENT, resolver=Resolver({HOST: listener.getsockname()}), limits=Limits(connect_seconds=0.3))
        assert session.fetch(f"https://{HOST}/page").outcome is Outcome.TIMED_OUT


# --- every failure is an outcome --------------------------------------------------------------------

FAILURES: dict[str, tuple[Answer, Outcome]] = {
    "410": (ok(b"", status="410 Gone"), Outcome.NOT_FOUND),
    "403": (ok(b"no", status="403 Forbidden"), Outcome.CLIENT_ERROR),
    "429": (ok(b"slow", status="429 Too Many Requests"), Outcome.THROTTLED),
    "503 with Retry-After": (ok(b"", "Retry-After: 9", status="503 Busy"), Outcome.THROTTLED),
    "503": (ok(b"", status="503 Busy"), Outcome.SERVER_ERROR),
    "500": (ok(b"", status="500 Oh"), Outcome.SERVER_ERROR),
    "part of a page": (ok(b"pa", status="206 Partial"), Outcome.BROKEN_RESPONSE),
    "status 700": (ok(b"", status="700 What"), Outcome.BROKEN_RESPONSE),
    "early hints only": (b"HTTP/1.1 103 Early Hints\r\n\r\n", Outcome.BROKEN_RESPONSE),
    "redirect to a file": (redirect("file:///etc/passwd"), Outcome.REDIRECT_REFUSED),
    "redirect with a password": (redirect("http://me:x@example.test/"), Outcome.REDIRECT_REFUSED),
    "no HTTP": (b"SSH-2.0-OpenSSH_9.2\r\n", Outcome.BROKEN_RESPONSE),
    "another HTTP": (b"HTTP/1.7 200 OK\r\nContent-Length: 0\r\n\r\n", Outcome.BROKEN_RESPONSE),
    "nothing at all": (b"", Outcome.BROKEN_RESPONSE),
    "half a head": (b"HTTP/1.1 200 OK\r\nContent-Le", Outcome.BROKEN_RESPONSE),
    "a blank header line": (b"HTTP/1.1 200 OK\r\n \r\nContent-Length: 1\r\n\r\nx", Outcome.BROKEN_RESPONSE),
    "short body": (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", Outcome.BROKEN_RESPONSE),
    "two lengths": (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde", Outcome.BROKEN_RESPONSE),
    "a chunk that is none": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", Outcome.BROKEN_RESPONSE),
    "chunks that stop": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", Outcome.BROKEN_RESPONSE),
    "another transfer coding": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nab", Outcome.BROKEN_RESPONSE),
    "no gzip": (ok(b"plain", "Content-Encoding: gzip"), Outcome.BROKEN_RESPONSE),
    "brotli": (ok(b"packed", "Content-Encoding: br"), Outcome.BROKEN_RESPONSE),
    "a coloured status": (
        b"HTTP/1.1 404 \x1b[31mNo\r\nContent-Length: 0\r\n\r\n",
        Outcome.NOT_FOUND,
    ),
    "reset": (reset, Outcome.BROKEN_RESPONSE),
    "silence": (silence, Outcome.TIMED_OUT),
    "drip": (drip, Outcome.TIMED_OUT),
    "long body": (ok(b"x" * 70_000), Outcome.TOO_LARGE),
    "endless chunk line": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1" * 70_000,
        Outcome.TOO_LARGE,
    ),
    "gzip bomb": (ok(gzip.compress(bytes(1_500_000)), "Content-Encoding: gzip"), Outcome.TOO_LARGE),
    "deflate bomb": (ok(zlib.compress(bytes(9_000_000)), "Content-Encoding: deflate"), Outcome.TOO_LARGE),
    "long header": (ok(b"", "X-Long: " + "x" * 5_000), Outcome.TOO_LARGE),
    "many headers": (ok(b"", *(f"X-{n}: y" for n in range(200))), Outcome.BROKEN_RESPONSE),
    "very many headers": (ok(b"", *(f"X-{n}: {'y' * 50}" for n in range(8_000))), Outcome.TOO_LARGE),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_is_an_outcome_with_words(name: str) -> None:
    answer, outcome = FAILURES[name]
    exchange = fetch(answer, SMALL)
    assert exchange.outcome is outcome
    assert exchange.detail
    assert not set(exchange.detail) & set(map(chr, range(32)))
    assert (exchange.entity is None) == (
        outcome in {Outcome.TIMED_OUT, Outcome.TOO_LARGE}
        or (outcome is Outcome.BROKEN_RESPONSE and exchange.status not in {206, 700, 103})
    )


def test_a_port_where_nobody_listens_is_a_failed_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()
    exchange = Session(AGENT, resolver=Resolver({HOST: address})).fetch(URL)
    assert exchange.outcome is Outcome.CONNECT_FAILED
    assert (exchange.ip_address, exchange.request) == (None, None)


@pytest.mark.parametrize(
    ("url", "outcome"),
    [
        ("http://127.0.0.1/", Outcome.ADDRESS_REFUSED),
        ("http://[::1]/", Outcome.ADDRESS_REFUSED),
        ("http://2130706433/", Outcome.ADDRESS_REFUSED),
        ("http://private.test/", Outcome.ADDRESS_REFUSED),
        ("file:///etc/passwd", Outcome.ADDRESS_REFUSED),
        ("http://me:secret@www.example.test/", Outcome.ADDRESS_REFUSED),
        ("http://", Outcome.ADDRESS_REFUSED),
        ("http://nowhere.test/", Outcome.HOST_UNRESOLVED),
        ("http://" + "a" * 70 + ".test/", Outcome.HOST_UNRESOLVED),
    ],
)
def test_an_address_that_must_not_be_reached_is_an_outcome_without_a_connection(url: str, outcome: Outcome) -> None:
    def lookup(host: str, port: int) -> list[str]:
        return ["10.0.0.7"] if host == "private.test" else []

    exchange = Session(AGENT, resolver=Resolver(lookup=lookup)).fetch(url)
    assert exchange.outcome is outcome
    assert (exchange.request, exchange.ip_address) == (None, None)
    assert exchange.detail


def test_a_user_agent_must_say_whom_to_write_to() -> None:
    with pytest.raises(RoundtableError) as caught:
        Session("RoundtableArchive/1.0")
    assert caught.value.code is Code.CONTACT_MISSING
    assert Session(user_agent("1.0", "archivist@example.test")).product == "RoundtableArchive"
    assert Session(user_agent("1.0", "https://example.test/about")).product == "RoundtableArchive"
