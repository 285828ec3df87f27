"""Other people's records become captures of ours: exact, dated on their word, and each of them once."""

import datetime as dt
import io
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from archive.captures.accession import Accession, Taken
from archive.captures.store import CaptureStore
from archive.codes import Code
from archive.model import Capture
from tests.captures import foreign_made as made
from tests.captures.made import exchange, not_modified, read_by_others, store_in

WHEN = dt.datetime(2014, 6, 2, 10, 20, 30)
WARC = "roundtable-00001.warc.gz"


@pytest.fixture
def store(tmp_path: Path) -> CaptureStore:
    return store_in(tmp_path / "captures")


def take(store: CaptureStore, *files: list[bytes], run_id: str = "run-1", **options: object) -> list[Taken]:
    """Take files of these records, packed record by record."""
    accession = Accession(store, run_id=run_id, **{"max_bytes": 10**6, **options})
    with store.together():
        taken = [
            accession.take(io.BytesIO(made.packed(one)), f"file-{number}.warc.gz") for number, one in enumerate(files)
        ]
        accession.finish()
    return taken


def only(store: CaptureStore) -> Capture:
    (capture,) = store.captures()
    return capture


def facts_of(store: CaptureStore) -> list[tuple[dict[str, str], bytes]]:
    return read_by_others(store.folder / WARC)


@pytest.mark.parametrize("crawler", [made.wget, made.heritrix, made.browsertrix, made.common_crawl])
def test_the_page_of_every_crawler_is_kept_as_it_was_with_its_request(
    store: CaptureStore, crawler: Callable[[], list[bytes]]
) -> None:
    (taken,) = take(store, crawler())
    capture = only(store)
    assert (capture.url, capture.captured_at, capture.captured_at_source) == (made.URL, WHEN, "file")
    assert (capture.origin, capture.record_type, capture.status, capture.mime) == (
        "import", "response", 200, "text/html",
    )  # fmt: skip
    assert store.payload(capture) == made.PAGE
    assert (taken.faults, taken.held, taken.undated, taken.captures) == ([], 0, 0, [capture.capture_id])
    kinds = {headers["WARC-Type"]: (headers, block) for headers, block in facts_of(store)}
    assert set(kinds) == {"warcinfo", "response", "request", "metadata"}
    head, body = kinds["response"][1].split(b"\r\n\r\n", 1)
    assert (head.split(b"\r\n")[0].split()[1], body) == (b"200", made.PAGE)
    assert kinds["request"][1] == made.GET
    assert kinds["response"][0]["WARC-Date"] == "2014-06-02T10:20:30.000000Z"
    assert b"original-record-id: <urn:uuid:1>\r\n" in kinds["metadata"][1]
    assert f"imported-from: {capture.note}\r\n".encode() in kinds["metadata"][1]


@pytest.mark.parametrize("crawler", [made.wget, made.heritrix, made.browsertrix])
def test_what_is_from_no_web_address_is_left_out_and_counted(
    store: CaptureStore, crawler: Callable[[], list[bytes]]
) -> None:
    (taken,) = take(store, crawler())
    assert taken.left_out == {"no web address": 1}


def test_the_same_file_again_and_a_copy_of_it_add_nothing(store: CaptureStore) -> None:
    take(store, made.wget())
    before = (store.folder / WARC).read_bytes()
    first, second = take(store, made.wget(), made.wget(), run_id="run-2")
    assert (first.captures, first.held, second.captures, second.held) == ([], 1, [], 1)
    assert (store.folder / WARC).read_bytes() == before


def test_a_text_that_somebody_drew_from_a_page_is_a_conversion(store: CaptureStore) -> None:
    take(store, made.wet(b"Old\nThe old page, drawn out."))
    capture = only(store)
    assert (capture.record_type, capture.mime, capture.status) == ("conversion", "text/plain", None)
    assert store.payload(capture) == b"Old\nThe old page, drawn out."
    assert [headers["WARC-Type"] for headers, _ in facts_of(store)] == ["warcinfo", "conversion", "metadata"]


# --- revisits ---------------------------------------------------------------------------------------

LATER = "2015-01-01T00:00:00Z"
WAYS = {
    "by record": [("WARC-Refers-To", "<urn:uuid:1>")],
    "by address and time": [("WARC-Refers-To-Target-URI", made.URL), ("WARC-Refers-To-Date", made.DATE)],
    "by time alone": [("WARC-Refers-To-Date", made.DATE)],
    "by digest": [("WARC-Payload-Digest", made.sha1(made.PAGE))],
}
ORDERS = ["behind", "before", "in an earlier file", "in a later file", "in an earlier import"]
# The id of another's record is not remembered from one import to the next; its digest, and address with time, are.
FORGOTTEN = [("by record", "in an earlier import")]


@pytest.mark.parametrize(("way", "order"), [one for one in product(WAYS, ORDERS) if one not in FORGOTTEN])
def test_a_revisit_finds_the_payload_that_it_refers_to(store: CaptureStore, way: str, order: str) -> None:
    original, again = made.response(), made.revisit(*WAYS[way], date=LATER, head=made.HEAD % 5)
    files = {
        "behind": [[original, again]],
        "before": [[again, original]],
        "in an earlier file": [[original], [again]],
        "in a later file": [[again], [original]],
        "in an earlier import": [[again]],
    }[order]
    if order == "in an earlier import":
        take(store, [original])
    taken = take(store, *files, run_id="run-2")
    assert [one.faults for one in taken] == [[]] * len(files)
    first, second = store.captures()
    assert (second.record_type, second.refers_to, second.status) == ("revisit", first.capture_id, 200)
    assert second.captured_at == dt.datetime(2015, 1, 1)
    assert store.payload(second) == made.PAGE
    facts_of(store)


