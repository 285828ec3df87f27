"""When runs begin by themselves.

Here belongs asking the agenda, once an hour, and starting one run for all that is due. Not here: what is due
(`archive.agenda`), and the run (`assets`).
"""

from typing import Any

import dagster as dg

from archive.codes import RoundtableError
from archive.home import Home
from pipelines import heartbeat, partitions, steps, visits
from pipelines.opened import OpenedHome
from pipelines.resources import HomeFolder

DUE = "ingest --due"


def due_schedule(job: Any) -> dg.ScheduleDefinition:  # noqa: ANN401 - Dagster does not export the type of its jobs
    """The schedule that fetches what is due; it is on as long as nobody turns it off in the UI."""

    @dg.schedule(
        name="due_ingest",
        job=job,
        cron_schedule="7 * * * *",
        execution_timezone="UTC",
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Every hour: one run for all round tables that are due by their cadence.",
    )
    def due_ingest(context: dg.ScheduleEvaluationContext, home: HomeFolder) -> dg.RunRequest | dg.SkipReason:
        try:
            return look(home.at(), context.instance)
        except RoundtableError as error:
            return dg.SkipReason(str(error))

    return due_ingest


def look(home: Home, instance: dg.DagsterInstance) -> dg.RunRequest | dg.SkipReason:
    """What the schedule does at a tick; that it looked is noted in the home, whatever comes of it."""
    now = steps.now()
    opened = OpenedHome(home)
    partitions.agree(instance, opened)
    plan = visits.plan(opened, now)
    tables = plan.due()
    heartbeat.note(home, now, len(tables))
    if tables:
        config = {"ops": {"captures": {"config": {"due": True, "command": DUE}}}}
        return dg.RunRequest(run_config=config, tags={"roundtable/due": str(len(tables))})
    at = plan.next_at()
    return dg.SkipReason(f"nothing is due before {at:%Y-%m-%d %H:%M} UTC" if at else "no round table is ever due here")
