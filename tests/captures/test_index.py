"""The index says what other indexers say, and can be made again at any time."""

import json
import subprocess
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.captures import index
from archive.captures.memento import Memento
from archive.captures.surt import surt
from archive.codes import Code, RoundtableError
from tests.captures.made import exchange, not_modified, store_in
from tests.peers import peer

MOVED = b"HTTP/1.1 301 Moved\r\nLocation: http://www.example.test/other\r\n\r\n"
NO_TYPE = b"HTTP/1.1 200 OK\r\n\r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Every kind of capture, in several files, not in the order of their keys."""
    store = store_in(tmp_path / "captures", max_bytes=4_000)
    store.keep(exchange(b"page"), run_id="run-1")
    store.keep(exchange(b"page", minute=1), run_id="run-1")
    store.keep(not_modified(minute=2), run_id="run-1")
    store.keep(exchange(b"b", minute=3, url="https://sub.example.test/B/?y=1&x=2"), run_id="run-1")
    store.keep(exchange(b"a", minute=4, url="http://a.test/caf%C3%A9"), run_id="run-1")
    store.keep(exchange(b"", minute=5, url="http://a.test/moved", head=MOVED), run_id="run-1")
    store.keep(exchange(b"raw", minute=6, url="http://a.test/raw", head=NO_TYPE), run_id="run-1")
    for name, mime in (("urn:roundtable:Register/x.toml", "application/toml"), ("http://z.test/", None)):
        store.keep_resource(name, b"brought", Memento(), mime=mime, run_id=None)
    assert len(list((tmp_path / "captures").glob("*.warc.gz"))) > 1
    return tmp_path / "captures"


def lines(folder: Path) -> list[tuple[str, str, dict[str, str]]]:
    found = []
    for line in (folder / index.INDEX).read_text().splitlines():
        key, moment, block = line.split(" ", 2)
        found.append((key, moment, json.loads(block)))
    return found


def test_every_line_leads_to_the_record_that_it_describes(folder):
    assert index.rebuild(folder) == 9
    for key, moment, block in lines(folder):
        with (folder / block["filename"]).open("rb") as handle:
            handle.seek(int(block["offset"]))
            record = next(iter(ArchiveIterator(handle)))
        headers = record.rec_headers
        assert headers["WARC-Target-URI"] == block["url"]
        assert key == surt(block["url"])
        assert moment == "".join(filter(str.isdigit, headers["WARC-Date"]))[:14]
        assert block["digest"] == headers["WARC-Payload-Digest"]
        if record.rec_type == "revisit":
            assert block["mime"] == "warc/revisit"
        elif record.rec_type == "response":
            assert block.get("mime") == record.http_headers.get_header("Content-Type")
            assert block["status"] == record.http_headers.get_statuscode()
        else:
            assert block["mime"] == headers["Content-Type"]
            assert "status" not in block


def test_it_is_sorted_by_key_and_time_as_readers_search_it(folder):
    index.rebuild(folder)
    content = (folder / index.INDEX).read_bytes().splitlines()
    assert content == sorted(content)
    assert [moment for key, moment, _ in lines(folder) if key == "test,example)/page"] == [
        "20181008090000", "20181008090100", "20181008090200",
    ]  # fmt: skip


def test_it_is_what_another_indexer_writes(folder):
    tool = peer("ROUNDTABLE_CDXJ_INDEXER", "cdxj-indexer", "cdxj-indexer")
    index.rebuild(folder)
    files = sorted(map(str, folder.glob("*.warc.gz")))
    done = subprocess.run([tool, "--sort", *files], capture_output=True, check=True, timeout=60)
    assert (folder / index.INDEX).read_bytes() == done.stdout


def test_it_is_written_only_where_it_changed(folder):
    index.rebuild(folder)
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    index.rebuild(folder)
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_its_digest_is_one_that_sha256sum_checks(folder):
    index.rebuild(folder)
    digest, name = (folder / index.DIGEST).read_text().split()
    assert name == index.INDEX
    assert (folder / index.DIGEST).read_bytes() == index.sealed((folder / index.INDEX).read_bytes())
    assert len(digest) == 64


def test_a_damaged_manifest_leaves_the_index_as_it_was(folder):
    index.rebuild(folder)
    before = (folder / index.INDEX).read_bytes()
    manifest = next(folder.glob("*.jsonl"))
    manifest.write_bytes(manifest.read_bytes().replace(b'"kind":', b'"kimd":', 1))
    with pytest.raises(RoundtableError) as caught:
        index.rebuild(folder)
    assert caught.value.code is Code.CAPTURE_DAMAGED
    assert (folder / index.INDEX).read_bytes() == before


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://www.example.org:8080/A//b/../c/?b=2&a=1", "org,example:8080)/a/c?a=1&b=2"),
        ("https://Example.org", "org,example)/"),
        ("http://example.org/?", "org,example)/"),
        ("http://example.org/a?jsessionid=0123456789abcdef0123456789abcdef&x=1", "org,example)/a?x=1"),
        ("http://example.org/caf%C3%A9%20x/é", "org,example)/caf%c3%a9%20x/%c3%a9"),
        ("http://www2.example.org./x/", "org,example)/x"),
        ("http://user:pw@example.org:80/", "org,example)/"),
        ("http://127.0.0.1/x", "1,0,0,127)/x"),
        ("http://münchen.de/", "de,xn--mnchen-3ya)/"),
        ("http://example.org/a%2525b", "org,example)/a%25b"),
        ("http://example.org/a%2fb%23c?x=%26y#frag", "org,example)/a/b%23c?x=&y"),
        ("http://example.org/(S(4hqa0555fwsecu455xqckv45))/mileg.aspx", "org,example)/mileg.aspx"),
        ("http://example.org/x?&a=1&", "org,example)/x?&&a=1"),
        ("urn:Roundtable:Foo Bar", "urn:roundtable:foo%20bar"),
        ("http://exa mple/", "http://exa%20mple/"),
    ],
)  # fmt: skip
def test_keys_are_those_that_web_archives_use(url, key):
    assert surt(url) == key
