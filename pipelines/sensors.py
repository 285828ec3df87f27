"""What Dagster keeps an eye on: the drop folder, dead runs, and what somebody should be told.

Here belongs the watching. Not here: what is done with the files (`inbox`), what a dead run is (`dead_runs`), and how
people are told (`alerts`).
"""

from typing import Any

import dagster as dg

from archive.codes import RoundtableError
from pipelines import alerts, attention, dead_runs, inbox, making, steps, visits
from pipelines.opened import OpenedHome
from pipelines.resources import HomeFolder

_UNFINISHED = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
]


def drop_folder(job: Any, config: dict[str, Any]) -> dg.SensorDefinition:  # noqa: ANN401 - Dagster hides its type
    """The sensor that starts `job`, so configured, for what lies in the drop folder."""

    @dg.sensor(
        name="drop_folder",
        job=job,
        minimum_interval_seconds=30,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Imports what people put into the home's inbox, once it is complete.",
    )
    def look(context: dg.SensorEvaluationContext, home: HomeFolder) -> dg.RunRequest | dg.SkipReason:
        files = inbox.waiting(home.at())
        if not files:
            return dg.SkipReason("nothing lies there complete")
        if _is_on_its_way(context.instance, job.name):
            return dg.SkipReason("the run that takes these files is on its way")
        return dg.RunRequest(run_config=config, tags={"roundtable/files": str(len(files))})

    return look


def products(job: Any) -> dg.SensorDefinition:  # noqa: ANN401 - Dagster hides its type
    """The sensor that has the products made of a new release, whoever published it."""

    @dg.sensor(
        name="products",
        job=job,
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Has the site and the exports made where they do not show the published release.",
    )
    def look(context: dg.SensorEvaluationContext, home: HomeFolder) -> dg.RunRequest | dg.SkipReason:
        opened = OpenedHome(home.at())
        if not making.is_behind(opened):
            return dg.SkipReason("site and exports show the published release, or no text is published")
        if _is_on_its_way(context.instance, None):
            return dg.SkipReason("a run is going on")
        # One that failed is not tried again until there is another release.
        return dg.RunRequest(run_key=making.release_of(opened))

    return look


def _is_on_its_way(instance: dg.DagsterInstance, job: str | None) -> bool:
    return bool(instance.get_runs(dg.RunsFilter(job_name=job, statuses=_UNFINISHED), limit=1))


@dg.sensor(
    name="dead_runs",
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Marks runs as failed whose process has ended, and frees what they held.",
)
def watch_runs(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """Look after runs that were killed."""
    dead = dead_runs.clear(context.instance)
    return dg.SkipReason(f"marked as failed: {', '.join(dead)}" if dead else "every run that is going on is alive")


@dg.sensor(
    name="overdue",
    minimum_interval_seconds=3600,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells somebody of all that `roundtable status` ends with 1 for, once for each state of things.",
)
def watch_agenda(context: dg.SensorEvaluationContext, home: HomeFolder) -> dg.SkipReason:
    """Look after what was expected and did not come, and whatever else somebody should look at."""
    try:
        where = home.at()
        opened = OpenedHome(where)
        alert = alerts.of_state(attention.lines(opened, visits.plan(opened, steps.now())))
        if alert is None:
            context.update_cursor("")
            return dg.SkipReason("nothing is overdue, nothing failed, and nothing is damaged")
        if context.cursor == alert.body:
            return dg.SkipReason(f"told before: {alert.subject}")
        sent = alerts.send(where, alert)
    except RoundtableError as error:
        return dg.SkipReason(str(error))
    context.update_cursor(alert.body)
    return dg.SkipReason(f"{alert.subject}; {sent}")


@dg.run_failure_sensor(
    name="run_failures",
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells somebody of each run that failed.",
)
def watch_failures(context: dg.RunFailureSensorContext) -> dg.SkipReason:
    """Tell of a failed run."""
    where = HomeFolder().at()
    run = context.dagster_run
    reasons = [
        event.step_failure_data.user_failure_data.description or ""
        for event in context.get_step_failure_events()
        if event.step_failure_data.user_failure_data
    ]
    message = "; ".join(reason for reason in reasons if reason) or context.failure_event.message or "nobody knows why"
    alert = alerts.of_failure(run.job_name, run.run_id, message)
    try:
        return dg.SkipReason(f"{alert.subject}; {alerts.send(where, alert)}")
    except RoundtableError as error:
        return dg.SkipReason(str(error))


ALL = [watch_runs, watch_agenda, watch_failures]
