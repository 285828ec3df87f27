"""What is kept is what came, byte for byte, and others can read it."""

import gzip
import hashlib
import json
import re
import ssl

import pytest

from archive.captures.memento import Memento
from archive.captures.store import CaptureStore
from tests.captures.made import ODD, REQUEST, WARC, exchange, records
from tests.fetch.hostile import HOST, chunked, ok, serving, session_for


def test_the_record_holds_the_bytes_that_the_server_sent(store: CaptureStore) -> None:
    packed = gzip.compress(b"<p>What is a round table?</p>" * 20, mtime=0)
    head = ODD[:-2] + b"Content-Encoding: gzip\r\n\r\n"
    sent = head + chunked(packed[:10], packed[10:])
    with serving({"/page": sent}) as server:
        capture = store.keep(session_for(server).fetch(f"http://{HOST}/page"), run_id="run-1")
        asked = server.requests[0]
    (info, _), (response, block), (request, question) = records(store)
    assert block == sent
    assert question == asked
    assert [info["WARC-Type"], response["WARC-Type"], request["WARC-Type"]] == ["warcinfo", "response", "request"]
    assert response["WARC-Target-URI"] == request["WARC-Target-URI"] == f"http://{HOST}/page"
    assert response["WARC-IP-Address"] == "127.0.0.1"
    assert response["WARC-Date"] == request["WARC-Date"]
    assert response["WARC-Warcinfo-ID"] == request["WARC-Warcinfo-ID"] == info["WARC-Record-ID"]
    assert request["WARC-Concurrent-To"] == response["WARC-Record-ID"]
    assert {"WARC-Payload-Digest", "WARC-Block-Digest"} <= set(response)
    assert store.payload(capture) == b"<p>What is a round table?</p>" * 20


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (ODD, b"4\r\npage\r\n0\r\n\r\n"),
        (b"HTTP/1.0 200 OK\r\n\r\n", b"page"),
        (b"HTTP/1.1 200\r\nContent-Length: 4\r\n\r\n", b"page"),
        (b"HTTP/1.1 200 OK\nServer: old\n\n", b"page"),
        (b"HTTP/1.1 200 OK\r\nno field\r\n: no name\r\nX: \x00\x01\r\n\r\n", b"page"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", b""),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n\r\n\r\nWARC/1.1\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\n\r\n", bytes(range(256)) * 500),
    ],
)
def test_odd_answers_are_kept_exactly_and_read_by_others(store: CaptureStore, head: bytes, body: bytes) -> None:
    made = exchange(body, head=head)
    capture = store.keep(made, run_id="run-1")
    assert records(store)[1][1] == head + body
    assert store.payload(capture) == made.entity


def test_tls_facts_stand_in_a_metadata_record(store: CaptureStore, certificate: tuple[str, ssl.SSLContext]) -> None:
    with serving({"/page": ok(b"x")}, certificate[1]) as server:
        session = session_for(server, ca_bundle=certificate[0])
        store.keep(session.fetch(f"https://{HOST}/page"), run_id="run-1")
    headers, block = records(store)[3]
    assert headers["WARC-Type"] == "metadata"
    assert headers["WARC-Concurrent-To"] == records(store)[1][0]["WARC-Record-ID"]
    assert re.fullmatch(
        rb"tls-version: TLSv1\.\d\r\ntls-cipher: \S+\r\ntls-certificate: sha256:[0-9a-f]{64}\r\n", block
    )


def test_the_file_begins_with_who_wrote_it(store: CaptureStore) -> None:
    store.keep(exchange(), run_id=None)
    headers, block = records(store)[0]
    assert headers["WARC-Filename"] == WARC
    assert b"software: roundtable-archive/test\r\n" in block


def test_every_record_is_a_gzip_member_that_the_manifest_locates(store: CaptureStore) -> None:
    for minute in range(3):
        store.keep(exchange(b"page %d" % minute, minute=minute, tls="TLSv1.3 AES sha256:00"), run_id="run-1")
    content = (store.folder / WARC).read_bytes()
    position = 0
    for line in (store.folder / f"{WARC}.jsonl").read_bytes().splitlines():
        for member in json.loads(line)["records"]:
            assert member["offset"] == position
            raw = content[position : position + member["length"]]
            assert hashlib.sha256(raw).hexdigest() == member["sha256"]
            assert gzip.decompress(raw).startswith(b"WARC/1.1\r\nWARC-Type: " + member["kind"].encode())
            position += member["length"]
    assert position == len(content)


def test_control_characters_never_enter_a_warc_header(store: CaptureStore) -> None:
    evil = "http://a.test/\r\nWARC-Type: evil\x00\x85\u2028"
    store.keep_resource(
        evil,
        b"x",
        Memento(note="a\nb: c\udcff"),
        mime="text/plain\r\nX: y",
        run_id=None,
    )
    (_, _), (headers, _), (_, facts) = records(store)
    assert headers["WARC-Type"] == "resource"
    assert headers["WARC-Target-URI"].startswith("http://a.test/%0D%0AWARC-Type:%20evil%00%C2%85%E2%80%A8")
    assert headers["Content-Type"] == "text/plain%0D%0AX: y"
    assert b"imported-from: a%0Ab: c?\r\n" in facts


def test_the_request_that_was_sent_is_kept_beside_the_answer(store: CaptureStore) -> None:
    store.keep(exchange(), run_id="run-1")
    assert records(store)[2][1] == REQUEST
