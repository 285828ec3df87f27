"""What somebody should look at: the one list for which `roundtable status` ends with 1, and of which people are told.

Here belongs asking agenda, journal and published tables for it. Not here: how it is printed (`cli.report`) or sent
(`alerts`).
"""

from collections import Counter

from archive.codes import RoundtableError
from archive.model import Run
from pipelines import alerts, keeping
from pipelines.opened import OpenedHome
from pipelines.visits import Plan
from warehouse import query

_IN_TABLES = """
SELECT 'failed addresses: ' || count(*) FROM target_status WHERE status = 'failed' HAVING count(*) > 0
UNION ALL
SELECT 'could not be used: ' || count(*) || ' × ' || code FROM rejections GROUP BY code
UNION ALL
SELECT 'may have a new layout: ' || count(DISTINCT url) || ' pages' FROM alarms WHERE stands HAVING count(*) > 0
ORDER BY ALL
"""


def lines(opened: OpenedHome, plan: Plan) -> list[str]:
    """A line for each matter; empty where nobody need look. The same state of things gives the same lines."""
    overdue = plan.overdue()
    return [
        *(f"overdue: {one.table.id} ({plan.why(one)})" for one in overdue),
        *(f"failed: {one.table.id} ({plan.why(one)})" for one in plan.failed() if one not in overdue),
        *(f"damaged: {one.object} ({one.outcome}, {one.note})" for one in keeping.standing_damage(opened.journal)),
        *(f"could not be told: {ways}" for ways in [alerts.not_sent(opened.home)] if ways),
        *_in_database(opened),
    ]


def _in_database(opened: OpenedHome) -> list[str]:
    """What the published tables say, and what did not reach them; one that cannot be asked is a matter, too."""
    if not opened.home.database.exists():
        return []
    try:
        told = [str(line) for (line,) in query.run(opened.home.database, _IN_TABLES).rows]
        return [*_unpublished(opened), *told]
    except RoundtableError as error:
        return [f"the database cannot be asked: {error.what}"]


def _unpublished(opened: OpenedHome) -> list[str]:
    """What was brought in and did not reach the published tables; while a run is going on, that is as it should be."""
    if opened.home.is_being_written():
        return []
    published = {run_id for (run_id,) in query.run(opened.home.database, "SELECT run_id FROM runs").rows}
    runs = Counter(run.command.partition(" ")[0] for run in opened.journal.read(Run) if run.run_id not in published)
    what = ", ".join(f"{number} × {command}" for command, number in sorted(runs.items()))
    return [f"not published: {what}; `roundtable rebuild` says what keeps the tables back"] if runs else []
