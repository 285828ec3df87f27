"""Every command: its help, its exit codes, and what it says when it cannot run."""

import json
import os
import shutil
import socket
import subprocess
import sys

import pyarrow.parquet as pq
import pytest
from typer.main import get_command

from archive.demo.content import content
from archive.demo.site import canonical, pages
from archive.home import Home
from archive.journal import Journal
from archive.model import Fetch
from pipelines.cli.main import app
from tests.pipelines.conftest import ROUNDTABLE, roundtable
from warehouse import query


def typed(group, *words):
    """Every command with the words that are typed for it; a group is none itself."""
    for name, command in sorted(group.commands.items()):
        yield from typed(command, *words, name) if hasattr(command, "commands") else [" ".join([*words, name])]


COMMANDS = list(typed(get_command(app)))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_a_home_and_shows_an_example(command):
    done = roundtable(*command.split(), "--help")
    assert done.returncode == 0
    assert "--home" in done.stdout
    assert "Example:" in done.stdout
    assert f"roundtable {command}" in done.stdout


def test_looking_never_waits_for_dagster():
    for words in (["sql", "--help"], ["search", "anything"], ["read", "--help"], ["sources"]):
        code = f"import sys; from pipelines.cli.main import main; main({words!r}); sys.exit('dagster' in sys.modules)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, words


def test_a_live_crawl_without_a_contact_says_how_to_set_one(tmp_path):
    done = roundtable("ingest", "opendemocracy", "--home", tmp_path / "home")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "ROUNDTABLE_CONTACT" in done.stderr
    assert not (tmp_path / "home/journal/fetches.jsonl").exists()


def test_an_unknown_name_lists_the_known_ones(tmp_path):
    done = roundtable("ingest", "nobody", "--home", tmp_path / "home", ROUNDTABLE_CONTACT="me@example.org")
    assert done.returncode == 2
    assert "opendemocracy" in done.stderr


def offline(*words):
    """Type a command on a machine that can resolve no name, whatever network the tests run in."""
    code = (
        "import sys, socket\n"
        "def refuse(*_, **__): raise socket.gaierror(-3, 'no name is resolved here')\n"
        "socket.getaddrinfo = refuse\n"
        "from pipelines.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "ROUNDTABLE_CONTACT": "me@example.org"},
    )


def test_a_network_that_refuses_leaves_a_row_for_every_address_and_nothing_is_lost(tmp_path):
    home = tmp_path / "home"
    for attempt in (1, 2):
        done = offline("ingest", "opendemocracy", "--home", home)
        assert done.returncode == 1, done.stderr
        assert "type the same command again" in done.stdout
        kept = Journal(home / "journal").read(Fetch)
        tried = {row.url for row in kept if row.run_id == kept[-1].run_id}
        assert sum("/en/beyond-trafficking-and-slavery/" in url for url in tried) == 11
        assert {row.kind for row in kept} == {"failed"}
        assert len({row.run_id for row in kept}) == attempt
    found = query.run(home / "roundtable.duckdb", "SELECT status, count(*) FROM target_status GROUP BY 1").rows
    assert found == [("failed", 11)]


def test_a_home_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    for words in (["demo"], ["rebuild"], ["import", __file__, "--url", "https://example.org/x"]):
        done = roundtable(*words, "--home", tmp_path / "file" / "home")
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert "[home_not_writable]" in done.stderr


def test_a_home_where_nobody_may_write_is_one_line():
    done = roundtable("demo", "--home", "/proc/roundtable")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "[home_not_writable]" in done.stderr


def test_a_file_that_is_no_parquet_in_tables_is_one_line_and_rebuild_mends_it(demo, tmp_path):

    home = tmp_path / "home"
    shutil.copytree(demo[0], home, symlinks=True)
    (home / "tables/current/people.parquet").write_text("this is no parquet")
    done = roundtable("demo", "--home", home)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "people.parquet" in done.stderr
    assert "roundtable rebuild" in done.stderr
    assert roundtable("status", "--home", home).returncode == 2
    assert roundtable("rebuild", "--home", home).returncode == 0
    assert roundtable("demo", "--home", home).returncode == 0


