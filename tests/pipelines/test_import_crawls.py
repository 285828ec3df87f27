"""WARC and WACZ files, imported: older copies of a discussion take their place in it, and what is damaged is told."""

import json
import shutil
from pathlib import Path

import pytest

from archive.demo.site import HOST, pages
from tests.captures import foreign_made as made
from tests.pipelines.conftest import roundtable
from warehouse import query

PATH = "/long-table/night-bus/who-should-pay-for-the-small-hours/"
URL = f"http://{HOST}{PATH}"
OLDER = "2024-07-01T08:00:00Z"
STATE = {
    "current": "SELECT contribution_id, text, title, published_on FROM contributions ORDER BY ALL",
    "people": "SELECT * FROM people ORDER BY ALL",
}


def rows(home: Path, sql: str) -> list[tuple[object, ...]]:
    return query.run(home / "roundtable.duckdb", sql).rows


def state(home: Path) -> dict[str, list[tuple[object, ...]]]:
    return {name: rows(home, sql) for name, sql in STATE.items()}


def bring(home: Path, file: Path, content: bytes, *words: object) -> dict[str, object]:
    """Import a file of this content, and return what is told of it."""
    file.write_bytes(content)
    done = roundtable("import", file, "--home", home, "--json", *words)
    assert done.returncode in {0, 1}, done.stderr
    (crawl,) = json.loads(done.stdout)["crawls"]
    assert done.returncode == bool(crawl["faults"])
    return crawl


@pytest.fixture
def home(demo, tmp_path):
    shutil.copytree(demo[0], tmp_path / "home", symlinks=True)
    return tmp_path / "home"


@pytest.fixture(scope="module")
def page():
    return pages()[PATH].body


def test_older_copies_and_bare_texts_change_no_id_and_no_newer_version(home, page, tmp_path) -> None:
    before, versions = state(home), rows(home, "SELECT count(*) FROM contribution_versions")[0][0]
    changed, text = rows(home, f"SELECT contribution_id, text FROM contributions WHERE url = '{URL}' ORDER BY 1")[0]
    word = next(word for word in text.split() if page.count(word.encode()) == 1)
    older = page.replace(word.encode(), b"Otherwise")
    crawl = bring(home, tmp_path / "old.warc.gz", made.packed([made.response(made.answer(older), url=URL, date=OLDER)]))
    assert (crawl["new"], crawl["known"], crawl["faults"]) == (1, 0, [])
    assert state(home) == before
    first, second = rows(
        home, f"SELECT version, text FROM contribution_versions WHERE contribution_id = '{changed}' ORDER BY version"
    )
    assert (first, second) == ((1, text.replace(word, "Otherwise")), (2, text))
    assert rows(home, "SELECT count(*) FROM contribution_versions") == [(versions + 1,)]

    drawn = "\n\n".join(words for (words,) in rows(home, f"SELECT text FROM contributions WHERE url = '{URL}'"))
    crawl = bring(home, tmp_path / "a.wet.gz", made.packed(made.wet(drawn.encode(), URL, "2025-01-01T00:00:00Z")))
    assert (crawl["new"], crawl["faults"]) == (1, [])
    assert state(home)["current"] == before["current"]
    assert rows(home, "SELECT count(*) FROM contribution_versions") == [(versions + 1,)]


def test_a_page_that_was_captured_before_its_date_has_none_and_says_so(home, page, tmp_path) -> None:
    wrong, before = "2001-01-01T00:00:00Z", state(home)
    bring(home, tmp_path / "a.warc.gz", made.packed([made.response(made.answer(page), url=URL, date=wrong)]))
    assert rows(home, "SELECT DISTINCT code, url FROM rejections") == [("date_after_capture", URL)]
    assert state(home) == before
    dates = "SELECT DISTINCT version, published_on IS NULL FROM contribution_versions"
    assert rows(home, f"{dates} WHERE url = '{URL}' AND entry IS NOT NULL ORDER BY ALL") == [(1, True), (2, False)]


