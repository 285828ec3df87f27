"""The Dagster side: what is loaded, what a failed check does, and what a person sees in the browser."""

import os
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import dagster as dg

from archive.home import Home
from archive.model import TABLES
from archive.reading.page import Page
from pipelines import steps
from pipelines.definitions import build_definitions
from pipelines.opened import OpenedHome
from pipelines.resources import HomeFolder, Teller
from tests.pipelines.by_name import typed
from warehouse import losses, publish, query, release_folder

ROOT = Path(__file__).parents[2]


ROAD = ("captures", "pages", "discussion", "tables", "warehouse")


def test_every_asset_is_grouped_described_owned_and_versioned():
    graph = build_definitions().resolve_asset_graph()
    nodes = {key.to_user_string(): graph.get(key) for key in graph.get_all_asset_keys()}
    assert {*ROAD, *(f"release/{name}" for name in TABLES)} <= set(nodes)
    assert {node.group_name for node in nodes.values()} == {*ROAD, "products"}
    for name, node in nodes.items():
        assert name not in ROAD or node.group_name == name
        assert node.description
        assert node.owners
        assert node.code_version
        assert node.kinds


def test_every_table_is_a_node_with_its_columns_and_where_they_come_from():
    graph = build_definitions().resolve_asset_graph()
    for name, table in TABLES.items():
        node = graph.get(dg.AssetKey(["release", name]))
        schema = node.metadata["dagster/column_schema"]
        assert [column.name for column in schema.columns] == [column.name for column in table.columns]
        assert all(column.description for column in schema.columns)
    text = graph.get(dg.AssetKey(["release", "contributions"])).metadata["dagster/column_lineage"]
    assert {source.asset_key.path[-1] for source in text.deps_by_column["text"]} == {
        "contribution_versions",
        "passages",
        "tables",
    }


def test_every_asset_says_what_columns_it_has_and_from_which_of_those_above_it_they_come():
    graph = build_definitions().resolve_asset_graph()
    nodes = {key: graph.get(key) for key in graph.get_all_asset_keys()}
    columns = {key: [one.name for one in node.metadata["dagster/column_schema"].columns] for key, node in nodes.items()}
    for key, node in nodes.items():
        assert all(one.description for one in node.metadata["dagster/column_schema"].columns)
        assert len(set(columns[key])) == len(columns[key]) > 0
        lineage = node.metadata.get("dagster/column_lineage")
        for column, sources in (lineage.deps_by_column if lineage else {}).items():
            assert column in columns[key]
            for source in sources:
                assert source.asset_key in node.parent_keys
                assert source.column_name in columns[source.asset_key]
    assert columns[dg.AssetKey("pages")] == [field.name for field in fields(Page)]


def test_a_column_of_the_database_can_be_followed_to_the_page_that_it_was_read_from():
    graph = build_definitions().resolve_asset_graph()
    met, at = [], ("warehouse", "contributions.standfirst")
    while at:
        met.append(at)
        node, column = at
        lineage = graph.get(dg.AssetKey(node.split("/"))).metadata["dagster/column_lineage"].deps_by_column
        sources = [(one.asset_key.to_user_string(), one.column_name) for one in lineage.get(column, ())]
        # A column that was made of another table's is followed there first.
        at = next((one for one in sources if one[0].startswith("release/")), next(iter(sources), None))
    assert met == [
        ("warehouse", "contributions.standfirst"),
        ("release/contributions", "standfirst"),
        ("release/contribution_versions", "standfirst"),
        ("tables", "contribution_versions.standfirst"),
        ("discussion", "contribution_versions.standfirst"),
        ("pages", "standfirst"),
    ]


def test_every_group_has_checks_and_each_says_what_it_demands():
    definitions = build_definitions()
    graph = definitions.resolve_asset_graph()
    checked = {graph.get(key.asset_key).group_name for key in graph.asset_check_keys}
    assert checked == {*ROAD, "products"}
    assert all(graph.get_check_spec(key).description for key in graph.asset_check_keys)
    blocking = {key.name for key in graph.asset_check_keys if graph.get_check_spec(key).blocking}
    assert {check.name for check in publish.checks() if not check.is_warning} < blocking
    assert {losses.CHECK, "the_release_is_sealed"} < blocking


def test_the_schedule_runs_the_same_job_as_the_demonstration():
    definitions = build_definitions()
    (schedule,) = [one for one in definitions.schedules if one.name == "due_ingest"]
    assert schedule.job_name == "ingest"
    assert {node.name for node in definitions.resolve_job_def("ingest").nodes} >= set(ROAD)
    assert {node.name for node in definitions.resolve_job_def("rebuild").nodes} >= set(ROAD[1:])
    assert "captures" not in {node.name for node in definitions.resolve_job_def("rebuild").nodes}


