"""Revisits: what is held already is referred to and not kept twice."""

import gzip
from dataclasses import replace

import pytest

from archive.captures.memento import Memento
from archive.captures.records import warc_date
from archive.captures.store import CaptureStore
from archive.codes import Outcome
from tests.captures.made import ODD, START, URL, exchange, not_modified, records
from tests.fetch.hostile import chunked


def test_an_answer_304_becomes_a_revisit_of_what_is_held(store: CaptureStore) -> None:
    first = store.keep(exchange(etag='"v1"'), run_id="run-1")
    second = store.keep(not_modified(minute=1), run_id="run-2")
    third = store.keep(not_modified(minute=2, etag='"v2"'), run_id="run-3")
    assert (second.record_type, second.status, second.refers_to) == ("revisit", 304, first.capture_id)
    assert third.refers_to == first.capture_id
    assert (second.etag, third.etag, second.mime) == ('"v1"', '"v2"', "text/html")
    assert {store.payload(capture) for capture in (first, second, third)} == {b"page"}
    assert store.latest(URL) == third
    found = records(store)
    headers, block = found[3]
    assert headers["WARC-Type"] == "revisit"
    assert headers["WARC-Profile"].endswith("/revisit/server-not-modified")
    assert headers["WARC-Refers-To"] == found[1][0]["WARC-Record-ID"]
    assert headers["WARC-Refers-To-Target-URI"] == URL
    assert headers["WARC-Refers-To-Date"] == found[1][0]["WARC-Date"] == warc_date(START)
    assert block == b"HTTP/1.1 304 Same\r\n\r\n"


def test_a_payload_that_is_held_already_becomes_a_revisit_that_keeps_its_head(store: CaptureStore) -> None:
    first = store.keep(exchange(), run_id="run-1")
    head = b"HTTP/1.1 200 OK\r\nX-Later: yes\r\n\r\n"
    second = store.keep(exchange(minute=1, head=head), run_id="run-2")
    assert (second.record_type, second.status, second.refers_to) == ("revisit", 200, first.capture_id)
    assert second.payload_sha256 == first.payload_sha256
    assert store.payload(second) == b"page"
    found = records(store)
    headers, block = found[3]
    assert headers["WARC-Profile"].endswith("/revisit/identical-payload-digest")
    assert headers["WARC-Payload-Digest"] == found[1][0]["WARC-Payload-Digest"]
    assert block == head


@pytest.mark.parametrize(
    "other",
    [
        exchange(b"other", minute=1),
        exchange(minute=1, url=URL + "/"),
        exchange(minute=1, head=b"HTTP/1.1 404 No\r\n\r\n", outcome=Outcome.NOT_FOUND),
        replace(exchange(minute=1, head=b"HTTP/1.1 301 M\r\n\r\n"), location="http://a.test/"),
        exchange(b"4\r\npage\r\n0\r\n\r\n", minute=1, head=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
        exchange(gzip.compress(b"page"), minute=1, head=b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"),
    ],
    ids=["payload", "address", "status", "redirect", "framing", "coding"],
)
def test_an_answer_that_differs_in_what_is_replayed_is_kept_whole(store: CaptureStore, other: object) -> None:
    store.keep(exchange(), run_id="run-1")
    assert isinstance(other, type(exchange()))
    capture = store.keep(other, run_id="run-2")
    assert capture.record_type == "response"
    assert store.payload(capture) == other.entity


def test_chunks_that_are_cut_elsewhere_are_still_the_same_payload(store: CaptureStore) -> None:
    store.keep(exchange(chunked(b"pa", b"ge"), head=ODD), run_id="run-1")
    assert store.keep(exchange(chunked(b"page"), head=ODD, minute=1), run_id="run-2").record_type == "revisit"
    records(store)


def test_the_latest_capture_is_the_one_that_conditions_are_built_on(store: CaptureStore) -> None:
    store.keep(exchange(b"new", minute=2, etag='"new"'), run_id="run-1")
    store.keep(exchange(b"old", minute=1, etag='"old"'), run_id="run-1")
    store.keep(exchange(b"", minute=3, head=b"HTTP/1.1 500 Oh\r\n\r\n", outcome=Outcome.SERVER_ERROR), run_id="run-1")
    store.keep_resource(URL, b"brought", Memento(START.replace(tzinfo=None), "file"), mime=None, run_id=None)
    latest = store.latest(URL)
    assert latest is not None
    assert latest.etag == '"new"'
    assert store.latest(URL + "/") is None
