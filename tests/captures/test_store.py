"""The store: what is kept is what came, others can read it, and it is found again."""

import datetime as dt
import gzip
import hashlib
import json
import re
import ssl
from dataclasses import replace
from pathlib import Path

import pytest

from archive.captures.describing import capture_id
from archive.captures.memento import Memento
from archive.captures.records import warc_date
from archive.captures.store import CaptureStore
from archive.codes import Code, Outcome, RoundtableError
from archive.model.captures import Capture
from tests.captures.made import ODD, REQUEST, START, URL, contents, exchange, not_modified, read_by_others, store_in
from tests.fetch.hostile import HOST, chunked, ok, serving, session_for

WARC = "roundtable-00001.warc.gz"


@pytest.fixture
def store(tmp_path: Path) -> CaptureStore:
    return store_in(tmp_path / "captures")


def records(store: CaptureStore, name: str = WARC) -> list[tuple[dict[str, str], bytes]]:
    return read_by_others(store.folder / name)


# --- exact ------------------------------------------------------------------------------------------


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


# --- what a capture says ----------------------------------------------------------------------------


def test_a_capture_says_what_was_kept(store: CaptureStore) -> None:
    made = replace(exchange(etag='"v1"'), last_modified="Mon", redirected_from="http://before.test/")
    capture = store.keep(made, run_id="run-1")
    assert capture == Capture(
        capture_id=capture.capture_id,
        url=URL,
        captured_at=START.replace(tzinfo=None),
        captured_at_source="clock",
        ingested_at=capture.ingested_at,
        origin="live",
        record_type="response",
        status=200,
        mime="text/html",
        payload_sha256=hashlib.sha256(b"page").hexdigest(),
        payload_bytes=4,
        redirected_from="http://before.test/",
        etag='"v1"',
        last_modified="Mon",
        ip_address="127.0.0.1",
        warc_file=WARC,
        warc_offset=capture.warc_offset,
        warc_length=capture.warc_length,
        run_id="run-1",
    )
    assert store.captures() == [capture]
    assert store.get(capture.capture_id) == capture
    assert store.get("c-00000000000000000000") is None
    assert store_in(store.folder).captures() == [capture]


def test_an_id_is_named_by_address_time_and_payload() -> None:
    moment = dt.datetime(2018, 10, 8, 9)
    first = capture_id(URL, moment, "00")
    assert re.fullmatch(r"c-[0-9a-f]{20}", first)
    others = [capture_id(URL, None, "00"), capture_id(URL + "/", moment, "00"), capture_id(URL, moment, "01")]
    assert len({first, *others, capture_id(URL, moment.replace(microsecond=1), "00")}) == 5
    assert first == capture_id(URL, moment, "00")


def test_captures_stand_in_the_order_of_their_times(store: CaptureStore) -> None:
    for minute in (5, 1, 3):
        store.keep(exchange(b"page %d" % minute, minute=minute), run_id="run-1")
    assert [store.payload(capture) for capture in store.captures()] == [b"page 1", b"page 3", b"page 5"]


def test_the_same_exchange_is_kept_once(store: CaptureStore) -> None:
    first = store.keep(exchange(), run_id="run-1")
    before = contents(store.folder)
    assert store.keep(exchange(), run_id="run-2") == first
    assert contents(store.folder) == before


def test_an_exchange_without_a_whole_answer_is_not_kept(store: CaptureStore) -> None:
    for broken in (
        replace(exchange(), entity=None),
        replace(exchange(), response=None),
        replace(exchange(), body=None),
    ):
        with pytest.raises(ValueError, match="no whole answer"):
            store.keep(broken, run_id="run-1")
    assert store.captures() == []


def test_a_page_404_is_kept_and_asked_for_without_conditions(store: CaptureStore) -> None:
    capture = store.keep(
        exchange(b"gone", head=b"HTTP/1.1 404 No\r\nETag: x\r\n\r\n", outcome=Outcome.NOT_FOUND, etag="x"), run_id=None
    )
    assert (capture.status, store.payload(capture)) == (404, b"gone")
    assert store.latest(URL) is None