def test_a_wacz_is_read_and_what_its_list_says_is_checked(home, page, tmp_path) -> None:
    record = made.response(made.answer(page), url=URL, date=OLDER)
    files = {"archive/a.warc.gz": made.packed([record]), "archive/b.warc": record, "pages/pages.jsonl": b""}
    (tmp_path / "a.wacz").write_bytes(made.wacz(files, {"archive/b.warc": "sha256:" + "0" * 64}))
    (tmp_path / "all.wacz").write_bytes(made.wacz({"a.wacz": (tmp_path / "a.wacz").read_bytes()}))
    done = roundtable("import", tmp_path / "all.wacz", "--home", home, "--json")
    assert done.returncode == 1
    found = [
        (one["name"], one["new"], one["known"], [bad["code"] for bad in one["faults"]])
        for one in json.loads(done.stdout)["crawls"]
    ]
    assert found == [
        ("all.wacz!a.wacz!archive/a.warc.gz", 1, 0, []),
        ("all.wacz!a.wacz!archive/b.warc", 0, 0, ["record_damaged"]),
        ("all.wacz!a.wacz!archive/b.warc", 0, 1, []),
    ]
    assert rows(home, f"SELECT DISTINCT note FROM captures WHERE origin = 'import' AND url = '{URL}'") == [
        ("all.wacz!a.wacz!archive/a.warc.gz@0",)
    ]


def test_of_many_files_each_has_its_outcome(tmp_path) -> None:
    folder, home = tmp_path / "crawls", tmp_path / "home"
    folder.mkdir()
    whole = made.packed([made.info(), made.response(), made.response(made.answer(b"x"), number=2, url=made.URL + "/2")])
    (folder / "cut.warc.gz").write_bytes(whole[:-30])
    (folder / "old.arc.gz").write_bytes(b"filedesc://old.arc")
    (folder / "no.wacz").write_bytes(b"PK\x03\x04 no zip")
    (folder / "page.html").write_bytes(made.PAGE)
    done = roundtable("import", folder, "--home", home)
    assert done.returncode == 1
    assert "1 file: 1 new, 0 already kept." in done.stdout
    for line in (
        "record_damaged  cut.warc.gz@",
        "warc_unreadable  no.wacz@0",
        "arc_refused  old.arc.gz@0  this is an ARC file",
        "arc_refused: convert it first: warcio recompress",
    ):
        assert line in done.stdout
    assert rows(home, "SELECT object.split('@')[1], outcome FROM events WHERE type = 'ingestion' ORDER BY ALL") == [
        ("cut.warc.gz", "imported_in_part"),
        ("cut.warc.gz", "record_damaged"),
        ("no.wacz", "imported_in_part"),
        ("no.wacz", "warc_unreadable"),
        ("old.arc.gz", "arc_refused"),
        ("old.arc.gz", "imported_in_part"),
    ]
    assert roundtable("verify", "--home", home).returncode == 0


@pytest.mark.parametrize(
    ("name", "content", "words", "code"),
    [
        ("old.arc", b"filedesc://old.arc", (), "arc_refused"),
        ("empty.warc.gz", b"", (), "warc_unreadable"),
        ("page.warc", b"<html>", (), "warc_unreadable"),
        ("no.wacz", b"PK\x03\x04 no zip", (), "warc_unreadable"),
        ("empty.wacz", made.wacz({"pages/pages.jsonl": b""}), (), "warc_unreadable"),
        ("a.warc", made.response(), ("--url", made.URL), "url_of_many"),
        ("a.warc", made.response(), ("--source", "nobody"), "source_unknown"),
    ],
)
def test_a_single_file_that_cannot_be_imported_ends_in_one_line(tmp_path, name, content, words, code) -> None:
    (tmp_path / name).write_bytes(content)
    done = roundtable("import", tmp_path / name, "--home", tmp_path / "home", *words)
    assert (done.returncode, done.stderr.count("\n"), f"[{code}]" in done.stderr) == (2, 1, True)


def test_with_a_publisher_named_only_its_pages_are_taken(home, page, tmp_path) -> None:
    found = made.packed([made.response(made.answer(page), url=URL, date=OLDER), made.response(number=2)])
    crawl = bring(home, tmp_path / "crawl", found, "--source", "lamplighter")
    assert (crawl["new"], crawl["left_out"]) == (1, {"another publisher": 1})