def test_a_revisit_without_a_head_has_the_status_of_what_it_refers_to(store: CaptureStore) -> None:
    take(store, [made.response(), made.revisit(*WAYS["by record"], date=LATER)])
    assert [(one.record_type, one.status, one.mime) for one in store.captures()] == [
        ("response", 200, "text/html"),
        ("revisit", 200, "text/html"),
    ]
    facts_of(store)


def test_a_revisit_of_what_is_not_held_is_told_and_taken_later(store: CaptureStore) -> None:
    again = made.revisit(*WAYS["by digest"], date=LATER)
    (taken,) = take(store, [made.info(), again])
    (fault,) = taken.faults
    assert (fault.code, fault.offset) == (Code.REVISIT_UNRESOLVED, len(made.packed([made.info()])))
    assert store.captures() == []
    take(store, [made.response()], run_id="run-2")
    (taken,) = take(store, [made.info(), again], run_id="run-3")
    assert (taken.faults, len(taken.captures)) == ([], 1)


# --- dates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "known"),
    [
        ("2014-06-02T10:20:30.123456789Z", WHEN.replace(microsecond=123456)),
        ("2014-06-02T10:20:30.5Z", WHEN.replace(microsecond=500000)),
        (None, None),
        ("2014", None),
        ("2014-06-02", None),
        ("2014-06-02T10:20Z", None),
        ("2014-06-31T10:20:30Z", None),
        ("1970-01-01T00:00:00Z", None),
        ("2999-01-01T00:00:00Z", None),
        ("yesterday", None),
    ],
)
def test_a_date_is_taken_where_it_names_a_second_that_can_be(
    store: CaptureStore, printed: str | None, known: dt.datetime | None
) -> None:
    (taken,) = take(store, [made.response(date=printed)])
    capture = only(store)
    assert (capture.captured_at, capture.captured_at_source) == (known, "file" if known else None)
    assert taken.undated == (known is None)
    metadata = next(block for headers, block in facts_of(store) if headers["WARC-Type"] == "metadata")
    assert printed is None or f"original-date: {printed}\r\n".encode() in metadata


# --- what cannot be taken ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (made.response(url=""), Code.RECORD_UNUSABLE),
        (made.response(url="http://"), Code.RECORD_UNUSABLE),
        (made.response(url="https://a b.test/"), Code.RECORD_UNUSABLE),
        (made.response(b"no answer at all"), Code.RECORD_UNUSABLE),
        (made.response(b""), Code.RECORD_UNUSABLE),
        (made.response(made.answer(), ("WARC-Segment-Number", "1")), Code.RECORD_UNUSABLE),
        (made.response(made.answer(b"x" * 20_000)), Code.RECORD_TOO_LARGE),
    ],
    ids=["no address", "half an address", "space in host", "no http", "no block", "a segment", "too large"],
)
def test_a_record_that_cannot_be_taken_is_told_and_its_neighbours_are_taken(
    store: CaptureStore, record: bytes, code: Code
) -> None:
    (taken,) = take(store, [record, made.response()], max_bytes=10_000)
    (fault,) = taken.faults
    assert (fault.code, fault.offset) == (code, 0)
    assert store.payload(only(store)) == made.PAGE


def test_what_was_cut_there_says_so_here(store: CaptureStore) -> None:
    head = made.HEAD % 5_000
    take(store, [made.response(made.answer(b"<p>only a", head), ("WARC-Truncated", "length"))])
    assert store.payload(only(store)) == b"<p>only a"
    assert next(headers for headers, _ in facts_of(store) if headers["WARC-Type"] == "response")["WARC-Truncated"] == (
        "length"
    )


def test_only_the_addresses_that_are_wanted_are_taken(store: CaptureStore) -> None:
    other = made.response(number=2, url="http://elsewhere.test/")
    (taken,) = take(store, [made.response(), other], wanted=lambda url: "example" in url)
    assert only(store).url == made.URL
    assert taken.left_out == {"another publisher": 1}


def test_a_request_of_another_page_is_not_taken_for_its_own(store: CaptureStore) -> None:
    other = made.record("request", made.GET, ("WARC-Target-URI", "http://other.test/"), ("WARC-Record-ID", "<urn:q>"))
    take(store, [other, made.response()])
    assert [headers["WARC-Type"] for headers, _ in facts_of(store)] == ["warcinfo", "response", "metadata"]


# --- our own files, brought to another home ---------------------------------------------------------


def test_what_one_archive_of_ours_holds_becomes_the_same_captures_in_another(tmp_path: Path) -> None:
    here, there = store_in(tmp_path / "here"), store_in(tmp_path / "there")
    here.keep(exchange(b"page", etag='"1"'), run_id="run-1")
    here.keep(exchange(b"page", minute=1), run_id="run-1")
    here.keep(not_modified(minute=2), run_id="run-1")
    take(here, made.wet(), made.wget())
    accession = Accession(there, run_id="run-9", max_bytes=10**6)
    with (here.folder / WARC).open("rb") as handle, there.together():
        taken = accession.take(handle, WARC)
        accession.finish()
    assert taken.faults == []
    same = ("capture_id", "url", "captured_at", "record_type", "status", "mime", "payload_sha256", "refers_to")
    assert [[getattr(one, name) for name in same] for one in there.captures()] == [
        [getattr(one, name) for name in same] for one in here.captures()
    ]
    assert [there.payload(one) for one in there.captures()] == [here.payload(one) for one in here.captures()]
