"""The web UI of a home, started as people start it, and a browser that looks at it."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from contextlib import contextmanager

import pytest
import yaml
from playwright.sync_api import sync_playwright

from tests.pipelines.conftest import ROUNDTABLE

PATIENCE = 120_000
"""Milliseconds for anything to show: machines are shared."""


def free_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


@contextmanager
def started(home, log, **environ):
    """`roundtable ui` on a home, until the block ends; yields its address and its process."""
    port = free_port()
    with log.open("ab") as out:
        process = subprocess.Popen(
            [ROUNDTABLE, "ui", "--port", str(port), "--home", home],
            stdout=out,
            stderr=out,
            env={**os.environ, "ROUNDTABLE_HOME": "", **environ},
        )
    try:
        base = f"http://127.0.0.1:{port}"
        answers(f"{base}/server_info", process)
        yield base, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def answers(url, process):
    for _ in range(120):
        assert process.poll() is None, "the UI ended before it answered"
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                answer.read()
                return
        except OSError:
            time.sleep(1)
    pytest.fail(f"{url} did not answer")


@contextmanager
def browser(chromium, *, width=1500, height=900):
    """A page of a headless browser."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        try:
            page = found.new_page(viewport={"width": width, "height": height})
            page.set_default_timeout(PATIENCE)
            yield page
        finally:
            found.close()


def asked(base, query, **variables):
    """What Dagster's GraphQL answers."""
    content = json.dumps({"query": query, "variables": variables}).encode()
    request = urllib.request.Request(f"{base}/graphql", content, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)["data"]


RUNS = "{ runsOrError { ... on Runs { results { runId jobName status } } } }"


def runs(base):
    """Every run, newest first: id, job, status."""
    found = asked(base, RUNS)["runsOrError"]["results"]
    return [(one["runId"], one["jobName"], one["status"]) for one in found]


def ended(base, job, after=()):
    """The status of the newest run of a job that is not among `after`, once it has ended."""
    for _ in range(240):
        found = [one for one in runs(base) if one[1] == job and one[0] not in after]
        if found and found[0][2] in {"SUCCESS", "FAILURE", "CANCELED"}:
            return found[0]
        time.sleep(0.5)
    pytest.fail(f"no run of {job} ended: {runs(base)}")


TICK = """
mutation ($selector: ScheduleSelector!, $at: Float!) {
  scheduleDryRun(selectorData: $selector, timestamp: $at) {
    __typename ... on DryRunInstigationTick { evaluationResult { error { message } runRequests { runConfigYaml } } }
  }
}"""


def ticked(base, schedule):
    """The configuration of each run for which a tick of a schedule would ask now."""
    selector = {
        "scheduleName": schedule,
        "repositoryName": "__repository__",
        "repositoryLocationName": "pipelines.definitions",
    }
    found = asked(base, TICK, selector=selector, at=time.time())["scheduleDryRun"]["evaluationResult"]
    assert found["error"] is None, found
    return [yaml.safe_load(one["runConfigYaml"]) for one in found["runRequests"]]


LAUNCH = """
mutation ($selector: JobOrPipelineSelector!, $config: RunConfigData) {
  launchRun(executionParams: {selector: $selector, runConfigData: $config, mode: "default"}) {
    __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message }
  }
}"""


def launched(base, job, config=None):
    """Launch a job as the UI does, and return the run's id."""
    selector = {
        "pipelineName": job,
        "repositoryName": "__repository__",
        "repositoryLocationName": "pipelines.definitions",
    }
    found = asked(base, LAUNCH, selector=selector, config=config or {})["launchRun"]
    assert found["__typename"] == "LaunchRunSuccess", found
    return found["run"]["runId"]