def test_a_stranger_among_the_tables_is_named(demo, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(demo[0], home, symlinks=True)
    (home / "tables/mine.parquet").write_text("notes to myself")
    for words in (["demo"], ["status"], ["import", home / "layout", "--url", "https://example.org/x"]):
        done = roundtable(*words, "--home", home)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert "mine.parquet" in done.stderr


@pytest.mark.parametrize(
    ("words", "met"),
    [
        (["sql", "SELECT 1"], "[database_missing]"),
        (["sql", "SELECT 1", "--format", "xml"], "[format_unknown]"),
        (["status"], "[home_empty]"),
        (["read", "missing.html", "--url", "https://example.org/"], "[file_missing]"),
        (["frobnicate"], "No such command"),
        (["sql"], "Missing argument"),
    ],
)
def test_what_cannot_run_exits_2_with_the_reason(tmp_path, words, met):
    done = roundtable(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert met in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("sql", "met"),
    [("SELECT * FROM nowhere", "nowhere"), ("", "empty"), (" ; ", "empty"), ("DROP TABLE people", "read-only")],
)
def test_a_wrong_query_is_one_line(demo, sql, met):
    done = roundtable("sql", sql, "--home", demo[0])
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert met in done.stderr


def test_nested_values_and_nulls_have_a_form_in_csv(demo):
    done = roundtable(
        "sql", "SELECT [1, 2] AS l, NULL AS n, true AS b, 'a,b' AS t", "--format", "csv", "--home", demo[0]
    )
    assert done.stdout == 'l,n,b,t\n"[1, 2]",,true,"a,b"\n'


def test_a_port_that_is_taken_is_one_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = roundtable("ui", "--port", server.getsockname()[1], "--home", tmp_path / "home")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "--port" in done.stderr


def test_parquet_goes_to_standard_output(demo, tmp_path):
    words = [ROUNDTABLE, "sql", "FROM people", "--format", "parquet", "--home", demo[0]]
    done = subprocess.run(words, capture_output=True, check=True, timeout=60)
    (tmp_path / "people.parquet").write_bytes(done.stdout)
    assert pq.read_table(tmp_path / "people.parquet").num_rows > 9


def test_read_shows_every_witness_and_stores_nothing(tmp_path):
    article = content().article("introduction")
    (tmp_path / "page.html").write_bytes(pages()[article.path].body)
    words = ["read", "page.html", "--url", canonical(article.path)]
    shown = roundtable(*words, cwd=tmp_path)
    assert shown.returncode == 0
    assert "Witnesses" in shown.stdout
    found = json.loads(roundtable(*words, "--json", cwd=tmp_path).stdout)
    assert found["title"] == article.title
    assert found["authors"] == [author.name for author in article.authors]
    assert {item["witness"] for item in found["evidence"] if item["field"] == "title"} >= {
        "visible",
        "json_ld",
        "open_graph",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_what_reports_to_people_reports_to_programs_too(demo, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(demo[0], home, symlinks=True)
    again = json.loads(roundtable("demo", "--json", "--home", home).stdout)
    assert (again["due"], again["unchanged"], again["refused"]) == (21, 20, 1)
    assert again["changed_tables"] == ["captures", "fetches", "runs", "visits"]
    rebuilt = json.loads(roundtable("rebuild", "--json", "--home", home).stdout)
    assert rebuilt["holdings"]["contributions"] == 41
    published = query.run(home / "roundtable.duckdb", "SELECT release_id, digest FROM releases").rows
    assert (rebuilt["release"], rebuilt["digest"]) in published


def test_two_commands_at_once_are_told_apart(demo, tmp_path):

    home = tmp_path / "home"
    shutil.copytree(demo[0], home, symlinks=True)
    with Home.at(home).writing():
        done = roundtable("rebuild", "--home", home)
        assert done.returncode == 2
        assert "[home_busy]" in done.stderr
        assert roundtable("sql", "SELECT 1", "--home", home).returncode == 0
    assert roundtable("rebuild", "--home", home).returncode == 0


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_that_knows_few_letters_is_no_reason_to_end(demo, encoding):
    words = ("sql", "SELECT 'Třicet' AS word", "--home", demo[0])
    found = roundtable(*words, PYTHONIOENCODING=encoding)
    assert found.returncode == 0, found.stderr
    assert "T\\u0159icet" in found.stdout
