"""The road as Dagster assets, second half: tables → warehouse → what is made at publication.

Here belongs wiring, as in `assets`. Not here: the steps (`steps`), and the first half (`assets`).
"""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines import asset_checks, making, preview, run_report, steps, table_specs
from pipelines.assets import FRESHNESS, discussion
from pipelines.resources import HomeFolder, Teller
from pipelines.wiring import OWNERS, mendable
from warehouse import parquet

TABLE_SPECS = table_specs.specs(OWNERS)


@dg.asset(
    deps=[discussion],
    group_name="tables",
    description="Make the candidate the current release: one Parquet file for each table.",
    owners=OWNERS,
    kinds={"parquet"},
    code_version="2",
    check_specs=asset_checks.specs("tables", asset_checks.SEALED, blocking=True),
)
def tables(
    context: dg.AssetExecutionContext, home: HomeFolder, teller: dg.ResourceParam[Teller]
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Candidate → current release; each table that changed is told of."""
    with mendable():
        opened = home.work()
        before = table_specs.digests(parquet.current(opened.home.tables))
        release = steps.release_tables(opened, teller.for_run(context.log))
    current = opened.home.tables / "current"
    for event in table_specs.changed(before, current):
        context.log_event(event)
    rows = preview.row_counts(current)
    yield dg.MaterializeResult(
        metadata={
            "release": release.release_id,
            "digest": release.digest,
            "dagster/row_count": sum(rows.values()),
            "size in bytes": parquet.size(current),
            "rows": dg.MetadataValue.md(preview.counts(rows)),
            "what it changed": dg.MetadataValue.md(preview.changes(parquet.changes_of(current, release))),
        },
        data_version=dg.DataVersion(release.digest),
        check_results=[asset_checks.release_is_sealed(current)],
    )


@dg.asset(
    deps=[tables, *TABLE_SPECS],
    group_name="warehouse",
    description="Build the DuckDB file from the current release and swap it in; readers never see half of it.",
    owners=OWNERS,
    kinds={"duckdb"},
    code_version="2",
    pool="duckdb",
    check_specs=asset_checks.specs("warehouse", asset_checks.ANSWERS),
    freshness_policy=FRESHNESS,
)
def warehouse(
    context: dg.AssetExecutionContext, home: HomeFolder, teller: dg.ResourceParam[Teller]
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Parquet → DuckDB."""
    with mendable():
        opened = home.work()
        database = steps.publish_database(opened, teller.for_run(context.log))
    release = parquet.release_of(opened.home.tables / "current")
    yield dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(str(database)),
            "size in bytes": database.stat().st_size,
            "round tables": dg.MetadataValue.md(preview.round_tables(database)),
        },
        data_version=dg.DataVersion(release.digest),
        check_results=[asset_checks.database_answers(opened)],
    )


@dg.asset(
    name="run_report",
    deps=[warehouse],
    group_name="products",
    description="What this run came to: due, fetched, new, changed, unchanged, refused, failed, rejected, and why.",
    owners=OWNERS,
    kinds={"markdown"},
    code_version="1",
    check_specs=asset_checks.specs("run_report", asset_checks.NOTHING_ABSENT),
)
def report(
    context: dg.AssetExecutionContext, home: HomeFolder
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """The published rows of the last ingestion → a page to read."""
    with mendable():
        database = home.work().home.database
        found = run_report.of(database, context.run.run_id)
        absent = asset_checks.nothing_absent(database, context.run.run_id)
    yield dg.MaterializeResult(
        metadata={
            "report": dg.MetadataValue.md(found.markdown),
            **found.numbers,
        },
        check_results=[absent],
    )


@dg.asset(
    name="site",
    deps=[warehouse],
    group_name="products",
    description="The published tables as a static site; made anew when there is a new release.",
    owners=OWNERS,
    kinds={"html"},
    code_version="1",
)
def reading_room(
    context: dg.AssetExecutionContext, home: HomeFolder, teller: dg.ResourceParam[Teller]
) -> dg.MaterializeResult[None]:
    """DuckDB → `site/`."""
    with mendable():
        opened = home.work()
        made = making.site(opened, teller.for_run(context.log))
    return _product(made, {"open": dg.MetadataValue.path(str(opened.home.site / "index.html"))})


@dg.asset(
    name="exports",
    deps=[warehouse],
    group_name="products",
    description=f"Every contribution for reference managers ({', '.join(making.FILES)}), in the home's `exports`.",
    owners=OWNERS,
    kinds={"file"},
    code_version="1",
)
def references(
    context: dg.AssetExecutionContext, home: HomeFolder, teller: dg.ResourceParam[Teller]
) -> dg.MaterializeResult[None]:
    """The release → `exports/archive.*`."""
    with mendable():
        opened = home.work()
        made = making.files(opened, teller.for_run(context.log))
    return _product(made, {"folder": dg.MetadataValue.path(str(opened.home.exports))})


def _product(made: making.Product, where: dict[str, dg.MetadataValue[Any]]) -> dg.MaterializeResult[None]:
    return dg.MaterializeResult(
        metadata={
            **made.files,
            **where,
            "made anew": made.is_fresh,
            "preview": dg.MetadataValue.md(preview.counts(made.files, "what")),
        },
        data_version=dg.DataVersion(made.release),
    )
