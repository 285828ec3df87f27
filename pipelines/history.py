"""What a contribution said when: its versions, and what changed from each to the next.

Here belongs taking them from the published database. Not here: what makes a version (`archive.discussion.versions`),
and how they are shown (`cli`).
"""

import datetime as dt
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Any

from archive.codes import Code, RoundtableError
from archive.normalise import differences
from archive.normalise.differences import Change
from warehouse import query

FIELDS = ("names", "affiliations", "title", "standfirst", "kicker", "published_as_printed", "text")
"""What a version consists of, in the order in which a change of it is told."""
_NAMES = "SELECT contribution_id FROM contributions"
_SQL = """
WITH voices AS (
    SELECT contribution_id, version, string_agg(name_as_printed, '; ' ORDER BY position) AS names
    FROM participations GROUP BY ALL
), places AS (
    SELECT contribution_id, version, string_agg(as_printed, '; ' ORDER BY position, ordinal) AS affiliations
    FROM affiliations GROUP BY ALL
)
SELECT v.contribution_id, v.version, v.state, v.first_captured_at, v.last_captured_at, names, affiliations, v.title,
       v.standfirst, v.kicker, v.published_as_printed, v.text, v.word_count, v.url, v.capture_id
FROM contribution_versions AS v
LEFT JOIN voices USING (contribution_id, version)
LEFT JOIN places USING (contribution_id, version)
WHERE v.contribution_id = current_id(?)
ORDER BY v.version
"""


@dataclass(frozen=True, slots=True)
class Version:
    """A version, by the columns of its row, and what changed in it: field → stretches of words."""

    row: dict[str, Any]
    changes: dict[str, list[Change]] = field(default_factory=dict)

    def held(self, instant: dt.datetime) -> bool:
        """True where it is known to have been there at an instant (UTC); what nobody can date counts as older."""
        first: dt.datetime | None = self.row["first_captured_at"]
        return first is None or first <= instant


def history(database: Path, name: str) -> list[Version]:
    """The versions of a contribution, oldest first; an alias of its id is as good.

    Raises:
        RoundtableError: `contribution_unknown`; `database_missing`.
    """
    with query.opened(database) as connection:
        found = connection.execute(_SQL, [name])
        columns = [column[0] for column in found.description or []]
        rows = [dict(zip(columns, values, strict=True)) for values in found.fetchall()]
        known = [] if rows else [str(other) for (other,) in connection.execute(_NAMES).fetchall()]
    if not rows:
        near = get_close_matches(name, known, n=2)
        advice = f"did you mean {' or '.join(near)}?" if near else ""
        raise RoundtableError(Code.CONTRIBUTION_UNKNOWN, f"no contribution {name!r} is published", advice=advice)
    versions = [Version(rows[0])]
    for before, after in pairwise(rows):
        changed = {key: (before[key] or "", after[key] or "") for key in FIELDS if before[key] != after[key]}
        versions.append(Version(after, {key: differences.words(*both) for key, both in changed.items()}))
    return versions


def version_at(versions: list[Version], instant: dt.datetime) -> Version:
    """The version that held at an instant (UTC), as in Memento: any time resolves, one before all to the first."""
    held = [one for one in versions if one.held(instant)]
    return held[-1] if held else versions[0]


def instant(words: str) -> dt.datetime:
    """A day (its end) or a time in ISO 8601, as UTC without a zone.

    Raises:
        RoundtableError: `days_unusable`.
    """
    try:
        at = dt.datetime.fromisoformat(words)
    except ValueError:
        advice = "give a day or a time, such as 2024-06-01 or 2024-06-01T12:00"
        raise RoundtableError(Code.DAYS_UNUSABLE, f"{words!r} is neither a day nor a time", "--at", advice) from None
    if len(words) == len("2024-06-01"):
        at += dt.timedelta(days=1) - dt.timedelta(microseconds=1)
    return at.astimezone(dt.UTC).replace(tzinfo=None) if at.tzinfo else at
