"""Files that somebody brought, kept as resources."""

import datetime as dt

from archive.captures.memento import Memento
from archive.captures.records import warc_date
from archive.captures.store import CaptureStore
from archive.model.captures import Capture
from tests.captures.made import START, URL, contents, records, store_in


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
    others = bring(store, b"other"), bring(store, captured_at=START.replace(tzinfo=None))
    assert len({first.capture_id, *(other.capture_id for other in others)}) == 3


def test_an_empty_file_is_kept_too(store: CaptureStore) -> None:
    assert store.payload(bring(store, b"")) == b""
    records(store)