def test_all_series_are_captured_in_one_run():
    definitions = build_definitions()
    captures = definitions.resolve_assets_def("captures")
    assert captures.partitions_def.name == "series"
    assert captures.backfill_policy.max_partitions_per_run is None
    for key in definitions.resolve_asset_graph().get_all_asset_keys() - {dg.AssetKey("captures")}:
        assert definitions.resolve_asset_graph().get(key).partitions_def is None


def test_dagster_finds_the_definitions_and_settings_of_the_project(tmp_path):
    shutil.copy(ROOT / "dagster.yaml", tmp_path / "dagster.yaml")
    done = subprocess.run(
        [sys.executable, "-m", "dagster", "definitions", "validate"],
        cwd=ROOT,
        env={**os.environ, "DAGSTER_HOME": str(tmp_path), "ROUNDTABLE_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (tmp_path / "home").exists()


def copied(demo, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(demo[0], home, symlinks=True)
    return OpenedHome(Home.at(home))


def test_a_failed_check_fails_the_run_and_leaves_the_release_untouched(demo, tmp_path, monkeypatch):
    opened = copied(demo, tmp_path)
    before = {name: (opened.home.tables / "current" / f"{name}.parquet").read_bytes() for name in TABLES}
    (check, *_) = publish.checks()
    broken = publish.Failure(check.name, check.comment, ("contribution_id",), (("night-bus/q1/nobody",),))
    monkeypatch.setattr(publish, "failures", lambda _: [broken])
    told = []
    definitions = build_definitions(home=HomeFolder(folder=str(opened.home.root)), teller=Teller(told.append))
    with dg.DagsterInstance.ephemeral() as instance:
        result = definitions.resolve_job_def("rebuild").execute_in_process(instance=instance, raise_on_error=False)
    assert not result.success
    evaluations = {one.check_name: one for one in result.get_asset_check_evaluations()}
    assert not evaluations[check.name].passed
    assert "night-bus/q1/nobody" in evaluations[check.name].metadata["rows"].value
    assert "tables" not in {event.step_key for event in result.get_step_success_events()}
    assert {name: (opened.home.tables / "current" / f"{name}.parquet").read_bytes() for name in TABLES} == before
    assert not any("published" in words for words in told)


def test_losses_keep_a_release_back_until_somebody_accepts_them(demo, tmp_path, monkeypatch, capsys):
    home = copied(demo, tmp_path).home.root

    def lost(*_, accepted):
        return publish.Failure(losses.CHECK, losses.DEMAND, ("contribution_id",), (("night-bus/q1/nobody",),), accepted)

    monkeypatch.setattr(losses, "vanished", lost)
    standing = release_folder.current(home / "tables")
    code, said = typed(capsys, "rebuild", "--home", home)
    assert (code, "the candidate breaks no_contribution_vanishes" in said) == (1, True)
    assert release_folder.current(home / "tables") == standing
    assert not (home / "tables/candidate").exists()
    code, said = typed(capsys, "rebuild", "--accept-losses", "--home", home)
    assert (code, "warning: no_contribution_vanishes" in said) == (0, True)


def test_what_a_person_can_mend_fails_an_asset_in_one_line(demo, tmp_path):
    opened = copied(demo, tmp_path)
    (opened.home.root / "roundtable.duckdb.wal").write_bytes(b"x")
    definitions = build_definitions(home=HomeFolder(folder=str(opened.home.root)))
    with dg.DagsterInstance.ephemeral() as instance:
        result = definitions.resolve_job_def("rebuild").execute_in_process(instance=instance, raise_on_error=False)
    (failed,) = result.get_step_failure_events()
    assert failed.step_key == "warehouse"
    data = failed.step_failure_data.user_failure_data
    assert "wal_in_the_way" in data.description
    assert "\n" not in data.description


def test_the_database_is_read_while_a_run_publishes(demo, tmp_path):
    opened = copied(demo, tmp_path)
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(opened.home.database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdout.readline().strip() == "41"
    steps.discuss(opened, lambda _: None)
    steps.release_tables(opened, lambda _: None)
    steps.publish_database(opened, lambda _: None)
    out, _ = reader.communicate("again\n", timeout=30)
    assert out.strip() == "41"
    assert query.run(opened.home.database, "SELECT count(*) FROM contributions").rows == [(41,)]
    assert release_folder.current(opened.home.tables) is not None


READER = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
print(connection.execute("SELECT count(*) FROM contributions").fetchone()[0], flush=True)
sys.stdin.readline()
print(connection.execute("SELECT count(*) FROM contributions").fetchone()[0], flush=True)
"""
