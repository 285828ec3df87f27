"""The drop folder: what is complete is taken, what is not is left alone, and a killed run loses nothing."""

import os
import time

import pytest

from archive.demo.content import content
from archive.demo.site import canonical, pages
from archive.home import Home
from archive.journal import Journal
from archive.model import Event
from pipelines import inbox
from pipelines.opened import OpenedHome
from tests.captures import foreign_made as made
from tests.faults import KILL, loop

ARTICLE = content().article("introduction").path
PAGE = pages()[ARTICLE].body


def later():
    """A moment at which everything that lies there has been quiet for long enough."""
    return time.time() + 60


def quiet(text):
    return lambda path: path.write_bytes(text)


@pytest.fixture
def opened(tmp_path):
    return OpenedHome(Home.at(tmp_path / "home").prepare())


def lying(opened):
    folder = opened.home.inbox
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_every_kind_is_taken_and_moved(opened):
    crawl = [made.info(), made.response(made.answer(PAGE), url=canonical(ARTICLE))]
    files = {
        "page.html": PAGE,
        "copy.txt": b"A title\n\nA text that somebody copied.\n",
        "crawl.warc.gz": made.packed(crawl),
        "picture.gif": b"GIF89a",
        "empty.html": b"",
        "broken.wacz": b"PK\x03\x04 and no more",
    }
    for name, payload in files.items():
        (opened.home.inbox / name).write_bytes(payload)
    told, runs = inbox.take(opened, lambda _: None, at=later())
    assert {one.name for one in told if one.outcome == "done"} == {"page.html", "copy.txt", "crawl.warc.gz"}
    assert len(runs) == 3
    assert lying(opened) == sorted(
        [f"{one.outcome}/{one.name}" for one in told]
        + [f"refused/{one.name}.note.txt" for one in told if one.outcome == "refused"]
    )
    notes = {path.name: path.read_text() for path in (opened.home.inbox / "refused").glob("*.note.txt")}
    for name, code in (("picture.gif", "kind_unknown"), ("empty.html", "empty_payload"), ("broken.wacz", "unreadable")):
        assert code in notes[f"{name}.note.txt"]
    assert {row.object for row in Journal(opened.home.journal).read(Event) if row.type == "ingestion"} >= {
        "picture.gif"
    }
    for one in told:
        assert (opened.home.inbox / one.outcome / one.name).read_bytes() == files[one.name]


def folder(path):
    (path / "deep").mkdir(parents=True)
    (path / "deep/page.html").write_bytes(PAGE)


def link(path):
    path.symlink_to("/etc/hostname")


def lost(path):
    path.symlink_to("nowhere")


def closed(path):
    path.write_bytes(PAGE)
    path.chmod(0)