# --- revisits ---------------------------------------------------------------------------------------


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


# --- brought files ----------------------------------------------------------------------------------


def bring(store: CaptureStore, payload: bytes = b"text", captured_at: dt.datetime | None = None) -> Capture:
    return store.keep_resource(
        URL,
        payload,
        Memento(captured_at, "file" if captured_at else None, note="seed.txt"),
        mime="text/plain",
        run_id="run-1",
    )


def test_a_brought_file_is_a_resource_whose_time_nobody_knows(store: CaptureStore) -> None:
    capture = bring(store)
    assert (capture.record_type, capture.origin, capture.status) == ("resource", "import", None)
    assert (capture.captured_at, capture.captured_at_source, capture.note) == (None, None, "seed.txt")
    assert store.payload(capture) == b"text"
    (_, _), (headers, block), (metadata, facts) = records(store)
    assert (headers["WARC-Type"], headers["Content-Type"], block) == ("resource", "text/plain", b"text")
    assert headers["WARC-Date"] == warc_date(capture.ingested_at)
    assert metadata["WARC-Concurrent-To"] == headers["WARC-Record-ID"]
    assert b"captured-at: unknown; WARC-Date is the time of import\r\n" in facts
    assert b"imported-from: seed.txt\r\n" in facts


def test_a_brought_file_whose_time_is_known_says_so(store: CaptureStore) -> None:
    capture = bring(store, captured_at=START.replace(tzinfo=None))
    assert (capture.captured_at, capture.captured_at_source) == (START.replace(tzinfo=None), "file")
    assert records(store)[1][0]["WARC-Date"] == warc_date(START)


def test_the_same_file_brought_again_is_the_same_capture(store: CaptureStore) -> None:
    first = bring(store)
    before = contents(store.folder)
    assert bring(store) == first == bring(store_in(store.folder))
    assert contents(store.folder) == before
    assert (
        len(
            {
                first.capture_id,
                bring(store, b"other").capture_id,
                bring(store, captured_at=START.replace(tzinfo=None)).capture_id,
            }
        )
        == 3
    )


def test_an_empty_file_is_kept_too(store: CaptureStore) -> None:
    assert store.payload(bring(store, b"")) == b""
    records(store)


# --- files ------------------------------------------------------------------------------------------


def test_reading_writes_nothing(tmp_path: Path) -> None:
    missing = store_in(tmp_path / "captures")
    assert (missing.captures(), missing.get("c-0"), missing.latest(URL)) == ([], None, None)
    assert list(tmp_path.iterdir()) == []
    missing.keep(exchange(), run_id="run-1")
    with (tmp_path / "captures" / f"{WARC}.jsonl").open("ab") as handle:
        handle.write(b'{"torn')
    before = contents(tmp_path / "captures")
    reader = store_in(tmp_path / "captures")
    assert [reader.payload(capture) for capture in reader.captures()] == [b"page"]
    assert contents(tmp_path / "captures") == before


def test_a_file_that_is_full_is_continued_in_the_next(tmp_path: Path) -> None:
    store = store_in(tmp_path, max_bytes=2_000)
    kept = [store.keep(exchange(b"page %d" % n, minute=n), run_id="run-1") for n in range(8)]
    names = sorted({capture.warc_file for capture in kept})
    assert names == [f"roundtable-{n:05}.warc.gz" for n in range(1, len(names) + 1)]
    assert len(names) > 2
    for name in names:
        assert records(store, name)[0][0]["WARC-Type"] == "warcinfo"
    assert store_in(tmp_path).captures() == kept
    revisit = store_in(tmp_path, max_bytes=2_000).keep(exchange(b"page 0", minute=9), run_id="run-2")
    assert revisit.refers_to == kept[0].capture_id
    assert store.payload(revisit) == b"page 0"


