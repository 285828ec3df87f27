"""The road as Dagster assets, first half: captures → pages → discussion.

Here belongs wiring: each asset calls one step, reports what came of it, and returns. Not here: the steps (`steps`),
what is published (`products`), and checks that look at more than one step (`asset_checks`).
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg
from pydantic import Field

from archive.codes import Code, RoundtableError
from archive.model import TABLES, Visit
from pipelines import (
    asset_checks,
    columns,
    from_wayback,
    inbox,
    ingest,
    inputs,
    partitions,
    preview,
    steps,
    table_specs,
)
from pipelines.opened import OpenedHome
from pipelines.resources import HomeFolder, Teller
from pipelines.visits import plan as agenda_of
from pipelines.wiring import ANEW, OWNERS, last_told, mendable
from warehouse import losses, publish, release_folder

STALE_AFTER = dt.timedelta(days=38)
"""The longest cadence and its grace."""
FRESHNESS = dg.FreshnessPolicy.time_window(fail_window=STALE_AFTER, warn_window=dt.timedelta(days=31))
WAITING = dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS)
"""For a home that another run is using. The network's failures are outcomes: they are tried again within the run
(`archive.captures.harvest`), and by the agenda after an hour, two, four …"""


class IngestConfig(dg.Config):
    """What to fetch: publishers, series or round tables by name; nothing means all that the register knows."""

    names: list[str] = Field(default=[], description="Publishers, series or round tables; empty for all.")
    command: str = "ingest"
    due: bool = Field(default=False, description="Leave out what is not due by its round table's cadence.")
    dropped: bool = Field(default=False, description="Import what lies in the drop folder; nothing is fetched.")
    from_wayback: bool = Field(default=False, description="Fetch what the Wayback Machine has of the pages instead.")
    since: str | None = Field(default=None, description="With from_wayback: the first day of capture, YYYY-MM-DD.")
    until: str | None = Field(default=None, description="With from_wayback: the last day of capture.")


class ReadingConfig(dg.Config):
    """How thorough to be."""

    anew: bool = Field(default=False, description=ANEW)


class AssemblyConfig(ReadingConfig):
    """How thorough to be, and what somebody has looked at."""

    accept_losses: bool = Field(
        default=False, description=f"Publish although the check {losses.CHECK} finds more than a few."
    )


def _day(printed: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(printed) if printed else None
    except ValueError:
        raise RoundtableError(Code.DAYS_UNUSABLE, f"{printed!r} is no day such as 2020-12-31") from None


@dg.asset(
    group_name="captures",
    description="Fetch every address that is due, politely, and keep the exact bytes as WARC.",
    owners=OWNERS,
    kinds={"python", "http"},
    code_version="2",
    partitions_def=partitions.SERIES,
    backfill_policy=dg.BackfillPolicy.single_run(),
    pool="http",
    metadata={"dagster/column_schema": table_specs.column_schema(TABLES["captures"])},
    check_specs=asset_checks.specs("captures", asset_checks.SERIES_CONTINUE, asset_checks.FIXITY),
    retry_policy=WAITING,
    freshness_policy=FRESHNESS,
)
def captures(
    context: dg.AssetExecutionContext, config: IngestConfig, home: HomeFolder, teller: dg.ResourceParam[Teller]
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """URLs, or files that people dropped → WARC records and a row for each attempt; any number of series in one run."""
    say = teller.for_run(context.log)
    with mendable():
        opened = home.work()
        opened.recover(say)
        visits: Sequence[Visit] = ()
        if config.dropped:
            metadata = _take_dropped(opened, say)
        else:
            metadata, visits = _fetch(context, config, opened, say)
        plan = agenda_of(opened, steps.now())
        fixity = asset_checks.fixity(opened, plan.now)
        held = opened.store.captures()
    # All series lie in the same files, so that there is one version of them.
    version = inputs.captured(held)
    _tell_series(context, visits, version)
    size = sum(path.stat().st_size for path in opened.home.captures.glob("*.warc.gz"))
    yield dg.MaterializeResult(
        metadata={**metadata, "dagster/row_count": len(held), "size in bytes": size},
        data_version=dg.DataVersion(version),
        check_results=[asset_checks.series_continue(plan), fixity],
    )


def _fetch(
    context: dg.AssetExecutionContext, config: IngestConfig, opened: OpenedHome, say: steps.Say
) -> tuple[dict[str, Any], list[Visit]]:
    """Fetch what the run was started for; what came of it, and of each visit."""
    series = partitions.asked_for(context)
    names, run_id = series or config.names, context.run.run_id
    command = " ".join(["ingest", *series]) if series else config.command
    visits: list[Visit] = []
    if config.from_wayback:
        days = _day(config.since), _day(config.until)
        run, rows = from_wayback.harvest_archive(opened, names, days, run_id=run_id, command=command, say=say)
    else:
        found = ingest.harvest_sources(opened, names, due_only=config.due, run_id=run_id, command=command, say=say)
        run, rows, visits = found.run, found.rows, found.visits
    numbers = {
        "due": run.due,
        "fetched": run.fetched,
        "new": sum(visit.new for visit in visits),
        "changed": sum(visit.changed for visit in visits),
        "unchanged": run.unchanged,
        "refused": run.refused,
        "failed": run.failed,
        "visits": dg.MetadataValue.md(preview.visits(visits)),
        "attempts": dg.MetadataValue.md(preview.fetches(rows)),
    }
    return numbers, visits


def _tell_series(context: dg.AssetExecutionContext, visits: Sequence[Visit], version: str) -> None:
    """Tell of each series that was visited, whether or not the run was started for it."""
    asked_for = partitions.asked_for(context)
    tags = {"dagster/data_version": version}
    for name, metadata, went_well in preview.by_series(visits):
        if name in asked_for:
            context.add_asset_metadata(metadata, partition_key=name)
        elif not went_well:
            context.log_event(dg.AssetObservation("captures", partition=name, metadata=metadata))
        elif metadata["new"] or metadata["changed"]:
            context.log_event(dg.AssetMaterialization("captures", partition=name, metadata=metadata, tags=tags))


def _take_dropped(opened: OpenedHome, say: steps.Say) -> dict[str, Any]:
    told, runs = inbox.take(opened, say)
    rows = [(one.name, one.outcome, one.reason) for one in told]
    return {
        "files": len(told),
        "refused files": sum(one.outcome == inbox.REFUSED for one in told),
        "new": sum(run.fetched for run in runs),
        "files taken": dg.MetadataValue.md(preview.markdown(("file", "outcome", "reason"), rows)),
    }


@dg.asset(
    deps=[dg.AssetDep(captures, partition_mapping=dg.AllPartitionMapping())],
    group_name="pages",
    description="Read each captured page once: blocks, the witnesses of every field, and who says what.",
    owners=OWNERS,
    kinds={"python", "beautifulsoup"},
    code_version="2",
    metadata=columns.of_pages(),
    check_specs=asset_checks.specs("pages", asset_checks.READERS),
)
def pages(
    context: dg.AssetExecutionContext, config: ReadingConfig, home: HomeFolder, teller: dg.ResourceParam[Teller]
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Captures → pages."""
    with mendable():
        opened = home.work()
        opened.recover(teller.for_run(context.log))
        summary = steps.read_pages(opened, teller.for_run(context.log), anew=config.anew)
        faults = steps.published_faults(opened) if summary.unchanged else summary.faults
    found: dict[str, Any] = {
        "faults": sum(faults.values()),
        "preview": dg.MetadataValue.md(preview.counts({**summary.shapes, **faults}, "shape or fault")),
    }
    yield dg.MaterializeResult(
        metadata={
            "dagster/row_count": summary.pages,
            "size in bytes": opened.page_cache.stat().st_size if opened.page_cache.exists() else 0,
            "read anew": summary.fresh,
            "why": summary.unchanged or "it was asked for, or the published release was made of something else",
            # What was not read again is as it was found before.
            **(found | last_told(context, found) if summary.unchanged else found),
        },
        data_version=dg.DataVersion(summary.inputs.captures),
        check_results=[asset_checks.readers(faults)],
    )


