"""That the schedule looks: a note of our own, since a schedule that stands still says nothing.

Here belongs one small file in the home: when the schedule last looked, and how many round tables were due. Not here:
what is due.
"""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from archive import durable
from archive.home import Home

PATIENCE = dt.timedelta(hours=3)
"""A schedule that looks every hour and has not looked for this long stands still."""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """When the schedule last looked (UTC, without a zone), and how many round tables were due then."""

    at: dt.datetime
    due: int

    def is_stale(self, now: dt.datetime) -> bool:
        """True where nobody looks any more."""
        return now - self.at > PATIENCE


def note(home: Home, at: dt.datetime, due: int) -> None:
    """Note that the schedule looked."""
    durable.write_text(_file(home), json.dumps({"at": at.isoformat() + "Z", "due": due}) + "\n")


def last(home: Home) -> Heartbeat | None:
    """The last note; None where no schedule ever looked at this home, or nobody can read what it noted."""
    try:
        values = json.loads(_file(home).read_text())
        return Heartbeat(dt.datetime.fromisoformat(values["at"]).replace(tzinfo=None), int(values["due"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _file(home: Home) -> Path:
    return home.dagster / "heartbeat.json"
