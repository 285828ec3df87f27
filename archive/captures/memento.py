"""Mementos: captures that somebody else made before they came to us.

Here belongs the value that says when, on whose word, and where it stands there. Nothing here acts. Not here: getting
one (`archive.fetch.wayback`, `foreign`) and keeping it (`store`).
"""

import datetime as dt
from dataclasses import dataclass

from archive.captures.records import Fields
from archive.model.captures import Origin, TimeSource


@dataclass(frozen=True, slots=True)
class Memento:
    """What another's capture, or a file that was brought, says of itself.

    Attributes:
        captured_at: when it was captured there, in UTC without a zone; None where nobody knows.
        said_by: who says so; None where nobody does.
        origin: how it came to us.
        note: where it stands there: an archive's address of it, or a file's name, with the record's offset.
        facts: what else is known of it, for the metadata record beside ours.
        truncated: why the record there holds less than was sent, in WARC's words (`length`, `time`, `disconnect`).
        asked: the address that we asked an archive for it; None where nobody was asked.
    """

    captured_at: dt.datetime | None = None
    said_by: TimeSource | None = None
    origin: Origin = "import"
    note: str | None = None
    facts: Fields = ()
    truncated: str | None = None
    asked: str | None = None
