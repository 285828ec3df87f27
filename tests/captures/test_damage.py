"""Damage is noticed where it is met, and named with its place."""

from dataclasses import replace
from pathlib import Path

import pytest

from archive.codes import Code, RoundtableError
from tests.captures.made import WARC, exchange, store_in


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
