"""A run in which nothing changed assembles nothing, says why, and leaves the very bytes that assembling would make."""

import shutil
import sqlite3

import dagster as dg
import pytest

from archive.codes import Code, RoundtableError
from archive.discussion import pages
from archive.home import Home
from archive.model import TABLES
from pipelines import inputs, steps
from pipelines.definitions import build_definitions
from pipelines.opened import OpenedHome
from pipelines.resources import HomeFolder
from tests.pipelines.conftest import roundtable
from tests.pipelines.test_dagster import ROAD
from warehouse import query

AGAIN = {"captures", "fetches", "runs", "visits"}
"""Tables that grow although nothing changed."""


@pytest.fixture
def home(demo, tmp_path):
    folder = tmp_path / "home"
    shutil.copytree(demo[0], folder, symlinks=True)
    return folder


def files(home):
    return {name: (home / "tables/current" / f"{name}.parquet") for name in TABLES}


def test_bookkeeping_that_is_renewed_has_the_bytes_that_assembling_makes(home):
    before = files(home)
    inodes = {name: path.stat().st_ino for name, path in before.items()}
    done = roundtable("ingest", "lamplighter", "--home", home)
    assert "nothing is assembled" in done.stdout
    renewed = {name: path.read_bytes() for name, path in files(home).items()}
    assert {name for name, path in files(home).items() if path.stat().st_ino != inodes[name]} == AGAIN | {
        "events",
        "releases",
    }
    assert query.run(home / "roundtable.duckdb", "SELECT count(*) FROM runs WHERE command <> 'import'").rows == [(2,)]
    opened = OpenedHome(Home.at(home))
    written = steps.discuss(opened, lambda _: None)
    assert written.because == "it was asked for"
    assert {name: path.read_bytes() for name, path in files(home).items()} == renewed
    assert written.written.folder == (home / "tables/current").resolve()


def corrected(home):
    path = home / "curation/corrections/one.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("corrections = []\n")


def damaged(home):
    path = home / "tables/current/people.parquet"
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (corrected, "changed since: the register or other curated files"),
        (lambda home: (home / "cache/inputs.json").unlink(), "nobody knows"),
        (lambda home: (home / "cache/inputs.json").write_text("{}"), "nobody knows"),
        (damaged, "nobody knows"),
    ],
)
def test_what_changed_is_said_and_everything_is_assembled(home, change, reason):
    change(home)
    summary = steps.discuss(OpenedHome(Home.at(home)), lambda _: None, anew=False)
    assert summary.unchanged is None
    assert summary.because.startswith(reason)


def test_another_program_assembles_anew(home, monkeypatch):
    monkeypatch.setattr(inputs, "code_digest", lambda: "another")
    summary = steps.discuss(OpenedHome(Home.at(home)), lambda _: None, anew=False)
    assert summary.because == "changed since: the program"


def test_what_confirms_a_page_that_is_kept_back_is_a_matter_for_the_rules(home):
    source = home / "curation/register/lamplighter/source.toml"
    source.write_text(source.read_text().replace("[publisher]\n", '[publisher]\nstorage_policy = "excerpt"\n'))
    assert roundtable("rebuild", "--home", home).returncode == 0
    done = roundtable("ingest", "lamplighter", "--home", home)
    assert done.returncode == 0, done.stderr
    assert "nothing is assembled" not in done.stdout
    renewed = {name: path.read_bytes() for name, path in files(home).items()}
    assert roundtable("rebuild", "--home", home).returncode == 0
    assert {name: path.read_bytes() for name, path in files(home).items()} == renewed


def test_the_graph_tells_of_the_tables_that_changed_and_of_the_series_that_brought_something(home):
    opened = Home.at(home)
    definitions = build_definitions(home=HomeFolder(folder=str(opened.root)))
    config = {"ops": {"captures": {"config": {"names": ["lamplighter"]}}}}
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("series", ["beyond-slavery-debates", "long-table"])
        job = definitions.resolve_job_def("ingest")
        result = job.execute_in_process(instance=instance, run_config=config)
        told = {(event.asset_key.path[-1], event.partition) for event in result.get_asset_materialization_events()}
        assert {name for name, _ in told if name in TABLES} == AGAIN
        numbers = {}
        for event in result.get_asset_materialization_events():
            name, told_of = event.asset_key.to_user_string(), event.materialization.metadata
            numbers[name] = told_of["dagster/row_count"].value
            if name in ROAD:
                assert told_of["size in bytes"].value > 0
                assert any(isinstance(one, dg.MarkdownMetadataValue) for one in told_of.values())
        assert (numbers["captures"], numbers["pages"], numbers["run_report"]) == (55, 22, 1)
        assert numbers["discussion"] == numbers["tables"] == numbers["warehouse"]
        # Nothing new came, so no series is told of; its partition run by hand is.
        assert not any(partition for _, partition in told)
        result = job.execute_in_process(instance=instance, partition_key="long-table")
        assert instance.get_materialized_partitions(dg.AssetKey("captures")) == {"long-table"}
        (event,) = [one for one in result.get_asset_materialization_events() if one.partition == "long-table"]
        metadata = event.materialization.metadata
        assert metadata["unchanged"].value == 20
        (report,) = [one for one in result.get_asset_materialization_events() if one.asset_key.path == ["run_report"]]
        page = report.materialization.metadata["report"].value
    assert page.startswith("`ingest long-table`")
    assert "| night-bus | succeeded |  | 7 | 0 | 0 | 6 | 1 | 0 |" in page
    assert "robots_disallowed" in page


def told_by(home):
    """The checks that failed in a run, and whether it assembled anything."""
    definitions = build_definitions(home=HomeFolder(folder=str(home)))
    with dg.DagsterInstance.ephemeral() as instance:
        result = definitions.resolve_job_def("ingest").execute_in_process(instance=instance)
        found = {event.asset_key.path[-1]: event.materialization for event in result.get_asset_materialization_events()}
        failed = {one.check_name for one in result.get_asset_check_evaluations() if not one.passed}
    return failed, found["discussion"].metadata["assembled"].value


def test_what_was_amiss_in_a_release_is_told_again_when_nothing_changed(home, monkeypatch):
    table = home / "curation/register/lamplighter/round_tables/night-bus.toml"
    table.write_text(table.read_text().replace("announced_people = 10", "announced_people = 12"))
    faulty = {"no_reader_failed": "reader_failed"}
    monkeypatch.setattr(steps, "published_faults", lambda _: {faulty["no_reader_failed"]: 1})
    assert told_by(home) == ({"announced_is_found"}, True)
    assert told_by(home) == ({"announced_is_found", "no_reader_failed"}, False)


def test_the_partitions_are_the_series_that_can_be_asked(demo):
    with sqlite3.connect(demo[0] / "dagster/history/runs/index.db") as connection:
        rows = connection.execute("SELECT partition FROM dynamic_partitions ORDER BY 1").fetchall()
    connection.close()
    assert rows == [("long-table",)]


def test_a_reader_that_most_pages_break_takes_nothing_away(home, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("no such thing")

    (home / "cache/pages.sqlite").unlink()
    monkeypatch.setattr(pages, "read", broken)
    before = {name: path.read_bytes() for name, path in files(home).items()}
    with pytest.raises(RoundtableError, match="pages meet a bug of the reader") as caught:
        steps.read_pages(OpenedHome(Home.at(home)), lambda _: None)
    assert caught.value.code is Code.READER_BROKEN
    assert {name: path.read_bytes() for name, path in files(home).items()} == before
