"""Captures that are written together: a crash loses no more than the last group, and never part of a capture."""

import os
from pathlib import Path

import pytest

from archive.captures import store as store_module
from archive.captures.memento import Memento
from archive.captures.store import CaptureStore
from archive.captures.verify import verify
from archive.codes import Code, RoundtableError
from tests.captures.made import URL, exchange, not_modified, read_by_others, store_in
from tests.faults import KILL, loop

EVERY = 1 if os.environ.get("ROUNDTABLE_SOAK") else 3
WARC = "roundtable-00001.warc.gz"


def work(folder: Path) -> None:
    """Eight captures in groups of a few, over several files, one of them kept alone."""
    store = store_in(folder, max_bytes=4_000)
    with store.together():
        for minute in range(4):
            store.keep(exchange(b"page %d" % minute, minute=minute, url=f"{URL}/{minute}", etag='"1"'), run_id="run-1")
        store.keep(exchange(b"page 3", minute=5, url=f"{URL}/3"), run_id="run-1")
    store.keep(exchange(b"alone", minute=6), run_id="run-1")
    with store.together():
        store.keep(not_modified(minute=7), run_id="run-1")
        store.keep_resource(URL, b"brought", Memento(note="a file"), mime="text/plain", run_id="run-1")


@pytest.fixture
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_GROUP_BYTES", 1_500)


@pytest.mark.usefixtures("small_groups")
@pytest.mark.parametrize("fault", [KILL, "ENOSPC", "EIO"])
def test_whichever_operation_is_struck_the_work_can_be_done_again(tmp_path: Path, fault: str) -> None:
    (tmp_path / "empty").mkdir()
    whole = tmp_path / "whole"
    work(whole)
    expected = [capture.capture_id for capture in store_in(whole).captures()]
    assert len(expected) == 8
    struck = set()
    for attempt in loop(tmp_path / "empty", tmp_path, work, fault, EVERY):
        struck.add(attempt.ended)
        committed = store_in(attempt.folder).captures()
        assert {capture.capture_id for capture in committed} <= set(expected)
        assert all(store_in(attempt.folder).payload(capture) is not None for capture in committed)
        store_in(attempt.folder).recover()
        assert store_in(attempt.folder).captures() == committed
        work(attempt.folder)
        again = store_in(attempt.folder)
        assert [capture.capture_id for capture in again.captures()] == expected
        for path in sorted(attempt.folder.glob("*.warc.gz")):
            read_by_others(path)
    assert struck == {"done", "killed" if fault == KILL else "refused"}


def test_within_a_group_what_was_kept_is_known_and_nothing_is_on_the_disk(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    with store.together():
        first = store.keep(exchange(), run_id="run-1")
        assert store.keep(exchange(), run_id="run-1") == first == store.get(first.capture_id)
        second = store.keep(exchange(minute=1), run_id="run-1")
        assert (second.record_type, second.refers_to) == ("revisit", first.capture_id)
        assert store_in(tmp_path).captures() == []
    assert store_in(tmp_path).captures() == store.captures() == [first, second]
    assert store.payload(second) == b"page"


def test_what_was_kept_before_an_error_within_a_group_stays(tmp_path: Path) -> None:
    store = store_in(tmp_path)

    def broken() -> None:
        with store.together():
            store.keep(exchange(), run_id="run-1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert [store_in(tmp_path).payload(capture) for capture in store_in(tmp_path).captures()] == [b"page"]


def fill(store: CaptureStore) -> None:
    with store.together():
        for minute in range(3):
            store.keep(exchange(b"page %d" % minute, minute=minute), run_id="run-1")


def test_the_tail_of_a_group_is_cut_at_every_byte(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    store.keep(exchange(b"before", minute=9), run_id="run-1")
    warc, manifest = tmp_path / WARC, tmp_path / f"{WARC}.jsonl"
    start, lines = warc.stat().st_size, manifest.read_bytes()
    fill(store)
    content = warc.read_bytes()
    for length in range(start, len(content) + 1, 7):
        warc.write_bytes(content[:length])
        manifest.write_bytes(lines)
        found = store_in(tmp_path)
        assert sum(cut.length for cut in found.recover()) == length - start
        assert [found.payload(capture) for capture in found.captures()] == [b"before"]


def test_a_manifest_that_lost_the_lines_of_two_groups_is_damage(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    store.keep(exchange(b"before", minute=9), run_id="run-1")
    manifest = tmp_path / f"{WARC}.jsonl"
    lines = manifest.read_bytes()
    fill(store)
    with store.together():
        store.keep(exchange(b"behind", minute=8), run_id="run-1")
    manifest.write_bytes(lines)
    with pytest.raises(RoundtableError, match="lines are missing") as caught:
        store_in(tmp_path).recover()
    assert caught.value.code is Code.CAPTURE_DAMAGED
    assert [finding.code for finding in verify(tmp_path).damage][:1] == [Code.CAPTURE_DAMAGED]


def test_a_commit_of_one_capture_has_no_mark_of_a_group(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    store.keep(exchange(), run_id="run-1")
    assert all("Roundtable-Commit" not in headers for headers, _ in read_by_others(tmp_path / WARC))
    fill(store)
    marks = [headers.get("Roundtable-Commit") for headers, _ in read_by_others(tmp_path / WARC)]
    assert len(set(marks)) == 2
