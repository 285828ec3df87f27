"""Bodies that do not agree with their heads, as other people's archives hold them."""

import gzip
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from archive.codes import Outcome
from archive.fetch import lenient
from archive.fetch.exchange import FetchError
from archive.fetch.message import Head, parse_head

PAGE = b"<html><p>" + b" ".join(b"word %d" % number for number in range(5_000)) + b"</p></html>"
PACKERS = {
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}


def head(*, coding: str = "", chunked: bool = False) -> Head:
    lines = [f"Content-Encoding: {coding}"] * bool(coding) + ["Transfer-Encoding: chunked"] * chunked
    return parse_head("\r\n".join(["HTTP/2 200", *lines, "", ""]).encode())


def entity(of: Head, body: bytes, most: int = 10**6) -> bytes:
    return lenient.entity(of, body, max_bytes=most)


@pytest.mark.parametrize("coding", PACKERS)
def test_what_is_packed_as_it_says_is_unpacked_and_what_is_not_is_taken_as_it_is(coding: str) -> None:
    assert entity(head(coding=coding), PACKERS[coding](PAGE)) == PAGE
    assert entity(head(coding=coding), PAGE) == PAGE
    assert entity(head(coding=coding), b"") == b""


def test_bare_deflate_is_known_too() -> None:
    engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    assert entity(head(coding="deflate"), engine.compress(PAGE) + engine.flush()) == PAGE


def test_codings_one_in_the_other_come_off_in_their_order() -> None:
    assert entity(head(coding="gzip, br"), brotli.compress(PACKERS["gzip"](PAGE))) == PAGE


def test_of_a_packed_body_that_ends_early_the_beginning_is_there() -> None:
    packed = PACKERS["gzip"](PAGE)
    found = entity(head(coding="gzip"), packed[: len(packed) // 2])
    assert PAGE.startswith(found)
    assert len(found) > 1_000


def test_chunks_are_joined_as_far_as_they_go_and_a_body_without_chunks_is_left_alone() -> None:
    assert entity(head(chunked=True), b"4\r\npage\r\n0\r\n\r\n") == b"page"
    assert entity(head(chunked=True), b"4\r\npage\r\n8\r\nmore") == b"pagemore"
    assert entity(head(chunked=True), PAGE) == PAGE
    assert entity(head(chunked=True), b"face the music") == b"face the music"
    assert entity(head(coding="gzip", chunked=True), PACKERS["gzip"](PAGE)) == PAGE


@pytest.mark.parametrize("coding", PACKERS)
def test_a_bomb_is_too_large(coding: str) -> None:
    with pytest.raises(FetchError) as caught:
        entity(head(coding=coding), PACKERS[coding](b"0" * 50_000_000))
    assert caught.value.outcome is Outcome.TOO_LARGE


@given(st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, br", "x-odd"]), st.booleans(), st.binary(max_size=300))
def test_whatever_the_body_is_there_is_an_entity(coding: str, chunked: bool, body: bytes) -> None:
    entity(head(coding=coding, chunked=chunked), body)
