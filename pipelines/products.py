"""The road as Dagster assets, second half: tables → warehouse → what is made at publication.

Here belongs wiring, as in `assets`. Not here: the steps (`steps`), and the first half (`assets`).
"""

from collections.abc import Callable, Iterator

import dagster as dg

from pipelines import asset_checks, columns, making, preview, run_report, steps, table_specs
from pipelines.assets import FRESHNESS, discussion
from pipelines.opened import OpenedHome
from pipelines.resources import HomeFolder, Teller
from pipelines.wiring import OWNERS, mendable
from warehouse import release_folder

TABLE_SPECS = table_specs.specs(OWNERS)


@dg.asset(
    deps=[discussion],
    group_name="tables",
    description="Make the candidate the current release: one Parquet file for each table.",
    owners=OWNERS,
    kinds={"parquet"},
    code_version="2",
    metadata=columns.of_release(),
    check_specs=asset_checks.specs("tables", asset_checks.SEALED, blocking=True),
)
def tables(
    context: dg.AssetExecutionContext, home: HomeFolder, teller: dg.ResourceParam[Teller]
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Candidate → current release; each table that changed is told of."""
    with mendable():
        opened = home.work()
        before = table_specs.digests(release_folder.current(opened.home.tables))
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
            "size in bytes": release_folder.size(current),
            "rows": dg.MetadataValue.md(preview.counts(rows)),
            "what it changed": dg.MetadataValue.md(preview.changes(release_folder.changes_of(current, release))),
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
    metadata=columns.of_database(),
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
    current = opened.home.tables / "current"
    release, rows = release_folder.release_of(current), preview.row_counts(current)
    yield dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(str(database)),
            "dagster/row_count": sum(rows.values()),
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
    metadata=columns.of_report(),
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
            "dagster/row_count": found.lines,
            **found.numbers,
        },
        check_results=[absent],
    )


def _product(
    name: str, description: str, kind: str, make: Callable[[OpenedHome, steps.Say], making.Product]
) -> dg.AssetsDefinition:
    """Something that is made of the published release by `make`, anew when there is another release."""

    @dg.asset(
        name=name,
        deps=[warehouse],
        group_name="products",
        description=description,
        owners=OWNERS,
        kinds={kind},
        code_version="1",
        metadata=columns.of_files(),
        check_specs=asset_checks.specs(name, asset_checks.WHOLE),
    )
    def product(
        context: dg.AssetExecutionContext, home: HomeFolder, teller: dg.ResourceParam[Teller]
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        with mendable():
            made = make(home.work(), teller.for_run(context.log))
        yield dg.MaterializeResult(
            metadata={
                "folder": dg.MetadataValue.path(str(made.folder)),
                "dagster/row_count": len(made.files),
                "size in bytes": sum(made.files.values()),
                "made anew": made.is_fresh,
                "preview": dg.MetadataValue.md(preview.listed(("file", "bytes"), list(made.files.items()))),
            },
            data_version=dg.DataVersion(made.release),
            check_results=[asset_checks.product_is_whole(made.files)],
        )

    return product


MADE = [
    _product("site", "The published tables as a static site, in the home's `site`.", "html", making.site),
    _product(
        "exports",
        f"Every contribution for reference managers ({', '.join(making.FILES)}), in the home's `exports`.",
        "file",
        making.files,
    ),
]
"""What is made of a release once it is published."""
