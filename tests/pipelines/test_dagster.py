"""The Dagster side: what is loaded, what a failed check does, and what a person sees in the browser."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import dagster as dg
import pytest

from archive.home import Home
from archive.model import TABLES
from pipelines import steps
from pipelines.definitions import build_definitions
from pipelines.opened import OpenedHome
from pipelines.resources import HomeFolder, Teller
from tests.pipelines.conftest import ROUNDTABLE
from warehouse import parquet, publish, query

ROOT = Path(__file__).parents[2]


def test_every_asset_is_grouped_described_owned_and_versioned():
    graph = build_definitions().resolve_asset_graph()
    keys = {key.to_user_string(): graph.get(key) for key in graph.get_all_asset_keys()}
    assert set(keys) == {"captures", "pages", "discussion", "tables", "warehouse"}
    for name, node in keys.items():
        assert node.group_name == name
        assert node.description
        assert node.owners
        assert node.code_version
        assert node.kinds


def test_the_schedule_runs_the_same_job_as_the_demonstration():
    definitions = build_definitions()
    (schedule,) = definitions.schedules
    assert schedule.job_name == "ingest"
    assert {node.name for node in definitions.resolve_job_def("ingest").nodes} == {
        "captures", "pages", "discussion", "tables", "warehouse",
    }  # fmt: skip
    assert "captures" not in {node.name for node in definitions.resolve_job_def("rebuild").nodes}


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
    assert reader.stdout.readline().strip() == "32"
    steps.discuss(opened, lambda _: None)
    steps.release_tables(opened, lambda _: None)
    steps.publish_database(opened, lambda _: None)
    out, _ = reader.communicate("again\n", timeout=30)
    assert out.strip() == "32"
    assert query.run(opened.home.database, "SELECT count(*) FROM contributions").rows == [(32,)]
    assert parquet.current(opened.home.tables) is not None


READER = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
print(connection.execute("SELECT count(*) FROM contributions").fetchone()[0], flush=True)
sys.stdin.readline()
print(connection.execute("SELECT count(*) FROM contributions").fetchone()[0], flush=True)
"""


def free_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


@pytest.mark.browser
def test_the_ui_shows_the_run_of_the_demonstration_in_a_browser(demo, tmp_path, chromium):
    opened = copied(demo, tmp_path)
    port = free_port()
    environ = {**os.environ, "ROUNDTABLE_HOME": ""}
    ui = subprocess.Popen(
        [ROUNDTABLE, "ui", "--port", str(port), "--home", opened.home.root],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environ,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/server_info", ui)
        shown = look(chromium, f"http://127.0.0.1:{port}/runs", tmp_path)
        assert "Success" in shown
        assert "ingest" in shown
        shown = look(chromium, f"http://127.0.0.1:{port}/assets/discussion", tmp_path)
        assert "Join pages with each other and the register" in shown
        assert "archivists" in shown
    finally:
        ui.send_signal(signal.SIGTERM)
        ui.wait(40)
    assert not [path for path in ROOT.iterdir() if path.name.startswith(".tmp_dagster") or path.name == "history"]
    assert "dagster_home" not in json.dumps([path.name for path in opened.home.root.iterdir()])


def wait_for(url, process):
    for _ in range(90):
        assert process.poll() is None, "the UI ended before it answered"
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                answer.read()
                return
        except OSError:
            time.sleep(1)
    pytest.fail(f"{url} did not answer")


def look(chromium, url, tmp_path):
    """The page as a browser has rendered it, as HTML."""
    words = [
        chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=15000", "--dump-dom", url,
    ]  # fmt: skip
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=120).stdout
