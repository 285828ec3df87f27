"""`roundtable export` on a home: what a name means, what pages are called, and how it ends."""

import datetime as dt
import gzip
import json
import shutil
import zlib
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from archive.captures import wacz
from archive.codes import Code, RoundtableError
from archive.demo.earlier import earlier
from archive.demo.site import canonical
from archive.home import Home
from archive.model import Capture
from pipelines import exporting
from pipelines.opened import OpenedHome
from tests.captures.made import exchange, not_modified, store_in
from tests.pipelines.conftest import roundtable

WARC = "roundtable-00001.warc.gz"
LANDING = "http://www.lamplighter.example/long-table/night-bus/"
PAYS = f"{LANDING}who-should-pay-for-the-small-hours/"
LAST_MILE = f"{LANDING}the-last-mile-has-a-driver-too/"


@pytest.fixture
def home(demo, tmp_path: Path) -> Path:
    shutil.copytree(demo[0], tmp_path / "home", symlinks=True)
    return tmp_path / "home"


def export(home: Path, *names: str) -> wacz.Written:
    return exporting.as_wacz(OpenedHome(Home.at(home)), names, None, lambda _: None)


def lines(path: Path, name: str) -> list[dict[str, str]]:
    with ZipFile(path) as package:
        content = package.read(name).decode().splitlines()
    return [json.loads(line[line.index("{") :]) for line in content]


def addresses(path: Path) -> set[str]:
    return {line["url"] for line in lines(path, "indexes/index.cdx")}


def members(content: bytes) -> list[bytes]:
    """The records of a WARC file, each packed as it is there."""
    found = []
    while content:
        unpacking = zlib.decompressobj(wbits=31)
        unpacking.decompress(content)
        found.append(content[: len(content) - len(unpacking.unused_data)])
        content = unpacking.unused_data
    return found


def titles(path: Path) -> dict[str, str | None]:
    return {line["url"]: line.get("title") for line in lines(path, "pages/pages.jsonl")[1:]}


def test_without_a_name_it_is_the_whole_home_with_the_titles_of_its_pages(home):
    done = roundtable("export", "wacz", "--home", home)
    assert (done.returncode, done.stderr) == (0, "")
    path = home / "exports/archive.wacz"
    assert done.stdout.splitlines()[-1].startswith(f"{path}: 31 captures, 22 pages, ")
    with ZipFile(path) as package:
        exported = members(package.read(f"archive/{WARC}"))
    kept = members((home / "captures" / WARC).read_bytes())
    # What people decided about people is kept and stays here; every other record leaves with its very bytes.
    decided = [member for member in kept if b"WARC-Target-URI: urn:roundtable:authority/" in gzip.decompress(member)]
    assert len(decided) == 2
    assert exported == [member for member in kept if member not in decided]
    assert titles(path) == {
        LANDING: "The Long Table on the Night Bus",
        f"{LANDING}introduction/": "The bus that goes round in the dark",
        f"{LANDING}who-is-the-night-bus-for/": "The night bus: who is on board at three in the morning?",
        PAYS: "The night bus: who should settle the bill?",
        f"{LANDING}what-does-the-driver-know-that-the-timetable-does-not/": (
            "What does the driver know that the timetable does not?"
        ),
        LAST_MILE: "The last mile has a driver too",
        **{
            canonical(page.path): page.title
            for page in (*earlier().all_pages, *filter(None, (one.before for one in earlier().carried)))
        },
    }


def test_it_does_not_wait_for_a_process_that_writes_to_the_home(home, tmp_path):
    with Home.at(home).writing():
        done = roundtable("export", "wacz", "--out", tmp_path / "all.wacz", "--home", home)
    assert (done.returncode, done.stderr) == (0, "")


def test_programs_read_what_was_written(home, tmp_path):
    done = roundtable("export", "wacz", "night-bus", "--out", tmp_path / "deep/er.wacz", "--json", "--home", home)
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    assert said["path"] == str(tmp_path / "deep/er.wacz")
    assert said["bytes"] == (tmp_path / "deep/er.wacz").stat().st_size
    assert (said["captures"], said["pages"]) == (9, 7)
    assert not (home / "exports").exists()


def test_a_round_table_is_its_pages_and_what_is_registered_of_it(home):
    found = addresses(export(home, "night-bus").path)
    assert found == {
        *(url for url in titles(export(home).path) if url.startswith(LANDING)),
        "urn:roundtable:register/lamplighter/round_tables/night-bus.toml",
        "urn:roundtable:register/lamplighter/source.toml",
    }
    assert addresses(export(home, "long-table").path) == found.union(
        addresses(export(home, "stairwell").path), addresses(export(home, "market-clock").path)
    )


