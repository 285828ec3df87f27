"""Running a job from the command line, in this process, on the Dagster instance of the home.

Here belong the instance (its settings reach the home folder here) and unwrapping what went wrong. Importing this
module imports Dagster, so only commands that run jobs do.
"""

import fcntl
import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
from dagster._core.errors import DagsterAssetCheckFailedError, DagsterExecutionStepExecutionError
from sqlalchemy.exc import SQLAlchemyError

from archive import durable
from archive.codes import Code, RoundtableError
from archive.home import Home
from pipelines import dead_runs, partitions
from pipelines.definitions import REBUILD, build_definitions, rebuilding
from pipelines.opened import OpenedHome
from pipelines.resources import HomeFolder, Teller

MAKING = ".making"
"""Lies in Dagster's folder from before its files are made until they are whole."""
MADE = ("history", "schedules", "storage")


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


def _begin(folder: Path) -> None:
    """Mark that Dagster makes its files; what an earlier process was killed over is half a schema, and is made anew."""
    marker = folder / MAKING
    if marker.exists():
        for name in MADE:
            shutil.rmtree(folder / name, ignore_errors=True)
    if not (folder / "history").exists():
        durable.write_bytes(marker, b"")


@contextmanager
def opened_instance(home: Home) -> Iterator[dg.DagsterInstance]:
    """The Dagster instance of a home, cleared of dead runs and with the partitions of its register.

    Two processes that make a fresh one at the same time get in each other's way, so it is opened by one at a time.
    """
    prepare_instance(home)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", category=ResourceWarning)
        with (home.dagster / ".opening").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            _begin(home.dagster)
            instance = dg.DagsterInstance.get()
            dead_runs.clear(instance)
            partitions.agree(instance, OpenedHome(home))
            (home.dagster / MAKING).unlink(missing_ok=True)
        with instance:
            yield instance


def run_job(home: Home, name: str, say: Callable[[str], None], config: dict[str, Any] | None = None) -> str:
    """Run the job `name` on a home and return its run id.

    Args:
        home: a prepared home.
        name: `ingest` or `rebuild`.
        say: is told what the steps report.
        config: of `ingest` that of the asset `captures`, of `rebuild` what is added to that of `discussion`.

    Raises:
        RoundtableError: what a step raised, `checks_failed` where a check kept the candidate back, or `disk_refused`
            where Dagster's storage could not be written.
    """
    try:
        return _run(home, name, say, config)
    except SQLAlchemyError as error:
        what = f"the storage of Dagster cannot be written: {getattr(error, 'orig', None) or error}"
        raise RoundtableError(Code.DISK_REFUSED, what, str(home.dagster)) from None


def _run(home: Home, name: str, say: Callable[[str], None], config: dict[str, Any] | None) -> str:
    definitions = build_definitions(home=HomeFolder(folder=str(home.root)), teller=Teller(say))
    # The events of a run are kept with it; on the terminal the steps speak for themselves.
    run_config: dict[str, Any] = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    run_config["ops"] = rebuilding(**(config or {})) if name == REBUILD else {"captures": {"config": config or {}}}
    with opened_instance(home) as instance:
        job = definitions.resolve_job_def(name)
        try:
            result = job.execute_in_process(
                instance=instance, run_config=run_config, tags={dead_runs.PROCESS: dead_runs.this_process()}
            )
        except DagsterExecutionStepExecutionError as error:
            raise _mendable(error) from None
        except dg.Failure as failure:
            raise _mendable(failure) from None
        except DagsterAssetCheckFailedError as error:
            failed = ", ".join(line.partition(": ")[2] for line in str(error).splitlines()[1:])
            raise RoundtableError(Code.CHECKS_FAILED, f"the candidate breaks {failed}", str(home.root)) from None
    if not result.success:
        raise RoundtableError(Code.CHECKS_FAILED, "the run did not succeed", f"run {result.run_id}")
    return str(result.run_id)


def _mendable(error: BaseException) -> BaseException:
    """The error of ours that a step failed with; anything else is a bug and stays what it is."""
    current: BaseException | None = error
    while current is not None:
        if isinstance(current, RoundtableError):
            return current
        current = getattr(current, "user_exception", None) or current.__cause__ or current.__context__
    return error
