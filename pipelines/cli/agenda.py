"""What commands tell people about the agenda: what was visited when, what is due, what is overdue.

Here belongs the rendering. Not here: the rule (`archive.agenda`).
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pipelines.cli.shared import print_json, print_table, say
from pipelines.visits import Plan


def report_nothing_due(plan: Plan, *, as_json: bool) -> None:
    """Say that there is nothing to do, and when there will be."""
    next_at = plan.next_at()
    if as_json:
        print_json({"due": 0, "next": next_at, "agenda": as_dicts(plan)})
        return
    then = f"the next round table is due {_minute(next_at)} UTC" if next_at else "no round table is ever due here"
    say(f"Nothing is due; {then}.")
    for name, code in plan.barred.items():
        say(f"  {name} cannot be asked: {code.advice} [{code}]", "yellow")


def as_dicts(plan: Plan) -> list[dict[str, Any]]:
    """The agenda for programs: a dict for each round table."""
    return [
        {**one.as_dict(plan.now), "cannot_be_asked": plan.barred.get(one.table.publisher_id)} for one in plan.entries
    ]


def print_agenda(rows: Sequence[dict[str, Any]]) -> None:
    """When each round table was last attempted, last had, and is due; and why it could not be had."""
    if not rows:
        return
    say()
    say("Agenda (UTC)", "bold")
    print_table(
        ("round table", "cadence", "last attempted", "last succeeded", "due", "state"),
        [
            (
                row["round_table"],
                row["cadence"],
                _minute(row["last_attempted"]),
                _minute(row["last_succeeded"]),
                _minute(row["due"]),
                row["state"],
            )
            for row in rows
        ],
    )
    for row in rows:
        if row["cannot_be_asked"] and row["state"] in {"due", "overdue"}:
            say(f"  {row['round_table']} cannot be asked: {row['cannot_be_asked']}", "yellow")
        elif row["note"]:
            say(f"  {row['round_table']}: {row['note']}", "yellow")


def _minute(at: dt.datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else ""