STRANGE = {
    "folder": folder,
    "saved_files.html": folder,
    "link.html": link,
    "lost.txt": lost,
    "pipe.html": os.mkfifo,
    "closed.html": closed,
    "x" * 251 + ".gif": quiet(b"GIF89a"),
    "é" * 124 + ".wacz": quiet(b"GIF89a"),
    "two\nlines.gif": quiet(b"GIF89a"),
    "not \udcff a word.gif": quiet(b"GIF89a"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_whatever_else_lies_there_is_refused_with_a_note_and_holds_nothing_up(opened, name, monkeypatch):
    # Whoever runs the tests may have the right to read everything.
    monkeypatch.setattr(os, "access", lambda path, _: "closed" not in str(path))
    for _ in range(2):
        STRANGE[name](opened.home.inbox / name)
        (opened.home.inbox / "z.html").write_bytes(PAGE)
        told, _ = inbox.take(opened, lambda _: None, at=later())
        assert [one.outcome for one in told] == (["refused", "done"] if name < "z" else ["done", "refused"])
    assert sorted(path.name for path in opened.home.inbox.glob("*")) == ["done", "refused"]
    refused = list((opened.home.inbox / "refused").iterdir())
    assert len(refused) == 4
    assert sum(path.name.endswith(".note.txt") and path.stat().st_size > 0 for path in refused) == 2
    events = [row for row in opened.journal.read(Event) if row.type == "ingestion"]
    assert [row.outcome for row in events] == [events[0].outcome] * 2
    "".join(row.object for row in events).encode()


def test_a_folder_in_which_something_still_happens_is_left_alone(opened):
    folder(opened.home.inbox / "pages")
    moment = later()
    os.utime(opened.home.inbox / "pages/deep/page.html", (moment, moment))
    assert inbox.waiting(opened.home, moment) == []
    assert inbox.waiting(opened.home, moment + 60) == [opened.home.inbox / "pages"]


def test_an_address_with_a_password_is_neither_kept_nor_repeated(opened):
    (opened.home.inbox / "page.html").write_bytes(PAGE)
    (opened.home.inbox / "page.html.url").write_text("https://me:s3cret@www.lamplighter.example/a\n")
    ((dropped,), _) = inbox.take(opened, lambda _: None, at=later())
    assert "url_invalid" in dropped.reason
    told = [path for path in opened.home.root.rglob("*") if path.is_file() and b"s3cret" in path.read_bytes()]
    assert [path.name for path in told] == ["page.html.url"]


@pytest.mark.parametrize("form", ["{}\n", "[InternetShortcut]\r\nURL={}\r\n", "\ufeff{}"])
def test_a_page_has_the_address_that_lies_beside_it(opened, form):
    url = "http://www.lamplighter.example/elsewhere/"
    (opened.home.inbox / "page.html").write_text("<html><body><h1>A</h1><p>B</p></body></html>")
    (opened.home.inbox / "page.html.url").write_text(form.format(url))
    inbox.take(opened, lambda _: None, at=later())
    assert [capture.url for capture in opened.store.captures()] == [url]
    assert lying(opened) == ["done/page.html", "done/page.html.url"]


def test_an_address_that_is_none_refuses_the_page(opened):
    (opened.home.inbox / "page.html").write_bytes(PAGE)
    (opened.home.inbox / "page.html.url").write_text("somewhere\n")
    ((dropped,), _) = inbox.take(opened, lambda _: None, at=later())
    assert "url_invalid" in dropped.reason
    assert lying(opened) == ["refused/page.html", "refused/page.html.note.txt", "refused/page.html.url"]


def test_what_is_still_being_written_is_left_alone(opened):
    fresh, growing, partial = (opened.home.inbox / name for name in ("fresh.html", "growing.html", "other.html.part"))
    fresh.write_bytes(PAGE)
    partial.write_bytes(PAGE)
    (opened.home.inbox / ".hidden.html").write_bytes(PAGE)
    assert inbox.waiting(opened.home) == []
    # An older date that a copying program gives makes no difference.
    os.utime(fresh, (0, 0))
    assert inbox.waiting(opened.home) == []
    with growing.open("wb") as handle:
        handle.write(PAGE[:100])
        handle.flush()
        assert inbox.waiting(opened.home, later()) == [fresh]
    assert inbox.waiting(opened.home, later()) == [fresh, growing]
    # The address may come last.
    (opened.home.inbox / "fresh.html.url").write_text("http://m.example/\n")
    os.utime(opened.home.inbox / "fresh.html.url", (later(), later()))
    assert inbox.waiting(opened.home, later()) == [growing]


def test_a_name_that_was_taken_before_is_kept_beside_it(opened):
    for number in range(3):
        (opened.home.inbox / "page.html").write_bytes(PAGE + b"<!-- %d -->" % number)
        inbox.take(opened, lambda _: None, at=later())
    assert lying(opened) == ["done/page.html", "done/page~2.html", "done/page~3.html"]


@pytest.mark.parametrize("every", [4 if not os.environ.get("ROUNDTABLE_SOAK") else 1])
def test_a_run_that_is_killed_at_any_operation_never_takes_a_page_without_its_address(tmp_path, every):
    url = "http://www.lamplighter.example/elsewhere/"
    template = Home.at(tmp_path / "template").prepare()
    page = b"<html><body><h1>A</h1><p>B</p></body></html>"
    (template.inbox / "page.html").write_bytes(page)
    (template.inbox / "page.html.url").write_text(url + "\n")

    def take(folder):
        opened = OpenedHome(Home.at(folder))
        opened.recover(lambda _: None)
        inbox.take(opened, lambda _: None, at=later())

    for attempt in loop(template.root, tmp_path / "scratch", take, KILL, every=every):
        take(attempt.folder)
        opened = OpenedHome(Home.at(attempt.folder))
        assert {capture.url for capture in opened.store.captures()} == {url}, attempt.number
        assert len(opened.store.captures()) == 1
        assert lying(opened) == ["done/page.html", "done/page.html.url"], attempt.number