@dg.asset(
    deps=[pages],
    group_name="discussion",
    description="Join pages with each other and the register: prompts, contributions, versions, people, evidence.",
    owners=OWNERS,
    kinds={"python", "parquet"},
    code_version="2",
    metadata=columns.of_candidate(),
    check_specs=[
        dg.AssetCheckSpec(name=check.name, asset="discussion", description=check.comment, blocking=not check.is_warning)
        for check in publish.checks()
    ]
    + asset_checks.specs("discussion", losses.CHECK, blocking=True)
    + asset_checks.specs("discussion", asset_checks.NO_DRIFT, asset_checks.ROWS, asset_checks.FILL),
)
def discussion(
    context: dg.AssetExecutionContext, config: AssemblyConfig, home: HomeFolder, teller: dg.ResourceParam[Teller]
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Pages → a candidate release that has passed every check."""
    with mendable():
        opened = home.work()
        before = release_folder.current(opened.home.tables)
        summary = steps.discuss(
            opened,
            teller.for_run(context.log),
            run_id=context.run.run_id,
            anew=config.anew,
            accept_losses=config.accept_losses,
        )
    yield dg.MaterializeResult(
        metadata={
            "dagster/row_count": sum(summary.written.rows.values()),
            "size in bytes": release_folder.size(summary.written.folder),
            "contributions": summary.written.rows["contributions"],
            "rejections": summary.written.rows["rejections"],
            "evidence": summary.written.rows["evidence"],
            "assembled": not summary.unchanged,
            "why": summary.unchanged or summary.because,
            "preview": dg.MetadataValue.md(preview.contributions(summary.written.folder)),
        },
        data_version=dg.DataVersion(summary.inputs.digest),
    )
    failed = {failure.check: failure for failure in summary.failures}
    names = {check.name: check.is_warning for check in publish.checks()} | {losses.CHECK: False}
    for name, is_warning in names.items():
        yield asset_checks.sql(name, failed.get(name), is_warning=is_warning, is_repeated=not summary.unchanged)
    yield asset_checks.no_drift(summary.alarms)
    yield from asset_checks.as_before(summary.written.folder, before)
