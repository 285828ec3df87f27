"""What Dagster loads: assets, jobs, the schedule and their resources.

Here belongs putting them together. `build_definitions` gives tests and commands fresh ones, with other resources.
"""

from typing import Any

import dagster as dg

from pipelines import assets
from pipelines.resources import HomeFolder, Teller

INGEST = "ingest"
REBUILD = "rebuild"


def build_definitions(**resources: Any) -> dg.Definitions:  # noqa: ANN401 - Dagster takes any resource
    """Fresh definitions; `resources` replace the usual ones by name."""
    understanding = [assets.pages, assets.discussion, assets.tables, assets.warehouse]
    ingest = dg.define_asset_job(
        INGEST,
        selection=[assets.captures, *understanding],
        description="Fetch what is due, then read, discuss, write and publish.",
        executor_def=dg.in_process_executor,
    )
    rebuild = dg.define_asset_job(
        REBUILD,
        selection=understanding,
        description="Make tables and database again from what was captured; nothing is fetched.",
        executor_def=dg.in_process_executor,
    )
    return dg.Definitions(
        assets=[assets.captures, *understanding],
        jobs=[ingest, rebuild],
        schedules=[dg.ScheduleDefinition(job=ingest, cron_schedule="0 5 * * *", name="daily_ingest")],
        executor=dg.in_process_executor,
        resources={"home": HomeFolder(), "teller": Teller(), **resources},
    )


defs = build_definitions()
