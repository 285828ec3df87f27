"""The whole road from a web archive: what a person types, what comes of it, and what it leaves alone.

In this process, so that the names of the archive and of the publisher can be sent to loopback.
"""

import json

import pytest

from archive.demo.content import content
from archive.demo.install import install
from archive.demo.site import canonical, pages
from archive.journal import Journal
from archive.model import Fetch, Run
from tests.fetch.wayback_server import BASE, SLOW_DOWN, Archive, Kept
from tests.pipelines.by_name import magazine_in, reached, typed
from warehouse import query

ARTICLE = content().article("response")
URL = canonical(ARTICLE.path)
TEXT = pages()[ARTICLE.path].body
OLDER = TEXT.replace(b"I read all seventeen answers", b"I read all but one of the answers")


@pytest.fixture
def home(tmp_path):
    return magazine_in(tmp_path / "home")


def rows(home, sql):
    return query.run(home / "roundtable.duckdb", sql).rows


def copies(stamp, *paths):
    """Every page as an archive has it that came by at that moment; or those of `paths`."""
    return [
        Kept(stamp, canonical(path), page.body)
        for path, page in pages().items()
        if page.mime == "text/html" and "letters" not in path and (not paths or path in paths)
    ]


def test_a_round_table_whose_site_is_gone_comes_from_the_archive_alone(home, monkeypatch, capsys):
    kept = [*copies("20240601120000"), *copies("20240701120000"), Kept("20240615120000", URL, OLDER)]
    with reached(monkeypatch, Archive(kept, faults={"/cdx/": [SLOW_DOWN.replace(b"After: 7", b"After: 0")]})):
        code, said = typed(capsys, "ingest", "night-bus", "--from-wayback", "--home", home)
    assert code == 0, said
    assert f"{BASE}: 5 known addresses are looked up" in said
    assert "\n  throttled          " in said
    assert f"\n  listed             {canonical('/long-table/night-bus/')}: 1 capture" in said
    raw = f"{BASE}/web/20240615120000id_/{URL}"
    assert f"\n  fetched            2024-06-15 12:00:00  {raw}\n" in said
    assert "8 archived captures were due: 7 fetched, 1 unchanged, 0 refused, 0 failed." in said
    assert "  1 page has no capture in the archive that could be used." in said
    assert rows(home, "SELECT role, count(*) FROM contributions GROUP BY 1 ORDER BY 1") == [
        ("comment", 4),
        ("followup", 1),
        ("introduction", 1),
        ("response", 18),
    ]
    assert rows(home, f"SELECT url, origin, captured_at_source FROM captures WHERE note = '{raw}'") == [
        (URL, "wayback", "archive")
    ]
    assert rows(home, "SELECT DISTINCT source, state FROM targets WHERE publisher_id = 'lamplighter' ORDER BY ALL") == [
        ("link", "captured"),
        ("register", "captured"),
        ("register", "never_tried"),
    ]
    assert rows(home, "SELECT command FROM runs") == [("ingest night-bus --from-wayback",)]


def test_a_second_time_the_lists_are_asked_for_and_nothing_else_changes(home, monkeypatch, capsys):
    archive = Archive(copies("20240601120000"))
    with reached(monkeypatch, archive):
        assert typed(capsys, "ingest", "night-bus", "--from-wayback", "--home", home)[0] == 0
        archive.asked.clear()
        code, said = typed(capsys, "ingest", "--from-wayback", "night-bus", "--json", "--home", home)
    assert code == 0
    found = json.loads(said)
    assert {name: found[name] for name in ("due", "fetched", "unchanged", "refused", "failed")} == {
        "due": 6, "fetched": 0, "unchanged": 6, "refused": 0, "failed": 0,
    }  # fmt: skip
    assert set(found["changed_tables"]) == {"captures", "fetches", "runs"}
    assert archive.raws() == []
    assert len(archive.lists()) == 7
    assert [one["outcome"] for one in found["attempts"][1:]].count("listed") == 6


def test_older_copies_that_come_later_change_no_id_and_not_the_current_text(home, monkeypatch, capsys):
    sql = "SELECT contribution_id, text, title, published_on FROM contributions ORDER BY 1"
    ids = home / "curation/ids/minted.jsonl"
    older = [*copies("20240601120000"), Kept("20240701120000", URL, OLDER), Kept("20240801120000", URL, TEXT)]
    with reached(monkeypatch, Archive(older)):
        assert typed(capsys, "ingest", "night-bus", "--home", home)[0] == 0
        live, minted = rows(home, sql), ids.read_bytes()
        assert typed(capsys, "ingest", "night-bus", "--from-wayback", "--home", home)[0] == 0
    assert rows(home, sql) == live
    assert ids.read_bytes() == minted
    (name,) = rows(home, f"SELECT contribution_id FROM contributions WHERE url = '{URL}'")[0]
    versions = rows(
        home,
        "SELECT version, CAST(first_captured_at AS DATE), contains(text, 'all but one of the answers') "
        f"FROM contribution_versions WHERE contribution_id = '{name}' ORDER BY version",
    )
    assert [(version, str(day), is_older) for version, day, is_older in versions] == [
        (1, "2024-06-01", False),
        (2, "2024-07-01", True),
        (3, "2024-08-01", False),
    ]
    as_of = "SELECT version FROM as_of(DATE '{}') WHERE contribution_id = '" + name + "'"
    found = {day: rows(home, as_of.format(day)) for day in ("2024-05-30", "2024-06-30", "2024-07-01", "2030-01-01")}
    assert found == {"2024-05-30": [], "2024-06-30": [(1,)], "2024-07-01": [(2,)], "2030-01-01": [(3,)]}
    assert rows(home, "SELECT count(*) FROM contribution_versions") == [(len(live) + 2,)]


