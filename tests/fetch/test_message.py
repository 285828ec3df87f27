"""HTTP answers as bytes: heads, chunks and content codings."""

import functools
import gzip
import zlib

import pytest

from archive.codes import Outcome
from archive.fetch import message
from archive.fetch.exchange import FetchError

# Without the time in it, so that every process that collects these tests gives them the same names.
packed = functools.partial(gzip.compress, mtime=0)

TEXT = b"Who may speak at the table? " * 40


def head(*fields: str, status: str = "200 OK") -> message.Head:
    return message.parse_head("\r\n".join([f"HTTP/1.1 {status}", *fields, "", ""]).encode("latin-1"))


def bare_deflate(data: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return engine.compress(data) + engine.flush()


@pytest.mark.parametrize(
    "block",
    [
        b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody\r\n\r\n",
        b"HTTP/1.1 200 OK\nA: b\n\nbody\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n",
    ],
)
def test_head_and_body_together_are_the_block(block: bytes) -> None:
    first, rest = message.split(block)
    assert first + rest == block
    assert rest in {b"body\r\n\r\n", b"\r\n", b""}


def test_fields_keep_their_order_case_and_repetition() -> None:
    parsed = head(
        "x-ODD:one", "X-Odd:  two ", "Folded: a", "  b", "no field at all", "Content-Type: Text/HTML; charset=x"
    )
    assert parsed.fields == (
        ("x-ODD", "one"),
        ("X-Odd", "two"),
        ("Folded", "a b"),
        ("Content-Type", "Text/HTML; charset=x"),
    )
    assert (parsed.status, parsed.mime, parsed.get("x-odd")) == (200, "text/html", "one")


@pytest.mark.parametrize("declared", ["", "text", "text/html evil", "text/\x01html", ";charset=utf-8"])
def test_a_content_type_that_is_none_gives_no_mime(declared: str) -> None:
    assert head(f"Content-Type: {declared}").mime is None


@pytest.mark.parametrize(
    ("fields", "coded"),
    [
        ((), TEXT),
        (("Content-Encoding: identity",), TEXT),
        (("Content-Encoding: gzip",), packed(TEXT)),
        (("Content-Encoding: X-GZIP",), packed(TEXT[:9]) + packed(TEXT[9:])),
        (("Content-Encoding: gzip",), packed(TEXT) + b"\x00\x00junk"),
        (("Content-Encoding: deflate",), zlib.compress(TEXT)),
        (("Content-Encoding: deflate",), bare_deflate(TEXT)),
        (("Content-Encoding: deflate, gzip",), packed(zlib.compress(TEXT))),
        (("Content-Encoding: deflate", "Content-Encoding: gzip"), packed(zlib.compress(TEXT))),
    ],
)
def test_content_codings_are_undone(fields: tuple[str, ...], coded: bytes) -> None:
    assert message.content_decoded(head(*fields), coded, max_bytes=len(TEXT)) == TEXT


@pytest.mark.parametrize(
    ("fields", "coded", "outcome"),
    [
        (("Content-Encoding: br",), TEXT, Outcome.BROKEN_RESPONSE),
        (("Content-Encoding: UTF-8",), TEXT, Outcome.BROKEN_RESPONSE),
        (("Content-Encoding: gzip",), TEXT, Outcome.BROKEN_RESPONSE),
        (("Content-Encoding: deflate",), TEXT, Outcome.BROKEN_RESPONSE),
        (("Content-Encoding: gzip",), packed(TEXT)[:-1], Outcome.BROKEN_RESPONSE),
        (("Content-Encoding: gzip",), packed(b"") * 2_000, Outcome.BROKEN_RESPONSE),
        (("Content-Encoding: gzip, gzip, gzip, gzip",), TEXT, Outcome.BROKEN_RESPONSE),
        (("Content-Encoding: gzip",), packed(TEXT + b"."), Outcome.TOO_LARGE),
        (("Content-Encoding: gzip",), packed(TEXT) + packed(b"."), Outcome.TOO_LARGE),
        (("Content-Encoding: deflate",), zlib.compress(TEXT * 1000), Outcome.TOO_LARGE),
        ((), TEXT + b".", Outcome.TOO_LARGE),
    ],
)
def test_a_body_that_is_not_what_its_head_says_is_refused(
    fields: tuple[str, ...], coded: bytes, outcome: Outcome
) -> None:
    with pytest.raises(FetchError) as caught:
        message.content_decoded(head(*fields), coded, max_bytes=len(TEXT))
    assert caught.value.outcome is outcome


@pytest.mark.parametrize(
    "body",
    [
        b"5\r\nhello\r\n0\r\n\r\n",
        b"2;x=y\r\nhe\r\n0003 \r\nllo\r\n000\r\nTrailer: 1\r\n\r\n",
        b"5\r\nhello\r\n0\r\n",
    ],
)
def test_chunks_are_joined(body: bytes) -> None:
    assert message.transfer_decoded(head("Transfer-Encoding: Chunked"), body) == b"hello"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"5\nhello\n0\n\n",
        b"-5\r\nhello\r\n0\r\n\r\n",
        b"+5\r\nhello\r\n0\r\n\r\n",
        b"0x5\r\nhello\r\n0\r\n\r\n",
        b"4\r\nhello\r\n0\r\n\r\n",
        b"6\r\nhello\r\n0\r\n\r\n",
        b"5\r\nhello\r\n",
        b"fffffffffffffff\r\nhello",
        b"ffffffffffffffff\r\nhello",
    ],
)
def test_broken_chunks_are_refused(body: bytes) -> None:
    with pytest.raises(FetchError, match="chunk"):
        message.transfer_decoded(head("Transfer-Encoding: chunked"), body)


def test_an_answer_that_has_no_body_is_not_asked_for_chunks() -> None:
    bodiless = head("Transfer-Encoding: chunked", "Content-Encoding: br", status="304 Not Modified")
    assert message.content_decoded(bodiless, message.transfer_decoded(bodiless, b""), max_bytes=9) == b""
