"""Asking the published database: what cannot be answered says so in one line, and nothing is ever written."""

import hashlib
import os
import subprocess
import sys

import duckdb
import pytest

from archive.codes import Code, RoundtableError
from tests.warehouse.texts import Text, published
from warehouse import query

# The beginning of a file in the storage format of DuckDB 2.0.
NEWER = bytes.fromhex(
    "ba569c8153ab221f4455434be703000000000000000000000000000000000000000000000000000000000000000000000000"
    "000076322e302e31000000000000000000000000000000000000000000000000000038643738313134653930000000000000"
    "000000000000000000000000000000000000000000000000cde5a19af26a78b18ae4a38a9e2a6a95"
)
# DuckDB 2 knows the format, and finds that the rest of the file is not there.
NEWER_IS = Code.DATABASE_NEWER if duckdb.__version__.startswith("1.") else Code.DATABASE_DAMAGED


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    return published([Text(name="talk/ana", passages=("Night trams.",))], tmp_path_factory.mktemp("home"))


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("", "the query is empty"),
        (" ;\n; -- nothing", "the query is empty"),
        ("SELEC 1", "syntax error"),
        ("FROM contributions WHERE title = 'x", "unterminated"),
        ("SELECT 1; SELECT 2", "these are 2 statements (sql): ask one at a time"),
        ("SELECT '\x00'", "NUL character"),
        ("SELECT '\ud800'", "bytes that are no UTF-8"),
        ("FROM contribution", "there is no table 'contribution' (sql): did you mean contributions"),
        ("FROM zebras", "there are affiliations"),
        ("FROM serch('x')", "did you mean search?"),
        ("SELECT serch('x')", "did you mean search"),
        ("SELECT cite('talk/ana', 'apa')", "cite gives rows, not one value (sql): ask FROM cite(…)"),
        ("FROM contributions('x')", "it takes no arguments: FROM contributions"),
        ("FROM answers()", "call it as answers("),
        ("SELECT titel FROM contributions", "there is no column 'titel' here (sql): did you mean title"),
        ("FROM as_of('yesterday')", "yesterday"),
        ("SELECT 1/0::DECIMAL + 'x'::INT", "Could not convert"),
        ("CREATE TABLE x (a INT)", "read-only, and CREATE does more than read"),
        ("DELETE FROM people", "DELETE does more than read"),
        ("INSERT INTO people VALUES (1)", "INSERT does more"),
        ("UPDATE people SET name = 'x'", "UPDATE does more"),
        ("DROP TABLE people", "DROP does more"),
        ("COPY people TO 'people.csv'", "COPY does more"),
        ("EXPORT DATABASE 'folder'", "EXPORT does more"),
        ("ATTACH 'other.duckdb'", "ATTACH does more"),
        ("INSTALL fts", "LOAD does more"),
        ("SET threads = 1", "SET does more"),
        ("PRAGMA profiling_output = 'file'", "SET does more"),
        ("CHECKPOINT", "CALL does more"),
        ("FROM read_csv('/etc/hostname')", "reads and writes no other files"),
        ("EXPLAIN ANALYZE COPY (SELECT 1) TO 'x.csv'", "reads and writes no other files"),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_line_and_nothing_is_written(database, tmp_path, monkeypatch, sql, told):
    monkeypatch.chdir(tmp_path)
    before = hashlib.sha256(database.read_bytes()).digest()
    for ask in (query.run, query.arrow):
        with pytest.raises(RoundtableError) as caught:
            ask(database, sql)
        assert caught.value.code is Code.QUERY_FAILED
        assert told in str(caught.value)
        assert "\n" not in str(caught.value)
    assert hashlib.sha256(database.read_bytes()).digest() == before
    assert [path.name for path in (*tmp_path.iterdir(), *database.parent.iterdir())] == [
        *(path.name for path in database.parent.iterdir() if path.name in {"tables", "roundtable.duckdb"})
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "SHOW TABLES",
        "DESCRIBE contributions",
        "SUMMARIZE people",
        "EXPLAIN SELECT 1",
        "WITH one AS (SELECT 1 AS a) FROM one;",
        "VALUES (1), (2)",
        "PIVOT contributions ON role USING count(*)",
        "FROM contributions -- all; of them",
    ],
)
def test_whatever_reads_is_answered(database, sql):
    assert query.run(database, sql).rows
    assert query.arrow(database, sql).num_rows


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty", lambda whole: b"", Code.DATABASE_DAMAGED),
        ("text", lambda whole: b"no database " * 1000, Code.DATABASE_DAMAGED),
        ("cut in its header", lambda whole: whole[:1000], Code.DATABASE_DAMAGED),
        ("cut in its tables", lambda whole: whole[:300_000], Code.DATABASE_DAMAGED),
        ("newer", lambda whole: NEWER.ljust(12_288, b"\0"), NEWER_IS),
    ],
)
def test_a_file_that_is_no_database_of_ours_is_told(database, tmp_path, name, content, code):
    path = tmp_path / "roundtable.duckdb"
    path.write_bytes(content(database.read_bytes()))
    before = path.read_bytes()
    with pytest.raises(RoundtableError) as caught:
        query.run(path, "SELECT p.text FROM contributions JOIN passages AS p USING (contribution_id)")
    assert caught.value.code is code
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == before


def test_no_file_a_folder_and_a_file_of_others_are_told(tmp_path):
    with pytest.raises(RoundtableError) as caught:
        query.run(tmp_path / "roundtable.duckdb", "SELECT 1")
    assert caught.value.code is Code.DATABASE_MISSING
    with pytest.raises(RoundtableError) as caught:
        query.run(tmp_path, "SELECT 1")
    assert caught.value.code is Code.DATABASE_DAMAGED


def test_a_database_that_is_open_for_writing_is_told(tmp_path):
    path = tmp_path / "roundtable.duckdb"
    writing = f"import duckdb; held = duckdb.connect({str(path)!r}); print('open', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", writing], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline()
        with pytest.raises(RoundtableError) as caught:
            query.run(path, "SELECT 1")
        other.communicate(b"\n")
    assert caught.value.code is Code.DATABASE_LOCKED
    assert f"PID {other.pid}" in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_database_that_may_not_be_read_is_told(database, tmp_path):
    path = tmp_path / "roundtable.duckdb"
    path.write_bytes(database.read_bytes())
    path.chmod(0)
    with pytest.raises(RoundtableError) as caught:
        query.run(path, "SELECT 1")
    assert caught.value.code is Code.DATABASE_UNREADABLE
