"""Running a job from the command line, in this process, on the Dagster instance of the home.

Here belong the instance (its settings reach the home folder here) and unwrapping what went wrong. Importing this
module imports Dagster, so only commands that run jobs do.
"""

import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dagster as dg
from dagster._core.errors import DagsterExecutionStepExecutionError

from archive import durable
from archive.codes import Code, RoundtableError
from archive.home import Home
from pipelines.definitions import build_definitions
from pipelines.resources import HomeFolder, Teller

_PROCESS = "roundtable/process"
"""The tag of a run that a command runs in its own process; a run of the UI has none."""


def settings() -> Path:
    """Where the project's `dagster.yaml` lies: beside the packages in a checkout, inside this one when installed."""
    here = Path(__file__).parent
    return next(path for path in (here / "dagster.yaml", here.parent / "dagster.yaml") if path.exists())


def prepare_instance(home: Home) -> None:
    """Put `dagster.yaml` into the home folder and let Dagster find it there."""
    wanted = settings().read_bytes()
    target = home.dagster / "dagster.yaml"
    if not target.exists() or target.read_bytes() != wanted:
        durable.write_bytes(target, wanted)
    os.environ["DAGSTER_HOME"] = str(home.dagster)
    os.environ["ROUNDTABLE_HOME"] = str(home.root)


def run_job(home: Home, name: str, say: Callable[[str], None], config: dict[str, Any] | None = None) -> str:
    """Run the job `name` on a home and return its run id.

    Args:
        home: a prepared home.
        name: `ingest` or `rebuild`.
        say: is told what the steps report.
        config: configuration of the `captures` asset.

    Raises:
        RoundtableError: what a step raised, or `checks_failed` where a check kept the candidate back.
    """
    prepare_instance(home)
    definitions = build_definitions(home=HomeFolder(folder=str(home.root)), teller=Teller(say))
    # The events of a run are kept with it; on the terminal the steps speak for themselves.
    run_config: dict[str, Any] = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    if config:
        run_config["ops"] = {"captures": {"config": config}}
    with warnings.catch_warnings(), dg.DagsterInstance.get() as instance:
        warnings.simplefilter("ignore", category=ResourceWarning)
        fail_dead_runs(instance)
        job = definitions.resolve_job_def(name)
        try:
            result = job.execute_in_process(instance=instance, run_config=run_config, tags={_PROCESS: str(os.getpid())})
        except DagsterExecutionStepExecutionError as error:
            raise _mendable(error) from None
        except dg.Failure as failure:
            raise _mendable(failure) from None
    if not result.success:
        raise RoundtableError(Code.CHECKS_FAILED, "the run did not succeed", f"run {result.run_id}")
    return str(result.run_id)


def fail_dead_runs(instance: dg.DagsterInstance) -> list[str]:
    """Mark the runs as failed whose process on this machine has ended without saying so; return their ids.

    Without this a killed run would be shown as running for ever.
    """
    going = [dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED]
    dead = [
        run
        for run in instance.get_runs(dg.RunsFilter(statuses=going))
        if _PROCESS in run.tags and not _is_alive(run.tags[_PROCESS])
    ]
    for run in dead:
        instance.report_run_failed(run, "the process that ran it has ended; the next run goes on from there")
    return [run.run_id for run in dead]


def _is_alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return int(pid) != os.getpid()


def _mendable(error: BaseException) -> BaseException:
    """The error of ours that a step failed with; anything else is a bug and stays what it is."""
    current: BaseException | None = error
    while current is not None:
        if isinstance(current, RoundtableError):
            return current
        current = getattr(current, "user_exception", None) or current.__cause__ or current.__context__
    return error
