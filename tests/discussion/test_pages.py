"""Reading every page: what one of them brings to light concerns no other."""

import contextlib
import datetime as dt
import sqlite3

import pytest

from archive.codes import Code
from archive.discussion import pages, several
from archive.discussion.page_cache import gist_of
from archive.model import Capture
from archive.sources.register import Register

PAGE = b"<html><h1>A title of the page</h1><p>By Ada Lindqvist</p><p>%s</p>"


def capture(name: str) -> Capture:
    when = dt.datetime(2026, 1, 1)
    return Capture(
        capture_id=f"c-{name}", url=f"http://a.test/{name}", captured_at=when, ingested_at=when, origin="live",
        record_type="response", status=200, mime="text/html", payload_sha256=name * 64, payload_bytes=9,
        warc_file="a", warc_offset=0, warc_length=1,
    )  # fmt: skip


def payload(one: Capture) -> bytes:
    return PAGE % (b"Words of page %s. " % one.payload_sha256[:1].encode() * 30)


def kept_in(cache) -> list[tuple[str, bytes]]:
    with contextlib.closing(sqlite3.connect(cache)) as database:
        rows = database.execute("SELECT key, page FROM pages ORDER BY key").fetchall()
        assert [key for key, _ in rows] == [
            key for (key,) in database.execute("SELECT key FROM gists ORDER BY key").fetchall()
        ]
    return rows


def test_a_bug_in_the_reader_is_told_as_that_page_s_fault_and_all_others_are_read(tmp_path, monkeypatch):
    real, bugs = pages.read, ["second"]

    def read(content, url, source, delivery):
        if bugs and bugs[0].encode() in content:
            raise ZeroDivisionError("no such thing")
        return real(content, url, source, delivery)

    monkeypatch.setattr(pages, "read", read)
    captures = [capture("a"), capture("b"), capture("c")]
    words = {"a": b"The first. " * 30, "b": b"The second. " * 30, "c": b"The third. " * 30}

    def read_all():
        register = Register.load(tmp_path / "register")
        found = pages.read_all(captures, lambda one: PAGE % words[one.payload_sha256[0]], register, tmp_path / "cache")
        return [[fault.code for fault in one.page.faults] for one in found], found

    codes, found = read_all()
    assert codes == [[], [Code.READER_FAILED], []]
    (fault,) = found[1].page.faults
    assert fault.reason.startswith("ZeroDivisionError in test_pages.py, line ")
    assert fault.reason.endswith(": no such thing")
    bugs.clear()
    assert read_all()[0] == [[], [], []]


@pytest.mark.parametrize(
    ("record_type", "mime", "is_page"),
    [
        ("resource", None, True),
        ("resource", "text/html", True),
        ("resource", "image/png", False),
        ("conversion", "text/plain", True),
        ("conversion", "image/jpeg", False),
        ("response", "image/png", False),
        ("response", None, True),
    ],
)
def test_what_a_crawl_keeps_beside_pages_is_no_page(record_type, mime, is_page):
    one = capture("a")
    status = 200 if record_type == "response" else None
    values = {**{name: getattr(one, name) for name in one.__slots__}, "record_type": record_type}
    assert pages.is_page(Capture(**{**values, "mime": mime, "status": status})) == is_page


@pytest.mark.parametrize("processes", [1, 2])
def test_several_processes_read_the_same_pages_as_one(tmp_path, monkeypatch, processes):
    monkeypatch.setattr(several, "MANY", 2)
    captures = [capture("abcdefgh"[number]) for number in range(8)]
    register = Register.load(tmp_path / "register")
    readings = pages.CachedReadings(captures, payload, register, tmp_path / "cache")
    alone = pages.CachedReadings(captures, payload, register, tmp_path / "of-one")
    assert [told for _, _, told in readings.gists(processes)] == [True] * 8
    assert [told for _, _, told in readings.gists(processes)] == [False] * 8
    assert list(readings.gists()) == [(one.capture, gist_of(one.page), False) for one in readings]
    assert list(readings) == list(alone)
    list(alone.gists())
    assert kept_in(tmp_path / "cache") == kept_in(tmp_path / "of-one")


def test_the_cache_keeps_what_captures_ask_for_and_no_more(tmp_path, monkeypatch):
    captures = [capture(name) for name in "abc"]
    register = Register.load(tmp_path / "register")
    monkeypatch.setattr(pages, "code_digest", lambda: "an earlier reader")
    list(pages.CachedReadings(captures, payload, register, tmp_path / "cache").gists())
    monkeypatch.undo()
    list(pages.CachedReadings(captures[:2], payload, register, tmp_path / "cache").gists())
    assert len(kept_in(tmp_path / "cache")) == 2
