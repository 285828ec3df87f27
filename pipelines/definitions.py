"""What Dagster loads: assets, jobs, schedules, sensors and their resources.

Here belongs putting them together. `build_definitions` gives tests and commands fresh ones, with other resources.
"""

from typing import Any

import dagster as dg

from pipelines import assets, products, pruning, sensors
from pipelines.resources import HomeFolder, Teller
from pipelines.schedules import due_schedule

INGEST = "ingest"
REBUILD = "rebuild"
DROP = "import_dropped"
MAKE = "make_products"
DROPPED = {"captures": {"config": {"dropped": True}}}
"""The configuration of the job `import_dropped`."""
UNDERSTANDING = [
    assets.pages,
    assets.discussion,
    products.tables,
    products.warehouse,
    products.report,
]


def rebuilding(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - what the asset's configuration has
    """The configuration of the job `rebuild`, with `more` for the asset `discussion`."""
    return {"pages": {"config": {"anew": True}}, "discussion": {"config": {"anew": True, **more}}}


def build_definitions(**resources: Any) -> dg.Definitions:  # noqa: ANN401 - Dagster takes any resource
    """Fresh definitions; `resources` replace the usual ones by name."""
    ingest = dg.define_asset_job(
        INGEST,
        selection=[assets.captures, *UNDERSTANDING],
        description="Fetch what is due, then read, discuss, write and publish.",
        executor_def=dg.in_process_executor,
    )
    drop = dg.define_asset_job(
        DROP,
        selection=[assets.captures, *UNDERSTANDING],
        config={"ops": DROPPED},
        description="Import what lies in the drop folder, then read, discuss, write and publish.",
        executor_def=dg.in_process_executor,
    )
    rebuild = dg.define_asset_job(
        REBUILD,
        selection=UNDERSTANDING,
        description="Make tables and database again from what was captured; nothing is fetched.",
        config={"ops": rebuilding()},
        executor_def=dg.in_process_executor,
    )
    make = dg.define_asset_job(
        MAKE,
        selection=products.MADE,
        description="Make the site and the files for reference managers of the published release.",
        executor_def=dg.in_process_executor,
    )
    return dg.Definitions(
        assets=[assets.captures, *UNDERSTANDING, *products.MADE, *products.TABLE_SPECS],
        jobs=[ingest, rebuild, drop, make, pruning.prune_runs],
        schedules=[due_schedule(ingest), pruning.SCHEDULE],
        sensors=[sensors.drop_folder(drop, {"ops": DROPPED}), sensors.products(make), *sensors.ALL],
        executor=dg.in_process_executor,
        resources={"home": HomeFolder(), "teller": Teller(), **resources},
    )


defs = build_definitions()
