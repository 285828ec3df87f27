import datetime as dt
import random
import re
import shutil
from dataclasses import replace

import duckdb
import pytest

from archive.codes import Code, RoundtableError
from archive.demo.content import content
from archive.demo.site import canonical, pages
from archive.discussion.ids import Ids
from archive.model import TABLES, Contribution, Release, Run
from archive.model.records import Records
from tests import made
from warehouse import parquet, publish, query, release_folder
from warehouse.statements import macros

HUB = pages()["/long-table/night-bus/"].body
NOW = dt.datetime(2026, 1, 2, 3, 4, 5)


@pytest.fixture(scope="module")
def records() -> Records:
    return made.records(made.demo_readings())


@pytest.fixture(scope="module")
def release(records, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    return parquet.write(records, folder, [], now=NOW, code_version="test")


@pytest.fixture(scope="module")
def database(release, tmp_path_factory):
    path = tmp_path_factory.mktemp("home") / "roundtable.duckdb"
    publish.publish(release.folder, path)
    return path


def test_the_same_rows_in_any_order_make_the_same_bytes(records, release, tmp_path):
    shuffled = made.demo_readings()
    random.shuffle(shuffled)
    again = parquet.write(made.records(shuffled), tmp_path, [], now=NOW, code_version="test")
    for name in TABLES:
        assert (again.folder / f"{name}.parquet").read_bytes() == (release.folder / f"{name}.parquet").read_bytes(), (
            name
        )
    assert again.release == release.release


def test_a_release_keeps_its_id_until_its_content_changes(records, release, tmp_path):
    later = NOW + dt.timedelta(days=3)
    same = parquet.write(records, tmp_path, [release.release], now=later, code_version="newer")
    assert (same.release, same.is_new) == (release.release, False)
    fewer = made.records(made.demo_readings()[:-1])
    other = parquet.write(fewer, tmp_path, [release.release], now=later, code_version="newer")
    assert other.is_new
    assert other.release.release_id == "2026-01-05-1"


@pytest.mark.parametrize("place", [0, 7, 30])
def test_half_a_release_is_never_pointed_to(records, tmp_path, monkeypatch, place):
    written = parquet.write(records, tmp_path, [], now=NOW, code_version="test")
    parquet.point_to(tmp_path, written.folder)
    calls = iter(range(100))

    class Refused(parquet.pq.ParquetWriter):
        def close(self):
            if self.is_open and next(calls) == place:
                raise OSError(28, "No space left on device")
            super().close()

    monkeypatch.setattr(parquet.pq, "ParquetWriter", Refused)
    with pytest.raises(OSError, match="No space"):
        parquet.write(records, tmp_path, [written.release], now=NOW, code_version="test")
    assert release_folder.current(tmp_path) == written.folder
    release_folder.check(written.folder)


def test_every_table_and_column_carries_its_comment_into_the_file(database):
    comments = dict(
        query.run(database, "SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'main'").rows
    )
    assert comments == {name: table.comment for name, table in TABLES.items()}
    missing = query.run(
        database,
        "SELECT table_name, column_name FROM duckdb_columns() "
        "WHERE comment IS NULL AND table_name IN (SELECT table_name FROM duckdb_tables())",
    )
    assert missing.rows == []
    keys = query.run(database, "SELECT count(*) FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'")
    assert keys.rows == [(len(TABLES),)]


def test_views_and_macros_work_in_any_client_and_say_what_they_are_for(database):
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
        views = connection.execute("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").fetchall()
        assert {name for name, _ in views} == {view.name for view in publish.statements("views")}
        assert all(comment for _, comment in views)
        for name, _ in views:
            connection.execute(f"FROM {name}").fetchall()
        assert len(connection.execute("FROM answers('night-bus/q1')").fetchall()) == 11
        assert connection.execute("SELECT count(*) FROM matrix('night-bus') WHERE state = 'silent'").fetchone() == (1,)
        assert connection.execute("FROM by_person('vrbickova')").fetchall()
        assert connection.execute("FROM as_of(DATE '2024-05-31')").fetchall() == []
        stored = connection.execute(
            "SELECT DISTINCT function_name, comment FROM duckdb_functions() WHERE NOT internal AND schema_name = 'main'"
        ).fetchall()
        assert {name for name, comment in stored if comment} == {macro.name for macro in macros()}


def test_the_database_is_swapped_while_readers_keep_what_they_opened(release, tmp_path):
    path = tmp_path / "roundtable.duckdb"
    publish.publish(release.folder, path)
    with duckdb.connect(str(path), read_only=True) as reader:
        before = reader.execute("SELECT count(*) FROM contributions").fetchone()
        publish.publish(release.folder, path)
        assert reader.execute("SELECT count(*) FROM contributions").fetchone() == before
    assert [file.name for file in tmp_path.iterdir()] == ["roundtable.duckdb"]


def everything(path):
    """All rows of all tables, and what is stored beside them, of a database."""
    rows = {name: query.run(path, f"FROM {name} ORDER BY ALL").rows for name in TABLES}
    stored = query.run(
        path,
        "SELECT table_name, comment FROM duckdb_tables() UNION ALL SELECT view_name, comment FROM duckdb_views() "
        "UNION ALL SELECT table_name || '.' || column_name, comment FROM duckdb_columns() "
        "UNION ALL SELECT function_name, comment FROM duckdb_functions() WHERE NOT internal "
        "UNION ALL SELECT table_name, constraint_text FROM duckdb_constraints() ORDER BY ALL",
    ).rows
    return rows, stored, query.run(path, "FROM search('night bus')").rows


def with_runs(release, folder, number):
    """The release with so many runs in its bookkeeping."""
    at = [NOW + dt.timedelta(hours=hour) for hour in range(number)]
    counts = {"due": 1, "fetched": 0, "unchanged": 1, "refused": 0, "failed": 0}
    runs = [Run(run_id=f"{time:%d%H}", command="ingest", started_at=time, ended_at=time, **counts) for time in at]
    parquet.point_to(folder, release.folder)
    return parquet.renew({"runs": runs}, folder, [release.release])


@pytest.fixture
def place(release, tmp_path):
    """A release of its own, its database, and the note of what that was made of."""
    folder = tmp_path / "tables"
    shutil.copytree(release.folder, folder / release.folder.name)
    own = replace(release, folder=folder / release.folder.name)
    path, note = tmp_path / "roundtable.duckdb", tmp_path / "made-of.json"
    assert publish.publish(own.folder, path, note=note, program="p") == "built anew"
    return own, folder, path, note


def test_a_database_in_which_only_bookkeeping_differs_is_renewed_to_what_building_makes(place, tmp_path):
    own, folder, path, note = place
    assert publish.publish(own.folder, path, note=note, program="p") == "as it was"
    size = path.stat().st_size
    for number in (3, 200, 7, 1, 90, 2):
        renewed = with_runs(own, folder, number).folder
        assert publish.publish(renewed, path, note=note, program="p") == "renewed: runs"
        assert path.stat().st_size < 1.5 * size
    publish.publish(renewed, tmp_path / "anew.duckdb")
    assert everything(path) == everything(tmp_path / "anew.duckdb")


def written_to(path, note):
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE mine AS SELECT 1")


def flipped(path, note):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def forgotten(path, note):
    note.write_text("{}")


def removed(path, note):
    path.unlink()


def of_another_program(path, note):
    note.write_text(note.read_text().replace('"p DuckDB', '"q DuckDB'))


@pytest.mark.parametrize("amiss", [written_to, flipped, forgotten, removed, of_another_program])
def test_a_database_of_which_nobody_knows_what_it_holds_is_built_anew(place, amiss):
    own, folder, path, note = place
    amiss(path, note)
    renewed = with_runs(own, folder, 2).folder
    assert publish.publish(renewed, path, note=note, program="p") == "built anew"
    assert query.run(path, "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'mine'").rows == [(0,)]


def test_a_write_ahead_log_in_the_way_is_refused(release, tmp_path):
    (tmp_path / "roundtable.duckdb.wal").write_bytes(b"somebody else's")
    with pytest.raises(RoundtableError) as caught:
        publish.publish(release.folder, tmp_path / "roundtable.duckdb")
    assert caught.value.code is Code.WAL_IN_THE_WAY


def test_a_file_that_is_no_parquet_is_named(release, tmp_path):
    for name in TABLES:
        (tmp_path / f"{name}.parquet").write_bytes((release.folder / f"{name}.parquet").read_bytes())
    (tmp_path / "people.parquet").write_text("no parquet")
    with pytest.raises(RoundtableError) as caught:
        publish.publish(tmp_path, tmp_path / "roundtable.duckdb")
    assert caught.value.code is Code.TABLES_DAMAGED
    assert "people.parquet" in str(caught.value)
    assert not (tmp_path / "roundtable.duckdb").exists()


@pytest.mark.parametrize(
    ("sql", "met"),
    [
        ("SELEC 1", "syntax error"),
        ("SELECT * FROM nowhere", "nowhere"),
        ("CREATE TABLE x (a INT)", "read-only"),
        ("", "query"),
    ],
)
def test_a_query_that_cannot_run_is_one_line(database, sql, met):
    with pytest.raises(RoundtableError) as caught:
        query.arrow(database, sql) if not sql else query.run(database, sql)
    assert caught.value.code is Code.QUERY_FAILED
    assert "\n" not in str(caught.value)
    assert met in str(caught.value) or not sql


def test_addresses_are_told_apart_by_how_far_we_got(tmp_path):
    question = content().questions[0]
    empty = re.sub(rb"<p>.*?</p>", b"", pages()[question.path].body, flags=re.DOTALL)
    readings = [made.reading(canonical(question.path), empty), made.reading(canonical("/long-table/night-bus/"), HUB)]
    written = parquet.write(made.records(readings), tmp_path, [], now=NOW, code_version="test")
    with duckdb.connect() as connection:
        publish.load(connection, written.folder)
        found = dict(connection.execute("SELECT url, status FROM target_status").fetchall())
    assert found[canonical(question.path)] == "captured_without_answer"
    assert found[canonical("/long-table/night-bus/")] == "captured"
    assert found[canonical("/long-table/night-bus/introduction/")] == "never_tried"


def test_ids_are_found_again_and_never_minted_twice():
    ids = Ids()
    first = made.records(made.demo_readings(), ids)
    count = len(ids.fresh)
    second = made.records(made.demo_readings(), ids)
    assert len(ids.fresh) == count
    assert [row.contribution_id for row in first.of(Contribution)] == [
        row.contribution_id for row in second.of(Contribution)
    ]


def test_the_release_names_itself(release):
    assert release_folder.release_of(release.folder) == release.release
    assert isinstance(release.release, Release)
