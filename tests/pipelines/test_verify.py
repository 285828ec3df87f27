"""`roundtable verify` on a home: what it says, how it ends, what it notes, and what it restores."""

import datetime as dt
import errno
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.home import Home
from archive.journal import Journal
from archive.model import Event
from pipelines import keeping
from tests.captures.made import exchange, store_in
from tests.flips import missed_flips
from tests.pipelines.conftest import ROUNDTABLE, roundtable
from warehouse import query

WARC = "captures/roundtable-00001.warc.gz"
CHECKED = ("captures/*", "tables/*/*")


@pytest.fixture
def home(demo, tmp_path: Path) -> Path:
    shutil.copytree(demo[0], tmp_path / "home", symlinks=True)
    return tmp_path / "home"


def verify(home: Path, *words: object) -> tuple[int, dict]:
    done = roundtable("verify", "--json", "--home", home, *words)
    assert done.stderr == ""
    return done.returncode, json.loads(done.stdout)


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 2
    path.write_bytes(content)


def checks_of(home):
    return [row for row in Journal(home / "journal").read(Event) if row.type == "fixity_check"]


def test_a_whole_home_is_whole_and_the_check_stands_in_events_after_the_next_publication(home):
    done = roundtable("verify", "--home", home)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.rpartition(": ")[2] for line in done.stdout.splitlines()] == ["whole"] * 3
    noted = checks_of(home)
    assert {(row.type, row.object, row.outcome) for row in noted} == {
        ("fixity_check", name, "whole") for name in ("captures", "ledgers", "tables")
    }
    assert roundtable("rebuild", "--home", home).returncode == 0
    sql = """SELECT "object", outcome, "at" FROM events WHERE type = 'fixity_check' ORDER BY event_id"""
    found = query.run(home / "roundtable.duckdb", sql).rows
    assert found == [(row.object, row.outcome, row.at) for row in sorted(noted, key=lambda row: row.event_id)]
    assert verify(home)[0] == 0


def test_damage_is_one_line_with_code_file_and_offset_and_is_noted(home):
    flip(home / WARC, 9)
    (home / "captures/index.cdxj").unlink()
    done = roundtable("verify", "--home", home)
    assert done.returncode == 1
    assert f"capture_damaged  {WARC}@0  " in done.stdout
    assert "index_damaged  captures/index.cdxj@0  " in done.stdout
    outcomes = {row.object: row.outcome for row in checks_of(home)}
    assert outcomes == {
        "captures": "damaged",
        "ledgers": "whole",
        "tables": "whole",
        WARC: "capture_damaged",
        "captures/index.cdxj": "index_damaged",
    }


def test_every_flipped_bit_of_captures_manifests_index_and_tables_is_seen(home):
    opened = Home.at(home)
    paths = [path for pattern in CHECKED for path in sorted(home.glob(pattern)) if "current" not in path.parts]

    def sees(path: Path) -> bool:
        return path.relative_to(home).as_posix() in {one.file for one in keeping.verify(opened).damage}

    assert missed_flips(paths, sees, 40) == []


@pytest.mark.parametrize("name", ["fetches", "runs", "releases"])
def test_journal_lines_that_are_cut_off_are_missed_once_they_were_published(home, name):
    path = home / f"journal/{name}.jsonl"
    path.write_bytes(path.read_bytes()[:-1])
    code, found = verify(home)
    assert code == 1
    assert [(one["code"], one["file"]) for one in found["findings"]] == [("journal_damaged", f"journal/{name}.jsonl")]


def test_what_an_interrupted_write_left_is_reported_and_is_no_damage(home):
    store = store_in(home / "captures")
    store.keep(exchange(b"more", minute=9), run_id="run-2")
    manifest = home / f"{WARC}.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-20])
    for name in ("journal/fetches.jsonl", "curation/ids/minted.jsonl"):
        with (home / name).open("ab") as handle:
            handle.write(b'{"url": "http')
    code, found = verify(home)
    assert code == 0
    assert {(one["code"], one["file"]) for one in found["findings"]} == {
        ("torn_tail", WARC),
        ("torn_tail", f"{WARC}.jsonl"),
        ("torn_tail", "journal/fetches.jsonl"),
        ("torn_tail", "curation/ids/minted.jsonl"),
    }


def test_journal_and_curation_that_cannot_be_read_are_named_and_mended(home, tmp_path):
    shutil.copytree(home, tmp_path / "copy", symlinks=True)
    events = home / "journal/events.jsonl"
    roundtable("verify", "--home", home)
    before = events.read_bytes()
    for name in ("journal/fetches.jsonl", "journal/releases.jsonl", "curation/ids/minted.jsonl"):
        (home / name).write_bytes((home / name).read_bytes().replace(b'"', b"#", 1))
    toml = home / "curation/register/lamplighter/source.toml"
    toml.write_bytes(b"= " + toml.read_bytes())
    (home / "journal/notes.txt").write_text("mine")
    code, found = verify(home)
    assert code == 1
    assert {(one["code"], one["file"], one["offset"]) for one in found["findings"]} == {
        ("journal_damaged", "journal/fetches.jsonl", 0),
        ("journal_damaged", "journal/releases.jsonl", 0),
        ("curation_damaged", "curation/ids/minted.jsonl", 0),
        ("curation_damaged", "curation/register/lamplighter/source.toml", 0),
        ("foreign_file", "journal/notes.txt", 0),
    } | {
        (one["code"], one["file"], one["offset"])
        for one in found["findings"]
        if one["what"].endswith("rows are missing that stand in the published table")
    }
    (home / "journal/notes.txt").unlink()
    code, found = verify(home, "--repair-from", tmp_path / "copy")
    assert (code, found["findings"], len(found["restored"])) == (0, [], 4)
    assert events.read_bytes().startswith(before)


