"""The road as Dagster assets: captures → pages → discussion → tables → warehouse.

Here belongs wiring: each asset calls one step, reports what came of it, and returns. Not here: the steps (`steps`).
An error that a person can mend fails the asset with its one line, not with a traceback.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import dagster as dg
from pydantic import Field

from archive.codes import Code, RoundtableError, disk_error
from archive.model.table import TABLES
from pipelines import from_wayback, ingest, preview, steps
from pipelines.resources import HomeFolder, Teller
from warehouse import publish
from warehouse.schema import column_comment

OWNERS = ["team:archivists"]
NO_DRIFT = "no_drift"


class IngestConfig(dg.Config):
    """What to fetch: publishers, series or round tables by name; nothing means all that the register knows."""

    names: list[str] = Field(default=[], description="Publishers, series or round tables; empty for all.")
    command: str = "ingest"
    from_wayback: bool = Field(default=False, description="Fetch what the Wayback Machine has of the pages instead.")
    since: str | None = Field(default=None, description="With from_wayback: the first day of capture, YYYY-MM-DD.")
    until: str | None = Field(default=None, description="With from_wayback: the last day of capture.")


@contextmanager
def _mendable() -> Iterator[None]:
    try:
        yield
    except RoundtableError as error:
        raise dg.Failure(str(error), metadata={"code": str(error.code)}, allow_retries=False) from error
    except OSError as error:
        refused = disk_error(error)
        raise dg.Failure(str(refused), metadata={"code": str(refused.code)}, allow_retries=False) from refused


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
    code_version="1",
)
def captures(
    context: dg.AssetExecutionContext, config: IngestConfig, home: HomeFolder, teller: dg.ResourceParam[Teller]
) -> dg.MaterializeResult[None]:
    """URLs → WARC records and a row for each attempt."""
    with _mendable():
        opened = home.open()
        with opened.home.writing():
            opened.recover(teller.for_run(context.log))
            say, run_id = teller.for_run(context.log), context.run.run_id
            if config.from_wayback:
                days = _day(config.since), _day(config.until)
                run, rows = from_wayback.harvest_archive(
                    opened, config.names, days, run_id=run_id, command=config.command, say=say
                )
            else:
                run, rows = ingest.harvest_sources(opened, config.names, run_id=run_id, command=config.command, say=say)
    return dg.MaterializeResult(
        metadata={
            "due": run.due,
            "fetched": run.fetched,
            "unchanged": run.unchanged,
            "refused": run.refused,
            "failed": run.failed,
            "attempts": dg.MetadataValue.md(preview.fetches(rows)),
        }
    )


@dg.asset(
    deps=[captures],
    group_name="pages",
    description="Read each captured page once: blocks, the witnesses of every field, and who says what.",
    owners=OWNERS,
    kinds={"python", "beautifulsoup"},
    code_version="1",
)
def pages(
    context: dg.AssetExecutionContext, home: HomeFolder, teller: dg.ResourceParam[Teller]
) -> dg.MaterializeResult[None]:
    """Captures → pages."""
    with _mendable():
        opened = home.open()
        with opened.home.writing():
            opened.recover(teller.for_run(context.log))
            summary = steps.read_pages(opened, teller.for_run(context.log))
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": summary.pages,
            "read anew": summary.fresh,
            "shapes": dg.MetadataValue.json(summary.shapes),
            "rejections": dg.MetadataValue.json(summary.faults),
        }
    )


@dg.asset(
    deps=[pages],
    group_name="discussion",
    description="Join pages with each other and the register: prompts, contributions, versions, people, evidence.",
    owners=OWNERS,
    kinds={"python", "parquet"},
    code_version="1",
    check_specs=[
        dg.AssetCheckSpec(name=check.name, asset="discussion", description=check.comment, blocking=True)
        for check in publish.checks()
    ]
    + [
        dg.AssetCheckSpec(
            name=NO_DRIFT,
            asset="discussion",
            description="The newest captures look as their publishers' pages looked before.",
        )
    ],
)
def discussion(
    context: dg.AssetExecutionContext, home: HomeFolder, teller: dg.ResourceParam[Teller]
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Pages → a candidate release that has passed every check."""
    with _mendable():
        opened = home.open()
        with opened.home.writing():
            summary = steps.discuss(opened, teller.for_run(context.log), run_id=context.run.run_id)
    yield dg.MaterializeResult(
        metadata={
            "contributions": summary.written.rows["contributions"],
            "rejections": summary.written.rows["rejections"],
            "evidence": summary.written.rows["evidence"],
            "preview": dg.MetadataValue.md(preview.contributions(summary.written.folder)),
        }
    )
    failed = {failure.check: failure for failure in summary.failures}
    for check in publish.checks():
        rows = {"rows": dg.MetadataValue.md(preview.failure(failed[check.name]))} if check.name in failed else {}
        yield dg.AssetCheckResult(
            check_name=check.name,
            passed=check.name not in failed,
            severity=dg.AssetCheckSeverity.ERROR,
            metadata=rows,
        )
    yield dg.AssetCheckResult(
        check_name=NO_DRIFT,
        passed=not summary.alarms,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"alarms": dg.MetadataValue.md(preview.alarms(summary.alarms))} if summary.alarms else {},
    )


@dg.asset(
    deps=[discussion],
    group_name="tables",
    description="Make the candidate the current release: one Parquet file for each table.",
    owners=OWNERS,
    kinds={"parquet"},
    code_version="1",
    metadata={
        f"columns of {table.name}": dg.MetadataValue.table_schema(
            dg.TableSchema(
                columns=[
                    dg.TableColumn(column.name, column.type.__name__, column_comment(column))
                    for column in table.columns
                ]
            )
        )
        for table in TABLES.values()
    },
)
def tables(
    context: dg.AssetExecutionContext, home: HomeFolder, teller: dg.ResourceParam[Teller]
) -> dg.MaterializeResult[None]:
    """Candidate → current release."""
    with _mendable():
        opened = home.open()
        with opened.home.writing():
            release = steps.release_tables(opened, teller.for_run(context.log))
    rows = preview.row_counts(opened.home.tables / "current")
    return dg.MaterializeResult(
        metadata={
            "release": release.release_id,
            "digest": release.digest,
            "dagster/row_count": sum(rows.values()),
            "rows": dg.MetadataValue.md(preview.counts(rows)),
        },
        data_version=dg.DataVersion(release.digest),
    )


@dg.asset(
    deps=[tables],
    group_name="warehouse",
    description="Build the DuckDB file from the current release and swap it in; readers never see half of it.",
    owners=OWNERS,
    kinds={"duckdb"},
    code_version="1",
)
def warehouse(
    context: dg.AssetExecutionContext, home: HomeFolder, teller: dg.ResourceParam[Teller]
) -> dg.MaterializeResult[None]:
    """Parquet → DuckDB."""
    with _mendable():
        opened = home.open()
        with opened.home.writing():
            database = steps.publish_database(opened, teller.for_run(context.log))
    metadata: Mapping[str, Any] = {
        "path": dg.MetadataValue.path(str(database)),
        "size in bytes": database.stat().st_size,
        "round tables": dg.MetadataValue.md(preview.round_tables(database)),
    }
    return dg.MaterializeResult(metadata=metadata)