def test_a_later_process_goes_on_in_the_last_file(tmp_path: Path) -> None:
    for n in range(3):
        store_in(tmp_path).keep(exchange(b"page %d" % n, minute=n), run_id="run-1")
    assert sorted(contents(tmp_path)) == [WARC, f"{WARC}.jsonl"]
    assert len(records(store_in(tmp_path))) == 7


def test_two_stores_on_one_folder_see_what_the_other_kept(tmp_path: Path) -> None:
    one, two = store_in(tmp_path), store_in(tmp_path)
    first = one.keep(exchange(b"1"), run_id="run-1")
    second = two.keep(exchange(b"2", minute=1), run_id="run-1")
    third = one.keep(exchange(b"3", minute=2), run_id="run-1")
    assert one.captures() == two.captures() == [first, second, third]
    assert len(records(one)) == 7


def test_files_of_others_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "other-1.warc.gz").write_bytes(b"not ours")
    (tmp_path / "roundtable-notes.txt").write_bytes(b"not ours either")
    store = store_in(tmp_path)
    store.keep(exchange(), run_id="run-1")
    assert (tmp_path / "other-1.warc.gz").read_bytes() == b"not ours"
    assert [capture.warc_file for capture in store.captures()] == [WARC]


# --- damage -----------------------------------------------------------------------------------------


def test_every_flipped_byte_of_a_record_is_noticed_when_its_payload_is_read(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    capture = store.keep(exchange(b"page" * 30), run_id="run-1")
    path = tmp_path / WARC
    content = path.read_bytes()
    where = f"{WARC}@{capture.warc_offset}"

    def is_noticed(position: int) -> bool:
        path.write_bytes(content[:position] + bytes([content[position] ^ 0x10]) + content[position + 1 :])
        try:
            return store.payload(capture) != b"page" * 30
        except RoundtableError as error:
            return (error.code, error.where) == (Code.CAPTURE_DAMAGED, where)

    unnoticed = {n for n in range(capture.warc_length) if not is_noticed(capture.warc_offset + n)}
    # A gzip header's flags, time and system, and the bits that fill up its last byte, say nothing of the content. The
    # digest in the manifest covers them, too.
    assert unnoticed <= {*range(3, 10), capture.warc_length - 9}


def test_a_damaged_manifest_is_named_with_its_line(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    store.keep(exchange(), run_id="run-1")
    path = tmp_path / f"{WARC}.jsonl"
    content = path.read_bytes()
    second = content.index(b"\n") + 1
    for position in range(second, len(content) - 1, 7):
        path.write_bytes(content[:position] + bytes([content[position] ^ 0x04]) + content[position + 1 :])
        for act in (store_in(tmp_path).captures, store_in(tmp_path).recover):
            with pytest.raises(RoundtableError) as caught:
                act()
            assert caught.value.code is Code.CAPTURE_DAMAGED
            assert caught.value.where.startswith(f"{WARC}.jsonl, line 2")
    path.write_bytes(content[second:])
    with pytest.raises(RoundtableError, match="does not follow"):
        store_in(tmp_path).captures()


def test_a_revisit_whose_original_is_gone_is_named(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    capture = replace(store.keep(exchange(), run_id="run-1"), refers_to="c-0")
    with pytest.raises(RoundtableError, match="c-0, which is not there"):
        store.payload(capture)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    capture = store.keep(exchange(), run_id="run-1")
    (tmp_path / WARC).unlink()
    with pytest.raises(RoundtableError) as caught:
        store.payload(capture)
    assert caught.value.code is Code.CAPTURE_DAMAGED
    with pytest.raises(RoundtableError, match="before the"):
        store.keep(exchange(b"more", minute=1), run_id="run-2")


def test_the_request_that_was_sent_is_kept_beside_the_answer(store: CaptureStore) -> None:
    store.keep(exchange(), run_id="run-1")
    assert records(store)[2][1] == REQUEST