def test_a_publisher_is_all_that_came_from_its_hosts(home):
    host = "http://www.lamplighter.example/"
    assert addresses(export(home, "lamplighter").path) == {
        *addresses(export(home, "long-table").path), f"{host}robots.txt", f"{host}sitemap.xml",
    }  # fmt: skip


def test_where_a_round_table_s_addresses_redirect_belongs_to_it_and_other_pages_do_not(home):
    store = store_in(home / "captures")
    head = b"HTTP/1.1 301 Moved\r\nLocation: http://elsewhere.example/a\r\n\r\n"
    store.keep(exchange(b"", url=f"{LANDING}moved/", head=head), run_id="run-2")
    for minute, (url, came_from) in enumerate(
        [("http://elsewhere.example/a", f"{LANDING}moved/"), ("http://elsewhere.example/b", None)], start=1
    ):
        store.keep(replace(exchange(minute=minute, url=url), redirected_from=came_from), run_id="run-2")
    found = addresses(export(home, "night-bus").path)
    assert {"http://elsewhere.example/a", f"{LANDING}moved/"} <= found
    assert "http://elsewhere.example/b" not in found
    assert "http://elsewhere.example/b" in titles(export(home).path)


def test_an_imported_page_belongs_to_the_round_table_that_it_was_read_into(home, tmp_path):
    # Nobody says where it was published: its own words name the round table that it answers to.
    page = store_in(home / "captures").payload(latest(home, LAST_MILE))
    (tmp_path / "saved.html").write_bytes(page.replace(b"og:url", b"og:of").replace(b"canonical", b"of"))
    done = roundtable("import", tmp_path / "saved.html", "--source", "lamplighter", "--home", home)
    assert done.returncode == 0, done.stdout + done.stderr
    path = export(home, "night-bus").path
    (address,) = [url for url in addresses(path) if url.startswith("urn:sha256:")]
    assert titles(path)[address] == titles(path)[LAST_MILE]


def test_an_answer_that_only_confirms_is_kept_and_listed_nowhere(home):
    before = export(home, "night-bus")
    later = latest(home, PAYS).captured_at.replace(tzinfo=dt.UTC) + dt.timedelta(days=1)
    store_in(home / "captures").keep(replace(not_modified(minute=0), url=PAYS, started_at=later), run_id="run-2")
    listed = [lines(before.path, name) for name in ("indexes/index.cdx", "pages/pages.jsonl")]
    after = export(home, "night-bus")
    assert after.captures == before.captures + 1
    assert [lines(after.path, name) for name in ("indexes/index.cdx", "pages/pages.jsonl")] == listed


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("nobody",), Code.SOURCE_UNKNOWN),
        (("opendemocracy",), Code.HOME_EMPTY),
        (("--out", "night-bus.zip"), Code.FORMAT_UNKNOWN),
        (("--home", "nowhere"), Code.HOME_EMPTY),
    ],
    ids=["unknown", "nothing kept", "another format", "no home"],
)
def test_what_cannot_be_exported_is_one_line(home, tmp_path, words, code):
    where = () if "--home" in words else ("--home", home)
    done = roundtable("export", "wacz", *words, *where, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.endswith(f"[{code}]\n")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_damaged_captures_or_tables_are_one_line_and_no_file(home):
    before = (home / "captures" / WARC).read_bytes()
    capture = latest(home, PAYS)
    (home / "captures" / WARC).write_bytes(flipped(before, capture.warc_offset + 99))
    done = roundtable("export", "wacz", "--home", home)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert f"({WARC}@{capture.warc_offset})" in done.stderr
    assert "[capture_damaged]" in done.stderr
    assert list((home / "exports").iterdir()) == []
    (home / "captures" / WARC).write_bytes(before)
    table = home / "tables/current/contribution_versions.parquet"
    table.write_bytes(flipped(table.read_bytes(), table.stat().st_size // 2))
    with pytest.raises(RoundtableError) as caught:
        export(home)
    assert caught.value.code is Code.TABLES_DAMAGED
    assert list((home / "exports").iterdir()) == []


def test_a_copy_of_the_captures_alone_is_exported_without_titles(home, tmp_path):
    shutil.copytree(home / "captures", tmp_path / "copy/captures")
    with ZipFile(export(home).path) as ours, ZipFile(export(tmp_path / "copy").path) as theirs:
        for name in (f"archive/{WARC}", "indexes/index.cdx"):
            assert ours.read(name) == theirs.read(name)
    assert set(titles(tmp_path / "copy/exports/archive.wacz").values()) == {None}


def latest(home: Path, url: str) -> Capture:
    found = store_in(home / "captures").latest(url)
    assert found
    return found


def flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
