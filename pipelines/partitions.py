"""The partitions of the captures: a series of the register each.

Here belongs keeping Dagster's list in agreement with the register. Everything downstream of the captures is made as a
whole and has no partitions.
"""

import dagster as dg

from pipelines import visits
from pipelines.opened import OpenedHome

SERIES = dg.DynamicPartitionsDefinition(name="series")


def series_of(opened: OpenedHome) -> list[str]:
    """Every series that has a round table and can be asked from this home, in order of name.

    A publisher on the web cannot, as long as no contact address is set: a run for all would fail for its sake.
    """
    barred = visits.barred(opened)
    tables = [table for table in opened.register.round_tables() if table.publisher_id not in barred]
    return sorted({table.keys.round_table.series for table in tables})


def agree(instance: dg.DagsterInstance, opened: OpenedHome) -> tuple[list[str], list[str]]:
    """Make the instance's partitions those of the register; return what was added and what was removed."""
    name = str(SERIES.name)
    wanted, known = series_of(opened), set(instance.get_dynamic_partitions(name))
    added = [series for series in wanted if series not in known]
    if added:
        instance.add_dynamic_partitions(name, added)
    removed = sorted(known - set(wanted))
    for series in removed:
        instance.delete_dynamic_partition(name, series)
    return added, removed


def asked_for(context: dg.AssetExecutionContext) -> list[str]:
    """The series that a run was started for; none where it was started for no partition."""
    if context.has_partition_key or context.has_partition_key_range:
        return list(context.partition_keys)
    return []
