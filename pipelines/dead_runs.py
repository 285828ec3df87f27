"""Runs whose process has ended without a word: telling them from living ones, and clearing up behind them.

Here belongs the mark that a run's process leaves, marking dead runs as failed, and giving back what they held in
Dagster's pools. Not here: what they left in the home, which the next run recovers by itself.
"""

import datetime as dt
import os
from pathlib import Path

import dagster as dg

PROCESS = "roundtable/process"
"""The tag that holds the process of a run: its id and when it began, since ids come again."""
_STARTUP = dt.timedelta(minutes=10)
"""A run that has no process after this long never got one."""
_GOING = [
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def this_process() -> str:
    """What tells this process from every other one on this machine, also from a later one with its id."""
    return _identity(os.getpid())


def clear(instance: dg.DagsterInstance, now: float | None = None) -> list[str]:
    """Mark dead runs as failed, free what they and ended runs still hold in pools, and return the ids of the dead.

    Without this a killed run would be shown as running for ever, and the next one would wait for its slot for ever.

    Args:
        instance: Dagster's.
        now: seconds since 1970; the clock's if not given.
    """
    at = dt.datetime.now(dt.UTC).timestamp() if now is None else now
    dead = [record for record in instance.get_run_records(dg.RunsFilter(statuses=_GOING)) if _is_dead(record, at)]
    for record in dead:
        instance.report_run_failed(
            record.dagster_run, "the process that ran it has ended; the next run goes on from there"
        )
    _free_pools(instance)
    return [record.dagster_run.run_id for record in dead]


def _is_dead(record: dg.RunRecord, now: float) -> bool:
    process = record.dagster_run.tags.get(PROCESS)
    if process is None:
        return now - record.create_timestamp.timestamp() > _STARTUP.total_seconds()
    pid = process.partition(" ")[0]
    return not pid.isdigit() or _identity(int(pid)) != process or _is_of_this_process(process)


def _is_of_this_process(process: str) -> bool:
    """True for a run of this very process: it asks before it begins one, so an older one here has ended."""
    return process == this_process()


def _free_pools(instance: dg.DagsterInstance) -> None:
    storage = instance.event_log_storage
    if not storage.supports_global_concurrency_limits:
        return
    for pool in storage.get_concurrency_keys():
        info = storage.get_concurrency_info(pool)
        holders = {slot.run_id for slot in info.claimed_slots} | {step.run_id for step in info.pending_steps}
        for run_id in holders:
            run = instance.get_run_by_id(run_id)
            if run is None or run.is_finished:
                storage.free_concurrency_slots_for_run(run_id)


def _identity(pid: int) -> str:
    """`PID START`, the start in clock ticks since the machine's; `PID` alone where that cannot be read.

    Of a process that is not there, or only waits to be buried, the empty string.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return "" if fields[0] in {"Z", "X"} else f"{pid} {fields[19]}"
    except OSError:
        if Path("/proc/self/stat").exists():
            return ""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    except PermissionError:
        pass
    return str(pid)
