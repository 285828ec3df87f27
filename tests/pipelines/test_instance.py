"""What Dagster keeps: dead runs lose their slots, old runs leave, and sensors and failures say what they should."""

import os
import subprocess
import sys
import time
from pathlib import Path

import dagster as dg
import pytest

from archive.home import Home
from pipelines import alerts, dead_runs, inbox, pruning, running, sensors
from pipelines.definitions import build_definitions
from pipelines.resources import HomeFolder


@pytest.fixture
def instance(tmp_path, monkeypatch):
    # What is set on the way is taken back with the rest.
    monkeypatch.setenv("DAGSTER_HOME", "")
    running.prepare_instance(Home.at(tmp_path / "home").prepare())
    with dg.DagsterInstance.get() as found:
        yield found


@dg.op
def nothing():
    """Do nothing."""


@dg.job(executor_def=dg.in_process_executor)
def idle():
    """Do nothing."""
    nothing()


def started(instance, process):
    tags = {dead_runs.PROCESS: process} if process else {}
    run = instance.create_run_for_job(idle, tags=tags, status=dg.DagsterRunStatus.STARTED)
    return run.run_id


def test_a_run_whose_process_is_gone_is_failed_and_gives_back_its_slot(instance):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    mine = subprocess.Popen(["sleep", "60"])
    try:
        alive = f"{mine.pid} " + Path(f"/proc/{mine.pid}/stat").read_text().rpartition(")")[2].split()[19]
        dead, other_with_its_id, living = (
            started(instance, process) for process in (f"{gone.pid} 1", f"{mine.pid} 1", alive)
        )
        storage = instance.event_log_storage
        storage.set_concurrency_slots("http", 1)
        assert storage.claim_concurrency_slot("http", dead, "captures").is_claimed
        assert set(dead_runs.clear(instance)) == {dead, other_with_its_id}
    finally:
        mine.kill()
        mine.wait()
    assert instance.get_run_by_id(living).status == dg.DagsterRunStatus.STARTED
    assert instance.get_run_by_id(dead).status == dg.DagsterRunStatus.FAILURE
    assert storage.claim_concurrency_slot("http", living, "captures").is_claimed


def test_a_run_that_never_got_a_process_is_failed_after_a_while(instance):
    run_id = started(instance, None)
    assert dead_runs.clear(instance) == []
    assert dead_runs.clear(instance, time.time() + 3600) == [run_id]


def test_old_runs_are_removed_with_their_logs_and_the_newest_stay(instance):
    runs = [idle.execute_in_process(instance=instance).run_id for _ in range(4)]
    for run_id in runs:
        (Path(instance.storage_directory()) / run_id).mkdir(parents=True, exist_ok=True)
    assert pruning.prune(instance, days=1, runs=2) == 0
    assert pruning.prune(instance, days=1, runs=2, now=time.time() + 2 * 86400) == 2
    left = {run.run_id for run in instance.get_runs()}
    assert left == set(runs[2:])
    assert {path.name for path in Path(instance.storage_directory()).iterdir()} >= left
    assert not (Path(instance.storage_directory()) / runs[0]).exists()


def test_the_settings_of_the_home_are_those_of_the_project(instance):
    settings = instance.get_concurrency_config()
    assert settings.run_queue_config.max_concurrent_runs == 1
    assert settings.pool_config.default_pool_limit == 1
    assert Path(os.environ["DAGSTER_HOME"], "dagster.yaml").read_bytes() == running.settings().read_bytes()


def test_the_drop_folder_starts_one_run_for_what_is_complete(instance, tmp_path, monkeypatch):
    folder = HomeFolder(folder=str(tmp_path / "home"))
    definitions = build_definitions(home=folder)
    (sensor,) = [one for one in definitions.sensors if one.name == "drop_folder"]

    def tick():
        given = {"instance": instance, "definitions": definitions, "resources": {"home": folder}}
        with dg.build_sensor_context(**given) as context:
            return sensor.evaluate_tick(context)

    assert tick().skip_message == "nothing lies there complete"
    (tmp_path / "home/inbox/page.html").write_text("<h1>A</h1>")
    monkeypatch.setattr(inbox, "QUIET", 0.0)
    (request,) = tick().run_requests
    assert request.tags["roundtable/files"] == "1"
    job = definitions.resolve_job_def("import_dropped")
    instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED)
    assert "on its way" in tick().skip_message


@dg.op
def fails():
    """Fail as an asset of ours does."""
    raise dg.Failure("the disk is full [disk_refused]", allow_retries=False)


@dg.job(executor_def=dg.in_process_executor)
def failing():
    """Fail."""
    fails()


def test_a_failed_run_is_told_with_its_reason(instance, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(alerts, "send", lambda home, alert: told.append(alert) or "told by nobody")
    result = failing.execute_in_process(instance=instance, raise_on_error=False)
    (event,) = [one for one in result.all_events if one.event_type == dg.DagsterEventType.RUN_FAILURE]
    context = dg.build_run_status_sensor_context(
        sensor_name="run_failures",
        dagster_instance=instance,
        dagster_run=instance.get_run_by_id(result.run_id),
        dagster_event=event,
    ).for_run_failure()
    sensors.watch_failures(context)
    assert told == [alerts.of_failure("failing", result.run_id, "the disk is full [disk_refused]")]
