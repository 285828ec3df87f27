"""Runs that nobody asks for any more: Dagster keeps each with its events and logs for ever, so they are removed here.

Here belongs choosing and removing. What the archive itself knows of runs stands in its journal and is never removed.
"""

import datetime as dt
import shutil
from pathlib import Path

import dagster as dg

KEPT_DAYS = 90
KEPT_RUNS = 50
_ENDED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
_AT_ONCE = 200


def prune(instance: dg.DagsterInstance, days: int = KEPT_DAYS, runs: int = KEPT_RUNS, now: float | None = None) -> int:
    """Remove runs that ended more than `days` ago, but never one of the newest `runs`; return how many were.

    Args:
        instance: Dagster's.
        days: how long runs are kept.
        runs: how many are kept whatever their age.
        now: seconds since 1970; the clock's if not given.
    """
    at = dt.datetime.now(dt.UTC) if now is None else dt.datetime.fromtimestamp(now, dt.UTC)
    newest = {record.dagster_run.run_id for record in instance.get_run_records(limit=runs)}
    old = dg.RunsFilter(statuses=_ENDED, created_before=at - dt.timedelta(days=days))
    removed = 0
    while True:
        found = [record.dagster_run.run_id for record in instance.get_run_records(old, limit=_AT_ONCE, ascending=True)]
        chosen = [run_id for run_id in found if run_id not in newest]
        for run_id in chosen:
            instance.delete_run(run_id)
            # Dagster forgets the run, and leaves the logs of its steps.
            shutil.rmtree(Path(instance.storage_directory()) / run_id, ignore_errors=True)
        removed += len(chosen)
        if not chosen or len(found) < _AT_ONCE:
            return removed


@dg.op(description=f"Remove runs that ended more than {KEPT_DAYS} days ago, except the newest {KEPT_RUNS}.")
def remove_old_runs(context: dg.OpExecutionContext) -> None:
    """Prune, and say how many."""
    context.log.info(f"{prune(context.instance)} runs were removed")


@dg.job(
    description="Old runs leave Dagster's storage; the archive's own journal keeps what they came to.",
    executor_def=dg.in_process_executor,
)
def prune_runs() -> None:
    """Prune."""
    remove_old_runs()


SCHEDULE = dg.ScheduleDefinition(
    name="prune_runs",
    job=prune_runs,
    cron_schedule="40 3 * * 0",
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