@pytest.mark.parametrize("name", ["curation/ids/minted.jsonl", "journal/runs.jsonl"])
def test_a_ledger_that_is_gone_is_missed_and_restored(home, tmp_path, name):
    shutil.copytree(home, tmp_path / "copy", symlinks=True)
    before = (home / name).read_bytes()
    (home / name).unlink()
    code, found = verify(home)
    assert (code, [one["file"] for one in found["findings"]]) == (1, [name])
    code, found = verify(home, "--repair-from", tmp_path / "copy")
    assert (code, found["findings"]) == (0, [])
    assert (home / name).read_bytes() == before


def test_a_damaged_log_of_events_is_left_alone_until_it_is_mended(home):
    roundtable("verify", "--home", home)
    events = home / "journal/events.jsonl"
    flip(events, 0)
    before = events.read_bytes()
    done = roundtable("verify", "--home", home)
    assert done.returncode == 1
    assert "This check is not noted in the journal: the journal's log of events is damaged." in done.stdout
    assert events.read_bytes() == before


def test_a_result_that_the_journal_cannot_take_is_told_all_the_same(home, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("archive.journal.append_json", full)
    opened = Home.at(home)
    found = keeping.note(opened, keeping.verify(opened), dt.datetime(2026, 1, 2))
    assert (found.damage, found.as_dict()["not_noted_because"]) == ([], "it cannot be written: No space left on device")


def test_everything_is_mended_from_a_second_copy(home, tmp_path):
    shutil.copytree(home, tmp_path / "copy", symlinks=True)
    table = next((home / "tables").glob("*/people.parquet"))
    before = {path: (home / path).read_bytes() for path in (WARC, f"{WARC}.jsonl", "captures/index.cdxj")}
    people = table.read_bytes()
    for path in before:
        for place in (50, 700, -50):
            flip(home / path, place)
    table.write_bytes(people[:-7])
    assert verify(home)[0] == 1
    code, found = verify(home, "--repair-from", tmp_path / "copy")
    assert (code, found["findings"]) == (0, [])
    assert {words.partition(":")[0] for words in found["restored"]} == {
        *before,
        table.relative_to(home).as_posix(),
    }
    assert {path: (home / path).read_bytes() for path in before} == before
    assert table.read_bytes() == people
    assert [row.object for row in Journal(home / "journal").read(Event) if row.outcome == "restored"]


@pytest.fixture(params=["medium", "rights"])
def unwritable(request: pytest.FixtureRequest, home: Path) -> Iterator[list[str]]:
    """The home cannot be written; how a command is begun that is to meet that."""
    if request.param == "rights":
        if os.geteuid() == 0:
            pytest.skip("rights do not bind the superuser, who runs these tests")
        folders = [home, *(path for path in home.rglob("*") if path.is_dir())]
        for folder in folders:
            folder.chmod(0o555)
        yield []
        for folder in folders:
            folder.chmod(0o755)
        return
    mounted = f'mount --bind "{home}" "{home}" && mount -o remount,ro,bind "{home}"'
    words = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
    if not shutil.which("unshare") or subprocess.run([*words, mounted], capture_output=True, check=False).returncode:
        pytest.skip("nobody may mount a folder read-only for one process on this machine")
    yield [*words, f'{mounted} && exec "$@"', "sh"]


def test_a_home_that_cannot_be_written_is_checked_and_told_so(home, unwritable, tmp_path):
    def on_it(*words: object) -> subprocess.CompletedProcess[str]:
        command = [*unwritable, ROUNDTABLE, "verify", "--home", home, *words]
        return subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)

    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    done = on_it()
    assert (done.returncode, done.stderr) == (0, "")
    *parts, last = done.stdout.splitlines()
    assert [line.rpartition(": ")[2] for line in parts] == ["whole"] * 3
    assert last.startswith("This check is not noted in the journal: cannot write to the home folder: ")
    found = json.loads(on_it("--json").stdout)
    assert (found["whole"], found["noted"]) == (True, False)
    done = on_it("--repair-from", tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "[home_not_writable]" in done.stderr
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before
    flip(home / WARC, 40)
    done = on_it()
    assert (done.returncode, done.stderr) == (1, "")
    assert f"capture_damaged  {WARC}@0  " in done.stdout


def test_a_copy_that_has_the_same_damage_leaves_exit_code_1(home, tmp_path):
    flip(home / WARC, 40)
    shutil.copytree(home, tmp_path / "copy", symlinks=True)
    code, found = verify(home, "--repair-from", tmp_path / "copy")
    assert (code, found["restored"]) == (1, [])


def test_damaged_tables_and_index_are_made_again_by_rebuild(home):
    table = next((home / "tables").glob("*/people.parquet"))
    flip(table, 100)
    flip(home / "captures/index.cdxj", 100)
    assert verify(home)[0] == 1
    assert roundtable("rebuild", "--home", home).returncode == 0
    assert verify(home)[0] == 0


@pytest.mark.parametrize("words", [[], ["--repair-from", "nowhere"]])
def test_where_there_is_no_archive_it_cannot_run(home, tmp_path, words):
    folder = home if words else tmp_path / "nothing"
    done = roundtable("verify", "--home", folder, *words, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "[home_empty]" in done.stderr
    assert words or not folder.exists()


def test_a_copy_of_captures_curation_and_journal_restores_the_home(home, tmp_path):
    for name in ("captures", "curation", "journal"):
        shutil.copytree(home / name, tmp_path / "restored" / name)
    code, found = verify(tmp_path / "restored")
    assert (code, [one["file"] for one in found["findings"]]) == (1, ["tables/current"])
    assert roundtable("rebuild", "--home", tmp_path / "restored").returncode == 0
    assert verify(tmp_path / "restored")[0] == 0
