"""The store: what a capture says, and how files are continued, shared and read."""

import datetime as dt
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from archive.captures.describing import capture_id
from archive.captures.store import CaptureStore
from archive.codes import Outcome
from archive.model.captures import Capture
from tests.captures.made import START, URL, WARC, contents, exchange, records, store_in


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