def test_what_failed_is_said_and_the_next_run_goes_on_from_there(home, monkeypatch, capsys):
    landing = "/long-table/night-bus/"
    archive = Archive(copies("20240601120000", landing), faults={"id_/": [b"HTTP/1.1 200 OK\r\nContent-Len"]})
    archive.gaps.add("20240601120000")
    with reached(monkeypatch, archive):
        code, said = typed(capsys, "ingest", "night-bus", "--from-wayback", "--home", home)
    assert code == 1
    assert "1 archived capture was due: 0 fetched, 0 unchanged, 0 refused, 1 failed." in said
    assert "failed: 1 × broken_response" in said
    assert "type the same command again" in said
    with reached(monkeypatch, archive):
        code, said = typed(capsys, "ingest", "night-bus", "--from-wayback", "--home", home)
    assert code == 1
    assert "failed: 1 × not_found" in said
    archive.gaps.clear()
    with reached(monkeypatch, archive):
        code, said = typed(capsys, "ingest", "night-bus", "--from-wayback", "--home", home)
    assert code == 0
    assert "1 archived capture was due: 1 fetched, 0 unchanged, 0 refused, 0 failed." in said
    kinds = {row.outcome for row in Journal(home / "journal").read(Fetch)}
    assert {"not_archived", "listed", "broken_response", "not_found", "fetched"} <= kinds


def test_what_a_landing_page_named_is_not_lost_with_a_run_that_was_cut_short(home, monkeypatch, capsys):
    config = home / "config.toml"
    config.write_text(config.read_text() + "requests_per_run = 7\n")
    archive = Archive(copies("20240601120000"))
    with reached(monkeypatch, archive):
        code, said = typed(capsys, "ingest", "night-bus", "--from-wayback", "--home", home)
        # robots.txt, five lists, the landing page; the two pages that it names were never looked up.
        assert code == 1
        assert "6 archived captures were due: 1 fetched, 0 unchanged, 0 refused, 5 failed." in said
        config.write_text(config.read_text().replace("= 7", "= 100"))
        code, said = typed(capsys, "ingest", "night-bus", "--from-wayback", "--home", home)
    assert code == 0
    assert "6 archived captures were due: 5 fetched, 1 unchanged, 0 refused, 0 failed." in said


def test_days_are_sent_to_the_archive_and_stand_in_the_run(home, monkeypatch, capsys):
    archive = Archive([*copies("20240601120000", ARTICLE.path), Kept("20240701120000", URL, OLDER)])
    words = ["ingest", "lamplighter", "--from-wayback", "--from", "2024-06-02", "--to", "2024-07-01", "--home", home]
    with reached(monkeypatch, archive):
        assert typed(capsys, *words)[0] == 0
    assert all("&from=20240602000000&to=20240701235959" in path for path in archive.lists())
    (run,) = Journal(home / "journal").read(Run)
    assert run.command == "ingest lamplighter --from-wayback --from 2024-06-02 --to 2024-07-01"


def test_without_names_what_comes_with_the_program_is_left_out(tmp_path, monkeypatch, capsys):
    home = tmp_path / "home"
    home.mkdir()
    (home / "config.toml").write_text(f'contact = "me@example.org"\nwayback = "{BASE}"\nwayback_delay_seconds = 0.0\n')
    assert typed(capsys, "demo", "--home", home)[0] == 0
    with reached(monkeypatch, Archive()):
        code, said = typed(capsys, "ingest", "--from-wayback", "--home", home)
    assert code == 0
    assert "0 archived captures were due" in said
    assert "The Lamplighter comes with the program and is in no archive: left out" in said
    asked = Journal(home / "journal").read(Fetch)
    lists = [row.detail for row in asked if row.outcome == "not_archived"]
    assert lists
    assert not any("lamplighter" in detail for detail in lists)


@pytest.mark.parametrize(
    ("words", "met"),
    [
        (["lamplighter", "--from-wayback"], "[in_no_archive]"),
        (["opendemocracy", "--from-wayback"], "[contact_missing]"),
        (["--from-wayback"], "[contact_missing]"),
        (["nobody", "--from-wayback"], "[source_unknown]"),
        (["opendemocracy", "--from", "2020-01-01"], "[days_unusable]"),
        (["opendemocracy", "--from-wayback", "--from", "2020-01-02", "--to", "2020-01-01"], "[days_unusable]"),
    ],
)
def test_what_cannot_be_asked_is_one_line(tmp_path, capsys, words, met):
    install(tmp_path / "home/curation")
    code, said = typed(capsys, "ingest", *words, "--home", tmp_path / "home")
    assert code == 2
    assert said.count("\n") == 1
    assert met in said
    assert not (tmp_path / "home/journal/fetches.jsonl").exists()
